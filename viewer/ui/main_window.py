"""A window: the welcome page, or one document; menus, dialogs and what is remembered between sessions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from viewer.document import Document
from viewer.formats.incoming import UnreadableError
from viewer.storage.errors import StorageError
from viewer.ui import crash
from viewer.ui.go_to_date import GoToDate
from viewer.ui.guard import guard
from viewer.ui.import_report import ImportReport
from viewer.ui.menus import Menus
from viewer.ui.notice import NoticeBar
from viewer.ui.pictures import render_picture
from viewer.ui.text import one_line, window_title
from viewer.ui.theme import theme
from viewer.ui.welcome import WelcomePage
from viewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from viewer.ui.windows import Windows

_DOCUMENTS = "Dateline (*.dateline)"
_BUNDLES = "Dateline bundle (*.json)"
_PICTURES = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
_LARGEST_IMPORT = 256 * 1024 * 1024


class MainWindow(QMainWindow):
    """Shows the welcome page until a document is opened in it; `closed(window)` when it goes."""

    closed = Signal(object)

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self.workspace: Workspace | None = None
        self._stack = QStackedWidget()
        self._welcome = WelcomePage()
        self._trouble = NoticeBar()
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._trouble)
        column.addWidget(self._welcome, 1)
        self._stack.addWidget(front)
        self.setCentralWidget(self._stack)
        self._menus = Menus(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(800, 560)
        self.resize(1280, 800)
        if shape := windows.settings.shape("window"):
            self.restoreGeometry(shape)
        self._welcome.new_requested.connect(self.new_document)
        self._welcome.open_requested.connect(self.choose_document)
        self._welcome.sample_requested.connect(self.open_sample)
        self._welcome.recent_chosen.connect(self.open_path)
        self._welcome.recent_removed.connect(self._forget_recent)
        self._welcome.set_recent(windows.settings.recent_files)
        self.setWindowTitle("Dateline")

    # Documents

    def show_document(self, document: Document) -> None:
        """Show a document in place of the welcome page."""
        workspace = Workspace(document, self._windows.drafts)
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        settings = self._windows.settings
        workspace.restore(settings.shape("splitter"))
        kept = settings.shape("list")
        shown = kept == b"1" if kept else workspace.start_list(self.width())
        workspace.toggle_list(shown)
        workspace.edited.connect(self._follow_document)
        workspace.selection_changed.connect(self._menus.refresh)
        workspace.known_changed.connect(self._menus.refresh)
        workspace.save_copy_requested.connect(self.save_copy)
        workspace.picture_requested.connect(self.save_picture)
        crash.offer_save_copy(self.save_copy)
        self._follow_document()
        workspace.timeline.setFocus()

    def new_document(self) -> None:
        """Ask for a name and create a document there."""
        path = self._ask_save(self.tr("New document"), "timeline.dateline", _DOCUMENTS)
        if path is not None:
            self._attempt(lambda: self._windows.create(path))

    def choose_document(self) -> None:
        """Ask for a document and open it."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open document"), self._folder(), _DOCUMENTS)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a document, here if this window has none yet."""
        self._attempt(lambda: self._windows.open(path))

    def open_sample(self) -> None:
        """Open a fresh copy of the sample."""
        self._attempt(self._windows.open_sample)

    def recent_files(self) -> tuple[Path, ...]:
        """Return the documents opened last, newest first."""
        return self._windows.settings.recent_files

    def come_forward(self) -> None:
        """Bring the window to the front."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """Close every window."""
        self._windows.close_all()

    def show_trouble(self, error: Exception) -> None:
        """Say what went wrong, where the user looks."""
        notice = self._trouble if self.workspace is None else self.workspace.notice
        notice.show_notice(str(error), [])

    def _attempt(self, action: Callable[[], MainWindow]) -> None:
        try:
            window = action()
        except StorageError as error:
            self.show_trouble(error)
            self._welcome.set_recent(self.recent_files())
            return
        self._trouble.hide()
        window.show()
        window.come_forward()

    def _forget_recent(self, path: Path) -> None:
        self._windows.settings.remove_recent(path)
        self._welcome.set_recent(self.recent_files())

    # Files in and out

    def choose_import(self) -> None:
        """Ask for bundles and bring them in as one edit."""
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Import"), self._folder(), _BUNDLES)
        if names:
            self.import_paths([Path(name) for name in names])

    def import_paths(self, paths: list[Path]) -> None:
        """Bring files in as one edit, and report what they added and what was odd."""
        workspace = self.workspace
        if workspace is None:
            self._trouble.show_notice(self.tr("Open or create a document first, then import into it."), [])
            return
        try:
            files = [(path.name, _content(path)) for path in paths]
            result = workspace.document.import_files(files, who=self)
        except UnreadableError as error:
            line = self.tr(", line {line}").format(line=error.line) if error.line else ""
            text = self.tr("{file}{line}: {error} Nothing was imported.")
            message = text.format(
                file=one_line(error.file, 80), line=line, error=f"{error}.".replace("..", ".")
            )
            workspace.notice.show_notice(message, [])
            return
        except StorageError as error:
            workspace.show_trouble(error, lambda: self.import_paths(paths))
            return
        counts = (
            (result.added, self.tr("{count} added")),
            (result.updated, self.tr("{count} updated")),
            (result.unchanged, self.tr("{count} unchanged")),
            (result.refused, self.tr("{count} refused")),
        )
        said = [words.format(count=f"{count:,}") for count, words in counts if count]
        summary = f"{', '.join(said)}." if said else self.tr("The import holds no events.")
        actions: list[tuple[str, Callable[[], object]]] = []
        if result.edit.changes:
            actions.append((self.tr("Undo"), workspace.undo))
        if result.problems:
            report = ImportReport(result.problems, self)
            count = self.tr("{count} problems…").format(count=len(result.problems))
            if len(result.problems) == 1:
                count = self.tr("1 problem…")
            actions.insert(0, (count, lambda: self._show_report(report, workspace.notice)))
        workspace.notice.show_notice(summary, actions)

    def _show_report(self, report: ImportReport, notice: NoticeBar) -> None:
        """Open the report; the notice stays, for its Undo is what may be wanted next."""
        notice.show()
        report.show()

    def export_bundle(self) -> None:
        """Ask for a name and write the document as a bundle."""
        workspace = self.workspace
        path = self._ask_save(self.tr("Export bundle"), self._suggested(".json"), _BUNDLES)
        if workspace is not None and path is not None:
            self._write(path, lambda: workspace.document.export_bundle(path))

    def export_picture(self) -> None:
        """Ask for a name and draw what the timeline shows into a picture."""
        workspace = self.workspace
        path = self._ask_save(self.tr("Export picture"), self._suggested(".png"), _PICTURES)
        if workspace is not None and path is not None:
            self._write(path, lambda: self._draw(workspace, path))

    def save_picture(self, write: Callable[[Path], None]) -> None:
        """Ask where a picture is to go, and let its panel write it."""
        path = self._ask_save(self.tr("Save picture"), self._suggested(".png"), _PICTURES)
        if path is not None:
            self._write(path, lambda: write(path))

    def save_copy(self) -> None:
        """Ask for a name and write a complete copy of the document there."""
        workspace = self.workspace
        path = self._ask_save(self.tr("Save a copy"), self._suggested(" copy.dateline"), _DOCUMENTS)
        if workspace is not None and path is not None:
            self._write(path, lambda: workspace.document.save_copy(path))

    def _draw(self, workspace: Workspace, path: Path) -> None:
        content = workspace.timeline.content()
        render_picture(
            path,
            index=content.index,
            kinds=content.kinds,
            title_of=content.title_of,
            title=workspace.document.title,
            mask=content.mask,
            undated_shown=content.undated_shown,
            period=workspace.timeline.scale().visible(workspace.timeline.canvas_width()),
            size=(max(self.width(), 640), max(workspace.timeline.height(), 480)),
            scale=2.0,
            theme=theme(),
            shelf_note=content.shelf_note,
            disputed=content.disputed,
            known_by=content.known_by,
            by_publication=workspace.is_by_publication,
        )

    def _write(self, path: Path, action: Callable[[], None]) -> None:
        workspace = self.workspace
        if workspace is None:
            return
        try:
            action()
        except (StorageError, OSError, ValueError) as error:
            workspace.notice.show_notice(
                str(error), [(self.tr("Try again"), lambda: self._write(path, action))]
            )
        else:
            workspace.notice.show_notice(self.tr("Wrote {path}.").format(path=one_line(str(path))), [])

    def _ask_save(self, title: str, suggestion: str, kinds: str) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(self, title, str(Path(self._folder(), suggestion)), kinds)
        if not name:
            return None
        ending = chosen.rpartition("*")[2].rstrip(")")
        return Path(name) if Path(name).suffix or not ending else Path(name + ending)

    def _folder(self) -> str:
        if self.workspace is not None:
            return str(self.workspace.document.path.parent)
        return str(next((path.parent for path in self.recent_files()), Path.home()))

    def _suggested(self, ending: str) -> str:
        return f"{self.workspace.document.path.stem}{ending}" if self.workspace else f"timeline{ending}"

    # Moving

    def go_to_date(self) -> None:
        """Ask for a date in words and put it in the middle."""
        if self.workspace is not None:
            GoToDate(self.workspace.timeline).open()

    def set_theme(self, choice: str) -> None:
        """Put "system", "light" or "dark" in force and remember it."""
        self._windows.settings.theme = choice

    def _follow_document(self) -> None:
        workspace = self.workspace
        if workspace is not None:
            document = workspace.document
            self.setWindowTitle(
                window_title(f"{one_line(document.title, 120)} — {document.path.name} — Dateline")
            )
            self.setWindowFilePath(str(document.path))
        self._menus.refresh()

    def _keep_shape(self) -> None:
        settings = self._windows.settings
        settings.set_shape("window", bytes(self.saveGeometry().data()))
        if self.workspace is not None:
            settings.set_shape("splitter", self.workspace.state())
            settings.set_shape("list", b"1" if self.workspace.left.isVisible() else b"0")

    # Qt

    @guard()
    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self._keep_shape()
            if self.workspace is not None:
                crash.withdraw_save_copy(self.save_copy)
                self.workspace.stop()
        finally:
            event.accept()
            self.closed.emit(self)

    @guard()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event):
            event.acceptProposedAction()

    @guard()
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event)
        documents = [path for path in paths if path.suffix.lower() == ".dateline"]
        bundles = [path for path in paths if path.suffix.lower() == ".json"]
        for path in documents[:1]:
            self.open_path(path)
        if bundles and not documents:
            self.import_paths(bundles)


def _local_files(event: QDropEvent) -> list[Path]:
    """Return the regular local files of a drop; shares, folders and links to the web are left aside."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and not url.host()]
    return [path for path in paths if path.is_file()]


def _content(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_IMPORT:
            raise UnreadableError("expected a file of at most 256 MB")
        return path.read_bytes()
    except (OSError, UnreadableError) as error:
        failure = UnreadableError(getattr(error, "strerror", None) or str(error))
        failure.file = path.name
        raise failure from error
