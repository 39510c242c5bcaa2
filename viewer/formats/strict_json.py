"""JSON from strangers, read member by member, so that each element of a list has its line.

The standard parser takes NaN, lets the last of two equal keys win, and passes lone surrogates on. Here these
are faults of the element that holds them; a fault of syntax makes the whole file unreadable.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from viewer.formats.incoming import UnreadableError

_SPACE = re.compile(r"[ \t\r\n]*")
_INT_DIGITS = 18
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Element:
    """One value: where it begins, and what is wrong with it (empty when nothing is)."""

    value: Any
    line: int
    fault: str = ""


def members(data: bytes) -> dict[str, Element | list[Element]]:
    """Return the members of the file's one object; a list as its elements, anything else as one element.

    Raises:
        UnreadableError: it is not UTF-8, not JSON, or not one object.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"expected UTF-8 text; byte {error.start} is not") from error
    walk = _Walk(text)
    try:
        found = dict(walk.object())
        walk.end()
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg}, column {error.colno}", line=error.lineno) from error
    except RecursionError as error:
        raise UnreadableError(f"nested too deep: at most {_DEPTH} levels are read") from error
    return found


class _Walk:
    """A position in the text, and the faults found since the last element began."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._faults: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs,
            parse_constant=self._constant,
            parse_int=self._int,
            parse_float=self._float,
        )

    def object(self) -> Iterator[tuple[str, Element | list[Element]]]:
        self._take("{", "expected one JSON object")
        seen: set[str] = set()
        if self._passed("}"):
            return
        while True:
            key = self._element()
            if not isinstance(key.value, str):
                raise json.JSONDecodeError("expected a key in double quotes", self._text, self._at)
            if key.fault:
                raise UnreadableError(f"a key cannot be used: {key.fault}", line=key.line)
            if key.value in seen:
                raise UnreadableError(f"the key “{key.value[:60]}” is given twice", line=key.line)
            seen.add(key.value)
            self._take(":", "expected ':' after a key")
            yield key.value, list(self._list()) if self._next() == "[" else self._element()
            if self._passed("}"):
                return
            self._take(",", "expected ',' or '}'")

    def end(self) -> None:
        if self._next():
            raise json.JSONDecodeError("text after the end", self._text, self._at)

    def _list(self) -> Iterator[Element]:
        self._take("[", "expected a list")
        if self._passed("]"):
            return
        while True:
            yield self._element()
            if self._passed("]"):
                return
            self._take(",", "expected ',' or ']'")

    def _element(self) -> Element:
        self._next()
        line = self._line_now()
        self._faults.clear()
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        if _too_deep(value):
            self._faults.append(f"it is nested too deep: at most {_DEPTH} levels are read")
        elif not _encodable(value):
            self._faults.append("it holds half of a character (a lone surrogate)")
        return Element(value, line, "; ".join(self._faults))

    def _next(self) -> str:
        found = _SPACE.match(self._text, self._at)
        self._at = self._at if found is None else found.end()
        return self._text[self._at : self._at + 1]

    def _take(self, sign: str, expected: str) -> None:
        if self._next() != sign:
            raise json.JSONDecodeError(expected, self._text, self._at)
        self._at += 1

    def _passed(self, sign: str) -> bool:
        passed = self._next() == sign
        self._at += passed
        return passed

    def _line_now(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self._faults.append(f"the key “{twice[:60]}” is given twice")
        return found

    def _constant(self, name: str) -> None:
        self._faults.append(f"{name} is no JSON number")

    def _float(self, digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            self._faults.append(f"the number {digits[:20]} is too large")
        return value

    def _int(self, digits: str) -> int:
        count = len(digits.lstrip("-"))
        if count > _INT_DIGITS:
            self._faults.append(f"a number has {count} digits; at most {_INT_DIGITS} are read")
            return 0
        return int(digits)


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _encodable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
