from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from timeline_events import KINDS, TITLES, small_index

from viewer.ui.hover_card import HoverCard, HoverText
from viewer.ui.timeline_view import TimelineView


@pytest.fixture
def asked():
    return []


@pytest.fixture
def window(dressed, qtbot):
    """A window with a field and a timeline."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(QLineEdit(whole))
    timeline = TimelineView(whole)
    timeline.set_reduced_motion(True)
    column.addWidget(timeline)
    whole.resize(1000, 560)
    qtbot.addWidget(whole)
    whole.show()
    qtbot.waitExposed(whole)
    timeline.set_index(small_index(), KINDS, TITLES.__getitem__, keep_view=False)
    return whole


@pytest.fixture
def view(window):
    return window.findChild(TimelineView)


@pytest.fixture
def card(view, asked):
    def describe(event):
        asked.append(event)
        if event == 9:
            return None
        return HoverText(
            TITLES[event], "1–7 Feb 2025, some day within", ("Agency › <b>Paper</b>", "2 reports · 1 origin")
        )

    return HoverCard(view, describe)


def mark(view, event):
    item = view.scene().item(event)
    return QPoint(round(float(item["mark"])), round(float(item["y"])))


def rest_on(view, at):
    """Bring the pointer there from elsewhere: where it already is, Qt sees no move."""
    QTest.mouseMove(view, QPoint(4, 4))
    QTest.mouseMove(view, at)


def words(card):
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


def test_it_appears_beside_a_mark_once_the_pointer_rests(view, card, asked, qtbot):
    rest_on(view, mark(view, 3))
    assert not card.isVisible()
    qtbot.waitUntil(card.isVisible)
    assert asked == [3]
    assert words(card) == [
        "Reserve called up",
        "1–7 Feb 2025, some day within",
        "Agency › <b>Paper</b>",
        "2 reports · 1 origin",
    ]
    assert view.rect().contains(card.geometry())
    assert not card.geometry().contains(mark(view, 3))


def test_all_its_text_is_plain_and_none_is_cut(view, card, qtbot):
    rest_on(view, mark(view, 3))
    qtbot.waitUntil(card.isVisible)
    for label in card.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("event", range(1, 9))
def test_it_never_reaches_outside_the_timeline(view, card, qtbot, event):
    rest_on(view, mark(view, event))
    qtbot.waitUntil(card.isVisible)
    assert view.rect().contains(card.geometry())


def test_it_hides_when_the_pointer_leaves_the_mark(view, card, qtbot):
    rest_on(view, mark(view, 3))
    qtbot.waitUntil(card.isVisible)
    QTest.mouseMove(view, QPoint(400, round(view.scene().lanes[1].y) + 4))
    assert not card.isVisible()


def test_it_hides_when_the_view_zooms(view, card, qtbot):
    rest_on(view, mark(view, 3))
    qtbot.waitUntil(card.isVisible)
    view.zoom_by(1.5)
    assert not card.isVisible()


def test_it_hides_when_the_mark_is_pressed(view, card, qtbot):
    rest_on(view, mark(view, 3))
    qtbot.waitUntil(card.isVisible)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mark(view, 3))
    assert not card.isVisible()


def test_it_shows_the_next_event_with_its_own_words(view, card, qtbot):
    for event in (3, 6):
        rest_on(view, mark(view, event))
        qtbot.waitUntil(card.isVisible)
        assert words(card)[0] == TITLES[event]


def test_nothing_to_say_is_no_card(view, card, asked, qtbot):
    rest_on(view, mark(view, 9))
    qtbot.waitUntil(lambda: asked == [9])
    assert not card.isVisible()


def test_it_shows_for_chips_too(view, card, qtbot):
    chip = view.scene().shelf.chips[0]
    rest_on(view, QPoint(round(chip.x + 10), round(chip.y + 10)))
    qtbot.waitUntil(card.isVisible)
    assert words(card)[0] == TITLES[chip.event]


def test_the_keyboard_stays_where_it_was(window, view, card, qtbot):
    field = window.findChild(QLineEdit)
    field.setFocus()
    rest_on(view, mark(view, 3))
    qtbot.waitUntil(card.isVisible)
    assert window.focusWidget() is field
