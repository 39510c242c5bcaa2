from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.ui.forms.date_field import DateField, stepped
from viewer.ui.forms.date_strip import DateStrip, reach_of
from viewer.ui.text import PlainLabel


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
    assert echo(field).text() == "1–7 Feb 2025, some day within"
    assert echo(field).property("role") == "echo"
    assert field.findChild(DateStrip, "when_strip").isVisible()
    assert field.value() == read_date("[2025-02-01..2025-02-07]")


def test_an_empty_field_is_undated_and_fine(field):
    assert field.value() is None
    assert field.check() is None
    assert echo(field).text() == "Undated"
    assert not field.findChild(DateStrip, "when_strip").isVisible()


def test_a_problem_is_named_in_the_same_place(qtbot, field):
    qtbot.keyClicks(line(field), "19 February")
    assert "year is missing" in echo(field).text()
    assert echo(field).property("role") == "problem"
    assert field.value() is None


def test_an_unreadable_wording_is_kept_by_one_click(qtbot, field):
    qtbot.keyClicks(line(field), "mid-winter or so")
    keep = field.findChild(QPushButton, "when_keep")
    assert not keep.isVisible()
    assert field.check() is line(field)
    assert keep.isVisible()
    with qtbot.waitSignal(field.kept):
        qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert field.check() is None
    assert field.value() == unread_date("mid-winter or so")
    qtbot.keyClicks(line(field), " again")
    assert field.check() is line(field), "another wording is another question"


def test_a_wording_can_be_given_a_meaning(qtbot, field):
    qtbot.keyClicks(line(field), "mid-winter")
    field.check()
    qtbot.mouseClick(field.findChild(QPushButton, "when_explain"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line(field, "when_means"), "Jan 2025")
    assert field.value().text == "mid-winter"
    assert field.value().edtf == "2025-01"
    assert echo(field).text() == "Jan 2025, some day within"


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
    qtbot.keyClicks(line(field), "mid-winter")
    field.check()
    qtbot.mouseClick(field.findChild(QPushButton, "when_keep"), Qt.MouseButton.LeftButton)
    other = DateField("When", "when")
    qtbot.addWidget(other)
    other.restore(field.data())
    assert other.value() == unread_date("mid-winter")


def test_arrows_move_a_plain_date_by_its_own_unit(qtbot, field):
    qtbot.keyClicks(line(field), "2025-02-28")
    qtbot.keyClick(line(field), Qt.Key.Key_Up)
    assert line(field).text() == "2025-03-01"
    line(field).clear()
    qtbot.keyClicks(line(field), "2025-01")
    qtbot.keyClick(line(field), Qt.Key.Key_Down)
    assert line(field).text() == "2024-12"
    line(field).clear()
    qtbot.keyClicks(line(field), "spring")
    qtbot.keyClick(line(field), Qt.Key.Key_Up)
    assert line(field).text() == "spring"


@given(st.dates(), st.integers(-400, 400))
def test_stepping_back_undoes_a_step(day, step):
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        moved = stepped(text, step)
        assert moved is None or stepped(moved, -step) == text


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


@pytest.mark.parametrize("text", ["../2025-02", "2025-02/..", "2024-10/2025-02", "Y-170000002", "2025-02-19"])
def test_the_strip_can_be_painted(qtbot, field, text):
    qtbot.keyClicks(line(field), text)
    assert not field.grab().isNull()
