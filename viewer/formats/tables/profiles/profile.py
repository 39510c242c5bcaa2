"""What a profile is: a mapping for tables of one known maker, and how their columns give them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from viewer.formats.tables.mapping import TableMapping, column_key
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A known sort of table. `fits` is told the cells of what may be its header (or first row)."""

    mapping: TableMapping
    fits: Callable[[Sequence[str]], bool]

    @property
    def name(self) -> str:
        """What the option “profile” takes."""
        return self.mapping.name

    @property
    def label(self) -> str:
        """What is shown."""
        return self.mapping.label


def has_columns(*names: str) -> Callable[[Sequence[str]], bool]:
    """Return what tells whether a header has all these columns, in any order and case."""
    wanted = {column_key(name) for name in names}
    return lambda header: wanted <= {column_key(name) for name in header}
