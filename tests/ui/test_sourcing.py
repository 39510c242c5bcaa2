"""From reading to a saved entry, and what else a window does with who says so, by mouse and keyboard alone."""

from __future__ import annotations

import pytest
from hands import CTRL, SHIFT
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from viewer.domain.provenance import standing

Key = Qt.Key


@pytest.fixture
def real(tmp_path, dateline, seed, start):
    """Hands at a window that shows the real input."""
    path = tmp_path / "real.dateline"
    assert dateline("new", path).code == 0
    assert dateline("import", path, seed).code == 0
    return start(path, size=(1440, 900))


def page_of(hands):
    return hands.find("reading_page")


def middle_of(page, words):
    """The middle of the first letter of some words on the page."""
    place = page.column.text.index(words)
    return page.box_of(place, place + 1).center()


def look_up(hands, words):
    """Find words in the text that is read; they are selected then."""
    hands.press(Key.Key_F, CTRL)
    hands.type(words)
    hands.wait(lambda: hands.says("find_count") not in ("", None))
    hands.press(Key.Key_Escape)


def newest(hands):
    return max(hands.document.store.events(), key=lambda event: event.id)


def test_a_sentence_becomes_an_entry_in_three_actions_of_the_keyboard(real):
    quote = real.event_of("[2025-02-01..2025-02-07]").claims[0].quote
    before = len(real.listed())
    real.press(Key.Key_R, CTRL)
    page_of(real)
    look_up(real, quote[-40:])
    real.press(Key.Key_S)
    real.press(Key.Key_D)
    assert real.says("form_title") == "New deployment"
    assert "première semaine de février" in real.says("when")
    assert "7 February 2025" in real.says("when_echo")
    real.press(Key.Key_Return, CTRL)
    real.wait(lambda: not real.sees("form_title"))

    event = newest(real)
    (claim,) = event.claims
    text = real.document.store.source(claim.source).text
    assert len(real.listed()) == before + 1
    assert (event.kind, event.when.edtf) == ("deployment", "[2025-02-01..2025-02-07]")
    assert claim.span is not None
    assert text[slice(*claim.span)] == claim.quote
    assert quote in claim.quote
    assert text[: claim.span[0]].endswith(claim.prefix)
    assert text[claim.span[1] :].startswith(claim.suffix)
    assert real.document.check() == []


def test_a_sentence_becomes_an_entry_by_mouse_and_is_undone(real):
    before = real.listed()
    real.choose_in_menu("View", "Reading Desk")
    page = page_of(real)
    at = middle_of(page, page.column.text.split()[0])
    window, place = page.viewport().window().windowHandle(), page.viewport().mapTo(page.window(), at)
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    real.click("new_statement")
    assert real.says("form_title") == "New statement"
    real.click("save")
    real.wait(lambda: not real.sees("form_title"))
    assert len(real.listed()) == len(before) + 1
    assert newest(real).kind == "statement"
    real.press(Key.Key_Z, CTRL)
    assert real.listed() == before


def test_a_passage_is_cited_for_the_event_that_is_selected(real):
    event = real.event_of("2024-10")
    real.click_mark(event.id)
    real.press(Key.Key_R, CTRL)
    page_of(real)
    real.press(Key.Key_Home, CTRL)
    real.press(Key.Key_S)
    real.press(Key.Key_C)
    assert real.says("form_title") == "Edit deployment"
    real.press(Key.Key_Return, CTRL)
    real.wait(lambda: not real.sees("form_title"))
    after = real.document.store.event(event.id)
    assert len(after.claims) == len(event.claims) + 1
    assert after.claims[-1].span[0] == 0


def test_passages_and_marks_choose_each_other(real):
    event = real.event_of("[2025-01..2025-02]")
    real.click_mark(event.id)
    real.press(Key.Key_R, CTRL)
    page = page_of(real)
    quote = event.claims[0].quote
    assert page.viewport().rect().contains(middle_of(page, quote))
    other = real.event_of("2024-08")
    look_up(real, other.claims[0].quote[:30])
    real.press(Key.Key_Return)
    assert real.says("inspector_title") == other.title


def test_the_desk_the_graph_and_the_chart_take_turns_below_the_timeline(hands):
    below = hands.window.workspace.sourcing.below
    for key, page in ((Key.Key_R, below.graph), (Key.Key_G, below.strength)):
        hands.press(key, CTRL | SHIFT)
        assert below.is_up(page)
        assert page.isVisible()
    hands.press(Key.Key_R, CTRL)
    assert below.is_up(below.reading)
    hands.click("desk_close")
    assert not below.pages.isVisible()


def test_a_claim_is_retracted_in_the_inspector_counts_no_more_and_comes_back(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.window.workspace.inspector.retraction_requested.emit(event.id, event.claims[0].uid, True)
    after = hands.document.store.event(event.id)
    assert (standing(event).reports, standing(after).reports) == (1, 0)
    hands.press(Key.Key_Z, CTRL)
    assert hands.document.store.event(event.id) == event


def test_a_decision_carries_its_reason(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    claimed = hands.document.store.event(event.id).when
    other = next(e.when for e in hands.document.store.events() if e.when and e.when != claimed)
    inspector = hands.window.workspace.inspector
    inspector.decision_requested.emit(event.id, "when", other, "the source that stood closest")
    assert hands.document.store.event(event.id).when == other
    assert hands.document.history.next_undo.reason == "the source that stood closest"


def test_the_sources_stand_beside_the_events_and_one_of_them_is_read(hands):
    hands.press(Key.Key_L, CTRL | SHIFT)
    panel = hands.window.workspace.sourcing.sources.panel
    assert panel.isVisible()
    uid = next(iter(hands.document.store.source_briefs())).uid
    panel.read_requested.emit(uid)
    assert hands.window.workspace.sourcing.below.reading.source_uid() == uid
    assert hands.sees("reading_page")
    hands.press(Key.Key_L, CTRL | SHIFT)
    assert not panel.isVisible()


def test_a_picture_of_the_provenance_is_saved(hands, tmp_path):
    hands.click_mark(hands.event_of("2024-08").id)
    hands.press(Key.Key_R, CTRL | SHIFT)
    target = tmp_path / "graph.png"
    with hands.answering(target):
        hands.click("graph_save")
    assert target.read_bytes().startswith(b"\x89PNG")


def test_an_empty_document_offers_a_source(start, tmp_path, dateline):
    path = tmp_path / "empty.dateline"
    assert dateline("new", path).code == 0
    hands = start(path)
    hands.press(Key.Key_R, CTRL)
    hands.click("desk_empty_button")
    assert hands.window.workspace.sourcing.sources.form.isVisible()


def test_claims_unfold_on_the_timeline_by_key_and_by_button_and_follow_an_edit(made, start):
    hands = start(made)
    event = next(e for e in hands.document.store.events() if len(e.claims) > 1 and e.when is not None)
    hands.click_mark(event.id)
    hands.press(Key.Key_E)
    opened = hands.timeline.content().claims
    assert opened is not None
    assert opened.event == event.id
    hands.window.workspace.inspector.retraction_requested.emit(event.id, event.claims[0].uid, True)
    assert hands.timeline.content().claims != opened
    hands.click("inspector_bands")
    assert hands.timeline.content().claims is None


def test_a_mark_is_signed_where_claims_give_dates_that_cannot_all_hold(made, start):
    hands = start(made)
    rivals = hands.document.rivals(None)
    assert rivals
    hands.wait(lambda: hands.timeline.content().rivals == rivals)
