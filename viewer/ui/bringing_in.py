"""Bringing files into the document of a window: asked first when they are many, then reported.

A table alone that no profile knows is shown with its mapping before it comes in. What a file is, is looked at
beside the window.
"""

from __future__ import annotations

import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QMessageBox

from viewer.changing import Order
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.reading import GUESSED
from viewer.formats.tables.trying import Tried, is_rows, try_file
from viewer.importing import FileToImport
from viewer.storage.errors import StorageError
from viewer.ui.background import Background, Task
from viewer.ui.import_report import ImportReport
from viewer.ui.painter_ink import number
from viewer.ui.progress_card import ProgressCard
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.changing import Outcome
    from viewer.ui.main_window import MainWindow
    from viewer.ui.workspace import Workspace

_NAMED = 5


class BringingIn(QObject):
    """Brings files into the document that a window shows."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._background = Background(self)
        self._left = threading.Event()
        self._card: ProgressCard | None = None
        self._task: Task | None = None
        self._path = Path()
        self._pasted: TemporaryDirectory[str] | None = None
        workspace.destroyed.connect(self._left.set)

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
        """Bring files in as one edit, each as what its content is; one alone may be asked about first."""
        if len(paths) == 1:
            self._look_at(paths[0])
        elif paths:
            self.bring_in_files([FileToImport(path.name, path) for path in paths])

    def bring_in_table(self, path: Path) -> None:
        """Bring a table in after it was shown with its mapping, whatever it is."""
        if self._may_edit(lambda: self.bring_in_table(path)):
            self._ask_mapping(path, None)

    def bring_in_rows(self, text: str) -> None:
        """Bring in rows that were copied from a spreadsheet, after they were shown with their mapping."""
        if not is_rows(text):
            self._workspace.notice.show_notice(
                self.tr("The clipboard holds no rows of a table. Copy them in a spreadsheet first.")
            )
            return
        if self._may_edit(lambda: self.bring_in_rows(text)):
            self._pasted = TemporaryDirectory(prefix="dateline-")
            path = Path(self._pasted.name, self.tr("Pasted rows") + ".tsv")
            path.write_text(text, encoding="utf-8", errors="replace", newline="")
            self._ask_mapping(path, None)

    def _look_at(self, path: Path) -> None:
        """Find out what a file is, beside the window."""
        if not self._may_edit(lambda: self._look_at(path)):
            return
        self._path = path
        self._card = ProgressCard(self._workspace)
        self._card.setObjectName("looking")
        self._card.cancelled.connect(self._stop_looking)
        self._card.show_share(self.tr("Looking at {file}…").format(file=one_line(path.name, 60)), 0.0)
        left = self._left

        def work(cancelled: threading.Event) -> Tried:
            return try_file(path, path.name, {}, cancelled=lambda: left.is_set() or cancelled.is_set())

        self._workspace.notice.hide()
        self._task = self._background.start(work, self._go_on, self._fail_to_look)

    def _stop_looking(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._put_card_away()
        self._tell(None)

    def _put_card_away(self) -> None:
        self._task = None
        if self._card is not None:
            self._card.put_away()
            self._card.deleteLater()
            self._card = None

    def _go_on(self, tried: Tried) -> None:
        self._put_card_away()
        if tried.is_guess:
            self._ask_mapping(self._path, tried)
        else:
            self.bring_in_files([FileToImport(self._path.name, self._path, tried.format)])

    def _fail_to_look(self, error: Exception) -> None:
        self._put_card_away()
        if isinstance(error, UnreadableError):
            error.file = self._path.name
        self._fail(error, lambda: self._look_at(self._path))

    def _ask_mapping(self, path: Path, tried: Tried | None) -> None:
        from viewer.ui.mapping_dialog import MappingDialog

        dialog = MappingDialog(path, path.name, tried, self._window)
        dialog.chosen.connect(
            lambda form, options: self.bring_in_files([FileToImport(path.name, path, form, options)])
        )
        dialog.rejected.connect(self._forget_pasted)
        dialog.open()

    def _may_edit(self, again: Callable[[], None]) -> bool:
        """Whether the document can be changed; says why not, before anything is looked at."""
        try:
            self._workspace.document.store.expect_editable()
        except StorageError as error:
            self._workspace.show_trouble(error, again)
            return False
        return True

    def _forget_pasted(self) -> None:
        if self._pasted is not None:
            self._pasted.cleanup()
            self._pasted = None

    def bring_in_files(self, files: Sequence[FileToImport]) -> None:
        """Bring files in as one edit beside the window, and report what they added and what was odd.

        Each lies at a path; its format and options may be chosen already.
        """
        name = one_line(files[0].name, 60) if len(files) == 1 else ""
        words = self.tr("Importing {file}…") if name else self.tr("Importing {count} files…")
        order = Order("import", tuple(files))

        def fail(error: Exception) -> None:
            self._fail(error, lambda: self.bring_in_files(files))

        self._workspace.notice.hide()
        said = words.format(file=name, count=f"{len(files):,}")
        try:
            self._workspace.furnishing.changes.make(order, said, self._tell, fail, who=self._window)
        except StorageError as error:
            fail(error)

    def _tell(self, outcome: Outcome | None) -> None:
        self._forget_pasted()
        notice = self._workspace.notice
        if outcome is None:
            notice.show_notice(self.tr("The import was cancelled. Nothing was imported."))
        else:
            words = self._with_guesses(_summary(outcome), outcome)
            notice.show_notice(words, self._actions(outcome))

    def _with_guesses(self, words: str, outcome: Outcome) -> str:
        """Add the names of the tables whose columns nobody was asked about."""
        guessed = [each.file for each in outcome.problems if each.message.startswith(GUESSED)]
        if not guessed:
            return words
        names = ", ".join(one_line(name, 40) for name in guessed[:_NAMED])
        more = ", …" if len(guessed) > _NAMED else ""
        said = self.tr("{done} The columns were guessed of: {names}{more}.")
        return said.format(done=words, names=names, more=more)

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
            told = len(result.problems) + result.untold
            count = self.tr("{count} problems…").format(count=number(told))
            if told == 1:
                count = self.tr("1 problem…")
            actions.append((count, lambda: self._show_report(result)))
        if result.edit is not None:
            actions.append((self.tr("Undo"), self._workspace.undo))
        return actions

    def _show_report(self, result: Outcome) -> None:
        """Open the report; the notice stays, for its Undo is what may be wanted next."""
        self._workspace.notice.show()
        ImportReport(result.problems, result.untold, self._window).show()


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
