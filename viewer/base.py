"""The base of a document's charts: all its events as they were at one edit, in memory or in the cache.

A base never changes. It holds the table of events and their arrangements: by either clock in lanes of kinds, and
whatever other lanes were asked for. Edits since then lie over it: see `charts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.frozen import dataclass
from viewer.storage.cache_folder import STATE_FILE, CacheFolder
from viewer.storage.column_queries import names_of
from viewer.storage.reader import Reader
from viewer.storage.touching import edits_since, last_edit
from viewer.tabulating import Tabulated, tabulated
from viewer.timeline.array_files import DamagedError, open_arrays, write_arrays
from viewer.timeline.columns import Columns
from viewer.timeline.event_table import EventTable
from viewer.timeline.events import Events
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.packed import Packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

GROUPINGS = ("kind", "actor", "place", "source", "tag")
OTHERS = -1
"""In place of a key: the lane of all those that have none of their own, where there are too many."""

WITHOUT = -2
"""In place of a key: the lane of events that name nobody."""

MOST_LANES = 5_000

_FORMAT = 1
_TABLE = "events"
_CLOCKS = {False: "happened", True: "published"}

Progress = Callable[[int, int], None]
Before = tuple[Index, Sequence[LaneInfo]]


@dataclass(frozen=True, slots=True)
class State:
    """Which document, and which of its states: the revision, the newest edit then, the ids of its kinds."""

    document: str
    revision: int
    edit: str | None
    kinds: tuple[int, ...]

    @classmethod
    def of(cls, reader: Reader) -> State:
        """Return the state that a document is in."""
        meta = reader.meta()
        return cls(meta.uid, meta.revision, last_edit(reader), tuple(kind.id for kind in reader.kinds()))

    def leads_to(self, reader: Reader) -> bool:
        """Tell whether the document has come from this state: it is neither another nor one that went astray."""
        since = edits_since(reader, self.edit)
        now = State.of(reader)
        return (
            since is not None
            and self.document == now.document
            and self.revision + since == now.revision
            and now.kinds[: len(self.kinds)] == self.kinds
        )


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Entries in lanes; `keys` say whose each lane is: the id of a kind, an actor…, or OTHERS or WITHOUT."""

    packed: Packed
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """The events of a document in one state. `build`: the folder that it is mapped from; None: in memory."""

    state: State
    table: EventTable
    arrangements: dict[str, Arrangement] = field(default_factory=dict)
    build: Path | None = None

    def arrangement(self, grouping: str, *, by_publication: bool) -> Arrangement | None:
        """Return an arrangement that was made before, here or in the cache."""
        name = arrangement_name(grouping, by_publication=by_publication)
        if name not in self.arrangements and self.build is not None:
            found = _opened(self.build, name)
            if found is not None:
                self.arrangements[name] = found
        return self.arrangements.get(name)

    def arrange(self, reader: Reader, grouping: str, *, by_publication: bool) -> Arrangement:
        """Make an arrangement in lanes of actors, places, sources or tags, and keep it where the base is kept.

        Raises:
            OSError: it could not be kept in the cache.
            ReadError: the document cannot be read.
        """
        by_kind = self.arrangement("kind", by_publication=by_publication)
        if by_kind is None:
            raise LookupError("a base without its first arrangement")
        keys, records, lanes = lanes_of(self.table, grouping, lambda ids: names_of(reader, grouping, ids))
        found = Arrangement(by_kind.packed.regrouped(records, lanes, len(keys)), keys)
        name = arrangement_name(grouping, by_publication=by_publication)
        self.arrangements[name] = found
        if self.build is not None:
            _write_arrangement(self.build, name, found)
        return found


def arrangement_name(grouping: str, *, by_publication: bool) -> str:
    """Return the name of an arrangement, in the cache and between processes."""
    return f"{_CLOCKS[by_publication]}-{grouping}"


BY_KIND = tuple(arrangement_name("kind", by_publication=clock) for clock in _CLOCKS)
"""The arrangements that every base has."""


def read_base(
    reader: Reader, progress: Progress = lambda done, total: None, before: Mapping[bool, Before] | None = None
) -> Base:
    """Read all events of a document, and arrange them by either clock in lanes of kinds, in memory.

    `before`: by clock, an index in lanes of kinds, and such lanes for the kinds of now; whoever stands in it, and
    has not changed, keeps his row.

    Raises:
        ReadError: the document cannot be read.
    """
    state, found = _read(reader, progress)
    base = Base(state, found.table)
    for clock, name in zip(_CLOCKS, BY_KIND, strict=True):
        base.arrangements[name] = _by_kind(found, state, clock, (before or {}).get(clock))
    return base


def build_base(
    reader: Reader, build: Path, progress: Progress = lambda done, total: None, old: Base | None = None
) -> None:
    """Do the same into an empty folder of the cache, which is complete once this returns.

    `old`: a base of before; whoever stands in it, and has not changed, keeps his row.

    Raises:
        OSError: it could not be written.
        ReadError: the document cannot be read.
    """
    state, found = _read(reader, progress)
    write_arrays(build / _TABLE, {"format": _FORMAT}, found.table.arrays())
    # From here on the table lies in the file: most of it is not needed any more, and memory is.
    found = replace(found, table=EventTable.from_arrays(open_arrays(build / _TABLE)[1]))
    for clock, name in zip(_CLOCKS, BY_KIND, strict=True):
        before = None if old is None else _before(old, state, clock)
        _write_arrangement(build, name, _by_kind(found, state, clock, before))
    write_arrays(build / STATE_FILE, {"format": _FORMAT, **asdict(state)}, {})


def open_base(folder: CacheFolder, reader: Reader) -> Base | None:
    """Map the newest base in the cache from which the document has come; None: there is none that is whole."""
    for build in folder.builds():
        try:
            meta, _ = open_arrays(build / STATE_FILE)
            state = _state_from(meta)
            if not state.leads_to(reader):
                continue
            _, arrays = open_arrays(build / _TABLE)
            base = Base(state, EventTable.from_arrays(arrays), build=build)
        except (DamagedError, KeyError, TypeError, ValueError):
            folder.discard(build)
            continue
        if all(base.arrangement("kind", by_publication=clock) is not None for clock in _CLOCKS):
            return base
        folder.discard(build)
    return None


def lanes_of(
    table: EventTable, grouping: str, named: Callable[[Sequence[int]], Mapping[int, str]]
) -> tuple[tuple[int, ...], NDArray[np.int32], NDArray[np.int32]]:
    """Return the lanes of a grouping, the fullest first, then by name; and of each entry its record and its lane.

    Events that name nobody come last; before them, where there are too many, all those of the smallest lanes.
    """
    postings = table.postings[grouping]
    sizes = np.diff(postings.bounds)
    names = named(postings.keys.tolist())
    ranked = sorted(
        range(len(sizes)),
        key=lambda at: (-sizes[at], names.get(int(postings.keys[at]), ""), postings.keys[at]),
    )
    own, rest = ranked[:MOST_LANES], ranked[MOST_LANES:]
    lane_of_key = np.full(len(sizes), len(own), dtype=np.int32)
    lane_of_key[own] = np.arange(len(own), dtype=np.int32)
    keys = [int(postings.keys[at]) for at in own] + ([OTHERS] if rest else [])
    pairs = np.stack((np.repeat(lane_of_key, sizes), postings.records))
    if rest:  # an event that names several of the others is there once
        pairs = np.unique(pairs, axis=1)
    named_at_all = np.zeros(len(table), dtype=np.bool_)
    named_at_all[postings.records] = True
    nobody = np.flatnonzero(~named_at_all).astype(np.int32)
    if len(nobody):
        pairs = np.hstack((pairs, np.stack((np.full_like(nobody, len(keys)), nobody))))
        keys.append(WITHOUT)
    return tuple(keys), pairs[1].astype(np.int32), pairs[0].astype(np.int32)


def columns_in_lanes(
    columns: Columns, table: EventTable, grouping: str, keys: Sequence[int]
) -> tuple[Columns, tuple[int, ...]]:
    """Return some events in the lanes of a grouping, and these lanes: those of `keys`, and new ones after them.

    `columns.records` are those of `table`.
    """
    lanes = {key: lane for lane, key in enumerate(keys)}
    by_record: dict[int, list[int]] = {}
    postings = table.postings.get(grouping)
    if postings is not None:
        for key, record in zip(*(each.tolist() for each in postings.pairs()), strict=True):
            by_record.setdefault(record, []).append(key)
    at: list[int] = []
    lane_of: list[int] = []
    records = range(len(columns.ids)) if columns.records is None else columns.records.tolist()
    for place, record in enumerate(records):
        own = dict.fromkeys(_lane(key, lanes) for key in by_record.get(record, (WITHOUT,)))
        at.extend([place] * len(own))
        lane_of.extend(own)
    chosen: dict[str, Any] = {
        each.name: None if (column := getattr(columns, each.name)) is None else column[at]
        for each in fields(Columns)
    }
    chosen["lane"] = np.array(lane_of, dtype=np.int32)
    return Columns(**chosen), tuple(lanes)


def _lane(key: int, lanes: dict[int, int]) -> int:
    """Return the lane of a key; a new one where it has none and there is no lane of others."""
    if key in lanes:
        return lanes[key]
    if key != WITHOUT and OTHERS in lanes:
        return lanes[OTHERS]
    return lanes.setdefault(key, len(lanes))


def _read(reader: Reader, progress: Progress) -> tuple[State, Tabulated]:
    state, total = State.of(reader), reader.event_count()
    return state, tabulated(reader, state.kinds, progress=lambda done: progress(done, max(done, total)))


def _by_kind(found: Tabulated, state: State, by_publication: bool, before: Before | None) -> Arrangement:
    columns = found.columns(by_publication=by_publication)
    rows = None if before is None else before[0].rows_for(columns, before[1])
    return Arrangement(Packed.build(columns, len(state.kinds), rows), state.kinds)


def _before(old: Base, state: State, by_publication: bool) -> Before | None:
    """Return the index that a base stands for, and the lanes of the kinds of now."""
    found = old.arrangement("kind", by_publication=by_publication)
    if found is None:
        return None
    then, now = ([LaneInfo(str(kind), "", -1) for kind in kinds] for kinds in (old.state.kinds, state.kinds))
    return Index.of(found.packed, then, Events(old.table), by_publication=by_publication), now


def _write_arrangement(build: Path, name: str, arrangement: Arrangement) -> None:
    meta = {"format": _FORMAT, "build": build.name, "keys": list(arrangement.keys)}
    write_arrays(build / name, meta, arrangement.packed.arrays())


def _opened(build: Path, name: str) -> Arrangement | None:
    try:
        meta, arrays = open_arrays(build / name)
        if meta.get("format") != _FORMAT or meta.get("build") != build.name:
            return None
        return Arrangement(Packed.from_arrays(arrays), tuple(int(key) for key in meta["keys"]))
    except (DamagedError, KeyError, TypeError, ValueError):
        return None


def _state_from(meta: Mapping[str, Any]) -> State:
    if meta["format"] != _FORMAT:
        raise ValueError("a base of another version")
    return State(
        str(meta["document"]), int(meta["revision"]), meta["edit"], tuple(int(kind) for kind in meta["kinds"])
    )
