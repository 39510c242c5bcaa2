"""What a screen reader says of an event: kind, when, how well it is founded, title; and through whom it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.date_words import explain_date
from viewer.frozen import dataclass
from viewer.ui.text import one_line
from viewer.ui.words import bound_words

if TYPE_CHECKING:
    from viewer.domain.fuzzy_date import FuzzyDate

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """An event in words to be heard: the name says it in one sentence, the description what stands behind."""

    name: str
    description: str = ""


def spoken_name(kind: str, when: str, standing: str, title: str) -> str:
    """Return the sentence of an event from its parts, as plain text; what is empty is left out.

    Args:
        kind: the label of its kind.
        when: its date in words.
        standing: how many reports and origins it has, parted by middle dots.
        title: in whatever characters a document gives.
    """
    parts = [one_line(kind), one_line(when), *standing.rstrip(".").split(" · ")]
    said = ", ".join(part for part in parts if part)
    words = QCoreApplication.translate("Spoken", "{event}: {title}")
    return words.format(event=said, title=one_line(title, _LONGEST))


def spoken_when(when: FuzzyDate | None, first_said: FuzzyDate | None) -> str:
    """Return a date as a sentence, "some day from 1 to 7 February 2025"; by when it must have been, if undated.

    By which convention a wording was understood is left to the inspector: a sentence is heard to its end.
    """
    if when is not None and when.is_dated:
        return explain_date(when).partition(";")[0]
    undated = QCoreApplication.translate("Spoken", "not dated")
    bound = "" if first_said is None else bound_words(first_said)
    return ", ".join(part for part in (undated, bound) if part)


def spoken_chain(names: list[str]) -> str:
    """Return through whom the first claim came, origin first as it is recorded; nothing where nobody is named."""
    if not names:
        return ""
    words = QCoreApplication.translate("Spoken", "said by way of {names}")
    return words.format(names=one_line(", ".join(names), _LONGEST))
