"""A process killed at random moments while it saves: what it acknowledged is there, nothing is there by half."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from faults.harness import (
    Forked,
    added,
    all_apart,
    hot_side_files,
    make_document,
    needs_fork,
    opened_clean,
    replay,
    rows_by_key,
    shares,
)
from faults.random_edits import Editor

from viewer.document import Document

_CYCLES_OF_ONE_DOCUMENT = 25
_UP_TO = 0.01  # seconds after the last edit that is waited for: within an edit or between two


def random_kills(count, seed=37):
    """Kill an editing process so many times; return the figures."""
    return added(all_apart(_kill_cycles, [(part, seed + n) for n, part in enumerate(shares(count, 2))]))


def _kill_cycles(count, seed):
    random, figures = Random(seed), Counter()
    with TemporaryDirectory() as folder:
        for cycle in range(count):
            if cycle % _CYCLES_OF_ONE_DOCUMENT == 0:
                victim = _Victim(make_document(Path(folder, f"{cycle}.dateline")))
            figures.update(victim.killed_once(random))
    return {"kills": count, **figures}


class _Victim:
    """A document whose editor is killed again and again, and what is known to be in it."""

    def __init__(self, path):
        self._path = path
        with closing(Document.open(path)) as document:
            self._rows = rows_by_key(document)
            self._log = [edit.uid for edit in document.store.edits()]

    def killed_once(self, random):
        seed = random.random()
        with closing(Forked(lambda there: self._edit(there, seed))) as editor:
            editor.lines.readline()  # the document is open
            heard = [editor.lines.readline() for _ in range(random.randrange(6))]
            sleep(random.uniform(0, _UP_TO))  # the moment is what is random; nothing relies on it
            editor.kill()
            heard.extend(line for line in editor.lines if line.endswith(b"\n"))
        acknowledged = [line.decode().strip() for line in heard]
        hot = bool(hot_side_files(self._path))
        unheard = self._expect_whole(acknowledged)
        return {"acknowledged edits": len(acknowledged), "hot journals": hot, "saved but unheard": unheard}

    def _edit(self, there, seed):
        """Edit until killed; tell of each edit as soon as it is said to be saved."""
        document = Document.open(self._path)
        document.listen(lambda edit, _who: there.sendall(f"{edit.uid}\n".encode()))
        editor = Editor(document, Random(seed), str(seed))
        there.sendall(b"ready\n")
        while True:
            editor.edit()

    def _expect_whole(self, acknowledged):
        """Expect the document to be the sum of its log, and every acknowledged edit in there."""
        with opened_clean(self._path) as document:
            log = [edit.uid for edit in document.store.edits()]
            known = len(self._log) + len(acknowledged)
            assert log[:known] == self._log + acknowledged, "an acknowledged edit is lost"
            assert len(log) <= known + 1, "edits that nobody made"
            for uid in log[len(self._log) :]:
                replay(self._rows, document.store.edit(uid))
            assert rows_by_key(document) == self._rows, "an edit is there by half"
        self._log = log
        return len(log) - known


@needs_fork
def test_fault_37_of_500_random_kills_none_loses_or_halves_an_acknowledged_edit():
    figures = random_kills(500)
    assert figures["kills"] == 500
    assert figures["acknowledged edits"] > 500
    assert figures["hot journals"] > 0
