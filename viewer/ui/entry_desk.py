"""The desk where entries are written: opens the form, keeps its draft, saves, and never loses what was typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.document import Document
from viewer.domain.dates import FuzzyDate
from viewer.domain.records import Event, Kind, Source
from viewer.passage_entries import claim_of, event_of
from viewer.storage.choosing import events_to_choose
from viewer.storage.errors import StorageError
from viewer.ui.drafts import Drafts
from viewer.ui.forms.entry import Choices, Entry, EventChoice, Ghost, SourceChoice
from viewer.ui.forms.event_form import EventForm
from viewer.ui.forms.sheets import sheet_of
from viewer.ui.notice import NoticeBar
from viewer.ui.text import one_line

_DRAFT_AFTER_MS = 400
_AGAIN_MS = 500
_TRIES = 5
"""How often, and after what time, an entry is saved again while another program writes."""


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
        # What can be chosen is read when the form is opened: thousands of names are not needed to start.
        self.form = EventForm(Choices(document.store.kinds(), (), (), (), (), self._text_of))
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_DRAFT_AFTER_MS)
        self._keeping.timeout.connect(self.keep_draft)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.form.save)
        self._tries = _TRIES
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
        held = self._document.store.id_of("events", "uid", key)
        event = None if held is None else self._document.store.event(held)
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
        if (reason := self._document.store.read_only) is not None:
            self._notice.show_notice(str(reason), [(self.tr("Save a copy…"), self.save_copy_requested.emit)])
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
        self._again.stop()
        self._tries = _TRIES
        if self._is_open:
            self._drafts.discard(self._document.uid, self._key())

    def _save(self, entry: Entry) -> None:
        try:
            if self._is_changed():
                self.keep_draft()
                self._document.catch_up()
                self._show_both(entry)
                return
            event = self._document.save_event(entry.event, new_sources=entry.new_sources, who=self)
        except StorageError as error:
            self.keep_draft()
            if error.code == "in-use" and self._tries > 0:
                self._tries -= 1
                self.form.show_problem(self.tr("Another program is writing the file; trying again…"))
                self._again.start()
                return
            self._tries = _TRIES
            self.form.show_problem(str(error))
            again = (self.tr("Try again"), self.form.save)
            if error.code == "changed-elsewhere":
                again = (self.tr("Show their changes"), self._catch_up)
            actions = [
                again,
                (self.tr("Save a copy…"), self.save_copy_requested.emit),
            ]
            self._notice.show_notice(self.tr("The entry is not saved yet; it is kept in the form."), actions)
            return
        self._notice.hide()
        self._close()
        self.saved.emit(event)

    def _is_changed(self) -> bool:
        """Whether somebody changed the event since the form was opened on it."""
        return self._event is not None and self._document.store.event(self._event.id) != self._event

    def _catch_up(self) -> None:
        """Take in what another program saved; where that is this very event, show both versions."""
        try:
            self._document.catch_up()
        except StorageError as error:
            self.form.show_problem(str(error))
        else:
            self.form.save()

    def _show_both(self, entry: Entry) -> None:
        from viewer.ui.both_versions import BothVersions

        theirs = None if self._event is None else self._document.store.event(self._event.id)
        dialog = BothVersions(theirs, entry.event, self._notice.window())

        def save_mine() -> None:
            self._event = theirs
            self._save(entry)

        def take_theirs() -> None:
            self._notice.hide()
            self._close()

        dialog.mine_chosen.connect(save_mine)
        dialog.theirs_chosen.connect(take_theirs)
        dialog.open()

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
        links = () if self._event is None else (link.to for link in self._event.links)
        claims = () if self._event is None else self._event.claims
        told_in = (claim.statement for claim in claims if claim.statement is not None)
        statements = events_to_choose(store, kind="statement", also=told_in)
        return Choices(
            kinds=store.kinds(),
            actors=tuple(actor.name for actor in store.actors()),
            places=tuple(place.name for place in store.places()),
            sources=tuple(sources),
            events=tuple(EventChoice(uid, title) for uid, title in events_to_choose(store, also=links)),
            text_of=self._text_of,
            statements=tuple(EventChoice(uid, title) for uid, title in statements),
        )

    def _text_of(self, uid: str) -> str | None:
        source = self._document.store.source(uid)
        return None if source is None else source.text


def _extent(date: FuzzyDate | None) -> tuple[int, int] | None:
    if date is None or not date.is_dated:
        return None
    known = [bound for bound in (date.earliest, date.latest) if bound is not None]
    return min(known), max(known)
