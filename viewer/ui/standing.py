"""How an event must stand to be shown: whether it is disputed, how many origins it has, how it is graded."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from viewer.domain.filters import CREDIBILITIES, RELIABILITIES
from viewer.frozen import dataclass
from viewer.ui.grades import grade

# The best grade, and the one that says nothing of better or worse: nothing comes before either.
_ALONE = (RELIABILITIES[0], RELIABILITIES[-1], CREDIBILITIES[0], CREDIBILITIES[-1])


@dataclass(frozen=True, slots=True)
class WantedStanding:
    """The standing that is asked for, as the filter has it; each part may be left open."""

    disputed: bool = False
    min_origins: int = 0
    reliability: str = ""
    credibility: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether any standing will do."""
        return self == WantedStanding()


def standing_label(wanted: WantedStanding) -> str:
    """Return a standing in a few words: "disputed · 2+ origins · B or better"."""
    if wanted.is_empty:
        return QCoreApplication.translate("Standing", "Any standing")
    parts = []
    if wanted.disputed:
        parts.append(QCoreApplication.translate("Standing", "disputed"))
    if wanted.min_origins:
        words = QCoreApplication.translate("Standing", "{count}+ origins")
        parts.append(words.format(count=wanted.min_origins))
    if wanted.reliability or wanted.credibility is not None:
        parts.append(_grade_words(wanted))
    return " · ".join(parts)


def _grade_words(wanted: WantedStanding) -> str:
    written = grade(wanted.reliability, wanted.credibility)
    if all(part in _ALONE for part in (wanted.reliability, wanted.credibility) if part):
        return written
    return QCoreApplication.translate("Standing", "{grade} or better").format(grade=written)
