"""What a provenance graph says in its own words; the patterns are filled by str.format."""

from __future__ import annotations

from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True)
class GraphWords:
    """The words of one language."""

    origins: str = "Origins"
    hops: str = "Hops"
    sources: str = "Sources"
    claims: str = "Claims"
    event: str = "Event"
    unrecorded: str = "origin not recorded"
    missing: str = "missing source"
    copied: str = "copied by"
    skipped: str = "… {count} more hops"
    more_reports: str = "… and {count} more reports"
    more_claims: str = "… and {count} more claims"
    supports: str = "supports"
    disputes: str = "disputes"
    mentions: str = "mentions"
    several: str = "{manner} × {count}"
    retracted: str = "retracted"
    one_origin: str = "count as one origin: {names}"

    def manner(self, stance: str, count: int) -> str:
        """Say how so many claims of one source speak of the event."""
        word = {"disputes": self.disputes, "mentions": self.mentions}.get(stance, self.supports)
        return word if count == 1 else self.several.format(manner=word, count=count)
