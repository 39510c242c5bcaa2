"""Where sentences begin and end, well enough to select one: an end mark, a gap, and no known abbreviation.

Works on one paragraph at a time and never on more than a window of it, so that a text in one endless line
costs no more than any other.
"""

from __future__ import annotations

import re

from viewer.domain.anchoring import paragraph_around

WINDOW = 4_000
"""How many characters before and after a place are looked at for the sentence around it."""

_TITLES_AND_MONTHS = """
    m mm mme mmes mlle dr pr prof me st ste mgr mr mrs ms jr sr gen gén col lt sgt cpt capt cdr adm amb
    gov sen rep pres hon rev vs cf env approx éd inc ltd corp nº
    jan janv feb févr avr apr jun juil jul aug sept oct nov dec déc tue wed thu fri
"""
_ABBREVIATIONS = frozenset(_TITLES_AND_MONTHS.split())
# Words of their own, unless a number follows.
_NUMBERED = "no nos n° p pp art al fig vol min mar mon sat sun ed ca fév sep"
_BEFORE_NUMBERS = frozenset(_NUMBERED.split())
# A group of initials such as U.S., or one letter alone as in J. Smith.
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>(?:\s?»|[\"'”’)\]])*)(?P<gap>\s+)(?=\S)|[。！？]+[”’」』）]*(?P<none>)"
)
_WORD_BEFORE = re.compile(r"[^\s(\[«“\"'’‘]+$")


def sentences(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a paragraph, without the spaces around them."""
    found = []
    start = len(paragraph) - len(paragraph.lstrip())
    for end in _END.finditer(paragraph):
        if end["mark"] is not None and not _ends(paragraph, end):
            continue
        last = end.end() if end["mark"] is None else end.start("gap")
        if last > start:
            found.append((start, last))
        start = end.end()
    last = len(paragraph.rstrip())
    return (*found, (start, last)) if last > start else tuple(found)


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """Return the span of the sentence at a place of the text; in the gap between two, the one that follows.

    A place on an empty line has an empty sentence.
    """
    first, last = paragraph_around(text, (place, place))
    start = max(first, place - WINDOW)
    spans = sentences(text[start : min(last, place + WINDOW)])
    for begin, end in spans:
        if place < start + end:
            return start + begin, start + end
    return (start + spans[-1][0], start + spans[-1][1]) if spans else (place, place)


def sentences_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the span of all sentences that a passage touches."""
    start = sentence_around(text, span[0])[0]
    end = sentence_around(text, max(span[0], span[1] - 1))[1]
    return min(start, span[0]), max(end, span[1])


def _ends(paragraph: str, end: re.Match[str]) -> bool:
    """Whether an end mark closes its sentence: what follows begins one, and no abbreviation stands before."""
    following = paragraph[end.end()]
    if following.islower() or end["mark"] != ".":
        return not following.islower()
    before = _WORD_BEFORE.search(paragraph[max(0, end.start() - 40) : end.start()])
    word = before[0] if before else ""
    if word.casefold() in _BEFORE_NUMBERS:
        return not following.isdecimal()
    return word.casefold() not in _ABBREVIATIONS and (bool(end["close"]) or not _INITIALS.fullmatch(word))
