"""The options of windows and pictures: how large, and how fine."""

from __future__ import annotations

import re

import click

from viewer.frozen import dataclass

PAGES = tuple(
    f"{name}{turned}" for name in ("a3", "a4", "a5", "letter", "legal") for turned in ("", "-landscape")
)
"""The pages on which a PDF can be set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnoting:
    """How footnotes are set: so many `claims` of each note at most, None as fits the picture.

    For a PDF: one of PAGES, its margins in millimetres, and over how many `pages` the time is split.
    """

    claims: int | None = None
    page: str = "a4-landscape"
    margin: float = 15.0
    pages: int = 1


_SIZE = re.compile(r"([0-9]{3,5})[xX]([0-9]{3,5})")


def picture_size(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> tuple[int, int] | None:
    """Read the size of a window or a picture in pixels."""
    if text is None:
        return None
    found = _SIZE.fullmatch(text)
    width, height = (int(number) for number in found.groups()) if found else (0, 0)
    if not (200 <= width <= 16384 and 150 <= height <= 16384):
        raise click.BadParameter("expected WIDTHxHEIGHT in pixels, such as 1280x800")
    return width, height


def picture_scale(_context: click.Context, _parameter: click.Parameter, scale: float) -> float:
    """Check how many device pixels a pixel has."""
    if not 0.25 <= scale <= 8:  # click's own range lets NaN pass
        raise click.BadParameter("expected a number from 0.25 to 8")
    return scale


def footnoting(
    asked: bool,
    ending: str,
    *,
    claims: int | None,
    page: str | None,
    margin: float | None,
    pages: int | None,
) -> Footnoting | None:
    """Return how the footnotes of a picture are set, None without; what is not said is as usual.

    Raises:
        click.UsageError: something is said of footnotes that there are none of, or of pages that are none.
    """
    about_pages = [
        name
        for name, value in (("--page", page), ("--margin", margin), ("--pages", pages))
        if value is not None
    ]
    about_notes = about_pages if claims is None else ["--claims", *about_pages]
    if about_notes and not asked:
        raise click.UsageError(f"{' and '.join(about_notes)}: only with --footnotes.")
    if about_pages and ending != ".pdf":
        raise click.UsageError(f"{' and '.join(about_pages)}: only a .pdf has pages.")
    usual = Footnoting()
    found = Footnoting(
        claims=claims, page=page or usual.page, margin=margin or usual.margin, pages=pages or usual.pages
    )
    return found if asked else None
