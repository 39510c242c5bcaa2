"""As known on a day, in the window: turned on, dragged, stepped, played and cleared by mouse and keyboard."""

from __future__ import annotations

import sys

import pytest
from builders import a_claim, a_source, an_event
from hands import CTRL, SHIFT
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.ui.known_flag import KnownPole

Key = Qt.Key
PUBLISHED = {"january": "2025-01-10", "february": "2025-02-12", "march": "2025-03-01", "never": None}


@pytest.fixture
def hands(start, tmp_path):
    """A user at a window on events that became known on three days."""
    document = Document.create(tmp_path / "k.dateline")
    sources = {
        name: a_source(uid=name, title=name, published=None if edtf is None else from_edtf(edtf))
        for name, edtf in PUBLISHED.items()
    }

    def event(title, edtf, *claims, kind="deployment"):
        when = None if edtf is None else from_edtf(edtf)
        document.save_event(
            an_event(title=title, when=when, kind=kind, claims=claims), new_sources=list(sources.values())
        )

    against = a_claim(sources["march"], stance="disputes")
    event("Early", "2024-11-05", a_claim(sources["january"]), a_claim(sources["february"]), against)
    event("Middle", "2024-12-20", a_claim(sources["february"]), kind="withdrawal")
    event("Late", "2025-01-02", a_claim(sources["march"]))
    event("Unsourced", "2025-02-01")
    event("Nobody knows when", "2025-02-20", a_claim(sources["never"]))
    event("Undated", None, a_claim(sources["february"]), kind="statement")
    document.close()
    return start(document.path)


def flag(hands):
    return hands.find("known_flag")


def says(hands):
    return flag(hands).words()


def is_on(hands):
    return hands.sees("known_flag")


def on_timeline(hands):
    shown = hands.timeline.content().let_through()
    return {event.title for event in hands.document.store.events() if shown.has(event.id)}


def turned_on(hands):
    hands.press(Key.Key_T, CTRL | SHIFT)
    hands.wait(lambda: is_on(hands))
    return hands


def statements_executed(action):
    """How many SQL statements run while something is done."""
    executed = []

    def watch(_frame, what, called):
        if what == "c_call" and called.__name__ in ("execute", "executemany", "executescript"):
            executed.append(called)

    sys.setprofile(watch)
    try:
        action()
    finally:
        sys.setprofile(None)
    return len(executed)


def menu_action(hands, menu, words):
    bar = hands.window.menuBar()
    inside = next(a for a in bar.actions() if a.text().replace("&", "") == menu).menu()
    return next(a for a in inside.actions() if a.text().replace("&", "") == words)


def test_it_is_off_at_the_start_and_the_menu_says_so(hands):
    assert not is_on(hands)
    assert len(hands.listed()) == 7
    turned_on(hands)
    action = menu_action(hands, "View", "As Known On")
    assert action.isChecked()
    hands.press(Key.Key_T, CTRL | SHIFT)
    assert not is_on(hands)
    assert not action.isChecked()


def test_it_begins_at_the_last_publication_which_hides_only_what_no_dated_source_says(hands):
    hands.click("known_clock")
    assert says(hands) == "known on 1 Mar 2025"
    assert QApplication.focusWidget() is flag(hands)
    assert set(hands.listed()) == {"Early", "Middle", "Late", "Unsourced", "Undated"}
    assert hands.says("status_shown") == "6 events · as known on 1 Mar 2025 · 1 hidden · 1 undated"


def test_arrows_go_from_publication_to_publication_and_with_shift_from_day_to_day(hands):
    turned_on(hands)
    hands.press(Key.Key_Left)
    assert says(hands) == "known on 12 Feb 2025"
    assert "Late" not in hands.listed()
    hands.press(Key.Key_Left, SHIFT)
    assert says(hands) == "known on 11 Feb 2025"
    assert on_timeline(hands) == {"Early", "Unsourced"}
    hands.press(Key.Key_Left)
    assert says(hands) == "known on 10 Jan 2025"
    hands.press(Key.Key_Left)
    assert says(hands) == "known on 10 Jan 2025"
    hands.press(Key.Key_Left, SHIFT)
    assert on_timeline(hands) == {"Unsourced"}
    hands.press(Key.Key_Right)
    assert says(hands) == "known on 10 Jan 2025"
    hands.press(Key.Key_End)
    assert says(hands) == "known on 1 Mar 2025"
    hands.press(Key.Key_Home)
    assert says(hands) == "known on 10 Jan 2025"


def test_all_parts_follow(hands):
    hands.press(Key.Key_L, CTRL)
    turned_on(hands)
    hands.press(Key.Key_Home)
    assert hands.listed() == ["Early", "Unsourced"]
    assert on_timeline(hands) == {"Early", "Unsourced"}
    assert hands.says("status_shown").startswith("6 events · as known on 10 Jan 2025 · 4 hidden")
    assert hands.says("list_count") == "2 of 6 events · 4 hidden"
    assert [hands.find(f"chip_{kind}").accessibleName() for kind in ("deployment", "withdrawal")] == [
        "Deployment, 2 events",
        "Withdrawal, 0 events",
    ]
    lanes = {lane.key: (lane.shown, lane.count) for lane in hands.timeline.scene().lanes}
    assert lanes["deployment"] == (2, 4)
    hands.press(Key.Key_Right)
    assert hands.listed() == ["Early", "Middle", "Unsourced", "Undated", "Undated"]


def test_the_inspector_counts_only_claims_known_then(hands):
    hands.click_mark(hands.id_of("Early"))
    turned_on(hands)
    assert not hands.sees("claim_3_quote")
    assert hands.sees("claim_2_quote")
    hands.press(Key.Key_Left)
    hands.wait(lambda: not hands.sees("claim_2_quote"))
    assert hands.sees("claim_1_quote")
    hands.press(Key.Key_Left)
    hands.wait(lambda: not hands.sees("claim_1_quote"))
    assert hands.sees("claim_0_quote")
    hands.press(Key.Key_Delete)
    hands.wait(lambda: hands.sees("claim_2_quote"))
    assert hands.id_of("Early") == hands.window.workspace.selected


def test_a_dispute_is_signed_only_once_it_was_published(hands):
    early = hands.id_of("Early")
    turned_on(hands)
    assert bool(hands.timeline.scene().item(early)["disputed"])
    hands.press(Key.Key_Left)
    assert not bool(hands.timeline.scene().item(early)["disputed"])


def test_the_flag_is_dragged_from_day_to_day(hands):
    turned_on(hands)
    hands.settle()
    scale, heading = hands.timeline.scale(), hands.timeline.scene().heading
    wanted = from_edtf("2025-02-05").latest + 1
    start = flag(hands).geometry().topLeft() + QPoint(30, 12)
    shift = round(heading + scale.x(wanted)) - round(heading + scale.x(from_edtf("2025-03-01").latest + 1))
    hands.drag(hands.timeline, start, start + QPoint(shift, 0))
    assert says(hands) == "known on 5 Feb 2025"
    assert on_timeline(hands) == {"Early", "Unsourced"}
    line = hands.timeline.findChild(KnownPole)
    assert line.isVisible()
    assert abs(line.geometry().center().x() - (heading + scale.x(wanted))) <= 1.5


def test_the_line_is_dragged_and_a_click_on_it_goes_to_what_lies_below(hands):
    turned_on(hands)
    hands.settle()
    scale, heading = hands.timeline.scale(), hands.timeline.scene().heading
    line, below = hands.timeline.findChild(KnownPole), hands.id_of("Unsourced")
    at = QPoint(line.geometry().center().x(), round(hands.timeline.scene().lanes_top) + 6)
    hands.drag(hands.timeline, at, QPoint(round(heading + scale.x(from_edtf("2025-02-01").earliest)), at.y()))
    assert says(hands) == "known on 31 Jan 2025"
    row = hands.timeline.rectangle_of(below).center().y()
    hands.click(hands.timeline, QPoint(line.geometry().center().x(), row))
    assert hands.window.workspace.selected == below


def test_it_stays_within_reach_when_its_day_is_out_of_sight(hands):
    turned_on(hands)
    for _ in range(6):
        hands.timeline.pan_by(-hands.timeline.width())
    assert not hands.timeline.findChild(KnownPole).isVisible()
    assert hands.timeline.rect().contains(flag(hands).geometry())
    hands.press(Key.Key_Left)
    assert says(hands) == "known on 12 Feb 2025"


def test_with_little_room_the_flag_says_the_day_alone_and_keeps_its_buttons(hands):
    hands.window.resize(800, 560)
    hands.window.workspace.toggle_list(True)
    turned_on(hands)
    hands.wait(lambda: says(hands) == "1 Mar 2025")
    assert flag(hands).accessibleName() == "known on 1 Mar 2025"
    assert flag(hands).rect().contains(hands.find("known_play").geometry())


def test_playing_goes_through_the_publications_and_stops_at_the_last(hands):
    turned_on(hands)
    seen = []
    hands.window.workspace.known_on.changed.connect(lambda _day: seen.append(says(hands)))
    hands.click("known_play")
    hands.wait(lambda: hands.sees("known_pause"))
    hands.wait(lambda: hands.sees("known_play"))
    assert seen == ["known on 10 Jan 2025", "known on 12 Feb 2025", "known on 1 Mar 2025"]


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Escape])
def test_space_plays_and_space_or_esc_stop(hands, key):
    turned_on(hands)
    hands.press(Key.Key_Space)
    assert hands.window.workspace.known_on.is_playing
    assert hands.sees("known_pause")
    hands.press(key)
    assert not hands.window.workspace.known_on.is_playing
    assert says(hands) == "known on 10 Jan 2025"


def test_a_step_stops_playing(hands):
    turned_on(hands)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Right)
    assert not hands.window.workspace.known_on.is_playing


def test_the_cross_clears_and_esc_gives_the_keyboard_back(hands):
    turned_on(hands)
    hands.press(Key.Key_Escape)
    assert is_on(hands)
    assert QApplication.focusWidget() is hands.timeline
    hands.click("known_close")
    assert not is_on(hands)
    assert len(hands.listed()) == 7


def test_delete_on_the_flag_deletes_no_event(hands):
    hands.click_mark(hands.id_of("Early"))
    turned_on(hands)
    hands.press(Key.Key_Delete)
    assert not is_on(hands)
    assert hands.id_of("Early") is not None
    assert QApplication.focusWidget() is hands.timeline


def test_filter_and_day_hold_back_together(hands):
    hands.press(Key.Key_L, CTRL)
    turned_on(hands)
    hands.press(Key.Key_Home)
    hands.click("chip_withdrawal")
    assert hands.listed() == []
    assert "10 Jan 2025" in hands.says("list_empty")
    hands.click("chip_withdrawal")
    hands.press(Key.Key_T, CTRL | SHIFT)
    assert len(hands.listed()) == 7


def test_an_edit_is_seen_on_the_day_that_is_set(hands):
    turned_on(hands)
    hands.press(Key.Key_Home)
    early = hands.id_of("Early")
    hands.document.delete_event(early)
    assert hands.listed() == ["Unsourced"]
    hands.document.undo()
    assert hands.listed() == ["Early", "Unsourced"]
    assert says(hands) == "known on 10 Jan 2025"


def test_without_any_date_of_publication_it_says_what_is_missing(start, tmp_path):
    document = Document.create(tmp_path / "none.dateline")
    document.save_event(an_event())
    document.close()
    hands = start(document.path)
    hands.press(Key.Key_T, CTRL | SHIFT)
    assert not hands.sees("known_flag")
    assert "No source" in hands.says("notice_text")
    assert not menu_action(hands, "View", "As Known On").isChecked()


def test_a_step_asks_the_document_nothing(hands):
    hands.press(Key.Key_L, CTRL)
    hands.click_mark(hands.id_of("Early"))
    turned_on(hands)
    hands.press(Key.Key_Home)
    hands.picture()
    assert statements_executed(lambda: hands.document.store.event_ids()) == 1
    assert statements_executed(lambda: hands.press(Key.Key_Right)) == 0
    assert statements_executed(lambda: hands.press(Key.Key_Right, SHIFT)) == 0
