"""Questions to a document that take long: asked beside the window, the newest one counts, its answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    import threading
    from collections.abc import Hashable

    from viewer.ui.background import Background, Task

Cancelled = Callable[[], bool]
Tell = Callable[[Any], None]
Work = Callable[[Cancelled, Tell], Any]


class Asking(QObject):
    """Asks one kind of question. `answered()` and `failed(error)` are said of answers that came later.

    `partly(value)`: what the work tells of its answer before it has all of it.
    """

    answered = Signal()
    partly = Signal(object)
    failed = Signal(object)
    _told = Signal(int, object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.answer: Any = None
        self._background = background
        self._question: Hashable = None
        self._has_answer = False
        self._task: Task | None = None
        self._number = 0
        self._told.connect(self._pass_on)

    @property
    def is_waiting(self) -> bool:
        """Whether a question is being worked on."""
        return self._task is not None

    def is_about(self, question: Hashable) -> bool:
        """Whether that question is answered or being worked on."""
        return question == self._question and (self._has_answer or self._task is not None)

    @property
    def has_answer(self) -> bool:
        """Whether the last question is answered."""
        return self._has_answer

    def ask(self, question: Hashable, work: Work, *, beside: bool) -> bool:
        """Return whether the answer is there: kept, worked out at once or, `beside` the window, later.

        Another question that is still being worked on is given up. None asks nothing; its answer is None.
        """
        if self.is_about(question):
            return self._has_answer
        self.give_up()
        self._question, self._has_answer = question, question is None or not beside
        self.answer = None
        if question is None:
            return True
        if not beside:
            self.answer = work(lambda: False, lambda _value: None)
            return True
        number = self._number

        def started(cancelled: threading.Event) -> Any:
            return work(cancelled.is_set, lambda value: self._told.emit(number, value))

        self._task = self._background.start(started, self._done, self._fail)
        return False

    def amend(self, change: Callable[[Any], Any]) -> bool:
        """Replace the answer, if it is there, by what `change` makes of it; return whether it was."""
        if self._has_answer and self._question is not None:
            self.answer = change(self.answer)
        return self._has_answer

    def give_up(self) -> None:
        """Forget question and answer."""
        self._number += 1
        if self._task is not None:
            self._task.cancel()
        self._task, self._question, self._has_answer, self.answer = None, None, False, None

    def _pass_on(self, number: int, value: object) -> None:
        if number == self._number and self._task is not None:
            self.partly.emit(value)

    def _done(self, value: object) -> None:
        self._task, self._has_answer, self.answer = None, True, value
        self.answered.emit()

    def _fail(self, error: Exception) -> None:
        self.give_up()
        self.failed.emit(error)
