"""The form of an entry: a sheet at the right, in the inspector's place, that never loses what was typed.

It knows no document: it is given choices and hands over an Entry. The owner saves, and says if that failed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from viewer.domain.dates import DateError, read_date, unread_date
from viewer.domain.records import Claim, Event, Kind
from viewer.drafting import new_uid
from viewer.ui.forms.claims_panel import ClaimsPanel
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.forms.drafted import object_in, objects_in, text_in
from viewer.ui.forms.entry import Choices, Entry, Ghost
from viewer.ui.forms.event_fields import EventFields
from viewer.ui.forms.form_sheet import FormSheet
from viewer.ui.forms.sheets import sheet_of
from viewer.ui.theme import SPACE


class EventForm(FormSheet):
    """Adds or revises one event. Open it with `start_new` or `start_edit`; `submitted` hands over an Entry."""

    ghost_changed = Signal(object)
    """The Ghost: where the draft would stand on the timeline."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._event: Event | None = None
        self._fields: EventFields | None = None
        self._claims: ClaimsPanel | None = None
        self._kind = choices.kinds[0]
        self._is_new = True
        self._ghost: Ghost | None = None
        self._setting = SourceSetting()
        self._in_view: int | None = None
        self._growing: QWidget | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow_growth)

    def set_choices(self, choices: Choices) -> None:
        """Offer other names and sources, from the next form that is opened on."""
        self._choices = choices

    def start_new(self, kind: Kind, when: str = "") -> None:
        """Open an empty form for a new event of `kind`, its date filled in."""
        self._open(kind, Event(uid=new_uid(), kind=kind.name, title=""), is_new=True)
        if when and self._fields is not None:
            self._fields.when.load(_as_date(when))
            self._settle()

    def start_from(self, proposed: Event) -> None:
        """Open the form for a new event that is filled in already, and that nobody has saved yet."""
        kinds = {kind.name: kind for kind in self._choices.kinds}
        self._open(kinds.get(proposed.kind, self._choices.kinds[0]), proposed, is_new=True)
        self._untouched = {}
        if self._fields is not None:
            self._fields.title.line.end(False)
            self._fields.title.line.home(True)  # selected from its end, so that its beginning is seen

    def add_claim(self, claim: Claim) -> None:
        """Add a claim to the event whose form is open."""
        if self._claims is not None:
            self._claims.add(claim)

    def start_edit(self, event: Event) -> None:
        """Open the form on an event that is there already."""
        known = {kind.name: kind for kind in self._choices.kinds}
        kind = known.get(event.kind) or Kind(
            name=event.kind, label=event.kind, shape="square", colour="statement"
        )
        self._open(kind, event, is_new=False)

    def set_in_view(self, moment: int) -> None:
        """Say what the timeline shows (the middle, in seconds): there begins a calendar without a date."""
        self._in_view = moment
        if self._fields is not None:
            self._fields.when.set_start(moment)

    def data(self) -> dict[str, Any]:
        """Return all that is typed as JSON values; "event" is the uid of the edited event, None for a new one."""
        if self._fields is None or self._claims is None or self._event is None:
            return {}
        return {
            "kind": self._kind.name,
            "event": None if self._is_new else self._event.uid,
            "fields": self._fields.data(),
            "claims": self._claims.data(),
        }

    def restore(self, data: Any) -> None:
        """Show what `data` returned once. For a draft of an edit, call `start_edit` with that event first."""
        kinds = {kind.name: kind for kind in self._choices.kinds}
        kind = kinds.get(text_in(data, "kind"), self._kind)
        edited = text_in(data, "event") or None
        opened = None if self._is_new or self._event is None else self._event.uid
        if self._event is None or edited != opened or kind.name != self._kind.name:
            self.start_new(kind)
        if self._fields is not None and self._claims is not None:
            self._fields.restore(object_in(data, "fields"))
            self._claims.restore(objects_in(data, "claims"))
            self._stand_in_source()
        self._tell_ghost()

    def save(self) -> None:
        """Hand the entry over, or show what is wrong with it and go there."""
        if self._fields is None or self._claims is None:
            return
        self._foot.ask(False)
        problems = [self._fields.check(), self._claims.check()]
        first = next((widget for widget in problems if widget is not None), None)
        if first is not None:
            self._go_to(first)
            return
        self._head.show_problem("")
        claims, sources = self._claims.entry()
        self.submitted.emit(Entry(replace(self._fields.event_as_typed(), claims=claims), sources))

    def _open(self, kind: Kind, event: Event, *, is_new: bool) -> None:
        sheet = sheet_of(kind)
        self._kind, self._event, self._is_new, self._ghost = kind, event, is_new, None
        self._growing = None
        body = QWidget()
        fields = self._fields = EventFields(sheet, self._choices, event, body)
        fields.when.set_colour(kind.colour)
        fields.when.set_start(self._in_view)
        claims = self._claims = ClaimsPanel(self._choices, body, measure=sheet.measure)
        claims.load(event.claims)
        self._setting = claims.setting()
        fields.stand_in(self._setting)
        self._show_parts(
            body, fields, claims, kind=kind, title=sheet.new if is_new else sheet.edit, may_delete=not is_new
        )
        fields.changed.connect(self._changed)
        claims.changed.connect(self._changed)
        claims.changed.connect(self._stand_in_source)
        claims.grown.connect(self._grow)
        fields.date_changed.connect(self._tell_ghost)
        for part in (fields, claims):
            part.wording_kept.connect(self.save)
        self._order_tabs()
        self._settle()
        self._go_to_start()

    def _stand_in_source(self) -> None:
        """Read dates and numbers as those of the source that is named now."""
        if self._fields is None or self._claims is None:
            return
        setting = self._claims.setting()
        if setting != self._setting:
            self._setting = setting
            self._fields.stand_in(setting)
            self._tell_ghost()

    def _grow(self, added: QWidget) -> None:
        """Take a new part of the sheet into the round of Tab, and scroll to it as it gets its place."""
        self._order_tabs()
        self._growing = added

    def _follow_growth(self) -> None:
        """Let a new part begin at the top, as far as the sheet goes on below it, until it has its height."""
        part, body = self._growing, self._scroll.widget()
        if part is None or body is None:
            return
        self._scroll.verticalScrollBar().setValue(part.mapTo(body, QPoint()).y() - SPACE)
        if part.height() >= part.minimumSizeHint().height():
            self._growing = None

    def _settle(self) -> None:
        self._untouched = self.data()
        self._tell_ghost()

    def _changed(self) -> None:
        self._growing = None
        super()._changed()

    def _tell_ghost(self) -> None:
        if self._fields is None:
            return
        ghost = Ghost(self._kind.name, self._fields.date())
        if ghost != self._ghost:
            self._ghost = ghost
            self.ghost_changed.emit(ghost)

    def _go_to_start(self) -> None:
        if self._fields is not None:
            self._fields.title.line.setFocus(Qt.FocusReason.OtherFocusReason)


def _as_date(text: str) -> Any:
    try:
        return read_date(text)
    except DateError:
        return unread_date(text)
