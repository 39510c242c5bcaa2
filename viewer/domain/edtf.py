"""EDTF, the Extended Date/Time Format (ISO 8601-2, Library of Congress 2019-02): levels 0, 1 and 2.

An expression is one date, an interval a/b, one of a set [a,b..c] or all of a set {a,b..c}. What one date
means is read in `edtf_dates`; here dates become an expression with an earliest and a latest side.
"""

from __future__ import annotations

from typing import NamedTuple

from viewer.domain.calendar import MAX_SECONDS, MIN_SECONDS
from viewer.domain.edtf_dates import PRECISIONS, DateError, Extent, date_at, date_time

__all__ = ["PRECISIONS", "DateError", "Expression", "Extent", "parse"]

_MAX_MEMBERS = 100
_SETS = {"[": ("]", "point"), "{": ("}", "set")}


class Expression(NamedTuple):
    """A whole expression, in canonical words.

    `first` holds the earliest second and `last` the latest one; None where that side is open or unknown,
    as its state says. `extents` are all dates that it names, at least one.
    """

    text: str
    shape: str
    first: Extent | None
    last: Extent | None
    first_state: str
    last_state: str
    extents: tuple[Extent, ...]


class _Member(NamedTuple):
    """A member of a set: a date, or two and all between them; None on the side that is open."""

    text: str
    first: Extent | None
    last: Extent | None


def parse(text: str) -> Expression | None:
    """Read an EDTF expression; None if it is not one, DateError if it says what cannot be."""
    if text[:1] in _SETS:
        return _set(text)
    if "/" in text:
        return _interval(text)
    if " " in text:
        return None
    date = date_at(text, 0, len(text)) or date_time(text)
    return None if date is None else _expression(date.text, "point", date, date, (date,))


def _interval(text: str) -> Expression | None:
    slash = text.index("/")
    sides = _trimmed(text, 0, slash), _trimmed(text, slash + 1, len(text))
    start, end = text[slice(*sides[0])], text[slice(*sides[1])]
    if " " in start or " " in end or "/" in end:
        return None
    first, last = date_at(text, *sides[0]), date_at(text, *sides[1])
    if (first is None and start not in ("", "..")) or (last is None and end not in ("", "..")):
        return None
    _check_order(first, last, text, 0, len(text))
    return _expression(
        f"{start}/{end}",
        "span",
        first,
        last,
        tuple([side for side in (first, last) if side is not None]),
        without_first="open" if start else "unknown",
        without_last="open" if end else "unknown",
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a part of a text stands without the spaces around it."""
    part = text[start:end].rstrip(" ")
    end = start + len(part)
    return end - len(part.lstrip(" ")), end


def _set(text: str) -> Expression | None:
    closing, shape = _SETS[text[0]]
    if text[-1] != closing:
        return None
    if text.count(",") >= _MAX_MEMBERS:
        raise DateError(f"A set of dates has at most {_MAX_MEMBERS} members.")
    members: list[_Member] = []
    at = 1
    for written in text[1:-1].split(","):
        member = _member(text, at, at + len(written))
        # Only the first may be open before it, only the last after it.
        if member is None or (members and (member.first is None or members[-1].last is None)):
            return None
        members.append(member)
        at += len(written) + 1
    firsts = [member.first for member in members if member.first is not None]
    lasts = [member.last for member in members if member.last is not None]
    return _expression(
        f"{text[0]}{','.join(member.text for member in members)}{closing}",
        shape,
        None if members[0].first is None else min(firsts, key=_low),
        None if members[-1].last is None else max(lasts, key=_high),
        (*firsts, *lasts),
    )


def _member(text: str, start: int, end: int) -> _Member | None:
    dots = text.find("..", start, end)
    if dots < 0:
        at = _trimmed(text, start, end)
        date = None if text.find(" ", *at) >= 0 or text.find(".", *at) >= 0 else date_at(text, *at)
        return None if date is None else _Member(date.text, date, date)
    sides = _trimmed(text, start, dots), _trimmed(text, dots + 2, end)
    written = [text[slice(*side)] for side in sides]
    if any(" " in side or "." in side for side in written):
        return None
    first, last = (date_at(text, *side) for side in sides)
    if (first is None and written[0]) or (last is None and written[1]):
        return None
    _check_order(first, last, text, start, end)
    return _Member("..".join(written), first, last)


def _low(extent: Extent) -> int:
    """Return where a date begins; one that is wholly unknown could be anywhere."""
    return MIN_SECONDS if extent.lo is None else extent.lo


def _high(extent: Extent) -> int:
    return MAX_SECONDS if extent.hi is None else extent.hi


def _check_order(first: Extent | None, last: Extent | None, text: str, start: int, end: int) -> None:
    if first is not None and last is not None and _high(last) < _low(first):
        written = text[start:end].strip()
        raise DateError(f"{written} ends before it begins. Put the earlier date first.", (start, end))


def _expression(
    text: str,
    shape: str,
    first: Extent | None,
    last: Extent | None,
    extents: tuple[Extent, ...],
    *,
    without_first: str = "open",
    without_last: str = "open",
) -> Expression:
    """Put an expression together; a side of which nothing is known has no extent, only its state."""
    if first is None and last is None:
        raise DateError(f"{text} is open on both sides. Give at least an earliest or a latest date.")
    if first is not None and first.lo is None:
        first, without_first = None, "unknown"
    if last is not None and last.hi is None:
        last, without_last = None, "unknown"
    return Expression(
        text=text,
        shape=shape,
        first=first,
        last=last,
        first_state=without_first if first is None else "known",
        last_state=without_last if last is None else "known",
        extents=extents,
    )
