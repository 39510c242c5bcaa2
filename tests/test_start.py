"""What a start does without: to chart a document, and to paint the first picture of a window on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

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

PAINTING = """
import json
import os
import sys

from benchmarks.start import CanvasWatch
from viewer.cli import main
from viewer.preparing import Preparation

prepared = []
run = Preparation.run

def running(preparation, *told):
    prepared.append(preparation.steps)
    run(preparation, *told)

def painted(_timeline):
    from PySide6 import QtWidgets

    said = {
        "modules": list(sys.modules),
        "widgets": list(vars(QtWidgets)),
        "prepared": prepared,
        "threads": os.environ.get("OPENBLAS_NUM_THREADS"),
    }
    print(json.dumps(said), flush=True)
    os._exit(0)

Preparation.run = running
sys.meta_path.insert(0, CanvasWatch(painted))
sys.argv = ["dateline", "open", sys.argv[1], "--platform", "offscreen", "--size", "1920x1080"]
main()
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
    "viewer.reverting",
    "viewer.storage.check",
    "viewer.telling",
    "viewer.weighing",
)

NOT_PAINTED = (
    "PySide6.QtNetwork",
    "_hashlib",
    "html",
    "logging.handlers",
    "platformdirs",
    "queue",
    "rapidfuzz",
    "socket",
    "sqlite_utils",
    "subprocess",
    "viewer.children",
    "viewer.commands",
    "viewer.domain.dates",
    "viewer.domain.lexicon",
    "viewer.domain.phrases",
    "viewer.formats",
    "viewer.importing",
    "viewer.reverting",
    "viewer.storage.backups",
    "viewer.storage.migrating",
    "viewer.ui.desk",
    "viewer.ui.forms",
    "viewer.ui.history_dialog",
    "viewer.ui.hover_card",
    "viewer.ui.inspector",
    "viewer.ui.known_flag",
    "viewer.ui.mending",
    "viewer.ui.menu_commands",
    "viewer.ui.note_text",
    "viewer.ui.palette",
    "viewer.ui.pictures",
    "viewer.ui.sources",
    "viewer.ui.wayfinding",
    "viewer.ui.welcome",
)


def painted(path):
    """What a new process has loaded, and done beside its window, when that paints its first timeline."""
    script = [sys.executable, "-c", PAINTING, str(path)]
    folders = os.pathsep.join(str(Path(__file__).parents[up]) for up in (0, 1))
    done = subprocess.run(script, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": folders})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def prepared_document(path):
    """Make a large document of which everything is in the cache."""
    make_large(path)
    document = Document.open(path)
    document.chart(lambda kind: kind.label)
    while (preparation := document.preparation()) is not None:
        preparation.run(lambda done, total: None, lambda: False)
        document.adopt()
    document.close()


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
    prepared_document(path)
    chart, modules = opened(path)
    assert chart == f"{LARGE} False"
    assert loaded_of(modules, NOT_NEEDED) == []


def test_a_window_paints_without_what_its_first_picture_does_not_show(tmp_path):
    path = tmp_path / "large.dateline"
    prepared_document(path)
    said = painted(path)
    assert loaded_of(set(said["modules"]), NOT_PAINTED) == []
    # To hand out a widget of Qt's own making, PySide loads every class of widget, these too.
    assert {"QLabel", "QMdiArea", "QLCDNumber", "QWizard"} & set(said["widgets"]) == {"QLabel"}


def test_before_it_painted_a_window_starts_no_threads_and_looks_nothing_through(tmp_path):
    path = tmp_path / "large.dateline"
    prepared_document(path)
    said = painted(path)
    assert (said["prepared"], said["threads"]) == ([], "1")


def test_what_is_named_above_exists():
    """Else a module that moved would be watched no more."""
    names = (*NOT_NEEDED, *NOT_PAINTED)
    assert [name for name in names if name.startswith("viewer.") and find_spec(name) is None] == []
