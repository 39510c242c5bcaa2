"""A document beside a model of it that knows nothing of rows: plain records by uid, and a list of past states."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from builders import TEXT, a_claim, a_source, an_event
from faults.harness import added, all_apart, scratch, shares
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.records import Hop, Link, Part
from viewer.storage.errors import WriteError

_DATES = (None, "2025", "2024/..", "[..2024-10]", "-0043-03-15")
_STEPS = Counter()


def state_machine(examples, steps, number=6):
    """Run so many random lives of a document of so many steps each; return the figures."""
    calls = [(part, steps, number + n) for n, part in enumerate(shares(examples, 2))]
    return added(all_apart(_lives, calls, timeout=36_000))


def _lives(examples, steps, number):
    # No shrinking beyond a minute, no database: the same lives each time, told from the others by their seed.
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=HealthCheck,
    )
    run_state_machine_as_test(seed(number)(Lives), settings=chosen, _min_steps=steps)
    return dict(_STEPS)


class Model:
    """What a document holds: events and sources by uid, in the order in which they were added."""

    def __init__(self, events=(), sources=()):
        self.events, self.sources = dict(events), dict(sources)

    def copy(self):
        return Model(self.events, self.sources)

    def change_claims(self, change):
        for uid, event in self.events.items():
            self.events[uid] = replace(event, claims=tuple(change(claim) for claim in event.claims))

    def delete_event(self, uid):
        del self.events[uid]
        for other, event in self.events.items():
            self.events[other] = replace(event, links=tuple(link for link in event.links if link.to != uid))
        self.change_claims(lambda claim: replace(claim, statement=None) if claim.statement == uid else claim)

    def delete_source(self, uid):
        del self.sources[uid]
        for other, source in self.sources.items():
            if source.derived_from == uid:
                self.sources[other] = replace(source, derived_from=None)

    def claims_of(self, source):
        return [claim for event in self.events.values() for claim in event.claims if claim.source == source]


class Lives(RuleBasedStateMachine):
    """Random editing. `states` are the models that were, `at` is where among them the document stands."""

    def __init__(self):
        super().__init__()
        self.scratch = scratch()
        self.folder = self.scratch.__enter__()
        self.document = Document.create(self.folder / "a.dateline")
        self.states, self.at, self.count = [Model()], 0, 0
        _STEPS["lives"] += 1

    def teardown(self):
        assert self.document.check() == []
        self.document.close()
        self.scratch.__exit__(None, None, None)

    @property
    def model(self):
        return self.states[self.at]

    def fresh(self, word):
        self.count += 1
        return f"{word}-{self.count}"

    def edited(self, after):
        """Note a new state; one that is as the last needs no edit, and none may be made."""
        edits = len(self.document.store.edits())
        assert (edits > self.edits_before) == (_content(after) != _content(self.model))
        if edits > self.edits_before:
            self.states[self.at + 1 :] = [after]
            self.at += 1

    def begin(self):
        self.edits_before = len(self.document.store.edits())
        return self.model.copy()

    @rule(
        kind=st.sampled_from(("deployment", "statement")),
        date=st.sampled_from(_DATES),
        sources=st.integers(0, 2),
    )
    def add_an_event(self, kind, date, sources):
        after = self.begin()
        new = [a_source(uid=self.fresh("source")) for _ in range(sources)]
        event = an_event(
            uid=self.fresh("event"),
            kind=kind,
            when=date and from_edtf(date),
            place="Kursk",
            actors=(Part(name="Army", role="force"),),
            tags=("rail", "north"),
            claims=tuple(self.a_claim(source.uid) for source in new),
        )
        self.document.save_event(event, new_sources=new)
        after.sources.update({source.uid: source for source in new})
        after.events[event.uid] = event
        self.edited(after)

    def a_claim(self, source):
        return a_claim(source, uid=self.fresh("claim"), quote=None, span=None, chain=(Hop(name="An agency"),))

    @precondition(lambda self: self.model.events)
    @rule(data=st.data(), title=st.sampled_from("abc"), link=st.booleans())
    def revise_an_event(self, data, title, link):
        after = self.begin()
        event = self.drawn(data, self.model.events)
        links = (Link(to=self.drawn(data, self.model.events).uid, relation="about"),) if link else ()
        event = after.events[event.uid] = replace(event, title=title, links=links)
        self.document.save_event(event)
        self.edited(after)

    @precondition(lambda self: self.model.events and self.model.sources)
    @rule(data=st.data(), keep=st.booleans(), note=st.sampled_from((None, "looked at", "Ж")))
    def change_claims(self, data, keep, note):
        after = self.begin()
        event, other = self.drawn(data, self.model.events), self.drawn(data, self.model.events)
        new = replace(self.a_claim(self.drawn(data, self.model.sources).uid), note=note, statement=other.uid)
        event = after.events[event.uid] = replace(event, claims=(*(event.claims if keep else ()), new))
        self.document.save_event(event)
        self.edited(after)

    @precondition(lambda self: self.model.events)
    @rule(data=st.data())
    def delete_an_event(self, data):
        after = self.begin()
        uid = self.drawn(data, self.model.events).uid
        self.document.delete_event(self.document.store.ids_by("events", "uid")[uid])
        after.delete_event(uid)
        self.edited(after)

    @rule(data=st.data(), title=st.sampled_from("xyz"), copied=st.booleans())
    def add_a_source(self, data, title, copied):
        after = self.begin()
        original = self.drawn(data, self.model.sources).uid if copied and self.model.sources else None
        source = a_source(uid=self.fresh("source"), title=title, derived_from=original)
        self.document.save_source(source)
        after.sources[source.uid] = source
        self.edited(after)

    @precondition(lambda self: self.model.sources)
    @rule(data=st.data(), verb=st.sampled_from(("title", "grade", "text", "retract", "restore")))
    def change_a_source(self, data, verb):
        after, document = self.begin(), self.document
        source = self.drawn(data, self.model.sources)
        if verb in ("retract", "restore"):
            retracted = verb == "retract"
            document.retract_source(source.uid, retracted)
            after.change_claims(lambda c: replace(c, retracted=retracted) if c.source == source.uid else c)
        elif verb == "grade":
            document.grade_source(source.uid, "B")
            after.sources[source.uid] = replace(source, reliability="B")
        elif verb == "text":
            text = data.draw(st.sampled_from((TEXT, "Another text.", None)))
            document.replace_source_text(source, text, {})
            after.sources[source.uid] = replace(source, text=text)
        else:
            changed = after.sources[source.uid] = replace(source, title=data.draw(st.sampled_from("xyz")))
            document.save_source(changed)
        self.edited(after)

    @precondition(lambda self: self.model.sources)
    @rule(data=st.data())
    def delete_a_source(self, data):
        after = self.begin()
        uid = self.drawn(data, self.model.sources).uid
        if self.model.claims_of(uid):
            with pytest.raises(WriteError, match="on “"):
                self.document.delete_source(uid)
        else:
            self.document.delete_source(uid)
            after.delete_source(uid)
        self.edited(after)

    @rule()
    def undo(self):
        assert (self.document.undo() is not None) == (self.at > 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self):
        assert (self.document.redo() is not None) == (self.at + 1 < len(self.states))
        self.at = min(len(self.states) - 1, self.at + 1)

    @rule()
    def reopen(self):
        self.document.close()
        self.document = Document.open(self.folder / "a.dateline")

    def drawn(self, data, records):
        return records[data.draw(st.sampled_from(sorted(records)))]

    @invariant()
    def the_document_is_what_the_model_is(self):
        _STEPS["steps"] += 1
        store = self.document.store
        assert {event.uid: event for event in store.events()} == self.model.events
        assert {source.uid: source for source in store.sources()} == self.model.sources


def _content(model):
    return model.events, model.sources


@pytest.mark.timeout(300)
def test_fault_63_500_lives_of_50_steps_are_what_the_model_says_at_every_step():
    figures = state_machine(500, 50)
    assert figures["lives"] >= 500
    assert figures["steps"] >= 500 * 50
