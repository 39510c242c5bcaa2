"""Spreadsheets as tables."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import got, opened, workbook

from viewer.formats.foreign import Confidence, Head
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import delimited, limits, spreadsheet
from viewer.formats.tables.previewing import rows_of

HEADER = ["id", "title", "date", "place"]


def read(sheets, hidden=(), **options):
    return got(workbook(sheets, hidden), "spreadsheet", "book.xlsx", **options)


def test_dates_come_as_precisely_as_the_sheet_has_them():
    found = read({"S": [
        HEADER,
        [1, "day", datetime.date(2022, 2, 24)],
        [2, "minute", datetime.datetime(2022, 2, 24, 12, 30)],
        [3, "second", datetime.datetime(2022, 2, 24, 12, 30, 15)],
        [4, "text", "around March 2022"],
        [5, "year", 2022],
    ]})  # fmt: skip
    assert [(event.when.edtf, event.when.precision) for event in found.events] == [
        ("2022-02-24", "day"),
        ("2022-02-24T12:30:00", "minute"),
        ("2022-02-24T12:30:15", "second"),
        ("2022-03~", "month"),
        ("2022", "year"),
    ]


def test_numbers_formulas_and_truth_are_text_as_they_are_shown():
    data = workbook({"S": [["a", "b", "c", "d", "e"], [3, 2.5, True, "=1+6", datetime.time(9, 5)]]})
    assert list(rows_of(opened(data)))[1] == (2, ["3", "2.5", "TRUE", "7", "09:05"])


def test_rows_are_numbered_as_the_sheet_numbers_them():
    found = read({"S": [[], ["My timeline"], [], HEADER, [1, "a"], [], [2, "b", "nonsense"]]})
    assert [event.title for event in found.events] == ["a", "b"]
    assert "nonsense" in found.told_at(7)
    assert "My timeline" in found.told_at(2)


def test_the_first_sheet_is_read_and_the_others_are_named():
    found = read(
        {"Mine": [HEADER, [1, "a"]], "Other": [HEADER, [2, "b"]], "Secret": [HEADER, [3, "c"]]}, ("Secret",)
    )
    assert [event.title for event in found.events] == ["a"]
    assert "“Mine”" in found.told
    assert "Other" in found.told
    assert "Secret" not in found.told


def test_a_sheet_can_be_chosen_in_any_case_even_a_hidden_one():
    sheets = {"Mine": [HEADER, [1, "a"]], "Secret": [HEADER, [3, "c"]]}
    assert [event.title for event in read(sheets, ("Secret",), sheet="secret").events] == ["c"]
    with pytest.raises(UnreadableError, match="there are: Mine"):
        read(sheets, ("Secret",), sheet="Third")


def test_a_sheet_that_a_profile_knows_goes_before_others():
    found = read(
        {
            "Readme": [["Hello", "there"]],
            "Log": [["message", "datetime", "timestamp_desc"], ["m", "2022-02-24T10:00:00Z", "x"]],
        }
    )
    assert [event.title for event in found.events] == ["m"]


def test_an_empty_workbook_is_refused():
    with pytest.raises(UnreadableError, match="empty"):
        read({"S": []})


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no spreadsheet"),
        (packed(readme_dot_txt="x"), "no spreadsheet"),
        (workbook({"S": [["a"]]})[:900], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "can be read"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "can be read"),
    ],
)
def test_other_files_are_refused(data, told):
    with pytest.raises(UnreadableError, match=told):
        got(data, "spreadsheet")


def test_cells_far_apart_do_not_take_all_memory():
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.write(1_048_575, 16_383, "y")
    book.close()
    with pytest.raises(UnreadableError, match="1,048,576 rows"):
        got(made.getvalue(), "spreadsheet")


def test_what_is_huge_when_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED", 1_000_000)
    bomb = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_dot_xml=bytes(1_000_001))
    assert len(bomb) < 2000
    with pytest.raises(UnreadableError, match="more than 1,000,000 bytes"):
        got(bomb, "spreadsheet")


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def ods(rows):
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}"/>'
    return packed(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content_dot_xml=ODS.format(rows=rows),
        **{"META-INF__manifest_dot_xml": manifest},
    )


def ods_row(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def ods_text(text, repeated=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_ods_is_read_with_its_dates():
    date = (
        '<table:table-cell office:value-type="date" office:date-value="2022-02-24">'
        "<text:p>24.02.22</text:p></table:table-cell>"
    )
    data = ods(
        ods_row(ods_text("id"), ods_text("title"), ods_text("date"))
        + ods_row(ods_text("1"), ods_text("t"), date)
    )
    found = got(data, "spreadsheet", "x.ods")
    assert found.event("t").when.edtf == "2022-02-24"


def test_an_ods_that_repeats_a_cell_without_end_is_refused():
    row = f'<table:table-row table:number-rows-repeated="1048576">{ods_text("x", 16384)}</table:table-row>'
    with pytest.raises(UnreadableError):
        got(ods(row), "spreadsheet", "x.ods")


def test_the_old_excel_format_is_read():
    data = (Path(__file__).parent / "files" / "old.xls").read_bytes()
    (event,) = got(data, "spreadsheet", "old.xls").events
    assert (event.title, event.when.edtf, event.uid) == ("Café", "2022-02-24", "table-old:1")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x", workbook({"S": [["a"]]}), Confidence.SURE),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Confidence.SURE),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Confidence.NO),
        ("x.zip", packed(a_dot_txt="x"), Confidence.NO),
        ("x.xlsx", b"a,b", Confidence.ENDING),
        ("x.csv", b"a,b", Confidence.NO),
    ],
)
def test_spreadsheets_are_recognised(name, data, expected):
    assert spreadsheet.recognise(Head(name, data[:65536])) == expected
    if expected == Confidence.SURE:
        assert delimited.recognise(Head(name, data[:65536])) == Confidence.NO


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    assert spreadsheet.recognise(Head("x.bin", data)) == Confidence.NO
    with pytest.raises(UnreadableError):
        got(data, "spreadsheet")
