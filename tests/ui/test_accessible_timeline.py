"""The painted timeline as a screen reader meets it, asked through Qt as the platforms' bridges ask."""

from __future__ import annotations

import pytest
import shiboken6
from hands import main_windows
from large_documents import LARGE, make_large
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from viewer.ui.accessible_timeline import MOST_ITEMS, TimelineList

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
PRESS, EDIT = "Press", "edit"


def timeline_list(hands):
    """The timeline as Qt hands it to a screen reader, once the window has come to rest."""

    def found():
        return QAccessible.queryAccessibleInterface(hands.timeline)

    hands.wait(lambda: isinstance(found(), TimelineList))
    return found()


@pytest.fixture
def read(hands):
    """The list of the timeline."""
    return timeline_list(hands)


def names(read):
    """What is said of the items."""
    return [read.child(row).text(NAME) for row in range(read.childCount())]


def event_in(hands, row):
    """The event in a row of the list, which shows the same."""
    return hands.window.workspace.showing.sieve.shown.id_at(row)


def test_the_timeline_is_a_list_of_the_events_in_order_of_time(hands, read):
    assert (read.role(), read.text(NAME)) == (QAccessible.Role.List, f"Timeline, {read.childCount()} events")
    titles = [name.partition(": ")[2] for name in names(read)]
    assert titles == [title for title in hands.listed() if title != "Undated"]
    child = read.child(3)
    assert child.role() == QAccessible.Role.ListItem
    assert read.indexOfChild(child) == 3
    assert child.parent() is read
    assert read.child(3) is child  # and not another one each time
    assert (child.childCount(), child.child(0), read.child(-1)) == (0, None, None)
    assert read.child(read.childCount()) is None


def test_an_item_says_kind_date_standing_and_title(start, made):
    hands = start(made)
    said = names(timeline_list(hands))
    assert (
        "Deployment, some day in August 2024, 2 reports, 2 not established: Ukraine crosses into Kursk region"
        in said
    )
    assert any(name.startswith("Statement, not dated, not later than Feb 2025, 1 report") for name in said)
    october = timeline_list(hands).child(1)
    assert october.text(DESCRIPTION).startswith("said by way of ")


def test_an_item_stands_where_its_mark_is_painted_and_says_when_it_is_out_of_sight(hands, read):
    event = event_in(hands, 0)
    child = read.child(0)
    around = child.rect()
    middle = hands.timeline.mapToGlobal(hands.timeline.rectangle_of(event).center())
    assert around.contains(middle)
    assert read.childAt(middle.x(), middle.y()) is child
    assert not child.state().offscreen
    hands.timeline.pan_by(5_000)
    assert (child.rect().isEmpty(), child.state().offscreen) == (True, True)
    outside = hands.timeline.mapToGlobal(QPoint(4, 4))
    assert read.childAt(outside.x(), outside.y()) is None


def test_the_selected_event_is_the_selected_item_and_has_the_keyboard(hands, read):
    chosen = read.selectionInterface()
    assert chosen.selectedItemCount() == 0
    hands.timeline.setFocus()
    hands.press(Qt.Key.Key_Right)
    event = hands.window.workspace.selected
    assert [item.event for item in chosen.selectedItems()] == [event]
    item = chosen.selectedItem(0)
    state = item.state()
    assert (state.selectable, state.selected, state.focused) == (True, True, True)
    assert read.focusChild() is item
    assert chosen.isSelected(item)
    others = [read.child(row) for row in range(read.childCount()) if row != read.indexOfChild(item)]
    assert not any(each.state().selected or each.state().focused for each in others)
    assert chosen.clear()
    assert hands.window.workspace.selected is None


def test_press_selects_and_another_action_opens_the_form(hands, read):
    actions = read.child(2).actionInterface()
    assert actions.actionNames()[0] == PRESS
    actions.doAction(PRESS)
    hands.wait(lambda: hands.window.workspace.selected == event_in(hands, 2))
    hands.settle()
    assert hands.in_sight(event_in(hands, 2))
    assert hands.timeline.hasFocus()
    read.child(4).actionInterface().doAction(EDIT)
    hands.wait(lambda: hands.sees("title"))
    assert hands.window.workspace.selected == event_in(hands, 4)
    read.selectionInterface().select(read.child(1))
    hands.wait(lambda: hands.window.workspace.selected == event_in(hands, 1))


def test_items_follow_filter_edits_and_undo(hands, read):
    count, first = read.childCount(), read.child(0)
    workspace = hands.window.workspace
    workspace.delete_entry(first.event)
    assert (read.childCount(), first.isValid()) == (count - 1, False)
    assert first.text(NAME) == ""
    assert first.state().invalid
    workspace.undo()
    assert (read.childCount(), first.isValid(), read.indexOfChild(first)) == (count, True, 0)
    hands.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.type("nothing has these words")
    hands.wait(lambda: read.childCount() == 0)
    assert (first.isValid(), read.child(0), read.text(NAME)) == (False, None, "Timeline, 0 events")


def test_an_item_has_no_sides_but_actions(read):
    item = read.child(0)
    sides = [
        item.textInterface(),
        item.valueInterface(),
        item.selectionInterface(),
        item.tableCellInterface(),
        read.textInterface(),
        read.valueInterface(),
    ]
    assert sides == [None] * len(sides)
    assert read.actionInterface() is not None


def test_a_long_list_costs_what_a_short_one_does(start, tmp_path):
    path = tmp_path / "large.dateline"
    make_large(path)
    hands = start(path)
    hands.wait(lambda: not hands.window.workspace.showing.is_waiting)
    read = timeline_list(hands)
    assert read.childCount() == LARGE
    kept = []
    for row in range(0, LARGE, LARGE // (2 * MOST_ITEMS)):
        kept.append(read.child(row))
        assert read.indexOfChild(kept[-1]) == row
    # The first ones were let go, and Qt with them; the last ones are there.
    assert 0 < sum(shiboken6.isValid(item) for item in kept) <= MOST_ITEMS
    assert not shiboken6.isValid(kept[0])
    assert shiboken6.isValid(kept[-1])
    assert read.child(0).text(NAME)


def test_nothing_is_said_of_a_document_that_was_closed(start, made):
    hands = start(made)
    read = timeline_list(hands)
    items = [read.child(row) for row in range(4)]
    ids = [QAccessible.uniqueId(each) for each in (read, *items)]
    timeline = hands.timeline
    for window in main_windows():
        window.close()
    assert [shiboken6.isValid(item) for item in items] == [False] * 4
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(timeline)
    assert [QAccessible.accessibleInterface(each) for each in ids] == [None] * 5
