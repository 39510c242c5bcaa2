"""What a picture of the timeline is to hold: only what is seen, or also footnotes, and on which pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from viewer.picture_options import PAGES, Footnoting
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from viewer.ui.workspace import Workspace

_SCALE = 2.0
_LEAST = (640, 480)
_SPLITS = (1, 2, 3, 4, 6)


class PictureDialog(QDialog):
    """`chosen(Footnoting)`: what was asked for, None for a picture without footnotes."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export picture"))
        self.setMinimumWidth(420)
        self._footnotes = QCheckBox(self.tr("&Footnotes"))
        self._footnotes.setObjectName("picture_footnotes")
        words = self.tr("Each mark is numbered to its quotes, sources, links and checksums.")
        self._meaning = PlainLabel(words, "muted")
        self._meaning.setWordWrap(True)
        self._page = QComboBox()
        self._page.setObjectName("picture_page")
        for name in PAGES:
            self._page.addItem(_page_words(name), name)
        self._page.setCurrentIndex(PAGES.index(Footnoting().page))
        self._pages = QComboBox()
        self._pages.setObjectName("picture_pages")
        for count in _SPLITS:
            several = self.tr("time on {count} pages").format(count=count)
            self._pages.addItem(self.tr("time on one page") if count == 1 else several, count)
        self._lay_out()
        self._footnotes.toggled.connect(self._follow)
        self._follow(False)

    def footnoting(self) -> Footnoting | None:
        """Return what is asked for now."""
        if not self._footnotes.isChecked():
            return None
        return Footnoting(page=self._page.currentData(), pages=self._pages.currentData())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._footnotes, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._meaning)
        pages = QHBoxLayout()
        pages.setSpacing(SPACE)
        self._label = PlainLabel(self.tr("Pages of a PDF"))
        self._page.setAccessibleName(self.tr("Page of a PDF"))
        self._pages.setAccessibleName(self.tr("Pages of the timeline"))
        for part in (self._label, self._page, self._pages):
            pages.addWidget(part)
        pages.addStretch(1)
        column.addLayout(pages)
        column.addSpacing(SPACE)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        leave = QPushButton(self.tr("Cancel"))
        leave.setObjectName("picture_cancel")
        leave.clicked.connect(self.reject)
        save = QPushButton(self.tr("Save picture…"))
        save.setObjectName("picture_save")
        set_role(save, "primary")
        save.setDefault(True)
        save.clicked.connect(self._choose)
        row.addWidget(leave)
        row.addWidget(save)
        return row

    def _follow(self, footnotes: bool) -> None:
        for part in (self._label, self._page, self._pages):
            part.setEnabled(footnotes)

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.footnoting())


def write_view(workspace: Workspace, path: Path, width: int, footnotes: Footnoting | None) -> None:
    """Write what the timeline shows as a picture, so many logical pixels wide.

    Raises:
        ValueError: it cannot be drawn so; the message says what to do.
        WriteError: the file could not be written; an older one is as it was.
    """
    from viewer.ui.footnoted import write_footnoted
    from viewer.ui.footnotes import Subject
    from viewer.ui.pictures import render_picture

    timeline, showing, document = workspace.timeline, workspace.showing, workspace.document
    by_publication = showing.charting.shows_by_publication
    shown = replace(timeline.content(), selected=None, links=(), claims=None, by_publication=by_publication)
    period = timeline.scale().visible(timeline.canvas_width())
    size = max(width, _LEAST[0]), max(timeline.height(), _LEAST[1])
    if footnotes is None:
        title = document.title
        render_picture(path, shown, title=title, period=period, size=size, scale=_SCALE, theme=theme())
        return
    wanted = replace(showing.sieve.filter, known_by=shown.known_by)
    subject = Subject(document, shown, wanted, period)
    write_footnoted(path, subject, footnotes, size=size, scale=_SCALE, theme=theme())


def _page_words(name: str) -> str:
    """Return a page as it is called: "A4 landscape"."""
    kind, _, turned = name.partition("-")
    called = kind.upper() if kind[0] == "a" else kind.capitalize()
    return f"{called} {turned}".strip()
