"""The painted timeline for screen readers: a list of the events that are shown, in order of time.

An item is made when somebody asks for it, and the last few that were asked for are kept: a list of ten million
costs what one of ten does. Qt holds bare pointers to all of this. An interface therefore lives until Qt has
destroyed it, an item until it is taken out of Qt's own cache, and each answers plainly once its view is gone.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAccessibleWidget

from viewer.timeline.hit import hit
from viewer.ui.accessible_item import NO_SIDE, EventItem, OrNone, Selection, pointer_to
from viewer.ui.guard import guard
from viewer.ui.painter_ink import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAccessibleInterface

    from viewer.ui.accessible_words import Spoken
    from viewer.ui.list_rows import Order
    from viewer.ui.timeline_view import TimelineView

MOST_ITEMS: Final = 512
"""So many items are kept; more than any reader looks at together."""

_interfaces: list[TimelineList] = []


class SpokenTimeline(QObject):
    """Makes a timeline heard: as a list to be walked through, and by telling what was selected in it.

    `order` returns the events that are shown; `spoken` what is said of one, None where it is no more.
    """

    def __init__(
        self, view: TimelineView, order: Callable[[], Order], spoken: Callable[[int], Spoken | None]
    ) -> None:
        _install()
        _forget_default(view)
        super().__init__(view)
        self._view = view
        self._order = order
        self._read = spoken
        self._is_over = False
        self._items: OrderedDict[int, EventItem] = OrderedDict()
        view.installEventFilter(self)
        self._take_out = _taking_out(self._items)
        view.destroyed.connect(self._take_out)

    @property
    def view(self) -> TimelineView | None:
        """The timeline, as long as it and its document are there."""
        return None if self._is_over or not shiboken6.isValid(self._view) else self._view

    def stop(self) -> None:
        """Say nothing any more, as the document is closed."""
        if self.view is not None:
            self._take_out()
            _forget_list(self._view)
        self._is_over = True

    def count(self) -> int:
        """Return how many events there are to be walked through."""
        return 0 if self.view is None else len(self._order())

    def row_of(self, event: int) -> int | None:
        """Return the place of an event among them; None when it is not shown."""
        return None if self.view is None else self._order().row_of(event)

    def selected(self) -> int | None:
        """Return the selected event, if it is among them."""
        event = None if self.view is None else self.view.content().selected
        return None if event is None or self.row_of(event) is None else event

    def words(self, event: int) -> Spoken | None:
        """Return what is said of an event."""
        return None if self.view is None else self._read(event)

    def rectangle(self, event: int) -> QRect:
        """Return where an event stands on the screen; an empty rectangle where it is not drawn by itself."""
        view = self.view
        found = None if view is None else view.rectangle_of(event)
        if view is None or found is None:
            return QRect()
        return QRect(view.mapToGlobal(found.topLeft()), found.size()) & _on_screen(view)

    def event_at(self, x: int, y: int) -> int | None:
        """Return the event at a point of the screen."""
        view = self.view
        if view is None:
            return None
        at = view.mapFromGlobal(QPoint(x, y))
        return hit(view.scene(), at.x(), at.y()).event

    def item(self, event: int) -> EventItem:
        """Return the item of an event, made if need be."""
        item = self._items.get(event)
        if item is None:
            item = self._items[event] = EventItem(self, event)
            QAccessible.registerAccessibleInterface(item)
            if len(self._items) > MOST_ITEMS:
                _, oldest = self._items.popitem(last=False)
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(oldest))
        self._items.move_to_end(event)
        return item

    def item_in(self, row: int) -> EventItem | None:
        """Return the item in a row; None where there is none."""
        return self.item(self._order().id_at(row)) if 0 <= row < self.count() else None

    def list_interface(self) -> QAccessibleInterface | None:
        """Return the list that the items are in."""
        return None if self.view is None else QAccessible.queryAccessibleInterface(self.view)

    def act(self, name: str, event: int) -> None:
        """Do to an event what a reader asks for, once Qt has answered the reader."""
        QTimer.singleShot(0, self, lambda: self._act(name, event))

    def tell_selected(self, event: int | None) -> None:
        """Tell readers which event was selected, and that the keyboard is on it where it is on the timeline."""
        if not QAccessible.isActive() or self.view is None:
            return
        row = None if event is None else self.row_of(event)
        if row is not None:
            self._tell(QAccessible.Event.Selection, row)
            if self.view.hasFocus():
                self._tell(QAccessible.Event.Focus, row)

    def tell_changed(self) -> None:
        """Tell readers that other events are shown."""
        if QAccessible.isActive() and self.view is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(self.view, QAccessible.Event.ObjectReorder))

    @guard(default=False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Qt tells that the widget has the keyboard only after this, and the item must have the last word.
        if event.type() is QEvent.Type.FocusIn and QAccessible.isActive():
            QTimer.singleShot(0, self, lambda: self.tell_selected(self.selected()))
        return False

    def _act(self, name: str, event: int) -> None:
        view = self.view
        if view is None or self.row_of(event) is None:
            return
        view.setFocus()
        view.select(event)
        view.show_event(event)
        if name == EventItem.EDIT:
            view.event_activated.emit(event)

    def _tell(self, what: QAccessible.Event, row: int) -> None:
        told = QAccessibleEvent(self._view, what)
        told.setChild(row)
        QAccessible.updateAccessibility(told)


class TimelineList(QAccessibleWidget):
    """The timeline as a list of as many items as events are shown."""

    def __init__(self, view: TimelineView, spoken: SpokenTimeline) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._spoken = spoken
        self._selection = Selection(spoken)

    @guard(default=0)
    def childCount(self) -> int:
        return self._spoken.count() if self.isValid() else 0

    @guard()
    def child(self, index: int) -> OrNone:
        return self._spoken.item_in(index) if self.isValid() else None

    @guard(default=-1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        row = self._spoken.row_of(child.event) if isinstance(child, EventItem) and self.isValid() else None
        return -1 if row is None else row

    @guard()
    def childAt(self, x: int, y: int) -> OrNone:
        event = self._spoken.event_at(x, y) if self.isValid() else None
        return None if event is None or self._spoken.row_of(event) is None else self._spoken.item(event)

    @guard()
    def focusChild(self) -> OrNone:
        view = self._spoken.view if self.isValid() else None
        if view is None or not view.hasFocus():
            return None
        event = self._spoken.selected()
        return self if event is None else self._spoken.item(event)

    @guard(default="")
    def text(self, what: QAccessible.Text) -> str:
        view = self._spoken.view if self.isValid() else None
        if what is not QAccessible.Text.Name or view is None:
            return super().text(what)
        words = QCoreApplication.translate("Spoken", "Timeline, {count} events")
        if self._spoken.count() == 1:
            words = QCoreApplication.translate("Spoken", "Timeline, 1 event")
        return words.format(count=number(self._spoken.count()))

    @guard(default=NO_SIDE)
    def interface_cast(self, kind: QAccessible.InterfaceType) -> OrNone:
        if kind is QAccessible.InterfaceType.SelectionInterface:
            return pointer_to(self._selection)
        side: object | None = super().interface_cast(kind)
        return NO_SIDE if side is None else side


def _make(key: str, widget: QObject) -> QAccessibleInterface | None:
    """Return the interface of a timeline; None leaves a widget to Qt. Asked once for each class it is of."""
    spoken = widget.findChild(SpokenTimeline) if key == "TimelineView" else None
    if spoken is None or spoken.view is None:
        return None
    _let_go()
    made = TimelineList(spoken.view, spoken)
    _interfaces.append(made)
    return made


@cache
def _install() -> None:
    QAccessible.installFactory(_make)


def _forget_default(view: QObject) -> None:
    """Have Qt ask anew what a view is: a reader may have been there before us."""
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(view)))


def _forget_list(view: QObject) -> None:
    """Take the list of a view out of Qt's cache, if one was ever asked for."""
    for made in _interfaces:
        if shiboken6.isValid(made) and made.object() is view:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))
    _let_go()


def _let_go() -> None:
    """Hold those interfaces no longer that Qt has destroyed."""
    _interfaces[:] = [each for each in _interfaces if shiboken6.isValid(each)]


def _taking_out(items: OrderedDict[int, EventItem]) -> Callable[[], None]:
    """Return what takes items out of Qt's cache; it must not hold the view, which it outlives."""

    def take_out() -> None:
        for item in items.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
        items.clear()

    return take_out


def _on_screen(view: TimelineView) -> QRect:
    return QRect(view.mapToGlobal(QPoint(0, 0)), view.size())
