"""The application: the order of its start, and opening windows."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.folders import config_folder, data_folder
from viewer.storage.errors import StorageError
from viewer.ui import crash
from viewer.ui.accessible_motion import motions
from viewer.ui.icons import icon
from viewer.ui.main_window import MainWindow
from viewer.ui.settings import Settings
from viewer.ui.theme import themes
from viewer.ui.windows import Windows, when_idle

UNREADABLE = 2
_LOOK_MS = 20


def run(
    file: Path | None,
    *,
    sample: bool,
    platform: str | None,
    size: tuple[int, int] | None,
    theme: str | None,
    screenshot: Path | None,
    shared: bool = False,
) -> int:
    """Open the window and return the exit code when the last one is closed, or when its picture is saved.

    `shared`: later starts have this one show their files.
    """
    reports = crash.install(data_folder())
    application = make_application(platform)
    crash.watch(application, reports)
    if screenshot is None:
        settings = Settings(config_folder() / "settings.json")
        themes().set_choice(theme or settings.theme)
        motions().is_reduced = settings.reduced_motion
        themes().dress(application)
        windows = Windows(settings)
        window = _first_window(windows, file, sample=sample, size=size)
        reports.tell_of_log(window.mention)
        when_idle(lambda: _come_to_rest(application, windows, shared=shared))
        code = application.exec()
        windows.close_all()
        return code
    themes().set_choice(theme or "system")
    themes().dress(application)
    # A picture leaves no trace: its sample, its settings and its recent files are gone with it.
    with tempfile.TemporaryDirectory() as scratch:
        windows = Windows(Settings(Path(scratch, "settings.json")))
        try:
            window = windows.open_sample(Path(scratch)) if sample else _window_on(windows, file)
        except StorageError as error:
            print(error, file=sys.stderr)
            return UNREADABLE
        window.resize(*(size or (1280, 800)))
        window.show()
        _when_prepared(
            window, lambda: application.exit(0 if window.grab().save(str(screenshot), "PNG") else 1)
        )
        code = application.exec()
        windows.close_all()
    if code:
        print(f"{screenshot} could not be written.", file=sys.stderr)
    return code


def _come_to_rest(application: QApplication, windows: Windows, *, shared: bool) -> None:
    """Do what the first picture need not wait for.

    From now on Python looks for garbage; what was loaded so far stays, and is not looked through again.
    """
    application.setWindowIcon(icon("dateline"))
    if shared:
        from viewer.ui.reception import Reception

        reception = Reception(windows)
        reception.asked.connect(windows.answer)
        application.aboutToQuit.connect(reception.close)
        reception.open()
    gc.freeze()
    gc.enable()


def _when_prepared(window: MainWindow, action: Callable[[], None]) -> None:
    """Run an action once the window shows all that it is going to show, and has painted it."""
    workspace = window.workspace
    if workspace is not None and workspace.showing.is_waiting:
        QTimer.singleShot(_LOOK_MS, window, lambda: _when_prepared(window, action))
    else:
        when_idle(action)


def _first_window(
    windows: Windows, file: Path | None, *, sample: bool, size: tuple[int, int] | None
) -> MainWindow:
    try:
        window = windows.open_sample() if sample else _window_on(windows, file)
    except StorageError as error:
        window = windows.welcome()
        window.show_trouble(error)
    if size is not None:
        window.resize(*size)
    window.show()
    return window


def _window_on(windows: Windows, file: Path | None) -> MainWindow:
    if file is not None:
        return windows.open(file)
    return windows.reopen() if windows.settings.reopens else windows.welcome()


def make_application(platform: str | None) -> QApplication:
    """Return the application, made with a Qt platform; None: the usual one."""
    QCoreApplication.setOrganizationName("Dateline")
    QCoreApplication.setApplicationName("Dateline")
    QCoreApplication.setApplicationVersion(__version__)
    arguments = [sys.argv[0], *(["-platform", platform] if platform else [])]
    application = QApplication(arguments)
    application.setApplicationDisplayName("Dateline")
    application.setDesktopFileName("dateline")
    return application
