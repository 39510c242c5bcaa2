"""Finding quotes again when a stored text is replaced, say by a newer version of the page.

Four ways are tried, the surest first: the same characters; the same words with other spaces, quote marks or dashes;
whatever now stands between the same words before and after; the wording most like it. Only the first two are
certain. What they find has kept its words; the others propose a changed wording, which a reader must confirm, for a
"not" that came in between is one word of many.

Each way looks at a bounded number of places, so that the time grows with the text and the number of quotes alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from rapidfuzz import fuzz

from viewer.domain.anchoring import CONTEXT, quote_holds, with_context
from viewer.domain.records import Claim
from viewer.domain.similar_passages import SimilarPassages
from viewer.frozen import dataclass

CERTAINTIES = ("exact", "context", "likely", "lost")

_COMPARED = 100
"""How many places of a repeated quote are compared; twice as many where that does not reach all of them."""
_NEIGHBOURHOOD = 2_000
"""How many characters before its expected place a quote is looked for, when it is repeated that often."""
_TELLING = 8
"""How many characters of the words around a passage make it that passage."""
_SPEAKS_FOR_ITSELF = 16
"""How many characters a quote has at least that is known without the words around it."""
_LOOSE_LEAST = 8
_LIKELY_LEAST = 0.5
_MARKS = str.maketrans(
    dict.fromkeys('"«»‹›“”„‟‘’‚‛`´′″ʼ＂＇', "'")
    | dict.fromkeys("‐‑‒–—―−⁃﹣－", "-")
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff", " ")
)
_SPACED = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reanchored:
    """Where a claim's quote stands in the new text, and what that text says there.

    Certainty: "exact", the same characters in one place; "context", the same words, told apart by the words around
    them or set in other spaces and marks; "likely", changed words, or one place of several; "lost", with neither
    span nor quote. `score` is how much of the old wording stands there, 0 to 1.
    """

    claim: str
    certainty: str
    span: tuple[int, int] | None = None
    quote: str | None = None
    score: float = 0.0

    @property
    def asks(self) -> bool:
        """Whether a reader must confirm it before it takes the old quote's place."""
        return self.certainty == "likely"


def reanchor(claims: Iterable[Claim], old_text: str | None, new_text: str) -> tuple[Reanchored, ...]:
    """Find each claim's quote in the text that replaces its source's text; claims without a quote are left out."""
    search = _Search(old_text or "", new_text)
    known: dict[tuple[object, ...], Reanchored] = {}
    found = []
    for claim in claims:
        if claim.quote:
            key = (claim.quote, claim.span, claim.prefix, claim.suffix)
            if key not in known:
                known[key] = search.find(claim)
            found.append(replace(known[key], claim=claim.uid))
    return tuple(found)


def moved(claim: Claim, found: Reanchored, new_text: str) -> Claim:
    """Return the claim with its quote as the new text says it; a lost one keeps its words and has no place."""
    if found.span is None:
        return replace(claim, span=None)
    there = replace(claim, quote=found.quote, span=found.span, prefix=None, suffix=None)
    return with_context(there, new_text)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A quote with the words around it, and where the new text should have it."""

    claim: Claim
    quote: str
    before: str
    after: str
    near: int
    cut: bool
    """Whether the quote began or ended inside a word."""


class _Search:
    """One old and one new text, and what is worked out of the new one only when a quote needs it."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._head = _shared_head(old, new)
        tail = _shared_head(old[self._head :][::-1], new[self._head :][::-1])
        self._tail = len(old) - tail

    def find(self, claim: Claim) -> Reanchored:
        """Try one way after the other."""
        wanted = self._wanted(claim)
        return (
            self._untouched(wanted)
            or self._same(wanted)
            or self._loosely_same(wanted)
            or self._changed(wanted)
            or Reanchored(claim=claim.uid, certainty="lost")
        )

    def _wanted(self, claim: Claim) -> _Wanted:
        quote, span = claim.quote or "", claim.span
        before, after, cut, near = claim.prefix or "", claim.suffix or "", False, 0
        if span is not None and quote_holds(quote, span, self._old):
            before = self._old[max(0, span[0] - CONTEXT) : span[0]]
            after = self._old[span[1] : span[1] + CONTEXT]
            cut = _cuts_word(self._old, span)
        if span is not None:
            near = self._expected(span[0])
        return _Wanted(claim, quote, before, after, near, cut)

    def _expected(self, place: int) -> int:
        """Return where a place of the old text should be in the new one."""
        grown = len(self._new) - len(self._old)
        if place >= self._tail:
            return place + grown
        if place <= self._head or self._tail == self._head:
            return max(0, min(place, len(self._new)))
        share = (place - self._head) / (self._tail - self._head)
        return self._head + int(share * (self._tail + grown - self._head))

    def _untouched(self, wanted: _Wanted) -> Reanchored | None:
        """The quote stands where both texts are the same up to here, or from here on."""
        span = wanted.claim.span
        if span is None or not quote_holds(wanted.quote, span, self._old):
            return None
        grown = len(self._new) - len(self._old)
        if span[0] >= self._tail:
            span = (span[0] + grown, span[1] + grown)
        elif span[1] > self._head:
            return None
        return self._found(wanted, "exact", span) if self._keeps_words(wanted, span) else None

    def _same(self, wanted: _Wanted) -> Reanchored | None:
        spans = [(at, at + len(wanted.quote)) for at in _places(self._new, wanted.quote, wanted.near)]
        return self._chosen(wanted, spans, "exact")

    def _loosely_same(self, wanted: _Wanted) -> Reanchored | None:
        quote = _bare(wanted.quote)
        if len(quote) < _LOOSE_LEAST:
            return None
        bare = self._bare
        starts = _places(bare.text, quote, bare.place(wanted.near))
        return self._chosen(wanted, [bare.span(at, at + len(quote)) for at in starts], "context")

    def _chosen(self, wanted: _Wanted, spans: list[tuple[int, int]], certainty: str) -> Reanchored | None:
        """Take the one place, or of several that with the same words around it, or the nearest."""
        spans = [span for span in spans if self._keeps_words(wanted, span)]
        if not spans:
            return None
        around = [self._around(wanted, span) for span in spans]
        most = max(around)
        if len(spans) == 1 and (most >= _TELLING or self._speaks_for_itself(wanted.quote)):
            return self._found(wanted, certainty, spans[0])
        if len(spans) > 1 and most >= _TELLING and around.count(most) == 1:
            return self._found(wanted, "context", spans[around.index(most)])
        left = [span for span, shared in zip(spans, around, strict=True) if shared == most]
        return self._found(wanted, "likely", min(left, key=lambda span: abs(span[0] - wanted.near)))

    def _speaks_for_itself(self, quote: str) -> bool:
        """Tell whether a quote is the same wherever it stands now: it is no mere word, and it stood only once."""
        first = self._old.find(quote)
        return len(quote) >= _SPEAKS_FOR_ITSELF and (first < 0 or self._old.find(quote, first + 1) < 0)

    def _keeps_words(self, wanted: _Wanted, span: tuple[int, int]) -> bool:
        """Tell whether a passage does not end inside a word where the quote did not: 3,000 is not in 13,000."""
        return wanted.cut or not _cuts_word(self._new, span)

    def _around(self, wanted: _Wanted, span: tuple[int, int]) -> int:
        """Return how many characters beside a passage are those that stood beside the quote."""
        reach = CONTEXT * 2
        before = _bare(self._new[max(0, span[0] - reach) : span[0]])
        after = _bare(self._new[span[1] : span[1] + reach])
        return _shared_head(before[::-1], _bare(wanted.before)[::-1]) + _shared_head(
            after, _bare(wanted.after)
        )

    def _changed(self, wanted: _Wanted) -> Reanchored | None:
        """Take what stands between the same words, if it is at all like the quote, or else what is worded alike."""
        between = (self._found(wanted, "likely", span) for span in self._between(wanted))
        best = max(between, key=lambda found: found.score, default=None)
        if best is not None and best.score >= _LIKELY_LEAST:
            return best
        alike = self._similar.nearest(wanted.quote, wanted.near)
        return None if alike is None else self._found(wanted, "likely", alike)

    def _between(self, wanted: _Wanted) -> Iterator[tuple[int, int]]:
        before, after = _bare(wanted.before), _bare(wanted.after)
        if len(before) < _TELLING or len(after) < _TELLING:
            return
        bare = self._bare
        reach = 2 * len(wanted.quote) + 100
        for at in _places(bare.text, before, bare.place(wanted.near)):
            start = at + len(before)
            end = bare.text.find(after, start, start + reach + len(after))
            if end > start:
                yield bare.span(start, end)

    def _found(self, wanted: _Wanted, certainty: str, span: tuple[int, int]) -> Reanchored:
        quote = self._new[span[0] : span[1]]
        score = 1.0 if quote == wanted.quote else fuzz.ratio(wanted.quote, quote) / 100
        return Reanchored(claim=wanted.claim.uid, certainty=certainty, span=span, quote=quote, score=score)

    @cached_property
    def _bare(self) -> _BareText:
        return _BareText(self._new)

    @cached_property
    def _similar(self) -> SimilarPassages:
        return SimilarPassages(self._new)


class _BareText:
    """A text without its spaces, its quote marks and dashes all of one kind; it knows the way back."""

    def __init__(self, text: str) -> None:
        pieces, starts = [], []
        for run in _SPACED.finditer(text.translate(_MARKS)):
            pieces.append(run[0])
            starts.append(run.start())
        self.text = "".join(pieces)
        self._starts = starts
        self._bare_starts = [0, *accumulate(map(len, pieces))][: len(pieces)]

    def place(self, at: int) -> int:
        """Return the bare place of a place in the full text, or of the next word."""
        run = max(0, bisect_right(self._starts, at) - 1)
        return self._bare_starts[run] + max(0, at - self._starts[run]) if self._starts else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the full text of a bare passage that is not empty."""
        return self._back(start), self._back(end - 1) + 1

    def _back(self, at: int) -> int:
        run = bisect_right(self._bare_starts, at) - 1
        return self._starts[run] + at - self._bare_starts[run]


def _bare(text: str) -> str:
    return "".join(text.translate(_MARKS).split())


def _cuts_word(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a passage begins or ends inside a word or a number."""
    start, end = span
    cut = start > 0 and text[start].isalnum() and _continues(text, start - 1, -1)
    return cut or (end < len(text) and text[end - 1].isalnum() and _continues(text, end, 1))


def _continues(text: str, at: int, step: int) -> bool:
    """Tell whether a word goes on at a place; 3,000 also goes on with the comma that stands between digits."""
    if text[at].isalnum():
        return True
    inside = text[at] in ".," and 0 <= at + step < len(text)
    return inside and text[at - step].isdigit() and text[at + step].isdigit()


def _shared_head(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _places(text: str, needle: str, near: int) -> list[int]:
    """Return where the needle stands: everywhere, or if too often, the first places and those after and near one.

    Backwards a text is searched in quadratic time, hence always forwards.
    """
    found = _first_places(text, needle, 0)
    if len(found) == _COMPARED:
        found = sorted({*found, *_first_places(text, needle, max(0, near - _NEIGHBOURHOOD))})
    return found


def _first_places(text: str, needle: str, start: int) -> list[int]:
    places: list[int] = []
    at = text.find(needle, start)
    while at >= 0 and len(places) < _COMPARED:
        places.append(at)
        at = text.find(needle, at + 1)
    return places
