"""From the store's rows to what the timeline draws."""

from __future__ import annotations

import pytest
from builders import an_event
from timeline_documents import LANES

from viewer.domain.dates import from_edtf
from viewer.timeline.gathering import gathered, index_of


@pytest.fixture
def chart(document):
    """The index of a document with one event of a date."""

    def make(edtf):
        document.save_event(an_event(title="E", when=from_edtf(edtf)))
        kinds = {kind.id: place for place, kind in enumerate(document.store.kinds())}
        found = gathered(document.store.extents(), kinds)
        return index_of(found, LANES, None)

    return make


def has_core(index):
    return bool(index.extents.core_lo[0] <= index.extents.core_hi[0])


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
    assert bool(index.columns.span[0]) is span
    assert has_core(index) is core
    assert index.extent(int(index.columns.ids[0])) == (
        from_edtf(edtf).earliest, from_edtf(edtf).latest,
    )  # fmt: skip


@pytest.mark.parametrize("edtf", ["XXXX-10", "XXXX-02-19"])
def test_a_date_without_a_year_waits_on_the_shelf(chart, edtf):
    index = chart(edtf)
    assert len(index.columns.ids) == 0
    assert len(index.undated) == 1
