"""The period in the window: chosen in a popover by mouse and keyboard, applied to everything, said and cleared."""

from __future__ import annotations

import pytest
from hands import CTRL
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from viewer.domain.dates import read_date
from viewer.ui.period import Period, period_label

DATES = {
    "In January": "2025-01-15",
    "Early in the year": "[2025-01..2025-04]",
    "From January to June": "2025-01-10/2025-06-01",
    "In autumn": "2024-10-10",
    "Since autumn": "2024-10/..",
    "Before the war": "[..1939]",
    "Left unknown": "2025-01-20/",
    "Some October": "XXXX-10",
}


@pytest.fixture
def period(start, tmp_path):
    """A user at a window on a document with dates of every sort, the popover of the period open."""
    from builders import an_event

    from viewer.document import Document
    from viewer.domain.dates import from_edtf

    document = Document.create(tmp_path / "p.dateline")
    for title, edtf in DATES.items():
        document.save_event(an_event(title=title, when=from_edtf(edtf)))
    document.save_event(an_event(title="Undated"))
    document.close()
    hands = start(document.path)
    hands.press(Qt.Key.Key_T, CTRL)
    hands.find("period_popover")
    return hands


def chip(hands):
    return hands.find("period")


def shown_on_timeline(hands):
    content = hands.timeline.content()
    shown = content.let_through()
    dated = [event for event in hands.document.store.events() if content.index.entry(event.id) is not None]
    return {event.title for event in dated if shown.has(event.id)}


def narrow(hands, since, until=""):
    hands.write("period_from", since)
    if until:
        hands.write("period_to", until)
    hands.press(Qt.Key.Key_Return)


def test_what_may_lie_in_the_period_is_shown_everywhere(period):
    narrow(period, "January 2025", "Feb 2025")
    period.wait(lambda: "In autumn" not in period.listed())
    possibly = {"In January", "Early in the year", "From January to June", "Since autumn", "Left unknown"}
    assert set(period.listed()) == possibly
    assert shown_on_timeline(period) == possibly
    assert period.says("status_shown").startswith("9 events · 4 hidden by the period")
    assert chip(period).words() == "Jan – Feb 2025"


def test_what_must_lie_in_the_period_is_less(period):
    narrow(period, "January 2025", "Feb 2025")
    period.click("period_certainly")
    assert period.listed() == ["In January"]
    assert shown_on_timeline(period) == {"In January"}
    assert chip(period).words() == "Jan – Feb 2025 · certainly"
    assert "wholly" in period.says("period_meaning")
    period.click("period_possibly")
    assert "Since autumn" in period.listed()


@pytest.mark.parametrize(
    ("since", "until", "possibly", "certainly"),
    [
        ("1940", "", set(DATES) - {"Before the war", "Some October"},
         {"In January", "Early in the year", "From January to June", "In autumn", "Since autumn", "Left unknown"}),
        ("", "1939", {"Before the war"}, {"Before the war"}),
        ("2026", "2027", {"Since autumn", "Left unknown"}, set()),
        ("2024", "2024", {"In autumn", "Since autumn"}, {"In autumn"}),
    ],
)  # fmt: skip
def test_open_ends_go_on_and_unknown_ones_are_never_certain(period, since, until, possibly, certainly):
    if since:
        narrow(period, since)
    if until:
        period.write("period_to", until)
        period.press(Qt.Key.Key_Return)
    period.wait(lambda: set(period.listed()) == possibly)
    period.click("period_certainly")
    period.wait(lambda: set(period.listed()) == certainly)


def test_it_is_applied_while_one_types_and_kept_while_one_cannot_be_understood(period):
    period.write("period_from", "2025")
    period.wait(lambda: "In autumn" not in period.listed())
    period.type(" foo")
    assert "foo" in period.says("period_from_echo")
    period.press(Qt.Key.Key_Return)
    assert "In autumn" not in period.listed()
    assert chip(period).words() == "from 2025"


def test_the_end_must_not_lie_before_the_beginning(period):
    narrow(period, "2025")
    narrow(period, "2025", "2024")
    assert period.says("period_to_echo") == "The end lies before the beginning."
    assert "In autumn" not in period.listed(), "what was said last stays"
    period.write("period_from", "2023")
    assert period.says("period_to_echo") != "The end lies before the beginning."
    period.press(Qt.Key.Key_Return)
    assert "In autumn" in period.listed()


@pytest.mark.parametrize(("text", "words"), [("before 1872", "no beginning"), ("in October", "no beginning")])
def test_a_limit_needs_a_day_on_its_side(period, text, words):
    narrow(period, text)
    assert words in period.says("period_from_echo")
    assert set(DATES) <= set(period.listed())


def test_an_ambiguous_limit_asks(period):
    narrow(period, "03/04/2025")
    assert set(DATES) <= set(period.listed())
    period.click("period_from_reading_1")
    assert period.says("period_from") == "2025-04-03"
    assert "In January" not in period.listed()


def test_the_cross_shows_any_time_again(period):
    narrow(period, "1950", "1951")
    period.press(Qt.Key.Key_Escape)
    assert not period.sees("period_popover")
    assert "In January" not in period.listed()
    period.click(chip(period), chip(period).cross().center())
    assert set(DATES) <= set(period.listed())
    assert chip(period).words() == "Any time"
    assert not period.sees("period_popover")


def test_any_time_and_the_delete_key_clear_too(period):
    narrow(period, "2026")
    period.click("period_any")
    assert set(DATES) <= set(period.listed())
    assert not period.sees("period_popover")
    assert QApplication.focusWidget() is chip(period)
    period.press(Qt.Key.Key_Return)
    narrow(period, "2026")
    period.press(Qt.Key.Key_Escape)
    period.window.workspace.select(period.id_of("Since autumn"))
    period.press(Qt.Key.Key_Delete)
    assert period.id_of("Since autumn") is not None
    assert set(DATES) <= set(period.listed())


def test_show_all_clears_the_period(period):
    narrow(period, "2026")
    period.press(Qt.Key.Key_Escape)
    period.add_deployment("In May", when="May 2020")
    assert "In May" not in period.listed()
    assert period.says("notice_text") == "Saved; the filter hides it."
    period.click("notice_action_0")
    assert "In May" in period.listed()
    assert chip(period).words() == "Any time"


def test_it_closes_when_one_goes_elsewhere_and_what_was_typed_counts(period):
    period.write("period_from", "2026")
    period.click(period.timeline, QPoint(500, 300))
    assert not period.sees("period_popover")
    assert set(period.listed()) == {"Since autumn", "Left unknown"}


def test_the_chip_opens_and_closes_it(period):
    period.click("period")
    assert not period.sees("period_popover")
    period.click("period")
    assert period.sees("period_popover")
    period.press(Qt.Key.Key_T, CTRL)
    assert not period.sees("period_popover")
    period.choose_in_menu("View", "Period")
    assert period.sees("period_popover")


def test_a_calendar_over_the_popover_leaves_it_open(period):
    period.click("period_from_open_calendar")
    period.find("period_from_calendar")
    period.press(Qt.Key.Key_Return)
    period.wait(lambda: not period.sees("period_from_calendar"))
    assert period.sees("period_popover")
    assert period.says("period_from") != ""


def test_it_fits_into_the_smallest_window(period):
    narrow(period, "03/04/2025")
    period.window.resize(800, 560)
    period.wait(lambda: period.window.width() == 800)
    popover = period.find("period_popover")
    period.wait(lambda: period.window.rect().contains(popover.geometry()))
    for name in ("period_from", "period_to", "period_certainly", "period_meaning", "period_any"):
        part = period.find(name)
        place = part.rect()
        place.moveTopLeft(part.mapTo(popover, QPoint()))
        assert popover.rect().contains(place), name
        assert part.height() >= part.minimumSizeHint().height(), name


@pytest.mark.parametrize(
    ("since", "until", "certainly", "words"),
    [
        (None, None, True, "Any time"),
        ("Jan 2025", "Feb 2025", False, "Jan – Feb 2025"),
        ("Jan 2025", "Feb 2025", True, "Jan – Feb 2025 · certainly"),
        ("2024", "2025", False, "2024–2025"),
        ("19 Feb 2025", "19 Feb 2025", False, "19 Feb 2025"),
        ("early 2025", None, False, "from early 2025"),
        (None, "19th century", True, "until 19th century · certainly"),
        ("Y-170000002", "Y170000002", False, "Y-170000002 – Y170000002"),
    ],
)
def test_a_period_in_few_words(since, until, certainly, words):
    first, last = (None if text is None else read_date(text) for text in (since, until))
    assert period_label(Period(first, last, certainly)) == words
