"""Changes that take long, made by another process while the window goes on: one at a time, told, cancelled, kept.

While one is made, edits are refused with a reason, and forms keep what was typed. The end is one edit as any other,
which is undone in one step.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.storage.access import Notice
from viewer.storage.errors import StorageError
from viewer.ui.background import Background
from viewer.ui.painter_ink import number
from viewer.ui.progress_card import ProgressCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.changing import Order, Outcome
    from viewer.document import Document
    from viewer.ui.keeping_watch import KeepingWatch


class LongChanges(QObject):
    """Has orders done on the document of a window, with a card over `around` that says how far they are."""

    _stepped = Signal(str, object, object)  # a file may have more bytes than Qt's int can count

    def __init__(self, document: Document, keeping: KeepingWatch, around: QWidget) -> None:
        super().__init__(around)
        self._document = document
        self._keeping = keeping
        self._background = Background(self)
        self._card = ProgressCard(around)
        self._card.setObjectName("long_change")
        self._card.cancelled.connect(self.cancel)
        self._stepped.connect(self._tell)
        self._left: threading.Event | None = None
        self._words = ""
        self._stage, self._began = "reading", 0.0
        self._who: object = None
        self._done: Callable[[Outcome | None], None] = lambda _outcome: None
        self._failed: Callable[[Exception], None] = lambda _error: None

    @property
    def is_busy(self) -> bool:
        """Whether a change is being made."""
        return self._left is not None

    def make(
        self,
        order: Order,
        words: str,
        done: Callable[[Outcome | None], None],
        failed: Callable[[Exception], None],
        *,
        who: object = None,
    ) -> None:
        """Have an order done, then call `done` with what came of it, None when it was cancelled, or `failed`.

        `words` say what is done; `who` is told to listeners as who asked for the edit.

        Raises:
            StorageError: the document cannot be changed now; nothing was begun.
        """
        from viewer.changing import change_beside

        store = self._document.store
        store.expect_editable()
        path, state, left = store.path, store.state, threading.Event()
        self._left, self._words, self._who = left, words, who
        self._stage, self._began = "reading", time.monotonic()
        self._done, self._failed = done, failed
        message = self.tr("Another change is being made: {words}").format(words=words)
        store.refuse_edits(Notice("being-changed", message, self.tr("Nothing was changed. Try again soon.")))
        self._keeping.pause()
        self._tell("", 0, 0)

        def work(cancelled: threading.Event) -> Outcome | None:
            return change_beside(
                path,
                state,
                order,
                told=self._stepped.emit,
                cancelled=lambda: left.is_set() or cancelled.is_set(),
            )

        self._background.start(work, self._come_back, self._give_up)

    def cancel(self) -> None:
        """Have what was begun taken back; what is saved already stays, and can be undone."""
        if self._left is not None:
            self._left.set()
            self._card.show_share(self.tr("Cancelling…"), 0.0)

    def stop(self) -> None:
        """Cancel what is being made, and wait for that: the window goes."""
        self._background.stop()

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._left is None or self._left.is_set():
            return
        share = done / total if total else 0.0
        more = ""
        if share:
            said = self.tr("Saving, {share} %") if stage == "saving" else self.tr("Reading, {share} %")
            more = f"{said.format(share=int(share * 100))}{self._rate(stage, done)}"
        self._card.show_share(self._words, share, more)

    def _rate(self, stage: str, done: int) -> str:
        """Return how quickly it goes, once a second of it has passed: bytes that are read, rows that are saved."""
        now = time.monotonic()
        if self._stage != stage:
            self._stage, self._began = stage, now
        if now - self._began < 1:
            return ""
        pace = done / (now - self._began)
        if stage == "saving":
            return self.tr(" · {count} rows/s").format(count=number(int(pace)))
        return self.tr(" · {count} kB/s").format(count=number(int(pace / 1000)))

    def _come_back(self, outcome: Outcome | None) -> None:
        self._end()
        if outcome is not None and outcome.problem is not None:
            self._document.keeper.problem = outcome.problem
        if outcome is not None and outcome.edit is not None:
            try:
                self._document.catch_up(own=outcome.edit, who=self._who)
            except StorageError as error:
                self._failed(error)
                return
        self._done(outcome)

    def _give_up(self, error: Exception) -> None:
        self._end()
        self._failed(error)

    def _end(self) -> None:
        self._left = None
        self._document.store.refuse_edits(None)
        self._keeping.resume()
        self._card.put_away()
