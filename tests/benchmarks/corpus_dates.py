"""Fuzzy dates by the hundred thousand, each with the EDTF that means its bounds.

Starts come in bursts over 180 years. Half of the events last: from 100 seconds to ten years, evenly by the
logarithm. Half are fuzzy: to the week, the month or the year, approximate, open at one end. EDTF has no
interval shorter than days, so those are times known to the minute or to the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DAY = 86_400
FIRST_DAY = np.datetime64("1845-01-01", "s").astype(np.int64)
SPAN = 180 * 365.2425 * DAY
SHORTEST, LONGEST = 100.0, 10 * 365.2425 * DAY
BURSTS = 400
OPEN = 0.003
"""The share of events that have no end, or no beginning; each lies across its whole lane."""
UNDATED = 0.001

Seconds = NDArray[np.int64]
Cells = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Dates:
    """Columns of fuzzy dates, one cell an event; None where the schema has NULL."""

    text: Cells
    edtf: Cells
    start_lo: Cells
    start_hi: Cells
    end_lo: Cells
    end_hi: Cells
    earliest_state: Cells
    latest_state: Cells
    shape: Cells
    precision: Cells
    approximate: Cells
    zone: Cells

    def columns(self) -> list[list[Any]]:
        """Return the columns as lists, in the order of `DATE_COLUMNS`."""
        return [getattr(self, name).tolist() for name in DATE_COLUMNS]


DATE_COLUMNS = tuple(Dates.__dataclass_fields__)


def burst_centres(random: np.random.Generator) -> Seconds:
    """Return the moments around which events cluster."""
    return (FIRST_DAY + random.uniform(0, SPAN, BURSTS)).astype(np.int64)


def make_dates(random: np.random.Generator, centres: Seconds, count: int) -> Dates:
    """Return the dates of `count` events, in no order of time."""
    start = _starts(random, centres, count)
    length = np.exp(random.uniform(np.log(SHORTEST), np.log(LONGEST), count)).astype(np.int64)
    lasts, fuzzy, dice = random.random(count) < 0.5, random.random(count) < 0.5, random.random(count)
    unit = np.where(dice < 0.5, "second", "day").astype(object)
    unit[fuzzy] = np.array(("week", "month", "year", "day"), object)[
        np.searchsorted((0.3, 0.7, 0.85), dice[fuzzy])
    ]
    unit[lasts] = "day"
    unit[lasts & ~fuzzy & (length < DAY)] = "hour"
    unit[lasts & ~fuzzy & (length < 3_600)] = "minute"
    unit[lasts & fuzzy & (length >= 30 * DAY)] = "month"
    approximate = fuzzy & ((unit == "day") | ((unit == "month") & (dice > 0.6)))
    spans = lasts & (length >= DAY)
    dates = _dates(start, np.where(spans, length, 0), unit, spans, approximate)
    _open_ends(dates, spans & fuzzy, random.random(count))
    _undate(dates, random.random(count) < UNDATED)
    return dates


def day_dates(days: Seconds) -> Dates:
    """Return the dates of whole days, given by any second of each."""
    none = np.zeros(len(days), np.bool_)
    return _dates(days, np.zeros_like(days), np.full(len(days), "day", object), none, none)


def exact_dates(start: Seconds, end: Seconds) -> Dates:
    """Return dates with just these bounds: an EDTF of whole days stands for those that last."""
    spans = end > start
    unit = np.where(spans, "day", "second").astype(object)
    dates = _dates(start, end - start, unit, spans, np.zeros(len(start), np.bool_))
    for column, values in ((dates.start_lo, start), (dates.start_hi, start), (dates.end_lo, end)):
        column[:] = values
    dates.end_hi[:] = end
    return dates


def _starts(random: np.random.Generator, centres: Seconds, count: int) -> Seconds:
    """Return 2 of 5 starts anywhere, the others around a few moments: for days here, for years there."""
    burst = np.minimum(random.zipf(1.3, count) - 1, len(centres) - 1)
    widths = np.exp(np.linspace(np.log(3 * DAY), np.log(600 * DAY), len(centres)))
    around = centres[burst] + random.normal(0, 1, count) * widths[(burst * 7) % len(centres)]
    anywhere = FIRST_DAY + random.uniform(0, SPAN, count)
    return np.where(random.random(count) < 0.4, anywhere, around).astype(np.int64)


def _dates(
    start: Seconds, length: Seconds, unit: Cells, spans: NDArray[np.bool_], approximate: NDArray[np.bool_]
) -> Dates:
    """Return dates known to `unit` at their start and, where they span, at their end."""
    first_lo, first_hi, first = _known_to(unit, start)
    last_lo, last_hi, last = first_lo.copy(), first_hi.copy(), first.copy()
    last_lo[spans], last_hi[spans], last[spans] = _known_to(unit[spans], (start + length)[spans])
    sign = np.where(approximate, "~", "").astype(object)
    edtf = first + sign
    edtf[spans] += "/" + last[spans] + sign[spans]
    known = np.full(len(start), "known", object)
    return Dates(
        text=_wordings(unit, spans, approximate, first_lo),
        edtf=edtf,
        start_lo=first_lo.astype(object),
        start_hi=first_hi.astype(object),
        end_lo=last_lo.astype(object),
        end_hi=last_hi.astype(object),
        earliest_state=known,
        latest_state=known.copy(),
        shape=np.where(spans, "span", "point").astype(object),
        precision=np.where(unit == "week", "day", unit).astype(object),
        approximate=approximate.astype(np.int64).astype(object),
        zone=np.where(np.isin(unit, ("second", "minute", "hour")), "UTC", None),
    )


def _known_to(unit: Cells, at: Seconds) -> tuple[Seconds, Seconds, Cells]:
    """Return the first and the last second of what moments are known to, and its EDTF."""
    lo, hi, edtf = at.copy(), at.copy(), np.empty(len(at), object)
    for name, length in (("second", 1), ("minute", 60), ("hour", 3_600), ("day", DAY), ("week", 7 * DAY)):
        here = np.flatnonzero(unit == name)
        lo[here] -= lo[here] % (DAY if name == "week" else length)
        hi[here] = lo[here] + length - 1
        edtf[here] = _written(lo[here], "D" if length >= DAY else "s")
        if length < DAY:
            edtf[here] += "Z"
        elif name == "week":
            edtf[here] = "[" + edtf[here] + ".." + _written(hi[here], "D") + "]"
    for name, code in (("month", "M"), ("year", "Y")):
        here = np.flatnonzero(unit == name)
        begins = at[here].astype("datetime64[s]").astype(f"datetime64[{code}]")
        lo[here] = begins.astype("datetime64[s]").astype(np.int64)
        hi[here] = (begins + 1).astype("datetime64[s]").astype(np.int64) - 1
        edtf[here] = _written(lo[here], code)
    return lo, hi, edtf


def _written(at: Seconds, unit: str) -> Cells:
    return np.datetime_as_string(at.astype("datetime64[s]"), unit=unit).astype(object)


def _wordings(
    unit: Cells, spans: NDArray[np.bool_], approximate: NDArray[np.bool_], first_lo: Seconds
) -> Cells:
    """Return the words of a source for months; EDTF needs none for the others."""
    text = np.full(len(unit), None, object)
    here = np.flatnonzero((unit == "month") & ~spans)
    months = first_lo[here].astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    years = (1970 + months // 12).astype(str).astype(object)
    words = np.array(_MONTHS, object)[months % 12] + years
    text[here] = np.where(approximate[here], "about ", "").astype(object) + words
    return text


_MONTHS = (
    "January ", "February ", "March ", "April ", "May ", "June ", "July ", "August ", "September ",
    "October ", "November ", "December ",
)  # fmt: skip


def _open_ends(dates: Dates, may_be: NDArray[np.bool_], dice: NDArray[np.float64]) -> None:
    """Leave some of the spans without an end, and a few without a beginning."""
    chance = OPEN / max(may_be.mean(), OPEN)
    for at in np.flatnonzero(may_be & (dice < chance)):
        first, last = dates.edtf[at].split("/")
        if dice[at] < chance * 0.8:
            dates.edtf[at] = f"{first}/.."
            dates.end_lo[at] = dates.end_hi[at] = None
            dates.latest_state[at] = "open"
        else:
            dates.edtf[at] = f"../{last}"
            dates.start_lo[at] = dates.start_hi[at] = None
            dates.earliest_state[at] = "open"


def _undate(dates: Dates, chosen: NDArray[np.bool_]) -> None:
    """Keep only a wording of some dates: what nobody understood has no bounds."""
    dates.text[chosen] = "some time ago"
    for name in ("edtf", "start_lo", "start_hi", "end_lo", "end_hi", "zone"):
        getattr(dates, name)[chosen] = None
    for name in ("earliest_state", "latest_state", "precision"):
        getattr(dates, name)[chosen] = "unknown"
    dates.shape[chosen] = "point"
    dates.approximate[chosen] = 0
