"""The search for words in a window: at once in a small document, beside the window in a large one."""

from __future__ import annotations

from array import array
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from viewer.frozen import dataclass
from viewer.ui.asking import Asking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.document import Document
    from viewer.storage.cache import Searching
    from viewer.ui.asking import Cancelled, Tell
    from viewer.ui.background import Background


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The ids of the events and of the sources in which words were found, rising."""

    events: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    sources: array[int] = field(default_factory=lambda: array("q"))


class WordSearch(QObject):
    """Looks for one text at a time, the newest.

    `found()`: `hits` came later; `first(ids)`: some of them, rising, before; `failed(error)`.
    """

    found = Signal()
    first = Signal(object)
    failed = Signal(object)

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._searching: Searching | None = None
        self._is_unready = False
        self._asking = Asking(background, self)
        self._asking.answered.connect(self._on_found)
        self._asking.partly.connect(self.first)
        self._asking.failed.connect(self._on_failed)

    @property
    def hits(self) -> Hits | None:
        """What was found; None where nothing is looked for."""
        found: Hits | None = self._asking.answer
        return found

    @property
    def is_waiting(self) -> bool:
        """Whether something is looked for and not found yet."""
        return self._is_unready or self._asking.is_waiting

    @property
    def is_unready(self) -> bool:
        """Whether nothing can be looked for until the document has been indexed."""
        return self._is_unready

    def look_for(self, text: str) -> bool:
        """Look for words, or for nothing; return whether `hits` are there already."""
        if self._asking.is_about(text or None):
            return self._asking.has_answer
        self.forget()
        if not text:
            return self._asking.ask(None, lambda _cancelled, _tell: None, beside=False)
        if not self._document.is_large:
            return self._asking.ask(text, lambda _cancelled, _tell: self._here(text), beside=False)
        searching = self._searching = self._document.searching()
        self._is_unready = searching is None
        if searching is None:
            return False
        return self._asking.ask(
            text, lambda cancelled, tell: _beside(searching, text, cancelled, tell), beside=True
        )

    def forget(self) -> None:
        """Stop, and look anew when asked again: the document was changed, or can be searched now."""
        self._is_unready = False
        if self._searching is not None and self._asking.is_waiting:
            self._searching.interrupt()
        self._searching = None
        self._asking.give_up()

    def _here(self, text: str) -> Hits:
        sources = self._document.sources_mentioning(text)
        return Hits(np.sort(np.array(self._document.search(text), np.int64)), array("q", sorted(sources)))

    def _on_found(self) -> None:
        self._searching = None
        self.found.emit()

    def _on_failed(self, error: Exception) -> None:
        self._searching = None
        self.failed.emit(error)


def _beside(searching: Searching, text: str, cancelled: Cancelled, tell: Tell) -> Hits:
    """Do the search in a worker; the first hits are told before the rest is looked for."""
    try:
        tell(searching.first(text))
        return Hits() if cancelled() else Hits(events_in(searching, text), searching.sources(text))
    finally:
        searching.close()


def events_in(searching: Searching, text: str) -> NDArray[np.int64]:
    """Return the ids of all events in which words are found, rising.

    Raises:
        ReadError: the index is damaged, or the search was interrupted.
    """
    listed = searching.listed(text)
    found = np.fromstring(listed, np.int64, sep=",") if listed else np.empty(0, np.int64)
    found.sort(kind="stable")  # they come in order, but for those that were edited
    return found
