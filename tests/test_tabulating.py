"""The table of a document's events, against the queries that say the same in other words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import records

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.domain.records import Part
from viewer.overlay import Overlay
from viewer.storage import publication_queries as queries
from viewer.tabulating import tabulated
from viewer.timeline.columns import NEG_INF, POS_INF
from viewer.timeline.event_table import DATED, DISPUTED, SAID
from viewer.timeline.publications import Publications


def table_of(document, events=None):
    kinds = [kind.id for kind in document.store.kinds()]
    return tabulated(document.store, kinds, events)


def filled(folder, drawn):
    path = folder / "drawn.dateline"
    path.unlink(missing_ok=True)
    document = Document.create(path)
    for event in drawn.events:
        document.save_event(replace(event, claims=(), links=()))
    for event in drawn.events:
        document.save_event(event, new_sources=drawn.sources)
    return document


@settings(max_examples=40)
@given(records())
def test_the_table_says_what_the_claims_say(tmp_path_factory, drawn):
    document = filled(tmp_path_factory.getbasetemp(), drawn)
    table = table_of(document).table
    publications = Publications.of(queries.publications(document.store), ())
    ids = np.array(document.store.event_ids(), dtype=np.int64)
    assert table.ids.tolist() == ids.tolist()
    assert table.known_from.tolist() == publications.known_from(ids).tolist()
    assert table.disputed_from.tolist() == publications.disputed_from(ids).tolist()
    kinds = {kind.name: place for place, kind in enumerate(document.store.kinds())}
    for record, event in enumerate(document.store.events()):
        assert table.title(record) == event.title
        assert table.kind[record] == kinds[event.kind]
        when = event.when
        dated = when is not None and (when.start_lo, when.end_hi) != (None, None)
        assert bool(table.flags[record] & DATED) is dated
        against = [claim for claim in event.claims if claim.stance == "disputes" and not claim.retracted]
        assert bool(table.flags[record] & DISPUTED) is bool(against)
        first = _first_published(document, event)
        assert bool(table.flags[record] & SAID) is (first is not None)
        assert table.not_later_than[record] == (POS_INF if first is None else first.end_hi)
        if first is not None:
            assert table.said_lo[record] == (NEG_INF if first.start_lo is None else first.start_lo)
    assert ids[table.by_time].tolist() == list(document.matching(Filter()).ids)
    document.close()


def _first_published(document, event):
    telling = [claim for claim in event.claims if claim.stance != "disputes" and not claim.retracted]
    dates = [document.store.source(claim.source).published for claim in telling]
    return min(
        (date for date in dates if date and date.end_hi is not None), key=lambda d: d.end_hi, default=None
    )


@settings(max_examples=30)
@given(records(), st.data())
def test_some_events_are_read_as_they_stand_in_the_whole(tmp_path_factory, drawn, data):
    document = filled(tmp_path_factory.getbasetemp(), drawn)
    ids = document.store.event_ids()
    some = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    whole, part = table_of(document), table_of(document, some)
    at = whole.table.records(np.array(sorted(some), dtype=np.int64))
    assert part.table.ids.tolist() == sorted(some)
    for name in ("kind", "flags", "start_lo", "end_hi", "said_lo", "said_hi", "known_from", "disputed_from"):
        assert getattr(part.table, name).tolist() == getattr(whole.table, name)[at].tolist()
    assert [part.table.title(each) for each in range(len(some))] == [whole.table.title(each) for each in at]
    for clock in (False, True):
        both = whole.columns(by_publication=clock), part.columns(by_publication=clock)
        shown = np.isin(both[0].ids, both[1].ids)
        for name in (
            "ids",
            "start_lo",
            "start_hi",
            "end_lo",
            "end_hi",
            "span",
            "open_lo",
            "blurred",
            "disputed",
        ):
            assert getattr(both[0], name)[shown].tolist() == getattr(both[1], name).tolist()
    document.close()


def test_who_is_named_where(document):
    source = a_source(uid="s")
    document.save_event(
        an_event(
            uid="e", place="Here", origin="There", tags=("x", "y"), claims=(a_claim(source), a_claim(source)),
            actors=(Part(name="A", role="force"), Part(name="A", role="speaker"), Part(name="B", role="force")),
        ),
        new_sources=[source],
    )  # fmt: skip
    document.save_event(an_event(uid="f", place="There", origin="There"))
    postings = table_of(document).table.postings
    found = {
        name: [postings[name].records_of(np.array([key])).tolist() for key in postings[name].keys.tolist()]
        for name in postings
    }
    assert found == {"actor": [[0], [0]], "place": [[0], [0, 1]], "tag": [[0], [0]], "source": [[0]]}


@pytest.mark.parametrize("events", [None, [], [7]])
def test_a_document_without_events(document, events):
    found = table_of(document, events)
    assert len(found.table) == 0
    assert len(found.columns(by_publication=True).ids) == 0


def test_an_overlay_of_many_edits_is_what_the_document_holds(document):
    kinds = [kind.id for kind in document.store.kinds()]
    ids = [document.save_event(an_event(title=f"T{n}", when=from_edtf(f"20{n:02}"))) for n in range(6)]
    overlay = Overlay.over(table_of(document).table)
    document.delete_event(ids[1])
    overlay = overlay.changed(document.store, kinds, [ids[1]])
    revised = replace(document.store.event(ids[3]), title="Other", when=from_edtf("1999"))
    document.save_event(revised)
    overlay = overlay.changed(document.store, kinds, [ids[3]])
    added = document.save_event(an_event(title="New", when=None))
    overlay = overlay.changed(document.store, kinds, [added, ids[0]])
    document.undo()
    overlay = overlay.changed(document.store, kinds, [added])
    events = overlay.events
    assert events.count == 5
    assert [events.title(event) for event in ids] == ["T0", "", "T2", "Other", "T4", "T5"]
    columns = overlay.columns(by_publication=False)
    assert dict(zip(columns.ids.tolist(), columns.start_lo.tolist(), strict=True)) == {
        ids[0]: from_edtf("2000").start_lo,
        ids[3]: from_edtf("1999").start_lo,
    }
