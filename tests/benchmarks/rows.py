"""A table of plain rows brought in, beside `sqlite-utils insert` of the same rows: both by the command line.

What Dateline does of a row: reads it, its date and its bounds, adds an event and a claim of a source, and records
both so that they can be undone; then the cache is made, from which the window paints.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.benchmarks.figures import Figure
from viewer.document import Document

COLUMNS = ("id", "title", "kind", "date", "place", "source")
_KINDS = ("deployment", "withdrawal", "statement")


def rows(path: Path) -> Iterator[Figure]:
    """Measure as many rows as the document at a path has events."""
    document = Document.open(path)
    count = document.event_count
    document.close()
    with TemporaryDirectory() as scratch:
        table = Path(scratch, "rows.csv")
        _write(table, count)
        target = Path(scratch, "rows.dateline")
        Document.create(target).close()
        ours, ours_cpu = _timed(lambda: _run("viewer", "import", str(target), str(table)))
        cached, cached_cpu = _timed(lambda: _prepare(target))
        theirs, theirs_cpu = _timed(
            lambda: _run(
                "sqlite_utils",
                "insert",
                str(Path(scratch, "rows.db")),
                "rows",
                str(table),
                "--csv",
                "--pk",
                "id",
            )
        )
    yield Figure.of("rows brought in (wall)", "rows/s", [count / ours])
    yield Figure.of("rows brought in, with the cache (wall)", "rows/s", [count / (ours + cached)])
    yield Figure.of("sqlite-utils insert of them (wall)", "rows/s", [count / theirs])
    yield Figure.of("rows brought in, with the cache (CPU)", "rows/s", [count / (ours_cpu + cached_cpu)])
    yield Figure.of("sqlite-utils insert of them (CPU)", "rows/s", [count / theirs_cpu])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure.of("memory of the largest process then", "MB", [peak])


def _write(path: Path, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(count):
            day = f"{1990 + number % 35}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            title = f"Entry {number} of a plain table"
            place, source = f"Place {number % 500}", f"Outlet {number % 40}"
            writer.writerow((f"r{number}", title, _KINDS[number % 3], day, place, source))


def _run(module: str, *arguments: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False
    )
    if ran.returncode not in (0, 1):
        raise RuntimeError(ran.stderr)


def _prepare(path: Path) -> None:
    """Make the cache as a window does beside itself."""
    document = Document.open(path)
    while (preparation := document.preparation()) is not None and not preparation.is_quiet:
        preparation.run(lambda _done, _total: None, lambda: False)
        document.adopt()
    document.close()


def _timed(act: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds that an action takes by the clock, and of all processors."""
    start, used = perf_counter(), _cpu_seconds()
    act()
    return perf_counter() - start, _cpu_seconds() - used


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
