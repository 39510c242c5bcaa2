"""Figures for the engine: `python -m tests.benchmarks` makes documents, opens them and prints a table.

Each group of figures runs in a process of its own: the real window, without a screen. Times are CPU unless
they say wall; counts and growth are what to compare between machines. Nothing here fails a build.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, compared, growth, table

VERSION = 1
"""Raised when the same size comes to mean another document: those kept from earlier runs are made anew."""
SIZES = "100,100k,1M"
STARTS = 5
GROUPS = (
    *("start", "open", "frames", "frames2x", "counts", "hit", "filter", "search", "lanes", "edit", "cache"),
    *("import", "rows", "memory"),
)
CHANGING, COLD = {"edit", "import"}, {"cache"}
"""Groups that change the document, and so are given a copy; those that begin without a cache."""

_UNITS = {"k": 1_000, "M": 1_000_000}
_ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure what the options say and print it."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or Path(scratch)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.update({"DATELINE_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"})
        if options.write_csv:
            _write_csv(options.write_csv, _made(folder, options.sizes[-1]))
            return
        if options.csv:
            columns = {options.csv.name: _from_csv(options.csv, Path(scratch))}
        else:
            columns = {_words(size): _made(folder, size) for size in options.sizes}
        wanted = [group for group in GROUPS if any(name in group for name in options.only.split(","))]
        found = {name: list(_figures(path, wanted, Path(scratch))) for name, path in columns.items()}
    if options.json:
        first, last = compared(list(found))
        told = {name: [figure.as_json() for figure in figures] for name, figures in found.items()}
        grown = {"from": first, "to": last, "times": growth(found[first], found[last])}
        print(json.dumps({"documents": told, "growth": grown}, indent=1))
    else:
        print(table(found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", type=_sizes, default=SIZES, help="events of each document, as 100,100k,10M"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--only", metavar="NAME,…", default="", help=f"only groups with a NAME in theirs: {', '.join(GROUPS)}"
    )
    parser.add_argument("--folder", type=Path, help="keep the documents and their caches here between runs")
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="measure id,title,kind,start_ms,end_ms instead"
    )
    parser.add_argument(
        "--write-csv", type=Path, metavar="FILE", help="write the last size's events as such a file"
    )
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    sizes = [size.strip() for size in text.split(",")]
    return sorted(int(size.rstrip("kM")) * _UNITS.get(size[-1:], 1) for size in sizes)


def _words(size: int) -> str:
    for sign, unit in reversed(_UNITS.items()):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{sign}"
    return str(size)


def _made(folder: Path, size: int) -> Path:
    """Return the document of so many events, made if it is not in the folder yet."""
    from tests.benchmarks.corpus import make_document

    path = folder / f"corpus-{VERSION}-{size}.dateline"
    if not path.exists():
        _say(f"making {size:,} events")
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        make_document(unfinished, size)
        unfinished.rename(path)
    return path


def _from_csv(source: Path, scratch: Path) -> Path:
    from tests.benchmarks.csv_events import make_from_csv

    path = scratch / f"{source.stem}.dateline"
    _say(f"{make_from_csv(source, path):,} events in {source.name}")
    return path


def _write_csv(target: Path, path: Path) -> None:
    from tests.benchmarks.csv_events import write_csv

    _say(f"{write_csv(target, path):,} events in {target}")


def _figures(path: Path, groups: list[str], scratch: Path) -> Iterator[Figure]:
    for group in groups:
        _say(f"{path.stem}: {group}")
        try:
            yield from _starts(path) if group == "start" else _in_child(path, group, scratch)
        except subprocess.CalledProcessError as error:  # it has said why; the other groups can be measured
            _say(f"{path.stem}: {group} ended with code {error.returncode}")


def _starts(path: Path) -> Iterator[Figure]:
    """Measure processes that start on a document whose cache is warm: one more has gone before."""
    found = [json.loads(_run("tests.benchmarks.start", str(path))) for _ in range(STARTS + 1)][1:]
    paints = [each["paint"] * 1000 for each in found]
    yield Figure.of("process to first paint", "ms", paints)
    yield Figure.of(
        "first paint to all interactive",
        "ms",
        [each["ready"] * 1000 - p for each, p in zip(found, paints, strict=True)],
    )


def _in_child(path: Path, group: str, scratch: Path) -> Iterator[Figure]:
    name = group.removesuffix("2x")
    environment = {} if name == group else {"QT_SCALE_FACTOR": "2"}
    with tempfile.TemporaryDirectory(dir=scratch) as home:
        if name in CHANGING:  # the document kept between runs and its cache stay as they are
            shutil.copytree(os.environ["DATELINE_HOME"], home, dirs_exist_ok=True)
            path = Path(shutil.copyfile(path, Path(home, path.name)))
        if name in CHANGING | COLD:
            environment["DATELINE_HOME"] = home
        answer = _run("tests.benchmarks.groups", str(path), name, **environment)
    yield from (Figure(**each) for each in json.loads(answer))


def _run(module: str, *arguments: str, **environment: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    ran = subprocess.run(
        command, cwd=_ROOT, env=os.environ | environment, stdout=subprocess.PIPE, check=True, text=True
    )
    return ran.stdout


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
