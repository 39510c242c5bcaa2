"""Bringing a document of an older format up to date: on a copy, which takes its place only when all is well.

The document stays byte for byte as it was until then, and a backup of it is kept. A failure is remembered with
the file, so that it is not tried again at every start without anybody asking.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from viewer.frozen import dataclass
from viewer.storage.backups import Backup, Backups
from viewer.storage.connection import connect, copy_database, write
from viewer.storage.errors import OpenError, StorageError, WriteError, refused
from viewer.storage.files import clear_away, sync_folder, temporary_beside, write_whole
from viewer.storage.open_files import is_open
from viewer.storage.opening import FAILURES, quick_check
from viewer.storage.schema import SchemaRow, canonical_schema, schema_rows


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from the format before to format `version`; `run` neither begins nor ends a transaction."""

    version: int
    run: Callable[[sqlite3.Connection], None]


STEPS: tuple[Step, ...] = ()
"""There is no older format yet."""


def migrate(
    path: Path,
    *,
    backups: Backups,
    failures: Path,
    at: int,
    steps: Sequence[Step] = STEPS,
    schema: frozenset[SchemaRow] | None = None,
    again: bool = False,
) -> Backup:
    """Bring a closed document up to the format of the last step; return the backup of it as it was.

    `failures`: the folder in which a failure is remembered; `again`: try although it failed before. `schema`: what
    the result must define, row for row, else the present schema.

    Raises:
        OpenError: it is open, damaged, not as old, or it failed before; it is as it was.
        WriteError: it failed, or the disk has too little space; the document is as it was.
    """
    path = path.resolve()
    if is_open(path):
        raise refused(path, "already-open", "is open", "Close it first.")
    import hashlib  # 10 ms of OpenSSL, which most starts do without

    memory = failures / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}.json"
    if not again:
        _expect_no_failure(path, memory, steps[-1].version)
    _expect_space(path)
    temporary: Path | None = None
    try:
        temporary = temporary_beside(path)
        with closing(connect(path)) as connection:
            quick_check(path, connection)
            kept = backups.make_from(connection, path, "migration", at=at)
            copy_database(connection, temporary)
            _apply(temporary, steps)
            _verify(temporary, frozenset(canonical_schema()) if schema is None else schema)
            shutil.copymode(path, temporary)
            os.replace(temporary, path)
        sync_folder(path.parent)
    except OpenError:
        raise
    except (StorageError, *FAILURES) as error:
        _remember(path, memory, steps[-1].version)
        raise WriteError(
            "migration-failed",
            f"“{path.name}” could not be brought up to date: {error}.",
            "The document is as it was; a version of Dateline that knows its format opens it.",
            path=path,
        ) from error
    finally:
        clear_away(temporary)
    clear_away(memory)
    return kept


def _expect_space(path: Path) -> None:
    size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    if free < 2 * size:
        raise WriteError(
            "no-space",
            f"“{path.name}” was not brought up to date: that takes {2 * size} bytes, and {free} are free.",
            "Make room on the disk, then open it again. Nothing was changed.",
            path=path,
        )


def _apply(copy: Path, steps: Sequence[Step]) -> None:
    """Run all steps that lead on from a copy's format in one transaction; its format is told last."""
    with closing(connect(copy)) as connection:
        connection.execute(
            "PRAGMA foreign_keys=OFF"
        )  # tables are rebuilt; all references are checked afterwards
        with write(connection):
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            for step in steps:
                if step.version <= version:
                    continue
                if step.version != version + 1:
                    raise ValueError(f"no step leads from format {version} to {step.version}")
                step.run(connection)
                version = step.version
            connection.execute(f"PRAGMA user_version={version}")


def _verify(copy: Path, schema: frozenset[SchemaRow]) -> None:
    with closing(connect(copy)) as connection:
        if frozenset(schema_rows(connection)) != schema:
            raise ValueError("the result does not have the tables of the new format")
        quick_check(copy, connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise ValueError("the result has broken references")


def _remember(path: Path, memory: Path, version: int) -> None:
    """Remember a failure as well as the disk allows; the message is shown in any case."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(memory, json.dumps(_mark(path, version)).encode(), private=True)
    except (OSError, WriteError):
        pass


def _expect_no_failure(path: Path, memory: Path, version: int) -> None:
    try:
        failed = json.loads(memory.read_bytes()) == _mark(path, version)
    except (OSError, ValueError, RecursionError):
        return
    if failed:
        raise refused(
            path,
            "migration-failed-before",
            "could not be brought up to date last time, and nothing has changed since",
            "Try again when you want to; the document is as it was.",
        )


def _mark(path: Path, version: int) -> list[int]:
    """Return what tells this attempt from one with another file or another version of Dateline."""
    found = path.stat()
    return [version, found.st_size, found.st_mtime_ns]
