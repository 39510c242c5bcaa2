"""Which events of a document hold claims that do not agree, now and as known on a day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from provenance_strategies import SOURCES, claims

from viewer.document import Document
from viewer.domain.calendar import seconds
from viewer.domain.conflicts import conflicts
from viewer.domain.dates import from_edtf
from viewer.domain.quantities import Quantity


def soldiers(number):
    return Quantity(low=number, high=number, unit="soldiers")


def test_an_event_is_named_when_its_dates_or_its_numbers_clash(document):
    source = a_source(published=from_edtf("2025-01"))
    later = a_source(published=from_edtf("2025-03"))
    october, december = from_edtf("2024-10"), from_edtf("2024-12")
    told = {
        "dates": (a_claim(source, when=october), a_claim(later, when=december)),
        "numbers": (a_claim(source, quantity=soldiers(1)), a_claim(source, quantity=soldiers(9))),
        "agreed": (a_claim(source, when=october), a_claim(source, when=from_edtf("2024"))),
        "disputed": (a_claim(source), a_claim(source, stance="disputes")),
        "retracted": (a_claim(source, when=october), a_claim(later, when=december, retracted=True)),
    }
    for uid, held in told.items():
        document.save_event(an_event(uid=uid, claims=held), new_sources=[source, later])
    ids = document.store.ids_by("events", "uid")
    assert document.rivals() == {ids["dates"], ids["numbers"]}
    assert document.rivals(seconds(2025, 2, 15)) == {ids["numbers"]}
    assert document.rivals(seconds(2024, 1, 1)) == frozenset()


def test_it_is_worked_out_anew_after_an_edit_and_its_undo(document):
    source = a_source()
    event = an_event(claims=(a_claim(source, when=from_edtf("2024-10")),))
    event_id = document.save_event(event, new_sources=[source])
    assert document.rivals() == frozenset()
    rival = a_claim(source, when=from_edtf("2024-12"))
    document.save_event(replace(event, claims=(*event.claims, rival)))
    assert document.rivals() == {event_id}
    document.undo()
    assert document.rivals() == frozenset()


@settings(max_examples=60)
@given(st.lists(st.lists(claims, max_size=4), min_size=1, max_size=4))
def test_no_clash_escapes_the_query(told):
    with TemporaryDirectory() as folder:
        document = Document.create(Path(folder, "d.dateline"))
        try:
            _save(document, told)
            expected = {
                event.id
                for event in document.store.events()
                if any(clash.field != "stance" for clash in conflicts(event))
            }
            assert document.rivals() == expected
        finally:
            document.close()


def _save(document, told):
    sources = [a_source(uid=uid, text=None) for uid in SOURCES]
    for number, held in enumerate(told):
        claimed = tuple(
            replace(claim, uid=f"c{number}-{place}", statement=None) for place, claim in enumerate(held)
        )
        event = an_event(uid=f"e{number}", claims=claimed)
        document.save_event(event, new_sources=[] if number else sources)
