"""What is recorded of an event itself: when, where, who, how many, as rows of key and value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from viewer.domain.provenance import first_publication
from viewer.frozen import dataclass
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.inspector.wording import SEPARATOR, date_runs, quantity_runs, role_word
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE
from viewer.ui.words import bound_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.context import Context
    from viewer.domain.records import Event

KEY_WIDTH = 68
"""How wide the keys stand, in pixels, here and beside links."""

_MOVEMENTS = ("deployment", "withdrawal")


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: its name in the code, the key on the screen, the value."""

    name: str
    key: str
    value: list[Run]


def facts_of(event: Event, context: Context) -> list[Fact]:
    """Return the rows of an event; what every movement should have says so where it is not recorded."""
    say = QCoreApplication.translate
    rows = [
        Fact("when", say("Inspector", "When"), _when(event, context)),
        Fact("where", say("Inspector", "Where"), _text(event.place)),
        Fact("from", say("Inspector", "From"), _text(event.origin)),
        Fact("who", say("Inspector", "Who"), _who(event)),
        Fact("how_many", say("Inspector", "How many"), _how_many(event)),
        Fact("tags", say("Inspector", "Tags"), _text(SEPARATOR.join(event.tags))),
    ]
    return [row for row in rows if row.value]


class FactRows(QWidget):
    """The rows, keys in one column, values in the other."""

    def __init__(self, facts: Sequence[Fact], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, KEY_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts):
            value = FlowText(fact.value)
            value.setObjectName(f"fact_{fact.name}")
            value.setAccessibleName(fact.key)
            grid.addWidget(PlainLabel(fact.key, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)


def _when(event: Event, context: Context) -> list[Run]:
    if event.when is not None and event.when.is_dated:
        return date_runs(event.when)
    first = first_publication(event, context)
    words = QCoreApplication.translate("Inspector", "not dated")
    undated = [Run(words), *([Run(SEPARATOR + bound_words(first), "muted")] if first is not None else [])]
    return undated if event.when is None else [*undated, Run("\n"), *date_runs(event.when)]


def _who(event: Event) -> list[Run]:
    runs: list[Run] = []
    for part in event.actors:
        runs += [Run("\n")] if runs else []
        runs += [Run(part.name), Run(SEPARATOR + role_word(part.role), "muted")]
    return runs


def _how_many(event: Event) -> list[Run]:
    if event.quantity is not None:
        return quantity_runs(event.quantity)
    if event.kind not in _MOVEMENTS:
        return []
    return [Run(QCoreApplication.translate("Inspector", "not stated"), "muted")]


def _text(text: str | None) -> list[Run]:
    return [Run(text)] if text else []
