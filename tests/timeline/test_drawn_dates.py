"""From a date as it was written to what is drawn of it."""

from __future__ import annotations

import pytest
from builders import an_event

from viewer.domain.dates import from_edtf
from viewer.tabulating import tabulated
from viewer.timeline.events import Events
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.packed import SPAN, Packed
from viewer.timeline.shown import Shown


@pytest.fixture
def chart(document):
    """The index of a document with one event of a date."""

    def make(edtf):
        document.save_event(an_event(title="E", when=from_edtf(edtf)))
        kinds = document.store.kinds()
        found = tabulated(document.store, [kind.id for kind in kinds])
        lanes = [LaneInfo(kind.name, kind.label, place) for place, kind in enumerate(kinds)]
        packed = Packed.build(found.columns(by_publication=False), len(lanes))
        return Index.of(packed, lanes, Events(found.table))

    return make


def only(index):
    """The one event that an index draws."""
    return Shown.of(index).entries(0, -(2**61), 2**61, 0, 0)


@pytest.mark.parametrize(
    ("edtf", "span", "core"),
    [
        ("[1960..1961-12]", False, False),
        ("1960/1961-12", True, True),
        ("{1960,1961-12}", True, False),
        ("{1960..1965}", True, False),
    ],
)
def test_several_dates_are_drawn_from_the_first_to_the_last_and_nothing_of_it_is_certain(
    chart, edtf, span, core
):
    index = chart(edtf)
    found = only(index)
    assert bool(found.flags[0] & SPAN) is span
    assert bool(found.core_lo[0] <= found.core_hi[0]) is core
    assert index.extent(int(found.event[0])) == (
        from_edtf(edtf).earliest, from_edtf(edtf).latest,
    )  # fmt: skip


@pytest.mark.parametrize("edtf", ["XXXX-10", "XXXX-02-19"])
def test_a_date_without_a_year_waits_on_the_shelf(chart, edtf):
    index = chart(edtf)
    assert len(only(index)) == 0
    assert len(index.undated) == 1
