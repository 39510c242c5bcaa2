"""The bundle's dates, both ways: the EDTF and the wording, and how the one was read from the other.

A date holds `text` (the wording) and `edtf`, or one of them. Where these two alone do not give back how it was
read, further keys do: `flags` (a list of approximate, uncertain, convention, ambiguous) and `precision` (second,
minute, hour, day, ... century) where they differ from those of the EDTF itself; `reference` (EDTF: the date from
which the wording counts) and `language`; `rule` ("plain", or the rules that were used, as in "R1+R4") with
`parser`, the version of the rules. A date that states any of `flags`, `precision`, `rule` and `parser` is taken
as it stands; of any other the wording is read as well, and adds what it says where it means the same as the EDTF.
A wording without an `edtf` stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from viewer.domain.dates import FLAGS, DateError, FuzzyDate, bounds_text, from_edtf, unread_date
from viewer.domain.edtf import PRECISIONS
from viewer.domain.restating import restated
from viewer.formats.fields import Fields

_RULE = re.compile(r"plain|EDTF|R[0-9]{1,2}(\+R[0-9]{1,2})*")
_CLOCK = ("second", "minute", "hour")
_BY_CONVENTION = re.compile(r"R[0-9]")
_STATED = (None, "EDTF")
_LATEST_PARSER = 1_000_000
_REMEMBERED = 16_384
"""Dates: those of a large file are the same few thousand days again and again."""
_NAMES = tuple(each.name for each in fields_of(FuzzyDate))
_values = attrgetter(*_NAMES)
_PLAIN = frozenset(("text", "edtf", "earliest", "latest"))
_TEXTS = frozenset((str,))


def date_json(date: FuzzyDate | None) -> dict[str, Any] | None:
    """Return a date as the bundle writes it."""
    return None if date is None else dict(_json_of(_values(date)))


@lru_cache(maxsize=_REMEMBERED)
def _json_of(values: tuple[Any, ...]) -> Mapping[str, Any]:
    # Two dates may be equal and have been read differently: what is remembered is of all their fields.
    date = FuzzyDate(**dict(zip(_NAMES, values, strict=True)))
    own: dict[str, Any] = {} if date.text is None else {"text": date.text}
    if date.edtf is None:
        return {**own, **_stood_at(date)}
    earliest, latest = bounds_text(date)
    return {**own, "edtf": date.edtf, "earliest": earliest, "latest": latest, **_how_read(date, date.edtf)}


def _stood_at(date: FuzzyDate) -> dict[str, Any]:
    found = {"reference": date.reference, "language": date.language}
    return {key: value for key, value in found.items() if value is not None}


def _how_read(date: FuzzyDate, edtf: str) -> dict[str, Any]:
    """Return what the EDTF and the wording do not say, or will no longer say when a convention changes."""
    try:
        alone = from_edtf(edtf)
    except DateError:  # whoever reads it names it
        return {}
    by_convention = _BY_CONVENTION.match(date.rule or "") is not None
    if not by_convention and _same(date, alone if date.text is None else from_edtf(edtf, text=date.text)):
        return {}
    found: dict[str, Any] = {}
    if date.flags != alone.flags:
        found["flags"] = list(date.flags)
    if date.precision != alone.precision:
        found["precision"] = date.precision
    found |= _stood_at(date)
    if date.rule is not None:
        found["rule"] = date.rule
    return {**found, "parser": date.parser_version}


def _same(date: FuzzyDate, said: FuzzyDate) -> bool:
    """Whether two dates are the same, also in how they were read."""
    names = {field.name for field in fields_of(FuzzyDate)}
    if date.rule in _STATED:  # no version of the rules had a part in it
        names -= {"parser_version"}
        if date.text is None:
            names -= {"rule"}
    return all(getattr(date, name) == getattr(said, name) for name in names)


def date_of(owner: Fields, key: str, extra: dict[str, Any]) -> FuzzyDate | None:
    """Read a date; `extra` takes what its object holds beside our fields, to be given back within it."""
    raw = owner.take(key)
    if raw.__class__ is dict and raw.keys() <= _PLAIN and set(map(type, raw.values())) == _TEXTS:
        plain = _plain(raw.get("edtf"), raw.get("text"), raw.get("earliest"), raw.get("latest"))
        if plain is not None:
            return plain
    fields = owner.inner(key)
    if fields is None:
        return None
    text, edtf = fields.text("text"), fields.text("edtf")
    bounds = {end: fields.text(end) for end in ("earliest", "latest")}
    stood_at: dict[str, Any] = {"reference": _reference(fields), "language": fields.text("language")}
    date: FuzzyDate | None = None
    if edtf is not None:
        date = _read(fields, edtf, text, stood_at)
        if date is None:
            _keep(fields, {"edtf": edtf, **bounds})
        else:
            _compare_bounds(fields, date, bounds)
    elif any(bounds.values()):
        fields.problem("edtf", "earliest and latest need an edtf beside them; kept as they are, not used")
        _keep(fields, bounds)
    if date is None and text:
        date = replace(unread_date(text), **stood_at)
    elif date is None:
        _keep(fields, stood_at)
    rest = fields.rest()
    if rest:
        extra[key] = rest
    return date


@lru_cache(maxsize=_REMEMBERED)
def _plain(edtf: str | None, text: str | None, earliest: str | None, latest: str | None) -> FuzzyDate | None:
    """Read a date that says nothing else and nothing odd; None where there is something to be named."""
    if edtf is None:
        return None
    try:
        date = from_edtf(edtf, text=text)
    except DateError:
        return None
    means = bounds_text(date)
    return date if earliest in (None, means[0]) and latest in (None, means[1]) else None


def _read(fields: Fields, edtf: str, text: str | None, stood_at: Mapping[str, Any]) -> FuzzyDate | None:
    """Read a date by its EDTF and what is stated beside it; None, with a problem, if it is no EDTF."""
    try:
        alone = from_edtf(edtf)
    except DateError as error:
        fields.problem("edtf", f"{error} It is kept as it is, not used.")
        return None
    stated: dict[str, Any] = {
        "flags": _flags(fields),
        "precision": _precision(fields, alone),
        "rule": _rule(fields),
        "parser_version": fields.integer("parser", 0, _LATEST_PARSER),
    }
    stated = {name: value for name, value in stated.items() if value is not None}
    return (
        restated(edtf, text=text, **stated, **stood_at) if stated else from_edtf(edtf, text=text, **stood_at)
    )


def _keep(fields: Fields, values: Mapping[str, str | None]) -> None:
    for key, value in values.items():
        if value is not None:
            fields.keep(key, value)


def _compare_bounds(fields: Fields, date: FuzzyDate, stated: Mapping[str, str | None]) -> None:
    for end, means in zip(("earliest", "latest"), bounds_text(date), strict=True):
        told = stated[end]
        if told is not None and told != means:
            fields.problem(end, f"says {told}, but the edtf {date.edtf} means {means}; the edtf was used")


def _reference(fields: Fields) -> str | None:
    found = fields.text("reference")
    try:
        known = found is None or from_edtf(found).is_dated
        expected = "expected a date with at least one end"
    except DateError as error:
        known, expected = False, str(error)
    if known:
        return found
    fields.problem("reference", f"{expected} It is kept as it is, not used.")
    fields.keep("reference", found)
    return None


def _flags(fields: Fields) -> tuple[str, ...] | None:
    """Return the flags that are stated; odd ones are kept, to be given back behind them."""
    found = fields.take("flags")
    if found is None:
        return None
    expected = f"expected a list of {', '.join(FLAGS)}"
    if not isinstance(found, list):
        fields.problem("flags", f"{expected}; kept as it is, not used")
        fields.keep("flags", found)
        return None
    for flag in found:
        if flag not in FLAGS:
            fields.problem("flags", f"{expected}; the others are kept, not used")
            fields.keep_in_list("flags", flag)
    known = tuple(flag for flag in FLAGS if flag in found)
    return known if known or not found else None


def _precision(fields: Fields, alone: FuzzyDate) -> str | None:
    found = fields.one_of("precision", (*PRECISIONS, "unknown"))
    if found is not None and (found in _CLOCK) != (alone.precision == "second"):
        fields.problem(
            "precision", f"the edtf {alone.edtf} is not of this precision; kept as it is, not used"
        )
        fields.keep("precision", found)
        return None
    return found


def _rule(fields: Fields) -> str | None:
    found = fields.text("rule")
    if found is None or _RULE.fullmatch(found):
        return found
    fields.problem("rule", "expected rules such as R1+R4; kept as it is, not used")
    fields.keep("rule", found)
    return None
