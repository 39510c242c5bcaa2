"""A period to which the window keeps: from one date to another, each as vague as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.calendar import iso_day
from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.edtf import DateError
from viewer.frozen import dataclass
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from viewer.domain.fuzzy_date import FuzzyDate

_SHOWN = 32


@dataclass(frozen=True, slots=True)
class Period:
    """From the earliest day of one date to the latest of another; `certainly`: only what lies wholly within."""

    since: FuzzyDate | None = None
    until: FuzzyDate | None = None
    certainly: bool = False

    @property
    def earliest(self) -> int | None:
        """The first second of the period; None where it has no beginning."""
        return None if self.since is None else self.since.earliest

    @property
    def latest(self) -> int | None:
        """The last second of the period; None where it has no end."""
        return None if self.until is None else self.until.latest

    @property
    def is_empty(self) -> bool:
        """Whether the period has neither beginning nor end."""
        return self.earliest is None and self.latest is None


def period_label(period: Period) -> str:
    """Return a period in a few words: "Jan – Feb 2025 · certainly"."""
    if period.is_empty:
        return QCoreApplication.translate("Period", "Any time")
    words = _dates(period)
    if period.certainly:
        return QCoreApplication.translate("Period", "{dates} · certainly").format(dates=words)
    return words


def _dates(period: Period) -> str:
    if period.earliest is None:
        return QCoreApplication.translate("Period", "until {date}").format(date=_written(period.until))
    if period.latest is None:
        return QCoreApplication.translate("Period", "from {date}").format(date=_written(period.since))
    from viewer.domain.dates import from_edtf

    try:
        whole = from_edtf(f"[{iso_day(period.earliest)}..{iso_day(period.latest)}]")
    except DateError:  # years that EDTF writes without months
        return f"{_written(period.since)} – {_written(period.until)}"
    return describe_date(whole).removesuffix(WITHIN)


def _written(date: FuzzyDate | None) -> str:
    return "" if date is None else one_line(date.text or date.edtf or "", _SHOWN)
