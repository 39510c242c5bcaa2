"""The words of the history: of which record, which field, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.ui.painter_ink import number

if TYPE_CHECKING:
    from viewer.storage.edit_log import Act
    from viewer.telling import Told


def record_words(told: Told) -> str:
    """Return what a record is and is called: "Event “Soldiers come”"."""
    say = QCoreApplication.translate
    kinds = {
        "kinds": say("History", "Kind"),
        "actors": say("History", "Actor"),
        "places": say("History", "Place"),
        "imports": say("History", "Import"),
        "events": say("History", "Event"),
        "sources": say("History", "Source"),
        "claims": say("History", "Claim"),
        "tags": say("History", "Tag"),
        "views": say("History", "View"),
        "meta": say("History", "Document"),
    }
    kind = kinds.get(told.table, told.table)
    return say("History", "{kind} “{name}”").format(kind=kind, name=told.name) if told.name else kind


def field_words(field: str) -> str:
    """Return what a field is called on screen; one of a stranger's file as it is."""
    say = QCoreApplication.translate
    fields = {
        "title": say("History", "title"),
        "summary": say("History", "summary"),
        "kind_id": say("History", "kind"),
        "when": say("History", "when"),
        "published": say("History", "published"),
        "accessed": say("History", "accessed"),
        "quantity": say("History", "number"),
        "place_id": say("History", "place"),
        "origin_place_id": say("History", "from where"),
        "actors": say("History", "actor"),
        "tags": say("History", "tag"),
        "links": say("History", "link"),
        "chain": say("History", "chain"),
        "event_id": say("History", "event"),
        "source_id": say("History", "source"),
        "statement_event_id": say("History", "statement"),
        "derived_from_id": say("History", "derived from"),
        "archived_url": say("History", "archived copy"),
        "url": say("History", "address"),
        "text": say("History", "stored text"),
        "quote": say("History", "quote"),
        "stance": say("History", "stance"),
        "verb": say("History", "verb"),
        "credibility": say("History", "credibility"),
        "reliability": say("History", "reliability"),
        "retracted": say("History", "retracted"),
        "note": say("History", "note"),
        "publisher": say("History", "publisher"),
        "author": say("History", "author"),
        "medium": say("History", "medium"),
        "language": say("History", "language"),
        "name": say("History", "name"),
        "label": say("History", "label"),
        "aliases": say("History", "other names"),
        "parent_id": say("History", "part of"),
        "extra": say("History", "further fields"),
    }
    return fields.get(field, field.replace("_", " "))


def value_words(field: str, value: str) -> str:
    """Return a value as it is read: yes and no for what is stored as 1 and 0."""
    if field == "retracted":
        say = QCoreApplication.translate
        return {"1": say("History", "yes"), "0": say("History", "no")}.get(value, value)
    return value


def count_words(table: str, act: Act, count: int) -> tuple[str, str]:
    """Return how many rows of a table a large edit changed, and what it did: ("1,203 events", "added")."""
    say = QCoreApplication.translate
    tables = {
        "kinds": say("History", "{count} kinds"),
        "actors": say("History", "{count} actors"),
        "places": say("History", "{count} places"),
        "imports": say("History", "{count} imports"),
        "events": say("History", "{count} events"),
        "event_actors": say("History", "{count} actors of events"),
        "event_tags": say("History", "{count} tags of events"),
        "event_links": say("History", "{count} links"),
        "sources": say("History", "{count} sources"),
        "claims": say("History", "{count} claims"),
        "claim_hops": say("History", "{count} steps of chains"),
        "tags": say("History", "{count} tags"),
        "views": say("History", "{count} views"),
        "meta": say("History", "the document"),
    }
    return tables.get(table, f"{{count}} {table}").format(count=number(count)), act_words(act)


def act_words(act: Act) -> str:
    """Return what was done to a record."""
    say = QCoreApplication.translate
    done = {
        "added": say("History", "added"),
        "changed": say("History", "changed"),
        "deleted": say("History", "deleted"),
    }
    return done[act]
