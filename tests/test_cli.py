"""The command line: what each command prints and its exit code, in the words of the contract."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest
from builders import bundle_file, raw_claim, raw_event, raw_source
from untouched import assert_untouched

from viewer.document import Document

EVENT_KEYS = {
    "uid", "kind", "title", "summary", "when", "place", "actors", "quantity", "links", "tags", "claims",
}  # fmt: skip


# new


def test_new_makes_an_empty_document(tmp_path, dateline):
    path = tmp_path / "a.dateline"
    ran = dateline("new", path)
    assert (ran.code, ran.out) == (0, "")
    assert str(path) in ran.err
    assert json.loads(dateline("list", path, "--json").out) == {"events": [], "hidden": 0}
    assert json.loads(dateline("log", path, "--json").out) == {"edits": []}


def test_new_with_the_sample(tmp_path, dateline):
    path = tmp_path / "a.dateline"
    assert dateline("new", path, "--sample").code == 0
    assert len(json.loads(dateline("list", path, "--json").out)["events"]) == 16
    assert dateline("check", path).code == 0


@pytest.mark.parametrize("more", [[], ["--sample"]])
def test_new_refuses_to_overwrite(made, dateline, more):
    with assert_untouched(made):
        ran = dateline("new", made, *more)
    assert ran.code == 2
    assert "exists already" in ran.err


@pytest.mark.parametrize("name", ["missing/a.dateline", "n" * 300])
def test_new_where_nothing_can_be_made(tmp_path, dateline, name):
    ran = dateline("new", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert "could not be created" in ran.err


# import


def test_import_reports_in_the_contracts_words(tmp_path, dateline, sample):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    ran = dateline("import", path, sample, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == {"added": 16, "updated": 0, "unchanged": 0, "refused": 0, "problems": []}


def test_importing_twice_adds_nothing(made, dateline, sample):
    with assert_untouched(made):
        ran = dateline("import", made, sample, "--json")
    assert json.loads(ran.out) == {"added": 0, "updated": 0, "unchanged": 16, "refused": 0, "problems": []}
    assert len(json.loads(dateline("log", made, "--json").out)["edits"]) == 1


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path, dateline):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    source = raw_source()
    odd = bundle_file(
        tmp_path,
        sources=[source],
        events=[
            raw_event(claims=[raw_claim(source["uid"], span=[0, 5])]),
            {"uid": "no kind"},
            raw_event(kind="raid"),
        ],
    )
    with assert_untouched(path):
        dry = dateline("import", path, odd, "--dry-run", "--json")
    done = dateline("import", path, odd, "--json")
    assert dry == done
    assert (json.loads(done.out)["added"], json.loads(done.out)["refused"]) == (2, 1)
    assert len(json.loads(dateline("list", path, "--json").out)["events"]) == 2


def test_problems_are_named_by_file_line_and_path_and_exit_1(tmp_path, dateline):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    odd = bundle_file(tmp_path, events=[raw_event(), raw_event(links=[{"to": "gone", "relation": "about"}])])
    ran = dateline("import", path, odd, "--json")
    (problem,) = json.loads(ran.out)["problems"]
    assert ran.code == 1
    assert problem.keys() == {"file", "line", "path", "message"}
    assert (problem["file"], problem["path"]) == ("in.json", "events[1].links[0].to")
    assert odd.read_text().splitlines()[problem["line"] - 1].strip() == "{"
    assert json.loads("\n".join(odd.read_text().splitlines()[problem["line"] - 1 :])[:-4].rstrip(" ]\n"))
    ran = dateline("import", path, odd)
    assert ran.code == 1
    assert ran.out == "0 added, 0 updated, 2 unchanged, 0 refused\n"
    assert f"in.json:{problem['line']}: events[1].links[0].to: " in ran.err


def test_an_updated_event_is_one_edit(made, dateline, tmp_path, sample):
    bundle = json.loads(sample.read_text())
    bundle["events"][3]["title"] = "Another title"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(bundle))
    ran = dateline("import", made, changed, "--json")
    assert json.loads(ran.out) == {"added": 0, "updated": 1, "unchanged": 15, "refused": 0, "problems": []}
    labels = [edit["label"] for edit in json.loads(dateline("log", made, "--json").out)["edits"]]
    assert labels == ["Import kursk.json", "Import changed.json"]


def test_several_inputs_are_one_edit(tmp_path, dateline):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    first = bundle_file(tmp_path, "1.json", sources=[raw_source(uid="s")], events=[raw_event(uid="a")])
    second = bundle_file(
        tmp_path,
        "2.json",
        events=[raw_event(uid="b", claims=[raw_claim("s")], links=[{"to": "a", "relation": "about"}])],
    )
    ran = dateline("import", path, first, second, "--json")
    assert json.loads(ran.out) == {"added": 2, "updated": 0, "unchanged": 0, "refused": 0, "problems": []}
    assert [edit["label"] for edit in json.loads(dateline("log", path, "--json").out)["edits"]] == [
        "Import 1.json, 2.json"
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not JSON"),
        (b"no json", "not JSON"),
        (b"{\n", "in.json:2: not JSON"),
        (b"[]", "expected one JSON object"),
        (b"{}", "not a bundle"),
        (b'{"format": "other", "version": 1}', "not a bundle"),
        (b'{"format": "dateline", "version": 2}', "version 2"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"format": "dateline", "version": 1, "events": ' + b"[" * 100_000, "too deep"),
    ],
)
def test_an_input_that_cannot_be_read_exits_2_and_changes_nothing(tmp_path, dateline, data, told):
    path, odd = tmp_path / "k.dateline", tmp_path / "in.json"
    dateline("new", path)
    odd.write_bytes(data)
    with assert_untouched(path):
        for more in ([], ["--json"], ["--dry-run"]):
            ran = dateline("import", path, odd, *more)
            assert (ran.code, ran.out) == (2, "")
            assert told in ran.err
            assert "in.json" in ran.err
            assert "Nothing was imported" in ran.err


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_an_input_that_is_not_there_exits_2(made, dateline, tmp_path, name):
    with assert_untouched(made):
        ran = dateline("import", made, tmp_path / name)
    assert ran.code == 2
    assert "cannot be read" in ran.err


# export


def test_export_import_export_is_identical(made, dateline, tmp_path):
    first, other, second = tmp_path / "1.json", tmp_path / "other.dateline", tmp_path / "2.json"
    assert dateline("export", made, first).code == 0
    dateline("new", other)
    assert dateline("import", other, first).code == 0
    assert dateline("export", other, second).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_export_writes_what_a_filter_shows(made, dateline, tmp_path):
    out = tmp_path / "out.json"
    assert dateline("export", made, out, "--kind", "withdrawal").code == 0
    assert {event["kind"] for event in json.loads(out.read_text())["events"]} == {"withdrawal"}


def test_export_goes_by_the_ending_or_the_format(made, dateline, tmp_path):
    assert dateline("export", made, tmp_path / "out.txt").code == 2
    assert not (tmp_path / "out.txt").exists()
    assert dateline("export", made, tmp_path / "out.txt", "--format", "bundle").code == 0
    assert json.loads((tmp_path / "out.txt").read_text())["format"] == "dateline"


def test_export_never_writes_over_the_document(made, dateline, tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(made)
    with assert_untouched(made):
        for target in (made, link):
            ran = dateline("export", made, target, "--format", "bundle")
            assert (ran.code, ran.out) == (2, "")
            assert "is this document" in ran.err


def test_an_export_that_fails_leaves_the_older_file(made, dateline, tmp_path):
    (tmp_path / "folder.json").mkdir()
    with assert_untouched(made):
        for name in ("folder.json", "missing/out.json"):
            ran = dateline("export", made, tmp_path / name)
            assert ran.code == 2
            assert "could not be written" in ran.err


# list and show


def test_list_prints_events_in_order_of_time_the_undated_last(made, dateline):
    listed = json.loads(dateline("list", made, "--json").out)
    assert listed.keys() == {"events", "hidden"}
    assert (len(listed["events"]), listed["hidden"]) == (16, 0)
    assert all(event.keys() >= EVENT_KEYS for event in listed["events"])
    dated = [event["when"] is not None for event in listed["events"]]
    assert dated == sorted(dated, reverse=True)
    days = [e["when"]["earliest"].replace("-inf", "") for e in listed["events"] if e["when"]]
    assert [day for day in days if day != "unknown"] == sorted(day for day in days if day != "unknown")
    ran = dateline("list", made)
    assert len(ran.out.splitlines()) == 16
    assert ran.err == "16 events\n"
    assert all(event["uid"] in ran.out for event in listed["events"])


@pytest.mark.parametrize(
    "filters",
    [
        ["--kind", "deployment"],
        ["--kind", "deployment", "--kind", "withdrawal"],
        ["--actor", "zelensky"],
        ["--place", "koursk"],
        ["--search", "fevrier"],
        ["--from", "Feb 2025", "--to", "2025-02-28"],
        ["--from", "Feb 2025", "--to", "2025-02-28", "--certainly"],
        ["--to", "2024-12", "--certainly"],
        ["--tag", "no such tag"],
        ["--source", "Condensé"],
        ["--as-known-on", "2024"],
    ],
    ids=" ".join,
)
def test_what_a_filter_hides_is_counted(made, dateline, filters):
    ran = dateline("list", made, *filters, "--json")
    listed = json.loads(ran.out)
    assert ran.code == 0
    assert len(listed["events"]) + listed["hidden"] == 16
    plain = dateline("list", made, *filters)
    assert len(plain.out.splitlines()) == len(listed["events"])
    assert (f"{listed['hidden']} hidden" in plain.err) == bool(listed["hidden"])


def test_possibly_is_more_than_certainly(made, dateline):
    period = ["--from", "2025-02-05", "--to", "2025-02-19"]
    found = {
        how: {
            e["uid"]
            for e in json.loads(dateline("list", made, *period, *how.split(), "--json").out)["events"]
        }
        for how in ("", "--possibly", "--certainly")
    }
    assert found["--certainly"] < found["--possibly"] == found[""]


@pytest.mark.parametrize("option", ["--from", "--to", "--as-known-on"])
@pytest.mark.parametrize(
    "text", ["10", "March", "12:30", "2024-02-30", "99999-01-01", "9" * 5_000, "", "x", "\x00"]
)
def test_fault_51_a_date_is_never_completed_from_today(made, dateline, option, text):
    ran = dateline("list", made, option, text)
    assert (ran.code, ran.out) == (2, "")
    assert f"Invalid value for '{option}'" in ran.err
    assert len(ran.err) < 1_000


@pytest.mark.parametrize(
    ("option", "text"), [("--from", "../2025"), ("--to", "2025/.."), ("--as-known-on", "2025/..")]
)
def test_a_period_needs_the_end_that_it_is_asked_for(made, dateline, option, text):
    ran = dateline("list", made, option, text)
    assert (ran.code, ran.out) == (2, "")
    assert option in ran.err


def test_show_gives_the_event_as_the_bundle_writes_it(made, dateline, tmp_path):
    dateline("export", made, tmp_path / "all.json")
    for event in json.loads((tmp_path / "all.json").read_text())["events"]:
        ran = dateline("show", made, event["uid"], "--json")
        assert (ran.code, ran.err) == (0, "")
        shown = json.loads(ran.out)
        assert shown.pop("origins").keys() == {"count", "names", "reports", "not_established"}
        assert shown.pop("conflicts") is not None
        assert shown == event


def test_show_in_words(made, dateline):
    listed = json.loads(dateline("list", made, "--json").out)["events"]
    for event in listed:
        ran = dateline("show", made, event["uid"])
        assert event["title"] in ran.out
        for claim in event["claims"]:
            assert " ".join(claim["quote"].split()) in ran.out
            assert all(hop["name"] in ran.out for hop in claim["chain"])


def test_an_event_is_named_by_an_unambiguous_beginning(tmp_path, dateline):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    bundle = bundle_file(tmp_path, events=[raw_event(uid=uid) for uid in ("ab", "abc", "abd", "x")])
    dateline("import", path, bundle)
    shown = {
        given: dateline("show", path, given, "--json") for given in ("abc", "ab", "x", "a", "y", "", "abcd")
    }
    assert {given: ran.code for given, ran in shown.items()} == {
        "abc": 0, "ab": 0, "x": 0, "a": 2, "y": 2, "": 2, "abcd": 2,
    }  # fmt: skip
    assert json.loads(shown["ab"].out)["uid"] == "ab"
    assert "3 events" in shown["a"].err
    assert "No event" in shown["y"].err


# check and log


def test_check_finds_one_changed_byte(made, dateline):
    ran = dateline("check", made, "--json")
    assert (ran.code, json.loads(ran.out)) == (0, {"ok": True, "problems": []})
    assert dateline("check", made).err == "No problems found.\n"
    with closing(sqlite3.connect(made)) as connection, connection:
        uid, text = connection.execute("SELECT uid, text FROM sources ORDER BY id").fetchone()
        connection.execute("UPDATE sources SET text = ? WHERE uid = ?", ("#" + text[1:], uid))
        quotes = {row[0] for row in connection.execute(
            "SELECT claims.uid FROM claims JOIN sources ON sources.id = source_id WHERE sources.uid = ?", (uid,)
        )}  # fmt: skip
    ran = dateline("check", made, "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["ok"]) == (1, False)
    assert all(problem.keys() == {"table", "uid", "message", "remedy"} for problem in told["problems"])
    assert {(p["table"], p["uid"]) for p in told["problems"]} == {("sources", uid)} | {
        ("claims", q) for q in quotes
    }
    ran = dateline("check", made)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == len(quotes) + 1
    assert f"{len(quotes) + 1} problems" in ran.err


def test_log_tells_when_who_what(made, dateline):
    with closing(Document.open(made)) as document:
        document.delete_event(document.store.event_ids()[0])
        document.undo()
        document.redo()
        document.undo()
    edits = json.loads(dateline("log", made, "--json").out)["edits"]
    assert all(edit.keys() == {"uid", "at", "author", "label", "reason", "undoes"} for edit in edits)
    assert [edit["undoes"] for edit in edits] == [None, None, *(edit["uid"] for edit in edits[1:4])]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", edit["at"]) for edit in edits)
    lines = dateline("log", made).out.splitlines()
    label = edits[1]["label"]
    assert [line.partition("  ")[2].partition("  ")[2] for line in lines[1:]] == [
        label, f"Undo: {label}", f"Redo: {label}", f"Undo: {label}",
    ]  # fmt: skip


# the real input


def test_the_real_input_from_end_to_end(tmp_path, dateline, seed):
    path, other = tmp_path / "k.dateline", tmp_path / "other.dateline"
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    article = (seed.parent / "article.fr.txt").read_text(encoding="utf-8")
    dateline("new", path)
    ran = dateline("import", path, seed, "--json")
    assert (ran.code, json.loads(ran.out)["added"], json.loads(ran.out)["problems"]) == (0, 16, [])
    listed = json.loads(dateline("list", path, "--json").out)["events"]
    assert len(listed) == 16
    stored = {source["text"] for source in json.loads(seed.read_text(encoding="utf-8"))["sources"]}
    quotes = 0
    for event in listed:
        for claim in json.loads(dateline("show", path, event["uid"], "--json").out)["claims"]:
            start, end = claim["span"]
            assert {text[start:end] for text in stored} == {claim["quote"]}
            assert claim["quote"] in article
            quotes += 1
    assert quotes >= 16
    assert json.loads(dateline("import", path, seed, "--json").out)["unchanged"] == 16
    dateline("export", path, first)
    dateline("new", other)
    dateline("import", other, first)
    dateline("export", other, second)
    assert first.read_bytes() == second.read_bytes()
    assert dateline("check", path).code == dateline("check", other).code == 0


def test_check_names_a_damaged_file_in_the_form_that_was_asked_for(tmp_path, dateline, made):
    damaged = tmp_path / "damaged.dateline"
    damaged.write_bytes(made.read_bytes()[: 5 * 4096])
    ran = dateline("check", damaged, "--json")
    assert ran.code == 1
    told = json.loads(ran.out)
    assert told["ok"] is False
    assert [problem["table"] for problem in told["problems"]] == ["document"]
    assert "damaged" in told["problems"][0]["message"]
