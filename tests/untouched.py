"""What may not change, byte by byte, while something goes wrong; and a disk that is full."""

from __future__ import annotations

import resource
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


@contextmanager
def no_space():
    """No file of this process can grow or be written beyond its first bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
