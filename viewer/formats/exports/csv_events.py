"""Events as a CSV table: one row for each, with the names of its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from viewer.formats.exports.csv_text import write_rows
from viewer.formats.exports.tabular import EVENT_COLUMNS, Row, cited, event_row
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the events; what single claims say is left out."""
    losses = Losses()
    write_rows(file, EVENT_COLUMNS, _rows(outgoing, losses))
    return losses.found()


def _rows(outgoing: Outgoing, losses: Losses) -> Iterator[Row]:
    sources, context = cited(outgoing.sources()), outgoing.context()
    for event in outgoing.events():
        losses.add("claims in their own words and dates", len(event.claims))
        yield event_row(event, sources, context, outgoing.known_by)


FORMAT = WritableFormat(name="csv-events", label="Table of events", ending=".csv", write=write)
