"""Quantities in words, and the qualifier that two bounds imply."""

from __future__ import annotations

import math

import pytest

from viewer.domain.quantities import QUALIFIERS, Quantity, describe_quantity, suggested_qualifier


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(low=10_000, high=12_000, qualifier="between", unit="soldiers"), "10,000–12,000 soldiers"),
        (Quantity(high=3_000, qualifier="at_most", unit="soldiers"), "up to 3,000 soldiers"),
        (Quantity(low=300, qualifier="at_least"), "at least 300"),
        (Quantity(low=1_000, high=1_000, qualifier="nearly", unit="men"), "nearly 1,000 men"),
        (Quantity(low=200, high=999, qualifier="order", unit="killed"), "on the order of 200–999 killed"),
        (Quantity(low=2.5, high=2.5, qualifier="exact", unit="tonnes"), "2.5 tonnes"),
        (Quantity(low=0.0000001, high=0.0000001), "0.0000001"),
        (Quantity(low=5, high=12_000, qualifier="between"), "5 up to 12,000"),
        (Quantity(low=500, high=1_000, qualifier="between"), "500–1,000"),
        (Quantity(text="a great many", unit="soldiers"), "a great many"),
        (Quantity(low=math.inf), "inf"),
        (Quantity(), ""),
    ],
)
def test_a_quantity_never_says_more_than_its_source(quantity, words):
    assert describe_quantity(quantity) == words


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [(None, None, None), (1, None, "at_least"), (None, 1, "at_most"), (1, 1, "exact"), (1, 2, "between")],
)
def test_two_bounds_suggest_their_qualifier(low, high, qualifier):
    assert suggested_qualifier(low, high) == qualifier
    assert qualifier is None or qualifier in QUALIFIERS
