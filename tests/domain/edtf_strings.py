"""EDTF strings of every level, drawn at random.

Each date is a real one; ends and members are drawn apart, so that an interval may end before it begins.
"""

from __future__ import annotations

from hypothesis import strategies as st

from viewer.domain.calendar import MAX_YEAR, days_in_month

qualifiers = st.sampled_from(["", "", "", "?", "~", "%"])
years = st.integers(-9999, 9999).map(lambda y: f"{'-' if y < 0 else ''}{abs(y):04d}")


@st.composite
def _days(draw: st.DrawFn) -> str:
    y = draw(st.integers(-9999, 9999) | st.integers(1900, 2030))
    m = draw(st.integers(1, 12))
    d = draw(st.integers(1, days_in_month(y, m)))
    return f"{'-' if y < 0 else ''}{abs(y):04d}-{m:02d}-{d:02d}"


@st.composite
def _with_gaps(draw: st.DrawFn, written: st.SearchStrategy[str]) -> str:
    """Leave digits open; what fits a real date with fewer gaps still fits it with more."""
    date = draw(written)
    gaps = draw(st.sets(st.integers(0, len(date) - 1)) | st.just(set(range(date.index("-", 1)))))
    return "".join("X" if place in gaps and digit != "-" else digit for place, digit in enumerate(date))


@st.composite
def _qualified(draw: st.DrawFn, written: st.SearchStrategy[str]) -> str:
    """Put qualifiers before and after components."""
    date = draw(written)
    sign, components = ("-", date[1:].split("-")) if date.startswith("-") else ("", date.split("-"))
    components[0] = sign + components[0]
    return "-".join(f"{draw(qualifiers)}{component}{draw(qualifiers)}" for component in components)


@st.composite
def _numbered_years(draw: st.DrawFn) -> str:
    exponent = draw(st.none() | st.integers(0, 11))
    most = MAX_YEAR if exponent is None else MAX_YEAR // 10**exponent
    number = draw(st.integers(10_000 if exponent is None else 1, most))
    sign, power = draw(st.sampled_from(["", "-"])), "" if exponent is None else f"E{exponent}"
    digits = len(str(number)) + (exponent or 0)
    significant = draw(st.none() | st.integers(1, digits)) if digits < len(str(MAX_YEAR)) else None
    return f"Y{sign}{number}{power}{'' if significant is None else f'S{significant}'}"


days = _days()
"""One day: "2025-02-19", "-0043-03-15"."""
months = days.map(lambda day: day[:-3])
calendar_dates = st.one_of(days, months, years, _with_gaps(days), _with_gaps(months))
"""Days, months and years, some with digits left open."""
parts_of_years = st.builds("{}-{}".format, years, st.integers(21, 41))
numbered_years = st.one_of(
    _numbered_years(), st.integers(1000, 9999).flatmap(lambda y: st.sampled_from([f"{y}S2", f"-{y}S4"]))
)
dates = st.one_of(
    _qualified(calendar_dates),
    _qualified(parts_of_years),
    st.builds("{}{}{}".format, qualifiers, numbered_years, qualifiers),
)
"""One date of any kind, without a time."""
date_times = st.builds(
    "{}T{:02d}:{:02d}:{:02d}{}".format,
    days,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+02:00", "-11", "+00:00"]),
)


def _expressions(single: st.SearchStrategy[str], date: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ends = date | st.sampled_from(["", ".."])
    members = date | st.builds("{}..{}".format, date, date)
    listed = st.lists(members, max_size=4).map(", ".join)
    before, after = st.builds("..{}".format, date), st.builds("{}..".format, date)
    joined = st.builds(
        lambda *parts: ",".join(filter(None, parts)), st.just("") | before, listed, st.just("") | after
    ).filter(bool)
    return st.one_of(
        single,
        st.builds("{}/{}".format, ends, ends),
        st.builds("[{}]".format, joined),
        st.builds("{{{}}}".format, joined),
    )


calendar_expressions = _expressions(calendar_dates, calendar_dates)
"""Expressions of calendar dates alone, in which any digit may be left open."""
expressions = _expressions(dates | date_times, dates)
"""Expressions of every kind and level."""
