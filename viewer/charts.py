"""What the timeline shows of a document, by either clock, worked out once for each of its revisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from viewer.domain.records import Kind
from viewer.storage.store import Store
from viewer.timeline.gathering import gathered, index_of
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.publications import Publications


@dataclass(frozen=True, slots=True)
class Chart:
    """What the timeline shows of a document: its index, its kinds by position, and the titles by event."""

    index: Index
    kinds: tuple[Kind, ...]
    titles: Mapping[int, str]


class Charts:
    """The charts of one document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._charts: dict[bool, tuple[int, Chart]] = {}
        self._publications: tuple[int, Publications] | None = None

    def chart(self, lane_name: Callable[[Kind], str], *, by_publication: bool) -> Chart:
        """Return the events where they happened, or where they were first said; unchanged ones keep their rows."""
        revision, before = self._charts.get(by_publication, (-1, None))
        if before is None or revision != self._store.revision:
            kinds = self._store.kinds()
            lanes = [LaneInfo(kind.name, lane_name(kind), place) for place, kind in enumerate(kinds)]
            rows = self._store.extents(by_publication=by_publication)
            found = gathered(rows, {kind.id: place for place, kind in enumerate(kinds)})
            index = index_of(found, lanes, None if before is None else before.index)
            before = Chart(index, kinds, found.titles)
            self._charts[by_publication] = (self._store.revision, before)
        return before

    def publications(self) -> Publications:
        """Return by when what is said of each event had been published."""
        if self._publications is None or self._publications[0] != self._store.revision:
            found = Publications.of(self._store.publications(), self._store.publication_moments())
            self._publications = (self._store.revision, found)
        return self._publications[1]
