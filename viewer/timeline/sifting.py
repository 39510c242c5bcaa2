"""What a filter lets through of an index, on any day of the second clock.

Everything that does not depend on the day is worked out once for a filter; a day costs a few comparisons.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.timeline.index import Index
    from viewer.timeline.publications import Publications

Flags = NDArray[np.bool_]
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """What is shown: `ids` in order of time, those from position `first_undated` on without a date.

    mask, disputed: a flag per position of the index; undated: the ids on the shelf; None where nothing is
    held back. by_kind: how many events of each kind there are at all on that day.
    """

    ids: array[int]
    first_undated: int
    mask: Flags | None
    disputed: Flags | None
    undated: frozenset[int] | None
    by_kind: tuple[int, ...]


class Sifter:
    """A filter's events of an index, `ids` in order of time; `everything` when it holds nothing back.

    `publications` are asked for on the first day that is set.
    """

    def __init__(
        self,
        index: Index,
        ids: Sequence[int],
        kinds: int,
        publications: Callable[[], Publications],
        *,
        everything: bool,
    ) -> None:
        self._index = index
        self._ids = np.fromiter(ids, np.int64, len(ids))
        self._publications = publications
        self._kinds = kinds
        self._mask = None if everything else np.isin(index.columns.ids, self._ids)
        self._is_dated = np.isin(self._ids, index.columns.ids)
        self._undated = np.fromiter((each.event for each in index.undated), np.int64, len(index.undated))
        self._undated_kinds = np.fromiter((each.kind for each in index.undated), np.int64, len(index.undated))
        self._moments: _Moments | None = None

    def at(self, day: int | None) -> Sifted:
        """Return what is shown of what was known at a moment; None: whenever it came to be known."""
        if day is None:
            return self._whenever()
        when = self._moments = self._moments or self._looked_up()
        known = when.dated <= day
        shown = when.listed <= day
        return Sifted(
            ids=array("q", self._ids[shown].tobytes()),
            first_undated=int(np.count_nonzero(shown & self._is_dated)),
            mask=known if self._mask is None else known & self._mask,
            disputed=self._index.columns.disputed & (when.disputed <= day),
            undated=frozenset(self._ids[shown & ~self._is_dated].tolist()),
            by_kind=self._counted(known, when.undated <= day),
        )

    def _whenever(self) -> Sifted:
        undated = None if self._mask is None else frozenset(self._ids[~self._is_dated].tolist())
        return Sifted(
            ids=array("q", self._ids.tobytes()),
            first_undated=int(np.count_nonzero(self._is_dated)),
            mask=self._mask,
            disputed=None,
            undated=undated,
            by_kind=self._counted(slice(None), slice(None)),
        )

    def _looked_up(self) -> _Moments:
        publications, dated = self._publications(), self._index.columns.ids
        return _Moments(
            publications.known_from(dated),
            publications.known_from(self._undated),
            publications.known_from(self._ids),
            publications.disputed_from(dated),
        )

    def _counted(self, dated: Flags | slice, undated: Flags | slice) -> tuple[int, ...]:
        counts = np.bincount(self._index.columns.kind[dated], minlength=self._kinds)
        counts += np.bincount(self._undated_kinds[undated], minlength=self._kinds)
        return tuple(counts.tolist())


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """From when each event was known: those of the index, of the shelf, of the list; and disputed."""

    dated: Times
    undated: Times
    listed: Times
    disputed: Times
