from __future__ import annotations

import re

import pytest
from desk_hands import ALT, CTRL, PLAIN, SHIFT, Reader, passage, real_source, source
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from viewer.ui.desk.records import DeskTitle
from viewer.ui.theme import themes

Key = Qt.Key
STORY = (
    "The first units left in May. A second sentence follows.\n"
    "Between 10,000 and 12,000 soldiers 😀 came 한국군 by sea. They stayed.\n\n"
    "The last paragraph has <b>no</b> markup & ends."
)
LONG = "\n".join(
    f"Paragraph {number} says something of its own, and then a little more." for number in range(400)
)


@pytest.fixture
def reader(dressed, qtbot):
    return Reader(qtbot, source(STORY, ("first units left", 1), ("soldiers 😀 came", 2)))


# Passages


def test_a_click_on_a_passage_chooses_its_event(reader):
    reader.click(reader.point("units"))
    assert reader.chosen == [1]
    reader.click(reader.point("10,000"))
    reader.click(QPoint(reader.page.viewport().width() - 5, reader.point("units").y()))
    assert reader.chosen == [1]


def test_enter_chooses_the_passage_at_the_caret(reader):
    reader.press(Key.Key_Period, times=2)
    reader.press(Key.Key_Return)
    assert reader.chosen == [2]
    reader.press(Key.Key_Comma)
    reader.press(Key.Key_Return)
    assert reader.chosen == [2, 1]


def test_clicks_go_through_passages_that_overlap(dressed, qtbot):
    quotes = [("first units left in May", 1), ("units left", 2), ("The first units", 3)]
    reader = Reader(qtbot, source(STORY, *quotes))
    at = reader.point("units", 1)
    for _ in range(4):
        reader.click(at)
        QTest.qWait(QApplication.doubleClickInterval() + 20)
    assert reader.chosen == [2, 3, 1, 2]


def test_an_event_brings_its_passage_into_view(dressed, qtbot):
    reader = Reader(qtbot, source(LONG, ("Paragraph 300 says", 7), ("Paragraph 302 says", 8)))
    assert not reader.in_sight("Paragraph 300 ")
    reader.desk.show_event(7, "Seven")
    middle = reader.page.viewport().height() / 2
    assert abs(reader.point("Paragraph 300 ").y() - middle) < 40
    before = reader.point("Paragraph 300 ")
    reader.desk.show_event(8, "Eight")
    assert reader.point("Paragraph 300 ") == before  # it was in view already


def test_a_passage_that_is_clicked_stays_where_it_is(dressed, qtbot):
    quote = LONG[LONG.index("Paragraph 3 ") : LONG.index("Paragraph 60 ")]
    reader = Reader(qtbot, source(LONG, (quote, 5)))
    reader.desk.passage_chosen.connect(lambda event: reader.desk.show_event(event, "Five"))
    reader.wheel(-3)
    before = reader.page.top_edge()
    reader.click(reader.point("Paragraph 10 "))
    assert reader.chosen == [5]
    assert reader.page.top_edge() == before


def test_an_event_glides_into_view(dressed, qtbot):
    reader = Reader(qtbot, source(LONG, ("Paragraph 300 says", 7)))
    reader.desk.set_reduced_motion(False)
    reader.desk.show_event(7)
    middle = reader.page.viewport().height() / 2
    qtbot.waitUntil(lambda: abs(reader.point("Paragraph 300 ").y() - middle) < 40)


def test_passages_are_painted_in_the_colour_of_their_kind(dressed, qtbot):
    marked = source(
        STORY,
        passage(STORY, "first units left", 1),
        passage(STORY, "units left in May", 2),
        passage(STORY, "Between 10,000", 3, colour="withdrawal"),
        passage(STORY, "They stayed", 4, retracted=True),
    )
    reader = Reader(qtbot, marked)

    def ground(words, place=0):
        """The colour beside the letters, where the ground shows."""
        start = STORY.index(words) + place
        box = reader.page.box_of(start, start + 1).translated(reader.page.mapTo(reader.desk, QPoint(0, 0)))
        return reader.desk.grab().toImage().pixelColor(box.left() + 1, box.top() + 5)

    for choice in ("light", "dark"):
        themes().set_choice(choice)
        plain = ground("A second")
        single, both = ground("first", 1), ground("left in", 1)
        assert single.blue() - single.red() > plain.blue() - plain.red()
        assert both.blue() - both.red() > single.blue() - single.red()
        assert ground("Between", 2).red() > ground("Between", 2).blue()
        assert ground("They stayed", 2) == plain
        reader.desk.show_event(1)
        assert ground("first", 1) != single
        reader.desk.show_event(None)


def test_quotes_that_no_longer_stand_are_said(dressed, qtbot):
    marked = source(STORY, ("first units left", 1), passage(STORY, "something else", 2, title="Gone"))
    reader = Reader(qtbot, marked)
    assert reader.says("desk_broken") == "1 quote no longer stands in this text"
    assert "1 passage" in reader.find("desk_details").full_text()
    reader.push("desk_broken")
    menu = QApplication.activePopupWidget()
    (action,) = menu.actions()
    assert action.text() == "Gone: “something else”"
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, PLAIN, menu.actionGeometry(action).center())
    assert reader.chosen == [2]
    reader.desk.show_source(source(STORY, ("first units left", 1)))
    assert reader.says("desk_broken") is None


def test_new_passages_leave_the_page_where_it_is(dressed, qtbot):
    reader = Reader(qtbot, source(LONG))
    reader.press(Key.Key_End, CTRL)
    reader.press(Key.Key_Home, SHIFT)
    before, selected = reader.page.top_edge(), reader.selected()
    reader.desk.show_source(source(LONG, ("Paragraph 399", 5)))
    assert (reader.page.top_edge(), reader.selected()) == (before, selected)
    reader.click(reader.point("Paragraph 399"))
    assert reader.chosen == [5]


# Selecting


def test_a_drag_selects_from_letter_to_letter(reader):
    reader.drag(reader.point("first") - QPoint(3, 0), reader.point("left", 3) + QPoint(4, 0))
    assert reader.selected() == "first units left"
    assert reader.chosen == []


def test_a_double_click_selects_a_word_and_a_third_click_the_sentence(reader):
    at = reader.point("한국군", 1)
    reader.click(at)
    reader.double_click(at)
    assert reader.selected() == "한국군"
    reader.click(at)
    assert reader.selected() == "Between 10,000 and 12,000 soldiers 😀 came 한국군 by sea."


def test_a_click_with_shift_extends(reader):
    reader.click(reader.point("second") - QPoint(3, 0))
    reader.click(reader.point("follows", 6) + QPoint(4, 0), SHIFT)
    assert reader.selected() == "second sentence follows"


KEYS = [
    ([(Key.Key_Right, SHIFT, 3)], "The"),
    ([(Key.Key_Right, CTRL, 1), (Key.Key_Right, CTRL | SHIFT, 2)], "first units "),
    ([(Key.Key_S, PLAIN, 1)], "The first units left in May."),
    ([(Key.Key_Right, SHIFT, 40), (Key.Key_S, PLAIN, 1)],
     "The first units left in May. A second sentence follows."),
    ([(Key.Key_Down, ALT, 1), (Key.Key_S, PLAIN, 1)], "A second sentence follows."),
    ([(Key.Key_Down, ALT, 3), (Key.Key_Up, ALT, 1), (Key.Key_Down, ALT | SHIFT, 1)],
     "Between 10,000 and 12,000 soldiers 😀 came 한국군 by sea. "),
    ([(Key.Key_Down, CTRL, 2), (Key.Key_End, SHIFT, 1)], "The last paragraph has <b>no</b> markup & ends."),
    ([(Key.Key_End, CTRL, 1), (Key.Key_Up, CTRL | SHIFT, 1)], "The last paragraph has <b>no</b> markup & ends."),
    ([(Key.Key_End, PLAIN, 1), (Key.Key_Left, SHIFT, 8)], "follows."),
    ([(Key.Key_Down, PLAIN, 1), (Key.Key_Home, PLAIN, 1), (Key.Key_Right, CTRL | SHIFT, 1)], "Between "),
    ([(Key.Key_A, CTRL, 1)], STORY),
    ([(Key.Key_A, CTRL, 1), (Key.Key_Escape, PLAIN, 1)], ""),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "expected"), KEYS)
def test_keys_select(reader, keys, expected):
    for key, modifiers, times in keys:
        reader.press(key, modifiers, times)
    assert reader.selected() == expected


def test_the_caret_steps_over_letters_not_over_their_halves(dressed, qtbot):
    reader = Reader(qtbot, source("a😀👩‍👩‍👧한é b"))
    places = []
    for _ in range(7):
        places.append(reader.page.caret_place())
        reader.press(Key.Key_Right)
    assert places == [0, 1, 2, 7, 8, 9, 10]


def test_a_selection_counts_code_points(reader):
    reader.click(reader.point("came"))
    reader.double_click(reader.point("came"))
    reader.press(Key.Key_D)
    ((kind, selection),) = reader.entries
    start, end = selection.span
    assert kind == "deployment"
    assert (selection.quote, STORY[start:end]) == ("came", "came")
    assert STORY[start - len(selection.prefix) : start] == selection.prefix
    assert selection.prefix.endswith("soldiers 😀 ")
    assert selection.suffix.startswith(" 한국군 by sea.")
    assert selection.sentences == "Between 10,000 and 12,000 soldiers 😀 came 한국군 by sea."
    assert selection.source_uid == "s"


def test_spaces_at_the_ends_are_no_part_of_a_quote(reader):
    reader.press(Key.Key_Right, CTRL)
    reader.press(Key.Key_Right, CTRL | SHIFT)
    assert reader.selected() == "first "
    assert reader.page.selection().quote == "first"


def test_what_is_copied_is_what_the_source_says(dressed, qtbot):
    nasty = "one\r\ntwo\u00a0three 😀 \u202eevil\u0007 \ufffc<img src='file:///etc/hostname'>\tend"
    reader = Reader(qtbot, source(nasty))
    QGuiApplication.clipboard().setText("before")
    reader.press(Key.Key_A, CTRL)
    reader.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == nasty


# Entries


def test_the_bar_offers_entries_beside_the_selection(reader):
    assert reader.bar() is None
    reader.press(Key.Key_S)
    bar = reader.bar()
    selected = reader.page.selection_box().translated(reader.page.mapTo(reader.desk, QPoint(0, 0)))
    assert not bar.geometry().intersects(selected)
    assert reader.desk.rect().contains(bar.geometry())
    assert not reader.find("new_claim")
    reader.push("new_withdrawal")
    assert [(kind, selection.quote) for kind, selection in reader.entries] == [
        ("withdrawal", "The first units left in May.")
    ]
    reader.press(Key.Key_Escape)
    assert reader.bar() is None


@pytest.mark.parametrize("size", [(760, 480), (300, 480), (760, 130)])
@pytest.mark.parametrize(
    "keys", [[(Key.Key_S, PLAIN)], [(Key.Key_End, CTRL), (Key.Key_S, PLAIN)], [(Key.Key_A, CTRL)]]
)
def test_the_bar_never_covers_the_selection(dressed, qtbot, size, keys):
    reader = Reader(qtbot, source(STORY), size)
    for key, modifiers in keys:
        reader.press(key, modifiers)
    bar = reader.bar()
    view = reader.page.viewport().rect()
    seen = (
        reader.page.selection_box().intersected(view).translated(reader.page.mapTo(reader.desk, QPoint(0, 0)))
    )
    assert bar is not None
    assert not bar.geometry().intersects(seen)


def test_claims_are_for_the_selected_event(reader):
    reader.press(Key.Key_S)
    reader.press(Key.Key_C)
    assert reader.claims == []
    reader.desk.show_event(1, "Units leave")
    assert "Units leave" in reader.find("new_claim").accessibleName()
    reader.press(Key.Key_C)
    reader.push("new_claim")
    assert [selection.quote for selection in reader.claims] == ["The first units left in May."] * 2
    reader.desk.show_event(None)
    reader.press(Key.Key_C)
    assert len(reader.claims) == 2


def test_letters_without_a_selection_do_nothing(reader):
    for key in (Key.Key_D, Key.Key_W, Key.Key_T, Key.Key_C):
        reader.press(key)
    assert (reader.entries, reader.claims) == ([], [])


def test_no_entry_is_made_of_a_whole_book(dressed, qtbot):
    reader = Reader(qtbot, source(LONG))
    reader.press(Key.Key_A, CTRL)
    assert reader.says("selection_too_long") == "Select at most 20,000 characters to make an entry of them."
    reader.press(Key.Key_D)
    assert reader.entries == []


# Finding


def test_words_are_found_and_stepped_through(dressed, qtbot):
    reader = Reader(qtbot, source("Février.\nUn février d'été.\nEn FEVRIER, l’été."))
    reader.press(Key.Key_F, CTRL)
    reader.type("fevrier")
    reader.press(Key.Key_Return)
    assert reader.says("find_count") == "1 of 3"
    reader.press(Key.Key_Return)
    assert reader.says("find_count") == "2 of 3"
    reader.press(Key.Key_Return, SHIFT, times=2)
    assert reader.says("find_count") == "3 of 3"
    reader.press(Key.Key_Escape)
    assert reader.says("find_count") is None
    assert reader.selected() == "FEVRIER"
    reader.press(Key.Key_F, CTRL)
    reader.type("l'ete")
    reader.press(Key.Key_Return)
    assert reader.says("find_count") == "1 of 1"
    reader.press(Key.Key_A, CTRL)
    reader.type("nowhere")
    reader.press(Key.Key_Return)
    assert reader.says("find_count") == "Not in this text"


def test_what_is_found_comes_into_view(dressed, qtbot):
    reader = Reader(qtbot, source(LONG))
    reader.push("desk_find")
    reader.type("paragraph 350")
    reader.press(Key.Key_Return)
    assert reader.in_sight("Paragraph 350 ")


# Sources


def test_an_empty_desk_says_what_to_do(dressed, qtbot):
    reader = Reader(qtbot)
    asked = []
    reader.desk.sources_wanted.connect(lambda: asked.append(True))
    assert reader.says("desk_empty").startswith("No sources yet.")
    reader.push("desk_empty_button")
    assert asked == [True]


@pytest.mark.parametrize("text", [None, "", "\n\n\r\n"])
def test_a_source_without_a_text_asks_for_one(dressed, qtbot, text):
    reader = Reader(qtbot, source(text))
    asked = []
    reader.desk.text_wanted.connect(asked.append)
    assert reader.says("desk_empty") == "No text is stored for this source."
    reader.push("desk_empty_button")
    assert asked == ["s"]
    reader.desk.show_source(source(STORY))
    assert reader.says("desk_empty") is None


def test_a_source_is_chosen_by_typing(dressed, qtbot):
    reader = Reader(qtbot, source(STORY))
    titles = [
        DeskTitle("s", "A title"),
        DeskTitle("b", "Été à Kyiv", "AFP"),
        DeskTitle("c", "Other", "Reuters"),
    ]
    reader.desk.set_sources(titles)
    reader.find("desk_source").setFocus()
    reader.type("ete")
    rows = reader.desk.findChild(QListView, "desk_source_list").model()
    assert [rows.index(row, 0).data() for row in range(rows.rowCount())] == ["Été à Kyiv  ·  AFP"]
    reader.press(Key.Key_Return)
    assert reader.wanted == ["b"]
    reader.push("desk_source")
    reader.press(Key.Key_Down, times=2)
    reader.press(Key.Key_Return)
    assert reader.wanted == ["b", "c"]
    reader.push("desk_source")
    reader.press(Key.Key_Escape)
    assert not reader.find("desk_sources").isVisible()


def test_a_source_that_is_gone_is_no_longer_read(dressed, qtbot):
    reader = Reader(qtbot, source(STORY))
    reader.desk.set_sources([DeskTitle("b", "Other")])
    assert reader.desk.source_uid() is None
    assert reader.says("desk_empty") == "Choose a source above to read it."


def test_a_screen_reader_hears_the_sentence_and_its_event(dressed, qtbot):
    reader = Reader(qtbot, source(STORY, passage(STORY, "first units left", 1, title="Units leave")))
    assert reader.page.accessibleName() == "Text of A title"
    reader.press(Key.Key_Right, CTRL)
    assert reader.page.accessibleDescription() == "The first units left in May. · Units leave"


# The real article


def test_from_reading_to_an_entry_by_keyboard(dressed, qtbot, seed):
    reader = Reader(qtbot, real_source(seed))
    reader.press(Key.Key_F, CTRL)
    reader.type("JoongAng")
    reader.press(Key.Key_Escape)
    reader.press(Key.Key_S)
    reader.press(Key.Key_D)
    ((kind, selection),) = reader.entries
    assert kind == "deployment"
    assert selection.quote.startswith("Le média")
    assert selection.quote == reader.text[slice(*selection.span)] == selection.sentences


def test_from_reading_to_an_entry_by_mouse(dressed, qtbot, seed):
    reader = Reader(qtbot, real_source(seed))
    at = reader.point("Selon les médias", 8)
    reader.click(at)
    reader.double_click(at)
    reader.click(at)
    reader.push("new_deployment")
    ((_kind, selection),) = reader.entries
    assert selection.quote == reader.text[slice(*selection.span)]
    assert selection.quote.startswith("Selon les médias")


def test_each_passage_of_the_real_article_goes_both_ways(dressed, qtbot, seed):
    shown = real_source(seed)
    reader = Reader(qtbot, shown)
    assert reader.desk.broken() == ()
    for quoted in shown.passages:
        reader.desk.show_event(quoted.event_id)
        spans = [p.span for p in shown.passages if p.event_id == quoted.event_id]
        box = reader.page.box_of(*spans[0])
        assert reader.page.viewport().rect().intersects(box)
        reader.desk.show_event(None)
        reader.chosen.clear()
        reader.click(reader.page.box_of(spans[0][0], spans[0][0] + 1).center())
        assert reader.chosen == [quoted.event_id]
        QTest.qWait(1)


# Long texts

ENDLESS = {
    "words": "Le mot suit le mot. Une phrase plus longue vient, avec une virgule. " * 73_000,
    "letters": "x" * 5_000_000,
    "hangul": "한국군" * 600_000,
    "lines": "A line of some words.\n" * 230_000,
    "breaks": "a\n" * 2_500_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_five_megabytes_are_laid_out_only_where_one_looks(dressed, qtbot, name):
    reader = Reader(qtbot, source(ENDLESS[name]))
    page, bar = reader.page, reader.page.verticalScrollBar()
    seen_at_once = page.viewport().height() // page.column.leading + 3
    assert 0 < page.laid_out <= 2 * seen_at_once
    for key, modifiers in [
        (Key.Key_End, CTRL),
        (Key.Key_PageUp, PLAIN),
        (Key.Key_Home, CTRL),
        (Key.Key_Down, CTRL),
    ]:
        before = page.laid_out
        reader.press(key, modifiers)
        page.viewport().grab()
        assert page.laid_out - before <= 3 * seen_at_once
    before = page.laid_out
    bar.setValue(bar.maximum() // 2)
    page.viewport().grab()
    assert page.laid_out - before <= 3 * seen_at_once
    reader.press(Key.Key_A, CTRL)
    assert page.selected_span() == (0, len(ENDLESS[name]))


def test_lines_without_end_are_broken_behind_sentences(dressed, qtbot):
    reader = Reader(qtbot, source(ENDLESS["words"]))
    blocks = reader.page.column.blocks
    for block in (0, 1, len(blocks) // 2):
        start, end = blocks.span(block)
        assert end - start <= 2_000
        assert re.search(r"[.] $", ENDLESS["words"][start:end])


def test_nothing_jumps_when_heights_turn_out_otherwise(dressed, qtbot):
    lines = [("word " if n % 3 else "W" * 30 + " ") * (5 + n * 7 % 160) + f"end{n}." for n in range(900)]
    reader = Reader(qtbot, source("\n".join(lines)))
    page, bar = reader.page, reader.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for clicks in (*[1] * 30, *[-1] * 60):
        place = page.column.place_at(QPointF(0, page.top_edge() + page.viewport().height() / 2))
        before = page.box_of(place, place + 1).top()
        reader.wheel(clicks)
        moved = page.box_of(place, place + 1).top() - before
        assert moved == clicks * QApplication.wheelScrollLines() * bar.singleStep()


def test_ten_thousand_passages_at_one_place(dressed, qtbot):
    quotes = [passage(STORY, "units left in May"[: 5 + n % 12], n) for n in range(10_000)]
    reader = Reader(qtbot, source(STORY, *quotes))
    assert len(reader.page.passages.marks(0, len(STORY))) <= 60
    reader.desk.show_event(9_999)
    reader.page.viewport().grab()
    reader.click(reader.point("units", 1))
    assert len(reader.chosen) == 1
