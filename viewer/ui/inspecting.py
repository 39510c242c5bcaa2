"""The one event that a window looks into: in the inspector, and with its claims below its mark on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.weighing import touches_all

if TYPE_CHECKING:
    from viewer.document import Document
    from viewer.domain.context import Context
    from viewer.domain.edits import Edit
    from viewer.ui.event_details import EventDetails, Inspected
    from viewer.ui.inspector import Inspector
    from viewer.ui.timeline_view import TimelineView


class Inspecting(QObject):
    """Shows an event, as known on the day that is set, and only when there is something else to show of it."""

    def __init__(
        self, document: Document, details: EventDetails, inspector: Inspector, timeline: TimelineView
    ) -> None:
        super().__init__(inspector)
        self._document = document
        self._details = details
        self.inspector = inspector
        self._timeline = timeline
        self._shown: tuple[Inspected, Context] | None = None

    def show(self, event: int | None) -> Inspected | None:
        """Show an event, or none; return what is known of it."""
        found = None if event is None else self._details.inspected(event)
        if found is None:
            self._shown = None
            self.inspector.show_event(None)
            return None
        context = self._document.provenance_context()
        if not self._is_shown(found, context):
            self._shown = found, context
            self.inspector.show_event(
                found.event,
                kind=found.kind,
                sources=found.sources,
                linked=found.linked,
                context=context,
                later=found.later,
            )
        return found

    def set_day(self, day: int | None) -> None:
        """Show what had been published by a moment, in seconds; None: everything."""
        self._details.set_known_by(day)
        if self._shown is not None:
            self.show(self._shown[0].event.id)

    def follow(self, edit: Edit, touched: frozenset[int] | None) -> bool:
        """Take note of an edit that touched some events; return whether what is shown has to be shown anew."""
        was_kept = not self._details.forget(None if touches_all(edit) else touched)
        if self._shown is None:
            return False
        found, before = self._shown
        same_statements = before.statements is self._document.provenance_context().statements
        if was_kept and same_statements and touched is not None and found.event.id not in touched:
            return False
        self._shown = None
        return True

    def show_claims(self, event: int) -> None:
        """Draw the claims of an event below its mark."""
        self._timeline.set_claims(self._details.expanded(event))

    def draw_claims_anew(self) -> None:
        """Bring the claims that are drawn up to date."""
        opened = self._timeline.content().claims
        if opened is not None:
            self.show_claims(opened.event)

    def _is_shown(self, found: Inspected, context: Context) -> bool:
        """Tell whether that is what is shown: the same records, not only ones that are equal."""
        if self._shown is None or self._shown[1] is not context:
            return False
        shown = self._shown[0]
        return shown.event is found.event and shown.linked is found.linked and shown.later == found.later
