"""A mapping for a table that nobody knows: guessed by the names of its columns, else by what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from viewer.formats.tables.amounts import number_of
from viewer.formats.tables.date_cells import DateCells
from viewer.formats.tables.guess_words import KINDS, NAMES
from viewer.formats.tables.mapping import (
    ActorColumn,
    Amounts,
    Moment,
    PlaceColumns,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)

_LOOKED_AT = 100
_TITLE = 300
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def guess_mapping(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> TableMapping:
    """Return the likeliest mapping of a table; its label says in words which column became what."""
    guess = _Guess(header, sample_rows[:_LOOKED_AT])
    mapping = guess.mapping()
    told = ", ".join(f"“{column}” → {field}" for field, column in guess.found.items())
    return replace(mapping, name="guess", label=told or "no column was understood")


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names columns: no cell of it is a number, a date or a link."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and not any(
        number_of(cell) is not None or _LINK.match(cell) or _is_date(cell) for cell in told
    )


class _Guess:
    """Which column is which field: `found`, by field."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._header = header
        self._rows = rows
        self.found: dict[str, str] = {}
        names = {name: folded(name) for name in header}
        by_word: dict[str, str] = {}
        for name, word in names.items():
            by_word.setdefault(word, name)
        for field, known in NAMES.items():
            column = next((by_word.pop(word) for word in known if word in by_word), None)
            if column is not None:
                self.found[field] = column
        self._by_beginning(names)
        self._by_values()

    def _by_beginning(self, names: dict[str, str]) -> None:
        """Take “Date of the event” for a date: a column that begins with a known name, where none is just that."""
        for field in ("start", "title", "place", "source", "url", "quantity"):
            if field in self.found or (field == "start" and "year" in self.found):
                continue
            for name, words in names.items():
                known = [word for word in NAMES[field] if words.startswith(f"{word} ") and len(word) > 2]
                if known and name not in self.found.values():
                    self.found[field] = name
                    break

    def _by_values(self) -> None:
        if "start" not in self.found and "year" not in self.found:
            self._take("start", _is_date, 0.8)
        elif "start" in self.found and "year" in self.found and not self._share("start", _is_date):
            del self.found["start"]
        if "url" not in self.found:
            self._take("url", lambda cell: _LINK.match(cell) is not None, 0.8)
        if (
            "url" not in self.found
            and self._share("source", lambda cell: _LINK.match(cell) is not None) > 0.8
        ):
            self.found["url"] = self.found.pop("source")
        if "title" not in self.found:
            self._take_title()

    def _take(self, field: str, fits: Callable[[str], bool], share: float) -> None:
        for column in self._header:
            cells = self._cells(column)
            if column in self.found.values() or not cells:
                continue
            if sum(map(fits, cells)) >= share * len(cells):
                self.found[field] = column
                return

    def _take_title(self) -> None:
        """Take the summary for the title, or the first column of different words."""
        if "summary" in self.found:
            self.found["title"] = self.found.pop("summary")
            return
        for column in self._header:
            cells = self._cells(column)
            worded = [cell for cell in cells if number_of(cell) is None and len(cell) <= _TITLE]
            if column not in self.found.values() and cells and len(worded) > 0.8 * len(cells):
                self.found["title"] = column
                return

    def _share(self, field: str, fits: Callable[[str], bool]) -> float:
        cells = self._cells(self.found[field]) if field in self.found else []
        return sum(map(fits, cells)) / len(cells) if cells else 0.0

    def _cells(self, column: str) -> list[str]:
        place = self._header.index(column)
        return [row[place].strip() for row in self._rows if place < len(row) and row[place].strip()]

    def mapping(self) -> TableMapping:
        found = self.found
        return TableMapping(
            identifier=(found["identifier"],) if self._is_telling() else (),
            title=_words(found, "title") or Words(),
            summary=_words(found, "summary"),
            kind=self._kind(),
            when=self._when(),
            place=self._place(),
            origin=_words(found, "origin"),
            quantity=Amounts(value=found["quantity"]) if "quantity" in found else None,
            actors=(ActorColumn(column=found["actor"], separator=";"),) if "actor" in found else (),
            tags=(TagColumn(column=found["tags"], separator=self._separator("tags")),)
            if "tags" in found
            else (),
            sources=self._sources(),
        )

    def _is_telling(self) -> bool:
        """Whether the identifier tells rows apart."""
        cells = self._cells(self.found["identifier"]) if "identifier" in self.found else []
        if cells and len(set(cells)) == len(cells):
            return True
        self.found.pop("identifier", None)
        return False

    def _kind(self) -> Words:
        column = self.found.get("kind")
        if column is None:
            return Words(fixed="event")
        codes = {"": "event"}
        for cell in dict.fromkeys(self._cells(column)):
            if folded(cell) in KINDS:
                codes[cell] = KINDS[folded(cell)]
        return Words(columns=(column,), values={column: codes})

    def _when(self) -> When:
        found = self.found
        if "start" in found:
            is_timed = "time" in found and not self._share("start", lambda cell: ":" in cell)
            start = Moment(column=found["start"], time=found.get("time") if is_timed else None)
        else:
            start = Moment(**{part: found.get(part) for part in ("year", "month", "day", "time")})
        end = Moment(column=found["end"]) if "end" in found else None
        return When(start=start, end=end, wording=found.get("wording"))

    def _place(self) -> PlaceColumns | None:
        names = tuple(self.found[field] for field in ("place", "country") if field in self.found)
        if not names:
            return None
        return PlaceColumns(
            name=Words(columns=names),
            latitude=self.found.get("latitude"),
            longitude=self.found.get("longitude"),
        )

    def _sources(self) -> tuple[SourceColumns, ...]:
        if not {"source", "url", "publisher"} & self.found.keys():
            return ()
        texts: dict[str, Any] = {
            name: _words(self.found, name)
            for name in ("publisher", "author", "url", "archived_url", "quote", "reliability", "credibility")
        }
        is_listed = set(self.found) & {"publisher", "author", "published", "quote"} == set()
        listed = is_listed and self._share("source", lambda cell: ";" in cell) > 0
        return (
            SourceColumns(
                title=_words(self.found, "source"),
                published=self.found.get("published"),
                separator=";" if listed else None,
                **texts,
            ),
        )

    def _separator(self, field: str) -> str:
        text = "\n".join(self._cells(self.found[field]))
        return max((";", ",", "|"), key=text.count)


def _words(found: dict[str, str], field: str) -> Words | None:
    return Words(columns=(found[field],)) if field in found else None


def folded(name: str) -> str:
    """Return a column's name without case, accents and signs: “Date_début” and “DateDébut” are “date debut”."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("ß", "ss")
    return _NOT_WORD.sub(" ", plain).strip()


_DATES = DateCells(None, None)


def _is_date(cell: str) -> bool:
    if not any(sign.isdigit() for sign in cell) or len(cell) > 40:
        return False
    found = _DATES.read(cell)
    return not isinstance(found, str) and found.is_dated
