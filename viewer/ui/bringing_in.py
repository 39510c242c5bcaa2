"""Bringing files into the document of a window: asked first when they are many, then reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QMessageBox

from viewer.formats.incoming import UnreadableError
from viewer.storage.errors import StorageError
from viewer.ui.import_report import ImportReport
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.commands import ImportResult
    from viewer.ui.main_window import MainWindow
    from viewer.ui.workspace import Workspace

_LARGEST = 256 * 1024 * 1024


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

    def bring_in(self, paths: list[Path]) -> None:
        """Bring files in as one edit, and report what they added and what was odd."""
        workspace = self._workspace
        try:
            files = [(path.name, _content(path)) for path in paths]
            result = workspace.document.import_files(files, who=self._window)
        except UnreadableError as error:
            line = self.tr(", line {line}").format(line=error.line) if error.line else ""
            text = self.tr("{file}{line}: {error} Nothing was imported.")
            message = text.format(
                file=one_line(error.file, 80), line=line, error=f"{error}.".replace("..", ".")
            )
            workspace.notice.show_notice(message, [])
        except StorageError as error:
            workspace.show_trouble(error, lambda: self.bring_in(paths))
        else:
            workspace.notice.show_notice(_summary(result), self._actions(result))

    def _actions(self, result: ImportResult) -> list[tuple[str, Callable[[], object]]]:
        actions: list[tuple[str, Callable[[], object]]] = []
        if result.problems:
            report = ImportReport(result.problems, self._window)
            count = self.tr("{count} problems…").format(count=len(result.problems))
            if len(result.problems) == 1:
                count = self.tr("1 problem…")
            actions.append((count, lambda: self._show_report(report)))
        if result.edit.changes:
            actions.append((self.tr("Undo"), self._workspace.undo))
        return actions

    def _show_report(self, report: ImportReport) -> None:
        """Open the report; the notice stays, for its Undo is what may be wanted next."""
        self._workspace.notice.show()
        report.show()


def _summary(result: ImportResult) -> str:
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


def _content(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            raise UnreadableError("expected a file of at most 256 MB")
        return path.read_bytes()
    except (OSError, UnreadableError) as error:
        failure = UnreadableError(getattr(error, "strerror", None) or str(error))
        failure.file = path.name
        raise failure from error
