"""How a wording is understood, for `dateline explain`: as a date or as a number, as JSON and in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from viewer.domain.date_words import describe_date, describe_rules, explain_date
from viewer.domain.dates import FuzzyDate, bounds_text, read_date, readings
from viewer.domain.quantities import Quantity, describe_quantity
from viewer.domain.quantity_phrases import quantity_readings, read_quantity
from viewer.domain.wording import WordingError
from viewer.frozen import dataclass

KINDS = ("date", "quantity")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a wording was taken to mean: as JSON, and as lines of a label and a text.

    `problem` says why it has no one meaning, and `at` where in the text that lies; None when it has one.
    """

    json: dict[str, Any]
    lines: tuple[tuple[str, str], ...] = ()
    problem: str | None = None
    at: tuple[int, int] | None = None


def explain(
    text: str, *, reference: FuzzyDate | None = None, language: str | None = None, kind: str | None = None
) -> Explanation:
    """Read a wording as one of KINDS, else as a date if it is one, else as a number."""
    read: dict[str, Callable[[], Explanation]] = {
        "date": lambda: _date(text, read_date(text, reference=reference, language=language)),
        "quantity": lambda: _quantity(text, language),
    }
    problems: list[WordingError] = []
    for each in KINDS if kind is None else (kind,):
        try:
            return read[each]()
        except WordingError as error:
            problems.append(error)
    problem = " As a number: ".join(map(str, problems))
    at = problems[0].at
    found = {"kind": None, "text": text, "error": problem, "at": None if at is None else list(at)}
    return Explanation(found, problem=problem, at=at)


def _date(text: str, date: FuzzyDate) -> Explanation:
    others = readings(date)
    beside = {"zone": date.zone, "reference": date.reference, "language": date.language}
    beside = {name: value for name, value in beside.items() if value is not None}
    found = {
        "kind": "date",
        "text": text,
        **_bounds(date),
        "shape": date.shape,
        "precision": date.precision,
        "flags": list(date.flags),
        "rule": date.rule,
        "readings": [{**_bounds(other), "words": describe_date(other)} for other in others],
        **beside,
    }
    lines = {
        "means": explain_date(date),
        **_bounds(date),
        "shape": date.shape,
        "precision": date.precision,
        "flags": ", ".join(date.flags),
        "rules": ": ".join(filter(None, (date.rule, describe_rules(date)))),
        **beside,
    }
    choices = [f"{other.edtf}: {describe_date(other)}" for other in others]
    return Explanation(found, _lines(lines, choices))


def _bounds(date: FuzzyDate) -> dict[str, str | None]:
    earliest, latest = bounds_text(date)
    return {"edtf": date.edtf, "earliest": earliest, "latest": latest}


def _quantity(text: str, language: str | None) -> Explanation:
    """Explain a number; one that has several readings has no bounds of its own."""
    others = quantity_readings(text, language=language)
    choices = [describe_quantity(other) for other in others]
    beside = {"text": text, "readings": [_quantity_json(other) for other in others]}
    if others:
        found = {"kind": "quantity", "low": None, "high": None, "qualifier": None, "unit": None, **beside}
        return Explanation(found, _lines({}, choices), problem=f"It can mean {' or '.join(choices)}.")
    quantity = read_quantity(text, language=language)
    values = _quantity_json(quantity)
    means = {"means": describe_quantity(quantity)}
    numbers = {name: "" if value is None else str(value) for name, value in values.items()}
    return Explanation({"kind": "quantity", **values, **beside}, _lines({**means, **numbers}, []))


def _quantity_json(quantity: Quantity) -> dict[str, Any]:
    return {
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "qualifier": quantity.qualifier,
        "unit": quantity.unit,
    }


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and math.isfinite(value) and value == int(value) else value


def _lines(said: Mapping[str, str | None], choices: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what there is to say; the readings of something ambiguous are numbered."""
    known = [(label, value) for label, value in said.items() if value]
    return *known, *((f"reading {number}", choice) for number, choice in enumerate(choices, 1))
