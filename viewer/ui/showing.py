"""What of a document its window shows: a chart, what the filter lets through of it, and which claims clash.

The chart may still be prepared, words looked for and claims weighed, all of it beside the window; the parts say
so, and show what they showed before until it is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.ui.background import Background
from viewer.ui.charting import Charting
from viewer.ui.claim_weighing import RivalWeighing
from viewer.ui.progress_card import ProgressCard
from viewer.ui.sieve import Parts, Sieve, in_overview
from viewer.ui.text import one_line
from viewer.ui.words import shelf_note

if TYPE_CHECKING:
    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.domain.edits import Edit
    from viewer.domain.filters import Filter
    from viewer.domain.records import Kind


class Showing(QObject):
    """Keeps the parts of a window in step with the document.

    `shown()`: another chart is up, or the same one after an edit; `settled()`: so is what the filter lets
    through of it; `rivals_changed()`; `trouble(error)`.
    """

    shown = Signal()
    settled = Signal()
    rivals_changed = Signal()
    trouble = Signal(object)

    def __init__(self, document: Document, parts: Parts, parent: QObject, *, grouping: str = "kind") -> None:
        super().__init__(parent)
        self._document = document
        self._parts = parts
        self._background = Background(self)
        self._chart: Chart | None = None
        self._named: tuple[str, tuple[Kind, ...]] | None = None
        self._day: int | None = None
        self._is_at_rest = False
        self.charting = Charting(document, self._background, self, grouping)
        self.sieve = Sieve(document, parts, self._background, self)
        self._rivals = RivalWeighing(document, self._background, self)
        self._progress = ProgressCard(parts.timeline)
        self._connect()

    @property
    def is_waiting(self) -> bool:
        """Whether something else is to be shown than is to be seen, as soon as it is known."""
        waiting = self._chart is None or (self._chart.waiting and not self.charting.was_given_up)
        return waiting or not self._is_at_rest or self.sieve.is_waiting or self._rivals.is_waiting

    def show(self) -> None:
        """Show the chart that is to be shown; all of it in view, unless only its lanes are others."""
        before, clock = self._chart, self.charting.shows_by_publication
        chart = self.charting.chart()
        if before is not None and _is_same(chart, before):
            return
        had_dates = before is not None and before.index.span() is not None
        self._set_chart(chart, keep_view=had_dates and clock == self.charting.shows_by_publication)
        if not _is_blank(chart):
            by_publication = self.charting.shows_by_publication
            self.sieve.show(chart, self.sieve.filter, by_publication=by_publication)
            self._weigh_rivals()
        self.shown.emit()
        if chart.waiting or self._is_at_rest:
            self.charting.prepare(is_urgent=chart.waiting)

    def follow(self, edit: Edit, touched: frozenset[int] | None) -> None:
        """Show the same after an edit that touched some events; None: it may be any."""
        chart = self.charting.chart()
        self._set_chart(chart, keep_view=True)
        if not _is_blank(chart):
            self.sieve.follow(chart, edit, touched)
            self._rivals.follow(edit, touched)
            self._weigh_rivals()
        self.shown.emit()
        if chart.waiting and not self.charting.was_given_up:
            self.charting.prepare()

    def filter(self, wanted: Filter) -> None:
        """Show what a filter lets through."""
        self.sieve.ask(wanted)

    def show_day(self, day: int | None) -> None:
        """Show what was known at a moment, in seconds; None: whenever it became known."""
        self._day = day
        self.sieve.show_day(day)
        if self._chart is not None and not _is_blank(self._chart):
            self._weigh_rivals()

    def stop(self) -> bool:
        """End all that is done beside the window; return whether it has ended, after 2 s at most."""
        self.charting.stop()
        return self._background.stop()

    def _connect(self) -> None:
        charting = self.charting
        charting.changed.connect(self.show)
        charting.ready.connect(self._on_ready)
        charting.progressed.connect(self._on_progress)
        charting.ended.connect(self._on_ended)
        charting.given_up.connect(self._on_given_up)
        self._progress.cancelled.connect(charting.give_up)
        self.sieve.settled.connect(self.settled)
        self._rivals.changed.connect(self._show_rivals)
        for part in (charting, self.sieve, self._rivals):
            part.failed.connect(self.trouble)

    def _set_chart(self, chart: Chart, *, keep_view: bool) -> None:
        parts, self._chart = self._parts, chart
        parts.timeline.set_index(
            chart.index,
            chart.kinds,
            lambda event: one_line(chart.events.title(event)),
            keep_view=keep_view and chart.index.span() is not None,
            shelf_note=self._shelf_note(chart),
        )
        parts.overview.set_shown(in_overview(chart, parts.timeline.content().let_through()))
        title, file_name = self._document.title, self._document.path.name
        if self._named != (title, chart.kinds):
            self._named = (title, chart.kinds)
            parts.list_panel.set_kinds(chart.kinds)
            parts.list_panel.forget_rows()
            parts.header.set_document(title, file_name, chart.kinds, {})

    def _shelf_note(self, chart: Chart) -> str:
        if self.charting.shows_by_publication:
            return self.tr("no date of publication")
        return shelf_note(chart.index.undated.not_later_than())

    def come_to_rest(self) -> None:
        """Do from now on what nobody waits for: after the first picture, for it would take as long as that.

        Claims are weighed, and what came from the cache is looked through.
        """
        self._is_at_rest = True
        if self._chart is not None and not _is_blank(self._chart):
            self._weigh_rivals()
        self.charting.prepare(is_urgent=False)

    def _weigh_rivals(self) -> None:
        if not self._is_at_rest:
            return
        self._rivals.weigh(self._day)
        self._show_rivals()

    def _show_rivals(self) -> None:
        words = self.tr("Weighing claims…") if self._rivals.is_waiting else ""
        self._parts.status.set_doing("rivals", words)
        self._parts.timeline.set_rivals(self._rivals.events)
        self.rivals_changed.emit()

    # Preparing

    def _on_ready(self) -> None:
        self.show()
        self.sieve.search_again()

    def _on_progress(self, words: str, share: float) -> None:
        if self._chart is None or _is_blank(self._chart):
            self._progress.show_share(words, share)
            self._parts.list_panel.set_waiting(self.tr("The events are being prepared…"))
        else:
            self._parts.status.set_doing("chart", words)

    def _on_ended(self) -> None:
        self._progress.put_away()
        self._parts.status.set_doing("chart")

    def _on_given_up(self) -> None:
        if self._chart is not None and _is_blank(self._chart):
            self._parts.list_panel.set_waiting(self.tr("The events are not prepared."))


def _is_blank(chart: Chart) -> bool:
    """Tell whether there is nothing to be seen yet of a document that has events."""
    return chart.waiting and not chart.events.count


def _is_same(chart: Chart, other: Chart) -> bool:
    return chart.index is other.index and chart.events is other.events and chart.waiting == other.waiting
