"""Which events an edit touches: enough for all that is derived from them, whether heard of or read from the log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event

from viewer.domain.dates import from_edtf
from viewer.domain.records import Hop, Part
from viewer.storage.touching import edits_since, last_edit, touched_by, touched_since


@pytest.fixture
def held(document):
    """A document with three events, the first two of which rest on a source."""
    source = a_source(uid="s", published=from_edtf("2020"))
    for name in ("a", "b"):
        document.save_event(
            an_event(
                uid=name, actors=(Part(name="A", role="force"),), claims=(a_claim(source, uid=f"c-{name}"),)
            ),
            new_sources=[source],
        )
    document.save_event(an_event(uid="c"))
    return document


def event_of(document, uid):
    return document.store.event(document.store.id_of("events", "uid", uid))


def revised(uid, **fields):
    return lambda document: document.save_event(replace(event_of(document, uid), **fields))


def with_claim(uid, **fields):
    def edit(document):
        event = event_of(document, uid)
        document.save_event(replace(event, claims=(replace(event.claims[0], **fields),)))

    return edit


def with_source(**fields):
    return lambda document: document.save_source(replace(document.store.source("s"), **fields))


EDITS = {
    "a title": (revised("a", title="Other"), "a", "a"),
    "an actor": (revised("b", actors=(Part(name="B", role="force"),)), "b", "b"),
    "no actor": (revised("b", actors=()), "b", "b"),
    "a tag": (revised("c", tags=("x",)), "c", "c"),
    "no claim": (revised("a", claims=()), "a", "a"),
    "a quote": (with_claim("a", quote="Other", span=None), "a", "a"),
    "a chain": (with_claim("b", chain=(Hop(name="He", anonymous=True),)), "", "b"),
    "a retraction": (with_claim("a", retracted=True), "a", "a"),
    "a retracted source": (lambda document: document.retract_source("s", True), "ab", "ab"),
    "a date of publication": (with_source(published=from_edtf("2021")), "ab", ""),
    "a publisher": (with_source(publisher="Other"), "", ""),
    "a grade": (lambda document: document.grade_source("s", "B"), "", ""),
}


@pytest.mark.parametrize(("edit", "drawn", "found"), EDITS.values(), ids=EDITS)
def test_what_an_edit_and_its_undo_touch(held, edit, drawn, found):
    before, heard = last_edit(held.store), []
    held.listen(lambda edit, _who: heard.append(edit))
    edit(held)
    held.undo()
    for purpose, wanted in (("drawn", drawn), ("found", found)):
        ids = {held.store.id_of("events", "uid", uid) for uid in wanted}
        for each in heard:
            assert touched_by(held.store, each, purpose, 9).events == ids
        assert touched_since(held.store, before, purpose, 9).events == ids
    assert edits_since(held.store, before) == 2


def test_an_event_that_was_deleted_is_touched_by_its_id(held):
    before, event = last_edit(held.store), event_of(held, "a").id
    held.delete_event(event)
    assert touched_since(held.store, before, "drawn", 9).events == {event}


def test_sources_are_named_by_themselves_too(held):
    before = last_edit(held.store)
    with_source(title="Other")(held)
    assert len(touched_since(held.store, before, "found", 9).sources) == 1


def test_too_many_are_not_counted(held):
    before = last_edit(held.store)
    held.retract_source("s", True)
    assert touched_since(held.store, before, "drawn", 2) is not None
    assert touched_since(held.store, before, "drawn", 1) is None
    assert touched_since(held.store, None, "drawn", 2) is None


def test_an_edit_that_is_not_in_the_log_says_nothing(held):
    assert touched_since(held.store, "elsewhere", "drawn", 9) is None
    assert edits_since(held.store, "elsewhere") is None
    assert edits_since(held.store, None) == 3
