from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from viewer.ui.flow_text import FlowText, Run
from viewer.ui.theme import theme, themes

NASTY = "one\r\ntwo\u00a0three 😀 \u202eevil\u0007 \ufdd0\ufffc<img src='file:///etc/hostname'>&lt; R&D\tend"


def shown(qtbot, runs, width=280, **more):
    view = FlowText(runs, **more)
    qtbot.addWidget(view)
    view.resize(width, view.heightForWidth(width))
    view.show()
    return view


def copied(qtbot, view):
    QGuiApplication.clipboard().setText("before")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QGuiApplication.clipboard().text()


def test_what_is_copied_is_what_the_file_says(dressed, qtbot):
    view = shown(qtbot, [Run("before "), Run(NASTY, "passage"), Run(" after", "context")])
    assert copied(qtbot, view) == f"before {NASTY} after"
    assert "\u202e" not in view.shown_text()
    assert "<img src=" in view.shown_text()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=4))
def test_any_text_comes_back_as_it_was(qapp, texts):
    view = FlowText([Run(text) for text in texts], limit=25)
    view.select_all()
    assert view.selected_text() == "".join(texts)


def test_a_word_is_selected_by_a_double_click(dressed, qtbot):
    view = shown(qtbot, [Run("😀 Koursk, en février")])
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    assert view.selected_text() == "Koursk"


def test_a_drag_selects_from_place_to_place(dressed, qtbot):
    view = shown(qtbot, [Run("one two three")], width=400)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(0, 8))
    qtbot.mouseMove(view, QPoint(399, 8))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(399, 8))
    assert view.selected_text() == "one two three"


@pytest.mark.parametrize("text", ["x" * 400, "word " * 80, "W" * 39])
def test_nothing_reaches_beyond_the_width(dressed, qtbot, text):
    view = shown(qtbot, [Run(text)], width=120)
    wide = shown(qtbot, [Run(text)], width=1200)
    assert view.minimumSizeHint().width() < 120
    assert view.height() > wide.height()
    assert ink_at_right_edge(view) == 0


def ink_at_right_edge(view):
    picture = view.grab().toImage()
    ink = theme().colour("text")
    return sum(picture.pixelColor(picture.width() - 1, y) == ink for y in range(picture.height()))


def test_a_very_long_text_is_quick_and_still_copied_whole(dressed, qtbot):
    text = "y" * 5_000_000
    started = time.monotonic()
    view = shown(qtbot, [Run(text)])
    view.grab()
    assert time.monotonic() - started < 1
    assert copied(qtbot, view) == text


def test_the_passage_is_marked_in_either_theme(dressed, qtbot):
    view = shown(qtbot, [Run("around "), Run("the words", "passage")])

    def marked():
        picture = view.grab().toImage()
        ground = theme().colour("quote")
        return sum(
            picture.pixelColor(x, y) == ground
            for x in range(picture.width())
            for y in range(picture.height())
        )

    light = marked()
    themes().set_choice("dark")
    assert light > 200
    assert marked() > 200
