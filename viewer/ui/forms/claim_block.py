"""One claim in a form: what one source says, in which words, by way of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.domain.anchoring import quote_holds
from viewer.domain.records import STANCES, Claim
from viewer.drafting import new_uid
from viewer.ui.forms.chain_field import ChainField
from viewer.ui.forms.claim_details import ClaimDetails
from viewer.ui.forms.drafted import flag_in, object_in
from viewer.ui.forms.field import ComboField, Field, LineField, TextField, side_by_side
from viewer.ui.forms.source_field import SourceField
from viewer.ui.grades import credibility_choices
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.ui.forms.entry import Choices

_MOST_COUNTED = 100


class ClaimBlock(QWidget):
    """The fields of one claim. Removing it only folds it, so that a slip loses nothing."""

    changed = Signal()
    wording_kept = Signal()
    grown = Signal(QWidget)

    def __init__(self, number: int, choices: Choices, parent: QWidget, *, measure: str | None = None) -> None:
        super().__init__(parent)
        name = f"claim_{number}"
        self.setObjectName(name)
        self._number = number
        self._base: Claim | None = None
        self._is_removed = False
        self._heading = PlainLabel("", "strong", self)
        self._remove = QPushButton(self)
        self._remove.setObjectName(f"{name}_remove")
        set_role(self._remove, "link")
        self._remove.clicked.connect(self._toggle_removed)
        self._body = QWidget(self)
        self.source = SourceField(self.tr("Source"), f"{name}_source", choices, self._body)
        self.quote = TextField(
            self.tr("Quote"),
            f"{name}_quote",
            self._body,
            hint=self.tr("The exact words of the source"),
            role="quote",
        )
        self.quote.note.setObjectName(f"{name}_quote_check")
        self.chain = ChainField(self.tr("Said by"), f"{name}_chain", choices.actors, self._body)
        self.stance = ComboField(self.tr("Stance"), f"{name}_stance", _stances(), self._body)
        self.verb = LineField(self.tr("Verb"), f"{name}_verb", self._body, hint=self.tr("reported"))
        self.credibility = ComboField(
            self.tr("Credibility"), f"{name}_credibility", credibility_choices(), self._body
        )
        self.remark = TextField(self.tr("Note"), f"{name}_note", self._body, lines=(1, 6))
        self.details = ClaimDetails(name, choices, measure, self._body)
        self._lay_out()
        for field in self._fields().values():
            field.changed.connect(self._changed)
        self.source.changed.connect(self._stand_in_source)
        self.details.unfolded.connect(lambda: self.grown.emit(self.details))
        for part in (self.source, self.details):
            part.wording_kept.connect(self.wording_kept)
        self.load(None)

    def load(self, claim: Claim | None) -> None:
        """Show a claim for editing; None: a new one."""
        self._base = claim
        shown = claim or Claim(uid="", source="")
        self.source.load(shown.source or None)
        self.quote.load(shown.quote)
        self.chain.load(shown.chain)
        self.stance.combo.choose(shown.stance)
        self.verb.load(shown.verb)
        self.credibility.combo.choose(None if shown.credibility is None else str(shown.credibility))
        self.remark.load(shown.note)
        self._stand_in_source()
        self.details.load(claim)
        self._blank = self._typed()
        self._fold(False)
        self._check_quote()

    def uid(self) -> str | None:
        """Return the uid of the claim that was loaded; None for a new one."""
        return None if self._base is None else self._base.uid

    def is_blank(self) -> bool:
        """Whether this is a new claim in which nothing is typed yet."""
        return self._base is None and self._typed() == self._blank

    def is_kept(self) -> bool:
        """Whether the claim is to be saved."""
        return not self._is_removed and not self.is_blank()

    def supports(self) -> bool:
        """Whether the claim is kept and supports the event."""
        return self.is_kept() and self.stance.combo.chosen() == "supports"

    def has_source(self) -> bool:
        """Whether the claim is kept and says who says so."""
        return self.is_kept() and not self.source.is_blank()

    def claim(self, source_uid: str) -> Claim:
        """Return the claim; what the block does not show is as it was.

        A quote or a source that changed has lost its anchor; saving looks for a new one.
        """
        base = self._base or Claim(uid=new_uid(), source=source_uid)
        quote, credibility = self.quote.value(), self.credibility.combo.chosen()
        if quote != base.quote or source_uid != base.source:
            base = replace(base, span=None, prefix=None, suffix=None)
        base = self.details.applied(base)
        return replace(
            base,
            source=source_uid,
            quote=quote,
            stance=self.stance.combo.chosen() or base.stance,
            verb=self.verb.value(),
            credibility=None if credibility is None else int(credibility),
            note=self.remark.value(),
            chain=self.chain.chain(),
        )

    def data(self) -> dict[str, Any]:
        """Return all that is typed, as JSON values."""
        return {"uid": self.uid(), "removed": self._is_removed, "fields": self._typed()}

    def restore(self, data: Any) -> None:
        """Show what `data` returned once."""
        typed = object_in(data, "fields")
        for key, field in self._fields().items():
            if key in typed:
                field.restore(typed[key])
        self._fold(flag_in(data, "removed"))
        self._check_quote()

    def check(self) -> QWidget | None:
        """Show what is wrong, and return the widget in which it can be put right."""
        if not self.is_kept():
            return None
        if self.source.is_blank():
            self.source.complain(self.tr("A claim needs its source: who says so?"))
            return self.source.line
        return self.source.check() or self.details.check()

    def _fields(self) -> dict[str, Field]:
        return {
            "source": self.source,
            "quote": self.quote,
            "chain": self.chain,
            "stance": self.stance,
            "verb": self.verb,
            "credibility": self.credibility,
            "note": self.remark,
            "details": self.details,
        }

    def _typed(self) -> dict[str, Any]:
        return {key: field.data() for key, field in self._fields().items()}

    def _stand_in_source(self) -> None:
        self.details.stand_in(self.source.setting())

    def _changed(self) -> None:
        self._check_quote()
        self.changed.emit()

    def _check_quote(self) -> None:
        """Say whether the source's stored text has the quote; the source itself is not judged by it."""
        quote, text = self.quote.value(), self.source.stored_text()
        if not quote or text is None:
            self.quote.say("")
        elif self._still_holds(quote, text):
            self.quote.say(self.tr("found in the stored text"))
        else:
            self._say_count(min(text.count(quote), _MOST_COUNTED))

    def _still_holds(self, quote: str, text: str) -> bool:
        base = self._base
        return (
            base is not None
            and base.source == self.source.known()
            and base.quote == quote
            and quote_holds(quote, base.span, text)
        )

    def _say_count(self, count: int) -> None:
        if count == 1:
            self.quote.say(self.tr("found in the stored text"))
        elif count == 0:
            self.quote.say(self.tr("not found in the source's text; it is kept, but not anchored"), "problem")
        else:
            words = self.tr("stands there {count} times; it is kept, but not anchored")
            self.quote.say(words.format(count=count), "problem")

    def _toggle_removed(self) -> None:
        self._fold(not self._is_removed)
        self.changed.emit()

    def _fold(self, removed: bool) -> None:
        self._is_removed = removed
        self._body.setVisible(not removed)
        words = self.tr("Claim {number}, removed") if removed else self.tr("Claim {number}")
        self._heading.setText(words.format(number=self._number + 1))
        self._remove.setText(self.tr("Put back") if removed else self.tr("Remove"))
        self._remove.setAccessibleName(
            self.tr("{action} claim {number}").format(action=self._remove.text(), number=self._number + 1)
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        set_role(line, "separator")
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._remove)
        column.addWidget(line)
        column.addLayout(top)
        column.addWidget(self._body)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACE + SPACE // 2)
        upper: tuple[Field, ...] = (self.source, self.quote, self.chain)
        lower: tuple[Field, ...] = (self.credibility, self.remark, self.details)
        for field in upper:
            body.addWidget(field)
        body.addLayout(side_by_side(self.stance, self.verb))
        for field in lower:
            body.addWidget(field)


def _stances() -> list[tuple[str | None, str]]:
    words = (
        QCoreApplication.translate("ClaimBlock", "supports"),
        QCoreApplication.translate("ClaimBlock", "disputes"),
        QCoreApplication.translate("ClaimBlock", "mentions"),
    )
    return list(zip(STANCES, words, strict=True))
