"""The groups of figures: `python -m tests.benchmarks.groups FILE GROUP...` prints those of some as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.counting import counts
from tests.benchmarks.figures import Figure
from tests.benchmarks.gestures import edits, filters, frames, hits, lanes, memory, opening, searches
from tests.benchmarks.rows import rows
from tests.benchmarks.upkeep import building, importing

GROUPS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "frames": frames,
    "counts": counts,
    "filter": filters,
    "search": searches,
    "lanes": lanes,
    "hit": hits,
    "edit": edits,
    "open": opening,
    "cache": building,
    "import": importing,
    "rows": rows,
    "memory": memory,
}


def main() -> None:
    """Print the figures of some groups as a JSON array."""
    path, groups = Path(sys.argv[1]), sys.argv[2:]
    json.dump([figure.as_json() for group in groups for figure in GROUPS[group](path)], sys.stdout)


if __name__ == "__main__":
    main()
