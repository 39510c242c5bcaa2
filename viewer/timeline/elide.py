"""Cutting a text to a width, for any way of measuring it."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.timeline.metrics import Measure

ELLIPSIS = "…"


@functools.lru_cache(maxsize=4096)
def elide(text: str, width: float, measure: Measure, role: str) -> str:
    """Return the text, cut with an ellipsis to fit `width` pixels; empty when not even one letter fits."""
    if measure(text, role) <= width:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if measure(_cut(text, middle), role) <= width:
            fits = middle
        else:
            too_long = middle
    return _cut(text, fits) if fits else ""


def _cut(text: str, length: int) -> str:
    while length and unicodedata.combining(text[length]):
        length -= 1  # an accent goes with the letter that bears it
    return text[:length].rstrip() + ELLIPSIS
