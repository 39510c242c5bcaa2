"""JSON from strangers, read member by member, so that each element of a list has its line.

The standard parser takes NaN, lets the last of two equal keys win, and passes lone surrogates on. Here these
are faults of the element that holds them; a fault of syntax makes the whole file unreadable.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from viewer.formats.incoming import UnreadableError
from viewer.frozen import dataclass

_SPACE = re.compile(r"[ \t\r\n]*")
INT_DIGITS = 18
DEPTH = 100
"""Levels of lists and objects that are read."""


@dataclass(frozen=True, slots=True)
class Element:
    """One value: where it begins, and what is wrong with it (empty when nothing is).

    `path` names its place in the file it comes from, where that is not the place in a list.
    """

    value: Any
    line: int | None
    fault: str = ""
    path: str = ""


def members(data: bytes) -> dict[str, Element | list[Element]]:
    """Return the members of the file's one object; a list as its elements, anything else as one element.

    Raises:
        UnreadableError: it is not UTF-8, not JSON, or not one object.
    """
    walk = _walk_over(data)
    with _syntax_named():
        found = dict(walk.object())
        walk.end()
    return found


def entries(data: bytes) -> Iterator[tuple[str, int | None, Element]]:
    """Yield the members of the file's one object as they come: a list's elements one by one, with their numbers.

    A list that is empty is one element.

    Raises:
        UnreadableError: as `members`; what was yielded before may be only a part.
    """
    walk = _walk_over(data)
    with _syntax_named():
        yield from walk.entries()
        walk.end()


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements of a file that is one list. Raises UnreadableError as `entries` does."""
    walk = _walk_over(data)
    with _syntax_named():
        yield from walk.items()
        walk.end()


def value(data: bytes) -> Element:
    """Return the one value of a text, such as a line of many. Raises UnreadableError as `entries` does."""
    walk = _walk_over(data)
    with _syntax_named():
        found = walk.element()
        walk.end()
    return found


def _walk_over(data: bytes) -> _Walk:
    try:
        return _Walk(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"expected UTF-8 text; byte {error.start} is not") from error


@contextmanager
def _syntax_named() -> Iterator[None]:
    try:
        yield
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: {error.msg}, column {error.colno}", line=error.lineno) from error
    except RecursionError as error:
        raise UnreadableError(f"nested too deep: at most {DEPTH} levels are read") from error


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
        for key in self._keys():
            yield key, list(self.items()) if self._next() == "[" else self.element()

    def entries(self) -> Iterator[tuple[str, int | None, Element]]:
        for key in self._keys():
            if self._next() != "[":
                yield key, None, self.element()
                continue
            line, number = self._line_now(), None
            for number, element in enumerate(self.items()):
                yield key, number, element
            if number is None:
                yield key, None, Element([], line)

    def _keys(self) -> Iterator[str]:
        """Yield each key; whoever takes it reads its value before the next."""
        self._take("{", "expected one JSON object")
        seen: set[str] = set()
        if self._passed("}"):
            return
        while True:
            key = self.element()
            if not isinstance(key.value, str):
                raise json.JSONDecodeError("expected a key in double quotes", self._text, self._at)
            if key.fault:
                raise UnreadableError(f"a key cannot be used: {key.fault}", line=key.line)
            if key.value in seen:
                raise UnreadableError(f"the key “{key.value[:60]}” is given twice", line=key.line)
            seen.add(key.value)
            self._take(":", "expected ':' after a key")
            yield key.value
            if self._passed("}"):
                return
            self._take(",", "expected ',' or '}'")

    def end(self) -> None:
        if self._next():
            raise json.JSONDecodeError("text after the end", self._text, self._at)

    def items(self) -> Iterator[Element]:
        self._take("[", "expected a list")
        if self._passed("]"):
            return
        while True:
            yield self.element()
            if self._passed("]"):
                return
            self._take(",", "expected ',' or ']'")

    def element(self) -> Element:
        self._next()
        line = self._line_now()
        self._faults.clear()
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        if is_too_deep(value):
            self._faults.append(f"it is nested too deep: at most {DEPTH} levels are read")
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
        if count > INT_DIGITS:
            self._faults.append(f"a number has {count} digits; at most {INT_DIGITS} are read")
            return 0
        return int(digits)


def is_too_deep(value: Any) -> bool:
    """Tell whether lists and objects are nested deeper than we read."""
    level = [value]
    for _ in range(DEPTH):
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
