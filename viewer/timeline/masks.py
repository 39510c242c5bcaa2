"""What a filter lets through, by record: one flag for each event of the table, and of the recent ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass
from viewer.timeline.array_files import let_go

Flags = NDArray[np.bool_]

_CHUNK = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """A flag for each record: `base` for those of the table, `recent` for those of the edited events.

    Masks are not written to once they are made; whoever shows all has None instead of a mask.
    """

    base: Flags
    recent: Flags

    @classmethod
    def of(cls, flags: Flags | Mask, base: int) -> Mask:
        """Return flags in one array, the first `base` of which are those of the table, as a mask."""
        return flags if isinstance(flags, Mask) else cls(flags[:base], flags[base:])

    def __and__(self, other: Mask) -> Mask:
        return Mask(self.base & other.base, self.recent & other.recent)

    def has(self, record: int) -> bool:
        """Tell whether a record, counted through both parts, is let through."""
        base = len(self.base)
        return bool(self.base[record] if record < base else self.recent[record - base])


def both(one: Mask | None, other: Mask | None) -> Mask | None:
    """Return what two masks let through, either of which may be None."""
    if one is None or other is None:
        return one if other is None else other
    return one & other


def taken(flags: Flags, at: NDArray[np.int32]) -> Flags:
    """Return the flags of many places; in chunks, as numpy turns all of `at` into eight bytes each first."""
    found = np.empty(len(at), dtype=np.bool_)
    for first in range(0, len(at), _CHUNK):
        part = slice(first, first + _CHUNK)
        np.take(flags, at[part], out=found[part], mode="clip")
    let_go(at)
    return found
