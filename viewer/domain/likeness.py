"""Whether two texts are nearly the same: which runs of words they share, in whatever order.

A wire story is printed cut, retitled and with paragraphs moved; articles of one's own on the same matter share
little more than names and quotes. Every run of four words becomes a number, and a text its sketch: all of these
numbers, or of a long text those whose last bits are zero, which is a sample that any two sketches draw alike.
Words become numbers by their checksum, for Python's own hash of a text differs from run to run; its hash of numbers
does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from zlib import crc32

from viewer.frozen import dataclass

NEAR = 0.5
"""From this likeness on, two texts are pointed out as copies of one."""

_RUN = 4
_KEPT = 2048
"""How many runs a sketch holds at most: about 75 kB, and an error of two parts in a hundred."""
_FEW_RUNS = 30
"""Of a text shorter than this, being within another says little: any article holds its sentence."""
_LEAST_SAMPLE = 16
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to compare it: the runs of words whose last `level` bits are zero."""

    runs: frozenset[int]
    level: int


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; in step with its length, about 0.1 s for a million characters."""
    words = _WORD.findall(text.casefold())
    numbers = {word: crc32(word.encode("utf-8", "replace")) for word in set(words)}
    row = [numbers[word] for word in words]
    if len(row) < _RUN:
        return Sketch(frozenset([hash(tuple(row))] if row else ()), 0)
    runs = frozenset(map(hash, zip(row, row[1:], row[2:], row[3:], strict=False)))
    return _thinned(runs)


def likeness(one: str | Sketch, other: str | Sketch) -> float:
    """Return how much of the shorter text the longer one says too, 0 to 1; the order of passages is no matter."""
    first = sketch(one) if isinstance(one, str) else one
    second = sketch(other) if isinstance(other, str) else other
    level = max(first.level, second.level)
    ours, theirs = _at_level(first, level), _at_level(second, level)
    shorter, longer = sorted((len(ours), len(theirs)))
    shared = len(ours & theirs)
    if not shared or (level and shorter < _LEAST_SAMPLE):
        return 0.0
    if not level and shorter < _FEW_RUNS:
        return shared / (shorter + longer - shared)
    return shared / shorter


def near_copies(
    text: str | Sketch, others: Mapping[str, str | Sketch], *, least: float = NEAR
) -> list[tuple[str, float]]:
    """Return the uids of the texts that are nearly the same, and how much so, the likest first."""
    known = sketch(text) if isinstance(text, str) else text
    scores = ((uid, likeness(known, other)) for uid, other in others.items())
    return sorted((found for found in scores if found[1] >= least), key=lambda found: (-found[1], found[0]))


def _thinned(runs: frozenset[int]) -> Sketch:
    level = (len(runs) // _KEPT).bit_length()
    known = Sketch(_at_level(Sketch(runs, 0), level), level)
    while len(known.runs) > _KEPT:  # a hostile text can be written so that its runs are no fair sample
        level += 1
        known = Sketch(_at_level(known, level), level)
    return known


def _at_level(known: Sketch, level: int) -> frozenset[int]:
    if level <= known.level:
        return known.runs
    low_bits = (1 << level) - 1
    return frozenset(run for run in known.runs if not run & low_bits)
