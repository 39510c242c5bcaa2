"""Finding words in a text of any size, whatever their case, accents, apostrophes and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 1_000
"""How many places are found at most."""

_LONGEST = 200
_ALIKE = ("'’ʼ`", "-‐‑–—", '"“”„«»')


def find(text: str, words: str) -> list[tuple[int, int]]:
    """Return the spans where the words stand, in order, at most MOST of them."""
    wanted = words.strip()[:_LONGEST]
    if not wanted:
        return []
    found = []
    for match in re.finditer(_pattern(wanted), text, re.IGNORECASE):
        found.append(match.span())
        if len(found) >= MOST:
            break
    return found


def _pattern(words: str) -> str:
    return r"\s+".join("".join(map(_letter, word)) for word in words.split())


def _letter(letter: str) -> str:
    alike = next((group for group in _ALIKE if letter in group), None) or _variants().get(letter.lower())
    return re.escape(letter) if alike is None else f"[{re.escape(alike)}]"


@cache
def _variants() -> Mapping[str, str]:
    """Return for each plain letter the ones that differ from it by an accent only."""
    found: defaultdict[str, str] = defaultdict(str)
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii():
            found[base] += chr(code)
    return {base: base + accented for base, accented in found.items()}
