"""A stretch of whole days under a name: what "early March 2024" or "winter 2023-24" comes to.

A piece knows its first and last day, and how EDTF writes it: as one expression, or by its two ends at the
precision at which they are named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.domain.calendar import civil_from_days, days_from_civil, days_in_month

Day = tuple[int, int, int]
"""Year (astronomical), month, day."""

ANY_YEAR = 2000
"""Stands for a year that is not known, where a calendar needs one; it has a 29 February."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Days from `first` to `last`, inclusive; its ends are named by `unit`: day, month or year.

    `edtf`: the piece as one expression, None where only its ends can be written. `any_year`: the year is not
    known, and that of the days stands for it.
    """

    first: Day
    last: Day
    unit: str
    edtf: str | None = None
    approximate: bool = False
    convention: bool = False
    rules: tuple[str, ...] = ()
    any_year: bool = False
    time: str | None = None
    precision: str | None = None

    @property
    def start(self) -> str:
        """The first end, as EDTF."""
        return self.edtf or self._name(self.first)

    @property
    def end(self) -> str:
        """The last end, as EDTF."""
        return self.edtf or self._name(self.last)

    @property
    def member(self) -> str:
        """The piece as a member of a set."""
        return self.start if self.start == self.end else f"{self.start}..{self.end}"

    def before(self) -> str:
        """Name the day, month or year before the first one."""
        return self._name(_stepped(self.first, self.unit, -1))

    def after(self) -> str:
        """Name the day, month or year after the last one."""
        return self._name(_stepped(self.last, self.unit, 1))

    def days(self) -> tuple[str, str]:
        """Name the first and the last day."""
        return _name(self.first, "day", self.any_year), _name(self.last, "day", self.any_year)

    def clipped(self, first: Day, last: Day, unit: str, rule: str, *, approximate: bool = False) -> Piece:
        """Return a part of the piece that a convention cuts out."""
        return replace(
            self,
            first=first,
            last=last,
            unit=unit,
            edtf=None,
            approximate=approximate,
            convention=True,
            rules=(*self.rules, rule),
        )

    def _name(self, day: Day) -> str:
        return _name(day, self.unit, self.any_year)


def day_piece(day: Day, *, any_year: bool = False) -> Piece:
    """Return the piece that is one day."""
    return Piece(day, day, "day", _name(day, "day", any_year), any_year=any_year)


def month_piece(year: int, month: int, *, any_year: bool = False) -> Piece:
    """Return the piece that is one month."""
    first = (year, month, 1)
    return Piece(
        first, end_of_month(year, month), "month", _name(first, "month", any_year), any_year=any_year
    )


def year_piece(year: int) -> Piece:
    """Return the piece that is one year."""
    return Piece((year, 1, 1), (year, 12, 31), "year", edtf_year(year))


def edtf_year(year: int) -> str:
    """Write a year in four digits, or behind a Y where it needs more."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}" if abs(year) <= 9999 else f"Y{year}"


def end_of_month(year: int, month: int) -> Day:
    """Return the last day of a month."""
    return year, month, days_in_month(year, month)


def months_on(year: int, month: int, step: int) -> tuple[int, int]:
    """Return the year and the month that lie `step` months on."""
    years, rest = divmod(month - 1 + step, 12)
    return year + years, rest + 1


def days_on(day: Day, step: int) -> Day:
    """Return the day that lies `step` days on."""
    return civil_from_days(days_from_civil(*day) + step)


def _name(day: Day, unit: str, any_year: bool) -> str:
    year, month, date = day
    written = "XXXX" if any_year else edtf_year(year)
    if unit == "year":
        return written
    return f"{written}-{month:02d}" if unit == "month" else f"{written}-{month:02d}-{date:02d}"


def _stepped(day: Day, unit: str, step: int) -> Day:
    year, month, _ = day
    if unit == "year":
        return year + step, 1, 1
    if unit == "month":
        return (*months_on(year, month, step), 1)
    return days_on(day, step)
