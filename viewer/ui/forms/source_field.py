"""The field for a claim's source: a known one chosen by its title, or a new one described in place."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.records import Source
from viewer.drafting import new_uid
from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.forms.drafted import flag_in, object_in, text_in
from viewer.ui.forms.field import Field, Line, LineField, TextField, mark_problem, side_by_side
from viewer.ui.forms.suggestions import Option, Suggestions
from viewer.ui.links import checked_url
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.domain.dates import FuzzyDate
    from viewer.ui.forms.entry import Choices, SourceChoice

_SHOWN_TITLE = 28
_REMEMBERED = 20_000


class NewSource(QWidget):
    """What can be said of a new source beside its title."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.publisher = LineField(self.tr("Publisher"), f"{name}_publisher", self)
        self.language = LineField(self.tr("Language"), f"{name}_language", self, hint=self.tr("fr"))
        self.published = DateField(self.tr("Published"), f"{name}_published", self)
        self.url = LineField(self.tr("Address"), f"{name}_url", self, hint=self.tr("https://"))
        self.text = TextField(
            self.tr("Text"),
            f"{name}_text",
            self,
            hint=self.tr("Paste the text: quotes are tied to it"),
            lines=(3, 8),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(side_by_side(self.publisher, self.language, stretch=(2, 1)))
        for field in (self.published, self.url, self.text):
            column.addWidget(field)
        self.url.changed.connect(self._check_url)
        self.language.changed.connect(lambda: self.published.set_language(self.language.value()))

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names they have in a draft."""
        return {
            "publisher": self.publisher,
            "language": self.language,
            "published": self.published,
            "url": self.url,
            "text": self.text,
        }

    def _check_url(self) -> None:
        url = self.url.value()
        if url and checked_url(url) is None:
            self.url.say(self.tr("Not an address of the web; it is kept as text."), "problem")


class SourceField(Field):
    """A title in a box; below it, what is known of the source, or room to describe a new one."""

    wording_kept = Signal()

    def __init__(self, label: str, name: str, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent)
        self._choices = choices
        self._known = {source.uid: source for source in choices.sources}
        self._uid: str | None = None
        self._new_uid = new_uid()
        self.line = Line(name, label, self)
        self.line.setPlaceholderText(self.tr("choose, or type a new title"))
        self.label.setBuddy(self.line)
        self._suggestions = Suggestions(self.line, _options(choices.sources))
        self._new = PlainLabel(self.tr("new"), "pill", self)
        self._new.setObjectName(f"{name}_new")
        self._unfold = QPushButton(self)
        self._unfold.setObjectName(f"{name}_unfold")
        self._unfold.setMinimumWidth(1)  # a long title is cut rather than the sheet widened
        set_role(self._unfold, "link")
        self.details = NewSource(name, self)
        self.details.hide()
        self._lay_out()
        self._suggestions.chosen.connect(self._choose)
        self.line.textChanged.connect(self._typed)
        self._unfold.clicked.connect(self._open_details)
        self.details.published.kept.connect(self.wording_kept)
        for field in self.details.fields().values():
            field.changed.connect(self.changed)
        self._tell()

    def load(self, uid: str | None) -> None:
        """Show a known source."""
        source = self._known.get(uid or "")
        self.line.load(source.title if source is not None else uid)
        self._uid = uid
        self._tell()

    def known(self) -> str | None:
        """Return the uid of the known source that is named; None when there is none or it is a new one."""
        if self._uid is not None:
            return self._uid
        namesakes = self._namesakes()
        return namesakes[0].key if len(namesakes) == 1 else None

    def created(self) -> Source | None:
        """Return the source that the form creates; None when a known one is named, or none at all."""
        title = self.line.value()
        if title is None or self.known() is not None:
            return None
        details = self.details
        return Source(
            uid=self._new_uid,
            title=title,
            publisher=details.publisher.value(),
            language=details.language.value(),
            published=details.published.value(),
            url=details.url.value(),
            text=details.text.value(),
        )

    def setting(self) -> SourceSetting:
        """Return where wordings of the source stand: its date, its language, its name."""
        source: Source | SourceChoice | None = self._known.get(self.known() or "") or self.created()
        if source is None:
            return SourceSetting()
        return SourceSetting(source.published, source.language, source.publisher or source.title)

    def stored_text(self) -> str | None:
        """Return the text that quotes of this source are tied to; None when there is none."""
        known = self.known()
        return self.details.text.value() if known is None else self._choices.text_of(known)

    def is_blank(self) -> bool:
        """Whether no source is named."""
        return self.line.value() is None

    def data(self) -> dict[str, Any]:
        details = {key: field.data() for key, field in self.details.fields().items()}
        opened = self.details.isVisibleTo(self)
        return {"text": self.line.text(), "uid": self._uid, "open": opened, "details": details}

    def restore(self, data: Any) -> None:
        self.line.restore(text_in(data, "text"))
        self._uid = text_in(data, "uid") or None
        for key, field in self.details.fields().items():
            field.restore(object_in(data, "details").get(key))
        self.details.setVisible(flag_in(data, "open"))
        self._tell()

    def check(self) -> QWidget | None:
        """Ask which of several namesakes is meant, and for dates that can be read."""
        if self.known() is None and len(self._namesakes()) > 1:
            self.complain(self.tr("Several sources have this title: choose one from the list."))
            return self.line
        return self.details.published.check() if self.created() is not None else None

    def complain(self, problem: str) -> None:
        """Show what is wrong with the choice of the source."""
        self.say(problem, "problem")
        mark_problem(self.line, True)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.line, 1)
        row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignVCenter)
        self.put(row)
        self.put_below(self.details)
        self._column.insertWidget(self._column.count() - 1, self._unfold, 0, Qt.AlignmentFlag.AlignLeft)

    def _namesakes(self) -> list[Option]:
        return self._suggestions.named(self.line.text().strip())

    def _choose(self, option: Option) -> None:
        self.line.setText(option.name)
        self._uid = option.key
        self._tell()
        self.changed.emit()

    def _typed(self) -> None:
        self._uid = None
        mark_problem(self.line, False)
        self._tell()
        self.changed.emit()

    def _open_details(self) -> None:
        self.details.show()
        self._tell()
        self.details.publisher.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """Say what is known of the source; offer to describe a new one."""
        source = self._known.get(self.known() or "")
        is_new = not self.is_blank() and self.known() is None and not self._namesakes()
        self._new.setVisible(is_new)
        if not is_new:
            self.details.hide()
        self._unfold.setVisible(is_new and not self.details.isVisibleTo(self))
        title = one_line(self.line.text().strip(), _SHOWN_TITLE).replace("&", "&&")
        self._unfold.setText(self.tr("New source “{title}”: describe it").format(title=title))
        self.say(_about(source) if source is not None else "")


def _options(sources: Iterable[SourceChoice]) -> list[Option]:
    return [Option(source.uid, source.title, _about(source)) for source in sources]


def _about(source: SourceChoice) -> str:
    published = None if source.published is None else _published_words(source.published)
    return " · ".join(part for part in (source.publisher, published, source.language) if part)


@functools.lru_cache(maxsize=_REMEMBERED)
def _published_words(date: FuzzyDate) -> str:
    """Each claim of a form offers all sources: what their dates say is worked out once."""
    return describe_date(date).removesuffix(WITHIN)
