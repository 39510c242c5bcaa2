"""Documents with thousands of events, made in a moment: a few are saved as a user would, then copied."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from builders import a_claim, a_source, an_event

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.records import Part

LARGE = 6_000
"""More than are prepared at once."""

WORDS = ("harbour", "bridge", "railway", "airfield", "depot", "crossing", "ridge", "village")


def make_large(path, events=LARGE):
    """Create a document of so many events.

    The first has two claims that clash and one that disputes it; of the others every fifth is undated. The
    n-th is called "<word> n", its word one of WORDS in turn; odd ones name Alpha, each third names Beta.
    """
    document = Document.create(path)
    source, later = (
        a_source(uid=uid, title=title, published=from_edtf(day))
        for uid, title, day in (("s1", "First paper", "2024-06-01"), ("s2", "Later paper", "2025-03-01"))
    )
    claims = (
        a_claim(source, when=from_edtf("2024-01-03")),
        a_claim(later, when=from_edtf("2024-02-03")),
        a_claim(later, stance="disputes"),
    )
    document.save_event(
        an_event(
            title="Rivals meet",
            when=from_edtf("2024-01-03"),
            claims=claims,
            actors=(Part(name="Alpha", role="force"), Part(name="Beta", role="force")),
            place="Northern shore",
        ),
        new_sources=[source, later],
    )
    for kind in ("deployment", "withdrawal", "statement"):
        document.save_event(an_event(title=f"Model {kind}", kind=kind, when=from_edtf("2024-01-04")))
    document.close()
    with closing(sqlite3.connect(path)) as connection:
        _copy(connection, events)
        connection.commit()
    return path


def _copy(connection, events):
    first = connection.execute("SELECT max(id) + 1 FROM events").fetchone()[0]
    names = [row[1] for row in connection.execute("PRAGMA table_info(events)")]
    moved = {
        name for name in names if name in ("when_start_lo", "when_start_hi", "when_end_lo", "when_end_hi")
    }
    dated = {name for name in names if name.startswith("when_")}
    columns = []
    for name in names:
        if name == "id":
            columns.append("n.i")
        elif name == "uid":
            columns.append("'copy-' || n.i")
        elif name == "title":
            words = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(WORDS))
            columns.append(f"(CASE n.i % {len(WORDS)} {words} END) || ' ' || n.i")
        elif name in moved:
            columns.append(f"iif(n.i % 5, {name} + 86400 * (n.i % 700), NULL)")
        elif name in dated:
            columns.append(f"iif(n.i % 5, {name}, NULL)")
        else:
            columns.append(f'"{name}"')
    connection.execute(
        f"""WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {events})
        INSERT INTO events ({", ".join(names)}) SELECT {", ".join(columns)}
        FROM n JOIN events ON events.id = 2 + n.i % 3"""
    )
    for actor, step in (("Alpha", 2), ("Beta", 3)):
        connection.execute(
            """INSERT INTO event_actors (event_id, actor_id, role, position)
            SELECT events.id, (SELECT id FROM actors WHERE name = ?), 'force', ? FROM events
            WHERE events.id >= ? AND events.id % ? = 1""",
            (actor, step, first, step),
        )
