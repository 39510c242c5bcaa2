"""iCalendar: what calendars can show of dated events.

A day, or what is known to the second, stands there as it is. Anything vaguer lies across all its days, with the
words of the source in its description and the exact date as X-DATELINE-EDTF: a calendar knows no “some day within”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING

from viewer.domain.calendar import civil
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Event, Place
from viewer.formats.exports.timelinejs_writing import UNDATED
from viewer.formats.exports.web_words import web_address
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat

if TYPE_CHECKING:
    import icalendar

_YEARS = range(1, 9999)
_DAY = timedelta(days=1)
_CLOCK = ("second", "minute", "hour")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SAME_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When each entry says that it was made: the same records give the same bytes."""

Extent = tuple[date | datetime, date | datetime]


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write a calendar; what has no date, and what lies beyond the years 1 to 9998, is left out."""
    losses = Losses()
    for piece in _pieces(outgoing, losses):
        file.write(piece)
    return losses.found()


def _pieces(outgoing: Outgoing, losses: Losses) -> Iterator[bytes]:
    import icalendar

    around = icalendar.Calendar()
    around.add("prodid", "-//Dateline//Dateline//EN")
    around.add("version", "2.0")
    around.add("x-wr-calname", _words(outgoing.name))
    head, end, tail = around.to_ical().partition(b"END:VCALENDAR")
    yield head
    sources = {source.uid: web_address(source.url) for source in outgoing.sources()}
    places = {place.name: place for place in outgoing.places}
    labels = {kind.name: kind.label for kind in outgoing.kinds}
    for event in outgoing.events():
        extent = None if event.when is None else _extent(event.when, losses)
        if event.when is None or not event.when.is_dated:
            losses.add(UNDATED)
        elif extent is not None:
            entry = _entry(event, event.when, extent, labels.get(event.kind, event.kind))
            _add_place(entry, event.place, places)
            _add_sources(entry, event, sources)
            losses.add("claims (the addresses of their sources are named)", len(event.claims))
            yield entry.to_ical()
    yield end + tail


def _extent(when: FuzzyDate, losses: Losses) -> Extent | None:
    """Return when an entry begins and when it is over; None, and told, where a calendar cannot show it.

    A side that is open has no end to draw: the side that is known stands for all.
    """
    first, last = when.start_lo, when.end_hi
    if (first is None) != (last is None):
        losses.add("open ends: only the side that is known is drawn")
    if first is None:
        first = when.end_lo if when.end_lo is not None else last
    if last is None:
        last = when.start_hi if when.start_hi is not None else first
    if first is None or last is None:
        return None
    start, end = civil(first), civil(last)
    if start[0] not in _YEARS or end[0] not in _YEARS:
        losses.add("events before the year 1 or after 9998")
        return None
    if when.precision in _CLOCK:
        return datetime(*start, tzinfo=UTC), datetime(*end, tzinfo=UTC) + timedelta(seconds=1)
    return date(*start[:3]), date(*end[:3]) + _DAY


def _entry(event: Event, when: FuzzyDate, extent: Extent, label: str) -> icalendar.Event:
    import icalendar

    entry = icalendar.Event()
    entry.add("uid", _words(event.uid))
    entry.add("dtstamp", _SAME_TIME)
    entry.add("dtstart", extent[0])
    entry.add("dtend", extent[1])
    entry.add("summary", _words(event.title))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_words(name) for name in (label, *event.tags) if name])
    if when.edtf is not None:
        entry.add("x-dateline-edtf", when.edtf)
    said = [
        f"When: {when.text or when.edtf}",
        "" if event.quantity is None else describe_quantity(event.quantity),
        event.summary or "",
    ]
    entry.add("description", _words("\n".join(part for part in said if part)))
    return entry


def _add_place(entry: icalendar.Event, name: str | None, places: Mapping[str, Place]) -> None:
    if name is None:
        return
    entry.add("location", _words(name))
    place = places.get(name)
    if place is not None and place.latitude is not None and place.longitude is not None:
        entry.add("geo", (place.latitude, place.longitude))


def _add_sources(entry: icalendar.Event, event: Event, sources: Mapping[str, str | None]) -> None:
    addresses = dict.fromkeys(filter(None, (sources.get(claim.source) for claim in event.claims)))
    for number, address in enumerate(addresses):
        if number == 0:
            entry.add("url", address)
        else:
            entry.add("attach", address)


def _words(text: str) -> str:
    """Return a text without the control characters that a calendar must not hold."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


FORMAT = WritableFormat(name="icalendar", label="iCalendar", ending=".ics", write=write)
