"""A table's columns by name, and words made of them: each mapping is turned once into plain functions of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from viewer.formats.tables.mapping import Words, column_key

Cells = Sequence[str]
Getter = Callable[[Cells], str]


class Columns:
    """The header of a table, and what became of each column: those that nobody took are kept beside the record."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = header
        self._places: dict[str, int] = {}
        for place, name in enumerate(header):
            self._places.setdefault(column_key(name), place)
        self._taken: set[int] = set()
        self._kept: set[int] = set()
        self.missing: dict[str, None] = {}
        """Columns that were asked for and are not there, in the order of asking."""

    def place(self, name: str) -> int | None:
        """Return where a column stands."""
        return self._places.get(column_key(name))

    def take(self, name: str | None) -> int | None:
        """Return where a column stands whose cells go wholly into a field."""
        return self._noted(name, self._taken)

    def look(self, name: str | None) -> int | None:
        """Return where a column stands whose cells are kept as they are besides, as codes are."""
        return self._noted(name, self._kept)

    def keep(self, names: Iterable[str | None]) -> None:
        """Keep those columns that are there although they are taken."""
        places = (self.place(name) for name in names if name is not None)
        self._kept.update(place for place in places if place is not None)

    def rest(self) -> list[tuple[int, str]]:
        """Return the places and names of the columns to be kept beside a record."""
        return [
            (place, name)
            for place, name in enumerate(self.header)
            if place in self._kept or place not in self._taken
        ]

    def _noted(self, name: str | None, where: set[int]) -> int | None:
        if name is None:
            return None
        place = self.place(name)
        if place is None:
            self.missing[name] = None
        else:
            where.add(place)
        return place


def words_getter(words: Words | None, columns: Columns) -> Getter | None:
    """Return what makes the words of a row, stripped; None if they are made of no column that is there."""
    if words is None:
        return None
    if words.fixed is not None:
        return _always(words.fixed)
    coded = {column_key(name): codes for name, codes in words.values.items()}
    getters: list[Getter] = []
    for name in words.columns:
        codes = coded.get(column_key(name))
        # Of several, only the first can be sure to be used.
        is_kept = codes is not None or (words.first and getters)
        place = columns.look(name) if is_kept else columns.take(name)
        if place is not None:
            getters.append(cell_getter(place) if codes is None else _decoded(place, dict(codes)))
    if not getters:
        return None
    if len(getters) == 1:
        return getters[0]
    return _first(getters) if words.first else _joined(getters, words.separator)


def cell_getter(place: int) -> Getter:
    """Return what gives one cell of a row, stripped."""
    return lambda cells: cells[place].strip()


def part_splitter(separator: str | None) -> Callable[[str], list[str]]:
    """Return what parts a cell: at the separator, and at line breaks as a JSON list has them; no part is empty."""
    if not separator:
        return lambda cell: [cell.strip()] if cell.strip() else []

    def split(cell: str) -> list[str]:
        if "\n" in cell:
            cell = cell.replace("\n", separator)
        return [part for part in map(str.strip, cell.split(separator)) if part]

    return split


def _always(text: str) -> Getter:
    return lambda _cells: text


def _decoded(place: int, codes: dict[str, str]) -> Getter:
    def get(cells: Cells) -> str:
        code = cells[place].strip()
        return codes.get(code, code)

    return get


def _first(getters: list[Getter]) -> Getter:
    def get(cells: Cells) -> str:
        for getter in getters:
            if text := getter(cells):
                return text
        return ""

    return get


def _joined(getters: list[Getter], separator: str) -> Getter:
    def get(cells: Cells) -> str:
        # Two columns often say the same: a town and its district.
        return separator.join(dict.fromkeys(text for getter in getters if (text := getter(cells))))

    return get
