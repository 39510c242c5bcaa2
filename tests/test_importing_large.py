"""A file too large for its edit to be held: brought in part by part, as one edit, taken back and brought again."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from viewer.document import Document
from viewer.formats.reading import PART
from viewer.storage.spool import MOST_HELD

ROWS = MOST_HELD // 2 + 100


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rows.csv"
    lines = ["id,title,date,place,source"]
    lines += [f"r{n},Entry {n},2024-{n % 12 + 1:02},Place {n % 50},Outlet {n % 7}" for n in range(ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def made(tmp_path, dateline):
    path = tmp_path / "d.dateline"
    assert dateline("new", path).code == 0
    return path


def test_a_large_file_is_one_edit_and_one_undo(made, table, dateline):
    assert ROWS > 2 * PART
    ran = json.loads(dateline("import", made, table, "--json").out)
    assert (ran["added"], ran["refused"]) == (ROWS, 0)
    with closing(Document.open(made)) as document:
        assert len(document.store.edits()) == 1
        assert document.event_count == ROWS
        assert sum(1 for _ in document.store.sources()) == 7
        assert not document.check()
        before = document.store.dump()
        document.undo()
        assert document.event_count == 0
        assert not any(rows for table, rows in document.store.dump().items() if table != "kinds")
        document.redo()
        assert document.store.dump() == before


def test_again_it_changes_nothing_and_changed_only_what_changed(made, table, dateline):
    dateline("import", made, table)
    again = json.loads(dateline("import", made, table, "--json").out)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, ROWS)
    table.write_text(table.read_text().replace("r7,Entry 7,", "r7,Entry seven,"))
    third = json.loads(dateline("import", made, table, "--json").out)
    assert (third["added"], third["updated"], third["unchanged"]) == (0, 1, ROWS - 1)
