"""What is weighed of claims: a whole document at once, and after an edit only what it touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from provenance_strategies import SOURCES, claims

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.storage.reading import reading
from viewer.weighing import (
    again,
    rivalry,
    rivalry_after,
    rivalry_on,
    touches_all,
    weighed,
    weighed_within,
    weighs_no_others,
)

FILTERS = (
    Filter(disputed=True),
    Filter(min_origins=1),
    Filter(min_origins=2, disputed=True),
    Filter(reliability="C"),
    Filter(credibility=3),
    Filter(disputed=True, known_by=from_edtf("2025-02").latest),
    Filter(reliability="C", known_by=from_edtf("2025-02").latest),
)


def sources():
    return [
        a_source(uid=uid, text=None, reliability="BCD"[place % 3], published=from_edtf(f"2025-0{place + 1}"))
        for place, uid in enumerate(SOURCES)
    ]


def saved(document, number, held, *, with_sources=False):
    claimed = tuple(
        replace(claim, uid=f"c{number}-{place}", statement=None) for place, claim in enumerate(held)
    )
    event = an_event(uid=f"e{number}", claims=claimed)
    return document.save_event(event, new_sources=sources() if with_sources else [])


held = st.lists(claims, max_size=4)


@settings(max_examples=30)
@given(st.lists(held, min_size=2, max_size=4), held, st.sampled_from(FILTERS))
def test_weighing_what_was_touched_again_is_weighing_all_again(told, changed, wanted):
    with TemporaryDirectory() as folder:
        document = Document.create(Path(folder, "d.dateline"))
        try:
            for number, each in enumerate(told):
                saved(document, number, each, with_sources=not number)
            store, day = document.store, wanted.known_by
            context = document.provenance_context()
            before = weighed(store, wanted, context)
            assert list(before) == sorted(document.matching(wanted).ids)
            rivals = rivalry(store, context, day)
            assert rivals.events == document.rivals(day)
            event = saved(document, 1, changed)
            context = document.provenance_context()
            after = again(before, {event}, lambda within: weighed_within(store, wanted, context, within))
            assert after == weighed(store, wanted, context)
            whole = rivalry(store, context, day)
            for kept in (rivals, replace(rivals, few=None)):
                anew = rivalry_after(kept, frozenset({event}), store, context, day)
                assert (anew.events, anew.candidates) == (whole.events, whole.candidates)
                assert rivalry_on(anew, store, context, None).events == document.rivals()
        finally:
            document.close()


def test_it_can_be_done_beside_the_window_and_cancelled(sample_document):
    context = sample_document.provenance_context()
    with reading(sample_document.path, sample_document.uid) as reader:
        assert rivalry(reader, context, None).events == sample_document.rivals()
        wanted = Filter(disputed=True)
        assert sorted(weighed(reader, wanted, context)) == sorted(sample_document.matching(wanted).ids)
        assert not weighed(reader, wanted, context, cancelled=lambda: True)


def test_which_edits_leave_the_claims_of_others_alone(document):
    heard = []
    document.listen(lambda edit, _who: heard.append(edit))
    source = a_source()
    document.save_event(an_event(uid="e", claims=(a_claim(source),)), new_sources=[source])
    document.grade_source(source.uid, "A")
    document.retract_source(source.uid, True)
    assert [weighs_no_others(edit) for edit in heard] == [True, False, True]
    assert [touches_all(edit) for edit in heard] == [False, True, False]
