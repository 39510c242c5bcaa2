"""What a document shows and finds: the part of `Document` that charts its events, masks and searches them."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

from viewer.charts import Chart, Charts, Preparation
from viewer.document_sources import DocumentSources
from viewer.domain.filters import Filter
from viewer.domain.records import Kind
from viewer.folders import cache_folder
from viewer.masking import Masks
from viewer.storage.cache import FEW, Cache, Searching
from viewer.storage.cache_folder import CacheFolder
from viewer.storage.column_queries import has_more_events_than
from viewer.storage.store import Store
from viewer.timeline.masks import Mask
from viewer.timeline.publications import Publications

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class DocumentCharts(DocumentSources):
    """The charts and the search of a document, and what has to be prepared for them."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        uid = store.meta().uid
        folder = CacheFolder(cache_folder(), uid)
        self._cache = Cache(folder, uid)
        self._charts = Charts(store, folder, self._cache)
        self._masks = Masks(store)

    @property
    def event_count(self) -> int:
        """How many events there are."""
        return self.store.event_count()

    @property
    def is_large(self) -> bool:
        """Whether its events are too many to be gone through while somebody waits."""
        return has_more_events_than(self.store, FEW)

    def chart(
        self,
        lane_name: Callable[[Kind], str],
        *,
        by_publication: bool = False,
        grouping: str = "kind",
        rest_name: Callable[[str, bool], str] = lambda grouping, without: "",
    ) -> Chart:
        """Return what the timeline shows, events placed when they happened, or when they were first said.

        In lanes by "kind", "actor", "place", "source" or "tag"; `rest_name` names the last lane of a grouping: of
        events that name nobody (True), or of those that are too many for lanes of their own (False). After an
        edit, events that did not change keep their rows. In a large document it may be waiting: see
        `preparation`.
        """
        return self._charts.chart(
            lane_name, by_publication=by_publication, grouping=grouping, rest_name=rest_name
        )

    def preparation(self) -> Preparation | None:
        """Return what has to be done next in the background; after it has run, call `adopt` and ask again.

        None: nothing has.
        """
        return self._charts.preparation()

    def adopt(self) -> None:
        """Take over what the preparation that was asked for last has done."""
        self._charts.adopt()

    @property
    def cache_problem(self) -> str | None:
        """Why the cache cannot be used, in words of the system; None while it can, as far as is known."""
        return self._charts.problem or self._cache.problem

    def mask(self, chart: Chart, wanted: Filter, *, among: NDArray[np.int64] | None = None) -> Mask | None:
        """Return which events of a chart meet a filter, but for its words and for what it asks of claims.

        `among`: the ids of the events that meet these, rising. None: all meet it.
        """
        return self._masks.mask(chart, wanted, among)

    def searching(self) -> Searching | None:
        """Return a search in the words of events and sources, for a worker; None: its index is not prepared yet."""
        return self._cache.searching(self.store)

    def distrust_search(self) -> None:
        """Forget the search index: a search that was to be done in it failed. The next one has it made again."""
        self._cache.distrust()

    def search(self, text: str) -> array[int]:
        """Return the ids of the events in which words are found, rising; indexes the document if need be."""
        return self._cache.search(self.store, text)

    def publications(self) -> Publications:
        """Return by when what is said of each event had been published."""
        return self._charts.publications()

    def sources_mentioning(self, text: str) -> frozenset[int]:
        """Return the ids of the sources whose title, publisher or stored text match a search."""
        return frozenset(self._cache.search_sources(self.store, text))
