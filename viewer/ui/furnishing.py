"""The parts of a window that its first picture does not show: each is made when it is first needed.

Forms, sources and what lies below the timeline take longer to load than all that is seen at first. The
inspector and the card beside a mark come right after the first picture.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from viewer.ui.guard import guard
from viewer.ui.keeping_watch import KeepingWatch

if TYPE_CHECKING:
    from viewer.ui.accessible_timeline import SpokenTimeline
    from viewer.ui.drafts import Drafts
    from viewer.ui.entry_desk import EntryDesk
    from viewer.ui.inspecting import Inspecting
    from viewer.ui.long_changes import LongChanges
    from viewer.ui.sourcing import Sourcing
    from viewer.ui.wayfinding import Wayfinding
    from viewer.ui.workspace import Workspace


class Furnishing(QObject):
    """Makes the later parts of a workspace, puts them in their places and joins them to it."""

    def __init__(self, workspace: Workspace, drafts: Drafts) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._drafts = drafts
        self._is_over = False
        self._spoken: SpokenTimeline | None = None
        self.keeping = KeepingWatch(workspace.document, workspace.status, self)
        self.keeping.trouble.connect(workspace.show_trouble)
        self.keeping.save_copy_requested.connect(workspace.save_copy_requested)
        workspace.timeline.installEventFilter(self)

    def come(self) -> None:
        """Bring what belongs to a window at rest: the inspector, and what an earlier session left unfinished."""
        self._workspace.timeline.removeEventFilter(self)
        if self._is_over:  # the document was closed as soon as it had been painted
            return
        if self._drafts.load_all(self._workspace.document.uid):
            self.desk.offer_draft()
            if self._workspace.notice.isHidden():
                self.sourcing.sources.editing.offer_draft()
        if self._workspace.selected is None:
            self.inspecting.show(None)
        else:
            self._workspace.select(self._workspace.selected)
        self._workspace.showing.come_to_rest()
        self.keeping.begin()
        self.wayfinding.begin()
        self._be_heard()

    def stop(self) -> None:
        """Keep what is half typed, and end what is done beside the window."""
        self._is_over = True
        try:
            if self._spoken is not None:
                self._spoken.stop()
            if self.made_desk is not None:
                self.made_desk.keep_draft()
            if self.made_sourcing is not None:
                self.made_sourcing.sources.stop()
        finally:
            if "changes" in vars(self):
                self.changes.stop()
            self.keeping.stop()

    @property
    def made_sourcing(self) -> Sourcing | None:
        """The desk of sources and the pages below the timeline, if they were needed so far."""
        return self.sourcing if "sourcing" in vars(self) else None

    @property
    def made_desk(self) -> EntryDesk | None:
        """The desk where entries are written, if it was needed so far."""
        return self.desk if "desk" in vars(self) else None

    @property
    def made_wayfinding(self) -> Wayfinding | None:
        """The ways through the document; there are none before the first picture."""
        return self.wayfinding if "wayfinding" in vars(self) else None

    @cached_property
    def wayfinding(self) -> Wayfinding:
        """The ways through the document: back and forward, saved views, and more."""
        from viewer.ui.wayfinding import Wayfinding

        found = Wayfinding(self._workspace, self)
        found.changed.connect(self._workspace.ways_changed)
        return found

    @cached_property
    def changes(self) -> LongChanges:
        """What makes changes that take long."""
        from viewer.ui.long_changes import LongChanges

        return LongChanges(self._workspace.document, self.keeping, self._workspace)

    @cached_property
    def inspecting(self) -> Inspecting:
        """The inspector, with what is shown in it, and the card beside a mark."""
        from viewer.ui.hover_card import HoverCard
        from viewer.ui.inspecting import Inspecting
        from viewer.ui.inspector import Inspector

        window = self._workspace
        inspector = Inspector()
        HoverCard(window.timeline, window.details.hover_text)
        inspector.edit_requested.connect(window.edit_entry)
        inspector.delete_requested.connect(window.delete_entry)
        inspector.event_chosen.connect(window.go_to_event)
        inspector.bands_requested.connect(window.timeline.toggle_claims)
        inspector.passage_requested.connect(lambda claim: self.sourcing.read_claim(claim))
        inspector.retraction_requested.connect(lambda *asked: self.sourcing.retract(*asked))
        inspector.decision_requested.connect(lambda *asked: self.sourcing.decide(*asked))
        inspector.graph_requested.connect(lambda _event: self.sourcing.toggle_graph())
        window.arrangement.add_sheet(inspector)
        window.arrangement.show_if_bare(inspector)
        return Inspecting(window.document, window.details, inspector, window.timeline)

    @cached_property
    def desk(self) -> EntryDesk:
        """The desk where entries are written."""
        from viewer.ui.entry_desk import EntryDesk

        window = self._workspace
        desk = EntryDesk(window.document, self._drafts, window.notice)
        desk.opened.connect(lambda: window.arrangement.show_sheet(desk.form))
        desk.closed.connect(window.leave_form)
        desk.saved.connect(window.show_saved)
        desk.delete_requested.connect(window.delete_entry)
        desk.ghost_changed.connect(window.show_ghost)
        desk.save_copy_requested.connect(window.save_copy_requested)
        window.arrangement.add_sheet(desk.form)
        first, last = window.seconds_in_view()
        desk.form.set_in_view((first + last) // 2)
        return desk

    @cached_property
    def sourcing(self) -> Sourcing:
        """The desk of sources, and the pages below the timeline."""
        from viewer.ui.sourcing import Sourcing

        window = self._workspace
        sourcing = Sourcing(
            window.document,
            self._drafts,
            window.notice,
            inspector=self.inspecting.inspector,
            entries=self.desk,
            as_known=window.details.as_known,
            window=window,
        )
        sources, below = sourcing.sources, sourcing.below
        window.timeline.view_changed.connect(below.set_scale)
        sourcing.event_chosen.connect(window.go_to_event)
        sourcing.undo_requested.connect(window.undo)
        sourcing.picture_requested.connect(window.picture_requested)
        sourcing.trouble.connect(window.show_trouble)
        sources.opened.connect(lambda: window.arrangement.show_sheet(sources.form))
        sources.closed.connect(window.leave_source)
        sources.save_copy_requested.connect(window.save_copy_requested)
        window.arrangement.add_sheet(sources.form)
        window.arrangement.put_below(below.pages)
        window.left.fill(window.sources_page, sources.panel)
        below.set_scale(window.timeline.scale())
        below.show_events(window.showing.sieve.shown)
        sourcing.select(None if window.selected is None else window.details.whole(window.selected))
        return sourcing

    def _be_heard(self) -> None:
        """Let screen readers walk through the timeline, and say what they would not hear."""
        from viewer.ui.accessible_news import FilterNews
        from viewer.ui.accessible_timeline import SpokenTimeline

        window = self._workspace
        showing = window.showing
        spoken = SpokenTimeline(window.timeline, lambda: showing.sieve.shown, window.details.spoken)
        window.selection_changed.connect(spoken.tell_selected)
        showing.settled.connect(spoken.tell_changed)
        self._spoken = spoken
        FilterNews(showing, window.list_panel, window.list_panel.in_words)

    def _fetch(self) -> None:
        """Load what comes next in a step of its own: the window goes on before it is made."""
        import viewer.ui.accessible_timeline
        import viewer.ui.hover_card
        import viewer.ui.inspecting
        import viewer.ui.inspector
        import viewer.ui.wayfinding  # noqa: F401

        QTimer.singleShot(0, self, self.come)

    @guard(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._fetch)
        return False
