"""Back and forward, the zoom buttons, the wheel's roles, and steps along an actor, a place or a source."""

from __future__ import annotations

import pytest
from hands import CTRL, PLAIN, SHIFT
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from timeline_hands import wheel

from viewer.timeline.scale import TimeScale
from viewer.ui.settings import Settings
from viewer.ui.view_motion import Place
from viewer.ui.visits import MOST, REST_SECONDS, Spot, Visits

ALT = Qt.KeyboardModifier.AltModifier


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def visits(clock):
    return Visits(clock)


def spot(number):
    return Spot(Place(TimeScale(number, 60.0)), 800.0)


def rest_at(visits, clock, *numbers):
    for number in numbers:
        visits.arrive(spot(number))
        clock.now += REST_SECONDS


def test_one_goes_back_to_where_one_rested_and_forward_again(visits, clock):
    rest_at(visits, clock, 1, 2, 3)
    assert [visits.back(), visits.back(), visits.back()] == [spot(2), spot(1), None]
    assert [visits.forward(), visits.forward(), visits.forward()] == [spot(2), spot(3), None]


def test_what_one_only_passed_through_is_not_visited(visits, clock):
    rest_at(visits, clock, 1)
    for number in range(2, 50):  # a pan, frame by frame
        visits.arrive(spot(number))
        clock.now += REST_SECONDS / 60
    assert visits.back() == spot(1)


def test_where_one_jumps_from_is_visited_however_short_one_was_there(visits):
    visits.arrive(spot(1))
    visits.leave()
    visits.arrive(spot(2))
    assert visits.back() == spot(1)


def test_a_new_way_forgets_what_one_went_back_from(visits, clock):
    rest_at(visits, clock, 1, 2)
    visits.back()
    clock.now += REST_SECONDS
    visits.arrive(spot(3))
    assert not visits.can_go_forward
    assert visits.back() == spot(1)


def test_where_one_is_already_is_nowhere_to_go(visits):
    visits.arrive(spot(1))
    visits.leave()
    visits.arrive(spot(2))
    visits.leave()
    visits.arrive(spot(1))
    assert visits.back() == spot(2)
    assert visits.back() == spot(1)
    assert not visits.can_go_back


def test_the_way_back_is_bounded(visits, clock):
    rest_at(visits, clock, *range(3 * MOST))
    assert sum(1 for _ in iter(visits.back, None)) == MOST


def entry(hands, *words):
    """An entry of a menu, by its words."""
    actions = hands.window.menuBar().actions()
    for word in words:
        action = next(a for a in actions if a.text().replace("&", "").startswith(word))
        actions = action.menu().actions() if action.menu() is not None else []
    return action


def go_to(hands, text):
    hands.press(Qt.Key.Key_G, CTRL)
    hands.find("go_to_date")
    hands.type(text)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.sees("go_to_date"))
    hands.window.windowHandle().requestActivate()  # the screenless platform does not do that by itself
    hands.wait(lambda: QGuiApplication.focusWindow() is hands.window.windowHandle())
    hands.settle()


@pytest.fixture
def at_rest(hands):
    hands.find("zoom_in_button")
    hands.timeline.setFocus()
    hands.settle()
    return hands


def test_keys_lead_back_to_where_a_date_was_gone_to_from(at_rest):
    hands, first = at_rest, at_rest.timeline.place()
    assert not entry(hands, "Go", "Back").isEnabled()
    go_to(hands, "Feb 2024")
    second = hands.timeline.place()
    assert second != first
    hands.press(Qt.Key.Key_Left, ALT)
    hands.settle()
    assert hands.timeline.place() == first
    assert not entry(hands, "Go", "Back").isEnabled()
    hands.press(Qt.Key.Key_Right, ALT)
    hands.settle()
    assert hands.timeline.place() == second
    assert not entry(hands, "Go", "Forward").isEnabled()


def test_the_fourth_and_fifth_button_lead_back_and_forward(at_rest):
    hands, first = at_rest, at_rest.timeline.place()
    go_to(hands, "Feb 2024")
    window = hands.window.windowHandle()
    over = hands.timeline.mapTo(hands.window, hands.timeline.rect().center())
    QTest.mouseClick(window, Qt.MouseButton.BackButton, PLAIN, over)
    assert hands.timeline.place() == first
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, PLAIN, over)
    assert hands.timeline.place() != first


def test_back_brings_the_selection_and_the_lanes(at_rest):
    hands = at_rest
    one, other = [event.id for event in hands.document.store.events() if event.when][:2]
    hands.window.workspace.go_to_event(one)
    hands.press(Qt.Key.Key_2, ALT)
    hands.window.workspace.go_to_event(other)
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.timeline.content().selected == one
    assert hands.window.workspace.showing.charting.grouping == "actor"


def test_an_event_that_was_deleted_is_not_selected_again(at_rest):
    hands = at_rest
    one, other = [event.id for event in hands.document.store.events() if event.when][:2]
    hands.window.workspace.go_to_event(one)
    hands.window.workspace.go_to_event(other)
    hands.document.delete_event(one)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.timeline.content().selected is None


def test_another_width_is_no_other_place(at_rest):
    hands = at_rest
    go_to(hands, "Feb 2024")
    shown = hands.window.workspace.seconds_in_view()
    hands.timeline.fit_all()
    hands.settle()
    hands.window.resize(1100, 700)
    hands.wait(lambda: hands.window.width() == 1100)
    hands.press(Qt.Key.Key_Left, ALT)
    hands.settle()
    again = hands.window.workspace.seconds_in_view()
    assert again == pytest.approx(shown, abs=2 * hands.timeline.scale().seconds_per_pixel)


def test_buttons_zoom_and_fit(at_rest):
    hands = at_rest
    whole = hands.timeline.scale()
    hands.click("zoom_in_button")
    hands.settle()
    assert hands.timeline.scale().seconds_per_pixel == pytest.approx(whole.seconds_per_pixel / 1.6)
    hands.click("zoom_out_button")
    hands.settle()
    assert hands.timeline.scale().seconds_per_pixel == pytest.approx(whole.seconds_per_pixel)
    hands.click("zoom_out_button")
    hands.settle()
    hands.click("fit_button")
    hands.settle()
    assert hands.timeline.scale() == whole


def test_the_wheel_zooms_where_that_is_asked_for_and_it_is_remembered(at_rest, home):
    hands = at_rest
    middle = QPointF(hands.timeline.rect().center())
    before = hands.timeline.scale().seconds_per_pixel
    hands.choose_in_menu("View", "Wheel Zooms")
    wheel(hands.timeline, middle, 1)
    assert hands.timeline.scale().seconds_per_pixel < before
    closer = hands.timeline.scale().seconds_per_pixel
    wheel(hands.timeline, middle, 1, CTRL)
    assert hands.timeline.scale().seconds_per_pixel == closer
    assert Settings(next(home.rglob("settings.json"))).wheel_zooms
    assert entry(hands, "View", "Wheel Zooms").isChecked()


def with_actor(hands, name):
    """The events of an actor in order of time."""
    found = [e for e in hands.document.store.events() if name in [part.name for part in e.actors]]
    return sorted((e.id for e in found), key=hands.window.workspace.showing.sieve.shown.row_of)


@pytest.fixture
def actor(at_rest):
    """The actor with the most events, and these."""
    names = [part.name for event in at_rest.document.store.events() for part in event.actors]
    most = max(dict.fromkeys(names), key=names.count)
    return most, with_actor(at_rest, most)


def test_n_steps_along_the_first_actor_and_says_where_one_is(at_rest):
    hands = at_rest
    event = next(e for e in hands.document.store.events() if e.actors and e.when)
    name = event.actors[0].name
    events = with_actor(hands, name)
    hands.window.workspace.select(events[0])
    hands.press(Qt.Key.Key_N, SHIFT)
    assert hands.timeline.content().selected == events[0]
    assert hands.says("status_saved").startswith("1 of ")


def test_a_thread_is_kept_to_its_end_and_back(at_rest, actor):
    hands, (name, events) = at_rest, actor
    hands.window.workspace.select(events[0])
    fellows = hands.window.workspace.furnishing.wayfinding.fellows
    thread = next(t for t in fellows.threads() if t.name == name)
    fellows.follow(thread, -1)
    assert hands.says("status_saved") == f"1 of {len(events)} with {name}"
    for place, event in enumerate(events[1:], 2):
        hands.press(Qt.Key.Key_N)
        assert hands.timeline.content().selected == event
        assert hands.says("status_saved") == f"{place} of {len(events)} with {name}"
    hands.press(Qt.Key.Key_N)
    assert hands.timeline.content().selected == events[-1]
    hands.press(Qt.Key.Key_N, SHIFT)
    assert hands.timeline.content().selected == events[-2]


def test_steps_keep_to_what_the_filter_shows(at_rest, actor):
    hands, (name, events) = at_rest, actor
    kinds = {e.id: e.kind for e in hands.document.store.events(events)}
    kept = [event for event in events if kinds[event] == kinds[events[0]]]
    hands.click(f"chip_{kinds[events[0]]}")
    hands.timeline.setFocus()
    hands.window.workspace.select(kept[0])
    fellows = hands.window.workspace.furnishing.wayfinding.fellows
    thread = next(t for t in fellows.threads() if t.name == name)
    assert [fellows.events(thread).at(place) for place in range(len(kept))] == kept
    assert len(fellows.events(thread)) == len(kept)


def test_steps_along_places_and_sources(at_rest):
    hands = at_rest
    event = next(e for e in hands.document.store.events() if e.place and e.claims)
    hands.window.workspace.select(event.id)
    hands.press(Qt.Key.Key_L)
    assert f"at {event.place}" in hands.says("status_saved")
    hands.window.workspace.select(event.id)
    hands.press(Qt.Key.Key_Q, SHIFT)
    assert " from “" in hands.says("status_saved")


def test_without_a_selection_the_steps_are_dimmed(at_rest):
    at_rest.press(Qt.Key.Key_Escape)
    at_rest.window.workspace.select(None)
    assert not entry(at_rest, "Go", "Next with the Same Actor").isEnabled()


def test_letters_are_typed_elsewhere(at_rest):
    at_rest.press(Qt.Key.Key_F, CTRL)
    at_rest.type("mnlq")
    assert at_rest.says("search") == "mnlq"
