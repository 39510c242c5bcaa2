"""What a list or a window shows: a filter as a value. Fuzzy things are filtered possibly or certainly."""

from __future__ import annotations

from viewer.frozen import dataclass

RELIABILITIES = "ABCDEF"
CREDIBILITIES = range(1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Criteria that an event must all meet; None or empty means no such criterion.

    earliest, latest: the period, seconds, inclusive. `certainly`: the event lies wholly within the period;
    otherwise it may (their extents overlap). known_by: only what had been published by then.
    disputed: a claim speaks against it, or its claims cannot all hold. min_origins: how many independent
    origins support it. reliability, credibility: one and the same claim that supports it is graded so or
    better; F and 6 say that it cannot be judged, which is neither better nor worse than anything.
    """

    kinds: frozenset[str] | None = None
    text: str = ""
    actor: str = ""
    place: str = ""
    source: str = ""
    tag: str = ""
    earliest: int | None = None
    latest: int | None = None
    certainly: bool = False
    known_by: int | None = None
    disputed: bool = False
    min_origins: int = 0
    reliability: str = ""
    credibility: int | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether everything passes."""
        return self == Filter(certainly=self.certainly)

    @property
    def asks_provenance(self) -> bool:
        """Tell whether the claims of an event have to be weighed against each other."""
        return self.disputed or self.min_origins > 0

    @property
    def weighs_claims(self) -> bool:
        """Tell whether what passes depends on the claims that were known, beyond whether there were any."""
        return self.asks_provenance or bool(self.reliability) or self.credibility is not None


def as_reliable_as(letter: str) -> tuple[str, ...]:
    """Return the reliabilities that are as good as one, or better."""
    return ("F",) if letter == "F" else tuple(RELIABILITIES[: RELIABILITIES.index(letter) + 1])


def as_credible_as(number: int) -> tuple[int, ...]:
    """Return the credibilities that are as good as one, or better."""
    return (6,) if number == 6 else tuple(range(1, number + 1))
