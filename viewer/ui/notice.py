"""A bar above the timeline that says what happened and what can be done, without stopping the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from viewer.ui.accessible_news import announce
from viewer.ui.icons import set_icon
from viewer.ui.text import PlainLabel, menu_text
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Action = tuple[str, Callable[[], object]]

_MARGIN = 20


class NoticeBar(QWidget):
    """One notice at a time; hidden until there is one, and after any of its buttons."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "notice") -> None:
        super().__init__(parent)
        set_role(self, "notice")
        self.setObjectName(name)
        self._words = PlainLabel("", "body")
        self._words.setObjectName(f"{name}_text")
        self._words.setWordWrap(True)
        self._calls: list[Callable[[], object]] = []
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(SPACE)
        close = QToolButton()
        set_role(close, "icon")
        set_icon(close, "close", "muted")
        close.setObjectName(f"{name}_close")
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.hide)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, 12, 6)
        row.setSpacing(SPACE)
        row.addWidget(self._words, 1)
        row.addLayout(self._buttons)
        row.addWidget(close, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_notice(self, text: str, actions: Sequence[Action] = ()) -> None:
        """Show `text` with a button per action, each a label and what it calls."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                # It may be the very button whose click brought us here.
                old.hide()
                old.setObjectName("")
                old.deleteLater()
        self._words.setText(text)
        self._calls = [call for _, call in actions]
        for place, (label, call) in enumerate(actions):
            button = QPushButton(menu_text(label))
            button.setObjectName(f"{self.objectName()}_action_{place}")
            # A click must not take the keyboard from where the work goes on: the button goes with it.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, chosen=call: self._act(chosen))
            self._buttons.addWidget(button)
        self.show()
        announce(self, text)

    def offers(self, call: Callable[[], object]) -> bool:
        """Whether the notice to be seen has a button that calls this."""
        return not self.isHidden() and call in self._calls

    def _act(self, chosen: Callable[[], object]) -> None:
        self.hide()
        chosen()
