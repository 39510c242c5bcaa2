"""The whole main job at the real window, by mouse and keyboard alone: read, add, revise, delete, undo."""

from __future__ import annotations

from hands import CTRL
from PySide6.QtCore import QPoint, Qt

from viewer.domain.calendar import civil

Key = Qt.Key
TITLE = "Égarés beyond the river"
TEXT = "Au matin, 300 éclaireurs ont passé la frontière. Personne ne les a revus."
QUOTE = "300 éclaireurs ont passé la frontière"


def spaced(text):
    """A text with one plain space wherever it has any: Qt shows a no-break space and gives back a plain one."""
    return " ".join(text.split())


def test_a_click_on_a_mark_shows_its_quote_inside_the_surrounding_text(hands):
    event = hands.event_of("2024-08")
    quote = event.claims[0].quote
    hands.click_mark(event.id)
    assert hands.says("inspector_title") == event.title
    shown, text = hands.says("claim_0_quote"), hands.document.store.source(event.claims[0].source).text
    assert spaced(quote) in spaced(shown)
    assert spaced(shown) in spaced(text)
    assert len(shown) > len(quote)


def test_a_deployment_is_added_with_source_and_quote_undone_redone_and_found_tomorrow(hands, start, kursk):
    before = hands.listed()
    hands.press(Key.Key_1, CTRL)
    assert hands.says("form_title") == "New deployment"
    hands.type(TITLE)
    without_ghost = hands.picture()
    hands.write("when", "[2025-01..2025-02]")
    assert hands.says("when_echo") == "some day from January to February 2025"
    hands.wait(lambda: hands.picture() != without_ghost)
    hands.write("claim_0_source", "Carnet de route")
    hands.click("claim_0_source_unfold")
    hands.click("claim_0_source_text")
    hands.paste(TEXT)
    hands.click("claim_0_quote")
    hands.paste(QUOTE)
    assert hands.says("claim_0_quote_check") == "found in the stored text"
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))

    event = hands.id_of(TITLE)
    hands.settle()
    assert hands.in_sight(event)
    assert TITLE in hands.listed()
    assert QUOTE in hands.says("claim_0_quote")
    assert hands.says("claim_0_quote") == TEXT

    hands.press(Key.Key_Z, CTRL)
    assert hands.id_of(TITLE) is None
    assert hands.timeline.rectangle_of(event) is None
    assert hands.listed() == before
    assert hands.sees("inspector_empty")
    hands.press(Key.Key_Y, CTRL)
    event = hands.id_of(TITLE)
    assert hands.in_sight(event)
    hands.click_mark(event)
    assert hands.says("claim_0_quote") == TEXT
    hands.close()

    again = start(kursk)
    event = again.id_of(TITLE)
    again.click_mark(event)
    assert again.says("claim_0_quote") == TEXT
    again.press(Key.Key_Z, CTRL)
    assert again.listed() == before
    assert again.timeline.rectangle_of(event) is None


def test_the_ghost_goes_when_the_form_is_given_up(hands):
    without = hands.picture()
    hands.press(Key.Key_1, CTRL)
    hands.write("when", "Feb 2025")
    assert hands.says("when_echo") == "some day in February 2025"
    hands.wait(lambda: hands.picture() != without)
    hands.press(Key.Key_Escape)
    hands.click("discard")
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.picture() == without


def test_nothing_typed_is_lost_where_something_is_missing(hands):
    hands.press(Key.Key_3, CTRL)
    hands.write("when", "some day or other")
    hands.press(Key.Key_Return, CTRL)
    assert hands.sees("title_echo")
    hands.type("They said so")
    hands.press(Key.Key_Return, CTRL)
    hands.click("when_keep")
    hands.wait(lambda: not hands.sees("form_title"))
    saved = hands.document.store.event(hands.id_of("They said so"))
    assert (saved.kind, saved.when.text, saved.when.is_dated) == ("statement", "some day or other", False)
    assert hands.in_sight(saved.id)


def test_a_double_click_on_a_mark_edits_it(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id, twice=True)
    assert hands.says("form_title") == "Edit deployment"
    assert hands.says("title") == event.title
    hands.write("title", "Revised by hand")
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.document.store.event(event.id).title == "Revised by hand"
    assert hands.says("inspector_title") == "Revised by hand"
    assert "Revised by hand" in hands.listed()
    assert hands.document.store.event(event.id).claims == event.claims
    hands.press(Key.Key_Z, CTRL)
    assert hands.document.store.event(event.id) == event
    assert hands.says("inspector_title") == event.title


def test_delete_by_key_and_undo_from_the_notice(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.press(Key.Key_Delete)
    assert hands.timeline.rectangle_of(event.id) is None
    assert event.title not in hands.listed()
    assert event.title[:40] in hands.says("notice_text")
    hands.click("notice_action_0")
    assert hands.document.store.event(event.id) == event
    assert hands.in_sight(event.id)
    assert not hands.sees("notice")


def test_after_the_button_of_the_inspector_the_keyboard_still_undoes(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.click("inspector_delete")
    assert event.title not in hands.listed()
    hands.press(Key.Key_Z, CTRL)
    assert event.title in hands.listed()
    hands.press(Key.Key_Y, CTRL)
    assert event.title not in hands.listed()


def test_a_double_click_on_empty_timeline_opens_the_form_with_that_date(hands):
    view = hands.timeline
    lane = view.scene().lanes[1]
    x = view.scene().heading + 40
    hands.double_click(view, QPoint(round(x), round(lane.y + lane.height - 5)))
    assert hands.says("form_title") == "New withdrawal"
    year, month, *_ = civil(view.scale().t(40))
    assert hands.says("when").startswith(f"{year:04}-{month:02}")
    hands.type("Left without a word")
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.document.store.event(hands.id_of("Left without a word")).kind == "withdrawal"


def test_the_delete_key_in_a_field_deletes_a_letter_and_no_event(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.press(Key.Key_F, CTRL)
    hands.type("xy")
    hands.press(Key.Key_Home)
    hands.press(Key.Key_Delete)
    assert hands.says("search") == "y"
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_Delete)
    assert hands.document.store.event(event.id) == event


def test_the_delete_key_in_the_form_deletes_no_event(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id, twice=True)
    hands.write("title", "Half typed")
    for name in ("title", "quantity_measure", "claim_0_quote", "claim_0_stance"):
        hands.find(name).setFocus()
        hands.press(Key.Key_Delete)
    assert hands.document.store.event(event.id) == event


def test_a_first_entry_in_a_new_document(start, tmp_path):
    hands = start()
    with hands.answering(tmp_path / "fresh"):
        hands.click("welcome_new")
    assert hands.document.path == tmp_path / "fresh.dateline"
    hands.double_click(hands.timeline)
    assert hands.says("form_title") == "New withdrawal"
    hands.type("The very first")
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: hands.listed() == ["The very first"])
    hands.settle()
    assert hands.in_sight(hands.id_of("The very first"))


def test_undo_says_what_it_took_back_and_selects_the_event_again(hands):
    event = hands.event_of("2024-08")
    hands.click_mark(event.id)
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_Z, CTRL)
    hands.wait(lambda: hands.says("inspector_title") == event.title)
    assert hands.says("status_saved").startswith("Undone: Delete")
    hands.press(Key.Key_Y, CTRL)
    assert hands.says("status_saved").startswith("Redone: Delete")
