"""The store: whatever a record holds is read back as it was, and an edit is applied whole or not at all."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from record_strategies import records

from viewer.document import Document
from viewer.domain.dates import from_edtf, read_date
from viewer.domain.edits import Change, Edit
from viewer.domain.quantities import Quantity
from viewer.domain.records import Actor, Claim, Event, Hop, Link, Part, Place, Source
from viewer.drafting import Drafting, new_uid
from viewer.storage.errors import ChangedElsewhereError, WriteError

FULL_SOURCE = a_source(
    uid="original",
    publisher="Publisher",
    author="Author",
    medium="article",
    url="https://example.org/a",
    archived_url="https://archive.example.org/a",
    language="fr",
    published=from_edtf("2025-02"),
    accessed=from_edtf("2025-03-01T10:00:00Z"),
    reliability="B",
    extra={"x-shelf": [1, {"two": None}]},
)
FULL_CLAIM = a_claim(
    "copy",
    prefix="First line.\n",
    suffix=", two officials said",
    stance="disputes",
    verb="denied",
    credibility=4,
    when=read_date("Feb 2025"),
    quantity=Quantity(
        text="Some 3,000", low=3000, high=3000.5, qualifier="approximate", unit="soldiers", measure="present"
    ),
    statement="said",
    note="A note",
    retracted=True,
    chain=(
        Hop(name="two officials", anonymous=True, verb="said", extra={"x-hop": 1}),
        Hop(name="An agency", anonymous=False),
        Hop(name="A paper"),
    ),
    extra={"x-claim": "kept"},
)
FULL_EVENT = an_event(
    summary="A summary",
    when=from_edtf("[2025-02-01..2025-02-07]", text="early February"),
    place="Kursk",
    origin="Vladivostok",
    quantity=Quantity(
        text="up to 3,000", high=3000, qualifier="at_most", unit="soldiers", measure="deployed"
    ),
    actors=(Part(name="Army", role="force", extra={"x-part": True}), Part(name="Minister", role="speaker")),
    links=(Link(to="said", relation="about", extra={"x-link": 1.5}),),
    tags=("winter", "rail"),
    claims=(FULL_CLAIM,),
    extra={"x-event": {"deep": []}},
)


def save(document, sources, events):
    """Put records into a document as one edit, whatever they refer to among each other."""
    drafting = Drafting(document.store)
    for source in sources:
        drafting.source(source)
    for event in events:
        drafting.event(event)
    for event in events:
        drafting.claims(event)
        drafting.links(event)
    document.do(drafting.edit("Save"))


def events_of(document):
    return {event.uid: event for event in document.store.events()}


def test_every_field_is_read_back(document):
    sources = (FULL_SOURCE, replace(FULL_SOURCE, uid="copy", derived_from="original"))
    events = (FULL_EVENT, an_event(uid="said", kind="statement"))
    save(document, sources, events)
    assert tuple(document.store.sources()) == sources
    assert tuple(document.store.events()) == events


def test_the_full_records_leave_no_field_at_its_default():
    """A field added to a record must be added to the full records above, and so to the round trip."""
    full = (
        replace(FULL_SOURCE, derived_from="original"),
        FULL_EVENT,
        FULL_CLAIM,
        FULL_CLAIM.chain[0],
        FULL_EVENT.links[0],
        FULL_EVENT.actors[0],
    )
    defaults = (
        Source(uid="", title="", text=None),
        Event(uid="", kind="", title=""),
        Claim(uid="", source=""),
        Hop(name=""),
        Link(to="", relation=""),
        Part(name="", role=""),
    )
    for record, default in zip(full, defaults, strict=True):
        same = [
            f.name
            for f in fields(record)
            if f.compare and getattr(record, f.name) == getattr(default, f.name)
        ]
        assert same == []


@settings(max_examples=60)
@given(records())
def test_any_record_is_read_back(tmp_path, drawn):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    with closing(Document.create(folder / "a.dateline")) as document:
        save(document, drawn.sources, drawn.events)
        assert tuple(document.store.sources()) == drawn.sources
        assert tuple(document.store.events()) == drawn.events
        assert document.check() == []


@settings(max_examples=40)
@given(records(), records())
def test_a_revision_leads_to_the_new_record_and_undo_back(tmp_path, before, after):
    """Whatever stood there, saving other content under the same uids gives exactly that content."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    sources = {source.uid: source for source in (*before.sources, *after.sources)}
    with closing(Document.create(folder / "a.dateline")) as document:
        save(document, before.sources, before.events)
        were = document.store.dump()
        known = {claim.uid for event in before.events for claim in event.claims}
        events = [
            replace(event, claims=tuple(claim for claim in event.claims if claim.uid not in known))
            for event in after.events
        ]
        save(document, after.sources, events)
        assert {source.uid: source for source in document.store.sources()} == {
            uid: next((s for s in after.sources if s.uid == uid), sources[uid]) for uid in sources
        }
        assert {e.uid: e for e in document.store.events()} == {e.uid: e for e in (*before.events, *events)}
        while document.history.next_undo is not None and document.store.dump() != were:
            document.undo()
        assert document.store.dump() == were


def test_actors_and_places_with_aliases_parents_and_position(document):
    state = Actor(uid="a-1", name="State", aliases=("The State", "S."), extra={"x": 1})
    army = Actor(uid="a-2", name="Army", parent="State")
    region = Place(uid="p-1", name="Region", latitude=51.5, longitude=0.0, precision="oblast")
    town = Place(uid="p-2", name="Town", parent="Region", aliases=("Ville",), latitude=-0.5, longitude=36.0)
    drafting = Drafting(document.store)
    drafting.meet_actors([army, state])
    drafting.meet_places([town, region])
    document.do(drafting.edit("Names"))
    assert set(map(repr, document.store.actors())) == {repr(replace(state, id=1)), repr(replace(army, id=2))}
    assert set(map(repr, document.store.places())) == {repr(replace(region, id=1)), repr(replace(town, id=2))}


def test_a_new_document_has_the_three_kinds_and_nothing_else(document):
    assert [kind.name for kind in document.store.kinds()] == ["deployment", "withdrawal", "statement"]
    assert {table for table, rows in document.store.dump().items() if rows} == {"kinds"}
    assert document.store.revision == 0
    assert document.check() == []


def test_ids_are_never_used_again(document):
    first = document.save_event(an_event())
    document.delete_event(first)
    second = document.save_event(an_event())
    assert second > first


def test_deleting_an_event_takes_its_claims_and_the_links_to_it(document):
    source = a_source()
    said, told = an_event(kind="statement"), an_event()
    document.save_event(said, new_sources=[source])
    told = replace(
        told,
        links=(Link(to=said.uid, relation="about"),),
        claims=(a_claim(source, statement=said.uid),),
    )
    document.save_event(told)
    document.delete_event(document.store.ids_by("events", "uid")[said.uid])
    left = events_of(document)
    assert left.keys() == {told.uid}
    assert left[told.uid].links == ()
    assert left[told.uid].claims[0].statement is None
    document.undo()
    assert events_of(document)[told.uid].claims[0].statement == said.uid
    assert events_of(document)[told.uid].links == told.links


def test_a_quote_without_a_span_is_found_where_it_stands_once(document):
    source = a_source()
    once = a_claim(source, span=None)
    twice = a_claim(source, quote="line", span=None)
    absent = a_claim(source, quote="nowhere", span=None)
    document.save_event(an_event(uid="e", claims=(once, twice, absent)), new_sources=[source])
    spans = [claim.span for claim in events_of(document)["e"].claims]
    assert spans == [(12, 45), None, None]
    assert events_of(document)["e"].claims[0].prefix == "First line.\n"


def test_each_edit_raises_the_revision_and_stands_in_the_log(document):
    event = an_event(uid="e")
    document.save_event(event)
    document.save_event(replace(event, title="Other title"))
    document.undo()
    log = document.store.edits()
    assert document.store.revision == 3
    assert document.store.meta().revision == 3
    assert [edit.label for edit in log] == [
        "Add deployment “Soldiers come by train”",
        "Revise deployment “Other title”",
        "Revise deployment “Other title”",
    ]
    assert [edit.undoes for edit in log] == [None, None, log[1].uid]
    assert all(edit.at for edit in log)
    revised = document.store.edit(log[1].uid)
    assert [dict(change.after) for change in revised.changes] == [{"title": "Other title"}]


def test_saving_what_is_there_already_is_no_edit(document):
    event = an_event(claims=())
    document.save_event(event)
    document.save_event(event)
    assert len(document.store.edits()) == 1


def test_an_edit_that_builds_on_other_rows_changes_nothing(document):
    row = document.save_event(an_event())
    before = document.store.dump()
    stale = Edit(
        uid=new_uid(),
        label="Stale",
        changes=(
            Change("events", row, {"title": "Soldiers come by train"}, {"title": "Applied"}),
            Change("events", row, {"title": "Never so"}, {"title": "Other"}),
        ),
    )
    with pytest.raises(ChangedElsewhereError):
        document.do(stale)
    assert document.store.dump() == before
    assert document.store.revision == 1
    assert [edit.label for edit in document.store.edits()] == ["Add deployment “Soldiers come by train”"]


def test_another_writer_is_noticed(document, tmp_path):
    row = document.save_event(an_event())
    with closing(sqlite3.connect(document.path)) as other, other:
        other.execute("UPDATE meta SET revision = revision + 1")
    before = document.store.dump()
    with pytest.raises(ChangedElsewhereError, match="another program"):
        document.delete_event(row)
    assert document.store.dump() == before


@pytest.mark.parametrize("title", ["half \ud800 of a character", "\udcff"])
def test_what_cannot_be_stored_is_refused_as_a_failed_write(document, title):
    before = document.store.dump()
    with pytest.raises(WriteError):
        document.save_event(an_event(title=title))
    with pytest.raises(WriteError):
        document.save_event(an_event(), new_sources=[a_source(text=title)])
    assert document.store.dump() == before
    assert document.history.next_undo is None
    document.save_event(an_event())


def test_a_number_beyond_64_bits_is_refused_as_a_failed_write(document):
    with pytest.raises(WriteError):
        document.save_event(an_event(quantity=Quantity(low=2**63)))
    assert document.store.event_ids() == []


def test_a_text_beyond_the_limit_is_refused_as_a_failed_write(document):
    with pytest.raises(WriteError, match="too big"):
        document.save_event(an_event(), new_sources=[a_source(text="x" * (64 * 1024 * 1024 + 1))])
    assert list(document.store.sources()) == []


def test_many_events_come_in_the_order_asked_for(document):
    events = [an_event() for _ in range(1_203)]
    save(document, (), events)
    ids = document.store.event_ids()
    assert [event.uid for event in document.store.events()] == [event.uid for event in events]
    assert [event.id for event in document.store.events(ids[::-1])] == ids[::-1]


def test_a_copy_is_complete_and_opens(sample_document, tmp_path):
    copy = tmp_path / "copy.dateline"
    sample_document.save_copy(copy)
    with closing(Document.open(copy)) as opened:
        assert opened.store.dump() == sample_document.store.dump()
        assert opened.store.edits() == sample_document.store.edits()
        assert opened.uid == sample_document.uid
