"""The command that writes a file's records in a format of others, or as a bundle. It runs without a display."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from viewer.document import Document
from viewer.formats.outgoing import WritableFormat
from viewer.formats.registry import writable_formats
from viewer.options import filters, wanted_events
from viewer.terminal import plain

_FILE = click.Path(path_type=Path)
_PICTURES = (".png", ".svg", ".pdf")


@click.group()
def export_commands() -> None:
    """Write what a file holds."""


@export_commands.command()
@click.argument("file", type=_FILE)
@click.argument("out", type=_FILE)
@click.option("--format", "format_name", help="Format; else by the ending of OUT.")
@filters
def export(file: Path, out: Path, format_name: str | None, **options: Any) -> None:
    """Write FILE's records to OUT: by its ending a bundle (.json), a table (.csv), a workbook (.xlsx) and more."""
    form = _by_ending(out) if format_name is None else _by_name(format_name)
    with closing(Document.open(file)) as document:
        losses = document.export(out, form, wanted_events(options))
    for loss in losses:
        click.echo(f"Not carried: {plain(str(loss))}.", err=True)
    click.echo(f"Wrote {plain(str(out))}.", err=True)


def _by_name(name: str) -> WritableFormat:
    found = [form for form in writable_formats() if form.name == name]
    if not found:
        raise click.UsageError(f"There is no format “{plain(name)}”. Choose one of:\n{_choices()}")
    return found[0]


def _by_ending(out: Path) -> WritableFormat:
    """Return the first format of a file's ending."""
    ending = out.suffix.lower()
    found = [form for form in writable_formats() if form.ending == ending]
    if ending in _PICTURES and not found:
        raise click.UsageError(f"“{plain(out.name)}”: pictures are made by `dateline render`.")
    if not found:
        message = f"“{plain(out.name)}”: its ending says no format. Give one with --format, or an ending:"
        raise click.UsageError(f"{message}\n{_choices()}")
    return found[0]


def _choices() -> str:
    return "\n".join(f"  {form.name:<12} {form.ending:<6} {form.label}" for form in writable_formats())
