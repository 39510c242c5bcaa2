"""The passage of a text that is worded most like a given one, found without comparing it to all of the text.

The rarest words of the wording vote for where it may begin; only the few places with most votes, and the place
where it is expected, are then aligned letter by letter. What a wording and a passage may share by chance stays
below `LEAST`; a common word has no vote.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

LEAST = 0.7
"""The share of the wording that must stand in a passage for it to be proposed."""

_LONGEST = 20_000
"""Characters; a longer wording is not looked for, since comparing grows with the square of its length."""
_END = 240
"""How much of a wording is aligned to find its beginning, and its end."""
_SHORTEST = 8
_COMMON = 200
_VOTERS = 24
_CANDIDATES = 3
_SLACK = 60
_TRIED_EDGES = 24
_WORD = re.compile(r"\w+")
_EDGE = re.compile(r"\w+|[^\w\s]+")


class SimilarPassages:
    """One text, with the places of its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        places: defaultdict[str, list[int]] = defaultdict(list)
        for word in _WORD.finditer(text.casefold() if _keeps_length(text) else text):
            places[word[0]].append(word.start())
        self._places = {word: found for word, found in places.items() if len(found) <= _COMMON}

    def nearest(self, wording: str, near: int) -> tuple[int, int] | None:
        """Return the span of the passage most like the wording, or None; `near` is where it is expected."""
        if not _SHORTEST <= len(wording) <= _LONGEST:
            return None
        best, most = None, LEAST * 100
        for first, last in self._windows(wording, near):
            found = _aligned(wording, self._text[first:last], most)
            if found is not None:
                start, end, most = found
                best = (first + start, first + end)
        return best

    def _windows(self, wording: str, near: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the text that may hold the wording, the likeliest first."""
        size = len(wording)
        width = max(_SLACK, size // 2)
        votes: Counter[int] = Counter()
        for place, offset in self._hints(wording):
            bucket = (place - offset) // width
            votes[bucket] += 2
            votes[bucket - 1] += 1  # a window reaches into the next bucket
        starts = [bucket * width for bucket, count in votes.most_common(_CANDIDATES) if count > 1]
        for start in [*starts, near]:
            yield max(0, start - _SLACK - size // 4), start + width + size + size // 4 + _SLACK

    def _hints(self, wording: str) -> Iterator[tuple[int, int]]:
        """Yield where the wording's rarest words stand in the text, and where in the wording."""
        rare = [
            (self._places[word[0]], word.start())
            for word in _WORD.finditer(wording.casefold() if _keeps_length(wording) else wording)
            if word[0] in self._places
        ]
        rare.sort(key=lambda hint: len(hint[0]))
        for places, offset in rare[:_VOTERS]:
            for place in places:
                yield place, offset


def _keeps_length(text: str) -> bool:
    """Tell whether places in the casefolded text are places in the text."""
    return len(text.casefold()) == len(text)


def _aligned(wording: str, window: str, least: float) -> tuple[int, int, float] | None:
    """Return the words of the window that are most like the wording, with a score above the least, 0 to 100."""
    head, tail = wording[:_END], wording[-_END:]
    first = fuzz.partial_ratio_alignment(head, window, score_cutoff=LEAST * 100)
    last = fuzz.partial_ratio_alignment(tail, window, score_cutoff=LEAST * 100)
    edges = [found.span() for found in _EDGE.finditer(window)]
    if first is None or last is None or not edges:
        return None
    start, end = (first.dest_start, last.dest_end) if len(head) <= len(window) else (0, len(window))
    starts = sorted((edge[0] for edge in edges), key=lambda place: abs(place - start))[:_TRIED_EDGES]
    ends = sorted((edge[1] for edge in edges), key=lambda place: abs(place - end))[:_TRIED_EDGES]
    start = max(starts, key=lambda at: (fuzz.ratio(head, window[at : min(end, at + _END)]), -abs(at - start)))
    end = max(ends, key=lambda at: (fuzz.ratio(tail, window[max(start, at - _END) : at]), -abs(at - end)))
    score = fuzz.ratio(wording, window[start:end], score_cutoff=least)
    return (start, end, score) if score > least else None
