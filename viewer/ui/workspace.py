"""One open document in a window: header, list, timeline, inspector or form, status, kept in step.

Selection, filter and view live here. What changes the document goes through the document; every edit comes
back as a notice, and all parts are brought up to date from the document, whoever asked for the edit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.domain.filters import Filter
from viewer.storage.errors import StorageError
from viewer.storage.event_briefs import most_claimed
from viewer.storage.opening import file_key
from viewer.ui.arrangement import Arrangement
from viewer.ui.event_details import EventDetails
from viewer.ui.furnishing import Furnishing
from viewer.ui.guard import guard
from viewer.ui.header import Header
from viewer.ui.known_on import KnownOn
from viewer.ui.list_panel import ListPanel
from viewer.ui.live_document import LiveDocument
from viewer.ui.notice import NoticeBar
from viewer.ui.overview import OverviewStrip
from viewer.ui.showing import Showing
from viewer.ui.sieve import Parts
from viewer.ui.statusline import StatusLine
from viewer.ui.text import one_line
from viewer.ui.timeline_view import TimelineView
from viewer.ui.words import period_words

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from viewer.document import Document
    from viewer.domain.edits import Edit
    from viewer.ui.drafts import Drafts
    from viewer.ui.entry_desk import EntryDesk
    from viewer.ui.inspector import Inspector
    from viewer.ui.sourcing import Sourcing

_LIST_FROM = 1500  # windows narrower than this start without the list


class Workspace(QWidget):
    """Shows one document. `selection_changed(event id or None)`, `edited()` after every edit.

    `known_changed()`: the second clock; `ways_changed()`: whether one can go back or forward.
    """

    selection_changed = Signal(object)
    edited = Signal()
    known_changed = Signal()
    ways_changed = Signal()
    save_copy_requested = Signal()
    picture_requested = Signal(object)

    def __init__(self, document: Document, drafts: Drafts, *, grouping: str = "") -> None:
        """`grouping`: by what the lanes are grouped at first; "" for kinds."""
        super().__init__()
        self.document = document
        self.file_key = file_key(document.path)
        self.selected: int | None = None
        self.details = EventDetails(document)
        self._awaiting: tuple[int, int | None] = (0, None)
        self._live = LiveDocument(document, self)
        self.header = Header()
        self.notice = NoticeBar()
        self.list_panel = ListPanel(self.details.list_rows)
        self.timeline = TimelineView()
        self.known_on = KnownOn(self.timeline, document.publications)
        self.overview = OverviewStrip()
        self.status = StatusLine()
        parts = Parts(self.timeline, self.overview, self.list_panel, self.header, self.status)
        self.showing = Showing(document, parts, self, grouping=grouping or "kind")
        self.arrangement = Arrangement(lanes=(self.timeline, self.overview))
        self.left = self.arrangement.left
        self.left.add(self.tr("Events"), self.list_panel)
        self.sources_page = QWidget()
        self.left.add(self.tr("Sources"), self.sources_page)
        self.left.page_shown.connect(self._on_page)
        self.furnishing = Furnishing(self, drafts)
        self._lay_out()
        self._connect()
        self.showing.show()
        self.status.set_saved(self._last_change())

    @property
    def inspector(self) -> Inspector:
        """What is known of the selected event."""
        return self.furnishing.inspecting.inspector

    @property
    def desk(self) -> EntryDesk:
        """Where entries are written."""
        return self.furnishing.desk

    @property
    def sourcing(self) -> Sourcing:
        """The sources, and what lies below the timeline."""
        return self.furnishing.sourcing

    # What a window asks for

    def select(self, event: int | None) -> None:
        """Select an event everywhere, or none."""
        self.selected = event
        found = self.furnishing.inspecting.show(event)
        links = [] if found is None else [(other.id, other.relation) for other in found.linked]
        self.timeline.set_selection(event, links)
        self.list_panel.select(event)
        if (sourcing := self.furnishing.made_sourcing) is not None:
            sourcing.select(None if event is None else self.details.whole(event))
        self.selection_changed.emit(event)

    def show_telling_event(self) -> None:
        """Select the dated event with the most claims: what a newcomer should see first."""
        event = most_claimed(self.document.store)
        if event is not None:
            self.select(event)

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
        self.attempt(lambda: self.document.delete_event(found.id, who=self))
        if self.document.store.event(found.id) is None:
            text = self.tr("Deleted “{title}”.").format(title=one_line(found.title, 80))
            self.notice.show_notice(text, [(self.tr("Undo"), self.undo)])

    def undo(self) -> None:
        """Take back the newest edit; a notice that offered the same has done its work."""
        if self.notice.offers(self.undo):
            self.notice.hide()
        if not self._take_back_beside("undo", self.document.history.next_undo):
            self.attempt(lambda: self.document.undo(self))

    def redo(self) -> None:
        """Take back the newest undo."""
        if not self._take_back_beside("redo", self.document.history.next_redo):
            self.attempt(lambda: self.document.redo(self))

    def seconds_in_view(self) -> tuple[int, int]:
        """Return the first second that the timeline shows, and the first one after."""
        return self.timeline.scale().visible(self.timeline.canvas_width())

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
        return self.arrangement.state()

    def restore(self, state: bytes) -> None:
        """Give the parts the widths of an earlier session."""
        self.arrangement.restore(state)

    def start_list(self, window_width: int) -> bool:
        """Return whether the list should be shown at first in a window of that width."""
        return window_width >= _LIST_FROM

    def stop(self) -> None:
        """Keep what is half typed, and close the document."""
        try:
            self.furnishing.stop()
        finally:
            self.showing.stop()
            self.document.close()

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        ways, button = self.furnishing.made_wayfinding, event.button()
        if ways is None or button not in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            super().mousePressEvent(event)
        else:
            ways.back() if button is Qt.MouseButton.BackButton else ways.forward()

    # Building

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.furnishing.keeping.banner)
        rows.addWidget(self.notice)
        rows.addWidget(self.arrangement, 1)
        rows.addWidget(self.status)

    def _connect(self) -> None:
        self._live.changed.connect(self._on_edit)
        self.header.filter_changed.connect(self.showing.filter)
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
        self._connect_showing()
        self.timeline.claims_requested.connect(lambda event: self.furnishing.inspecting.show_claims(event))

    def _connect_showing(self) -> None:
        showing = self.showing
        showing.settled.connect(self._on_settled)
        showing.shown.connect(self._on_view)
        showing.shown.connect(self.known_on.place)
        showing.charting.changed.connect(self._on_other_chart)
        showing.rivals_changed.connect(self._draw_claims_anew)
        showing.charting.given_up.connect(self._on_given_up)
        showing.charting.said.connect(self.notice.show_notice)
        showing.trouble.connect(self.show_trouble)

    # Staying in step

    def _on_edit(self, edit: Edit, _who: object) -> None:
        touched = self._live.touched(edit)
        is_stale = self.furnishing.inspecting.follow(edit, touched)
        self.list_panel.forget_rows(touched)
        self.showing.follow(edit, touched)
        if self.selected is not None and is_stale:
            still_there = self.details.whole(self.selected) is not None
            self.select(self.selected if still_there else None)
        if (sourcing := self.furnishing.made_sourcing) is not None:
            sourcing.follow(edit)
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
            self.go_to_event(changed.pop())

    def _draw_claims_anew(self) -> None:
        if self.timeline.content().claims is not None:
            self.furnishing.inspecting.draw_claims_anew()

    def _on_page(self, page: QWidget) -> None:
        if page is self.sources_page:
            self.left.show_page(self.sourcing.sources.panel)

    def _on_other_chart(self) -> None:
        by_publication = self.showing.charting.by_publication
        self.known_on.corner.show_clock(self.tr("by publication") if by_publication else "")
        if self.selected is not None:
            self.timeline.show_event(self.selected)

    def _on_settled(self) -> None:
        self.list_panel.select(self.selected)
        if (sourcing := self.furnishing.made_sourcing) is not None:
            sourcing.below.show_events(self.showing.sieve.shown)
        step, saved = self._awaiting
        self._awaiting = (0, None)
        if step:
            self._on_match(step)
        if saved is not None:
            self._expect_shown(saved)

    def _on_known(self, day: int | None) -> None:
        self.furnishing.inspecting.set_day(day)
        self.list_panel.set_known_by(day)
        self.showing.show_day(day)
        self.known_changed.emit()

    def _on_unpublished(self) -> None:
        text = self.tr("No source of a claim says when it was published. Add that to the sources first.")
        self.notice.show_notice(text, [])
        self.known_changed.emit()

    def _on_given_up(self) -> None:
        text = self.tr("The timeline was not prepared.")
        self.notice.show_notice(text, [(self.tr("Prepare"), lambda: self.showing.charting.prepare())])

    def _on_view(self, _scale: object = None) -> None:
        first, last = self.seconds_in_view()
        self.overview.set_visible(first, last)
        self.status.set_period(period_words(first, last))
        self.header.set_in_view((first + last) // 2)
        if (desk := self.furnishing.made_desk) is not None:
            desk.form.set_in_view((first + last) // 2)

    def _on_match(self, step: int) -> None:
        """Go to the next event that the filter shows, round and round; once it is known which these are."""
        if self.showing.sieve.is_waiting:
            self._awaiting = (step, self._awaiting[1])
            return
        event = self.showing.sieve.beside(self.selected, step)
        if event is not None:
            self.go_to_event(event)

    def _on_more(self) -> None:
        self.left.show_page(self.list_panel)
        self.list_panel.show_end()

    def _on_listed(self, event: int) -> None:
        """Go to an event of the list: a click jumps there, keys go down the list."""
        self.go_to_event(event) if QGuiApplication.mouseButtons() else self.step_to_event(event)

    def go_to_event(self, event: int) -> None:
        """Jump to an event: select it and bring it into view; the way leads back here."""
        if (wayfinding := self.furnishing.made_wayfinding) is not None:
            wayfinding.leave()
        self.step_to_event(event)

    def step_to_event(self, event: int) -> None:
        """Select an event and bring it into view."""
        self.select(event)
        self.timeline.show_event(event)

    def _on_source(self, uid: str) -> None:
        self.showing.filter(replace(self.showing.sieve.filter, text="", source=uid))
        source = self.document.store.source(uid)
        title = one_line(source.title, 60) if source is not None else uid
        text = self.tr("Only events that “{title}” speaks of.").format(title=title)
        self.notice.show_notice(text, [(self.tr("Show all"), self.show_all)])

    def show_all(self) -> None:
        """Let everything through again."""
        self.notice.hide()
        self.known_on.clear()
        self.header.clear_filter()
        self.showing.filter(Filter())

    def _on_add(self, when: str | None, kind: int | None) -> None:
        kinds = self.document.store.kinds()
        # By the other clock the place that was clicked is no day on which anything happened.
        by_publication = self.showing.charting.shows_by_publication
        self.new_entry(kinds[kind or 0].name, "" if by_publication else when or "")

    def show_ghost(self, extent: tuple[int, int] | None, kind: int) -> None:
        """Draw where the entry that is being written would stand."""
        self.timeline.set_ghost(None if self.showing.charting.shows_by_publication else extent, kind)

    def leave_form(self) -> None:
        """Put the form away; the keyboard goes on with the timeline."""
        self.arrangement.show_sheet(self.inspector)
        self.timeline.setFocus()

    def leave_source(self) -> None:
        """Put the form of a source away, back to that of an entry where one is open."""
        if self.desk.is_open():
            self.arrangement.show_sheet(self.desk.form)
        else:
            self.leave_form()

    def show_saved(self, event: int) -> None:
        """Show an event that was just saved."""
        self.select(event)
        self.timeline.show_event(event)
        self._expect_shown(event)

    def _expect_shown(self, event: int) -> None:
        """Say so where a saved event is hidden, as soon as that is known."""
        if self.showing.sieve.is_waiting:
            self._awaiting = (self._awaiting[0], event)
        elif not self.showing.sieve.has(event):
            text = self.tr("Saved; the filter hides it.")
            self.notice.show_notice(text, [(self.tr("Show all"), self.show_all)])

    # Saving

    def _last_change(self) -> int | None:
        newest = self.document.history.next_undo
        return None if newest is None else newest.at

    def attempt(self, change: Callable[[], object]) -> None:
        """Make a change; when it cannot be saved, say so and offer to try again or to save a copy."""
        self.furnishing.keeping.attempt(
            change, lambda error: self.show_trouble(error, lambda: self.attempt(change))
        )

    def _take_back_beside(self, verb: Literal["undo", "redo"], edit: Edit | None) -> bool:
        """Have a large edit taken back beside the window; return False for one that takes no time."""
        if edit is None or not self.document.store.is_long(edit.uid):
            return False
        from viewer.changing import Order

        words = self.tr("Undoing: {label}") if verb == "undo" else self.tr("Redoing: {label}")

        def again() -> None:
            self._take_back_beside(verb, edit)

        def failed(error: Exception) -> None:
            if not isinstance(error, StorageError):
                raise error
            self.show_trouble(error, again)

        label = words.format(label=one_line(edit.label, 60))
        try:
            self.furnishing.changes.make(Order(verb), label, lambda _outcome: None, failed, who=self)
        except StorageError as error:
            self.show_trouble(error, again)
        return True

    def show_trouble(self, error: StorageError, again: Callable[[], None] | None = None) -> None:
        """Say what went wrong, and what can be done about it."""
        actions = [] if again is None else [(self.tr("Try again"), again)]
        actions.append((self.tr("Save a copy…"), self.save_copy_requested.emit))
        self.notice.show_notice(str(error), actions)
