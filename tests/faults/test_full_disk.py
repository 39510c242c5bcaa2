"""Disks that fill up at every size between that of the document and what an operation needs: kept, then saved."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults.harness import apart, needs_fork
from faults.operations import OPERATIONS, Bench

_STEP = 8 * 1024


def full_disks(steps):
    """Let every operation meet limits on the document's pages and on the size of files; return the figures."""
    return apart(_full_disks, steps, timeout=3600)


def _full_disks(steps):
    figures = Counter()
    for operation in OPERATIONS:
        with TemporaryDirectory() as folder:
            bench = Bench(Path(folder), operation)
            for limit in _limits(bench.size, operation, steps):
                figures["limits of files"] += 1
                figures.update(bench.faulted(within=partial(_no_file_above, limit)))
            for pages in range(steps):
                figures["limits of pages"] += 1
                figures.update(bench.faulted(within=partial(_no_more_pages, pages)))
    return figures


def _limits(size, operation, steps):
    if operation in ("copy", "export", "backup"):
        return [size * step // steps for step in range(steps)]
    return [512, 4096, size // 2, *(size + _STEP * step for step in range(steps))]


@contextmanager
def _no_file_above(size, _document):
    """No file of this process can grow beyond a size, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _no_more_pages(count, document):
    """The document itself cannot grow by more than so many pages."""
    pages = document.store.rows("PRAGMA page_count")[0]["page_count"]
    document.store.rows(f"PRAGMA max_page_count={pages + count}")
    try:
        yield
    finally:
        document.store.rows("PRAGMA max_page_count=1073741823")


@needs_fork
@pytest.mark.timeout(300)
def test_fault_33_and_34_a_disk_that_fills_up_at_any_size_keeps_all_and_takes_the_second_attempt():
    figures = full_disks(12)
    assert figures["refused, then saved"] > 20


RENDERING = """
import resource, signal, sys
from viewer.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop()), resource.RLIM_INFINITY))
main()
"""


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_fault_34_a_disk_that_is_full_leaves_an_older_picture_as_it_was(made, tmp_path, ending):
    target = tmp_path / f"picture.{ending}"
    target.write_bytes(b"an older picture")
    before = set(tmp_path.iterdir())
    command = [sys.executable, "-c", RENDERING, "render", str(made), str(target), "2048"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == b"an older picture"
    assert {path for path in tmp_path.iterdir() if path.suffix == ".part"} == set()
    assert {path for path in before if path.exists()} == before
