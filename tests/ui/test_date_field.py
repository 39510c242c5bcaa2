from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.date_steps import stepped
from viewer.ui.forms.date_strip import DateStrip, reach_of
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.text import PlainLabel
from viewer.ui.theme import theme


@pytest.fixture
def field(qtbot, dressed):
    made = DateField("When", "when")
    qtbot.addWidget(made)
    made.show()
    return made


def line(field, name="when"):
    return field.findChild(QLineEdit, name)


def echo(field):
    return field.findChild(PlainLabel, "when_echo")


def test_what_is_understood_is_echoed_and_drawn(qtbot, field):
    qtbot.keyClicks(line(field), "[2025-02-01..2025-02-07]")
    assert echo(field).text() == "some day from 1 to 7 February 2025"
    assert echo(field).property("role") == "echo"
    assert field.findChild(DateStrip, "when_strip").isVisible()
    assert field.value() == read_date("[2025-02-01..2025-02-07]")


def test_an_empty_field_is_undated_and_fine(field):
    assert field.value() is None
    assert field.check() is None
    assert echo(field).text() == "Undated"
    assert not field.findChild(DateStrip, "when_strip").isVisible()


def test_a_problem_is_named_in_the_same_place(qtbot, field):
    qtbot.keyClicks(line(field), "31 June 2024")
    assert "June" in echo(field).text()
    assert echo(field).property("role") == "problem"
    assert field.value() is None


def test_an_unreadable_wording_is_kept_by_one_click(qtbot, field):
    qtbot.keyClicks(line(field), "harvest time")
    keep = field.findChild(QPushButton, "when_keep")
    assert not keep.isVisible()
    assert field.check() is line(field)
    assert keep.isVisible()
    with qtbot.waitSignal(field.kept):
        qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert field.check() is None
    assert field.value() == unread_date("harvest time")
    qtbot.keyClicks(line(field), " again")
    assert field.check() is line(field), "another wording is another question"


def test_a_wording_can_be_given_a_meaning(qtbot, field):
    qtbot.keyClicks(line(field), "harvest time")
    field.check()
    qtbot.mouseClick(field.findChild(QPushButton, "when_explain"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line(field, "when_means"), "Jan 2025")
    assert field.value().text == "harvest time"
    assert field.value().edtf == "2025-01"
    assert echo(field).text() == "some day in January 2025"


def test_wording_and_meaning_are_both_shown_where_they_differ(qtbot, field):
    field.load(from_edtf("[2025-02-01..2025-02-07]", text="la première semaine de février"))
    assert line(field).text() == "la première semaine de février"
    assert line(field, "when_means").isVisible()
    assert line(field, "when_means").text() == "[2025-02-01..2025-02-07]"
    line(field, "when_means").selectAll()
    qtbot.keyClicks(line(field, "when_means"), "2025-02")
    assert field.value().text == "la première semaine de février"
    assert field.value().edtf == "2025-02"


def test_one_field_is_enough_where_the_wording_says_it(field):
    field.load(read_date("Feb 2025"))
    assert line(field).text() == "Feb 2025"
    assert not line(field, "when_means").isVisible()


@pytest.mark.parametrize(
    "date",
    [
        None,
        unread_date("  at some time\nor other "),
        read_date("2025-02-19 14:30"),
        from_edtf("2025-02", text="2025-03"),
        from_edtf("../2025-02"),
    ],
)
def test_an_untouched_date_comes_back_as_it_was(field, date):
    field.load(date)
    assert field.value() == date
    assert field.check() is None


def test_a_draft_keeps_what_cannot_be_read(qtbot, field, dressed):
    qtbot.keyClicks(line(field), "harvest time")
    field.check()
    qtbot.mouseClick(field.findChild(QPushButton, "when_keep"), Qt.MouseButton.LeftButton)
    other = DateField("When", "when")
    qtbot.addWidget(other)
    other.restore(field.data())
    assert other.value() == unread_date("harvest time")


def test_arrows_move_a_plain_date_by_its_own_unit(qtbot, field):
    qtbot.keyClicks(line(field), "2025-02-28")
    qtbot.keyClick(line(field), Qt.Key.Key_Up)
    assert line(field).text() == "2025-03-01"
    line(field).clear()
    qtbot.keyClicks(line(field), "2025-01")
    qtbot.keyClick(line(field), Qt.Key.Key_Down)
    assert line(field).text() == "2024-12"
    line(field).clear()
    qtbot.keyClicks(line(field), "harvest time")
    qtbot.keyClick(line(field), Qt.Key.Key_Up)
    assert line(field).text() == "harvest time"


PAPER = SourceSetting(read_date("2025-03-10"), "en", "The Paper")


@given(st.dates(), st.integers(-400, 400))
def test_stepping_back_undoes_a_step(day, step):
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        moved = stepped(text, step, PAPER)
        assert moved is None or stepped(moved, -step, PAPER) == text


@pytest.mark.parametrize(
    ("text", "up", "page_up"),
    [
        ("28 February 2025", "1 March 2025", "28 March 2025"),
        ("31 Jan 2025", "1 Feb 2025", "28 Feb 2025"),
        ("Dec 31, 2024", "Jan 1, 2025", "Jan 31, 2025"),
        ("December 2024", "January 2025", "December 2025"),
        ("Q4 2024", "Q1 2025", "Q4 2025"),
        ("2024-35", "2024-36", "Q3 2025"),
        ("2024-36", "Q1 2025", "2025-36"),
        ("H2 2023", "H1 2024", "H2 2024"),
        ("autumn 2023", "winter 2023", "autumn 2024"),
        ("199X", "200X", "209X"),
        ("18XX", "19XX", "28XX"),
        ("2025", "2026", "2035"),
        ("9999", "Y10000", "Y10009"),
        ("9999-12-31", None, None),
        ("-0001", "0000", "0009"),
        ("Y170000002", "Y170000003", "Y170000012"),
        ("2025-02~", "2025-03~", "2026-02~"),
        ("[2025-02-01..2025-02-07]", "[2025-02-08..2025-02-14]", "[2025-03-01..2025-03-07]"),
        ("first week of February 2025", "[2025-02-08..2025-02-14]", "[2025-03-01..2025-03-07]"),
        ("2024-08-05/2024-08-06", "2024-08-06/2024-08-07", "2024-09-05/2024-09-06"),
        ("since August 2024", "2024-09/..", "2025-08/.."),
        ("2025-02-28 23:59", "2025-03-01 00:00", "2025-03-01 00:59"),
        ("2022-03-03T23:59:59+02:00", "2022-03-04T00:00:00+02:00", "2022-03-04T00:00:59+02:00"),
        ("last Friday", "2025-03-08", "2025-04-07"),
        ("03/04/2025", None, None),
        ("in October some year", None, None),
        ("-004X", None, None),
        ("1950S2", None, None),
        ("", None, None),
    ],
)
def test_a_date_moves_by_the_unit_to_which_it_is_known(text, up, page_up):
    assert stepped(text, 1, PAPER) == up
    assert stepped(text, 1, PAPER, coarse=True) == page_up


def test_the_keys_move_phrases_too(qtbot, field):
    qtbot.keyClicks(line(field), "19 February 2025")
    for key, words in (
        (Qt.Key.Key_Down, "18 February 2025"),
        (Qt.Key.Key_PageUp, "18 March 2025"),
        (Qt.Key.Key_PageDown, "18 February 2025"),
    ):
        qtbot.keyClick(line(field), key)
        assert line(field).text() == words
        assert field.value().text == words


def visible(field, name):
    return next((each for each in field.findChildren(QWidget, name) if each.isVisible()), None)


def whence(field):
    label = visible(field, "when_whence")
    return label.text() if label else ""


def test_one_click_chooses_between_two_readings(qtbot, field):
    field.set_reference(read_date("Feb 2025"), "en", "The Paper")
    qtbot.keyClicks(line(field), "03/04/2025")
    assert field.value().ambiguous
    assert visible(field, "when_reading_0").accessibleName() == "4 Mar 2025"
    qtbot.mouseClick(visible(field, "when_reading_1"), Qt.MouseButton.LeftButton)
    assert line(field).text() == "03/04/2025", "the wording stays"
    assert line(field, "when_means").text() == "2025-04-03"
    date = field.value()
    assert (date.text, date.edtf, date.ambiguous) == ("03/04/2025", "2025-04-03", False)
    assert visible(field, "when_reading_0") is None


def test_a_reading_is_chosen_by_keyboard(qtbot, field):
    with qtbot.waitActive(field):
        field.activateWindow()
    line(field).setFocus()
    qtbot.keyClicks(line(field), "2023-24")
    qtbot.keyClick(line(field), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is visible(field, "when_reading_0")
    qtbot.keyClick(visible(field, "when_reading_0"), Qt.Key.Key_Return)
    assert (field.value().edtf, field.value().ambiguous) == ("2023-24", False)


def test_what_was_chosen_for_one_wording_says_nothing_of_the_next(qtbot, field):
    field.set_reference(None, "en", "")
    qtbot.keyClicks(line(field), "03/04/2025")
    qtbot.mouseClick(visible(field, "when_reading_0"), Qt.MouseButton.LeftButton)
    line(field).selectAll()
    qtbot.keyClicks(line(field), "5 May 2024")
    assert field.value().edtf == "2024-05-05"
    assert visible(field, "when_means") is None


def test_a_chosen_reading_is_still_chosen_when_it_is_opened_again(qtbot, field):
    chosen = replace(from_edtf("2023-24"), text="2023-24", ambiguous=False)
    field.load(chosen)
    assert field.value() == chosen
    assert visible(field, "when_means") is not None
    assert visible(field, "when_reading_0") is None


def test_the_year_is_taken_from_the_source_and_that_is_said(qtbot, field):
    field.set_reference(read_date("Feb 2025"), "fr", "The Paper")
    line(field).insert("la première semaine de février")
    assert echo(field).text() == "some day from 1 to 7 February 2025; first week by convention"
    assert whence(field) == "Year taken from Feb 2025, The Paper"
    date = field.value()
    assert (date.edtf, date.reference, date.language) == ("[2025-02-01..2025-02-07]", "2025-02", "fr")


@pytest.mark.parametrize("text", ["19 February 2025", "the week of 3 February 2025", "2025-02", "Q3 2024"])
def test_the_source_is_not_spoken_of_where_it_does_not_matter(qtbot, field, text):
    field.set_reference(read_date("2025-03-10"), "en", "The Paper")
    qtbot.keyClicks(line(field), text)
    assert field.value().is_dated
    assert whence(field) == ""


@pytest.mark.parametrize("text", ["in October", "last Friday", "yesterday"])
def test_without_a_dated_source_the_year_is_asked_for(qtbot, field, text):
    field.set_reference(None, "en", "")
    qtbot.keyClicks(line(field), text)
    assert field.value() is None or not field.value().is_dated
    assert whence(field) == "No source with a date is chosen: write the year."
    field.set_reference(read_date("2025-03-10"), "en", "The Paper")
    assert field.value().is_dated
    assert whence(field).endswith("from 10 Mar 2025, The Paper")


def test_what_is_typed_is_read_again_when_the_source_changes(qtbot, field):
    field.set_reference(read_date("2025-03"), "en", "The Paper")
    qtbot.keyClicks(line(field), "in October")
    assert field.value().edtf == "2024-10"
    field.set_reference(read_date("2023-12-01"), "en", "Another")
    assert field.value().edtf == "2023-10"
    assert whence(field) == "Year taken from 1 Dec 2023, Another"


def test_opening_a_form_changes_no_date(field):
    loaded = from_edtf("2019-10", text="in October")
    field.load(loaded)
    field.set_reference(read_date("2025-03"), "en", "The Paper")
    assert field.value() == loaded
    assert line(field, "when_means").text() == "2019-10"


def test_a_loaded_date_follows_a_change_of_its_source(field):
    loaded = read_date("in October", reference=read_date("2025-03"), language="en")
    field.load(loaded)
    field.set_reference(read_date("2025-03"), "en", "The Paper")
    assert field.value() == loaded
    field.set_reference(read_date("2023-12"), "en", "Another")
    assert field.value().edtf == "2023-10"
    field.set_reference(None, None, "")
    assert field.value() == loaded, "what nothing can date keeps its date"


def test_what_is_not_understood_is_underlined(qtbot, field):
    qtbot.keyClicks(line(field), "19 Feb 2025")
    clean = line(field).grab().toImage()
    assert not coloured(clean, "warning")
    line(field).selectAll()
    qtbot.keyClicks(line(field), "19 Feb gugus 2025")
    assert coloured(line(field).grab().toImage(), "warning")
    assert line(field).text() == "19 Feb gugus 2025"


def coloured(image, token):
    wanted = theme().colour(token)
    points = ((x, y) for x in range(12, 200) for y in range(8, image.height() - 6))
    return any(
        abs(image.pixelColor(*at).hue() - wanted.hue()) < 8 and image.pixelColor(*at).saturation() > 150
        for at in points
    )


def calendar_of(name="when_calendar"):
    return next((w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()), None)


def turning(words):
    return next(b for b in calendar_of().findChildren(QToolButton) if b.accessibleName() == words)


def month_of(calendar):
    return calendar.findChild(PlainLabel, "when_month").text()


def test_a_calendar_opens_at_the_date_and_writes_a_day_in_words(qtbot, field):
    qtbot.keyClicks(line(field), "Feb 2025")
    qtbot.keyClick(line(field), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = calendar_of()
    assert month_of(calendar) == "February 2025"
    days = calendar.findChild(QCalendarWidget)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(days.focusWidget() or days.findChild(QTableView), key)
    qtbot.waitUntil(lambda: calendar_of() is None)
    assert line(field).text() == "9 February 2025"
    assert field.value().edtf == "2025-02-09"


def test_a_day_is_clicked_in_the_calendar(qtbot, field):
    field.set_start(read_date("2024-11-01").earliest)
    qtbot.mouseClick(visible(field, "when_open_calendar"), Qt.MouseButton.LeftButton)
    calendar = calendar_of()
    assert month_of(calendar) == "November 2024", "where the timeline is, not today"
    assert field.value() is None
    qtbot.mouseClick(turning("The next month"), Qt.MouseButton.LeftButton)
    assert month_of(calendar) == "December 2024"
    table = calendar.findChild(QTableView)
    cell = table.visualRect(table.model().index(2, 4)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.waitUntil(lambda: calendar_of() is None)
    assert field.value().text.endswith("December 2024")


def test_esc_leaves_the_calendar_and_the_date_as_it_was(qtbot, field):
    qtbot.keyClicks(line(field), "2025")
    line(field).open_calendar()
    days = calendar_of().findChild(QTableView)
    qtbot.keyClick(days, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: calendar_of() is None)
    assert line(field).text() == "2025"


@pytest.mark.parametrize(
    ("text", "month", "beyond"),
    [("44 BC", "January 0001", "The year before"), ("Y170000002", "December 9999", "The next month")],
)
def test_a_calendar_stays_within_the_years_it_knows(qtbot, field, text, month, beyond):
    qtbot.keyClicks(line(field), text)
    line(field).open_calendar()
    assert month_of(calendar_of()) == month
    qtbot.mouseClick(turning(beyond), Qt.MouseButton.LeftButton)
    assert month_of(calendar_of()) == month
    assert not calendar_of().grab().isNull()
    calendar_of().close()


def test_a_calendar_without_any_date_begins_at_the_source(field):
    field.set_reference(read_date("2019-05"), "en", "The Paper")
    line(field).open_calendar()
    assert month_of(calendar_of()) == "May 2019"
    assert field.value() is None
    calendar_of().close()


@pytest.mark.parametrize("text", ["x" * 200, "19 February 2025 " * 11, "[" + "2025-02-01," * 18 + "2025]"])
def test_a_key_costs_less_than_a_frame(qtbot, field, text):
    """The least of several presses: what the machine does beside it does not count."""
    field.set_reference(read_date("2025-03-10"), "en", "The Paper")
    line(field).setText(text[:199])
    line(field).end(False)
    costs = []
    for _ in range(7):
        before = process_time()
        qtbot.keyClick(line(field), "1")
        costs.append(process_time() - before)
        qtbot.keyClick(line(field), Qt.Key.Key_Backspace)
    assert min(costs) < 0.016


def test_the_strip_shows_whole_months_or_years_around():
    reach = reach_of(read_date("[2025-02-01..2025-02-07]"))
    assert (reach.first, reach.last) == ("Jan 2025", "Mar 2025")
    reach = reach_of(read_date("1950/1960"))
    assert int(reach.first) < 1950
    assert int(reach.last) > 1960
    for text in ("../2025-02", "2025-02/..", "Y-170000002", "2025-02-19 14:30"):
        date = read_date(text)
        reach = reach_of(date)
        assert reach.lo <= (date.start_lo if date.start_lo is not None else date.end_hi) <= reach.hi
    assert reach_of(unread_date("once")) is None


def inked(field, qtbot, text):
    """How many pixels of the strip are pale, and how many solid, and in how many runs."""
    line(field).setText(text)
    strip = field.findChild(DateStrip, "when_strip")
    strip.setFixedWidth(300)
    qtbot.wait(1)
    image = strip.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).saturation() for x in range(60, 240)]
    pale, solid = [15 < value <= 90 for value in row], [value > 90 for value in row]
    coloured = [value > 15 for value in row]
    runs = sum(now and not before for before, now in pairwise([False, *coloured]))
    return sum(pale), sum(solid), runs


def test_some_day_within_is_pale_and_throughout_is_solid(qtbot, field):
    within = inked(field, qtbot, "[2025-02..2025-03]")
    throughout = inked(field, qtbot, "2025-02-01/2025-03-31")
    assert within[0] > 5 * within[1]
    assert throughout[1] > 5 * throughout[0]


def test_members_of_a_set_stand_apart(qtbot, field):
    assert inked(field, qtbot, "[2025-02-01..2025-02-20]")[2] == 1
    assert inked(field, qtbot, "{2025-01,2025-03}")[2] == 2


def test_an_open_end_runs_out(qtbot, field):
    pale, solid, runs = inked(field, qtbot, "2025-02/..")
    assert min(pale, solid) > 10
    assert runs == 1


@pytest.mark.parametrize(
    "text",
    [
        "../2025-02",
        "/2025-02",
        "2025-02/..",
        "2025-02/",
        "2024-10/2025-02",
        "Y-170000002",
        "2025-02-19",
        "2025-02-19 14:30",
        "../..",
        "[..2025]",
    ],
)
def test_the_strip_can_be_painted(qtbot, field, text):
    line(field).setText(text)
    assert not field.grab().isNull()
