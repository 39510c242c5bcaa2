"""When events came to be known: by when something that was said of each had been published.

Put together once for a revision of a document, so that going from one day to the next is a comparison of
numbers, however many events there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.domain.calendar import DAY
from viewer.frozen import dataclass
from viewer.timeline.columns import NEG_INF, POS_INF
from viewer.timeline.distinct import distinct

Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Publications:
    """When claims were surely published, in seconds. `days` are the last seconds of days with a publication.

    An event of which nothing is claimed was always known; one whose sources have no date never is.
    """

    days: Times
    _ids: Times
    _known: Times
    _disputed: Times

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int | None, int | None]], moments: Iterable[int]) -> Publications:
        """Gather rows of `Store.publications`, which are in order of event, and the moments of publication."""
        found = [
            (event, *(POS_INF if moment is None else moment for moment in (known, disputed)))
            for event, known, disputed in rows
        ]
        table = np.array(found, dtype=np.int64).reshape(-1, 3)
        published = np.fromiter(moments, np.int64)
        return cls(distinct(end_of_days(published)), table[:, 0], table[:, 1], table[:, 2])

    def known_from(self, events: Times) -> Times:
        """Return from when each of some events was known: NEG_INF always, POS_INF never."""
        return self._looked_up(events, self._known, NEG_INF)

    def disputed_from(self, events: Times) -> Times:
        """Return from when each of some events was disputed; POS_INF where no dated source disputes it."""
        return self._looked_up(events, self._disputed, POS_INF)

    def is_disputed(self, event: int, moment: int) -> bool:
        """Tell whether a claim that disputes an event had been published by a moment."""
        return bool(self.disputed_from(np.array([event], dtype=np.int64))[0] <= moment)

    def known_by(self, events: Sequence[int], moment: int) -> tuple[int, ...]:
        """Return those of some events that were known at a moment, in the same order."""
        ids = np.fromiter(events, np.int64, len(events))
        return tuple(ids[self.known_from(ids) <= moment].tolist())

    def day_beside(self, day: int, step: int) -> int | None:
        """Return the next day with a publication, or for a negative step the one before; None beyond the ends."""
        if step > 0:
            place = int(np.searchsorted(self.days, day, side="right"))
        else:
            place = int(np.searchsorted(self.days, day, side="left")) - 1
        return int(self.days[place]) if 0 <= place < len(self.days) else None

    def _looked_up(self, events: Times, column: Times, missing: int) -> Times:
        if not len(self._ids):
            return np.full(len(events), missing, dtype=np.int64)
        place = np.minimum(np.searchsorted(self._ids, events), len(self._ids) - 1)
        return np.where(self._ids[place] == events, column[place], np.int64(missing))


def end_of_day(moment: int) -> int:
    """Return the last second of the day of a moment."""
    return moment // DAY * DAY + DAY - 1


def end_of_days(moments: Times) -> Times:
    """Return the last seconds of the days of many moments."""
    return moments // DAY * DAY + (DAY - 1)
