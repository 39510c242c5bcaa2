"""Tables of known makers, with the traps that theirs have. All rows are made up."""

from __future__ import annotations

import datetime
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_files import brought, columns, got, records, table, workbook

from viewer.formats.foreign import Confidence, Head
from viewer.formats.tables import delimited
from viewer.formats.tables.profiles import detect_profile, profiles
from viewer.formats.tables.profiles.gdelt import COLUMNS as GDELT

ACLED = columns(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
)
ACLED_OLD = columns(
    "DATA_ID ISO EVENT_ID_CNTY EVENT_ID_NO_CNTY EVENT_DATE YEAR TIME_PRECISION EVENT_TYPE ACTOR1 ASSOC_ACTOR_1 "
    "INTER1 ACTOR2 ASSOC_ACTOR_2 INTER2 INTERACTION COUNTRY ADMIN1 ADMIN2 LOCATION LATITUDE LONGITUDE "
    "GEO_PRECISION SOURCE NOTES FATALITIES"
)
BATTLE = {
    "event_id_cnty": "XYZ1", "event_date": "24 February 2022", "year": "2022", "time_precision": "1",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Reds", "actor2": "Blues",
    "assoc_actor_1": "Red Youth; Red Police", "country": "Utopia", "admin1": "North", "location": "Milltown",
    "latitude": "10.5", "longitude": "20.25", "source": "Daily Mill; Radio Hill", "notes": "They met.",
    "fatalities": "3", "tags": "crowd size=no report", "timestamp": "1700000000",
}  # fmt: skip


def battle(names=ACLED, **other):
    row = {**BATTLE, **other}
    known = {name.lower(): value for name, value in row.items()}
    return {name: known.get(name.lower(), "") for name in names}


def test_acled_is_known_by_its_columns_in_any_order_and_case():
    shuffled = list(ACLED)
    random.Random(1).shuffle(shuffled)
    for names in (ACLED, ACLED_OLD, tuple(shuffled), tuple(name.upper() for name in shuffled)):
        assert len(names) in (25, 31)
        found = got(records(names, battle(names)), name="download.csv")
        assert "read as ACLED events" in found.told
        assert found.events[0].uid == "acled:XYZ1"
        assert found.events[0].place == "Milltown, North, Utopia"
        assert delimited.recognise(Head("x", records(names, battle(names)).encode())) == Confidence.SURE


def test_acled_keeps_what_it_says():
    found = got(records(ACLED, battle()))
    (event,), (place,) = found.events, found.places
    assert (event.title, event.summary, event.kind) == ("Armed clash, Milltown", "They met.", "battle")
    assert (event.when.edtf, event.when.text) == ("2022-02-24", "24 February 2022")
    assert (event.quantity.low, event.quantity.high, event.quantity.unit, event.quantity.measure) == (
        3, 3, "deaths", "losses",
    )  # fmt: skip
    assert [part.name for part in event.actors] == ["Reds", "Blues", "Red Youth", "Red Police"]
    assert (place.name, place.latitude, place.longitude) == ("Milltown, North, Utopia", 10.5, 20.25)
    assert [source.title for source in found.sources] == ["Daily Mill", "Radio Hill"]
    assert [source.url for source in found.sources] == [None, None]
    assert len(event.claims) == 2
    assert event.extra["columns"]["timestamp"] == "1700000000"
    assert event.extra["columns"]["time_precision"] == "1"


@pytest.mark.parametrize("date", ["24 February 2022", "2022-02-24", "24/02/2022", "24-Feb-2022"])
@pytest.mark.parametrize(
    ("precision", "edtf"), [("1", "2022-02-24"), ("2", "[2022-02-21..2022-02-27]"), ("3", "2022-02")]
)
def test_acled_dates_of_all_styles_are_as_precise_as_their_code(date, precision, edtf):
    (event,) = got(records(ACLED, battle(event_date=date, time_precision=precision))).events
    assert event.when.edtf == edtf
    assert event.extra["columns"]["event_date"] == date


def test_acled_day_comes_first_even_where_nothing_tells():
    (event,) = got(records(ACLED, battle(event_date="03/04/2015"))).events
    assert event.when.edtf == "2015-04-03"


def test_acled_zero_deaths_may_be_none_known_and_make_no_number():
    (event,) = got(records(ACLED, battle(fatalities="0"))).events
    assert event.quantity is None
    assert event.extra["columns"]["fatalities"] == "0"


def test_acled_kinds_are_few_and_can_be_told_apart():
    types = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
             "Strategic developments"]  # fmt: skip
    rows = [battle(event_id_cnty=f"X{n}", event_type=kind) for n, kind in enumerate(types * 2)]
    found = got(records(ACLED, *rows))
    assert len(found.kinds) == 6
    assert len({(kind.shape, kind.colour) for kind in found.kinds}) == 6


def test_acled_in_windows_1252_is_read_and_said():
    rows = [battle(event_id_cnty=f"X{n}", location="Cañón", notes="“Así”") for n in range(20)]
    found = got(records(ACLED, *rows).encode("cp1252"))
    assert found.events[0].place.startswith("Cañón")
    assert found.events[0].summary == "“Así”"
    assert "Windows-1252" in found.told


UCDP = columns(
    "id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name side_a_new_id side_a "
    "side_b_new_id side_b number_of_sources source_article source_office source_date source_headline "
    "source_original where_prec where_coordinates adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
)
DEED = {
    "id": "4711", "type_of_violence": "1", "dyad_name": "Reds - Blues", "side_a": "Reds", "side_b": "Blues",
    "number_of_sources": "2", "source_office": "Agence A;Radio B", "source_date": "2015-05-13;2015-05-14",
    "source_headline": "Clash in Milltown;More on the clash",
    "source_original": "Defence Ministry - statement;Blues spokesperson",
    "source_article": '"Agence A,2015-05-13,Clash in Milltown";"Radio B,2015-05-14,More on the clash"',
    "where_coordinates": "Milltown", "adm_1": "North", "country": "Utopia", "latitude": "1", "longitude": "2",
    "date_prec": "1", "date_start": "2015-05-03", "date_end": "2015-05-03", "best": "5", "low": "4", "high": "9",
}  # fmt: skip


def deed(**other):
    return records(UCDP, {**DEED, **other})


def test_ucdp_tells_who_said_it_and_by_way_of_whom():
    assert len(UCDP) == 42
    found = got(deed())
    (event,) = found.events
    assert (event.uid, event.kind, event.title) == (
        "ucdp:4711",
        "state-based conflict",
        "Reds - Blues, Milltown",
    )
    assert [[hop.name for hop in claim.chain] for claim in event.claims] == [
        ["Defence Ministry - statement", "Agence A"], ["Blues spokesperson", "Radio B"],
    ]  # fmt: skip
    assert [(source.title, source.publisher, source.published.edtf) for source in found.sources] == [
        ("Clash in Milltown", "Agence A", "2015-05-13"), ("More on the clash", "Radio B", "2015-05-14"),
    ]  # fmt: skip
    quantity = event.quantity
    assert (quantity.low, quantity.high, quantity.text, quantity.measure, quantity.unit) == (
        4, 9, "best 5, low 4, high 9", "losses", "deaths",
    )  # fmt: skip
    assert [(part.name, part.role) for part in event.actors] == [("Reds", "force"), ("Blues", "force")]


@pytest.mark.parametrize("prec", ["2", "3", "4", "5"])
def test_ucdp_a_date_within_a_period_is_never_its_first_day(prec):
    (event,) = got(deed(date_prec=prec, date_end="2015-05-09")).events
    assert event.when.edtf == "[2015-05-03..2015-05-09]"
    assert event.when.shape == "point"


def test_ucdp_dates_with_a_time_of_midnight_are_days():
    start, end = "2015-05-03 00:00:00.000", "2015-05-09 00:00:00.000"
    (event,) = got(deed(date_prec="2", date_start=start, date_end=end)).events
    assert (event.when.edtf, event.when.text) == ("[2015-05-03..2015-05-09]", None)
    (event,) = got(deed(date_prec="1", date_start=start, date_end=start)).events
    assert (event.when.edtf, event.when.precision) == ("2015-05-03", "day")


def test_ucdp_lists_that_do_not_fit_are_named_and_kept_whole():
    found = got(deed(source_original="Defence Ministry - statement"))
    (event,) = found.events
    assert [[hop.name for hop in claim.chain] for claim in event.claims] == [
        ["Defence Ministry - statement", "Agence A"], ["Radio B"],
    ]  # fmt: skip
    assert "1 and 2 parts" in found.told_at(2)
    assert event.extra["columns"]["source_office"] == DEED["source_office"]


def test_ucdp_a_best_number_outside_low_and_high_is_named_and_kept():
    found = got(deed(best="12"))
    assert found.events[0].quantity.text == "best 12, low 4, high 9"
    assert "is not between 4 and 9" in found.told_at(2)


def test_ucdp_without_coded_sources_has_no_claims():
    names = ("source_article", "source_office", "source_date", "source_headline", "source_original")
    (event,) = got(deed(number_of_sources="-1", **dict.fromkeys(names, ""))).events
    assert event.claims == ()
    assert event.extra["columns"]["number_of_sources"] == "-1"


def test_ucdp_with_articles_alone_has_them_as_sources():
    names = ("source_office", "source_date", "source_headline", "source_original")
    found = got(deed(**dict.fromkeys(names, "")))
    assert [source.title for source in found.sources] == [
        "Agence A,2015-05-13,Clash in Milltown", "Radio B,2015-05-14,More on the clash",
    ]  # fmt: skip


def test_the_newer_ucdp_with_49_columns_is_known_too():
    names = (*UCDP, "relid", "code_status", "where_description", "conflict_dset_id", "dyad_dset_id",
               "side_a_dset_id", "side_b_dset_id")  # fmt: skip
    (event,) = got(records(names, {**DEED, "relid": "R", "where_description": "near the mill"})).events
    assert len(names) == 49
    assert event.summary == "near the mill"
    assert event.extra["columns"]["relid"] == "R"


def lead(number, **other):
    row = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20220224", "MonthYear": "202202", "Year": "2022",
        "FractionDate": "2022.1479", "Actor1Name": "REDLAND", "Actor2Name": "BLUELAND", "EventRootCode": "13",
        "ActionGeo_Fullname": "Milltown, Utopia", "ActionGeo_Lat": "1.5", "ActionGeo_Long": "2.5",
        "DATEADDED": "20220224120000", "SOURCEURL": "https://e.org/a", **other,
    }  # fmt: skip
    return [row.get(name, "") for name in GDELT]


def test_gdelt_is_known_by_its_shape_and_brings_leads():
    data = table(lead(1), lead(2, EventRootCode="19"), lead(3, SOURCEURL="https://e.org/b"), delimiter="\t")
    assert len(GDELT) == 61
    found = got(data, name="20220224.export.CSV")
    assert [event.title for event in found.events] == [
        "REDLAND – threat – BLUELAND", "REDLAND – fighting – BLUELAND", "REDLAND – threat – BLUELAND",
    ]  # fmt: skip
    assert {event.kind for event in found.events} == {"lead"}
    assert [(source.url, source.reliability) for source in found.sources] == [
        ("https://e.org/a", "F"), ("https://e.org/b", "F"),
    ]  # fmt: skip
    assert {claim.credibility for event in found.events for claim in event.claims} == {6}
    assert found.events[0].when.edtf == "2022-02-24"
    assert found.events[0].extra["columns"]["DATEADDED"] == "20220224120000"


def test_gdelt_quotes_in_cells_part_nothing():
    data = "\n".join("\t".join(lead(n, Actor1Name='THE "BIG" ONE')) for n in range(3))
    assert [event.title[:13] for event in got(data).events] == ['THE "BIG" ONE'] * 3


LOG = {
    "message": "User logged in",
    "datetime": "2022-02-24T12:30:15.123456+00:00",
    "timestamp_desc": "Creation Time",
}


def test_timesketch_as_csv_and_as_json_lines_bring_the_same():
    row = {**LOG, "timestamp": "1645705815123456", "tag": "seen", "display_name": "auth.log", "user": "x"}
    as_csv = got(records(tuple(row), row))
    as_json = got(json.dumps({**row, "timestamp": 1645705815123456, "tag": ["seen"]}), "jsonl")
    for found in (as_csv, as_json):
        (event,) = found.events
        assert "read as Timesketch" in found.told
        assert (event.title, event.kind, event.when.edtf) == (
            "User logged in",
            "log entry",
            "2022-02-24T12:30:15Z",
        )
        assert event.when.text == LOG["datetime"]
        assert event.tags == ("Creation Time", "seen")
        assert event.extra["columns"]["user"] == "x"
        assert found.sources[0].title == "auth.log"
        assert not found.told_at(2)


@pytest.mark.parametrize("number", ["1645709415", "1645709415000", "1645709415000000"])
def test_timesketch_a_timestamp_that_contradicts_its_datetime_is_named(number):
    found = got(records((*LOG, "timestamp"), {**LOG, "timestamp": number}))
    assert found.events[0].when.edtf == "2022-02-24T12:30:15Z"
    assert "2022-02-24T13:30:15Z" in found.told_at(2)


SLIDES = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline",
    "Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background",
)  # fmt: skip


def test_timelinejs_sheet_has_eras_wordings_and_a_title():
    rows = [
        {"Headline": "My story", "Text": "Welcome", "Type": "title"},
        {"Year": "2022", "Month": "2", "Day": "24", "Headline": "Start", "Display Date": "that Thursday",
         "Media": "https://e.org/v", "Media Credit": "Agency", "Media Caption": "A film", "Group": "North"},
        {"Year": "2022", "End Year": "2023", "Headline": "The era", "Type": "era"},
        {"Year": "-13800000000", "Headline": "Bang"},
        {"Year": "-43", "Month": "3", "Day": "15", "Headline": "Ides"},
    ]  # fmt: skip
    found = got(records(SLIDES, *rows))
    assert len(SLIDES) == 18
    assert [event.kind for event in found.events] == ["title slide", "event", "era", "event", "event"]
    assert [event.when and event.when.edtf for event in found.events] == [
        None, "2022-02-24", "2022/2023", "Y-13800000000", "-0043-03-15",
    ]  # fmt: skip
    start = found.event("Start")
    assert start.when.text == "that Thursday"
    assert start.tags == ("North",)
    assert start.claims[0].stance == "mentions"
    assert (found.sources[0].title, found.sources[0].publisher, found.sources[0].url) == (
        "A film", "Agency", "https://e.org/v",
    )  # fmt: skip


ARCHIVED = ("link", "archive status", "destination folder", "archive location", "archive date", "thumbnail",
            "upload timestamp", "upload title", "text content", "screenshot", "hash", "perceptual hashes", "wacz",
            "replaywebpage")  # fmt: skip


def test_auto_archiver_brings_sources_and_names_what_was_not_archived():
    rows = [
        {"link": "https://e.org/1", "archive status": "telethon: success", "archive location": "https://a.org/1",
         "archive date": "2022-03-01T10:00:00+00:00", "upload timestamp": "2022-02-24T12:30:15+00:00",
         "upload title": "A post", "text content": "Look at this", "hash": "SHA-256:abc"},
        {"link": "https://e.org/2", "archive status": "no archiver"},
        {"link": "https://e.org/3"},
    ]  # fmt: skip
    found = got(
        records(
            tuple(name.title() for name in ARCHIVED),
            *({k.title(): v for k, v in row.items()} for row in rows),
        )
    )
    assert found.events == []
    assert [source.title for source in found.sources] == ["A post", "https://e.org/2", "https://e.org/3"]
    first = found.sources[0]
    assert (first.url, first.archived_url, first.text) == (
        "https://e.org/1",
        "https://a.org/1",
        "Look at this",
    )
    assert (first.published.edtf, first.accessed.edtf) == ("2022-02-24T12:30:15Z", "2022-03-01T10:00:00Z")
    assert first.extra["columns"]["Hash"] == "SHA-256:abc"
    assert "“no archiver”" in found.told_at(3)
    assert "nothing" in found.told_at(4)
    assert not found.told_at(2)


MAP_EVENTS = [
    "Description", "Date", "Time", "Location", "Association 1", "Association 2", "Association 3", "Source",
    "Comments",
]  # fmt: skip


def time_map():
    return {
        "Readme": [["About", "this"]],
        "Events": [
            MAP_EVENTS,
            ["A column passes", "02/03/2022", "14:30", "Milltown", "Army", None, None, "S1", "c"],
            ["A shell falls", datetime.date(2022, 2, 4), None, "Hill", "Army", "Air", None, "S1, S2", None],
            ["A rumour", "02/05/2022", None, "Hill", None, None, None, "S9", None],
        ],
        "Sources": [
            ["ID", "Title", "Thumbnail", "Description", "Path 1", "Path 2", "Path 3", "Type"],
            ["S1", "A film", None, "from the roof", "https://e.org/1", None, None, "Video"],
            ["S2", "A photo", None, None, "https://e.org/2", None, None, "Photo"],
        ],
        "Sites": [["Location", "Lat", "Long", "Comments"], ["Milltown", 1.5, 2.5, None]],
    }


@pytest.mark.parametrize("asked", ["", "timemap"])
def test_timemap_joins_its_sheets_and_reads_dates_as_in_the_usa(asked):
    options = {"profile": asked} if asked else {}
    found = got(workbook(time_map()), "spreadsheet", "map.xlsx", **options)
    first, second, third = found.events
    assert (first.title, first.when.edtf, first.tags) == ("A column passes", "2022-02-03T14:30:00", ("Army",))
    assert (second.when.edtf, second.tags) == ("2022-02-04", ("Army", "Air"))
    assert [(place.name, place.latitude) for place in found.places] == [("Milltown", 1.5)]
    assert [(source.title, source.url, source.medium) for source in found.sources] == [
        ("A film", "https://e.org/1", "Video"), ("A photo", "https://e.org/2", "Photo"), ("S9", None, None),
    ]  # fmt: skip
    assert [len(event.claims) for event in (first, second, third)] == [1, 2, 1]
    assert "no 'S9'" in found.told_at(4)
    assert "there are also: Readme\n" in found.told
    assert "parts" not in found.told


def test_timemap_as_one_csv_keeps_its_references():
    found = got(table(MAP_EVENTS, time_map()["Events"][1]))
    assert found.sources[0].title == "S1"
    assert found.events[0].place == "Milltown"


VIINA = columns(
    "viina_version event_id event_id_1pd date time geonameid feature_code asciiname ADM1_NAME ADM1_CODE ADM2_NAME "
    "ADM2_CODE longitude latitude GEO_PRECISION GEO_API location address report_id source url text lang"
)


def test_viina_reports_are_sources_that_are_quoted():
    row = {
        "event_id": "5", "date": "20220224", "time": "06:15", "asciiname": "Milltown", "ADM1_NAME": "North",
        "latitude": "1", "longitude": "2", "report_id": "77", "source": "The Mill", "url": "https://e.org/5",
        "text": "Shelling near the mill", "lang": "uk",
    }  # fmt: skip
    found = got(records(VIINA, row, {**row, "event_id": "6", "asciiname": "Hill"}))
    assert len(VIINA) == 23
    first, second = found.events
    (source,) = found.sources
    assert (first.when.edtf, first.place) == ("2022-02-24T06:15:00", "Milltown, North")
    assert first.when.zone is None
    assert (source.publisher, source.text, source.language, source.published.edtf) == (
        "The Mill", "Shelling near the mill", "uk", "2022-02-24",
    )  # fmt: skip
    assert first.claims[0].quote == second.claims[0].quote == "Shelling near the mill"


def test_a_profile_can_be_named():
    found = got("message,datetime\nm,2022-02-24T10:00:00Z\n", profile="timesketch")
    assert found.events[0].kind == "log entry"


def test_tables_of_others_fit_no_profile():
    assert detect_profile(["id", "title", "date"]) is None
    assert detect_profile([]) is None
    assert set(profiles()) == {
        "acled", "ucdp", "gdelt", "viina", "timesketch", "timelinejs-sheet", "auto-archiver", "timemap",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        records(
            ACLED,
            battle(time_precision="2"),
            battle(event_id_cnty="X2", event_date="soon", event_type="New type"),
        ),
        deed(date_prec="4", date_end="2015-06-09", source_original="x"),
        table(lead(1), lead(2), delimiter="\t"),
        records((*LOG, "timestamp", "filename"), {**LOG, "timestamp": "1", "filename": "f"}),
        records(SLIDES, {"Headline": "T", "Type": "title"}, {"Year": "1999", "Headline": "h", "Media": "m"}),
        records(ARCHIVED, {"link": "https://e.org/1", "archive status": "success", "upload timestamp": "?"}),
        records(VIINA, {"event_id": "1", "date": "20220224", "text": "t", "report_id": "1", "source": "s"}),
    ],
)
def test_what_profiles_bring_passes_the_checks_of_a_bundle_whole(data):
    incoming = brought(data)
    assert incoming.problems == []
    assert incoming.refused == 0
    assert incoming.sources


ODD = [
    "", " ", "0", "-1", "5.5", "1e9", "9" * 40, "2022-02-24", "24/02/2022", "20220230", "2022-02-24T99:99:99Z",
    "-13800000000", "Y99999", "soon", "a;b;c", '"a;b";c', ";;", "\n", "25:61", "1645705815",
    "-99999999999999999", "[2022]", "2022/", "~", "é", "'=1", "null", "NaN", "inf", "2022-02-24/2022-01-01",
    "{2022..}", "٣", "x" * 400, "99,9", "A", "7", "era", "1", "2", "3",
]  # fmt: skip
HEADERS = {
    "acled": ACLED, "ucdp": UCDP, "gdelt": GDELT, "viina": VIINA,
    "timesketch": (*LOG, "timestamp", "tag", "filename"), "timelinejs-sheet": SLIDES,
    "auto-archiver": ARCHIVED, "timemap": tuple(MAP_EVENTS),
}  # fmt: skip


@pytest.mark.parametrize("name", profiles())
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_its_cells_a_row_of_a_profile_is_kept(name, data):
    header = HEADERS[name]
    rows = data.draw(st.lists(st.tuples(*[st.sampled_from(ODD)] * len(header)), min_size=1, max_size=3))
    content = table(*([] if name == "gdelt" else [header]), *rows)
    found = got(content, profile=name, delimiter=",")
    filled = [row for row in rows if any(row)]
    if name != "auto-archiver":
        assert len(found.events) == len(filled)
        assert len({event.uid for event in found.events}) == len(filled)
    incoming = brought(content, profile=name, delimiter=",")
    assert incoming.refused == 0
    # A low number above the high one is named by whoever meets it.
    assert [each for each in incoming.problems if "is above high" not in each.message] == []
