"""Who says so, from the command line: independent origins, what clashes, and the filters that ask for either."""

from __future__ import annotations

import json

import pytest
from builders import bundle_file, raw_claim, raw_event, raw_source

OCTOBER = "cb4560d8"
JOONGANG = "f150102f"
FEBRUARY = "78397a61-2126-58ba-97cd-361ffe3b2a6d"
ZELENSKY = "548ae66b-6820-52e7-9b7b-c8b3e570cc08"


def shown(dateline, path, event):
    ran = dateline("show", path, event, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def listed(dateline, path, *options):
    ran = dateline("list", path, *options, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    return [event["uid"] for event in found["events"]]


@pytest.fixture
def told(tmp_path, dateline):
    """Make a document of sources and events, and return its path."""

    def make(sources, events, name="d", **members):
        path = tmp_path / f"{name}.dateline"
        bundle = bundle_file(tmp_path, f"{name}.json", sources=sources, events=events, **members)
        assert dateline("new", path).code == 0
        ran = dateline("import", path, bundle)
        assert ran.code == 0, ran.err
        return path

    return make


@pytest.fixture
def kursk(tmp_path, dateline, seed):
    """A document that holds the real input."""
    path = tmp_path / "kursk.dateline"
    assert dateline("new", path).code == 0
    assert dateline("import", path, seed).code == 0
    return path


def amended(dateline, tmp_path, path, **members):
    ran = dateline("import", path, bundle_file(tmp_path, "more.json", **members))
    assert ran.code == 0, ran.err


def said_by(source, *names, anonymous=None, **fields):
    chain = [{"name": name} for name in names]
    if anonymous is not None:
        chain[0]["anonymous"] = anonymous
    return raw_claim(source["uid"], chain=chain, **fields)


# Origins


def test_the_real_october_deployment_has_one_origin_and_three_once_each_service_speaks(
    kursk, dateline, tmp_path
):
    event = shown(dateline, kursk, OCTOBER)
    group = "US, South Korean and Ukrainian intelligence services"
    assert event["origins"] == {"count": 1, "names": [group], "reports": 1, "not_established": 0}
    (claim,) = event["claims"]
    services = ("CIA", "National Intelligence Service", "HUR")
    claims = [{**claim, "chain": [{"name": services[0]}]}]
    claims += [{**claim, "uid": f"service-{name}", "chain": [{"name": name}]} for name in services[1:]]
    amended(dateline, tmp_path, kursk, events=[{**event, "claims": claims}], sources=[])
    origins = shown(dateline, kursk, OCTOBER)["origins"]
    assert origins == {"count": 3, "names": list(services), "reports": 3, "not_established": 0}


def test_the_real_joongang_claim_is_not_established(kursk, dateline):
    event = shown(dateline, kursk, JOONGANG)
    assert event["origins"] == {"count": 0, "names": [], "reports": 1, "not_established": 1}
    assert [hop["name"] for hop in event["claims"][0]["chain"]][1:] == ["JoongAng"]
    words = dateline("show", kursk, JOONGANG).out
    assert "1 report · 0 origins · 1 not established" in words
    assert "claim 1: the origin, “several unnamed sources”, is anonymous" in words


def test_a_source_derived_from_the_real_one_adds_a_report_and_no_origin(kursk, dateline, tmp_path):
    before = shown(dateline, kursk, OCTOBER)
    original = before["claims"][0]["source"]
    copy = raw_source(title="A copy", derived_from=original)
    event = {**before, "claims": [*before["claims"], raw_claim(copy["uid"])]}
    amended(dateline, tmp_path, kursk, sources=[copy], events=[event])
    after = shown(dateline, kursk, OCTOBER)["origins"]
    assert after == {**before["origins"], "reports": 2}
    assert "copied from “" in dateline("show", kursk, OCTOBER).out


def test_the_real_statement_is_an_origin_of_the_deployment_when_chosen_as_such(kursk, dateline, tmp_path):
    assert FEBRUARY in [link["to"] for link in shown(dateline, kursk, ZELENSKY)["links"]]
    event = shown(dateline, kursk, FEBRUARY)
    assert event["origins"]["names"] == ["South Korean media"]
    claim = {**event["claims"][0], "uid": "in-statement", "statement": ZELENSKY, "chain": []}
    amended(dateline, tmp_path, kursk, events=[{**event, "claims": [*event["claims"], claim]}], sources=[])
    origins = shown(dateline, kursk, FEBRUARY)["origins"]
    assert origins["names"] == ["South Korean media", "Volodymyr Zelensky"]
    assert "said in the statement “Zelensky" in dateline("show", kursk, FEBRUARY).out


def test_ten_copies_of_one_agency_story_are_one_origin(told, dateline):
    agency = raw_source(title="Agency wire")
    papers = [raw_source(title=f"Paper {n}", derived_from=agency["uid"]) for n in range(9)]
    claims = [said_by(agency, "Agency"), *(raw_claim(paper["uid"]) for paper in papers)]
    path = told([agency, *papers], [raw_event(uid="story", claims=claims)])
    origins = shown(dateline, path, "story")["origins"]
    assert origins == {"count": 1, "names": ["Agency"], "reports": 10, "not_established": 0}


def test_two_outlets_with_two_named_officials_are_two_origins(told, dateline):
    papers = [raw_source(title="One"), raw_source(title="Two")]
    claims = [said_by(papers[0], "A. Official"), said_by(papers[1], "B. Official")]
    path = told(papers, [raw_event(uid="story", claims=claims)])
    assert shown(dateline, path, "story")["origins"]["names"] == ["A. Official", "B. Official"]


def test_actors_below_one_parent_are_one_origin(told, dateline):
    paper = raw_source()
    actors = [
        {"uid": "m", "name": "Ministry"},
        {"uid": "a", "name": "Air force", "parent": "Ministry"},
        {"uid": "n", "name": "Navy", "parent": "Ministry"},
    ]
    claims = [said_by(paper, "Air force"), said_by(paper, "Navy")]
    path = told([paper], [raw_event(uid="story", claims=claims)], actors=actors)
    assert shown(dateline, path, "story")["origins"]["count"] == 1
    assert "has the same parent Ministry as Air force" in dateline("show", path, "story").out


# Conflicts


RIVAL_NUMBERS = [
    {"low": 3000, "high": 3000, "unit": "soldiers"},
    {"low": 9000, "high": 9000, "unit": "soldiers"},
]


def test_claims_that_cannot_all_hold_are_named_by_field(told, dateline):
    paper = raw_source()
    claims = [
        raw_claim(paper["uid"], uid="oct", when={"edtf": "2024-10"}, quantity=RIVAL_NUMBERS[0]),
        raw_claim(paper["uid"], uid="dec", when={"edtf": "2024-12"}, quantity=RIVAL_NUMBERS[1]),
        raw_claim(paper["uid"], uid="against", stance="disputes"),
    ]
    path = told([paper], [raw_event(uid="story", claims=claims)])
    assert shown(dateline, path, "story")["conflicts"] == [
        {"field": "when", "claims": ["oct", "dec"]},
        {"field": "quantity", "claims": ["oct", "dec"]},
        {"field": "stance", "claims": ["against", "oct", "dec"]},
    ]
    lines = dateline("show", path, "story").out.splitlines()
    assert "conflict  Two claims give dates that cannot both hold: Oct 2024 against Dec 2024." in lines
    assert lines.count("          claims 1, 2") == 2


def test_the_event_of_a_show_can_be_imported_again_and_nothing_changes(kursk, dateline, tmp_path):
    event = shown(dateline, kursk, FEBRUARY)
    event.pop("origins"), event.pop("conflicts")
    ran = dateline("import", kursk, bundle_file(tmp_path, "again.json", events=[event], sources=[]), "--json")
    assert json.loads(ran.out)["unchanged"] == 1


# Filters


@pytest.fixture
def judged(told):
    """Five events, each told otherwise."""
    good = raw_source(title="Good", reliability="A", published={"edtf": "2025-01"})
    poor = raw_source(title="Poor", reliability="D", published={"edtf": "2025-03"})
    open_ = raw_source(title="Unjudged", reliability="F", published={"edtf": "2025-01"})
    events = [
        raw_event(uid="two", claims=[said_by(good, "X", credibility=3), said_by(poor, "Y", credibility=1)]),
        raw_event(uid="one", claims=[said_by(good, "X"), said_by(poor, "X"), raw_claim(good["uid"])]),
        raw_event(
            uid="dates",
            claims=[
                raw_claim(poor["uid"], when={"edtf": "2024-10"}, credibility=2),
                raw_claim(poor["uid"], when={"edtf": "2024-12"}),
            ],
        ),
        raw_event(
            uid="against",
            claims=[said_by(open_, "X", credibility=6), raw_claim(poor["uid"], stance="disputes")],
        ),
        raw_event(
            uid="agreed",
            claims=[
                raw_claim(poor["uid"], when={"edtf": "2024-10"}),
                raw_claim(poor["uid"], when={"edtf": "2024-10-05"}),
                raw_claim(good["uid"], stance="disputes", retracted=True, credibility=1),
            ],
        ),
    ]
    return told([good, poor, open_], events)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--disputed"], ["dates", "against"]),
        (["--min-origins", "1"], ["two", "one", "against"]),
        (["--min-origins", "2"], ["two"]),
        (["--min-origins", "3"], []),
        (["--min-origins", "0"], ["two", "one", "dates", "against", "agreed"]),
        (["--min-origins", "1", "--disputed"], ["against"]),
        (["--grade", "A"], ["two", "one"]),
        (["--grade", "d"], ["two", "one", "dates", "agreed"]),
        (["--grade", "F"], ["against"]),
        (["--grade", "6"], ["against"]),
        (["--grade", "1"], ["two"]),
        (["--grade", "2"], ["two", "dates"]),
        (["--grade", "A1"], []),
        (["--grade", "C3"], ["two"]),
        (["--as-known-on", "2025-02-15", "--min-origins", "2"], []),
        (["--as-known-on", "2025-02-15", "--min-origins", "1"], ["two", "one", "against"]),
        (["--as-known-on", "2025-02-15", "--disputed"], []),
        (["--as-known-on", "2025-02-15", "--grade", "D"], ["two", "one"]),
    ],
)  # fmt: skip
def test_a_filter_asks_for_provenance(judged, dateline, options, found):
    assert sorted(listed(dateline, judged, *options)) == sorted(found)


def test_what_a_filter_hides_is_counted(judged, dateline):
    assert json.loads(dateline("list", judged, "--disputed", "--json").out)["hidden"] == 3
    assert dateline("list", judged, "--min-origins", "2").err == "1 events, 4 hidden by the filter\n"


def test_an_export_takes_the_same_filters_and_keeps_every_claim(judged, dateline, tmp_path):
    out = tmp_path / "out.json"
    assert dateline("export", judged, out, "--disputed").code == 0
    bundle = json.loads(out.read_text(encoding="utf-8"))
    assert [event["uid"] for event in bundle["events"]] == ["dates", "against"]
    again = tmp_path / "again.dateline"
    dateline("new", again)
    assert dateline("import", again, out).code == 0
    assert shown(dateline, again, "dates")["conflicts"] == shown(dateline, judged, "dates")["conflicts"]
    assert shown(dateline, again, "against") == shown(dateline, judged, "against")


@pytest.mark.parametrize("grade", ["", "G", "7", "2B", "AA", "B-2", "é"])
def test_a_grade_that_is_none_is_refused_with_an_example(judged, dateline, grade):
    ran = dateline("list", judged, "--grade", grade)
    assert ran.code == 2
    assert "is no grade. Write one such as B2" in ran.err


def test_a_number_of_origins_below_none_is_refused(judged, dateline):
    assert dateline("list", judged, "--min-origins", "-1").code == 2
