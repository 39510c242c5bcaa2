"""Changes made by another process: whole or not at all, and one edit for who has the document open here."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from builders import a_bundle, bundle_file, raw_event

from viewer.changing import Order, change_beside
from viewer.formats.incoming import UnreadableError
from viewer.importing import FileToImport
from viewer.storage.errors import StorageError, WriteError

MANY = 3_000


def events(count):
    return [raw_event(uid=f"event-{n}", title=f"Event {n}") for n in range(count)]


@pytest.fixture
def many(tmp_path):
    """A bundle of so many events that their edit is long."""
    return bundle_file(tmp_path, events=events(MANY))


def bringing(*paths, **options):
    return Order("import", tuple(FileToImport(path.name, path) for path in paths), **options)


def made(document, order, *, told=lambda *_: None, cancelled=lambda: False):
    """Have an order done; return what came of it, taken in here as asked for by a test."""
    outcome = change_beside(document.path, document.store.state, order, told=told, cancelled=cancelled)
    document.catch_up(own=outcome.edit if outcome else None, who="test")
    return outcome


def test_files_brought_in_by_another_process_are_one_edit_that_is_undone_and_redone_in_one_step(
    sample_document, many
):
    document, heard = sample_document, []
    before = document.store.dump()
    document.listen(lambda edit, who: heard.append((edit.uid, who, edit.is_whole)))
    outcome = made(document, bringing(many))
    assert (outcome.added, outcome.updated, outcome.unchanged, outcome.refused) == (MANY, 0, 0, 0)
    assert document.history.next_undo.uid == outcome.edit
    assert document.event_count == MANY + 16
    after = document.store.dump()
    undone = made(document, Order("undo"))
    assert document.store.dump() == before
    assert document.history.next_redo.uid == undone.edit
    redone = made(document, Order("redo"))
    assert document.store.dump() == after
    assert heard == [(each.edit, "test", False) for each in (outcome, undone, redone)]
    assert document.check() == []


def test_a_few_rows_are_told_one_by_one(sample_document, tmp_path):
    heard = []
    sample_document.listen(lambda edit, _who: heard.append(edit))
    made(sample_document, bringing(bundle_file(tmp_path, events=events(3))))
    assert [edit.is_whole for edit in heard] == [True]
    assert sum(change.table == "events" for change in heard[0].changes) == 3


def test_it_does_what_bringing_files_in_here_does(sample_document, tmp_path, many):
    odd = bundle_file(tmp_path, "odd.json", events=[raw_event(uid="event-1", title="Other"), {"title": 5}])
    here = sample_document.import_files([FileToImport(path.name, path) for path in (many, odd)], dry_run=True)
    tried = made(sample_document, bringing(many, odd, dry_run=True))
    assert (tried.edit, sample_document.event_count) == (None, 16)
    outcome = made(sample_document, bringing(many, odd))
    for each in (tried, outcome):
        assert each.problems == here.problems != ()
        assert (each.added, each.updated, each.refused) == (here.added, here.updated, here.refused)


def test_a_backup_of_what_was_there_is_made_before(sample_document, many):
    from viewer.keeping import kept_backups

    made(sample_document, bringing(many))
    found = kept_backups().of(sample_document.uid)
    assert "import" in {backup.reason for backup in found}


def test_fault_49_cancelled_before_its_end_it_changes_nothing(sample_document, many):
    document = sample_document
    before, stack = document.store.dump(), document.history.next_undo
    assert made(document, bringing(many), cancelled=lambda: True) is None
    assert document.store.dump() == before
    assert document.history.next_undo == stack
    assert document.store.difference() is None
    assert made(document, bringing(many)).added == MANY


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_fault_49_whenever_it_is_cancelled_all_of_it_is_there_or_nothing(sample_document, many, share):
    """It may be too late: what is saved stays, and is told as such."""
    document, reached = sample_document, []
    before = document.store.dump()

    def told(stage, done, total):
        reached.append(stage == "saving" and done >= total * share)

    outcome = made(document, bringing(many), told=told, cancelled=lambda: any(reached))
    if outcome is None:
        assert document.store.dump() == before
    else:
        assert document.event_count == MANY + 16
        assert document.history.next_undo.uid == outcome.edit
    assert not list(document.path.parent.glob("*-journal"))
    assert document.check() == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the process by Linux's /proc")
def test_fault_49_killed_while_it_writes_it_changes_nothing(sample_document, tmp_path):
    data = bundle_file(tmp_path, events=events(20_000))
    before, stack = sample_document.store.dump(), sample_document.history.next_undo

    def told(stage, _done, _total):
        if stage == "saving":
            kill_changing()

    with pytest.raises(WriteError) as raised:
        made(sample_document, bringing(data), told=told)
    assert raised.value.code == "stopped"
    assert sample_document.store.dump() == before
    assert sample_document.history.next_undo == stack
    assert sample_document.check() == []
    assert made(sample_document, bringing(data)).added == 20_000


def kill_changing():
    """Kill the process that this one started to make a change."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"viewer.changing" in process.joinpath("cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def test_fault_49_what_is_raised_between_two_rows_takes_all_of_them_back(sample_document):
    class EnoughError(Exception):
        pass

    def enough(done, total):
        if done > total / 2:
            raise EnoughError

    before, stack = sample_document.store.dump(), sample_document.history.next_undo
    data = [("many.json", a_bundle(events=events(900)))]
    sample_document.store.tell_steps(enough)
    with pytest.raises(EnoughError):
        sample_document.import_files(data)
    assert sample_document.store.dump() == before
    assert sample_document.history.next_undo == stack
    sample_document.store.tell_steps(lambda _done, _total: None)
    assert sample_document.import_files(data).added == 900


def test_it_is_not_done_on_another_version_than_is_shown(sample_document, many):
    state = sample_document.store.state
    made(sample_document, bringing(many))
    with pytest.raises(WriteError) as told:
        change_beside(
            sample_document.path, state, Order("undo"), told=lambda *_: None, cancelled=lambda: False
        )
    assert told.value.code == "changed-elsewhere"
    assert sample_document.event_count == MANY + 16


def test_a_file_that_cannot_be_read_is_named(sample_document, tmp_path, many):
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "dateline",\n"events": [')
    for path in (broken, tmp_path / "none.json"):
        with pytest.raises(UnreadableError) as told:
            made(sample_document, bringing(many, path))
        assert told.value.file == path.name
    assert sample_document.event_count == 16


def test_edits_are_refused_meanwhile_and_taken_again_afterwards(sample_document):
    from viewer.storage.access import Notice

    data = [("one.json", a_bundle(events=events(1)))]
    sample_document.store.refuse_edits(Notice("being-changed", "An import is being made.", "Try again soon."))
    for change in (lambda: sample_document.import_files(data), lambda: sample_document.undo()):
        with pytest.raises(StorageError, match=r"An import is being made\. Try again soon\."):
            change()
    sample_document.store.refuse_edits(None)
    assert sample_document.import_files(data).added == 1
