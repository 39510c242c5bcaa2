"""Saved views: what a name brings back, and the JSON object in which a document keeps it.

The column `views.definition`, and in a bundle the view beside its `uid` and `name`, holds these keys, each of them
optional; what is missing was not saved and stays as it is when the view is applied:

    shown     [first, last]: the period on the canvas, in seconds since 1970-01-01T00:00:00Z
    lanes     what the lanes are grouped by: "kind", "actor", "place", "source", "tag"
    clock     "happened" or "said": by which of the two clocks events are placed
    known_on  "2025-02-03": only what was known at the end of that day; null: whenever it became known
    filter    an object, which replaces the filter as a whole:
        text, actor, place, source, tag, reliability   texts
        kinds                                          names of kinds; all of them when missing
        since, until                                   {"edtf": "2024-10", "text": "October 2024"}, text is optional
        certainly, disputed                            true or false
        min_origins, credibility                       whole numbers

Keys that are not known are kept as they are. A value that cannot be used is named and left out, the rest holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from viewer.domain.calendar import DAY, MAX_SECONDS, MIN_SECONDS, iso_day
from viewer.domain.filters import CREDIBILITIES, RELIABILITIES
from viewer.frozen import dataclass

LANES = ("kind", "actor", "place", "source", "tag")
CLOCKS = ("happened", "said")
_TEXTS = ("text", "actor", "place", "source", "tag")


@dataclass(frozen=True, slots=True)
class SavedDate:
    """One end of a period as it was written."""

    edtf: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """The filter of a view; as `Filter`, but with the ends of the period as they were written."""

    text: str = ""
    actor: str = ""
    place: str = ""
    source: str = ""
    tag: str = ""
    kinds: tuple[str, ...] | None = None
    since: SavedDate | None = None
    until: SavedDate | None = None
    certainly: bool = False
    disputed: bool = False
    min_origins: int = 0
    reliability: str = ""
    credibility: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """What a view brings back; None: not saved. `knows_day` tells whether `known_on` was saved at all."""

    shown: tuple[int, int] | None = None
    lanes: str | None = None
    clock: str | None = None
    knows_day: bool = False
    known_on: int | None = None
    filter: SavedFilter | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)


def definition(view: SavedView, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the object in which a view is kept; keys of `before` that are not ours stay."""
    ours: dict[str, Any] = {}
    if view.shown is not None:
        ours["shown"] = list(view.shown)
    if view.lanes is not None:
        ours["lanes"] = view.lanes
    if view.clock is not None:
        ours["clock"] = view.clock
    if view.knows_day:
        ours["known_on"] = None if view.known_on is None else iso_day(view.known_on)
    earlier = before or {}
    if view.filter is not None:
        ours["filter"] = {**_unknown(earlier.get("filter"), _CRITERIA), **_filter_object(view.filter)}
    return {**_unknown(earlier, _KEYS), **ours}


def read_view(raw: Mapping[str, Any]) -> SavedView:
    """Return the view that an object describes; `problems` names the keys whose values cannot be used."""
    problems: list[str] = []
    found: dict[str, Any] = {}
    for key, read in _KEYS.items():
        if key in raw:
            try:
                found[key] = read(raw[key], problems)
            except (ValueError, TypeError):
                problems.append(key)
    knows_day = "known_on" in found
    return SavedView(**found, knows_day=knows_day, problems=tuple(problems))


def _unknown(found: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    return (
        {key: value for key, value in found.items() if key not in known} if isinstance(found, Mapping) else {}
    )


def _filter_object(wanted: SavedFilter) -> dict[str, Any]:
    """Return what a filter asks for; what it leaves open is left out."""
    found: dict[str, Any] = {}
    for name in (*_TEXTS, "certainly", "disputed", "min_origins", "reliability", "credibility"):
        value = getattr(wanted, name)
        if value:
            found[name] = value
    if wanted.kinds is not None:
        found["kinds"] = list(wanted.kinds)
    for name, date in (("since", wanted.since), ("until", wanted.until)):
        if date is not None:
            found[name] = {"edtf": date.edtf} if date.text is None else {"edtf": date.edtf, "text": date.text}
    return found


def _read_shown(value: Any, _problems: list[str]) -> tuple[int, int]:
    first, last = value
    if not (_is_moment(first) and _is_moment(last) and first < last):
        raise ValueError(value)
    return first, last


def _read_day(value: Any, _problems: list[str]) -> int | None:
    """Return the last second of a day; None for null."""
    if value is None:
        return None
    from viewer.domain.dates import from_edtf

    day = from_edtf(_text(value))
    if day.earliest is None or day.latest is None or day.latest - day.earliest >= DAY:
        raise ValueError(value)
    return day.latest


def _read_filter(value: Any, problems: list[str]) -> SavedFilter:
    if not isinstance(value, Mapping):
        raise ValueError(value)
    found: dict[str, Any] = {}
    for name, read in _CRITERIA.items():
        if name in value:
            try:
                found[name] = read(value[name])
            except (ValueError, TypeError):
                problems.append(f"filter.{name}")
    return SavedFilter(**found)


def _read_date(value: Any) -> SavedDate:
    from viewer.domain.dates import from_edtf

    if not isinstance(value, Mapping):
        raise ValueError(value)
    text, edtf = value.get("text"), _text(value.get("edtf"))
    from_edtf(edtf)
    return SavedDate(edtf, text if isinstance(text, str) else None)


def _one_of(known: tuple[str, ...]) -> Callable[[Any, list[str]], str]:
    def read(value: Any, _problems: list[str]) -> str:
        if value not in known:
            raise ValueError(value)
        return str(value)

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(name) for name in value)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1_000_000:
        raise ValueError(value)
    return value


def _reliability(value: Any) -> str:
    if len(_text(value)) > 1 or value not in RELIABILITIES:
        raise ValueError(value)
    return _text(value)


def _credibility(value: Any) -> int:
    if _count(value) not in CREDIBILITIES:
        raise ValueError(value)
    return _count(value)


def _is_moment(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and MIN_SECONDS <= value <= MAX_SECONDS


_CRITERIA: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    "kinds": _names,
    "since": _read_date,
    "until": _read_date,
    "certainly": _flag,
    "disputed": _flag,
    "min_origins": _count,
    "reliability": _reliability,
    "credibility": _credibility,
}

_KEYS: dict[str, Callable[[Any, list[str]], Any]] = {
    "shown": _read_shown,
    "lanes": _one_of(LANES),
    "clock": _one_of(CLOCKS),
    "known_on": _read_day,
    "filter": _read_filter,
}
