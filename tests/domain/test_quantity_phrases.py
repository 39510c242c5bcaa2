"""Quantities as people write them: what each wording means, what is refused and why, what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quantity_table import REFUSED, TABLE

from viewer.domain.lexicon import LANGUAGES
from viewer.domain.quantities import QUALIFIERS, Quantity, describe_quantity
from viewer.domain.quantity_phrases import QuantityError, quantity_readings, read_quantity

LANGUAGE = st.sampled_from([None, *LANGUAGES])
PIECES = st.sampled_from(
    [
        *("3", "12 000", "1,500", "1.500", "10", "a", "one", "two", "hundred", "thousand", "and", "million"),
        *("de", "à", "et", "un", "mille", "cent", "vingt", "quatre-vingt", "entre", "between", "-", "~", "+"),
        *("up to", "at least", "dozens", "several", "of", "milliers", "centaine", "½", "$", "%", "soldiers"),
        *(
            "tausend",
            "und",
            "zwei",
            "만",
            "천",
            "명",
            "수백",
            "тысяч",
            "до",
            "полтора",
            "или",
            "k",
            "M€",
            ",",
        ),
    ]
)


@pytest.mark.parametrize(("language", "text", "low", "high", "qualifier", "unit"), TABLE)
def test_a_wording_is_read(language, text, low, high, qualifier, unit):
    assert read_quantity(text, language=language) == Quantity(
        text=text, low=low, high=high, qualifier=qualifier, unit=unit
    )
    assert quantity_readings(text, language=language) == ()


def test_the_table_is_long_enough_and_uses_every_qualifier():
    assert len({text for _, text, *_ in TABLE}) >= 200
    assert {row[4] for row in TABLE} == set(QUALIFIERS)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_refused_says_why(text, reason):
    with pytest.raises(QuantityError) as refused:
        read_quantity(text)
    assert reason in str(refused.value)
    assert str(refused.value).endswith(".")
    assert quantity_readings(text) == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("reportedly 300", "reportedly"),
        ("300 soldats et 200 chars", "200"),
        ("  300  ou  ", "ou"),
        ("  environ  peut-être 3", "peut"),
        ("12\u00a0000 à 300", "12\u00a0000 à 300"),
        ("12,5000 men", "12,5000"),
        ("Größe 300", "Größe"),
    ],
)
def test_a_refusal_says_where(text, part):
    with pytest.raises(QuantityError) as refused:
        read_quantity(text)
    start, end = refused.value.at
    assert text[start:end] == part


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        (None, "1.500", [(1500, 1500), (1.5, 1.5)]),
        ("en", "1.500 soldiers", [(1500, 1500), (1.5, 1.5)]),
        ("fr", "1,500", [(1500, 1500), (1.5, 1.5)]),
        ("ru", "1.500", [(1500, 1500), (1.5, 1.5)]),
        ("en", "up to 1.500", [(None, 1500), (None, 1.5)]),
        ("en", "1.500 to 2.500", [(1500, 2500), (1.5, 2.5)]),
        ("en", "10 to 12000", [(10_000, 12_000), (10, 12_000)]),
        ("en", "5 to 600,000", [(5_000, 600_000), (5, 600_000)]),
    ],
)
def test_two_readings_are_offered_not_chosen(language, text, bounds):
    readings = quantity_readings(text, language=language)
    assert [(reading.low, reading.high) for reading in readings] == bounds
    assert {reading.text for reading in readings} == {text}
    with pytest.raises(QuantityError, match=r"This can mean .* or .*"):
        read_quantity(text, language=language)


def test_a_reading_that_cannot_be_is_not_offered():
    assert read_quantity("1.500 to 2", language="en").low == 1.5


def test_whole_numbers_are_never_rounded():
    assert repr(read_quantity("123456789012345678").low) == "123456789012345678"
    assert repr(read_quantity("1.1 million").low) == "1100000"
    assert repr(read_quantity("4.35 million").high) == "4350000"


@given(text=st.text(max_size=250), language=LANGUAGE)
def test_any_text_is_read_or_refused(text, language):
    check(text, language)


@given(pieces=st.lists(PIECES, max_size=9), gap=st.sampled_from([" ", "", "-"]), language=LANGUAGE)
def test_any_words_of_numbers_are_read_or_refused(pieces, gap, language):
    check(gap.join(pieces), language)


def check(text, language):
    readings = quantity_readings(text, language=language)
    refusal = None
    try:
        found = (read_quantity(text, language=language),)
    except QuantityError as error:
        refusal, found = error, readings
    assert refusal is not None or readings == ()
    assert refusal is None or str(refusal).endswith(".")
    assert refusal is None or refusal.at is None or 0 <= refusal.at[0] < refusal.at[1] <= len(text)
    for quantity in found:
        assert quantity.text == text
        assert quantity.qualifier in QUALIFIERS
        assert quantity.low is not None or quantity.high is not None
        assert quantity.low is None or 0 <= quantity.low < 10**18
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


NUMBER = st.one_of(
    st.integers(0, 10**18 - 1), st.integers(0, 10**6).map(lambda cents: cents / 100), st.integers(0, 20_000)
)


@given(
    first=NUMBER, second=NUMBER, qualifier=st.sampled_from(QUALIFIERS), unit=st.sampled_from([None, "men"])
)
def test_what_is_described_is_read_back(first, second, qualifier, unit):
    low, high = sorted((first, second))
    if qualifier in ("exact", "nearly"):
        high = low
    if qualifier in ("at_least", "more_than"):
        high = None
    if qualifier in ("at_most", "less_than"):
        low = None
    assume(qualifier != "between" or low != high)
    quantity = Quantity(low=low, high=high, qualifier=qualifier, unit=unit)
    again = read_quantity(describe_quantity(quantity), language="en")
    assert (again.low, again.high, again.qualifier, again.unit) == (low, high, qualifier, unit)


def words_from(text):
    return text.split()


@given(number=st.integers(0, 999_999_999_999))
def test_a_number_in_words_is_the_number(number):
    assert read_quantity(in_english(number), language="en").low == number
    assert read_quantity(in_french(number), language="fr").low == number


ENGLISH = words_from(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
)
FRENCH = words_from(
    """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
    dix-huit dix-neuf vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt"""
)


def in_english(number):
    for value, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= value:
            rest = f" {in_english(number % value)}" if number % value else ""
            return f"{in_english(number // value)} {word}{rest}"
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{ENGLISH[number // 100]} hundred{rest}"
    if number < 20:
        return ENGLISH[number]
    return ENGLISH[number // 10 + 18] + (f"-{ENGLISH[number % 10]}" if number % 10 else "")


def in_french(number):
    for value, word in ((10**9, "milliards"), (10**6, "millions"), (1000, "mille")):
        if number >= value:
            head = "" if value == 1000 and number < 2000 else f"{in_french(number // value)} "
            return f"{head}{word}" + (f" {in_french(number % value)}" if number % value else "")
    if number >= 100:
        head = "" if number < 200 else f"{FRENCH[number // 100]} "
        return f"{head}cent" + (f" {in_french(number % 100)}" if number % 100 else "")
    if number < 20:
        return FRENCH[number]
    tens = number // 10 - (number // 10 in (7, 9))
    rest = number - 10 * tens
    joint = " et " if rest in (1, 11) and tens != 8 else "-"
    return FRENCH[tens + 18] + (f"{joint}{FRENCH[rest]}" if rest else "")


@pytest.mark.parametrize(
    "text",
    [
        *("9" * 100_000, " " * 10_000_000, "1," * 100, "a " * 100, "cent " * 40, "two and " * 25, "만" * 200),
        *("tausend" * 28, "1.500 to " * 22, "hundreds of " * 16, "-" * 200, "ﷺ" * 200, "ß" * 200),
    ],
)
def test_hostile_text_is_answered_at_once(text):
    for language in (None, *LANGUAGES):
        started = time.perf_counter()
        with pytest.raises(QuantityError):
            read_quantity(text, language=language)
        assert time.perf_counter() - started < 0.05
