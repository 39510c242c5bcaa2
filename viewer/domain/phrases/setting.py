"""Where a wording stands, and what the tokens of one of its dates carry.

What tokens say is read in two steps: a maker looks at their classes, one letter each (see Sign), and returns a
reader, which is remembered and given the values that the tokens carry whenever a wording has that form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.lexicon import Sign
from viewer.domain.phrases.items import Item

if TYPE_CHECKING:
    from viewer.domain.reference import Reference

Values = dict[Sign, Any]
"""What tokens carry, by their class; of two of a class, the last."""


class Setting(NamedTuple):
    """Where a wording stands: the date of its source, and the language that this says it is in."""

    reference: Reference | None
    language: str | None


Reader = Callable[[Sequence[Any], Setting], Item | None]
"""Makes a date of what its tokens carry; None if that does not fit."""
Maker = Callable[[str], Reader]
"""Makes a reader for the classes of the tokens."""


def by_class(read: Callable[[Values, Setting], Item | None]) -> Maker:
    """Make a maker of what needs only the values by their class."""

    def made(letters: str) -> Reader:
        signs = signs_of(letters)
        return lambda values, setting: read(dict(zip(signs, values, strict=True)), setting)

    return made


def signs_of(letters: str) -> tuple[Sign, ...]:
    """Return the classes that letters stand for."""
    return tuple(map(Sign, letters))
