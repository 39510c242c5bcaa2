"""Delimited text: whatever delimiter, encoding and line ends it has, and however its rows go wrong."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from table_files import got, opened, table

from viewer.formats.foreign import Confidence, Head
from viewer.formats.guarding import unguarded
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import delimited
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.previewing import rows_of

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def rows(data, **options):
    notices = Notices()
    return [cells for _, cells in rows_of(opened(data, **options), notices)], notices.take()


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\r\n", "\n"]),
)
@example([["'=1+1", "-5"], ["'x", "y"]], ",", "\n")
@example([['a"', "b\r\nc"], ["", "\u2028"], ["\ufeff", "'"]], ",", "\r\n")
def test_what_the_csv_module_writes_is_read_back_the_same(content, delimiter, end):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(content)
    found, problems = rows(text.getvalue(), delimiter=delimiter)
    # An apostrophe before what a spreadsheet would compute is not part of the text.
    assert found == [[unguarded(cell) for cell in row] for row in content]
    assert problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_text(delimiter):
    content = [
        ["id", "what, where", "how; many"],
        ["1", "a, b", "1,5"],
        ["2", "c|d", "2,5"],
        ["3", "e", "3,5"],
    ]
    assert rows(table(*content, delimiter=delimiter))[0] == content


def test_decimal_commas_do_not_make_a_comma_the_delimiter():
    found, _ = rows("Ort;Zahl\nBonn;1,5\nKiel;2,5\nUlm;3,5\n")
    assert found[1] == ["Bonn", "1,5"]


def test_a_first_line_may_tell_the_delimiter():
    assert rows("sep=|\na|b,c\n1|2,3\n")[0] == [["a", "b,c"], ["1", "2,3"]]


def test_lines_end_in_any_way_and_are_counted_as_an_editor_counts_them():
    data = 'a,b\r\n1,"x\ny"\r2,z\n\n3,w'
    assert [(line, cells[0]) for line, cells in rows_of(opened(data))] == [
        (1, "a"),
        (2, "1"),
        (4, "2"),
        (6, "3"),
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"),
     ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", b"\xff\xfe\0\0")],
)  # fmt: skip
def test_unicode_is_read_with_or_without_a_mark(encoding, mark):
    text = "titre,lieu\nl’été à Besançon,Besançon\nЛьвів,Львів\n"
    found, problems = rows(mark + text.encode(encoding))
    assert found == [line.split(",") for line in text.splitlines()]
    assert problems == []


def test_fault_47_windows_1252_is_read_and_said_once():
    text = "titre,lieu\n" + "“Été” – œuvre,Orléans\n" * 40
    found, problems = rows(text.encode("cp1252"))
    assert found[1] == ["“Été” – œuvre", "Orléans"]
    assert len(problems) == 1
    assert "Windows-1252" in problems[0].message
    assert problems[0].line == 2


def test_a_few_odd_bytes_say_no_more_than_western_european():
    found, problems = rows(b"a,b\nK\xf6ln,1\n")
    assert found[1] == ["Köln", "1"]
    assert "Windows-1252" in problems[0].message


def test_cyrillic_code_pages_are_told_by_their_letters():
    text = "дата,назва\n" + "лютого,Війська перейшли кордон біля міста вночі\n" * 20
    found, problems = rows(text.encode("cp1251"))
    assert found[1] == ["лютого", "Війська перейшли кордон біля міста вночі"]
    assert "cp1251" in problems[0].message


def test_a_few_bad_bytes_in_utf_8_leave_the_rest_as_it_is():
    found, problems = rows(b"a,b\n" + "été,ça\n".encode() * 20 + b"\xff,x\n")
    assert found[1] == ["été", "ça"]
    assert found[-1] == ["�", "x"]
    assert len(problems) == 1
    assert problems[0].line == 22


def test_an_encoding_can_be_named():
    found, _ = rows("a,b\nŁódź,1\n".encode("cp1250"), encoding="cp1250")
    assert found[1] == ["Łódź", "1"]
    with pytest.raises(UnreadableError, match="no encoding"):
        rows("a,b", encoding="klingon")


def test_a_bad_byte_far_into_the_file_is_found():
    data = b"a,b\n" + b"x,y\n" * 600_000 + b"\xe9t\xe9,z\n"
    found, problems = rows(data)
    assert found[-1] == ["été", "z"]
    assert problems[0].line == 600_002


def test_fault_47_an_unclosed_quote_swallows_no_row():
    data = 'id,title\n1,first\n2,"second\n3,third\n4,"fourth"\n5,fifth\n'
    found = got(data)
    assert [event.title for event in found.events] == ["first", '"second', "third", "fourth", "fifth"]
    assert "quote" in found.told_at(3)


def test_fault_47_an_unclosed_quote_at_the_end_of_a_large_file_swallows_no_row():
    data = 'id,title\n1,"open\n' + "".join(f"{number},t{number}\n" for number in range(2, 60_000))
    found = got(data)
    assert len(found.events) == 59_999
    assert found.events[0].title == '"open'
    assert [each.line for each in found.problems if "quote" in each.message] == [2]


def test_many_unclosed_quotes_are_each_named():
    data = "id,title\n" + "".join(f'{number},"t{number}"x\n' for number in range(300))
    found = got(data)
    assert len(found.events) == 300
    assert found.events[7].title == '"t7"x'
    assert sum("quote" in each.message for each in found.problems if each.line) == 200
    assert "100 more" in found.told


def test_fault_47_ragged_rows_are_kept_and_named():
    found = got("id,title,place\n1,short\n2,long,Ulm,more,and more\n3,right,Bonn\n")
    assert [event.title for event in found.events] == ["short", "long", "right"]
    assert found.event("long").extra == {"columns": {"Column 4": "more", "Column 5": "and more"}}
    assert "2 of 3" in found.told_at(2)
    assert "more cells" in found.told_at(3)


def test_fault_47_columns_of_one_name_are_told_apart_and_named():
    found = got("id,title,Memo,memo,Memo,\n1,t,a,b,c,d\n")
    assert found.events[0].extra == {
        "columns": {"Memo": "a", "memo (2)": "b", "Memo (3)": "c", "Column 6": "d"}
    }
    assert "more than one column “Memo”" in found.told


def test_fault_47_nul_is_named_by_row_and_the_row_is_kept():
    found = got("id,title\n1,a\0b\n2,c\n")
    assert [event.title for event in found.events] == ["a�b", "c"]
    assert "NUL" in found.told_at(2)


def test_fault_47_a_field_of_200_kB_is_read_whole():
    long = "word " * 40_000
    found = got(table(("id", "title", "summary"), ("1", "t", long), ("2", "u", "x")))
    assert found.events[0].summary == long.strip()
    assert len(found.events) == 2


def test_a_cell_that_is_too_long_is_cut_and_named():
    found = got("id,title,summary\n1,t," + "x" * 3_000_000 + "\n2,u,v\n")
    assert len(found.events[0].summary) == 1_000_000
    assert "1,000,000" in found.told_at(2)
    assert found.events[1].title == "u"


def test_a_line_without_end_is_refused():
    with pytest.raises(UnreadableError, match="longer than"):
        got("id,title\n1," + "x" * 17_000_000)


def test_a_million_columns_are_refused_politely():
    with pytest.raises(UnreadableError, match="1,000,000 columns"):
        got(",".join(f"c{number}" for number in range(1_000_000)) + "\n1\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(UnreadableError, match="empty"):
        got(data)


def test_a_header_alone_brings_nothing_and_says_so():
    found = got("id,title,date\n")
    assert found.events == []
    assert "no row" in found.told


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"PK\x03\x04xxxx", "spreadsheet"), (b"%PDF-1.7", "PDF"), (b"SQLite format 3\0", "database"),
     (bytes(range(256)) * 40 + b"\0" * 9000, "zero")],
)  # fmt: skip
def test_other_files_are_refused_by_what_they_are(data, what):
    with pytest.raises(UnreadableError, match=what):
        got(data)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x.csv", b"a,b\n1,2\n3,4\n", Confidence.LIKELY),
        ("x", b"a;b;c\n1;2;3\n", Confidence.LIKELY),
        ("x.csv", b"one column\n1\n", Confidence.ENDING),
        ("x.txt", b"Well, this is prose.\nIt has, as prose has, commas.\nSome.\n", Confidence.NO),
        ("x", b"message,datetime,timestamp_desc\n", Confidence.SURE),
        ("x", b"sep=;\na;b\n", Confidence.SURE),
        ("x.csv", b'{"a": 1}\n', Confidence.NO),
        ("x.html", b"<html><p>a, b</p>\n", Confidence.NO),
        ("x.csv", b"PK\x03\x04\0\0\0\0", Confidence.NO),
        ("x.csv", b"", Confidence.NO),
        ("x.csv", "a,b\n1,2\n".encode("utf-16"), Confidence.LIKELY),
    ],
)
def test_a_table_is_recognised_by_its_content(name, data, expected):
    assert delimited.recognise(Head(name, data)) == expected


@given(st.binary(max_size=300))
def test_recognising_never_raises(data):
    assert delimited.recognise(Head("x.csv", data)) >= Confidence.NO


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        got(data)
    except UnreadableError:
        pass


def test_a_sheet_cannot_be_chosen_in_a_text():
    with pytest.raises(UnreadableError, match="no workbook"):
        got("a,b\n1,2\n", sheet="Two")
