"""What an entry made of a passage is likely to say: its dates, its numbers, who it goes back to.

Proposals, each to be confirmed. A passage is looked through while its form opens, so the work is bounded:
only runs of words that the source's language knows from dates or numbers are tried, and only so many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.domain.attributions import likely_chain
from viewer.domain.passage_dates import FoundDate, dates_in
from viewer.domain.passage_numbers import FoundQuantity, quantities_in
from viewer.domain.sentences import sentences
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.domain.dates import FuzzyDate
    from viewer.domain.records import Hop

__all__ = ["LONGEST", "FoundDate", "FoundQuantity", "Proposal", "propose"]

LONGEST = 2_000
"""How many characters of a passage are looked through."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a passage offers: dates and numbers in its order, and the likely chain, the origin first."""

    dates: tuple[FoundDate, ...] = ()
    quantities: tuple[FoundQuantity, ...] = ()
    chain: tuple[Hop, ...] = ()


def propose(
    text: str, *, reference: FuzzyDate | None = None, language: str | None = None, around: str | None = None
) -> Proposal:
    """Look through a passage, at most LONGEST characters of it.

    `reference` and `language` are the source's. `around`: the whole sentences of the passage, where they are
    known; they may name who says it when the passage does not.
    """
    passage = text[:LONGEST]
    dates = dates_in(passage, reference=reference, language=language)
    quantities = quantities_in(passage, language=language, besides=[found.span for found in dates])
    return Proposal(dates, quantities, _chain(passage) or _chain((around or "")[:LONGEST]))


def _chain(passage: str) -> tuple[Hop, ...]:
    """Return the chain of the first sentence that names one."""
    chains = (likely_chain(passage[start:end]) for start, end in sentences(passage))
    return next(filter(None, chains), ())
