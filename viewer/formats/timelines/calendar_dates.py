"""The dates of an iCalendar event, as fuzzy dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, unread_date
from viewer.domain.restating import restated
from viewer.formats.date_parts import Moment, between
from viewer.formats.own_objects import same_days

if TYPE_CHECKING:
    import icalendar

EDTF = "X-DATELINE-EDTF"
"""Our date, and the wording that it stands for; it counts where it says the same days as the visible one."""
WORDING = "X-DATELINE-TEXT"

_DAY = timedelta(days=1)
_WHEN = "When: "
_LENGTHS = {60: "minute", 3600: "hour"}
Problems = list[tuple[str, str]]


def date_of(parsed: icalendar.Event) -> tuple[FuzzyDate | None, Problems]:
    """Return an event's date, and what is odd about it by the property's name."""
    visible, problems = _visible(parsed)
    own = _own(parsed)
    if own is not None and own.edtf is not None and own.precision == "second":
        own = restated(own.edtf, text=own.text, precision=_clock(parsed))
    if own is not None and same_days(own, visible):
        return own, problems
    return visible, problems


def is_plain(parsed: icalendar.Event) -> bool:
    """Tell whether the date carries all that is said: days, or one moment."""
    start, end = _value(parsed, "DTSTART"), _end(parsed)
    stated = [name for name in ("DTSTART", "DTEND", "DURATION") if name in parsed]
    if start is None or len(stated) > 2 or any(_value(parsed, name) is None for name in stated):
        return False
    return not isinstance(start, datetime) or end is None or end == start


def wording_of(parsed: icalendar.Event) -> str | None:
    """Return the wording that an event of ours has in the first line of its description."""
    first, _, _ = str(parsed.get("DESCRIPTION", "")).partition("\n")
    return first.removeprefix(_WHEN).strip() or None if EDTF in parsed and first.startswith(_WHEN) else None


def _clock(parsed: icalendar.Event) -> str | None:
    """Return how finely our time is known: it is written as long as the minute or the hour that it may be in."""
    start, end = _value(parsed, "DTSTART"), _end(parsed)
    is_time = isinstance(start, datetime) and isinstance(end, datetime)
    return _LENGTHS.get(int((end - start).total_seconds())) if is_time and start and end else None


def _own(parsed: icalendar.Event) -> FuzzyDate | None:
    stated = parsed.get(EDTF)
    if stated is None:
        return None
    wording = str(parsed[WORDING]) if WORDING in parsed else wording_of(parsed)
    try:
        return from_edtf(str(stated), text=None if wording == str(stated) else wording)
    except DateError:
        return None


def _visible(parsed: icalendar.Event) -> tuple[FuzzyDate | None, Problems]:
    start, end = _value(parsed, "DTSTART"), _end(parsed)
    if start is None:
        stated = parsed.get("DTSTART")
        if stated is None:
            return None, [("DTSTART", "there is no date; the event stays undated")]
        return unread_date(str(stated)), []  # the library has named it
    problems: Problems = []
    zone = _zone_name(parsed)
    if isinstance(start, datetime) and start.tzinfo is None and zone:
        problems.append(
            ("DTSTART", f"the time zone {zone[:60]} is not known: the time is taken without a zone")
        )
    try:
        return _dated(start, end, zone), problems
    except (DateError, TypeError, OverflowError) as error:
        problems.append(("DTEND", f"{error} It is kept as it stands, not used."))
        return _dated(start, None, zone), problems


def _dated(start: date, end: date | None, zone: str) -> FuzzyDate:
    """Return the date from a start to an end that does not belong to it any more."""
    if not isinstance(start, datetime):
        last = start if end is None or end == start else end - _DAY
        return between(_moment(start), _moment(last), wording=None)
    if end is None or end == start:
        return between(_moment(start), None, wording=None)
    if not isinstance(end, datetime):
        raise TypeError("The start is a time and the end a day.")
    if end < start:
        raise DateError("It ends before it begins.")
    last = end - timedelta(seconds=1)
    words = f"{_said(start)} – {_said(end)} {zone}".rstrip()
    return between(
        _moment(start), _moment(last.astimezone(start.tzinfo) if start.tzinfo else last), wording=words
    )


def _said(moment: datetime) -> str:
    return f"{moment.isoformat(' ', 'minutes')[:16]}"


def _moment(value: date) -> Moment:
    """Return a day, or a time with the shift of its zone; whole minutes are known to the minute."""
    if not isinstance(value, datetime):
        return Moment(value.year, value.month, value.day)
    shift = value.utcoffset()
    if shift is not None and shift.total_seconds() % 60:
        value, shift = value - shift, timedelta()
    zone = ""
    if shift is not None:
        minutes = int(shift.total_seconds()) // 60
        zone = (
            f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
            if minutes
            else "Z"
        )
    return Moment(
        value.year, value.month, value.day, value.hour, value.minute, value.second or None, zone=zone
    )


def _value(parsed: icalendar.Event, name: str) -> Any:
    """Return a property's date, time or length; None if it is missing or broken. Of several, the first."""
    stated = parsed.get(name)
    first = stated[0] if isinstance(stated, list) else stated
    if isinstance(first, str):  # what the library could not read
        return None
    found = getattr(first, "dt", None)
    return found if isinstance(found, date | timedelta) else None


def _end(parsed: icalendar.Event) -> date | None:
    end = _value(parsed, "DTEND")
    if isinstance(end, date):
        return end
    start, length = _value(parsed, "DTSTART"), _value(parsed, "DURATION")
    if not isinstance(start, date) or not isinstance(length, timedelta):
        return None
    try:
        return start + length
    except OverflowError:
        return None


def _zone_name(parsed: icalendar.Event) -> str:
    stated = parsed.get("DTSTART")
    return str(getattr(stated, "params", {}).get("TZID", ""))
