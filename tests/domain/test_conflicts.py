"""Claims that cannot all hold: dates, numbers, and those for against those that dispute."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import pytest
from builders import a_claim, an_event
from hypothesis import given
from provenance_strategies import contexts, events

from viewer.domain.calendar import HOUR
from viewer.domain.conflicts import conflicts, counted_range
from viewer.domain.dates import from_edtf, unread_date
from viewer.domain.provenance import Context, SourceFacts
from viewer.domain.quantities import Quantity

MANY = 10_000
LIMIT = 3.0


def saying(*values, **fields):
    """An event with a claim for each date or number."""
    claims = []
    for value in values:
        field = "quantity" if isinstance(value, Quantity) else "when"
        claims.append(
            a_claim("s", **{field: from_edtf(value) if isinstance(value, str) else value}, **fields)
        )
    return an_event(claims=tuple(claims))


def places(event, found):
    """Which of an event's claims a conflict names, by their places."""
    uids = [claim.uid for claim in event.claims]
    return [uids.index(uid) for uid in found.claims]


def a_number(low=None, high=None, qualifier="exact", unit="soldiers", measure="deployed"):
    return Quantity(
        low=low, high=low if qualifier == "exact" else high, qualifier=qualifier, unit=unit, measure=measure
    )


@pytest.mark.parametrize(
    ("dates", "clashing"),
    [
        (["2025-02", "2025-02-19"], []),
        (["2025-02", "2025-03"], [0, 1]),
        (["2025-02", "2025-03", "2025"], [0, 1]),
        (["2025-01", "2025-02", "2025-03", "2025-01/2025-03"], [0, 1, 2]),
        (["2025-02-10", "2025-02-01/2025-02-28"], []),
        (["2025-03-10", "2025-02-01/2025-02-28"], [0, 1]),
        (["2024-10/2024-11", "2024-11/2025-01"], []),
        (["2024-10/2024-11", "2024-12/2025-01"], [0, 1]),
        (["../2024", "2025"], [0, 1]),
        (["../2025", "2024/.."], []),
        (["[..2024]", "[2025..]"], [0, 1]),
        (["1985-04/", "2024"], []),
        (["1985-04/", "1980"], [0, 1]),
        (["XXXX-10", "2024-03"], []),
        # A day may be a day anywhere; a time with a zone is one moment.
        (["2024-08-13", "2024-08-13T22:30:00Z"], []),
        (["2024-08-14", "2024-08-13T22:30:00Z"], []),
        (["2024-08-14", "2024-08-13T08:00:00Z"], [0, 1]),
        (["2024-08-13T22:30:00Z", "2024-08-14T00:30:00+02:00"], []),
        (["2024-08-13T22:30:00Z", "2024-08-13T22:31:00Z"], [0, 1]),
        (["2025"], []),
        ([], []),
    ],
)
def test_dates_that_cannot_all_hold(dates, clashing):
    event = saying(*dates)
    found = conflicts(event)
    assert [each.field for each in found] == (["when"] if clashing else [])
    assert [place for each in found for place in places(event, each)] == clashing


@pytest.mark.parametrize(
    ("numbers", "clashing"),
    [
        ([a_number(3000), a_number(3000)], []),
        ([a_number(3000), a_number(3001)], [0, 1]),
        ([a_number(10_000, 12_000, "between"), a_number(11_000)], []),
        ([a_number(10_000, 12_000, "between"), a_number(None, 3000, "at_most")], [0, 1]),
        ([a_number(None, 3000, "at_most"), a_number(2000)], []),
        ([a_number(None, 3000, "at_most"), a_number(3000)], []),
        ([a_number(None, 3000, "less_than"), a_number(3000)], [0, 1]),
        ([a_number(300, None, "at_least"), a_number(300)], []),
        ([a_number(300, None, "more_than"), a_number(300)], [0, 1]),
        ([a_number(300, None, "at_least"), a_number(12, 12, "approximate")], [0, 1]),
        ([a_number(1000, 1000, "nearly"), a_number(900)], []),
        ([a_number(1000, 1000, "nearly"), a_number(899)], [0, 1]),
        ([a_number(1000, 1000, "approximate"), a_number(1100, 1100, "approximate")], []),
        ([a_number(200, 999, "order"), a_number(1000)], [0, 1]),
        ([a_number(3000), a_number(400, measure="losses")], []),
        ([a_number(3000), a_number(40, unit="tanks")], []),
        ([a_number(3000), a_number(40, unit=" SOLDIERS ")], [0, 1]),
        ([a_number(3000), a_number(40, unit=None)], [0, 1]),
        ([a_number(3000), a_number(40, unit="tanks"), a_number(3000, unit=None)], [1, 2]),
        ([a_number(3000, unit=None), a_number(3000, unit=None), a_number(1, unit=None)], [0, 1, 2]),
        ([a_number(3000), Quantity(text="a great many", measure="deployed")], []),
        ([a_number(3000), a_number(math.nan)], []),
    ],
)
def test_numbers_that_cannot_all_hold(numbers, clashing):
    event = saying(*numbers)
    found = conflicts(event)
    assert [each.field for each in found] == (["quantity"] if clashing else [])
    assert [place for each in found for place in places(event, each)] == clashing


def test_each_measure_has_a_conflict_of_its_own():
    event = saying(a_number(1), a_number(2), a_number(3, measure="losses"), a_number(4, measure="losses"))
    assert [places(event, each) for each in conflicts(event)] == [[0, 1], [2, 3]]


def test_a_dispute_names_those_that_dispute_first():
    stances = ("supports", "disputes", "mentions", "supports")
    event = an_event(claims=tuple(a_claim("s", stance=stance) for stance in stances))
    (found,) = conflicts(event)
    assert (found.field, places(event, found)) == ("stance", [1, 0, 3])
    assert found.words == "One claim disputes what two support."


@pytest.mark.parametrize("stance", ["supports", "disputes", "mentions"])
def test_claims_that_agree_are_no_conflict(stance):
    assert conflicts(an_event(claims=tuple(a_claim("s", stance=stance) for _ in range(2)))) == ()


@pytest.mark.parametrize("fields", [{"retracted": True}, {"stance": "mentions"}])
def test_what_is_retracted_or_only_mentions_clashes_with_nothing(fields):
    event = saying("2024", "2025", a_number(1), a_number(2), **fields)
    assert conflicts(event) == ()


def test_what_disputes_an_event_may_give_another_date():
    claims = (a_claim("s", when=from_edtf("2024")), a_claim("s", when=from_edtf("2025"), stance="disputes"))
    assert [each.field for each in conflicts(an_event(claims=claims))] == ["when", "stance"]


def test_a_wording_that_is_not_understood_clashes_with_nothing():
    assert conflicts(saying(unread_date("soon"), "2025")) == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            ("2025-03", "2025-02-19"),
            "Two claims give dates that cannot both hold: 19 Feb 2025 against Mar 2025.",
        ),
        (
            (a_number(1000, 1000, "nearly"), a_number(10_000, 12_000, "between")),
            (
                "Two claims give numbers that cannot both hold: "
                "nearly 1,000 soldiers (taken as 900–1,100) against 10,000–12,000 soldiers."
            ),
        ),
        (
            (a_number(3, 3, "approximate"), a_number(4), a_number(5)),
            (
                "Three claims give numbers that cannot all hold: "
                "about 3 soldiers (taken as 2.7–3.3) against 5 soldiers."
            ),
        ),
    ],
)
def test_a_conflict_is_said_in_a_sentence(values, words):
    (found,) = conflicts(saying(*values))
    assert found.words == words


def test_only_what_was_published_by_a_day_can_clash_on_it():
    published = {year: from_edtf(year) for year in ("2024", "2025")}
    around = Context(sources={year: SourceFacts(published=date) for year, date in published.items()})
    event = an_event(
        claims=(a_claim("2024", when=from_edtf("2020")), a_claim("2025", when=from_edtf("2021")))
    )
    assert conflicts(event, known_by=published["2024"].latest, context=around) == ()
    assert len(conflicts(event, known_by=published["2025"].latest, context=around)) == 1
    assert conflicts(event, known_by=published["2025"].latest) == ()


def _cannot_both_hold(one, other):
    """Whether two dates have no second in common, by their bounds."""
    slack = 14 * HOUR if (one.zone is None) != (other.zone is None) else 0
    (_, first_end), (second_start, _) = sorted(
        (
            -math.inf if date.earliest is None else date.earliest,
            math.inf if date.latest is None else date.latest,
        )
        for date in (one, other)
    )
    return first_end + slack < second_start


def _clash(one, other):
    if one.measure != other.measure:
        return False
    if one.unit and other.unit and one.unit.casefold() != other.unit.casefold():
        return False
    (_, first_high), (second_low, _) = sorted((counted_range(one), counted_range(other)))
    return first_high < second_low


@given(events(most=12))
def test_the_claims_named_are_those_that_clash_with_another(event):
    alive = [claim for claim in event.claims if not claim.retracted and claim.stance != "mentions"]
    for field, clash in (("when", _cannot_both_hold), ("quantity", _clash)):
        stated = [(claim.uid, getattr(claim, field)) for claim in alive if getattr(claim, field) is not None]
        expected = {uid for uid, one in stated for _, other in stated if clash(one, other)}
        found = [each for each in conflicts(event) if each.field == field]
        assert {uid for each in found for uid in each.claims} == expected
        assert all(len(set(each.claims)) == len(each.claims) >= 2 for each in found)


@given(events(), contexts())
def test_a_conflict_once_known_stays_known(event, around):
    days = sorted(facts.published.latest for facts in around.sources.values())
    counted = [
        {uid for each in conflicts(event, known_by=day, context=around) for uid in each.claims}
        for day in days
    ]
    assert all(before <= after for before, after in pairwise([*counted, counted[-1]]))
    assert conflicts(event, known_by=days[-1], context=around) == conflicts(event)


def test_many_claims_that_all_clash_are_found_at_once():
    event = an_event(
        claims=tuple(
            a_claim(
                "s",
                when=from_edtf(str(1000 + number % 1000)),
                quantity=a_number(number, unit=(None, f"unit {number}")[number % 2]),
            )
            for number in range(MANY)
        )
    )
    began = time.process_time()
    found = conflicts(event)
    assert time.process_time() - began < LIMIT
    assert [(each.field, len(each.claims)) for each in found] == [("when", MANY), ("quantity", MANY)]
    assert found[0].words.startswith("10,000 claims")
