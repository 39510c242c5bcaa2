"""Inflected words, written as a stem and its endings."""

from __future__ import annotations


def forms(stem: str, endings: str) -> str:
    """Return the stem with each of the endings (apart by |, an empty one is the stem), apart by |."""
    return "|".join(stem + ending for ending in endings.split("|"))
