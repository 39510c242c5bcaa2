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


class ClaimsPanel(QWidget):
    """All claims of the event being edited."""

    changed = Signal()
    grown = Signal(QWidget)
    wording_kept = Signal()

    def __init__(self, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._blocks: list[ClaimBlock] = []
        self._heading = PlainLabel(self.tr("Claims"), "heading", self)
        self._no_source = PlainLabel(self.tr("No source yet: who says so?"), "problem", self)
        self._no_source.setObjectName("no_source")
        self._more = QPushButton(self.tr("Add another claim"), self)
        self._more.setObjectName("add_claim")
        set_role(self._more, "link")
        self._more.clicked.connect(self._add_one)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE, 0, 0)
        self._column.setSpacing(SPACE + SPACE // 2)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._no_source)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self, claims: Sequence[Claim]) -> None:
        """Show the claims for editing, or an empty one when there are none."""
        for claim in claims:
            self._add().load(claim)
        if not claims:
            self._add()
        self._tell()

    def entry(self) -> tuple[tuple[Claim, ...], tuple[Source, ...]]:
        """Return the claims and the sources created with them; a title typed twice is one new source."""
        sources: list[Source] = []
        claims = []
        for block in self._blocks:
            if not block.is_kept():
                continue
            created = block.source.created()
            uid = block.source.known() or ""
            if created is not None:
                uid = _joined(sources, created)
            claims.append(block.claim(uid))
        return tuple(claims), tuple(sources)

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
            block = next((block for block in waiting if block.uid() == uid), None) or self._add()
            if block in waiting:
                waiting.remove(block)
            block.restore(claim)
        self._tell()

    def check(self) -> QWidget | None:
        """Show all that is wrong, and return the first widget in which it can be put right."""
        return next((found for found in [block.check() for block in self._blocks] if found is not None), None)

    def _add(self) -> ClaimBlock:
        block = ClaimBlock(len(self._blocks), self._choices, self)
        block.changed.connect(self._changed)
        block.wording_kept.connect(self.wording_kept)
        self._column.insertWidget(self._column.count() - 1, block)
        self._blocks.append(block)
        self._more.raise_()  # the last of its siblings for Tab too
        return block

    def _add_one(self) -> None:
        block = self._add()
        self._changed()
        self.grown.emit(block)
        block.source.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._no_source.setVisible(not any(block.has_source() for block in self._blocks))


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
