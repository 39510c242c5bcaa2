"""Fuzzy numbers: the wording, what it was taken to mean, and what it measures.

A bound that a source leaves open is None. Qualifiers never move the numbers: "nearly 1,000" is 1000 to
1000, nearly; "up to 3,000" is open to 3000, at_most.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

QUALIFIERS = (
    "exact",
    "approximate",
    "nearly",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "order",
)
MEASURES = ("deployed", "withdrawn", "present", "losses", "in training")

_PREFIXES = {
    "exact": "",
    "approximate": "about ",
    "nearly": "nearly ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "up to ",
    "less_than": "fewer than ",
    "between": "",
    "order": "on the order of ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A fuzzy number. `low` or `high` None: open on that side."""

    text: str | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    unit: str | None = None
    measure: str | None = None


def suggested_qualifier(low: float | None, high: float | None) -> str | None:
    """Return the qualifier that two bounds imply when the user chose none."""
    if low is None and high is None:
        return None
    if low is None:
        return "at_most"
    if high is None:
        return "at_least"
    return "exact" if low == high else "between"


def is_elliptic(low: float | Decimal, high: float | Decimal) -> int:
    """Return the thousand, million … that "10–12,000" leaves out of its first number; 0 if it stands as it is."""
    if not 0 < low < 1000 or high % 1000 != 0:
        return 0
    factor = 1000
    while high % (factor * 1000) == 0 and factor < high:
        factor *= 1000
    return factor if low * factor < high else 0


def describe_quantity(quantity: Quantity) -> str:
    """Say a quantity in words: "10,000–12,000 soldiers", "up to 3,000 soldiers"."""
    numbers = _numbers(quantity)
    prefix = _PREFIXES.get(quantity.qualifier or "", "") if numbers else ""
    words = f"{prefix}{numbers}".strip() or (quantity.text or "")
    return f"{words} {quantity.unit}".strip() if quantity.unit and numbers else words


def _numbers(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        dash = " up to " if is_elliptic(low, high) else "–"
        return number_text(low) if low == high else f"{number_text(low)}{dash}{number_text(high)}"
    bound = high if low is None else low
    return "" if bound is None else number_text(bound)


def number_text(value: float) -> str:
    """Return a number with its thousands apart, without decimals that it does not have."""
    if not math.isfinite(value):
        return f"{value}"
    if value == int(value):
        return f"{int(value):,}"
    from decimal import Decimal  # few numbers have decimals; the window opens without it

    return f"{Decimal(repr(value)):,f}"
