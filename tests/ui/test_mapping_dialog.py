"""A table that nobody knows: shown with what its columns become before it comes in; known ones go straight in."""

from __future__ import annotations

import json

import pytest
from hands import CTRL, SHIFT
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from table_files import columns, table, workbook

from viewer.formats.tables.mapping import Moment, TableMapping, When, Words
from viewer.formats.tables.mapping_json import mapping_json
from viewer.saved_mappings import folder, saved_mapping

Key = Qt.Key
EVIL = "<b>Convoy</b> \u202emoc"
UNKNOWN = table(
    ("Nr", "What", "Date", "Where", "Strength", "Remark"),
    ("1", EVIL, "3/4/2015", "Kursk", "about 300", "x"),
    ("2", "Second convoy", "soon", "Lviv", "50", "y"),
)


@pytest.fixture
def unknown(tmp_path):
    path = tmp_path / "unknown.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    return path


@pytest.fixture
def dialog(hands, unknown):
    """A user before the dialog of that table."""
    hands.drop(unknown)
    shown(hands)
    return hands


def shown(hands):
    """Wait until the preview is that of the last choice."""
    hands.wait(lambda: hands.sees("mapping_preview") and hands.says("mapping_state").startswith("First rows"))


def cells(hands, name="mapping_preview"):
    model = hands.find(name).model()
    heads = [
        model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for place in range(model.columnCount())
    ]
    return [
        {head: model.index(row, place).data() for place, head in enumerate(heads)}
        for row in range(model.rowCount())
    ]


def becomes(hands):
    return {row["Column"]: row["Becomes"] for row in cells(hands, "mapping_columns")}


def open_list(hands, column):
    view = hands.find("mapping_columns")
    row = list(becomes(hands)).index(column)
    view.scrollTo(view.model().index(row, 2))
    hands.click(view.viewport(), view.visualRect(view.model().index(row, 2)).center())
    hands.wait(lambda: hands.sees("mapping_use"))
    return hands.find("mapping_use")


def choose(hands, name, words):
    """Open a list and choose from it."""
    box = hands.find(name)
    assert isinstance(box, QComboBox)
    wanted = next(place for place in range(box.count()) if box.itemText(place).startswith(words))
    if QApplication.activePopupWidget() is None:
        hands.click(name)
    hands.wait(lambda: QApplication.activePopupWidget() is not None)
    hands.press(Key.Key_Home)
    for _ in range(wanted):
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)


def put_to(hands, column, words):
    open_list(hands, column)
    choose(hands, "mapping_use", words)


def bring_in(hands):
    hands.click("mapping_import")
    hands.wait(lambda: hands.sees("notice_text"))
    return hands.says("notice_text")


def event(hands, title):
    return next(each for each in hands.document.store.events() if each.title == title)


def test_an_unknown_table_is_shown_as_it_would_be_stored(dialog):
    assert "guessed" in dialog.says("mapping_how")
    assert becomes(dialog) == {
        "Nr": "Kept beside", "What": "Title", "Date": "Date", "Where": "Place", "Strength": "Number",
        "Remark": "Kept beside",
    }  # fmt: skip
    first, second = cells(dialog)
    assert first["Title"] == "<b>Convoy</b> \ufffdmoc"
    assert first["When"] == "4 Mar 2015 or 3 Apr 2015"
    assert first["EDTF"] == "[2015-03-04,2015-04-03]"
    assert first["Number"] == "about 300"
    assert second["When"] == "soon"
    assert "cannot be read as a date" in second["What is odd"]
    assert dialog.says("mapping_state").endswith("columns kept beside the entries: Nr, Remark")
    assert "day or month" in dialog.says("mapping_problems")


def test_import_brings_in_what_was_shown_as_one_edit(dialog):
    before = dialog.document.event_count
    assert bring_in(dialog).startswith("2 added")
    assert dialog.document.event_count == before + 2
    found = event(dialog, "Second convoy")
    assert found.when.text == "soon"
    assert found.extra["columns"] == {"Nr": "2", "Remark": "y"}
    dialog.click(next(each for each in dialog.window.findChildren(QPushButton) if each.text() == "Undo"))
    assert dialog.document.event_count == before


def test_a_column_is_put_to_another_use_and_the_preview_follows(dialog):
    put_to(dialog, "Remark", "Tag")
    shown(dialog)
    assert becomes(dialog)["Remark"] == "Tag"
    assert dialog.find("mapping_profile").currentText() == "Your choices below"
    put_to(dialog, "Where", "Kept beside")
    shown(dialog)
    assert cells(dialog)[0]["Place"] == ""
    bring_in(dialog)
    found = event(dialog, "Second convoy")
    assert (found.tags, found.place) == (("y",), None)


def test_the_order_of_day_and_month_and_the_kind_are_chosen(dialog):
    choose(dialog, "mapping_order", "Day first")
    shown(dialog)
    assert cells(dialog)[0]["When"] == "3 Apr 2015"
    choose(dialog, "mapping_kind", "Statement")
    shown(dialog)
    assert cells(dialog)[0]["Kind"] == "statement"
    bring_in(dialog)
    assert event(dialog, "Second convoy").kind == "statement"


def test_all_of_it_by_the_keyboard(dialog):
    dialog.wait(dialog.find("mapping_columns").hasFocus)
    dialog.press(Key.Key_End, CTRL)
    dialog.press(Key.Key_Return)
    dialog.wait(lambda: QApplication.activePopupWidget() is not None)
    dialog.press(Key.Key_Down)
    dialog.press(Key.Key_Return)
    shown(dialog)
    assert becomes(dialog)["Remark"] == "Title"
    assert dialog.sees("mapping_import"), "Enter in the list chose, and did not import"
    dialog.press(Key.Key_I, Qt.KeyboardModifier.AltModifier)
    dialog.wait(lambda: dialog.sees("notice_text"))
    assert event(dialog, "Second convoy, y")


def test_escape_and_cancel_bring_nothing_in(dialog, unknown):
    before = dialog.document.bundle()
    dialog.press(Key.Key_Escape)
    dialog.wait(lambda: not dialog.sees("mapping_preview"))
    dialog.drop(unknown)
    shown(dialog)
    dialog.click("mapping_cancel")
    dialog.wait(lambda: not dialog.sees("mapping_preview"))
    assert dialog.document.bundle() == before


def test_the_last_of_quick_choices_is_what_is_shown_and_brought_in(dialog):
    for words in ("Day first", "Month first", "Day first"):
        choose(dialog, "mapping_order", words)
    assert bring_in(dialog).startswith("2 added")
    assert next(e for e in dialog.document.store.events() if "Convoy" in e.title).when.edtf == "2015-04-03"


def test_a_mapping_is_saved_listed_and_used_by_the_command_line(dialog, tmp_path, unknown, dateline):
    choose(dialog, "mapping_kind", "Withdrawal")
    shown(dialog)
    dialog.click("mapping_save")
    dialog.wait(lambda: dialog.sees("mapping_name") or QApplication.activeModalWidget() is not None)
    name = QApplication.activeModalWidget().findChild(QLineEdit)
    dialog.wait(name.hasFocus)
    dialog.type("Convoys")
    dialog.press(Key.Key_Return)
    dialog.wait(lambda: "Saved as" in dialog.says("mapping_state"))
    assert saved_mapping("convoys").kind == Words(fixed="withdrawal")
    assert dialog.find("mapping_profile").currentText() == "Convoys"
    dialog.click("mapping_cancel")
    other = tmp_path / "other.dateline"
    assert dateline("new", other).code == 0
    ran = dateline("import", other, unknown, "--profile", "Convoys", "--json")
    assert json.loads(ran.out)["added"] == 2
    assert {e["kind"] for e in json.loads(dateline("list", other, "--json").out)["events"]} == {"withdrawal"}
    dialog.drop(unknown)
    shown(dialog)
    choose(dialog, "mapping_profile", "Convoys")
    shown(dialog)
    assert cells(dialog)[0]["Kind"] == "withdrawal"


def test_a_damaged_mapping_is_named_and_left_alone(hands, unknown, dateline, tmp_path):
    folder().mkdir(parents=True)
    (folder() / "Broken.json").write_text('{"format": "other"')
    hands.drop(unknown)
    shown(hands)
    hands.wait(lambda: hands.sees("mapping_problems"))
    box = hands.find("mapping_profile")
    assert "Broken" not in [box.itemText(place) for place in range(box.count())]
    assert "Broken" in hands.find("mapping_problems").toolTip() + hands.says("mapping_problems")
    assert (folder() / "Broken.json").read_text() == '{"format": "other"'
    ran = dateline("import", tmp_path / "k.dateline", unknown, "--profile", "Broken")
    assert ran.code == 2
    assert "Broken" in ran.err


def test_a_mapping_from_a_file_is_loaded(dialog, tmp_path):
    path = tmp_path / "given.json"
    mapping = TableMapping(title=Words(columns=("Remark",)), when=When(start=Moment(column="Date")))
    path.write_text(json.dumps(mapping_json(mapping)))
    with dialog.answering(path):
        dialog.click("mapping_load")
    shown(dialog)
    assert [row["Title"] for row in cells(dialog)] == ["x", "y"]
    assert becomes(dialog)["What"] == "Kept beside"
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    with dialog.answering(wrong):
        dialog.click("mapping_load")
    assert "no mapping" in dialog.says("mapping_problems")


def test_a_sheet_of_a_workbook_is_chosen(hands, tmp_path):
    path = tmp_path / "two.xlsx"
    rows = (
        [["What", "Date"], ["From the first", "2022-02-24"]],
        [["What", "Date"], ["From the second", "2022"]],
    )
    path.write_bytes(workbook({"One": rows[0], "Two": rows[1]}))
    hands.drop(path)
    shown(hands)
    assert cells(hands)[0]["Title"] == "From the first"
    choose(hands, "mapping_sheet", "Two")
    shown(hands)
    assert cells(hands)[0]["Title"] == "From the second"
    bring_in(hands)
    assert event(hands, "From the second")


def test_titles_above_the_header_do_not_hide_it_from_a_chosen_mapping(hands, tmp_path):
    path = tmp_path / "titled.csv"
    path.write_text("Our list\n\n" + UNKNOWN, encoding="utf-8")
    hands.drop(path)
    shown(hands)
    choose(hands, "mapping_order", "Month first")
    shown(hands)
    assert [row["When"] for row in cells(hands)] == ["4 Mar 2015", "soon"]


def test_rows_on_the_clipboard_are_pasted(hands):
    QGuiApplication.clipboard().setText("What\tDate\nFrom the clipboard\tFeb 2025\n")
    hands.press(Key.Key_V, CTRL | SHIFT)
    shown(hands)
    assert cells(hands)[0]["When"] == "Feb 2025, some day within"
    bring_in(hands)
    assert event(hands, "From the clipboard").when.edtf == "2025-02"


def test_a_text_on_the_clipboard_that_is_no_table_is_refused_in_words(hands):
    QGuiApplication.clipboard().setText("Only a sentence")
    hands.press(Key.Key_V, CTRL | SHIFT)
    assert "no rows" in hands.says("notice_text")


def test_import_table_always_shows_the_mapping(hands, tmp_path):
    path = tmp_path / "acled.csv"
    path.write_text(ACLED, encoding="utf-8")
    with hands.answering(path):
        hands.choose_in_menu("File", "Import Table")
    shown(hands)
    assert hands.find("mapping_profile").currentText() == "ACLED events"
    assert becomes(hands)["event_date"] == "Date"
    assert becomes(hands)["source"] == "Source: title + Source: publisher"


def test_what_is_no_table_cannot_be_imported_as_one(hands, tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    with hands.answering(path):
        hands.choose_in_menu("File", "Import Table")
    hands.wait(lambda: hands.sees("mapping_problems"))
    assert "cannot be read" in hands.says("mapping_problems") or "no table" in hands.says("mapping_problems")
    button = hands.find("mapping_import")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()


ACLED_COLUMNS = columns(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
ACLED_ROW = {
    "event_id_cnty": "XXX1", "event_date": "24 February 2022", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "One", "actor2": "Other", "country": "Nowhere", "admin1": "North",
    "location": "Town", "latitude": "51.5", "longitude": "36.1", "source": "A Paper", "notes": "It began.",
    "fatalities": "3",
}  # fmt: skip
ACLED = table(ACLED_COLUMNS, [ACLED_ROW.get(name, "") for name in ACLED_COLUMNS])
UCDP_COLUMNS = columns(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude event_clarity date_prec date_start "
    "date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low"
)
UCDP_ROW = {
    "id": "77", "year": "2020", "type_of_violence": "1", "conflict_name": "A conflict", "dyad_name": "A - B",
    "side_a": "A", "side_b": "B", "source_headline": "Clash", "where_coordinates": "Village", "latitude": "1.5",
    "longitude": "2.5", "date_prec": "1", "date_start": "2020-05-01 00:00:00.000",
    "date_end": "2020-05-01 00:00:00.000", "best": "4", "high": "6", "low": "2", "event_clarity": "1",
}  # fmt: skip


def gdelt_row():
    row = [""] * 61
    row[0:5] = ["123456789", "20220224", "202202", "2022", "2022.1479"]
    row[26:31] = ["190", "190", "19", "4", "-10.0"]
    row[31:35] = ["5", "1", "5", "-3.5"]
    row[51:61] = ["4", "Kyiv, Ukraine", "UP", "UP12", "", "50.43", "30.51", "-1044367", "20220224093000",
                  "https://example.org/x"]  # fmt: skip
    return row


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acled.csv", ACLED),
        ("ucdp.csv", table(UCDP_COLUMNS, [UCDP_ROW.get(name, "") for name in UCDP_COLUMNS])),
        ("20220224093000.export.CSV", table(gdelt_row(), delimiter="\t")),
    ],
)
def test_a_known_table_goes_in_by_drag_and_drop_with_no_mapping_by_hand(hands, tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    before = hands.document.event_count
    hands.drop(path)
    assert hands.says("notice_text").startswith("1 added")
    assert hands.document.event_count == before + 1
    assert not hands.sees("mapping_preview")


def test_several_files_at_once_are_not_asked_about_and_the_guess_is_said(hands, tmp_path, unknown):
    known = tmp_path / "acled.csv"
    known.write_text(ACLED, encoding="utf-8")
    hands.drop(known, unknown)
    hands.click("import_confirm")
    assert hands.says("notice_text").startswith("3 added")
    assert "guessed of: unknown.csv" in hands.says("notice_text")
    assert not hands.sees("mapping_preview")


def test_the_issue_tables_have_the_columns_they_shall_have():
    assert (len(ACLED_COLUMNS), len(UCDP_COLUMNS)) == (31, 42)
