"""Text of strangers, shown as text: nothing in it is markup, a shortcut, a control or too long for Qt.

Qt guesses rich text in labels, dialogs and tooltips and would then load files that a title names, and
direction overrides can fake a name. Each place that shows text has its safe form here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SHORT = 500
LONG_RUN = 2_000

_TOOLTIP_LINE = 80
_ELLIPSIS = "…"
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_LINE_BREAKS = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# Controls, direction marks and lone surrogates: none of them has a picture, each can mislead or fail.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNBROKEN_RUN = re.compile(rf"\S{{{LONG_RUN}}}(?=\S)")
# What `html` would know, which takes as long to load as all of this room.
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def one_line(text: str, limit: int = SHORT) -> str:
    """Return `text` for a one-line display, at most `limit` characters, without hidden characters."""
    return _UNSHOWABLE.sub("\ufffd", _BREAKS.sub(" ", _cut(text, limit)))


def several_lines(text: str, limit: int = SHORT) -> str:
    """Return `text` for a display of several lines: as `one_line`, but its line breaks stay."""
    lines = _LINE_BREAKS.sub("\n", _cut(text, limit)).replace("\t", " ")
    return "\n".join(_UNSHOWABLE.sub("\ufffd", line) for line in lines.split("\n"))


def plain_tooltip(text: str) -> str:
    """Return `text` for `setToolTip`: shown literally, at most 500 characters, long lines wrapped."""
    if not text:
        return ""
    shown = several_lines(text)
    short = all(len(line) <= _TOOLTIP_LINE for line in shown.split("\n"))
    # Left to itself, Qt breaks even three words into a square of two lines.
    style = " style='white-space: pre'" if short else ""
    return f"<qt><p{style}>" + shown.translate(_MARKUP).replace("\n", "<br>") + "</p></qt>"


def set_tooltip(widget: QWidget, text: str) -> None:
    """Show `text` beside a widget, literally; a screen reader would read out the markup that this takes."""
    widget.setToolTip(plain_tooltip(text))
    widget.setAccessibleDescription(one_line(text))


def menu_text(text: str) -> str:
    """Return `text` for a button, a menu entry or a tab, where one & would be eaten as a shortcut."""
    return one_line(text).replace("&", "&&")


def window_title(text: str) -> str:
    """Return `text` for `setWindowTitle`, where Qt would read [*] as its mark for unsaved changes."""
    return one_line(text).replace("[*]", "[*][*]")


def hard_breaks(text: str) -> list[int]:
    """Return the positions in `text` where a run of over 2,000 characters without a space is broken."""
    return [run.end() for run in _UNBROKEN_RUN.finditer(text)]


def hard_broken(text: str) -> str:
    """Return `text` for a text view, a line break added at each of `hard_breaks`; Qt is slow without."""
    return _UNBROKEN_RUN.sub(r"\g<0>\n", text)


def _cut(text: str, limit: int) -> str:
    """Cut `text` to `limit` characters, the last one an ellipsis where something was left off."""
    return text if len(text) <= limit else text[: limit - 1] + _ELLIPSIS


class PlainLabel(QLabel):
    """A label that shows its text literally; one line unless word wrap is on, cut at `limit`."""

    def __init__(
        self, text: str = "", role: str = "body", parent: QWidget | None = None, *, limit: int = SHORT
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = text
        self._limit = limit
        set_role(self, role)
        self._show()

    def setText(self, text: str) -> None:
        """Show `text`, without its hidden characters and cut at the label's limit."""
        self._whole = text
        self._show()

    def setWordWrap(self, on: bool) -> None:
        """Wrap long lines and keep the line breaks of the text, or show it on one line."""
        super().setWordWrap(on)
        self._show()

    def _show(self) -> None:
        shown = several_lines if self.wordWrap() else one_line
        super().setText(shown(self._whole, self._limit))
