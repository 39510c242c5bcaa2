"""The open windows: one for each document, and at most one connection to each file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from viewer.document import Document
from viewer.folders import data_folder
from viewer.resources import resource
from viewer.storage.errors import StorageError
from viewer.storage.opening import file_key
from viewer.ui.drafts import Drafts
from viewer.ui.main_window import MainWindow
from viewer.ui.sessions import Sessions
from viewer.ui.settings import Settings

_PATIENCE = 0.02  # seconds; what takes longer is waited for in a worker, see `Mending.wait_for`


class Windows(QObject):
    """Opens documents into windows; a file that is open already brings its window to the front."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.sessions = Sessions(settings.folder / "sessions")
        self.drafts = Drafts(data_folder() / "drafts")
        self._windows: list[MainWindow] = []
        self._is_ending = False

    def welcome(self) -> MainWindow:
        """Return an empty window, a new one if none is empty, on the welcome page."""
        for window in self._windows:
            if window.workspace is None:
                return window
        window = MainWindow(self)
        window.closed.connect(self._closed)
        self._windows.append(window)
        return window

    def open(self, path: Path, *, look: bool = False, here: MainWindow | None = None) -> MainWindow:
        """Show a document, in the window `here` if that has none; `look`: only to read it.

        Raises:
            StorageError: it cannot be opened; the message says what to do.
        """
        shown = self.showing(path)
        if shown is not None:
            shown.come_forward()
            return shown
        return self._show(Document.open(path, look=look, patience=_PATIENCE), here)

    def create(self, path: Path) -> MainWindow:
        """Create an empty document and show it.

        Raises:
            StorageError: there is such a file, or it cannot be written.
        """
        return self._show(Document.create(path))

    def open_sample(self, folder: Path | None = None) -> MainWindow:
        """Show a fresh copy of the sample, made in `folder` or among the application's data.

        Raises:
            StorageError: the copy cannot be written.
        """
        document = fresh_sample(folder or data_folder() / "samples")
        window = self._show(document)
        if window.workspace is not None:
            window.workspace.show_telling_event()
        return window

    def showing(self, path: Path) -> MainWindow | None:
        """Return the window that shows a file, by whatever name it is called.

        Raises:
            OpenError: there is no such file.
        """
        key = file_key(path)
        for window in self._windows:
            if window.workspace is not None and window.workspace.file_key == key:
                return window
        return None

    def answer(self, file: Path | None) -> None:
        """Do what a later start asked for: show a document, or only come forward; trouble is said in a window."""
        active = QApplication.activeWindow()
        window = next((each for each in self._windows if each is active), None)
        window = window or (self._windows[-1] if self._windows else self.welcome())
        window.show()
        window.come_forward()
        if file is not None:
            window.open_path(file)

    def reopen(self) -> MainWindow:
        """Show the documents that were open last; what cannot be opened is said in one of the windows."""
        trouble: StorageError | None = None
        shown: list[MainWindow] = []
        for path in self.settings.open_files:
            try:
                shown.append(self.open(path))
                shown[-1].show()
            except StorageError as error:
                trouble = error
        window = shown[0] if shown else self.welcome()
        if trouble is not None:
            window.show_trouble(trouble)
        return window

    def set_wheel_zooms(self, zooms: bool) -> None:
        """Let the plain wheel zoom or scroll in every window, and remember it."""
        self.settings.wheel_zooms = zooms
        for window in self._windows:
            if window.workspace is not None:
                window.workspace.timeline.set_wheel_zooms(zooms)

    def close_all(self) -> None:
        """Close every window, each keeping what is half typed in it."""
        self._keep_open()
        self._is_ending = True
        for window in tuple(self._windows):
            window.close()
        self._is_ending = False

    def _show(self, document: Document, here: MainWindow | None = None) -> MainWindow:
        window = here if here is not None and here.workspace is None else self.welcome()
        window.show_document(document)
        self.settings.add_recent(document.path)
        return window

    def _keep_open(self) -> None:
        """Remember which documents are open now, as the last ones before the end."""
        open_now = [
            window.workspace.document.path for window in self._windows if window.workspace is not None
        ]
        if self.settings.reopens and self._windows:
            self.settings.open_files = open_now

    def _closed(self, window: MainWindow) -> None:
        if self._windows == [window] and not self._is_ending:
            self._keep_open()
        self._windows.remove(window)
        window.deleteLater()


def fresh_sample(folder: Path) -> Document:
    """Create a copy of the sample under a name that is free in `folder`.

    Raises:
        StorageError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The sample cannot be copied to {folder}: {error.strerror}."
        raise StorageError("sample-failed", message) from error
    number, path = 1, folder / "sample.dateline"
    while path.exists():
        number += 1
        path = folder / f"sample-{number}.dateline"
    document = Document.create(path)
    bundle = resource("sample", "kursk.json")
    document.import_files([(bundle.name, bundle.read_bytes())])
    return document


def when_idle(action: Callable[[], None], *, rounds: int = 3) -> None:
    """Run an action when the event loop has laid out and painted what waits."""
    application = QCoreApplication.instance()
    if rounds > 0 and application is not None:
        QTimer.singleShot(0, application, lambda: when_idle(action, rounds=rounds - 1))
    else:
        action()
