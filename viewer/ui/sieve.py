"""What of a document a window shows: the filter and the day of the second clock, applied to all its parts alike.

A filter asks the document once; going to another day asks it nothing, unless the filter weighs claims.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viewer.domain.filters import Filter
from viewer.timeline.sifting import Sifter
from viewer.ui.staging import written
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.ui.header import Header
    from viewer.ui.list_panel import ListPanel
    from viewer.ui.overview import OverviewStrip
    from viewer.ui.statusline import StatusLine
    from viewer.ui.timeline_view import TimelineView


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a window that show what is let through."""

    timeline: TimelineView
    overview: OverviewStrip
    list_panel: ListPanel
    header: Header
    status: StatusLine


class Sieve:
    """Keeps filter and day; `filter` is in force, `shown` are the ids that it lets through, in their order."""

    def __init__(self, document: Document, parts: Parts) -> None:
        self.filter = Filter()
        self.shown: array[int] = array("q")
        self._document = document
        self._parts = parts
        self._day: int | None = None
        self._chart: Chart | None = None
        self._sifter: Sifter | None = None

    def show(self, chart: Chart, wanted: Filter, *, by_publication: bool) -> None:
        """Show what a filter lets through of a chart, its events in order of time by the chart's clock."""
        self.filter, self._chart = wanted, chart
        day = self._day if wanted.weighs_claims else None
        ids: Sequence[int] = self._document.matching(replace(wanted, known_by=day)).ids
        if by_publication:
            ids = chart.index.in_order(ids)
        self._sifter = Sifter(
            chart.index, ids, len(chart.kinds), self._document.publications, everything=wanted.is_empty
        )
        self._parts.list_panel.set_source_hits(self._source_hits())
        self._sift(chart, self._sifter)

    def show_day(self, day: int | None, *, by_publication: bool) -> None:
        """Show what was known at a moment, in seconds; None: whenever it became known."""
        self._day = day
        if self._chart is None or self._sifter is None:
            return
        if self.filter.weighs_claims:
            self.show(self._chart, self.filter, by_publication=by_publication)
        else:
            self._sift(self._chart, self._sifter)

    def _sift(self, chart: Chart, sifter: Sifter) -> None:
        parts, sifted = self._parts, sifter.at(self._day)
        known_on = "" if self._day is None else written(self._day, "day")
        hidden = len(chart.titles) - len(sifted.ids)
        self.shown = sifted.ids
        parts.timeline.set_mask(sifted.mask, sifted.undated, disputed=sifted.disputed, known_by=self._day)
        parts.overview.set_mask(sifted.mask)
        parts.list_panel.set_ids(sifted.ids, sifted.first_undated, hidden, known_on)
        names = (kind.name for kind in chart.kinds)
        parts.header.set_counts(dict(zip(names, sifted.by_kind, strict=True)))
        undated = len(chart.index.undated)
        parts.status.set_counts(len(chart.titles), hidden, undated, by=self._hidden_by(), known_on=known_on)

    def _hidden_by(self) -> list[str]:
        wanted = self.filter
        causes = {
            "search": wanted.text,
            "kinds": wanted.kinds is not None,
            "period": wanted.earliest is not None or wanted.latest is not None,
            "standing": wanted.weighs_claims,
            "source": wanted.source,
        }
        return [cause for cause, active in causes.items() if active]

    def _source_hits(self) -> list[tuple[str, str]]:
        if not self.filter.text.strip():
            return []
        hits = self._document.sources_mentioning(self.filter.text)
        sources = self._document.store.source_briefs()
        return [(source.uid, one_line(source.title, 80)) for source in sources if source.id in hits]
