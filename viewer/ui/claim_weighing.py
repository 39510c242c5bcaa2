"""What a window has weighed of claims: at once in a small document, beside the window in a large one.

Whatever was weighed is kept; an edit has only the events weighed again that it touches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viewer.storage.reading import reading
from viewer.surroundings import Surroundings
from viewer.ui.asking import Asking
from viewer.weighing import (
    Rivalry,
    again,
    asked_of_claims,
    rivalry,
    rivalry_after,
    rivalry_on,
    weighed,
    weighed_within,
    weighs_no_others,
)

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Hashable

    from viewer.document import Document
    from viewer.domain.context import Context
    from viewer.domain.edits import Edit
    from viewer.domain.filters import Filter
    from viewer.storage.reader import Reader
    from viewer.ui.asking import Cancelled, Tell
    from viewer.ui.background import Background


class _Weighing(QObject):
    """One kind of question about claims. `changed()`: its answer came later; `failed(error)`."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._context: Context | None = None
        self._asking = Asking(background, self)
        self._asking.answered.connect(self.changed)
        self._asking.failed.connect(self.failed)
        self._asking.partly.connect(self._take_over)

    @property
    def is_waiting(self) -> bool:
        """Whether claims are being weighed."""
        return self._asking.is_waiting

    def _ask(
        self,
        question: Hashable,
        work: Callable[[Reader, Context, Cancelled], Any],
        *,
        is_quick: bool = False,
    ) -> bool:
        """Have the claims weighed by work on a reader; return whether the answer is there already."""
        document = self._document
        if question is None or self._asking.is_about(question):
            return self._asking.ask(question, lambda _cancelled, _tell: None, beside=False)
        if is_quick or not document.is_large:
            context = self._context = document.provenance_context()
            return self._asking.ask(
                question, lambda cancelled, _tell: work(document.store, context, cancelled), beside=False
            )
        known = document.provenance_context() if document.surroundings.is_known else None
        path, uid, revision = document.path, document.uid, document.store.revision
        self._context = known

        def beside(cancelled: Cancelled, tell: Tell) -> Any:
            with reading(path, uid) as reader:
                context = known
                if context is None:
                    around = Surroundings(reader)
                    context = around.context()
                    tell((revision, around))
                return work(reader, context, cancelled)

        return self._asking.ask(question, beside, beside=True)

    def _take_over(self, made: tuple[int, Surroundings]) -> None:
        """Keep the context that a worker has made, unless the document was changed meanwhile."""
        revision, around = made
        if revision == self._document.store.revision:
            self._document.surroundings.take_over(around)
            self._context = self._document.provenance_context()

    def _amend(
        self, edit: Edit, touched: frozenset[int] | None, change: Callable[[Any, frozenset[int]], Any]
    ) -> None:
        """Have what an edit touched weighed again; where it may weigh on others, forget the answer."""
        if self._context is None:
            self._asking.give_up()
            return
        before, context = self._context, self._document.provenance_context()
        is_local = before is context or (weighs_no_others(edit) and before.statements is context.statements)
        if touched is None or not is_local or not self._asking.has_answer:
            self._asking.give_up()
        else:
            self._context = context
            self._asking.amend(lambda found: change(found, touched))


class SupportWeighing(_Weighing):
    """Which events' claims are as a filter asks."""

    @property
    def events(self) -> array[int] | None:
        """Their ids, rising; None where a filter asks nothing of claims."""
        found: array[int] | None = self._asking.answer
        return found

    def weigh(self, wanted: Filter) -> bool:
        """Find them; return whether they are there already."""
        asked = asked_of_claims(wanted)

        def work(reader: Reader, context: Context, cancelled: Cancelled) -> array[int]:
            return weighed(reader, asked, context, cancelled=cancelled)

        self._asked = asked
        return self._ask(asked if wanted.weighs_claims else None, work)

    def follow(self, edit: Edit, touched: frozenset[int] | None) -> None:
        """Keep up with an edit that touched some events; None: it may be any."""

        def change(found: array[int] | None, events: frozenset[int]) -> array[int] | None:
            store, context = self._document.store, self._document.provenance_context()
            if found is None:
                return None
            return again(found, events, lambda within: weighed_within(store, self._asked, context, within))

        self._amend(edit, touched, change)


class RivalWeighing(_Weighing):
    """Which events hold claims that clash, as known on a day."""

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(document, background, parent)
        self._last = Rivalry()
        self._day: int | None = None
        self._has_candidates = False
        self.changed.connect(self._keep)

    @property
    def events(self) -> frozenset[int]:
        """Their ids; those of the day before while another day is being weighed."""
        return self._last.events

    def weigh(self, day: int | None) -> bool:
        """Find them; return whether they are there already."""
        self._day = day
        before = self._last if self._has_candidates else None

        def work(reader: Reader, context: Context, cancelled: Cancelled) -> Rivalry:
            if before is None:
                return rivalry(reader, context, day, cancelled=cancelled)
            return rivalry_on(before, reader, context, day, cancelled=cancelled)

        is_quick = before is not None and before.few is not None
        if self._ask(("day", day), work, is_quick=is_quick):
            self._keep()
        return self._asking.has_answer

    def follow(self, edit: Edit, touched: frozenset[int] | None) -> None:
        """Keep up with an edit that touched some events; None: it may be any."""

        def change(found: Rivalry, events: frozenset[int]) -> Rivalry:
            context = self._document.provenance_context()
            return rivalry_after(found, events, self._document.store, context, self._day)

        self._amend(edit, touched, change)
        if self._asking.has_answer:
            self._keep()
        else:
            self._has_candidates = False

    def _keep(self) -> None:
        self._last = self._asking.answer
        self._has_candidates = True
