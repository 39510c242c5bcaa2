"""Damaged documents: refused, or opened and every change of a source's text named; never a crash or a hang."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from builders import a_claim, a_source, an_event
from faults.harness import Forked, added, all_apart, needs_fork, shares
from faults.mutators import mutated

from viewer.document import Document
from viewer.domain.filters import Filter
from viewer.storage.errors import OpenError, ReadError, WriteError

_LIMIT = 2.0  # seconds of processor time for one document
_WALL = 30
_BESIDE = 0.1  # how many mutants have a journal, as damaged as they are
_USED = 0.05  # how many of those that open are searched, drawn and changed, too


def mutants(count, seed=11):
    """Open so many damaged documents; return the figures."""
    return added(
        all_apart(_mutants, [(part, seed + n) for n, part in enumerate(shares(count, 2))], timeout=36_000)
    )


def _mutants(count, seed):
    figures, failures, done = Counter(mutants=count), [], 0
    with TemporaryDirectory() as folder:
        nursery = _Nursery(Path(folder), seed)
        while done < count:
            with closing(Forked(lambda there, first=done: nursery.try_all(there, first, count))) as child:
                for line in child.lines:
                    outcome, _, told = line.decode().strip().partition(" ")
                    if outcome != "next":
                        figures[outcome] += 1
                        failures += [f"mutant {done} of seed {seed}: {told}"] if outcome == "failed" else []
                        done += 1
                code = child.ended()
            if done < count:
                failures.append(f"mutant {done} of seed {seed} ended the process with {code}")
                done += 1
    assert not failures, "\n".join(failures[:20])
    return figures


class _Nursery:
    """Makes damaged documents from a good one, each by its number."""

    def __init__(self, folder, seed):
        self._seed, self._path = seed, folder / "mutant" / "m.dateline"
        self._path.parent.mkdir()
        good = _good(folder / "good.dateline")
        self._good, self._hot, self._journal = (
            good.read_bytes(),
            *_half_written(good, folder / "hot.dateline"),
        )
        with closing(Document.open(good)) as document:
            self._texts = Counter(source.text for source in document.store.sources())

    def try_all(self, there, first, end):
        """Try the mutants from a number on, telling of each; a hang ends this process."""
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        for number in range(first, end):
            signal.setitimer(signal.ITIMER_PROF, _LIMIT)
            signal.alarm(_WALL)
            try:
                outcome = self._tried(Random(f"{self._seed}-{number}"))
            except Exception as error:
                outcome = f"failed {error!r} at {_place_of(error)}"
            there.sendall(f"{outcome}\n".replace("\n", " ").rstrip().encode(errors="replace") + b"\n")

    def _tried(self, random):
        beside = random.random() < _BESIDE
        journal = self._path.with_name(self._path.name + "-journal")
        journal.unlink(missing_ok=True)
        if beside:
            journal.write_bytes(mutated(self._journal, random))
        data = mutated(self._hot if beside else self._good, random)
        self._path.write_bytes(data)
        try:
            document = Document.open(self._path)
        except OpenError:
            assert beside or self._path.read_bytes() == data, "refused and changed all the same"
            return "refused"
        with closing(document):
            return self._looked_at(document, random)

    def _looked_at(self, document, random):
        found = document.check()
        try:
            texts = Counter(source.text for source in document.store.sources())
            if random.random() < _USED:
                _use(document)
        except ReadError:
            assert found, "cannot be read, and the check says nothing"
            return "unreadable"
        if texts != self._texts:
            assert found, "a source's text is not what it was, and the check says nothing"
        if texts != self._texts:
            return "changed-text-named"
        return "damage-named" if found else "opened"


def _use(document):
    list(document.store.events())
    document.matching(Filter(text="soldiers"))
    document.chart(lambda kind: kind.label)
    document.bundle()
    try:
        for kind in document.store.kinds()[:1]:
            document.save_event(an_event(kind=kind.name, title="A new one"))
        document.undo()
        document.undo()
    except WriteError:
        pass


def _place_of(error):
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def _good(path):
    """A small document with every sort of row, and a text of several pages."""
    with closing(Document.create(path)) as document:
        for number, text in enumerate(("A short text.", "Words over several pages. " * 600, None)):
            source = a_source(uid=f"s-{number}", text=text)
            quoted = text is not None
            claim = a_claim(
                source, uid=f"c-{number}", quote=text[:7] if quoted else None, span=(0, 7) if quoted else None
            )
            event = an_event(uid=f"e-{number}", claims=(claim,), tags=("soldiers",), place="Kursk")
            document.save_event(event, new_sources=[source])
    return path


def _half_written(good, path):
    """The bytes of a document and of its journal as a kill leaves them in the midst of a write."""
    shutil.copy(good, path)
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE sources SET title = title || 'x', text = text || 'y'")
        connection.execute("UPDATE events SET title = 'half written'")
        return path.read_bytes(), journal.read_bytes()


@needs_fork
@pytest.mark.timeout(300)
def test_fault_11_10000_damaged_documents_are_refused_or_opened_and_changed_texts_are_named():
    figures = mutants(10_000)
    assert sum(figures.values()) == 2 * figures["mutants"] == 20_000
    assert min(figures["refused"], figures["opened"], figures["changed-text-named"]) > 100
