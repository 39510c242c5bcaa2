"""What a date took from its source: said where it matters, so that nobody wonders where a year came from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from viewer.domain.date_words import WITHIN, describe_date, explain_date
from viewer.domain.dates import DateError, FuzzyDate, from_edtf, read_date
from viewer.frozen import dataclass
from viewer.ui.text import one_line

_SAID_WITH_SOURCE = frozenset({"R4", "R5"})
_FROM_SOURCE = frozenset({"R3", "R4", "R5"})
"""The rules that may count from the date of the source."""
_SOME_DAY = from_edtf("2001-01-01")
_SHOWN_TITLE = 60


@dataclass(frozen=True, slots=True)
class SourceSetting:
    """Where wordings stand: when their source was published, in which language it is, and how it is called."""

    published: FuzzyDate | None = None
    language: str | None = None
    title: str = ""

    @property
    def reference(self) -> FuzzyDate | None:
        """The date from which wordings count; None where it says nothing."""
        return self.published if self.published is not None and self.published.is_dated else None

    def read(self, text: str) -> FuzzyDate:
        """Read a wording as it stands there, or raise DateError."""
        return read_date(text, reference=self.reference, language=self.language)


def edtf_or_none(edtf: str | None) -> FuzzyDate | None:
    """Return the date of an EDTF expression; None where there is none."""
    try:
        return None if edtf is None else from_edtf(edtf)
    except DateError:
        return None


def taken_words(date: FuzzyDate, setting: SourceSetting) -> str:
    """Say what a date took from its source: "Year taken from Feb 2025, The Paper"; nothing if it took nothing."""
    rules = set((date.rule or "").split("+")) & _FROM_SOURCE
    reference = edtf_or_none(date.reference) if rules else None
    if reference is None or _is_said_anywhere(date):
        return ""
    words = QCoreApplication.translate("DateField", "Counted from {date}")
    if "R4" in rules:
        words = QCoreApplication.translate("DateField", "Year taken from {date}")
    words = words.format(date=describe_date(reference).removesuffix(WITHIN))
    here = setting.reference is not None and setting.reference.edtf == reference.edtf
    return f"{words}, {one_line(setting.title, _SHOWN_TITLE)}" if here and setting.title else words


def explained(date: FuzzyDate, taken: str) -> str:
    """Explain a date, but for what is said already of what it took from its source."""
    if not taken:
        return explain_date(date)
    rules = (rule for rule in (date.rule or "").split("+") if rule not in _SAID_WITH_SOURCE)
    return explain_date(replace(date, rule="+".join(rules)))


def lacks_source(text: str, setting: SourceSetting) -> bool:
    """Whether a wording that says no date would say one if its source were dated."""
    if setting.reference is not None:
        return False
    try:
        return read_date(text, reference=_SOME_DAY, language=setting.language).is_dated
    except DateError:
        return False


def _is_said_anywhere(date: FuzzyDate) -> bool:
    """Whether the wording means the same wherever it stands: "the week of 3 February 2025"."""
    try:
        return read_date(date.text or "", language=date.language).edtf == date.edtf
    except DateError:
        return False
