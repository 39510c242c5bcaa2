"""TimelineJS, read: slides and eras as events, media as sources, dates never finer than the file says."""

from __future__ import annotations

import json

import pytest
from builders import a_claim, a_source, an_event
from formats.foreign_reading import events, problems, read, sorted_out, sources
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.dates import from_edtf
from viewer.formats.bundle_writing import event_json, source_json
from viewer.formats.foreign import Found
from viewer.formats.incoming import UnreadableError
from viewer.formats.timelines.timelinejs import FORMAT


def slide(start=None, headline="H", **fields):
    return {"start_date": start or {"year": "2024"}, "text": {"headline": headline}, **fields}


def timeline(*slides, **fields):
    return json.dumps({"events": list(slides), **fields})


def when(start, end=None, **fields):
    dates = {"start_date": start, **({} if end is None else {"end_date": end})}
    return events(FORMAT, timeline({"text": {"headline": "H"}, **dates, **fields}))[0].when


@pytest.mark.parametrize(
    ("start", "end", "edtf", "precision"),
    [
        ({"year": "2024"}, None, "2024", "year"),
        ({"year": 2024, "month": "2", "day": ""}, None, "2024-02", "month"),
        ({"year": " 2024 ", "month": "02", "day": "24"}, None, "2024-02-24", "day"),
        ({"year": "33"}, None, "0033", "year"),
        ({"year": "-44", "month": "3", "day": "15"}, None, "-0043-03-15", "day"),
        ({"year": "-13800000000"}, None, "Y-13800000000", "year"),
        ({"year": "2024.0"}, None, "2024", "year"),
        ({"year": 2024}, {"year": 2025, "month": 3}, "2024/2025-03", "year"),
        ({"year": 2024}, {"year": 2024}, "2024", "year"),
        ({"year": 2024, "month": 2, "day": 24, "hour": 5}, None, "2024-02-24T05:00:00", "hour"),
    ],
)  # fmt: skip
def test_a_date_is_as_fine_as_the_fields_that_are_given(start, end, edtf, precision):
    date = when(start, end)
    assert (date.edtf, date.precision, date.text) == (edtf, precision, None)


def test_a_minute_is_no_second():
    date = when({"year": 2024, "month": 2, "day": 24, "hour": 5, "minute": 30})
    assert (date.precision, date.end_hi - date.start_lo) == ("minute", 59)


def test_hours_that_last_are_days_and_say_so():
    start = {"year": 2024, "month": 2, "day": 24, "hour": 5, "minute": 30}
    event = events(FORMAT, timeline(slide(start, end_date={**start, "hour": 9})))[0]
    assert (event.when.edtf, event.when.text) == ("2024-02-24", "2024-02-24 05:30 – 2024-02-24 09:30")
    assert event.extra["timelinejs"]["end_date"]["hour"] == 9


def test_the_words_shown_are_the_wording():
    assert when({"year": 2024, "month": 2}, display_date="in early February").text == "in early February"
    assert when({"year": 1850, "display_date": "um&nbsp;1850"}).text == "um\xa01850"
    assert when(None, display_date="March 2023").edtf == "2023-03"


@pytest.mark.parametrize(
    ("start", "edtf", "kept"),
    [
        ({"year": 2024, "month": 2, "day": 31}, None, "2024-2-31"),
        ({"year": "soon"}, None, "soon"),
        ({"year": True}, None, "True"),
        ({"month": 5}, None, "5"),
        ({"year": 999_999_999_999}, None, "999999999999"),
    ],
)
def test_a_date_that_cannot_be_is_kept_undated_and_named(start, edtf, kept):
    found, _, odd, _ = sorted_out(FORMAT, timeline(slide(), slide(start)))
    assert (found[1].when.edtf, found[1].when.text) == (edtf, kept)
    assert [each.path for each in odd] == ["events[1].start_date"]


def test_what_is_finer_than_a_gap_is_kept_and_named():
    found, _, odd, _ = sorted_out(FORMAT, timeline(slide({"year": 2024, "day": 3})))
    assert found[0].when.edtf == "2024"
    assert found[0].extra["timelinejs"]["start_date"] == {"year": 2024, "day": 3}
    assert len(odd) == 1


def test_a_far_year_has_no_month_but_keeps_it():
    found, _, odd, _ = sorted_out(FORMAT, timeline(slide({"year": -20000, "month": 5})))
    assert found[0].when.edtf == "Y-20000"
    assert found[0].extra["timelinejs"]["start_date"]["month"] == 5
    assert "only the year is used" in odd[0].message


def test_eras_are_events_of_their_own_kind():
    era = {"start_date": {"year": "1900"}, "end_date": {"year": "1914"}, "text": {"headline": "Before"}}
    found, _, odd, others = sorted_out(FORMAT, timeline(slide(), eras=[era]))
    assert [(each.kind, each.when.edtf) for each in found] == [("event", "2024"), ("era", "1900/1914")]
    assert [each.name for each in others] == ["event", "era"]
    assert odd == []


def test_a_medium_is_a_source_given_once_before_the_events_that_it_stands_beside():
    media = {
        "url": "https://example.org/a",
        "caption": "<b>The</b> bridge",
        "credit": "Ann",
        "thumbnail": "t.png",
    }
    given = read(FORMAT, timeline(slide(media=media), slide(headline="B", media=media)))
    records = [each.record for each in given if isinstance(each, Found)]
    source = records[0]
    assert (source.title, source.url, source.author) == ("The bridge", "https://example.org/a", "Ann")
    assert [each.claims[0].source for each in records[2:]] == [source.uid] * 2
    assert records[2].claims[0].stance == "mentions"
    assert records[2].extra["timelinejs"]["media"] == media
    assert len(records) == 4


def test_a_medium_without_an_address_is_kept_with_its_event():
    found, given, _, _ = sorted_out(FORMAT, timeline(slide(media={"url": "<blockquote>x</blockquote>"})))
    assert (given, found[0].claims) == ([], ())
    assert found[0].extra["timelinejs"]["media"] == {"url": "<blockquote>x</blockquote>"}


def test_markup_becomes_words_and_is_kept():
    text = {"headline": "A &amp; <i>B</i>", "text": "<p>One<br>two</p><p>a < b</p>"}
    event = events(FORMAT, timeline({"start_date": {"year": 1}, "text": text}))[0]
    assert (event.title, event.summary) == ("A & B", "One\ntwo\na < b")
    assert event.extra["timelinejs"]["text"] == text


def test_what_has_no_field_of_ours_is_kept():
    fields = {"background": {"color": "#fff"}, "autolink": False, "mine": [1]}
    event = events(FORMAT, timeline(slide(group=" G ", unique_id="u", **fields)))[0]
    assert event.tags == ("G",)
    assert event.extra["timelinejs"] == {**fields, "unique_id": "u"}


def test_a_title_slide_is_a_source():
    title = {"text": {"headline": "The war", "text": "By <b>us</b>"}}
    source = sources(FORMAT, timeline(slide(), title=title))[0]
    assert (source.title, source.text, source.medium) == ("The war", "By us", "timeline")


def test_a_slide_is_the_same_when_it_is_read_again_and_equal_ones_are_two():
    data = timeline(slide(), slide(), slide(headline="B"), slide(unique_id="x"), slide(unique_id="x"))
    uids = [each.uid for each in events(FORMAT, data)]
    assert len(set(uids)) == 5
    assert [each.uid for each in events(FORMAT, data)] == uids


def test_an_identifier_of_one_file_is_not_that_of_another():
    data = timeline(slide(unique_id="1"))
    assert events(FORMAT, data, "a.json")[0].uid != events(FORMAT, data, "b.json")[0].uid


def test_odd_slides_are_named_and_the_others_read():
    nameless = '{"start_date": {"year": 2}, "text": {}}'
    data = '{"events": [\n5,\n{"start_date": {"year": 1}, "text": {"headline": NaN}},\n' + nameless + "]}"
    assert problems(FORMAT, data) == [("events[0]", 2), ("events[1]", 3), ("events[2].text.headline", 4)]
    assert len(events(FORMAT, data)) == 1


def test_our_own_record_counts_where_it_agrees_with_the_visible_one():
    source = a_source(uid="s", title="Source", text="Words.")
    event = an_event(uid="e", title="Ours", when=from_edtf("2024-02~"), claims=(a_claim(source),))
    own = slide({"year": 2024, "month": 2}, "Ours", dateline=event_json(event))
    top = {"sources": [source_json(source)]}
    assert sorted_out(FORMAT, json.dumps({"dateline": top, "events": [own]}))[:3] == ([event], [source], [])
    moved = {**own, "start_date": {"year": 2023}, "text": {"headline": "Changed"}}
    changed = events(FORMAT, timeline(moved))[0]
    assert (changed.uid, changed.title, changed.when.edtf) == ("e", "Changed", "2023")
    assert changed.claims == event.claims


def test_a_broken_record_of_ours_is_a_slide_like_any_other():
    for broken in (5, {}, {"uid": ""}, {"uid": "e"}, {"uid": "e", "kind": {}}):
        assert events(FORMAT, timeline(slide(dateline=broken)))[0].title == "H"


@pytest.mark.parametrize("data", ["", "{", "[]", "5", '{"title": {}}', "\xff", '{"events": 5'])
def test_what_is_no_timeline_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ("year", "month", "day", "hour", "display_date", "headline", "text", "url", "caption", "uid", "kind")
    ), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
KEYS = (
    "start_date",
    "end_date",
    "text",
    "media",
    "group",
    "unique_id",
    "display_date",
    "dateline",
    "background",
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6), max_size=4))
def test_each_slide_is_an_event_whatever_it_holds(slides):
    found = events(FORMAT, timeline(*slides))
    assert len(found) == len(slides)
    assert all(each.title and each.uid for each in found)
