"""What holds for every date that can be read, and for every text that cannot."""

from __future__ import annotations

import datetime
import sys
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from viewer.domain.dates import DateError, FuzzyDate, read_date

ARBITRARY = settings(max_examples=20_000)
WORDED = settings(max_examples=500)

LANGUAGES = st.sampled_from([None, "en", "fr", "de", "es", "uk", "ru", "ko"])
MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
    "fr": [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
}  # fmt: skip
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime"}

years = st.integers(1000, 2999)
months = st.integers(0, 11)
days = st.integers(1, 28)
languages = st.sampled_from(["en", "fr"])
references = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: str(day)[:7]),
)

# What the grammar knows, what it nearly knows, and what it must not take for either.
VOCABULARY = (
    "before after by since until between from to on in at and or the of a not later than no throughout "
    "early mid- late mid end start first second third last half week weekend quarter year years month day "
    "days weeks ago next this last yesterday today tomorrow overnight night morning noon circa c. about "
    "perhaps possibly ? ~ % . , ; : - – — / ( ) [ ] { } .. X XX soon troops 's \u00a0 \u200f "
    "January Feb. March may Sept sept 3rd 1st 1er 31 30 29 28 19 7 2 1 0 00 99 12 13 44 1860s 1990s 1914-18 "
    "2024 2025 2023-24 2024-02 2024-02-29 2025-W07 03/04/2025 19.02. XXXX-10 Y12345 1e9 Q1 Q3 H2 T2 S1 BC AD "
    "XIXe 19th century centuries decade winter summer spring autumn Monday Fri. lundi vendredi dernier prochain "
    "14:30 14h30 14h 2pm a.m. pm UTC CET +02:00 Z "
    "avant après depuis jusqu'à jusqu'en dès d'ici entre du au et ou le la les de des d' l' à vers environ "
    "début mi- fin courant quinzaine semaine moitié trimestre semestre siècle années hiver été nuit hier "
    "avant-hier il y a trois deux janvier févr. mars mar. août aout av. J.-C. peut-être tout long "
    "Anfang Mitte Ende seit bis vor nach vom zwischen Jahrhundert Uhr gestern März v. Chr. "
    "desde hasta antes entre principios mediados siglo ayer febrero a.C. "
    "до після з між початку кінці лютого року вчора р. после с между февраля года вчера г. н. э. "
    "2025년 2월 19일 초 말 중순 부터 까지 어제 전 세기 년 월 일 오후"
)
WORDS = VOCABULARY.split(" ")
CORE = (
    "before after by since until between from to on in at and or the of early mid late end first second third "
    "last half week quarter year month day ago next this yesterday overnight circa perhaps ? - , January March "
    "Feb. 3rd 31 30 19 7 2 44 1860s 2024 2025 2023-24 2024-02-29 03/04/2025 Q3 H2 BC 19th century winter summer "
    "Monday Friday 14:30 2pm UTC throughout"
)
"""One or two words of each kind: what is drawn from these alone is often almost a date."""

lines = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
short_lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
near_dates = st.lists(st.sampled_from(CORE.split()), min_size=1, max_size=6).map(" ".join)
glued_lines = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
texts = st.one_of(
    st.text(max_size=220),
    st.text(alphabet="0123456789-/.:XY?~%[]{}, +TZSE", max_size=30),
    lines,
    short_lines,
    near_dates,
    near_dates,
    glued_lines,
)


def phrase_of(language: str, year: int, month: int, kind: str, day: int = 1) -> str:
    """Write one of the kinds of phrase that say when, with its year, in English or French."""
    name = MONTHS[language][month]
    number = {"en": f"{day}", "fr": "1er" if day == 1 else f"{day}"}[language]
    decade = year // 10 * 10
    forms = {
        "day": (f"{day} {name} {year}", f"{number} {name} {year}"),
        "week of": (f"the week of {day} {name} {year}", f"la semaine du {number} {name} {year}"),
        "weekend of": (f"the weekend of {day} {name} {year}", f"le week-end du {number} {name} {year}"),
        "early month": (f"early {name} {year}", f"début {name} {year}"),
        "mid month": (f"mid-{name} {year}", f"mi-{name} {year}"),
        "late month": (f"late {name} {year}", f"fin {name} {year}"),
        "first half month": (f"the first half of {name} {year}", f"la première quinzaine de {name} {year}"),
        "second half month": (f"the second half of {name} {year}", f"la seconde quinzaine de {name} {year}"),
        "first week": (f"the first week of {name} {year}", f"la première semaine de {name} {year}"),
        "second week": (f"the second week of {name} {year}", f"la deuxième semaine de {name} {year}"),
        "third week": (f"the third week of {name} {year}", f"la troisième semaine de {name} {year}"),
        "fourth week": (f"the fourth week of {name} {year}", f"la quatrième semaine de {name} {year}"),
        "last week": (f"the last week of {name} {year}", f"la dernière semaine de {name} {year}"),
        "month": (f"{name} {year}", f"{name} {year}"),
        "quarter": (f"Q{month // 3 + 1} {year}", f"T{month // 3 + 1} {year}"),
        "half": (f"H{month // 6 + 1} {year}", f"{'premier' if month < 6 else 'second'} semestre {year}"),
        "early year": (f"early {year}", f"début {year}"),
        "mid year": (f"mid-{year}", f"mi-{year}"),
        "late year": (f"late {year}", f"fin {year}"),
        "year": (f"in {year}", f"en {year}"),
        "early summer": (f"early summer {year}", f"au début de l'été {year}"),
        "summer": (f"summer {year}", f"été {year}"),
        "late winter": (f"late winter {year}", f"à la fin de l'hiver {year}"),
        "winter": (f"winter {year}", f"hiver {year}"),
        "early decade": (f"the early {decade}s", f"au début des années {decade}"),
        "mid decade": (f"the mid-{decade}s", f"au milieu des années {decade}"),
        "late decade": (f"the late {decade}s", f"à la fin des années {decade}"),
        "decade": (f"the {decade}s", f"les années {decade}"),
    }
    return forms[kind][language == "fr"]


IN_MONTH = (
    "day", "early month", "mid month", "late month", "first half month", "second half month",
    "first week", "second week", "third week", "fourth week", "last week",
)  # fmt: skip
NESTED = [
    *((kind, "month") for kind in IN_MONTH),
    ("month", "quarter"),
    ("quarter", "half"),
    ("half", "year"),
    ("early year", "year"),
    ("mid year", "year"),
    ("late year", "year"),
    ("summer", "year"),
    ("early summer", "summer"),
    ("late winter", "winter"),
    ("year", "decade"),
    ("early decade", "decade"),
    ("mid decade", "decade"),
    ("late decade", "decade"),
]
KINDS = sorted({kind for pair in NESTED for kind in pair} | {"week of", "weekend of"})
NEAR = {
    "en": ["{}", "before {}", "after {}", "by {}", "since {}", "until {}", "not before {}", "throughout {}"],
    "fr": ["{}", "avant {}", "après {}", "au plus tard {}", "depuis {}", "jusqu'à {}", "pas avant {}"],
}
QUALIFIED = {"en": ["circa {}", "perhaps {}", "{}?"], "fr": ["vers {}", "peut-être {}", "{} ?"]}


def can_be_said(year: int, *kinds: str) -> bool:
    """Whether these phrases say when: "the 1900s" may be ten years or a hundred."""
    return year % 100 >= 10 or not any("decade" in kind for kind in kinds)


@st.composite
def phrases(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a phrase of one date with its year, open on a side or not, in English or French."""
    language = draw(languages)
    kind = draw(st.sampled_from(KINDS))
    year = draw(years.filter(lambda year: can_be_said(year, kind)))
    said = phrase_of(language, year, draw(months), kind, draw(days))
    form = draw(st.sampled_from(NEAR[language] if kind in ("day", "month") else ["{}"]))
    return form.format(said), language


def order_holds(date: FuzzyDate) -> bool:
    return date.earliest is None or date.latest is None or date.earliest <= date.latest


def is_within(narrow: FuzzyDate, wide: FuzzyDate) -> bool:
    """Whether every day that the one allows is allowed by the other."""
    reaches_back = wide.earliest is not None and (narrow.earliest is None or narrow.earliest < wide.earliest)
    reaches_on = wide.latest is not None and (narrow.latest is None or narrow.latest > wide.latest)
    return not (reaches_back or reaches_on)


def outcome_of(text: str, reference: str | None = None, language: str | None = None) -> FuzzyDate | DateError:
    """Return the date that a text says, or the refusal; anything else that is raised fails the test."""
    try:
        return read_date(text, reference=read_date(reference) if reference else None, language=language)
    except DateError as refused:
        return refused


def check_sound(date: FuzzyDate) -> None:
    """Fail unless the date keeps its order, and its EDTF means what it means and stays as it is."""
    assert order_holds(date)
    assert date.edtf is not None
    again = read_date(date.edtf)
    assert again.edtf == date.edtf
    assert (again.earliest_state, again.latest_state) == (date.earliest_state, date.latest_state)
    # EDTF has no minutes without seconds: a wording can say less of the time than the EDTF that stands for it.
    assert is_within(again, date)
    if date.precision not in ("minute", "hour"):
        assert (again.earliest, again.latest) == (date.earliest, date.latest)


@pytest.mark.timeout(600)
@ARBITRARY
@given(
    text=texts, language=LANGUAGES, reference=st.sampled_from([None, "2025-03-10", "2025-02", "1000-01-01"])
)
def test_any_text_is_a_sound_date_or_is_refused(
    text: str, language: str | None, reference: str | None
) -> None:
    outcome = outcome_of(text, reference, language)
    if isinstance(outcome, DateError):
        assert str(outcome).endswith(".")
        assert outcome.at is None or 0 <= outcome.at[0] <= outcome.at[1] <= len(text)
    else:
        assert (outcome.text or outcome.edtf) == text
        check_sound(outcome)


@WORDED
@given(phrases())
def test_a_phrase_is_read_and_its_edtf_says_the_same(said: tuple[str, str]) -> None:
    text, language = said
    check_sound(read_date(text, language=language))


@settings(max_examples=2_000)
@given(languages, years, months, days, st.sampled_from(NESTED))
def test_a_narrower_wording_never_gives_wider_bounds(
    language: str, year: int, month: int, day: int, nested: tuple[str, str]
) -> None:
    assume(can_be_said(year, *nested))
    narrow, wide = (
        read_date(phrase_of(language, year, month, kind, day), language=language) for kind in nested
    )
    assert is_within(narrow, wide)


@WORDED
@given(languages, years, months, days)
def test_the_nearer_the_limit_the_more_is_ruled_out(language: str, year: int, month: int, day: int) -> None:
    first = "by {}" if language == "en" else "au plus tard {}"
    last = "since {}" if language == "en" else "depuis {}"
    for form in (first, last):
        limits = [
            read_date(form.format(phrase_of(language, year, month, kind, day)), language=language)
            for kind in ("day", "month")
        ]
        assert is_within(*limits)


@WORDED
@given(languages, years, months, days)
def test_what_is_before_after_and_at_a_date_leaves_no_gap_and_no_overlap(
    language: str, year: int, month: int, day: int
) -> None:
    for kind in ("day", "month"):
        said = phrase_of(language, year, month, kind, day)
        at = read_date(said, language=language)
        before, after = (read_date(form.format(said), language=language) for form in NEAR[language][1:3])
        assert at.earliest is not None
        assert at.latest is not None
        assert before.latest == at.earliest - 1
        assert after.earliest == at.latest + 1


@WORDED
@given(languages, years, months, st.sampled_from(["day", "month", "early month", "year", "decade"]), days)
def test_a_qualifier_never_moves_a_bound(language: str, year: int, month: int, kind: str, day: int) -> None:
    assume(can_be_said(year, kind))
    said = phrase_of(language, year, month, kind, day).removeprefix("in ").removeprefix("en ")
    plain = read_date(said, language=language)
    for form in QUALIFIED[language]:
        qualified = read_date(form.format(said), language=language)
        assert (qualified.earliest, qualified.latest) == (plain.earliest, plain.latest)


@WORDED
@given(phrases(), references, references)
def test_what_is_stated_whole_does_not_depend_on_the_reference(
    said: tuple[str, str], reference: str, other: str
) -> None:
    text, language = said
    assert read_date(text, reference=read_date(reference), language=language) == read_date(
        text, reference=read_date(other), language=language
    )


@WORDED
@given(languages, months, days, st.dates(min_value=datetime.date(5, 1, 1)))
def test_a_year_left_out_is_the_latest_whose_start_is_not_after_the_reference(
    language: str, month: int, day: int, reference: datetime.date
) -> None:
    at = read_date(str(reference))
    text = phrase_of(language, 2000, month, "day", day).removesuffix(" 2000")
    date = read_date(text, reference=at, language=language)
    assert date.earliest is not None
    assert at.earliest is not None
    days_before = (at.earliest - date.earliest) // 86_400
    assert 0 <= days_before <= 366


RELATIVE = (
    "today", "yesterday", "tomorrow", "last week", "this month", "next year", "three days ago", "on Friday",
    "last October", "earlier this year", "the 19th", "hier", "aujourd'hui", "la semaine dernière", "ce mois-ci",
    "il y a trois jours", "vendredi dernier", "le 19", "gestern", "ayer", "вчора", "вчера", "어제",
)  # fmt: skip
NO_YEAR = (
    "Feb 19",
    "in October",
    "early March",
    "en octobre",
    "du 28 décembre au 3 janvier",
    "10월",
    "у жовтні",
)


@pytest.mark.parametrize("text", RELATIVE)
def test_a_relative_word_needs_a_reference(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text)
    assert read_date(text, reference=read_date("2025-03-10")).is_dated


@pytest.mark.parametrize("reference", [None, "2025-03-10"])
def test_nobody_looks_at_the_clock(reference: str | None) -> None:
    at = read_date(reference) if reference else None
    looked: list[object] = []

    def watch(_frame: object, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in CLOCKS:
            looked.append(called)

    for text in (*RELATIVE, *NO_YEAR, "14:30 UTC on 3 March 2022", "2025", "nonsense"):
        sys.setprofile(watch)
        try:
            read_date(text, reference=at)
        except DateError:
            pass
        finally:
            sys.setprofile(None)
    assert looked == []


@WORDED
@given(near_dates)
def test_a_text_means_the_same_each_time(text: str) -> None:
    first, second = outcome_of(text), outcome_of(text)
    if isinstance(first, DateError) and isinstance(second, DateError):
        assert (str(first), first.at) == (str(second), second.at)
    else:
        assert first == second
