"""The sources that a row names, and what each claims: one, or as many as its parallel lists have parts."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import RELIABILITIES, Claim, Hop, Source
from viewer.formats.foreign import Found, stable_uid
from viewer.formats.tables.columns import Cells, Columns, Getter, words_getter
from viewer.formats.tables.mapping import SourceColumns, Words
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.when import DateColumns

Give = Callable[[Found], None]

_TEXTS = ("title", "publisher", "author", "medium", "url", "archived_url", "language", "reliability", "text")
_REMEMBERED = 100_000
_JOINED = "\n"
"""Parts the rows of another sheet that were joined; all columns have as many, be the last ones empty."""
_TITLE = 300


class Citing:
    """Sources and claims of one set of columns. A source is given once, before the first event that needs it."""

    def __init__(
        self, spec: SourceColumns, columns: Columns, dates: DateColumns, scope: str, notices: Notices
    ) -> None:
        self._scope = f"{scope} source"
        self._notices = notices
        self._separator = spec.separator
        self._stance = spec.stance
        used = _Noting(columns)
        self._texts = {name: used.getter(getattr(spec, name)) for name in _TEXTS}
        self._dates = {name: used.date(dates, getattr(spec, name)) for name in ("published", "accessed")}
        self._identifier = used.getter(Words(columns=spec.identifier, separator="\x1f"))
        self._used = tuple(sorted(used.places))
        is_told = any(get is not None for get in self._texts.values())
        self._key = itemgetter(*self._used) if self._used else _nothing if is_told else None
        self._chain = [(used.getter(hop.name), hop.verb) for hop in spec.chain]
        self._quote, self._note, self._verb = (
            used.getter(words) for words in (spec.quote, spec.note, spec.verb)
        )
        self._credibility = used.getter(spec.credibility)
        self._listed = tuple(sorted(used.places))
        if spec.separator not in (None, "", _JOINED):  # lists that do not fit together are kept whole
            columns.keep([columns.header[place] for place in self._listed])
        self._uids: dict[object, str] = {}
        self._given: set[int] = set()

    @property
    def is_possible(self) -> bool:
        """Whether any column that is there, or a fixed word, tells a source."""
        return self._key is not None

    def claims(self, event: str, first: int, cells: list[str], line: int, give: Give) -> list[Claim]:
        """Return the claims of a row, numbered from `first`; sources that are new go to `give` before."""
        if self._key is None:
            return []
        if not self._separator or not self._listed:
            claim = self._claim(event, first, cells, line, give)
            return [] if claim is None else [claim]
        found: list[Claim] = []
        for part in self._parts(cells, line):
            claim = self._claim(event, first + len(found), part, line, give)
            if claim is not None:
                found.append(claim)
        return found

    def source(self, cells: Cells, line: int) -> Source | None:
        """Return the source of a row, or None if the row names none."""
        texts = {name: get(cells) or None for name, get in self._texts.items() if get is not None}
        dates: dict[str, FuzzyDate | None] = {
            name: get(cells, line) for name, get in self._dates.items() if get is not None
        }
        title = texts.get("title") or texts.get("url") or texts.get("publisher") or ""
        identifier = self._identifier(cells) if self._identifier is not None else ""
        if not title and not identifier:
            return None
        if texts.get("reliability") not in (None, *RELIABILITIES):
            told = f"expected one of {', '.join(RELIABILITIES)}; not used"
            self._notices.add("reliability", f"row {line}", told, line)
            texts["reliability"] = None
        published = dates.get("published")
        known = (
            identifier
            or texts.get("url")
            or _digest(
                title,
                texts.get("publisher") or "",
                "" if published is None else published.edtf or published.text or "",
            )
        )
        texts["title"] = _one_line(title or identifier)
        return Source(uid=stable_uid(self._scope, known), **{**texts, **dates})  # type: ignore[arg-type]

    def is_new(self, source: Source) -> bool:
        """Whether a source was not given before; it counts as given from now on."""
        number = hash(source.uid)
        if number in self._given:
            return False
        self._given.add(number)
        return True

    def _claim(self, event: str, number: int, cells: Cells, line: int, give: Give) -> Claim | None:
        assert self._key is not None
        key = self._key(cells)
        uid = self._uids.get(key)
        if uid is None:
            uid = self._introduced(cells, line, give)
            if len(self._uids) >= _REMEMBERED:
                self._uids.clear()
            self._uids[key] = uid
        if not uid:
            return None
        if not self._chain and self._quote is self._note is self._verb is self._credibility is None:
            return Claim(
                uid=stable_uid(event, str(number)),
                source=uid,
                stance=self._stance,
            )
        return Claim(
            uid=stable_uid(event, str(number)),
            source=uid,
            quote=_said(self._quote, cells),
            stance=self._stance,
            verb=_said(self._verb, cells),
            credibility=self._graded(cells, line),
            note=_said(self._note, cells),
            chain=tuple(
                Hop(name=name, verb=verb) for get, verb in self._chain if (name := _said(get, cells))
            ),
        )

    def _introduced(self, cells: Cells, line: int, give: Give) -> str:
        source = self.source(cells, line)
        if source is None:
            return ""
        if self.is_new(source):
            give(Found(source, f"row {line}", line))
        return source.uid

    def _graded(self, cells: Cells, line: int) -> int | None:
        word = _said(self._credibility, cells)
        if word is None:
            return None
        if word in ("1", "2", "3", "4", "5", "6"):
            return int(word)
        self._notices.add("credibility", f"row {line}", "expected a whole number from 1 to 6; not used", line)
        return None

    def _parts(self, cells: list[str], line: int) -> Iterator[list[str]]:
        """Yield the row once for each part of its lists, with only that part in its cells."""
        lists = {place: split_list(cells[place], self._separator or ";") for place in self._listed}
        lengths = {len(parts) for parts in lists.values() if parts}
        if len(lengths) > 1:
            told = f"its lists of sources have {' and '.join(map(str, sorted(lengths)))} parts"
            self._notices.add(
                "parallel lists", f"row {line}", f"{told}; all parts were kept, in their order", line
            )
        for number in range(max(lengths, default=0)):
            row = list(cells)
            for place, parts in lists.items():
                row[place] = parts[number] if number < len(parts) else ""
            yield row


def _nothing(_cells: Cells) -> str:
    """Return the key of what is the same for all rows."""
    return ""


class _Noting:
    """Takes columns and remembers which."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.places: set[int] = set()

    def getter(self, words: Words | None) -> Getter | None:
        if words is not None:
            self.places |= {
                place for name in words.columns if (place := self._columns.place(name)) is not None
            }
        return words_getter(words, self._columns)

    def date(self, dates: DateColumns, name: str | None) -> Callable[[Cells, int], FuzzyDate | None] | None:
        place = None if name is None else self._columns.place(name)
        if place is not None:
            self.places.add(place)
        return dates.single(name)


def split_list(cell: str, separator: str) -> list[str]:
    """Return the parts of a list in one cell, stripped, quotes respected; empty ones between others are kept."""
    if not cell.strip():
        return []
    if separator == _JOINED:
        return [part.strip() for part in cell.split(_JOINED)]
    if '"' in cell:
        try:
            parts: Sequence[str] = next(csv.reader([cell.replace("\n", " ")], delimiter=separator), [])
        except csv.Error:
            parts = cell.split(separator)
    else:
        parts = cell.split(separator)
    found = [part.strip() for part in parts]
    while found and not found[-1]:
        found.pop()
    return found


def _said(get: Getter | None, cells: Cells) -> str | None:
    return None if get is None else get(cells) or None


def _digest(*words: str) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:32]


def _one_line(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
