"""Words that several parts of the window share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.calendar import DAY, civil, iso_day
from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.edtf import DateError
from viewer.domain.records import Kind

if TYPE_CHECKING:
    from viewer.domain.fuzzy_date import FuzzyDate

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)


def lane_name(kind: Kind) -> str:
    """Return the heading of a kind's lane: its label in the plural for the built-in kinds."""
    plurals = {
        "deployment": QCoreApplication.translate("Kinds", "Deployments"),
        "withdrawal": QCoreApplication.translate("Kinds", "Withdrawals"),
        "statement": QCoreApplication.translate("Kinds", "Statements"),
    }
    return plurals.get(kind.name, kind.label)


def rest_name(grouping: str, without: bool) -> str:
    """Return the heading of the lane of events that name nobody, or of those too many for lanes of their own."""
    say = QCoreApplication.translate
    nobody = {
        "actor": say("Lanes", "No actor"),
        "place": say("Lanes", "No place"),
        "source": say("Lanes", "No source"),
        "tag": say("Lanes", "No tag"),
    }
    others = {
        "actor": say("Lanes", "Other actors"),
        "place": say("Lanes", "Other places"),
        "source": say("Lanes", "Other sources"),
        "tag": say("Lanes", "Other tags"),
    }
    return (nobody if without else others).get(grouping, "")


def bound_words(first: FuzzyDate) -> str:
    """Return what the first publication says of an undated event: "not later than Feb 2025"."""
    return QCoreApplication.translate("Shelf", "not later than {day}").format(day=latest_words(first))


def latest_words(date: FuzzyDate) -> str:
    """Return the end of a date as coarsely as the date is known: its month, its year, else its last day."""
    if date.latest is None:
        return ""
    from viewer.domain.dates import from_edtf

    day = iso_day(date.latest)
    coarse = {"month": day[:-3], "year": day[:-6]}.get(date.precision, day)
    try:
        return describe_date(from_edtf(coarse)).removesuffix(WITHIN)
    except DateError:  # years that EDTF writes without days
        return day


def shelf_note(not_later_than: int | None) -> str:
    """Return what bounds all undated events from above: "not later than Feb 2025", or nothing to be said."""
    if not_later_than is None:
        return ""
    year, month, *_ = civil(not_later_than)
    return QCoreApplication.translate("Shelf", "not later than {month} {year}").format(
        month=SHORT_MONTHS[month - 1], year=year
    )


def period_words(first: int, last: int) -> str:
    """Return the visible period: "12 Aug 2024 – 3 Mar 2025", as coarse as its length allows."""
    (y1, m1, d1, h1, n1, _), (y2, m2, d2, h2, n2, _) = civil(first), civil(last)
    length = last - first
    if length > 30 * 366 * DAY:
        return f"{_year(y1)} – {_year(y2)}"
    day1, day2 = f"{d1} {SHORT_MONTHS[m1 - 1]} {_year(y1)}", f"{d2} {SHORT_MONTHS[m2 - 1]} {_year(y2)}"
    if length > 3 * DAY:
        return f"{day1} – {day2}"
    return f"{day1}, {h1:02}:{n1:02} – {day2}, {h2:02}:{n2:02}"


def _year(year: int) -> str:
    return str(year) if year > 0 else QCoreApplication.translate("Status", "{year} BC").format(year=1 - year)
