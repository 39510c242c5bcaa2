"""Rows that are sources: a list of what was collected, with where the copies are. There are no events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from viewer.formats.foreign import Found
from viewer.formats.tables.citing import Citing
from viewer.formats.tables.columns import Columns
from viewer.formats.tables.mapping import TableMapping
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.when import DateColumns

_SHOWN = 80


class SourceRows:
    """Makes a source of each row. `scope` is what their identifiers are unique within."""

    def __init__(
        self,
        mapping: TableMapping,
        columns: Columns,
        sample: Sequence[Sequence[str]],
        scope: str,
        notices: Notices,
    ) -> None:
        spec = mapping.sources[0]
        dates = DateColumns(columns, sample, mapping.language, notices)
        self._citing = Citing(spec, columns, dates, scope, notices)
        self._success = [
            (place, columns.header[place], expected.casefold())
            for name, expected in spec.success.items()
            if (place := columns.look(name)) is not None
        ]
        columns.keep(mapping.keep)
        self._rest = columns.rest()
        self._notices = notices

    def read(self, line: int, cells: list[str], more: Mapping[str, str], found: list[Found]) -> None:
        """Add a row's source to `found`; `more` is what stands beyond the columns, by name."""
        source = self._citing.source(cells, line)
        if source is None:
            told = f"there is neither a title nor a link; not imported: {', '.join(filter(None, cells))[:_SHOWN]}"
            self._notices.add("no source", f"row {line}", told, line)
            return
        self._check_success(cells, line)
        if not self._citing.is_new(source):
            told = "the same link as in a row before; what this row says besides was not imported"
            self._notices.add("source again", f"row {line}", told, line)
            return
        kept = {**{name: cells[at] for at, name in self._rest if cells[at]}, **more}
        record = replace(source, extra={"columns": kept}) if kept else source
        found.append(Found(record, f"row {line}", line))

    def _check_success(self, cells: Sequence[str], line: int) -> None:
        for place, name, expected in self._success:
            told = cells[place].strip()
            if expected not in told.casefold():
                shown = f"“{told[:_SHOWN]}”" if told else "nothing"
                message = f"says {shown}, not “{expected}”: kept, but there may be no copy"
                self._notices.add("no success", f"row {line} · {name}", message, line)
