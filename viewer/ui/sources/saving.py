"""Saving a source: a lower grade is previewed first, and quotes are found again in a new text; then one edit."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.domain.impact import SourceChange
from viewer.domain.reanchoring import Reanchored, reanchor
from viewer.domain.records import RELIABILITIES, Claim, Source
from viewer.storage.errors import StorageError
from viewer.storage.event_briefs import event_briefs
from viewer.ui.sources.impact_dialog import ImpactDialog
from viewer.ui.sources.requote_dialog import RequoteDialog
from viewer.ui.sources.requote_rows import Requote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.ui.background import Background, Task

    Places = Mapping[str, tuple[int, int] | None]


class SourceSaving(QObject):
    """`saved(uid, how many quotes lost their place)`, or `failed(StorageError)`; neither when it is called off."""

    saved = Signal(str, int)
    failed = Signal(object)

    def __init__(self, document: Document, background: Background, window: QWidget) -> None:
        super().__init__(background)
        self._document = document
        self._background = background
        self._window = window
        self._task: Task | None = None

    def save(self, source: Source) -> None:
        """Save a source; where its grade is lower now, show first what that does to the events that rest on it."""
        before = self._document.store.source(source.uid)
        if before is not None and is_lower(before.reliability, source.reliability):
            change = SourceChange(source=source.uid, reliability=source.reliability)
            found = self._document.source_impact(change)
            if found.affected:
                dialog = ImpactDialog(found, before.title, before.reliability, self._window)
                dialog.applied.connect(partial(self._save_text, source))
                dialog.open()
                return
        self._save_text(source, "")

    def call_off(self) -> None:
        """Save no more what is being prepared: it has changed since."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _save_text(self, source: Source, reason: str) -> None:
        """Save a source; when its text is another one, its quotes are looked for first."""
        self.call_off()
        store = self._document.store
        before = store.source(source.uid)
        claims = [] if before is None else [claim for _, claim in store.claims_of_source(before.id)]
        if before is None or before.text == source.text or not any(claim.quote for claim in claims):
            self._write(source.uid, partial(self._document.save_source, source, reason=reason or None), 0)
            return
        self._task = self._background.start(
            partial(_found_again, claims, before.text, source.text or ""),
            partial(self._choose_places, before, source, reason),
        )

    def _choose_places(
        self, before: Source, source: Source, reason: str, found: Sequence[Reanchored]
    ) -> None:
        """Save the text when every quote was surely found, else ask."""
        self._task = None
        if all(each.span is not None and not each.asks for each in found):
            self._replace(source, reason, {each.claim: each.span for each in found})
            return
        held = self._document.store.claims_of_source(before.id)
        titles = event_briefs(self._document.store, list({event for event, _ in held}))
        claims = {claim.uid: (claim, titles[event].title) for event, claim in held if event in titles}
        quotes = [Requote(*claims[each.claim], each) for each in found if each.claim in claims]
        dialog = RequoteDialog(quotes, before.text, source.text or "", self._window)
        dialog.decided.connect(partial(self._replace, source, reason))
        dialog.open()

    def _replace(self, source: Source, reason: str, places: Places) -> None:
        verb = partial(self._document.replace_source_text, source, source.text, places, reason=reason or None)
        self._write(source.uid, verb, sum(span is None for span in places.values()))

    def _write(self, uid: str, verb: Callable[..., object], lost: int) -> None:
        try:
            verb(who=self)
        except StorageError as error:
            self.failed.emit(error)
        else:
            self.saved.emit(uid, lost)


def is_lower(before: str | None, after: str | None) -> bool:
    """Tell whether a reliability is lowered; one that is taken away is lowered too."""
    return before is not None and _rank(after) > _rank(before)


def _rank(reliability: str | None) -> int:
    return RELIABILITIES.index(reliability) if reliability in RELIABILITIES else len(RELIABILITIES)


def _found_again(
    claims: Sequence[Claim], old: str | None, new: str, _cancelled: Event
) -> tuple[Reanchored, ...]:
    return reanchor(claims, old, new)
