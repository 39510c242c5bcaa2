"""Backups: when one is made, which are kept, what a list tells of them, and how one is put back."""

from __future__ import annotations

import json
import os
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given
from hypothesis import strategies as st

from viewer.document import Document
from viewer.keeping import EVERY, Keeper, kept_backups, kept_notes
from viewer.storage.backups import inspect, kept_of
from viewer.storage.errors import WriteError
from viewer.storage.notes import Note

START = round(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
DAY = 24 * 60 * 60


@pytest.fixture
def path(tmp_path):
    """The path of a closed document without edits."""
    made = tmp_path / "a.dateline"
    Document.create(made).close()
    return made


@pytest.fixture
def begun(path):
    """The same after its first edit: before that there was nothing to keep."""
    with closing(Document.open(path)) as document:
        document.save_event(an_event())
        assert reasons(document) == []
    return path


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = float(START)

    def __call__(self):
        return self.now


def reasons(document):
    return [each.reason for each in kept_backups().of(document.uid)]


def test_the_first_edit_of_each_session_leaves_what_was_there_before(begun):
    path = begun
    for number in range(3):
        with closing(Document.open(path)) as document:
            keeper = Keeper(document.store)
            assert len(reasons(document)) == number
            for _ in range(2):
                document.save_event(an_event())
            assert keeper.problem is None
            assert len(reasons(document)) == number + 1
    held = [inspect(each.path) for each in kept_backups().of(document_uid(path))]
    assert [each.events for each in held] == [5, 3, 1]
    assert [each.state.revision for each in held] == [5, 3, 1]


def document_uid(path):
    return kept_notes().of(path).uid


def test_every_half_hour_while_it_changes_and_never_the_same_twice(begun):
    clock = Clock()
    with closing(Document.open(begun)) as document:
        keeper = Keeper(document.store, clock=clock)
        assert keeper.due() is None
        document.save_event(an_event())
        assert keeper.due() is None
        clock.now += EVERY
        assert keeper.due() == "interval"
        assert keeper.back_up("interval").at == clock.now
        clock.now += EVERY
        assert keeper.due() is None, "nothing was changed since"
        assert keeper.back_up("interval") is None, "nothing was changed since"
        assert keeper.back_up("command") is not None
        document.save_event(an_event())
        assert keeper.due() is None
        clock.now += EVERY
        assert keeper.due() == "interval"
        assert reasons(document) == ["command", "interval", "session"]


def test_a_backup_made_beside_holds_the_document_and_can_be_cancelled(path):
    with closing(Document.open(path)) as document:
        document.save_event(an_event(uid="here"))
        state = document.store.state
        with pytest.raises(WriteError, match="cancelled"):
            kept_backups().make_beside(path, state, "command", at=START, cancelled=lambda: True)
        assert "command" not in reasons(document)
        made = kept_backups().make_beside(path, state, "command", at=START, cancelled=lambda: False)
        assert inspect(made.path).state == state
        again = kept_backups().make_beside(path, state, "interval", at=START, cancelled=lambda: False)
        assert again is None


def test_a_backup_made_beside_is_of_this_document(path, tmp_path):
    with closing(Document.create(tmp_path / "b.dateline")) as other:
        with pytest.raises(WriteError, match="another document"):
            kept_backups().make_beside(path, other.store.state, "command", at=START, cancelled=lambda: False)
        assert reasons(other) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_backup_is_for_its_owner_alone(path):
    with closing(Document.open(path)) as document:
        made = kept_backups().make(document.store, "command", at=START)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_a_document_and_its_copy_do_not_push_out_each_others_backups(path, tmp_path):
    with closing(Document.open(path)) as document:
        document.save_copy(tmp_path / "copy.dateline")
        first = kept_backups().make(document.store, "command", at=START)
        uid = document.uid
    with closing(Document.open(tmp_path / "copy.dateline")) as copy:
        for number in range(30):
            kept_backups().make(copy.store, "command", at=START + number)
    found = kept_backups().of(uid)
    assert first in found
    assert len(found) == 11


def test_what_a_crash_left_half_written_goes_after_a_day(path):
    with closing(Document.open(path)) as document:
        now = path.stat().st_mtime
        folder = kept_backups().make(document.store, "command", at=round(now)).path.parent
        left = folder / ".dateline-left.part"
        left.write_bytes(b"half")
        kept_backups().make(document.store, "command", at=round(now) + 60)
        assert left.exists()
        kept_backups().make(document.store, "command", at=round(now) + 2 * DAY)
        assert not left.exists()


@pytest.mark.parametrize("uid", ["../../up", "/etc", "a/b", "x" * 500, "", "é\x00"])
def test_a_strangers_uid_leads_nowhere_else(home, uid):
    """It is part of a path."""
    before = set(home.rglob("*"))
    assert kept_backups().of(uid) == []
    assert set(home.rglob("*")) == before


# Which are kept


def kept_days(times):
    return [times[number] for number in sorted(kept_of(times))]


def test_ten_and_seven_daily_and_four_weekly():
    hourly_for_60_days = [START + 60 * DAY - hour * 3600 for hour in range(60 * 24)]
    kept = kept_days(hourly_for_60_days)
    assert kept[:10] == hourly_for_60_days[:10]
    days = {datetime.fromtimestamp(at, UTC).date() for at in kept}
    assert len(kept) <= 21
    newest = max(days)
    assert {newest - timedelta(days=back) for back in range(7)} <= days
    weeks = {day.isocalendar()[:2] for day in days}
    assert len(weeks) == 4


@given(st.lists(st.integers(START, START + 400 * DAY), max_size=200))
def test_the_newest_is_always_kept_and_never_too_many(times):
    times = sorted(times, reverse=True)
    kept = kept_of(times)
    assert set(range(min(10, len(times)))) <= kept
    assert len(kept) <= 21
    assert kept_days(kept_days(times)) == kept_days(times), "thinning again removes nothing"


# Lists and restoring by command


def test_backing_up_listing_and_restoring_by_command(path, dateline):
    source = a_source()
    with closing(Document.open(path)) as document:
        document.save_event(an_event(title="One", claims=(a_claim(source),)), new_sources=[source])
    assert dateline("backup", path).code == 0
    with closing(Document.open(path)) as document:
        document.save_event(an_event(title="Two"))
    assert dateline("backup", path).code == 0
    listed = dateline("restore", path, "--list", "--json")
    found = json.loads(listed.out)["backups"]
    assert [(each["number"], each["ok"], each["events"], each["claims"]) for each in found[:2]] == [
        (1, True, 2, 1),
        (2, True, 1, 1),
    ]
    assert "Two" in found[0]["last_edit"]
    before = path.read_bytes()
    ran = dateline("restore", path, "--from", "2", "--json")
    assert ran.code == 0, ran.err
    kept = json.loads(ran.out)["kept"]
    assert inspect(path).events == 1
    assert inspect(Path(kept)).events == 2
    assert dateline("restore", path, "--from", kept).code == 0
    assert inspect(path).events == 2
    assert path.read_bytes() != before, "it counts as newer"


def test_restoring_what_has_no_backup(path, dateline):
    before = path.read_bytes()
    for arguments in ((), ("--from", "1"), ("--from", "0"), ("--from", "nowhere.dateline")):
        ran = dateline("restore", path, *arguments)
        assert ran.code == 2
        assert ran.err
    assert dateline("restore", path, "--list").out == ""
    assert path.read_bytes() == before
    assert dateline("restore", path, "--list", "--from", "1").code == 2


# Notes


def test_a_note_is_of_the_very_file(path, tmp_path):
    notes = kept_notes()
    assert not notes.knows(path)
    notes.write(path, "uid")
    assert notes.knows(path)
    found = path.stat()
    assert notes.of(path) == Note("uid", (found.st_dev, found.st_ino))
    data = path.read_bytes()
    other = tmp_path / "other"
    other.write_bytes(data)
    other.replace(path)
    assert not notes.knows(path)
    assert notes.of(path).uid == "uid"
    path.unlink()
    assert not notes.knows(path)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"uid": 1, "file": [1]}', b"[" * 9000])
def test_a_damaged_note_is_none(path, data, home):
    notes = kept_notes()
    notes.write(path, "uid")
    (file,) = (home / "data" / "documents").iterdir()
    file.write_bytes(data)
    assert notes.of(path) is None
    assert not notes.knows(path)
    notes.write(path, "uid")
    assert notes.knows(path)
