"""A package from outside adds a format; one that fails takes nothing with it; what is read is checked as ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PACKAGE = """
import pluggy
from viewer.domain.dates import from_edtf
from viewer.domain.records import Event, Kind, Source
from viewer.formats.foreign import Confidence, Found, ReadableFormat, stable_uid
from viewer.formats.incoming import Problem, UnreadableError

def recognise(head):
    return Confidence.SURE if head.data.startswith(b"LINES") else Confidence.NO

def read(opened):
    if opened.file.readline() != b"LINES\\n":
        raise UnreadableError("expected LINES at the top", line=1)
    yield Found(Kind(name="note", label="Note", shape="square", colour="#123456"), "top")
    for number, line in enumerate(opened.file, 2):
        day, _, title = line.decode("utf-8", "surrogatepass").rstrip("\\n").partition("|")
        if title == "crash":
            raise ValueError("no reader is perfect")
        if not title:
            yield Problem("line", "expected a title; not imported", number)
            continue
        uid = stable_uid(opened.options.get("scope", "lines"), str(number))
        when = from_edtf(day) if day else None
        yield Found(Event(uid=uid, kind="note", title=title, when=when), f"line {number}", number)

FORMAT = ReadableFormat(name="lines", label="Lines", endings=(".lines",), recognise=recognise, read=read)
hook = pluggy.HookimplMarker("dateline")

@hook
def dateline_formats():
    return [FORMAT]
"""


@pytest.fixture
def outside(tmp_path):
    """A folder with installed packages: one that adds a format, one that cannot even be loaded."""
    for name, code in (("lines_format", PACKAGE), ("broken_format", "raise RuntimeError('broken')")):
        (tmp_path / f"{name}.py").write_text(code)
        info = tmp_path / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[dateline]\n{name} = {name}\n")
    return tmp_path


@pytest.fixture
def dateline(outside, tmp_path):
    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "viewer", *map(str, arguments)],
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": str(outside),
                "DATELINE_HOME": str(tmp_path / "home"),
                **environment,
            },
            check=False,
        )

    return run


@pytest.fixture
def document(dateline, tmp_path):
    path = tmp_path / "d.dateline"
    assert dateline("new", path).returncode == 0
    return path


def titles(dateline, document):
    return [event["title"] for event in json.loads(dateline("list", document, "--json").stdout)["events"]]


def test_an_outside_format_is_recognised_and_read_and_updates_by_its_identifiers(
    dateline, document, tmp_path
):
    file = tmp_path / "in.lines"
    file.write_text("LINES\n2024-10|First\n2024-11-05|Second\n")
    first = json.loads(dateline("import", document, file, "--json").stdout)
    assert (first["added"], first["problems"]) == (2, [])
    file.write_text("LINES\n2024-10|First\n2024-11-06|Second, better\n|Third\n")
    again = json.loads(dateline("import", document, file, "--json").stdout)
    assert (again["added"], again["updated"], again["unchanged"]) == (1, 1, 1)
    assert titles(dateline, document) == ["First", "Second, better", "Third"]


def test_what_a_format_names_as_a_problem_is_told_with_its_line(dateline, document, tmp_path):
    file = tmp_path / "in.lines"
    file.write_text("LINES\n2024|One\n2025|\n")
    ran = dateline("import", document, file, "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["problems"] == [
        {"file": "in.lines", "line": 3, "path": "line", "message": "expected a title; not imported"}
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"LINES\n2024|One\n2024|crash\n", "fault of its own"),
        (b"2024|One\n", "expected LINES at the top"),
    ],
)
def test_a_reader_that_fails_imports_nothing(dateline, document, tmp_path, data, said):
    file = tmp_path / "in.lines"
    file.write_bytes(data)
    ran = dateline("import", document, file, "--format", "lines")
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert titles(dateline, document) == []


def test_half_a_character_is_named_and_left_out(dateline, document, tmp_path):
    file = tmp_path / "in.lines"
    file.write_bytes("LINES\n|whole\n|half \ud800\n".encode("utf-8", "surrogatepass"))
    ran = dateline("import", document, file, "--json")
    assert [problem["line"] for problem in json.loads(ran.stdout)["problems"]] == [3]
    assert titles(dateline, document) == ["whole"]


def test_without_outside_packages_the_format_is_unknown_and_the_known_ones_are_named(
    dateline, document, tmp_path
):
    file = tmp_path / "in.lines"
    file.write_text("LINES\n|One\n")
    ran = dateline("import", document, file, "--format", "lines", DATELINE_NO_PLUGINS="1")
    assert ran.returncode == 2
    assert "there is no format “lines”; known are bundle" in ran.stderr
    assert "broken_format" not in ran.stderr


def test_a_package_that_cannot_be_loaded_is_named_where_a_format_is_missed(dateline, document, tmp_path):
    file = tmp_path / "in.other"
    file.write_text("nobody's")
    ran = dateline("import", document, file, "--format", "other")
    assert ran.returncode == 2
    assert "broken_format could not be loaded: RuntimeError: broken" in ran.stderr
