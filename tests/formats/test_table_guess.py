"""Tables that nobody knows: columns guessed by their names in several languages, and by what stands in them."""

from __future__ import annotations

import pytest
from table_files import got, table

from viewer.formats.tables.guessing import guess_mapping


@pytest.mark.parametrize(
    "header",
    [
        ("ID", "Headline", "Event Date", "Location", "Source", "URL", "Description"),
        ("Identifiant", "Titre", "Date de début", "Lieu", "Source", "Lien", "Résumé"),
        ("Kennung", "Überschrift", "Datum", "Ort", "Quelle", "Link", "Beschreibung"),
        ("identificador", "Título", "Fecha", "Lugar", "Fuente", "Enlace", "Descripción"),
        ("uid", "eventTitle", "start_date", "WHERE", "Source name", "source-url", "Notes"),
    ],
)
def test_columns_are_understood_in_four_languages(header):
    row = ("7", "What happened", "2022-02-24", "Kyiv", "The Paper", "https://e.org/1", "More words")
    found = got(table(header, row))
    (event,), (source,) = found.events, found.sources
    assert event.uid.endswith(":7")
    assert (event.title, event.when.edtf, event.place, event.summary) == (
        "What happened", "2022-02-24", "Kyiv", "More words",
    )  # fmt: skip
    assert (source.title, source.url) == ("The Paper", "https://e.org/1")
    assert event.extra == {}
    assert "the columns were guessed" in found.told
    assert f"“{header[1]}” → title" in found.told


def test_columns_of_unknown_names_are_told_by_their_values():
    rows = [
        (f"thing {number}", f"2{number}.02.2022", f"https://e.org/{number}", number) for number in range(1, 9)
    ]
    found = got(table(("alpha", "beta", "gamma", "delta"), *rows))
    event = found.events[0]
    assert (event.title, event.when.edtf) == ("thing 1", "2022-02-21")
    assert found.sources[0].url == "https://e.org/1"
    assert event.extra == {"columns": {"delta": "1"}}


def test_a_first_row_of_data_is_no_header():
    found = got(table(("2022-02-24", "First thing", "5"), ("2022-02-25", "Second thing", "6")))
    assert [event.title for event in found.events] == ["First thing", "Second thing"]
    assert [event.when.edtf for event in found.events] == ["2022-02-24", "2022-02-25"]


def test_an_identifier_that_comes_again_is_none():
    found = got(table(("id", "title"), ("1", "a"), ("1", "b")))
    assert len({event.uid for event in found.events}) == 2
    assert "was there before" not in found.told


def test_the_built_in_kinds_are_known_in_other_languages():
    found = got(
        table(
            ("titre", "type"),
            ("a", "Déploiement"),
            ("b", "retrait"),
            ("c", "Withdrawal"),
            ("d", ""),
            ("e", "Fête"),
        )
    )
    assert [event.kind for event in found.events] == [
        "deployment",
        "withdrawal",
        "withdrawal",
        "event",
        "Fête",
    ]


def test_dates_may_stand_in_parts():
    found = got(table(("Title", "Year", "Month", "Day"), ("a", "2022", "2", "24"), ("b", "2022", "", "")))
    assert [event.when.edtf for event in found.events] == ["2022-02-24", "2022"]


def test_a_guess_can_be_taken_up_and_changed():
    mapping = guess_mapping(["Datum", "Titel", "Bemerkung"], [["2022-02-24", "x", "y"]])
    assert mapping.when.start.column == "Datum"
    assert mapping.title.columns == ("Titel",)
    assert "“Datum” → start" in mapping.label


def test_a_table_of_nothing_known_still_comes_in():
    found = got("x\n1\n2\n")
    assert len(found.events) == 2
