"""Undo and redo: always exactly back and forth, past a restart, and never half."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_bundle, a_claim, a_source, an_event, raw_claim, raw_event, raw_source
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from untouched import assert_untouched, no_space

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.records import Hop, Link, Part
from viewer.storage.errors import WriteError

KINDS = ("deployment", "withdrawal", "statement")
LOCK = """
import sqlite3, sys
lock = sqlite3.connect(sys.argv[1], isolation_level=None)
lock.execute(sys.argv[2])
print("held", flush=True)
sys.stdin.readline()
"""


def whole(document):
    """Everything that undo must restore."""
    meta = document.store.meta()
    return document.store.dump(), meta.title, meta.language, meta.extra


@contextmanager
def locked(path, how="BEGIN IMMEDIATE"):
    """Another process holds the file."""
    command = [sys.executable, "-c", LOCK, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.communicate("\n")


class Histories(RuleBasedStateMachine):
    """Random editing beside a model of it: every state that was, and where in them the document stands."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.document = Document.create(self.folder / "a.dateline")
        self.states = [whole(self.document)]
        self.at = 0

    def teardown(self):
        self.document.close()
        shutil.rmtree(self.folder)

    def changed(self, edits_before):
        if len(self.document.store.edits()) > edits_before:
            self.states[self.at + 1 :] = [whole(self.document)]
            self.at += 1

    def edit(self, act):
        before = len(self.document.store.edits())
        act()
        self.changed(before)

    def some_event(self, data):
        return data.draw(st.sampled_from(list(self.document.store.events())))

    @rule(kind=st.sampled_from(KINDS), edtf=st.sampled_from(["2025", "2024/..", "[..2024-10]", None]))
    def add(self, kind, edtf):
        source = a_source()
        event = an_event(
            kind=kind,
            when=edtf and from_edtf(edtf),
            place="Kursk",
            actors=(Part(name="Army", role="force"),),
            tags=("rail",),
            claims=(a_claim(source, chain=(Hop(name="An agency"), Hop(name="x", anonymous=True))),),
        )
        self.edit(lambda: self.document.save_event(event, new_sources=[source]))

    @precondition(lambda self: self.document.store.event_ids())
    @rule(data=st.data(), title=st.sampled_from("abc"), drop=st.booleans())
    def revise(self, data, title, drop):
        event, other = self.some_event(data), self.some_event(data)
        revised = replace(
            event,
            title=title,
            actors=(Part(name=title, role="speaker"),),
            links=(Link(to=other.uid, relation="about"),),
            claims=() if drop else tuple(replace(c, statement=other.uid, note=title) for c in event.claims),
        )
        self.edit(lambda: self.document.save_event(revised))

    @precondition(lambda self: self.document.store.event_ids())
    @rule(data=st.data())
    def delete(self, data):
        event = self.some_event(data)
        self.edit(lambda: self.document.delete_event(event.id))

    @rule(
        numbers=st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True), title=st.sampled_from("xyz")
    )
    def bring_in(self, numbers, title):
        source = raw_source(uid="brought-source")
        events = [
            raw_event(
                uid=f"brought-{n}",
                title=title,
                claims=[raw_claim(source["uid"], uid=f"brought-claim-{n}")],
                links=[{"to": f"brought-{numbers[0]}", "relation": "follows"}],
            )
            for n in numbers
        ]
        data = a_bundle(title=title, sources=[source], events=events, places=[{"name": "Kursk"}])
        self.edit(lambda: self.document.import_files([("brought.json", data)]))

    @precondition(lambda self: self.document.store.source_briefs())
    @rule(data=st.data(), verb=st.sampled_from(("retract", "restore", "grade", "text", "delete")))
    def change_a_source(self, data, verb):
        source = data.draw(st.sampled_from(list(self.document.store.sources())))
        verbs = {
            "retract": lambda: self.document.retract_source(source.uid, True),
            "restore": lambda: self.document.retract_source(source.uid, False),
            "grade": lambda: self.document.grade_source(source.uid, "B"),
            "text": lambda: self.document.replace_source_text(source, "Another text.", {}),
            "delete": lambda: self.document.delete_source(source.uid),
        }
        try:
            self.edit(verbs[verb])
        except WriteError:
            assert verb == "delete"

    @rule()
    def undo(self):
        done = self.document.undo()
        assert (done is not None) == (self.at > 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self):
        done = self.document.redo()
        assert (done is not None) == (self.at + 1 < len(self.states))
        self.at = min(len(self.states) - 1, self.at + 1)

    @rule()
    def reopen(self):
        self.document.close()
        self.document = Document.open(self.folder / "a.dateline")

    @invariant()
    def the_document_is_where_the_model_stands(self):
        assert whole(self.document) == self.states[self.at]
        assert (self.document.history.next_undo is not None) == (self.at > 0)
        assert (self.document.history.next_redo is not None) == (self.at + 1 < len(self.states))


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_fault_63_a_thousand_edits_undone_and_redone(document):
    """Every step gives back the very same rows."""
    states = [document.store.dump()]
    events = [an_event(uid=f"event-{number}") for number in range(20)]
    for number in range(1_000):
        known = document.store.ids_by("events", "uid")
        event = events[number % 20]
        if event.uid in known and number % 3 == 0:
            document.delete_event(known[event.uid])
        else:
            document.save_event(replace(event, title=f"Title {number}"))
        states.append(document.store.dump())
    assert len(document.store.edits()) == 1_000
    for number in range(999, -1, -1):
        document.undo()
        assert document.store.dump() == states[number]
    assert document.undo() is None
    for number in range(1, 1_001):
        document.redo()
        assert document.store.dump() == states[number]
    assert document.redo() is None
    document.undo()
    document.save_event(an_event())
    assert document.redo() is None
    assert document.store.revision == 3_002
    assert document.check() == []


def test_undo_and_redo_work_after_reopening(document):
    document.save_event(an_event(uid="first"))
    document.save_event(an_event(uid="second"))
    document.undo()
    path = document.path
    document.close()
    with closing(Document.open(path)) as again:
        assert again.history.next_undo.label == again.history.next_redo.label
        again.redo()
        assert set(again.store.ids_by("events", "uid")) == {"first", "second"}
        again.undo()
        again.undo()
        assert again.store.event_ids() == []
        assert again.undo() is None


def test_listeners_hear_of_every_edit_and_of_who_asked(document):
    heard = []
    document.listen(lambda edit, who: heard.append((edit.label, edit.undoes is not None, who)))
    row = document.save_event(an_event(title="T"), who="form")
    document.undo(who="menu")
    document.redo(who="key")
    document.delete_event(row, who="list")
    document.import_files([("b.json", a_bundle(events=[raw_event()]))], who="drop")
    document.import_files([("b.json", a_bundle(events=[raw_event()]))], dry_run=True)
    assert heard == [
        ("Add deployment “T”", False, "form"),
        ("Add deployment “T”", True, "menu"),
        ("Add deployment “T”", True, "key"),
        ("Delete deployment “T”", False, "list"),
        ("Import b.json", False, "drop"),
    ]


@contextmanager
def log_garbled(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("""UPDATE edit_changes SET "after" = 'no json'""")
    yield


def exclusively(path):
    return locked(path, "BEGIN EXCLUSIVE")


def without_space(_path):
    return no_space()


@pytest.mark.parametrize(
    ("trouble", "steps"),
    [
        (locked, [Document.undo]),  # one step each: it takes as long as we wait for a lock
        (exclusively, [Document.redo]),
        (without_space, [Document.undo, Document.redo]),
        (log_garbled, [Document.undo, Document.redo]),
    ],
)
def test_fault_62_undo_and_redo_while_the_write_fails(document, trouble, steps):
    """Nothing moves: not the document, not its file, not the stacks; afterwards the same step succeeds."""
    for title in ("one", "two"):
        document.save_event(an_event(uid="event", title=title))
    document.undo()
    heard = []
    document.listen(lambda edit, who: heard.append(edit))
    history = document.history
    before, stacks = whole(document), (history.next_undo, history.next_redo)
    with trouble(document.path), assert_untouched(document.path):
        for step in steps:
            with pytest.raises(WriteError):
                step(document)
    assert heard == []
    assert (history.next_undo, history.next_redo) == stacks
    assert whole(document) == before
    if trouble is not log_garbled:
        document.redo()
        document.undo()
        assert whole(document) == before
        document.undo()
        assert document.store.event_ids() == []


def test_without_space_nothing_of_an_import_is_there(document, sample):
    before = whole(document)
    with no_space(), assert_untouched(document.path), pytest.raises(WriteError):
        document.import_files([(sample.name, sample.read_bytes())])
    assert whole(document) == before
    assert document.history.next_undo is None
    assert document.import_files([(sample.name, sample.read_bytes())]).added == 16
    document.undo()
    assert whole(document) == before


def test_an_undo_is_recorded_for_who_undid_it(document, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ada")
    document.save_event(an_event())
    monkeypatch.setenv("LOGNAME", "grace")
    document.undo()
    assert [edit.author for edit in document.store.edits()] == ["ada", "grace"]


STEAL = """title" = 'stolen' WHERE ?1 = ?1 OR ?2 = 0 -- """


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ('"before"', json.dumps({STEAL: "x"})),
        ('"before"', json.dumps({"no_column": 1})),
        ('"before"', "[1]"),
        ("table_name", "meta"),
        ("table_name", "edits"),
    ],
    ids=["SQL", "no column", "no object", "another table", "the log"],
)
def test_a_log_that_names_what_is_not_ours_is_not_undone(document, column, value):
    for title in ("one", "two"):
        document.save_event(an_event(uid="event", title=title))
    with closing(sqlite3.connect(document.path)) as other, other:
        other.execute(f"UPDATE edit_changes SET {column} = ? WHERE edit_id = 2", (value,))
    before = whole(document)
    with assert_untouched(document.path), pytest.raises(WriteError):
        document.undo()
    assert whole(document) == before
