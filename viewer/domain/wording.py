"""Wordings made comparable: limits checked before anything else, then one case, no accents, single spaces.

Dates and quantities are read from the same kind of text, so that the limits hold for both.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 200
MAX_DIGITS = 18

_TOO_MANY_DIGITS = re.compile(rf"[0-9]{{{MAX_DIGITS + 1}}}")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_UNPRINTABLE = ("Cc", "Cf", "Co", "Cs", "Cn")
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
"""Control characters that separate words as a space does."""


class WordingError(ValueError):
    """A wording that cannot be read. The message is for the user; `at` says where in the text, if anywhere."""

    def __init__(self, message: str, at: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.at = at


def checked(text: str) -> str:
    """Return the text in compatible characters and single spaces, or raise WordingError."""
    if len(text) > MAX_CHARACTERS:
        raise WordingError(f"at most {MAX_CHARACTERS} characters are read, not {len(text):,}")
    if text.isascii() and text.isprintable():
        words = text
    else:
        _check_characters(text)
        words = unicodedata.normalize("NFKC", text)
    words = " ".join(words.split())
    if len(words) > MAX_CHARACTERS:  # one character can stand for eighteen
        raise WordingError(f"at most {MAX_CHARACTERS} characters are read, not {len(words):,}")
    found = _TOO_MANY_DIGITS.search(words)
    if found:
        place = text.find(found[0][:MAX_DIGITS])
        at = (place, place + len(found[0])) if place >= 0 else None
        raise WordingError(f"a number has at most {MAX_DIGITS} digits", at)
    return words


def _check_characters(text: str) -> None:
    if not text.isprintable():
        for place, character in enumerate(text):
            if unicodedata.category(character) in _UNPRINTABLE and character not in _SPACES:
                code = f"U+{ord(character):04X}"
                raise WordingError(f"it holds a character that cannot be seen ({code})", (place, place + 1))
    for found in _FOREIGN_DIGIT.finditer(text):
        if not unicodedata.normalize("NFKC", found[0]).isascii():
            raise WordingError("it has digits other than 0 to 9", found.span())


def folded(words: str) -> str:
    """Return checked words in lower case, Latin letters without accents, quotes and dashes of one kind."""
    if words.isascii():
        return words.lower().replace("`", "'")
    return words.casefold().translate(_FOLDS)


def _folds() -> dict[int, str]:
    """Cyrillic and Hangul keep their marks: they are letters of their own (й is not и)."""
    folds = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            folds[code] = base
    folds |= {ord(dash): "-" for dash in "‐‑‒–—―−⁃"}
    folds |= {ord(quote): "'" for quote in "’‘ʼ`´ʹ′"}
    return folds | {ord("ё"): "е", ord("œ"): "oe", ord("æ"): "ae"}


_FOLDS = _folds()
