"""Reports and independent origins: ten outlets that quote one agency are one origin."""

from __future__ import annotations

import pytest
from builders import a_claim, an_event

from viewer.domain.provenance import Standing, standing
from viewer.domain.records import Hop

AGENCY, WITNESS = Hop(name="An agency"), Hop(name="a witness", anonymous=True)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], Standing(0, (), 0, 0)),
        ([{"chain": (AGENCY,)}], Standing(1, ("An agency",), 0, 0)),
        ([{"chain": (AGENCY, Hop(name="Outlet"))}, {"chain": (AGENCY,)}], Standing(2, ("An agency",), 0, 0)),
        ([{"chain": (WITNESS, AGENCY)}], Standing(1, (), 1, 0)),
        ([{"chain": ()}, {"chain": (AGENCY,)}], Standing(2, ("An agency",), 1, 0)),
        (
            [{"chain": (AGENCY,)}, {"chain": (AGENCY,), "stance": "disputes"}],
            Standing(1, ("An agency",), 0, 1),
        ),
        ([{"chain": (AGENCY,), "stance": "mentions"}], Standing(0, (), 0, 0)),
        ([{"chain": (AGENCY,), "retracted": True}], Standing(0, (), 0, 0)),
    ],
)
def test_how_an_event_stands(claims, expected):
    assert standing(an_event(claims=tuple(a_claim("source", **claim) for claim in claims))) == expected
