"""The document's schema: plain STRICT tables that open in any SQLite tool.

Pure data: no triggers, views, virtual tables or generated columns, so that a stranger's file can be compared
with this text before anything in it runs. Times are integer seconds, UTC, proleptic Gregorian, inclusive; a
bound that is open or unknown is NULL and its state column says which.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x44544C4E  # "DTLN"
SCHEMA_VERSION = 1
MIGRATIONS_TABLE = "_sqlite_migrations"

_RECORD = "id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE"
_ROW = "id INTEGER PRIMARY KEY AUTOINCREMENT"


def _when(prefix: str) -> str:
    """Return the columns of a fuzzy date."""
    p = prefix
    states = "('known', 'open', 'unknown')"
    return f"""
    {p}_text TEXT, {p}_edtf TEXT,
    {p}_start_lo INTEGER, {p}_start_hi INTEGER, {p}_end_lo INTEGER, {p}_end_hi INTEGER,
    {p}_earliest_state TEXT CHECK ({p}_earliest_state IN {states}),
    {p}_latest_state TEXT CHECK ({p}_latest_state IN {states}),
    {p}_shape TEXT CHECK ({p}_shape IN ('point', 'span', 'set')), {p}_precision TEXT,
    {p}_approximate INTEGER, {p}_uncertain INTEGER, {p}_convention INTEGER, {p}_ambiguous INTEGER,
    {p}_zone TEXT, {p}_reference TEXT, {p}_language TEXT, {p}_rule TEXT, {p}_parser INTEGER"""


_QUANTITY = """
    quantity_text TEXT,
    quantity_low ANY CHECK (typeof(quantity_low) IN ('integer', 'real', 'null')),
    quantity_high ANY CHECK (typeof(quantity_high) IN ('integer', 'real', 'null')),
    quantity_qualifier TEXT, quantity_unit TEXT, quantity_measure TEXT"""

_TABLES = (
    f"""CREATE TABLE kinds (
    {_ROW}, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL, shape TEXT NOT NULL, colour TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE actors (
    {_RECORD}, name TEXT NOT NULL UNIQUE, aliases TEXT NOT NULL DEFAULT '[]',
    parent_id INTEGER REFERENCES actors(id), extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE places (
    {_RECORD}, name TEXT NOT NULL UNIQUE, aliases TEXT NOT NULL DEFAULT '[]',
    parent_id INTEGER REFERENCES places(id), latitude REAL, longitude REAL, precision TEXT,
    extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE imports (
    {_RECORD}, at INTEGER NOT NULL, file_name TEXT, sha256 TEXT, format TEXT, profile TEXT,
    counts TEXT NOT NULL DEFAULT '{{}}', problems TEXT NOT NULL DEFAULT '[]'
) STRICT""",
    f"""CREATE TABLE events (
    {_RECORD}, kind_id INTEGER NOT NULL REFERENCES kinds(id), title TEXT NOT NULL, summary TEXT,{_when("when")},
    place_id INTEGER REFERENCES places(id), origin_place_id INTEGER REFERENCES places(id),{_QUANTITY},
    import_id INTEGER REFERENCES imports(id), extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE event_actors (
    {_ROW}, event_id INTEGER NOT NULL REFERENCES events(id), position INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES actors(id), role TEXT NOT NULL, extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE event_links (
    {_ROW}, from_event_id INTEGER NOT NULL REFERENCES events(id), position INTEGER NOT NULL,
    to_event_id INTEGER NOT NULL REFERENCES events(id), relation TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE sources (
    {_RECORD}, title TEXT NOT NULL, publisher TEXT, author TEXT, medium TEXT, url TEXT, archived_url TEXT,
    language TEXT,{_when("published")},{_when("accessed")},
    reliability TEXT, text TEXT, text_sha256 TEXT, derived_from_id INTEGER REFERENCES sources(id),
    import_id INTEGER REFERENCES imports(id), extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE claims (
    {_RECORD}, event_id INTEGER NOT NULL REFERENCES events(id), source_id INTEGER NOT NULL REFERENCES sources(id),
    quote TEXT, span_start INTEGER, span_end INTEGER, prefix TEXT, suffix TEXT,
    stance TEXT NOT NULL DEFAULT 'supports' CHECK (stance IN ('supports', 'disputes', 'mentions')),
    verb TEXT, credibility INTEGER CHECK (credibility BETWEEN 1 AND 6),{_when("when")},{_QUANTITY},
    statement_event_id INTEGER REFERENCES events(id), note TEXT, retracted INTEGER NOT NULL DEFAULT 0,
    extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"""CREATE TABLE claim_hops (
    {_ROW}, claim_id INTEGER NOT NULL REFERENCES claims(id), position INTEGER NOT NULL,
    actor_id INTEGER REFERENCES actors(id), wording TEXT, anonymous INTEGER, verb TEXT,
    extra TEXT NOT NULL DEFAULT '{{}}'
) STRICT""",
    f"CREATE TABLE tags ({_ROW}, name TEXT NOT NULL UNIQUE) STRICT",
    f"""CREATE TABLE event_tags (
    {_ROW}, event_id INTEGER NOT NULL REFERENCES events(id), position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags(id)
) STRICT""",
    f"CREATE TABLE views ({_RECORD}, name TEXT NOT NULL, definition TEXT NOT NULL) STRICT",
    f"""CREATE TABLE edits (
    {_RECORD}, at INTEGER NOT NULL, author TEXT, label TEXT NOT NULL, reason TEXT,
    undoes_id INTEGER REFERENCES edits(id)
) STRICT""",
    f"""CREATE TABLE edit_changes (
    {_ROW}, edit_id INTEGER NOT NULL REFERENCES edits(id), table_name TEXT NOT NULL, row_id INTEGER NOT NULL,
    "before" TEXT, "after" TEXT
) STRICT""",
    """CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1), uid TEXT NOT NULL, revision INTEGER NOT NULL,
    title TEXT, language TEXT, extra TEXT NOT NULL DEFAULT '{}'
) STRICT""",
)

_INDEXES = (
    "CREATE INDEX events_place ON events(place_id)",
    "CREATE INDEX event_actors_event ON event_actors(event_id)",
    "CREATE INDEX event_actors_actor ON event_actors(actor_id)",
    "CREATE INDEX event_links_from ON event_links(from_event_id)",
    "CREATE INDEX event_links_to ON event_links(to_event_id)",
    "CREATE INDEX claims_event ON claims(event_id)",
    "CREATE INDEX claims_source ON claims(source_id)",
    "CREATE INDEX claims_statement ON claims(statement_event_id)",
    "CREATE INDEX claim_hops_claim ON claim_hops(claim_id)",
    "CREATE INDEX event_tags_event ON event_tags(event_id)",
    "CREATE INDEX edit_changes_edit ON edit_changes(edit_id)",
)

EDITABLE_TABLES = frozenset(
    (
        "kinds", "actors", "places", "imports", "events", "event_actors", "event_links", "sources", "claims",
        "claim_hops", "tags", "event_tags", "views", "meta",
    )
)  # fmt: skip
"""Tables that an Edit may touch; the log itself is written by the store alone."""


def migrations() -> Migrations:
    """Return the steps that lead from an empty file to the present schema."""
    from sqlite_utils import Migrations  # 0.2 s of imports that opening a document does not need

    steps = Migrations("viewer")

    @steps()
    def initial(db: Database) -> None:
        for statement in (*_TABLES, *_INDEXES):
            db.execute(statement)

    return steps


SchemaRow = tuple[str, str, str, str | None]


def schema_rows(connection: sqlite3.Connection) -> set[SchemaRow]:
    """Return what a file defines: (type, name, table, SQL) of each object but the migrations' own."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return {row for row in rows if not _is_migrations_own(row)}


def _is_migrations_own(row: SchemaRow) -> bool:
    kind, _, table, sql = row
    plain = sql is None or sql.upper().startswith(("CREATE TABLE ", "CREATE UNIQUE INDEX "))
    return table == MIGRATIONS_TABLE and kind in ("table", "index") and plain


def canonical_schema() -> set[SchemaRow]:
    """Return the objects that a document of this version defines, and no others."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in (*_TABLES, *_INDEXES):
            connection.execute(statement)
        return schema_rows(connection)
    finally:
        connection.close()
