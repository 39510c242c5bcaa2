"""Figures for the engine: `python -m tests.benchmarks` prints them as a table.

Times are process CPU in milliseconds, the best of several runs; counts and ratios are what to compare between
machines. Nothing here fails a build.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

SIZES = (16, 1_000, 100_000)
FRAMES = 60


def main() -> None:
    """Run every benchmark and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DATELINE_HOME"] = scratch
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        rows = [*opening(Path(scratch)), *frames()]
    print(f"{'benchmark':<44}{'events':>9}{'median':>10}{'p99':>10}  unit")
    for name, events, middle, worst, unit in rows:
        print(f"{name:<44}{events:>9,}{middle:>10.2f}{worst:>10.2f}  {unit}")


Figure = tuple[str, int, float, float, str]


def opening(folder: Path) -> Iterator[Figure]:
    """Measure from a path to the first painted frame of the window, in this process."""
    from viewer.document import Document
    from viewer.ui.drafts import Drafts
    from viewer.ui.workspace import Workspace

    _application()
    for events in SIZES[:2]:
        path = _document(folder, events)
        times = []
        for _ in range(5):
            start = process_time()
            workspace = Workspace(Document.open(path), Drafts(folder / "drafts"))
            workspace.resize(1280, 800)
            workspace.grab()
            times.append((process_time() - start) * 1000)
            workspace.stop()
        yield "open to first paint, 1280x800", events, median(times), max(times), "ms CPU"


def frames() -> Iterator[Figure]:
    """Measure layout and painting of one frame while panning and zooming, 1920x1080."""
    from PySide6.QtGui import QImage

    from viewer.domain.records import BUILT_IN_KINDS
    from viewer.ui.timeline_view import TimelineView

    _application()
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    for events in SIZES:
        view = TimelineView()
        view.resize(1920, 1080)
        view.set_index(_index(events), BUILT_IN_KINDS, lambda event: f"Event number {event}", keep_view=False)
        for name, step in MOVES.items():
            times = [_timed_frame(view, image, step, number) for number in range(FRAMES)]
            yield f"frame: {name}", events, median(times), sorted(times)[int(FRAMES * 0.99) - 1], "ms CPU"
        scene = view.scene()
        drawn = len(scene.items) + len(scene.labels) + len(scene.bands) + len(scene.lanes)
        yield "things in the last frame", events, float(drawn), float(drawn), "count"


MOVES: dict[str, Callable[[Any, int], None]] = {
    "pan, whole span": lambda view, number: view.pan_by(9 if number % 2 else -9),
    "zoom in, step 1.15": lambda view, _: view.zoom_at(1.15, view.width() / 2),
    "pan, close up": lambda view, _: view.pan_by(9),
}


def _timed_frame(view: Any, image: Any, step: Callable[[Any, int], None], number: int) -> float:
    start = process_time()
    step(view, number)
    view.render(image)
    return (process_time() - start) * 1000


def _application() -> None:
    from PySide6.QtWidgets import QApplication

    from viewer.ui.theme import themes

    application = QApplication.instance() or QApplication(["benchmarks"])
    themes().dress(application)


def _document(folder: Path, events: int) -> Path:
    from viewer.document import Document
    from viewer.formats.bundle_writing import write_bundle
    from viewer.resources import resource

    path = folder / f"{events}.dateline"
    document = Document.create(path)
    if events == SIZES[0]:
        text = resource("sample", "kursk.json").read_text(encoding="utf-8")
    else:
        nothing: tuple[()] = ()
        text = write_bundle(
            title=None, language=None, kinds=nothing, actors=nothing, places=nothing, sources=nothing,
            events=_events(events), views=nothing, extra={},
        )  # fmt: skip
    document.import_files([("bundle.json", text.encode())])
    document.close()
    return path


def _events(count: int) -> Iterator[object]:
    from viewer.domain.dates import from_edtf
    from viewer.domain.records import BUILT_IN_KINDS, Event

    for number in range(count):
        day = f"{1990 + number % 35}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        kind = BUILT_IN_KINDS[number % 3].name
        yield Event(uid=f"event-{number}", kind=kind, title=f"Event number {number}", when=from_edtf(day))


def _index(events: int) -> Any:
    import numpy as np

    from viewer.timeline.index import Columns, Index, LaneInfo

    random = np.random.default_rng(7)
    start = np.sort(random.integers(0, 50 * 365 * 86400, events))
    length = (10 ** random.uniform(4, 7, events)).astype(np.int64)
    kind = random.integers(0, 3, events).astype(np.int16)
    never = np.zeros(events, dtype=np.bool_)
    columns = Columns(
        ids=np.arange(events), kind=kind, lane=kind, start_lo=start, start_hi=start + length, end_lo=start,
        end_hi=start + length, span=never, open_lo=never, open_hi=never, blurred=never, disputed=never,
    )  # fmt: skip
    return Index.build(columns, [LaneInfo(str(k), f"Lane {k}", k) for k in range(3)], ())


if __name__ == "__main__":
    main()
