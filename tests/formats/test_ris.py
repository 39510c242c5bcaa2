"""RIS, read: repeated and unknown tags, dates in parts, encodings, ends that are missing."""

from __future__ import annotations

import pytest
from formats.foreign_reading import problems, read, sorted_out, sources
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.incoming import UnreadableError
from viewer.formats.references.ris import FORMAT


def reference(*lines, kind="NEWS"):
    return "\n".join((f"TY  - {kind}", *lines, "ER  - ", ""))


def one(*lines, kind="NEWS"):
    return sources(FORMAT, reference(*lines, kind=kind))[0]


FULL = (
    "TI  - The  night train", "AU  - Petit, Anne", "AU  - King, M., Jr.", "A1  - Agency", "T2  - The Gazette",
    "PB  - Gazette Ltd", "DA  - 2025/02/05/", "UR  - https://example.org/a", "UR  - https://example.org/b",
    "Y2  - 2025/03/01/", "LA  - fr", "N1  - one", "N1  - two", "goes on", "KW  - k", "XX  - odd", "ID  - a1",
)  # fmt: skip


def test_a_reference_gives_all_its_fields():
    source = one(*FULL)
    assert (source.title, source.publisher, source.medium) == (
        "The night train",
        "The Gazette",
        "article-newspaper",
    )
    assert source.author == "Anne Petit; M. King, Jr.; Agency"
    assert (source.url, source.language) == ("https://example.org/a", "fr")
    assert (source.published.edtf, source.accessed.edtf) == ("2025-02-05", "2025-03-01")
    assert source.extra["ris"] == {
        "TY": ["NEWS"], "AU": ["Petit, Anne", "King, M., Jr."], "A1": ["Agency"], "PB": ["Gazette Ltd"],
        "UR": ["https://example.org/b"], "N1": ["one", "two\ngoes on"], "KW": ["k"], "XX": ["odd"], "ID": ["a1"],
    }  # fmt: skip


def test_a_book_is_published_by_its_publisher():
    assert one("T1  - T", "PB  - P", "T2  - Series", kind="BOOK").publisher == "P"


@pytest.mark.parametrize(
    ("lines", "edtf", "text"),
    [
        (("PY  - 2025",), "2025", None),
        (("PY  - 2025///",), "2025", None),
        (("DA  - 2025/02//",), "2025-02", None),
        (("Y1  - 2025/02/05",), "2025-02-05", None),
        (("DA  - 2025-02-05", "PY  - 2025"), "2025-02-05", None),
        (("PY  - 2024///Spring",), "2024-21", "Spring 2024"),
        (("DA  - 2025/02/05/evening edition",), "2025-02-05", "evening edition"),
        (("DA  - Feb 5", "PY  - 2025"), "2025-02-05", "Feb 5"),
        (("DA  - February 2025",), "2025-02", "February 2025"),
        (("DA  - n.d.", "PY  - 2025"), "2025", None),
        (("DA  - n.d.",), None, "n.d."),
        ((), None, None),
    ],
)
def test_a_date_is_as_fine_as_the_file_says(lines, edtf, text):
    date = one("TI  - T", *lines).published
    assert ((None, None) if date is None else (date.edtf, date.text)) == (edtf, text)


@pytest.mark.parametrize("date", ["2025/13/01", "2025/02/31/", "2025//05/", "2017/05/0010"])
def test_a_date_that_cannot_be_is_kept_undated_and_named(date):
    data = reference("TI  - T", f"DA  - {date}")
    source = sources(FORMAT, data)[0]
    assert (source.published.edtf, source.published.text) == (None, date)
    assert source.extra["ris"]["DA"] == [date]
    assert problems(FORMAT, data) == [("reference 1 · DA", 3)]


def test_dates_that_disagree_are_named():
    data = reference("TI  - T", "DA  - 2025/02/05/", "PY  - 2024")
    assert sources(FORMAT, data)[0].published.edtf == "2025-02-05"
    assert problems(FORMAT, data) == [("reference 1 · PY", 4)]


def test_an_end_that_is_missing_is_named_and_nothing_lost():
    data = "TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\n"
    assert [each.title for each in sources(FORMAT, data)] == ["A", "B"]
    assert problems(FORMAT, data) == [("reference 1", 1), ("reference 2", 3)]


def test_lines_outside_of_a_reference_are_named():
    data = "Provider: us\nTI  - stray\n" + reference("TI  - T")
    assert problems(FORMAT, data) == [("line 1", 1), ("line 2", 2)]
    assert len(sources(FORMAT, data)) == 1


def test_without_a_title_another_name_stands_for_it():
    data = reference("T2  - Paper")
    assert sources(FORMAT, data)[0].title == "Paper"
    assert problems(FORMAT, data) == [("reference 1 · TI", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_told(encoding, ending):
    data = reference("TI  - « Été » – 1", "DA  - x").replace("\n", ending).encode(encoding)
    _, found, odd, _ = sorted_out(FORMAT, data)
    assert found[0].title == "« Été » – 1"
    assert [each.line for each in odd] == ([2, 3] if encoding == "cp1252" else [3])


def test_loose_spacing_is_read():
    assert one("TI  -T", "TI  - T", "AU - A").title == "T"
    assert sources(FORMAT, "TY - BOOK\nTI - T\nER -\n")[0].title == "T"


def test_a_reference_is_the_same_when_it_is_read_again_and_a_serial_number_is_no_name():
    data = reference("TI  - A", "ID  - 1") * 2 + reference("TI  - B", "ID  - 1") + reference("TI  - C") * 2
    uids = [each.uid for each in sources(FORMAT, data)]
    assert len(set(uids)) == 5
    assert [each.uid for each in sources(FORMAT, data)] == uids
    assert (
        sources(FORMAT, reference("TI  - A", "DO  - 10.1/x"))[0].uid == one("TI  - New", "DO  - 10.1/X").uid
    )


def test_a_long_file_is_read_as_it_comes():
    import io

    from viewer.formats.foreign import Opened

    file = io.BytesIO(reference("TI  - T").encode() * 20_000)
    reading = FORMAT.read(Opened(file, "x"))
    next(reading)
    assert file.tell() < 100_000
    reading.close()
    assert not file.closed


@pytest.mark.parametrize("data", ["", "words\n", "ER  - \n", "<html>"])
def test_what_is_no_ris_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


TAGS = st.sampled_from(("TY", "TI", "AU", "DA", "PY", "Y1", "Y2", "UR", "ER", "N1", "ID", "DO", "ZZ"))
VALUES = st.text(max_size=12) | st.sampled_from(
    ("2025/01/02/", "2025//05/", "9999", "https://e.org", "a,b,c")
)


@given(st.lists(st.tuples(TAGS, VALUES), max_size=20))
def test_no_reference_is_lost(fields):
    one_line = [(tag, " ".join(value.split())) for tag, value in fields]
    data = "TY  - BOOK\n" + "".join(f"{tag}  - {value}\n" for tag, value in one_line)
    expected = 1 + sum(tag == "TY" for tag, _ in one_line)
    assert len(sources(FORMAT, data)) == expected
