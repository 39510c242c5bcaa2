from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListView

from viewer.ui.forms.choice_field import ChoiceField, NamesField
from viewer.ui.forms.pills import Pill
from viewer.ui.forms.suggestions import Option, Suggestions
from viewer.ui.text import PlainLabel

PLACES = ("Kursk region", "Corée du Nord", "Russia", "<b>Kursk</b> & Co")


@pytest.fixture
def place(qtbot, dressed):
    made = ChoiceField("Where", "place", PLACES)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def names(qtbot, dressed):
    made = NamesField("Who", "force", [Option(name, name) for name in ("North Korea", "Russia")])
    qtbot.addWidget(made)
    made.show()
    return made


def line(field):
    return field.findChild(QLineEdit)


def popup(field):
    return next(view for view in field.window().findChildren(QListView) if view.isVisible())


def offered(field):
    model = popup(field).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pills(field):
    return [pill for pill in field.findChildren(Pill) if pill.isVisible()]


def test_known_names_are_offered_without_regard_to_accents(qtbot, place):
    qtbot.keyClicks(line(place), "coree")
    assert offered(place) == ["Corée du Nord"]


def test_a_name_is_offered_as_it_is(qtbot, place):
    qtbot.keyClicks(line(place), "kursk")
    assert offered(place) == ["Kursk region", "<b>Kursk</b> & Co"]


def test_a_click_in_the_popup_chooses(qtbot, place):
    qtbot.keyClicks(line(place), "kur")
    view = popup(place)
    where = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert place.value() == "Kursk region"
    assert not place.findChild(PlainLabel, "place_new").isVisible()


def test_arrow_and_enter_choose(qtbot, place):
    qtbot.keyClick(line(place), Qt.Key.Key_Down)
    assert popup(place).isVisible()
    qtbot.keyClick(line(place), Qt.Key.Key_Down)
    qtbot.keyClick(line(place), Qt.Key.Key_Down)
    qtbot.keyClick(line(place), Qt.Key.Key_Return)
    assert place.value() == PLACES[1]
    assert not any(view.isVisible() for view in place.window().findChildren(QListView))


def test_esc_closes_the_list_and_keeps_the_words(qtbot, place):
    qtbot.keyClicks(line(place), "kur")
    qtbot.keyClick(line(place), Qt.Key.Key_Escape)
    assert not any(view.isVisible() for view in place.window().findChildren(QListView))
    assert place.value() == "kur"


def test_an_unknown_name_is_created_and_marked_as_new(qtbot, place):
    qtbot.keyClicks(line(place), "Sudzha")
    assert place.value() == "Sudzha"
    assert place.findChild(PlainLabel, "place_new").isVisible()


def test_a_name_that_was_loaded_comes_back_as_it_was(place):
    place.load(" two\nlines ")
    assert place.value() == " two\nlines "


def test_names_become_pills(qtbot, names):
    qtbot.keyClicks(line(names), "Russia")
    qtbot.keyClick(line(names), Qt.Key.Key_Return)
    qtbot.keyClicks(line(names), "A brigade")
    assert names.chosen() == ("Russia", "A brigade"), "what is typed counts before Enter too"
    qtbot.keyClick(line(names), Qt.Key.Key_Return)
    assert line(names).text() == ""
    assert [pill.accessibleName() for pill in pills(names)] == ["Russia", "A brigade"]


def test_a_pill_is_removed_by_its_cross(qtbot, names):
    names.load(["Russia", "North Korea"])
    first = pills(names)[0]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=first.cross().center())
    assert names.chosen() == ("North Korea",)


def test_a_click_on_the_name_removes_nothing(qtbot, names):
    names.load(["Russia"])
    qtbot.mouseClick(pills(names)[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert names.chosen() == ("Russia",)


def test_backspace_in_the_empty_line_removes_the_last(qtbot, names):
    names.load(["Russia", "North Korea"])
    qtbot.keyClicks(line(names), "x")
    qtbot.keyClick(line(names), Qt.Key.Key_Backspace)
    assert len(names.chosen()) == 2
    qtbot.keyClick(line(names), Qt.Key.Key_Backspace)
    assert names.chosen() == ("Russia",)


def test_any_pill_is_removed_by_key(qtbot, names):
    names.load(["Russia", "North Korea"])
    qtbot.keyClick(pills(names)[0], Qt.Key.Key_Delete)
    assert names.chosen() == ("North Korea",)


def test_only_known_ones_where_none_can_be_created(qtbot, dressed):
    events = [Option("1", "Back at the front"), Option("2", "Twice"), Option("3", "Twice", "second")]
    field = NamesField("About", "about", events, may_create=False)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(line(field), "Back at the fron")
    assert field.check() is line(field)
    qtbot.keyClicks(line(field), "t")
    assert field.check() is None
    assert field.chosen() == ("1",)
    line(field).clear()
    qtbot.keyClicks(line(field), "Twice")
    assert field.check() is line(field)
    assert "Several" in field.findChild(PlainLabel, "about_echo").text()
    view = popup(field)
    where = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert field.chosen() == ("3",)


def test_a_million_names_make_a_short_popup(qtbot, dressed):
    box = QLineEdit()
    qtbot.addWidget(box)
    found = Suggestions(box, [Option(str(n), f"Name {n}") for n in range(100_000)]).matches("name 9")
    assert 0 < len(found) <= 30


def test_a_draft_keeps_names_and_what_is_being_typed(qtbot, names):
    names.load(["Russia"])
    qtbot.keyClicks(line(names), "Nor")
    other = NamesField("Who", "force", ())
    qtbot.addWidget(other)
    other.restore(names.data())
    assert other.data() == names.data()
