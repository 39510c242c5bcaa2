"""VIINA 2: reports of news outlets, each placed as one or several events; the report's text is its quote.

The time zone of `date` and `time` is not stated, so none is.
"""

from __future__ import annotations

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    Moment,
    PlaceColumns,
    SourceColumns,
    TableMapping,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

PROFILE = Profile(
    fits=has_columns("event_id", "report_id", "date", "asciiname", "GEO_PRECISION", "text", "source", "url"),
    mapping=TableMapping(
        name="viina",
        label="VIINA news reports",
        scope="viina",
        identifier=("event_id",),
        title=Words(columns=("text",)),
        kind=Words(fixed="news report"),
        kinds=(Kind(name="news report", label="News report", shape="square", colour="#3C9DBF"),),
        when=When(start=Moment(column="date", time="time")),
        place=PlaceColumns(
            name=Words(columns=("asciiname", "ADM1_NAME")), latitude="latitude", longitude="longitude"
        ),
        sources=(
            SourceColumns(
                identifier=("report_id",),
                title=Words(columns=("text",)),
                publisher=Words(columns=("source",)),
                url=Words(columns=("url",)),
                language=Words(columns=("lang",)),
                published="date",
                text=Words(columns=("text",)),
                quote=Words(columns=("text",)),
            ),
        ),
    ),
)
