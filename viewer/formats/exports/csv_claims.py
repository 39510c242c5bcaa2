"""Claims as a CSV table: one row for each, with its event and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from viewer.formats.exports.csv_text import write_rows
from viewer.formats.exports.tabular import CLAIM_COLUMNS, Row, cited, claim_row
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the claims; an event without any has no row."""
    losses = Losses()
    write_rows(file, CLAIM_COLUMNS, _rows(outgoing, losses))
    return losses.found()


def _rows(outgoing: Outgoing, losses: Losses) -> Iterator[Row]:
    sources = cited(outgoing.sources())
    for event in outgoing.events():
        losses.add("events without a claim", not event.claims)
        for claim in event.claims:
            yield claim_row(event, claim, sources)


FORMAT = WritableFormat(name="csv-claims", label="Table of claims", ending=".csv", write=write)
