"""The options of windows and pictures: how large, and how fine."""

from __future__ import annotations

import re

import click

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
