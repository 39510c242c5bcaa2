"""Importing by the command line: what it says of very many problems; what a user changed of a kind stays."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
from builders import bundle_file

from viewer.document import Document
from viewer.domain.edits import Change, Edit
from viewer.import_commands import PROBLEMS_KEPT

EXTRA = 25


@pytest.fixture
def empty(tmp_path, dateline):
    path = tmp_path / "d.dateline"
    assert dateline("new", path).code == 0
    return path


def test_only_so_many_problems_are_told_one_by_one(empty, dateline, tmp_path):
    file = bundle_file(tmp_path, events=[{}] * (PROBLEMS_KEPT + EXTRA))
    ran = dateline("import", empty, file)
    assert ran.err.splitlines()[-1].startswith(f"… and {EXTRA} more")
    assert len(ran.err.splitlines()) == PROBLEMS_KEPT + 1
    told = json.loads(dateline("import", empty, file, "--json").out)
    assert told["refused"] == PROBLEMS_KEPT + EXTRA
    assert told["problems"][-1] == {"file": "", "line": None, "path": "", "message": f"… and {EXTRA} more"}


TIMELINE = {
    "events": [{"unique_id": "a", "start_date": {"year": "2024"}, "text": {"headline": "A"}}],
    "eras": [{"start_date": {"year": "2020"}, "end_date": {"year": "2024"}, "text": {"headline": "E"}}],
}
ACLED = "event_id_cnty,event_date,time_precision,event_type,actor1,fatalities\nX1,01 May 2024,1,Battles,A,3\n"


@pytest.mark.parametrize(("name", "content"), [("t.json", json.dumps(TIMELINE)), ("acled.csv", ACLED)])
def test_a_kind_that_the_user_has_changed_stays_when_a_file_comes_again(
    empty, dateline, tmp_path, name, content
):
    file = tmp_path / name
    file.write_text(content)
    assert dateline("import", empty, file).code in (0, 1)
    with closing(Document.open(empty)) as document:
        brought = [kind for kind in document.store.kinds() if kind.id > 3]
        assert brought
        for kind in brought:
            change_kind(document, kind)
        changed = document.store.kinds()
    file.write_text(content.replace("A", "B").replace("BCLED", "ACLED"))
    assert dateline("import", empty, file).code in (0, 1)
    with closing(Document.open(empty)) as document:
        assert document.store.kinds() == changed


def change_kind(document, kind):
    before = {"label": kind.label, "colour": kind.colour}
    after = {"label": "My own", "colour": "#123456"}
    document.do(Edit(uid=f"k{kind.id}", label="Kind", changes=(Change("kinds", kind.id, before, after),)))
