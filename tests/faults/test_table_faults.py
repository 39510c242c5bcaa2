"""Fault cases of tables: every oddity is told by its row, no row is lost in silence, no date is made up."""

from __future__ import annotations

import json

import pytest

FAULTY = (
    b"\xef\xbb\xbfid,title,date,note,note\r\n"
    b"1,plain,2024-02-01,a,b\r\n"
    b'2,"unclosed,2024-02-02,a,b\n'
    b"3,ragged\r"
    b"4,long,2024-02-04,a,b,c\n"
    b"5,n\0l,2024-02-05,a,b\n"
    b"6,wide,2024-02-06," + b"word " * 40_000 + b",b\n"
    b"7,caf\xe9,2024-02-07,a,b\n"
)


def brought(dateline, made, file, *options):
    ran = dateline("import", made, file, "--json", *options)
    assert "Traceback" not in ran.err
    return ran, json.loads(ran.out)


def events(dateline, made):
    return {event["title"]: event for event in json.loads(dateline("list", made, "--json").out)["events"]}


def test_fault_47_a_table_with_every_fault_loses_no_row_and_names_each(tmp_path, made, dateline):
    file = tmp_path / "faulty.csv"
    file.write_bytes(FAULTY)
    ran, told = brought(dateline, made, file)
    assert ran.code in (0, 1)
    assert told["added"] == 7
    assert told["refused"] == 0
    by_line = {}
    for problem in told["problems"]:
        by_line.setdefault(problem["line"], []).append(problem["message"])
    for line, words in [(3, "quote"), (4, "2 of 5"), (5, "more cells"), (6, "NUL")]:
        assert any(words in message for message in by_line[line]), (line, words)
    assert any("Windows-1252" in message or "not UTF-8" in message for message in by_line[8])
    assert any("more than one column" in problem["message"] for problem in told["problems"])
    found = events(dateline, made)
    assert {"plain", '"unclosed', "ragged", "long", "n�l", "wide"} <= found.keys()
    assert len(found["wide"]["summary"]) == 199_999


@pytest.mark.parametrize("cell", ["10", "March", "12:30", "2024-02-30", "99999-01-01", "1" * 5_000])
def test_fault_51_no_date_of_a_table_is_completed_from_today(tmp_path, made, dateline, cell):
    file = tmp_path / "dates.csv"
    file.write_text(f"title,date\nthe one,{cell}\n")
    _, told = brought(dateline, made, file)
    assert told["added"] == 1
    when = events(dateline, made)["the one"]["when"]
    assert when["text"] == cell[:1000]
    assert when.get("earliest") in (None, "unknown")
    assert when.get("edtf") == ("XXXX-03" if cell == "March" else None)
    assert cell == "March" or any(problem["line"] == 2 for problem in told["problems"])


def test_fault_50_a_table_brought_in_twice_makes_no_doubles(tmp_path, made, dateline):
    file = tmp_path / "table.csv"
    file.write_text("title,date,source\na,2024-02-01,S\na,2024-02-01,S\nb,,T\n")
    assert brought(dateline, made, file)[1]["added"] == 3
    _, again = brought(dateline, made, file)
    assert (again["added"], again["unchanged"]) == (0, 3)
