"""What was odd in an imported file: each problem with its place, as plain text that can be copied and saved."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from viewer.formats.guarding import guarded
from viewer.storage.errors import WriteError
from viewer.storage.files import write_whole
from viewer.ui.painter_ink import number
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from viewer.formats.incoming import Problem

_SHOWN = 2_000
_FILES = 200


class ImportReport(QDialog):
    """Lists the problems of an import; `untold`: how many more there were that nobody noted one by one."""

    def __init__(self, problems: Sequence[Problem], untold: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 460)
        self.setWindowModality(Qt.WindowModality.NonModal)
        self._problems, self._untold = tuple(problems), untold
        self._file = QComboBox()
        self._file.setObjectName("import_report_file")
        self._file.setAccessibleName(self.tr("File"))
        self._text = QPlainTextEdit()
        self._text.setObjectName("import_problems")
        self._text.setAccessibleName(self.tr("Problems"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._said = PlainLabel("", "muted")
        self._said.setObjectName("import_report_said")
        self._said.setWordWrap(True)
        self._list_files()
        self._lay_out()
        self._show_problems()
        self._text.setFocus()

    def _list_files(self) -> None:
        counts = Counter(problem.file for problem in self._problems)
        self._file.addItem(self.tr("All files"), None)
        for name, count in counts.most_common(_FILES):
            self._file.addItem(f"{one_line(name, 60)} ({number(count)})", name)
        self._file.setVisible(len(counts) > 1)
        self._file.activated.connect(lambda _place: self._show_problems())

    def _lay_out(self) -> None:
        count = len(self._problems) + self._untold
        words = self.tr("{count} problems. What could be read was imported.").format(count=number(count))
        if count == 1:
            words = self.tr("1 problem. What could be read was imported.")
        heading = PlainLabel(words, "heading")
        heading.setObjectName("import_report_heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading)
        column.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text, 1)
        column.addWidget(self._said)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        save = QPushButton(self.tr("&Save report…"))
        save.setObjectName("import_report_save")
        set_role(save, "quiet")
        save.setAutoDefault(False)
        save.clicked.connect(lambda _checked=False: self._save())
        leave = QPushButton(self.tr("Close"))
        leave.setObjectName("import_report_close")
        leave.setDefault(True)
        leave.clicked.connect(self.reject)
        buttons.addWidget(save)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        column.addLayout(buttons)

    def _wanted(self) -> list[Problem]:
        name = self._file.currentData()
        return [each for each in self._problems if name is None or each.file == name]

    def _show_problems(self) -> None:
        wanted = self._wanted()
        self._text.setPlainText("\n".join(_line(problem) for problem in wanted[:_SHOWN]))
        said = []
        if len(wanted) > _SHOWN:
            words = self.tr("The first {count} are shown; a saved report holds all that are told.")
            said.append(words.format(count=number(_SHOWN)))
        if self._untold:
            words = self.tr("{count} more are not told one by one.")
            said.append(words.format(count=number(self._untold)))
        self._say(" ".join(said))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _save(self) -> None:
        kinds = f"{self.tr('Table')} (*.csv);;{self.tr('Text')} (*.txt)"
        name, chosen = QFileDialog.getSaveFileName(self, self.tr("Save report"), "import report.csv", kinds)
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}{'.txt' if 'txt' in chosen else '.csv'}")
        write = _as_table if path.suffix.lower() == ".csv" else _as_text
        try:
            write_whole(path, write(self._wanted(), self._untold))
        except WriteError as error:
            self._say(str(error))
        else:
            self._say(self.tr("Wrote {path}.").format(path=one_line(str(path))))


def _line(problem: Problem) -> str:
    return one_line(f"{problem.file}:{problem.line or ''}: {problem.path}: {problem.message}")


def _as_text(problems: Sequence[Problem], untold: int) -> bytes:
    lines = [f"{each.file}:{each.line or ''}: {each.path}: {each.message}" for each in problems]
    if untold:
        lines.append(f"… {untold}")
    return "".join(f"{' '.join(line.split())}\n" for line in lines).encode(errors="replace")


def _as_table(problems: Sequence[Problem], untold: int) -> bytes:
    """Return rows of file, line, place and message; none of them is taken for a formula."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("file", "line", "place", "message"))
    for each in problems:
        table.writerow((guarded(each.file), each.line or "", guarded(each.path), guarded(each.message)))
    if untold:
        table.writerow(("", "", "", f"… {untold}"))
    return b"\xef\xbb\xbf" + written.getvalue().encode(errors="replace")
