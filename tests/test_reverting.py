"""One edit taken back alone, and all that came after a point: exactly, as one new edit, and never half."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from builders import a_bundle, a_claim, a_source, an_event, raw_claim, raw_event, raw_source
from hypothesis import given, settings
from hypothesis import strategies as st
from untouched import assert_untouched

from viewer.document import Document
from viewer.domain.records import Hop, Link, Part
from viewer.reverting import MOST_ROWS
from viewer.storage.errors import WriteError

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "revise", "delete", "import", "source", "undo", "redo")), st.integers(0, 9)
    ),
    min_size=1,
    max_size=12,
)


def uids(document):
    return [uid for uid, _ in document.store.edit_order()]


def step(document, verb, number):
    """One change, or none where there is nothing to change."""
    events = list(document.store.events())
    sources = list(document.store.sources())
    event = events[number % len(events)] if events else None
    if verb == "add":
        source = a_source()
        claim = a_claim(source, chain=(Hop(name=f"Agency {number % 3}"),))
        parts = (Part(name=f"Actor {number % 4}", role="force"),)
        links = () if event is None else (Link(to=event.uid, relation="follows"),)
        added = an_event(claims=(claim,), actors=parts, tags=(f"tag {number % 3}",), links=links)
        document.save_event(added, new_sources=[source])
    elif verb == "import":
        source = raw_source(uid="brought")
        event_row = raw_event(uid=f"brought-{number % 2}", title=f"{number}")
        event_row["claims"] = [raw_claim("brought", uid=f"claim-{number % 2}")]
        document.import_files([("b.json", a_bundle(sources=[source], events=[event_row]))])
    elif verb == "source" and sources:
        document.grade_source(sources[number % len(sources)].uid, "ABCDEF"[number % 6])
    elif verb == "undo":
        document.undo()
    elif verb == "redo":
        document.redo()
    elif event is not None and verb == "delete":
        document.delete_event(event.id)
    elif event is not None and verb == "revise":
        document.save_event(replace(event, title=f"Title {number}", claims=event.claims[:number]))


def random_document(folder, steps):
    """A document after random steps, and what it held after each edit of its log."""
    document = Document.create(folder / f"{len(list(folder.iterdir()))}.dateline")
    document.save_event(an_event(uid="first"))
    states = {uids(document)[-1]: document.store.dump()}
    for verb, number in steps:
        step(document, verb, number)
        states[uids(document)[-1]] = document.store.dump()
    return document, states


@settings(max_examples=30)
@given(steps=STEPS, place=st.integers(0, 12))
def test_to_go_back_to_a_point_gives_what_was_there_then(tmp_path_factory, steps, place):
    document, states = random_document(tmp_path_factory.mktemp("d"), steps)
    with closing(document):
        order = uids(document)
        target, newest = order[place % len(order)], document.store.dump()
        done = document.go_back(target)
        assert document.store.dump() == states[target]
        assert (done is None) == (newest == states[target])
        assert len(uids(document)) == len(order) + (done is not None)
        assert document.check() == []
        if done is not None:
            document.undo()
            assert document.store.dump() == newest
            document.redo()
            assert document.store.dump() == states[target]


@settings(max_examples=25)
@given(steps=STEPS)
def test_to_revert_the_newest_is_to_undo_it(tmp_path_factory, steps):
    document, _states = random_document(tmp_path_factory.mktemp("d"), steps)
    with closing(document):
        newest = document.history.next_undo
        if newest is None:
            return
        before = document.store.dump()
        document.undo()
        undone = document.store.dump()
        document.redo()
        done = document.revert(document.history.next_undo.uid, reason="a slip")
        assert (document.store.dump(), done.reason) == (undone, "a slip")
        assert document.history.next_redo.uid == done.uid
        document.redo()
        assert document.store.dump() == before


@settings(max_examples=30)
@given(steps=STEPS, place=st.integers(0, 12))
def test_an_edit_reverted_alone_is_one_undo_away_or_nothing_has_changed(tmp_path_factory, steps, place):
    document, _states = random_document(tmp_path_factory.mktemp("d"), steps)
    with closing(document):
        order, before = uids(document), document.store.dump()
        target = order[place % len(order)]
        refusal = None
        try:
            document.revert(target)
        except WriteError as error:
            refusal = error.code
        if refusal is not None:
            assert (refusal, document.store.dump(), uids(document)) == ("in-the-way", before, order)
            return
        assert len(uids(document)) == len(order) + 1
        assert document.check() == []
        document.revert(uids(document)[-1])
        assert document.store.dump() == before


def test_a_deleted_event_comes_back_with_its_claims_whatever_came_after(document):
    source = a_source()
    event = an_event(claims=(a_claim(source, chain=(Hop(name="An agency"),)),), tags=("rail",))
    row = document.save_event(event, new_sources=[source])
    whole = document.store.event(row)
    document.delete_event(row)
    deletion = uids(document)[-1]
    document.save_event(an_event(uid="later"))
    heard = []
    document.listen(lambda edit, who: heard.append((edit.label, edit.undoes, who)))
    done = document.revert(deletion, reason="It was right", who="panel")
    assert document.store.event(row) == whole
    assert heard == [(f"Revert: Delete deployment “{event.title}”", None, "panel")]
    assert document.store.edit_brief(done.uid).reason == "It was right"
    document.undo()
    assert document.store.event(row) is None
    assert document.store.id_of("events", "uid", "later") is not None


def test_what_was_changed_since_stands_in_the_way_and_is_named(document):
    document.save_event(an_event(uid="event", title="one"))
    document.save_event(an_event(uid="event", title="two"))
    revision = uids(document)[-1]
    document.save_event(an_event(uid="event", title="three"))
    with (
        assert_untouched(document.path),
        pytest.raises(WriteError, match="The event “three” was changed since"),
    ):
        document.revert(revision)


def test_a_field_that_nobody_touched_since_is_reverted_beside_later_changes(document):
    event = an_event(uid="event", title="one", summary="old")
    document.save_event(event)
    document.save_event(replace(event, title="two"))
    retitled = uids(document)[-1]
    document.save_event(replace(event, title="two", summary="new"))
    document.revert(retitled)
    found = next(document.store.events())
    assert (found.title, found.summary) == ("one", "new")


def test_what_others_need_stands_in_the_way_and_is_named(document):
    source = a_source(title="The paper")
    document.save_source(source)
    added = uids(document)[-1]
    document.save_event(an_event(title="Said", claims=(a_claim(source, quote="came by train", span=None),)))
    with (
        assert_untouched(document.path),
        pytest.raises(WriteError, match=r"came by train.*needs the source “The paper”"),
    ):
        document.revert(added)


def test_what_is_no_longer_there_stands_in_the_way(document):
    row = document.save_event(an_event(uid="event", title="one"))
    document.save_event(an_event(uid="event", title="two"))
    revision = uids(document)[-1]
    document.delete_event(row)
    with assert_untouched(document.path), pytest.raises(WriteError, match="is no longer there"):
        document.revert(revision)


def test_too_much_at_once_is_refused_with_the_reason(document):
    document.save_event(an_event(uid="first"))
    first = uids(document)[-1]
    events = [raw_event(uid=f"e{number}") for number in range(MOST_ROWS + 1)]
    document.import_files([("many.json", a_bundle(events=events))])
    imported = uids(document)[-1]
    document.save_event(an_event(uid="last"))
    for refused in (lambda: document.go_back(first), lambda: document.revert(imported)):
        with assert_untouched(document.path), pytest.raises(WriteError, match="more than 10,000 rows"):
            refused()
    document.go_back(imported)
    assert document.store.id_of("events", "uid", "last") is None


def test_it_works_past_a_restart(document):
    document.save_event(an_event(uid="first"))
    document.save_event(an_event(uid="second"))
    first = uids(document)[0]
    document.go_back(first)
    path = document.path
    document.close()
    with closing(Document.open(path)) as again:
        assert again.history.next_undo.label.startswith("Go back to: Add deployment")
        again.undo()
        assert set(again.store.ids_by("events", "uid")) == {"first", "second"}
        again.redo()
        assert set(again.store.ids_by("events", "uid")) == {"first"}
