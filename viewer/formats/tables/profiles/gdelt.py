"""GDELT 2 events: 61 columns parted by tabs, without a header. Machine-coded: leads, not findings.

Every event is of the kind “lead”; its source, one for each article, is of reliability F and its claim of
credibility 6: nobody has judged them. DATEADDED says when GDELT saw the article and is kept as a column.
"""

from __future__ import annotations

from collections.abc import Sequence

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    ActorColumn,
    Moment,
    PlaceColumns,
    SourceColumns,
    TableMapping,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_ROOTS = (
    "statement", "appeal", "intent to cooperate", "consultation", "diplomatic cooperation",
    "material cooperation", "aid", "concession", "investigation", "demand", "disapproval", "rejection", "threat",
    "protest", "show of force", "reduced relations", "coercion", "assault", "fighting", "mass violence",
)  # fmt: skip


def _fits(row: Sequence[str]) -> bool:
    """Whether a row is one of GDELT's: there is no header to go by."""
    return (
        len(row) == len(COLUMNS)
        and row[0].isdecimal()
        and [len(row[1]), len(row[2]), len(row[3])] == [8, 6, 4]
        and row[1].isdecimal()
        and row[1].startswith(row[3])
    )


PROFILE = Profile(
    fits=_fits,
    mapping=TableMapping(
        name="gdelt",
        label="GDELT 2 events",
        scope="gdelt",
        header=False,
        columns=COLUMNS,
        identifier=("GLOBALEVENTID",),
        title=Words(
            columns=("Actor1Name", "EventRootCode", "Actor2Name"),
            separator=" – ",
            values={"EventRootCode": {f"{number:02d}": word for number, word in enumerate(_ROOTS, 1)}},
        ),
        kind=Words(fixed="lead"),
        kinds=(Kind(name="lead", label="Lead (machine-coded)", shape="bar", colour="#A67C00"),),
        when=When(start=Moment(column="SQLDATE")),
        place=PlaceColumns(
            name=Words(columns=("ActionGeo_Fullname",)), latitude="ActionGeo_Lat", longitude="ActionGeo_Long"
        ),
        actors=(ActorColumn(column="Actor1Name"), ActorColumn(column="Actor2Name")),
        sources=(
            SourceColumns(
                title=Words(columns=("SOURCEURL",)),
                url=Words(columns=("SOURCEURL",)),
                reliability=Words(fixed="F"),
                credibility=Words(fixed="6"),
            ),
        ),
    ),
)
