"""Going to a date that is typed as one says it."""

from __future__ import annotations

import pytest
from hands import CTRL
from PySide6.QtCore import Qt

from viewer.domain.dates import read_date


def middle(hands):
    hands.settle()
    first, last = hands.timeline.scale().visible(hands.timeline.canvas_width())
    return (first + last) // 2


def asked(hands, text):
    hands.press(Qt.Key.Key_G, CTRL)
    hands.find("go_to_date")
    hands.type(text)


def is_shown(hands, edtf):
    date = read_date(edtf)
    return abs(middle(hands) - (date.earliest + date.latest) // 2) < 86_400


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("early March 2024", "2024-03-01/2024-03-10"),
        ("the week of 3 February 2025", "2025-02-03/2025-02-09"),
        ("Q3 2024", "2024-07/2024-09"),
    ],
)
def test_any_phrase_leads_there(hands, text, edtf):
    asked(hands, text)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.sees("go_to_date"))
    assert is_shown(hands, edtf)


@pytest.mark.parametrize("text", ["today", "yesterday", "last Friday", "in October"])
def test_nothing_is_completed_from_today(hands, text):
    before = middle(hands)
    asked(hands, text)
    hands.press(Qt.Key.Key_Return)
    assert hands.sees("go_to_date")
    assert hands.says("go_to_date_echo")
    assert middle(hands) == before


def test_two_readings_are_two_buttons(hands):
    asked(hands, "03/04/2025")
    hands.press(Qt.Key.Key_Return)
    assert hands.sees("go_to_date"), "it asks"
    hands.click("go_to_date_reading_1")
    hands.wait(lambda: not hands.sees("go_to_date"))
    assert is_shown(hands, "2025-04-03")


def test_the_question_is_answered_by_keyboard(hands):
    asked(hands, "03/04/2025")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.sees("go_to_date"))
    assert is_shown(hands, "2025-03-04")
