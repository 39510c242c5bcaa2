"""The forms of the kinds as a table: the same parts, worded and arranged for what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.domain.records import Kind


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A field of a form: what it holds, its label, and a hint for the empty box.

    `holds` is "title", "when", "quantity", "place", "origin", "about", or the role of actors.
    """

    holds: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of a kind, from top to bottom; `measure` is what its number usually measures."""

    new: str
    edit: str
    parts: tuple[SheetPart, ...]
    measure: str | None = None


def sheet_of(kind: Kind) -> Sheet:
    """Return the form for a kind; one that is not built in has neutral words."""
    known = {"deployment": _deployment, "withdrawal": _withdrawal, "statement": _statement}
    return known[kind.name]() if kind.name in known else _neutral(kind)


def _deployment() -> Sheet:
    return Sheet(
        QCoreApplication.translate("EventForm", "New deployment"),
        QCoreApplication.translate("EventForm", "Edit deployment"),
        (
            SheetPart(
                "title",
                QCoreApplication.translate("EventForm", "What happened"),
                QCoreApplication.translate("EventForm", "Who was sent where, in a few words"),
            ),
            SheetPart("when", QCoreApplication.translate("EventForm", "When")),
            SheetPart("quantity", QCoreApplication.translate("EventForm", "How many")),
            SheetPart(
                "force",
                QCoreApplication.translate("EventForm", "Who"),
                QCoreApplication.translate("EventForm", "add a force"),
            ),
            SheetPart(
                "place",
                QCoreApplication.translate("EventForm", "Where"),
                QCoreApplication.translate("EventForm", "where they arrived"),
            ),
            SheetPart(
                "origin",
                QCoreApplication.translate("EventForm", "From"),
                QCoreApplication.translate("EventForm", "where they came from"),
            ),
        ),
        measure="deployed",
    )


def _withdrawal() -> Sheet:
    return Sheet(
        QCoreApplication.translate("EventForm", "New withdrawal"),
        QCoreApplication.translate("EventForm", "Edit withdrawal"),
        (
            SheetPart(
                "title",
                QCoreApplication.translate("EventForm", "What happened"),
                QCoreApplication.translate("EventForm", "Who left where, in a few words"),
            ),
            SheetPart("when", QCoreApplication.translate("EventForm", "When")),
            SheetPart("quantity", QCoreApplication.translate("EventForm", "How many")),
            SheetPart(
                "force",
                QCoreApplication.translate("EventForm", "Who"),
                QCoreApplication.translate("EventForm", "add a force"),
            ),
            SheetPart(
                "origin",
                QCoreApplication.translate("EventForm", "From where"),
                QCoreApplication.translate("EventForm", "the place they left"),
            ),
            SheetPart(
                "place",
                QCoreApplication.translate("EventForm", "To"),
                QCoreApplication.translate("EventForm", "where they went"),
            ),
        ),
        measure="withdrawn",
    )


def _statement() -> Sheet:
    return Sheet(
        QCoreApplication.translate("EventForm", "New statement"),
        QCoreApplication.translate("EventForm", "Edit statement"),
        (
            SheetPart(
                "title",
                QCoreApplication.translate("EventForm", "What was said"),
                QCoreApplication.translate("EventForm", "Who said what, in a few words"),
            ),
            SheetPart("when", QCoreApplication.translate("EventForm", "When")),
            SheetPart(
                "speaker",
                QCoreApplication.translate("EventForm", "Who said it"),
                QCoreApplication.translate("EventForm", "add a speaker"),
            ),
            SheetPart(
                "mentioned",
                QCoreApplication.translate("EventForm", "About whom"),
                QCoreApplication.translate("EventForm", "add who is mentioned"),
            ),
            SheetPart("quantity", QCoreApplication.translate("EventForm", "Number given")),
            SheetPart(
                "about",
                QCoreApplication.translate("EventForm", "About which event"),
                QCoreApplication.translate("EventForm", "choose by its title"),
            ),
            SheetPart("place", QCoreApplication.translate("EventForm", "About where")),
        ),
    )


def _neutral(kind: Kind) -> Sheet:
    return Sheet(
        QCoreApplication.translate("EventForm", "New entry: {kind}").format(kind=kind.label),
        QCoreApplication.translate("EventForm", "Edit: {kind}").format(kind=kind.label),
        (
            SheetPart(
                "title",
                QCoreApplication.translate("EventForm", "What happened"),
                QCoreApplication.translate("EventForm", "In a few words"),
            ),
            SheetPart("when", QCoreApplication.translate("EventForm", "When")),
            SheetPart("quantity", QCoreApplication.translate("EventForm", "How many")),
            SheetPart(
                "force",
                QCoreApplication.translate("EventForm", "Who"),
                QCoreApplication.translate("EventForm", "add who took part"),
            ),
            SheetPart("place", QCoreApplication.translate("EventForm", "Where")),
            SheetPart("origin", QCoreApplication.translate("EventForm", "From")),
        ),
    )
