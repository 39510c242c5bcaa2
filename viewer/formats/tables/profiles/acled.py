"""ACLED: the 31 columns since 2023, the upper-case ones before, with dates of three styles.

time_precision: 1 the day; 2 a week, and since the data do not say which day of it was put down, it is some day of
the seven around; 3 the month. Sources are names without links, parted by semicolons. fatalities 0 stands both for
none and for nothing reported, so it makes no number; the cell is kept.
"""

from __future__ import annotations

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    ActorColumn,
    Amounts,
    Moment,
    PlaceColumns,
    Precision,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

_KINDS = (
    Kind(name="battle", label="Battle", shape="diamond", colour="#7A5BA8"),
    Kind(name="explosion", label="Explosion or remote violence", shape="hexagon", colour="#A67C00"),
    Kind(
        name="violence against civilians",
        label="Violence against civilians",
        shape="square",
        colour="#7A5BA8",
    ),
    Kind(name="protest", label="Protest", shape="bar", colour="#3C9DBF"),
    Kind(name="riot", label="Riot", shape="diamond", colour="#3C9DBF"),
    Kind(name="strategic development", label="Strategic development", shape="square", colour="#2F8F6B"),
)
_EVENT_TYPES = {
    "Battles": "battle",
    "Explosions/Remote violence": "explosion",
    "Violence against civilians": "violence against civilians",
    "Protests": "protest",
    "Riots": "riot",
    "Strategic developments": "strategic development",
}

PROFILE = Profile(
    fits=has_columns("event_id_cnty", "event_date", "time_precision", "event_type", "actor1", "fatalities"),
    mapping=TableMapping(
        name="acled",
        label="ACLED events",
        scope="acled",
        identifier=("event_id_cnty",),
        title=Words(columns=("sub_event_type", "location")),
        summary=Words(columns=("notes",)),
        kind=Words(columns=("event_type",), values={"event_type": _EVENT_TYPES}),
        kinds=_KINDS,
        when=When(
            start=Moment(column="event_date"),
            order="day first",
            precision=Precision(column="time_precision", codes={"1": "day", "2": "week", "3": "month"}),
        ),
        place=PlaceColumns(
            name=Words(columns=("location", "admin1", "country")), latitude="latitude", longitude="longitude"
        ),
        quantity=Amounts(value="fatalities", unit=Words(fixed="deaths"), measure="losses", none=("0",)),
        actors=(
            ActorColumn(column="actor1"),
            ActorColumn(column="actor2"),
            ActorColumn(column="assoc_actor_1", separator=";"),
            ActorColumn(column="assoc_actor_2", separator=";"),
        ),
        tags=(TagColumn(column="tags", separator=";"),),
        sources=(
            SourceColumns(
                title=Words(columns=("source",)), publisher=Words(columns=("source",)), separator=";"
            ),
        ),
    ),
)
