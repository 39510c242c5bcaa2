from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QComboBox, QLineEdit

from viewer.domain.quantities import Quantity
from viewer.ui.forms.quantity_field import NumberError, QuantityField, bounds_of, read_number
from viewer.ui.text import PlainLabel


@pytest.fixture
def field(qtbot, dressed):
    made = QuantityField("How many", "quantity", measure="deployed")
    qtbot.addWidget(made)
    made.show()
    return made


def box(field, name):
    return field.findChild(QLineEdit, f"quantity_{name}")


def combo(field, name):
    return field.findChild(QComboBox, f"quantity_{name}")


def echo(field):
    return field.findChild(PlainLabel, "quantity_echo")


def choose(field, name, value):
    combo(field, name).setCurrentIndex(combo(field, name).findData(value))


@pytest.mark.parametrize(
    "text", ["3000", "3,000", "3 000", "3\u202f000", "3\u2009000", "3\u00a0000", " 3000 "]
)
def test_thousands_may_be_separated(text):
    assert read_number(text) == 3000


@pytest.mark.parametrize(
    "text", ["many", "3,0", "1,00", "3 00", "-5", "1e9", "٣", "9" * 16, "3,000 soldiers"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberError):
        read_number(text)


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u202f", "\u00a0", ""]))
def test_a_written_number_is_read_back(number, gap):
    assert read_number(f"{number:,}".replace(",", gap)) == number


def test_from_and_to_are_echoed(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "10 000")
    qtbot.keyClicks(box(field, "high"), "12,000")
    qtbot.keyClicks(box(field, "unit"), "soldiers")
    assert echo(field).text() == "10,000–12,000 soldiers · deployed"
    assert field.value() == Quantity(
        low=10_000, high=12_000, qualifier="between", unit="soldiers", measure="deployed"
    )
    assert combo(field, "qualifier").currentText() == "between"


def test_an_upper_bound_alone_is_at_most(qtbot, field):
    qtbot.keyClicks(box(field, "high"), "3000")
    assert field.value() == Quantity(high=3000, qualifier="at_most", measure="deployed")
    assert echo(field).text() == "up to 3,000 · deployed"


def test_about_one_number_means_that_number(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "1000")
    choose(field, "qualifier", "nearly")
    assert field.value() == Quantity(low=1000, high=1000, qualifier="nearly", measure="deployed")
    choose(field, "qualifier", "at_most")
    assert field.value() == Quantity(high=1000, qualifier="at_most", measure="deployed")


@pytest.mark.parametrize("qualifier", [None, "exact", "at_most", "at_least", "between"])
def test_two_numbers_stay_two_numbers(qualifier):
    assert bounds_of(qualifier, 1, 2) == (1, 2)
    assert bounds_of(qualifier, None, None) == (None, None)


def test_bounds_the_wrong_way_round_are_a_problem(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "300")
    qtbot.keyClicks(box(field, "high"), "20")
    assert echo(field).property("role") == "problem"
    assert field.check() is box(field, "high")
    assert field.value() is None
    qtbot.keyClicks(box(field, "high"), "00")
    assert field.check() is None
    assert field.value().high == 2000


def test_a_word_is_a_problem_beside_its_box(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "a thousand")
    assert "a thousand" in echo(field).text()
    assert field.check() is box(field, "low")
    box(field, "low").clear()
    assert field.check() is None
    assert field.value() is None


def test_between_needs_two_numbers(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "10")
    choose(field, "qualifier", "between")
    assert field.check() is not None


def test_a_wording_alone_is_kept(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "hundreds of officers")
    assert field.value() == Quantity(text="hundreds of officers", measure="deployed")
    assert echo(field).text().startswith("hundreds of officers")


@pytest.mark.parametrize(
    "quantity",
    [
        None,
        Quantity(),
        Quantity(low=1000, high=None, qualifier="nearly"),
        Quantity(low=5, high=3, measure="losses"),
        Quantity(low=1.5, high=2.25, unit="x\ny"),
        Quantity(text="many", qualifier="order", measure="tanks"),
    ],
)
def test_an_untouched_number_comes_back_as_it_was(field, quantity):
    field.load(quantity)
    assert field.value() == quantity
    assert field.check() is None


def test_a_new_unit_leaves_odd_bounds_alone(qtbot, field):
    field.load(Quantity(low=1000, high=None, qualifier="nearly"))
    qtbot.keyClicks(box(field, "unit"), "men")
    assert field.value() == Quantity(low=1000, high=None, qualifier="nearly", unit="men")


def test_a_draft_keeps_what_is_no_number(qtbot, field):
    qtbot.keyClicks(box(field, "low"), "a thousand")
    choose(field, "measure", "losses")
    other = QuantityField("How many", "quantity")
    qtbot.addWidget(other)
    other.restore(field.data())
    assert other.data() == field.data()
    assert other.check() is box(other, "low")
