"""Views of a document: saved under a name, shown again by key or from the menu, renamed, deleted, undone."""

from __future__ import annotations

import json

import pytest
from hands import CTRL, PLAIN
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget

from viewer.domain.edits import Change, Edit
from viewer.domain.filters import Filter
from viewer.domain.uids import new_uid

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def at_rest(hands):
    hands.find("zoom_in_button")
    hands.timeline.setFocus()
    hands.settle()
    return hands


def back_to_window(hands):
    hands.window.windowHandle().requestActivate()  # the screenless platform does not do that by itself
    hands.wait(lambda: QGuiApplication.focusWindow() is hands.window.windowHandle())


def save(hands, name):
    hands.press(Qt.Key.Key_D, CTRL)
    hands.find("view_name")
    hands.type(name)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.sees("view_name"))
    back_to_window(hands)


def names(hands):
    return [view["name"] for view in hands.document.store.views()]


def insert(hands, name, definition):
    """A view as a stranger's file has it."""
    row = {"uid": new_uid(), "name": name, "definition": json.dumps(definition)}
    number = hands.document.store.next_id("views")
    hands.document.do(Edit(uid=new_uid(), label="new", changes=(Change("views", number, None, row),)))


def organise(hands):
    hands.window.workspace.furnishing.wayfinding.views.organise()
    shown = hands.find("saved_views")
    hands.wait(shown.hasFocus)
    return shown


def test_a_view_brings_back_period_filter_lanes_clock_and_day(at_rest):
    hands = at_rest
    window = hands.window.workspace
    kind = hands.document.store.kinds()[0].name
    hands.click(f"chip_{kind}")
    hands.press(Qt.Key.Key_2, ALT)
    window.known_on.toggle()
    day = window.known_on.day
    window.timeline.show_range(1_738_000_000, 1_740_000_000)
    shown = window.seconds_in_view()
    save(hands, "Winter")
    hands.click(f"chip_{kind}")
    hands.press(Qt.Key.Key_1, ALT)
    window.known_on.clear()
    window.timeline.fit_all()
    hands.settle()
    assert window.showing.sieve.filter == Filter()
    hands.press(Qt.Key.Key_1, CTRL | ALT)
    hands.settle()
    assert window.showing.sieve.filter.kinds == {kind}
    assert window.showing.charting.grouping == "actor"
    assert window.known_on.day == day
    away = 2 * window.timeline.scale().seconds_per_pixel
    assert window.seconds_in_view() == pytest.approx(shown, abs=away)
    assert hands.says("status_saved") == "View “Winter”"


def test_a_period_comes_back_as_it_was_written(at_rest):
    hands = at_rest
    insert(hands, "Feb", {"filter": {"since": {"edtf": "2025-02", "text": "February"}, "certainly": True}})
    hands.press(Qt.Key.Key_1, CTRL | ALT)
    period = hands.window.workspace.header.period()
    assert (period.since.edtf, period.since.text, period.certainly) == ("2025-02", "February", True)
    assert hands.window.workspace.showing.sieve.filter.earliest == period.earliest


def test_saving_is_one_edit_and_can_be_undone(at_rest):
    hands = at_rest
    save(hands, "One")
    assert names(hands) == ["One"]
    hands.press(Qt.Key.Key_Z, CTRL)
    assert names(hands) == []


def test_a_name_that_is_taken_is_said_and_replaced_and_keeps_what_is_not_ours(at_rest):
    hands = at_rest
    insert(hands, "One", {"mood": "calm", "filter": {"text": "drone", "mood": "calm"}})
    hands.press(Qt.Key.Key_D, CTRL)
    hands.find("view_name")
    hands.type("One")
    assert "replaces" in hands.says("view_name_echo")
    hands.press(Qt.Key.Key_Return)
    back_to_window(hands)
    (view,) = hands.document.store.views()
    assert (view["mood"], view["filter"]) == ("calm", {"mood": "calm"})
    assert view["lanes"] == "kind"


def test_what_cannot_be_used_is_named_and_the_rest_holds(at_rest):
    hands = at_rest
    insert(hands, "Odd", {"lanes": "planet", "clock": "said", "filter": {"credibility": 9, "kinds": ["ufo"]}})
    hands.press(Qt.Key.Key_1, CTRL | ALT)
    said = hands.says("notice_text")
    assert all(word in said for word in ("lanes", "filter.credibility", "ufo"))
    assert hands.window.workspace.showing.charting.by_publication


def test_a_number_without_a_view_says_so(at_rest):
    at_rest.press(Qt.Key.Key_7, CTRL | ALT)
    assert at_rest.says("status_saved") == "There is no saved view 7."


def test_the_menu_lists_the_views(at_rest):
    hands = at_rest
    save(hands, "Fish & chips")
    hands.timeline.show_range(0, 1_000_000)
    hands.choose_in_menu("View", "Saved Views", "Fish  chips")
    hands.settle()
    assert hands.says("status_saved") == "View “Fish & chips”"


def test_back_leads_to_where_the_view_was_asked_for(at_rest):
    hands, first = at_rest, at_rest.timeline.place()
    insert(hands, "Early", {"shown": [0, 1_000_000], "lanes": "place"})
    hands.press(Qt.Key.Key_1, CTRL | ALT)
    hands.settle()
    assert hands.timeline.place() != first
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.timeline.place().scale == first.scale
    assert hands.window.workspace.showing.charting.grouping == "kind"


def test_views_are_renamed_and_deleted_in_their_list(at_rest):
    hands = at_rest
    insert(hands, "One", {})
    insert(hands, "Two", {})
    shown = organise(hands)
    assert isinstance(shown, QListWidget)
    hands.press(Qt.Key.Key_F2, PLAIN)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("First")
    hands.press(Qt.Key.Key_Return)
    assert names(hands) == ["First", "Two"]
    hands.click("delete_view")
    assert names(hands) == ["Two"]
    hands.click("show_view")
    back_to_window(hands)
    assert hands.says("status_saved") == "View “Two”"


def test_a_name_that_another_view_has_is_refused(at_rest):
    hands = at_rest
    insert(hands, "One", {})
    insert(hands, "Two", {})
    hands.window.workspace.furnishing.wayfinding.views.rename(hands.document.store.views()[0]["uid"], "Two")
    assert names(hands) == ["One", "Two"]
    assert "another view" in hands.says("notice_text")
