"""A claim's chain as pills: who first said it, through whom it came, the source that we read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.flow_layout import FlowLayout
from viewer.ui.text import PlainLabel

if TYPE_CHECKING:
    from viewer.domain.records import Claim, Event, Hop, Source


class ChainPills(QWidget):
    """The chain of a claim, origin first; an origin that nobody recorded is shown as such.

    What was said in a statement goes back to those who made it, whether or not the chain begins with them.
    """

    def __init__(
        self,
        claim: Claim,
        source: Source | None,
        statement: Event | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=6, line_gap=6)
        speakers = [] if statement is None else [part for part in statement.actors if part.role == "speaker"]
        named = {hop.name.casefold() for hop in claim.chain}
        for part in speakers:
            if part.name.casefold() not in named:
                self._add(part.name, anonymous=False)
        for hop in claim.chain:
            self._add(hop.name, anonymous=bool(hop.anonymous), hint=_hop_words(hop))
        if not claim.chain and not speakers:
            self._add(self.tr("origin not recorded"), anonymous=True)
        name = self.tr("missing source") if source is None else source.publisher or source.title
        if not claim.chain or claim.chain[-1].name.casefold() != name.casefold():
            self._add(name, anonymous=source is None, hint="" if source is None else source.title)
        self.setAccessibleName(" › ".join(self.names()))

    def names(self) -> list[str]:
        """Return what the pills say, in order."""
        return [pill.full_text() for pill in self.findChildren(ElidedLabel)]

    def _add(self, name: str, *, anonymous: bool, hint: str = "") -> None:
        if self._flow.count():
            self._flow.addWidget(PlainLabel("›", "muted"))
        role = "pill_anonymous" if anonymous else "pill"
        self._flow.addWidget(ElidedLabel(name, role, hint=hint))


def _hop_words(hop: Hop) -> str:
    return f"{hop.name}\n{hop.verb}" if hop.verb else hop.name
