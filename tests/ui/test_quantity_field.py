from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from viewer.domain.quantities import Quantity
from viewer.ui.forms.number_line import NumberError, read_number, stepped
from viewer.ui.forms.quantity_field import QuantityField, bounds_of
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
    "text", ["many", "3,0", "1,00", "3 00", "-5", "1e9", "٣", "9" * 19, "3,000 soldiers"]
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


def test_a_wording_that_cannot_be_read_is_kept(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "a great many officers")
    assert field.value() == Quantity(text="a great many officers", measure="deployed")
    assert field.check() is None
    assert "“great”" in echo(field).text()
    assert echo(field).property("role") == "small"


SOLDIERS = Quantity(
    text="entre 10 000 et 12 000 soldats",
    low=10_000,
    high=12_000,
    qualifier="between",
    unit="soldats",
    measure="deployed",
)


def test_the_wording_fills_the_boxes(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "entre 10 000 et 12 000 soldats")
    assert [box(field, name).text() for name in ("low", "high", "unit")] == ["10,000", "12,000", "soldats"]
    assert combo(field, "qualifier").currentData() == "between"
    assert echo(field).text() == "10,000–12,000 soldats · deployed"
    assert field.value() == SOLDIERS
    assert not offers(field)


def test_the_boxes_follow_the_wording(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "up to 3,000")
    assert field.value().high == 3_000
    qtbot.keyClicks(box(field, "text"), ",")
    qtbot.keyClicks(box(field, "text"), "000 men")
    assert (field.value().high, field.value().unit) == (3_000_000, "men")
    box(field, "text").selectAll()
    qtbot.keyClicks(box(field, "text"), "many")
    assert field.value() == Quantity(text="many", measure="deployed")
    box(field, "text").clear()
    assert field.value() is None


def test_a_box_that_the_user_wrote_in_is_not_overwritten(qtbot, field):
    qtbot.keyClicks(box(field, "unit"), "troops")
    qtbot.keyClicks(box(field, "text"), "au moins 300 soldats")
    assert field.value() == Quantity(
        text="au moins 300 soldats", low=300, qualifier="at_least", unit="troops", measure="deployed"
    )
    assert not offers(field)
    box(field, "low").setText("400")
    qtbot.keyClicks(box(field, "text"), " russes")
    assert (field.value().low, field.value().unit) == (400, "troops")
    use = offers(field)["quantity_use_wording"]
    use.click()
    assert (field.value().low, field.value().unit) == (300, "soldats russes")
    assert not offers(field)


def test_a_qualifier_of_the_wording_does_not_outlive_other_numbers(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "up to 3,000")
    qtbot.keyClicks(box(field, "low"), "2000")
    assert (field.value().low, field.value().high, field.value().qualifier) == (2_000, 3_000, "between")


def test_of_two_readings_one_is_chosen_by_a_click(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "1.500 men")
    assert field.value() == Quantity(text="1.500 men", measure="deployed")
    assert field.check() is None
    assert echo(field).property("role") == "small"
    assert list(offers(field)) == ["quantity_reading_0", "quantity_reading_1"]
    offers(field)["quantity_reading_1"].click()
    assert (field.value().low, field.value().unit) == (1.5, "men")
    assert not offers(field)
    other = QuantityField("How many", "quantity")
    qtbot.addWidget(other)
    other.show()
    other.restore(field.data())
    assert not offers(other)
    qtbot.keyClicks(box(field, "text"), ".")
    assert len(offers(field)) == 2


def test_the_language_of_the_source_decides(qtbot, field):
    qtbot.keyClicks(box(field, "text"), "1.500")
    assert len(offers(field)) == 2
    field.set_language("de")
    assert field.value().low == 1_500
    field.set_language("en")
    assert field.value().low == 1_500
    assert not offers(field)


def test_a_loaded_number_stays_and_offers_what_its_wording_says(field):
    kept = Quantity(text="plus de 300 soldats", low=1, high=2, qualifier="between", measure="losses")
    field.load(kept)
    field.set_language("fr")
    assert field.value() == kept
    offers(field)["quantity_use_wording"].click()
    assert field.value() == Quantity(
        text="plus de 300 soldats", low=300, qualifier="more_than", unit="soldats", measure="losses"
    )


@pytest.mark.parametrize(
    ("text", "up", "down"),
    [
        ("3,000", "4,000", "2,000"),
        ("12,500", "12,600", "12,400"),
        ("7", "8", "6"),
        ("1 000", "2,000", "900"),
        ("0", "1", None),
        ("1", "2", "0"),
        ("1.5", "1.6", "1.4"),
        ("9" * 18, None, "999,999,999,999,999,998"),
        ("", None, None),
        ("many", None, None),
    ],
)
def test_the_arrow_keys_move_a_number_by_its_last_digit(qtbot, field, text, up, down):
    assert (stepped(text, 1), stepped(text, -1)) == (up, down)
    for key, there in ((Qt.Key.Key_Up, up), (Qt.Key.Key_Down, down)):
        box(field, "low").setText(text)
        qtbot.keyClick(box(field, "low"), key)
        assert box(field, "low").text() == (text if there is None else there)


@given(digits=st.integers(1, 10**9), zeros=st.integers(0, 6))
def test_a_step_is_one_of_the_last_digit_that_is_not_zero(digits, zeros):
    number = digits * 10**zeros
    unit = next(10**power for power in range(20) if number % 10 ** (power + 1))
    assert read_number(stepped(str(number), 1)) == number + unit


def offers(field):
    buttons = [button for button in field.findChildren(QAbstractButton) if button.isVisible()]
    return {button.objectName(): button for button in buttons}


@pytest.mark.parametrize(
    "quantity",
    [
        None,
        Quantity(),
        Quantity(low=1000, high=None, qualifier="nearly"),
        Quantity(low=5, high=3, measure="losses"),
        Quantity(low=1.5, high=2.25, unit="x\ny"),
        Quantity(text="many", qualifier="order", measure="tanks"),
        Quantity(text="1.500"),
        Quantity(text="up to 3,000", low=3, qualifier="order"),
        Quantity(low=123456789012345678, high=0.0000001),
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
