"""Quotes tied to a stored text: offsets in code points, with the words before and after as a second anchor."""

from __future__ import annotations

from dataclasses import replace

from viewer.domain.records import Claim
from viewer.frozen import dataclass

CONTEXT = 32
"""How many characters of prefix and suffix are kept with a quote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote inside its surrounding text; `holds` is False when the text no longer says it there."""

    before: str
    quote: str
    after: str
    holds: bool


def anchored(claim: Claim, text: str | None) -> Claim:
    """Return the claim with its quote found in the text, where it stands there exactly once.

    A claim that has a span keeps it, right or wrong; a quote that is missing or repeated stays unanchored.
    """
    if text is None or not claim.quote or claim.span is not None:
        return with_context(claim, text)
    start = text.find(claim.quote)
    if start < 0 or text.find(claim.quote, start + 1) >= 0:
        return claim
    return with_context(replace(claim, span=(start, start + len(claim.quote))), text)


def with_context(claim: Claim, text: str | None) -> Claim:
    """Return the claim with the words before and after its quote, where it has none and the text says it there."""
    if (
        claim.prefix is not None
        or claim.suffix is not None
        or claim.span is None
        or text is None
        or not quote_holds(claim.quote, claim.span, text)
    ):
        return claim
    start, end = claim.span
    return replace(claim, prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT])


def quote_holds(quote: str | None, span: tuple[int, int] | None, text: str | None) -> bool:
    """Tell whether the text says exactly the quote at its span."""
    if quote is None or span is None or text is None:
        return False
    return 0 <= span[0] <= span[1] <= len(text) and text[span[0] : span[1]] == quote


def paragraph_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span of the paragraph that holds a passage."""
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    return start, len(text) if end < 0 else end


def passage(claim: Claim, text: str | None, *, reach: int = 240) -> Passage:
    """Return a claim's quote with the text around it: its paragraph, at most `reach` characters each side."""
    quote = claim.quote or ""
    if text is None or claim.span is None or not quote_holds(claim.quote, claim.span, text):
        return Passage(claim.prefix or "", quote, claim.suffix or "", holds=False)
    start, end = claim.span
    first, last = paragraph_around(text, claim.span)
    before, after = text[max(first, start - reach) : start], text[end : min(last, end + reach)]
    if start - reach > first:
        before = "…" + before[before.find(" ") + 1 :]
    if end + reach < last:
        after = after[: after.rfind(" ") + 1 or None].rstrip() + "…"
    return Passage(before, quote, after, holds=True)
