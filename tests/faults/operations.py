"""Operations on a prepared document, put in place anew for each try, and done in a copy of this process.

An operation is tried twice: with a fault, then without one. Whatever the fault was, nothing of the operation may be
there by half, and what was refused can be done afterwards.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing, nullcontext
from dataclasses import replace

from builders import a_bundle, a_claim, a_source, an_event, raw_claim, raw_event, raw_source
from faults.harness import Forked, left_temporaries, make_document, opened_clean, replay, rows_by_key
from faults.tracing import KILL, watched

from viewer.document import Document
from viewer.storage.backups import Backups, inspect
from viewer.storage.errors import WriteError

# The operations: each changes the open document by one edit, or writes the file `target` anew


def _edit(document, _target):
    source = a_source(uid="s-new", text="A text of some length. " * 500)
    event = an_event(uid="e-new", claims=(a_claim(source, uid="c-new", quote=None, span=None),))
    document.save_event(event, new_sources=[source])


def _delete(document, _target):
    document.delete_event(next(e.id for e in document.store.events() if e.claims))


def _bring_in(document, _target):
    sources = [raw_source(uid=f"s-{n}") for n in range(20)]
    events = [raw_event(uid=f"e-{n}", claims=[raw_claim(f"s-{n}", uid=f"c-{n}")]) for n in range(20)]
    document.import_files([("more.json", a_bundle(sources=sources, events=events))])


def _undo(document, _target):
    document.undo()


def _copy(document, target):
    document.save_copy(target)


def _export(document, target):
    document.export_bundle(target)


def _back_up(document, target):
    Backups(target.with_name(_BACKUPS)).make(document.store, "command", at=_AT + 1)


_BACKUPS, _AT = "backups", 1_700_000_000
OPERATIONS = {
    "edit": _edit, "delete": _delete, "import": _bring_in, "undo": _undo, "copy": _copy, "export": _export,
    "backup": _back_up
}  # fmt: skip


class Bench:
    """One operation on a document that is put back before each try."""

    def __init__(self, folder, operation):
        self._operation = OPERATIONS[operation]
        self._folder = folder / "documents"
        self._path, self._target = self._folder / "k.dateline", self._folder / "out"
        self._kept = make_document(folder / "kept.dateline")
        self._old_target = folder / "old"
        if operation == "export":
            self._old_target.write_text("an older export")
        else:
            shutil.copy(self._kept, self._old_target)
        with closing(Document.open(self._kept)) as document:
            event = next(e for e in document.store.events() if e.claims)
            document.save_event(replace(event, title="A newer title"))
        with closing(Document.open(self._kept)) as document:
            self._rows, self._edits = rows_by_key(document), len(document.store.edits())
            self._bundle, self._uid = json.loads(document.bundle()), document.uid
            self._old_backups = folder / _BACKUPS
            self._old_backup = Backups(self._old_backups).make(document.store, "command", at=_AT)

    @property
    def size(self):
        """How many bytes the prepared document has."""
        return self._kept.stat().st_size

    def operate(self, *, log=None, inject=None, within=None):
        """Do the operation on the document as prepared; return what was said of each attempt.

        `log` and `inject` trace it as `watched` does; `within(document)` is a block around the first attempt.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        shutil.copy(self._kept, self._path)
        shutil.copy(self._old_target, self._target)
        shutil.copytree(self._old_backups, self._folder / _BACKUPS)
        traced = log is not None or inject is not None
        with closing(Forked(lambda there: self._attempts(there, within))) as child:
            assert child.lines.readline() == b"ready\n"
            with watched(child.pid, log=log or os.devnull, inject=inject) if traced else nullcontext():
                child.socket.sendall(b"go\n")
                said = [line.decode().strip() for line in child.lines]
                code = child.ended()
        assert code == 0 or (code == -9 and inject is not None), f"ended with {code}"
        return said

    def _attempts(self, there, within):
        document = Document.open(self._path)
        there.sendall(b"ready\n")
        there.recv(3)
        for block in (within, None):
            try:
                with nullcontext() if block is None else block(document):
                    self._operation(document, self._target)
            except WriteError as error:
                there.sendall(f"{error.code}\n".encode())
            else:
                there.sendall(b"done\n")
                break
        document.close()

    def faulted(self, *, inject=None, within=None):
        """Do the operation with a fault; expect all or nothing, and that a second attempt succeeds."""
        said = self.operate(inject=inject, within=within)
        killed = inject is not None and inject[2] == KILL
        assert killed or said[-1:] == ["done"], f"the second attempt said {said}"
        changed = self._expect_whole()
        written = self._expect_target()
        if self._operation in (_copy, _export, _back_up):
            assert not changed
            assert written or killed
        else:
            assert changed or (killed and "done" not in said)
        left = left_temporaries(self._folder)
        assert killed or left == [], f"left: {left}"
        return {"refused, then saved": len(said) == 2, "killed before its end": "done" not in said}

    def _expect_whole(self):
        """Expect the document as it was, or with the whole edit; return whether it is there."""
        with opened_clean(self._path) as document:
            log = [edit.uid for edit in document.store.edits()][self._edits :]
            assert len(log) <= 1, "the edit is there twice"
            rows = dict(self._rows)
            for uid in log:
                replay(rows, document.store.edit(uid))
            assert rows_by_key(document) == rows, "the edit is there by half"
        return bool(log)

    def _expect_target(self):
        """Expect the file that was to be written as it was, or whole; return whether it is the new one."""
        if self._operation is _back_up:
            return self._expect_backups()
        if self._target.read_bytes() == self._old_target.read_bytes():
            return False
        if self._operation is _export:
            assert json.loads(self._target.read_bytes()) == self._bundle
        else:
            with opened_clean(self._target) as copy:
                assert rows_by_key(copy) == self._rows
        return True

    def _expect_backups(self):
        """Expect the older backup as it was, and none that is not whole; return whether there is a newer one."""
        found = Backups(self._folder / _BACKUPS).of(self._uid)
        assert [each.path.name for each in found if inspect(each.path) is None] == []
        (older,) = [each for each in found if each.path.name == self._old_backup.path.name]
        assert older.path.read_bytes() == self._old_backup.path.read_bytes()
        return len(found) > 1
