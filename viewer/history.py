"""Do, undo and redo over a store. The stacks are read from the log, so they reach back past a restart.

An edit that takes back the newest undoable edit is an undo; one that takes back the newest undo is a redo;
any other is new, and what could be redone before it no longer can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.domain.edits import Edit
from viewer.storage.errors import ReadError, WriteError
from viewer.storage.store import Store


class History:
    """The edits of an open document. A failed write leaves both stacks and the document as they were."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], int],
        new_uid: Callable[[], str],
        author: Callable[[], str | None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_uid = new_uid
        self._author = author
        self._undoable: list[str] = []
        self._redoable: list[str] = []
        self._known: dict[str, Edit] = {}
        for uid, undoes in store.edit_order():
            self._note(uid, undoes)

    @property
    def next_undo(self) -> Edit | None:
        """The edit that undo would take back, without its changes."""
        return self._brief(self._undoable[-1]) if self._undoable else None

    @property
    def next_redo(self) -> Edit | None:
        """The undo that redo would take back, without its changes."""
        return self._brief(self._redoable[-1]) if self._redoable else None

    def do(self, edit: Edit) -> Edit:
        """Apply a new edit.

        Raises:
            WriteError: nothing was changed.
        """
        return self._applied(edit)

    def undo(self) -> Edit | None:
        """Take back the newest edit; None when there is nothing to undo.

        Raises:
            WriteError: nothing was changed; the edit can still be undone.
        """
        return self._take_back(self.next_undo)

    def redo(self) -> Edit | None:
        """Take back the newest undo; None when there is nothing to redo.

        Raises:
            WriteError: nothing was changed; the edit can still be redone.
        """
        return self._take_back(self.next_redo)

    def revert(self, uid: str, reason: str | None = None) -> Edit:
        """Take back one edit alone: as undo or redo where it is the next one of these, else as a new edit.

        Raises:
            WriteError: nothing was changed; the message names the record that stands in the way.
        """
        for stack in (self._undoable, self._redoable):
            if stack and stack[-1] == uid and (done := self._take_back(self._brief(uid), reason)) is not None:
                return done
        from viewer.reverting import revert

        return self._do_if_sound(revert(self._store, uid, author=self._author(), reason=reason))

    def go_back(self, uid: str, reason: str | None = None) -> Edit | None:
        """Make all as it was when an edit had been made, as one new edit; None where nothing is otherwise.

        Raises:
            WriteError: nothing was changed.
        """
        from viewer.reverting import go_back

        edit = go_back(self._store, uid, author=self._author(), reason=reason)
        return self._do_if_sound(edit) if edit.changes else None

    def _do_if_sound(self, edit: Edit) -> Edit:
        try:
            return self._applied(edit)
        except WriteError as error:
            if error.code != "constraint":
                raise
            from viewer.reverting import in_the_way

            raise in_the_way(self._store, edit) from error

    def heard(self, edit: Edit) -> None:
        """Take an edit that another program saved as the newest one."""
        self._note(edit.uid, edit.undoes)

    def _take_back(self, target: Edit | None, reason: str | None = None) -> Edit | None:
        if target is None:
            return None
        try:
            whole = self._store.edit(target.uid)
        except ValueError:  # what it says of a row cannot be read
            whole = None
        except ReadError as error:
            raise WriteError("write-failed", error.message, "Nothing was changed. Try again.") from error
        if whole is None:
            raise WriteError(
                "log-damaged", "The log no longer holds this edit.", "Run a check of the document."
            )
        return self._applied(replace(whole.inverse(self._new_uid(), self._author()), reason=reason))

    def _applied(self, edit: Edit) -> Edit:
        done = self._store.apply(edit, at=self._clock())
        self._known[done.uid] = replace(done, changes=())
        self._note(done.uid, done.undoes)
        return done

    def _brief(self, uid: str) -> Edit:
        """Return an edit without its changes, read when it is first asked for: a log may be long."""
        if uid not in self._known:
            try:
                found = self._store.edit_brief(uid)
            except ReadError:  # to take it back will say so
                found = None
            self._known[uid] = found or Edit(uid=uid, label="", changes=())
        return self._known[uid]

    def _note(self, uid: str, undoes: str | None) -> None:
        if self._undoable and undoes == self._undoable[-1]:
            self._undoable.pop()
            self._redoable.append(uid)
        elif self._redoable and undoes == self._redoable[-1]:
            self._redoable.pop()
            self._undoable.append(uid)
        else:
            self._undoable.append(uid)
            self._redoable.clear()
