"""Reading stored wordings again: what today's rules would make of them, before anything is changed.

Only what was read by rules is read again, and what was never understood. A meaning that was stated by hand stays,
and so does one that was chosen from several readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, read_date, readings
from viewer.domain.records import Claim, Event, Source
from viewer.frozen import dataclass

_STATED = (None, "EDTF")
"""Rules of dates that were not read from words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """One date whose wording reads otherwise today.

    `table`, `uid` and `field` say where it stands; `title` is that of its event or source. `after` None: the
    wording can no longer be read. `applies`: whether the new reading takes the place of the old one.
    """

    table: str
    uid: str
    field: str
    title: str
    before: FuzzyDate
    after: FuzzyDate | None
    applies: bool


def plan_rereading(events: Iterable[Event], sources: Iterable[Source]) -> tuple[Rereading, ...]:
    """Read every stored wording with the rules of today; return those that come to mean something else."""
    known: dict[str, Source] = {}
    found: list[Rereading] = []
    for source in sources:
        known[source.uid] = replace(source, text=None)  # texts can be large, and are not needed
        for field, date in (("published", source.published), ("accessed", source.accessed)):
            found += _reread("sources", source.uid, field, source.title, date, None, source.language)
    for event in events:
        found += _of_event(event, known)
    return tuple(found)


def _of_event(event: Event, known: Mapping[str, Source]) -> Iterator[Rereading]:
    first = next((claim for claim in event.claims if claim.stance == "supports"), None)
    yield from _reread("events", event.uid, "when", event.title, event.when, *_stood_at(first, known))
    for claim in event.claims:
        yield from _reread("claims", claim.uid, "when", event.title, claim.when, *_stood_at(claim, known))


def _stood_at(claim: Claim | None, known: Mapping[str, Source]) -> tuple[str | None, str | None]:
    """Return the reference, as EDTF, and the language of what a claim's source says."""
    source = None if claim is None else known.get(claim.source)
    if source is None:
        return None, None
    published = source.published
    return published.edtf if published is not None and published.is_dated else None, source.language


def _reread(
    table: str,
    uid: str,
    field: str,
    title: str,
    date: FuzzyDate | None,
    reference: str | None,
    language: str | None,
) -> Iterator[Rereading]:
    """Yield the new reading of a date, if there is one; reference and language are those of its source."""
    if date is None or not date.text:
        return
    if date.edtf is None:
        reference, language = date.reference or reference, date.language or language
    elif date.rule in _STATED:
        return
    else:
        reference, language = date.reference, date.language
    after = _read(date.text, reference, language)
    if after == date or (after is not None and _means(date) in map(_means, readings(after))):
        return
    if date.edtf is None and (after is None or not after.is_dated):
        return
    lost = after is None or (date.is_dated and not after.is_dated)
    asks = after is not None and after.ambiguous and not date.ambiguous
    yield Rereading(
        table=table, uid=uid, field=field, title=title, before=date, after=after, applies=not (lost or asks)
    )


def _read(text: str, reference: str | None, language: str | None) -> FuzzyDate | None:
    try:
        stood_at = None if reference is None else from_edtf(reference)
        return read_date(text, reference=stood_at, language=language)
    except DateError:
        return None


def _means(date: FuzzyDate) -> tuple[str | None, int | None, int | None]:
    return date.edtf, date.earliest, date.latest
