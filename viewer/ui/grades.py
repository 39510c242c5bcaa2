"""The Admiralty scale in words: how reliable a source is, and how credible a claim, judged separately."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def reliability_words(letter: str) -> str:
    """Return what a reliability, "A" to "F", says of a source."""
    return {
        "A": QCoreApplication.translate("Grades", "completely reliable"),
        "B": QCoreApplication.translate("Grades", "usually reliable"),
        "C": QCoreApplication.translate("Grades", "fairly reliable"),
        "D": QCoreApplication.translate("Grades", "not usually reliable"),
        "E": QCoreApplication.translate("Grades", "unreliable"),
        "F": QCoreApplication.translate("Grades", "reliability cannot be judged"),
    }.get(letter, letter)


def credibility_words(number: int) -> str:
    """Return what a credibility, 1 to 6, says of a claim."""
    return {
        1: QCoreApplication.translate("Grades", "confirmed by others"),
        2: QCoreApplication.translate("Grades", "probably true"),
        3: QCoreApplication.translate("Grades", "possibly true"),
        4: QCoreApplication.translate("Grades", "doubtful"),
        5: QCoreApplication.translate("Grades", "improbable"),
        6: QCoreApplication.translate("Grades", "truth cannot be judged"),
    }.get(number, str(number))


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
