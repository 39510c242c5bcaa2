"""Lanes by something else than kinds: chosen in the menu, remembered, an event in each lane that it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event
from hands import LEFT
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.records import Part
from viewer.ui.key_sheet import KeySheet

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def path(tmp_path):
    document = Document.create(tmp_path / "g.dateline")
    wire = a_source(uid="wire", title="The wire")
    alpha, beta = Part(name="Alpha", role="force"), Part(name="Beta", role="force")
    for title, day, more in (
        ("Both", "2024-03-01", {"actors": (alpha, beta), "tags": ("rail",)}),
        ("Alone", "2024-03-10", {"actors": (alpha,), "place": "Harbour"}),
        ("Nobody", "2024-03-20", {"claims": (a_claim(wire),)}),
    ):
        document.save_event(an_event(title=title, when=from_edtf(day), **more), new_sources=[wire])
    document.close()
    return document.path


@pytest.fixture
def hands(start, path):
    return start(path)


def lanes(hands):
    return {lane.name: lane.shown for lane in hands.timeline.scene().lanes if lane.shown}


def checked(hands):
    menu = next(a for a in hands.window.menuBar().actions() if a.text() == "&View").menu()
    inside = next(a for a in menu.actions() if a.text().replace("&", "") == "Lanes by").menu()
    return [action.text().replace("&", "") for action in inside.actions() if action.isChecked()]


def test_an_event_stands_in_the_lane_of_each_actor_that_it_names(hands):
    assert checked(hands) == ["Kind"]
    hands.choose_in_menu("View", "Lanes by", "Actor")
    assert lanes(hands) == {"Alpha": 2, "Beta": 1, "No actor": 1}
    assert checked(hands) == ["Actor"]
    assert hands.says("status_shown").startswith("3 events")
    assert len(hands.listed()) == 3


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Key.Key_2, {"Alpha": 2, "Beta": 1, "No actor": 1}),
        (Key.Key_3, {"Harbour": 1, "No place": 2}),
        (Key.Key_4, {"The wire": 1, "No source": 2}),
        (Key.Key_5, {"rail": 1, "No tag": 2}),
    ],
)
def test_each_has_its_key_and_the_first_leads_back_to_kinds(hands, key, expected):
    kinds = lanes(hands)
    hands.press(key, ALT)
    assert lanes(hands) == expected
    hands.press(Key.Key_1, ALT)
    assert lanes(hands) == kinds


def test_the_time_in_view_and_the_selection_stay(hands):
    hands.click_mark(hands.id_of("Alone"))
    hands.timeline.zoom_by(3.0)
    hands.settle()
    before = hands.timeline.scale()
    hands.press(Key.Key_2, ALT)
    hands.settle()
    assert hands.timeline.scale() == before
    assert hands.says("inspector_title") == "Alone"
    assert hands.timeline.content().selected == hands.id_of("Alone")


def test_an_edit_moves_an_event_to_its_new_lane(hands):
    hands.press(Key.Key_2, ALT)
    event = hands.document.store.event(hands.id_of("Nobody"))
    hands.document.save_event(replace(event, actors=(Part(name="Gamma", role="force"),)))
    assert lanes(hands)["Gamma"] == 1
    assert "No actor" not in lanes(hands)


def test_a_filter_hides_events_in_all_their_lanes(hands):
    hands.press(Key.Key_2, ALT)
    hands.press(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.type("both")
    hands.wait(lambda: hands.listed() == ["Both"])
    assert lanes(hands) == {"Alpha": 1, "Beta": 1}


def test_it_is_remembered_for_the_document(hands, start, path):
    hands.press(Key.Key_2, ALT)
    hands.close()
    again = start(path)
    assert lanes(again) == {"Alpha": 2, "Beta": 1, "No actor": 1}
    assert checked(again) == ["Actor"]


def test_the_sheet_of_keys_names_them(hands):
    hands.press(Key.Key_Question)
    hands.wait(lambda: hands.window.findChild(KeySheet) is not None)
    words = [label.text() for label in hands.window.findChild(KeySheet).findChildren(QLabel)]
    assert "Lanes by ▸ Actor" in words
    assert words[words.index("Lanes by ▸ Actor") + 1] == "Alt+2"


def test_a_double_click_in_the_lane_of_an_actor_opens_a_new_entry_at_that_date(hands):
    hands.press(Key.Key_2, ALT)
    hands.settle()
    lane = next(lane for lane in hands.timeline.scene().lanes if lane.name == "Beta")
    at = hands.timeline.rect().center()
    at.setY(int(lane.y + lane.height - 6))
    at.setX(hands.timeline.width() - 40)
    QTest.mouseDClick(hands.timeline, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert hands.says("form_title").startswith("New")
    assert hands.says("when") != ""
