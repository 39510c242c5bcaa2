"""CSL-JSON, as Zotero and other reference managers write it, read: each item is a source.

What an item says beside our fields is kept under “csl”, names in their parts as well. A paper, a site or a channel
publishes its articles: there the container's title is the publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from viewer.domain.records import Source
from viewer.formats.content_uids import ContentUids, is_url
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading, stable_uid
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.own_objects import own_source, same_days, title_of
from viewer.formats.plain_words import plain
from viewer.formats.references.csl_dates import CslDate, csl_date
from viewer.formats.strict_json import Element, elements, entries

SIZE_LIMIT = 128_000_000
"""Bytes: the text is held in memory as a whole, its items are not."""

_SCOPE = "csl"
_IN_CONTAINERS = re.compile(r"article|post|webpage|broadcast|interview|entry|review|chapter")
_TYPE = re.compile(
    rb'"type"\s*:\s*"(?:article|bill|book|broadcast|chapter|classic|collection|dataset|document|entry|event|figure|'
    rb"graphic|hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper|"
    rb"patent|performance|periodical|personal_communication|post|regulation|report|review|software|song|speech|"
    rb'standard|thesis|treaty|webpage)[a-z_-]*"'
)
_OURS = re.compile(rb'"(?:title|issued|id|URL|author|container-title)"\s*:')


def recognise(head: Head) -> int:
    """Tell a list of references by the types of its items."""
    start = head.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    listed = start.startswith(b"[") or (start.startswith(b"{") and b'"items"' in start[:400])
    if listed and _TYPE.search(start) and _OURS.search(start) and b'"start_date"' not in start:
        return Confidence.SURE
    return Confidence.NO


def read(opened: Opened) -> Reading:
    """Read items as they come, from a list or from an object that holds one under “items”."""
    data = opened.file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise UnreadableError(f"it is too large: at most {SIZE_LIMIT // 1_000_000} MB of CSL-JSON are read")
    items = _Items()
    for path, element in _elements(data):
        if element.fault or not isinstance(element.value, dict):
            message = element.fault or "expected a reference"
            yield Problem(path, f"{message}; not imported", element.line)
        else:
            yield from items.read(element.value, path, element.line)


def _elements(data: bytes) -> Iterator[tuple[str, Element]]:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        for number, element in enumerate(elements(data)):
            yield f"[{number}]", element
        return
    has_items = False
    for key, position, element in entries(data):
        has_items |= key == "items" and (position is not None or element.value == [])
        if key == "items" and position is not None:
            yield f"items[{position}]", element
    if not has_items:
        raise UnreadableError("expected CSL-JSON: a list of references")


class _Items:
    """Makes sources of items."""

    def __init__(self) -> None:
        self._uids = ContentUids(_SCOPE)
        self._given: set[str] = set()

    def read(self, item: dict[str, Any], path: str, line: int | None) -> Reading:
        """Yield an item's source, after what is odd about it."""
        language = _words(item, "language") or None
        issued, accessed = csl_date(item.get("issued"), language), csl_date(item.get("accessed"), language)
        title = " ".join(plain(_words(item, "title")).split())
        own = own_source(item)
        if own is not None and same_days(own.published, issued.date):
            yield Found(replace(own, title=title_of(own.title, title)), path, line)
            return
        for key, found in (("issued", issued), ("accessed", accessed)):
            if found.fault:
                yield Problem(f"{path}.{key}", found.fault, line)
        if own is not None:
            yield Found(replace(own, title=title_of(own.title, title), published=issued.date), path, line)
            return
        if not title:
            yield Problem(f"{path}.title", "there is no title; another name stands for it", line)
        yield Found(self._source(item, title, issued, accessed), path, line)

    def _source(self, item: Mapping[str, Any], title: str, issued: CslDate, accessed: CslDate) -> Source:
        publisher, publisher_key = _publisher(item)
        url, (archived, archived_key) = _words(item, "URL"), _archived(item)
        carried = {"type", "language", publisher_key, archived_key}
        carried |= {"URL"} if is_url(url) else set()
        carried |= {"title"} if "<" not in _words(item, "title") else set()
        carried |= {key for key, found in (("issued", issued), ("accessed", accessed)) if found.whole}
        rest = {
            key: value
            for key, value in item.items()
            if value not in (None, "", [], {}) and not (key in carried and isinstance(value, str | dict))
        }
        return Source(
            uid=self._uid(item, title),
            title=title or _name_without_title(item),
            publisher=publisher,
            author="; ".join(names_of(item.get("author"))) or None,
            medium=_words(item, "type") or None,
            url=url if is_url(url) else None,
            archived_url=archived,
            language=_words(item, "language") or None,
            published=issued.date,
            accessed=accessed.date,
            extra={_SCOPE: rest} if rest else {},
        )

    def _uid(self, item: Mapping[str, Any], title: str) -> str:
        """Return the uid of an item's own identifier; one such as “ITEM-1” counts only together with the title."""
        stated = item.get("id")
        identifier = (
            str(stated).strip() if isinstance(stated, str | int) and not isinstance(stated, bool) else ""
        )
        if "://" in identifier or (identifier and title):
            uid = stable_uid(_SCOPE, identifier if "://" in identifier else f"{identifier} · {title}")
            if uid not in self._given:
                self._given.add(uid)
                return uid
        names = "; ".join(names_of(item.get("author")))
        return self._uids.of(_words(item, "type"), title, names, str(item.get("issued")), _words(item, "URL"))


def names_of(value: Any) -> list[str]:
    """Return the names of a list of people or bodies, as one says them."""
    found: list[str] = []
    for each in value if isinstance(value, list) else []:
        if isinstance(each, str):
            found.append(" ".join(each.split()))
        elif isinstance(each, dict):
            parts = ("given", "dropping-particle", "non-dropping-particle", "family")
            said = _words(each, "literal") or _words(each, "name")
            said = said or " ".join(_words(each, part) for part in parts if _words(each, part))
            suffix = _words(each, "suffix")
            found.append(" ".join(f"{said}, {suffix}".split()) if suffix else " ".join(said.split()))
    return [name for name in found if name]


def _words(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def _publisher(item: Mapping[str, Any]) -> tuple[str | None, str]:
    keys = ["publisher", "container-title"]
    if _IN_CONTAINERS.match(_words(item, "type")):
        keys.reverse()
    key = next((key for key in keys if _words(item, key)), "")
    return (" ".join(plain(_words(item, key)).split()), key) if key else (None, "")


def _archived(item: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return the address of a copy and its key: an archive's name and a shelf mark are none."""
    keys = ("archive_location", "archive-location", "archive")
    key = next((key for key in keys if is_url(_words(item, key))), "")
    return (_words(item, key), key) if key else (None, "")


def _name_without_title(item: Mapping[str, Any]) -> str:
    for key in ("title-short", "shortTitle", "container-title", "genre", "URL", "DOI", "note", "abstract"):
        words = " ".join(plain(_words(item, key)).split())
        if words:
            return words[:120]
    return _words(item, "type") or "Untitled"


FORMAT = ReadableFormat(
    name="csl-json",
    label="CSL-JSON, as of Zotero (.json)",
    endings=(".json",),
    recognise=recognise,
    read=read,
)
