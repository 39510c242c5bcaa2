"""The actions of a menu bar as a plain list, each by the way that leads to it: for palette and key sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from viewer.frozen import dataclass
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QMenuBar

STEP = " ▸ "
_LONGEST = 120


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """An action and the words of the menus that lead to it, its own last."""

    path: tuple[str, ...]
    action: QAction

    @property
    def name(self) -> str:
        """How it is called: "View ▸ Lanes by ▸ Actor"."""
        return STEP.join(self.path)

    @property
    def lasting_name(self) -> str:
        """Its name without what it would be done to at present: "Edit ▸ Undo"."""
        return STEP.join((*self.path[:-1], self.action.iconText()))

    @property
    def keys(self) -> str:
        """Its keys as this system writes them; "" for none."""
        native = QKeySequence.SequenceFormat.NativeText
        return " · ".join(keys.toString(native) for keys in self.action.shortcuts())


def commands(bar: QMenuBar) -> list[Command]:
    """Return every action of the menus, in their order."""
    return [command for action in bar.actions() for command in _inside(action, ())]


def _inside(action: QAction, above: tuple[str, ...]) -> Iterator[Command]:
    path = (*above, _words(action.text()))
    menu: QMenu | None = action.menu()  # type: ignore[assignment]  # the stubs know of any object only
    if menu is None:
        if not action.isSeparator():
            yield Command(path, action)
        return
    if above:  # one of the bar only dresses itself before it is shown; one below is filled
        menu.aboutToShow.emit()
    for inner in menu.actions():
        yield from _inside(inner, path)


def _words(text: str) -> str:
    """Return what a menu shows of the text of an action."""
    return one_line("&".join(part.replace("&", "") for part in text.split("&&")), _LONGEST)
