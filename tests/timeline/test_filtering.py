"""Masks and lists against the store's own answers, before and after edits."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.document import Document
from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.storage.finding import matching_ids
from viewer.tabulating import tabulated
from viewer.timeline.event_table import EventTable
from viewer.timeline.events import Events
from viewer.timeline.filtering import disputed_by, kind_counts, mask_of

KINDS = ("deployment", "withdrawal", "statement")
DATES = (
    None, "1960", "1960", "1960-05-04", "1961-02", "1958/1963", "1959/..", "../1961", "1960/", "/1960-06",
    "[1960..1961-12]", "-0044-03", "Y12000", "XXXX-10", "1960-05-04T10:00:00",
)  # fmt: skip
DAYS = st.sampled_from((None, "1959-07-01", "1960-05-04", "1961", "1962-12-31"))
LIMITS = st.none() | st.integers(seconds(1957), seconds(1964)) | st.just(seconds(1960, 5, 4))


@st.composite
def records(draw):
    """An event with a claim or two, or none, by sources of their own."""
    sources, claims = [], []
    for published in draw(st.lists(DAYS, max_size=2)):
        source = a_source(published=None if published is None else from_edtf(published))
        sources.append(source)
        stance = draw(st.sampled_from(("supports", "disputes")))
        claims.append(a_claim(source, stance=stance, retracted=draw(st.booleans())))
    edtf = draw(st.sampled_from(DATES))
    when = None if edtf is None else from_edtf(edtf)
    title = draw(st.sampled_from(("", "Été", "A longer title", "三")))
    event = an_event(kind=draw(st.sampled_from(KINDS)), title=title, when=when, claims=tuple(claims))
    return event, sources


@st.composite
def wishes(draw):
    """A filter, and by when what is shown must have been known."""
    earliest, latest = draw(LIMITS), draw(LIMITS)
    wanted = Filter(
        kinds=draw(st.none() | st.frozensets(st.sampled_from(KINDS))),
        earliest=earliest,
        latest=latest,
        certainly=draw(st.booleans()),
    )
    return wanted, draw(LIMITS)


def table_of(document, events=None):
    kinds = [kind.id for kind in document.store.kinds()]
    return tabulated(document.store, kinds, events).table


def mask_for(document, events, wanted, known_by, **more):
    places = {kind.name: place for place, kind in enumerate(document.store.kinds())}
    kinds = None if wanted.kinds is None else frozenset(places[name] for name in wanted.kinds)
    return mask_of(
        events,
        kinds=kinds,
        earliest=wanted.earliest,
        latest=wanted.latest,
        certainly=wanted.certainly,
        known_by=known_by,
        **more,
    )


def assert_same_as_the_store(document, events, wanted, known_by):
    expected = matching_ids(document.store, wanted)
    if known_by is not None:
        expected = list(document.publications().known_by(expected, known_by))
    mask = mask_for(document, events, wanted, known_by)
    listed = events.order(mask)
    ids = listed.ids(0, len(listed)).tolist()
    assert ids == expected
    assert len(listed) == len(expected)
    assert [listed.id_at(row) for row in range(len(listed))] == expected
    assert [listed.row_of(event) for event in expected] == list(range(len(expected)))
    hidden = set(document.store.event_ids()) - set(expected)
    assert {listed.row_of(event) for event in [*hidden, 10**9]} <= {None}
    undated = [event for event in expected if events_bounds(document, event) == (None, None)]
    assert listed.first_undated == len(expected) - len(undated)
    kinds = [document.store.event(event).kind for event in expected]
    names = [kind.name for kind in document.store.kinds()]
    assert kind_counts(events, mask, len(names)) == tuple(kinds.count(name) for name in names)


def events_bounds(document, event):
    when = document.store.event(event).when
    return (None, None) if when is None else (when.earliest, when.latest)


@settings(max_examples=25)
@given(st.lists(records(), min_size=1, max_size=8), st.data())
def test_masks_and_lists_are_the_stores_before_and_after_edits(drawn, data):
    # What is drawn may end an example anywhere.
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Document.create(Path(folder) / "test.dateline")) as document,
    ):
        for event, sources in drawn:
            document.save_event(event, new_sources=sources)
        events = Events(table_of(document))
        for _ in range(3):
            wanted, known_by = data.draw(wishes())
            assert_same_as_the_store(document, events, wanted, known_by)
            assert_same_as_the_store(document, events, Filter(), None)
            events = edited(document, events, data)
            assert events.count == len(document.store.event_ids())
        for event in document.store.event_ids():
            assert events.title(event) == document.store.event(event).title


def edited(document, events, data):
    """The events after one was added, revised or deleted."""
    ids = document.store.event_ids()
    what = data.draw(st.sampled_from(("add", "revise", "delete") if ids else ("add",)))
    event, sources = data.draw(records())
    if what == "add":
        touched = document.save_event(event, new_sources=sources)
        return events.changed(table_of(document, [touched]))
    chosen = data.draw(st.sampled_from(ids))
    if what == "delete":
        document.delete_event(chosen)
        return events.changed(EventTable.empty(), [chosen])
    old = document.store.event(chosen)
    revised = an_event(uid=old.uid, kind=event.kind, title=event.title, when=event.when, claims=event.claims)
    document.save_event(revised, new_sources=sources)
    return events.changed(table_of(document, [chosen]))


def test_by_publication_events_come_in_the_order_in_which_they_were_first_said(document):
    ids = []
    for when, said in (("1960", "1990-05"), ("1961", None), ("1962", "1980-01-01"), (None, "1985")):
        source = a_source(published=None if said is None else from_edtf(said))
        event = an_event(when=None if when is None else from_edtf(when), claims=(a_claim(source),))
        ids.append(document.save_event(event, new_sources=[source]))
    one, two, three, four = ids
    events = Events(table_of(document))
    assert events.order().ids(0, 9).tolist() == [one, two, three, four]
    said = events.order(by_publication=True)
    assert said.ids(0, 9).tolist() == [three, four, one, two]
    assert said.first_undated == 3
    mask = mask_of(events, ids=np.array([four, two]))
    assert events.order(mask, by_publication=True).ids(0, 9).tolist() == [four, two]


def test_events_are_picked_by_ids_and_by_the_keys_of_groups(sample_document):
    store = sample_document.store
    events = Events(table_of(sample_document))
    ids = np.array(store.event_ids())
    picked = mask_of(events, ids=ids[::3])
    assert set(events.order(picked).ids(0, 99).tolist()) == set(ids[::3].tolist())
    for actor in store.actors()[:5]:
        (key,) = [row["id"] for row in store.rows("SELECT id FROM actors WHERE name = ?", (actor.name,))]
        found = mask_of(events, postings=[("actor", np.array([key]))])
        expected = {
            event.id for event in store.events() if any(each.name == actor.name for each in event.actors)
        }
        assert set(events.order(found).ids(0, 999).tolist()) == expected
    assert len(events.order(mask_of(events, postings=[("tag", np.array([10**6]))]))) == 0


def test_a_mask_keeps_what_it_says_of_the_table(document):
    first = document.save_event(an_event(when=from_edtf("1960")))
    events = Events(table_of(document))
    mask = mask_of(events, earliest=seconds(1950))
    second = document.save_event(an_event(when=from_edtf("1961")))
    events = events.changed(table_of(document, [second]))
    again = mask_of(events, earliest=seconds(1950), before=mask)
    assert again.base is mask.base
    assert events.order(again).ids(0, 9).tolist() == [first, second]


def test_disputed_from_the_day_on_which_it_came(document):
    source = a_source(published=from_edtf("1961-02-03"))
    event = document.save_event(an_event(claims=(a_claim(source, stance="disputes"),)), new_sources=[source])
    other = document.save_event(an_event())
    events = Events(table_of(document))
    for moment, expected in ((seconds(1961, 2, 3), set()), (seconds(1961, 2, 4), {event})):
        mask = disputed_by(events, moment)
        assert {each for each in (event, other) if mask.has(events.record(each))} == expected
