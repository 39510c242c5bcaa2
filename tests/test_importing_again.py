"""Importing what the document has already: only what a file states changes, and no claim takes another's place."""

from __future__ import annotations

import pytest
from builders import QUOTE, SPAN, TEXT, a_bundle, raw_claim, raw_event, raw_source


def brought(document, *bundles):
    """Bring in files one after the other; return the result of the last."""
    for members in bundles:
        result = document.import_files([("in.json", a_bundle(**members))])
    return result


def claims(document):
    return {claim.uid: claim for claim in document.find_event("e").claims}


def event_with(*claims, **fields):
    return {"sources": [raw_source(uid="s")], "events": [raw_event(uid="e", claims=list(claims), **fields)]}


def test_a_claim_keeps_what_a_file_does_not_state(document):
    whole = raw_claim("s", uid="c", note="N", verb="said", credibility=3, retracted=True, stance="disputes")
    result = brought(document, event_with(whole), event_with({"uid": "c", "source": "s", "verb": "wrote"}))
    claim = claims(document)["c"]
    assert result.updated == 1
    assert (claim.note, claim.verb, claim.credibility, claim.retracted) == ("N", "wrote", 3, True)
    assert (claim.stance, claim.quote, claim.span) == ("disputes", QUOTE, SPAN)


def test_a_new_quote_does_not_keep_the_old_place(document):
    brought(document, event_with(raw_claim("s", uid="c")))
    brought(document, event_with({"uid": "c", "source": "s", "quote": "came by train"}))
    claim = claims(document)["c"]
    assert (claim.quote, claim.span, claim.prefix) == ("came by train", None, None)


@pytest.mark.parametrize("quoted", [{"quote": QUOTE, "span": list(SPAN)}, {}], ids=["quoted", "unquoted"])
def test_a_claim_never_takes_the_place_of_another(document, quoted):
    first = {"uid": "one", "source": "s", "note": "first", **quoted}
    second = {"uid": "two", "source": "s", "note": "second", **quoted}
    brought(document, event_with(first), event_with(first, second))
    assert {uid: claim.note for uid, claim in claims(document).items()} == {"one": "first", "two": "second"}


def test_claims_without_uids_are_found_again_by_their_quotes(document):
    alike = [{"source": "s", "note": note} for note in ("first", "second")]
    quoted = {"source": "s", "quote": QUOTE, "span": list(SPAN)}
    result = brought(document, *[event_with(*alike, quoted)] * 2)
    assert (result.unchanged, len(claims(document))) == (1, 3)
    brought(document, event_with({**quoted, "uid": "theirs", "note": "N"}))
    assert len(claims(document)) == 3
    assert "N" in {claim.note for claim in claims(document).values()}


def test_a_link_that_led_nowhere_is_there_once_when_its_event_comes(document):
    link = {"to": "late", "relation": "about"}
    brought(document, event_with(links=[link]), {"events": [raw_event(uid="late")]}, event_with(links=[link]))
    event = document.find_event("e")
    assert [each.to for each in event.links] == ["late"]
    assert "links" not in event.extra


@pytest.mark.parametrize("named", [{"uid": "c"}, {}], ids=["with a uid", "without"])
def test_a_claim_that_waited_for_its_source_is_there_once_when_it_comes(document, named):
    late, lost = {**named, "source": "s", "quote": QUOTE}, {"source": "never", "quote": QUOTE}
    event = raw_event(uid="e", claims=[late, lost])
    brought(document, {"events": [event]})
    assert document.find_event("e").claims == ()
    brought(document, {"events": [event], "sources": [raw_source(uid="s")]})
    assert len(claims(document)) == 1
    assert document.find_event("e").extra == {"claims": [lost]}


def test_a_text_that_is_taken_away_is_told_to_the_quotes(document):
    event = event_with(raw_claim("s", uid="c"))
    brought(document, event)
    result = brought(document, {**event, "sources": [raw_source(uid="s", text=None)]})
    assert [problem.path for problem in result.problems] == ["events[0].claims[0].span"]
    assert document.store.source("s").text is None
    document.undo()
    assert document.store.source("s").text == TEXT


def test_what_two_files_hold_differently_is_named_by_its_place(document):
    first = a_bundle(events=[raw_event(uid="e", title="One")])
    second = a_bundle(events=[{"uid": "no kind"}, raw_event(uid="e", title="Two")])
    result = document.import_files([("1.json", first), ("2.json", second)])
    lines = second.decode().splitlines()
    (problem,) = [each for each in result.problems if "same uid" in each.message]
    assert (problem.file, problem.path) == ("2.json", "events[1]")
    assert [number for number, line in enumerate(lines, 1) if line == "  {"][1] == problem.line


def test_a_new_text_names_the_quotes_of_the_document_that_it_leaves_behind(document):
    brought(document, event_with(raw_claim("s", uid="c")))
    kept = brought(document, {"sources": [raw_source(uid="s", text=f"{TEXT}\nOne line more.")]})
    assert kept.problems == ()
    moved = brought(document, {"sources": [raw_source(uid="s", text=f"A line before.\n{TEXT}")]})
    assert [(problem.path, problem.file) for problem in moved.problems] == [("sources[0].text", "in.json")]
    assert QUOTE in moved.problems[0].message
