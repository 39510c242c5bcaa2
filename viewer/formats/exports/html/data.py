"""What the page shows, as columns of plain JSON values.

Events come in the order of lists: by the first bound, then by the last, undated ones at the end. Of texts that
repeat only the number in one table is written. The stored texts of sources stay at home; their hashes come along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from viewer.domain.calendar import MAX_SECONDS, MIN_SECONDS
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Event
from viewer.formats.exports.html.rows import CLAIM, EVENT, Names, Numbered, claim_row, event_row, source_row
from viewer.formats.outgoing import Outgoing

_Rows = list[tuple[Sequence[Any], Sequence[Sequence[Any]]]]


def time_order(events: Iterable[Event]) -> dict[str, int]:
    """Return the place of each event among all, by its uid, in order of time."""
    keys = sorted((*_key(event.when), at, event.uid) for at, event in enumerate(events))
    return {uid: place for place, (*_, uid) in enumerate(keys)}


def page_data(outgoing: Outgoing, order: Mapping[str, int]) -> dict[str, Any]:
    """Return all that the page shows; `order` is that of `time_order`."""
    sources = list(outgoing.sources())
    numbered = Numbered(
        events=order,
        sources={source.uid: at for at, source in enumerate(sources)},
        kinds={kind.name: at for at, kind in enumerate(outgoing.kinds)},
        names=Names(),
    )
    context = outgoing.context()
    rows: _Rows = [((), ())] * len(order)
    for event in outgoing.events():
        claims = [claim_row(claim, numbered) for claim in event.claims]
        rows[order[event.uid]] = (event_row(event, numbered, context), claims)
    return {
        "title": outgoing.title or outgoing.name,
        "hidden": outgoing.hidden,
        "knownBy": outgoing.known_by,
        "kinds": [
            {"label": kind.label, "shape": kind.shape, "colour": kind.colour} for kind in outgoing.kinds
        ],
        "sources": [source_row(source, numbered) for source in sources],
        "events": _columns(EVENT, (event for event, _ in rows)),
        "claims": _columns(CLAIM, (claim for _, claims in rows for claim in claims)),
        "names": numbered.names.texts(),
    }


def _columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {name: [] for name in names}
    appends = [column.append for column in columns.values()]
    for row in rows:
        for append, value in zip(appends, row, strict=True):
            append(value)
    return columns


def _key(when: FuzzyDate | None) -> tuple[bool, int, int]:
    """An open bound lies farther out than any that is known, an unknown one comes last."""
    if when is None or not when.is_dated:
        return True, 0, 0
    lo = MIN_SECONDS if when.earliest_state == "open" else MAX_SECONDS
    hi = MAX_SECONDS + (when.latest_state != "open")
    return False, lo if when.earliest is None else when.earliest, hi if when.latest is None else when.latest
