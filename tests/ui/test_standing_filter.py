"""The standing in the window: chosen in a popover, applied to everything, said and cleared."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hands import CTRL, SHIFT
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from viewer.document import Document
from viewer.domain.filters import Filter
from viewer.ui.standing import WantedStanding, standing_label


@pytest.fixture
def standing(start, tmp_path, sample):
    """A user at the window of the sample, the popover of the standing open."""
    document = Document.create(tmp_path / "s.dateline")
    document.import_files([(sample.name, sample.read_bytes())])
    document.close()
    hands = start(document.path)
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    hands.find("standing_popover")
    return hands


def chip(hands):
    return hands.find("standing")


def expected(hands, **criteria):
    """The titles that the document itself finds."""
    titles = {event.id: event.title for event in hands.document.store.events()}
    return sorted(titles[each] for each in hands.document.matching(Filter(**criteria)).ids)


def listed(hands):
    """The titles of the events in the list."""
    return sorted(title for title in hands.listed() if title != "Undated")


def shows(hands, **criteria):
    """Whether list and timeline show what the document finds, which is neither all nor nothing."""
    wanted = expected(hands, **criteria)
    assert 0 < len(wanted) < len(expected(hands)), "the sample tells the two apart"
    shown = hands.timeline.content().let_through()
    marked = sorted(event.title for event in hands.document.store.events() if shown.has(event.id))
    return listed(hands) == wanted == marked


def go_down(hands, name, steps):
    """Go down in a choice by the keyboard."""
    hands.find(name).setFocus()
    for _ in range(steps):
        hands.press(Qt.Key.Key_Down)


def test_only_what_is_disputed(standing):
    standing.press(Qt.Key.Key_Space)
    assert shows(standing, disputed=True)
    assert chip(standing).words() == "disputed"
    hidden = len(expected(standing)) - len(expected(standing, disputed=True))
    assert f"{hidden} hidden by the standing" in standing.says("status_shown")
    standing.click("standing_disputed", QPoint(12, 12))
    assert listed(standing) == expected(standing)
    assert chip(standing).words() == "Any standing"


def test_only_what_enough_origins_say(standing):
    go_down(standing, "standing_origins", 2)
    assert shows(standing, min_origins=2)
    assert chip(standing).words() == "2+ origins"


def test_only_what_is_graded_well_enough(standing):
    go_down(standing, "standing_reliability", 2)
    assert shows(standing, reliability="B")
    assert chip(standing).words() == "B or better"
    go_down(standing, "standing_credibility", 2)
    assert listed(standing) == expected(standing, reliability="B", credibility=2)
    assert chip(standing).words() == "B2 or better"


def test_a_choice_is_made_with_the_mouse_and_its_list_leaves_the_popover_open(standing):
    standing.click("standing_origins")
    choices = standing.find("standing_origins").view()
    standing.wait(choices.isVisible)
    standing.press(Qt.Key.Key_Escape)
    standing.wait(lambda: not choices.isVisible())
    assert standing.sees("standing_popover")


def test_what_hides_is_said_together(standing):
    standing.press(Qt.Key.Key_Space)
    standing.press(Qt.Key.Key_Escape)
    standing.click("chip_statement")
    assert "hidden by kinds and standing" in standing.says("status_shown")
    standing.press(Qt.Key.Key_T, CTRL)
    standing.write("period_from", "2025")
    standing.press(Qt.Key.Key_Return)
    assert "hidden by kinds, period and standing" in standing.says("status_shown")


def test_escape_closes_it_and_keeps_what_is_set(standing):
    standing.press(Qt.Key.Key_Space)
    standing.press(Qt.Key.Key_Escape)
    assert not standing.sees("standing_popover")
    assert QApplication.focusWidget() is chip(standing)
    assert shows(standing, disputed=True)
    standing.press(Qt.Key.Key_Return)
    assert standing.find("standing_disputed").isChecked()


def test_the_cross_and_the_delete_key_clear_it(standing):
    standing.press(Qt.Key.Key_Space)
    standing.press(Qt.Key.Key_Escape)
    standing.click(chip(standing), chip(standing).cross().center())
    assert listed(standing) == expected(standing)
    assert not standing.sees("standing_popover")
    standing.click("standing")
    standing.press(Qt.Key.Key_Space)
    standing.press(Qt.Key.Key_Escape)
    assert shows(standing, disputed=True)
    standing.press(Qt.Key.Key_Delete)
    assert listed(standing) == expected(standing)


def test_the_cross_closes_the_popover_that_would_go_on_showing_what_was_set(standing):
    standing.press(Qt.Key.Key_Space)
    standing.wait(lambda: not chip(standing).cross().isNull())
    standing.click(chip(standing), chip(standing).cross().center())
    assert listed(standing) == expected(standing)
    assert not standing.sees("standing_popover")
    standing.click("standing")
    assert not standing.find("standing_disputed").isChecked()


def test_any_standing_clears_all_of_it_at_once(standing):
    heard = []
    standing.press(Qt.Key.Key_Space)
    go_down(standing, "standing_origins", 1)
    standing.window.workspace.header.filter_changed.connect(heard.append)
    standing.click("standing_any")
    assert heard == [Filter()]
    assert not standing.sees("standing_popover")
    standing.click("standing")
    assert not standing.find("standing_disputed").isChecked()
    assert standing.find("standing_origins").currentText() == "any number"


def test_show_all_clears_it(standing):
    standing.press(Qt.Key.Key_Space)
    standing.press(Qt.Key.Key_Escape)
    standing.add_deployment("Without a claim")
    assert "Without a claim" not in standing.listed()
    standing.click("notice_action_0")
    assert listed(standing) == expected(standing)
    assert chip(standing).words() == "Any standing"


def test_one_popover_at_a_time_and_another_place_closes_it(standing):
    standing.click("period")
    assert standing.sees("period_popover")
    assert not standing.sees("standing_popover")
    standing.choose_in_menu("View", "Standing")
    assert standing.sees("standing_popover")
    assert not standing.sees("period_popover")
    standing.click("standing")
    assert not standing.sees("standing_popover")
    standing.click("standing")
    standing.click(standing.timeline, QPoint(500, 300))
    assert not standing.sees("standing_popover")


@pytest.mark.parametrize("width", [800, 1024, 1280, 1440, 1920])
def test_with_all_of_it_set_nothing_in_the_header_overlaps(standing, width):
    standing.press(Qt.Key.Key_Space)
    go_down(standing, "standing_origins", 2)
    go_down(standing, "standing_reliability", 2)
    standing.press(Qt.Key.Key_T, CTRL)
    standing.write("period_from", "2025-01-15")
    standing.press(Qt.Key.Key_Return)
    standing.press(Qt.Key.Key_Escape)
    standing.window.resize(width, 800)
    header = standing.window.workspace.header
    standing.wait(lambda: header.width() == width)
    parts = [standing.find(name) for name in ("search", "period", "standing", "new_entry")]
    standing.wait(lambda: all(part.width() >= part.sizeHint().width() for part in parts[1:]))
    standing.wait(lambda: parts[0].width() >= 200)
    assert parts[-1].mapTo(header, QPoint(parts[-1].width(), 0)).x() <= width
    for one, other in pairwise(parts):
        assert one.mapTo(header, QPoint(one.width(), 0)).x() < other.mapTo(header, QPoint()).x()
    assert (chip(standing).words() == "") == (width < 1440)
    assert (standing.find("period").words() == "") == (width < 1024)


def test_it_fits_into_the_smallest_window(standing):
    standing.window.resize(800, 560)
    standing.wait(lambda: standing.window.width() == 800)
    popover = standing.find("standing_popover")
    standing.wait(lambda: standing.window.rect().contains(popover.geometry()))
    for name in ("disputed", "origins", "reliability", "credibility", "any"):
        part = standing.find(f"standing_{name}")
        place = part.rect()
        place.moveTopLeft(part.mapTo(popover, QPoint()))
        assert popover.rect().contains(place), name
        assert part.height() >= part.minimumSizeHint().height(), name


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (WantedStanding(), "Any standing"),
        (WantedStanding(True, 2, "B"), "disputed · 2+ origins · B or better"),
        (WantedStanding(reliability="A"), "A"),
        (WantedStanding(reliability="F", credibility=6), "F6"),
        (WantedStanding(reliability="A", credibility=2), "A2 or better"),
        (WantedStanding(credibility=3), "3 or better"),
        (WantedStanding(min_origins=1), "1+ origins"),
    ],
)
def test_a_standing_in_few_words(wanted, words):
    assert standing_label(wanted) == words
