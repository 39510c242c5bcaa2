"""What can have the keyboard says what it is, in plain words; and what is seen is told apart by more than hue."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QScrollArea, QWidget

from viewer.ui.inspector import Inspector

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def reachable(window):
    """The widgets of a window that can have the keyboard now."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            owner = widget.focusProxy() or widget
            if not is_part(owner):
                yield owner


def is_part(widget):
    """Whether a widget only belongs to another one, which speaks for it."""
    parent = widget.parentWidget()
    viewport = isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    return viewport or any(isinstance(each, QComboBox) for each in ancestors(widget))


def ancestors(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


def said(widget, what):
    found = QAccessible.queryAccessibleInterface(widget)
    return "" if found is None else found.text(what)


def speechless(window):
    """Those of them that have no name, or read out markup."""
    bad = []
    for widget in reachable(window):
        words = said(widget, NAME).strip(), said(widget, DESCRIPTION)
        if not words[0] or any("<" in each and ">" in each for each in words):
            bad.append((type(widget).__name__, widget.objectName(), words))
    return bad


@pytest.fixture
def rested(hands):
    """A user at a window that has come to rest."""
    hands.wait(lambda: hands.window.findChild(Inspector) is not None)
    return hands


def test_the_window_and_the_inspector_say_what_everything_is(rested):
    assert speechless(rested.window) == []
    workspace = rested.window.workspace
    for event in workspace.document.store.events():
        workspace.select(event.id)
        assert speechless(rested.window) == [], event.title


@pytest.mark.parametrize("kind", ["deployment", "withdrawal", "statement"])
def test_forms_say_what_to_fill_in(rested, kind):
    rested.window.workspace.new_entry(kind)
    rested.wait(lambda: rested.sees("title"))
    assert len([*reachable(rested.window)]) > 20
    assert speechless(rested.window) == []


@pytest.mark.parametrize("page", ["reading", "graph", "strength"])
def test_what_lies_below_and_beside_the_timeline_says_what_it_is(rested, page):
    workspace = rested.window.workspace
    workspace.select(next(event.id for event in workspace.document.store.events() if event.claims))
    workspace.toggle_sources()
    below = workspace.sourcing.below
    below.toggle(getattr(below, page))
    assert speechless(rested.window) == []


def test_the_welcome_page_says_what_it_is(start):
    assert speechless(start().window) == []


def test_dialogs_say_what_they_ask(rested):
    before = {*QApplication.topLevelWidgets()}
    window = rested.window
    for ask in (window.go_to_date, window.export_picture, window.export_records):
        ask()
        (dialog,) = [
            w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible() and w.isWindow()
        ]
        assert [*reachable(dialog)]
        assert speechless(dialog) == []
        dialog.close()
        rested.wait(lambda dialog=dialog: not dialog.isVisible())
        before.add(dialog)


def test_tab_goes_round_through_all_that_a_form_shows(rested):
    rested.window.workspace.new_entry("deployment")
    rested.wait(lambda: rested.sees("title"))
    form = rested.window.workspace.desk.form
    first = rested.find("title")
    seen = [first]
    while (widget := next_by_tab(seen[-1])) is not first and len(seen) < 200:
        seen.append(widget)
    # What scrolls; the buttons below it stay where they are.
    inside = [
        w for w in seen if form.isAncestorOf(w) and any(isinstance(a, QScrollArea) for a in ancestors(w))
    ]
    assert len(inside) > 15
    places = [(widget.mapTo(form, widget.rect().topLeft()).y(), widget.objectName()) for widget in inside]
    # Down the form, a row at a time: fields that stand side by side may differ by their frames.
    assert [pair for pair in pairwise(places) if pair[1][0] < pair[0][0] - 60] == []


def next_by_tab(widget):
    """What the Tab key leads to from a widget."""
    found = widget.nextInFocusChain()
    while found is not widget and not (
        found.isVisible() and found.isEnabled() and found.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):
        found = found.nextInFocusChain()
    return found
