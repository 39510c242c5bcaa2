"""The sources panel: what rests on each source, found and sorted, and what can be done with one."""

from __future__ import annotations

import pytest
from builders import a_claim, a_source, an_event
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sources_bench import LEFT, PLAIN, Bench

from viewer.domain.dates import from_edtf


@pytest.fixture
def bench(dressed, document, qtbot):
    agency = a_source(
        uid="agency",
        title="Zeta agency",
        publisher="Agency",
        reliability="B",
        published=from_edtf("2025-02-07"),
    )
    copy = a_source(
        uid="copy",
        title="A copy",
        publisher="Le Matin",
        derived_from="agency",
        text=None,
        published=from_edtf("2025-02-09"),
    )
    post = a_source(uid="post", title="The post", reliability="A", text="Nothing but bicycles.")
    for source in (agency, copy, post):
        document.save_source(source)
    document.save_event(
        an_event(claims=(a_claim("agency"), a_claim("agency"), a_claim("copy", retracted=True)))
    )
    made = Bench(document, qtbot)
    yield made
    made.desk.stop()


def heard(signal):
    said = []
    signal.connect(lambda *values: said.append(values))
    return said


def test_each_source_says_what_is_known_of_it(bench):
    assert bench.says("source_count") == "3 sources"
    assert bench.spoken() == [
        "A copy, Le Matin · 9 Feb 2025, 1 claim, copy of “Zeta agency”, retracted, text missing",
        "The post, 0 claims, Source A: completely reliable",
        "Zeta agency, Agency · 7 Feb 2025, 2 claims, Source B: usually reliable",
    ]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("date", ["A copy", "Zeta agency", "The post"]),
        ("claims", ["Zeta agency", "A copy", "The post"]),
        ("grade", ["The post", "Zeta agency", "A copy"]),
        ("title", ["A copy", "The post", "Zeta agency"]),
    ],
)
def test_sources_are_sorted(bench, order, titles):
    sort = bench.find("source_sort")
    sort.setCurrentIndex(sort.findData(order))
    assert bench.titles() == titles


def test_sources_are_found_by_title_publisher_and_text(bench):
    for words, titles in (("zeta", ["Zeta agency"]), ("matin", ["A copy"]), ("bicycles", ["The post"])):
        bench.write("source_search", words)
        bench.qtbot.waitUntil(lambda titles=titles: bench.titles() == titles)
    assert bench.says("source_count") == "1 of 3 sources"
    bench.write("source_search", "nowhere at all")
    assert "No source has these words" in bench.wait_for("source_empty").text()
    bench.click("source_empty_action")
    bench.qtbot.waitUntil(lambda: len(bench.titles()) == 3)


def test_an_empty_document_offers_one_thing_to_do(dressed, document, qtbot):
    bench = Bench(document, qtbot)
    assert "No sources yet" in bench.says("source_empty")
    assert not bench.sees("source_list")
    bench.click("source_empty_action")
    assert bench.says("form_title") == "New source"


def test_selecting_tells_of_the_source_by_mouse_and_by_keyboard(bench):
    chosen, read = heard(bench.desk.source_chosen), heard(bench.desk.read_requested)
    bench.click_row(1)
    assert chosen == [("post",)]
    bench.press(Qt.Key.Key_Down)
    assert chosen[1:] == [("agency",)]
    bench.press(Qt.Key.Key_Return)
    viewport, at = bench.row_at("source_list", 0)
    QTest.mouseClick(viewport, LEFT, PLAIN, at)
    QTest.mouseDClick(viewport, LEFT, PLAIN, at)
    assert read == [("agency",), ("copy",)]


def test_what_can_be_done_with_the_selected_one_stands_below(bench):
    read = heard(bench.desk.read_requested)
    assert not bench.sees("source_read")
    bench.click_row(2)
    bench.click("source_read")
    assert read == [("agency",)]
    bench.click("source_edit")
    assert bench.says("source_title") == "Zeta agency"


def test_keys_edit_and_add(bench):
    bench.click_row(0)
    bench.press(Qt.Key.Key_F2)
    assert bench.says("form_title") == "Edit source"
    bench.desk.form.cancel()
    bench.click_row(0)
    bench.press(Qt.Key.Key_Insert)
    assert bench.says("form_title") == "New source"


def test_delete_takes_only_a_source_without_claims(bench):
    bench.click_row(0)
    bench.press(Qt.Key.Key_Delete)
    assert len(bench.titles()) == 3
    bench.click_row(1)
    bench.press(Qt.Key.Key_Delete)
    assert bench.titles() == ["A copy", "Zeta agency"]
    assert bench.says("notice_text") == "Deleted “The post”."
    bench.click("notice_action_0")
    assert len(bench.titles()) == 3


def test_a_better_grade_is_given_at_once_and_can_be_taken_back(bench):
    bench.click_row(2)
    bench.click("source_more")
    bench.choose("Grade", "A")
    assert bench.document.store.source("agency").reliability == "A"
    assert "Source A" in bench.spoken()[2]
    bench.click("notice_action_0")
    assert bench.document.store.source("agency").reliability == "B"


def test_a_lower_grade_is_previewed_first(bench):
    bench.click_row(2)
    bench.click("source_more")
    bench.choose("Grade", "E")
    assert "B → E" in bench.wait_for("impact_heading").text()
    assert bench.document.store.source("agency").reliability == "B"
    bench.click("impact_apply")
    assert bench.document.store.source("agency").reliability == "E"


def test_retracting_is_previewed_and_restoring_is_not(bench):
    bench.click_row(2)
    bench.ask_for_menu("source_list")
    bench.choose("Retract")
    bench.wait_for("impact_table")
    assert "retracted" not in bench.spoken()[2]
    bench.write("impact_reason", "The agency took it back")
    bench.click("impact_apply")
    bench.qtbot.waitUntil(lambda: "retracted" in bench.spoken()[2])
    edit = bench.document.store.edits()[-1]
    assert (edit.label, edit.reason) == ("Retract source “Zeta agency”", "The agency took it back")
    bench.click_row(2)
    bench.click("source_more")
    bench.choose("Restore")
    assert "retracted" not in bench.spoken()[2]


def test_a_source_without_claims_cannot_be_retracted(bench):
    bench.click_row(1)
    bench.click("source_more")
    assert not bench.menu_entry("Retract").isEnabled()
    assert bench.menu_entry("Delete").isEnabled()
    bench.close_menus()


def test_the_selection_survives_an_edit(bench):
    bench.click_row(2)
    bench.document.save_source(a_source(uid="new", title="1st"))
    assert bench.desk.panel.selected() == "agency"
    assert bench.titles()[0] == "1st"


def test_names_of_strangers_are_shown_as_they_are(bench):
    bench.document.save_source(a_source(uid="x", title="<b>A</b>\n\u202egnp", publisher="<img src=x>"))
    row = bench.titles().index("<b>A</b> \ufffdgnp")
    model = bench.find("source_list").model()
    assert "&lt;img" in model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_ten_thousand_sources_are_listed_without_asking_each(dressed, document, qtbot):
    from viewer.document_sources import ListedSource
    from viewer.storage.reader import SourceBrief
    from viewer.ui.sources.panel import SourcesPanel

    class Dated:
        asked = 0

        def __init__(self, number):
            self.latest = self.earliest = number

        @property
        def edtf(self):
            Dated.asked += 1
            return "2025"

        def __getattr__(self, name):
            return getattr(from_edtf("2025"), name)

    panel = SourcesPanel(lambda _text: frozenset())
    qtbot.addWidget(panel)
    panel.resize(300, 600)
    panel.show()
    panel.set_sources(
        [
            ListedSource(SourceBrief(n, f"s{n}", f"Source {n}", None, None, Dated(n), True), n)
            for n in range(10_000)
        ]
    )
    qtbot.waitUntil(lambda: Dated.asked > 0)
    assert Dated.asked < 1_000
