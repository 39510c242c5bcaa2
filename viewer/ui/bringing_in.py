"""Bringing files into the document of a window: asked first when they are many, then reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QMessageBox

from viewer.changing import Order
from viewer.formats.incoming import UnreadableError
from viewer.importing import FileToImport
from viewer.storage.errors import StorageError
from viewer.ui.import_report import ImportReport
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from viewer.changing import Outcome
    from viewer.ui.main_window import MainWindow
    from viewer.ui.workspace import Workspace


class BringingIn(QObject):
    """Brings files into the document that a window shows."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace

    def ask(self, paths: list[Path]) -> None:
        """Bring dropped files in; more than one only when that is confirmed: a hand may slip."""
        if len(paths) <= 1:
            self.bring_in(paths)
            return
        box = QMessageBox(self._window)
        box.setObjectName("import_question")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Import"))
        box.setText(self.tr("Import {count} files into this document?").format(count=f"{len(paths):,}"))
        box.setInformativeText(self.tr("They come in as one change, which can be undone."))
        wanted = box.addButton(self.tr("Import"), QMessageBox.ButtonRole.AcceptRole)
        wanted.setObjectName("import_confirm")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        wanted.clicked.connect(lambda _checked=False: self.bring_in(paths))
        box.open()

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Bring files in as one edit, each as what its content is."""
        self.bring_in_files([FileToImport(path.name, path) for path in paths])

    def bring_in_files(self, files: Sequence[FileToImport], done: Callable[[], object] | None = None) -> None:
        """Bring files in as one edit beside the window, and report what they added and what was odd.

        Each lies at a path; its format and options may be chosen already. `done` is called when they are in.
        """
        name = one_line(files[0].name, 60) if len(files) == 1 else ""
        words = self.tr("Importing {file}…") if name else self.tr("Importing {count} files…")
        order = Order("import", tuple(files))

        def tell(outcome: Outcome | None) -> None:
            self._tell(outcome)
            if outcome is not None and done is not None:
                done()

        def fail(error: Exception) -> None:
            self._fail(error, lambda: self.bring_in_files(files, done))

        self._workspace.notice.hide()
        said = words.format(file=name, count=f"{len(files):,}")
        try:
            self._workspace.furnishing.changes.make(order, said, tell, fail, who=self._window)
        except StorageError as error:
            fail(error)

    def _tell(self, outcome: Outcome | None) -> None:
        notice = self._workspace.notice
        if outcome is None:
            notice.show_notice(self.tr("The import was cancelled. Nothing was imported."))
        else:
            notice.show_notice(_summary(outcome), self._actions(outcome))

    def _fail(self, error: Exception, again: Callable[[], None]) -> None:
        if isinstance(error, StorageError):
            self._workspace.show_trouble(error, again)
            return
        if not isinstance(error, UnreadableError):
            raise error
        line = self.tr(", line {line}").format(line=error.line) if error.line else ""
        text = self.tr("{file}{line}: {error} Nothing was imported.")
        said = f"{error}.".replace("..", ".")
        self._workspace.notice.show_notice(text.format(file=one_line(error.file, 80), line=line, error=said))

    def _actions(self, result: Outcome) -> list[tuple[str, Callable[[], object]]]:
        actions: list[tuple[str, Callable[[], object]]] = []
        if result.problems:
            count = self.tr("{count} problems…").format(count=len(result.problems))
            if len(result.problems) == 1:
                count = self.tr("1 problem…")
            actions.append((count, lambda: self._show_report(result)))
        if result.edit is not None:
            actions.append((self.tr("Undo"), self._workspace.undo))
        return actions

    def _show_report(self, result: Outcome) -> None:
        """Open the report; the notice stays, for its Undo is what may be wanted next."""
        self._workspace.notice.show()
        ImportReport(result.problems, self._window).show()


def _summary(result: Outcome) -> str:
    counts = (
        (result.added, QCoreApplication.translate("BringingIn", "{count} added")),
        (result.updated, QCoreApplication.translate("BringingIn", "{count} updated")),
        (result.unchanged, QCoreApplication.translate("BringingIn", "{count} unchanged")),
        (result.refused, QCoreApplication.translate("BringingIn", "{count} refused")),
    )
    said = [words.format(count=f"{count:,}") for count, words in counts if count]
    if not said:
        return QCoreApplication.translate("BringingIn", "The import holds no events.")
    return f"{', '.join(said)}."
