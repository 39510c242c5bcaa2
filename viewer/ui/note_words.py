"""Footnotes in words: each note, claim and source as paragraphs; texts of documents on one line, cut at a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl

from viewer.domain.date_words import describe_date
from viewer.domain.dates import bounds_text
from viewer.domain.quantities import describe_quantity
from viewer.ui.links import checked_url
from viewer.ui.note_text import Paragraph, Run
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from viewer.domain.fuzzy_date import FuzzyDate
    from viewer.footnotes import Note, NotedClaim, NotedSource, Notes

NUMBER_ROOM = 28.0
"""Where text begins, right of its number."""

_QUOTE, _TITLE, _NAME, _ADDRESS = 500, 240, 120, 400
_SHORT_HASH = 12
# Names run in either direction; what leads from one to the next never does.
_STEP = "\u200e › \u200e"


def note_paragraphs(
    notes: Notes, labels: Mapping[str, str], *, claims: int | None, full: bool, more: Sequence[str] = ()
) -> list[Paragraph]:
    """Return all notes, then what is `more` to be said, then the sources.

    `labels` are those of kinds, by name; `claims`: so many of each note at most, None all; `full`: sums and dates
    of sources in full.
    """
    found = [_heading(QCoreApplication.translate("Footnotes", "Notes"), 0.0)] if notes.notes or more else []
    for note in notes.notes:
        found += _note(note, labels, claims)
    found += [Paragraph((Run(words, "note_small", "muted"),), above=10.0) for words in more]
    if notes.sources:
        found.append(_heading(QCoreApplication.translate("Footnotes", "Sources"), 20.0))
        for source in notes.sources:
            found += _source(source, full=full)
    return found


def date_words(date: FuzzyDate | None) -> str:
    """Return a date as it was worded and as it was understood, with its bounds."""
    if date is None:
        return QCoreApplication.translate("Footnotes", "undated")
    words = describe_date(date)
    earliest, latest = bounds_text(date)
    if date.is_dated and earliest != latest:
        is_open = QCoreApplication.translate("Footnotes", "open")
        unknown = QCoreApplication.translate("Footnotes", "unknown")
        ends = {"-inf": is_open, "+inf": is_open, "unknown": unknown}
        first, last = (ends.get(each, each) for each in (earliest, latest))
        between = QCoreApplication.translate("Footnotes", "[{first}\u00a0to\u00a0{last}]")
        words = f"{words} {between.format(first=first, last=last)}"
    return f"“{one_line(date.text, _NAME)}”: {words}" if date.text else words


def _heading(words: str, above: float) -> Paragraph:
    return Paragraph((Run(words, "heading"),), above=above, keeps=True)


def _note(note: Note, labels: Mapping[str, str], most: int | None) -> Iterator[Paragraph]:
    mark = Run(str(note.number), "note_title", "accent", anchor=f"note-{note.number}")
    title = Run(one_line(note.title, _TITLE) or "–", "note_title")
    yield Paragraph((title,), NUMBER_ROOM, mark, above=10.0, keeps=True)
    kind = one_line(labels.get(note.kind, note.kind), _NAME)
    standing = (words.replace(" ", "\u00a0") for words in _standing(note))
    facts = " · ".join((kind, date_words(note.when), *standing))
    warned = bool(note.conflicts) or note.standing.disputes > 0
    yield Paragraph((Run(facts, "note_small", "muted"),), NUMBER_ROOM, keeps=warned or bool(note.claims))
    for words in note.conflicts:
        yield Paragraph((Run(f"≠ {one_line(words, _QUOTE)}", "note_small", "warning"),), NUMBER_ROOM)
    for claim in note.claims[:most]:
        yield from _claim(claim)
    left = 0 if most is None else len(note.claims) - most
    if left > 0:
        words = QCoreApplication.translate("Footnotes", "and {count} more claims").format(count=left)
        yield Paragraph((Run(words, "note_small", "muted"),), NUMBER_ROOM, above=3.0)
    if not note.claims:
        words = QCoreApplication.translate("Footnotes", "Nobody is named who says so.")
        yield Paragraph((Run(words, "note_small", "warning"),), NUMBER_ROOM, above=3.0)


def _standing(note: Note) -> Iterator[str]:
    """Yield what stands behind an event, in a few words."""
    found, say = note.standing, QCoreApplication.translate
    if found.reports:
        yield (
            say("Footnotes", "1 report")
            if found.reports == 1
            else say("Footnotes", "{count} reports").format(count=found.reports)
        )
        count = len(found.origins)
        yield (
            say("Footnotes", "1 independent origin")
            if count == 1
            else say("Footnotes", "{count} independent origins").format(count=count)
            if count
            else say("Footnotes", "origin not established")
        )


def _claim(claim: NotedClaim) -> Iterator[Paragraph]:
    if claim.quote:
        quote = Run(f"“{one_line(claim.quote, _QUOTE)}”", "note_quote")
        yield Paragraph((quote,), NUMBER_ROOM, above=4.0, keeps=True)
    source = Run(f"[S{claim.source}]", "note_small", "accent", link=f"#source-{claim.source}")
    who = Run(_chain(claim), "note_small")
    remarks = (
        (Run(" · ", "note_small", "muted"), Run(words, "note_small", token))
        for words, token in _remarks(claim)
    )
    rest = [run for remark in remarks for run in remark]
    yield Paragraph((who, source, *rest), NUMBER_ROOM, above=1.0 if claim.quote else 4.0)


def _chain(claim: NotedClaim) -> str:
    """Return who said it and by whom it came, the origin first, the outlet last, up to its source."""
    unnamed = QCoreApplication.translate("Footnotes", "{name} (unnamed)")
    names = [one_line(hop.name, _NAME) for hop in claim.chain]
    said = [
        unnamed.format(name=name) if hop.anonymous else name
        for name, hop in zip(names, claim.chain, strict=True)
    ]
    outlet = one_line(claim.outlet or "", _NAME)
    if outlet and names[-1:] != [outlet]:
        said.append(outlet)
    if not said:
        return ""
    # Where nobody is recorded as having published it, the source itself ends the chain.
    return _STEP.join(said) + (" " if outlet else _STEP)


def _remarks(claim: NotedClaim) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of a claim, each with its colour."""
    say = QCoreApplication.translate
    if claim.retracted:
        yield say("Footnotes", "retracted"), "warning"
    if claim.stance == "disputes":
        yield say("Footnotes", "disputes it"), "warning"
    elif claim.stance == "mentions":
        yield say("Footnotes", "only mentions it"), "muted"
    if claim.when is not None:
        yield say("Footnotes", "dates it {date}").format(date=date_words(claim.when)), "muted"
    if claim.quantity is not None:
        yield one_line(describe_quantity(claim.quantity), _NAME), "muted"
    if claim.clashes:
        yield say("Footnotes", "≠\u00a0clashes"), "warning"
    if claim.grade:
        yield say("Footnotes", "graded\u00a0{grade}").format(grade=claim.grade), "muted"


def _source(source: NotedSource, *, full: bool) -> Iterator[Paragraph]:
    say = QCoreApplication.translate
    mark = Run(f"S{source.number}", "note_title", "accent", anchor=f"source-{source.number}")
    title = Run(one_line(source.title, _TITLE) or "–", "note_title")
    yield Paragraph((title,), NUMBER_ROOM, mark, above=8.0, keeps=True)
    facts = [one_line(each, _NAME) for each in (source.publisher, source.author) if each]
    if source.published is not None:
        facts.append(say("Footnotes", "published {date}").format(date=describe_date(source.published)))
    if source.original is not None:
        words = say("Footnotes", "a copy of “{title}”")
        facts.append(words.format(title=one_line(source.original, _NAME)))
    if facts:
        yield Paragraph((Run(" · ".join(facts), "note_small"),), NUMBER_ROOM, keeps=True)
    if source.url:
        yield Paragraph((_address(source.url),), NUMBER_ROOM, keeps=True)
    if source.archived_url:
        words = say("Footnotes", "archived:") + " "
        yield Paragraph(
            (Run(words, "note_small", "muted"), _address(source.archived_url)), NUMBER_ROOM, keeps=True
        )
    yield Paragraph((Run(_checksum(source, full=full), "note_small", "muted"),), NUMBER_ROOM)


def _checksum(source: NotedSource, *, full: bool) -> str:
    if source.sha256 is None:
        return QCoreApplication.translate("Footnotes", "no text stored")
    digits = source.sha256 if full else f"{source.sha256[:_SHORT_HASH]}…"
    return QCoreApplication.translate("Footnotes", "stored text SHA-256 {digits}").format(digits=digits)


def _address(address: str) -> Run:
    """Return an address, as a link where it may be opened: http or https, and no tricks."""
    url, shown = checked_url(address), one_line(address, _ADDRESS)
    if url is None:
        return Run(shown, "note_small")
    target = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    return Run(shown, "note_small", "accent", link=target)
