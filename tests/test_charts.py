"""The charts of a document: the same whether read at once, mapped from the cache or caught up after any edit."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from builders import a_claim, a_source, an_event
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from viewer.charts import Charts
from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.domain.records import Kind, Part
from viewer.formats.incoming import Incoming
from viewer.import_commands import Importing
from viewer.storage.cache import Cache
from viewer.storage.cache_folder import STATE_FILE, CacheFolder
from viewer.storage.publication_queries import publication_moments, publications
from viewer.timeline.filtering import kind_counts
from viewer.timeline.publications import Publications
from viewer.timeline.shown import Shown

YEARS = [from_edtf(f"{year}") for year in range(1990, 2020)]
GROUPINGS = ("kind", "actor", "place", "source", "tag")
LARGE = {"few": 2, "many": 4}
"""So few events make a document large here."""


def label(kind):
    return kind.label


def rest(grouping, without):
    return f"{grouping}: {'none' if without else 'others'}"


def charts_of(document, home, *, few=5_000, many=20_000):
    """Charts of a document beside its own, which hear of its edits too."""
    folder = CacheFolder(home / "cache", document.uid)
    charts = Charts(document.store, folder, Cache(folder, document.uid, few=few), few=few, many=many)
    document.listen(charts.heard)
    return charts


def prepared(charts):
    """Do all that is to be done in the background; return what was done."""
    steps = []
    while (preparation := charts.preparation()) is not None and len(steps) < 9:
        preparation.run(lambda done, total: None, lambda: False)
        charts.adopt()
        steps.append(preparation.steps)
    return steps


def shown(charts, *, by_publication=False, grouping="kind"):
    """What a chart says of each event: title, lane and extent of each entry."""
    chart = charts.chart(label, by_publication=by_publication, grouping=grouping, rest_name=rest)
    assert (chart.waiting, chart.grouping) == (False, grouping)
    order = chart.events.order(by_publication=by_publication)
    found = {}
    for row in range(len(order)):
        event = order.id_at(row)
        entries = chart.index.entries_of(event)
        assert bool(entries) is (row < order.first_undated)
        lanes = sorted((chart.index.lanes[each.lane].name, each.lo, each.hi) for each in entries)
        found[event] = (chart.events.title(event), lanes)
    return found


def rows(charts, **key):
    """The row of each entry, by event and lane."""
    chart = charts.chart(label, rest_name=rest, **key)
    order = chart.events.order()
    found = {}
    for row in range(len(order)):
        for each in chart.index.entries_of(order.id_at(row)):
            found[each.event, chart.index.lanes[each.lane].key] = each.row, each.lo, each.hi
    return found


def assert_nothing_overlaps(rows):
    standing = sorted((lane, row, lo, hi) for (_, lane), (row, lo, hi) in rows.items())
    for one, other in pairwise(standing):
        assert one[:2] != other[:2] or one[3] <= other[2]


@pytest.fixture
def told(document):
    """A document with ten events, by actors, places, tags and a source."""
    source = a_source(uid="s", title="Daily", published=from_edtf("2020-05"))
    for number in range(10):
        document.save_event(
            an_event(
                uid=f"e{number}",
                title=f"Event {number}",
                kind=("deployment", "withdrawal", "statement")[number % 3],
                when=None if number == 9 else YEARS[number],
                actors=tuple(Part(name=f"A{n}", role="force") for n in range(number % 4)),
                place="Here" if number % 2 else None,
                tags=("x",) if number % 5 == 0 else (),
                claims=(a_claim(source),) if number % 3 == 0 else (),
            ),
            new_sources=[source],
        )
    return document


@pytest.mark.parametrize("by_publication", [False, True])
@pytest.mark.parametrize("wanted", [Filter(), Filter(earliest=YEARS[3].earliest), Filter(actor="A1")])
def test_what_is_drawn_counts_its_kinds_as_the_table_does(told, wanted, by_publication):
    for event in (*told.store.event_ids()[:3], None):
        chart = told.chart(label, by_publication=by_publication)
        mask, kinds = told.mask(chart, wanted), len(chart.kinds)
        counts = kind_counts(chart.events, mask, kinds)
        assert Shown.of(chart.index, mask).kind_sizes(kinds) == counts
        assert sum(counts) == len(chart.events.order(mask))
        if event is not None:
            told.save_event(replace(told.store.event(event), kind="statement", when=YEARS[event]))


@pytest.mark.parametrize("by_publication", [False, True])
@pytest.mark.parametrize("grouping", GROUPINGS)
def test_a_large_document_is_shown_like_a_small_one(told, home, grouping, by_publication):
    small, large = charts_of(told, home), charts_of(told, home, **LARGE)
    key = {"grouping": grouping, "by_publication": by_publication}
    assert large.chart(label, **key).waiting
    prepared(large)
    large.chart(label, **key)
    prepared(large)
    assert shown(large, **key) == shown(small, **key)
    assert rows(large, **key) == rows(small, **key)


def test_lanes_are_the_fullest_first_then_by_name_and_who_names_nobody_comes_last(told, home):
    chart = charts_of(told, home).chart(label, grouping="actor", rest_name=rest)
    assert [lane.name for lane in chart.index.lanes] == ["A0", "A1", "A2", "actor: none"]


def test_a_document_that_is_opened_again_is_read_from_the_cache(told, home):
    before = charts_of(told, home, **LARGE)
    assert prepared(before) == [("columns",), ("search",)] or prepared(before) == []
    again = charts_of(told, home, **LARGE)
    assert shown(again) == shown(before)
    assert prepared(again) == [("verify",)]


def test_what_was_edited_since_the_cache_was_made_is_caught_up_with(told, home):
    prepared(charts_of(told, home, **LARGE))
    event = told.store.event(1)
    told.save_event(replace(event, title="Revised", when=YEARS[20]))
    again = charts_of(told, home, **LARGE)
    assert shown(again) == shown(charts_of(told, home))
    assert again.chart(label).events.title(1) == "Revised"


def test_more_edits_than_can_be_caught_up_with_have_it_prepared_anew(told, home):
    charts = charts_of(told, home, **LARGE)
    prepared(charts)
    before = rows(charts)
    for number in range(3):
        told.save_event(replace(told.store.event(number + 1), title=f"Other {number}"))
    chart = charts.chart(label)
    assert chart.waiting
    assert chart.events.title(2) == "Other 1"  # what was there before stays
    prepared(charts)
    assert shown(charts) == shown(charts_of(told, home))
    assert rows(charts) == before


def spoil_bytes(build, name, at):
    data = bytearray((build / name).read_bytes())
    data[at] ^= 0x5A
    (build / name).write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda build: shutil.rmtree(build),
        lambda build: (build / STATE_FILE).unlink(),
        lambda build: (build / STATE_FILE).write_bytes(b""),
        lambda build: (build / "events").unlink(),
        lambda build: (build / "events").write_bytes(b"garbage" * 100),
        lambda build: (build / "events").write_bytes((build / "events").read_bytes()[:-100]),
        lambda build: (build / "happened-kind").unlink(),
        lambda build: spoil_bytes(build, "happened-kind", 40),
        lambda build: shutil.copyfile(build / "events", build / "happened-kind"),
        lambda build: shutil.copyfile(build / STATE_FILE, build / "events"),
    ],
    ids=[
        "deleted", "half written", "empty", "no events", "garbage", "cut short", "no arrangement", "damaged header",
        "another's", "of another sort",
    ],
)  # fmt: skip
def test_a_cache_that_is_gone_or_damaged_is_made_again(told, home, spoil):
    prepared(charts_of(told, home, **LARGE))
    (build,) = CacheFolder(home / "cache", told.uid).builds()
    spoil(build)
    again = charts_of(told, home, **LARGE)
    assert again.chart(label).waiting
    assert prepared(again)[0] == ("columns",)
    assert shown(again) == shown(charts_of(told, home))


def test_a_cache_that_is_deleted_while_it_is_open_is_not_missed(told, home):
    charts = charts_of(told, home, **LARGE)
    prepared(charts)
    shutil.rmtree(home / "cache")
    told.save_event(replace(told.store.event(1), title="Revised"))
    assert charts.chart(label).events.title(1) == "Revised"
    assert shown(charts) == shown(charts_of(told, home))
    assert prepared(charts_of(told, home, **LARGE))[0] == ("columns",)


def test_a_base_is_renewed_quietly_before_too_much_lies_over_it(told, home):
    charts = charts_of(told, home, few=3, many=4)
    prepared(charts)
    charts.chart(label, grouping="actor")
    prepared(charts)
    assert shown(charts, grouping="actor")
    before = rows(charts, grouping="kind")
    for number in (1, 2):
        told.save_event(replace(told.store.event(number), title=f"Revised {number}"))
    assert not charts.chart(label).waiting
    renewal = charts.preparation()
    assert renewal.is_quiet
    assert renewal.steps == ("columns", "happened-actor")
    prepared(charts)
    assert rows(charts, grouping="kind") == before
    assert shown(charts, grouping="actor") == shown(charts_of(told, home), grouping="actor")


def test_damage_within_is_found_beside_the_window_and_mended(told, home):
    prepared(charts_of(told, home, **LARGE))
    (build,) = CacheFolder(home / "cache", told.uid).builds()
    spoil_bytes(build, "events", (build / "events").stat().st_size - 1)
    again = charts_of(told, home, **LARGE)
    again.chart(label)
    assert prepared(again)[:2] == [("verify",), ("columns",)]
    assert shown(again) == shown(charts_of(told, home))


def test_copies_of_a_document_that_went_different_ways_each_have_their_own(told, home, tmp_path):
    prepared(charts_of(told, home, **LARGE))
    copy = tmp_path / "copy.dateline"
    told.save_copy(copy)
    told.save_event(an_event(uid="mine", title="Mine", when=YEARS[3]))
    prepared(charts_of(told, home, **LARGE))
    with closing(Document.open(copy)) as other:
        other.save_event(an_event(uid="theirs", title="Theirs", when=YEARS[4]))
        charts = charts_of(other, home, **LARGE)
        prepared(charts)
        assert shown(charts) == shown(charts_of(other, home))
        assert "Mine" not in {title for title, _ in shown(charts).values()}


@pytest.mark.parametrize("how", ["a file in its place", "full"])
def test_without_a_cache_folder_all_is_done_in_memory_and_the_reason_is_known(told, home, how, monkeypatch):
    if how == "full":
        monkeypatch.setenv("PYTHONPATH", "")
        folder = home / "elsewhere"
        folder.mkdir()
        (folder / "cache").symlink_to("/dev/full")
    else:
        folder = home / "elsewhere"
        folder.mkdir()
        (folder / "cache").write_bytes(b"")
    charts = charts_of(told, folder, **LARGE)
    assert charts.problem is None
    steps = prepared(charts)
    assert steps[:2] == [("columns",), ("search",)]
    assert charts.problem
    assert shown(charts) == shown(charts_of(told, home))
    charts.chart(label, grouping="actor")
    prepared(charts)
    assert shown(charts, grouping="actor") == shown(charts_of(told, home), grouping="actor")
    told.delete_event(1)
    assert shown(charts) == shown(charts_of(told, home))


@pytest.mark.parametrize("when", [None, "XXXX-10"])
def test_nothing_but_undated_events(document, home, when):
    for _ in range(5):
        document.save_event(an_event(when=None if when is None else from_edtf(when)))
    charts = charts_of(document, home, **LARGE)
    prepared(charts)
    chart = charts.chart(label)
    assert (chart.index.span(), chart.events.undated_count, chart.waiting) == (None, 5, False)
    assert shown(charts) == shown(charts_of(document, home))


def test_no_events_at_all(document, home):
    charts = charts_of(document, home)
    assert shown(charts) == {}
    for grouping in GROUPINGS:
        assert shown(charts, grouping=grouping) == {}
    event = document.save_event(an_event(title="First", when=YEARS[0], place="Here"))
    assert list(shown(charts)) == list(shown(charts, grouping="place")) == [event]


def test_a_new_kind_has_its_lane_and_gives_it_back(told, home):
    for charts in (charts_of(told, home), charts_of(told, home, **LARGE)):
        prepared(charts)
        incoming = Incoming()
        incoming.kinds.append(Kind(name="drill", label="Drill", shape="circle", colour="#888888"))
        importing = Importing(told.store)
        importing.add(incoming, "k")
        result = importing.result(file_name="k", sha256="", format_name="bundle", at=0, author=None)
        told.do(result.edit)
        told.save_event(an_event(uid="d", title="Drill", kind="drill", when=YEARS[5]))
        assert charts.chart(label).index.lanes[-1].name == "Drill"
        assert shown(charts) == shown(charts_of(told, home))
        told.undo()
        told.undo()
        prepared(charts)
        assert [lane.name for lane in charts.chart(label).index.lanes] == [
            "Deployment",
            "Withdrawal",
            "Statement",
        ]
        assert shown(charts) == shown(charts_of(told, home))


def test_lanes_follow_the_names_of_their_actors(told, home):
    charts = charts_of(told, home)
    assert charts.chart(label, grouping="actor").index.lanes[0].name == "A0"
    event = replace(told.store.event(2), actors=(Part(name="Somebody new", role="force"),))
    told.save_event(event)
    lanes = charts.chart(label, grouping="actor", rest_name=rest).index.lanes
    assert [lane.name for lane in lanes] == ["A0", "A1", "A2", "actor: none", "Somebody new"]


def test_an_edit_elsewhere_leaves_the_very_same_index(told, home):
    charts = charts_of(told, home)
    before = charts.chart(label)
    assert charts.chart(label) is before
    told.grade_source("s", "B")
    assert charts.chart(label).events is before.events


def test_publications_are_those_of_the_events_as_they_are_now(told, home):
    told.chart(label)
    for edit in (
        lambda: None,
        lambda: told.delete_event(4),
        lambda: told.retract_source("s", True),
        told.undo,
    ):
        edit()
        expected = Publications.of(publications(told.store), publication_moments(told.store))
        found, ids = told.publications(), np.array(told.store.event_ids(), dtype=np.int64)
        assert found.days.tolist() == expected.days.tolist()
        assert found.known_from(ids).tolist() == expected.known_from(ids).tolist()
        assert found.disputed_from(ids).tolist() == expected.disputed_from(ids).tolist()


MASKS = [
    Filter(kinds=frozenset({"statement"})), Filter(actor="a1"), Filter(place="her"), Filter(source="dai"),
    Filter(source="s"), Filter(tag="x"), Filter(tag="y"), Filter(actor="a", tag="x"), Filter(),
    Filter(earliest=YEARS[2].earliest, latest=YEARS[5].latest), Filter(earliest=YEARS[4].earliest, certainly=True),
    Filter(known_by=YEARS[20].latest), Filter(known_by=from_edtf("2021").latest, kinds=frozenset({"deployment"})),
]  # fmt: skip


@pytest.mark.parametrize("wanted", MASKS, ids=str)
def test_masks_let_through_what_the_queries_find(told, wanted):
    for edit in (lambda: None, lambda: told.delete_event(4), told.undo):
        edit()
        chart = told.chart(label)
        order = chart.events.order(told.mask(chart, wanted))
        assert tuple(order.id_at(row) for row in range(len(order))) == told.matching(wanted).ids


class EditedCharts(RuleBasedStateMachine):
    """Charts that hear of one edit after the other, against charts that are made anew."""

    @initialize()
    def start(self):
        self.home = Path(mkdtemp())
        self.document = Document.create(self.home / "d.dateline")
        self.source = a_source(uid="s", published=from_edtf("2020-05"))
        self.charts = charts_of(self.document, self.home, few=6, many=8)
        for key in self.keys():
            self.charts.chart(label, **key)
        self.before = {}

    def keys(self):
        return [
            {"grouping": grouping, "by_publication": clock}
            for clock in (False, True)
            for grouping in ("kind", "actor", "tag")
        ]

    def teardown(self):
        self.document.close()
        shutil.rmtree(self.home)

    events = st.builds(
        dict,
        title=st.sampled_from(["One", "Two"]),
        kind=st.sampled_from(["deployment", "statement"]),
        when=st.none() | st.sampled_from(YEARS[:4]),
        actors=st.lists(st.sampled_from("AB"), unique=True).map(
            lambda names: tuple(Part(name=name, role="force") for name in names)
        ),
        tags=st.sampled_from([(), ("x",), ("x", "y")]),
    )

    @rule(fields=events, claimed=st.booleans())
    def add(self, fields, claimed):
        claims = (a_claim(self.source),) if claimed else ()
        self.document.save_event(an_event(**fields, claims=claims), new_sources=[self.source])

    @precondition(lambda self: self.document.store.event_ids())
    @rule(fields=events, data=st.data())
    def revise(self, fields, data):
        event = self.document.store.event(data.draw(st.sampled_from(self.document.store.event_ids())))
        self.document.save_event(replace(event, **fields))

    @precondition(lambda self: self.document.store.event_ids())
    @rule(data=st.data())
    def delete(self, data):
        self.document.delete_event(data.draw(st.sampled_from(self.document.store.event_ids())))

    @rule()
    def undo(self):
        self.document.undo()

    @rule()
    def redo(self):
        self.document.redo()

    @rule(edtf=st.sampled_from(["2019", "2021-02", None]))
    def date_the_source(self, edtf):
        if self.document.store.source("s") is not None:
            self.source = replace(self.source, published=None if edtf is None else from_edtf(edtf))
            self.document.save_source(self.source)

    def check_invariants(self, *arguments, **others):
        super().check_invariants(*arguments, **others)
        if not hasattr(self, "charts"):
            return
        if self.charts.chart(label).waiting:
            return
        fresh = charts_of(self.document, self.home / "other")
        for key in self.keys():
            assert shown(self.charts, **key) == shown(fresh, **key)
            found = rows(self.charts, **key)
            assert_nothing_overlaps(found)
            name = tuple(key.values())
            before = self.before.get(name, {})
            for at, (row, *extent) in found.items() if key["grouping"] == "kind" else ():
                assert at not in before or before[at][1:] != tuple(extent) or before[at][0] == row
            self.before[name] = found


TestEditedCharts = EditedCharts.TestCase
TestEditedCharts.settings = settings(max_examples=25, stateful_step_count=20)
