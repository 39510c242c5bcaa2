"""Watching a folder: what may not change, byte by byte, while something goes wrong beside it."""

from __future__ import annotations

import stat
from contextlib import contextmanager


def snapshot(folder):
    """Everything in a folder: regular files with their bytes, anything else with its sort."""
    found = {}
    for path in folder.iterdir():
        mode = path.lstat().st_mode
        found[path.name] = path.read_bytes() if stat.S_ISREG(mode) else stat.S_IFMT(mode)
    return found


@contextmanager
def assert_untouched(path):
    """Fail if a file changed a byte, or if anything came or went beside it."""
    before = snapshot(path.parent)
    yield
    after = snapshot(path.parent)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == []
