"""Briefs say of events what their whole records say, without reading them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from provenance_strategies import SOURCES, claims

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.provenance import first_publication, standing
from viewer.storage.event_briefs import event_briefs, most_claimed


@settings(max_examples=40)
@given(st.lists(st.tuples(st.lists(claims, max_size=3), st.booleans()), min_size=1, max_size=4))
def test_a_brief_agrees_with_the_record(told):
    with TemporaryDirectory() as folder:
        document = Document.create(Path(folder, "d.dateline"))
        try:
            sources = [
                a_source(
                    uid=uid, text=None, published=None if place == 1 else from_edtf(f"2025-0{place + 1}")
                )
                for place, uid in enumerate(SOURCES)
            ]
            for number, (held, dated) in enumerate(told):
                claimed = tuple(
                    replace(claim, uid=f"c{number}-{place}", statement=None)
                    for place, claim in enumerate(held)
                )
                when = from_edtf("2024-10") if dated else None
                document.save_event(
                    an_event(uid=f"e{number}", when=when, claims=claimed),
                    new_sources=[] if number else sources,
                )
            check(document)
        finally:
            document.close()


def check(document):
    ids, context = document.store.event_ids(), document.provenance_context()
    briefs = event_briefs(document.store, [*ids, 10**6])
    assert list(briefs) == ids
    for event in document.store.events():
        brief = briefs[event.id]
        assert (brief.title, brief.kind, brief.when) == (event.title, event.kind, event.when)
        assert brief.disputed == (standing(event).disputes > 0)
        against = replace(
            event, claims=tuple(c for c in event.claims if c.stance == "disputes" and not c.retracted)
        )
        moments = [context.sources[claim.source].published for claim in against.claims]
        known = [date.latest for date in moments if date is not None and date.latest is not None]
        assert brief.disputed_from == min(known, default=None)
        assert brief.first_said == (None if event.when is not None else first_publication(event, context))


def test_the_most_claimed_event_has_a_date(sample_document):
    store = sample_document.store
    found = store.event(most_claimed(store))
    assert found.when is not None
    assert len(found.claims) == max(len(event.claims) for event in store.events() if event.when is not None)


def test_of_nothing_nothing_is_said(document):
    assert event_briefs(document.store, []) == {}
    assert most_claimed(document.store) is None
