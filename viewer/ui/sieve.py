"""What of a document a window shows: the filter and the day of the second clock, applied to all its parts alike.

What numbers say is answered at once, by masks. A search for words and the weighing of claims take long in a
large document: they are asked beside the window, and what was shown stays until they are answered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.domain.filters import Filter
from viewer.frozen import dataclass
from viewer.storage.source_queries import titles_of
from viewer.timeline.filtering import disputed_by, kind_counts
from viewer.timeline.shown import Shown
from viewer.ui.claim_weighing import SupportWeighing
from viewer.ui.list_rows import FewEvents
from viewer.ui.staging import written
from viewer.ui.text import one_line
from viewer.ui.word_search import WordSearch

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.domain.edits import Edit
    from viewer.timeline.masks import Mask
    from viewer.ui.background import Background
    from viewer.ui.header import Header
    from viewer.ui.list_panel import ListPanel
    from viewer.ui.list_rows import Order
    from viewer.ui.overview import OverviewStrip
    from viewer.ui.statusline import StatusLine
    from viewer.ui.timeline_view import TimelineView

PATIENCE_MS = 50
"""A search that takes longer shows its first hits before it has them all."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a window that show what is let through."""

    timeline: TimelineView
    overview: OverviewStrip
    list_panel: ListPanel
    header: Header
    status: StatusLine


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is let through: a filter, a day, and what was found out for them; None: nothing was asked."""

    filter: Filter
    day: int | None = None
    hits: NDArray[np.int64] | None = None
    weighed: array[int] | None = None

    def ids(self) -> NDArray[np.int64] | None:
        """Return the events that were both found and weighed; None: all."""
        weighed = None if self.weighed is None else np.frombuffer(self.weighed, np.int64)
        if self.hits is None or weighed is None:
            return weighed if self.hits is None else self.hits
        return np.intersect1d(self.hits, weighed, assume_unique=True)


class Sieve(QObject):
    """Keeps filter and day; `filter` is asked for, `shown` are the events that are let through, in their order.

    `settled()`: all parts show what is asked for; `failed(error)`: it could not be found out.
    """

    settled = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, parts: Parts, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.filter = Filter()
        self.shown: Order = FewEvents(())
        self._document = document
        self._parts = parts
        self._day: int | None = None
        self._chart: Chart | None = None
        self._by_publication = False
        self._in_force = _Asked(Filter())
        self._first: Sequence[int] = ()
        self._search = WordSearch(document, background, self)
        self._support = SupportWeighing(document, background, self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_first)
        self._search.first.connect(self._take_first)
        self._search.found.connect(self._let_through)
        self._support.changed.connect(self._let_through)
        for asked in (self._search, self._support):
            asked.failed.connect(self._fail)

    @property
    def day(self) -> int | None:
        """The moment, in seconds, by which what is asked for was known; None: whenever it became known."""
        return self._day

    @property
    def is_waiting(self) -> bool:
        """Whether something else is asked for than is shown."""
        return self._search.is_waiting or self._support.is_waiting

    @property
    def is_current(self) -> bool:
        """Whether `shown` is what is asked for: not before a document is prepared, nor while it is searched."""
        return self._chart is not None and not self._chart.waiting and not self.is_waiting

    def show(self, chart: Chart, wanted: Filter, *, by_publication: bool) -> None:
        """Show what a filter lets through of a chart, its events in order of time by the chart's clock."""
        self.filter, self._chart, self._by_publication = wanted, chart, by_publication
        if not self._ask():
            # Until that is known, the chart is shown by what was known before.
            self._show(chart)

    def ask(self, wanted: Filter) -> None:
        """Show what another filter lets through, as soon as there is something to be filtered."""
        self.filter = wanted
        self._ask()

    def show_day(self, day: int | None) -> None:
        """Show what was known at a moment, in seconds; None: whenever it became known."""
        self._day = day
        self._ask()

    def follow(self, chart: Chart, edit: Edit, touched: frozenset[int] | None) -> None:
        """Show the same of a chart after an edit that touched some events; None: it may be any."""
        self._search.forget()
        self._support.follow(edit, touched)
        self.show(chart, self.filter, by_publication=self._by_publication)

    def search_again(self) -> None:
        """Look for the words again, where they could not be looked for so far."""
        if self._search.is_unready:
            self._search.forget()
            self._ask()

    def has(self, event: int) -> bool:
        """Tell whether an event is let through."""
        return self.shown.row_of(event) is not None

    def beside(self, event: int | None, step: int) -> int | None:
        """Return the event so many places after one, round and round; of none, from the first or the last on."""
        if not len(self.shown):
            return None
        row = None if event is None else self.shown.row_of(event)
        here = (-1 if step > 0 else 0) if row is None else row
        return self.shown.id_at((here + step) % len(self.shown))

    # Asking

    def _ask(self) -> bool:
        """Find out what is asked for, and show it when that is known; return whether it is."""
        if self._chart is None:
            return False
        self._first = ()
        day = self._day if self.filter.weighs_claims else None
        found = self._search.look_for(self.filter.text.strip())
        weighed = self._support.weigh(replace(self.filter, known_by=day))
        if found and weighed:
            self._let_through()
            return True
        if not found:
            self._patience.start()
        self._say_waiting()
        return False

    def _let_through(self) -> None:
        if self.is_waiting or self._chart is None:
            return
        self._patience.stop()
        hits = self._search.hits
        found = None if hits is None else hits.events
        self._in_force = _Asked(self.filter, self._day, found, self._support.events)
        self._say_waiting()
        self._parts.list_panel.set_source_hits(self._source_hits())
        self._show(self._chart)
        self.settled.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self._say_waiting()
        self.failed.emit(error)

    def _say_waiting(self) -> None:
        status = self._parts.status
        searching = self.tr("Searching…") if self._search.is_waiting else ""
        if self._search.is_unready:
            searching = self.tr("The search is being prepared…")
        status.set_doing("search", searching)
        status.set_doing("claims", self.tr("Weighing claims…") if self._support.is_waiting else "")

    def _take_first(self, events: Sequence[int]) -> None:
        self._first = events
        if not self._patience.isActive():
            self._show_first()

    def _show_first(self) -> None:
        """Show in the list what the search has found so far, where it lasts."""
        if self._chart is None or not self._search.is_waiting or not len(self._first):
            return
        hits = np.asarray(self._first, np.int64)
        mask = self._mask(self._chart, _Asked(self.filter, self._day, hits, self._support.events))
        order = self._chart.events.order(mask, by_publication=self._by_publication)
        self._parts.list_panel.set_order(order, searching=True)

    # Showing

    def _show(self, chart: Chart) -> None:
        """Have all parts show what is let through of a chart."""
        asked, parts, events = self._in_force, self._parts, chart.events
        whatever_kind = self._mask(chart, asked, kinds=False)
        mask = whatever_kind if asked.filter.kinds is None else self._mask(chart, asked)
        self.shown = events.order(mask, by_publication=self._by_publication)
        known_on = "" if asked.day is None else written(asked.day, "day")
        hidden = events.count - len(self.shown)
        disputed = None if asked.day is None else disputed_by(events, asked.day)
        parts.timeline.set_mask(mask, disputed=disputed, known_by=asked.day)
        drawn = in_overview(chart, parts.timeline.content().let_through(), mask)
        parts.overview.set_shown(drawn)
        parts.list_panel.set_order(self.shown, hidden, known_on=known_on)
        names = [kind.name for kind in chart.kinds]
        # What is drawn was counted by kind already; beside chosen kinds stands what the others would have.
        whole = drawn.kind_sizes(len(names)) if whatever_kind is mask else None
        counts = whole or kind_counts(events, whatever_kind, len(names))
        parts.header.set_counts(dict(zip(names, counts, strict=True)))
        undated = len(chart.index.undated)
        parts.status.set_counts(events.count, hidden, undated, by=_causes(asked.filter), known_on=known_on)

    def _mask(self, chart: Chart, asked: _Asked, *, kinds: bool = True) -> Mask | None:
        wanted = asked.filter if kinds else replace(asked.filter, kinds=None)
        return self._document.mask(chart, replace(wanted, known_by=asked.day), among=asked.ids())

    def _source_hits(self) -> list[tuple[str, str]]:
        hits = self._search.hits
        if hits is None or not hits.sources:
            return []
        titles = titles_of(self._document.store, hits.sources)
        return [(uid, one_line(title, 80)) for uid, title in titles]


def in_overview(chart: Chart, drawn: Shown, mask: Mask | None = None) -> Shown:
    """Return what the overview shows beside lanes that draw what a mask lets through: each event once."""
    return drawn if chart.by_kind is chart.index else Shown.of(chart.by_kind, mask)


def _causes(wanted: Filter) -> list[str]:
    causes = {
        "search": wanted.text,
        "kinds": wanted.kinds is not None,
        "period": wanted.earliest is not None or wanted.latest is not None,
        "standing": wanted.weighs_claims,
        "source": wanted.source,
    }
    return [cause for cause, active in causes.items() if active]
