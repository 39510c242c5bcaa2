"""Taking back what is not the newest edit: one edit alone, or all that came after a point, each as one new edit.

Both are read from the log and write nothing. A row that somebody changed since stands in the way of the first; the
second meets every row as the log left it, since it takes back the newest change of it first.
"""

from __future__ import annotations

from collections.abc import Iterable

from viewer.domain.edits import Cell, Change, Edit, Row
from viewer.domain.uids import new_uid
from viewer.storage.errors import ChangedElsewhereError, WriteError
from viewer.storage.referring import references, referring
from viewer.storage.schema import EDITABLE_TABLES
from viewer.storage.store import Store
from viewer.telling import name_of

MOST_ROWS = 10_000
"""Rows that are taken back at once, in well under a second: the window waits for it."""
_NOTHING = "Nothing was changed."
_WORDS = {
    "kinds": "kind",
    "actors": "actor",
    "places": "place",
    "imports": "import",
    "events": "event",
    "sources": "source",
    "claims": "claim",
    "tags": "tag",
    "views": "view",
    "meta": "title of the document",
}


def revert(store: Store, uid: str, *, author: str | None = None, reason: str | None = None) -> Edit:
    """Return the edit that takes back one edit alone, whatever came after it.

    Raises:
        WriteError: a record stands in the way, and which; or it is too large; or the log is damaged.
    """
    _refuse_large(store, uid)
    try:
        edit = store.edit(uid)
    except ValueError:  # what it says of a row cannot be read
        edit = None
    if edit is None:
        raise _damaged()
    changes = composed(change.inverse() for change in reversed(edit.changes))
    for change in changes:
        _expect_as_left(store, change)
    return Edit(uid=new_uid(), label=f"Revert: {edit.label}", changes=changes, author=author, reason=reason)


def go_back(store: Store, uid: str, *, author: str | None = None, reason: str | None = None) -> Edit:
    """Return the edit after which all is as it was when an edit had been made: it takes back all later ones.

    It has no changes where they cancel each other out.

    Raises:
        WriteError: they are too large; or the log is damaged.
    """
    target = store.edit_brief(uid)
    try:
        later = store.changes_after(uid, MOST_ROWS)
    except ValueError:
        raise _damaged() from None
    if target is None:
        raise _damaged()
    if later is None:
        raise _too_large()
    changes = composed(change.inverse() for change in reversed(later))
    return Edit(
        uid=new_uid(), label=f"Go back to: {target.label}", changes=changes, author=author, reason=reason
    )


def in_the_way(store: Store, edit: Edit) -> WriteError:
    """Return why a document that would not be sound after an edit refuses it: which record stands in the way."""
    touched = {(change.table, change.id) for change in edit.changes}
    for change in edit.changes:
        if change.after is None:
            for table, row_id in referring(store, change.table, change.id):
                if (table, row_id) not in touched:
                    other = Change(table, row_id, {}, {})
                    words = f"{_named(store, other)} needs {_named(store, change, first=False)}."
                    return _standing(words)
        elif (missing := _missing(store, change, touched)) is not None:
            return _standing(missing)
    return _standing("Another record has the same name.")


def composed(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes, in order, as one for each row, in an order in which no name is ever taken twice."""
    net: dict[tuple[str, int], Change] = {}
    for change in changes:
        key = (change.table, change.id)
        earlier = net.pop(key, None)
        joined = change if earlier is None else _joined(earlier, change)
        if joined is not None:
            net[key] = joined
    return tuple(sorted(net.values(), key=_turn))


def _turn(change: Change) -> int:
    return 0 if change.after is None else 2 if change.before is None else 1


def _joined(first: Change, then: Change) -> Change | None:
    """Return two changes of a row as one; None where the second takes back the first."""
    before = None if first.before is None else {**(then.before or {}), **first.before}
    after = None if then.after is None else {**(first.after or {}), **then.after}
    if first.before is None and then.after is None:
        return None
    if first.after is None and before is not None and after is not None:
        # It went and came again: as an update, which names on both sides what the row has.
        names = dict.fromkeys((*before, *after))
        before, after = ({name: row.get(name) for name in names} for row in (first.before or {}, after))
    if before is not None and after is not None:
        changed = [name for name in after if not _same(before.get(name), after[name])]
        if not changed:
            return None
        before, after = ({name: row.get(name) for name in changed} for row in (before, after))
    return Change(first.table, first.id, before, after)


def _same(one: Cell, other: Cell) -> bool:
    return one == other and isinstance(one, float) == isinstance(other, float)


def _refuse_large(store: Store, uid: str) -> None:
    if store.change_count(uid) > MOST_ROWS:
        raise _too_large()


def _expect_as_left(store: Store, change: Change) -> None:
    """Make sure that a row is still as the edit to be taken back left it.

    Raises:
        WriteError: it is not, and of which record it is.
    """
    if change.table not in EDITABLE_TABLES:
        raise _damaged()
    found = store.rows_of(change.table, "id", change.id)
    if change.before is None:
        if found:
            raise _standing(f"{_named(store, change)} is there again.")
        return
    if not found:
        raise _standing(f"{_named(store, change)} is no longer there.")
    names: Iterable[str] = change.before if change.after is not None else found[0].keys() - {"id"}
    if any(found[0].get(name) != change.before.get(name) for name in names):
        raise _standing(f"{_named(store, change)} was changed since.")


def _missing(store: Store, change: Change, touched: set[tuple[str, int]]) -> str | None:
    after: Row = change.after or {}
    for column, table in references(store, change.table):
        row_id = after.get(column)
        if isinstance(row_id, int) and (table, row_id) not in touched and not _is_there(store, table, row_id):
            return f"{_named(store, change)} needs a {_WORDS.get(table, table)} that is no longer there."
    return None


def _is_there(store: Store, table: str, row_id: int) -> bool:
    return bool(store.rows_of(table, "id", row_id))


def _named(store: Store, change: Change, *, first: bool = True) -> str:
    table, name = name_of(store, change)
    cut = name if len(name) <= 80 else f"{name[:79]}…"
    return f"{'The' if first else 'the'} {_WORDS.get(table, table)} “{cut}”"


def _standing(words: str) -> WriteError:
    return ChangedElsewhereError("in-the-way", words, f"{_NOTHING} Take that back first.")


def _too_large() -> WriteError:
    words = f"This would take back more than {MOST_ROWS:,} rows at once."
    return WriteError(
        "too-large", words, f"{_NOTHING} Undo the newest changes step by step, or open a backup."
    )


def _damaged() -> WriteError:
    return WriteError("log-damaged", "The log no longer holds this edit.", "Run a check of the document.")
