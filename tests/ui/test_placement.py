"""Events placed by when they were first said; and what their first publication says of those without a date."""

from __future__ import annotations

import pytest
from builders import a_claim, a_source, an_event
from hands import CTRL, SHIFT
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from viewer.document import Document
from viewer.domain.dates import from_edtf, unread_date
from viewer.ui.hover_card import HoverCard

Key = Qt.Key
PUBLISHED = {"week": "[2025-02-01..2025-02-07]", "month": "2025-03", "undated": None}


@pytest.fixture
def hands(start, tmp_path):
    """A user at a window on events that were said in another order than they happened."""
    document = Document.create(tmp_path / "p.dateline")
    sources = [
        a_source(uid=name, title=name, published=None if edtf is None else from_edtf(edtf))
        for name, edtf in PUBLISHED.items()
    ]
    for title, edtf, source in (
        ("Happened first", "2024-10-05", "month"),
        ("Happened last", "2025-01-20", "week"),
        ("Never dated", None, "month"),
        ("Said on no day", "2024-12", "undated"),
        ("Not dated at all", None, "undated"),
    ):
        when = None if edtf is None else from_edtf(edtf)
        document.save_event(an_event(title=title, when=when, claims=(a_claim(source),)), new_sources=sources)
    document.save_event(
        an_event(title="Not understood", when=unread_date("some day or other"), claims=(a_claim("week"),))
    )
    document.close()
    return start(document.path)


def place_by(hands, words):
    hands.choose_in_menu("View", "Place by", words)
    # The screenless platform loses the keyboard with the second menu.
    handle = hands.window.windowHandle()
    handle.requestActivate()
    hands.wait(lambda: QGuiApplication.focusWindow() is handle)
    hands.settle()


def extent(hands, title):
    index = hands.timeline.content().index
    return index.extent(hands.id_of(title))


def rows(hands):
    """What the list says below each title."""
    model = hands.window.findChild(QTableView, "event_list").model()
    return {
        title: spoken.removeprefix(f"{title}, ")
        for row in range(model.rowCount())
        for title, spoken in [
            (model.index(row, 0).data(), model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
        ]
    }


def card(hands, title):
    hands.hover(hands.timeline, hands.timeline.rectangle_of(hands.id_of(title)).center())
    found = hands.timeline.findChild(HoverCard)
    hands.wait(found.isVisible)
    hands.wait(lambda: any(title in label.text() for label in found.children() if hasattr(label, "text")))
    return [label.text() for label in found.children() if hasattr(label, "text") and label.isVisible()]


def test_events_move_to_where_they_were_first_said(hands):
    assert extent(hands, "Happened first")[0] == from_edtf("2024-10-05").earliest
    place_by(hands, "When It Was First Said")
    assert hands.says("axis_clock") == "by publication"
    month, week = from_edtf("2025-03"), from_edtf("[2025-02-01..2025-02-07]")
    assert extent(hands, "Happened first") == (month.earliest, month.latest)
    assert extent(hands, "Happened last") == extent(hands, "Not understood") == (week.earliest, week.latest)
    assert extent(hands, "Never dated") == (month.earliest, month.latest)
    assert extent(hands, "Said on no day") is None
    place_by(hands, "When It Happened")
    assert hands.says("axis_clock") == ""
    assert extent(hands, "Happened first")[0] == from_edtf("2024-10-05").earliest
    assert extent(hands, "Never dated") is None


def test_list_shelf_and_overview_follow(hands):
    place_by(hands, "When It Was First Said")
    assert hands.listed() == [
        "Happened last", "Not understood", "Happened first", "Never dated",
        "Undated", "Said on no day", "Not dated at all",
    ]  # fmt: skip
    assert hands.timeline.scene().shelf.note == "no date of publication"
    assert hands.says("status_shown") == "6 events · all shown · 2 undated"
    assert hands.timeline.content().index.span() == (
        from_edtf("2025-02-01").earliest, from_edtf("2025-03").latest,
    )  # fmt: skip


def test_selection_and_filter_stay_and_what_is_selected_is_in_sight(hands):
    event = hands.id_of("Happened first")
    hands.click_mark(event)
    hands.click("chip_deployment")
    place_by(hands, "When It Was First Said")
    assert hands.window.workspace.selected == event
    assert hands.in_sight(event)
    assert hands.says("inspector_title") == "Happened first"
    hands.click_mark(event)
    hands.press(Key.Key_Left)
    assert hands.says("inspector_title") == "Not understood"


def test_nothing_placed_by_publication_lies_beyond_the_day_that_is_set(hands):
    place_by(hands, "When It Was First Said")
    hands.press(Key.Key_T, CTRL | SHIFT)
    hands.press(Key.Key_Left)
    known = hands.find("known_flag")
    assert known.words() == "known on 7 Feb 2025"
    content = hands.timeline.content()
    shown = [event.id for event in hands.document.store.events() if content.let_through().has(event.id)]
    last = [entry.known_hi for event in shown if (entry := content.index.entry(event)) is not None]
    assert last == [from_edtf("2025-02-07").latest] * 2


def test_an_edit_keeps_the_rows_by_either_clock(hands):
    place_by(hands, "When It Was First Said")
    index = hands.timeline.content().index
    before = {
        event: index.entry(event).row for event in hands.document.store.event_ids() if index.entry(event)
    }
    hands.document.save_event(an_event(title="New"))
    index = hands.timeline.content().index
    assert {event: index.entry(event).row for event in before} == before


def test_a_place_on_the_axis_of_publications_is_no_date_of_a_new_entry(hands):
    place_by(hands, "When It Was First Said")
    free = QPointF(hands.timeline.width() - 30, hands.timeline.scene().lanes_bottom - 8)
    hands.double_click(hands.timeline, free)
    assert hands.says("form_title").startswith("New")
    assert hands.says("when") == ""
    without = hands.picture()
    hands.write("when", "Feb 2025")
    hands.wait(lambda: "February 2025" in hands.says("when_echo"))
    assert hands.picture() == without


def test_a_picture_says_by_which_clock(hands, tmp_path):
    place_by(hands, "When It Was First Said")
    hands.press(Key.Key_T, CTRL | SHIFT)
    out = tmp_path / "out.svg"
    hands.press(Key.Key_P, CTRL | SHIFT)
    with hands.answering(out):
        hands.click("picture_save")
    drawn = out.read_text(encoding="utf-8")
    assert "as known on 31 Mar 2025" in drawn
    assert "placed by publication" in drawn
    assert "dates as in the sources" not in drawn


def test_an_undated_event_is_not_later_than_its_first_publication(hands):
    said = rows(hands)
    assert said["Never dated"] == "not later than Mar 2025"
    assert said["Not understood"] == "not understood: kept as written · not later than 7 Feb 2025"
    assert said["Not dated at all"] == ""
    assert said["Happened last"] == "20 Jan 2025"


def test_card_and_inspector_say_the_same(hands):
    assert "Not dated · not later than Mar 2025" in card(hands, "Never dated")
    hands.click_mark(hands.id_of("Never dated"))
    assert hands.says("fact_when") == "not dated · not later than Mar 2025"
    hands.click_mark(hands.id_of("Not dated at all"))
    assert hands.says("fact_when") == "not dated"


def test_the_card_counts_what_was_known(hands):
    hands.press(Key.Key_T, CTRL | SHIFT)
    hands.press(Key.Key_Home)
    assert any("1 report" in line for line in card(hands, "Happened last"))
