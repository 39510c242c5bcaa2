"""The field for a chain: who said it first, and through whom it came to the source, hop by hop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.domain.records import Hop
from viewer.frozen import dataclass
from viewer.ui.forms.drafted import objects_in, text_in
from viewer.ui.forms.field import Field, Line
from viewer.ui.forms.pills import Pill, WrappingRow, stand_before
from viewer.ui.forms.suggestions import Option, Suggestions
from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class _Step:
    """A hop as it is typed; `loaded` is its place in the chain that was loaded."""

    hop: Hop
    loaded: int | None = None


class ChainField(Field):
    """Pills from the origin on, a line that adds the next hop, and an editor for the chosen one.

    Keys on a pill: arrows go to its neighbours, Alt with an arrow moves it, Delete removes it, Enter opens it.
    """

    def __init__(self, label: str, name: str, actors: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent)
        self._name = name
        self._loaded: tuple[Hop, ...] = ()
        self._steps: list[_Step] = []
        self._open: int | None = None
        self._row = WrappingRow(self)
        options = [Option(actor, actor) for actor in actors]
        self._hop_name = Line(f"{name}_name", self.tr("Name or wording"), self)
        self._hop_suggestions = Suggestions(self._hop_name, options)
        self._hop_verb = Line(f"{name}_verb", self.tr("Verb of this hop"), self)
        self._hop_anonymous = QCheckBox(self.tr("anonymous"), self)
        self._hop_anonymous.setObjectName(f"{name}_anonymous")
        self._editor = self._editor_panel()
        self.line = Line(name, self.tr("{label}: add").format(label=label), self)
        self.line.setPlaceholderText(self.tr("who said it first; then through whom"))
        self.label.setBuddy(self.line)
        self._suggestions = Suggestions(self.line, options)
        self.put(self._row)
        self.put(self._editor)
        self.put(self.line)
        self._connect()
        self._show_pills()

    def load(self, chain: Sequence[Hop]) -> None:
        """Show a chain for editing."""
        self._loaded = tuple(chain)
        self._steps = [_Step(hop, place) for place, hop in enumerate(chain)]
        self._close_editor()

    def chain(self) -> tuple[Hop, ...]:
        """Return the hops, the origin first; a hop without a name is left out."""
        pending = self.line.text().strip()
        typed = [Hop(name=pending, anonymous=False)] if pending else []
        return tuple(hop for hop in [*(step.hop for step in self._steps), *typed] if hop.name.strip())

    def data(self) -> dict[str, Any]:
        hops = [
            {
                "name": step.hop.name,
                "anonymous": step.hop.anonymous,
                "verb": step.hop.verb or "",
                "loaded": step.loaded,
            }
            for step in self._steps
        ]
        return {"hops": hops, "typed": self.line.text()}

    def restore(self, data: Any) -> None:
        self._steps = [self._restored(hop) for hop in objects_in(data, "hops")]
        self.line.restore(text_in(data, "typed"))
        self._close_editor()

    def _restored(self, data: dict[str, Any]) -> _Step:
        place, anonymous = data.get("loaded"), data.get("anonymous")
        known = isinstance(place, int) and 0 <= place < len(self._loaded)
        base = self._loaded[place] if isinstance(place, int) and known else Hop(name="")
        hop = replace(
            base,
            name=text_in(data, "name"),
            anonymous=anonymous if isinstance(anonymous, bool) else None,
            verb=text_in(data, "verb") or None,
        )
        return _Step(hop, place if known else None)

    def _connect(self) -> None:
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self._finish)
        self._suggestions.chosen.connect(lambda option: self._add(option.name))
        self._hop_suggestions.chosen.connect(lambda option: self._hop_name.setText(option.name))
        self._hop_name.textChanged.connect(self._edited)
        self._hop_verb.textChanged.connect(self._edited)
        self._hop_anonymous.clicked.connect(self._edited)
        for widget in (self.line, self._hop_name, self._hop_verb, self._hop_anonymous):
            widget.installEventFilter(self)

    def _editor_panel(self) -> QWidget:
        panel = QWidget(self)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        self._hop_name.setPlaceholderText(self.tr("name or wording"))
        self._hop_verb.setPlaceholderText(self.tr("verb: said"))
        self._hop_verb.setMinimumWidth(0)
        column.addWidget(self._hop_name)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self._hop_verb, 1)
        row.addWidget(self._hop_anonymous)
        row.addWidget(
            self._button("‹", self.tr("Move towards the origin"), "earlier", lambda: self._move(-1))
        )
        row.addWidget(self._button("›", self.tr("Move towards the source"), "later", lambda: self._move(1)))
        row.addWidget(self._button(self.tr("Done"), self.tr("Close this hop"), "done", self._done))
        column.addLayout(row)
        return panel

    def _button(self, text: str, accessible_name: str, name: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"{self._name}_{name}")
        button.setAccessibleName(accessible_name)
        set_role(button, "link")
        button.clicked.connect(press)
        return button

    def _finish(self) -> None:
        typed = self.line.text().strip()
        if typed:
            self._add(typed)

    def _add(self, name: str) -> None:
        self._suggestions.close()
        self.line.clear()
        self._steps.append(_Step(Hop(name=name, anonymous=False)))
        self._show_pills()
        self.changed.emit()

    def _edited(self) -> None:
        if self._open is None:
            return
        step = self._steps[self._open]
        hop = replace(step.hop, name=self._hop_name.text(), verb=self._hop_verb.value())
        if self._hop_anonymous.isChecked() != bool(hop.anonymous):
            hop = replace(hop, anonymous=self._hop_anonymous.isChecked())
        self._steps[self._open] = replace(step, hop=hop)
        self._show_pills()
        self.changed.emit()

    def _edit(self, place: int) -> None:
        hop = self._steps[place].hop
        self._open = None  # so that filling the editor changes no hop
        self._hop_name.load(hop.name)
        self._hop_verb.load(hop.verb)
        self._hop_anonymous.setChecked(bool(hop.anonymous))
        self._open = place
        self._show_pills()
        self._hop_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self) -> None:
        self._close_editor()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_editor(self) -> None:
        self._open = None
        self._steps = [step for step in self._steps if step.hop.name.strip()]
        self._show_pills()

    def _remove(self, place: int) -> None:
        del self._steps[place]
        self._close_editor()
        self._focus(min(place, len(self._steps) - 1))
        self.changed.emit()

    def _move(self, side: int, place: int | None = None) -> None:
        start = self._open if place is None else place
        if start is None or not 0 <= start + side < len(self._steps):
            return
        self._steps.insert(start + side, self._steps.pop(start))
        if self._open is not None:
            self._open = start + side
        self._show_pills()
        if place is not None:
            self._focus(start + side)
        self.changed.emit()

    def _focus(self, place: int) -> None:
        """Give the focus to a pill, or to the line where there is none."""
        pill = self._row.findChild(Pill, f"{self._name}_pill_{place}")
        inside = 0 <= place < len(self._steps) and pill is not None
        (pill if inside and pill is not None else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pills(self) -> None:
        for old in self._row.findChildren(Pill):
            old.setObjectName("")  # those on their way out are not found any more
        shown: list[QWidget] = []
        pills: list[QWidget] = []
        for place, step in enumerate(self._steps):
            pill = self._pill(place, step.hop)
            shown += [PlainLabel("›", "muted", self._row), pill] if pills else [pill]
            pills.append(pill)
        self._row.show_widgets(shown)
        self._editor.setVisible(self._open is not None)
        stand_before(pills, self._hop_name)

    def _pill(self, place: int, hop: Hop) -> Pill:
        pill = Pill(hop.name or "…", self._row, removable=True, anonymous=bool(hop.anonymous))
        pill.setObjectName(f"{self._name}_pill_{place}")
        pill.setCheckable(True)
        pill.setChecked(place == self._open)
        pill.clicked.connect(lambda: self._edit(place))
        pill.removed.connect(lambda: self._remove(place))
        pill.stepped.connect(lambda side: self._focus(place + side))
        pill.moved.connect(lambda side: self._move(side, place))
        return pill

    @guard(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty line removes the last hop; Enter and Esc close the editor."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if watched is self.line:
            backspace = event.key() == Qt.Key.Key_Backspace and event.type() == QEvent.Type.KeyPress
            if backspace and not self.line.text() and self._steps:
                self._remove(len(self._steps) - 1)
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            return False
        closes = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if closes and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._hop_suggestions.is_open():
                return False
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._done()
            return True
        return False
