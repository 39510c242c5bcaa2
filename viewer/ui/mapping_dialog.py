"""What the columns of a table become, with its first rows as they would be stored.

Each choice is tried anew in a process of its own, for the file is a stranger's; what an older choice would have
brought is then of no interest any more.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QTableView, QVBoxLayout, QWidget

from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import TableMapping, Words
from viewer.formats.tables.mapping_json import mapping_json
from viewer.formats.tables.trying import Tried, try_file
from viewer.saved_mappings import read_mapping, saved_mapping
from viewer.ui.background import Background, Task
from viewer.ui.mapping_choices import BUILT_IN, GUESS, OWN, SAVED, MappingChoices
from viewer.ui.mapping_fields import ColumnRows, ColumnTable
from viewer.ui.mapping_preview import WIDTHS, PreviewRows
from viewer.ui.mapping_saving import MappingSaving
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import be_plain_table
from viewer.ui.text import PlainLabel, one_line, plain_tooltip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_NAMED = 6
_TOLD = 2
_SIZE = (1120, 740)


class MappingDialog(QDialog):
    """`chosen(format, options)`: the table is to be brought in as this, with options as that format takes them.

    `tried`: what the file would bring as it is, if that is known already.
    """

    chosen = Signal(object, object)

    def __init__(self, path: Path, name: str, tried: Tried | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mapping_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import table"))
        self._path, self._name = path, name
        self._options: dict[str, Any] = {}
        self._reading = (GUESS, "")
        self._tried: Tried | None = None
        self._task: Task | None = None
        self._background = Background(self)
        left = self._left = threading.Event()
        self.destroyed.connect(left.set)
        self._make_parts()
        self._lay_out()
        self.finished.connect(self._stop)
        if tried is None:
            self._ask()
        else:
            self._show(tried)

    def _make_parts(self) -> None:
        self._how = PlainLabel("", "muted")
        self._how.setObjectName("mapping_how")
        self._how.setWordWrap(True)
        self._choices = MappingChoices(self)
        self._choices.reading_chosen.connect(self._read_as)
        self._choices.sheet_chosen.connect(self._take_sheet)
        self._choices.kind_chosen.connect(self._take_kind)
        self._choices.order_chosen.connect(self._take_order)
        self._columns = ColumnRows(self)
        self._columns.chosen.connect(self._take)
        self._column_table = ColumnTable(self._columns, self)
        self._column_table.setObjectName("mapping_columns")
        self._column_table.setAccessibleName(self.tr("Columns"))
        self._preview = PreviewRows(self)
        self._preview_table = QTableView(self)
        self._preview_table.setObjectName("mapping_preview")
        self._preview_table.setAccessibleName(self.tr("Preview"))
        self._preview_table.setModel(self._preview)
        be_plain_table(self._preview_table, WIDTHS)
        self._problems = PlainLabel("", "problem")
        self._problems.setObjectName("mapping_problems")
        self._problems.setWordWrap(True)
        self._problems.hide()
        self._state = PlainLabel("", "muted")
        self._state.setObjectName("mapping_state")
        self._saving = MappingSaving(self)
        self._saving.saved.connect(self._follow_saved)
        self._saving.failed.connect(self._warn)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(self._name, "title", limit=80))
        column.addWidget(self._how)
        column.addSpacing(SPACE)
        column.addWidget(self._choices)
        column.addSpacing(SPACE)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(_headed(self.tr("Columns"), self._column_table))
        parts.addWidget(_headed(self.tr("The first rows, as they will be stored"), self._preview_table))
        parts.setSizes([2, 3])
        column.addWidget(parts, 1)
        column.addWidget(self._state)
        column.addWidget(self._problems)
        column.addSpacing(SPACE)
        column.addLayout(self._buttons())
        self.resize(*_SIZE)
        self.setMinimumSize(760, 520)
        self._column_table.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._button(self.tr("&Save mapping…"), "mapping_save", "quiet", self._save))
        row.addWidget(self._button(self.tr("&Load mapping…"), "mapping_load", "quiet", self._load))
        row.addStretch(1)
        row.addWidget(self._button(self.tr("Cancel"), "mapping_cancel", "body", self.reject))
        self._import = self._button(self.tr("&Import"), "mapping_import", "primary", self._finish)
        self._import.setDefault(True)
        row.addWidget(self._import)
        return row

    def _button(self, words: str, name: str, role: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        set_role(button, role)
        button.clicked.connect(lambda _checked=False: press())
        return button

    # Choosing

    def _read_as(self, sort: str, name: str) -> None:
        sheet = {"sheet": self._options["sheet"]} if "sheet" in self._options else {}
        if sort == OWN:
            return
        if sort == SAVED:
            try:
                mapping = saved_mapping(name)
            except UnreadableError as error:
                self._warn(self.tr("“{name}” cannot be used: {error}").format(name=name, error=error))
                return
            if mapping is not None:
                self._begin(sort, name, {**sheet, "profile": name, "mapping": mapping_json(mapping)})
        else:
            self._begin(sort, name, {**sheet, "profile": name} if sort == BUILT_IN else sheet)

    def _take_sheet(self, sheet: str) -> None:
        kept = {key: each for key, each in self._options.items() if key == "profile"}
        sort, name = self._reading if self._reading[0] == BUILT_IN else (GUESS, "")
        self._begin(sort, name, {**(kept if sort == BUILT_IN else {}), **({"sheet": sheet} if sheet else {})})

    def _take_kind(self, kind: str) -> None:
        self._take(replace(self._mapping(), kind=Words(fixed=kind)))

    def _take_order(self, order: str) -> None:
        mapping = self._mapping()
        self._take(replace(mapping, when=replace(mapping.when, order=order)))

    def _take(self, mapping: TableMapping) -> None:
        """Go on with a mapping that was changed here; the columns say so at once."""
        own = replace(mapping, name="", label="")
        if self._tried is not None:
            self._tried = replace(self._tried, mapping=own)
            self._columns.show_columns(self._tried.columns, own)
        sheet = {"sheet": self._options["sheet"]} if "sheet" in self._options else {}
        self._begin(OWN, "", {**sheet, "mapping": mapping_json(own)})

    def _mapping(self) -> TableMapping:
        return TableMapping() if self._tried is None else self._tried.mapping

    def _begin(self, sort: str, name: str, options: dict[str, Any]) -> None:
        self._reading, self._options = (sort, name), options
        self._choices.show_reading(sort, name)
        self._ask()

    # Trying

    def _ask(self) -> None:
        if self._task is not None:
            self._task.cancel()
        path, name, options, left = self._path, self._name, dict(self._options), self._left
        self._state.setText(self.tr("Reading…"))

        def work(cancelled: threading.Event) -> Tried:
            return try_file(path, name, options, cancelled=lambda: left.is_set() or cancelled.is_set())

        self._task = self._background.start(work, self._show, self._fail)

    def _show(self, tried: Tried) -> None:
        self._task, self._tried = None, tried
        if not tried.is_table:
            self._warn(self.tr("This is no table: import it as it is."))
            self._import.setEnabled(False)
            return
        if tried.is_guess:
            self._how.setText(self.tr("The columns were guessed. See below what would be stored."))
        else:
            self._how.setText(f"{tried.how[:1].upper()}{tried.how[1:]}." if tried.how else self._own_words())
        if self._reading == (GUESS, "") and not tried.is_guess:
            self._reading = (BUILT_IN, tried.mapping.name)
        self._choices.show_reading(*self._reading)
        self._choices.show_tried(tried, str(self._options.get("sheet", "")))
        self._columns.show_columns(tried.columns, tried.mapping)
        uses = {name: self._columns.uses(row) for row, (name, _) in enumerate(tried.columns)}
        self._preview.show_tried(tried, uses)
        self._state.setText(self._summary(tried))
        self._tell_problems(tried.problems)
        self._import.setEnabled(True)

    def _own_words(self) -> str:
        words = {
            OWN: self.tr("As you chose below."),
            SAVED: self.tr("As the saved mapping says."),
            BUILT_IN: self.tr("As the profile says."),
        }
        return words.get(self._reading[0], "")

    def _summary(self, tried: Tried) -> str:
        odd = sum(bool(row.problems) for row in tried.rows)
        said = [self.tr("First rows: {count}").format(count=number(len(tried.rows)))]
        if odd:
            said.append(self.tr("with something odd: {count}").format(count=number(odd)))
        kept = self._columns.kept()
        if kept:
            names = ", ".join(one_line(name, 30) for name in kept[:_NAMED])
            more = ", …" if len(kept) > _NAMED else ""
            words = self.tr("columns kept beside the entries: {names}{more}")
            said.append(words.format(names=names, more=more))
        return " · ".join(said)

    def _tell_problems(self, problems: tuple[str, ...]) -> None:
        damaged = [
            self.tr("The saved mapping “{name}” cannot be used: {error}").format(name=name, error=error)
            for name, error in self._choices.damaged.items()
        ]
        told = [*problems, *damaged]
        shown = [f"{each[:1].upper()}{each[1:]}" for each in told[:_TOLD]]
        if len(told) > _TOLD:
            shown.append(self.tr("… and {count} more").format(count=number(len(told) - _TOLD)))
        self._warn("\n".join(shown))
        self._problems.setToolTip(plain_tooltip("\n".join(told) if len(told) > _TOLD else ""))

    def _warn(self, words: str) -> None:
        self._problems.setText(words)
        self._problems.setVisible(bool(words))

    def _fail(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, UnreadableError):
            raise error
        self._state.setText("")
        self._warn(self.tr("It cannot be read in this way: {error}").format(error=error))
        self._import.setEnabled(False)

    # Saving and leaving

    def _save(self) -> None:
        self._saving.ask_name(self._mapping(), self._reading[1] if self._reading[0] == SAVED else "")

    def _follow_saved(self, name: str) -> None:
        self._choices.damaged = self._choices.list_readings()
        self._reading = (SAVED, name)
        self._options["profile"] = name
        self._options["mapping"] = mapping_json(self._mapping())
        self._choices.show_reading(SAVED, name)
        self._state.setText(self.tr("Saved as “{name}”.").format(name=one_line(name, 60)))

    def _load(self) -> None:
        path = self._saving.choose_file(self._path.parent)
        if path is None:
            return
        try:
            self._take(read_mapping(path))
        except UnreadableError as error:
            words = self.tr("“{name}” cannot be used: {error}")
            self._warn(words.format(name=one_line(path.name, 60), error=error))

    def _finish(self) -> None:
        self.accept()
        self.chosen.emit(None if self._tried is None else self._tried.format, self._wanted())

    def _wanted(self) -> Mapping[str, Any]:
        """Return the options of what was shown: a guess that was looked at is a choice."""
        if self._task is None and self._tried is not None and self._tried.is_guess:
            own = replace(self._tried.mapping, name="", label="")
            return {**self._options, "mapping": mapping_json(own)}
        return self._options

    def _stop(self, _result: int = 0) -> None:
        self._left.set()
        self._background.stop()


def _headed(words: str, table: QTableView) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
    column.setSpacing(SPACE // 2)
    column.addWidget(PlainLabel(words, "heading"))
    column.addWidget(table, 1)
    return box
