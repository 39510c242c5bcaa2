"""Grades as the window writes them: the cap "B2", and the Admiralty scale's words in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from viewer.admiralty import scale
from viewer.ui.painter_ink import locale


def reliability_words(letter: str) -> str:
    """Return what a reliability, "A" to "F", says of a source."""
    return scale(locale().name()).reliability.get(letter, letter)


def credibility_words(number: int) -> str:
    """Return what a credibility, 1 to 6, says of a claim."""
    return scale(locale().name()).credibility.get(number, str(number))


def reliability_choices() -> list[tuple[str | None, str]]:
    """Return what a source can be graded, each value with its words: "not graded", then "A – …" to "F – …"."""
    found: list[tuple[str | None, str]] = [(None, QCoreApplication.translate("Grades", "not graded"))]
    for letter, words in scale(locale().name()).reliability.items():
        found.append((letter, f"{letter} – {words}"))
    return found


def credibility_choices() -> list[tuple[str | None, str]]:
    """Return what a claim can be graded, each value with its words: "not judged", then "1 – …" to "6 – …"."""
    found: list[tuple[str | None, str]] = [(None, QCoreApplication.translate("Grades", "not judged"))]
    for number, words in scale(locale().name()).credibility.items():
        found.append((str(number), f"{number} – {words}"))
    return found


def grade(reliability: str | None, credibility: int | None) -> str:
    """Return the grade of a claim as it is written, "C3"; what was not judged is left out."""
    return f"{reliability or ''}{'' if credibility is None else credibility}"


def grade_words(reliability: str | None, credibility: int | None) -> str:
    """Return the grade of a claim in words, one line for the source and one for the claim."""
    lines = []
    if reliability:
        words = QCoreApplication.translate("Grades", "Source {letter}: {words}")
        lines.append(words.format(letter=reliability, words=reliability_words(reliability)))
    if credibility is not None:
        words = QCoreApplication.translate("Grades", "Claim {number}: {words}")
        lines.append(words.format(number=credibility, words=credibility_words(credibility)))
    return "\n".join(lines)
