"""What a phrase says of its dates, written in EDTF: missing years filled in, relations made sets or intervals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viewer.domain.edtf import DateError
from viewer.domain.lexicon import END
from viewer.domain.phrases.items import Clip, Item, dated, in_year
from viewer.domain.pieces import Piece, days_on
from viewer.domain.reference import Reference

if TYPE_CHECKING:
    from viewer.domain.phrases.grammar import Statement

_PLAIN = "plain"
_AT_THE_END = Clip("part", END)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An EDTF expression, and what it cannot say of the date that it stands for.

    `rules`: those of the rules R1 to R14 that it took to read it, "plain" when it took none. `precision`: that of
    a time which is not known to the second. `ambiguous`: the members of the set are two readings of one date.
    """

    edtf: str
    rules: str = _PLAIN
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    precision: str | None = None


def written(statement: Statement, reference: Reference | None) -> Phrase:
    """Write a statement in EDTF, or raise DateError for what cannot be.

    Years that it leaves out come from the reference; without one they stay unknown.
    """
    relation = statement.relation
    if any(item.other for item in statement.items):
        if relation != "is":
            raise DateError("The day and the month cannot be told apart: write the month as a word.")
        return _either_order(statement, reference)
    if relation in ("before", "after") and statement.items[0].is_part_of_day:
        raise DateError(
            "What lies before or after a part of a day cannot be told: give the time, or the day."
        )
    pieces = _pieces(statement, reference)
    if any(piece.time for piece in pieces) and relation != "is":
        raise DateError("A time of day can only stand with a single day.")
    approximate = statement.approximate or any(piece.approximate for piece in pieces)
    rules = [rule for piece in pieces for rule in piece.rules] + list(_RULES.get(relation, ()))
    return Phrase(
        _edtf(statement, pieces, approximate),
        "+".join(sorted(set(rules), key=lambda rule: int(rule[1:]))) or _PLAIN,
        approximate=approximate,
        uncertain=statement.uncertain,
        convention=any(piece.convention for piece in pieces),
        precision=pieces[0].precision if relation == "is" else None,
    )


def _pieces(statement: Statement, reference: Reference | None) -> tuple[Piece, ...]:
    """Return what each date means; those that lack a year take it from the others, else from the reference."""
    items = list(statement.items)
    if len(items) == 1:
        return (dated(items[0], reference),)
    last = items[-1]
    if last.lacks_year and not items[0].lacks_year:
        first = dated(items[0], reference)
        last = _not_before(replace(last, year=first.first[0]), first)
    elif last.lacks_year and reference is not None:
        if any(item.lacks_month for item in items):
            raise DateError("The month is missing: write 5 to 7 February 2025.")
        first, last = _latest_pair(items[0], last, reference)
    elif last.lacks_year:
        return tuple(item.piece(any_year=True) for item in items)
    end = dated(last, reference)
    return (*(_before(item, end, reference) for item in items[:-1]), end)


def _latest_pair(item: Item, last: Item, reference: Reference) -> tuple[Piece, Item]:
    """Return the latest years for the first and the last date that begin by the reference, and exist."""
    impossible: DateError | None = None
    for _ in range(3):
        first = in_year(item, reference).piece()
        try:
            return first, _not_before(replace(last, year=first.first[0], rules=("R4",)), first)
        except DateError as error:  # 28 to 29 February
            impossible = error
        day = days_on((first.first[0], 1, 1), -1)
        reference = Reference(day, day)
    raise impossible or DateError("No year fits these dates.")


def _not_before(item: Item, first: Piece) -> Item:
    """Move an item on by a year where it would lie before the first one."""
    assert item.year is not None
    later = replace(item, year=item.year + 1)
    return item if item.piece().first >= first.first else later


def _before(item: Item, end: Piece, reference: Reference | None) -> Piece:
    """Return the piece of an item that takes its year from a later date, or its week."""
    if item.lacks_year and item.modifier is None:
        year = end.first[0]
        piece = replace(item, year=year).piece()
        return piece if piece.first <= end.last else replace(item, year=year - 1).piece()
    piece = dated(item, reference)
    if item.counted is not None and item.weekday is not None and piece.first > end.last:
        return replace(piece, first=days_on(piece.first, -7), last=days_on(piece.last, -7), edtf=None)
    return piece


def _either_order(statement: Statement, reference: Reference | None) -> Phrase:
    """Return both days that 03/04/2025 may be, the earlier one first."""
    item = statement.items[0]
    assert item.other is not None
    month, day = item.other
    pieces = [
        dated(replace(item, month=at[0], day=at[1], other=None, weekday=None), reference)
        for at in ((item.month, item.day), (month, day))
    ]
    first, last = sorted(piece.start for piece in pieces)
    return Phrase(
        f"[{first},{last}]",
        "R4+R10" if "R4" in pieces[0].rules else "R10",
        approximate=statement.approximate,
        uncertain=statement.uncertain,
        ambiguous=True,
    )


def _sign(approximate: bool, uncertain: bool) -> str:
    return "%" if approximate and uncertain else "~" if approximate else "?" if uncertain else ""


def _members(pieces: tuple[Piece, ...]) -> str:
    """Write the members of a set in the order of time, each once."""
    in_order = sorted(pieces, key=lambda piece: (piece.first, piece.last))
    return ",".join(dict.fromkeys(piece.member for piece in in_order))


def _edtf(statement: Statement, pieces: tuple[Piece, ...], approximate: bool) -> str:
    """Write what a statement says of its pieces: a moment within as a set, what lasts as an interval (R8)."""
    first, last = pieces[0], pieces[-1]
    # In a set there is no place for ? and ~, nor behind a time: the flags say it.
    sign = _sign(approximate, statement.uncertain)
    match statement.relation:
        case "before" if statement.items[0].clip == _AT_THE_END:
            # The 25th is before the end of a month, although its last third has begun.
            return f"[..{last.end}]"
        case "before":
            return f"[..{first.before()}]"
        case "after":
            return f"[{first.after()}..]"
        case "by":
            return f"[..{first.end}]"
        case "not_before":
            return f"[{first.start}..]"
        case "since":
            return f"{first.start}{sign}/.."
        case "until":
            return f"../{first.end}{sign}"
        case "throughout":
            return f"{sign}/".join(first.days()) + sign
        case "range":
            return f"{first.start}{sign}/{last.end}{sign}"
        case "between":
            return f"[{first.start}..{last.end}]"
        case "overnight":
            return _night(pieces)
        case "night_to":
            return f"[{first.before()}..{first.start}]"
        case "either":
            return f"[{_members(pieces)}]"
        case "both":
            return f"{{{_members(pieces)}}}"
    if first.start != first.end:
        return f"[{first.start}..{first.end}]"
    return first.start if first.time else first.start + sign


_RULES = {
    **dict.fromkeys(("before", "after", "by", "not_before", "since", "until"), ("R7",)),
    **dict.fromkeys(("between", "range", "overnight", "night_to", "throughout"), ("R8",)),
}


def _night(pieces: tuple[Piece, ...]) -> str:
    """A night belongs to two days; named by one, it is that one and the next."""
    if pieces[0].unit != "day" or pieces[0].start != pieces[0].end:
        raise DateError("A night lies between two days: the night of 5 to 6 August 2024.")
    return f"[{pieces[0].start}..{pieces[1].end if len(pieces) > 1 else pieces[0].after()}]"
