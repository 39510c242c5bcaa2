"""Where a wording stands, and what the tokens of one of its dates carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viewer.domain.lexicon import Meaning, Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.reference import Reference

Values = dict[Sign, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a wording stands: the date of its source, and the language that this says it is in."""

    reference: Reference | None
    language: str | None


def values_of(meanings: Sequence[Meaning]) -> Values:
    """Return what tokens carry, by their class; of two of a class, the last."""
    return {meaning.sign: meaning.value for meaning in meanings}
