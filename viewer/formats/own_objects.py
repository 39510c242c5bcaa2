"""Our own records inside files of other formats: the bundle's object of an event or a source under “dateline”.

Who writes such a file writes what that format can say, and beside it the whole record. Whoever changes the visible
part with another program leaves ours as it was: so ours counts only where it agrees with what is visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from viewer.domain.calendar import DAY
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import UID_LIMIT, Actor, Event, Kind, Place, Source
from viewer.formats.bundle import read_elements
from viewer.formats.incoming import Known
from viewer.formats.plain_words import plain
from viewer.formats.strict_json import Element

KEY = "dateline"


def own_event(holder: Any) -> Event | None:
    """Return the event that an object holds under our key, or None if there is none that can be read.

    What it refers to is taken to exist: whoever brings it into a document looks.
    """
    value = _own(holder)
    if value is None or not isinstance(value.get("kind"), str):
        return None
    sources, events = _named(value.get("claims"), "source"), _named(value.get("links"), "to")
    statements = _named(value.get("claims"), "statement")
    known = Known(sources=sources, events=events | statements, kinds=frozenset((value["kind"],)))
    found = read_elements({"events": [Element(value, None)]}, known).events
    return found[0].event if found else None


def own_source(holder: Any) -> Source | None:
    """Return the source that an object holds under our key, or None if there is none that can be read."""
    value = _own(holder)
    if value is None:
        return None
    original = value.get("derived_from")
    known = Known(sources=frozenset((original,)) if isinstance(original, str) else frozenset())
    found = read_elements({"sources": [Element(value, None)]}, known).sources
    return found[0].source if found else None


def own_records(value: Any) -> Iterator[Kind | Actor | Place | Source]:
    """Yield the records that one of our own files lists beside its events: kinds, actors, places and sources."""
    lists = value if isinstance(value, dict) else {}
    elements = {
        key: [Element(each, None) for each in lists[key]]
        for key in ("kinds", "actors", "places", "sources")
        if isinstance(lists.get(key), list)
    }
    originals = frozenset(
        each.value["derived_from"]
        for each in elements.get("sources", ())
        if isinstance(each.value, dict) and isinstance(each.value.get("derived_from"), str)
    )
    found = read_elements({**elements}, Known(sources=originals))
    yield from found.kinds
    yield from found.actors
    yield from found.places
    yield from (each.source for each in found.sources)


def title_of(ours: str, visible: str) -> str:
    """Return our title, or the visible one where somebody changed it: that has no markup and no odd spaces."""
    meant = ("", " ".join(ours.split()), " ".join(plain(ours).split()))
    return ours if visible in meant else visible


def same_days(ours: FuzzyDate | None, visible: FuzzyDate | None) -> bool:
    """Tell whether a visible date says the same days as ours, as far as the format can say them.

    A side that is open is often left out, or written as the other; years before Christ may be a year apart.
    """
    if visible is None or ours is None or not ours.is_dated:
        return visible is None or not visible.is_dated or (ours is not None and visible.text == ours.text)
    if not visible.is_dated:
        return visible.text in (ours.text, ours.edtf)
    sides = ((ours.start_lo, visible.start_lo), (ours.end_hi, visible.end_hi))
    return all(mine is None or told is None or _near(mine, told) for mine, told in sides)


def _near(mine: int, told: int) -> bool:
    apart = abs(mine // DAY - told // DAY)
    return apart == 0 or (mine < _CHRIST and apart <= _LONGEST_YEAR)


_CHRIST = -62_135_596_800
_LONGEST_YEAR = 366


def _own(holder: Any) -> dict[str, Any] | None:
    value = holder.get(KEY) if isinstance(holder, dict) else None
    uid = value.get("uid") if isinstance(value, dict) else None
    return value if isinstance(uid, str) and 0 < len(uid) <= UID_LIMIT else None


def _named(values: Any, key: str) -> frozenset[str]:
    found = (
        [value.get(key) for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    )
    return frozenset(name for name in found if isinstance(name, str))
