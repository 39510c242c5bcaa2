"""Cards that stay: kept by a key, several of them, told of edits, put away again."""

from __future__ import annotations

import pytest
from hands import Hands
from PySide6.QtCore import QPoint, Qt

from viewer.ui.pinned_cards import PinnedCard


@pytest.fixture
def at_rest(hands):
    hands.find("zoom_in_button")
    hands.timeline.setFocus()
    hands.settle()
    return hands


def cards(hands: Hands):
    return [card for card in hands.timeline.findChildren(PinnedCard) if card.isVisible()]


def pin(hands, event):
    hands.window.workspace.go_to_event(event)
    hands.settle()
    hands.press(Qt.Key.Key_P)


@pytest.fixture
def events(at_rest):
    return [event for event in at_rest.document.store.events() if event.when][:3]


def test_cards_of_several_events_stay_while_one_moves_on(at_rest, events):
    for event in events:
        pin(at_rest, event.id)
    at_rest.timeline.zoom_by(2)
    at_rest.settle()
    assert [card.event_id for card in cards(at_rest)] == [event.id for event in events]
    assert all(at_rest.timeline.rect().contains(card.geometry()) for card in cards(at_rest))
    assert len({card.pos().toTuple() for card in cards(at_rest)}) == 3
    assert events[0].title in cards(at_rest)[0].accessibleName()


def test_the_key_puts_a_card_away_again(at_rest, events):
    pin(at_rest, events[0].id)
    at_rest.press(Qt.Key.Key_P)
    assert cards(at_rest) == []


def test_the_event_under_the_pointer_comes_first(at_rest, events):
    at_rest.window.workspace.select(events[0].id)
    at_rest.settle()
    at_rest.hover(at_rest.timeline, at_rest.timeline.rectangle_of(events[1].id).center())
    at_rest.press(Qt.Key.Key_P)
    assert [card.event_id for card in cards(at_rest)] == [events[1].id]


def test_escape_clears_the_selection_first_and_then_closes_card_after_card(at_rest, events):
    for event in events[:2]:
        pin(at_rest, event.id)
    at_rest.press(Qt.Key.Key_Escape)
    assert len(cards(at_rest)) == 2
    at_rest.press(Qt.Key.Key_Escape)
    assert [card.event_id for card in cards(at_rest)] == [events[0].id]
    at_rest.press(Qt.Key.Key_Escape)
    assert cards(at_rest) == []


def test_a_card_is_closed_by_its_button_and_goes_with_its_event(at_rest, events):
    for event in events[:2]:
        pin(at_rest, event.id)
    at_rest.click("pinned_card_close")
    assert len(cards(at_rest)) == 1
    at_rest.document.delete_event(cards(at_rest)[0].event_id)
    assert cards(at_rest) == []


def test_a_card_is_dragged(at_rest, events):
    pin(at_rest, events[0].id)
    (card,) = cards(at_rest)
    before = card.pos()
    at_rest.drag(card, QPoint(8, 8), QPoint(68, 48))
    assert card.pos() != before


def test_without_an_event_it_says_what_to_do(at_rest):
    at_rest.window.workspace.select(None)
    at_rest.press(Qt.Key.Key_P)
    assert "select one" in at_rest.says("status_saved")
