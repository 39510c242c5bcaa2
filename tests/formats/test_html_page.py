"""The page as a file: what stands in it, what is safe in it, and what machines read; no browser is needed."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re

from builders import a_claim, a_source, an_event
from hypothesis import given
from hypothesis import strategies as st
from pages import outgoing_of, page_of, sample_outgoing

from viewer.domain.calendar import DAY, civil, seconds
from viewer.domain.dates import from_edtf
from viewer.domain.records import Hop, Link
from viewer.formats.exports.html import FORMAT
from viewer.formats.exports.html.linked_data import iso_period
from viewer.formats.exports.html.page import script_json
from viewer.formats.exports.html.plain import web_address

NASTY = "</script><!-- <script>alert(1)</script> & \u2028 ' \" <img src=x onerror=alert(2)>"


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def linked_of(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])[
        "@graph"
    ]


def of_type(page, kind):
    return [thing for thing in linked_of(page) if thing["@type"] == kind]


def linked_event(when):
    (event,) = of_type(page_of([an_event(when=from_edtf(when))]), "Event")
    return event.get("startDate"), event.get("endDate")


def test_the_same_document_always_gives_the_same_bytes():
    assert page_of(*sample_outgoing()) == page_of(*sample_outgoing())


def test_only_our_own_script_and_style_may_run_and_nothing_may_be_fetched():
    page = page_of(*sample_outgoing())
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)[1]
    assert policy.startswith("default-src 'none'; ")
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<(?:img|iframe|object|embed|base|form)\b", page)
    assert not re.search(r"<link(?! rel=\"icon\" href=\"data:,\")", page)


def test_no_part_of_a_document_can_end_a_script_or_become_markup():
    source = a_source(title=NASTY, publisher=NASTY, url="https://a.example/?<>")
    claim = a_claim(source, quote=NASTY, chain=(Hop(name=NASTY),))
    page = page_of(
        [an_event(title=NASTY, summary=NASTY, claims=[claim], tags=(NASTY,))], [source], title=NASTY
    )
    plain = page_of([an_event(title="A", claims=[a_claim(source)])], [source])
    for tag in ("<script", "</script", "<img", "<!--"):
        assert page.lower().count(tag) == plain.lower().replace(NASTY.lower(), "").count(tag)
    assert data_of(page)["events"]["title"] == [NASTY]
    assert data_of(page)["title"] == NASTY


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_in_a_script_is_read_back_and_ends_no_element(value):
    text = script_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)
    assert text.encode()


def test_events_stand_in_order_of_time_undated_ones_last():
    edtfs = ("2025-02-19", None, "2024", "../2020", "2024-01/2024-03", "-0043")
    events = [an_event(title=str(edtf), when=from_edtf(edtf) if edtf else None) for edtf in edtfs]
    titles = data_of(page_of(events))["events"]["title"]
    assert titles == ["../2020", "-0043", "2024-01/2024-03", "2024", "2025-02-19", "None"]


def test_the_texts_of_sources_stay_at_home_and_their_hashes_come_along():
    source = a_source(text="Some secret words.")
    page = page_of([an_event(claims=[a_claim(source, quote=None, span=None)])], [source])
    assert "secret" not in page
    assert data_of(page)["sources"][0]["sha256"] == hashlib.sha256(b"Some secret words.").hexdigest()


def test_what_is_lost_is_said():
    source = a_source()
    event = an_event(links=(Link(to="elsewhere", relation="about"),), claims=[a_claim(source)])
    lost = [str(loss) for loss in FORMAT.write(outgoing_of([event], [source]), io.BytesIO())]
    assert lost == [
        "links to events that are not written: 1",
        "stored texts of sources (their hashes are written): 1",
    ]


def test_readers_without_scripts_have_the_first_events_with_their_claims_and_a_count_of_the_rest():
    source = a_source(title="A daily paper", url="https://paper.example/a?b=1&c=2")
    other = a_source(title="Another", url="javascript:alert(1)")
    events = [an_event(title=f"Event <{at:03}>", when=from_edtf("2024-02")) for at in range(503)]
    events[0] = an_event(
        title="The first", when=from_edtf("2023"), claims=[a_claim(source, quote="Q & A"), a_claim(other)]
    )
    listed = re.search("<noscript>(.*)</noscript>", page_of(events, [source, other]), re.S)[1]
    assert listed.index("The first") < listed.index("Event &lt;001&gt;")
    assert "<q>Q &amp; A</q>" in listed
    link = (
        '<a href="https://paper.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">paper.example</a>'
    )
    assert link in listed
    assert "javascript:" not in listed
    assert "and 3 more events" in listed


def test_machines_are_told_a_date_only_as_finely_as_it_is_known():
    assert linked_event("2025-02-19") == ("2025-02-19", None)
    assert linked_event("[2025-02-01..2025-02-07]") == ("2025-02", None)
    assert linked_event("2025-02") == ("2025-02", None)
    assert linked_event("[2024-12..2025-01]") == (None, None)
    assert linked_event("2025-02-19~") == ("2025-02", None)
    assert linked_event("2024-10-03/2024-11") == ("2024-10-03", "2024-11")
    assert linked_event("2024-10/..") == ("2024-10", None)
    assert linked_event("2022-03-03T14:30:00Z") == ("2022-03-03T14:30", None)
    assert linked_event("-0043") == (None, None)
    assert linked_event("Y170000002") == (None, None)


@given(
    st.integers(seconds(1), seconds(10000) - 1),
    st.integers(0, 400 * DAY),
    st.sampled_from([1, 60, 3600, DAY, 30 * DAY]),
)
def test_a_period_holds_both_ends_and_no_shorter_one_does(first, length, grain):
    last = min(first + length // grain, seconds(10000) - 1)
    period = iso_period(first, last)
    written = [f"{y:04}-{m:02}-{d:02}T{h:02}:{i:02}" for y, m, d, h, i, _ in (civil(first), civil(last))]
    common = [n for n in (4, 7, 10, 16) if written[0][:n] == written[1][:n]]
    assert period == (written[0][: max(common)] if common else None)


def test_machines_are_told_who_says_so():
    source = a_source(
        title="A daily paper",
        publisher="Press & Co",
        url="https://paper.example/",
        published=from_edtf("2025-02"),
    )
    claims = [
        a_claim(
            source, quote="they came", chain=(Hop(name="an officer", anonymous=True), Hop(name="The agency"))
        ),
        a_claim(source, stance="disputes", quote=None),
        a_claim(source, retracted=True),
    ]
    page = page_of([an_event(uid="e1", claims=claims)], [source])
    first, second = of_type(page, "Claim")
    (work,) = of_type(page, "CreativeWork")
    assert first["author"] == "The agency"
    assert first["hasPart"]["text"] == "they came"
    assert first["appearance"]["@id"] == second["appearance"]["@id"] == work["@id"]
    assert first["about"]["@id"] == of_type(page, "Event")[0]["@id"]
    assert (work["publisher"], work["datePublished"]) == ("Press & Co", "2025-02")
    assert second["description"] == "disputes the event"


def test_only_plain_web_addresses_are_links():
    assert web_address("https://paper.example/a?b=1#c") == "https://paper.example/a?b=1#c"
    for text in ("javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://user@a.example/",
                 "https:///x", "https://a.example/\u202e", "https://a.example/ b", "//a.example", "https://[::1",
                 "file:///etc", ""):  # fmt: skip
        assert web_address(text) is None


def test_the_language_of_the_page_is_the_documents():
    assert '<html lang="fr">' in page_of([], language="fr")
    assert '<html lang="en">' in page_of([], language='"><b>')


def test_an_empty_page_is_light():
    assert len(page_of([]).encode()) < 100_000
