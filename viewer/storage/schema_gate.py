"""The schema gate: what a file defines is compared with our own schema before anything of it can run.

`trusted_schema=OFF` does not keep a stranger's trigger from running; only this comparison does. It reads one
table, the schema itself, in which nothing is executed.
"""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

from viewer.storage.errors import refused
from viewer.storage.schema import SchemaRow, canonical_schema, schema_rows

_DATA_ONLY = "It was not opened and nothing in it was run. Its plain rows can be brought into a new document."
_GENERATED = re.compile(r"\bGENERATED\b|\bAS\s*\(", re.IGNORECASE)


@cache
def _expected() -> frozenset[SchemaRow]:
    return frozenset(canonical_schema())


def check_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that defines anything else than a document of this version.

    Raises:
        OpenError: program-code or other-schema; `data_only` can bring its rows into a new document.
        sqlite3.Error: the schema cannot be read.
    """
    found, expected = frozenset(schema_rows(connection)), _expected()
    if found == expected:
        return
    code = sorted(row[1] for row in found - expected if _is_code(row))
    if code:
        raise refused(
            path,
            "program-code",
            f"contains program code that Dateline did not write ({', '.join(code[:3])})",
            _DATA_ONLY,
        )
    odd = sorted({row[1] for row in found ^ expected})
    raise refused(
        path, "other-schema", f"differs from Dateline's own tables ({', '.join(odd[:3])})", _DATA_ONLY
    )


def _is_code(row: SchemaRow) -> bool:
    kind, name, _, sql = row
    text = sql if isinstance(sql, str) else ""
    if kind in ("trigger", "view") or text[:20].upper().startswith("CREATE VIRTUAL"):
        return True
    ours = {expected[1] for expected in _expected()}
    return name in ours and _GENERATED.search(text) is not None
