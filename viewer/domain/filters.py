"""What a list or a window shows: a filter as a value. Fuzzy things are filtered possibly or certainly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Criteria that an event must all meet; None or empty means no such criterion.

    earliest, latest: the period, seconds, inclusive. `certainly`: the event lies wholly within the period;
    otherwise it may (their extents overlap). known_by: only what a source published by then may have said.
    """

    kinds: frozenset[str] | None = None
    text: str = ""
    actor: str = ""
    place: str = ""
    source: str = ""
    tag: str = ""
    earliest: int | None = None
    latest: int | None = None
    certainly: bool = False
    known_by: int | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether everything passes."""
        return self == Filter(certainly=self.certainly)
