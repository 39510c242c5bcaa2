"""Documents made with a seed, as large as wanted: what the engine is measured on.

The rows are those that an import writes, in a document that the application itself has created; only they
come by the million. The same number and seed give the same events.
"""

from __future__ import annotations

import hashlib
import sqlite3
from itertools import repeat
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus_dates import DATE_COLUMNS, burst_centres, day_dates, make_dates
from tests.benchmarks.corpus_rows import (
    KINDS,
    Integers,
    add_events,
    add_kinds,
    create_empty,
    date_names,
    filling,
    insert,
    uids,
)
from tests.benchmarks.corpus_words import WORDS, Words, zipf_table
from viewer.domain.dates import PARSER_VERSION

CHUNK = 50_000
ACTORS, PLACES, SOURCES, TAGS = 5_000, 2_000, 2_000, 200
"""How many of each there are, or as many as events where those are fewer."""
CLAIMED = 4
"""Every so many events have a claim."""
_STORED = 50  # every so many sources have their text
_PARAGRAPH, _PARAGRAPHS, _QUOTED = 80, 5, 8
_STANCES = np.array(("supports", "disputes", "mentions"), object)
_ROLES = np.array(("force", "addressee"), object)


def make_document(path: Path, events: int, seed: int = 7) -> None:
    """Create a document of so many events, with their actors, places, sources, tags and claims."""
    create_empty(path)
    with filling(path) as connection:
        corpus = Corpus(connection, np.random.default_rng(seed), events)
        for first in range(1, events + 1, CHUNK):
            corpus.add_events(first, min(CHUNK, events + 1 - first))


class Corpus:
    """Fills a document: first what events refer to, then events, a chunk at a time."""

    def __init__(self, db: sqlite3.Connection, random: np.random.Generator, events: int) -> None:
        self._db, self._random = db, random
        self._words = Words(random)
        self._centres = burst_centres(random)
        self._counts = {
            name: min(most, events)
            for name, most in (("actor", ACTORS), ("place", PLACES), ("source", SOURCES), ("tag", TAGS))
        }
        self._counts["kind"] = add_kinds(db, KINDS)
        self._tables = {name: zipf_table(count, 1 << 16) for name, count in self._counts.items()}
        self._texts: dict[int, tuple[str, list[int]]] = {}
        self._claims = 0
        self._add_names()
        self._add_sources()

    def add_events(self, first: int, count: int) -> None:
        """Add the events with the ids from `first` on, with all that belongs to them."""
        random = self._random
        ids = np.arange(first, first + count)
        titles = random.integers(3, 10, count)
        summaries = random.integers(22, 39, count) - titles
        texts = self._words.phrases(np.stack((titles, summaries), axis=1).ravel())
        places = self._drawn("place", count).astype(object)
        places[random.random(count) < 0.2] = None
        add_events(
            self._db,
            ids,
            uids(random, first, count),
            self._drawn("kind", count).tolist(),
            [text.capitalize() for text in texts[::2]],
            [f"{text}." for text in texts[1::2]],
            make_dates(random, self._centres, count),
            places.tolist(),
        )
        self._add_actors(ids)
        self._add_tags(ids)
        self._add_claims(ids[ids % CLAIMED == 1])

    def _add_actors(self, ids: Integers) -> None:
        one, two = self._drawn("actor", len(ids)), self._drawn("actor", len(ids))
        also = np.flatnonzero((self._random.random(len(ids)) < 0.5) & (one != two))
        owners, actors = np.concatenate((ids, ids[also])), np.concatenate((one, two[also]))
        place = np.repeat((0, 1), (len(ids), len(also)))
        order = np.lexsort((place, owners))
        columns = (owners, place, actors, _ROLES[place])
        self._insert("event_actors", "event_id, position, actor_id, role", *(c[order] for c in columns))

    def _add_tags(self, ids: Integers) -> None:
        tagged = ids[self._random.random(len(ids)) < 1 / 3]
        none = np.zeros_like(tagged)
        self._insert(
            "event_tags", "event_id, position, tag_id", tagged, none, self._drawn("tag", len(tagged))
        )

    def _add_claims(self, ids: Integers) -> None:
        random, count = self._random, len(ids)
        sources = self._drawn("source", count)
        quotes = np.array(self._words.phrases(np.full(count, _QUOTED)), object)
        starts, ends = np.full(count, None, object), np.full(count, None, object)
        for at in np.flatnonzero(np.isin(sources, list(self._texts))):
            quotes[at], starts[at] = self._quoted(int(sources[at]))
            ends[at] = starts[at] + len(quotes[at])
        claims = np.arange(self._claims + 1, self._claims + 1 + count)
        self._claims += count
        self._insert(
            "claims",
            "id, uid, event_id, source_id, quote, span_start, span_end, stance, credibility, retracted",
            *(
                claims,
                np.array(uids(random, int(claims[0]), count), object),
                ids,
                sources,
                quotes,
                starts,
                ends,
            ),
            _STANCES[np.searchsorted((0.85, 0.95), random.random(count))],
            random.integers(1, 7, count),
            (random.random(count) < 0.02).astype(np.int64),
        )
        first = np.zeros_like(claims[::2])
        said = np.full(len(first), "said", object)
        actors = self._drawn("actor", len(first))
        self._insert("claim_hops", "claim_id, position, actor_id, verb", claims[::2], first, actors, said)

    def _quoted(self, source: int) -> tuple[str, int]:
        """Return a passage of a source's text, and where it begins."""
        text, starts = self._texts[source]
        paragraph, word = self._random.integers((_PARAGRAPHS, _PARAGRAPH - _QUOTED))
        first = int(paragraph * _PARAGRAPH + word)
        return text[starts[first] : starts[first + _QUOTED] - 1], starts[first]

    def _add_names(self) -> None:
        for table, count in (("actors", self._counts["actor"]), ("places", self._counts["place"])):
            rows = zip(range(1, count + 1), uids(self._random, 1, count), self._names(count), strict=True)
            insert(self._db, table, "id, uid, name", rows)
        insert(self._db, "tags", "id, name", enumerate(self._words.all[-self._counts["tag"] :], 1))

    def _names(self, count: int) -> list[str]:
        """Return names of two words, each another one."""
        words, firsts = self._words.all, self._random.permutation(WORDS)[:count].tolist()
        return [f"{words[at].title()} {words[at * 7 % WORDS].title()}" for at in firsts]

    def _add_sources(self) -> None:
        random, count = self._random, self._counts["source"]
        ids = range(1, count + 1)
        self._texts.update((source, self._text()) for source in ids[_STORED - 1 :: _STORED])
        texts = [self._texts[source][0] if source in self._texts else None for source in ids]
        shas = [None if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts]
        titles = [title.capitalize() for title in self._words.phrases(random.integers(3, 10, count))]
        grades = np.array((*"ABCDEF", None, None), object)[random.integers(0, 8, count)].tolist()
        names = "id, uid, title, publisher, language, reliability, text, text_sha256"
        about = (ids, uids(random, 1, count), titles, self._names(count), repeat("en"), grades, texts, shas)
        days = self._centres[random.integers(0, len(self._centres), count)]
        published = day_dates(days + random.integers(0, 10**8, count)).columns()
        dates = f"{date_names('published')}, published_parser"
        rows = zip(*about, *published, repeat(PARSER_VERSION), strict=False)
        insert(self._db, "sources", f"{names}, {dates}", rows)
        undated = (np.flatnonzero(random.random(count) < 0.05) + 1).tolist()
        nothing = ", ".join(f"published_{name} = NULL" for name in (*DATE_COLUMNS, "parser"))
        self._db.executemany(f"UPDATE sources SET {nothing} WHERE id = ?", zip(undated, strict=True))

    def _text(self) -> tuple[str, list[int]]:
        """Return a text in paragraphs, and where each of its words begins."""
        words = self._words.drawn(_PARAGRAPH * _PARAGRAPHS)
        starts = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
        paragraphs = (words[at : at + _PARAGRAPH] for at in range(0, len(words), _PARAGRAPH))
        return "\n".join(" ".join(paragraph) for paragraph in paragraphs), starts

    def _drawn(self, what: str, count: int) -> Integers:
        """Return the ids of what is drawn, the first ones by far the most often."""
        table = self._tables[what]
        return table[self._random.integers(0, len(table), count)].astype(np.int64) + 1

    def _insert(self, table: str, names: str, *columns: np.ndarray) -> None:
        insert(self._db, table, names, zip(*(column.tolist() for column in columns), strict=True))
