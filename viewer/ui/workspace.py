"""One open document in a window: header, list, timeline, inspector or form, status, kept in step.

Selection, filter and view live here. What changes the document goes through the document; every edit comes
back as a notice, and all parts are brought up to date from the document, whoever asked for the edit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.charts import Chart
from viewer.document import Document
from viewer.domain.edits import Edit
from viewer.domain.filters import Filter
from viewer.storage.errors import StorageError
from viewer.storage.opening import file_key
from viewer.timeline.scale import TimeScale
from viewer.ui.arrangement import Arrangement
from viewer.ui.drafts import Drafts
from viewer.ui.entry_desk import EntryDesk
from viewer.ui.event_details import EventDetails, Inspected
from viewer.ui.header import Header
from viewer.ui.hover_card import HoverCard
from viewer.ui.inspector import Inspector
from viewer.ui.known_on import KnownOn
from viewer.ui.list_panel import ListPanel
from viewer.ui.live_document import LiveDocument
from viewer.ui.notice import NoticeBar
from viewer.ui.overview import OverviewStrip
from viewer.ui.sieve import Parts, Sieve
from viewer.ui.sourcing import Sourcing
from viewer.ui.statusline import StatusLine
from viewer.ui.text import one_line
from viewer.ui.timeline_view import TimelineView
from viewer.ui.words import lane_name, period_words, shelf_note

_LIST_FROM = 1500  # windows narrower than this start without the list


class Workspace(QWidget):
    """Shows one document. `selection_changed(event id or None)`, `edited()` after every edit."""

    selection_changed = Signal(object)
    edited = Signal()
    known_changed = Signal()
    save_copy_requested = Signal()
    picture_requested = Signal(object)

    def __init__(self, document: Document, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.file_key = file_key(document.path)
        self.selected: int | None = None
        self._by_publication = False
        self._details = EventDetails(document)
        self._inspected: tuple[int, int] | None = None
        self._live = LiveDocument(document, self)
        self.header = Header()
        self.notice = NoticeBar()
        self.list_panel = ListPanel(self._details.list_row)
        self.timeline = TimelineView()
        self.known_on = KnownOn(self.timeline, document.publications)
        self.overview = OverviewStrip()
        self.inspector = Inspector()
        self.status = StatusLine()
        self.desk = EntryDesk(document, drafts, self.notice)
        self.sourcing = Sourcing(
            document,
            drafts,
            self.notice,
            inspector=self.inspector,
            entries=self.desk,
            as_known=self._details.as_known,
            window=self,
        )
        self._sieve = Sieve(
            document, Parts(self.timeline, self.overview, self.list_panel, self.header, self.status)
        )
        sources = self.sourcing.sources
        self._arrangement = Arrangement(
            lanes=(self.timeline, self.overview),
            below=self.sourcing.below.pages,
            sheets=(self.inspector, self.desk.form, sources.form),
        )
        self.left = self._arrangement.left
        self.left.add(self.tr("Events"), self.list_panel)
        self.left.add(self.tr("Sources"), sources.panel)
        self._hover = HoverCard(self.timeline, self._details.hover_text)
        self._lay_out()
        self._connect()
        self._refresh(keep_view=False)
        self.status.set_saved(self._last_change())
        self.desk.offer_draft()
        if self.notice.isHidden():
            self.sourcing.sources.editing.offer_draft()

    # What a window asks for

    def select(self, event: int | None) -> None:
        """Select an event everywhere, or none."""
        self.selected = event
        found = None if event is None else self._details.inspected(event)
        links = [] if found is None else [(other.id, other.relation) for other in found.linked]
        self.timeline.set_selection(event, links)
        self.list_panel.select(event)
        self.sourcing.select(None if event is None else self._details.whole(event))
        self._inspect(found)
        self.selection_changed.emit(event)

    def show_telling_event(self) -> None:
        """Select the event with the most claims: what a newcomer should see first."""
        events = [event for event in self.document.store.events() if event.when is not None]
        if events:
            self.select(max(events, key=lambda event: len(event.claims)).id)

    def new_entry(self, kind: str = "", when: str = "") -> None:
        """Open the form of a kind, the first one by default, with a date filled in."""
        self.desk.open_new(kind or self.document.store.kinds()[0].name, when)

    def edit_entry(self, event: int | None) -> None:
        """Open the form of an event."""
        found = None if event is None else self.document.store.event(event)
        if found is not None:
            self.select(found.id)
            self.desk.open_edit(found)

    def delete_entry(self, event: int | None) -> None:
        """Delete an event; a notice offers to take that back."""
        found = None if event is None else self.document.store.event(event)
        if found is None:
            return
        self._try(lambda: self.document.delete_event(found.id, who=self))
        if self.document.store.event(found.id) is None:
            text = self.tr("Deleted “{title}”.").format(title=one_line(found.title, 80))
            self.notice.show_notice(text, [(self.tr("Undo"), self.undo)])

    def undo(self) -> None:
        """Take back the newest edit; a notice that offered the same has done its work."""
        if self.notice.offers(self.undo):
            self.notice.hide()
        self._try(lambda: self.document.undo(self))

    def redo(self) -> None:
        """Take back the newest undo."""
        self._try(lambda: self.document.redo(self))

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.header.focus_search()

    def choose_period(self) -> None:
        """Ask from when to when events are to be shown."""
        self.header.choose_period()

    @property
    def is_by_publication(self) -> bool:
        """Whether events are placed when they were first said, instead of when they happened."""
        return self._by_publication

    def place_by_publication(self, by_publication: bool) -> None:
        """Place events when they were first said, or when they happened."""
        if by_publication != self._by_publication:
            self._by_publication = by_publication
            self.known_on.corner.show_clock(self.tr("by publication") if by_publication else "")
            self._refresh(keep_view=False)
            if self.selected is not None:
                self.timeline.show_event(self.selected)

    def toggle_list(self, shown: bool) -> None:
        """Show or hide the list; the keyboard goes on with the timeline when the list had it."""
        had_keyboard = self.left.isAncestorOf(self.focusWidget() or self)
        self.left.setVisible(shown)
        if had_keyboard and not shown:
            self.timeline.setFocus()

    def toggle_sources(self) -> None:
        """Show the sources at the left, or put the panel away when they are shown."""
        panel = self.sourcing.sources.panel
        if self.left.isVisible() and self.left.page() is panel:
            self.toggle_list(False)
        else:
            self.left.show_page(panel)
            panel.setFocus()

    def state(self) -> bytes:
        """Return the widths of the parts, for `restore`."""
        return self._arrangement.state()

    def restore(self, state: bytes) -> None:
        """Give the parts the widths of an earlier session."""
        self._arrangement.restore(state)

    def start_list(self, window_width: int) -> bool:
        """Return whether the list should be shown at first in a window of that width."""
        return window_width >= _LIST_FROM

    def stop(self) -> None:
        """Keep what is half typed, and close the document."""
        try:
            self.desk.keep_draft()
            self.sourcing.sources.stop()
        finally:
            self.document.close()

    # Building

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.notice)
        rows.addWidget(self._arrangement, 1)
        rows.addWidget(self.status)

    def _connect(self) -> None:
        self._live.changed.connect(self._on_edit)
        self.header.filter_changed.connect(self._on_filter)
        self.header.match_requested.connect(self._on_match)
        self.header.search_left.connect(self.timeline.setFocus)
        self.header.new_requested.connect(self.new_entry)
        self.timeline.event_selected.connect(self.select)
        self.timeline.event_activated.connect(self.edit_entry)
        self.timeline.add_requested.connect(self._on_add)
        self.timeline.view_changed.connect(self._on_view)
        self.timeline.more_requested.connect(self._on_more)
        self.known_on.changed.connect(self._on_known)
        self.known_on.refused.connect(self._on_unpublished)
        self.overview.range_chosen.connect(self.timeline.show_range)
        self.list_panel.event_selected.connect(self._on_listed)
        self.list_panel.event_activated.connect(self.edit_entry)
        self.list_panel.source_chosen.connect(self._on_source)
        self.inspector.edit_requested.connect(self.edit_entry)
        self.inspector.delete_requested.connect(self.delete_entry)
        self.inspector.event_chosen.connect(self._on_listed)
        self._connect_sourcing()
        self.timeline.claims_requested.connect(self._show_claims)
        self.inspector.bands_requested.connect(self.timeline.toggle_claims)
        self.desk.opened.connect(lambda: self._arrangement.show_sheet(self.desk.form))
        self.desk.closed.connect(self._on_desk_closed)
        self.desk.saved.connect(self._on_saved)
        self.desk.delete_requested.connect(self.delete_entry)
        self.desk.ghost_changed.connect(self._on_ghost)
        self.desk.save_copy_requested.connect(self.save_copy_requested)

    def _connect_sourcing(self) -> None:
        sourcing, sources = self.sourcing, self.sourcing.sources
        self.timeline.view_changed.connect(sourcing.below.set_scale)
        sourcing.event_chosen.connect(self._on_listed)
        sourcing.undo_requested.connect(self.undo)
        sourcing.picture_requested.connect(self.picture_requested)
        sourcing.trouble.connect(self.show_trouble)
        sources.opened.connect(lambda: self._arrangement.show_sheet(sources.form))
        sources.closed.connect(self._on_sources_closed)
        sources.save_copy_requested.connect(self.save_copy_requested)

    # Staying in step

    def _on_edit(self, edit: Edit, _who: object) -> None:
        self._refresh(keep_view=True)
        self.sourcing.follow(edit)
        if edit.undoes is None:
            self.status.set_saved(int(time.time()))
        else:
            self._show_taken_back(edit)
        self.edited.emit()

    def _show_taken_back(self, edit: Edit) -> None:
        """Say what was undone or redone, and select the one event that it changed."""
        newest = self.document.history.next_undo
        redone = newest is not None and newest.uid == edit.uid
        words = self.tr("Redone: {label}") if redone else self.tr("Undone: {label}")
        self.status.set_done(words.format(label=one_line(edit.label, 120)))
        changed = {change.id for change in edit.changes if change.table == "events" and change.after}
        if len(changed) == 1:
            self._on_listed(changed.pop())

    def _refresh(self, *, keep_view: bool) -> None:
        chart = self._chart()
        self._details.forget()
        self.timeline.set_index(
            chart.index,
            chart.kinds,
            lambda event: one_line(chart.titles[event]),
            keep_view=keep_view and chart.index.span() is not None,
            shelf_note=self._shelf_note(chart),
        )
        self.overview.set_index(chart.index)
        self.list_panel.set_kinds(chart.kinds)
        counts = dict.fromkeys((kind.name for kind in chart.kinds), 0)
        self.header.set_document(self.document.title, self.document.path.name, chart.kinds, counts)
        self._sieve.show(chart, self._sieve.filter, by_publication=self._by_publication)
        self.sourcing.below.show_events(self._sieve.shown)
        self._show_clashes(self.known_on.day)
        still_there = self.selected is not None and self.selected in chart.titles
        self.select(self.selected if still_there else None)
        self._on_view(self.timeline.scale())
        self.known_on.place()

    def _on_filter(self, wanted: Filter) -> None:
        self._sieve.show(self._chart(), wanted, by_publication=self._by_publication)
        self.list_panel.select(self.selected)
        self.sourcing.below.show_events(self._sieve.shown)

    def _on_known(self, day: int | None) -> None:
        self._details.set_known_by(day)
        self._sieve.show_day(day, by_publication=self._by_publication)
        self.list_panel.select(self.selected)
        self.sourcing.below.show_events(self._sieve.shown)
        self._show_clashes(day)
        found = None if self.selected is None else self._details.inspected(self.selected)
        if found is not None and self._inspected != (found.event.id, found.later):
            self._inspect(found)
        self.known_changed.emit()

    def _show_clashes(self, day: int | None) -> None:
        """Sign the marks whose claims clash, and bring the claims that are drawn up to date."""
        self.timeline.set_rivals(self.document.rivals(day))
        opened = self.timeline.content().claims
        if opened is not None:
            self._show_claims(opened.event)

    def _show_claims(self, event: int) -> None:
        self.timeline.set_claims(self._details.expanded(event))

    def _on_unpublished(self) -> None:
        text = self.tr("No source of a claim says when it was published. Add that to the sources first.")
        self.notice.show_notice(text, [])
        self.known_changed.emit()

    def _chart(self) -> Chart:
        return self.document.chart(lane_name, by_publication=self._by_publication)

    def _shelf_note(self, chart: Chart) -> str:
        if self._by_publication:
            return self.tr("no date of publication")
        return shelf_note(chart.index.undated)

    def _on_view(self, scale: TimeScale) -> None:
        first, last = scale.visible(self.timeline.canvas_width())
        self.overview.set_visible(first, last)
        self.status.set_period(period_words(first, last))
        for part in (self.header, self.desk.form):
            part.set_in_view((first + last) // 2)

    def _on_match(self, step: int) -> None:
        """Go to the next event that the filter shows, round and round."""
        ids = self._sieve.shown
        if ids:
            beside = -1 if step > 0 else 0
            here = beside if self.selected is None or self.selected not in ids else ids.index(self.selected)
            self._on_listed(ids[(here + step) % len(ids)])

    def _on_more(self) -> None:
        self.left.show_page(self.list_panel)
        self.list_panel.show_end()

    def _on_listed(self, event: int) -> None:
        self.select(event)
        self.timeline.show_event(event)

    def _on_source(self, uid: str) -> None:
        self._on_filter(replace(self._sieve.filter, text="", source=uid))
        source = self.document.store.source(uid)
        title = one_line(source.title, 60) if source is not None else uid
        text = self.tr("Only events that “{title}” speaks of.").format(title=title)
        self.notice.show_notice(text, [(self.tr("Show all"), self._show_all)])

    def _show_all(self) -> None:
        self.notice.hide()
        self.known_on.clear()
        self.header.clear_filter()
        self._on_filter(Filter())

    def _on_add(self, when: str | None, kind: int | None) -> None:
        kinds = self.document.store.kinds()
        # By the other clock the place that was clicked is no day on which anything happened.
        self.new_entry(kinds[kind or 0].name, "" if self._by_publication else when or "")

    def _on_ghost(self, extent: tuple[int, int] | None, kind: int) -> None:
        self.timeline.set_ghost(None if self._by_publication else extent, kind)

    def _on_desk_closed(self) -> None:
        self._arrangement.show_sheet(self.inspector)
        self.timeline.setFocus()

    def _on_sources_closed(self) -> None:
        if self.desk.is_open():
            self._arrangement.show_sheet(self.desk.form)
        else:
            self._on_desk_closed()

    def _on_saved(self, event: int) -> None:
        self.select(event)
        self.timeline.show_event(event)
        if event not in self._sieve.shown:
            text = self.tr("Saved; the filter hides it.")
            self.notice.show_notice(text, [(self.tr("Show all"), self._show_all)])

    def _inspect(self, found: Inspected | None) -> None:
        self._inspected = None if found is None else (found.event.id, found.later)
        if found is None:
            self.inspector.show_event(None)
        else:
            self.inspector.show_event(
                found.event,
                kind=found.kind,
                sources=found.sources,
                linked=found.linked,
                context=self.document.provenance_context(),
                later=found.later,
            )

    # Saving

    def _last_change(self) -> int | None:
        newest = self.document.history.next_undo
        return None if newest is None else newest.at

    def _try(self, change: Callable[[], object]) -> None:
        """Make a change; when it cannot be saved, say so and offer to try again or to save a copy."""
        try:
            change()
        except StorageError as error:
            self.show_trouble(error, lambda: self._try(change))

    def show_trouble(self, error: StorageError, again: Callable[[], None] | None = None) -> None:
        """Say what went wrong, and what can be done about it."""
        actions = [] if again is None else [(self.tr("Try again"), again)]
        actions.append((self.tr("Save a copy…"), self.save_copy_requested.emit))
        self.notice.show_notice(str(error), actions)
