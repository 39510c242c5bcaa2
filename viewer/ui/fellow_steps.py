"""Steps from the selected event to the next one that shares an actor, a place or a source with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.frozen import dataclass
from viewer.timeline.fellows import Fellows, count_fellows, fellows
from viewer.ui.painter_ink import number
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.charts import Chart
    from viewer.domain.records import Event
    from viewer.timeline.masks import Mask
    from viewer.ui.workspace import Workspace

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Thread:
    """What events share: an "actor", a "place" or a "source", by its id in the document and its name."""

    grouping: str
    key: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class _Followed:
    thread: Thread
    chart: Chart
    mask: Mask | None
    by_publication: bool
    events: Fellows


class FellowSteps(QObject):
    """Keeps to the thread that was followed last, as long as the events that it leads to share it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._thread: Thread | None = None
        self._followed: _Followed | None = None

    def threads(self) -> tuple[Thread, ...]:
        """Return what the selected event may share with others: its actors, its places, its sources."""
        window = self._workspace
        event = None if window.selected is None else window.details.whole(window.selected)
        return () if event is None else tuple(self._threads_of(event))

    def step(self, step: int, grouping: str) -> None:
        """Select the next (1) or the previous (-1) event that shares an actor, a place or a source."""
        threads = [thread for thread in self.threads() if thread.grouping == grouping]
        if self._workspace.selected is None:
            self._say(self.tr("Select an event first."))
        elif not threads:
            self._say(self._nothing_named(grouping))
        else:
            kept = self._thread
            self.follow(kept if kept is not None and kept in threads else threads[0], step)

    def follow(self, thread: Thread, step: int) -> None:
        """Select the next (1) or the previous (-1) event of a thread, and say which of how many it is."""
        self._thread = thread
        events = self.events(thread)
        here = None if self._workspace.selected is None else events.place(self._workspace.selected)
        if here is None:
            self._say(self.tr("The filter hides the selected event."))
            return
        there = min(max(here + step, 0), len(events) - 1)
        if there != here:
            self._workspace.step_to_event(events.at(there))
        self._say(self._words(thread, there + 1, len(events)))

    def count(self, thread: Thread) -> int:
        """Return how many events of a thread the filter shows."""
        events = self._workspace.showing.charting.chart().events
        mask = self._workspace.timeline.content().let_through().mask
        return count_fellows(events, thread.grouping, thread.key, mask)

    def events(self, thread: Thread) -> Fellows:
        """Return the events of a thread that the filter shows, in order of time; looked up once."""
        charting = self._workspace.showing.charting
        chart, by_publication = charting.chart(), charting.shows_by_publication
        mask = self._workspace.timeline.content().let_through().mask
        kept = self._followed
        if kept is None or not (
            kept.thread == thread
            and kept.chart.events is chart.events
            and kept.mask is mask
            and kept.by_publication == by_publication
        ):
            found = fellows(chart.events, thread.grouping, thread.key, mask, by_publication=by_publication)
            kept = self._followed = _Followed(thread, chart, mask, by_publication, found)
        return kept.events

    def _threads_of(self, event: Event) -> Iterable[Thread]:
        store = self._workspace.document.store
        places = [name for name in (event.place, event.origin) if name]
        sources = [claim.source for claim in event.claims]
        for grouping, table, column, named in (
            ("actor", "actors", "name", [part.name for part in event.actors]),
            ("place", "places", "name", places),
            ("source", "sources", "uid", sources),
        ):
            wanted = list(dict.fromkeys(named))
            known = store.ids_of(table, column, wanted)
            for each in wanted:
                if each in known:
                    name = self._title(each) if grouping == "source" else each
                    yield Thread(grouping, known[each], one_line(name, _LONGEST_NAME))

    def _title(self, uid: str) -> str:
        source = self._workspace.document.store.source(uid)
        return uid if source is None else source.title

    def _nothing_named(self, grouping: str) -> str:
        return {
            "actor": self.tr("The event names no actor."),
            "place": self.tr("The event names no place."),
            "source": self.tr("The event has no source."),
        }[grouping]

    def _words(self, thread: Thread, place: int, count: int) -> str:
        words = {
            "actor": self.tr("{place} of {count} with {name}"),
            "place": self.tr("{place} of {count} at {name}"),
            "source": self.tr("{place} of {count} from “{name}”"),
        }[thread.grouping]
        return words.format(place=number(place), count=number(count), name=thread.name)

    def _say(self, words: str) -> None:
        self._workspace.status.set_done(words)
