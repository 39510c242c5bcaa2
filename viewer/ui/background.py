"""Work beside the window, so that it never waits: started, cancelled, and ended before the window goes.

What is done in a worker may touch neither widgets nor the document; it gets values and returns values.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from viewer.ui.guard import guard

Work = Callable[[threading.Event], Any]
_PATIENCE_MS = 2_000
_TURN = 0.0005
"""Seconds for which a worker keeps the interpreter from the window's thread: painting asks for it many times."""


class Task(QObject):
    """One piece of work. `finished(value)` or `failed(exception)` come in the window's thread, unless cancelled."""

    finished = Signal(object)
    failed = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._ended.connect(self._tell)

    def cancel(self) -> None:
        """Ask the work to stop; whatever it still returns is told to nobody."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether nobody waits for it any more."""
        return self._cancelled.is_set()

    def work(self) -> None:
        """Do the work; called in a worker."""
        value: object = None
        error: BaseException | None = None
        try:
            if not self._cancelled.is_set():
                value = self._work(self._cancelled)
        except BaseException as raised:
            error = raised
        try:
            self._ended.emit(value, error)
        except RuntimeError:  # the window is gone, and with it whoever wanted to know
            pass

    def _tell(self, value: object, error: BaseException | None) -> None:
        if not self._cancelled.is_set():
            if error is None:
                self.finished.emit(value)
            else:
                self.failed.emit(error)
        self.deleteLater()


class Background(QObject):
    """The workers of one part of a window. Call `stop` before that part goes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._pool = QThreadPool(self)
        self._running: set[_Runnable] = set()

    def start(
        self, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> Task:
        """Do `work` in a worker; then call `done` or `failed`, bound methods of a QObject, in this thread.

        Without `failed` an error is reported as one that nobody expected.
        """
        task = Task(work, self)
        task.finished.connect(done)
        task.failed.connect(self._report if failed is None else failed)
        runnable = _Runnable(task)
        self._running.add(runnable)
        task.destroyed.connect(lambda: self._running.discard(runnable))
        self._pool.start(runnable)
        return task

    def _report(self, error: BaseException) -> None:
        sys.excepthook(type(error), error, error.__traceback__)

    def stop(self) -> bool:
        """Cancel all work and wait for it, 2 s at most; return whether it has ended."""
        for runnable in self._running:
            runnable.task.cancel()
        return self._pool.waitForDone(_PATIENCE_MS)


class _Runnable(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.task = task

    @guard()
    def run(self) -> None:
        self.task.work()
