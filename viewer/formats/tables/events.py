"""Rows into events: a mapping is turned once into functions, which then make the records of each row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from viewer.domain.records import Claim, Event, Part, Place
from viewer.formats.foreign import Found, stable_uid
from viewer.formats.tables.amounts import amount_of, degrees_of
from viewer.formats.tables.citing import Citing
from viewer.formats.tables.columns import Columns, part_splitter, words_getter
from viewer.formats.tables.kinds import Kinds
from viewer.formats.tables.mapping import TableMapping, Words
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.when import DateColumns, when_of

_TITLE = 300


class EventRows:
    """Makes the records of rows. `scope` is what their identifiers are unique within."""

    def __init__(
        self,
        mapping: TableMapping,
        columns: Columns,
        sample: Sequence[Sequence[str]],
        scope: str,
        notices: Notices,
    ) -> None:
        self._scope, self._columns, self._notices = scope, columns, notices
        dates = DateColumns(columns, sample, mapping.language, notices)
        self._uids = RowUids(mapping.identifier, columns, scope, notices)
        self._title = words_getter(mapping.title, columns)
        self._summary = words_getter(mapping.summary, columns)
        self._kind = words_getter(mapping.kind, columns)
        self._kinds = Kinds(mapping.kinds, notices)
        self._when = when_of(mapping.when, dates, columns, notices)
        self._place = words_getter(mapping.place.name, columns) if mapping.place else None
        self._where = _Positions(mapping, columns, scope, notices) if self._place else None
        self._origin = words_getter(mapping.origin, columns)
        self._amount = (
            amount_of(mapping.quantity, columns, mapping.language, notices) if mapping.quantity else None
        )
        self._actors = [
            (place, each.role, part_splitter(each.separator))
            for each in mapping.actors
            if (place := columns.take(each.column)) is not None
        ]
        self._tags = [
            (place, part_splitter(each.separator))
            for each in mapping.tags
            if (place := columns.take(each.column)) is not None
        ]
        cited = [Citing(each, columns, dates, scope, notices) for each in mapping.sources]
        self._cited = [each for each in cited if each.is_possible]
        columns.keep(mapping.keep)
        self._rest = columns.rest()

    def read(self, line: int, cells: list[str], more: Mapping[str, str], found: list[Found]) -> None:
        """Add a row's records to `found`: what the event refers to first.

        `cells` are as many as columns; `more` is what stands beyond them, by name.
        """
        give = found.append
        uid = self._uids.uid(line, cells)
        kind = self._kinds.name(self._kind(cells) if self._kind is not None else "", line)
        place = self._place(cells) or None if self._place is not None else None
        kept = {name: cell for at, name in self._rest if (cell := cells[at])}
        if more:
            kept.update(more)
        if self._where is not None and place is not None:
            self._where.place(place, cells, line, found, kept)
        claims: tuple[Claim, ...] = ()
        for citing in self._cited:
            claims = (*claims, *citing.claims(uid, len(claims) + 1, cells, line, give))
        summary = self._summary(cells) or None if self._summary is not None else None
        title = self._title(cells) if self._title is not None else ""
        if not title or len(title) > _TITLE or "\n" in title:
            title, summary = self._title_of(title, summary, kept, line)
        when = self._when(cells, line) if self._when is not None else None
        quantity = self._amount(cells, line) if self._amount is not None else None
        if self._kinds.new:
            self._give_kinds(line, found)
        event = Event(
            uid=uid,
            kind=kind,
            title=title,
            summary=summary,
            when=when,
            place=place,
            origin=self._origin(cells) or None if self._origin is not None else None,
            quantity=quantity,
            actors=self._parts(cells) if self._actors else (),
            tags=self._labels(cells) if self._tags else (),
            claims=claims,
            extra={"columns": kept} if kept else {},
        )
        give(Found(event, f"row {line}", line))

    def _parts(self, cells: Sequence[str]) -> tuple[Part, ...]:
        parts = [(name, role) for place, role, split in self._actors for name in split(cells[place])]
        return tuple(Part(name=name, role=role) for name, role in dict.fromkeys(parts))

    def _labels(self, cells: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag for place, split in self._tags for tag in split(cells[place])))

    def _give_kinds(self, line: int, found: list[Found]) -> None:
        found.extend(Found(kind, f"row {line}", line) for kind in self._kinds.new)
        self._kinds.new.clear()

    def _title_of(
        self, title: str, summary: str | None, kept: dict[str, str], line: int
    ) -> tuple[str, str | None]:
        """Return a title of one line, and the summary, which takes what the title has no room for."""
        if not title:
            told = "there is no title; the beginning of the row's text was taken"
            self._notices.add("title", f"row {line}", told, line)
            first = next((text for text in (summary, *kept.values()) if text and text.strip()), f"Row {line}")
            return _one_line(first), summary
        if summary is None:
            return _one_line(title), title
        kept["title"] = title
        return _one_line(title), summary


class RowUids:
    """The uid of each row: by its identifier, else by its content and how often that came before."""

    def __init__(self, identifier: tuple[str, ...], columns: Columns, scope: str, notices: Notices) -> None:
        self._identifier = words_getter(Words(columns=identifier, separator=" "), columns)
        self._scope, self._notices = scope, notices
        self._seen: set[int] = set()
        self._again: Counter[int] = Counter()

    def uid(self, line: int, cells: Sequence[str]) -> str:
        """Return the uid of a row; where an identifier comes again, one of its own, and that is named."""
        identifier = self._identifier(cells) if self._identifier is not None else ""
        by_content = not identifier
        if by_content:
            identifier = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:32]
        number = hash(identifier)  # a million texts would take too much room
        if number not in self._seen:
            self._seen.add(number)
        else:
            self._again[number] += 1
            if not by_content:
                told = f"the identifier {identifier[:60]!r} was there before; this row is an event of its own"
                self._notices.add("identifier", f"row {line}", told, line)
            identifier = f"{identifier} ({self._again[number] + 1})"
        return stable_uid(self._scope, identifier)


class _Positions:
    """Where the places lie: given once for each name; another position of the same name is kept with the event."""

    def __init__(self, mapping: TableMapping, columns: Columns, scope: str, notices: Notices) -> None:
        assert mapping.place is not None
        self._scope, self._notices = f"{scope} place", notices
        self._columns = [
            columns.take(name)
            for name in (mapping.place.latitude, mapping.place.longitude, mapping.place.precision)
        ]
        self._names = [None if at is None else columns.header[at] for at in self._columns]
        self._known: dict[str, tuple[str, ...]] = {}
        self._elsewhere: set[str] = set()

    def place(
        self, name: str, cells: Sequence[str], line: int, found: list[Found], kept: dict[str, str]
    ) -> None:
        if self._columns == [None, None, None]:
            return
        told = tuple("" if at is None else cells[at].strip() for at in self._columns)
        known = self._known.get(name)
        if known == told or not any(told):
            return
        if known is None and self._is_new(name, told, line, found):
            return
        kept.update({key: word for key, word in zip(self._names, told, strict=True) if key and word})
        if known is not None:
            message = (
                f"“{name[:60]}” lies elsewhere in another row; the first position stays, this one is kept"
            )
            if name not in self._elsewhere:
                self._elsewhere.add(name)
                self._notices.add("position of a place", f"row {line}", message, line)

    def _is_new(self, name: str, told: tuple[str, ...], line: int, found: list[Found]) -> bool:
        """Give a place that has a position; whether all that was told of it could be used."""
        latitude, longitude = degrees_of(told[0], 90), degrees_of(told[1], 180)
        if (told[0] or told[1]) and (latitude is None or longitude is None):
            message = "expected a latitude from -90 to 90 and a longitude from -180 to 180; kept, not used"
            self._notices.add("position", f"row {line}", message, line)
            return False
        self._known[name] = told
        uid = stable_uid(self._scope, name)
        record = Place(uid=uid, name=name, latitude=latitude, longitude=longitude, precision=told[2] or None)
        found.append(Found(record, f"row {line}", line))
        return True


def scope_of(name: str, told: str | None) -> str:
    """Return what identifiers are unique within: as told, else the file's name without its ending."""
    # A file's name need not be whole characters, but a uid must be; and a uid is easier to copy without spaces.
    stem = name.encode(errors="replace").decode().rsplit(".", 1)[0]
    return told or f"table-{'-'.join(stem.split())[:40]}"


def _one_line(text: str) -> str:
    text = " ".join(text[: 4 * _TITLE].split())
    return text if len(text) <= _TITLE else f"{text[: _TITLE - 1]}…"
