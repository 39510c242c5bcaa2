"""The Admiralty scale in words, as data: how reliable a source is, how credible a claim, judged separately."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping

from viewer.frozen import dataclass
from viewer.resources import resource

_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Scale:
    """The words of both judgements in one language, the best grade first."""

    reliability: Mapping[str, str]
    credibility: Mapping[int, str]


def scale(language: str) -> Scale:
    """Return the scale in a language, given as "fr" or "fr_FR"; in English where it has no words."""
    known = _scales()
    return known.get(language.replace("-", "_").split("_")[0].lower(), known[_DEFAULT])


@functools.cache
def _scales() -> dict[str, Scale]:
    data = json.loads(resource("admiralty.json").read_text(encoding="utf-8"))
    return {
        language: Scale(
            words["reliability"], {int(number): said for number, said in words["credibility"].items()}
        )
        for language, words in data.items()
    }
