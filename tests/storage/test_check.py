"""Checking a document: what SQLite cannot see is named with its record, and never computed away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from builders import SPAN, TEXT, a_claim, a_source, an_event

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter


@pytest.fixture
def path(tmp_path):
    """The path of a document with two sources, each quoted once, and a dated event."""
    path = tmp_path / "checked.dateline"
    changed, whole = a_source(uid="changed", title="Changed"), a_source(uid="whole", title="Whole")
    event = an_event(
        uid="event",
        when=from_edtf("2025-02"),
        claims=(a_claim(changed, uid="hit"), a_claim(whole, uid="spared")),
    )
    with closing(Document.create(path)) as document:
        document.save_event(event, new_sources=[changed, whole])
        assert document.check() == []
    return path


def statement(path, query, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(query, values).rowcount == 1


def findings(path):
    with closing(Document.open(path)) as document:
        return document.check()


def found(path):
    return {(finding.table, finding.uid) for finding in findings(path)}


@pytest.mark.parametrize("place", [0, SPAN[0] + 3, len(TEXT) - 1], ids=["before", "inside", "after"])
def test_one_changed_byte_names_the_source_and_its_quotes(path, place):
    changed = TEXT[:place] + "#" + TEXT[place + 1 :]
    statement(path, "UPDATE sources SET text = ? WHERE uid = 'changed'", changed)
    assert found(path) == {("sources", "changed"), ("claims", "hit")}


@pytest.mark.parametrize("place", [0, SPAN[0] + 3, len(TEXT) - 1], ids=["before", "inside", "after"])
def test_one_byte_that_breaks_the_encoding_names_the_source_and_its_quotes(path, place):
    data = bytearray(TEXT.encode())
    data[place] = 0xFF
    statement(path, "UPDATE sources SET text = CAST(? AS TEXT) WHERE uid = 'changed'", bytes(data))
    assert found(path) == {("sources", "changed"), ("claims", "hit")}


def test_damage_is_still_there_after_it_was_found(path):
    statement(path, "UPDATE sources SET text = 'x' || text WHERE uid = 'changed'")
    before = path.read_bytes()
    assert found(path) == found(path) != set()
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", [None, ""])
def test_a_lost_text_is_damage(path, text):
    statement(path, "UPDATE sources SET text = ? WHERE uid = 'changed'", text)
    assert found(path) == {("sources", "changed"), ("claims", "hit")}


def test_a_span_with_one_end_is_named_and_the_claim_can_be_read(path):
    statement(path, "UPDATE claims SET span_end = NULL WHERE uid = 'hit'")
    assert found(path) == {("claims", "hit")}


def test_bounds_without_an_edtf_are_named(path):
    statement(path, "UPDATE events SET when_edtf = NULL")
    assert found(path) == {("events", "event")}


def test_aliases_and_views_that_cannot_be_read_are_named_and_the_rest_is_there(path):
    statement(path, "INSERT INTO views (uid, name, definition) VALUES ('view', 'V', 'no json')")
    statement(path, "INSERT INTO actors (uid, name, aliases) VALUES ('actor', 'A', 'no json')")
    statement(path, "INSERT INTO event_actors (event_id, position, actor_id, role) VALUES (1, 0, 1, 'force')")
    assert found(path) == {("views", "view"), ("actors", "actor")}
    with closing(Document.open(path)) as document:
        assert document.store.views() == ({"uid": "view", "name": "V"},)
        assert len(document.matching(Filter(actor="a")).ids) == 1


@pytest.mark.parametrize(("start", "end"), [(13, 46), (0, 3), (900, 933), (-5, 28), (45, 12)])
def test_a_span_where_the_quote_does_not_stand_is_named(path, start, end):
    statement(path, "UPDATE claims SET span_start = ?, span_end = ? WHERE uid = 'hit'", start, end)
    (finding,) = findings(path)
    assert (finding.table, finding.uid) == ("claims", "hit")
    assert "does not stand at its place" in finding.message
    assert finding.remedy


@pytest.mark.parametrize("column", ["start_lo", "start_hi", "end_lo", "end_hi"])
def test_bounds_that_contradict_the_edtf_are_named(path, column):
    statement(path, f"UPDATE events SET when_{column} = when_{column} + 1")
    (finding,) = findings(path)
    assert (finding.table, finding.uid) == ("events", "event")
    assert "2025-02" in finding.message


def test_an_edtf_that_cannot_be_read_is_named(path):
    statement(path, "UPDATE events SET when_edtf = 'some day'")
    assert found(path) == {("events", "event")}


@pytest.mark.parametrize(
    ("table", "prefix", "uid"), [("claims", "when", "hit"), ("sources", "published", "changed")]
)
def test_dates_of_claims_and_sources_are_checked_too(path, table, prefix, uid):
    with closing(Document.open(path)) as document:
        event = next(document.store.events())
        dated = replace(event.claims[0], when=from_edtf("2024"))
        source = replace(document.store.source("changed"), published=from_edtf("2024"))
        document.save_event(replace(event, claims=(dated, event.claims[1])), new_sources=[source])
        assert document.check() == []
    statement(path, f"UPDATE {table} SET {prefix}_end_hi = 1 WHERE uid = ?", uid)
    assert found(path) == {(table, uid)}


def test_references_that_break_while_it_is_open_are_named(path):
    with closing(Document.open(path)) as document:
        statement(path, "UPDATE events SET place_id = 99")
        assert [(f.table, f.uid) for f in document.check()] == [("events", None)]


@pytest.mark.parametrize("table", ["meta", "events", "claims", "sources", "claim_hops"])
@pytest.mark.parametrize("value", ["no json", "[1]", "3", ""])
def test_a_record_with_an_unreadable_part_is_read_and_named(path, table, value):
    if table == "claim_hops":
        statement(
            path,
            "INSERT INTO claim_hops (claim_id, position, wording, anonymous, extra) VALUES (1, 0, 'x', 1, ?)",
            value,
        )
    else:
        statement(path, f"UPDATE {table} SET extra = ? WHERE id = 1", value)
    (finding,) = findings(path)
    assert finding.table == table
    assert "is no JSON object" in finding.message


@pytest.mark.parametrize("original", ["changed", "whole"])
def test_a_source_that_is_a_copy_of_itself_is_named(path, original):
    by_uid = "(SELECT id FROM sources WHERE uid = ?)"
    statement(path, f"UPDATE sources SET derived_from_id = {by_uid} WHERE uid = 'whole'", "changed")
    assert found(path) == set()
    statement(path, f"UPDATE sources SET derived_from_id = {by_uid} WHERE uid = 'changed'", original)
    (finding,) = findings(path)
    assert finding.table == "sources"
    assert "goes back to itself" in finding.message
