"""The real window without a screen, and what a benchmark has to know of it."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.readiness import is_at_rest
from viewer.domain.filters import Filter
from viewer.folders import config_folder
from viewer.timeline.scale import TimeScale
from viewer.ui.settings import Settings
from viewer.ui.theme import themes
from viewer.ui.timeline_view import TimelineView
from viewer.ui.windows import Windows
from viewer.ui.workspace import Workspace

SIZE = (1920, 1080)
"""Of the timeline itself, in logical pixels; the window is as much larger as its other parts need."""
PATIENCE = 300.0


class PaintCount(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


class Bench:
    """A window on a document, as `dateline open` makes it."""

    def __init__(self, path: Path) -> None:
        self.application = QApplication.instance() or QApplication(["benchmarks", "-platform", "offscreen"])
        themes().set_choice("light")
        themes().dress(self.application)
        self._waking = QTimer()
        self.windows = Windows(Settings(config_folder() / "settings.json"))
        self.window = self.windows.open(path)
        self.window.show()
        self.until(lambda: self.window.workspace is not None)
        self.workspace: Workspace = self.window.workspace
        self.timeline: TimelineView = self.workspace.timeline
        self.painted = PaintCount(self.timeline)
        self.timeline.update()
        self.until(lambda: self.painted.count > 0)

    @classmethod
    def settled(cls, path: Path) -> Bench:
        """Open a window, and wait until nothing of its start is left to do."""
        bench = cls(path)
        bench.settle()
        return bench

    def close(self) -> None:
        """Close the window, and the document with it."""
        self.windows.close_all()
        self.application.processEvents()

    def settle(self) -> None:
        """Wait until everything that follows the first paint is done, and give the timeline its size."""
        self.rest()
        gc.freeze()  # as the application does
        for _ in range(3):
            lack = [wanted - has for wanted, has in zip(SIZE, self.timeline.size().toTuple(), strict=True)]
            self.window.resize(self.window.width() + lack[0], self.window.height() + lack[1])
            self.application.processEvents()

    def rest(self) -> None:
        """Wait until nothing goes on beside the window, and nothing follows from what went on."""
        for _ in range(5):
            self.until(is_at_rest)

    def frame(self, change: Callable[[], object]) -> None:
        """Make a change and paint the window once."""
        before = self.painted.count
        change()
        self.application.processEvents()
        if self.painted.count == before:
            self.until(lambda: self.painted.count > before)

    def filter(self, wanted: Filter) -> None:
        """Ask for a filter as the header does, and wait for the frame that shows it."""
        before, painted = self.timeline.content().filtered, self.painted.count
        self.workspace.header.filter_changed.emit(wanted)
        self.until(lambda: self.timeline.content().filtered is not before and self.painted.count > painted)

    def until(self, done: Callable[[], bool]) -> None:
        """Run the event loop until something is so; it is asked after each turn, and where nothing happens."""
        end = time.monotonic() + PATIENCE
        self.application.processEvents()
        self._waking.start(1)
        try:
            while not done():
                if time.monotonic() > end:
                    raise TimeoutError("the window did not come to rest")
                self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        finally:
            self._waking.stop()

    def show(self, centre: int, seconds: float) -> None:
        """Show so many seconds around a moment."""
        half = max(1, int(seconds / 2))
        self.timeline.set_scale(TimeScale.fitting(centre - half, centre + half, self.timeline.canvas_width()))


@dataclass(frozen=True, slots=True)
class Sample:
    """What of a document the gestures ask for: events in the midst of it, names and words."""

    events: tuple[int, ...]
    moment: int
    span: int
    kind: str
    actor: str
    period: tuple[int, int]
    common: str
    seldom: str


def sample_of(path: Path) -> Sample:
    """Read from a document what the gestures shall ask for; the same each time."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        events = db.execute(
            """SELECT id, when_start_lo FROM events WHERE id >= (SELECT max(id) / 2 FROM events)
            AND when_start_lo IS NOT NULL ORDER BY id LIMIT 60"""
        ).fetchall()
        lo, hi = db.execute("SELECT min(when_start_lo), max(when_end_hi) FROM events").fetchone()
        kind = db.execute("SELECT name FROM kinds ORDER BY id DESC LIMIT 1").fetchone()[0]
        actor = db.execute("SELECT name FROM actors WHERE id <= 3 ORDER BY id DESC LIMIT 1").fetchone()
        texts = db.execute("SELECT title || ' ' || coalesce(summary, '') FROM events LIMIT 300").fetchall()
    moment = events[0][1]
    words = sorted(" ".join(row[0] for row in texts).rstrip(".").split())
    long, short = ([w for w in words if least <= len(w) <= most] for least, most in ((6, 99), (4, 5)))
    return Sample(
        events=tuple(row[0] for row in events),
        moment=moment,
        span=hi - lo,
        kind=kind,
        actor=actor[0] if actor else "",
        period=(moment - (hi - lo) // 20, moment + (hi - lo) // 20),
        common=max(short or words, key=words.count),
        seldom=max(long or words, key=words.count),
    )
