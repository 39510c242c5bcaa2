"""The TimelineJS sheet: dates in parts, the wording in “Display Date”, eras and a title slide among the rows.

A title slide is no event; it is kept as one of its own kind, undated, so that nothing is lost. What a slide shows
(Media) is a source that mentions the event: nobody says that it proves it.
"""

from __future__ import annotations

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    Moment,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

PROFILE = Profile(
    fits=has_columns("Year", "Month", "Day", "End Year", "Display Date", "Headline", "Text"),
    mapping=TableMapping(
        name="timelinejs-sheet",
        label="TimelineJS sheet",
        title=Words(columns=("Headline",)),
        summary=Words(columns=("Text",)),
        kind=Words(
            columns=("Type",),
            values={"Type": {"": "event", "title": "title slide", "Title": "title slide", "Era": "era"}},
        ),
        kinds=(
            Kind(name="event", label="Event", shape="square", colour="#2F8F6B"),
            Kind(name="era", label="Era", shape="bar", colour="#7A5BA8"),
            Kind(name="title slide", label="Title slide", shape="hexagon", colour="#A67C00"),
        ),
        when=When(
            start=Moment(year="Year", month="Month", day="Day", time="Time"),
            end=Moment(year="End Year", month="End Month", day="End Day", time="End Time"),
            wording="Display Date",
        ),
        tags=(TagColumn(column="Group"),),
        sources=(
            SourceColumns(
                title=Words(columns=("Media Caption", "Media"), first=True),
                publisher=Words(columns=("Media Credit",)),
                url=Words(columns=("Media",)),
                stance="mentions",
            ),
        ),
    ),
)
