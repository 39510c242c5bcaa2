"""Addresses from files: checked, shown with the host that they really lead to, opened in one place.

Only http and https with a plain host are ever opened, and before the first visit of a host in a session
the user sees where the link leads. Everything else is text that can be copied.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QWidget

from viewer.ui.text import PlainLabel, menu_text, one_line, set_tooltip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 2_048

_FORBIDDEN = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_visited: set[str] = set()


def checked_url(text: str) -> QUrl | None:
    """Return `text` as an address that may be opened, or None: http(s), a host, no user name, no tricks."""
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        return None
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    safe = url.isValid() and url.scheme() in ("http", "https") and url.host() and not url.userInfo()
    return url if safe else None


def host_of(url: QUrl) -> str:
    """Return the host that `url` leads to, in punycode where it is not ASCII."""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded)


def open_link(url: QUrl, parent: QWidget | None = None) -> None:
    """Open `url` in the browser; before the first visit of its host, show where it leads and ask."""
    if host_of(url) in _visited:
        QDesktopServices.openUrl(url)
        return
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(QCoreApplication.translate("Links", "Open link"))
    box.setText(
        QCoreApplication.translate("Links", "Open this page of {host} in the browser?").format(
            host=host_of(url)
        )
    )
    box.setInformativeText(one_line(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)))
    open_button = box.addButton(
        QCoreApplication.translate("Links", "Open"), QMessageBox.ButtonRole.AcceptRole
    )
    cancel = box.addButton(QCoreApplication.translate("Links", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    set_role(open_button, "primary")
    box.setDefaultButton(cancel)
    box.accepted.connect(lambda: _visit(url))
    box.open()


def _visit(url: QUrl) -> None:
    _visited.add(host_of(url))
    QDesktopServices.openUrl(url)


class LinkButton(QWidget):
    """An address as a button with its host, or, when it may not be opened, as text with a Copy button."""

    copied = Signal(str)

    def __init__(self, url_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = url_text
        self._url = checked_url(url_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        if self._url is not None:
            row.addWidget(self._button(menu_text(host_of(self._url)), self._open))
        else:
            row.addWidget(PlainLabel(url_text, "small", limit=80))
            row.addWidget(self._button(self.tr("Copy"), self._copy))
        row.addStretch(1)

    def _button(self, text: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        set_role(button, "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tooltip(button, self._text)
        button.clicked.connect(press)
        return button

    def _open(self) -> None:
        if self._url is not None:
            open_link(self._url, self.window())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copied.emit(self._text)
