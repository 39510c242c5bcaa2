"""TimelineJS (version 3), read: slides are events, eras are events of a kind of their own, media are sources.

A medium stands beside its event; whether it bears it out, the file does not say: so the event has a claim that
only mentions it. The title slide is a source, for the timeline as a whole says what its events are. Years before
Christ are counted as the program shows them: -44 is 44 BC.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from viewer.domain.dates import DateError, FuzzyDate, unread_date
from viewer.domain.records import Claim, Event, Source
from viewer.formats.content_uids import ERA, PLAIN_EVENT, ContentUids, is_url, url_uid
from viewer.formats.date_parts import Moment, between, in_parts, lost_months, read_wording, said
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading, stable_uid
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.own_objects import KEY, own_event, own_records, own_source, same_days, title_of
from viewer.formats.plain_words import plain
from viewer.formats.strict_json import Element, entries

SIZE_LIMIT = 128_000_000
"""Bytes: the text is held in memory as a whole, its slides are not."""

_SCOPE = "timelinejs"
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,15})(?:\.0+)?\s*")
_DATE_WORDS = (*_PARTS, "display_date")
_CARRIED = ("start_date", "end_date", "text", "group", "display_date")
_SLIDE = re.compile(rb'"(?:start_date|eras|headline|display_date)"\s*:')


def recognise(head: Head) -> int:
    """Tell a TimelineJS file by its keys."""
    start = head.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{") or (b'"format"' in start[:200] and b'"dateline"' in start[:400]):
        return Confidence.NO
    if _SLIDE.search(start) and (b'"events"' in start or b'"title"' in start):
        return Confidence.SURE
    return Confidence.NO


def read(opened: Opened) -> Reading:
    """Read a file's slides as they come."""
    data = opened.file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise UnreadableError(f"it is too large: at most {SIZE_LIMIT // 1_000_000} MB of TimelineJS are read")
    slides = _Slides(opened.name)
    has_events = False
    for key, number, element in entries(data):
        is_list = number is not None or element.value == []
        has_events |= key == "events" and is_list
        path = key if number is None else f"{key}[{number}]"
        if element.fault:
            yield Problem(path, f"{element.fault}; not imported", element.line)
        elif key in ("events", "eras") and number is not None:
            yield from slides.slide(element, path, is_era=key == "eras")
        elif key in ("events", "eras") and is_list:
            continue
        elif key == "title":
            yield from slides.title(element)
        elif key == KEY:
            yield from _own_records(element)
        elif key != "scale":
            yield Problem(path, "it is neither slides nor eras nor a title; not imported", element.line)
    if not has_events:
        raise UnreadableError("expected a TimelineJS file: it has no list “events”")


def _own_records(element: Element) -> Reading:
    """Yield what one of our own files lists at its top."""
    yield from (Found(record, KEY, element.line) for record in own_records(element.value))


class _Slides:
    """Slides become events; what was given already is remembered."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._uids = ContentUids(_SCOPE)
        self._given: set[str] = set()

    def title(self, element: Element) -> Reading:
        """Yield the source that a title slide is."""
        value = element.value
        if not isinstance(value, dict):
            yield Problem("title", "expected a slide; not imported", element.line)
            return
        if KEY in value:  # the title of one of our own documents, written by us
            return
        headline, words = _words(value, "headline"), _words(value, "text")
        title = " ".join(plain(headline).split()) or self._name
        yield Found(
            Source(
                uid=stable_uid(_SCOPE, f"{self._name}:title"),
                title=title,
                medium="timeline",
                text=plain(words) or None,
                extra={_SCOPE: {"title": value}},
            ),
            "title",
            element.line,
        )

    def slide(self, element: Element, path: str, *, is_era: bool) -> Reading:
        """Yield a slide's event, after the source that its medium is."""
        value = element.value
        if not isinstance(value, dict):
            yield Problem(path, "expected a slide; not imported", element.line)
            return
        date, problems = _date_of(value)
        for key, message in problems:
            yield Problem(f"{path}.{key}", message, element.line)
        source = _medium(value)
        if source is not None and source.uid not in self._given:
            self._given.add(source.uid)
            yield Found(source, f"{path}.media", element.line)
        event = own_event(value)
        if event is not None:
            when = event.when if same_days(event.when, date) else date
            title = title_of(event.title, _title(value))
            yield Found(replace(event, when=when, title=title), path, element.line)
            return
        kind = ERA if is_era else PLAIN_EVENT
        if kind.name not in self._given:
            self._given.add(kind.name)
            yield Found(kind, path, element.line)
        if not _title(value):
            yield Problem(
                f"{path}.text.headline", "there is no headline; the first words stand for it", element.line
            )
        yield Found(self._event(value, kind.name, date, source), path, element.line)

    def _event(
        self, value: dict[str, Any], kind: str, date: FuzzyDate | None, source: Source | None
    ) -> Event:
        uid = self._uid(value)
        words = plain(_words(value, "text"))
        group = value.get("group")
        claim = (
            None
            if source is None
            else Claim(uid=stable_uid(uid, "media"), source=source.uid, stance="mentions")
        )
        return Event(
            uid=uid,
            kind=kind,
            title=_title(value) or " ".join(words.split())[:80] or "Without a headline",
            summary=words or None,
            when=date,
            tags=(group.strip(),) if isinstance(group, str) and group.strip() else (),
            claims=() if claim is None else (claim,),
            extra=_kept(value),
        )

    def _uid(self, value: Mapping[str, Any]) -> str:
        """Return an identifier of the file's own, which another file may use as well; or one made of its words."""
        identifier = value.get("unique_id")
        if isinstance(identifier, str | int) and str(identifier):
            uid = stable_uid(_SCOPE, f"{self._name}:{identifier}")
            if uid not in self._given:
                self._given.add(uid)
                return uid
        dates = (json.dumps(value.get(key), sort_keys=True) for key in ("start_date", "end_date"))
        return self._uids.of(*dates, _words(value, "headline"))


def _title(value: Mapping[str, Any]) -> str:
    return " ".join(plain(_words(value, "headline")).split())


def _words(value: Mapping[str, Any], key: str) -> str:
    text = value.get("text")
    words = text.get(key) if isinstance(text, dict) else text if key == "headline" else None
    return words if isinstance(words, str) else ""


def _medium(value: Mapping[str, Any]) -> Source | None:
    """Return the source that a slide's medium is, if it has an address; anything else is kept with the event."""
    media = value.get("media")
    if not isinstance(media, dict):
        return None
    own = own_source(media)
    if own is not None:
        return own
    url = media.get("url")
    if not isinstance(url, str) or not is_url(url.strip()):
        return None
    said = {
        key: media[key] for key in ("caption", "credit", "title", "alt") if isinstance(media.get(key), str)
    }
    words = [" ".join(plain(said.get(key, "")).split()) for key in ("caption", "title", "alt")]
    title = next((each for each in words if each), url.strip())
    credit = " ".join(plain(said.get("credit", "")).split())
    return Source(uid=url_uid(url.strip()), title=title, url=url.strip(), author=credit or None)


def _kept(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a slide says that its event does not carry."""
    rest = {key: each for key, each in value.items() if key not in _CARRIED}
    text, group = value.get("text"), value.get("group")
    if isinstance(text, dict):
        marked = any(isinstance(each, str) and plain(each) != each for each in text.values())
        others = {key: each for key, each in text.items() if key not in ("headline", "text")}
        rest["text"] = text if marked else others
    else:
        rest["text"] = text
    if not isinstance(group, str):
        rest["group"] = group
    lasts = value.get("end_date") not in (None, "", {})
    for key in ("start_date", "end_date"):
        date = value.get(key)
        moment, fault = _moment(date)
        is_read = moment is not None and not fault and not lost_months(moment) and isinstance(date, dict)
        if (
            not is_read
            or set(date or ()) - set(_DATE_WORDS)
            or (lasts and moment and moment.hour is not None)
        ):
            rest[key] = date
    rest = {key: each for key, each in rest.items() if each not in (None, "", {}, [])}
    return {_SCOPE: rest} if rest else {}


def _date_of(value: Mapping[str, Any]) -> tuple[FuzzyDate | None, list[tuple[str, str]]]:
    """Return a slide's date, and what is odd about it by its key."""
    problems: list[tuple[str, str]] = []
    moments: list[Moment | None] = []
    for key in ("start_date", "end_date"):
        moment, fault = _moment(value.get(key))
        moments.append(moment)
        if fault:
            problems.append((key, f"{fault}; kept as it is"))
        elif lost_months(moment):
            problems.append((key, f"{lost_months(moment)}: only the year is used"))
    wording = _wording(value)
    start, end = moments
    if start is None:
        words = wording or _parts_in_words(value)
        if not words:
            return None, problems or [("start_date", "there is no date; the event stays undated")]
        return read_wording(words), problems
    if end is not None and end != start and (start.hour is not None or end.hour is not None):
        wording = wording or said(_moment_in_words(start), _moment_in_words(end))
    try:
        return between(start, end, wording=wording), problems
    except DateError as error:
        problems.append(("start_date", f"{error} The event stays undated."))
        return unread_date(wording or _parts_in_words(value)), problems


def _parts_in_words(value: Mapping[str, Any]) -> str:
    """Return the parts of both dates as they stand, for a date that cannot be read."""
    found = [
        "-".join(str(date[name]) for name in _PARTS if date.get(name) not in (None, "", {}, []))[:100]
        for key in ("start_date", "end_date")
        if isinstance(date := value.get(key), dict)
    ]
    return " – ".join(words for words in found if words)


def _moment_in_words(moment: Moment) -> str:
    words = moment.edtf().replace("T", " ")
    return words.removesuffix(":00") if moment.second is None and moment.hour is not None else words


def _wording(value: Mapping[str, Any]) -> str | None:
    """Return the words that stand for a slide's date, as its author wrote them."""
    if isinstance(value.get("display_date"), str) and value["display_date"].strip():
        return plain(value["display_date"]).strip()
    shown = [
        plain(date["display_date"]).strip()
        for key in ("start_date", "end_date")
        if isinstance(date := value.get(key), dict) and isinstance(date.get("display_date"), str)
    ]
    return " – ".join(words for words in shown if words) or None


def _moment(date: object) -> tuple[Moment | None, str]:
    """Return a date's parts as far as they go without a gap, and what is wrong with it."""
    if date in (None, "", {}):
        return None, ""
    if not isinstance(date, dict):
        return None, "expected a date of year, month, day"
    numbers: list[int] = []
    last, fault = "", ""
    for name, number in _numbers(date):
        if number is None:
            return None, f"{name}: expected a whole number, found {date[name]!r:.40}"
        if last and _PARTS.index(name) != _PARTS.index(last) + 1:
            fault = f"there is no {_PARTS[_PARTS.index(last) + 1]} beside its {name}"
            break
        if not last and name != "year":
            return None, "there is no year"
        numbers.append(number)
        last = name
    if not numbers:
        return None, ""
    year = numbers[0] + 1 if -10_000 < numbers[0] < 0 else numbers[0]
    return in_parts(year, *numbers[1:]), fault


def _numbers(date: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    """Yield the parts that are stated, from the year on; None for one that is no whole number."""
    for name in _PARTS:
        stated = date.get(name)
        if stated is None or (isinstance(stated, str) and not stated.strip()):
            continue
        match = None if isinstance(stated, bool) else _NUMBER.fullmatch(str(stated))
        yield name, None if match is None else int(match[1])


FORMAT = ReadableFormat(
    name="timelinejs",
    label="TimelineJS (.json)",
    endings=(".json",),
    recognise=recognise,
    read=read,
)
