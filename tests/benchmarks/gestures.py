"""What is measured in a window: frames, filters, searches, hits, edits, and what is held in memory then.

Times are CPU of the whole process, threads included, in milliseconds, unless it says wall. A frame is a gesture,
all that follows from it in the window, and its painting.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time

from tests.benchmarks.figures import Figure, cpu_seconds, timed
from tests.benchmarks.window import Bench, Sample, sample_of
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.storage.cache import Searching
from viewer.timeline.hit import hit
from viewer.timeline.masks import Mask
from viewer.ui.word_search import events_in
from viewer.ui.words import lane_name

Figures = Iterator[Figure]

ZOOMS = {"whole": 1.0, "1/10": 1e1, "1/100": 1e2, "1/1,000": 1e3, "1/100,000": 1e5}
PANS, SWEEP, STEP = 120, 300, 9
FEW = 7


def frames(path: Path) -> Figures:
    """Measure panning, zooming and resizing."""
    bench, sample = Bench.settled(path), sample_of(path)
    sign = f" (dpr {bench.timeline.devicePixelRatioF():.0f})"
    for name, zoom in ZOOMS.items():
        bench.show(sample.moment, sample.span / zoom)
        bench.application.processEvents()
        times = timed(lambda _: bench.frame(lambda: bench.timeline.pan_by(STEP)), runs=PANS)
        yield Figure.of(f"frame: pan, {name}{sign}", "ms", times)
    sweep = timed(lambda number: bench.frame(lambda: _sweep(bench, sample, number)), runs=SWEEP, seconds=60)
    yield Figure.of(f"frame: zoom sweep 1 to 1/1,000,000{sign}", "ms", sweep)
    bench.show(sample.moment, sample.span / 100)
    sizes = [(bench.window.width() - 16 * (n % 5), bench.window.height() - 8 * (n % 3)) for n in range(60)]
    times = timed(lambda number: bench.frame(lambda: bench.window.resize(*sizes[number])), runs=len(sizes))
    yield Figure.of(f"frame: resize{sign}", "ms", times)
    bench.close()


def filters(path: Path) -> Figures:
    """Measure from a choice in the header to the frame that shows what is left, and back."""
    bench, sample = Bench.settled(path), sample_of(path)
    first, last = sample.period
    for name, wanted in (
        ("kind", Filter(kinds=frozenset({sample.kind}))),
        ("actor", Filter(actor=sample.actor)),
        ("period, possibly", Filter(earliest=first, latest=last)),
        ("period, certainly", Filter(earliest=first, latest=last, certainly=True)),
        ("seldom word", Filter(text=sample.seldom)),
        ("common word", Filter(text=sample.common)),
        ("all again", Filter()),
    ):
        other = Filter(earliest=first) if wanted.is_empty else Filter()
        if wanted != other:
            yield Figure.of(
                f"filter to repaint: {name}", "ms", [_filtered(bench, other, wanted) for _ in range(FEW)]
            )
    bench.close()


def searches(path: Path) -> Figures:
    """Measure the full-text index: the first hundred, all that are found, and the mask of them."""
    bench, sample = Bench.settled(path), sample_of(path)
    document = bench.workspace.document
    chart = document.chart(lane_name)
    for name, word in (("seldom", sample.seldom), ("common", sample.common)):
        searching = document.searching()
        if searching is None:
            raise LookupError("there is no search index")
        found = searching.events(word)
        yield Figure.of(f"search: hits of a {name} word", "hits", [len(found)])
        times = timed(lambda _, word=word, ask=searching: ask.first(word), runs=20)
        yield Figure.of(f"search: first 100, {name} word", "ms", times)

        def whole(_: int, word: str = word, ask: Searching = searching) -> Mask | None:
            return document.mask(chart, Filter(), among=events_in(ask, word))

        yield Figure.of(f"search: whole mask, {name} word", "ms", timed(whole, runs=20))
        searching.close()
    bench.close()


def hits(path: Path) -> Figures:
    """Measure what tells the event under the pointer."""
    bench, sample = Bench.settled(path), sample_of(path)
    chance = random.Random(7)
    points = [(chance.uniform(0, 1920), chance.uniform(0, 1080)) for _ in range(500)]
    for name in ("whole", "1/100", "1/100,000"):
        bench.show(sample.moment, sample.span / ZOOMS[name])
        bench.application.processEvents()
        scene = bench.timeline.scene()
        times = timed(lambda _, scene=scene: [hit(scene, *point) for point in points], runs=20, seconds=5)
        yield Figure.of(f"hit-test, {name}", "us", [each / len(points) * 1000 for each in times])
    bench.close()


def edits(path: Path) -> Figures:
    """Measure from a saved edit to the frame that shows it, one event after the other; the document is changed."""
    bench, sample = Bench.settled(path), sample_of(path)
    document, timeline = bench.workspace.document, bench.timeline
    bench.show(sample.moment, sample.span / 100)
    bench.application.processEvents()
    events = cycle(sample.events)

    def edit(number: int) -> None:
        event = next(events)
        title, when = f"Edited {number}", from_edtf(f"1950-03-{number % 28 + 1:02}")
        revised = replace(document.store.event(event), title=title, when=when)
        bench.frame(lambda: document.save_event(revised))
        if timeline.content().title_of(event) != title:
            raise AssertionError("the frame does not show the edit")

    yield Figure.of("edit to the frame that shows it (wall)", "ms", timed(edit, runs=30, clock=perf_counter))
    yield Figure.of("edit to the frame that shows it", "ms", timed(edit, runs=30))
    for words, clock in ((" (wall)", perf_counter), ("", process_time)):
        undo = timed(lambda _: bench.frame(bench.workspace.undo), runs=20, clock=clock)
        yield Figure.of(f"undo to the frame that shows it{words}", "ms", undo)
    bench.close()


def lanes(path: Path) -> Figures:
    """Measure lanes by actor: how long they are prepared, and frames of them."""
    bench, sample = Bench.settled(path), sample_of(path)
    before, start = cpu_seconds(), perf_counter()
    bench.workspace.showing.charting.group_by("actor")
    bench.rest()
    yield Figure.of("lanes by actor: prepared (CPU, children too)", "s", [cpu_seconds() - before])
    yield Figure.of("lanes by actor: prepared (wall)", "s", [perf_counter() - start])
    yield Figure.of("lanes by actor: how many", "lanes", [len(bench.timeline.content().index.lanes)])
    for name in ("whole", "1/100"):
        bench.show(sample.moment, sample.span / ZOOMS[name])
        bench.application.processEvents()
        times = timed(lambda _: bench.frame(lambda: bench.timeline.pan_by(STEP)), runs=PANS)
        yield Figure.of(f"lanes by actor: pan, {name}", "ms", times)
    times = timed(lambda _: bench.frame(lambda: bench.timeline.scroll_by(STEP)), runs=PANS)
    yield Figure.of("lanes by actor: scroll", "ms", times)
    bench.close()


def opening(path: Path) -> Figures:
    """Measure opening a document into a window of a program that runs already, with a warm cache."""
    Bench.settled(path).close()
    times = timed(lambda _: Bench(path).close(), runs=5, seconds=60)
    yield Figure.of("open, paint and close", "ms", times)


def memory(path: Path) -> Figures:
    """Go through a document as a user does, and tell what the process holds then."""
    bench, sample = Bench.settled(path), sample_of(path)
    for number in range(0, SWEEP, 10):
        bench.frame(lambda number=number: _sweep(bench, sample, number))
        bench.frame(lambda: bench.timeline.pan_by(400))
    bench.filter(Filter(kinds=frozenset({sample.kind})))
    bench.filter(Filter())
    bench.workspace.select(sample.events[0])
    bench.application.processEvents()
    for name, field in (("all of it", "VmRSS"), ("without files mapped", "RssAnon")):
        yield Figure.of(f"memory of the process, {name}", "MB", [_status(field) / 1024])
    bench.close()


def _sweep(bench: Bench, sample: Sample, number: int) -> None:
    bench.show(sample.moment, sample.span * 1e-6 ** (number / SWEEP))


def _filtered(bench: Bench, other: Filter, wanted: Filter) -> float:
    """Return what it takes to show a filter where another was shown."""
    bench.filter(other)
    return timed(lambda _: bench.filter(wanted), runs=1)[0]


def _status(field: str) -> float:
    """Return a figure of this process that Linux tells, in kB; nan elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
