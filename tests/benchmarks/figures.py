"""Figures: what was measured, how often, and the table of them over documents of several sizes."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

SHOWN = {
    "ms": 2,
    "us": 1,
    "calls": 0,
    "blocks": 0,
    "kB": 0,
    "MB": 0,
    "rows/s": 0,
    "s": 1,
    "hits": 0,
    "lanes": 0,
}
"""How many decimals each unit is printed with."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one document: the median of `runs` runs, and how far the slow ones went."""

    name: str
    unit: str
    median: float
    p95: float
    p99: float
    runs: int

    @classmethod
    def of(cls, name: str, unit: str, values: Sequence[float]) -> Figure:
        """Make a figure of the values of several runs, at least one."""
        ordered = sorted(values)
        return cls(name, unit, *(_percentile(ordered, share) for share in (0.5, 0.95, 0.99)), len(ordered))

    def as_json(self) -> dict[str, Any]:
        """Return the figure as an object of JSON."""
        return asdict(self)

    def words(self) -> str:
        """Return the median, and what 95 and 99 of 100 runs kept to where there were enough of them."""
        parts = (self.median, self.p95, self.p99) if self.runs >= 20 else (self.median,)
        return " ".join(f"{part:,.{SHOWN[self.unit]}f}" for part in parts)


def timed(
    act: Callable[[int], object],
    *,
    runs: int,
    seconds: float = 20.0,
    clock: Callable[[], float] = process_time,
) -> list[float]:
    """Return how long an action took each time, in milliseconds; what it takes is the number of the run.

    It is done at least once, and no more when `seconds` have passed.
    """
    times: list[float] = []
    end = perf_counter() + seconds
    gc.collect()
    for number in range(runs):
        start = clock()
        act(number)
        times.append((clock() - start) * 1000)
        if perf_counter() > end:
            break
    return times


def cpu_seconds() -> float:
    """Return the CPU time that this process and its ended children have taken."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def compared(columns: Sequence[str]) -> tuple[str, str]:
    """Return between which two documents growth is told: the smallest says little where there are others."""
    return columns[1] if len(columns) > 2 else columns[0], columns[-1]


def growth(small: Iterable[Figure], large: Iterable[Figure]) -> dict[str, float]:
    """Return how many times larger each median is in one document than in another, by the figure's name."""
    before = {figure.name: figure.median for figure in small if figure.median > 0}
    return {figure.name: figure.median / before[figure.name] for figure in large if figure.name in before}


def table(columns: Mapping[str, Sequence[Figure]]) -> str:
    """Return a table of figures: a line for each, a column for each document, and how they grow."""
    first, last = compared(list(columns))
    grown = growth(columns[first], columns[last]) if first != last else {}
    units = {figure.name: figure.unit for found in columns.values() for figure in found}
    cells = {(title, figure.name): figure.words() for title, found in columns.items() for figure in found}
    width = max((len(name) for name in units), default=0) + 2
    lines = [f"{'':<{width}}{'unit':<8}" + "".join(f"{title:>24}" for title in columns) + f"{'growth':>9}"]
    for name, unit in units.items():
        shown = "".join(f"{cells.get((title, name), '–'):>24}" for title in columns)
        times = f"{grown[name]:.2f}" if name in grown else "–"
        lines.append(f"{name:<{width}}{unit:<8}{shown}{times:>9}")
    return "\n".join([*lines, "", f"growth: {last} to {first}; three figures: median, p95, p99"])


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that a share of them keeps to, between two neighbours in proportion."""
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
