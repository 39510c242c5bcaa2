"""A document opens as it was left: place, selection and filter."""

from __future__ import annotations

import json
import logging

import pytest
from hands import main_windows
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from viewer.document import Document
from viewer.folders import config_folder
from viewer.timeline.scale import TimeScale
from viewer.ui.sessions import MOST_KEPT, Session, Sessions
from viewer.ui.settings import Settings
from viewer.ui.view_motion import Place
from viewer.ui.windows import Windows

ELSEWHERE = TimeScale(1_730_000_000, 9_000.5, 0.25)


@pytest.fixture
def left(start, kursk):
    """Start, do something, leave; then start again and see."""

    def again(do):
        hands = start(kursk)
        rest(hands)
        do(hands)
        hands.settle()
        hands.close()
        return start(kursk)

    return again


def rest(hands):
    """Wait until a window has all that follows its first picture."""
    hands.wait(lambda: hands.window.workspace.furnishing.made_wayfinding is not None)


def event_at(document, place):
    return list(document.store.events())[place]


def file_of(home, document):
    return home / "config" / "sessions" / f"{document.uid}.json"


def test_the_place_is_that_of_the_last_time_before_anything_is_painted(left):
    places = []

    def do(hands):
        hands.timeline.set_scale(hands.timeline.scale().zoomed(3.0, 200.0))
        places.append(hands.timeline.place())

    hands = left(do)
    assert hands.timeline.place() == places[0]
    rest(hands)
    hands.settle()
    assert hands.timeline.place() == places[0]


def test_a_document_that_was_seen_whole_is_seen_whole_again_however_wide(start, kursk):
    hands = start(kursk, (1280, 800))
    rest(hands)
    hands.close()
    hands = start(kursk, (1700, 900))
    rest(hands)
    hands.settle()
    scale = hands.timeline.scale()
    hands.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.timeline.scale() == scale


def test_the_selected_event_is_selected_again_and_looked_into(left):
    chosen = []

    def do(hands):
        event = event_at(hands.document, 2)
        hands.window.workspace.select(event.id)
        chosen.append(event)

    hands = left(do)
    assert hands.window.workspace.selected == chosen[0].id
    hands.wait(lambda: hands.sees("inspector_title"))
    assert hands.says("inspector_title") == chosen[0].title


def test_an_event_that_is_gone_is_not_selected(start, kursk):
    hands = start(kursk)
    rest(hands)
    event = event_at(hands.document, 2).id
    hands.window.workspace.select(event)
    hands.close()
    document = Document.open(kursk)
    document.delete_event(event)
    document.close()
    hands = start(kursk)
    rest(hands)
    assert hands.window.workspace.selected is None


def test_words_and_kinds_that_were_asked_for_are_asked_for_again(left):
    asked = []

    def do(hands):
        everything = len(hands.listed())
        hands.click("chip_statement")
        hands.write("search", "troops")
        hands.wait(lambda: hands.window.workspace.showing.sieve.filter.text == "troops")
        hands.wait(lambda: not hands.window.workspace.showing.is_waiting)
        asked.extend([hands.window.workspace.header.filter(), hands.listed(), everything])

    hands = left(do)
    assert hands.window.workspace.header.filter() == asked[0]
    hands.wait(lambda: hands.listed() == asked[1])
    assert len(asked[1]) < asked[2]
    assert hands.says("search") == "troops"


def test_a_period_comes_back_as_it_was_written(left):
    def do(hands):
        hands.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        hands.type("November 2024")
        hands.press(Qt.Key.Key_Return)
        hands.wait(lambda: not hands.window.workspace.header.period().is_empty)

    hands = left(do)
    period = hands.window.workspace.header.period()
    assert (period.since.text, period.until) == ("November 2024", None)
    assert hands.window.workspace.showing.sieve.filter.earliest == period.earliest


def test_a_place_where_nothing_lies_any_more_is_not_gone_to(start, kursk, home):
    document = Document.open(kursk)
    sessions = Sessions(home / "config" / "sessions")
    sessions.save(document.uid, Session(Place(TimeScale(-(10**12), 60.0))))
    document.close()
    hands = start(kursk)
    rest(hands)
    assert hands.in_sight(next(e.id for e in hands.document.store.events() if e.when is not None))


def test_what_cannot_be_used_is_named_and_the_rest_holds(start, kursk, home, caplog):
    document = Document.open(kursk)
    event = event_at(document, 1)
    file = file_of(home, document)
    document.close()
    file.parent.mkdir(parents=True)
    odd = {"place": [1, "2", 3, 4], "selected": event.uid, "filter": {"text": 7, "kinds": ["statement"]}}
    file.write_text(json.dumps(odd))
    with caplog.at_level(logging.WARNING):
        hands = start(kursk)
    assert hands.window.workspace.selected == event.id
    assert hands.window.workspace.header.filter().kinds == {"statement"}
    assert "place" in caplog.text
    assert "filter.text" in caplog.text


def test_a_file_that_is_no_session_is_set_aside(start, kursk, home):
    document = Document.open(kursk)
    file = file_of(home, document)
    document.close()
    file.parent.mkdir(parents=True)
    file.write_text("{")
    hands = start(kursk)
    rest(hands)
    assert file.with_name(f"{file.name}.bad").read_text() == "{"


def test_a_window_that_was_closed_at_once_forgets_nothing(start, kursk, home):
    document = Document.open(kursk)
    session = Session(None, event_at(document, 1).uid)
    Sessions(home / "config" / "sessions").save(document.uid, session)
    uid = document.uid
    document.close()
    start(kursk).close()
    assert Sessions(home / "config" / "sessions").load(uid) == session


# What was open


@pytest.fixture
def begin(start):
    """Start without a file, as `dateline` alone does; the windows are closed with the test."""

    def begun():
        windows = Windows(Settings(config_folder() / "settings.json"))
        first = windows.reopen() if windows.settings.reopens else windows.welcome()
        first.show()
        return windows

    return begun


def shown():
    return {window.workspace.document.path for window in main_windows() if window.workspace is not None}


@pytest.fixture
def other(tmp_path):
    document = Document.create(tmp_path / "other.dateline")
    document.close()
    return document.path


def reopening(hands):
    hands.choose_in_menu("File", "Reopen Documents at Start")
    hands.wait(lambda: QGuiApplication.focusWindow() is not None)
    return hands


def test_a_start_opens_nothing_unless_asked_to(start, begin, kursk):
    start(kursk).close()
    begin()
    assert shown() == set()


def test_the_documents_that_were_open_at_the_end_are_opened(start, begin, kursk, other):
    reopening(start(kursk)).close()
    windows = begin()
    assert shown() == {kursk}
    windows.open(other).show()
    windows.close_all()
    assert shown() == set()
    begin()
    assert shown() == {kursk, other}


def test_a_document_that_was_closed_before_the_end_is_not(start, begin, kursk, other):
    reopening(start(kursk)).close()
    windows = begin()
    windows.open(other).show()
    windows.showing(kursk).close()
    windows.close_all()
    begin()
    assert shown() == {other}


def test_one_that_is_gone_is_said_beside_the_others(start, begin, kursk, other):
    reopening(start(kursk)).close()
    windows = begin()
    windows.open(other).show()
    windows.close_all()
    other.unlink()
    begin()
    assert shown() == {kursk}
    assert not main_windows()[0].workspace.notice.isHidden()


def test_it_can_be_switched_off_again(start, begin, kursk):
    reopening(reopening(start(kursk))).close()
    begin()
    assert shown() == set()


# The files


@given(
    session=st.builds(
        Session,
        st.none() | st.just(Place(ELSEWHERE, 12.5)),
        st.none() | st.text(),
        st.none() | st.dictionaries(st.text(), st.text(), min_size=1),
    )
)
def test_what_is_saved_is_loaded(tmp_path, session):
    sessions = Sessions(tmp_path / "sessions")
    sessions.save("some-uid", session)
    assert sessions.load("some-uid") == session


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(
    place=st.lists(st.integers() | st.floats(), min_size=4, max_size=4) | _json, selected=_json, asked=_json
)
def test_any_values_are_read_without_harm(tmp_path, place, selected, asked):
    file = tmp_path / "sessions" / "some-uid.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"place": place, "selected": selected, "filter": asked}))
    session = Sessions(file.parent).load("some-uid")
    if session.place is not None:
        session.place.scale.visible(1000.0)


def test_a_uid_of_strangers_names_no_file(tmp_path):
    sessions = Sessions(tmp_path / "sessions")
    for uid in ("../../escape", "", "a/b", "x" * 65, "ü"):
        sessions.save(uid, Session(None, "event"))
        assert sessions.load(uid) == Session()
    assert list(tmp_path.rglob("*.json")) == []


def test_where_nothing_can_be_written_nothing_is_remembered_and_nothing_else_happens(tmp_path):
    folder = tmp_path / "sessions"
    folder.write_text("in the way")
    sessions = Sessions(folder)
    sessions.save("some-uid", Session(None, "event"))
    assert sessions.load("some-uid") == Session()


def test_only_the_latest_are_kept(tmp_path):
    sessions = Sessions(tmp_path)
    for number in range(MOST_KEPT + 5):
        sessions.save(f"uid-{number}", Session(None, "event"))
    assert len(list(tmp_path.glob("*.json"))) == MOST_KEPT
    assert sessions.load(f"uid-{MOST_KEPT + 4}") == Session(None, "event")
