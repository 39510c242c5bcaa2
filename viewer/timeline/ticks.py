"""Two calendar strips that suit the scale: where periods begin and what they are called.

A table says which period is written in the fine strip, which in the coarse one above it, and which one only
draws lines; the first row whose labels fit is taken. What fits is told by the widest label a period can
have, not by those in view, so the strips do not flicker while panning.

Several years are counted the way people count them: 200 BC, 100 BC, 1, 100, 200. There is no year 0 to begin
with, so the first of such periods after Christ is a year short.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from viewer.domain.calendar import DAY, HOUR, MINUTE, civil, seconds, weekday
from viewer.frozen import dataclass
from viewer.timeline.scene import Strip, Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from viewer.timeline.metrics import Measure, Metrics
    from viewer.timeline.scale import TimeScale

    Pixels = NDArray[np.float64]

_YEAR = 365 * DAY
_COARSE_ROLE, _FINE_ROLE = "heading", "tick"
_NEAR = 0.5
"""Lines of a finer level keep so much of their own distance from coarser ones."""


@dataclass(frozen=True, slots=True)
class CalendarNames:
    """How a language writes the calendar; the patterns are filled by str.format."""

    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    short_months: tuple[str, ...] = (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    )  # fmt: skip
    weekdays: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    clock: str = "{hour:02}:{minute:02}"
    weekday: str = "{weekday} {day}"
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    decade: str = "{year}s"
    years: str = "{first}–{last}"
    before: str = "{year} BC"

    def year(self, year: int) -> str:
        """Return the name of an astronomical year: 0 is 1 BC."""
        return str(year) if year > 0 else self.before.format(year=1 - year)

    def year_range(self, first: int, last: int) -> str:
        """Return the name of a run of years that does not cross into our era."""
        if first > 0:
            return self.years.format(first=first, last=last)
        return self.before.format(year=self.years.format(first=1 - first, last=1 - last))


@dataclass(frozen=True, slots=True)
class Level:
    """A period of the calendar: the one around a second (its start and its end) and how it is written.

    `shortest` is its least length in seconds; `samples` are moments whose labels are among the widest.
    """

    period: Callable[[int], tuple[int, int]]
    shortest: int
    write: Callable[[int, CalendarNames], str]
    samples: tuple[int, ...] = ()

    def starts(self, t0: int, t1: int) -> Iterator[int]:
        """Yield the starts of the periods that meet t0 to t1 (seconds); the first is at or before t0."""
        start, end = self.period(t0)
        while start < t1:
            yield start
            start, end = self.period(end)

    def room(self, span: tuple[int, int], names: CalendarNames, measure: Callable[[str], float]) -> float:
        """Return how many pixels the widest label of this level takes around a span of time."""
        return max(measure(self.write(self.period(t)[0], names)) for t in (*self.samples, *span))


@dataclass(frozen=True, slots=True)
class Suit:
    """Levels that go together; `calm` is the least width of a fine period, in pixels, that looks calm."""

    fine: Level
    coarse: Level
    minor: Level | None
    calm: float = 0.0


def suit_for(
    scale: TimeScale, width: float, names: CalendarNames, measure: Measure, metrics: Metrics
) -> Suit:
    """Return the finest levels whose labels never collide at this scale; the coarsest when none fits."""
    span = scale.visible(width)
    around = metrics.tick_label + metrics.tick_gap

    def fits(level: Level, role: str, least: float) -> bool:
        pixels = level.shortest / scale.seconds_per_pixel
        if pixels < max(least, around):
            return False
        return pixels >= around + level.room(span, names, lambda text: measure(text, role))

    for suit in SUITS:
        if fits(suit.fine, _FINE_ROLE, suit.calm) and fits(suit.coarse, _COARSE_ROLE, 0.0):
            return suit
    return SUITS[-1]


def calendar(
    scale: TimeScale,
    left: float,
    right: float,
    *,
    names: CalendarNames,
    measure: Measure,
    metrics: Metrics,
) -> tuple[tuple[Strip, Strip], tuple[Tick, ...]]:
    """Return the strips, coarse above fine, and the lines of the grid, for a canvas from left to right."""
    suit = suit_for(scale, right - left, names, measure, metrics)
    writer = _Writer(scale, left, right, names, measure, metrics)
    coarse = writer.pinned(suit.coarse, _COARSE_ROLE)
    fine = writer.labelled(suit.fine, _FINE_ROLE)
    ticks = tuple(sorted((*fine, *writer.between(suit.minor, fine)), key=lambda tick: tick.x))
    grid = tuple(Tick(tick.x, "", tick.strong) if tick.label else tick for tick in ticks)
    above, below = metrics.strip_heights
    return (Strip(0.0, above, coarse), Strip(above, below, ticks)), grid


@dataclass(frozen=True, slots=True)
class _Writer:
    scale: TimeScale
    left: float
    right: float
    names: CalendarNames
    measure: Measure
    metrics: Metrics

    def labelled(self, level: Level, role: str) -> tuple[Tick, ...]:
        """Return a tick for each period that begins on the canvas."""
        return tuple(tick for tick in self._ticks(level, role) if tick.x >= self.left)

    def pinned(self, level: Level, role: str) -> tuple[Tick, ...]:
        """Return the same, and the label of the period under the left edge held there while it fits."""
        return tuple(tick for tick in self._ticks(level, role, self.left) if tick.x > self.left or tick.label)

    def between(self, level: Level | None, ticks: tuple[Tick, ...]) -> list[Tick]:
        """Return lines of a finer level that keep clear of the ticks; none when they would crowd."""
        if level is None or level.shortest / self.scale.seconds_per_pixel < self.metrics.minor_step:
            return []
        xs = self.left + self.scale.xs(np.array(self._starts(level), dtype=np.int64))
        taken, apart = (
            np.array([tick.x for tick in ticks]),
            _NEAR * level.shortest / self.scale.seconds_per_pixel,
        )
        clear = (xs >= self.left) & ~_near(xs, taken, apart)
        return [Tick(x, "", False) for x in xs[clear].tolist()]

    def _ticks(self, level: Level, role: str, least: float = float("-inf")) -> Iterator[Tick]:
        starts = self._starts(level)
        xs = [max(self._x(start), least) for start in starts] + [self.right]
        for start, (x, end) in zip(starts, pairwise(xs), strict=True):
            text = level.write(start, self.names)
            width = self.metrics.tick_label + self.measure(text, role) + self.metrics.tick_gap
            yield Tick(x, text if x + width <= end else "", strong=True)

    def _starts(self, level: Level) -> list[int]:
        return list(level.starts(*self.scale.visible(self.right - self.left)))

    def _x(self, t: int) -> float:
        return self.left + self.scale.x(t)


def _near(xs: Pixels, taken: Pixels, apart: float) -> NDArray[np.bool_]:
    """Tell which of xs lie nearer than `apart` to one of the rising places that are taken."""
    ends = np.concatenate(([-np.inf], taken, [np.inf]))
    after = np.searchsorted(taken, xs)
    near: NDArray[np.bool_] = (xs - ends[after] < apart) | (ends[after + 1] - xs < apart)
    return near


_remembered = functools.lru_cache(maxsize=2048)
"""Frame after frame asks for the same periods."""


def _clock(length: int) -> Level:
    def period(t: int) -> tuple[int, int]:
        return t - t % length, t - t % length + length

    def write(t: int, names: CalendarNames) -> str:
        hour, minute = civil(t)[3:5]
        return names.clock.format(hour=hour, minute=minute)

    return Level(period, length, write)


def _days(length: int, write: Callable[[int, CalendarNames], str], samples: tuple[int, ...]) -> Level:
    def period(t: int) -> tuple[int, int]:
        day = t // DAY
        first = (day - (weekday(day) if length == 7 else 0)) * DAY
        return first, first + length * DAY

    return Level(period, length * DAY, write, samples)


def _months(length: int, write: Callable[[int, CalendarNames], str]) -> Level:
    @_remembered
    def period(t: int) -> tuple[int, int]:
        year, month = civil(t)[:2]
        first = month - (month - 1) % length
        after = (year + 1, 1) if first + length > 12 else (year, first + length)
        return seconds(year, first), seconds(*after)

    shortest = {1: 28, 3: 90}[length] * DAY
    return Level(period, shortest, write, tuple(seconds(2000, month) for month in range(1, 13)))


def _years(length: int, write: Callable[[int, int, CalendarNames], str]) -> Level:
    @_remembered
    def period(t: int) -> tuple[int, int]:
        first, last = _round_years(civil(t)[0], length)
        return seconds(first), seconds(last + 1)

    def write_period(t: int, names: CalendarNames) -> str:
        return write(*_round_years(civil(t)[0], length), names)

    return Level(period, length * _YEAR, write_period)


def _round_years(year: int, length: int) -> tuple[int, int]:
    if year > 0:
        return max(year - year % length, 1), year - year % length + length - 1
    before = 1 - year
    return 1 + (-before // length) * length, (-before // length + 1) * length


def _write_weekday(t: int, names: CalendarNames) -> str:
    return names.weekday.format(weekday=names.weekdays[weekday(t // DAY)], day=civil(t)[2])


def _write_day(t: int, _names: CalendarNames) -> str:
    return str(civil(t)[2])


def _write_date(t: int, names: CalendarNames) -> str:
    year, month, day = civil(t)[:3]
    return names.day.format(day=day, month=names.months[month - 1], year=names.year(year))


def _write_month(t: int, names: CalendarNames) -> str:
    return names.short_months[civil(t)[1] - 1]


def _write_month_of_year(t: int, names: CalendarNames) -> str:
    year, month = civil(t)[:2]
    return names.month.format(month=names.months[month - 1], year=names.year(year))


def _write_year(first: int, _last: int, names: CalendarNames) -> str:
    return names.year(first)


def _write_decade(first: int, last: int, names: CalendarNames) -> str:
    return names.decade.format(year=first) if first >= 10 else names.year_range(first, last)


def _write_years(first: int, last: int, names: CalendarNames) -> str:
    return names.year_range(first, last)


_WEEK_OF_SAMPLES = tuple(seconds(2000, 1, day) for day in range(22, 29))

_MINUTE, _MINUTES_5, _MINUTES_15 = _clock(MINUTE), _clock(5 * MINUTE), _clock(15 * MINUTE)
_HOUR, _HOURS_3, _HOURS_6 = _clock(HOUR), _clock(3 * HOUR), _clock(6 * HOUR)
_WEEKDAY = _days(1, _write_weekday, _WEEK_OF_SAMPLES)
_DAY = _days(1, _write_day, _WEEK_OF_SAMPLES)
_DATE = _days(1, _write_date, tuple(seconds(2000, month, 28) for month in range(1, 13)))
_WEEK = _days(7, _write_day, _WEEK_OF_SAMPLES)
_MONTH, _QUARTER = _months(1, _write_month), _months(3, _write_month)
_MONTH_OF_YEAR = _months(1, _write_month_of_year)
_DECADE = _years(10, _write_decade)


def _named(length: int) -> Level:
    return _years(length, _write_year)


def _run(length: int) -> Level:
    return _years(length, _write_years)


SUITS: tuple[Suit, ...] = (
    Suit(_MINUTE, _DATE, None),
    Suit(_MINUTES_5, _DATE, _MINUTE),
    Suit(_MINUTES_15, _DATE, _MINUTES_5),
    Suit(_HOUR, _DATE, _MINUTES_15),
    Suit(_HOURS_3, _DATE, _HOUR),
    Suit(_HOURS_6, _DATE, _HOUR),
    Suit(_WEEKDAY, _MONTH_OF_YEAR, _HOURS_6, calm=70),
    Suit(_DAY, _MONTH_OF_YEAR, None),
    Suit(_WEEK, _MONTH_OF_YEAR, _DAY, calm=56),
    Suit(_MONTH, _named(1), _WEEK),
    Suit(_QUARTER, _named(1), _MONTH),
    Suit(_named(1), _DECADE, _QUARTER),
    Suit(_named(2), _DECADE, _named(1)),
    Suit(_named(5), _DECADE, _named(1)),
    Suit(_named(10), _run(100), _named(1)),
    Suit(_named(20), _run(100), _named(10)),
    Suit(_named(50), _run(100), _named(10)),
    Suit(_named(100), _run(1000), _named(10)),
    Suit(_named(200), _run(1000), _named(100)),
    Suit(_named(500), _run(1000), _named(100)),
    Suit(_named(1000), _run(10_000), _named(100)),
    Suit(_named(2000), _run(10_000), _named(1000)),
    Suit(_named(5000), _run(10_000), _named(1000)),
    Suit(_named(10_000), _run(100_000), _named(1000)),
    Suit(_named(20_000), _run(100_000), _named(10_000)),
    Suit(_named(50_000), _run(100_000), _named(10_000)),
)
