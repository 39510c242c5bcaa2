"""The command line in wrong hands: bad arguments, hostile files, odd terminals, no display; never a traceback."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import an_event, bundle_file, raw_claim, raw_event, raw_source
from untouched import assert_untouched, snapshot

from viewer.document import Document

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def in_a_process(*arguments, env=None, **options):
    command = [sys.executable, "-m", "viewer", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, env={**os.environ, **(env or {})}, check=False, **options
    )


@pytest.mark.parametrize("command", ["list", "check", "log", "show", "export", "import", "render", "reread"])
@pytest.mark.parametrize("name", ["missing.dateline", "empty.dateline", "text.dateline", "."])
def test_no_document_exits_2(tmp_path, dateline, sample, command, name):
    (tmp_path / "empty.dateline").write_bytes(b"")
    (tmp_path / "text.dateline").write_bytes(b"some text " * 100)
    more = {
        "show": ["x"],
        "export": [tmp_path / "o.json"],
        "import": [sample],
        "render": [tmp_path / "o.png"],
    }
    with assert_untouched(tmp_path / name):
        ran = dateline(command, tmp_path / name, *more.get(command, []))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"], ["list", "a", "b"], ["list", "--no-such-option"], ["show", "a"], ["import", "a"], ["export", "a"],
        ["new"], ["import", "a", "b", "--format", "none"], ["open", "a", "--sample"], ["open", "--size", "10x10"],
        ["open", "--size", "1²00x800"], ["open", "--size", "9" * 5000 + "x800"], ["open", "--size", "x"],
        ["open", "--screenshot", "a.jpg"], ["open", "--theme", "pink"], ["render", "a", "b.gif"],
        ["render", "a", "b.png", "--scale", "nan"], ["render", "a", "b.png", "--scale", "9"], ["explain"],
        ["explain", "early", "2025"], ["reread"], ["reread", "a", "b"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)  # fmt: skip
def test_wrong_use_exits_2_and_says_how(dateline, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    ran = dateline(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err
    assert snapshot(tmp_path) == {}


def test_help_and_version(dateline):
    assert dateline("--help").code == 0
    commands = (
        "open",
        "new",
        "import",
        "export",
        "render",
        "list",
        "show",
        "explain",
        "reread",
        "check",
        "log",
    )
    for command in commands:
        assert command in dateline("--help").out
        assert dateline(command, "--help").code == 0
    assert dateline("--version").out.startswith("dateline, version ")


def test_nothing_from_a_file_steers_the_terminal(tmp_path, dateline):
    path = tmp_path / "k.dateline"
    dateline("new", path)
    evil = "\x1b[2J\x07\x9b31m\u202egnp.exe\u2066\u200f\r\nline\x00"
    hops = [{"name": evil, "anonymous": True}]
    source = raw_source(uid=f"s{evil}", title=evil, text=evil, url=evil, published={"text": evil})
    claim = raw_claim(source["uid"], uid=f"c{evil}", quote=evil, span=[1, 2], verb=evil, chain=hops)
    bundle = bundle_file(
        tmp_path,
        sources=[source],
        events=[
            raw_event(
                uid=f"e{evil}", kind=evil, title=evil, summary=evil, when={"text": evil, "edtf": evil}, place=evil,
                origin=evil, actors=[{"name": evil, "role": evil}], quantity={"text": evil, "unit": evil, "low": 1},
                links=[{"to": evil, "relation": evil}], tags=[evil], claims=[claim], extra={evil: evil},
            ),
            raw_event(when={"edtf": "2025", "earliest": evil}, stance=evil),
            {"uid": evil, "kind": "x", evil: 1, "dup": {"a": 1, "a ": 2}},
        ],
    )  # fmt: skip
    twice = tmp_path / "twice.json"
    twice.write_text(
        json.dumps({"format": "dateline", "version": 1, evil: 1})[:-1] + f", {json.dumps(evil)}: 2}}"
    )
    ran = [dateline("import", path, bundle), dateline("import", path, twice)]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sources SET text = 'x'")
        connection.execute("UPDATE events SET when_edtf = ? WHERE when_edtf IS NOT NULL", (evil,))
    ran += [dateline("list", path), dateline("check", path), dateline("log", path)]
    ran += [dateline("show", path, "e\x1b"), dateline("list", path, "--search", "exe")]
    assert [one.code for one in ran] == [1, 2, 0, 1, 0, 0, 0]
    for one in ran:
        assert not CONTROLS.search(one.out)
        assert not CONTROLS.search(one.err)
    assert len(ran[2].out.splitlines()) == 3


def test_a_pipe_that_closes_early_is_no_traceback(made):
    command = [sys.executable, "-m", "viewer", "list", str(made), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_json_is_utf8_and_words_are_no_traceback_whatever_the_terminal_reads(made, encoding):
    with closing(Document.open(made)) as document:
        document.save_event(an_event(title="고기 \U0001f6e4"))
    for command in ("list", "log"):
        ran = in_a_process(command, made, "--json", env={"PYTHONIOENCODING": encoding})
        assert ran.returncode == 0
        assert json.loads(ran.stdout.decode("utf-8"))
    assert in_a_process("list", made, env={"PYTHONIOENCODING": encoding}).returncode == 0


def test_arguments_that_are_no_utf8(made):
    for arguments in (
        ["list", made, "--actor"],
        ["list", made, "--kind"],
        ["list", made, "--search"],
        ["list", made, "--tag"],
    ):
        ran = in_a_process(*arguments, os.fsdecode(b"\xff"))
        assert (ran.returncode, ran.stdout) == (0, b"")
    ran = in_a_process("show", made, os.fsdecode(b"\xff"))
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


# without Qt and without a display


def test_python_m_viewer_is_the_same(made):
    ran = in_a_process("list", made, "--json")
    assert ran.returncode == 0
    assert len(json.loads(ran.stdout)["events"]) == 16
    ran = in_a_process("new", made)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"exists already" in ran.stderr


WITHOUT_QT = """
import json, runpy, sys
from viewer.cli import main
loaded = {}
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["dateline", *arguments]
    try:
        main()
    except SystemExit as ended:
        loaded[arguments[0]] = [ended.code, "PySide6" in sys.modules]
print(json.dumps(loaded), file=sys.stderr)
"""


def test_nothing_but_open_and_render_loads_qt(tmp_path, made, sample):
    event = json.loads(sample.read_text())["events"][0]["uid"]
    commands = [
        ["new", f"{tmp_path}/n.dateline", "--sample"], ["import", f"{made}", f"{sample}"],
        ["export", f"{made}", f"{tmp_path}/o.json"], ["list", f"{made}", "--search", "koursk"],
        ["show", f"{made}", event], ["explain", "early 2025"],
        ["reread", f"{made}"], ["check", f"{made}"], ["log", f"{made}"], ["--help"], ["--version"],
    ]  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, json.dumps(commands)], capture_output=True, text=True, check=True
    )
    loaded = json.loads(ran.stderr.splitlines()[-1])
    assert loaded == {command[0]: [0, False] for command in commands}


def without_display(**more):
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    return {**{name: value for name, value in os.environ.items() if name not in hidden}, **more}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of X11 and Wayland")
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"DISPLAY": ":77"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":²"},
        {"DISPLAY": "localhost:99999"},
        {"WAYLAND_DISPLAY": "wayland-77", "XDG_RUNTIME_DIR": "/nowhere"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":77"},
    ],
    ids=str,
)
@pytest.mark.parametrize("arguments", [["open", "--sample"], [], ["some.dateline"]], ids=str)
def test_open_without_a_display_says_what_to_add(monkeypatch, dateline, env, arguments):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    ran = dateline(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--platform offscreen --screenshot sample.png" in ran.err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of X11 and Wayland")
def test_open_without_a_display_does_not_abort(tmp_path):
    command = [sys.executable, "-m", "viewer", "open", "--sample"]
    ran = subprocess.run(
        command, capture_output=True, env=without_display(), cwd=Path(__file__).parents[1], check=False
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"--platform offscreen" in ran.stderr
