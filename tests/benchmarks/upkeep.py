"""What is done beside the window or before it: building the cache, bringing files in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.corpus import make_document
from tests.benchmarks.figures import Figure, cpu_seconds, timed
from tests.benchmarks.window import Bench, sample_of
from viewer.document import Document
from viewer.domain.filters import Filter

IMPORTED = 10_000


def building(path: Path) -> Iterator[Figure]:
    """Measure how the cache is built beside a window that is used, and how long that held the window up at most."""
    wanted = Filter(text=sample_of(path).seldom)
    start, before = perf_counter(), cpu_seconds()
    bench = Bench(path)
    stall = Stall()
    bench.rest()
    bench.filter(wanted)  # whatever still has to be made for a search
    longest = stall.end()
    wall = perf_counter() - start
    bench.close()
    yield Figure.of("cache build (CPU, children too)", "s", [cpu_seconds() - before])
    yield Figure.of("cache build (wall)", "s", [wall])
    yield Figure.of("longest stall while it is built (wall)", "ms", [longest[0]])
    yield Figure.of("longest stall while it is built (CPU of the window's thread)", "ms", [longest[1]])


def importing(path: Path) -> Iterator[Figure]:
    """Measure bringing a bundle of 10,000 events into a document, without a window; the document is changed."""
    with TemporaryDirectory() as scratch:
        made = Path(scratch, "bundle.dateline")
        make_document(made, IMPORTED, seed=8)
        other = Document.open(made)
        bundle = other.bundle().encode()
        other.close()
    document = Document.open(path)
    took = timed(lambda _: document.import_files([("bundle.json", bundle)]), runs=1)[0]
    document.close()
    yield Figure.of(f"import of {IMPORTED:,} events, each", "us", [took / IMPORTED * 1000])


class Stall:
    """Takes the longest time that the event loop was busy with one thing, or with painting.

    By the clock, which counts too what other threads and programs took meanwhile; and what this thread itself did.
    """

    def __init__(self) -> None:
        self._last, self._longest = self._now(), (0.0, 0.0)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)

    def end(self) -> tuple[float, float]:
        """Stop, and return the longest gap in milliseconds, and the most work in one."""
        self._tick()
        self._timer.stop()
        return self._longest[0] * 1000, self._longest[1] * 1000

    def _tick(self) -> None:
        now = self._now()
        gap, work = now[0] - self._last[0], now[1] - self._last[1]
        self._last, self._longest = now, (max(self._longest[0], gap), max(self._longest[1], work))

    @staticmethod
    def _now() -> tuple[float, float]:
        return perf_counter(), thread_time()
