"""What every form of the sheet at the right does: head, scrolled fields and foot, its keys, and asking first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from viewer.ui.forms.form_frame import SIDE, FormFoot, FormHead
from viewer.ui.guard import guard
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.domain.records import Kind

_SAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormSheet(QWidget):
    """A form that never loses what was typed. It is told apart by `data`, `save` and where it begins."""

    submitted = Signal(object)
    """What is to be saved."""
    cancelled = Signal()
    delete_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._untouched: dict[str, Any] = {}
        self._head = FormHead(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._foot = FormFoot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self._head, 0), (self._scroll, 1), (self._foot, 0)):
            column.addWidget(widget, stretch)
        self._foot.save.connect(self.save)
        self._foot.cancel.connect(self.cancel)
        self._foot.delete.connect(self.delete_requested)
        self._foot.discard.connect(self._discard)
        self._foot.keep.connect(self._keep)

    def data(self) -> dict[str, Any]:
        """Return all that is typed as JSON values."""
        raise NotImplementedError

    def save(self) -> None:
        """Hand over what is typed, or show what is wrong with it and go there."""
        raise NotImplementedError

    def is_dirty(self) -> bool:
        """Whether anything is typed that is not saved."""
        return self.data() != self._untouched

    def show_problem(self, text: str) -> None:
        """Say why it is not saved; all that was typed stays."""
        self._head.show_problem(text)

    def cancel(self) -> None:
        """Close the form; ask first when something would be lost."""
        if self.is_dirty():
            self._foot.ask(True)
        else:
            self.cancelled.emit()

    def _go_to_start(self) -> None:
        """Put the cursor where typing begins."""
        raise NotImplementedError

    def _show_parts(
        self, body: QWidget, *parts: QWidget, kind: Kind | None, title: str, may_delete: bool
    ) -> None:
        """Show `parts` one below the other in `body`, and a head and a foot that fit them."""
        set_role(body, "bare")
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, SPACE // 2, SIDE, 2 * SPACE)
        column.setSpacing(SPACE + SPACE // 2)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._make_room()
        self._head.show_form(kind, title)
        self._head.show_problem("")
        self._foot.allow_delete(may_delete)
        self._foot.ask(False)

    def _make_room(self) -> None:
        """Let the fields end where the buttons below them do, with or without a scroll bar."""
        bar, body = self._scroll.verticalScrollBar(), self._scroll.widget()
        layout = None if body is None else body.layout()
        if layout is not None:
            taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
            layout.setContentsMargins(SIDE, SPACE // 2, SIDE - taken, 2 * SPACE)

    def _order_tabs(self) -> None:
        """Let Tab go down the sheet and on to the buttons, wherever the form stands in its window."""
        for first, second in pairwise([*self._stops(), *self._stops_in(self._foot)]):
            QWidget.setTabOrder(first, second)

    def _stops(self) -> list[QWidget]:
        """Return where Tab stops on its way down the sheet."""
        body = self._scroll.widget()
        return [] if body is None else self._stops_in(body)

    def _stops_in(self, part: QWidget) -> list[QWidget]:
        return [widget for widget in part.findChildren(QWidget) if self._is_stop(widget)]

    def _is_stop(self, widget: QWidget) -> bool:
        """Whether Tab stops there; the lists of combo boxes are windows of their own."""
        return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.window() is self.window()

    def _go_to(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(widget, 0, 8 * SPACE)

    def _changed(self) -> None:
        self._foot.ask(False)
        self.changed.emit()

    def _discard(self) -> None:
        self._foot.ask(False)
        self.cancelled.emit()

    def _keep(self) -> None:
        self._foot.ask(False)
        self._go_to_start()

    def _acts_on(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return event.key() == Qt.Key.Key_Escape or (control and event.key() in _SAVES)

    @guard(False)
    def event(self, event: QEvent) -> bool:
        """Claim our keys before shortcuts of the window get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            # Outside the form, Delete would delete the very entry that is being edited.
            and (self._acts_on(event) or event.key() == Qt.Key.Key_Delete)
        ):
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._acts_on(event):
            super().keyPressEvent(event)
        elif event.key() in _SAVES:
            self.save()
        elif self._foot.is_asking():
            self._keep()
        else:
            self.cancel()
