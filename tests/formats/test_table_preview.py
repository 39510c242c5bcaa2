"""What a dialog shows before a table is brought in."""

from __future__ import annotations

import pytest
from table_files import opened, table, workbook

from viewer.domain.records import Event, Source
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import Moment, TableMapping, When, Words
from viewer.formats.tables.previewing import preview
from viewer.formats.tables.profiles import profiles

ROWS = table(
    ("id", "title", "date", "note"),
    *((str(n), f"t{n}", "2022-02-24" if n else "soon", "x") for n in range(80)),
)


def test_the_first_rows_are_shown_as_what_would_be_stored():
    shown = preview(opened(ROWS))
    assert len(shown.rows) == 50
    assert shown.rows[0].line == 2
    assert shown.rows[0].cells == ("0", "t0", "soon", "x")
    event = next(each for each in shown.rows[0].records if isinstance(each, Event))
    assert event.title == "t0"
    assert "cannot" in shown.rows[0].problems[0].message or "not" in shown.rows[0].problems[0].message
    assert shown.rows[1].problems == ()
    assert "guessed" in shown.how


def test_each_column_says_what_it_is_used_for():
    shown = preview(opened(ROWS))
    assert {use.column: use.fields for use in shown.columns} == {
        "id": ("identifier",), "title": ("title",), "date": ("when.start",), "note": ("summary",),
    }  # fmt: skip


def test_another_mapping_shows_something_else():
    mapping = TableMapping(title=Words(columns=("note", "id")), when=When(start=Moment(column="date")))
    shown = preview(opened(ROWS), mapping, limit=3)
    assert [next(each.title for each in row.records if isinstance(each, Event)) for row in shown.rows] == [
        "x, 0", "x, 1", "x, 2",
    ]  # fmt: skip
    assert shown.mapping == mapping
    assert shown.how == ""


@pytest.mark.parametrize("name", profiles())
def test_any_profile_can_be_previewed_on_any_table(name):
    shown = preview(opened(ROWS, profile=name), limit=2)
    assert shown.mapping.name == name
    assert len(shown.rows) == 2


def test_a_workbook_and_json_are_previewed_as_well():
    shown = preview(opened(workbook({"A": [["title"], ["x"]], "B": [["title"], ["y"]]})))
    assert shown.sheets == ("A", "B")
    assert shown.rows[0].cells == ("x",)
    shown = preview(
        opened('{"link": "https://e.org/1", "archive status": "success", "archive location": "x"}\n')
    )
    assert isinstance(shown.rows[0].records[0], Source)


def test_an_unknown_profile_is_refused():
    with pytest.raises(UnreadableError, match="acled"):
        preview(opened(ROWS, profile="nobody"))
