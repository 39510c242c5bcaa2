"""How the inspector says things: dates beside their wording, roles, relations, what supports an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.quantities import describe_quantity
from viewer.ui.flow_text import Run

if TYPE_CHECKING:
    from viewer.domain.dates import FuzzyDate
    from viewer.domain.provenance import Standing
    from viewer.domain.quantities import Quantity
    from viewer.domain.records import Source

SEPARATOR = " · "


def date_runs(date: FuzzyDate, style: str = "body") -> list[Run]:
    """Say what a date was taken to mean and, on a line of its own, the wording where that differs."""
    words = describe_date(date)
    return [Run(words, style), *_wording(date.text, words, words.removesuffix(WITHIN), date.edtf)]


def date_words(date: FuzzyDate) -> str:
    """Say a date in few words, for a place where it is compared with others."""
    return describe_date(date).removesuffix(WITHIN)


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
    return date_words(published) if published and published.is_dated else ""


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
        parts.append(say("Inspector", "{count} not established").format(count=len(found.unestablished)))
    if found.disputes:
        parts.append(
            say("Inspector", "1 dispute")
            if found.disputes == 1
            else say("Inspector", "{count} disputes").format(count=found.disputes)
        )
    return SEPARATOR.join(parts)


def stance_word(stance: str) -> str:
    """Return how a claim stands to its event."""
    return {
        "supports": QCoreApplication.translate("Inspector", "supports this"),
        "disputes": QCoreApplication.translate("Inspector", "disputes this"),
        "mentions": QCoreApplication.translate("Inspector", "mentions this"),
    }.get(stance, stance)


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
