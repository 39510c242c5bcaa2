from __future__ import annotations

import hashlib

import pytest
from builders import QUOTE, TEXT, a_bundle, an_event, raw_claim, raw_event, raw_source

from viewer.domain.dates import from_edtf
from viewer.footnotes import notes_of


def given(document, **members):
    document.import_files([("in.json", a_bundle(**members))])
    return {event.uid: event.id for event in document.store.events()}


def test_a_note_has_what_its_event_and_its_claims_say(document):
    source = raw_source(
        title="Troops arrive", publisher="A daily paper", author="A. Writer", published={"edtf": "2025-02"},
        url="https://example.org/a", archived_url="https://archive.example/a", reliability="B",
    )  # fmt: skip
    chain = [{"name": "two officials", "anonymous": True}, {"name": "An agency"}]
    claim = raw_claim(
        source["uid"], chain=chain, credibility=2, when={"text": "in February", "edtf": "2025-02"}
    )
    event = raw_event(when={"text": "early that month", "edtf": "2025-02-03"}, claims=[claim])
    ids = given(document, sources=[source], events=[event])
    found = notes_of(document, [ids[event["uid"]]])
    (note,), (noted,) = found.notes, found.sources
    assert (note.number, note.uid, note.kind, note.title) == (1, event["uid"], "deployment", event["title"])
    assert note.when.text == "early that month"
    (said,) = note.claims
    assert (said.quote, said.source, said.outlet, said.grade) == (QUOTE, 1, "A daily paper", "B2")
    assert [(hop.name, bool(hop.anonymous)) for hop in said.chain] == [
        ("two officials", True),
        ("An agency", False),
    ]
    assert said.when.text == "in February"
    assert (noted.number, noted.title, noted.author) == (1, "Troops arrive", "A. Writer")
    assert (noted.url, noted.archived_url) == ("https://example.org/a", "https://archive.example/a")
    assert noted.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert noted.published.edtf == "2025-02"


def test_notes_come_in_the_order_asked_for_and_sources_once_each(document):
    first, second = raw_source(), raw_source(derived_from=None, text=None)
    events = [
        raw_event(claims=[raw_claim(first["uid"])]),
        raw_event(claims=[raw_claim(second["uid"], quote=None, span=None), raw_claim(first["uid"])]),
    ]
    ids = given(document, sources=[first, second], events=events)
    one, other = (ids[event["uid"]] for event in events)
    found = notes_of(document, [other, 10_000, one, other])
    assert [(note.number, note.event) for note in found.notes] == [(1, other), (2, one)]
    assert [source.uid for source in found.sources] == [second["uid"], first["uid"]]
    assert [source.sha256 is None for source in found.sources] == [True, False]
    assert [[claim.source for claim in note.claims] for note in found.notes] == [[1, 2], [2]]


def test_what_is_retracted_disputed_or_at_odds_is_told(document):
    source, other = raw_source(), raw_source()
    claims = [
        raw_claim(source["uid"], when={"edtf": "2025-02-01"}),
        raw_claim(other["uid"], when={"edtf": "2025-03-01"}),
        raw_claim(other["uid"], retracted=True),
        raw_claim(other["uid"], stance="disputes"),
    ]
    event = raw_event(claims=claims)
    ids = given(document, sources=[source, other], events=[event])
    (note,) = notes_of(document, [ids[event["uid"]]]).notes
    assert len(note.conflicts) == 2
    assert [claim.clashes for claim in note.claims] == [True, True, False, True]
    assert [claim.retracted for claim in note.claims] == [False, False, True, False]
    assert note.standing.disputes == 1


def test_only_what_was_known_by_a_day_is_noted(document):
    early = raw_source(published={"edtf": "2025-02-01"})
    late = raw_source(published={"edtf": "2025-03-01"})
    event = raw_event(claims=[raw_claim(early["uid"]), raw_claim(late["uid"])])
    ids = given(document, sources=[early, late], events=[event])
    found = notes_of(document, [ids[event["uid"]]], known_by=from_edtf("2025-02-10").latest)
    assert [source.uid for source in found.sources] == [early["uid"]]
    assert len(found.notes[0].claims) == 1


@pytest.mark.parametrize("text", ["", "\U0001f600 한국어 عربي", "a\x00b".replace("\x00", "\n")])
def test_the_checksum_is_that_of_the_stored_text(document, text):
    source = raw_source(text=text)
    event = raw_event(claims=[raw_claim(source["uid"], quote=None, span=None)])
    ids = given(document, sources=[source], events=[event])
    stored = document.store.source(source["uid"]).text
    expected = None if stored is None else hashlib.sha256(stored.encode()).hexdigest()
    assert notes_of(document, [ids[event["uid"]]]).sources[0].sha256 == expected


def test_an_event_without_claims_has_a_note_without_any(document):
    saved = document.save_event(an_event())
    found = notes_of(document, [saved])
    assert (len(found.notes), found.notes[0].claims, found.sources) == (1, (), ())
