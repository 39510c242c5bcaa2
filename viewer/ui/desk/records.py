"""What the reading desk is given and what it gives back; places count code points of the stored text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.domain.anchoring import quote_holds
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.domain.records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPassage:
    """A quote of one claim; `title` and `colour` are those of its event and the event's kind."""

    claim_uid: str
    event_id: int
    kind: str
    colour: str
    quote: str
    span: tuple[int, int] | None
    stance: str = "supports"
    retracted: bool = False
    title: str = ""

    def holds(self, text: str | None) -> bool:
        """Whether the text still says the quote at its place."""
        return bool(self.quote) and quote_holds(self.quote, self.span, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSource:
    """One source to read; `details` is a line such as "Yonhap · Feb 2025 · B"."""

    uid: str
    title: str
    details: str = ""
    text: str | None = None
    language: str | None = None
    passages: tuple[DeskPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskTitle:
    """A source that can be chosen."""

    uid: str
    title: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class DeskKind:
    """A kind of entry that can be made of a selection; `key` is its letter, "" for none."""

    kind: Kind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selected passage: what a claim needs to be tied to it, and the sentences that it stands in."""

    source_uid: str
    quote: str
    span: tuple[int, int]
    prefix: str
    suffix: str
    sentences: str
