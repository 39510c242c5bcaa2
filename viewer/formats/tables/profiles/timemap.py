"""The datasheet of TimeMap: sheet Events with dates as in the USA; Sources and Sites are joined to it."""

from __future__ import annotations

from viewer.formats.tables.mapping import (
    Join,
    Moment,
    PlaceColumns,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

PROFILE = Profile(
    fits=has_columns("Description", "Date", "Time", "Location", "Association 1", "Source"),
    mapping=TableMapping(
        name="timemap",
        label="TimeMap datasheet",
        joins=(
            Join(sheet="Sources", column="Source", key="ID", separator=","),
            Join(sheet="Sites", column="Location", key="Location"),
        ),
        title=Words(columns=("Description",)),
        when=When(start=Moment(column="Date", time="Time"), order="month first"),
        place=PlaceColumns(name=Words(columns=("Location",)), latitude="Sites.Lat", longitude="Sites.Long"),
        tags=tuple(TagColumn(column=f"Association {number}") for number in (1, 2, 3)),
        sources=(
            SourceColumns(
                identifier=("Sources.ID",),
                title=Words(columns=("Sources.Title", "Sources.ID"), first=True),
                url=Words(columns=("Sources.Path 1",)),
                medium=Words(columns=("Sources.Type",)),
                note=Words(columns=("Sources.Description",)),
                separator="\n",
            ),
        ),
    ),
)
