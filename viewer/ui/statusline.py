"""The line at the bottom: what is shown and what is hidden, the period in view, whether all is saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.ui.accessible_news import announce
from viewer.ui.elided import ElidedLabel
from viewer.ui.painter_ink import counted, number
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEIGHT = 28
_MARGIN = 16


class StatusLine(QWidget):
    """Three quiet texts; the right one turns amber when something is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "status")
        self._counts = ""
        self._doing: dict[str, str] = {}
        self._shown = ElidedLabel("", "small")
        self._period = ElidedLabel("", "small")
        self._saved = ElidedLabel("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(2 * _MARGIN)
        names = ("status_shown", "status_period", "status_saved")
        labels = (self._shown, self._period, self._saved)
        # Left and right take the same share, so that the middle stays in the middle.
        for label, name, share in zip(labels, names, (1, 0, 1), strict=True):
            label.setObjectName(name)
            row.addWidget(label, share)
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(_HEIGHT)

    def set_counts(
        self, total: int, hidden: int, undated: int, *, by: Iterable[str] = (), known_on: str = ""
    ) -> None:
        """Say how many events there are, how many are undated, and how many are hidden.

        `by` are the causes: "search", "kinds", "period", "standing"; `known_on` is a day that hides what came
        later.
        """
        parts = [counted(total)]
        if known_on:
            parts.append(self.tr("as known on {day}").format(day=known_on))
        parts.append(self._hidden_words(hidden, frozenset() if known_on else frozenset(by)))
        if undated:
            parts.append(self.tr("{count} undated").format(count=number(undated)))
        self._counts = " · ".join(parts)
        self._say_shown()

    def set_doing(self, what: str, words: str = "") -> None:
        """Say after the counts that some work goes on, until it has no more words; `what` tells works apart."""
        self._doing.pop(what, None)
        if words:
            self._doing[what] = words
        self._say_shown()

    def set_period(self, words: str) -> None:
        """Say which period is in view."""
        self._period.set_full_text(words)

    def set_saved(self, at: int | None) -> None:
        """Say when the last change was saved, in seconds since 1970 UTC; None: nothing was changed yet."""
        set_role(self._saved, "small")
        words = self.tr("Saved") if at is None else self.tr("Saved · {time}").format(time=_local_time(at))
        self._saved.set_full_text(words)

    def set_done(self, words: str) -> None:
        """Say what was just done."""
        set_role(self._saved, "small")
        self._saved.set_full_text(words)
        announce(self, words)

    def set_problem(self, words: str) -> None:
        """Say what is wrong."""
        set_role(self._saved, "problem")
        self._saved.set_full_text(words)
        announce(self, words)

    def _say_shown(self) -> None:
        self._shown.set_full_text(
            " · ".join(filter(None, (self._counts, *dict.fromkeys(self._doing.values()))))
        )

    def _hidden_words(self, hidden: int, by: frozenset[str]) -> str:
        if not hidden:
            return self.tr("all shown")
        names = {
            "search": self.tr("search"),
            "kinds": self.tr("kinds"),
            "period": self.tr("period"),
            "standing": self.tr("standing"),
        }
        causes = [name for cause, name in names.items() if cause in by]
        if not causes or not by <= names.keys():
            return self.tr("{count} hidden").format(count=number(hidden))
        *others, last = causes
        if not others:
            return self.tr("{count} hidden by the {cause}").format(count=number(hidden), cause=last)
        words = self.tr("{count} hidden by {others} and {cause}")
        return words.format(count=number(hidden), others=", ".join(others), cause=last)


def _local_time(at: int) -> str:
    moment = datetime.fromtimestamp(at)  # the user's own zone is what the clock on the wall says
    month = QLocale().standaloneMonthName(moment.month, QLocale.FormatType.ShortFormat)
    return f"{moment.day} {month} {moment.year} {moment:%H:%M}"
