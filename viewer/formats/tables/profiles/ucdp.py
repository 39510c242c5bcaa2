"""UCDP GED, 42 columns (19.1) to 49. Its sources are parallel lists, of which some do not fit together.

date_prec: 1 the day; 2 to 5 from a few days to more than a month: some day from date_start to date_end, never the
one that stands first. source_original is who said it, the office by way of whom. `best` may lie outside low…high.
"""

from __future__ import annotations

from viewer.domain.records import Kind
from viewer.formats.tables.mapping import (
    ActorColumn,
    Amounts,
    HopWords,
    Moment,
    PlaceColumns,
    Precision,
    SourceColumns,
    TableMapping,
    When,
    Words,
)
from viewer.formats.tables.profiles.profile import Profile, has_columns

_KINDS = (
    Kind(name="state-based conflict", label="State-based conflict", shape="diamond", colour="#7A5BA8"),
    Kind(name="non-state conflict", label="Non-state conflict", shape="hexagon", colour="#A67C00"),
    Kind(name="one-sided violence", label="One-sided violence", shape="square", colour="#3C9DBF"),
)
_TYPES = {str(number): kind.name for number, kind in enumerate(_KINDS, 1)}

PROFILE = Profile(
    fits=has_columns("id", "type_of_violence", "date_prec", "date_start", "date_end", "best", "high", "low"),
    mapping=TableMapping(
        name="ucdp",
        label="UCDP georeferenced events",
        scope="ucdp",
        identifier=("id",),
        title=Words(columns=("dyad_name", "where_coordinates")),
        summary=Words(columns=("where_description",)),
        kind=Words(columns=("type_of_violence",), values={"type_of_violence": _TYPES}),
        kinds=_KINDS,
        when=When(
            start=Moment(column="date_start"),
            end=Moment(column="date_end"),
            between="within",
            precision=Precision(
                column="date_prec",
                codes={"1": "day", "2": "within", "3": "within", "4": "within", "5": "within"},
            ),
        ),
        place=PlaceColumns(
            name=Words(columns=("where_coordinates", "adm_1", "country")),
            latitude="latitude",
            longitude="longitude",
        ),
        quantity=Amounts(best="best", low="low", high="high", unit=Words(fixed="deaths"), measure="losses"),
        actors=(ActorColumn(column="side_a", role="force"), ActorColumn(column="side_b", role="force")),
        sources=(
            SourceColumns(
                title=Words(columns=("source_headline", "source_article"), first=True),
                publisher=Words(columns=("source_office",)),
                published="source_date",
                separator=";",
                chain=(
                    HopWords(name=Words(columns=("source_original",))),
                    HopWords(name=Words(columns=("source_office",))),
                ),
            ),
        ),
    ),
)
