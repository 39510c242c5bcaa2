"""The kinds of a table's events: those of its mapping, and others as its cells name them."""

from __future__ import annotations

from viewer.domain.records import BUILT_IN_KINDS, Kind
from viewer.formats.tables.mapping import COLOURS, SHAPES
from viewer.formats.tables.notices import Notices

MOST = 16
"""Kinds that are made of cells; a legend of more helps nobody."""
OTHER = "other"
_NAME = 60


class Kinds:
    """Turns the words of a cell into the name of a kind; kinds that are new wait in `new` to be given out."""

    def __init__(self, defined: tuple[Kind, ...], notices: Notices) -> None:
        self._defined = {kind.name: kind for kind in defined}
        self._names: dict[str, str] = {}
        self._made = 0
        self._notices = notices
        self.new: list[Kind] = []

    def name(self, words: str, line: int) -> str:
        """Return the name of the kind that a cell means; the first time, the kind is given as well."""
        name = self._names.get(words)
        if name is None:
            name = self._names[words] = self._introduced(words, line)
        return name

    def _introduced(self, words: str, line: int) -> str:
        label = " ".join(words.split())[:_NAME] or "Event"
        if label.casefold() in {kind.name for kind in BUILT_IN_KINDS}:
            return label.casefold()
        kind = self._defined.get(words)
        if kind is None:
            if any(label.casefold() == known.casefold() for known in self._names.values()):
                return next(known for known in self._names.values() if label.casefold() == known.casefold())
            if self._made >= MOST and label != OTHER:
                told = f"more than {MOST} kinds; events of further ones are of the kind “{OTHER}”"
                self._notices.once("kinds", "kind", told, line)
                return self.name(OTHER, line)
            kind = _plain_kind(label, self._made)
            self._made += 1
        self.new.append(kind)
        return kind.name


def _plain_kind(label: str, number: int) -> Kind:
    return Kind(
        name=label,
        label=label[:1].upper() + label[1:],
        shape=SHAPES[number % len(SHAPES)],
        colour=COLOURS[(number + number // len(SHAPES)) % len(COLOURS)],
    )
