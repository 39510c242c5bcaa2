"""What a phrase says of its dates, written in EDTF: missing years filled in, relations made sets or intervals."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viewer.domain.edtf import PRECISIONS, DateError
from viewer.domain.lexicon import END
from viewer.domain.phrases.items import Clip, Item, dated, in_year
from viewer.domain.pieces import End, Piece, days_on
from viewer.domain.reference import Reference

if TYPE_CHECKING:
    from viewer.domain.phrases.grammar import Statement

_REMEMBERED = 256
_PLAIN = "plain"
_AT_THE_END = Clip("part", END)
_OPEN = End("", None, None, "")


class Bounds(NamedTuple):
    """What parsing an expression comes to, where all its dates are plain: seconds, None on an open side."""

    start_lo: int | None
    start_hi: int | None
    end_lo: int | None
    end_hi: int | None
    shape: str
    precision: str


class Phrase(NamedTuple):
    """An EDTF expression, and what it cannot say of the date that it stands for.

    `rules`: those of the rules R1 to R14 that it took to read it, "plain" when it took none. `precision`: that of
    a time which is not known to the second. `ambiguous`: the members of the set are two readings of one date.
    `bounds`: what the expression comes to; None where it has to be parsed for that.
    """

    edtf: str
    rules: str = _PLAIN
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    precision: str | None = None
    bounds: Bounds | None = None


def written(statement: Statement, reference: Reference | None) -> Phrase:
    """Write a statement in EDTF, or raise DateError for what cannot be.

    Years that it leaves out come from the reference; without one they stay unknown.
    """
    relation = statement.relation
    if relation == "is":
        item = statement.items[0]
        if item.other is not None:
            return _either_order(statement, reference)
        return alone(dated(item, reference), statement.approximate, statement.uncertain)
    if any(item.other for item in statement.items):
        raise DateError("The day and the month cannot be told apart: write the month as a word.")
    if relation in ("before", "after") and statement.items[0].is_part_of_day:
        raise DateError(
            "What lies before or after a part of a day cannot be told: give the time, or the day."
        )
    pieces = _pieces(statement, reference)
    rules: tuple[str, ...] = _RULES.get(relation, ())
    approximate, convention = statement.approximate, False
    for piece in pieces:
        if piece.time:
            raise DateError("A time of day can only stand with a single day.")
        rules += piece.rules
        approximate |= piece.approximate
        convention |= piece.convention
    edtf, bounds = _edtf(statement, pieces, _sign(approximate, statement.uncertain))
    return Phrase(edtf, _named(rules), approximate, statement.uncertain, convention, bounds=bounds)


def alone(piece: Piece, approximate: bool, uncertain: bool) -> Phrase:
    """Write a date that stands in no relation to others."""
    approximate = approximate or piece.approximate
    start = piece.start()
    end = start if piece.edtf else piece.end()
    # In a set there is no place for ? and ~, nor behind a time: the flags say it.
    if start.text != end.text:
        edtf, bounds = _set(start, end)
    else:
        edtf, lo, hi, precision = start
        bounds = None if lo is None else Bounds(lo, hi, lo, hi, "point", precision)
        if (approximate or uncertain) and not piece.time:
            edtf += _sign(approximate, uncertain)
    return Phrase(
        edtf, _named(piece.rules), approximate, uncertain, piece.convention, False, piece.precision, bounds
    )


@lru_cache(maxsize=_REMEMBERED)
def _named(rules: tuple[str, ...]) -> str:
    """Name the rules that were used, each once and in order."""
    return "+".join(sorted(set(rules), key=lambda rule: int(rule[1:]))) or _PLAIN


def _pieces(statement: Statement, reference: Reference | None) -> tuple[Piece, ...]:
    """Return what each date means; those that lack a year take it from the others, else from the reference."""
    items = list(statement.items)
    if len(items) == 1:
        return (dated(items[0], reference),)
    last = items[-1]
    if last.lacks_year and not items[0].lacks_year:
        first = dated(items[0], reference)
        last = _not_before(last._replace(year=first.first[0]), first)
    elif last.lacks_year and reference is not None:
        if any(item.lacks_month for item in items):
            raise DateError("The month is missing: write 5 to 7 February 2025.")
        last = _latest_last(items[0], last, reference)
    elif last.lacks_year:
        return tuple(item.piece(any_year=True) for item in items)
    end = dated(last, reference)
    return (*[_before(item, end, reference) for item in items[:-1]], end)


def _latest_last(item: Item, last: Item, reference: Reference) -> Item:
    """Return the last date in the latest year in which the first one begins by the reference, and both exist."""
    impossible: DateError | None = None
    for _ in range(3):
        first = in_year(item, reference)
        try:
            return _not_before(last._replace(year=first.first[0], rules=("R4",)), first)
        except DateError as error:  # 28 to 29 February
            impossible = error
        day = days_on((first.first[0], 1, 1), -1)
        reference = Reference(day, day)
    raise impossible or DateError("No year fits these dates.")


def _not_before(item: Item, first: Piece) -> Item:
    """Move an item on by a year where it would lie before the first one."""
    assert item.year is not None
    return item if item.piece().first >= first.first else item._replace(year=item.year + 1)


def _before(item: Item, end: Piece, reference: Reference | None) -> Piece:
    """Return the piece of an item that takes its year from a later date, or its week."""
    if item.lacks_year and item.modifier is None:
        year = end.first[0]
        piece = item._replace(year=year).piece()
        return piece if piece.first <= end.last else item._replace(year=year - 1).piece()
    piece = dated(item, reference)
    if item.counted is not None and item.weekday is not None and piece.first > end.last:
        return piece._replace(first=days_on(piece.first, -7), last=days_on(piece.last, -7), edtf=None)
    return piece


def _either_order(statement: Statement, reference: Reference | None) -> Phrase:
    """Return both days that 03/04/2025 may be, the earlier one first."""
    item = statement.items[0]
    assert item.other is not None
    month, day = item.other
    pieces = [
        dated(item._replace(month=at[0], day=at[1], other=None, weekday=None), reference)
        for at in ((item.month, item.day), (month, day))
    ]
    first, last = sorted(piece.start().text for piece in pieces)
    return Phrase(
        f"[{first},{last}]",
        "R4+R10" if "R4" in pieces[0].rules else "R10",
        statement.approximate,
        statement.uncertain,
        ambiguous=True,
    )


def _sign(approximate: bool, uncertain: bool) -> str:
    return "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""


def _edtf(statement: Statement, pieces: tuple[Piece, ...], sign: str) -> tuple[str, Bounds | None]:
    """Write what a statement says of its pieces: a moment within as a set, what lasts as an interval (R8)."""
    first, last = pieces[0], pieces[-1]
    match statement.relation:
        case "range":
            return _interval(first.start(), last.end(), sign)
        case "between":
            return _set(first.start(), last.end())
        case "before" if statement.items[0].clip == _AT_THE_END:
            # The 25th is before the end of a month, although its last third has begun.
            return _set(None, last.end())
        case "before":
            return _set(None, first.before())
        case "after":
            return _set(first.after(), None)
        case "by":
            return _set(None, first.end())
        case "not_before":
            return _set(first.start(), None)
        case "since":
            return _interval(first.start(), None, sign)
        case "until":
            return _interval(None, first.end(), sign)
        case "throughout":
            return _interval(*first.days(), sign)
        case "overnight":
            return _set(*_night(pieces))
        case "night_to":
            return _set(first.before(), first.start())
        case "either":
            return _members(pieces, "[]", "point")
    return _members(pieces, "{}", "set")


def _set(first: End | None, last: End | None) -> tuple[str, Bounds | None]:
    edtf = f"[{first.text if first else ''}..{last.text if last else ''}]"
    lo, hi = first and first.lo, last and last.hi
    return edtf, Bounds(lo, hi, lo, hi, "point", _coarser(first, last)) if _is_plain(first, last) else None


def _interval(first: End | None, last: End | None, sign: str) -> tuple[str, Bounds | None]:
    edtf = f"{first.text + sign if first else '..'}/{last.text + sign if last else '..'}"
    if not _is_plain(first, last):
        return edtf, None
    start, end = first or _OPEN, last or _OPEN
    return edtf, Bounds(start.lo, start.hi, end.lo, end.hi, "span", _coarser(first, last))


def _members(pieces: tuple[Piece, ...], brackets: str, shape: str) -> tuple[str, Bounds | None]:
    """Write the members of a set in the order of time, each once."""
    in_order = sorted(pieces, key=lambda piece: (piece.first, piece.last))
    ends = [(piece.start(), piece.end()) for piece in in_order]
    members = (start.text if start.text == end.text else f"{start.text}..{end.text}" for start, end in ends)
    edtf = f"{brackets[0]}{','.join(dict.fromkeys(members))}{brackets[1]}"
    if not all(_is_plain(*both) for both in ends):
        return edtf, None
    lo, hi = ends[0][0].lo, max(end.hi or 0 for _, end in ends)
    precision = max((each.precision for both in ends for each in both), key=PRECISIONS.index)
    return edtf, Bounds(lo, hi, lo, hi, shape, precision)


def _is_plain(first: End | None, last: End | None) -> bool:
    """Whether the bounds can be told without parsing, which refuses what ends before it begins."""
    if first is None or last is None:
        one = first or last
        return one is not None and one.lo is not None
    return first.lo is not None and last.hi is not None and first.lo <= last.hi


def _coarser(first: End | None, last: End | None) -> str:
    if first is None or last is None:
        return (first or last or _OPEN).precision
    if first.precision == last.precision:
        return first.precision
    return max(first.precision, last.precision, key=PRECISIONS.index)


_RULES = {
    **dict.fromkeys(("before", "after", "by", "not_before", "since", "until"), ("R7",)),
    **dict.fromkeys(("between", "range", "overnight", "night_to", "throughout"), ("R8",)),
}


def _night(pieces: tuple[Piece, ...]) -> tuple[End, End]:
    """A night belongs to two days; named by one, it is that one and the next."""
    first = pieces[0]
    if first.unit != "day" or first.start() != first.end():
        raise DateError("A night lies between two days: the night of 5 to 6 August 2024.")
    return first.start(), pieces[1].end() if len(pieces) > 1 else first.after()
