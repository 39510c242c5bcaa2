"""How many, sorted into rows: one for each measure and force, flows apart from stocks; nothing is added up.

What several forces did together is a row of its own: the number is theirs together and cannot be shared out.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.domain.context import folded
from viewer.domain.quantities import MEASURES
from viewer.domain.strength import strength_series
from viewer.frozen import dataclass
from viewer.timeline.scale import FARTHEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from viewer.domain.records import Event
    from viewer.domain.strength import Band, StrengthSeries

NAN = float("nan")


@dataclass(frozen=True)
class StrengthRow:
    """The bands of one measure and of those who are counted together, in order of time.

    `forces` is empty where none is recorded; `stock`: so many at a time, else so many that came or went.
    """

    measure: str
    forces: tuple[str, ...]
    stock: bool
    unit: str | None
    bands: tuple[Band, ...]

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first possible second of each band; far in the past where it is open."""
        return _seconds([band.start_lo for band in self.bands], -FARTHEST)

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """The last possible second of each band; far in the future where it is open."""
        return _seconds([band.end_hi for band in self.bands], FARTHEST)

    @cached_property
    def lows(self) -> NDArray[np.float64]:
        """The lower bounds; NaN where open."""
        return _numbers([band.low for band in self.bands])

    @cached_property
    def highs(self) -> NDArray[np.float64]:
        """The upper bounds; NaN where open."""
        return _numbers([band.high for band in self.bands])

    @cached_property
    def disputed(self) -> NDArray[np.bool_]:
        """Which bands are disputed."""
        return np.array([band.disputed for band in self.bands], np.bool_)

    @cached_property
    def greatest(self) -> float:
        """The greatest bound; what is open upwards needs room above its own."""
        bounds = np.concatenate((self.highs, np.where(np.isnan(self.highs), self.lows * 1.25, self.lows)))
        known = bounds[np.isfinite(bounds)]
        return float(known.max(initial=0.0))


@dataclass(frozen=True, slots=True)
class Strength:
    """The rows, flows first, and why the rest could not be drawn: a number for each reason."""

    rows: tuple[StrengthRow, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()


def strength_of(events: Iterable[Event]) -> Strength:
    """Return what events say of how many, row by row; no event stands in two rows."""
    together = _by_forces(events)
    rows: list[StrengthRow] = []
    left_out: Counter[str] = Counter()
    for measure in MEASURES:
        for forces, group in together:
            series = _drawable(group, measure)
            left_out.update(reason for _, reason in series.left_out)
            for stock, bands in ((False, series.flows), (True, series.stocks)):
                if bands:
                    rows.append(StrengthRow(measure, forces, stock, series.unit, bands))
    rows.sort(key=lambda row: row.stock)
    return Strength(tuple(rows), tuple(left_out.most_common()))


def _drawable(events: list[Event], measure: str) -> StrengthSeries:
    """Return the series in the most frequent unit of which anything can be drawn."""
    series = strength_series(events, measure=measure)
    for unit in series.units[1:]:
        if series.flows or series.stocks:
            break
        series = strength_series(events, measure=measure, unit=unit)
    return series


def _by_forces(events: Iterable[Event]) -> list[tuple[tuple[str, ...], list[Event]]]:
    """Return the events of each set of forces, those without any last."""
    spelled: dict[frozenset[str], tuple[str, ...]] = {}
    found: dict[frozenset[str], list[Event]] = {}
    for event in events:
        forces = {folded(part.name): part.name for part in event.actors if part.role == "force"}
        key = frozenset(forces)
        spelled.setdefault(key, tuple(forces.values()))
        found.setdefault(key, []).append(event)
    return sorted(
        ((spelled[key], group) for key, group in found.items()), key=lambda pair: (not pair[0], pair[0])
    )


def _seconds(values: Sequence[int | None], otherwise: int) -> NDArray[np.int64]:
    limited = (otherwise if value is None else min(max(value, -FARTHEST), FARTHEST) for value in values)
    return np.fromiter(limited, np.int64, len(values))


def _numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([NAN if value is None else max(float(value), 0.0) for value in values], np.float64)
