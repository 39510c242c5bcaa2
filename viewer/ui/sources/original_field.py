"""The field for the original of a source: a known source of which this one is a copy or a retelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from viewer.frozen import dataclass
from viewer.ui.forms.drafted import text_in
from viewer.ui.forms.field import LineField, mark_problem
from viewer.ui.forms.suggestions import Option, Suggestions
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Originals:
    """The sources that can be chosen, and whether one of them leads back to the source of the form."""

    options: Sequence[Option]
    leads_back: Callable[[str], bool]


class OriginalField(LineField):
    """A title in a box, which must be that of a known source; never of this one, nor of a copy of it."""

    def __init__(self, label: str, name: str, originals: Originals, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent, hint="")
        self.line.setPlaceholderText(self.tr("choose the original, if this is a copy"))
        self._originals = originals
        self._titles = {option.key: option.name for option in originals.options}
        self._uid: str | None = None
        self._suggestions = Suggestions(self.line, originals.options)
        self._suggestions.chosen.connect(lambda option: self.choose(option.key))

    def load_original(self, uid: str | None) -> None:
        """Show the original that is recorded."""
        self.line.load(self._titles.get(uid or "", uid))
        self._uid = uid

    def choose(self, uid: str) -> None:
        """Choose a source, and say at once if it cannot be."""
        self.line.setText(self._titles.get(uid, uid))
        self.line.setCursorPosition(0)
        self._uid = uid
        self._say_circle()
        self.changed.emit()

    def original(self) -> str | None:
        """Return the uid of the chosen source; None when the box is empty or names none."""
        if self._uid is not None:
            return self._uid
        named = self._suggestions.named((self.value() or "").strip())
        return named[0].key if len(named) == 1 else None

    def data(self) -> Any:
        return {"text": self.line.text(), "uid": self._uid}

    def restore(self, data: Any) -> None:
        self.line.restore(text_in(data, "text"))
        self._uid = text_in(data, "uid") or None

    def check(self) -> QWidget | None:
        """Name what is typed and is no source, or is one that cannot be the original."""
        typed = (self.value() or "").strip()
        if not typed:
            return None
        if self.original() is not None:
            return self.line if self._say_circle() else None
        several = len(self._suggestions.named(typed)) > 1
        self._complain(
            self.tr("Several sources have this title: choose one from the list.")
            if several
            else self.tr("There is no source of this title: choose one from the list, or empty the box.")
        )
        return self.line

    def _say_circle(self) -> bool:
        uid = self.original()
        if uid is None or not self._originals.leads_back(uid):
            return False
        title = one_line(self._titles.get(uid, uid), 60)
        words = self.tr("“{title}” is this source, or a copy of it: a source cannot be a copy of itself.")
        self._complain(words.format(title=title))
        return True

    def _complain(self, words: str) -> None:
        self.say(words, "problem")
        mark_problem(self.line, True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._uid = None
        super()._typed()
