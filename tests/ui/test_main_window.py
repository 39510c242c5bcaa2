"""The main window around the entries, by mouse and keyboard alone: find, move, files in and out, what is kept."""

from __future__ import annotations

import json

from builders import a_bundle, raw_claim, raw_event, raw_source
from hands import CTRL, SHIFT, main_windows
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from viewer.document import Document
from viewer.domain.calendar import DAY, civil
from viewer.folders import config_folder
from viewer.ui.hover_card import HoverCard
from viewer.ui.settings import Settings
from viewer.ui.theme import theme
from viewer.ui.windows import Windows

Key = Qt.Key
TITLE = "Égarés beyond the river"


def titled(words):
    """Whether a window of that title is to be seen."""
    return any(w.windowTitle() == words for w in QApplication.topLevelWidgets() if w.isVisible())


def test_the_search_ignores_accents_and_the_status_line_counts_what_it_hides(hands):
    event = hands.add_deployment(TITLE)
    others = len(hands.listed()) - 2  # beside ours, and the heading of the undated
    hands.press(Key.Key_F, CTRL)
    hands.type("egares")
    hands.wait(lambda: hands.listed() == [TITLE])
    assert f"{others} hidden by the search" in hands.says("status_shown")
    hands.settle()
    assert hands.in_sight(event)
    assert len(hands.timeline.scene().items) == 1
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(hands.listed()) == others + 2)
    assert "all shown" in hands.says("status_shown")


def test_a_search_also_names_the_source_that_has_the_words(hands):
    hands.press(Key.Key_L, CTRL)
    source = next(hands.document.store.sources())
    word = max(source.text.split(), key=len).strip(".,;:’'«»")
    hands.press(Key.Key_F, CTRL)
    hands.type(word)
    hands.press(Key.Key_Return)
    hands.click("source_hit_0")
    assert source.title[:30] in hands.says("notice_text")
    count = sum(source.uid in {c.source for c in e.claims} for e in hands.document.store.events())
    assert sum(hands.id_of(title) is not None for title in hands.listed()) == count
    hands.click("notice_action_0")
    assert "all shown" in hands.says("status_shown")


def test_a_kind_chip_shows_its_kind_alone_until_it_is_pressed_again(hands):
    kinds = [event.kind for event in hands.document.store.events()]
    hands.click("chip_withdrawal")
    hidden = len(kinds) - kinds.count("withdrawal")
    assert f"{hidden} hidden by the kinds" in hands.says("status_shown")
    shown = {hands.id_of(title) for title in hands.listed()} - {None}
    assert {hands.document.store.event(event).kind for event in shown} == {"withdrawal"}
    hands.click("chip_withdrawal")
    assert "all shown" in hands.says("status_shown")


def test_escape_clears_the_selection(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.press(Key.Key_Escape)
    assert hands.sees("inspector_empty")
    assert hands.window.workspace.selected is None


def test_an_undated_event_is_reached_through_its_chip_on_the_shelf(hands):
    event = hands.timeline.scene().shelf.chips[0].event
    hands.click_mark(event)
    assert hands.says("inspector_title") == hands.document.store.event(event).title
    assert "not dated" in hands.says("fact_when")


def test_list_and_timeline_stay_in_step_both_ways(hands):
    hands.press(Key.Key_L, CTRL)
    rows = hands.find("event_list")
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    assert rows.currentIndex().data() == event.title
    hands.click(rows.viewport(), rows.visualRect(rows.model().index(1, 0)).center())
    title = rows.model().index(1, 0).data()
    assert hands.says("inspector_title") == title
    assert hands.timeline.content().selected == hands.id_of(title)
    hands.press(Key.Key_Down)
    title = rows.model().index(2, 0).data()
    assert hands.timeline.content().selected == hands.id_of(title)
    hands.press(Key.Key_Return)
    assert hands.says("title") == title


def test_dragging_the_window_of_the_overview_moves_the_view(hands):
    hands.press(Key.Key_Equal, CTRL | SHIFT)
    for _ in range(3):
        hands.choose_in_menu("View", "Zoom In")
    hands.settle()
    first = hands.timeline.scale().visible(hands.timeline.canvas_width())
    strip = hands.window.workspace.overview
    middle = strip.window_rectangle().center().toPoint()
    hands.drag(strip, middle, middle + QPoint(60, 0))
    hands.settle()
    second = hands.timeline.scale().visible(hands.timeline.canvas_width())
    assert second[0] > first[0] + DAY
    assert abs((second[1] - second[0]) - (first[1] - first[0])) < DAY


def test_the_theme_chosen_in_the_menu_repaints_and_is_remembered(hands, start, kursk):
    light = hands.picture()
    hands.choose_in_menu("View", "Theme", "Dark")
    assert theme().name == "dark"
    dark = hands.picture()
    corner = QPoint(dark.width() - 3, 3)
    assert light.pixelColor(corner).lightness() > 200
    assert dark.pixelColor(corner).lightness() < 60
    assert Settings(config_folder() / "settings.json").theme == "dark"
    hands.choose_in_menu("View", "Theme", "Light")
    assert hands.picture() == light


def test_go_to_a_date_typed_in_words(hands):
    hands.press(Key.Key_G, CTRL)
    hands.find("go_to_date")
    hands.type("19 February 2031")
    hands.press(Key.Key_Return)
    hands.wait(lambda: not hands.sees("go_to_date"))
    hands.settle()
    middle = hands.timeline.scale().t(hands.timeline.canvas_width() / 2)
    assert civil(middle)[:3] == (2031, 2, 19)


def test_a_date_that_cannot_be_read_is_explained_in_whole(hands):
    hands.press(Key.Key_G, CTRL)
    hands.find("go_to_date")
    hands.type("sometime soon, they say")
    echo = hands.find("go_to_date_echo")
    hands.wait(lambda: echo.height() >= echo.heightForWidth(echo.width()) > 0)
    assert echo.wordWrap()
    assert "2025" in echo.text()
    assert echo.property("role") == "problem"
    hands.press(Key.Key_Escape)


def test_the_parts_stand_side_by_side_in_the_narrowest_window(start, kursk):
    hands = start(kursk, size=(800, 600))
    hands.press(Key.Key_L, CTRL)
    workspace = hands.window.workspace
    left, middle, right = (
        QRect(part.mapTo(hands.window, QPoint()), part.size())
        for part in (workspace.list_panel, workspace.timeline, workspace.inspector)
    )
    assert left.right() < middle.left()
    assert middle.right() < right.left()
    assert right.right() < hands.window.width()


def test_the_keyboard_goes_on_with_the_timeline_when_the_list_closes(hands):
    hands.press(Key.Key_L, CTRL)
    rows = hands.find("event_list")
    hands.click(rows.viewport(), rows.visualRect(rows.model().index(1, 0)).center())
    assert rows.hasFocus()
    hands.press(Key.Key_L, CTRL)
    assert hands.timeline.hasFocus()
    hands.press(Key.Key_Escape)
    assert hands.window.workspace.selected is None


def test_undo_by_key_leaves_the_offer_of_an_unfinished_entry(hands, start, kursk):
    hands.add_deployment(TITLE)
    hands.press(Key.Key_1, CTRL)
    hands.find("form_title")
    hands.type("Half typed")
    hands.close()
    again = start(kursk)
    assert "Half typed" in again.says("notice_text")
    again.press(Key.Key_Z, CTRL)
    again.wait(lambda: again.id_of(TITLE) is None)
    assert "Half typed" in again.says("notice_text")


def test_undo_by_key_takes_the_notice_that_offered_it_along(hands):
    event = hands.add_deployment(TITLE)
    hands.click_mark(event)
    hands.press(Key.Key_Delete)
    assert TITLE in hands.says("notice_text")
    hands.press(Key.Key_Z, CTRL)
    hands.wait(lambda: hands.id_of(TITLE) is not None)
    assert not hands.sees("notice")


def test_the_hover_card_judges_an_event_as_the_inspector_does(hands):
    event = hands.event_of("2024-08").id
    hands.settle()
    hands.hover(hands.timeline, hands.timeline.rectangle_of(event).center())
    card = hands.window.findChild(HoverCard)
    hands.wait(card.isVisible)
    said = [label.text() for label in card.findChildren(QLabel)]
    hands.click_mark(event)
    assert hands.says("inspector_standing") in said


def odd_bundle():
    source = raw_source()
    good = raw_event(title="Read well", when={"edtf": "2024-12"}, claims=[raw_claim(source["uid"])])
    wrong = raw_event(title="Span is off", claims=[raw_claim(source["uid"], span=[1, 5])])
    return a_bundle(sources=[source], events=[good, wrong])


def test_an_import_with_problems_shows_each_with_its_place_and_its_undo_takes_all_back(hands, tmp_path):
    file = tmp_path / "odd.json"
    file.write_bytes(odd_bundle())
    before, bundle = hands.listed(), hands.document.bundle()
    with hands.answering(file):
        hands.press(Key.Key_I, CTRL | SHIFT)
    assert hands.says("notice_text").startswith("2 added")
    assert {"Read well", "Span is off"} <= set(hands.listed())
    hands.click("notice_action_0")
    hands.wait(lambda: titled("Import report"))
    words = hands.says("import_problems")
    assert words.startswith("odd.json:")
    hands.press(Key.Key_Escape)
    hands.wait(lambda: not titled("Import report"))
    assert hands.sees("notice"), "the undo of the import is still at hand"
    hands.click("notice_action_1")
    assert hands.listed() == before
    assert hands.document.bundle() == bundle


def test_a_bundle_dropped_on_the_window_is_imported(hands, tmp_path):
    file = tmp_path / "dropped.json"
    file.write_bytes(a_bundle(events=[raw_event(title="Dropped in")]))
    hands.drop(file)
    hands.wait(lambda: "Dropped in" in hands.listed())
    assert hands.says("notice_text").startswith("1 added")
    hands.drop(tmp_path)
    assert hands.says("notice_text").startswith("1 added")


def test_a_file_that_is_no_bundle_is_refused_in_words(hands, tmp_path):
    file = tmp_path / "broken.json"
    file.write_text('{"format": "dateline",')
    before = hands.document.bundle()
    hands.drop(file)
    assert hands.says("notice_text").startswith("broken.json")
    assert hands.says("notice_text").endswith("Nothing was imported.")
    assert hands.document.bundle() == before


def test_save_a_copy_writes_the_whole_document(hands, start, tmp_path):
    hands.add_deployment(TITLE)
    target = tmp_path / "copy.dateline"
    with hands.answering(target):
        hands.press(Key.Key_S, CTRL | SHIFT)
    assert str(target) in hands.says("notice_text")
    copy = Document.open(target)
    assert copy.bundle() == hands.document.bundle()
    copy.close()


def test_export_writes_the_bundle(hands, tmp_path):
    target = tmp_path / "out.json"
    hands.press(Key.Key_E, CTRL | SHIFT)
    hands.find("export_formats")
    with hands.answering(target):
        hands.press(Key.Key_Return)
    hands.wait(lambda: hands.sees("notice"))
    assert json.loads(target.read_text(encoding="utf-8")) == json.loads(hands.document.bundle())


def test_the_title_of_the_window_names_the_document_and_its_file(start, tmp_path, home):
    path = tmp_path / "R&D [*] notes.dateline"
    Document.create(path).close()
    hands = start(path)
    assert hands.window.windowHandle().title() == "R&D [*] notes — R&D [*] notes.dateline — Dateline"
    assert hands.window.windowFilePath() == str(path)


def test_the_shape_of_the_window_is_kept(start, kursk):
    hands = start(kursk, (820, 640))
    shown_at_first = hands.sees("event_list")
    hands.press(Key.Key_L, CTRL)
    assert hands.sees("event_list") is not shown_at_first
    hands.close()
    windows = Windows(Settings(config_folder() / "settings.json"))
    window = windows.open(kursk)
    window.show()
    assert window.height() == 640
    assert window.findChild(QTableView, "event_list").isVisible() is not shown_at_first


def test_all_marks_of_the_document_are_in_sight_at_first(hands):
    hands.settle()
    for event in hands.document.store.events():
        assert hands.in_sight(event.id) or event.when is None, event.title


def test_the_sheet_of_keys_opens_and_closes(hands):
    hands.type("?")
    hands.wait(lambda: titled("Keys"))
    hands.press(Key.Key_Escape)
    hands.wait(lambda: not titled("Keys"))


def test_one_click_on_the_welcome_page_opens_the_sample(start):
    hands = start()
    hands.click("welcome_sample")
    assert len(hands.document.store.event_ids()) == 16
    assert hands.sees("inspector_title")


def test_another_document_opens_in_a_window_of_its_own(hands, kursk, tmp_path):
    Document.create(tmp_path / "other.dateline").close()
    with hands.answering(tmp_path / "other.dateline"):
        hands.press(Key.Key_O, CTRL)
    assert {w.workspace.document.path.name for w in main_windows()} == {"k.dateline", "other.dateline"}
    hands.wait(lambda: QApplication.activeWindow() is not hands.window)
    hands.press(Key.Key_W, CTRL)
    hands.wait(lambda: len(main_windows()) == 1)
    assert hands.document.path == kursk


def test_a_bundle_dropped_on_the_welcome_page_is_not_passed_over_in_silence(start, tmp_path):
    file = tmp_path / "dropped.json"
    file.write_bytes(a_bundle(events=[raw_event(title="Dropped in")]))
    hands = start()
    hands.drop(file)
    assert "Open or create a document first" in hands.says("notice_text")
