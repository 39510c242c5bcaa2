from __future__ import annotations

from timeline_documents import day

from viewer.timeline.publications import Publications, end_of_day

MOMENTS = [day("2025-01-10", end=True), day("2025-02-10", end=True), day("2025-02-12"), day("2025-03-05")]
KNOWN = Publications.of([(3, MOMENTS[0], None)], MOMENTS)


def test_days_with_a_publication_are_found_in_both_directions():
    days = [end_of_day(moment) for moment in MOMENTS]
    assert KNOWN.days.tolist() == days
    assert KNOWN.day_beside(days[0], 1) == days[1]
    assert KNOWN.day_beside(days[0] - 5, 1) == days[0]
    assert KNOWN.day_beside(days[1] + 5, -1) == days[1]
    assert (KNOWN.day_beside(days[0], -1), KNOWN.day_beside(days[-1], 1)) == (None, None)


def test_nothing_published_at_all():
    nothing = Publications.of([], [])
    assert len(nothing.days) == 0
    assert nothing.day_beside(0, 1) is nothing.day_beside(0, -1) is None
    assert nothing.known_by([1, 2], day("1900-01-01")) == (1, 2)
    assert not nothing.is_disputed(1, day("2030-01-01"))
