"""The application: the order of its start, opening windows, drawing without one."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.document import Document
from viewer.domain.filters import Filter
from viewer.folders import config_folder, data_folder
from viewer.storage.errors import StorageError
from viewer.timeline.sifting import Sifter
from viewer.ui import crash
from viewer.ui.icons import icon
from viewer.ui.main_window import MainWindow
from viewer.ui.pictures import render_picture
from viewer.ui.settings import Settings
from viewer.ui.theme import DARK, LIGHT, themes
from viewer.ui.windows import Windows, when_idle
from viewer.ui.words import lane_name, shelf_note

UNREADABLE = 2


def run(
    file: Path | None,
    *,
    sample: bool,
    platform: str | None,
    size: tuple[int, int] | None,
    theme: str | None,
    screenshot: Path | None,
) -> int:
    """Open the window and return the exit code when the last one is closed, or when its picture is saved."""
    reports = crash.install(data_folder())
    application = _application(platform)
    crash.watch(application, reports)
    if screenshot is None:
        settings = Settings(config_folder() / "settings.json")
        themes().set_choice(theme or settings.theme)
        themes().dress(application)
        windows = Windows(settings)
        _first_window(windows, file, sample=sample, size=size)
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
        when_idle(lambda: application.exit(0 if window.grab().save(str(screenshot), "PNG") else 1))
        code = application.exec()
        windows.close_all()
    if code:
        print(f"{screenshot} could not be written.", file=sys.stderr)
    return code


def _first_window(windows: Windows, file: Path | None, *, sample: bool, size: tuple[int, int] | None) -> None:
    try:
        window = windows.open_sample() if sample else _window_on(windows, file)
    except StorageError as error:
        window = windows.welcome()
        window.show_trouble(error)
    if size is not None:
        window.resize(*size)
    window.show()


def _window_on(windows: Windows, file: Path | None) -> MainWindow:
    return windows.welcome() if file is None else windows.open(file)


def draw(
    document: Document, out: Path, wanted: Filter, *, size: tuple[int, int], scale: float, theme: str
) -> None:
    """Draw a document's timeline into a picture, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = _application(None)
    themes().set_choice(theme)
    themes().dress(application)
    chart, matching = document.chart(lane_name), document.matching(wanted)
    sifter = Sifter(chart.index, matching.ids, len(chart.kinds), document.publications, everything=False)
    shown = sifter.at(wanted.known_by)
    span = chart.index.span()
    period = None
    if span is not None and (wanted.earliest is not None or wanted.latest is not None):
        period = (
            span[0] if wanted.earliest is None else wanted.earliest,
            span[1] if wanted.latest is None else wanted.latest,
        )
    render_picture(
        out,
        index=chart.index,
        kinds=chart.kinds,
        title_of=lambda event: chart.titles[event],
        title=document.title,
        mask=shown.mask,
        undated_shown=shown.undated,
        disputed=shown.disputed,
        known_by=wanted.known_by,
        rivals=document.rivals(wanted.known_by),
        period=period,
        size=size,
        scale=scale,
        theme=DARK if theme == "dark" else LIGHT,
        shelf_note=shelf_note(chart.index.undated),
    )


def _application(platform: str | None) -> QApplication:
    QCoreApplication.setOrganizationName("Dateline")
    QCoreApplication.setApplicationName("Dateline")
    QCoreApplication.setApplicationVersion(__version__)
    arguments = [sys.argv[0], *(["-platform", platform] if platform else [])]
    application = QApplication(arguments)
    application.setApplicationDisplayName("Dateline")
    application.setDesktopFileName("dateline")
    application.setWindowIcon(icon("dateline"))
    return application
