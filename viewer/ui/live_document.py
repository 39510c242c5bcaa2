"""A document's notices as Qt signals: the only thing between the document, which knows no Qt, and the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from viewer.document import Document
from viewer.domain.edits import Edit
from viewer.storage.touching import touched_by

_MOST_TOUCHED = 5_000
"""What more events than that are touched by is read anew as a whole."""


class LiveDocument(QObject):
    """Says `changed(edit, who)` after every edit, whoever asked for it."""

    changed = Signal(object, object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        document.listen(self._heard)

    def touched(self, edit: Edit) -> frozenset[int] | None:
        """Return the ids of the events of which an edit changed anything; None: it may be any."""
        events: frozenset[int] = frozenset()
        for purpose in ("drawn", "found"):
            found = touched_by(self.document.store, edit, purpose, _MOST_TOUCHED)
            if found is None:
                return None
            events |= found.events
        return events

    def _heard(self, edit: Edit, who: object) -> None:
        self.changed.emit(edit, who)
