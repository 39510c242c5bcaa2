"""When a row's event was: its date cells, their end, and the code that says how precisely they are known.

A code never leaves a pin where the day is not known. Where it widens a date there is no wording: the date in the
cell is the coder's pick, not what anybody said; its column is kept beside the event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from viewer.domain.calendar import DAY, civil_from_days, iso_day, iso_time
from viewer.domain.dates import DateError, FuzzyDate, from_edtf, read_date
from viewer.formats.tables.columns import Cells, Columns
from viewer.formats.tables.date_cells import DateCells, is_in_numbers, kept_as_written, moment_of, order_of
from viewer.formats.tables.mapping import Moment, When
from viewer.formats.tables.notices import Notices

DateOf = Callable[[Cells, int], FuzzyDate | None]
"""Of a row and its line."""

_HALF_WEEK = 3
_REMEMBERED = 65_536
_WHOLE = re.compile(r"(-?[0-9]{1,15})(?:\.0+)?")
_TIMES = ("second", "minute", "hour")
_PLAIN = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?|Y-?[0-9]+")


class DateColumns:
    """Makes readers of date columns; the order of day and month is told from a sample of rows, and said."""

    def __init__(
        self, columns: Columns, sample: Sequence[Cells], language: str | None, notices: Notices
    ) -> None:
        self._columns = columns
        self._sample = sample
        self._language = language
        self._notices = notices
        self._cells: dict[tuple[int, str], DateCells] = {}

    def single(self, name: str | None, order: str = "auto") -> DateOf | None:
        """Return what reads one column of dates; None if it is not there."""
        place = self._columns.take(name)
        if place is None:
            return None
        read, notices, shown = self._reader(place, order).read, self._notices, self._columns.header[place]

        def date_of(cells: Cells, line: int) -> FuzzyDate | None:
            cell = cells[place]
            if not cell or cell.isspace():
                return None
            found = read(cell)
            if not isinstance(found, str):
                return found
            told = f"{found} Kept as it is written, undated."
            notices.add("unread date", f"row {line} · {shown}", told, line)
            return kept_as_written(cell)

        return date_of

    def moment(self, moment: Moment, order: str) -> DateOf | None:
        """Return what reads a date in one column or in parts."""
        if moment.column is not None or moment.year is None:
            day_of = self.single(moment.column, order)
            time = None if day_of is None else self._columns.take(moment.time)
            return day_of if day_of is None or time is None else self._timed(day_of, time)
        parts = [self._columns.take(name) for name in (moment.year, moment.month, moment.day, moment.time)]
        if parts[0] is None:
            return None
        notices, shown = self._notices, moment.year
        # A part that cannot stand in the date must not be lost.
        self._columns.keep((moment.month, moment.day, moment.time))

        def date_of(cells: Cells, line: int) -> FuzzyDate | None:
            words = ["" if place is None else cells[place].strip() for place in parts]
            if not any(words):
                return None
            try:
                return _of_parts(*words)
            except DateError as error:
                told = f"{error} Kept as it is written, undated."
                notices.add("unread date", f"row {line} · {shown}", told, line)
                return kept_as_written(" ".join(word for word in words if word))

        return date_of

    def _timed(self, day_of: DateOf, time: int) -> DateOf:
        """Read a time of day beside its day; one that cannot be read becomes part of the wording."""
        notices, shown = self._notices, self._columns.header[time]

        def date_of(cells: Cells, line: int) -> FuzzyDate | None:
            day, words = day_of(cells, line), cells[time].strip()
            if not words:
                return day
            if day is None or day.edtf is None or day.precision != "day" or day.ambiguous:
                told = "a time of day takes a day; kept with the wording of the date"
            else:
                try:
                    return replace(read_date(f"{day.edtf} {words}"), rule=None)
                except DateError:
                    told = f"expected a time of day, found {words[:40]!r}; kept with the wording of the date"
            notices.add("time of day", f"row {line} · {shown}", told, line)
            said = f"{_told(day)} {words}".strip()[:1000] if day else words[:1000]
            return kept_as_written(said) if day is None else replace(day, text=said, rule=None)

        return date_of

    def _reader(self, place: int, order: str) -> DateCells:
        known = self._cells.get((place, order))
        if known is None:
            decided = self._decided(place) if order == "auto" else order
            known = self._cells[place, order] = DateCells(decided, self._language)
        return known

    def _decided(self, place: int) -> str | None:
        """Tell the order of day and month by the sample; where it cannot be told, say that both are kept."""
        cells = [row[place] for row in self._sample if place < len(row)]
        decided = order_of(cells)
        told = f"column “{self._columns.header[place]}”"
        if decided is not None:
            such = next(filter(is_in_numbers, cells)).strip()
            message = f"dates such as {such} are read {decided}, as some must be"
            self._notices.once(f"order {place}", told, message)
        elif any(map(is_in_numbers, cells)):
            message = "nothing tells whether day or month comes first; where both are possible, both are kept"
            self._notices.once(f"order {place}", told, message)
        return decided


def when_of(when: When, dates: DateColumns, columns: Columns, notices: Notices) -> DateOf | None:
    """Return what reads when a row's event was; None if no column says it."""
    start = dates.moment(when.start, when.order)
    epoch = columns.look(when.epoch.column) if when.epoch else None
    if epoch is not None and when.epoch is not None:
        start = _beside_epoch(start, epoch, when.epoch.unit, notices)
    if start is None:
        return None
    end = None if when.end is None else dates.moment(when.end, when.order)
    code = columns.look(when.precision.column) if when.precision else None
    codes: Mapping[str, str] = when.precision.codes if when.precision else {}
    if code is not None or end is not None:  # what becomes wider is kept as it was, too
        columns.keep((when.start.column, when.end.column if when.end else None))
    wording = columns.take(when.wording)
    if end is None and code is None and wording is None:
        return start
    return _When(start, end, code, codes, when.between, wording, notices).read


class _When:
    """The dates of rows that have an end, a code or a wording besides."""

    def __init__(
        self,
        start: DateOf,
        end: DateOf | None,
        code: int | None,
        codes: Mapping[str, str],
        between: str,
        wording: int | None,
        notices: Notices,
    ) -> None:
        self._start, self._end, self._code, self._wording = start, end, code, wording
        self._codes = dict(codes)
        self._between = between
        self._notices = notices
        self._made: dict[tuple[FuzzyDate | None, FuzzyDate | None, str], FuzzyDate | None] = {}

    def read(self, cells: Cells, line: int) -> FuzzyDate | None:
        start = self._start(cells, line)
        end = None if self._end is None else self._end(cells, line)
        date = end if start is None else start
        if start is not None or end is not None:
            date = self._widened(start, end, self._meaning(cells, line), line)
        text = "" if self._wording is None else cells[self._wording].strip()
        if not text:
            return date
        if date is None:
            return kept_as_written(text)
        return replace(date, text=text[:1000], rule=None)

    def _meaning(self, cells: Cells, line: int) -> str:
        if self._code is None:
            return self._between if self._end is not None else "exact"
        code = cells[self._code].strip().removesuffix(".0")
        meaning = self._codes.get(code)
        if meaning is None:
            if code:
                known = ", ".join(self._codes)
                told = f"the precision {code[:40]!r} is none of {known}; the date was taken as it stands"
                self._notices.add("precision code", f"row {line}", told, line)
            return self._between if self._end is not None else "exact"
        return meaning

    def _widened(self, start: FuzzyDate | None, end: FuzzyDate | None, meaning: str, line: int) -> FuzzyDate:
        if start is not None and end is None and (meaning in ("exact", "throughout") or start.edtf is None):
            return start
        known = (start, end, meaning)
        if known not in self._made:
            if len(self._made) >= _REMEMBERED:
                self._made.clear()
            self._made[known] = _widened(start, end, meaning)
        return self._made[known] or self._backward(start, end, line)

    def _backward(self, start: FuzzyDate | None, end: FuzzyDate | None, line: int) -> FuzzyDate:
        told = "the start and the end do not make a period; only the start was used, both are kept"
        self._notices.add("start and end", f"row {line}", told, line)
        return start or end or kept_as_written("")


def _widened(start: FuzzyDate | None, end: FuzzyDate | None, meaning: str) -> FuzzyDate | None:
    """Return what a start, an end and a code say together; None where they contradict each other."""
    if meaning in ("day", "within"):  # some tables write every day with a time of midnight
        start, end = _day_of(start), _day_of(end)
    date = start or end
    if date is None or date.edtf is None or (end is None and meaning == "within"):
        return date
    if meaning in ("within", "throughout"):
        return _between(start, end, meaning)
    if meaning == "unknown":
        return kept_as_written(date.edtf)
    if meaning in ("exact", "day") and end is not None and end.edtf != date.edtf:
        return _between(start, end, "within")  # said to be one day, and yet two: it is some day of them
    if (
        meaning in ("exact", "day")
        or date.shape != "point"
        or date.start_lo is None
        or date.precision not in (*_TIMES, "day")
    ):
        return date
    try:
        return from_edtf(_coded(date, meaning))
    except DateError:
        return date


def _day_of(date: FuzzyDate | None) -> FuzzyDate | None:
    if date is None or date.precision not in _TIMES or date.start_lo is None:
        return date
    return from_edtf(iso_day(date.start_lo))


def _coded(date: FuzzyDate, meaning: str) -> str:
    day = (date.start_lo or 0) // DAY
    if meaning == "week":
        first, last = (iso_day((day + step) * DAY) for step in (-_HALF_WEEK, _HALF_WEEK))
        return f"[{first}..{last}]"
    year, month, _ = civil_from_days(day)
    if meaning == "month" and 0 <= year <= 9999:
        return f"{year:04d}-{month:02d}"
    if meaning == "year" and 0 <= year <= 9999:
        return f"{year:04d}"
    return f"{iso_day(day * DAY)}~" if meaning == "about" else date.edtf or ""


def _between(start: FuzzyDate | None, end: FuzzyDate | None, meaning: str) -> FuzzyDate | None:
    form = "[{}..{}]" if meaning == "within" else "{}/{}"
    if start is not None and end is not None and start.edtf == end.edtf:
        return start
    sides = [_side(start, first=True), _side(end, first=False)]
    try:
        if start is None or end is None:
            return from_edtf(form.format(sides[0] or "", sides[1] or ""))
        if sides[0] == sides[1] and start.precision in _TIMES:
            found = from_edtf(sides[0])
        else:
            found = from_edtf(form.format(*sides))
    except DateError:
        return None
    if start.precision in _TIMES or end.precision in _TIMES:  # EDTF has periods of days only
        return replace(found, text=f"{_told(start)} – {_told(end)}")
    return found


def _side(date: FuzzyDate | None, *, first: bool) -> str:
    """Return a date as one side of a period; of a vague one the outer end."""
    if date is None or date.edtf is None:
        return ""
    if _PLAIN.fullmatch(date.edtf):
        return date.edtf
    second = date.start_lo if first else date.end_hi
    return "" if second is None else iso_day(second)


def _told(date: FuzzyDate) -> str:
    return date.text or date.edtf or ""


def _beside_epoch(date: DateOf | None, place: int, unit: str, notices: Notices) -> DateOf:
    """Read a number of seconds where there is no date; where there are both, say so if they differ."""

    def date_of(cells: Cells, line: int) -> FuzzyDate | None:
        found = None if date is None else date(cells, line)
        cell = cells[place].strip()
        if not cell:
            return found
        moment = moment_of(cell, unit)
        if isinstance(moment, str):
            notices.add("unread moment", f"row {line}", f"{moment}; kept as it is, not used", line)
        elif found is None or found.edtf is None:
            return moment
        elif not _agree(found, moment):
            told = f"the date says {_told(found)}, the number {cell[:25]} {iso_time(moment.start_lo or 0)}"
            notices.add("moment", f"row {line}", f"{told}; the date was used, both are kept", line)
        return found

    return date_of


def _agree(date: FuzzyDate, moment: FuzzyDate) -> bool:
    if date.start_lo is None or date.end_hi is None or moment.start_lo is None:
        return True
    return date.start_lo - 1 <= moment.start_lo <= date.end_hi + 1


def _of_parts(year: str, month: str, day: str, time: str) -> FuzzyDate:
    """Return a date of its parts, or raise DateError; a year beyond four digits stands alone."""
    number = _whole(year, "year")
    if not -9999 <= number <= 9999:
        return from_edtf(f"Y{number}")
    written = f"{'-' if number < 0 else ''}{abs(number):04d}"
    if month:
        written += f"-{_whole(month, 'month'):02d}"
    if day and month:
        written += f"-{_whole(day, 'day'):02d}"
    elif day:
        raise DateError(f"There is a day, {day[:20]}, but no month.")
    if time and day:
        try:
            return replace(read_date(f"{written} {time}"), text=None, rule=None)
        except DateError:
            return replace(from_edtf(written), text=f"{written} {time}"[:200], rule=None)
    return from_edtf(written)


def _whole(word: str, what: str) -> int:
    match = _WHOLE.fullmatch(word.strip())
    if match is None:
        raise DateError(f"The {what} {word[:20]!r} is no whole number.")
    return int(match[1])
