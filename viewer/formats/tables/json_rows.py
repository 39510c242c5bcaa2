"""The rows of JSON Lines, one object a line, or of a JSON array of objects; keys are columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from viewer.formats.foreign import Opened
from viewer.formats.incoming import UnreadableError
from viewer.formats.strict_json import DEPTH, is_too_deep
from viewer.formats.tables import limits
from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.texts import Encoding, encoding_of, lines_of

_SPACE = " \t\r\n"


class _Number(str):
    """A number as it was written, however many digits it has."""

    __slots__ = ()


class JsonRows:
    """Objects as rows of text cells. `names` are the columns in the order of their first use; it grows."""

    def __init__(self, opened: Opened, notices: Notices) -> None:
        self._notices = notices
        self._places: dict[str, int] = {}
        self.names: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_with_all_keys, parse_int=_Number, parse_float=_Number, parse_constant=_Number
        )
        encoding = encoding_of(opened.file, notices, opened.options.get("encoding"))
        objects = self._objects(opened, encoding)
        sample = list(islice(objects, limits.SAMPLE))
        if not sample:
            raise UnreadableError(
                "there is no JSON object in it: expected one on each line, or a list of them"
            )
        for _, found in sample:
            self._place_all(found)
        self._rows = ((line, self._cells(line, found)) for line, found in chain(sample, objects))

    def rows(self) -> Iterator[Row]:
        """Yield a row of all names that the first objects have, then each object as a row."""
        yield 0, list(self.names)
        yield from self._rows

    def _objects(self, opened: Opened, encoding: Encoding) -> Iterator[tuple[int, dict[str, Any]]]:
        lines = lines_of(opened.file, encoding, self._notices)
        number, line = next(((at, text) for at, text in enumerate(lines, 1) if text.strip()), (0, ""))
        if line.lstrip(_SPACE)[:1] == "[":
            yield from self._array(opened, encoding)
            return
        for at, text in chain([(number, line)], enumerate(lines, number + 1)):
            if text.strip():
                yield from self._object(at, text)

    def _object(self, line: int, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
        try:
            found = self._decoder.decode(text.strip(_SPACE))
        except RecursionError:
            self._refuse(line, f"nested too deep: at most {DEPTH} levels are read")
        except json.JSONDecodeError as error:
            self._refuse(line, f"not JSON: {error.msg}, column {error.colno}")
        else:
            yield from self._checked(line, found)

    def _array(self, opened: Opened, encoding: Encoding) -> Iterator[tuple[int, dict[str, Any]]]:
        opened.file.seek(encoding.skip)
        data = opened.file.read(limits.JSON_BYTES + 1)
        if len(data) > limits.JSON_BYTES:
            message = (
                f"it is a JSON list of more than {limits.JSON_BYTES:,} bytes: write one object on each line"
            )
            raise UnreadableError(message)
        text = data.decode(encoding.name, encoding.errors)
        at, line, counted = _after(text, text.index("[") + 1), 1, 0
        while text[at : at + 1] != "]":
            line, counted = line + text.count("\n", counted, at), at
            try:
                found, at = self._decoder.raw_decode(text, at)
            except RecursionError as error:
                raise UnreadableError(
                    f"nested too deep: at most {DEPTH} levels are read", line=line
                ) from error
            except json.JSONDecodeError as error:
                message = f"not JSON: {error.msg}, column {error.colno}"
                raise UnreadableError(message, line=error.lineno) from error
            yield from self._checked(line, found)
            at = _after(text, at)
            if text[at : at + 1] == ",":
                at = _after(text, at + 1)
                if text[at : at + 1] == "]":
                    raise UnreadableError("not JSON: expected an object behind ','", line=line)
            elif text[at : at + 1] != "]":
                raise UnreadableError("not JSON: expected ',' or ']' behind an object", line=line)
        if _after(text, at + 1) < len(text):
            raise UnreadableError("not JSON: there is text behind the list", line=line)

    def _checked(self, line: int, found: Any) -> Iterator[tuple[int, dict[str, Any]]]:
        if not isinstance(found, dict):
            self._refuse(line, "expected an object, {…}")
        elif is_too_deep(found):
            self._refuse(line, f"nested too deep: at most {DEPTH} levels are read")
        else:
            yield line, found

    def _refuse(self, line: int, why: str) -> None:
        self._notices.add("no JSON object", f"row {line}", f"{why}; not imported", line)

    def _place_all(self, found: dict[str, Any]) -> None:
        for key in found:
            if key not in self._places:
                if len(self.names) >= limits.COLUMNS:
                    raise UnreadableError(f"its objects have more than {limits.COLUMNS:,} different keys")
                self._places[key] = len(self.names)
                self.names.append(_whole(key))

    def _cells(self, line: int, found: dict[str, Any]) -> list[str]:
        try:
            places = [self._places[key] for key in found]
        except KeyError:
            self._place_all(found)
            places = [self._places[key] for key in found]
        cells = [""] * len(self.names)
        for place, value in zip(places, found.values(), strict=True):
            cells[place] = value if type(value) is str else _cell_text(value)
        text = "".join(cells)
        if "\0" in text:
            message = "holds NUL characters, which no text has; each became �"
            self._notices.add("NUL", f"row {line}", message, line)
            cells = [cell.replace("\0", "�") for cell in cells]
        if not text.isascii() and _is_halved(text):
            message = "holds half of a character (a lone surrogate); it became �"
            self._notices.add("surrogate", f"row {line}", message, line)
            cells = [_whole(cell) for cell in cells]
        return cells


def _with_all_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep both of two equal keys, as both of two equal column names are kept."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        name, count = key, 1
        while name in found:
            count += 1
            name = f"{key} ({count})"
        found[name] = value
    return found


def _cell_text(value: Any) -> str:
    """Return a value as a cell: what is nested as JSON, except for a plain list, whose parts a line break parts."""
    if value is None:
        return ""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return _json_text(value)


def _json_text(value: Any) -> str:
    """Return a nested value as JSON, its numbers as they were written."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_json_text(key)}: {_json_text(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json_text, value))}]"
    return str(value) if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _is_halved(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _whole(text: str) -> str:
    if not _is_halved(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_object(line: str) -> bool:
    """Whether a line is one whole JSON object; never raises."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
