"""One event of the timeline as a screen reader meets it, what can be done to it, and which one is selected.

Interfaces that have several sides cannot be inherited from together here: each side is an object of its own,
which lives as long as what it is a side of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import shiboken6
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
)

from viewer.storage.errors import StorageError
from viewer.ui.guard import guard

if TYPE_CHECKING:
    from viewer.ui.accessible_timeline import SpokenTimeline

OrNone: TypeAlias = Any
"""What Qt takes as null although its types do not say so."""

NO_SIDE: Final[Any] = shiboken6.VoidPtr(0)
"""That an interface has no such side. For None a pointer to Python's None would be passed on, and Qt follow it."""


class EventItem(QAccessibleInterface):
    """An item of the list; it stands for its event, in whatever row that is."""

    EDIT: Final = "edit"

    def __init__(self, spoken: SpokenTimeline, event: int) -> None:
        super().__init__()
        self._spoken = spoken
        self._actions = _Actions(spoken, event)
        self.event = event

    @guard(default=False)
    def isValid(self) -> bool:
        return self._spoken.row_of(self.event) is not None

    @guard()
    def object(self) -> OrNone:
        return None

    @guard()
    def window(self) -> OrNone:
        view = self._spoken.view
        return None if view is None else view.window().windowHandle()

    @guard()
    def parent(self) -> OrNone:
        return self._spoken.list_interface()

    @guard()
    def child(self, _index: int) -> OrNone:
        return None

    @guard()
    def childAt(self, _x: int, _y: int) -> OrNone:
        return None

    @guard(default=0)
    def childCount(self) -> int:
        return 0

    @guard(default=-1)
    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    @guard(default=QRect())
    def rect(self) -> QRect:
        return self._spoken.rectangle(self.event)

    @guard(default=QAccessible.Role.ListItem)
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @guard(default=QAccessible.State())
    def state(self) -> QAccessible.State:
        state, view = QAccessible.State(), self._spoken.view
        if view is None or not self.isValid():
            state.invalid = True
            return state
        is_selected = view.content().selected == self.event
        state.focusable = state.selectable = True
        state.selected = is_selected
        state.focused = is_selected and view.hasFocus()
        state.invisible = not view.isVisible()
        state.offscreen = self._spoken.rectangle(self.event).isEmpty()
        return state

    @guard(default="")
    def text(self, what: QAccessible.Text) -> str:
        if what not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        try:
            said = self._spoken.words(self.event)
        except StorageError:  # the window says so where it shows the event
            return ""
        if said is None:
            return ""
        return said.name if what is QAccessible.Text.Name else said.description

    @guard()
    def setText(self, _what: QAccessible.Text, _text: str) -> None:
        """Do nothing: an event is renamed in its form."""

    @guard(default=NO_SIDE)
    def interface_cast(self, kind: QAccessible.InterfaceType) -> OrNone:
        return pointer_to(self._actions) if kind is QAccessible.InterfaceType.ActionInterface else NO_SIDE


class _Actions(QAccessibleActionInterface):
    """Press selects an event and brings it into view, as a click does; another action opens its form."""

    def __init__(self, spoken: SpokenTimeline, event: int) -> None:
        super().__init__()
        self._spoken = spoken
        self._event = event

    @guard()
    def actionNames(self) -> list[str]:
        return [self.pressAction(), self.setFocusAction(), EventItem.EDIT]

    @guard(default="")
    def localizedActionName(self, name: str) -> str:
        if name == EventItem.EDIT:
            return QCoreApplication.translate("Spoken", "Edit")
        return super().localizedActionName(name)

    @guard(default="")
    def localizedActionDescription(self, name: str) -> str:
        if name == EventItem.EDIT:
            return QCoreApplication.translate("Spoken", "Opens the form of the event")
        return super().localizedActionDescription(name)

    @guard()
    def doAction(self, name: str) -> None:
        if name in (self.pressAction(), self.setFocusAction(), EventItem.EDIT):
            self._spoken.act(name, self._event)

    @guard()
    def keyBindingsForAction(self, name: str) -> list[str]:
        return ["Return"] if name == EventItem.EDIT else []


class Selection(QAccessibleSelectionInterface):
    """The selected event of the list: one or none."""

    def __init__(self, spoken: SpokenTimeline) -> None:
        super().__init__()
        self._spoken = spoken

    @guard(default=0)
    def selectedItemCount(self) -> int:
        return 0 if self._spoken.selected() is None else 1

    @guard()
    def selectedItems(self) -> list[QAccessibleInterface]:
        event = self._spoken.selected()
        return [] if event is None else [self._spoken.item(event)]

    @guard()
    def selectedItem(self, index: int) -> OrNone:
        return next(iter(self.selectedItems()[index : index + 1]), None)

    @guard(default=False)
    def isSelected(self, item: QAccessibleInterface) -> bool:
        return isinstance(item, EventItem) and item.event == self._spoken.selected()

    @guard(default=False)
    def select(self, item: QAccessibleInterface) -> bool:
        if not isinstance(item, EventItem) or not item.isValid():
            return False
        self._spoken.act(QAccessibleActionInterface.pressAction(), item.event)
        return True

    @guard(default=False)
    def unselect(self, item: QAccessibleInterface) -> bool:
        return self.isSelected(item) and self.clear()

    @guard(default=False)
    def clear(self) -> bool:
        view = self._spoken.view
        if view is not None:
            view.select(None)
        return view is not None

    @guard(default=False)
    def selectAll(self) -> bool:
        return False


def pointer_to(part: shiboken6.Object) -> shiboken6.VoidPtr:
    """Return what Qt takes for a pointer to another side of an interface."""
    return shiboken6.VoidPtr(shiboken6.getCppPointer(part)[0])
