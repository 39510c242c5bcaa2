from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from viewer.resources import resource
from viewer.ui.stylesheet import stylesheet
from viewer.ui.theme import DARK, LIGHT, contrast, readable, set_role, theme, themes

LOOK = Path(__file__).parents[2].parent / "shared" / "look" / "look.md"
GROUNDS = ("canvas", "panel", "raised")
READ_ON = [
    *product(("text", "muted", "accent", "statement"), GROUNDS),
    ("text", "accent_ground"),
    ("accent", "accent_ground"),
    ("text", "quote"),
    ("on_accent", "accent"),
    ("warning", "warning_ground"),
    ("warning", "panel"),
    ("panel", "text"),
]
KIND_COLOURS = ["#2F8F6B", "#7A5BA8", "#A67C00", "#3C9DBF", "#000000", "#FFFFFF", "#FFFF00", "#00008B"]


@pytest.mark.parametrize("of", [LIGHT, DARK], ids=lambda of: of.name)
@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_text_can_be_read_on_its_grounds(of, ink, ground):
    assert contrast(of.colour(ink), of.colour(ground)) >= 4.5


@pytest.mark.parametrize("of", [LIGHT, DARK], ids=lambda of: of.name)
@pytest.mark.parametrize("colour", ["deployment", "withdrawal", "statement", *KIND_COLOURS])
def test_marks_stand_off_the_canvas(of, colour):
    assert contrast(of.kind_colour(colour), of.colour("canvas")) >= 3


def test_a_kind_colour_is_a_token_a_colour_or_ink():
    assert LIGHT.kind_colour("deployment") == QColor("#0B6FA4")
    assert LIGHT.kind_colour("#7A5BA8") == QColor("#7A5BA8")
    assert LIGHT.kind_colour("no colour") == LIGHT.colour("statement")


def test_readable_leaves_alone_what_can_be_read():
    assert readable(QColor("#2F8F6B"), LIGHT.colour("canvas")) == QColor("#2F8F6B")


@pytest.mark.skipif(not LOOK.exists(), reason="the drawings are not beside this checkout")
def test_tokens_are_those_of_the_design():
    drawn = LOOK.read_text(encoding="utf-8")
    drawn = drawn[: drawn.index("Further kinds")].replace("#9A6700", LIGHT.tokens["warning"])
    drawn = drawn.replace("#666D75", LIGHT.tokens["muted"])
    designed = set(re.findall(r"#[0-9A-F]{6}", drawn))
    of_our_own = {"on_accent", "shadow"}
    assert {of.tokens[token] for of in (LIGHT, DARK) for token in {*of.tokens} - of_our_own} == designed


def test_fonts_have_the_sizes_of_the_design(qapp):
    assert {role: LIGHT.font(role).pixelSize() for role in ("title", "body", "tick", "reading")} == {
        "title": 18,
        "body": 13,
        "tick": 12,
        "reading": 16,
    }
    assert LIGHT.font("quote").italic()
    assert LIGHT.font("heading").weight() == 600
    assert LIGHT.font("body").isFeatureSet(LIGHT.font("body").featureTags()[0])


@pytest.mark.parametrize("of", [LIGHT, DARK], ids=lambda of: of.name)
def test_the_stylesheet_is_whole(of, dressed):
    assert "$" not in stylesheet(of)
    widget = QWidget()
    widget.setStyleSheet(stylesheet(of))
    widget.ensurePolished()  # a rule that Qt cannot read is a warning, and a warning fails the test
    for drawing in ("chevron-down", "check", "tick"):
        text = resource("theme", f"{drawing}-{of.name}.svg").read_text(encoding="utf-8")
        assert any(colour in text for colour in of.tokens.values())


def test_a_choice_changes_everything_and_says_so(dressed, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 40)
    field.show()
    assert field.grab().toImage().pixelColor(100, 8) == LIGHT.colour("canvas")
    with qtbot.waitSignal(themes().changed):
        themes().set_choice("dark")
    assert theme() is DARK
    assert field.grab().toImage().pixelColor(100, 8) == DARK.colour("canvas")
    with qtbot.assertNotEmitted(themes().changed):
        themes().set_choice("dark")
    themes().set_choice("nonsense")
    assert themes().choice == "system"


class Bare(QWidget):
    """A widget of our own, whose ground Qt leaves out unless it is told to."""


def test_a_role_paints_its_ground_on_a_plain_widget_and_can_change(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    widget = Bare(window)
    widget.setGeometry(10, 10, 40, 40)
    set_role(widget, "raised")
    window.show()
    assert window.grab().toImage().pixelColor(30, 30) == LIGHT.colour("raised")
    set_role(widget, "canvas")
    assert window.grab().toImage().pixelColor(30, 30) == LIGHT.colour("canvas")


def test_focus_is_seen(dressed, qtbot):
    frame = QFrame()
    qtbot.addWidget(frame)
    button, field = QPushButton("Save", frame), QLineEdit(frame)
    set_role(button, "quiet")
    button.setGeometry(10, 10, 90, 34)
    field.setGeometry(10, 60, 90, 34)
    frame.resize(120, 120)
    frame.show()
    frame.activateWindow()
    for widget in (button, field):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert widget.grab().toImage().pixelColor(45, 0) == LIGHT.colour("accent")
