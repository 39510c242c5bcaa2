"""The cache: search over everything that is said of an event, right after every change, and never needed."""

from __future__ import annotations

import os
import random
import shutil
import threading
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given
from hypothesis import strategies as st

from viewer.document import Document
from viewer.domain.filters import Filter
from viewer.domain.records import Hop, Part
from viewer.drafting import Drafting
from viewer.storage.cache import Cache
from viewer.storage.cache_folder import CacheFolder
from viewer.storage.errors import ReadError

ARTICLE = (
    "Un entrefilet sans rapport.\n"
    "Les soldats sont arrivés à Koursk en février, selon des témoins ; le train venait de loin.\n"
    "Une dernière ligne."
)
QUOTED = "arrivés à Koursk en février"


def found(document, text):
    """The uids of the events that a search finds."""
    return {event.uid for event in document.store.events(document.matching(Filter(text=text)).ids)}


def cache_files(home):
    return list((home / "cache").rglob("*.search"))


@pytest.fixture
def searched(document):
    """A document with one event of which something is said everywhere, and another."""
    source = a_source(uid="paper", title="Le Quotidien", publisher="Éditions", text=ARTICLE)
    start = ARTICLE.index(QUOTED)
    claim = a_claim(
        source,
        uid="claim",
        quote=QUOTED,
        span=(start, start + len(QUOTED)),
        chain=(Hop(name="a railwayman", anonymous=True), Hop(name="Agence Nord")),
    )
    event = an_event(
        uid="told",
        title="Arrival of the 11th Corps",
        summary="They came overland",
        place="Sudža",
        origin="Vladivostok",
        actors=(Part(name="Północ", role="force"),),
        tags=("rolling-stock",),
        claims=(claim,),
    )
    document.save_event(event, new_sources=[source])
    document.save_event(an_event(uid="other", title="Something else"))
    return document


@pytest.mark.parametrize(
    "text",
    [
        "arrival", "ARRIVAL corps", "11th", "over", "overland", "sudza", "vladivostok", "poł", "rolling stock",
        "railwayman", "agence nord", "fevrier", "FÉVRIER", "arrives a koursk", "témoins", "le train venait",
        "arrival temoins vladivostok", "corps 11", unicodedata.normalize("NFD", "arrivés à Koursk"),
    ],
)  # fmt: skip
def test_titles_summaries_names_quotes_and_their_paragraphs(searched, text):
    assert found(searched, text) == {"told"}


@pytest.mark.parametrize(
    "text", ["rrival", "entrefilet", "derniere ligne", "quotidien", "arrivaly", "arrival else"]
)
def test_what_is_not_said_of_an_event_is_not_found(searched, text):
    assert found(searched, text) == set()


def test_sources_by_title_publisher_and_whole_text(searched):
    (paper,) = (source.id for source in searched.store.sources())
    for text in ("quotidien", "editions", "entrefilet", "derniere", "temoins"):
        assert searched.sources_mentioning(text) == {paper}
    assert searched.sources_mentioning("arrival") == frozenset()


def test_decomposed_letters_are_the_same_letters(document):
    document.save_event(an_event(uid="e", title=unicodedata.normalize("NFD", "Été à Königsberg")))
    for text in ("ete", "Été", unicodedata.normalize("NFD", "Été"), "konigsberg"):
        assert found(document, text) == {"e"}


def test_it_catches_up_after_every_sort_of_edit(searched):
    assert found(searched, "arrival") == {"told"}
    told = next(event for event in searched.store.events() if event.uid == "told")
    searched.save_event(replace(told, title="Departure"))
    assert (found(searched, "arrival"), found(searched, "departure")) == (set(), {"told"})
    searched.undo()
    assert (found(searched, "arrival"), found(searched, "departure")) == ({"told"}, set())
    searched.redo()
    assert (found(searched, "arrival"), found(searched, "departure")) == (set(), {"told"})
    searched.delete_event(told.id)
    assert found(searched, "overland") == set()
    searched.undo()
    assert found(searched, "overland") == {"told"}


def test_a_claim_and_a_name_that_are_gone_are_not_found(searched):
    told = next(event for event in searched.store.events() if event.uid == "told")
    assert found(searched, "temoins") == {"told"}
    searched.save_event(replace(told, claims=(), tags=(), actors=()))
    for gone in ("temoins", "fevrier", "agence", "rolling", "poł"):
        assert found(searched, gone) == set()
    searched.undo()
    for back in ("temoins", "fevrier", "agence", "rolling", "poł"):
        assert found(searched, back) == {"told"}


def test_a_changed_chain_is_found_under_its_new_names(searched):
    told = next(event for event in searched.store.events() if event.uid == "told")
    assert found(searched, "railwayman") == {"told"}
    chain = (Hop(name="a stoker", anonymous=True), Hop(name="Agence Nord"))
    searched.save_event(replace(told, claims=(replace(told.claims[0], chain=chain),)))
    assert (found(searched, "railwayman"), found(searched, "stoker")) == (set(), {"told"})


def test_a_changed_source_text_changes_what_its_events_say(searched):
    assert found(searched, "temoins") == {"told"}
    told = next(event for event in searched.store.events() if event.uid == "told")
    source = replace(searched.store.source("paper"), text=ARTICLE.replace("témoins", "passants"))
    searched.save_event(told, new_sources=[source])
    assert (found(searched, "temoins"), found(searched, "passants")) == (set(), {"told"})


def test_a_reopened_document_is_searched_without_reading_it_anew(searched, home):
    assert found(searched, "arrival") == {"told"}
    path = searched.path
    searched.close()
    (cache,) = cache_files(home)
    before = cache.read_bytes()
    with closing(Document.open(path)) as document:
        assert found(document, "arrival") == {"told"}
    assert cache.read_bytes() == before


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda cache: cache.write_bytes(b""),
        lambda cache: cache.write_bytes(b"garbage " * 1000),
        lambda cache: cache.write_bytes(cache.read_bytes()[:5000]),
        lambda cache: cache.write_bytes(cache.read_bytes()[:4096] + b"\x55" * (cache.stat().st_size - 4096)),
        lambda cache: (cache.unlink(), cache.mkdir()),
    ],
    ids=["deleted", "empty", "garbage", "truncated", "garbage inside", "folder"],
)
def test_a_cache_that_is_gone_or_damaged_is_made_again(searched, home, spoil):
    assert found(searched, "arrival") == {"told"}
    path = searched.path
    searched.close()
    (cache,) = cache_files(home)
    spoil(cache)
    with closing(Document.open(path)) as document:
        assert found(document, "arrival") == {"told"}
        assert found(document, "temoins") == {"told"}


def test_every_page_of_a_cache_may_be_wrong(searched, home):
    """Whatever a page of the cache holds, a search is no error and finds nothing that is not said."""
    assert found(searched, "arrival") == {"told"}
    path = searched.path
    searched.close()
    (cache,) = cache_files(home)
    whole = cache.read_bytes()
    for page in range(len(whole) // 4096):
        start = page * 4096
        cache.write_bytes(whole[:start] + random.Random(page).randbytes(4096) + whole[start + 4096 :])
        with closing(Document.open(path)) as document:
            assert found(document, "arrival") <= {"told"}
            assert found(document, "something") <= {"other"}


def test_without_a_cache_folder_it_searches_all_the_same(searched, home, monkeypatch):
    (home / "file").write_bytes(b"")
    monkeypatch.setenv("DATELINE_HOME", str(home / "file"))
    path = searched.path
    searched.close()
    with closing(Document.open(path)) as document:
        assert found(document, "arrival") == {"told"}
        document.save_event(an_event(uid="late", title="Arrival again"))
        assert found(document, "arrival") == {"told", "late"}


def test_a_copy_with_another_history_gets_its_own_answers(searched, tmp_path):
    """Both have the same uid, hence the same cache."""
    path, copy = searched.path, tmp_path / "copy.dateline"
    searched.close()
    shutil.copyfile(path, copy)
    with closing(Document.open(path)) as first:
        first.save_event(an_event(uid="mine", title="Marker"))
        assert found(first, "marker") == {"mine"}
    with closing(Document.open(copy)) as second:
        assert found(second, "marker") == set()
        second.save_event(an_event(uid="theirs", title="Marker"))
        assert found(second, "marker") == {"theirs"}
    with closing(Document.open(path)) as first:
        assert found(first, "marker") == {"mine"}


def test_an_older_copy_put_back_gets_its_own_answers(searched, tmp_path):
    path, backup = searched.path, tmp_path / "backup.dateline"
    searched.close()
    shutil.copyfile(path, backup)
    with closing(Document.open(path)) as document:
        document.save_event(an_event(uid="late", title="Marker"))
        assert found(document, "marker") == {"late"}
    os.replace(backup, path)
    with closing(Document.open(path)) as document:
        assert found(document, "marker") == set()


def cache_of(document, home, few):
    """A cache to which so few events are few."""
    return Cache(CacheFolder(home / "elsewhere", document.uid), document.uid, few=few)


def test_a_large_document_is_not_indexed_while_somebody_waits(searched, home):
    cache = cache_of(searched, home, few=1)
    assert not cache.is_ready(searched.store)
    assert cache.searching(searched.store) is None
    cache.build(searched.store)
    assert cache.is_ready(searched.store)
    with closing(cache.searching(searched.store)) as searching:
        assert len(searching.events("arrival")) == 1
    cache.close()


def test_too_many_edits_since_ask_for_another_index(searched, home):
    cache = cache_of(searched, home, few=1)
    cache.build(searched.store)
    for number in range(2):
        searched.save_event(an_event(uid=f"new-{number}", title="Marker"))
    assert not cache.is_ready(searched.store)
    assert len(cache.search(searched.store, "marker")) == 2
    cache.close()


def test_whoever_waits_for_an_answer_has_it_indexed_whatever_its_size(searched, home):
    cache = cache_of(searched, home, few=0)
    assert len(cache.search(searched.store, "arrival")) == 1
    assert len(cache.search_sources(searched.store, "quotidien")) == 1
    cache.close()


def test_a_worker_searches_what_it_was_given_while_the_document_goes_on(searched):
    searching = searched.searching()
    found = {}

    def work():
        with closing(searching):
            found["events"] = list(searching.events("arrival"))
            found["first"] = list(searching.first("arrival", 1))
            found["sources"] = list(searching.sources("quotidien"))

    thread = threading.Thread(target=work)
    thread.start()
    late = searched.save_event(an_event(uid="late", title="Arrival again"))
    assert late in searched.search("arrival")
    thread.join()
    assert len(found["first"]) == len(found["sources"]) == 1
    assert set(found["first"]) <= set(found["events"]) <= {*searched.search("arrival")}


def test_a_search_can_be_stopped_from_elsewhere_at_any_time(searched):
    searching = searched.searching()
    searching.interrupt()
    assert len(searching.events("arrival")) == 1
    searching.close()
    searching.interrupt()


def test_the_first_hits_are_some_of_all(document):
    for _ in range(5):
        document.save_event(an_event(title="Marker"))
    with closing(document.searching()) as searching:
        everything = searching.events("marker")
        assert list(everything) == sorted(everything) == document.store.event_ids()
        assert len(searching.first("marker", 3)) == 3
        assert set(searching.first("marker", 3)) <= set(everything)
        assert list(searching.first("", 3)) == []


def test_the_first_hits_of_a_beginning_are_those_of_the_word_and_then_of_longer_ones(document):
    for title in ("Markers", "Marker", "Marking", "Other"):
        document.save_event(an_event(title=title))
    plural, word, *_ = document.store.event_ids()
    with closing(document.searching()) as searching:
        assert list(searching.first("marker", 1)) == [word]
        assert list(searching.first("marker", 2)) == [plural, word]
        assert len(searching.first("mark", 2)) == 2
        assert list(searching.first("mark")) == list(searching.events("mark"))


def test_listed_hits_are_the_same_whatever_was_edited_since(document):
    for number in range(4):
        document.save_event(an_event(uid=f"e{number}", title="Marker"))
    with closing(document.searching()) as searching:
        assert searching.listed("nothing") == searching.listed("") == ""
    ids = document.store.event_ids()
    document.save_event(replace(document.store.event(ids[1]), title="Other"))
    document.save_event(replace(document.store.event(ids[2]), summary="Something"))
    document.delete_event(ids[3])
    with closing(document.searching()) as searching:
        assert sorted(map(int, searching.listed("marker").split(","))) == [ids[0], ids[2]]
        assert list(searching.events("marker")) == [ids[0], ids[2]]


def test_an_index_that_a_worker_found_damaged_is_made_again(searched, home):
    assert found(searched, "arrival") == {"told"}
    (cache,) = cache_files(home)
    searched.close()
    whole = cache.read_bytes()
    cache.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    with closing(Document.open(searched.path)) as document:
        searching = document.searching()
        try:
            with closing(searching):
                searching.events("arrival")
        except ReadError:
            document.distrust_search()
        with closing(document.searching()) as again:
            assert len(again.events("arrival")) == 1


@pytest.mark.parametrize("few", [0, 5_000])
def test_a_cache_that_is_deleted_while_it_is_open_is_made_again(searched, home, few):
    cache = cache_of(searched, home, few=few)
    for _ in range(2):
        assert len(cache.search(searched.store, "arrival")) == 1
        shutil.rmtree(home / "elsewhere")
        searching = cache.searching(searched.store)
        assert (searching is None) is (few == 0)
        if searching is not None:
            assert len(searching.events("arrival")) == 1
            searching.close()
    assert len(cache.search(searched.store, "arrival")) == 1
    assert cache.problem is None
    cache.close()


@pytest.mark.parametrize("table", ["actors", "places", "tags"])
def test_a_name_is_found_as_it_is_now_wherever_it_stands(searched, table):
    names = {"actors": "Północ", "places": "Sudža", "tags": "rolling-stock"}
    assert found(searched, names[table]) == {"told"}
    drafting = Drafting(searched.store)
    (row,) = searched.store.rows_of(table, "name", names[table])
    drafting.revise(table, row, {"name": "Renamed"})
    searched.do(drafting.edit("Rename"))
    assert (found(searched, names[table]), found(searched, "renamed")) == (set(), {"told"})
    searched.undo()
    assert (found(searched, names[table]), found(searched, "renamed")) == ({"told"}, set())


def test_without_a_cache_folder_the_reason_is_known(searched, home, monkeypatch):
    assert searched.cache_problem is None
    (home / "file").write_bytes(b"")
    monkeypatch.setenv("DATELINE_HOME", str(home / "file"))
    path = searched.path
    searched.close()
    with closing(Document.open(path)) as document:
        assert found(document, "arrival") == {"told"}
        assert document.cache_problem
        with closing(document.searching()) as searching:
            assert len(searching.events("arrival")) == 1
        assert len(document.searching().events("something")) == 1


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error(sample_document, text):
    matching = sample_document.matching(Filter(text=text))
    assert len(matching.ids) + matching.hidden == 16
    sample_document.sources_mentioning(text)
