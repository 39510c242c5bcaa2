"""What falls if a source falls: shown whole, before anything is changed; applied as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from viewer.ui.forms.field import LineField
from viewer.ui.grades import reliability_words
from viewer.ui.painter_ink import counted, number
from viewer.ui.plain_table import be_plain_table
from viewer.ui.sources.impact_rows import ImpactRows
from viewer.ui.sources.rows import claim_count
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.domain.impact import Impact

_WIDTHS = (260, 140, 75, 75, 115, 80)
_TITLE = 80


class ImpactDialog(QDialog):
    """Lists every event that a retraction or another grade would change. `applied(reason)`, an empty one too."""

    applied = Signal(str)

    def __init__(
        self, found: Impact, title: str, reliability: str | None, parent: QWidget | None = None
    ) -> None:
        """`title` and `reliability` are those that the source has now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._title, self._reliability = found, one_line(title, _TITLE), reliability
        retracts = found.change.retract
        self.setWindowTitle(self.tr("Retract source") if retracts else self.tr("Grade source"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._words(self._heading(), "impact_heading", "title"))
        for name, words in (("impact_what", self._what()), ("impact_copies", self._copies())):
            if words:
                column.addWidget(self._words(words, name, "body"))
        if found.affected:
            self.resize(1040, 480)
            column.addSpacing(SPACE)
            column.addWidget(self._table(), 1)
        else:
            self.setMinimumWidth(440)
        self._reason = LineField(
            self.tr("Reason"), "impact_reason", self, hint=self.tr("Why; it stays in the log")
        )
        column.addSpacing(SPACE)
        column.addWidget(self._reason)
        column.addLayout(self._buttons())
        self._reason.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heading(self) -> str:
        if self._found.change.retract:
            return self.tr("Retract “{title}”").format(title=self._title)
        grades = (self._reliability, self._found.change.reliability)
        before, after = (letter or self.tr("not graded") for letter in grades)
        return self.tr("Grade “{title}”: {before} → {after}").format(
            title=self._title, before=before, after=after
        )

    def _what(self) -> str:
        count = len(self._found.affected)
        if not self._found.change.retract:
            letter = self._found.change.reliability
            words = self.tr("From now on: {words}.").format(words=reliability_words(letter)) if letter else ""
            rest = self.tr("{events} rest on it.").format(events=counted(count))
            if count == 1:
                rest = self.tr("1 event rests on it.")
            return f"{words} {rest}".strip()
        claims = claim_count(len(self._found.retracted))
        words = self.tr("{claims} will no longer count; {events} change.")
        if count == 1:
            words = self.tr("{claims} will no longer count; {events} changes.")
        if not count:
            words = self.tr("{claims} will no longer count; no event changes.")
        return words.format(claims=claims, events=counted(count))

    def _copies(self) -> str:
        count = len(self._found.going_back)
        if not count or not self._found.change.retract:
            return ""
        if count == 1:
            return self.tr("1 claim in a copy of it stays.")
        return self.tr("{count} claims in copies of it stay.").format(count=number(count))

    def _words(self, text: str, name: str, role: str) -> PlainLabel:
        label = PlainLabel(text, role, self)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("impact_table")
        table.setAccessibleName(self.tr("Events that change"))
        table.setModel(ImpactRows(self._found, table))
        be_plain_table(table, _WIDTHS)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, SPACE, 0, 0)
        row.setSpacing(SPACE)
        row.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("impact_cancel")
        set_role(cancel, "quiet")
        cancel.clicked.connect(self.reject)
        apply = QPushButton(self.tr("Retract") if self._found.change.retract else self.tr("Apply"), self)
        apply.setObjectName("impact_apply")
        set_role(apply, "primary")
        apply.setDefault(True)
        apply.clicked.connect(self._apply)
        row.addWidget(cancel)
        row.addWidget(apply)
        return row

    def _apply(self) -> None:
        self.accept()
        self.applied.emit(self._reason.value() or "")
