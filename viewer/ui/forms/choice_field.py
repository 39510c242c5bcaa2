"""Fields for names: choose a known one or create a new one in the same box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from viewer.ui.forms.drafted import text_in, texts_in
from viewer.ui.forms.field import Field, Line, LineField, mark_problem
from viewer.ui.forms.pills import Pill, WrappingRow, stand_before
from viewer.ui.forms.suggestions import Option, Suggestions
from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChoiceField(LineField):
    """One name; a name that the document does not know is marked as new."""

    def __init__(
        self, label: str, name: str, known: Sequence[str], parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__(label, name, parent, hint=hint)
        self._known = frozenset(known)
        self._suggestions = Suggestions(self.line, [Option(name, name) for name in known])
        self._suggestions.chosen.connect(self._choose)
        self._new = PlainLabel(self.tr("new"), "pill", self)
        self._new.setObjectName(f"{name}_new")
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignVCenter)
        self.put(row)
        self._mark_new()

    def _choose(self, option: Option) -> None:
        self.line.setText(option.name)

    def _typed(self) -> None:
        self._mark_new()
        super()._typed()

    def _mark_new(self) -> None:
        name = self.value()
        self._new.setVisible(name is not None and name not in self._known)


class NamesField(Field):
    """Several names as pills, and a line that adds one; `may_create` False: only known ones.

    `single`: at most one, a new one takes the place of the old.
    What stands in the line when the form is saved counts as added.
    """

    def __init__(
        self,
        label: str,
        name: str,
        options: Sequence[Option],
        parent: QWidget | None = None,
        *,
        hint: str = "",
        may_create: bool = True,
        marks_new: bool = True,
        single: bool = False,
    ) -> None:
        super().__init__(label, name, parent)
        self._names = {option.key: option.name for option in options}
        self._may_create, self._marks_new = may_create, marks_new
        self._most = 1 if single else None
        self._keys: list[str] = []
        self._row = WrappingRow(self)
        self.line = Line(name, label, self)
        self.line.setPlaceholderText(hint)
        self.label.setBuddy(self.line)
        self._suggestions = Suggestions(self.line, options)
        self.put(self._row)
        self.put(self.line)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._finish)
        self._suggestions.chosen.connect(self._choose)
        self._show_pills()

    def load(self, keys: Sequence[str]) -> None:
        """Show names, or keys of options, for editing."""
        self._keys = list(dict.fromkeys(keys))
        self._show_pills()

    def chosen(self) -> tuple[str, ...]:
        """Return the names, or the keys of the options, that are chosen."""
        pending = self._pending()
        return tuple(self._with(pending) if pending else self._keys)

    def data(self) -> dict[str, Any]:
        return {"names": list(self._keys), "typed": self.line.text()}

    def restore(self, data: Any) -> None:
        self.load(texts_in(data, "names"))
        self.line.restore(text_in(data, "typed"))

    def check(self) -> QWidget | None:
        """Name what was typed that is none of the options."""
        if not self.line.text().strip() or self._pending():
            return None
        several = len(self._suggestions.named(self.line.text().strip())) > 1
        self.say(
            self.tr("Several have this name: choose one from the list.")
            if several
            else self.tr("There is none of this name: choose one from the list, or empty the box."),
            "problem",
        )
        mark_problem(self.line, True)
        return self.line

    def _pending(self) -> str | None:
        typed = self.line.text().strip()
        if not typed or self._may_create:
            return typed or None
        named = self._suggestions.named(typed)
        return named[0].key if len(named) == 1 else None

    def _typed(self) -> None:
        mark_problem(self.line, False)
        self.say("")
        self.changed.emit()

    def _finish(self) -> None:
        pending = self._pending()
        if pending:
            self._add(pending)

    def _choose(self, option: Option) -> None:
        self._add(option.key)

    def _add(self, key: str) -> None:
        self._suggestions.close()
        self._keys = self._with(key)
        self.line.clear()
        self._show_pills()
        self.changed.emit()

    def _with(self, key: str) -> list[str]:
        """Return what is chosen once a name is added: the newest ones, as many as may be."""
        keys = list(dict.fromkeys([*self._keys, key]))
        return keys if self._most is None else keys[-self._most :]

    def _remove(self, key: str) -> None:
        self._keys.remove(key)
        self._show_pills()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _step(self, key: str, side: int) -> None:
        position = self._keys.index(key) + side
        pills = self._row.findChildren(Pill, options=Qt.FindChildOption.FindDirectChildrenOnly)
        alive = [pill for pill in pills if pill.isVisibleTo(self._row)]
        if 0 <= position < len(alive):
            alive[position].setFocus(Qt.FocusReason.OtherFocusReason)
        elif position >= len(alive):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pills(self) -> None:
        for old in self._row.findChildren(Pill):
            old.setObjectName("")  # those on their way out are not found any more
        pills: list[QWidget] = []
        for position, key in enumerate(self._keys):
            is_new = self._marks_new and key not in self._names
            pill = Pill(self._names.get(key, key), self._row, removable=True, is_new=is_new)
            pill.setObjectName(f"{self.line.objectName()}_pill_{position}")
            pill.removed.connect(lambda key=key: self._remove(key))
            pill.stepped.connect(lambda side, key=key: self._step(key, side))
            pills.append(pill)
        self._row.show_widgets(pills)
        stand_before(pills, self.line)

    @guard(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Backspace in the empty line remove the last name."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Backspace or self.line.text() or not self._keys:
            return False
        self._remove(self._keys[-1])
        return True
