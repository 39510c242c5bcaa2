"""A kill, a full disk and a failing disk at each system call that writes, in seven operations: all or nothing.

Each point begins with the same prepared document, put in place anew. `strace` is attached to a copy of this
process just before the operation, so that a point takes a tenth of a second and not the time of a start.
"""

from __future__ import annotations

from collections import Counter
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults.harness import added, all_apart, needs_fork
from faults.operations import OPERATIONS, Bench
from faults.tracing import KILL, why_not, writes_in

ERRORS = ("error=ENOSPC", "error=EIO")


def points(operation):
    """Return each writing system call of an operation, as (name, number)."""
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), operation)
        log = Path(folder, "log")
        assert bench.operate(log=log) == ["done"]
        return writes_in(log)


def faults_at_points(*, both_errors):
    """Kill and fail the operations at each of their writing calls; return the figures.

    With `both_errors` each call fails in both ways, else in the one or the other by turns.
    """
    jobs = [
        (half, both_errors) for half in (("edit", "import", "export", "backup"), ("delete", "undo", "copy"))
    ]
    return added(all_apart(_faults_of, jobs, timeout=3600))


def _faults_of(operations, both_errors):
    figures, failures = Counter(), []
    for operation in operations:
        found = points(operation)
        figures[f"points of {operation}"] = len(found)
        with TemporaryDirectory() as folder:
            bench = Bench(Path(folder), operation)
            for (name, number), error in zip(found, cycle(ERRORS)):
                for deed in (KILL, *(ERRORS if both_errors else (error,))):
                    figures[deed] += 1
                    try:
                        figures.update(bench.faulted(inject=(name, number, deed)))
                    except Exception as raised:
                        failures.append(f"{operation}, {deed} at {name} {number}: {raised!r}")
    assert not failures, "\n".join(failures)
    return figures


@needs_fork
@pytest.mark.timeout(300)
@pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
def test_fault_35_and_36_a_fault_at_a_writing_system_call_leaves_all_or_nothing():
    figures = faults_at_points(both_errors=False)
    found = sum(figures[f"points of {name}"] for name in OPERATIONS)
    assert figures[KILL] == found == figures[ERRORS[0]] + figures[ERRORS[1]]
    assert figures["killed before its end"] > 0
    assert figures["refused, then saved"] > 0
