"""What happens when something goes wrong: a log entry, one calm dialog, and the program goes on.

`install` comes before QApplication, in the order: crash file, log, hooks; `watch` comes after it. What
is raised in a slot, a timer, a guarded override or a thread ends up in the log and in the dialog; a fault
of the process itself, or a freeze, leaves its stack in the crash file, which the next start finds.
"""

from __future__ import annotations

import atexit
import builtins
import faulthandler
import logging
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn, TextIO

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer.ui.log import error_lines, start_log
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext
    from PySide6.QtWidgets import QAbstractButton, QMessageBox

DIALOG_EVERY = 10.0

_FREEZE = 20
_HEARTBEAT_MS = 1_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_TRUE_EXIT = SystemExit
_log = logging.getLogger(__name__)
_savers: list[Callable[[], None]] = []


def offer_save_copy(save: Callable[[], None]) -> None:
    """Let the error dialog offer `save`, which asks where to and saves a copy of a window's document."""
    _savers.append(save)


def withdraw_save_copy(save: Callable[[], None]) -> None:
    """Take back what `offer_save_copy` offered, when its window closes."""
    if save in _savers:
        _savers.remove(save)


class StrayExit(BaseException):
    """Stands in for SystemExit while windows are open, `code` and all.

    Qt's slots give what they let out to the interpreter, which ends the process on the spot for a SystemExit
    and asks no hook. This is an error as any other, for which nobody loses a window.
    """

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.code = arguments[0] if len(arguments) == 1 else arguments or None


class Leaving(StrayExit):
    """What `sys.exit` raises while windows are open: they are to be closed the ordinary way."""


class Reports(QObject):
    """Takes every error: logs it and shows it, in the main thread, at most once in ten seconds."""

    reported = Signal(str)

    def __init__(self, data_dir: Path, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.earlier_crash = _kept_crash(data_dir)
        self.crash_file = _opened_crash_file(data_dir)
        if self.crash_file is not None:
            faulthandler.enable(self.crash_file)
        self._folder = data_dir
        self.logging_available = start_log(data_dir)
        self._clock = clock
        self._last_place: tuple[object, ...] = ()
        self._last_at = -DIALOG_EVERY
        self._repeats = 0
        self._shown_at = -DIALOG_EVERY
        self._box: QMessageBox | None = None
        self._details = ""
        # Queued: a dialog opened while something is painted or closed would be the next error.
        self.reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell_of_log(self, tell: Callable[[str], object]) -> None:
        """Tell, where no log can be written, that this is so, and where it would be."""
        if not self.logging_available:
            words = self.tr("No log can be written to {folder}; all else goes on.")
            tell(words.format(folder=one_line(str(self._folder))))

    def report(self, error: BaseException) -> None:
        """Log `error` and ask for the dialog; never raises, may be called in any thread."""
        try:
            if isinstance(error, Leaving):
                QCoreApplication.quit()
                return
            if isinstance(error, KeyboardInterrupt) and not _is_running():
                return  # there is nothing yet, or nothing any more, to be interrupted
            if not self._is_repeat(error):
                _log.error(
                    "unexpected error, the one before came %d times more", self._repeats, exc_info=error
                )
                self._repeats = 0
                # Before the windows are there, no dialog can say it.
                print(f"Dateline: unexpected {type(error).__name__}; see dateline.log", file=sys.stderr)
                self.reported.emit("\n".join(error_lines(error)))
        except Exception:
            sys.__excepthook__(type(error), error, error.__traceback__)

    def hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        """Stand in for `sys.excepthook`."""
        self.report(error)

    def leave(self, status: object = None) -> NoReturn:
        """Stand in for `sys.exit`: what a slot lets out as SystemExit would end the process then and there.

        While windows are open, they are closed the ordinary way instead.
        """
        if threading.current_thread() is not threading.main_thread():
            raise SystemExit(status)
        raise Leaving(status) if _is_running() else _TRUE_EXIT(status)

    def thread_hook(self, raised: threading.ExceptHookArgs) -> None:
        """Stand in for `threading.excepthook`."""
        if raised.exc_value is not None and not isinstance(raised.exc_value, SystemExit):
            self.report(raised.exc_value)

    def unraisable_hook(self, raised: sys.UnraisableHookArgs) -> None:
        """Stand in for `sys.unraisablehook`: nobody waits for these, so they are only logged."""
        _log.error("error while cleaning up", exc_info=raised.exc_value)

    def _is_repeat(self, error: BaseException) -> bool:
        """Whether the same place raised the same within ten seconds: a model fails once for each cell."""
        place = (type(error), *_innermost(error.__traceback__))
        repeat = place == self._last_place and self._clock() - self._last_at < DIALOG_EVERY
        if repeat:
            self._repeats += 1
        else:
            self._last_place, self._last_at = place, self._clock()
        return repeat

    def _show(self, details: str) -> None:
        due = self._clock() - self._shown_at >= DIALOG_EVERY
        if self._box is not None or not due or not isinstance(QCoreApplication.instance(), QApplication):
            return
        from PySide6.QtWidgets import QMessageBox

        self._shown_at = self._clock()
        self._details = details
        box = QMessageBox(QApplication.activeWindow())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(self.tr("Dateline met an unexpected error and goes on."))
        box.setInformativeText(
            self.tr(
                "Every saved change is safe. If something looks wrong, close and open the document again."
            )
        )
        box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole).setObjectName("copy")
        if _savers:
            box.addButton(self.tr("Save a copy…"), QMessageBox.ButtonRole.ActionRole).setObjectName("save")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
        box.buttonClicked.connect(self._chosen)
        box.destroyed.connect(self._forget)
        self._box = box
        box.open()

    def _chosen(self, button: QAbstractButton) -> None:
        if button.objectName() == "copy":
            QGuiApplication.clipboard().setText(self._details)
        elif button.objectName() == "save" and _savers:
            _savers[-1]()

    def _forget(self) -> None:
        """Note that the dialog is gone: closed, or deleted with its window."""
        self._box = None


def install(data_dir: Path) -> Reports:
    """Catch what goes wrong from now on; log and crash file go to `data_dir`. Comes before QApplication."""
    reports = Reports(data_dir)
    sys.excepthook = reports.hook
    sys.exit = reports.leave
    builtins.SystemExit = StrayExit  # type: ignore[assignment,misc]  # that is the purpose
    threading.excepthook = reports.thread_hook
    sys.unraisablehook = reports.unraisable_hook
    qInstallMessageHandler(_log_qt)
    atexit.register(_uninstall)
    return reports


def watch(application: QCoreApplication, reports: Reports) -> None:
    """Once a second say that the event loop lives; a freeze of 20 s leaves its stack in the crash file.

    The same beat lets Python see an interrupt (Ctrl+C), which then closes the windows the ordinary way.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QCoreApplication.quit())
    beat = QTimer(application)
    beat.setInterval(_HEARTBEAT_MS)
    beat.timeout.connect(lambda: _expect_beat(reports.crash_file))
    beat.start()


def _is_running() -> bool:
    """Whether the event loop runs, from which all that happens in windows is called."""
    application = QCoreApplication.instance()
    return application is not None and application.thread().loopLevel() > 0


def _innermost(trace: TracebackType | None) -> tuple[str, int] | tuple[()]:
    """Return file and line of the innermost frame."""
    if trace is None:
        return ()
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename, trace.tb_lineno


def _expect_beat(crash_file: TextIO | None) -> None:
    if crash_file is not None:
        faulthandler.dump_traceback_later(_FREEZE, repeat=True, file=crash_file)


def _uninstall() -> None:
    """Let go before the interpreter ends: Qt still talks while it is taken down."""
    faulthandler.cancel_dump_traceback_later()
    qInstallMessageHandler(None)


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def _kept_crash(data_dir: Path) -> Path | None:
    """Move the stack of an earlier crash out of the way; return where it is now, None without one."""
    last, kept = data_dir / "crash.txt", data_dir / "crash-earlier.txt"
    try:
        return last.replace(kept) if last.stat().st_size else None
    except OSError:
        return None


def _opened_crash_file(data_dir: Path) -> TextIO | None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened = os.open(data_dir / "crash.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        return None
    return os.fdopen(opened, "w")
