"""What is written for a spreadsheet must not run in it, and comes back as it was (case 55)."""

from __future__ import annotations

import csv
import io
import json

import pytest
from builders import bundle_file, raw_claim, raw_event, raw_source

FORMULAS = (
    "=1+1",
    "-5",
    "+5",
    "@x",
    "\t=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|'/C calc'!A0",
    "'=1",
    "\r=1",
    "\n=1",
)
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")


@pytest.fixture
def told(dateline, tmp_path):
    """The path of a document in whose every text a formula stands."""
    path = tmp_path / "d.dateline"
    source = raw_source(title="=1+1", publisher="=1+1", url="=1+1", text=None)
    events = [
        raw_event(
            uid=f"-{number}", title=text, summary=text, place=text, tags=[text],
            when={"text": text, "edtf": "-0043-03-15"}, quantity={"text": text, "low": -5, "unit": text},
            claims=[raw_claim(source["uid"], quote=text, span=None, verb=text, note=text, chain=[{"name": text}])],
        )
        for number, text in enumerate(FORMULAS)
    ]  # fmt: skip
    dateline("new", path)
    file = bundle_file(tmp_path, sources=[source], events=events)
    assert dateline("import", path, file).out.startswith(f"{len(FORMULAS)} added")
    return path


@pytest.mark.parametrize("name", ["csv-events", "csv-claims"])
def test_fault_55_a_table_holds_nothing_that_a_spreadsheet_computes(told, dateline, tmp_path, name):
    out = tmp_path / "o.csv"
    assert dateline("export", told, out, "--format", name).code == 0
    rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == len(FORMULAS) + 1
    texts = [cell for row in rows for cell in row if cell != "-5"]  # a number is one, and not a formula
    assert [cell for cell in texts if cell.startswith(DANGEROUS)] == []


def test_fault_55_our_own_import_of_the_table_gives_the_originals(told, dateline, tmp_path):
    out, again = tmp_path / "o.csv", tmp_path / "again.dateline"
    dateline("export", told, out)
    dateline("new", again)
    assert dateline("import", again, out).out.startswith(f"{len(FORMULAS)} added")
    events = json.loads(dateline("list", again, "--json").out)["events"]
    assert {event["title"] for event in events} == set(FORMULAS)
    assert {event["place"] for event in events} == set(FORMULAS)


def test_fault_55_the_data_package_gives_exactly_the_originals(told, dateline, tmp_path):
    out, again, first, second = (tmp_path / name for name in ("o.zip", "b.dateline", "1.json", "2.json"))
    dateline("export", told, out)
    dateline("new", again)
    ran = dateline("import", again, out)
    assert (ran.code, ran.out.split(",")[0]) == (0, f"{len(FORMULAS)} added")
    dateline("export", told, first)
    dateline("export", again, second)
    assert json.loads(second.read_bytes()) == json.loads(first.read_bytes())
