"""Which chart of a document a window shows: by which clock, in which lanes; prepared beside the window if need be.

What was shown stays until the other chart is there. Preparing can be cancelled, and ends with the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.base import GROUPINGS
from viewer.preparing import COLUMNS, SEARCH
from viewer.ui.painter_ink import counted
from viewer.ui.words import lane_name, rest_name

if TYPE_CHECKING:
    import threading

    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.preparing import Preparation
    from viewer.ui.background import Background, Task

Key = tuple[bool, str]


class Charting(QObject):
    """Keeps clock and lanes of a window. `was_given_up`: the last preparation was, and is not to begin by itself.

    `changed()`: another chart is to be shown, all of it in view; `ready()`: what was waited for is there;
    `progressed(words, share)`: something is being prepared, and how far it is; `ended()`: nothing is any more;
    `given_up()`: the user cancelled; `said(words)`: a notice, given once; `failed(error)`.
    """

    changed = Signal()
    ready = Signal()
    progressed = Signal(str, float)
    ended = Signal()
    given_up = Signal()
    said = Signal(str)
    failed = Signal(object)
    _stepped = Signal(int, int)

    def __init__(
        self, document: Document, background: Background, parent: QObject, grouping: str = "kind"
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._by_publication = False
        self._grouping = grouping if grouping in GROUPINGS else "kind"
        self._drawn: Key | None = None
        self._task: Task | None = None
        self._preparation: Preparation | None = None
        self._said_problem = False
        self.was_given_up = False
        self._stepped.connect(self._tell)

    @property
    def by_publication(self) -> bool:
        """Whether events are placed when they were first said, instead of when they happened."""
        return self._by_publication

    @property
    def grouping(self) -> str:
        """By what the lanes are, or are going to be, grouped: "kind", "actor", "place", "source" or "tag"."""
        return self._grouping

    @property
    def shows_by_publication(self) -> bool:
        """The same of what is shown, while what is asked for is still being prepared."""
        return self._by_publication if self._drawn is None else self._drawn[0]

    @property
    def is_on_the_way(self) -> bool:
        """Whether other lanes or the other clock are asked for than are shown."""
        return self._drawn is not None and self._drawn != (self._by_publication, self._grouping)

    def place_by_publication(self, by_publication: bool) -> None:
        """Place events when they were first said, or when they happened."""
        if by_publication != self._by_publication:
            self._by_publication = by_publication
            self.changed.emit()

    def group_by(self, grouping: str) -> None:
        """Put events into lanes by what they share."""
        if grouping != self._grouping:
            self._grouping = grouping
            self.changed.emit()

    def chart(self) -> Chart:
        """Return what is to be shown now: what is asked for or, while that is prepared, what was shown before."""
        wanted = (self._by_publication, self._grouping)
        chart = self._chart(wanted)
        if chart.waiting and self._drawn is not None:
            before = self._chart(self._drawn)
            chart = chart if before.waiting else before
        elif not chart.waiting:
            self._drawn = wanted
        return chart

    def _chart(self, key: Key) -> Chart:
        by_publication, grouping = key
        return self._document.chart(
            lane_name, by_publication=by_publication, grouping=grouping, rest_name=rest_name
        )

    # Preparing

    def prepare(self, *, is_urgent: bool = True) -> None:
        """Have done what has to be done, one thing after the other, unless that goes on already.

        `is_urgent`: somebody waits for it; what nobody waits for can be done later.
        """
        if is_urgent and self._preparation is not None and self._preparation.is_quiet:
            self._stop()
        preparation = None if self._task is not None else self._document.preparation()
        if preparation is None:
            return
        self._preparation, self.was_given_up = preparation, False
        if not preparation.is_quiet:
            self._tell(0, 0)

        def work(cancelled: threading.Event) -> None:
            preparation.run(self._stepped.emit, cancelled.is_set)

        self._task = self._background.start(work, self._adopt, self._fail)

    def give_up(self) -> None:
        """Stop preparing: clock and lanes go back to what is shown, if anything is."""
        if self._task is None:
            return
        self._stop()
        self.was_given_up = True
        if self._drawn is not None:
            self._by_publication, self._grouping = self._drawn
        self.given_up.emit()

    def stop(self) -> None:
        """End all preparing, as the window goes."""
        self._stop()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = self._preparation = None
            self.ended.emit()

    def _adopt(self, _nothing: object) -> None:
        self._task = self._preparation = None
        self._document.adopt()
        self.ended.emit()
        self.ready.emit()
        problem = self._document.cache_problem
        if problem is not None and not self._said_problem:
            self._said_problem = True
            self.said.emit(self.tr("What is prepared cannot be kept: {reason}.").format(reason=problem))
        self.prepare(is_urgent=False)

    def _fail(self, error: Exception) -> None:
        self._stop()
        self.failed.emit(error)

    def _tell(self, done: int, total: int) -> None:
        preparation = self._preparation
        is_of_events = preparation is not None and COLUMNS in preparation.steps
        if preparation is None or preparation.is_quiet or (is_of_events and not total):
            return
        share = done / total if total else 0.0
        words = self.tr("Preparing the lanes… {share} %")
        if is_of_events:
            words = self.tr("Preparing {events}… {share} %")
        elif SEARCH in preparation.steps:
            words = self.tr("Preparing the search… {share} %")
        # How many there are the work has counted: here the window would wait for that, each time anew.
        self.progressed.emit(words.format(events=counted(total), share=int(share * 100)), share)
