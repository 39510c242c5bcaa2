"""What a form takes from the source that its claim names: the year, the language, and the words for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from viewer.domain.dates import read_date
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event
from viewer.ui.forms.entry import Choices, SourceChoice
from viewer.ui.forms.event_form import EventForm
from viewer.ui.text import PlainLabel

CHOICES = Choices(
    kinds=BUILT_IN_KINDS,
    actors=(),
    places=(),
    sources=(
        SourceChoice("s1", "Winter", "The Paper", "en", read_date("2025-02")),
        SourceChoice("s2", "Hiver", "Le Journal", "fr", read_date("2023-12-05")),
        SourceChoice("s3", "Undated", "Der Bote", "de"),
    ),
    events=(),
    text_of={}.get,
)


@pytest.fixture
def form(qtbot, dressed):
    made = EventForm(CHOICES)
    qtbot.addWidget(made)
    made.resize(380, 900)
    made.show()
    made.start_new(BUILT_IN_KINDS[0])
    return made


def find(form, name, kind=QWidget):
    return form.findChild(kind, name)


def write(qtbot, form, name, text):
    line = find(form, name, QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def press(qtbot, form, name):
    qtbot.mouseClick(find(form, name, QPushButton), Qt.MouseButton.LeftButton)


def when(qtbot, form):
    """The date as the form would save it."""
    if not find(form, "title", QLineEdit).text():
        write(qtbot, form, "title", "There")
    with qtbot.waitSignal(form.submitted) as heard:
        press(qtbot, form, "save")
    return heard.args[0].event.when


def said(form, name="when_whence"):
    label = find(form, name, PlainLabel)
    return label.text() if label.isVisible() else ""


def test_the_year_comes_from_the_source_that_the_claim_names(qtbot, form):
    write(qtbot, form, "when", "in October")
    assert said(form) == "No source with a date is chosen: write the year."
    write(qtbot, form, "claim_0_source", "Winter")
    assert said(form) == "Year taken from Feb 2025, The Paper"
    date = when(qtbot, form)
    assert (date.text, date.edtf, date.reference, date.language) == ("in October", "2024-10", "2025-02", "en")


def test_another_source_is_another_year(qtbot, form):
    write(qtbot, form, "claim_0_source", "Winter")
    write(qtbot, form, "when", "in October")
    write(qtbot, form, "claim_0_source", "Hiver")
    assert said(form) == "Year taken from 5 Dec 2023, Le Journal"
    assert when(qtbot, form).edtf == "2023-10"


def test_the_language_of_the_source_decides_on_days_and_months(qtbot, form):
    write(qtbot, form, "claim_0_source", "Undated")
    write(qtbot, form, "when", "03/04/2025")
    assert when(qtbot, form).edtf == "2025-04-03"
    write(qtbot, form, "claim_0_source", "Winter")
    assert when(qtbot, form).ambiguous


def test_the_first_supporting_claim_with_a_dated_source_counts(qtbot, form):
    write(qtbot, form, "when", "in October")
    write(qtbot, form, "claim_0_source", "Winter")
    stance = find(form, "claim_0_stance", QComboBox)
    stance.setCurrentIndex(1)
    assert said(form) == "No source with a date is chosen: write the year."
    press(qtbot, form, "add_claim")
    write(qtbot, form, "claim_1_source", "Hiver")
    assert said(form).endswith("Le Journal")
    stance.setCurrentIndex(0)
    assert said(form).endswith("The Paper")
    press(qtbot, form, "claim_0_remove")
    assert said(form).endswith("Le Journal")


def test_a_new_source_with_a_date_counts_too(qtbot, form):
    write(qtbot, form, "when", "yesterday")
    write(qtbot, form, "claim_0_source", "A fresh article")
    press(qtbot, form, "claim_0_source_unfold")
    write(qtbot, form, "claim_0_source_publisher", "The Wire")
    write(qtbot, form, "claim_0_source_published", "10 March 2025")
    assert said(form) == "Counted from 10 Mar 2025, The Wire"
    assert when(qtbot, form).edtf == "2025-03-09"


def test_the_date_of_a_new_source_is_read_in_its_language(qtbot, form):
    write(qtbot, form, "claim_0_source", "A fresh article")
    press(qtbot, form, "claim_0_source_unfold")
    write(qtbot, form, "claim_0_source_published", "03/04/2025")
    which = "claim_0_source_published_reading_0"
    assert find(form, which).isVisible()
    write(qtbot, form, "claim_0_source_language", "fr")
    assert not any(pill.isVisible() for pill in form.findChildren(QWidget, which))


def test_an_event_that_is_only_opened_keeps_its_date(qtbot, form):
    date = read_date("in October", reference=read_date("2019-11"), language="en")
    event = Event(uid="e", kind="deployment", title="T", when=date, claims=(Claim(uid="c", source="s1"),))
    form.start_edit(event)
    assert not form.is_dirty()
    assert said(form) == "Year taken from Nov 2019"
    assert when(qtbot, form) == date


def test_a_draft_is_read_in_the_source_that_it_names(qtbot, form):
    write(qtbot, form, "when", "in October")
    write(qtbot, form, "claim_0_source", "Hiver")
    kept = form.data()
    other = EventForm(CHOICES)
    qtbot.addWidget(other)
    other.show()
    other.restore(kept)
    assert said(other).endswith("Le Journal")


def test_the_language_goes_to_the_number_as_well(qtbot, form):
    write(qtbot, form, "claim_0_source", "Hiver")
    find(form, "quantity_text", QLineEdit).insert("près de mille soldats")
    with qtbot.waitSignal(form.submitted) as heard:
        write(qtbot, form, "title", "There")
        press(qtbot, form, "save")
    quantity = heard.args[0].event.quantity
    assert (quantity.low, quantity.high, quantity.qualifier) == (1000, 1000, "nearly")
