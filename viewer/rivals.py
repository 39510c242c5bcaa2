"""Events whose claims give dates or numbers that cannot all hold, as known on any day.

A query names the few events that may be among them; only these are read, once for each revision. What weighs
them is loaded when it is first needed: the window opens without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.domain.records import Event
from viewer.storage.finding import ids_that_may_clash
from viewer.storage.store import Store

if TYPE_CHECKING:
    from viewer.domain.context import Context


class Rivals:
    """Finds them in one document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision = -1
        self._candidates: tuple[Event, ...] = ()
        self._found: tuple[int | None, frozenset[int]] | None = None

    def events(self, context: Context, known_by: int | None = None) -> frozenset[int]:
        """Return their ids; `known_by`, seconds: as far as had been published by then."""
        from viewer.weighing import clashes

        if self._revision != self._store.revision:
            self._candidates = tuple(self._store.events(ids_that_may_clash(self._store)))
            self._revision, self._found = self._store.revision, None
        if self._found is None or self._found[0] != known_by:
            clashing = (event.id for event in self._candidates if clashes(event, context, known_by))
            self._found = known_by, frozenset(clashing)
        return self._found[1]
