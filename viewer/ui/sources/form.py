"""The form of a source: a sheet at the right, in the inspector's place, that never loses what was typed.

It knows no document, reads no file and fetches nothing: it asks its owner, who also saves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from viewer.domain.records import Source
from viewer.drafting import new_uid
from viewer.formats.source_files import ENDINGS
from viewer.ui.forms.drafted import object_in
from viewer.ui.forms.form_sheet import FormSheet
from viewer.ui.guard import guard
from viewer.ui.links import checked_url
from viewer.ui.sources.fields import SourceFields

if TYPE_CHECKING:
    from viewer.formats.ingested import IngestedSource
    from viewer.ui.sources.original_field import Originals


class SourceForm(FormSheet):
    """Adds or revises one source. Open it with `start_new` or `start_edit`.

    `submitted(source)`, `cancelled()`, `delete_requested()`, `changed()`; `fetch_wanted(url)`, `called_off()`,
    `file_chosen(path)`: to be answered by `show_intake` or `show_trouble`; `text_settled()`: is it a copy?
    """

    fetch_wanted = Signal(str)
    called_off = Signal()
    file_chosen = Signal(object)
    text_settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._source: Source | None = None
        self._fields: SourceFields | None = None

    def start_new(self, originals: Originals) -> None:
        """Open an empty form."""
        source = Source(uid=new_uid(), title="")
        self._open(source, originals, self.tr("New source"), may_delete=False)

    def start_edit(self, source: Source, originals: Originals, *, may_delete: bool) -> None:
        """Open the form on a source that is there already."""
        self._open(source, originals, self.tr("Edit source"), may_delete=may_delete)

    def source(self) -> Source | None:
        """Return the source as it is typed now; None before the form was opened."""
        return None if self._fields is None else self._fields.source_as_typed()

    def data(self) -> dict[str, Any]:
        """Return all that is typed as JSON values."""
        if self._fields is None or self._source is None:
            return {}
        return {"uid": self._source.uid, "fields": self._fields.data()}

    def restore(self, data: Any) -> None:
        """Show what `data` returned once; open the form first."""
        if self._fields is not None:
            self._fields.restore(object_in(data, "fields"))

    def show_fetching(self, on: bool) -> None:
        """Show that the page is being fetched, or not any more."""
        if self._fields is not None:
            self._fields.url.set_fetching(on)

    def show_intake(self, found: IngestedSource) -> None:
        """Take a text in, and suggest what it says of itself; typed words stay."""
        if self._fields is not None:
            self._fields.suggest(found)
            self._fields.text.offer(found.text, found.notes)

    def show_trouble(self, words: str, *, of_address: bool) -> None:
        """Say why a page was not fetched, or a file not read, where it was asked for."""
        if self._fields is not None:
            field = self._fields.url if of_address else self._fields.text
            field.say(words, "problem")

    def show_near_copy(self, uid: str, title: str, percent: int) -> None:
        """Point out a source whose text is nearly the same; an empty uid: there is none."""
        if self._fields is not None:
            self._fields.text.show_near_copy(uid, title, percent)

    def show_quotes(self, count: int) -> None:
        """Say what becomes of the quotes that are tied to the text, when it is another one."""
        if self._fields is None or self._source is None:
            return
        words = self.tr(
            "{count} quotes are tied to this text. On saving, they are looked for in the new one."
        )
        if count == 1:
            words = self.tr("1 quote is tied to this text. On saving, it is looked for in the new one.")
        is_other = count > 0 and self._fields.text.value() != self._source.text
        self._fields.text.say(words.format(count=count) if is_other else "")

    def save(self) -> None:
        """Hand the source over, or show what is wrong with it and go there."""
        if self._fields is None:
            return
        self._foot.ask(False)
        first = self._fields.check()
        if first is not None:
            self._go_to(first)
            return
        self._head.show_problem("")
        self.submitted.emit(self._fields.source_as_typed())

    def _open(self, source: Source, originals: Originals, title: str, *, may_delete: bool) -> None:
        self._source = source
        body = QWidget()
        fields = self._fields = SourceFields(source, originals, body)
        self._show_parts(body, fields, kind=None, title=title, may_delete=may_delete)
        fields.changed.connect(self._changed)
        fields.wording_kept.connect(self.save)
        fields.url.fetch_wanted.connect(self.fetch_wanted)
        fields.url.called_off.connect(self.called_off)
        fields.text.file_wanted.connect(self._choose_file)
        fields.text.settled.connect(self.text_settled)
        for line in fields.findChildren(QLineEdit):
            line.setAcceptDrops(False)  # what is dropped on the form is for the form, wherever it falls
        self._order_tabs()
        self._untouched = self.data()
        self._go_to_start()

    def _choose_file(self) -> None:
        kinds = self.tr("Texts and pages") + " (*.txt *.md *.html *.htm)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open text"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def _stops(self) -> list[QWidget]:
        """Return where Tab stops on its way down the sheet, in the order in which the fields are seen."""
        fields = self._fields
        if fields is None:
            return []
        fields.adjustSize()
        return sorted(self._stops_in(fields), key=lambda widget: _place_in(fields, widget))

    def _go_to_start(self) -> None:
        if self._fields is not None:
            self._fields.title.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_drop(self, content: QMimeData) -> None:
        """Read a file that was dropped; an address is only written down, to be fetched by a click."""
        urls = content.urls()
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and not url.host()]
        if files and files[0].suffix.lower() in ENDINGS:
            self.file_chosen.emit(files[0])
        elif files and self._fields is not None:
            self._fields.text.say(self.tr("Only .txt, .md and .html files can be read here."), "problem")
        elif urls and self._fields is not None:
            address = urls[0].toString(QUrl.ComponentFormattingOption.FullyEncoded)
            if checked_url(address) is not None:
                self._fields.url.line.setText(address)
                self._fields.url.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @guard()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @guard()
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_drop(event.mimeData())


def _place_in(fields: SourceFields, widget: QWidget) -> tuple[int, int]:
    """Return where the field stands to which a widget belongs, its row first."""
    part: QWidget | None = widget
    while part is not None and part.parentWidget() is not fields:
        part = part.parentWidget()
    return (0, 0) if part is None else (part.y(), part.x())
