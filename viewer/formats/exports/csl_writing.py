"""CSL-JSON: the sources, for programs that keep and cite references; beside each lies our whole record."""

from __future__ import annotations

import json
from typing import IO, Any

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Source
from viewer.formats.bundle_writing import source_json
from viewer.formats.exports.date_parts import parts_of
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat

KEY = "dateline"
_TYPES = (
    ("post", ("post", "telegram", "tweet", "social")),
    ("broadcast", ("broadcast", "television", "tv", "radio")),
    ("motion_picture", ("video", "film")),
    ("speech", ("speech", "briefing", "statement")),
    ("interview", ("interview",)),
    ("report", ("report", "digest")),
    ("book", ("book",)),
    ("article-newspaper", ("newspaper", "article", "news", "wire", "press")),
)
_IN_A_CONTAINER = ("article-newspaper", "webpage", "post", "broadcast")
_DAY = 3


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the sources as references; events and claims have no place among them."""
    losses = Losses()
    before = "[\n "
    for source in outgoing.sources():
        file.write((before + json.dumps(_item(source), ensure_ascii=False)).encode())
        before = ",\n "
    file.write(b"[]\n" if before.startswith("[") else b"\n]\n")
    for event in outgoing.events():
        losses.add("events")
        losses.add("claims", len(event.claims))
    return losses.found()


def _item(source: Source) -> dict[str, Any]:
    kind = _type(source)
    publisher = "container-title" if kind in _IN_A_CONTAINER else "publisher"
    told = {
        "id": source.uid,
        "type": kind,
        "title": source.title,
        publisher: source.publisher,
        "author": [{"literal": source.author}] if source.author else None,
        "issued": _date(source.published),
        "accessed": _date(source.accessed),
        "URL": source.url,
        "archive_location": source.archived_url,
        "language": source.language,
        "medium": source.medium,
    }
    return {**{key: value for key, value in told.items() if value}, KEY: source_json(source)}


def _type(source: Source) -> str:
    words = (source.medium or "").casefold()
    found = (kind for kind, names in _TYPES if any(name in words for name in names))
    return next(found, "webpage" if source.url else "document")


def _date(date: FuzzyDate | None) -> dict[str, Any] | None:
    """Return a date as parts to the day at most, “circa” where it is vague; in words where a side is open."""
    if date is None:
        return None
    parts = parts_of(date)
    if parts is None or date.start_lo is None or date.end_hi is None:
        return {"literal": date.text or date.edtf or ""}
    first, last = parts
    ends = list(dict.fromkeys(end[:_DAY] for end in (first, last or first)))
    written: dict[str, Any] = {"date-parts": [list(end) for end in ends]}
    if date.approximate or date.uncertain or date.convention or date.ambiguous:
        written["circa"] = True
    return written


FORMAT = WritableFormat(name="csl-json", label="CSL-JSON references", ending=".json", write=write)
