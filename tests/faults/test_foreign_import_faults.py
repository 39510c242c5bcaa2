"""Fault cases of other formats' files brought in: all of one comes in, or none; and again, nothing twice."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from contextlib import closing

import pytest
from test_changing import made as made_beside
from untouched import assert_untouched

from viewer.changing import Order
from viewer.document import Document
from viewer.formats import reading
from viewer.formats.exports.data_package import FORMAT as PACKAGE
from viewer.formats.incoming import UnreadableError
from viewer.formats.reading import PART
from viewer.importing import FileToImport

ROWS = 2 * PART + 500
CRASHING = """
import os, signal
import pluggy
from viewer.domain.records import Event
from viewer.formats.foreign import Confidence, Found, ReadableFormat

def read(opened):
    for number in range(5_000):
        if number == 4_500:
            os.kill(os.getpid(), getattr(signal, opened.file.readline().decode().strip()))
        yield Found(Event(uid=f"e{number}", kind="statement", title="T"), "row")

def recognise(head):
    return Confidence.NO

@pluggy.HookimplMarker("dateline")
def dateline_formats():
    return [ReadableFormat(name="crashing", label="", endings=(), recognise=recognise, read=read)]
"""


def table(path, count=ROWS):
    rows = "".join(
        f"r{n},Entry {n},2024-{n % 12 + 1:02},Place {n % 50},Outlet {n % 7}\n" for n in range(count)
    )
    path.write_text("id,title,date,place,source\n" + rows, encoding="utf-8")
    return path


def rows_and_undo(path):
    with closing(Document.open(path)) as document:
        return document.store.dump(), document.history.next_undo


@pytest.fixture
def crashing(tmp_path):
    """A folder with an installed format whose reader is killed by the signal that its file names."""
    folder = tmp_path / "installed"
    (folder / "crashing-1.dist-info").mkdir(parents=True)
    (folder / "crashing.py").write_text(CRASHING)
    (folder / "crashing-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: crashing\nVersion: 1\n"
    )
    (folder / "crashing-1.dist-info" / "entry_points.txt").write_text("[dateline]\ncrashing = crashing\n")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="ends by signals")
@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSEGV", "SIGXCPU"])
def test_fault_49_a_reader_that_dies_in_the_middle_brings_nothing_in(made, tmp_path, crashing, signal):
    file = tmp_path / "some.file"
    file.write_text(f"{signal}\n")
    before = rows_and_undo(made)
    data = made.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "viewer", "import", str(made), str(file), "--format", "crashing"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(crashing), *sys.path])},
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "could not be read" in ran.stderr
    assert "Nothing was imported" in ran.stderr
    assert made.read_bytes() == data
    assert rows_and_undo(made) == before


@pytest.mark.parametrize(
    ("limit", "value", "told"), [("MEMORY_MB", 40, "memory|fault"), ("SECONDS", 0, "longer")]
)
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and processor time")
def test_fault_49_a_reader_at_its_limits_brings_nothing_in(
    sample_document, tmp_path, monkeypatch, limit, value, told
):
    monkeypatch.setattr(reading, limit, value)
    monkeypatch.setattr(reading, "SECONDS_PER_MB", 0)
    before, undo = sample_document.store.dump(), sample_document.history.next_undo
    with pytest.raises(UnreadableError, match=told):
        sample_document.import_files([FileToImport("rows.csv", table(tmp_path / "rows.csv", 100_000))])
    assert (sample_document.store.dump(), sample_document.history.next_undo) == (before, undo)


def damaged_package(document, path):
    """A Data Package of many events that breaks off in the middle of one."""
    out = io.BytesIO()
    PACKAGE.write(document.outgoing(), out)
    packed = zipfile.ZipFile(out)
    with zipfile.ZipFile(path, "w") as archive:
        for name in packed.namelist():
            content = packed.read(name)
            archive.writestr(
                name, content[: len(content) * 2 // 3] + b"\xff\xff" if name == "events.csv" else content
            )
    return path


def test_fault_49_a_file_that_is_damaged_in_the_middle_brings_nothing_in(made, dateline, tmp_path):
    with closing(Document.create(tmp_path / "many.dateline")) as document:
        document.import_files([FileToImport("rows.csv", table(tmp_path / "rows.csv"))])
        file = damaged_package(document, tmp_path / "damaged.zip")
    before = rows_and_undo(made)
    with assert_untouched(made):
        ran = dateline("import", made, tmp_path / "rows.csv", file)
    assert ran.code == 2
    assert "damaged.zip" in ran.err
    assert rows_and_undo(made) == before


@pytest.mark.parametrize("share", [0.0, 0.4, 0.9])
def test_fault_49_cancelled_while_another_formats_file_is_read_it_changes_nothing(
    sample_document, tmp_path, share
):
    file, reached = table(tmp_path / "rows.csv", ROWS), []
    before, undo = sample_document.store.dump(), sample_document.history.next_undo

    def told(stage, done, total):
        reached.append(stage == "saving" or done >= total * share)

    order = Order("import", (FileToImport(file.name, file),))
    assert made_beside(sample_document, order, told=told, cancelled=lambda: any(reached)) is None
    assert (sample_document.store.dump(), sample_document.history.next_undo) == (before, undo)
    assert sample_document.store.difference() is None
    assert made_beside(sample_document, order).added == ROWS


@pytest.mark.skipif(sys.platform == "win32", reason="ends by signals")
def test_fault_49_killed_at_any_moment_it_brings_in_all_or_nothing(made, tmp_path):
    file, chance = table(tmp_path / "rows.csv", 6_000), random.Random(49)
    before = rows_and_undo(made)
    command = [sys.executable, "-m", "viewer", "import", str(made), str(file), "--format", "csv"]
    started = time.monotonic()
    subprocess.run([*command, "--dry-run"], capture_output=True, check=False)
    usual = time.monotonic() - started
    killed = 0
    for _ in range(8):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                running.wait(chance.uniform(0.2, 1.3) * usual)
            except subprocess.TimeoutExpired:
                running.kill()
                killed += 1
        rows, undo = rows_and_undo(made)
        if undo != before[1]:  # it was too late: all of it is there
            assert len(rows["events"]) == len(before[0]["events"]) + 6_000
            with closing(Document.open(made)) as document:
                document.undo()
            before = (before[0], rows_and_undo(made)[1])
            rows, _ = rows_and_undo(made)
        assert {name: len(found) for name, found in rows.items()} == {n: len(f) for n, f in before[0].items()}
        assert rows == before[0]
    assert killed
    with closing(Document.open(made)) as document:
        assert document.check() == []


def test_fault_50_the_same_table_twice_changes_nothing(made, dateline, tmp_path):
    file = table(tmp_path / "rows.csv", 300)
    first = json.loads(dateline("import", made, file, "--json").out)
    before = rows_and_undo(made)
    again = json.loads(dateline("import", made, file, "--json").out)
    both = json.loads(dateline("import", made, file, file, "--json").out)
    assert (first["added"], again["added"], again["updated"], again["unchanged"]) == (300, 0, 0, 300)
    assert (both["added"], both["updated"]) == (0, 0)
    assert rows_and_undo(made) == before


def test_fault_50_two_like_rows_without_identifiers_are_two_events_and_stay_so(made, dateline, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("title,date\nTwin,2024-05-01\nTwin,2024-05-01\nOther,2024-05-02\n", encoding="utf-8")
    assert json.loads(dateline("import", made, file, "--json").out)["added"] == 3
    again = json.loads(dateline("import", made, file, "--json").out)
    assert (again["added"], again["unchanged"]) == (0, 3)
