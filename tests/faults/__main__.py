"""The sets of faults with counts of one's choice: `python -m tests.faults [--long] [--only NAME] [--json]`.

Prints a table of figures, or one JSON value. Without `--long` the counts are those of every change; with it they
are those of a night. Exit code 1 when something that must hold did not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def sets(*, long):
    """Return each set as its name and a function without arguments that returns its figures."""
    from faults.test_closes import closes
    from faults.test_full_disk import full_disks
    from faults.test_kills import random_kills
    from faults.test_monkey import monkeys
    from faults.test_mutants import mutants
    from faults.test_rivals import rivals
    from faults.test_state_machine import state_machine
    from faults.test_syscalls import faults_at_points

    return {
        "kills": partial(random_kills, 10_000 if long else 500),
        "syscalls": partial(faults_at_points, both_errors=long),
        "full-disk": partial(full_disks, 40 if long else 12),
        "mutants": partial(mutants, 300_000 if long else 10_000),
        "rivals": partial(rivals, 3, 10_000 if long else 300),
        "state-machine": partial(state_machine, *((10_000, 100) if long else (500, 50))),
        "monkeys": partial(monkeys, range(1, 21) if long else (1, 2, 3), 200_000 if long else 20_000),
        "closes": partial(closes, 5_000 if long else 200),
    }


def measured(run):
    """Run a set; return its figures, or what did not hold, with its time by the clock and on the processors."""
    began, used = time.monotonic(), _processor_seconds()
    try:
        result = {"held": True, "figures": dict(run())}
    except AssertionError as failure:
        result = {"held": False, "figures": {}, "failure": str(failure)}
    seconds = {
        "seconds": round(time.monotonic() - began),
        "processor seconds": round(_processor_seconds() - used),
    }
    return {**result, **seconds}


def _processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _table(results):
    yield f"| Set | Held | Figures | s | CPU s |\n|{'---|' * 5}"
    yield from (_row(name, result) for name, result in results.items())


def _row(name, result):
    figures = ", ".join(f"{value:,} {key}" for key, value in result["figures"].items())
    held = "yes" if result["held"] else "NO"
    return f"| {name} | {held} | {figures} | {result['seconds']:,} | {result['processor seconds']:,} |"


def main():
    """Run the sets that were asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.split("\n")[0])
    asked.add_argument("--long", action="store_true", help="the counts of a night")
    asked.add_argument(
        "--only", action="append", choices=list(sets(long=False)), help="one set; may be repeated"
    )
    asked.add_argument("--json", action="store_true", help="print one JSON value")
    options = asked.parse_args()
    results = {}
    for name, run in sets(long=options.long).items():
        if not options.only or name in options.only:
            results[name] = measured(run)
            print(_row(name, results[name]), file=sys.stderr, flush=True)  # a night is long
    python = platform.python_version()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {python}"
    if options.json:
        when = datetime.now(UTC).date().isoformat()
        print(json.dumps({"date": when, "machine": machine, "long": options.long, "sets": results}, indent=1))
    else:
        print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}\n\n" + "\n".join(_table(results)))
        for name, result in results.items():
            if not result["held"]:
                print(f"\n{name}:\n{result['failure']}")
    return 0 if all(result["held"] for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
