"""What both forms of the Timeline Project's files share: categories, periods and what hangs on an event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from viewer.domain.dates import DateError, FuzzyDate, unread_date
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event, Kind, Link, Source
from viewer.formats.content_uids import PLAIN_EVENT, ContentUids, is_url, url_uid
from viewer.formats.date_parts import between, coarse, moment_of, said, since
from viewer.formats.foreign import Found, Reading, stable_uid
from viewer.formats.incoming import Problem
from viewer.frozen import dataclass

SCOPE = "timeline-project"
GREGORIAN = "gregoriantime"

_SHAPES = ("square", "diamond", "hexagon", "bar")
_COLOUR = re.compile(r"\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*")
_CONTAINER = re.compile(r"\[([0-9]{1,9})\](.*)", re.DOTALL)
_WITHIN = re.compile(r"\(([0-9]{1,9})\)(.*)", re.DOTALL)
_BUILT_IN = frozenset(kind.name for kind in BUILT_IN_KINDS)


@dataclass(frozen=True, slots=True)
class Period:
    """When something is, as the file says it."""

    start: str
    end: str
    fuzzy_start: bool = False
    fuzzy_end: bool = False
    ends_today: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the file says it; `rest` is what has no field of ours."""

    period: Period
    text: str
    category: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    hyperlink: str = ""
    rest: Mapping[str, Any] | None = None


class Entries:
    """Makes events of entries; remembers kinds, sources and containers."""

    def __init__(self) -> None:
        self.calendar = GREGORIAN
        self._kinds: set[str] = set(_BUILT_IN)
        self._uids = ContentUids(SCOPE)
        self._sources: set[str] = set()
        self._containers: dict[str, str] = {}

    def kind(self, name: str, colour: str, rest: Mapping[str, Any], path: str, line: int | None) -> Reading:
        """Yield the kind that a category is; the colours are kept, and shapes differ from one to the next."""
        if not name or name in self._kinds:
            yield Problem(path, "the category has no name of its own; not imported", line)
            return
        shape = _SHAPES[(len(self._kinds) - len(_BUILT_IN)) % len(_SHAPES)]
        self._kinds.add(name)
        shown = colour_of(colour)
        if shown is None:
            yield Problem(f"{path}/color", f"expected red, green, blue, found “{colour[:40]}”", line)
        extra = {SCOPE: dict(rest)} if rest else {}
        found = Kind(name=name, label=name, shape=shape, colour=shown or PLAIN_EVENT.colour, extra=extra)
        yield Found(found, path, line)

    def event(self, entry: Entry, path: str, line: int | None, kind: Kind | None = None) -> Reading:
        """Yield an event, after its kind and its sources where these are new; `kind` None: that of its category."""
        plain = kind or (None if entry.category else PLAIN_EVENT)
        if plain is not None and plain.name not in self._kinds:
            self._kinds.add(plain.name)
            yield Found(plain, path, line)
        elif plain is None and entry.category not in self._kinds:
            yield Problem(
                f"{path}/category", f"there is no category “{entry.category[:60]}”; it was added", line
            )
            yield from self.kind(entry.category, "200,200,200", {}, path, line)
        when, fault = self.date(entry.period)
        if fault:
            yield Problem(f"{path}/start", fault, line)
        urls = _urls(entry.hyperlink)
        for url in urls:
            if url not in self._sources:
                self._sources.add(url)
                yield Found(Source(uid=url_uid(url), title=url, url=url), f"{path}/hyperlink", line)
        yield Found(self._event(entry, plain.name if plain else entry.category, when, urls), path, line)

    def _event(self, entry: Entry, kind: str, when: FuzzyDate, urls: list[str]) -> Event:
        uid = self._uids.of(entry.period.start, entry.period.end, entry.text)
        title, links = self._placed(entry.text, uid)
        rest = dict(entry.rest or {})
        if entry.hyperlink and not urls:
            rest["hyperlink"] = entry.hyperlink
        if entry.period.ends_today:
            rest["end"] = entry.period.end
        if title != entry.text:
            rest["text"] = entry.text
        return Event(
            uid=uid,
            kind=kind,
            title=title or "Without a text",
            summary=entry.description or None,
            when=when,
            links=links,
            tags=entry.tags,
            claims=tuple(
                Claim(uid=stable_uid(uid, str(number)), source=url_uid(url), stance="mentions")
                for number, url in enumerate(urls, 1)
            ),
            extra={SCOPE: rest} if rest else {},
        )

    def _placed(self, text: str, uid: str) -> tuple[str, tuple[Link, ...]]:
        """Return a text without the number of the container that it is or lies in, and the link to that one."""
        found = _CONTAINER.fullmatch(text)
        if found is not None:
            self._containers[found[1]] = uid
            return _one_line(found[2]), ()
        found = _WITHIN.fullmatch(text)
        if found is not None and found[1] in self._containers:
            return _one_line(found[2]), (Link(to=self._containers[found[1]], relation="part of"),)
        return _one_line(text), ()

    def date(self, period: Period) -> tuple[FuzzyDate, str]:
        """Return a period's date, and what is wrong with it; ends are days that still belong to it."""
        words = said(period.start, period.end)
        if self.calendar != GREGORIAN:
            return unread_date(f"{words} ({self.calendar})"), ""
        first, last = moment_of(period.start), moment_of(period.end)
        if first is None or last is None:
            return unread_date(words), f"expected a date such as 2025-02-19 14:30:00, found “{words[:60]}”"
        start, end = coarse(first), coarse(last)
        wording = None if start == end or (start.hour is None and end.hour is None) else words
        fuzzy_start, fuzzy_end = period.fuzzy_start, period.fuzzy_end
        try:
            if period.ends_today:
                return since(start, wording=wording, mark="~" if fuzzy_start else ""), ""
            if start == end:
                fuzzy_start |= fuzzy_end
            marks = ("~" if fuzzy_start else "", "~" if fuzzy_end else "")
            return between(start, end, wording=wording, marks=marks), ""
        except DateError as error:
            return unread_date(words), f"{error} The event stays undated."


def colour_of(words: str) -> str | None:
    """Return “255,0,10” as “#FF000A”; None if it is no colour."""
    found = _COLOUR.fullmatch(words)
    parts = [] if found is None else [int(part) for part in found.groups()]
    return None if not parts or max(parts) > 255 else "#" + "".join(f"{part:02X}" for part in parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _urls(hyperlink: str) -> list[str]:
    """Return the addresses of a field that may hold several; none if it holds anything else as well."""
    parts = [part.strip() for part in hyperlink.split(";") if part.strip()]
    return list(dict.fromkeys(parts)) if parts and all(map(is_url, parts)) else []
