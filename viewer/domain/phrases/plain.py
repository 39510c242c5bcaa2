"""Whole days, months and years with nothing around them, which most wordings are: "19 February 2025", "mars 2024".

The grammar reads them as well, and has the last word on what is not plain after all, such as 30 February.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.calendar import days_in_month
from viewer.domain.pieces import PLAIN_YEARS, Piece, day_piece, month_piece, year_piece

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORM = re.compile(r"(?:(?:[no]M?)?m|m[no]),?Y|Y")
"""The classes of the tokens, one letter each (see Sign): a day or none, a month or none, a year."""


class PlainDate(NamedTuple):
    """Where the year, the month and the day stand in a row of tokens; -1 for one that is not named."""

    year: int
    month: int
    day: int

    def piece(self, values: Sequence[Any]) -> Piece | None:
        """Return the days that the tokens mean if they carry these values; None if it takes more to tell."""
        year = values[self.year]
        if year not in PLAIN_YEARS:
            return None
        if self.month < 0:
            return year_piece(year)
        month = values[self.month]
        if self.day < 0:
            return month_piece(year, month) if 1 <= month <= 12 else None
        day = values[self.day]
        is_day = 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
        return day_piece((year, month, day)) if is_day else None


def plain_date(letters: str) -> PlainDate | None:
    """Return where the parts of a plain date stand; None for a row of tokens that is none."""
    if _FORM.fullmatch(letters) is None:
        return None
    return PlainDate(letters.index("Y"), letters.find("m"), max(letters.find("n"), letters.find("o")))
