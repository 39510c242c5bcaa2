"""The fields of an event in its form, and the way from an event to them and back.

What the form does not show stays as it was: actors in other roles, links of other relations.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.domain.records import ROLES, Event, Link, Part
from viewer.ui.forms.choice_field import ChoiceField, NamesField
from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.field import Field, LineField, TextField
from viewer.ui.forms.quantity_field import QuantityField
from viewer.ui.forms.suggestions import Option
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from viewer.domain.dates import FuzzyDate
    from viewer.ui.forms.date_whence import SourceSetting
    from viewer.ui.forms.entry import Choices
    from viewer.ui.forms.sheets import Sheet, SheetPart

_ABOUT = "about"


class EventFields(QWidget):
    """All fields of an event but its claims, in the order of its sheet."""

    changed = Signal()
    date_changed = Signal()
    wording_kept = Signal()

    def __init__(self, sheet: Sheet, choices: Choices, event: Event, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices, self._event = choices, event
        self._names: dict[str, NamesField] = {}
        self._places: dict[str, ChoiceField] = {}
        self._fields: dict[str, Field] = {part.holds: self._made(part, sheet) for part in sheet.parts}
        self._summary = TextField(self.tr("Summary"), "summary", self)
        self._tags = NamesField(self.tr("Tags"), "tags", (), self, hint=self.tr("add a tag"), marks_new=False)
        self._fields |= {"summary": self._summary, "tags": self._tags}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + SPACE // 2)
        for field in self._fields.values():
            column.addWidget(field)
        self._load(event)
        for field in self._fields.values():
            field.changed.connect(self.changed)
        self.when.changed.connect(self.date_changed)
        self.when.kept.connect(self.wording_kept)

    def stand_in(self, setting: SourceSetting) -> None:
        """Read wordings as those of a source."""
        self.when.set_reference(setting.reference, setting.language, setting.title)
        self._quantity.set_language(setting.language)

    def event_as_typed(self) -> Event:
        """Return the event as it shall be, its claims as they were."""
        before = self._event
        place, origin = self._places.get("place"), self._places.get("origin")
        return replace(
            before,
            title=self.title.value() or "",
            summary=self._summary.value(),
            when=self.when.value(),
            place=before.place if place is None else place.value(),
            origin=before.origin if origin is None else origin.value(),
            quantity=self._quantity.value(),
            actors=self._parts(before.actors),
            links=self._links(before.links),
            tags=self._tags.chosen(),
        )

    def date(self) -> FuzzyDate | None:
        """Return the date as far as it is understood."""
        return self.when.value()

    def data(self) -> dict[str, Any]:
        """Return all that is typed, as JSON values."""
        return {name: field.data() for name, field in self._fields.items()}

    def restore(self, data: dict[str, Any]) -> None:
        """Show what `data` returned once."""
        for name, field in self._fields.items():
            if name in data:
                field.restore(data[name])

    def check(self) -> QWidget | None:
        """Show all that is wrong, and return the first widget in which it can be put right."""
        found = [field.check() for field in self._fields.values()]
        return next((widget for widget in found if widget is not None), None)

    def _made(self, part: SheetPart, sheet: Sheet) -> Field:
        """Make the field of a part, in the order in which Tab goes through them."""
        if part.holds == "title":
            self.title = LineField(
                part.label,
                part.holds,
                self,
                hint=part.hint,
                required=self.tr("A few words are needed here: they label the mark."),
            )
            return self.title
        if part.holds == "when":
            self.when = DateField(part.label, part.holds, self)
            return self.when
        if part.holds == "quantity":
            self._quantity = QuantityField(part.label, part.holds, self, measure=sheet.measure)
            return self._quantity
        if part.holds in ROLES:
            actors = [Option(name, name) for name in self._choices.actors]
            self._names[part.holds] = NamesField(part.label, part.holds, actors, self, hint=part.hint)
            return self._names[part.holds]
        if part.holds == _ABOUT:
            events = [
                Option(event.uid, event.title)
                for event in self._choices.events
                if event.uid != self._event.uid
            ]
            self._names[_ABOUT] = NamesField(
                part.label, _ABOUT, events, self, hint=part.hint, may_create=False
            )
            return self._names[_ABOUT]
        self._places[part.holds] = ChoiceField(
            part.label, part.holds, self._choices.places, self, hint=part.hint
        )
        return self._places[part.holds]

    def _load(self, event: Event) -> None:
        self.title.load(event.title)
        self.when.load(event.when)
        self._quantity.load(event.quantity)
        self._summary.load(event.summary)
        self._tags.load(event.tags)
        for holds, place in self._places.items():
            place.load(event.origin if holds == "origin" else event.place)
        for role, names in self._names.items():
            if role == _ABOUT:
                names.load([link.to for link in event.links if self._is_shown(link)])
            else:
                names.load([part.name for part in event.actors if part.role == role])

    def _parts(self, before: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return the actors as typed; those that were there keep their place and all they carry."""
        wanted = {(role, name) for role in self._roles() for name in self._names[role].chosen()}
        kept = [part for part in before if part.role not in self._roles() or (part.role, part.name) in wanted]
        there = {(part.role, part.name) for part in kept}
        added = [
            Part(name=name, role=role)
            for role in self._roles()
            for name in self._names[role].chosen()
            if (role, name) not in there
        ]
        return (*kept, *added)

    def _roles(self) -> list[str]:
        return [role for role in self._names if role != _ABOUT]

    def _is_shown(self, link: Link) -> bool:
        known = link.to != self._event.uid and any(event.uid == link.to for event in self._choices.events)
        return link.relation == _ABOUT and known

    def _links(self, before: tuple[Link, ...]) -> tuple[Link, ...]:
        if _ABOUT not in self._names:
            return before
        wanted = self._names[_ABOUT].chosen()
        kept = [link for link in before if not self._is_shown(link) or link.to in wanted]
        there = {link.to for link in kept if link.relation == _ABOUT}
        return (*kept, *(Link(to=uid, relation=_ABOUT) for uid in wanted if uid not in there))
