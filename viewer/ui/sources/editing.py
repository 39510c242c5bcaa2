"""Editing one source: opens its form, keeps its draft, reads and fetches for it, and looks for copies.

Whatever takes time is done beside the window; what was typed is never lost.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.fetching import fetch
from viewer.ui.background import Background, Task
from viewer.ui.forms.suggestions import Option
from viewer.ui.painter_ink import number
from viewer.ui.sources.copies import CopyFinder
from viewer.ui.sources.form import SourceForm
from viewer.ui.sources.intake import Fetch, IntakeError, fetched_page, read_file
from viewer.ui.sources.original_field import Originals
from viewer.ui.sources.saving import SourceSaving
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.domain.records import Source
    from viewer.formats.ingested import IngestedSource
    from viewer.storage.errors import StorageError
    from viewer.ui.drafts import Drafts
    from viewer.ui.notice import NoticeBar

_DRAFT_AFTER_MS = 400
_NEW = "source:new"


class SourceEditing(QObject):
    """Owns the form. `opened()`, `closed()`, `saved(uid)`, `delete_requested(uid)`, `save_copy_requested()`."""

    opened = Signal()
    closed = Signal()
    saved = Signal(str)
    delete_requested = Signal(str)
    save_copy_requested = Signal()

    def __init__(
        self,
        document: Document,
        notice: NoticeBar,
        window: QWidget,
        drafts: Drafts | None = None,
        fetch: Fetch = fetch,
    ) -> None:
        super().__init__(notice)
        self._fetch_page = fetch
        self._document, self._notice, self._drafts = document, notice, drafts
        self._before: Source | None = None
        self._quotes = 0
        self._is_open = False
        self._fetching: Task | None = None
        self._background = Background(self)
        self._saving = SourceSaving(document, self._background, window)
        self._copies = CopyFinder(document, self._background)
        self.form = SourceForm()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_DRAFT_AFTER_MS)
        self._keeping.timeout.connect(self.keep_draft)
        self._connect()

    # Opening and closing

    def open_new(self) -> None:
        """Open the form for a new source."""
        if self._may_open():
            self._before, self._quotes = None, 0
            self.form.start_new(self._originals(""))
            self._open()

    def open_edit(self, uid: str) -> None:
        """Open the form of a source."""
        source = self._document.store.source(uid)
        if source is not None and self._may_open():
            self._before = source
            claims, self._quotes = self._document.quoted_claims(source)
            self.form.start_edit(source, self._originals(uid), may_delete=not claims)
            self._open()

    def is_open(self) -> bool:
        """Whether the form is in use."""
        return self._is_open

    def stop(self) -> bool:
        """Keep what is half typed and end all work; return whether it has ended."""
        self.keep_draft()
        return self._background.stop()

    def keep_draft(self) -> None:
        """Write what is half typed to disk."""
        self._keeping.stop()
        if self._drafts is not None and self._is_open and self.form.is_dirty():
            self._drafts.save(self._document.uid, self._key(), {"source": self.form.data()})

    def offer_draft(self) -> bool:
        """Offer to go on with a source that an earlier session left unfinished; return whether there is one."""
        kept = {} if self._drafts is None else self._drafts.load_all(self._document.uid)
        for key, draft in reversed(kept.items()):
            if (
                key.startswith("source:")
                and isinstance(draft, dict)
                and isinstance(draft.get("source"), dict)
            ):
                self._notice.show_notice(
                    self.tr("An unfinished source was kept."),
                    [
                        (self.tr("Continue"), partial(self._continue, key, draft["source"])),
                        (self.tr("Discard"), partial(self._discard, key)),
                    ],
                )
                return True
        return False

    def _connect(self) -> None:
        form = self.form
        form.submitted.connect(self._saving.save)
        self._saving.saved.connect(self._on_saved)
        self._saving.failed.connect(self._on_failed)
        form.cancelled.connect(self._close)
        form.delete_requested.connect(self._delete)
        form.changed.connect(self._on_typed)
        form.fetch_wanted.connect(self._fetch)
        form.called_off.connect(self._call_off)
        form.file_chosen.connect(self._read)
        form.text_settled.connect(self._look_at_text)
        self._copies.found.connect(self._show_copy)

    def _may_open(self) -> bool:
        """Tell whether the form is free; when something is half typed in it, ask before it is given up."""
        if self._is_open and self.form.is_dirty():
            self.opened.emit()
            self.form.cancel()
            return False
        self._forget()
        return True

    def _open(self) -> None:
        self._is_open = True
        self.opened.emit()

    def _close(self) -> None:
        self._forget()
        self._is_open = False
        self.closed.emit()

    def _forget(self) -> None:
        """Give up all work for the form, and its draft."""
        self._keeping.stop()
        self._call_off()
        self._saving.call_off()
        self._copies.give_up()
        if self._is_open and self._drafts is not None:
            self._drafts.discard(self._document.uid, self._key())

    def _continue(self, key: str, data: dict[str, Any]) -> None:
        self._notice.hide()
        uid = key.removeprefix("source:")
        if self._document.store.source(uid) is None:
            self.open_new()
        else:
            self.open_edit(uid)
        self.form.restore(data)

    def _discard(self, key: str) -> None:
        self._notice.hide()
        if self._drafts is not None:
            self._drafts.discard(self._document.uid, key)

    def _delete(self) -> None:
        source = self._before
        self._close()
        if source is not None:
            self.delete_requested.emit(source.uid)

    def _key(self) -> str:
        return _NEW if self._before is None else f"source:{self._before.uid}"

    def _originals(self, uid: str) -> Originals:
        options = [
            Option(brief.uid, brief.title, brief.publisher or "")
            for brief in self._document.store.source_briefs()
            if brief.uid != uid
        ]
        return Originals(options, partial(self._document.leads_back, uid))

    # Files, pages, copies

    def _on_typed(self) -> None:
        self._keeping.start()
        self._saving.call_off()

    def _fetch(self, url: str) -> None:
        self._call_off()
        self.form.show_fetching(True)
        self._fetching = self._background.start(
            partial(fetched_page, self._fetch_page, url), self._on_page, self._on_no_page
        )

    def _read(self, path: Path) -> None:
        self._call_off()
        self._fetching = self._background.start(partial(read_file, path), self._on_file, self._on_no_file)

    def _call_off(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            self._fetching = None
            self.form.show_fetching(False)

    def _on_page(self, found: IngestedSource) -> None:
        self._fetching = None
        self.form.show_fetching(False)
        self.form.show_intake(found)

    def _on_file(self, found: IngestedSource) -> None:
        self._fetching = None
        self.form.show_intake(found)

    def _on_no_page(self, error: Exception) -> None:
        self._fetching = None
        self.form.show_fetching(False)
        self.form.show_trouble(_words(error), of_address=True)

    def _on_no_file(self, error: Exception) -> None:
        self._fetching = None
        self.form.show_trouble(_words(error), of_address=False)

    def _look_at_text(self) -> None:
        source = self.form.source()
        if source is not None and self._is_open:
            self.form.show_quotes(self._quotes)
            self._copies.look(source.text or "", source.uid)

    def _show_copy(self, uid: str, score: float) -> None:
        found = self._document.store.source(uid) if uid else None
        title = "" if found is None else one_line(found.title, 120)
        percent = 100 if score >= 1 else min(99, round(score * 100))
        self.form.show_near_copy("" if found is None else uid, title, percent)

    # Saving

    def _on_saved(self, uid: str, lost: int) -> None:
        self._notice.hide()
        self._close()
        if lost:
            words = self.tr("{count} quotes have no place in the new text.")
            if lost == 1:
                words = self.tr("1 quote has no place in the new text.")
            self._notice.show_notice(words.format(count=number(lost)))
        self.saved.emit(uid)

    def _on_failed(self, error: StorageError) -> None:
        """Keep in the form what could not be saved, and say so."""
        self.keep_draft()
        self.form.show_problem(str(error))
        actions = [
            (self.tr("Try again"), self.form.save),
            (self.tr("Save a copy…"), self.save_copy_requested.emit),
        ]
        self._notice.show_notice(self.tr("The source is not saved yet; it is kept in the form."), actions)


def _words(error: Exception) -> str:
    """Return what to say of a file or a page; what we did not foresee is said as it is."""
    return str(error) if isinstance(error, IntakeError) else one_line(f"{type(error).__name__}: {error}")
