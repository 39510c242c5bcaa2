"""The verbs for sources: each one edit, refused with words that help, and undone to the very bytes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from builders import QUOTE, SPAN, TEXT, a_claim, a_source, an_event
from hypothesis import given
from hypothesis import strategies as st

from viewer.document import Document
from viewer.domain.dates import from_edtf, read_date
from viewer.domain.impact import SourceChange
from viewer.domain.provenance import standing
from viewer.domain.reanchoring import reanchor
from viewer.domain.records import Hop, Link
from viewer.storage.errors import WriteError
from viewer.storage.rows import sha256_of

LONGER = f"A new first paragraph.\n{TEXT}"
MOVED = (SPAN[0] + 23, SPAN[1] + 23)


def bytes_of(document):
    """Every cell of every table but the log, as SQLite stores it."""
    with closing(sqlite3.connect(document.path)) as connection:
        connection.text_factory = bytes
        names = [
            name.decode()
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        kept = [
            n
            for n in names
            if n not in ("edits", "edit_changes", "meta") and not n.startswith(("sqlite_", "_"))
        ]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in sorted(kept)
        }


def told(document, source, **fields):
    """An event that a source tells of, and its one claim."""
    claim = a_claim(source, **fields)
    event = an_event(claims=(claim,))
    document.save_event(event, new_sources=() if document.store.source(source.uid) else (source,))
    return event, claim


def claim_now(document, event):
    return document.store.event(document.store.ids_by("events", "uid")[event.uid]).claims[0]


def edits(document):
    return [edit.label for edit in document.store.edits()]


def undoing_restores(document, change):
    """Make a change, and see that it is one edit which undo takes back, and redo does again, to the byte."""
    before, log = bytes_of(document), len(document.store.edits())
    change()
    after = bytes_of(document)
    assert after != before
    assert len(document.store.edits()) == log + 1
    document.undo()
    assert bytes_of(document) == before
    document.redo()
    assert bytes_of(document) == after
    assert document.check() == []


def test_a_source_is_added_with_all_that_is_known_of_it(document):
    original = a_source(title="An agency")
    source = a_source(
        publisher="A paper",
        author="A. Writer",
        medium="article",
        url="https://example.org/a",
        archived_url="https://archive.example/a",
        language="fr",
        published=read_date("le 19 février 2025", language="fr"),
        accessed=from_edtf("2025-03-01"),
        reliability="B",
        derived_from=original.uid,
        extra={"kept": [1]},
    )
    document.save_source(original)
    undoing_restores(document, lambda: document.save_source(source, reason="found today"))
    assert document.store.source(source.uid) == source
    assert "found today" in [edit.reason for edit in document.store.edits()]


def test_a_source_is_revised(document):
    source = a_source()
    document.save_source(source)
    undoing_restores(document, lambda: document.save_source(a_source(uid=source.uid, title="Another title")))
    assert document.store.source(source.uid).title == "Another title"
    assert edits(document)[:2] == ["Add source “A daily paper”", "Revise source “Another title”"]


def test_saving_what_is_there_is_no_edit(document):
    source = a_source()
    document.save_source(source)
    assert document.save_source(source) is None
    assert document.grade_source(source.uid, None) is None
    assert document.retract_source(source.uid, True) is None


def test_a_source_is_no_copy_of_itself(document):
    first, second, third = (a_source(title=title) for title in ("First", "Second", "Third"))
    document.save_source(first)
    document.save_source(a_source(uid=second.uid, title="Second", derived_from=first.uid))
    document.save_source(a_source(uid=third.uid, title="Third", derived_from=second.uid))
    before = document.store.dump()
    with pytest.raises(WriteError, match="“First” cannot be a copy of itself"):
        document.save_source(a_source(uid=first.uid, title="First", derived_from=first.uid))
    with pytest.raises(
        WriteError, match="“First” cannot be a copy of “Third”, which is itself copied from it"
    ):
        document.save_source(a_source(uid=first.uid, title="First", derived_from=third.uid))
    with pytest.raises(WriteError, match="Choose another original"):
        document.replace_source_text(a_source(uid=first.uid, derived_from=second.uid), "x", {})
    assert document.store.dump() == before


def test_a_circle_that_a_file_brought_hangs_nothing(document):
    one, other = a_source(), a_source()
    document.save_source(one)
    document.save_source(a_source(uid=other.uid, derived_from=one.uid))
    with closing(sqlite3.connect(document.path)) as connection, connection:
        connection.execute("UPDATE sources SET derived_from_id = 2 WHERE id = 1")
    document.save_source(a_source(uid="outside", derived_from=one.uid))
    assert document.store.source("outside").derived_from == one.uid
    assert document.source_impact(SourceChange(source=one.uid, retract=True)).affected == ()


def test_a_replaced_text_takes_its_quotes_along_in_one_edit(document):
    source = a_source()
    event, claim = told(document, source)
    found = reanchor([claim], TEXT, LONGER)
    undoing_restores(
        document,
        lambda: document.replace_source_text(source, LONGER, {each.claim: each.span for each in found}),
    )
    now = claim_now(document, event)
    assert (now.quote, now.span) == (QUOTE, MOVED)
    assert now.prefix.endswith("First line.\n")
    assert now.suffix.startswith(", two officials said.")


def test_a_quote_that_is_not_found_again_keeps_its_words(document):
    source = a_source()
    event, claim = told(document, source)
    undoing_restores(document, lambda: document.replace_source_text(source, "Nothing of it.", {}))
    now = claim_now(document, event)
    assert (now.quote, now.span) == (QUOTE, None)
    assert now.suffix.startswith(", two officials said.")
    document.replace_source_text(source, LONGER, {claim.uid: MOVED})
    assert claim_now(document, event).span == MOVED


def test_the_confirmed_passage_becomes_the_quote(document):
    source = a_source()
    event, claim = told(document, source)
    text = "Nearly 3,000 soldiers came by train."
    document.replace_source_text(source, text, {claim.uid: (0, len(text) - 1)})
    assert claim_now(document, event).quote == text[:-1]


def test_a_text_that_is_taken_away_leaves_the_quotes(document):
    source = a_source()
    event, _ = told(document, source)
    undoing_restores(document, lambda: document.replace_source_text(source, None, {}))
    assert document.store.source(source.uid).text is None
    assert claim_now(document, event).quote == QUOTE


@pytest.mark.parametrize("span", [(-1, 3), (0, 0), (5, 2), (0, 10_000)])
def test_a_place_outside_the_text_is_refused(document, span):
    source = a_source()
    _, claim = told(document, source)
    before = document.store.dump()
    with pytest.raises(ValueError, match="does not lie inside"):
        document.replace_source_text(source, "A short text.", {claim.uid: span})
    assert document.store.dump() == before


def test_the_old_text_stays_in_the_log_with_its_checksum(document):
    source = a_source()
    told(document, source)
    edit = document.replace_source_text(source, LONGER, {})
    change = next(c for c in document.store.edit(edit.uid).changes if c.table == "sources")
    assert (change.before["text"], change.before["text_sha256"]) == (TEXT, sha256_of(TEXT))
    assert change.after["text_sha256"] == sha256_of(LONGER)


def test_saving_never_leaves_quotes_behind(document):
    source = a_source()
    told(document, source)
    with pytest.raises(WriteError, match="Quotes are tied to the text"):
        document.save_source(a_source(uid=source.uid, text=LONGER))
    appended = a_source(uid=source.uid, text=f"{TEXT}\nOne more line.")
    document.save_source(appended)
    assert document.store.source(source.uid) == appended
    assert document.check() == []


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_whatever_is_written_around_a_quote_it_is_found_and_given_back(tmp_path_factory, before, after):
    document = Document.create(tmp_path_factory.mktemp("d") / "a.dateline")
    with closing(document):
        source = a_source()
        _, claim = told(document, source)
        clean = (
            "".join(c for c in before if not 0xD800 <= ord(c) < 0xE000),
            "".join(c for c in after if not 0xD800 <= ord(c) < 0xE000),
        )
        text = f"{clean[0]} {TEXT} {clean[1]}"
        state = document.store.dump()
        found = {each.claim: each.span for each in reanchor([claim], TEXT, text)}
        document.replace_source_text(source, text, found)
        assert document.check() == []
        document.undo()
        assert document.store.dump() == state


def test_retracting_a_source_retracts_its_claims_and_no_others(document):
    source, other = a_source(), a_source()
    event, _ = told(document, source)
    kept, _ = told(document, other)
    undoing_restores(document, lambda: document.retract_source(source.uid, True, reason="an invention"))
    assert claim_now(document, event).retracted
    assert not claim_now(document, kept).retracted
    assert [s.is_retracted for s in document.source_list()] == [True, False]
    assert "an invention" in [edit.reason for edit in document.store.edits()]
    undoing_restores(document, lambda: document.retract_source(source.uid, False))
    assert not claim_now(document, event).retracted


def test_grading_a_source(document):
    source = a_source(title="A blog", reliability="C")
    document.save_source(source)
    undoing_restores(document, lambda: document.grade_source(source.uid, "E"))
    assert document.store.source(source.uid).reliability == "E"
    assert "Grade source “A blog”: C → E" in edits(document)
    with pytest.raises(ValueError, match="no reliability"):
        document.grade_source(source.uid, "G")


def test_a_source_is_deleted_only_when_nothing_rests_on_it(document):
    source, copied = a_source(title="Used"), a_source(title="Unused")
    told(document, source)
    document.save_source(copied)
    copy = a_source(derived_from=copied.uid)
    document.save_source(copy)
    with pytest.raises(WriteError, match="1 claim rests on “Used”"):
        document.delete_source(source.uid)
    undoing_restores(document, lambda: document.delete_source(copied.uid))
    assert document.store.source(copied.uid) is None
    assert document.store.source(copy.uid).derived_from is None


def test_a_source_that_is_gone_is_said_to_be(document):
    for change in (
        lambda: document.retract_source("gone", True),
        lambda: document.grade_source("gone", "A"),
        lambda: document.delete_source("gone"),
        lambda: document.replace_source_text(a_source(uid="gone"), "x", {}),
    ):
        with pytest.raises(WriteError, match="no longer in the document"):
            change()


def test_the_list_of_sources_counts_claims(document):
    source, copy = a_source(reliability="B"), a_source(text=None)
    told(document, source)
    told(document, source, retracted=True)
    document.save_source(a_source(uid=copy.uid, text=None, derived_from=source.uid))
    first, second = document.source_list()
    assert (first.claims, first.retracted_claims, first.is_retracted) == (2, 1, False)
    assert (first.brief.reliability, first.brief.has_text, first.brief.derived_from) == ("B", True, None)
    assert (second.claims, second.brief.has_text, second.brief.derived_from) == (0, False, source.uid)
    assert not second.is_retracted


# What lies around the events


def test_the_surroundings_follow_every_edit(document):
    agency = a_source(published=from_edtf("2025-02-01"))
    told(document, agency, chain=(Hop(name="An agency"),))
    context = document.provenance_context()
    assert document.provenance_context() is context
    assert context.sources[agency.uid].published.edtf == "2025-02-01"
    copy = a_source(derived_from=agency.uid)
    document.save_source(copy)
    assert document.provenance_context().sources[copy.uid].derived_from == agency.uid
    document.undo()
    assert copy.uid not in document.provenance_context().sources
    speech = an_event(kind="statement", title="A speech")
    document.save_event(speech)
    told(document, agency, statement=speech.uid)
    assert set(document.provenance_context().statements) == {speech.uid}
    document.save_event(an_event(uid=speech.uid, kind="statement", title="A longer speech"))
    assert document.provenance_context().statements[speech.uid].title == "A longer speech"


def test_ten_copies_of_a_story_fall_with_the_agency(document):
    """Retract the agency: exactly the events that lose support are named; undo restores every row."""
    agency, independent = a_source(title="Agency"), a_source(title="Own reporter")
    document.save_source(agency)
    document.save_source(independent)
    copies = [a_source(title=f"Paper {n}", derived_from=agency.uid) for n in range(9)]
    for copy in copies:
        document.save_source(copy)
    story = an_event(
        title="Ten papers",
        claims=tuple(a_claim(s, chain=(Hop(name="The agency"),)) for s in (agency, *copies)),
    )
    own = an_event(title="Own report", claims=(a_claim(independent, chain=(Hop(name="An official"),)),))
    both = an_event(
        title="Both",
        links=(Link(to=own.uid, relation="follows"),),
        claims=(
            a_claim(agency, chain=(Hop(name="The agency"),)),
            a_claim(independent, chain=(Hop(name="A"),)),
        ),
    )
    for event in (own, story, both):
        document.save_event(event)
    counted = standing(story, document.provenance_context())
    assert (counted.reports, len(counted.origins)) == (10, 1)
    before = bytes_of(document)
    found = document.source_impact(SourceChange(source=agency.uid, retract=True))
    assert {affected.title: affected.lost for affected in found.affected}.keys() == {"Ten papers", "Both"}
    assert bytes_of(document) == before
    undoing_restores(document, lambda: document.retract_source(agency.uid, True))


def test_an_impact_reaches_claims_made_in_a_statement(document):
    source, other = a_source(), a_source()
    document.save_source(source)
    document.save_source(other)
    speech = an_event(
        kind="statement", title="Speech", claims=(a_claim(source, chain=(Hop(name="A president"),)),)
    )
    document.save_event(speech)
    event = an_event(title="Landing", claims=(a_claim(other, statement=speech.uid),))
    document.save_event(event)
    found = document.source_impact(SourceChange(source=source.uid, retract=True))
    assert {affected.title for affected in found.affected} >= {"Speech"}
