"""A document's window as it was left: brought back before its first picture, remembered while it is open.

Nothing is brought back that the document does not hold any more. The inspector follows after the first picture.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from viewer.storage.errors import StorageError
from viewer.ui.sessions import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.domain.fuzzy_date import FuzzyDate
    from viewer.domain.saved_views import SavedDate
    from viewer.ui.sessions import Sessions
    from viewer.ui.workspace import Workspace

_EVERY_MS = 30_000
_log = logging.getLogger(__name__)


class Remembering(QObject):
    """Brings back place, selection and filter of a document's window, and keeps them every 30 seconds."""

    def __init__(self, workspace: Workspace, sessions: Sessions) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._sessions = sessions
        self._kept = Session()
        timer = QTimer(self)
        timer.timeout.connect(self.keep)
        timer.start(_EVERY_MS)

    def recall(self) -> None:
        """Show what was shown when the document was left."""
        session = self._kept = self._sessions.load(self._workspace.document.uid)
        if session.filter:
            self._show_filter(session.filter)
        if session.selected is not None:
            self._select(session.selected)
        if session.place is not None and not self._go():
            # The chart of a large document may still have to be prepared.
            self._workspace.showing.shown.connect(self._go_later)

    def keep(self) -> None:
        """Remember what is shown now, if that is something else than before."""
        try:
            session = self._session()
        except StorageError as error:
            _log.warning("what the window shows is not remembered: %s", error)
            return
        if session is not None and session != self._kept:
            self._kept = session
            self._sessions.save(self._workspace.document.uid, session)

    def _session(self) -> Session | None:
        """Return what is shown; None as long as there is nothing to be seen."""
        window = self._workspace
        timeline, sieve = window.timeline, window.showing.sieve
        ways = window.furnishing.made_wayfinding
        if ways is None or timeline.content().index.span() is None:
            return None
        # By the other clock the place means nothing: the window opens by the first.
        at_large = timeline.is_fitted or window.showing.charting.by_publication
        place = None if at_large else replace(timeline.destination(), within={})
        event = None if window.selected is None else window.document.store.event(window.selected)
        asked = None
        if not sieve.filter.is_empty:
            from viewer.domain.saved_views import definition

            asked = definition(replace(ways.views.current(), lanes=None, clock=None)).get("filter")
        return Session(place, None if event is None else event.uid, asked)

    def _show_filter(self, raw: Mapping[str, Any]) -> None:
        """Ask for what the header asked for; what a saved view asked for beyond that comes with the view."""
        from viewer.domain.filters import Filter
        from viewer.domain.saved_views import read_view
        from viewer.ui.period import Period

        view = read_view({"filter": raw})
        if view.problems:
            _log.warning("of the last session %s could not be used", ", ".join(view.problems))
        if (saved := view.filter) is None:
            return
        wanted = Filter(
            text=saved.text,
            kinds=frozenset(saved.kinds or ()) or None,
            disputed=saved.disputed,
            min_origins=saved.min_origins,
            reliability=saved.reliability,
            credibility=saved.credibility,
        )
        period = Period(_date(saved.since), _date(saved.until), saved.certainly)
        self._workspace.header.show_filter(wanted, period)

    def _select(self, uid: str) -> None:
        window = self._workspace
        window.selected = window.document.store.id_of("events", "uid", uid)
        window.timeline.set_selection(window.selected)

    def _go(self) -> bool:
        """Go to the place where one was, unless nothing lies there any more; return whether that is known."""
        timeline, place = self._workspace.timeline, self._kept.place
        span = timeline.content().index.span()
        if span is None or place is None:
            return False
        first, last = place.scale.visible(timeline.canvas_width())
        if first <= span[1] and last >= span[0]:
            timeline.show_place(place)
        return True

    def _go_later(self) -> None:
        if self._go():
            self._workspace.showing.shown.disconnect(self._go_later)


def _date(saved: SavedDate | None) -> FuzzyDate | None:
    if saved is None:
        return None
    from viewer.domain.dates import from_edtf

    return replace(from_edtf(saved.edtf), text=saved.text)
