"""Filters as masks over a chart's events: names are asked of the store, the rest is compared as numbers."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.domain.filters import Filter
from viewer.frozen import dataclass
from viewer.storage.naming import named_in
from viewer.storage.reader import Reader
from viewer.timeline.filtering import mask_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.charts import Chart
    from viewer.timeline.event_table import EventTable
    from viewer.timeline.masks import Mask

    Ids = NDArray[np.int64]

_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    wanted: Filter
    kinds: frozenset[int] | None
    named: list[tuple[str, array[int]]]
    among: Ids | None
    table: EventTable
    mask: Mask | None

    def is_to(self, other: _Answer) -> bool:
        """Tell whether both ask for the same, of the same table."""
        if self.among is None or other.among is None:
            same = self.among is other.among
        else:
            same = np.array_equal(self.among, other.among)
        asked = (self.wanted, self.kinds, self.named) == (other.wanted, other.kinds, other.named)
        return asked and self.table is other.table and same


class Masks:
    """The masks of one document; the newest few are kept, so that an edit costs only the events that it touched."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: list[_Answer] = []

    def mask(self, chart: Chart, wanted: Filter, among: Ids | None = None) -> Mask | None:
        """Return which events of a chart meet a filter; None: all of them.

        The words of a search, and what it asks of claims, are not looked at: `among` are the ids, rising, of the
        events that meet these.
        """
        places = {kind.name: place for place, kind in enumerate(chart.kinds)}
        kinds = None if wanted.kinds is None else frozenset(places[k] for k in wanted.kinds if k in places)
        named = named_in(self._reader, wanted)
        plain = replace(wanted, text="", disputed=False, min_origins=0, reliability="", credibility=None)
        asked = _Answer(plain, kinds, named, among, chart.events.base, None)
        before = next((each for each in self._answers if each.is_to(asked)), None)
        mask = mask_of(
            chart.events,
            kinds=kinds,
            earliest=wanted.earliest,
            latest=wanted.latest,
            certainly=wanted.certainly,
            known_by=wanted.known_by,
            ids=among,
            postings=[(grouping, _ids(found)) for grouping, found in named],
            before=None if before is None else before.mask,
        )
        self._keep(before, replace(asked, mask=mask))
        return mask

    def _keep(self, before: _Answer | None, answer: _Answer) -> None:
        others: Sequence[_Answer] = [each for each in self._answers if each is not before]
        self._answers = [answer, *others][:_KEPT]


def _ids(found: array[int]) -> Ids:
    return np.frombuffer(found, dtype=np.int64)
