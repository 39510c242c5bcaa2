"""Rows of other sheets that a row refers to: their cells are added behind its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.mapping import Join, column_key
from viewer.formats.tables.notices import Notices

_MOST = 200_000
RowsOf = Callable[[str], Iterator[Row] | None]


class Joined:
    """The rows of one other sheet by their keys. `names` are those of its columns, “Sheet.Column”.

    Where there is no such sheet, the column of the key is all there is: keys are kept as they are told.
    """

    def __init__(self, join: Join, header: list[str], rows_of: RowsOf, notices: Notices) -> None:
        self._join = join
        self._notices = notices
        self._rows: dict[str, list[str]] = {}
        self._missing: set[str] = set()
        keys = {column_key(name): place for place, name in enumerate(header)}
        self._place = keys.get(column_key(join.column))
        rows = None if self._place is None else rows_of(join.sheet)
        names = next(rows, (0, []))[1] if rows is not None else []
        key = next((at for at, name in enumerate(names) if column_key(name) == column_key(join.key)), None)
        self._key = key or 0
        if rows is None or key is None:
            names = [] if self._place is None else [join.key]
        self.names = [f"{join.sheet}.{name.strip()}" for name in names]
        for _, cells in rows if rows is not None and key is not None else ():
            if self._key < len(cells) and cells[self._key].strip() and len(self._rows) < _MOST:
                self._rows.setdefault(cells[self._key].strip(), cells)

    def cells(self, cells: list[str], line: int) -> list[str]:
        """Return the cells to be added behind those of a row; several rows as lists, parted by line breaks."""
        width = len(self.names)
        told = cells[self._place].strip() if self._place is not None else ""
        if not told or not width:
            return [""] * width
        keys = [told] if told in self._rows or not self._join.separator else told.split(self._join.separator)
        found = [self._row(key.strip(), width, line) for key in keys if key.strip()]
        if len(found) == 1:
            return found[0]
        return ["\n".join(" ".join(row[at].split()) for row in found) for at in range(width)]

    def _row(self, key: str, width: int, line: int) -> list[str]:
        row = self._rows.get(key)
        if row is not None:
            return [*row[:width], *[""] * (width - len(row))]
        if self._rows and key not in self._missing:
            self._missing.add(key)
            message = f"there is no {key[:60]!r} in the sheet “{self._join.sheet}”; kept as it is"
            self._notices.add("reference to a sheet", f"row {line}", message, line)
        return [key if at == self._key else "" for at in range(width)]
