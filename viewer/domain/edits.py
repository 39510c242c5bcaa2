"""Edits: one undoable change of any size, as frozen before/after pairs of rows.

A row is known by its table and its integer id. An update carries only the columns that changed, so the
log stays small even when a source's text is long. The inverse of an edit swaps each pair and the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

from viewer.frozen import dataclass

Cell = str | int | float | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after: `before` None inserts, `after` None deletes."""

    table: str
    id: int
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.id, self.after, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of a document: recorded for good, undone by its inverse.

    `at` is seconds since 1970 UTC, set when it is recorded; `undoes` is the uid of the edit taken back. One that
    is not whole was saved elsewhere and is too large to be told row by row: its changes only name the tables.
    `changes` is a tuple unless it is too large to be held; then it is read again each time that it is asked.
    """

    uid: str
    label: str
    changes: Sequence[Change]
    author: str | None = None
    reason: str | None = None
    undoes: str | None = None
    at: int | None = None
    is_whole: bool = True

    def inverse(self, uid: str, author: str | None = None) -> Edit:
        """Return the edit that takes this one back, under a uid and by an author of its own."""
        changes: Sequence[Change] = TakenBack(self.changes)
        if isinstance(self.changes, tuple):
            changes = tuple(changes)
        return Edit(uid=uid, label=self.label, changes=changes, author=author, undoes=self.uid)

    def in_brief(self) -> Edit:
        """Return it as one that only names the tables in which it changes rows."""
        tables = dict.fromkeys(change.table for change in self.changes)
        changes = tuple(Change(table, 0, {}, {}) for table in tables)
        return replace(self, changes=changes, is_whole=False)


class ManyChanges(Sequence[Change]):
    """Changes that are not held: read, or made, whenever they are asked for. A subclass says how one is found."""

    def _at(self, index: int) -> Change:
        """Return the change at a place from 0 on, which is there."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...
    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        places = range(len(self))[index]
        return self._at(places) if isinstance(places, int) else [self._at(place) for place in places]


class TakenBack(ManyChanges):
    """The changes that take others back, made one by one: an import may have millions, which lie in a file."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes

    def __len__(self) -> int:
        return len(self._changes)

    def __iter__(self) -> Iterator[Change]:
        return (change.inverse() for change in reversed(self._changes))

    def _at(self, index: int) -> Change:
        return self._changes[-1 - index].inverse()
