"""TimelineJS (version 3): each dated event as a slide with its quotes and sources.

A slide's dates are never finer than the event's, and the words shown are those of the source. Beside what
TimelineJS shows lie the whole records under “dateline”, so that our reader brings them back as they were. Sources
are linked in the text; they are no media, which TimelineJS fetches from their sites as soon as a slide is shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Event, Source
from viewer.formats.bundle_writing import bundle_head, event_json, source_json
from viewer.formats.exports.date_parts import Parts, named, parts_of
from viewer.formats.exports.web_words import citation, escaped, paragraphs
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat

KEY = "dateline"
UNDATED = "events without a date"
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_FAR = 270_000
"""Years that JavaScript's dates do not reach: TimelineJS has a scale of its own for them."""


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write a timeline; what has no date is left out."""
    losses = Losses()
    for piece in _pieces(outgoing, losses):
        file.write(piece.encode())
    return losses.found()


def _pieces(outgoing: Outgoing, losses: Losses) -> Iterator[str]:
    title = {"text": {"headline": escaped(outgoing.name)}, KEY: {"uid": outgoing.uid}}
    yield f'{{\n "title": {_json(title)},\n'
    yield f' "{KEY}": {{"sources": ['
    for number, source in enumerate(outgoing.sources()):
        yield (",\n  " if number else "\n  ") + _json(source_json(source))
    yield "\n ]"
    head = bundle_head(outgoing)
    yield from (f', "{key}": {_json(head[key])}' for key in ("kinds", "actors", "places") if key in head)
    yield '},\n "events": ['
    # Slides say who says so; the texts of the sources are not needed for that.
    sources = {source.uid: replace(source, text=None) for source in outgoing.sources()}
    labels = {kind.name: kind.label for kind in outgoing.kinds}
    before, is_far = "\n  ", False
    for event in outgoing.events():
        slide = _slide(event, sources, labels)
        if slide is None:
            losses.add(UNDATED)
            continue
        is_far |= any(abs(slide[key]["year"]) > _FAR for key in ("start_date", "end_date") if key in slide)
        yield before + _json(slide)
        before = ",\n  "
    yield f'\n ],\n "scale": "{"cosmological" if is_far else "human"}"\n}}\n'


def _slide(event: Event, sources: Mapping[str, Source], labels: Mapping[str, str]) -> dict[str, Any] | None:
    """Return an event's slide; None if nothing is known of when it was."""
    parts = None if event.when is None else parts_of(event.when)
    if event.when is None or parts is None:
        return None
    words = [paragraphs(event.summary or "")]
    words += [citation(claim, sources.get(claim.source)) for claim in event.claims]
    slide: dict[str, Any] = {
        "start_date": _date(parts[0]),
        **({} if parts[1] is None else {"end_date": _date(parts[1])}),
        "display_date": escaped(_shown(event.when)),
        "text": {"headline": escaped(event.title), "text": "".join(words)},
        "group": escaped(labels.get(event.kind, event.kind)),
        "autolink": False,
        KEY: event_json(event),
    }
    if _PLAIN_NAME.fullmatch(event.uid):
        slide["unique_id"] = event.uid
    return slide


def _date(parts: Parts) -> dict[str, int]:
    far = abs(parts[0]) > _FAR
    return named(parts[:1] if far else parts)


def _shown(date: FuzzyDate) -> str:
    return date.text or date.edtf or ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = WritableFormat(name="timelinejs", label="TimelineJS", ending=".json", write=write)
