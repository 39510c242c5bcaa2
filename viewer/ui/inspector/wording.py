"""How the inspector says things: dates beside their wording, roles, relations, what supports an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.calendar import iso_day
from viewer.domain.date_words import describe_date
from viewer.domain.dates import DateError, from_edtf
from viewer.domain.quantities import describe_quantity
from viewer.ui.flow_text import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.domain.dates import FuzzyDate
    from viewer.domain.provenance import Standing
    from viewer.domain.quantities import Quantity
    from viewer.domain.records import Event, Source

SEPARATOR = " · "
_WITHIN = ", some day within"


def date_runs(date: FuzzyDate, style: str = "body") -> list[Run]:
    """Say what a date was taken to mean and, on a line of its own, the wording where that differs."""
    words = describe_date(date)
    return [Run(words, style), *_wording(date.text, words, words.removesuffix(_WITHIN), date.edtf)]


def quantity_runs(quantity: Quantity, style: str = "body") -> list[Run]:
    """Say a quantity and what it measures and, on a line of its own, the wording where that differs."""
    words = describe_quantity(quantity)
    measure = [Run(SEPARATOR + measure_word(quantity.measure), "muted")] if quantity.measure else []
    return [Run(words, style), *measure, *_wording(quantity.text, words)]


def _wording(text: str | None, *said_already: str | None) -> list[Run]:
    if not text or text in said_already:
        return []
    return [
        Run("\n"),
        Run(QCoreApplication.translate("Inspector", "“{wording}”").format(wording=text), "wording"),
    ]


def published_words(source: Source) -> str:
    """Return when a source was published, in few words; nothing where that is not recorded."""
    published = source.published
    return describe_date(published).removesuffix(_WITHIN) if published and published.is_dated else ""


def not_later_than(event: Event, sources: Mapping[str, Source]) -> str:
    """Return the latest day on which an undated event may lie, as its first source implies; else nothing."""
    reporting = [sources.get(claim.source) for claim in event.claims if not claim.retracted]
    published = [source.published for source in reporting if source is not None and source.published]
    bounded = [(date.latest, date) for date in published if date.latest is not None]
    if not bounded:
        return ""
    latest, first = min(bounded, key=lambda pair: pair[0])
    words = describe_date(first).removesuffix(_WITHIN)
    return _day_words(latest) if "–" in words or "," in words else words


def _day_words(latest: int) -> str:
    try:
        return describe_date(from_edtf(iso_day(latest)))
    except DateError:
        return iso_day(latest)


def standing_words(found: Standing) -> str:
    """Say how many reports an event has and how many independent origins stand behind them."""
    say = QCoreApplication.translate
    if not found.reports and not found.disputes:
        return say("Inspector", "No report says so yet.")
    parts = [
        say("Inspector", "1 report")
        if found.reports == 1
        else say("Inspector", "{count} reports").format(count=found.reports)
    ]
    if origins := len(found.origins):
        parts.append(
            say("Inspector", "1 origin")
            if origins == 1
            else say("Inspector", "{count} origins").format(count=origins)
        )
    if found.unestablished:
        parts.append(say("Inspector", "{count} not established").format(count=found.unestablished))
    if found.disputes:
        parts.append(
            say("Inspector", "1 dispute")
            if found.disputes == 1
            else say("Inspector", "{count} disputes").format(count=found.disputes)
        )
    return SEPARATOR.join(parts)


def role_word(role: str) -> str:
    """Return the word for an actor's part in an event."""
    return {
        "force": QCoreApplication.translate("Inspector", "force"),
        "speaker": QCoreApplication.translate("Inspector", "speaker"),
        "addressee": QCoreApplication.translate("Inspector", "addressee"),
        "mentioned": QCoreApplication.translate("Inspector", "mentioned"),
    }.get(role, role)


def measure_word(measure: str) -> str:
    """Return the word for what a quantity measures."""
    return {
        "deployed": QCoreApplication.translate("Inspector", "deployed"),
        "withdrawn": QCoreApplication.translate("Inspector", "withdrawn"),
        "present": QCoreApplication.translate("Inspector", "present"),
        "losses": QCoreApplication.translate("Inspector", "losses"),
        "in training": QCoreApplication.translate("Inspector", "in training"),
    }.get(measure, measure)


def relation_word(relation: str, outgoing: bool) -> str:
    """Return the word for a link as the inspected event sees it."""
    there, back = {
        "about": (
            QCoreApplication.translate("Inspector", "about"),
            QCoreApplication.translate("Inspector", "subject of"),
        ),
        "follows": (
            QCoreApplication.translate("Inspector", "follows"),
            QCoreApplication.translate("Inspector", "followed by"),
        ),
        "part of": (
            QCoreApplication.translate("Inspector", "part of"),
            QCoreApplication.translate("Inspector", "has part"),
        ),
        "same as": (QCoreApplication.translate("Inspector", "same as"),) * 2,
        "contradicts": (QCoreApplication.translate("Inspector", "contradicts"),) * 2,
    }.get(relation, (relation, relation))
    return there if outgoing else back
