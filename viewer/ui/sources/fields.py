"""The fields of a source, and the way from a source to them and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.field import ComboField, Field, LineField, side_by_side
from viewer.ui.grades import reliability_choices
from viewer.ui.links import checked_url
from viewer.ui.sources.address_field import AddressField
from viewer.ui.sources.original_field import OriginalField, Originals
from viewer.ui.sources.suggested import Suggested
from viewer.ui.sources.text_box import TextBox
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from viewer.domain.records import Source
    from viewer.formats.ingested import IngestedSource

_MEDIA = ("article", "post", "video", "broadcast", "briefing", "report", "book")


class SourceFields(QWidget):
    """All that can be said of a source, from top to bottom."""

    changed = Signal()
    wording_kept = Signal()

    def __init__(self, source: Source, originals: Originals, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self.title = LineField(
            self.tr("Title"),
            "source_title",
            self,
            hint=self.tr("The headline, as it stands there"),
            required=self.tr("A title is needed here: lists and claims name the source by it."),
        )
        self.publisher = LineField(self.tr("Publisher"), "source_publisher", self)
        self.author = LineField(self.tr("Author"), "source_author", self)
        self.medium = ComboField(self.tr("Medium"), "source_medium", self._media(), self)
        self.language = LineField(self.tr("Language"), "source_language", self, hint=self.tr("fr"))
        self.url = AddressField(self.tr("Address"), "source_url", self)
        self.archived = LineField(self.tr("Archived at"), "source_archived", self, hint="https://")
        self.published = DateField(self.tr("Published"), "source_published", self)
        self.accessed = DateField(self.tr("Accessed"), "source_accessed", self)
        self.reliability = ComboField(
            self.tr("Reliability"), "source_reliability", reliability_choices(), self
        )
        self.original = OriginalField(self.tr("Copied from"), "source_original", originals, self)
        self.text = TextBox(self.tr("Text"), "source_text", self)
        self._suggested = {
            name: Suggested(field, f"source_{name}", self)
            for name, field in (
                ("title", self.title),
                ("publisher", self.publisher),
                ("author", self.author),
                ("language", self.language),
                ("published", self.published),
                ("url", self.url),
                ("accessed", self.accessed),
            )
        }
        self._lay_out()
        self._load(source)
        self._connect()

    def source_as_typed(self) -> Source:
        """Return the source as it shall be."""
        return replace(
            self._source,
            title=self.title.value() or "",
            publisher=self.publisher.value(),
            author=self.author.value(),
            medium=self.medium.combo.chosen(),
            language=self.language.value(),
            url=self.url.value(),
            archived_url=self.archived.value(),
            published=self.published.value(),
            accessed=self.accessed.value(),
            reliability=self.reliability.combo.chosen(),
            derived_from=self.original.original(),
            text=self.text.value(),
        )

    def suggest(self, found: IngestedSource) -> None:
        """Suggest what a file or a page says of itself."""
        for name in ("title", "publisher", "author", "language", "published", "url"):
            self._suggested[name].suggest(getattr(found, name))
        if found.url:
            self._suggested["accessed"].suggest(QDate.currentDate().toString(Qt.DateFormat.ISODate))

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names that they have in a draft."""
        return {
            "title": self.title,
            "publisher": self.publisher,
            "author": self.author,
            "medium": self.medium,
            "language": self.language,
            "url": self.url,
            "archived_url": self.archived,
            "published": self.published,
            "accessed": self.accessed,
            "reliability": self.reliability,
            "derived_from": self.original,
            "text": self.text,
        }

    def data(self) -> dict[str, Any]:
        """Return all that is typed, as JSON values."""
        return {name: field.data() for name, field in self.fields().items()}

    def restore(self, data: dict[str, Any]) -> None:
        """Show what `data` returned once."""
        for name, field in self.fields().items():
            if name in data:
                field.restore(data[name])

    def check(self) -> QWidget | None:
        """Show all that is wrong, and return the first widget in which it can be put right."""
        found = [field.check() for field in self.fields().values()]
        return next((widget for widget in found if widget is not None), None)

    def _media(self) -> list[tuple[str | None, str]]:
        words = (
            self.tr("article"),
            self.tr("post"),
            self.tr("video"),
            self.tr("broadcast"),
            self.tr("briefing"),
            self.tr("report"),
            self.tr("book"),
        )
        return [(None, self.tr("not recorded")), *zip(_MEDIA, words, strict=True)]

    def _lay_out(self) -> None:
        wrapped = self._suggested
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + SPACE // 2)
        for part in (
            wrapped["url"],
            wrapped["title"],
            (wrapped["publisher"], wrapped["author"]),
            wrapped["published"],
            (self.medium, wrapped["language"]),
            self.reliability,
            self.original,
            self.text,
            wrapped["accessed"],
            self.archived,
        ):
            if isinstance(part, tuple):
                column.addLayout(side_by_side(*part))
            else:
                column.addWidget(part)

    def _load(self, source: Source) -> None:
        self.title.load(source.title)
        self.publisher.load(source.publisher)
        self.author.load(source.author)
        self.medium.combo.choose(source.medium)
        self.language.load(source.language)
        self.url.load(source.url)
        self.archived.load(source.archived_url)
        for date_field, date in ((self.published, source.published), (self.accessed, source.accessed)):
            date_field.set_language(source.language)
            date_field.load(date)
        self.reliability.combo.choose(source.reliability)
        self.original.load_original(source.derived_from)
        self.text.load(source.text)

    def _connect(self) -> None:
        for field in self.fields().values():
            field.changed.connect(self.changed)
        for date_field in (self.published, self.accessed):
            date_field.kept.connect(self.wording_kept)
        self.language.changed.connect(self._set_language)
        self.archived.changed.connect(self._check_archived)
        self.text.copy_accepted.connect(self.original.choose)

    def _set_language(self) -> None:
        for date_field in (self.published, self.accessed):
            date_field.set_language(self.language.value())

    def _check_archived(self) -> None:
        url = self.archived.value()
        if url and checked_url(url) is None:
            self.archived.say(self.tr("Not an address of the web; it is kept as text."), "problem")
