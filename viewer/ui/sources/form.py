"""The form of a source: a sheet at the right, in the inspector's place, that never loses what was typed.

It knows no document, reads no file and fetches nothing: it asks its owner, who also saves.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from viewer.domain.records import Source
from viewer.drafting import new_uid
from viewer.formats.source_files import ENDINGS
from viewer.ui.forms.drafted import object_in
from viewer.ui.forms.form_frame import SIDE, FormFoot, FormHead
from viewer.ui.guard import guard
from viewer.ui.links import checked_url
from viewer.ui.sources.fields import SourceFields
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.formats.source_files import IngestedSource
    from viewer.ui.sources.original_field import Originals

_SAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourceForm(QWidget):
    """Adds or revises one source. Open it with `start_new` or `start_edit`.

    `submitted(source)`, `cancelled()`, `delete_requested()`, `changed()`; `fetch_wanted(url)`, `called_off()`,
    `file_chosen(path)`: to be answered by `show_intake` or `show_trouble`; `text_settled()`: is it a copy?
    """

    submitted = Signal(object)
    cancelled = Signal()
    delete_requested = Signal()
    changed = Signal()
    fetch_wanted = Signal(str)
    called_off = Signal()
    file_chosen = Signal(object)
    text_settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAcceptDrops(True)
        self._source: Source | None = None
        self._fields: SourceFields | None = None
        self._untouched: dict[str, Any] = {}
        self._head = FormHead(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._foot = FormFoot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self._head, 0), (self._scroll, 1), (self._foot, 0)):
            column.addWidget(widget, stretch)
        self._foot.save.connect(self.save)
        self._foot.cancel.connect(self.cancel)
        self._foot.delete.connect(self.delete_requested)
        self._foot.discard.connect(self._discard)
        self._foot.keep.connect(self._keep)

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

    def is_dirty(self) -> bool:
        """Whether anything is typed that is not saved."""
        return self.data() != self._untouched

    def show_problem(self, text: str) -> None:
        """Say why it is not saved; all that was typed stays."""
        self._head.show_problem(text)

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
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first, 0, 8 * SPACE)
            return
        self._head.show_problem("")
        self.submitted.emit(self._fields.source_as_typed())

    def cancel(self) -> None:
        """Close the form; ask first when something would be lost."""
        if self.is_dirty():
            self._foot.ask(True)
        else:
            self.cancelled.emit()

    def _open(self, source: Source, originals: Originals, title: str, *, may_delete: bool) -> None:
        self._source = source
        body = QWidget()
        set_role(body, "bare")
        fields = self._fields = SourceFields(source, originals, body)
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, SPACE // 2, SIDE, 2 * SPACE)
        column.addWidget(fields)
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._make_room()
        self._head.show_form(None, title)
        self._head.show_problem("")
        self._foot.allow_delete(may_delete)
        self._foot.ask(False)
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
        fields.title.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._foot.ask(False)
        self.changed.emit()

    def _choose_file(self) -> None:
        kinds = self.tr("Texts and pages") + " (*.txt *.md *.html *.htm)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open text"), "", kinds)
        if name:
            self.file_chosen.emit(Path(name))

    def _make_room(self) -> None:
        """Let the fields end where the buttons below them do, with or without a scroll bar."""
        bar, body = self._scroll.verticalScrollBar(), self._scroll.widget()
        layout = None if body is None else body.layout()
        if layout is not None:
            taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
            layout.setContentsMargins(SIDE, SPACE // 2, SIDE - taken, 2 * SPACE)

    def _order_tabs(self) -> None:
        """Let Tab go down the sheet and on to the buttons, in the order in which they are seen."""
        fields = self._fields
        if fields is None:
            return
        fields.adjustSize()
        inside = [widget for widget in fields.findChildren(QWidget) if self._is_stop(widget)]
        inside.sort(key=lambda widget: _place_in(fields, widget))
        buttons = [widget for widget in self._foot.findChildren(QWidget) if self._is_stop(widget)]
        for first, second in pairwise([*inside, *buttons]):
            QWidget.setTabOrder(first, second)

    def _is_stop(self, widget: QWidget) -> bool:
        return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.window() is self.window()

    def _discard(self) -> None:
        self._foot.ask(False)
        self.cancelled.emit()

    def _keep(self) -> None:
        self._foot.ask(False)
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

    def _acts_on(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return event.key() == Qt.Key.Key_Escape or (control and event.key() in _SAVES)

    @guard()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @guard()
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_drop(event.mimeData())

    @guard(False)
    def event(self, event: QEvent) -> bool:
        """Claim our keys before shortcuts of the window get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            # Outside the form, Delete would delete the selected event.
            and (self._acts_on(event) or event.key() == Qt.Key.Key_Delete)
        ):
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._acts_on(event):
            super().keyPressEvent(event)
        elif event.key() in _SAVES:
            self.save()
        elif self._foot.is_asking():
            self._keep()
        else:
            self.cancel()


def _place_in(fields: SourceFields, widget: QWidget) -> tuple[int, int]:
    """Return where the field stands to which a widget belongs, its row first."""
    part: QWidget | None = widget
    while part is not None and part.parentWidget() is not fields:
        part = part.parentWidget()
    return (0, 0) if part is None else (part.y(), part.x())
