"""The events that a form offers: the newest, and those that it names already, however many there are."""

from __future__ import annotations

import pytest
from builders import an_event

from viewer.storage.choosing import events_to_choose


@pytest.fixture
def held(document):
    for number in range(6):
        kind = "statement" if number % 2 else "deployment"
        document.save_event(an_event(uid=f"e{number}", title=f"Event {number}", kind=kind))
    return document.store


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ({}, "012345"),
        ({"most": 2}, "45"),
        ({"most": 2, "also": ("e1", "e5", "gone")}, "145"),
        ({"kind": "statement"}, "135"),
        ({"kind": "statement", "most": 1, "also": ("e0",)}, "05"),
        ({"kind": "withdrawal"}, ""),
    ],
)
def test_the_newest_in_order_and_what_is_named_already(held, asked, offered):
    wanted = [(f"e{number}", f"Event {number}") for number in offered]
    assert events_to_choose(held, **asked) == wanted
