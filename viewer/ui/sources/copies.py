"""Looks for a stored source that says nearly the same as a text, text by text, beside the window."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.domain.likeness import NEAR, Sketch, likeness, sketch
from viewer.ui.background import Background, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewer.document import Document

_AT_ONCE = 500_000
"""How many characters are handed to a worker at a time."""


class CopyFinder(QObject):
    """`found(uid, score 0 to 1)`: the likest one; an empty uid: no other text is nearly the same."""

    found = Signal(str, float)

    def __init__(self, document: Document, background: Background) -> None:
        super().__init__(background)
        self._document = document
        self._background = background
        self._task: Task | None = None
        self._waiting: Iterator[str] = iter(())
        self._sketch = Sketch(frozenset(), 0)
        self._best = ("", 0.0)

    def look(self, text: str, own_uid: str) -> None:
        """Look for a copy of a text, in all sources but its own; a search that still runs is given up."""
        self.give_up()
        self._best = ("", 0.0)
        same = [uid for uid in self._document.sources_saying(text) if uid != own_uid] if text else []
        if same or not text:
            self.found.emit(same[0] if same else "", 1.0 if same else 0.0)
            return
        briefs = self._document.store.source_briefs()
        self._waiting = iter([brief.uid for brief in briefs if brief.has_text and brief.uid != own_uid])
        self._task = self._background.start(partial(_sketched, text), self._start)

    def give_up(self) -> None:
        """Stop looking; nothing is found any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self, own: Sketch) -> None:
        self._sketch = own
        self._go_on()

    def _go_on(self) -> None:
        texts: list[tuple[str, str]] = []
        size = 0
        for uid in self._waiting:
            source = self._document.store.source(uid)
            if source is not None and source.text:
                texts.append((uid, source.text))
                size += len(source.text)
            if size >= _AT_ONCE:
                break
        if texts:
            self._task = self._background.start(partial(_likest, self._sketch, texts), self._compared)
        else:
            self._task = None
            self.found.emit(*(self._best if self._best[1] >= NEAR else ("", 0.0)))

    def _compared(self, best: tuple[str, float]) -> None:
        if best[1] > self._best[1]:
            self._best = best
        self._go_on()


def _sketched(text: str, _cancelled: Event) -> Sketch:
    return sketch(text)


def _likest(own: Sketch, texts: Sequence[tuple[str, str]], cancelled: Event) -> tuple[str, float]:
    best = ("", 0.0)
    for uid, text in texts:
        if cancelled.is_set():
            break
        score = likeness(own, text)
        if score > best[1]:
            best = (uid, score)
    return best
