"""Words of no language, drawn as those of a language are: few often, most of them seldom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORDS = 20_000
_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "an", "er", "il", "on",
    "us", "kra",
)  # fmt: skip

Integers = NDArray[np.int64]


class Words:
    """A vocabulary, shorter words first, of which the n-th is drawn n times more seldom than the first."""

    def __init__(self, random: np.random.Generator) -> None:
        parts = np.array(_SYLLABLES, object)
        made = dict.fromkeys(parts[random.permutation(len(parts))].tolist())
        for length, count in ((2, len(parts) ** 2), (3, WORDS // 3), (4, 2 * WORDS)):
            drawn = parts[random.integers(0, len(parts), (count, length))]
            made.update(dict.fromkeys(drawn.sum(axis=1).tolist()))
        self.all: Sequence[str] = list(made)[:WORDS]
        self._array = np.array(self.all, object)
        self._lengths = np.array([len(word) for word in self.all])
        self._table = zipf_table(WORDS, 1 << 20)
        self._random = random

    def drawn(self, count: int) -> list[str]:
        """Return so many words."""
        return self._array[self._places(count)].tolist()

    def phrases(self, lengths: Integers) -> list[str]:
        """Return a phrase of each of the lengths, in words."""
        places = self._places(int(lengths.sum()))
        text = " ".join(self._array[places].tolist())
        letters = np.concatenate(([0], np.cumsum(self._lengths[places] + 1)))
        ends = np.cumsum(lengths)
        return [
            text[start : end - 1]
            for start, end in zip(letters[ends - lengths].tolist(), letters[ends].tolist(), strict=True)
        ]

    def _places(self, count: int) -> NDArray[np.int32]:
        return self._table[self._random.integers(0, len(self._table), count, dtype=np.int32)]


def zipf_table(count: int, size: int) -> NDArray[np.int32]:
    """Return `size` numbers below `count` of which one drawn evenly is drawn by Zipf's law."""
    bounds = np.cumsum(1 / np.arange(1, count + 1))
    return np.searchsorted(bounds / bounds[-1], (np.arange(size) + 0.5) / size).astype(np.int32)
