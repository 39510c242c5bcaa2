"""Files of the Timeline Project, read: categories, eras, fuzzy ends, and the lines of its first versions."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from formats.foreign_reading import events, problems, read, sorted_out
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.foreign import Found
from viewer.formats.incoming import UnreadableError
from viewer.formats.timelines.timeline_project import FORMAT

WORK = "<category><name>Work</name><color>255,0,10</color><font_color>0,0,0</font_color></category>"
HOME = "<category><name>Home</name><color>0,0,255</color><parent>Work</parent></category>"


def event(start="2021-10-31 00:00:00", end="2021-10-31 00:00:00", text="T", **fields):
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<event><start>{start}</start><end>{end}</end><text>{text}</text>{rest}</event>"


def timeline(*children, categories=WORK + HOME, eras="", calendar="gregoriantime", more=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<timeline>\n<version>2.9.0</version>\n'
        f"<timetype>{calendar}</timetype>\n<eras>{eras}</eras>\n<categories>{categories}</categories>\n"
        f"<events>\n{chr(10).join(children)}\n</events>\n<view><displayed_period/></view>{more}\n</timeline>\n"
    )


@pytest.mark.parametrize(
    ("start", "end", "fields", "edtf", "precision"),
    [
        ("2021-10-31 00:00:00", "2021-10-31 00:00:00", {}, "2021-10-31", "day"),
        ("2021-10-31 00:00:00", "2021-11-02 00:00:00", {}, "2021-10-31/2021-11-02", "day"),
        ("2021-10-31 14:30:00", "2021-10-31 14:30:00", {}, "2021-10-31T14:30:00", "minute"),
        ("2021-10-31 14:30:07", "2021-10-31 14:30:07", {}, "2021-10-31T14:30:07", "second"),
        ("2021-1-3 9:5:0", "2021-1-3 9:5:0", {}, "2021-01-03T09:05:00", "minute"),
        ("-44-03-15 00:00:00", "0001-01-01 00:00:00", {}, "-0044-03-15/0001-01-01", "day"),
        ("-20000-03-15 00:00:00", "-20000-03-15 00:00:00", {}, "Y-20000", "year"),
        ("2021-10-31 00:00:00", "2021-11-02 00:00:00", {"fuzzy": "True"}, "2021-10-31~/2021-11-02~", "day"),
        (
            "2021-10-31 00:00:00",
            "2021-11-02 00:00:00",
            {"fuzzy_start": "True"},
            "2021-10-31~/2021-11-02",
            "day",
        ),
        (
            "2021-10-31 00:00:00",
            "2021-11-02 00:00:00",
            {"fuzzy_end": "True"},
            "2021-10-31/2021-11-02~",
            "day",
        ),
        ("2021-10-31 14:30:00", "2021-10-31 14:30:00", {"fuzzy_end": "True"}, "2021-10-31~", "day"),
        ("2021-10-31 00:00:00", "2021-11-02 00:00:00", {"ends_today": "True"}, "2021-10-31/..", "day"),
    ],
)
def test_a_period_is_as_fine_as_the_file_says(start, end, fields, edtf, precision):
    date = events(FORMAT, timeline(event(start, end, **fields)))[0].when
    assert (date.edtf, date.precision) == (edtf, precision)


def test_hours_that_last_are_days_and_say_so():
    date = events(FORMAT, timeline(event("2021-10-31 09:00:00", "2021-11-02 17:30:00")))[0].when
    assert date.edtf == "2021-10-31/2021-11-02"
    assert date.text == "2021-10-31 09:00:00 – 2021-11-02 17:30:00"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("soon", "later"),
        ("2021-02-31 00:00:00", "2021-03-01 00:00:00"),
        ("2022-01-01 00:00:00", "2021-01-01 00:00:00"),
    ],
)
def test_a_date_that_cannot_be_is_kept_undated_and_named(start, end):
    found, _, odd, _ = sorted_out(FORMAT, timeline(event(start, end)))
    assert (found[0].when.edtf, found[0].when.text) == (None, f"{start} – {end}")
    assert [(each.path, each.line) for each in odd] == [("events/event[0]/start", 8)]


def test_another_calendar_is_never_taken_for_ours():
    found, _, odd, _ = sorted_out(FORMAT, timeline(event(), event(), calendar="coptictime"))
    assert [each.when.text for each in found] == ["2021-10-31 00:00:00 (coptictime)"] * 2
    assert [each.path for each in odd] == ["timetype"]


def test_categories_are_kinds_with_their_colours_and_shapes_of_their_own():
    found, _, _, kinds = sorted_out(FORMAT, timeline(event(category="Work"), event(category="Home"), event()))
    assert [(each.name, each.colour) for each in kinds[:2]] == [("Work", "#FF000A"), ("Home", "#0000FF")]
    assert kinds[0].shape != kinds[1].shape
    assert kinds[1].extra == {"timeline-project": {"parent": "Work"}}
    assert [each.kind for each in found] == ["Work", "Home", "event"]


def test_further_categories_are_tags_and_unknown_ones_are_added():
    listed = "<category>Work</category><category>New</category>"
    found, _, odd, kinds = sorted_out(FORMAT, timeline(event(categories=listed), event(category="Other")))
    assert (found[0].kind, found[0].tags, found[1].kind) == ("Work", ("New",), "Other")
    assert [each.path for each in odd] == ["events/event[1]/category"]
    assert "Other" in [each.name for each in kinds]


def test_eras_are_events_of_their_own_kind():
    dates = "<start>1900-01-01 00:00:00</start><end>1914-01-01 00:00:00</end>"
    era = f"<era><name>E</name>{dates}<color>1,2,3</color></era>"
    found = events(FORMAT, timeline(event(), eras=era))[0]
    assert (found.kind, found.title, found.extra) == ("era", "E", {"timeline-project": {"color": "1,2,3"}})


def test_hyperlinks_are_sources_and_a_description_is_the_summary():
    link = "https://example.org/a;https://example.org/b"
    found, given_sources, _, _ = sorted_out(
        FORMAT, timeline(event(hyperlink=link, description=" D\nE "), event(hyperlink="my notes"))
    )
    assert [each.url for each in given_sources] == link.split(";")
    assert [each.source for each in found[0].claims] == [each.uid for each in given_sources]
    assert found[0].summary == "D\nE"
    assert (found[1].claims, found[1].extra["timeline-project"]["hyperlink"]) == ((), "my notes")


def test_what_has_no_field_of_ours_is_kept():
    fields = {
        "progress": "40",
        "icon": "iVBO",
        "locked": "True",
        "alert": "2021-01-01 00:00:00;x",
        "new": "<a b='1'>c</a>",
    }
    kept = events(FORMAT, timeline(event(**fields, fuzzy="False")))[0].extra["timeline-project"]
    assert kept == {**fields, "new": {"a": {"@b": "1", "#text": "c"}}}


def test_what_lies_in_a_container_is_a_part_of_it():
    found = events(FORMAT, timeline(event(text="[1]Box"), event(text="(1)In"), event(text="(2)Out")))
    assert [each.title for each in found] == ["Box", "In", "(2)Out"]
    assert [(link.to, link.relation) for link in found[1].links] == [(found[0].uid, "part of")]


def test_unknown_parts_of_a_timeline_are_named():
    assert problems(FORMAT, timeline(event(), more="<strange/>")) == [("strange", 10)]


def test_an_event_is_the_same_when_it_is_read_again_and_equal_ones_are_two():
    data = timeline(event(), event(), event(description="D"))
    uids = [each.uid for each in events(FORMAT, data)]
    assert len(set(uids)) == 3
    assert [each.uid for each in events(FORMAT, data)] == uids


def test_a_document_in_another_encoding_is_read():
    data = timeline(event(text="Été")).replace("utf-8", "iso-8859-1").encode("latin-1")
    assert events(FORMAT, data)[0].title == "Été"
    assert (
        events(FORMAT, timeline(event(text="Été")).replace("utf-8", "utf-16").encode("utf-16"))[0].title
        == "Été"
    )


@pytest.mark.parametrize(
    "data",
    ["", "words", "<html></html>", "<timeline><events>", '<?xml version="1.0" encoding="x"?><timeline/>'],
)
def test_what_is_no_timeline_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


def test_a_file_that_breaks_off_says_where():
    with pytest.raises(UnreadableError) as told:
        read(FORMAT, timeline(event(), event()).replace("</events>", ""))
    assert told.value.line == 12


def test_memory_is_bound_by_an_event_and_not_by_the_file():
    import tracemalloc

    def peak(count):
        data = timeline(
            *[event(text=f"E{number}", description="words " * 20) for number in range(count)]
        ).encode()
        tracemalloc.start()
        import io

        from viewer.formats.foreign import Opened

        for _ in FORMAT.read(Opened(io.BytesIO(data), "x")):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most / len(data)

    assert peak(4000) < 2 * peak(1000)


OLD = r"""# Written by Timeline 0.5.0 on 2009-9-22 19:1:10
PREFERRED-PERIOD:2008-12-9 11:32:26;2009-12-9 11:32:26
CATEGORY:Work;173,216,230;True
EVENT:2009-7-13 0:0:0;2009-7-18 0:0:0;A\; b\nc;Work;description:D\\;icon:iVBO
EVENT:2009-7-10 14:30:0;2009-7-10 14:30:0;Plain
EVENT:broken
SURPRISE
# END
"""


def test_old_lines_are_read():
    found, _, odd, kinds = sorted_out(FORMAT, OLD)
    assert [(each.kind, each.title, each.when.edtf) for each in found] == [
        ("Work", "A; b c", "2009-07-13/2009-07-18"),
        ("event", "Plain", "2009-07-10T14:30:00"),
    ]
    assert (found[0].summary, found[0].extra["timeline-project"]["icon"]) == ("D\\", "iVBO")
    assert kinds[0].colour == "#ADD8E6"
    assert [(each.path, each.line) for each in odd] == [("line 6", 6), ("line 7", 7)]


def test_old_lines_in_an_old_encoding_are_read_and_named():
    found, _, odd, _ = sorted_out(FORMAT, OLD.replace("Plain", "Été").encode("cp1252"))
    assert found[1].title == "Été"
    assert odd[0].line == 5


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=4))
def test_each_event_comes_whatever_its_words(words):
    sound = [
        tuple("".join(c for c in each if c.isprintable() or c == "\n") for each in pair) for pair in words
    ]
    data = timeline(*[event(escape(start), text=escape(text)) for start, text in sound])
    given_all = [each for each in read(FORMAT, data) if isinstance(each, Found)]
    assert len([each for each in given_all if type(each.record).__name__ == "Event"]) == len(words)
