"""The benchmark's own parts: what it measures must be sound documents, as large as asked for."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from viewer.document import Document

# Only `python -m pytest` looks into the folder above by itself.
sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.benchmarks.corpus import make_document
from tests.benchmarks.csv_events import make_from_csv, read_csv, write_csv


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A document of 1,000 events."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.dateline"
    make_document(path, 1_000)
    return path


def test_nothing_is_wrong_with_a_document_made_with_a_seed(corpus):
    document = Document.open(corpus)
    found = document.check()
    document.close()
    assert found == []


def test_its_counts_are_as_asked(corpus):
    with closing(sqlite3.connect(corpus)) as db:
        (events, fuzzy, lasting), (revision,) = (
            db.execute(query).fetchone()
            for query in (
                """SELECT count(*), sum(when_approximate OR when_edtf LIKE '%..%' OR when_shape = 'point'
                    AND when_precision IN ('month', 'year')),
                    sum(when_shape = 'span' OR when_precision IN ('minute', 'hour')) FROM events""",
                "SELECT revision FROM meta",
            )
        )
        counts = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("kinds", "actors", "places", "sources", "tags", "claims", "edits", "edit_changes")
        }
    assert (events, revision) == (1_000, 1)
    assert 400 < fuzzy < 600
    assert 350 < lasting < 550
    assert counts == {
        "kinds": 8, "actors": 1_000, "places": 1_000, "sources": 1_000, "tags": 200, "claims": 250, "edits": 1,
        "edit_changes": 0,
    }  # fmt: skip


def test_the_same_seed_makes_the_same_events(corpus, tmp_path):
    again = tmp_path / "again.dateline"
    make_document(again, 1_000)
    written = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for target, path in zip(written, (corpus, again), strict=True):
        write_csv(target, path)
    assert written[0].read_bytes() == written[1].read_bytes()


def test_a_csv_file_comes_in_with_its_very_bounds_and_goes_out_again(tmp_path):
    lines = [
        "id,title,kind,start_ms,end_ms",
        '1,"Moved, then stopped",deployment,-2208988800000,-2208988800000',
        "5,A walk,walk,1000,91000",
        "7,A year,walk,0,31535999000",
    ]
    source, path, back = tmp_path / "in.csv", tmp_path / "made.dateline", tmp_path / "out.csv"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert make_from_csv(source, path) == 3
    assert write_csv(back, path) == 3
    assert list(read_csv(back)) == list(read_csv(source))


@pytest.mark.parametrize("line", ["1,A,walk,soon,2000", "1,A,walk", "x,A,walk,1,2"])
def test_a_line_that_is_no_event_is_named(tmp_path, line):
    source = tmp_path / "in.csv"
    source.write_text(f"id,title,kind,start_ms,end_ms\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"in\.csv, line 2"):
        list(read_csv(source))
