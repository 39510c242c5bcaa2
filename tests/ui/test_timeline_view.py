from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from timeline_events import (
    KINDS,
    TITLES,
    crowded_index,
    empty_index,
    first,
    last,
    mask_of,
    small_index,
)
from timeline_hands import CTRL, LEFT, PLAIN, SHIFT, drag, wheel

from viewer.domain.calendar import DAY, HOUR, civil, iso_day
from viewer.timeline.scale import TimeScale
from viewer.ui.timeline_view import TimelineView

HEADING = 120


@pytest.fixture
def view(dressed, qtbot):
    timeline = TimelineView()
    timeline.set_reduced_motion(True)
    timeline.resize(1000, 560)
    qtbot.addWidget(timeline)
    timeline.set_index(small_index(), KINDS, TITLES.__getitem__, keep_view=False)
    timeline.show()
    qtbot.waitExposed(timeline)
    return timeline


@pytest.fixture
def log(view):
    """Everything the view says, in order."""
    said = []
    view.event_selected.connect(lambda event: said.append(("selected", event)))
    view.event_activated.connect(lambda event: said.append(("activated", event)))
    view.add_requested.connect(lambda day, kind: said.append(("add", day, kind)))
    view.more_requested.connect(lambda: said.append(("more",)))
    return said


def mark(view, event):
    item = view.scene().item(event)
    return QPoint(round(float(item["mark"])), round(float(item["y"])))


def spot(view, t, y):
    return QPoint(HEADING + round(view.scale().x(t)), y)


def empty_y(view, lane):
    """A height in a lane at which nothing is drawn."""
    found = view.scene().lanes[lane]
    return round(found.y + found.height - 5)


def rows(view):
    return {int(item["event"]): float(item["y"]) for item in view.scene().items}


def test_all_events_are_in_sight_at_first(view):
    assert set(rows(view)) == set(range(1, 10))
    assert [chip.event for chip in view.scene().shelf.chips] == [21, 22, 23]


def test_all_stay_in_sight_when_the_window_changes_its_size(view):
    view.resize(700, 480)
    assert not any(np.isnan(view.scene().items["mark"]))
    assert view.scene().width == 700


def test_ctrl_wheel_zooms_and_keeps_the_time_under_the_pointer(view):
    at = QPoint(500, 200)
    moment, before = view.scale().t(at.x() - HEADING), view.scale().seconds_per_pixel
    for _ in range(6):
        wheel(view, at, 1, CTRL)
    assert view.scale().seconds_per_pixel < before / 3
    assert abs(view.scale().x(moment) - (at.x() - HEADING)) < 1
    for _ in range(6):
        wheel(view, at, -1, CTRL)
    assert view.scale().seconds_per_pixel == pytest.approx(before)


def test_many_small_turns_zoom_as_far_as_one_large_turn(view):
    before = view.scale().seconds_per_pixel
    for _ in range(8):
        wheel(view, QPoint(500, 200), 1 / 8, CTRL)
    assert view.scale().seconds_per_pixel == pytest.approx(before / 1.25)


def test_zoom_reaches_from_decades_to_hours(view):
    while view.scale().seconds_per_pixel < 20 * 365 * DAY / 880:
        wheel(view, QPoint(500, 200), -1, CTRL)
        assert view.scene().strips[1].ticks
    while view.scale().seconds_per_pixel > 4 * HOUR / 880:
        wheel(view, QPoint(500, 200), 1, CTRL)
        assert view.scene().strips[1].ticks


def test_shift_wheel_pans(view):
    before = view.scale()
    wheel(view, QPoint(500, 200), -1, SHIFT)
    assert view.scale().seconds_per_pixel == before.seconds_per_pixel
    assert view.scale().t(0) > before.t(0)


def test_plain_wheel_pans_where_all_lanes_fit_and_scrolls_where_they_do_not(view):
    before = view.scale()
    wheel(view, QPoint(500, 200), -1)
    assert view.scale().t(0) > before.t(0)
    view.resize(1000, 260)
    assert view.scene().overflow > 0
    stays, top = view.scale(), view.scene().lanes[0].y
    wheel(view, QPoint(500, 150), -1)
    assert view.scale() == stays
    assert view.scene().lanes[0].y < top


def test_scrolling_ends_at_the_last_lane(view):
    view.resize(1000, 260)
    for _ in range(50):
        wheel(view, QPoint(500, 150), -1)
    lane = view.scene().lanes[-1]
    assert lane.y + lane.height == pytest.approx(view.scene().lanes_bottom)


def test_sideways_wheel_pans(view):
    before = view.scale().t(0)
    wheel(view, QPoint(500, 200), 0, sideways=-1)
    assert view.scale().t(0) > before


def test_a_setting_lets_the_plain_wheel_zoom(view):
    view.set_wheel_zooms(True)
    before = view.scale().seconds_per_pixel
    wheel(view, QPoint(500, 200), 1)
    assert view.scale().seconds_per_pixel < before
    narrow = view.scale().seconds_per_pixel
    wheel(view, QPoint(500, 200), 1, CTRL)
    assert view.scale().seconds_per_pixel == narrow


def test_pinch_zooms_at_the_pointer(view):
    moment, before = view.scale().t(300), view.scale().seconds_per_pixel
    at = QPointF(HEADING + 300, 200)
    device = QPointingDevice(
        "pad",
        1,
        QInputDevice.DeviceType.TouchPad,
        QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position,
        2,
        0,
    )
    pinch = Qt.NativeGestureType.ZoomNativeGesture
    where = view.mapToGlobal(at)
    event = QNativeGestureEvent(pinch, device, 2, at, at, where, 0.5, QPointF())
    QApplication.sendEvent(view, event)
    assert view.scale().seconds_per_pixel == pytest.approx(before / 1.5)
    assert abs(view.scale().x(moment) - 300) < 1


def test_drag_pans_and_selects_nothing(view, log):
    before = view.scale()
    drag(view, QPoint(600, empty_y(view, 1)), QPoint(450, empty_y(view, 1)))
    assert view.scale().x(before.t(480)) == pytest.approx(330, abs=1)
    assert view.scale().seconds_per_pixel == before.seconds_per_pixel
    assert log == []


def test_escape_takes_a_drag_back(view):
    before = view.scale()
    QTest.mousePress(view, LEFT, PLAIN, QPoint(600, 200))
    QTest.mouseMove(view, QPoint(400, 200))
    assert view.scale() != before
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.scale() == before
    QTest.mouseRelease(view, LEFT, PLAIN, QPoint(400, 200))
    assert view.scale() == before


def test_shift_drag_zooms_to_the_region(view):
    start, end = view.scale().t(300), view.scale().t(500)
    drag(view, QPoint(HEADING + 300, 200), QPoint(HEADING + 500, 260), SHIFT)
    lo, hi = view.scale().visible(880)
    assert abs(lo - start) <= DAY / 4
    assert abs(hi - end) <= DAY / 4


def test_rows_stay_while_panning_and_zooming(view):
    before = rows(view)
    for step in range(30):
        wheel(view, QPoint(300 + 10 * step, 200), (-1) ** (step // 5), CTRL)
        wheel(view, QPoint(500, 200), (-1) ** (step // 3), SHIFT)
        assert all(before[event] == y for event, y in rows(view).items())


def test_click_selects_and_click_on_empty_clears(view, log):
    QTest.mouseClick(view, LEFT, PLAIN, mark(view, 3))
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(500, empty_y(view, 1)))
    assert log == [("selected", 3), ("selected", None)]


def test_click_on_a_title_or_a_chip_selects_its_event(view, log):
    label = next(label for label in view.scene().labels if label.event == 8)
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(round(label.x + label.width / 2), round(label.y)))
    chip = view.scene().shelf.chips[1]
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(round(chip.x + 20), round(chip.y + 10)))
    assert log == [("selected", 8), ("selected", chip.event)]


def test_what_did_not_fit_on_the_shelf_is_asked_for(view, log):
    view.resize(400, 300)
    shelf = view.scene().shelf
    assert shelf.more
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(round(shelf.rest_x + 10), round(shelf.rest_y)))
    assert log == [("more",)]


def test_double_click_on_empty_asks_for_an_entry_of_that_lane_and_day(view, log):
    moment = first(2024, 12, 20) + DAY // 2
    QTest.mouseDClick(view, LEFT, PLAIN, spot(view, moment, empty_y(view, 1)))
    assert log == [("add", "2024-12-20", 1)]


@pytest.mark.parametrize(("years", "written"), [(1, "2024-12-15"), (10, "2024-12"), (900, "2024")])
def test_the_day_asked_for_is_as_coarse_as_the_scale(view, log, years, written):
    middle, beside = first(2024, 12, 15) + DAY // 2, years * 365 * DAY // 2
    view.set_scale(TimeScale.fitting(middle - beside, middle + beside, 880))
    QTest.mouseDClick(view, LEFT, PLAIN, QPoint(HEADING + 440, empty_y(view, 2)))
    assert log[-1] == ("add", written, 2)


def test_double_click_on_a_mark_edits_it(view, log):
    QTest.mouseDClick(view, LEFT, PLAIN, mark(view, 6))
    assert ("activated", 6) in log
    assert not any(said[0] == "add" for said in log)


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Plus])
def test_zoom_in_by_key(view, key):
    middle, before = view.scale().t(440), view.scale().seconds_per_pixel
    QTest.keyClick(view, key)
    assert view.scale().seconds_per_pixel == pytest.approx(before / 1.5)
    assert abs(view.scale().x(middle) - 440) < 1


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Minus])
def test_zoom_out_by_key(view, key):
    before = view.scale().seconds_per_pixel
    QTest.keyClick(view, key)
    assert view.scale().seconds_per_pixel == pytest.approx(before * 1.5)


def test_pan_by_keys(view):
    before = view.scale().t(0)
    QTest.keyClick(view, Qt.Key.Key_D)
    assert view.scale().t(0) > before
    QTest.keyClick(view, Qt.Key.Key_A)
    assert abs(view.scale().t(0) - before) <= 1


def test_keys_with_ctrl_are_left_to_others(view):
    before = view.scale()
    QTest.keyClick(view, Qt.Key.Key_W, CTRL)
    assert view.scale() == before


def test_period_and_comma_walk_through_all_events_in_time(view, log):
    QTest.keyClick(view, Qt.Key.Key_Period)
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Comma)
    log.clear()
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Period)
    walked = [event for _, event in log]
    marks = [small_index().entry(event).mark for event in walked]
    assert len(walked) == 8
    assert marks == sorted(marks)


def test_arrows_stay_in_the_lane_and_change_lanes(view, log):
    view.set_selection(3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert [event for _, event in log] == [4, 3, 6, 8, 21, 22, 9]


def test_arrows_pass_over_what_the_filter_hides(view, log):
    view.set_mask(mask_of(*range(1, 6), 8, 9, 21, 22, 23))
    view.set_selection(3)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert log == [("selected", 8)]


def test_an_event_walked_to_comes_into_view(view):
    view.set_scale(TimeScale.fitting(first(2030, 1, 1), last(2030, 2, 1), 880))
    view.set_selection(3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert 0 < float(view.scene().item(4)["mark"]) - HEADING < 880


def test_show_event_scrolls_to_its_row(view):
    view.resize(1000, 240)
    view.show_event(9)
    y = float(view.scene().item(9)["y"])
    assert view.scene().lanes_top < y < view.scene().lanes_bottom


def test_show_event_opens_a_crowded_lane(view):
    view.set_index(crowded_index(), KINDS, str, keep_view=False)
    assert view.scene().item(77) is None
    view.show_event(77)
    assert view.scene().item(77) is not None


def test_the_whole_document_is_shown_with_room_for_the_last_titles(view):
    long = {**TITLES, 9: "Agency: about a thousand of them are in training"}
    view.resize(1400, 560)
    view.set_index(small_index(), KINDS, long.__getitem__, keep_view=False)
    label = next(label for label in view.scene().labels if label.event == 9)
    assert (label.side, label.text) == ("right", long[9])
    free = view.canvas_width() - view.scale().x(last(2025, 2, 28))
    assert free <= view.canvas_width() / 4 + 1
    view.set_index(small_index(), KINDS, lambda _: "x", keep_view=False)
    assert view.canvas_width() - view.scale().x(last(2025, 2, 28)) < free


def test_what_is_selected_is_seen_above_a_crowded_lane(view):
    view.set_index(crowded_index(), KINDS, str, keep_view=False)
    view.set_selection(76)
    assert view.scene().bands
    QTest.mouseClick(view, LEFT, PLAIN, mark(view, 76))
    assert view.content().selected == 76


def test_home_and_end_show_the_ends(view):
    view.set_scale(TimeScale.fitting(first(2024, 12, 1), last(2024, 12, 9), 880))
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert 0 <= view.scale().x(first(2024, 10, 1)) < 440
    QTest.keyClick(view, Qt.Key.Key_End)
    assert 440 < view.scale().x(last(2025, 2, 28)) <= 880


def test_f_focuses_then_fits_and_without_selection_fits_all(view):
    view.set_scale(TimeScale.fitting(first(2024, 10, 1), last(2024, 10, 9), 880))
    view.set_selection(8)
    far = view.scale().seconds_per_pixel
    QTest.keyClick(view, Qt.Key.Key_F)
    assert float(view.scene().item(8)["mark"]) - HEADING == pytest.approx(440, abs=2)
    assert view.scale().seconds_per_pixel == far
    QTest.keyClick(view, Qt.Key.Key_F)
    item = view.scene().item(8)
    assert float(item["hi"] - item["lo"]) == pytest.approx(880 / 3, abs=3)
    view.set_selection(None)
    QTest.keyClick(view, Qt.Key.Key_F)
    assert not any(np.isnan(view.scene().items["mark"]))


def test_enter_edits_and_escape_clears(view, log):
    view.set_selection(6)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert log == [("activated", 6), ("selected", None)]


def test_a_filter_hides_events_and_moves_nothing(view):
    before = rows(view)
    view.set_mask(mask_of(3, 8, 21))
    after = rows(view)
    assert set(after) == {3, 8}
    assert all(before[event] == y for event, y in after.items())
    assert [(lane.shown, lane.count) for lane in view.scene().lanes] == [(1, 5), (0, 2), (1, 2)]
    assert view.scene().shelf.shown == 1


def test_keep_view_stays_at_the_time_in_view(view):
    wheel(view, QPoint(500, 200), 3, CTRL)
    before = view.scale()
    view.set_index(small_index(), KINDS, TITLES.__getitem__, keep_view=True)
    assert view.scale() == before
    view.set_index(small_index(), KINDS, TITLES.__getitem__, keep_view=False)
    assert view.scale() != before


def test_links_of_the_selection_become_arcs(view):
    view.set_selection(3, [(8, "about")])
    assert [arc.word for arc in view.scene().arcs] == ["about"]
    view.set_selection(None)
    assert view.scene().arcs == ()


def test_a_click_on_a_crowded_lane_opens_it_under_the_pointer(view, log):
    view.set_index(crowded_index(), KINDS, str, keep_view=False)
    lane = view.scene().lanes[view.scene().bands[0].lane]
    at = QPoint(500, round(lane.y + lane.height / 2))
    moment, before = view.scale().t(380), view.scale().seconds_per_pixel
    QTest.mouseClick(view, LEFT, PLAIN, at)
    assert view.scale().seconds_per_pixel < before
    assert abs(view.scale().x(moment) - 380) < 1
    assert log == []


def test_hovering_tells_the_event_and_leaving_tells_none(view):
    said = []
    view.hovered.connect(said.append)
    QTest.mouseMove(view, mark(view, 3))
    QTest.mouseMove(view, mark(view, 3) + QPoint(1, 0))
    QTest.mouseMove(view, QPoint(500, empty_y(view, 1)))
    assert said == [3, None]


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_pictures_of_view_draft_band_and_empty_words_differ(view, choice):
    from viewer.ui.theme import themes

    themes().set_choice(choice)
    for _ in range(12):  # until the words of the frame are there as pictures
        view.grab()
    pictures = [view.grab().toImage()]
    view.set_ghost((first(2025, 1, 20), last(2025, 1, 25)), 0)
    pictures.append(view.grab().toImage())
    view.set_ghost(None)
    QTest.mousePress(view, LEFT, SHIFT, QPoint(300, 200))
    QTest.mouseMove(view, QPoint(500, 200))
    pictures.append(view.grab().toImage())
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.grab().toImage() == pictures[0]
    view.set_mask(mask_of())
    pictures.append(view.grab().toImage())
    view.set_index(empty_index(), KINDS, str, keep_view=False)
    pictures.append(view.grab().toImage())
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def test_an_empty_document_shows_this_year_and_takes_a_double_click(view, log):
    view.set_index(empty_index(), KINDS, str, keep_view=False)
    lo, hi = view.scale().visible(880)
    assert civil(lo + DAY)[0] == civil(hi - DAY)[0]
    QTest.mouseDClick(view, LEFT, PLAIN, QPoint(500, empty_y(view, 0)))
    assert log[-1] == ("add", iso_day(view.scale().t(380)), 0)


def test_steps_move_in_little_time_and_arrive_exactly(view, qtbot):
    view.set_reduced_motion(False)
    moment, before = view.scale().t(440), view.scale().seconds_per_pixel
    places = []
    view.view_changed.connect(places.append)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: bool(places) and places[-1].seconds_per_pixel == pytest.approx(before / 2.25))
    assert len(places) > 2
    widths = [place.seconds_per_pixel for place in places]
    assert widths == sorted(widths, reverse=True)
    assert all(abs(place.x(moment) - 440) < 1 for place in places)


def test_go_to_puts_a_moment_in_the_middle(view):
    view.go_to(first(1999, 1, 1))
    assert view.scale().x(first(1999, 1, 1)) == pytest.approx(440, abs=1)


def test_fit_all_comes_back_from_far_away(view, qtbot):
    view.go_to(first(1850, 1, 1))
    view.set_reduced_motion(False)
    view.fit_all()
    qtbot.waitUntil(lambda: len(view.scene().items) == 9 and not any(np.isnan(view.scene().items["mark"])))


def test_a_move_under_way_arrives_when_a_panel_opens_beside_it(view):
    view.set_reduced_motion(False)
    view.go_to(first(1999, 1, 1))
    view.resize(700, 560)
    assert 0 < view.scale().x(first(1999, 1, 1)) < 580
    assert view.place() == view.destination()


@pytest.mark.parametrize("key", [Qt.Key.Key_F13, Qt.Key.Key_MediaPlay, Qt.Key.Key_X])
def test_keys_without_a_meaning_do_nothing(view, log, key):
    before = view.scale()
    QTest.keyClick(view, key)
    assert view.scale() == before
    assert log == []
