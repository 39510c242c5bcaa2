"""Entries made of a passage: the claim that quotes it, and what the passage itself says of the event.

Everything is a proposal that stands in the form until someone saves it.
"""

from __future__ import annotations

from dataclasses import replace

from viewer.domain.anchoring import CONTEXT
from viewer.domain.citing import propose
from viewer.domain.quantities import Quantity
from viewer.domain.records import Claim, Event, Source
from viewer.drafting import new_uid

_LONGEST_TITLE = 90


def claim_of(source: Source, span: tuple[int, int], *, around: str = "") -> Claim:
    """Return the claim that quotes a source's text at `span`, in code points; `around`: its whole sentences."""
    text = source.text or ""
    start, end = span
    quote = text[start:end]
    found = propose(quote, reference=source.published, language=source.language, around=around or None)
    return Claim(
        uid=new_uid(),
        source=source.uid,
        quote=quote,
        span=span,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        chain=found.chain,
    )


def event_of(
    kind: str, measure: str | None, source: Source, span: tuple[int, int], *, around: str = ""
) -> Event:
    """Return the event that a passage tells of: its first date and number, a title from its words, the claim.

    `measure`: what numbers of this kind of event usually count.
    """
    claim = claim_of(source, span, around=around)
    found = propose(claim.quote or "", reference=source.published, language=source.language)
    quantity: Quantity | None = None
    if found.quantities:
        quantity = replace(found.quantities[0].quantity, measure=measure)
    return Event(
        uid=new_uid(),
        kind=kind,
        title=_title(claim.quote or ""),
        when=found.dates[0].date if found.dates else None,
        quantity=quantity,
        claims=(claim,),
    )


def _title(quote: str) -> str:
    words = " ".join(quote.split())
    if len(words) <= _LONGEST_TITLE:
        return words
    return words[: words.rfind(" ", 0, _LONGEST_TITLE) + 1 or _LONGEST_TITLE].rstrip() + "…"
