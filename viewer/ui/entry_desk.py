"""The desk where entries are written: opens the form, keeps its draft, saves, and never loses what was typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.document import Document
from viewer.domain.dates import FuzzyDate
from viewer.domain.records import Event, Kind, Source
from viewer.passage_entries import claim_of, event_of
from viewer.storage.errors import StorageError
from viewer.storage.finding import titles_of_kind
from viewer.ui.drafts import Drafts
from viewer.ui.forms.entry import Choices, Entry, EventChoice, Ghost, SourceChoice
from viewer.ui.forms.event_form import EventForm
from viewer.ui.forms.sheets import sheet_of
from viewer.ui.notice import NoticeBar
from viewer.ui.text import one_line
from viewer.ui.words import lane_name

_DRAFT_AFTER_MS = 400


class EntryDesk(QObject):
    """Owns the one form of a window. `saved(event id)`, `opened()`, `closed()`, `ghost_changed(extent, kind)`."""

    opened = Signal()
    closed = Signal()
    saved = Signal(int)
    delete_requested = Signal(int)
    ghost_changed = Signal(object, int)
    save_copy_requested = Signal()

    def __init__(self, document: Document, drafts: Drafts, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._document = document
        self._drafts = drafts
        self._notice = notice
        self._event: Event | None = None
        self._kind = ""
        self._is_open = False
        self.form = EventForm(self._choices())
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_DRAFT_AFTER_MS)
        self._keeping.timeout.connect(self.keep_draft)
        self.form.submitted.connect(self._save)
        self.form.cancelled.connect(self._cancel)
        self.form.changed.connect(self._keeping.start)
        self.form.delete_requested.connect(self._delete)
        self.form.ghost_changed.connect(self._show_ghost)

    def open_new(self, kind: str, when: str = "") -> None:
        """Open the form for a new event of a kind."""
        if self._may_open():
            self._event, self._kind = None, kind
            self.form.set_choices(self._choices())
            self.form.start_new(self._kind_named(kind), when)
            self._open()

    def open_edit(self, event: Event) -> None:
        """Open the form for an event."""
        if self._may_open():
            self._event, self._kind = event, event.kind
            self.form.set_choices(self._choices())
            self.form.start_edit(event)
            self._open()

    def open_passage(self, kind: str, source: Source, span: tuple[int, int], around: str) -> None:
        """Open the form for a new event of a kind, filled in from a passage of a source."""
        if self._may_open():
            self._event, self._kind = None, kind
            self.form.set_choices(self._choices())
            measure = sheet_of(self._kind_named(kind)).measure
            self.form.start_from(event_of(kind, measure, source, span, around=around))
            self._open()

    def open_claim(self, event: Event, source: Source, span: tuple[int, int], around: str) -> None:
        """Open the form of an event with one more claim, which quotes a passage of a source."""
        is_there = self._is_open and self._event is not None and self._event.uid == event.uid
        if not is_there:
            self.open_edit(event)
            is_there = self._event is event
        if is_there:
            self.opened.emit()
            self.form.add_claim(claim_of(source, span, around=around))

    def is_open(self) -> bool:
        """Whether the form is in use."""
        return self._is_open

    def offer_draft(self) -> None:
        """Offer to go on with what an earlier session left unfinished."""
        kept = self._drafts.load_all(self._document.uid)
        for key, draft in reversed(kept.items()):
            if isinstance(draft, dict) and isinstance(draft.get("data"), dict):
                self._offer(key, draft)
                return

    def keep_draft(self) -> None:
        """Write what is half typed to disk."""
        self._keeping.stop()
        if self._is_open and self.form.is_dirty():
            self._drafts.save(self._document.uid, self._key(), {"kind": self._kind, "data": self.form.data()})

    def _offer(self, key: str, draft: dict[str, Any]) -> None:
        kind = self._kind_named(str(draft.get("kind", "")))
        fields = draft["data"].get("fields")
        title = one_line(str(fields.get("title") or ""), 60) if isinstance(fields, dict) else ""
        words = self.tr("An unfinished {kind} was kept.")
        if title:
            words = self.tr("An unfinished {kind} was kept: “{title}”.")
        self._notice.show_notice(
            words.format(kind=kind.label.lower(), title=title),
            [
                (self.tr("Continue"), lambda: self._continue(key, kind, draft["data"])),
                (self.tr("Discard"), lambda: self._discard(key)),
            ],
        )

    def _continue(self, key: str, kind: Kind, data: dict[str, Any]) -> None:
        self._notice.hide()
        ids = self._document.store.ids_by("events", "uid")
        event = self._document.store.event(ids[key]) if key in ids else None
        if event is None:
            self.open_new(kind.name)
        else:
            self.open_edit(event)
        self.form.restore(data)

    def _discard(self, key: str) -> None:
        self._notice.hide()
        self._drafts.discard(self._document.uid, key)

    def _may_open(self) -> bool:
        """Tell whether the form is free; when something is half typed in it, ask before it is given up."""
        if self._is_open and self.form.is_dirty():
            self.opened.emit()
            self.form.cancel()
            return False
        self._forget_draft()
        return True

    def _open(self) -> None:
        self._is_open = True
        self.opened.emit()

    def _close(self) -> None:
        self._forget_draft()
        self._is_open = False
        self.ghost_changed.emit(None, 0)
        self.closed.emit()

    def _forget_draft(self) -> None:
        self._keeping.stop()
        if self._is_open:
            self._drafts.discard(self._document.uid, self._key())

    def _save(self, entry: Entry) -> None:
        try:
            event = self._document.save_event(entry.event, new_sources=entry.new_sources, who=self)
        except StorageError as error:
            self.keep_draft()
            self.form.show_problem(str(error))
            actions = [
                (self.tr("Try again"), self.form.save),
                (self.tr("Save a copy…"), self.save_copy_requested.emit),
            ]
            self._notice.show_notice(self.tr("The entry is not saved yet; it is kept in the form."), actions)
            return
        self._notice.hide()
        self._close()
        self.saved.emit(event)

    def _cancel(self) -> None:
        self._close()

    def _delete(self) -> None:
        event = self._event
        self._close()
        if event is not None:
            self.delete_requested.emit(event.id)

    def _show_ghost(self, ghost: Ghost) -> None:
        names = [kind.name for kind in self._document.store.kinds()]
        kind = names.index(ghost.kind) if ghost.kind in names else 0
        stands_there = self._event is not None and ghost.date == self._event.when
        self.ghost_changed.emit(None if stands_there else _extent(ghost.date), kind)

    def _key(self) -> str:
        return "new" if self._event is None else self._event.uid

    def _kind_named(self, name: str) -> Kind:
        kinds = self._document.store.kinds()
        return next((kind for kind in kinds if kind.name == name), kinds[0])

    def _choices(self) -> Choices:
        store = self._document.store
        sources = [
            SourceChoice(
                uid=source.uid,
                title=source.title,
                publisher=source.publisher,
                language=source.language,
                published=source.published,
                has_text=source.has_text,
            )
            for source in store.source_briefs()
        ]
        titles = self._document.chart(lane_name).titles
        uids = {event_id: uid for uid, event_id in store.ids_by("events", "uid").items()}
        return Choices(
            kinds=store.kinds(),
            actors=tuple(actor.name for actor in store.actors()),
            places=tuple(place.name for place in store.places()),
            sources=tuple(sources),
            events=tuple(EventChoice(uid=uids[event_id], title=title) for event_id, title in titles.items()),
            text_of=self._text_of,
            statements=tuple(EventChoice(uid, title) for uid, title in titles_of_kind(store, "statement")),
        )

    def _text_of(self, uid: str) -> str | None:
        source = self._document.store.source(uid)
        return None if source is None else source.text


def _extent(date: FuzzyDate | None) -> tuple[int, int] | None:
    if date is None or not date.is_dated:
        return None
    known = [bound for bound in (date.earliest, date.latest) if bound is not None]
    return min(known), max(known)
