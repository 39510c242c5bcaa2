"""The tables of `phrases/`: what each wording must be taken to mean, written apart from the code that reads it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from viewer.domain.dates import DateError, FuzzyDate, bounds_text, read_date

FOLDER = Path(__file__).parent / "phrases"
TABLES = ("normative", "en", "fr", "de", "es", "uk", "ru", "ko")
LANGUAGES = TABLES[1:]
COLUMNS = ("text", "language", "reference", "edtf", "earliest", "latest", "flags")
REFUSED = "INVALID"
AT_LEAST = {"normative": 70, "en": 100, "fr": 100} | dict.fromkeys(("de", "es", "uk", "ru", "ko"), 20)

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_BOUND = re.compile(
    r"(?P<year>-?[0-9]{4,})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})Z)?"
)
_LIMITS = {"-inf": float("-inf"), "+inf": float("inf")}


@dataclass(frozen=True)
class Row:
    """One wording and its meaning. Flags: Approximate, Uncertain, Span or set, Convention, aMbiguous, unKnown."""

    place: str
    text: str
    language: str
    reference: str
    edtf: str
    earliest: str
    latest: str
    flags: frozenset[str]

    def read(self) -> FuzzyDate:
        reference = read_date(self.reference) if self.reference else None
        return read_date(self.text, reference=reference, language=self.language or None)


def lines_of(table: str) -> list[tuple[str, list[str]]]:
    """Return (place, columns) of each row. After the columns a comment may follow."""
    lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [
        (f"{table}.tsv:{number}", line.split("\t"))
        for number, line in enumerate(lines, start=1)
        if line and not line.startswith("#")
    ]
    assert rows[0][1] == list(COLUMNS)
    return rows[1:]


def row_of(place: str, columns: list[str]) -> Row:
    text, language, reference, edtf, earliest, latest, flags = columns[: len(COLUMNS)]
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return Row(place, text, language, reference, edtf, earliest, latest, frozenset(flags.split()))


ROWS = [row_of(place, columns) for table in TABLES for place, columns in lines_of(table)]
READ = [row for row in ROWS if row.edtf != REFUSED]
NOT_READ = [row for row in ROWS if row.edtf == REFUSED]


def name_of(row: Row) -> str:
    stood = f" ({row.reference})" if row.reference else ""
    return f"{row.place} {row.text}{stood}"


def flags_of(date: FuzzyDate) -> set[str]:
    said = {
        "A": date.approximate,
        "U": date.uncertain,
        "S": date.shape in ("span", "set"),
        "C": date.convention,
        "M": date.ambiguous,
        "K": "unknown" in (date.earliest_state, date.latest_state),
    }
    return {letter for letter, is_so in said.items() if is_so}


@pytest.mark.parametrize("row", READ, ids=name_of)
def test_a_wording_means_what_its_table_says(row: Row) -> None:
    date = row.read()
    meaning = (date.edtf, *bounds_text(date), "".join(sorted(flags_of(date))))
    assert meaning == (row.edtf, row.earliest, row.latest, "".join(sorted(row.flags)))
    # A date without a text is written as its EDTF.
    assert (date.text or date.edtf) == row.text


@pytest.mark.parametrize("row", NOT_READ, ids=name_of)
def test_what_is_no_date_is_refused_with_the_reason_and_the_place(row: Row) -> None:
    with pytest.raises(DateError) as refused:
        row.read()
    assert str(refused.value).endswith(".")
    if refused.value.at is not None:
        start, end = refused.value.at
        assert 0 <= start <= end <= len(row.text)


@pytest.mark.parametrize("row", [row for row in READ if row.reference], ids=name_of)
def test_without_a_reference_nothing_is_made_up(row: Row) -> None:
    try:
        date = read_date(row.text, language=row.language or None)
    except DateError:
        return
    assert date.edtf == row.edtf or (date.earliest, date.latest) == (None, None)


def order_of(bound: str) -> tuple[float, ...]:
    """Return where a bound lies on the axis, as something that can be compared, or fail."""
    if bound in _LIMITS:
        return (_LIMITS[bound],)
    found = _BOUND.fullmatch(bound)
    assert found, bound
    return tuple(int(part or 0) for part in found.groups())


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_well_formed(table: str) -> None:
    rows = lines_of(table)
    assert len(rows) >= AT_LEAST[table]
    for place, columns in rows:
        assert len(COLUMNS) <= len(columns) <= len(COLUMNS) + 1, place
        row = row_of(place, columns)
        assert row.language in ("", *LANGUAGES), place
        assert re.fullmatch(r"|[0-9]{4}-[0-9]{2}(-[0-9]{2})?", row.reference), place
        assert row.flags <= set("AUSCMK"), place
        assert row.edtf, place
        if row.edtf == REFUSED:
            assert (row.earliest, row.latest, row.flags) == ("", "", frozenset()), place
            continue
        assert ("K" in row.flags) == ("unknown" in (row.earliest, row.latest)), place
        known = [order_of(bound) for bound in (row.earliest, row.latest) if bound != "unknown"]
        assert known == sorted(known), place


def test_no_wording_is_asked_twice() -> None:
    asked = Counter((row.text, row.language, row.reference) for row in ROWS)
    assert [key for key, times in asked.items() if times > 1] == []


def test_the_tables_refuse_in_every_language() -> None:
    refused = Counter(row.place.partition(".")[0] for row in NOT_READ)
    assert set(refused) == set(TABLES)
    assert sum(refused.values()) >= 40
