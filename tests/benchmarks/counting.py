"""What a frame of the timeline takes besides time: calls, objects, memory."""

from __future__ import annotations

import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.gestures import STEP, ZOOMS
from tests.benchmarks.window import Bench, sample_of

_COUNTED = 10
_STROKES = ("draw", "fill", "stroke", "erase")


def counts(path: Path) -> Iterator[Figure]:
    """Count what a frame of the timeline takes: calls, objects, memory."""
    bench, sample = Bench.settled(path), sample_of(path)
    for name, zoom in ZOOMS.items():
        bench.show(sample.moment, sample.span / zoom)
        bench.application.processEvents()
        found = [_counted(bench) for _ in range(_COUNTED)]
        for unit, key, words in (
            ("calls", "strokes", "painter calls a frame"),
            ("calls", "calls", "Python calls a frame"),
        ):
            yield Figure.of(f"{words}, {name}", unit, [each[key] for each in found])
        yield Figure.of(f"blocks kept by a frame, {name}", "blocks", [_kept(bench) for _ in range(_COUNTED)])
        yield Figure.of(
            f"memory a frame takes at most, {name}", "kB", [_peak(bench) for _ in range(_COUNTED)]
        )
    bench.close()


def _counted(bench: Bench) -> Counter[str]:
    found: Counter[str] = Counter()

    def look(_frame: FrameType, event: str, what: Any) -> None:
        if event == "call":
            found["calls"] += 1
        elif event == "c_call":
            found["calls"] += 1
            kind, _, name = getattr(what, "__qualname__", "").partition(".")
            found["strokes"] += kind == "QPainter" and name.startswith(_STROKES)

    bench.timeline.pan_by(STEP)
    sys.setprofile(look)
    bench.timeline.repaint()
    sys.setprofile(None)
    bench.application.processEvents()
    return found


def _kept(bench: Bench) -> float:
    """Return how many more blocks of Python's memory are in use after a frame than before."""
    bench.timeline.pan_by(STEP)
    before = sys.getallocatedblocks()
    bench.timeline.repaint()
    after = sys.getallocatedblocks()
    bench.application.processEvents()
    return float(after - before)


def _peak(bench: Bench) -> float:
    """Return how much a frame allocates at its height, arrays included: what is made for each event shows here."""
    bench.timeline.pan_by(STEP)
    tracemalloc.start()
    bench.timeline.repaint()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    bench.application.processEvents()
    return peak / 1024
