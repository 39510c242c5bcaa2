"""Reading stored wordings again: what changes, what stays, and one edit for all of it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given
from record_strategies import records
from untouched import assert_untouched

from viewer.document import Document
from viewer.domain.dates import PARSER_VERSION, from_edtf, read_date, unread_date
from viewer.domain.restating import restated
from viewer.rereading import plan_rereading


def as_once_read(text, edtf, rule="R1", **more):
    """A date as a version with other rules has stored it."""
    return restated(edtf, text=text, rule=rule, parser_version=1, **more)


OLD = as_once_read("early 2025", "[2025-01..2025-03]", flags=["approximate"])
NEW = read_date("early 2025")


def planned(when, **source):
    """What becomes of an event's date; `source`: the fields of the source of its only claim."""
    paper = a_source(**source)
    return plan_rereading([an_event(when=when, claims=(a_claim(paper),))], [paper])


def test_a_wording_that_reads_otherwise_today_is_listed():
    (found,) = planned(OLD)
    assert (found.table, found.field, found.title) == ("events", "when", "Soldiers come by train")
    assert (found.before, found.after, found.applies) == (OLD, NEW, True)
    assert found.after.parser_version == PARSER_VERSION


@pytest.mark.parametrize(
    "date",
    [
        None,
        NEW,
        from_edtf("2025"),
        from_edtf("[2025-01..2025-03]", text="early 2025"),
        as_once_read("early 2025", "[2025-01..2025-03]", rule=None),
        as_once_read("2025-02", "2025-01", rule="EDTF"),
        as_once_read(None, "[2025-01..2025-03]"),
        unread_date("soon"),
        unread_date("February"),
    ],
    ids=[
        "none",
        "same",
        "edtf",
        "wording beside",
        "by hand",
        "was edtf",
        "no wording",
        "unreadable",
        "no year",
    ],
)
def test_what_was_stated_or_reads_the_same_stays(date):
    assert planned(date) == ()


def test_the_reference_and_the_language_of_then_are_used():
    old = as_once_read(
        "le 03/04", "2024-03-04", rule="R4+R10", reference="2025-03-10", language="fr", flags=[]
    )
    (found,) = planned(old, published=from_edtf("2030"), language="en")
    assert (found.after.edtf, found.after.reference, found.after.language) == (
        "2024-04-03",
        "2025-03-10",
        "fr",
    )


def test_a_wording_that_was_never_understood_is_read_by_its_source():
    (found,) = planned(unread_date("le 19 février"), published=from_edtf("2025-02"), language="fr")
    assert (found.after.edtf, found.applies) == ("2025-02-19", True)
    assert (found.after.reference, found.after.language) == ("2025-02", "fr")


def test_the_first_source_that_supports_an_event_counts():
    against, first, second = (
        a_source(published=from_edtf(year), language="fr") for year in ("2020", "2024-12", "2022")
    )
    event = an_event(
        when=unread_date("le 19 février"),
        claims=(a_claim(against, stance="disputes"), a_claim(first), a_claim(second)),
    )
    (found,) = plan_rereading([event], [against, first, second])
    assert found.after.edtf == "2024-02-19"


def test_what_was_kept_beside_an_unread_wording_comes_before_its_source():
    date = replace(unread_date("le 03/04"), reference="2021-06", language="fr")
    (found,) = planned(date, published=from_edtf("2025-02"), language="en")
    assert found.after.edtf == "2021-04-03"


def test_claims_and_sources_are_read_too():
    source = a_source(
        uid="s", title="A paper", language="fr",
        published=as_once_read("début 2025", "[2025-01..2025-03]", language="fr"),
        accessed=unread_date("mi-février 2025"),
    )  # fmt: skip
    event = an_event(title="Train", claims=(a_claim(source, uid="c", when=unread_date("fin mars 2025")),))
    found = plan_rereading([event], [source])
    assert [(each.table, each.uid, each.field, each.title, each.after.edtf) for each in found] == [
        ("sources", "s", "published", "A paper", "[2025-01..2025-04]"),
        ("sources", "s", "accessed", "A paper", "[2025-02-11..2025-02-20]"),
        ("claims", "c", "when", "Train", "[2025-03-21..2025-03-31]"),
    ]


def test_a_wording_that_can_no_longer_be_read_keeps_its_meaning():
    old = as_once_read("on the ides of March 2025", "2025-03-15")
    (found,) = planned(old)
    assert (found.after, found.applies) == (None, False)
    old = as_once_read("in October", "2024-10", rule="R4")
    (found,) = planned(old)
    assert (found.after.is_dated, found.applies) == (False, False)


def test_a_wording_that_has_become_ambiguous_is_left_to_the_user():
    (found,) = planned(unread_date("03/04/2025"), language="en")
    assert (found.after.ambiguous, found.applies) == (True, False)
    (found,) = planned(as_once_read("03/04/2025", "2025-05-01", rule="R10"))
    assert (found.after.ambiguous, found.applies) == (True, False)


def test_a_reading_that_was_chosen_stays():
    for chosen in ("2025-03-04", "2025-04-03"):
        assert planned(as_once_read("03/04/2025", chosen, rule="R10")) == ()


@given(records())
def test_any_document_can_be_planned_and_done_and_then_nothing_is_left_to_do(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("any") / "a.dateline"
    with closing(Document.create(path)) as document:
        for source in drawn.sources:
            document.save_event(an_event(), new_sources=[replace(source, derived_from=None)])
        for event in drawn.events:
            claims = tuple(replace(claim, statement=None) for claim in event.claims)
            document.save_event(replace(event, links=(), claims=claims))
        before = document.store.dump()
        found = document.plan_rereading()
        assert document.store.dump() == before
        done = document.reread(found)
        assert (done is not None) == any(each.applies for each in found)
        assert document.check() == []
        assert not any(each.applies for each in document.plan_rereading())
        if done is not None:
            document.undo()
        assert document.store.dump() == before


def test_a_date_that_was_changed_meanwhile_stays(document):
    document.save_event(an_event(uid="e", when=OLD))
    found = document.plan_rereading()
    (event,) = document.store.events()
    document.save_event(replace(event, when=from_edtf("2021")))
    assert document.reread(found) is None
    assert next(document.store.events()).when == from_edtf("2021")


# The command


@pytest.fixture
def path(tmp_path):
    """The path of a document with two dates to be read again, one that is lost, and one that is fine."""
    path = tmp_path / "old.dateline"
    source = a_source(uid="s", published=from_edtf("2025-02"), language="fr")
    with closing(Document.create(path)) as document:
        document.save_event(an_event(uid="old", title="Old", when=OLD), new_sources=[source])
        document.save_event(
            an_event(uid="new", title="New", claims=(a_claim("s"),), when=unread_date("le 19 février"))
        )
        lost = as_once_read("the ides of March 2025", "2025-03-15")
        document.save_event(an_event(uid="lost", title="Lost", when=lost))
        document.save_event(an_event(uid="fine", when=NEW))
    return path


def when(path, uid):
    with closing(Document.open(path)) as document:
        return document.find_event(uid).when


def test_reread_lists_what_would_change_and_changes_nothing(path, dateline):
    with assert_untouched(path):
        ran = dateline("reread", path, "--json")
        words = dateline("reread", path)
    told = json.loads(ran.out)
    assert (ran.code, ran.err, told["applied"]) == (0, "", False)
    changes = {change["uid"]: change for change in told["changes"]}
    assert changes.keys() == {"old", "new", "lost"}
    old = changes["old"]
    assert (old["field"], old["text"], old["applies"]) == ("when", "early 2025", True)
    assert old["before"] == {"edtf": "[2025-01..2025-03]", "earliest": "2025-01-01", "latest": "2025-03-31"}
    assert old["after"] == {"edtf": "[2025-01..2025-04]", "earliest": "2025-01-01", "latest": "2025-04-30"}
    assert changes["new"]["before"] == {"edtf": None, "earliest": "unknown", "latest": "unknown"}
    assert (changes["lost"]["after"], changes["lost"]["applies"]) == (None, False)
    assert words.code == 0
    assert len(words.out.splitlines()) == 3
    assert "Old" in words.out
    assert "early 2025" in words.out
    assert "2 of 3" in words.err


def test_reread_applies_as_one_edit_that_one_undo_takes_back(path, dateline):
    ran = dateline("reread", path, "--apply", "--json")
    assert (ran.code, json.loads(ran.out)["applied"]) == (0, True)
    assert when(path, "old") == NEW
    assert when(path, "new").edtf == "2025-02-19"
    assert when(path, "lost").edtf == "2025-03-15"
    labels = [edit["label"] for edit in json.loads(dateline("log", path, "--json").out)["edits"]]
    assert labels[-1] == "Re-read 2 dates"
    assert len(labels) == 5
    assert dateline("check", path).code == 0
    with closing(Document.open(path)) as document:
        document.undo()
    assert when(path, "old") == OLD
    assert when(path, "new") == unread_date("le 19 février")


def test_reread_has_nothing_to_do_twice(path, dateline):
    dateline("reread", path, "--apply")
    told = json.loads(dateline("reread", path, "--apply", "--json").out)
    assert (told["applied"], [change["uid"] for change in told["changes"]]) == (False, ["lost"])


def test_reread_of_a_document_without_old_readings(made, dateline):
    with assert_untouched(made):
        ran = dateline("reread", made, "--apply")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing to change.\n")
