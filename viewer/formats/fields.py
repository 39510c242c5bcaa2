"""Reading the fields of one JSON object: what is odd is named, kept under its key, and given back on export."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from viewer.domain.records import UID_LIMIT
from viewer.formats.incoming import Problem

Report = Callable[[Problem], None]


class Fields:
    """The fields of an object, taken one by one; `rest` is what nobody took or nobody could read."""

    __slots__ = ("_kept", "_taken", "_value", "line", "path", "report")

    def __init__(self, value: dict[str, Any], path: str, line: int | None, report: Report) -> None:
        self._value = value
        self._kept: dict[str, Any] = {}
        self._taken: set[str] = set()
        self.path = path
        self.line = line
        self.report = report

    def problem(self, key: str, message: str) -> None:
        """Name something odd at a key of this object."""
        self.report(Problem(f"{self.path}.{key}" if key else self.path, message, self.line))

    def keep(self, key: str, value: Any) -> None:
        """Keep a value as it is, to be given back."""
        self._kept[key] = value

    def take(self, key: str) -> Any:
        """Return a value of any sort, None when it is missing."""
        self._taken.add(key)
        return self._value.get(key)

    def stated(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the keys that the file states in a way that could be read."""
        unread = {key for key, kept in self._kept.items() if kept is self._value.get(key)}
        return frozenset(self._value.keys() & keys) - unread

    def text(self, key: str) -> str | None:
        """Return a text, or None."""
        self._taken.add(key)
        value = self._value.get(key)
        if value is None or value.__class__ is str:  # the way of nearly every field of an import
            return value
        found: str | None = self._checked(key, lambda value: isinstance(value, str), "expected text")
        return found

    def one_of(self, key: str, choices: Collection[str]) -> str | None:
        """Return one of a fixed set of words, or None."""
        self._taken.add(key)
        value = self._value.get(key)
        if value is None or (value.__class__ is str and value in choices):
            return value
        expected = f"expected one of {', '.join(choices)}"
        found: str | None = self._checked(key, lambda value: value in choices, expected)
        return found

    def number(self, key: str) -> float | None:
        """Return a number, or None."""
        found: float | None = self._checked(key, _is_number, "expected a number")
        return found

    def integer(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number within bounds, or None."""
        if self._value.get(key) is None:
            self._taken.add(key)
            return None
        found: int | None = self._checked(
            key,
            lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high,
            f"expected a whole number from {low} to {high}",
        )
        return found

    def flag(self, key: str) -> bool | None:
        """Return true or false, or None."""
        found: bool | None = self._checked(
            key, lambda value: isinstance(value, bool), "expected true or false"
        )
        return found

    def uid(self, key: str) -> str | None:
        """Return a uid, or None."""
        self._taken.add(key)
        value = self._value.get(key)
        if value is None or (value.__class__ is str and 0 < len(value) <= UID_LIMIT):
            return value
        found: str | None = self._checked(
            key,
            lambda value: isinstance(value, str) and 0 < len(value) <= UID_LIMIT,
            f"expected a uid: text of 1 to {UID_LIMIT} characters",
        )
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is missing."""
        if self._value.get(key) is None:
            self._taken.add(key)
            return ()
        found = self._checked(
            key,
            lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
            "expected a list of texts",
        )
        return tuple(found or ())

    def objects(self, key: str) -> list[tuple[dict[str, Any], str]]:
        """Return the objects of a list, each with its path; what is no object is named and kept."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.problem(key, "expected a list; kept as it is, not used")
            self.keep(key, value)
            return []
        found = []
        for number, item in enumerate(value):
            if isinstance(item, dict):
                found.append((item, f"{self.path}.{key}[{number}]"))
            else:
                self.problem(f"{key}[{number}]", "expected an object; kept as it is, not used")
                self.keep_in_list(key, item)
        return found

    def keep_in_list(self, key: str, item: Any) -> None:
        """Keep an element of a list that could not be used, to be given back at the list's end."""
        self._kept.setdefault(key, []).append(item)

    def inner(self, key: str) -> Fields | None:
        """Return the fields of an object within this one, or None."""
        value = self._checked(key, lambda value: isinstance(value, dict), "expected an object")
        return None if value is None else Fields(value, f"{self.path}.{key}", self.line, self.report)

    def rest(self) -> dict[str, Any]:
        """Return everything that has no field of ours: unknown keys, and values that could not be read."""
        if self._taken >= self._value.keys():
            return dict(self._kept)
        unknown = {key: value for key, value in self._value.items() if key not in self._taken}
        return {**unknown, **self._kept}

    def _checked(self, key: str, fits: Callable[[Any], bool], expected: str) -> Any:
        value = self.take(key)
        if value is None:
            return None
        if not _safely(fits, value):
            self.problem(key, f"{expected}, found {_short(value)}; kept as it is, not used")
            self.keep(key, value)
            return None
        return value


def _safely(fits: Callable[[Any], bool], value: Any) -> bool:
    try:
        return fits(value)
    except TypeError:  # an unhashable value where a word was expected
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
