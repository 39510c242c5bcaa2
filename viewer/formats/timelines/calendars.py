"""iCalendar (`.ics`), read: each VEVENT is an event. What repeats is brought in once, with its rule.

A day that a calendar gives as an end is the first that no longer belongs to it; a time is kept with the shift of
its zone. What lasts for hours has its days on the timeline, for an interval of EDTF knows no hours, and its wording
says the rest. Lines that have no field of ours are kept as they stand.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, cast

from viewer.domain.records import UID_LIMIT, Claim, Event, Place, Source
from viewer.formats.content_uids import PLAIN_EVENT, ContentUids, is_url, url_uid
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading, stable_uid
from viewer.formats.incoming import Problem
from viewer.formats.timelines.calendar_dates import EDTF, WORDING, date_of, is_plain, wording_of
from viewer.formats.timelines.calendar_lines import Component, components

if TYPE_CHECKING:
    import icalendar

KIND = "X-DATELINE-KIND"

_SCOPE = "icalendar"
_CARRIED = frozenset(
    ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "GEO", "DTSTART", "DTEND", "DURATION",
     EDTF, WORDING, KIND)
)  # fmt: skip
_REPEATING = ("RRULE", "RDATE", "EXRULE", "EXDATE")
_DATES = frozenset(("DTSTART", "DTEND", "DURATION"))
_BEGIN = re.compile(rb"\s*BEGIN:VCALENDAR\s", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9-]+")


def recognise(head: Head) -> int:
    """Tell a calendar by its first line."""
    if _BEGIN.match(head.data.removeprefix(b"\xef\xbb\xbf")):
        return Confidence.SURE
    return Confidence.ENDING if head.name.lower().endswith((".ics", ".ical", ".icalendar")) else Confidence.NO


def read(opened: Opened) -> Reading:
    """Read a calendar component by component; one that is broken is named, the others are read."""
    events = _Events()
    others: dict[str, tuple[int, int]] = {}
    for each in components(opened.file):
        if isinstance(each, Problem):
            yield each
        elif each.name == "VEVENT":
            yield from events.read(each)
        elif each.name == "VTIMEZONE":
            yield from _learned(each)
        else:
            count, line = others.get(each.name, (0, each.line))
            others[each.name] = count + 1, line
    for name, (count, line) in others.items():
        yield Problem(name[:60], f"only VEVENT is an event; not imported: {count}", line)


def _learned(component: Component) -> Reading:
    """Let the library know a zone of the file's own, so that later times find it."""
    from icalendar import Timezone
    from icalendar.timezone import tzp

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tzp.cache_timezone_component(Timezone.from_ical(component.text))
    except Exception as error:  # the library raises whatever a broken zone makes it stumble over
        yield Problem("VTIMEZONE", f"the zone cannot be used: {error}"[:200], component.line)


class _Events:
    """Makes events of components; remembers what was given."""

    def __init__(self) -> None:
        self._uids = ContentUids(_SCOPE)
        self._given: set[str] = set()
        self._places: dict[str, tuple[float, float] | None] = {}
        self._count = 0

    def read(self, component: Component) -> Reading:
        from icalendar import Event as VEvent

        path = f"VEVENT[{self._count}]"
        self._count += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                parsed = cast("icalendar.Event", VEvent.from_ical(component.text))
        except Exception as error:  # as above
            yield Problem(path, f"it is broken, and was not imported: {error}"[:200], component.line)
            return
        lines = {_name(line): number for number, line in reversed(component.lines)}
        for name, message in parsed.errors:
            line = lines.get(str(name), component.line)
            yield Problem(f"{path}.{name}" if name else path, f"{message}; kept as it stands"[:200], line)
        yield from self._found(component, parsed, path, lines)

    def _found(
        self, component: Component, parsed: icalendar.Event, path: str, lines: dict[str, int]
    ) -> Reading:
        when, problems = date_of(parsed)
        repeats = [name for name in _REPEATING if name in lines]
        if repeats:
            rule = next(line for _, line in component.lines if _name(line) == repeats[0])
            problems.append((repeats[0], f"it repeats ({rule[:80]}): brought in once, the rule is kept"))
        uid, fault = self._uid(component, parsed)
        if fault:
            problems.append(("UID", fault))
        for name, message in problems:
            yield Problem(f"{path}.{name}", message, lines.get(name, component.line))
        if PLAIN_EVENT.name not in self._given and KIND not in lines:
            self._given.add(PLAIN_EVENT.name)
            yield Found(PLAIN_EVENT, path, component.line)
        place_name, place, extra = self._place(parsed, component)
        if place is not None:
            yield Found(place, path, component.line)
        url = _text(parsed, "URL").strip()
        claims: tuple[Claim, ...] = ()
        if is_url(url):
            claims = (Claim(uid=stable_uid(uid, "url"), source=url_uid(url), stance="mentions"),)
            if url not in self._given:
                self._given.add(url)
                yield Found(Source(uid=url_uid(url), title=url, url=url), f"{path}.URL", lines.get("URL"))
        elif url:
            extra.append(f"URL:{url}")
        title = " ".join(_text(parsed, "SUMMARY").split())
        kept = [*_kept(component, parsed), *extra]
        yield Found(
            Event(
                uid=uid,
                kind=_text(parsed, KIND).strip() or PLAIN_EVENT.name,
                title=title or "Without a summary",
                summary=_summary(parsed),
                when=when,
                place=place_name,
                tags=_tags(parsed),
                claims=claims,
                extra={_SCOPE: {"lines": kept}} if kept else {},
            ),
            path,
            component.line,
        )

    def _uid(self, component: Component, parsed: icalendar.Event) -> tuple[str, str]:
        """Return the uid, and what is wrong with it; one date of a series has its own beside the series."""
        stated = _text(parsed, "UID").strip()
        if not stated:
            start = next((line for _, line in component.lines if _name(line) == "DTSTART"), "")
            return self._uids.of(start, _text(parsed, "SUMMARY")), ""
        one_of = next((line for _, line in component.lines if _name(line) == "RECURRENCE-ID"), "")
        # An event of ours that does not say its kind would come back as another; it comes beside the first then.
        is_ours = EDTF in parsed and KIND in parsed and len(stated) <= UID_LIMIT
        uid = stated if is_ours else stable_uid(_SCOPE, f"{stated}{one_of}")
        if uid not in self._given:
            self._given.add(uid)
            return uid, ""
        return self._uids.of(stated, one_of), "it is used again in this file; both events were kept"

    def _place(
        self, parsed: icalendar.Event, component: Component
    ) -> tuple[str | None, Place | None, list[str]]:
        """Return a place's name, its record if that says more and is new, and lines that it cannot take."""
        stated = [line for _, line in component.lines if _name(line) == "GEO"]
        name = " ".join(_text(parsed, "LOCATION").split())
        where = _position(parsed)
        if where is None:
            return name or None, None, stated
        name = name or f"{where[0]:g}, {where[1]:g}"
        known = self._places.get(name)
        if known is not None:
            return name, None, [] if known == where else stated
        self._places[name] = where
        return name, Place(uid="", name=name, latitude=where[0], longitude=where[1]), []


def _summary(parsed: icalendar.Event) -> str | None:
    """Return the description, without the line in which we say its date to those who know no fuzzy ones."""
    words = _text(parsed, "DESCRIPTION").strip()
    return (words.partition("\n")[2].strip() if wording_of(parsed) else words) or None


def _position(parsed: icalendar.Event) -> tuple[float, float] | None:
    """Return latitude and longitude, if the file states such as there are."""
    value = parsed.get("GEO")
    if isinstance(value, str):  # what the library could not read
        return None
    latitude, longitude = getattr(value, "latitude", None), getattr(value, "longitude", None)
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def _kept(component: Component, parsed: icalendar.Event) -> list[str]:
    """Return the lines that have no field of ours, as they stand; and those that say a date more finely."""
    kept: list[str] = []
    met: set[str] = set()
    depth = 0
    carried = _CARRIED if is_plain(parsed) else _CARRIED - _DATES
    for _, line in component.lines:
        name = _name(line)
        depth += name == "BEGIN"
        if depth or name not in carried or (name in met and name != "CATEGORIES"):
            kept.append(line)
        depth -= name == "END"
        met.add(name)
    return kept


def _tags(parsed: icalendar.Event) -> tuple[str, ...]:
    stated = parsed.get("CATEGORIES")
    lists = stated if isinstance(stated, list) else [stated]
    names = (
        str(name).strip()
        for each in lists
        for name in ([each] if isinstance(each, str) else getattr(each, "cats", ()))
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _text(parsed: icalendar.Event, name: str) -> str:
    """Return a property's first text, empty when it has none."""
    value = parsed.get(name)
    return "" if value is None else str(value[0] if isinstance(value, list) else value)


def _name(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""


FORMAT = ReadableFormat(
    name=_SCOPE,
    label="iCalendar (.ics)",
    endings=(".ics",),
    recognise=recognise,
    read=read,
)
