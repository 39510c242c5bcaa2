"""One open document in a window: header, list, timeline, inspector or form, status, kept in step.

Selection, filter and view live here. What changes the document goes through the document; every edit comes
back as a notice, and all parts are brought up to date from the document, whoever asked for the edit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer.document import Chart, Document, Matching
from viewer.domain.date_words import describe_date
from viewer.domain.edits import Edit
from viewer.domain.filters import Filter
from viewer.domain.provenance import standing
from viewer.domain.records import Event
from viewer.storage.errors import StorageError
from viewer.storage.opening import file_key
from viewer.timeline.gathering import mask_of
from viewer.timeline.scale import TimeScale
from viewer.ui.drafts import Drafts
from viewer.ui.entry_desk import EntryDesk
from viewer.ui.header import Header
from viewer.ui.hover_card import HoverCard, HoverText
from viewer.ui.inspector import Inspector, LinkedEvent
from viewer.ui.inspector.wording import standing_words
from viewer.ui.list_panel import ListPanel, ListRow
from viewer.ui.live_document import LiveDocument
from viewer.ui.notice import NoticeBar
from viewer.ui.overview import OverviewStrip
from viewer.ui.statusline import StatusLine
from viewer.ui.text import one_line
from viewer.ui.timeline_view import TimelineView
from viewer.ui.words import lane_name, period_words, shelf_note

_LIST_WIDTH, _INSPECTOR_WIDTH = 264, 352
_LIST_LEAST, _LANES_LEAST, _SIDE_LEAST = 180, 280, 320  # side by side in the narrowest window
_LIST_FROM = 1500  # windows narrower than this start without the list


class Workspace(QWidget):
    """Shows one document. `selection_changed(event id or None)`, `edited()` after every edit."""

    selection_changed = Signal(object)
    edited = Signal()
    save_copy_requested = Signal()

    def __init__(self, document: Document, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.file_key = file_key(document.path)
        self.selected: int | None = None
        self._filter = Filter()
        self._matching = Matching((), 0)
        self._rows_read: dict[int, ListRow] = {}
        self._live = LiveDocument(document, self)
        self.header = Header()
        self.notice = NoticeBar()
        self.list_panel = ListPanel(self._list_row)
        self.timeline = TimelineView()
        self.overview = OverviewStrip()
        self.inspector = Inspector()
        self.status = StatusLine()
        self.desk = EntryDesk(document, drafts, self.notice)
        self._side = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._hover = HoverCard(self.timeline, self._hover_text)
        self._lay_out()
        self._connect()
        self._refresh(keep_view=False)
        self.status.set_saved(self._last_change())
        self.desk.offer_draft()

    # What a window asks for

    def select(self, event: int | None) -> None:
        """Select an event everywhere, or none."""
        self.selected = event
        found = None if event is None else self.document.store.event(event)
        self.timeline.set_selection(event, [] if found is None else self._links(found))
        self.list_panel.select(event)
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

    def toggle_list(self, shown: bool) -> None:
        """Show or hide the list; the keyboard goes on with the timeline when the list had it."""
        had_keyboard = self.list_panel.isAncestorOf(self.focusWidget() or self)
        self.list_panel.setVisible(shown)
        if had_keyboard and not shown:
            self.timeline.setFocus()

    def state(self) -> bytes:
        """Return the widths of the parts, for `restore`."""
        return bytes(self._splitter.saveState().data())

    def restore(self, state: bytes) -> None:
        """Give the parts the widths of an earlier session."""
        if state:
            self._splitter.restoreState(QByteArray(state))

    def start_list(self, window_width: int) -> bool:
        """Return whether the list should be shown at first in a window of that width."""
        return window_width >= _LIST_FROM

    def stop(self) -> None:
        """Keep what is half typed, and close the document."""
        try:
            self.desk.keep_draft()
        finally:
            self.document.close()

    # Building

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline, 1)
        column.addWidget(self.overview)
        self._side.addWidget(self.inspector)
        self._side.addWidget(self.desk.form)
        for part in (self.list_panel, middle, self._side):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_LIST_WIDTH, 10_000, _INSPECTOR_WIDTH])
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for part, narrowest in (
            (self.list_panel, _LIST_LEAST),
            (middle, _LANES_LEAST),
            (self._side, _SIDE_LEAST),
        ):
            part.setMinimumWidth(narrowest)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.notice)
        rows.addWidget(self._splitter, 1)
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
        self.overview.range_chosen.connect(self.timeline.show_range)
        self.list_panel.event_selected.connect(self._on_listed)
        self.list_panel.event_activated.connect(self.edit_entry)
        self.list_panel.source_chosen.connect(self._on_source)
        self.inspector.edit_requested.connect(self.edit_entry)
        self.inspector.delete_requested.connect(self.delete_entry)
        self.inspector.event_chosen.connect(self._on_listed)
        self.desk.opened.connect(lambda: self._side.setCurrentWidget(self.desk.form))
        self.desk.closed.connect(self._on_desk_closed)
        self.desk.saved.connect(self._on_saved)
        self.desk.delete_requested.connect(self.delete_entry)
        self.desk.ghost_changed.connect(self.timeline.set_ghost)
        self.desk.save_copy_requested.connect(self.save_copy_requested)

    # Staying in step

    def _on_edit(self, edit: Edit, _who: object) -> None:
        self._refresh(keep_view=True)
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
        chart = self.document.chart(lane_name)
        self._rows_read.clear()
        self.timeline.set_index(
            chart.index,
            chart.kinds,
            lambda event: one_line(chart.titles[event]),
            keep_view=keep_view and chart.index.span() is not None,
            shelf_note=shelf_note(chart.index.undated),
        )
        self.overview.set_index(chart.index)
        self.list_panel.set_kinds(chart.kinds)
        counts = dict.fromkeys((kind.name for kind in chart.kinds), 0)
        for place, kind in enumerate(chart.kinds):
            dated = int((chart.index.columns.kind == place).sum())
            counts[kind.name] = dated + sum(entry.kind == place for entry in chart.index.undated)
        self.header.set_document(self.document.title, self.document.path.name, chart.kinds, counts)
        self._apply_filter(chart)
        still_there = self.selected is not None and self.selected in chart.titles
        self.select(self.selected if still_there else None)
        self._on_view(self.timeline.scale())

    def _on_filter(self, wanted: Filter) -> None:
        self._filter = wanted
        self._apply_filter(self.document.chart(lane_name))

    def _apply_filter(self, chart: Chart) -> None:
        self._matching = self.document.matching(self._filter)
        shown = frozenset(self._matching.ids)
        undated = frozenset(entry.event for entry in chart.index.undated)
        everything = self._filter.is_empty
        mask = None if everything else mask_of(chart.index, shown)
        self.timeline.set_mask(mask, None if everything else undated & shown)
        self.overview.set_mask(mask)
        first_undated = sum(event not in undated for event in self._matching.ids)
        self.list_panel.set_ids(self._matching.ids, first_undated, hidden=self._matching.hidden)
        self.list_panel.set_source_hits(self._source_hits())
        self.status.set_counts(len(chart.titles), self._matching.hidden, len(undated), by=self._hidden_by())
        if self.selected is not None:
            self.list_panel.select(self.selected)

    def _hidden_by(self) -> list[str]:
        wanted = self._filter
        causes = {
            "search": wanted.text,
            "kinds": wanted.kinds is not None,
            "period": wanted.earliest is not None or wanted.latest is not None,
            "source": wanted.source,
        }
        return [cause for cause, active in causes.items() if active]

    def _source_hits(self) -> list[tuple[str, str]]:
        if not self._filter.text.strip():
            return []
        hits = self.document.sources_mentioning(self._filter.text)
        sources = self.document.store.source_briefs()
        return [(source.uid, one_line(source.title, 80)) for source in sources if source.id in hits]

    def _on_view(self, scale: TimeScale) -> None:
        first, last = scale.visible(self.timeline.canvas_width())
        self.overview.set_visible(first, last)
        self.status.set_period(period_words(first, last))
        for part in (self.header, self.desk.form):
            part.set_in_view((first + last) // 2)

    def _on_match(self, step: int) -> None:
        """Go to the next event that the filter shows, round and round."""
        ids = self._matching.ids
        if ids:
            here = ids.index(self.selected) if self.selected in ids else (-1 if step > 0 else 0)
            self._on_listed(ids[(here + step) % len(ids)])

    def _on_more(self) -> None:
        self.list_panel.show()
        self.list_panel.show_end()

    def _on_listed(self, event: int) -> None:
        self.select(event)
        self.timeline.show_event(event)

    def _on_source(self, uid: str) -> None:
        self._filter = replace(self._filter, text="", source=uid)
        self._apply_filter(self.document.chart(lane_name))
        source = self.document.store.source(uid)
        title = one_line(source.title, 60) if source is not None else uid
        text = self.tr("Only events that “{title}” speaks of.").format(title=title)
        self.notice.show_notice(text, [(self.tr("Show all"), self._show_all)])

    def _show_all(self) -> None:
        self.notice.hide()
        self.header.clear_filter()
        self._on_filter(Filter())

    def _on_add(self, when: str | None, kind: int | None) -> None:
        kinds = self.document.store.kinds()
        self.new_entry(kinds[kind or 0].name, when or "")

    def _on_desk_closed(self) -> None:
        self._side.setCurrentWidget(self.inspector)
        self.timeline.setFocus()

    def _on_saved(self, event: int) -> None:
        self.select(event)
        self.timeline.show_event(event)
        if event not in self._matching.ids:
            text = self.tr("Saved; the filter hides it.")
            self.notice.show_notice(text, [(self.tr("Show all"), self._show_all)])

    # Details of one event

    def _inspect(self, event: Event | None) -> None:
        kinds = {kind.name: kind for kind in self.document.store.kinds()}
        if event is None:
            self.inspector.show_event(None)
            return
        sources = {uid: self.document.store.source(uid) for uid in {claim.source for claim in event.claims}}
        self.inspector.show_event(
            event,
            kind=kinds[event.kind],
            sources={uid: source for uid, source in sources.items() if source is not None},
            linked=[
                LinkedEvent(id=other.id, title=other.title, relation=relation, outgoing=outgoing)
                for other, relation, outgoing in self.document.linked(event)
            ],
        )

    def _links(self, event: Event) -> list[tuple[int, str]]:
        return [(other.id, relation) for other, relation, _ in self.document.linked(event)]

    def _list_row(self, event_id: int) -> ListRow:
        """Return a row of the list; asked for at every paint, read once after an edit."""
        if event_id not in self._rows_read:
            self._rows_read[event_id] = self._read_row(event_id)
        return self._rows_read[event_id]

    def _read_row(self, event_id: int) -> ListRow:
        chart = self.document.chart(lane_name)
        event = self.document.store.event(event_id)
        kinds = [kind.name for kind in chart.kinds]
        if event is None:
            return ListRow(kind=0, title="", when="")
        when = "" if event.when is None else describe_date(event.when)
        disputed = standing(event).disputes > 0
        return ListRow(kind=kinds.index(event.kind), title=event.title, when=when, disputed=disputed)

    def _hover_text(self, event_id: int) -> HoverText | None:
        event = self.document.store.event(event_id)
        if event is None:
            return None
        when = self.tr("Not dated") if event.when is None else describe_date(event.when)
        chains = [" › ".join(hop.name for hop in claim.chain) for claim in event.claims if claim.chain]
        lines = (*((one_line(chains[0], 120),) if chains else ()), standing_words(standing(event)))
        return HoverText(title=one_line(event.title, 160), when=when, lines=lines)

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
