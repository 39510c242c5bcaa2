"""What was known on a day: rules of single claims, then for any document: the last day restricts nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import EDTF, records

from viewer.document import Document
from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.domain.provenance import first_publication, known_on, standing
from viewer.timeline.packed import OPEN_LO, SPAN

FIRST, THEN, LAST = (from_edtf(day).latest for day in ("2025-01-10", "2025-02-12", "2025-03-01"))
DAYS = {"first": FIRST, "then": THEN, "last": LAST}
CLOSED = [edtf for edtf in EDTF if from_edtf(edtf).latest is not None]


def source(name, edtf=None):
    return a_source(uid=name, published=None if edtf is None else from_edtf(edtf))


SOURCES = [
    source("early", "2025-01-10"),
    source("mid", "2025-02-12"),
    source("month", "2025-02"),
    source("before", "[..2025-02-12]"),
    source("after", "[2025-01-01..]"),
    source("undated"),
]


def claims(*named):
    """Claims by the names of their sources; "!" in front: disputes, "-": retracted, "~": mentions."""
    signs = {"!": {"stance": "disputes"}, "-": {"retracted": True}, "~": {"stance": "mentions"}}
    return tuple(
        a_claim(
            name.lstrip("!-~"),
            **{key: value for sign in name if sign in signs for key, value in signs[sign].items()},
        )
        for name in named
    )


def known(document, day):
    return {event.uid for event in document.store.events(document.matching(Filter(known_by=day)).ids)}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ((), "first then last"),
        (("early",), "first then last"),
        (("mid",), "then last"),
        (("month",), "last"),
        (("before",), "then last"),
        (("after",), ""),
        (("undated",), ""),
        (("undated", "mid"), "then last"),
        (("month", "mid"), "then last"),
        (("!mid",), "then last"),
        (("~mid",), "then last"),
        (("-early",), "first then last"),
        (("-early", "mid"), "then last"),
        (("-early", "undated"), ""),
        (("-undated",), ""),
    ],
)
def test_an_event_is_known_once_a_standing_claim_was_surely_published(document, said, days):
    document.save_event(an_event(uid="e", claims=claims(*said)), new_sources=SOURCES)
    assert {name for name, day in DAYS.items() if known(document, day)} == set(days.split())


def test_the_list_shows_only_claims_known_then(document, dateline):
    document.save_event(an_event(uid="a", claims=claims("early", "mid", "undated")), new_sources=SOURCES)
    document.save_event(an_event(uid="b", claims=claims("mid")))
    document.save_event(an_event(uid="c"))
    document.close()

    def listed(day):
        printed = json.loads(dateline("list", document.path, "--as-known-on", day, "--json").out)
        shown = {event["uid"]: [claim["source"] for claim in event["claims"]] for event in printed["events"]}
        return shown, printed["hidden"]

    assert listed("2025-02-11") == ({"a": ["early"], "c": []}, 1)
    assert listed("2025-02-12") == ({"a": ["early", "mid"], "b": ["mid"], "c": []}, 0)
    assert listed("2025") == listed("2025-02-12")


@st.composite
def dated_records(draw):
    """Records of which every source has a date of publication that ends."""
    drawn = draw(records())
    dates = st.sampled_from(CLOSED).map(from_edtf)
    return replace(drawn, sources=tuple(replace(each, published=draw(dates)) for each in drawn.sources))


def filled(folder, drawn):
    path = folder / "drawn.dateline"
    path.unlink(missing_ok=True)
    document = Document.create(path)
    bare = [replace(event, claims=(), links=()) for event in drawn.events]
    for event in bare:
        document.save_event(event)
    for event in drawn.events:
        document.save_event(event, new_sources=drawn.sources)
    return document


@settings(max_examples=40)
@given(dated_records())
def test_the_last_day_is_no_restriction(tmp_path_factory, drawn):
    document = filled(tmp_path_factory.getbasetemp(), drawn)
    around, days = document.provenance_context(), document.publications().days.tolist()
    last = days[-1] if days else seconds(2025)
    everything = document.matching(Filter())
    assert document.matching(Filter(known_by=last)) == everything
    for event in document.store.events():
        assert document.as_known(event, last) == event
        assert standing(event, around, known_by=last) == standing(event, around)
    document.close()


@settings(max_examples=40)
@given(records(), st.integers(1900, 2030))
def test_days_agree_with_the_claims_themselves_and_never_take_back(tmp_path_factory, drawn, year):
    document = filled(tmp_path_factory.getbasetemp(), drawn)
    around, found = document.provenance_context(), document.publications()
    shown = known(document, seconds(year))
    assert shown <= known(document, seconds(year + 5))
    for event in document.store.events():
        reduced = known_on(event, seconds(year), around)
        telling = () if reduced is None else reduced.claims
        if not all(claim.retracted for claim in event.claims):
            telling = tuple(claim for claim in telling if not claim.retracted)
        assert (event.uid in shown) is (not event.claims or bool(telling))
        disputes = [claim for claim in telling if claim.stance == "disputes" and not claim.retracted]
        assert found.is_disputed(event.id, seconds(year)) is bool(disputes)
    document.close()


@settings(max_examples=40)
@given(records())
def test_events_are_placed_at_their_first_publication(tmp_path_factory, drawn):
    document = filled(tmp_path_factory.getbasetemp(), drawn)
    around = document.provenance_context()
    index = document.chart(lambda kind: kind.label, by_publication=True).index
    for event in document.store.events():
        first = first_publication(event, around)
        assert index.undated.has(event.id) is (first is None)
        if first is not None:
            entry = index.entry(event.id)
            known = [bound for bound in (first.start_lo, first.end_hi) if bound is not None]
            assert (entry.known_lo, entry.known_hi) == (min(known), max(known))
            assert bool(entry.flags & SPAN) is (first.shape in ("span", "set"))
            assert bool(entry.flags & OPEN_LO) is (first.earliest_state == "open")
    document.close()
