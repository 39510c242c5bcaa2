"""What an edit changed, field by field, in words that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event

from viewer.domain.dates import read_date
from viewer.domain.records import Hop, Link, Part
from viewer.telling import tell


def told(document):
    """What the newest edit changed."""
    newest = document.store.edit(document.store.edits()[-1].uid)
    return [
        (each.table, each.name, each.act, each.field, each.before, each.after)
        for each in tell(document.store, newest.changes)
    ]


@pytest.fixture
def event(document):
    event = an_event(
        title="Train", place="Kursk", when=read_date("Feb 2025"), actors=(Part(name="Army", role="force"),)
    )
    document.save_event(event)
    return event


def test_a_field_that_changed_is_told_from_what_to_what(document, event):
    document.save_event(replace(event, title="Lorry", summary="At night"))
    assert told(document) == [
        ("events", "Lorry", "changed", "title", "Train", "Lorry"),
        ("events", "Lorry", "changed", "summary", "", "At night"),
    ]


def test_a_date_is_one_line_in_its_own_words(document, event):
    document.save_event(replace(event, when=read_date("early March 2025")))
    ((*_, field, before, after),) = told(document)
    assert field == "when"
    assert before.startswith("Feb 2025 (")
    assert after.startswith("early March 2025 (")


def test_what_is_stored_by_number_is_told_by_name(document, event):
    other = an_event(title="Speech", kind="statement")
    document.save_event(other)
    revised = replace(
        event,
        kind="withdrawal",
        place="Sumy",
        actors=(Part(name="Army", role="speaker"),),
        tags=("rail",),
        links=(Link(to=other.uid, relation="about"),),
    )
    document.save_event(revised)
    found = told(document)
    for field, before, after in (
        ("kind_id", "deployment", "withdrawal"),
        ("place_id", "Kursk", "Sumy"),
        ("actors", "Army (force)", "Army (speaker)"),
        ("tags", "", "rail"),
        ("links", "", "Speech (about)"),
    ):
        assert ("events", "Train", "changed", field, before, after) in found


def test_what_was_deleted_is_told_with_what_it_was(document, event):
    source = a_source(title="The paper")
    claim = a_claim(source, chain=(Hop(name="An agency"),))
    row = document.save_event(replace(event, claims=(claim,)), new_sources=[source])
    assert ("sources", "The paper", "added", "title", "", "The paper") in told(document)
    document.delete_event(row)
    found = told(document)
    assert ("events", "Train", "deleted", "title", "Train", "") in found
    assert ("claims", claim.quote, "deleted", "source_id", "The paper", "") in found
    assert ("claims", claim.quote, "changed", "chain", "An agency", "") in found
    assert [table for table, *_ in found] == sorted(
        (table for table, *_ in found), key=("events", "claims").index
    )
