"""Timesketch, as CSV or JSON Lines: message, datetime, timestamp_desc, and any other columns.

`timestamp` (s, ms or µs) may contradict `datetime`; that is named, and the datetime counts.
"""

from __future__ import annotations

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    Epoch,
    Moment,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

PROFILE = Profile(
    fits=has_columns("message", "datetime", "timestamp_desc"),
    mapping=TableMapping(
        name="timesketch",
        label="Timesketch",
        scope=None,
        identifier=("_id",),
        title=Words(columns=("message",)),
        kind=Words(fixed="log entry"),
        kinds=(Kind(name="log entry", label="Log entry", shape="bar", colour="#2F8F6B"),),
        when=When(start=Moment(column="datetime"), epoch=Epoch(column="timestamp")),
        tags=(
            TagColumn(column="timestamp_desc"),
            TagColumn(column="tag", separator=","),
            TagColumn(column="label", separator=","),
        ),
        sources=(
            SourceColumns(title=Words(columns=("display_name", "filename", "source_long"), first=True)),
        ),
    ),
)
