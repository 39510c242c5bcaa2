"""The claims of an event in its form: one block each, a remark while nobody says so, and a button for more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from viewer.domain.records import Claim, Source
from viewer.ui.forms.claim_block import ClaimBlock
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.ui.forms.entry import Choices


_AT_ONCE = 10


class ClaimsPanel(QWidget):
    """All claims of the event being edited."""

    changed = Signal()
    grown = Signal(QWidget)
    wording_kept = Signal()

    def __init__(self, choices: Choices, parent: QWidget, *, measure: str | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._usual_measure = measure
        self._blocks: list[ClaimBlock] = []
        self._waiting: list[Claim] = []
        self._heading = PlainLabel(self.tr("Claims"), "heading", self)
        self._no_source = PlainLabel(self.tr("No source yet: who says so?"), "problem", self)
        self._no_source.setObjectName("no_source")
        self._more = QPushButton(self.tr("Add another claim"), self)
        self._more.setObjectName("add_claim")
        set_role(self._more, "link")
        self._more.clicked.connect(self._add_one)
        self._rest = QPushButton(self)
        self._rest.setObjectName("more_claims")
        set_role(self._rest, "quiet")
        self._rest.clicked.connect(self._show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE, 0, 0)
        self._column.setSpacing(SPACE + SPACE // 2)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._no_source)
        self._column.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self, claims: Sequence[Claim]) -> None:
        """Show the claims for editing, very many of them in portions; an empty one when there are none."""
        self._waiting = list(claims)
        self._show_portion()
        if not claims:
            self._add()
        self._tell()

    def add(self, claim: Claim) -> None:
        """Add a claim behind the others."""
        block = self._add()
        block.load(claim)
        self._changed()
        self.grown.emit(block)

    def entry(self) -> tuple[tuple[Claim, ...], tuple[Source, ...]]:
        """Return the claims and the sources created with them; a title typed twice is one new source.

        Claims that were not shown yet are as they were.
        """
        sources: list[Source] = []
        loaded: list[Claim] = []
        added: list[Claim] = []
        for block in self._blocks:
            if not block.is_kept():
                continue
            created = block.source.created()
            uid = block.source.known() or ""
            if created is not None:
                uid = _joined(sources, created)
            (added if block.uid() is None else loaded).append(block.claim(uid))
        return (*loaded, *self._waiting, *added), tuple(sources)

    def setting(self) -> SourceSetting:
        """Return where the wordings of the event stand: in the first supporting source that is dated.

        Where none is, at least the language of the first one counts.
        """
        settings = [block.source.setting() for block in self._blocks if block.supports()]
        return next(
            (setting for setting in settings if setting.reference is not None),
            SourceSetting(language=settings[0].language) if settings else SourceSetting(),
        )

    def data(self) -> list[dict[str, Any]]:
        """Return all that is typed, as JSON values."""
        return [block.data() for block in self._blocks]

    def restore(self, data: Sequence[Any]) -> None:
        """Show what `data` returned once, over the claims that were loaded."""
        waiting = list(self._blocks)
        for claim in data:
            uid = claim.get("uid") if isinstance(claim, dict) else None
            while uid in [each.uid for each in self._waiting]:
                waiting += self._show_portion()
            block = next((block for block in waiting if block.uid() == uid), None) or self._add()
            if block in waiting:
                waiting.remove(block)
            block.restore(claim)
        self._tell()

    def check(self) -> QWidget | None:
        """Show all that is wrong, and return the first widget in which it can be put right."""
        return next((found for found in [block.check() for block in self._blocks] if found is not None), None)

    def _add(self) -> ClaimBlock:
        block = ClaimBlock(len(self._blocks), self._choices, self, measure=self._usual_measure)
        block.changed.connect(self._changed)
        block.wording_kept.connect(self.wording_kept)
        block.grown.connect(self.grown)
        self._column.insertWidget(self._column.count() - 2, block)
        self._blocks.append(block)
        for button in (self._rest, self._more):
            button.raise_()  # the last of their siblings for Tab too
        return block

    def _show_portion(self) -> list[ClaimBlock]:
        portion, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        blocks = [self._add() for _ in portion]
        for block, claim in zip(blocks, portion, strict=True):
            block.load(claim)
        self._rest.setText(self.tr("Show more claims ({count})").format(count=len(self._waiting)))
        self._rest.setVisible(bool(self._waiting))
        return blocks

    def _show_more(self) -> None:
        self.grown.emit(self._show_portion()[0])

    def _add_one(self) -> None:
        block = self._add()
        self._changed()
        self.grown.emit(block)
        block.source.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        told = bool(self._waiting) or any(block.has_source() for block in self._blocks)
        self._no_source.setVisible(not told)


def _joined(sources: list[Source], created: Source) -> str:
    """Add a created source to those before it, or to the namesake that says no more or no less; return its uid."""
    only_title = Source(uid=created.uid, title=created.title)
    for place, source in enumerate(sources):
        same = replace(created, uid=source.uid)
        if source.title != created.title:
            continue
        if created == only_title or same == source:
            return source.uid
        if source == replace(only_title, uid=source.uid):
            sources[place] = same
            return source.uid
    sources.append(created)
    return created.uid
