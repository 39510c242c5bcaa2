"""A window: the welcome page, or one document; menus, dialogs and what is remembered between sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from viewer.storage.errors import OpenError, StorageError
from viewer.ui import crash
from viewer.ui.accessible_motion import motions
from viewer.ui.guard import guard
from viewer.ui.menus import Menus
from viewer.ui.text import one_line, window_title

if TYPE_CHECKING:
    from viewer.document import Document
    from viewer.formats.outgoing import WritableFormat
    from viewer.picture_options import Footnoting
    from viewer.ui.mending import Mending
    from viewer.ui.notice import NoticeBar
    from viewer.ui.remembering import Remembering
    from viewer.ui.welcome import Front
    from viewer.ui.windows import Windows
    from viewer.ui.workspace import Workspace

_DOCUMENTS = "Dateline (*.dateline)"
_PICTURES = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class MainWindow(QMainWindow):
    """Shows the welcome page until a document is opened in it; `closed(window)` when it goes."""

    closed = Signal(object)

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self.workspace: Workspace | None = None
        self._stack = QStackedWidget()
        self._remembering: Remembering | None = None
        self._front: Front | None = None
        self.setCentralWidget(self._stack)
        self._menus = Menus(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(800, 560)
        self.resize(1280, 800)
        if shape := windows.settings.shape("window"):
            self.restoreGeometry(shape)
        self.setWindowTitle("Dateline")

    # Documents

    def show_document(self, document: Document) -> None:
        """Show a document in place of the welcome page."""
        from viewer.ui.remembering import Remembering
        from viewer.ui.workspace import Workspace

        settings = self._windows.settings
        workspace = Workspace(document, self._windows.drafts, grouping=settings.grouping(document.uid))
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        workspace.timeline.set_wheel_zooms(settings.wheel_zooms)
        workspace.ways_changed.connect(self._menus.refresh)
        workspace.restore(settings.shape("splitter"))
        kept = settings.shape("list")
        shown = kept == b"1" if kept else workspace.start_list(self.width())
        workspace.toggle_list(shown)
        self._remembering = remembering = Remembering(workspace, self._windows.sessions)
        remembering.recall()
        workspace.edited.connect(self._follow_document)
        workspace.selection_changed.connect(self._menus.refresh)
        workspace.known_changed.connect(self._menus.refresh)
        workspace.showing.charting.changed.connect(self._follow_charting)
        workspace.showing.charting.given_up.connect(self._menus.refresh)
        workspace.save_copy_requested.connect(self.save_copy)
        keeping = workspace.furnishing.keeping
        keeping.changed.connect(self._menus.refresh)
        keeping.reopen_requested.connect(self.reload)
        keeping.restore_requested.connect(self.restore_backup)
        keeping.rescue_requested.connect(lambda: self.mending.rescue(document.path))
        workspace.picture_requested.connect(self.save_picture)
        crash.offer_save_copy(self.save_copy)
        self._follow_document()
        workspace.timeline.setFocus()

    def new_document(self) -> None:
        """Ask for a name and create a document there."""
        path = self.ask_document("timeline.dateline")
        if path is not None:
            self._attempt(lambda: self._windows.create(path))

    def ask_document(self, suggestion: str) -> Path | None:
        """Ask where a new document is to lie."""
        return self._ask_save(self.tr("New document"), suggestion, _DOCUMENTS)

    def choose_document(self) -> None:
        """Ask for a document and open it."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open document"), self._folder(), _DOCUMENTS)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path, *, look: bool = False) -> None:
        """Open a document, here if this window has none yet; `look`: only to read it."""
        self._attempt(lambda: self._windows.open(path, look=look, here=self))

    def leave_document(self, path: Path) -> None:
        """Close the document, if it is the one of a path; what is half typed is kept, and the window stays."""
        workspace = self.workspace
        if workspace is None or workspace.document.path != path:
            return
        crash.withdraw_save_copy(self.save_copy)
        self._keep_shape()
        self.workspace = self._remembering = None
        self._stack.setCurrentWidget(self._front_page())
        self._stack.removeWidget(workspace)
        workspace.stop()
        workspace.deleteLater()
        self._follow_document()

    def reload(self) -> None:
        """Close the document and open what lies in its place now."""
        if self.workspace is not None:
            path = self.workspace.document.path
            self.leave_document(path)
            self.open_path(path)

    def restore_backup(self) -> None:
        """Show the backups of the document, to restore one of them."""
        if self.workspace is not None:
            self.mending.choose_backup(self.workspace.document.path)

    @cached_property
    def mending(self) -> Mending:
        """What can be done about files in trouble."""
        from viewer.ui.mending import Mending

        return Mending(self)

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
        """Say what went wrong, where the user looks; a file that is only in use is waited for."""
        actions = self.mending.actions(error) if isinstance(error, OpenError) else []
        words = str(error)
        if isinstance(error, OpenError) and error.code == "in-use" and error.path is not None:
            words = f"{error.message} {self.tr('It is opened as soon as that is done.')}"
            self.mending.wait_for(error.path)
        self._notice().show_notice(words, actions)

    def say(self, words: str) -> None:
        """Say what is being done or was done."""
        self._notice().show_notice(words)

    def mention(self, words: str) -> None:
        """Say what is good to know, where it stands in the way of nothing else that was said."""
        if self.workspace is not None:
            self.workspace.status.set_done(words)
        elif self._notice().isHidden():
            self.say(words)

    def hush(self) -> None:
        """Take back what was said last."""
        self._notice().hide()

    def _notice(self) -> NoticeBar:
        return self._front_page().trouble if self.workspace is None else self.workspace.notice

    def _front_page(self) -> Front:
        """Return what the window shows while it has no document; made when it is first seen."""
        if self._front is None:
            from viewer.ui.welcome import Front

            front = self._front = Front()
            front.welcome.new_requested.connect(self.new_document)
            front.welcome.open_requested.connect(self.choose_document)
            front.welcome.sample_requested.connect(self.open_sample)
            front.welcome.recent_chosen.connect(self.open_path)
            front.welcome.recent_removed.connect(self._forget_recent)
            front.welcome.set_recent(self.recent_files())
            self._stack.insertWidget(0, front)
        return self._front

    def _show_recent(self) -> None:
        if self._front is not None:
            self._front.welcome.set_recent(self.recent_files())

    def _attempt(self, action: Callable[[], MainWindow]) -> None:
        try:
            window = action()
        except StorageError as error:
            self.show_trouble(error)
            self._show_recent()
            return
        if self._front is not None:
            self._front.trouble.hide()
        window.show()
        window.come_forward()

    def _forget_recent(self, path: Path) -> None:
        self._windows.settings.remove_recent(path)
        self._show_recent()

    # Files in and out

    def choose_import(self) -> None:
        """Ask for files and bring them in as one edit."""
        from PySide6.QtWidgets import QFileDialog

        from viewer.formats.registry import readable_formats

        known = " ".join(f"*{ending}" for form in readable_formats() for ending in form.endings)
        kinds = f"{self.tr('All known formats')} (*.json {known});;{self.tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Import"), self._folder(), kinds)
        if names:
            self.import_paths([Path(name) for name in names])

    def choose_table(self) -> None:
        """Ask for a table and bring it in after its mapping was looked at."""
        from PySide6.QtWidgets import QFileDialog

        known = "*.csv *.tsv *.tab *.txt *.xlsx *.xlsm *.xls *.ods *.json *.jsonl *.ndjson"
        kinds = f"{self.tr('Tables')} ({known});;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import table"), self._folder(), kinds)
        if name and (workspace := self._with_document()) is not None:
            from viewer.ui.bringing_in import BringingIn

            BringingIn(self, workspace).bring_in_table(Path(name))

    def paste_rows(self) -> None:
        """Bring in the rows that lie on the clipboard, after their mapping was looked at."""
        if (workspace := self._with_document()) is not None:
            from viewer.ui.bringing_in import BringingIn

            BringingIn(self, workspace).bring_in_rows(QGuiApplication.clipboard().text())

    def import_paths(self, paths: list[Path]) -> None:
        """Bring files in as one edit, and report what they added and what was odd."""
        workspace = self._with_document()
        if workspace is not None:
            from viewer.ui.bringing_in import BringingIn

            BringingIn(self, workspace).bring_in(paths)

    def _with_document(self) -> Workspace | None:
        """Return what shows the document; without one say that an import needs one."""
        if self.workspace is None:
            words = self.tr("Open or create a document first, then import into it.")
            self._front_page().trouble.show_notice(words, [])
        return self.workspace

    def export_records(self) -> None:
        """Ask in which format the document is to be written and where, and write it beside the window."""
        workspace = self.workspace
        if workspace is None:
            return
        from viewer.ui.export_dialog import ExportDialog
        from viewer.ui.taking_out import TakingOut

        def save(form: WritableFormat, only_shown: bool) -> None:
            kinds = f"{one_line(form.label)} (*{form.ending})"
            path = self._ask_save(self.tr("Export"), self._suggested(form.ending), kinds)
            if path is not None:
                TakingOut(workspace).take_out(path, form, only_shown=only_shown)

        total = workspace.document.event_count
        # Until it is known what is shown, only all of it can be asked for: too little would go unnoticed.
        sieve = workspace.showing.sieve
        shown = len(sieve.shown) if sieve.is_current else total
        dialog = ExportDialog(shown, total, self)
        dialog.chosen.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_picture(self) -> None:
        """Ask what a picture of the timeline is to hold and where it is to go, and write it."""
        workspace = self.workspace
        if workspace is None:
            return
        from viewer.ui.picture_dialog import PictureDialog, write_view

        def save(footnotes: Footnoting | None) -> None:
            self.save_picture(lambda path: write_view(workspace, path, self.width(), footnotes))

        dialog = PictureDialog(self)
        dialog.chosen.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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
        from PySide6.QtWidgets import QFileDialog

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
            from viewer.ui.go_to_date import GoToDate

            GoToDate(self.workspace.timeline).open()

    def show_palette(self) -> None:
        """Show every command of the menus, to be found by a few letters; put that away when it is shown."""
        from viewer.ui.palette import Palette

        if (shown := self.findChild(Palette)) is not None and shown.isVisible():
            shown.close_now()
            return
        settings = self._windows.settings
        palette = Palette(self.menuBar(), settings.recent_commands, self._menus.why_not, self)
        palette.ran.connect(settings.add_command)
        palette.open_now()

    @property
    def reopens(self) -> bool:
        """Whether a start without a file opens what was open last."""
        return self._windows.settings.reopens

    def toggle_reopening(self) -> None:
        """Have a start without a file open what was open last, or no more, and remember it."""
        self._windows.settings.reopens = not self.reopens

    @property
    def wheel_zooms(self) -> bool:
        """Whether the plain wheel zooms, and Ctrl with it scrolls or pans."""
        return self._windows.settings.wheel_zooms

    def set_wheel_zooms(self, zooms: bool) -> None:
        """Let the plain wheel zoom or scroll in every window, and remember it."""
        self._windows.set_wheel_zooms(zooms)

    def set_theme(self, choice: str) -> None:
        """Put "system", "light" or "dark" in force and remember it."""
        self._windows.settings.theme = choice

    def set_reduced_motion(self, reduced: bool) -> None:
        """Have everything jump to its place instead of gliding there, or not, and remember it."""
        motions().is_reduced = reduced
        self._windows.settings.reduced_motion = reduced

    def _follow_document(self) -> None:
        workspace = self.workspace
        if workspace is not None:
            document = workspace.document
            self.setWindowTitle(
                window_title(f"{one_line(document.title, 120)} — {document.path.name} — Dateline")
            )
            self.setWindowFilePath(str(document.path))
        else:
            self.setWindowTitle("Dateline")
            self.setWindowFilePath("")
        self._menus.refresh()

    def _follow_charting(self) -> None:
        if self.workspace is not None:
            grouping = self.workspace.showing.charting.grouping
            self._windows.settings.set_grouping(self.workspace.document.uid, grouping)
        self._menus.refresh()

    def _keep_shape(self) -> None:
        settings = self._windows.settings
        settings.set_shape("window", bytes(self.saveGeometry().data()))
        if self.workspace is not None:
            settings.set_shape("splitter", self.workspace.state())
            settings.set_shape("list", b"1" if self.workspace.left.isVisible() else b"0")
        if self._remembering is not None:
            self._remembering.keep()

    # Qt

    @guard()
    def showEvent(self, event: QShowEvent) -> None:
        if self.workspace is None:
            self._front_page()
        super().showEvent(event)

    @guard()
    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self._keep_shape()
            if self.workspace is not None:
                crash.withdraw_save_copy(self.save_copy)
                self.workspace.stop()
            if "mending" in vars(self):
                self.mending.stop()
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
        others = [path for path in paths if path not in documents]
        for path in documents[:1]:
            self.open_path(path)
        if others and not documents and (workspace := self._with_document()) is not None:
            from viewer.ui.bringing_in import BringingIn

            BringingIn(self, workspace).ask(others)


def _local_files(event: QDropEvent) -> list[Path]:
    """Return the regular local files of a drop; shares, folders and links to the web are left aside."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and not url.host()]
    return [path for path in paths if path.is_file()]
