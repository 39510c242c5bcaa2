"""What a date was taken to mean, apart from how wordings are read (`dates`): to show one, no grammar is needed."""

from __future__ import annotations

from dataclasses import field

from viewer.domain.calendar import iso_day, iso_time
from viewer.frozen import dataclass

PARSER_VERSION = 2
"""Raised when the same wording or EDTF comes to mean other bounds."""

FLAGS = ("approximate", "uncertain", "convention", "ambiguous")


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyDate:
    """When something was, as far as it is known.

    Bounds are seconds since 1970-01-01T00:00:00Z, inclusive; None where the side is open or unknown. A span
    surely lasts from `start_hi` to `end_lo`, if these come in that order; a point has no such core. How the
    date was read (`reference`, `language`, `rule`, `parser_version`) takes no part in comparisons.
    """

    text: str | None
    edtf: str | None
    start_lo: int | None
    start_hi: int | None
    end_lo: int | None
    end_hi: int | None
    earliest_state: str
    latest_state: str
    shape: str
    precision: str
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    zone: str | None = None
    reference: str | None = field(default=None, compare=False)
    language: str | None = field(default=None, compare=False)
    rule: str | None = field(default=None, compare=False)
    parser_version: int = field(default=PARSER_VERSION, compare=False)

    @property
    def earliest(self) -> int | None:
        """The earliest possible second; None where open or unknown."""
        return self.start_lo

    @property
    def latest(self) -> int | None:
        """The latest possible second; None where open or unknown."""
        return self.end_hi

    @property
    def is_dated(self) -> bool:
        """Whether at least one bound is known."""
        return self.start_lo is not None or self.end_hi is not None

    @property
    def flags(self) -> tuple[str, ...]:
        """Which of FLAGS hold."""
        return tuple(name for name in FLAGS if getattr(self, name))


def unread_date(text: str) -> FuzzyDate:
    """Keep a wording that is not understood: no meaning, no bounds."""
    return FuzzyDate(
        text=text,
        edtf=None,
        start_lo=None,
        start_hi=None,
        end_lo=None,
        end_hi=None,
        earliest_state="unknown",
        latest_state="unknown",
        shape="point",
        precision="unknown",
    )


def bounds_text(date: FuzzyDate) -> tuple[str, str]:
    """Return the earliest and the latest day (or second), "-inf", "+inf" or "unknown"."""
    write = iso_time if _is_time(date) else iso_day
    earliest, latest = date.earliest, date.latest
    return (
        write(earliest) if earliest is not None else "-inf" if date.earliest_state == "open" else "unknown",
        write(latest) if latest is not None else "+inf" if date.latest_state == "open" else "unknown",
    )


def _is_time(date: FuzzyDate) -> bool:
    return date.precision in ("second", "minute", "hour")
