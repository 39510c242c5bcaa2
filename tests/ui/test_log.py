"""The log's file: only so large, and the last full ones are kept."""

from __future__ import annotations

import logging
import sys

import pytest

from viewer.ui.log import start_log

FULL = 1_000_000


@pytest.fixture
def log(tmp_path):
    """The folder of a log that is written to until the test ends."""
    root = logging.getLogger()
    before, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    assert start_log(tmp_path)
    yield tmp_path
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.raiseExceptions = raising


def test_a_full_log_is_put_aside_and_the_last_three_are_kept(log):
    for number in range(6):
        logging.getLogger("viewer").warning("number %d", number)
        with (log / "dateline.log").open("ab") as file:
            file.write(b"." * FULL)
    names = ["dateline.log", "dateline.log.1", "dateline.log.2", "dateline.log.3"]
    assert sorted(file.name for file in log.iterdir()) == names
    for name, number in zip(names, (5, 4, 3, 2), strict=True):
        assert f"number {number}\n" in (log / name).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be put aside there")
def test_what_cannot_be_put_aside_stops_nobody(log):
    (log / "dateline.log").write_bytes(b"." * FULL)
    (log / "dateline.log.1").mkdir()
    logging.getLogger("viewer").warning("still here")
    assert b"still here" in (log / "dateline.log").read_bytes()
