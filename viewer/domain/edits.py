"""Edits: one undoable change of any size, as frozen before/after pairs of rows.

A row is known by its table and its integer id. An update carries only the columns that changed, so the
log stays small even when a source's text is long. The inverse of an edit swaps each pair and the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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

    `at` is seconds since 1970 UTC, set when it is recorded; `undoes` is the uid of the edit taken back.
    """

    uid: str
    label: str
    changes: tuple[Change, ...]
    author: str | None = None
    reason: str | None = None
    undoes: str | None = None
    at: int | None = None

    def inverse(self, uid: str, author: str | None = None) -> Edit:
        """Return the edit that takes this one back, under a uid and by an author of its own."""
        changes = tuple(change.inverse() for change in reversed(self.changes))
        return Edit(uid=uid, label=self.label, changes=changes, author=author, undoes=self.uid)
