from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit

from viewer.ui.text import (
    LONG_RUN,
    SHORT,
    PlainLabel,
    hard_breaks,
    hard_broken,
    menu_text,
    one_line,
    plain_tooltip,
    several_lines,
    window_title,
)

HOSTILE = ["<img src='file:///etc/hostname'>", "<b>x</b>", "&lt;", "R&D", "abc\u202efdp.exe", "x" * 1_000_000]
BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@settings(deadline=None)
@given(st.text(max_size=700))
def test_one_line_is_one_short_line_without_hidden_characters(text):
    line = one_line(text)
    assert len(line) <= SHORT
    assert not set(line) & set(BIDI + "\u2028\u2029")
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in line)


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=SHORT))
def test_ordinary_text_is_shown_as_it_is(text):
    assert one_line(text) == text
    assert several_lines(text) == text


def test_lines_and_directions():
    assert one_line("a\r\n\tb\u2028c") == "a b c"
    assert several_lines("a\r\nb\u2029c\x1b[1m") == "a\nb\nc\ufffd[1m"
    assert one_line("abc\u202efdp.exe") == "abc\ufffdfdp.exe"
    assert one_line("lone \ud800 surrogate") == "lone \ufffd surrogate"
    assert one_line("y" * 501) == "y" * 499 + "…"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_text_literally(dressed, qtbot, text):
    label = PlainLabel(text)
    qtbot.addWidget(label)
    started = time.monotonic()
    label.show()
    label.grab()
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == one_line(text)
    assert time.monotonic() - started < 1


def test_a_label_keeps_its_lines_only_where_it_wraps(dressed, qtbot):
    label = PlainLabel("one\ntwo")
    qtbot.addWidget(label)
    assert label.text() == "one two"
    label.setWordWrap(True)
    assert label.text() == "one\ntwo"
    label.setText("three\x00\nfour")
    assert label.text() == "three\ufffd\nfour"


def test_a_label_can_hold_more_when_told_to(dressed, qtbot):
    label = PlainLabel("x" * 900, limit=2_000)
    qtbot.addWidget(label)
    assert len(label.text()) == 900


@pytest.mark.parametrize("text", [*HOSTILE, "one\n  two"])
def test_a_tooltip_is_escaped_and_short(qapp, text):
    shown = QTextDocument()
    shown.setHtml(plain_tooltip(text))
    assert plain_tooltip(text).startswith("<qt>")
    assert shown.toPlainText() == several_lines(text)
    assert plain_tooltip("") == ""


def test_menus_and_titles_escape_what_qt_would_eat(qtbot):
    assert menu_text("R&D && more") == "R&&D &&&& more"
    window = QMainWindow()
    qtbot.addWidget(window)
    for title in ("plan [*] b", "[*][*]", "a\nb"):
        window.setWindowTitle(window_title(title))
        assert window.windowTitle().replace("[*][*]", "[*]") == one_line(title)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab \n"), max_size=60), st.integers(1, 3 * LONG_RUN))
def test_broken_text_is_the_text_with_breaks_where_it_says(text, run):
    long = text + "x" * run + text
    broken, breaks = hard_broken(long), hard_breaks(long)
    assert max(len(word) for word in broken.split()) <= LONG_RUN
    pieces = [long[start:end] for start, end in zip([0, *breaks], [*breaks, len(long)], strict=True)]
    assert "\n".join(pieces) == broken
    assert "".join(pieces) == long


def test_five_megabytes_without_a_space_are_shown_within_two_seconds(dressed, qtbot):
    view = QPlainTextEdit()
    qtbot.addWidget(view)
    view.resize(600, 400)
    started = time.monotonic()
    view.setPlainText(hard_broken("x" * 5_000_000))
    view.show()
    view.grab()
    assert time.monotonic() - started < 2
