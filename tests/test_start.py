"""To open a document and chart its events loads nothing that only changing, reading wordings or importing needs."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from large_documents import LARGE, make_large

from viewer.document import Document

OPENING = """
import sys
from pathlib import Path

from viewer.document import Document

document = Document.open(Path(sys.argv[1]))
chart = document.chart(lambda kind: kind.label)
print(chart.index.size, chart.waiting)
print(*sys.modules)
"""

NOT_NEEDED = (
    "PySide6",
    "click",
    "dateutil",
    "decimal",
    "email",
    "getpass",
    "http",
    "numpy.ma",
    "numpy.random",
    "numpy.testing",
    "queue",
    "rapidfuzz",
    "sqlite_utils",
    "subprocess",
    "viewer.children",
    "viewer.commands",
    "viewer.domain.conflicts",
    "viewer.domain.context",
    "viewer.domain.dates",
    "viewer.domain.edtf",
    "viewer.domain.impact",
    "viewer.domain.lexicon",
    "viewer.domain.origins",
    "viewer.domain.phrases",
    "viewer.domain.provenance",
    "viewer.domain.reanchoring",
    "viewer.drafting",
    "viewer.formats",
    "viewer.importing",
    "viewer.rereading",
    "viewer.storage.check",
    "viewer.weighing",
)


def opened(path):
    """What a new process says of the chart of a document, and the modules it has loaded by then."""
    done = subprocess.run([sys.executable, "-c", OPENING, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    chart, modules = done.stdout.splitlines()
    return chart, set(modules.split())


def loaded_of(modules, names):
    return sorted(name for name in names if name in modules or any(m.startswith(f"{name}.") for m in modules))


def test_a_small_document_opens_without_what_its_first_picture_does_not_need(sample_document):
    count, path = sample_document.event_count, sample_document.path
    sample_document.close()
    chart, modules = opened(path)
    assert chart == f"{count} False"
    assert loaded_of(modules, NOT_NEEDED) == []


def test_a_large_document_opens_from_its_cache_without_it_too(tmp_path):
    path = tmp_path / "large.dateline"
    make_large(path)
    document = Document.open(path)
    document.chart(lambda kind: kind.label)
    preparation = document.preparation()
    preparation.run(lambda done, total: None, lambda: False)
    document.adopt()
    document.close()
    chart, modules = opened(path)
    assert chart == f"{LARGE} False"
    assert loaded_of(modules, NOT_NEEDED) == []


def test_what_is_named_above_exists():
    """Else a module that moved would be watched no more."""
    assert [name for name in NOT_NEEDED if name.startswith("viewer.") and find_spec(name) is None] == []
