"""Options of the command line: what they take, and which events the filters mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from viewer.domain.dates import DateError, FuzzyDate, read_date, readings
from viewer.domain.filters import CREDIBILITIES, RELIABILITIES, Filter
from viewer.domain.lexicon import LANGUAGES
from viewer.terminal import plain

_GRADE = re.compile(rf"([{RELIABILITIES}]?)([{CREDIBILITIES[0]}-{CREDIBILITIES[-1]}]?)")

Command = TypeVar("Command", bound=Callable[..., Any])


def limiting_date(_context: click.Context, _parameter: click.Parameter, text: str | None) -> FuzzyDate | None:
    """Read a date that limits something: one reading, and known or open on both sides."""
    if text is None:
        return None
    try:
        date = read_date(text)
    except DateError as error:
        raise click.BadParameter(plain(str(error))) from error
    meant = " or ".join(reading.edtf or "" for reading in readings(date))
    if meant:
        raise click.BadParameter(f"“{plain(text)}” can mean two things. Write {meant}.")
    if "unknown" in (date.earliest_state, date.latest_state):
        raise click.BadParameter(f"“{plain(text)}” does not say which dates. Give the year, and both ends.")
    return date


def reference_date(text: str, language: str | None) -> FuzzyDate:
    """Read the date from which a wording counts."""
    try:
        date = read_date(encodable(text), language=language)
    except DateError as error:
        raise click.BadParameter(plain(str(error)), param_hint="'--reference'") from error
    if not date.is_dated:
        message = f"“{plain(text)}” does not say which year."
        raise click.BadParameter(message, param_hint="'--reference'")
    return date


def language_of(_context: click.Context, _parameter: click.Parameter, tag: str | None) -> str | None:
    """Return the language of a tag such as fr-FR, if there are words for it."""
    if tag is None:
        return None
    language = re.split("[-_]", tag)[0].lower()
    if language not in LANGUAGES:
        raise click.BadParameter(f"There are no words for “{plain(tag)}”; choose {', '.join(LANGUAGES)}.")
    return language


def grade(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, int | None]:
    """Read a grade such as B2, B or 2: the reliability of a source, the credibility of a claim."""
    if text is None:
        return "", None
    found = _GRADE.fullmatch(text.upper())
    if found is None or not text:
        raise click.BadParameter(f"“{plain(text)}” is no grade. Write one such as B2, or only B, or only 2.")
    reliability, credibility = found.groups()
    return reliability, int(credibility) if credibility else None


def filters(command: Command) -> Command:
    """Add the options that say which events are meant."""
    options: Sequence[Callable[[Command], Command]] = (
        click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times."),
        click.option("--actor", default="", help="Only events with an actor of this name (or part of it)."),
        click.option("--place", default="", help="Only events at a place of this name (or part of it)."),
        click.option(
            "--source", default="", help="Only events with a claim from this source (title or uid)."
        ),
        click.option("--tag", default="", help="Only events with this tag."),
        click.option("--search", default="", help="Only events whose texts or quotes match these words."),
        click.option("--from", "since", callback=limiting_date, help="Only events on or after this date."),
        click.option("--to", "until", callback=limiting_date, help="Only events on or before this date."),
        click.option(
            "--possibly/--certainly", "possibly", default=True, help="May, or must, lie in the period."
        ),
        click.option(
            "--as-known-on", "known", callback=limiting_date, help="Only what was published by this date."
        ),
        click.option(
            "--disputed", is_flag=True, help="Only events that a claim disputes, or whose claims clash."
        ),
        click.option(
            "--min-origins", type=click.IntRange(min=0), default=0, help="Only events with so many origins."
        ),
        click.option("--grade", callback=grade, help="Only events with support graded so or better."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def wanted_events(options: dict[str, Any]) -> Filter:
    """Return what the options of `filters` ask for."""
    since, until, known = options["since"], options["until"], options["known"]
    return Filter(
        kinds=frozenset(map(encodable, options["kinds"])) or None,
        text=encodable(options["search"]),
        actor=encodable(options["actor"]),
        place=encodable(options["place"]),
        source=encodable(options["source"]),
        tag=encodable(options["tag"]),
        earliest=None if since is None else _limit("--from", since.earliest),
        latest=None if until is None else _limit("--to", until.latest),
        certainly=not options["possibly"],
        known_by=None if known is None else _limit("--as-known-on", known.latest),
        disputed=options["disputed"],
        min_origins=options["min_origins"],
        reliability=options["grade"][0],
        credibility=options["grade"][1],
    )


def _limit(option: str, moment: int | None) -> int:
    if moment is None:
        raise click.UsageError(f"{option} needs a date that is not open on the side that limits.")
    return moment


def encodable(text: str) -> str:
    """Return an argument without the bytes that are no UTF-8: no document holds such a text."""
    return text.encode(errors="replace").decode()
