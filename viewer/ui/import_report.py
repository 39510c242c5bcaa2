"""What was odd in an imported file: each problem with its place, as plain text that can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from viewer.formats.incoming import Problem
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE

_SHOWN = 2_000


class ImportReport(QDialog):
    """Lists the problems of an import."""

    def __init__(self, problems: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 420)
        self.setWindowModality(Qt.WindowModality.NonModal)
        heading = self.tr("{count} problems. What could be read was imported.").format(count=len(problems))
        if len(problems) == 1:
            heading = self.tr("1 problem. What could be read was imported.")
        text = QPlainTextEdit()
        text.setObjectName("import_problems")
        text.setReadOnly(True)
        text.setPlainText("\n".join(_line(problem) for problem in problems[:_SHOWN]))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(heading, "heading"))
        column.addWidget(text, 1)


def _line(problem: Problem) -> str:
    return one_line(f"{problem.file}:{problem.line or ''}: {problem.path}: {problem.message}")
