"""What few claims need, folded away: the date and number of this very source, the statement, the retraction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from viewer.ui.forms.choice_field import NamesField
from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.field import Field
from viewer.ui.forms.quantity_field import QuantityField
from viewer.ui.forms.suggestions import Option
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.domain.records import Claim
    from viewer.ui.forms.date_whence import SourceSetting
    from viewer.ui.forms.entry import Choices


class CheckField(Field):
    """Something that is so or not."""

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", name, parent)
        self.box = QCheckBox(label, self)
        self.box.setObjectName(name)
        self.put(self.box)
        self.box.toggled.connect(self.changed)

    def data(self) -> bool:
        return self.box.isChecked()

    def restore(self, data: Any) -> None:
        self.box.setChecked(data is True)


class ClaimDetails(Field):
    """A line that unfolds the fields, which are not made before. A claim that says any of it comes unfolded."""

    unfolded = Signal()
    wording_kept = Signal()

    def __init__(self, name: str, choices: Choices, measure: str | None, parent: QWidget) -> None:
        super().__init__("", f"{name}_details", parent)
        self._name = name
        self._choices = choices
        self._usual_measure = measure
        self._claim: Claim | None = None
        self._setting: SourceSetting | None = None
        self._fields: _Fields | None = None
        self._unfold = QPushButton(self.tr("This source’s own date, number, statement…"), self)
        self._unfold.setObjectName(f"{name}_details")
        set_role(self._unfold, "link")
        self._unfold.clicked.connect(self._open)
        self._column.insertWidget(0, self._unfold, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self, claim: Claim | None) -> None:
        """Show what a claim says of it."""
        self._claim = claim
        told = claim is not None and (claim.when, claim.quantity, claim.statement) != (None, None, None)
        if self._fields is not None or told or (claim is not None and claim.retracted):
            self._made().load(claim)

    def stand_in(self, setting: SourceSetting) -> None:
        """Read wordings as those of the claim's source."""
        self._setting = setting
        if self._fields is not None:
            self._fields.stand_in(setting)

    def applied(self, claim: Claim) -> Claim:
        """Return a claim with what is typed here."""
        return claim if self._fields is None else self._fields.applied(claim)

    def data(self) -> dict[str, Any]:
        return {} if self._fields is None else self._fields.typed()

    def restore(self, data: Any) -> None:
        if isinstance(data, dict) and data:
            self._made().restore(data)

    def check(self) -> QWidget | None:
        return None if self._fields is None else self._fields.check()

    def _open(self) -> None:
        fields = self._made()
        fields.show()  # its layout would do that only later, too late for the keyboard
        self.unfolded.emit()
        fields.focus()

    def _made(self) -> _Fields:
        if self._fields is None:
            self._fields = _Fields(self._name, self._choices, self._usual_measure, self)
            self._fields.load(self._claim)
            if self._setting is not None:
                self._fields.stand_in(self._setting)
            self._fields.changed.connect(self.changed)
            self._fields.wording_kept.connect(self.wording_kept)
            self.put(self._fields)
            self._unfold.hide()
        return self._fields


class _Fields(QWidget):
    """The fields themselves."""

    changed = Signal()
    wording_kept = Signal()

    def __init__(self, name: str, choices: Choices, measure: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._when = DateField(self.tr("When, as this source says"), f"{name}_when", self)
        self._quantity = QuantityField(
            self.tr("How many, as this source says"), f"{name}_quantity", self, measure=measure
        )
        self._statement = NamesField(
            self.tr("Said in the statement"),
            f"{name}_statement",
            [Option(event.uid, event.title) for event in choices.statements],
            self,
            hint=self.tr("choose by its title"),
            may_create=False,
            marks_new=False,
            single=True,
        )
        self._retracted = CheckField(
            self.tr("Retracted: it stays, and counts nowhere"), f"{name}_retracted", self
        )
        self._fields: dict[str, Field] = {
            "when": self._when,
            "quantity": self._quantity,
            "statement": self._statement,
            "retracted": self._retracted,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + SPACE // 2)
        for field in self._fields.values():
            column.addWidget(field)
            field.changed.connect(self.changed)
        self._when.kept.connect(self.wording_kept)
        self._untouched = self._data()

    def load(self, claim: Claim | None) -> None:
        """Show what a claim says."""
        self._when.load(None if claim is None else claim.when)
        self._quantity.load(None if claim is None else claim.quantity)
        self._statement.load([claim.statement] if claim is not None and claim.statement else [])
        self._retracted.box.setChecked(claim is not None and claim.retracted)
        self._untouched = self._data()

    def stand_in(self, setting: SourceSetting) -> None:
        """Read wordings as those of a source."""
        untouched = not self.typed()
        self._when.set_reference(setting.reference, setting.language, setting.title)
        self._quantity.set_language(setting.language)
        if untouched:  # how a loaded date looks in its source was not typed by anybody
            self._untouched = self._data()

    def applied(self, claim: Claim) -> Claim:
        """Return a claim with what is typed."""
        chosen = self._statement.chosen()
        return replace(
            claim,
            when=self._when.value(),
            quantity=self._quantity.value(),
            statement=chosen[0] if chosen else None,
            retracted=self._retracted.box.isChecked(),
        )

    def typed(self) -> dict[str, Any]:
        """Return what is typed, as JSON values; nothing where all is as it was loaded."""
        data = self._data()
        return {} if data == self._untouched else data

    def restore(self, data: dict[str, Any]) -> None:
        """Show what `typed` returned once."""
        for key, field in self._fields.items():
            if key in data:
                field.restore(data[key])

    def check(self) -> QWidget | None:
        """Show all that is wrong, and return the first widget in which it can be put right."""
        found = [field.check() for field in self._fields.values()]
        return next((widget for widget in found if widget is not None), None)

    def focus(self) -> None:
        """Put the keyboard into the first field."""
        buddy = self._when.label.buddy()
        if buddy is not None:
            buddy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _data(self) -> dict[str, Any]:
        return {key: field.data() for key, field in self._fields.items()}
