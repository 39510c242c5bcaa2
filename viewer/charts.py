"""What the timeline shows of a document, by either clock and in lanes of any grouping.

All rests on a base that never changes, mapped from the cache or, in a small document, made here and now. Edits
lie over it: an edit costs no more than the events that it touches. A large document without a base is waiting
for one, which is prepared in the background; after an edit that touches very many events, what was shown before
stays until there is another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from viewer.base import (
    BY_KIND,
    OTHERS,
    WITHOUT,
    Arrangement,
    Base,
    arrangement_name,
    columns_in_lanes,
    open_base,
    read_base,
)
from viewer.domain.edits import Edit
from viewer.domain.records import Kind
from viewer.frozen import dataclass
from viewer.overlay import Overlay
from viewer.preparing import COLUMNS, SEARCH, VERIFY, Preparation
from viewer.storage.cache import FEW, Cache
from viewer.storage.cache_folder import CacheFolder
from viewer.storage.column_queries import has_more_events_than, names_of
from viewer.storage.publication_queries import publication_moments, publications
from viewer.storage.store import Store
from viewer.storage.touching import Touched, touched_by, touched_since
from viewer.timeline.distinct import distinct
from viewer.timeline.event_table import EventTable
from viewer.timeline.events import Events
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.packed import Packed
from viewer.timeline.publications import Publications, end_of_days

__all__ = ["Chart", "Charts", "Preparation"]

MANY = 20_000
"""So many events are arranged anew at once when an edit touched very many of them."""

LaneName = Callable[[Kind], str]
RestName = Callable[[str, bool], str]
"""The name of a lane of a grouping, for events that name nobody (True), or for those too many to have their own."""

Key = tuple[bool, str]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """What the timeline shows of a document: its index, its kinds by position, and its events with their titles.

    `by_kind` are the same events in lanes of their kinds, each there once.
    `waiting`: it is not what was asked for, or not of the document as it is; a preparation will help.
    """

    index: Index
    kinds: tuple[Kind, ...]
    events: Events
    by_kind: Index
    grouping: str = "kind"
    waiting: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """An index, and the keys of its lanes."""

    index: Index
    keys: tuple[int, ...]


class Charts:
    """The charts of one document; tell it of every edit with `heard`.

    So `few` events are read when they are needed, and so `many` arranged anew when an edit touched very many.
    `problem`: why the cache cannot be used, in words of the system; None while it can.
    """

    def __init__(
        self, store: Store, folder: CacheFolder, cache: Cache, *, few: int = FEW, many: int = MANY
    ) -> None:
        self._store = store
        self._folder = folder
        self._cache = cache
        self._few = few
        self._many = many
        self._base: Base | None = None
        self._overlay = Overlay.over(EventTable.empty())
        self._kinds: tuple[int, ...] = ()
        self._drawn: dict[Key, _Drawn] = {}
        self._charts: dict[Key, Chart] = {}
        self._names: dict[str, dict[int, str]] = {}
        self._named: dict[Key, tuple[tuple[LaneInfo, ...], tuple[LaneInfo, ...]]] = {}
        self._wanted: set[str] = set()
        self._is_behind = True
        self._is_opened = False
        self._is_verified = False
        self._preparing: Preparation | None = None
        self._publications: tuple[int, Publications] | None = None
        self.problem: str | None = None

    def chart(
        self,
        lane_name: LaneName,
        *,
        by_publication: bool = False,
        grouping: str = "kind",
        rest_name: RestName = lambda grouping, without: "",
    ) -> Chart:
        """Return the events where they happened, or where they were first said, in lanes of a grouping.

        While another grouping than by kind is not prepared, the one by kind, and waiting.
        """
        self._open()
        key = (by_publication, grouping)
        if key not in self._charts:
            self._charts[key] = self._made(lane_name, rest_name, *key)
        return self._charts[key]

    def heard(self, edit: Edit, _who: object = None) -> None:
        """Have the charts follow an edit: only what it touched is read again, and nobody else moves."""
        if {change.table for change in edit.changes} & {"actors", "places", "sources", "tags"}:
            self._names.clear()
            self._named.clear()
        self._charts.clear()
        if self._base is None:
            self._is_opened = False
            return
        if not self._is_behind:
            self._follow(touched_by(self._store, edit, "drawn", self._few))

    def preparation(self) -> Preparation | None:
        """Return what has to be done next in the background; None: nothing. Ask again after `adopt`.

        First what is waited for, then the search index of a large document, then a quiet look at whether
        what came from the cache is whole.
        """
        self._open()
        steps = self._steps()
        is_large = has_more_events_than(self._store, self._few)
        if not steps and is_large and not self._cache.is_ready(self._store):
            steps = (SEARCH,)
        if not steps and self._base is not None and self._base.build is not None and not self._is_verified:
            steps = (VERIFY,)
        if not steps:
            return None
        self._preparing = Preparation(
            self._store.path,
            self._store.meta().uid,
            self._folder,
            self._cache,
            steps,
            is_quiet=not (self._is_behind or self._wanted),
            base=self._base,
            problem=self.problem or self._cache.problem,
        )
        return self._preparing

    def _steps(self) -> tuple[str, ...]:
        """Return what the charts need: a base where there is none, or soon too much over it, and arrangements."""
        is_kept = self._base is not None and self._base.build is not None
        if self._is_behind or (is_kept and 2 * self._overlay.weight > self._few):
            used = {arrangement_name(grouping, by_publication=clock) for clock, grouping in self._drawn}
            return (COLUMNS, *sorted((used | self._wanted) - set(BY_KIND)))
        return tuple(sorted(self._wanted))

    def adopt(self) -> None:
        """Take over what the last preparation has done, in the thread of the document."""
        done, self._preparing = self._preparing, None
        if done is None:
            return
        self._charts.clear()
        self.problem = self.problem or done.problem or self._cache.problem
        if done.steps == (VERIFY,):
            self._is_verified = True
            if done.found_damage and self._base is not None and self._base.build is not None:
                self._folder.discard(self._base.build)
                self._forget()
        elif COLUMNS in done.steps:
            self._adopt_base(done)
        else:
            self._wanted.difference_update(done.steps)

    def publications(self) -> Publications:
        """Return by when what is said of each event had been published."""
        if self._publications is None or self._publications[0] != self._store.revision:
            self._publications = (self._store.revision, self._known())
        return self._publications[1]

    def _known(self) -> Publications:
        self._open()
        moments = publication_moments(self._store)
        if self._is_behind:
            return Publications.of(publications(self._store), moments)
        events = self._overlay.events
        columns = [
            (table.ids, table.known_from, table.disputed_from) for table in (events.base, events.recent)
        ]
        days = distinct(end_of_days(np.fromiter(moments, np.int64)))
        if not self._overlay.weight:
            return Publications(days, *columns[0])
        base, recent = columns
        whole = [np.concatenate((np.delete(b, events.dead), r)) for b, r in zip(base, recent, strict=True)]
        order = np.argsort(whole[0], kind="stable")
        return Publications(days, *(column[order] for column in whole))

    # The base

    def _open(self) -> None:
        """Find a base: in the cache, or make it of a small document."""
        if self._is_opened:
            return
        self._is_opened = True
        base = open_base(self._folder, self._store) if has_more_events_than(self._store, self._few) else None
        if base is not None:
            self._stand_on(base)
        if self._is_behind and not has_more_events_than(self._store, self._few):
            self._stand_on(read_base(self._store))

    def _stand_on(self, base: Base) -> None:
        """Rest on another base from now on, and catch up with what was edited since it was made."""
        self._base, self._is_behind, self._is_verified = base, False, base.build is None
        self._overlay, self._kinds = Overlay.over(base.table), base.state.kinds
        used, self._drawn = tuple(self._drawn), {}
        self._wanted.clear()
        if base.state.revision != self._store.revision:
            self._follow(touched_since(self._store, base.state.edit, "drawn", self._few))
        for clock, grouping in used:
            self._drawn_as(self._store.kinds(), clock, grouping)

    def _adopt_base(self, done: Preparation) -> None:
        base = done.base if done.problem is not None else open_base(self._folder, self._store)
        if base is None:
            self.problem = self.problem or "what was prepared is not there"
        elif base is not self._base:
            self._stand_on(base)

    def _forget(self) -> None:
        self._base, self._is_behind, self._is_opened = None, True, False

    def _follow(self, touched: Touched | None) -> None:
        """Bring everything up to date with what was touched; None: it is too much for that."""
        base = self._base
        if base is None:
            return
        kinds = self._store.kinds()
        ids = tuple(kind.id for kind in kinds)
        is_more = ids[: len(base.state.kinds)] == base.state.kinds
        if touched is None or not is_more or self._overlay.weight + len(touched.events) > self._few:
            self._rebuild(kinds)
            return
        if touched.events:
            self._overlay = self._overlay.changed(self._store, ids, touched.events)
        if touched.events or ids != self._kinds:
            self._kinds = ids
            for key, drawn in self._drawn.items():
                self._drawn[key] = self._changed(drawn, kinds, *key)

    def _rebuild(self, kinds: Sequence[Kind]) -> None:
        """Make a base anew in which nobody moves; of a large document, that is left to a preparation."""
        if has_more_events_than(self._store, self._many):
            self._is_behind = True
            return
        before = {
            clock: (drawn.index, _lanes_of(kinds))
            for (clock, grouping), drawn in self._drawn.items()
            if grouping == "kind"
        }
        self._stand_on(read_base(self._store, before=before))

    # The indexes

    def _made(self, lane_name: LaneName, rest_name: RestName, by_publication: bool, grouping: str) -> Chart:
        kinds = self._store.kinds()
        drawn = self._drawn_as(kinds, by_publication, grouping)
        if drawn is None and grouping != "kind":
            return replace(self.chart(lane_name, by_publication=by_publication), waiting=True)
        events = self._overlay.events
        if drawn is None:
            nothing = Packed.build(self._overlay.columns(by_publication=by_publication), len(kinds))
            drawn = _Drawn(Index.of(nothing, _lanes_of(kinds), events, by_publication=by_publication), ())
        lanes = drawn.index.lanes
        if grouping == "kind":
            known = {kind.name: lane_name(kind) for kind in kinds}
            named = tuple(replace(lane, name=known.get(lane.key, lane.name)) for lane in lanes)
            by_kind = index = replace(drawn.index, lanes=named)
        else:
            by_kind = self.chart(lane_name, by_publication=by_publication).index
            index = replace(
                drawn.index, lanes=self._lanes_named(drawn, (by_publication, grouping), rest_name)
            )
        return Chart(index, kinds, events, by_kind, grouping, self._is_behind)

    def _drawn_as(self, kinds: Sequence[Kind], by_publication: bool, grouping: str) -> _Drawn | None:
        key = (by_publication, grouping)
        if key not in self._drawn:
            found = self._arrangement(by_publication, grouping)
            if found is None:
                return None
            lanes = _lanes_of(kinds) if grouping == "kind" else _lanes_by(grouping, found.keys)
            bare = Events(self._overlay.events.base)
            drawn = _Drawn(
                Index.of(found.packed, lanes[: found.packed.lanes], bare, by_publication=by_publication),
                found.keys,
            )
            self._drawn[key] = self._changed(drawn, kinds, by_publication, grouping)
        return self._drawn[key]

    def _arrangement(self, by_publication: bool, grouping: str) -> Arrangement | None:
        if self._base is None:
            return None
        found = self._base.arrangement(grouping, by_publication=by_publication)
        if found is None and len(self._base.table) <= self._many:
            found = self._base.arrange(self._store, grouping, by_publication=by_publication)
        if found is None:
            self._wanted.add(arrangement_name(grouping, by_publication=by_publication))
        return found

    def _changed(self, drawn: _Drawn, kinds: Sequence[Kind], by_publication: bool, grouping: str) -> _Drawn:
        """Return an index with the events that lie over the base as they are now."""
        events, recent = self._overlay.events, self._overlay.columns(by_publication=by_publication)
        keys = drawn.keys
        lanes: Sequence[LaneInfo] = _lanes_of(kinds)
        if grouping != "kind":
            recent, keys = columns_in_lanes(recent, events.recent, grouping, keys)
            lanes = drawn.index.lanes if keys == drawn.keys else _lanes_by(grouping, keys)
        is_bare = not self._overlay.weight and drawn.index.size == events.size
        if is_bare and [lane.key for lane in lanes] == [lane.key for lane in drawn.index.lanes]:
            return drawn
        return _Drawn(drawn.index.changed(recent, lanes, events, by_publication=by_publication), keys)

    def _lanes_named(self, drawn: _Drawn, key: Key, rest_name: RestName) -> tuple[LaneInfo, ...]:
        """Return the lanes with their names; there may be thousands, and an edit hardly ever touches them."""
        of, named = self._named.get(key, ((), ()))
        if of is not drawn.index.lanes:
            of, names = drawn.index.lanes, self._names_by(key[1], drawn.keys, rest_name)
            named = tuple(replace(lane, name=name) for lane, name in zip(of, names, strict=True))
            self._named[key] = of, named
        return named

    def _names_by(self, grouping: str, keys: Sequence[int], rest_name: RestName) -> list[str]:
        """Return the names of lanes; those of actors and the like are asked of the store once."""
        known = self._names.setdefault(grouping, {})
        asked = [key for key in keys if key not in known and key not in (OTHERS, WITHOUT)]
        known.update(dict.fromkeys(asked, ""))
        known.update(names_of(self._store, grouping, asked))
        rest = {OTHERS: rest_name(grouping, False), WITHOUT: rest_name(grouping, True)}
        return [rest[key] if key in rest else known[key] for key in keys]


def _lanes_of(kinds: Sequence[Kind]) -> list[LaneInfo]:
    return [LaneInfo(kind.name, kind.label, place) for place, kind in enumerate(kinds)]


def _lanes_by(grouping: str, keys: Sequence[int]) -> list[LaneInfo]:
    return [LaneInfo(f"{grouping}:{key}", "", -1) for key in keys]
