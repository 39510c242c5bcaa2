"""Who says so: how many reports an event has, and how many independent origins stand behind them.

Ten outlets that quote one agency are one origin. An anonymous or unrecorded origin counts as none.
"""

from __future__ import annotations

from dataclasses import dataclass

from viewer.domain.records import Claim, Event


@dataclass(frozen=True, slots=True)
class Standing:
    """What supports and what disputes an event.

    reports: supporting claims; origins: their distinct named origins; unestablished: supporting claims whose
    origin is anonymous or not recorded; disputes: claims against it. Retracted claims count nowhere.
    """

    reports: int
    origins: tuple[str, ...]
    unestablished: int
    disputes: int


def origin_of(claim: Claim) -> str | None:
    """Return the name of who first said it, or None when that is anonymous or not recorded."""
    if not claim.chain or claim.chain[0].anonymous:
        return None
    return claim.chain[0].name


def standing(event: Event) -> Standing:
    """Count the reports and the independent origins of an event."""
    alive = [claim for claim in event.claims if not claim.retracted]
    supporting = [claim for claim in alive if claim.stance == "supports"]
    origins = [origin_of(claim) for claim in supporting]
    named = tuple(dict.fromkeys(name for name in origins if name is not None))
    disputes = sum(claim.stance == "disputes" for claim in alive)
    return Standing(len(supporting), named, origins.count(None), disputes)
