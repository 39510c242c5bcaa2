"""A document's notices as Qt signals: the only thing between the document, which knows no Qt, and the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.document import Document
from viewer.domain.edits import Edit


class LiveDocument(QObject):
    """Says `changed(edit, who)` after every edit, whoever asked for it."""

    changed = Signal(object, object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        document.listen(self._heard)

    def _heard(self, edit: Edit, who: object) -> None:
        self.changed.emit(edit, who)
