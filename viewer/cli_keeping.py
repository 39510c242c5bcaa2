"""The commands that keep documents from harm: back up, restore, rescue. They run without a display."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from viewer.domain.calendar import iso_time
from viewer.drafting import new_uid
from viewer.keeping import kept_backups, kept_notes
from viewer.storage.backups import Backup, Contents, inspect
from viewer.storage.opening import open_store
from viewer.storage.rescue import rescue as rescue_into
from viewer.storage.restoring import backups_for
from viewer.storage.restoring import restore as restore_from
from viewer.terminal import PROBLEMS, fail, plain, print_json

_FILE = click.Path(path_type=Path)


@click.group()
def keeping_commands() -> None:
    """Keep a file from harm."""


@keeping_commands.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def backup(file: Path, as_json: bool) -> None:
    """Make a verified backup of FILE among Dateline's own data."""
    with closing(open_store(file, notes=kept_notes())) as store:
        made = kept_backups().make(store, "command", at=int(time.time()))
    if made is None:
        fail("No backup was made.")
    if as_json:
        print_json(_backup_json(1, made, inspect(made.path)))
    else:
        click.echo(f"Backed up {plain(file.name)} to {plain(str(made.path))}.", err=True)


@keeping_commands.command()
@click.argument("file", type=_FILE)
@click.option("--list", "list_only", is_flag=True, help="List the backups, newest first, and change nothing.")
@click.option("--from", "chosen", help="A number of the list, or the path of a backup; else the newest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def restore(file: Path, list_only: bool, chosen: str | None, as_json: bool) -> None:
    """Put a backup in the place of FILE, after keeping what lies there; or list FILE's backups."""
    if list_only and chosen is not None:
        raise click.UsageError("Give --list or --from, not both.")
    backups, notes = kept_backups(), kept_notes()
    found = backups_for(file, backups=backups, notes=notes)
    if list_only:
        _list(file, found, as_json)
        return
    source = _chosen(file, found, chosen)
    done = restore_from(file, source, backups=backups, notes=notes, at=int(time.time()))
    if as_json:
        print_json({"restored": _path(source), "kept": None if done.kept is None else _path(done.kept)})
        return
    kept = "" if done.kept is None else f" What was there is kept as {plain(str(done.kept))}."
    click.echo(f"Restored {plain(file.name)} from {plain(source.name)}.{kept}", err=True)


def _chosen(file: Path, found: list[Backup], chosen: str | None) -> Path:
    if chosen is not None and not chosen.isdecimal():
        return Path(chosen)
    number = 1 if chosen is None else int(chosen)
    if not 1 <= number <= len(found):
        fail(f"“{file.name}” has {len(found)} backups. Nothing was restored.")
    return found[number - 1].path


def _list(file: Path, found: list[Backup], as_json: bool) -> None:
    inspected = [(number, each, inspect(each.path)) for number, each in enumerate(found, 1)]
    if as_json:
        print_json({"backups": [_backup_json(*each) for each in inspected]})
        return
    for number, each, holds in inspected:
        what = "failed its check" if holds is None else _in_words(holds)
        click.echo(f"{number:>3}  {iso_time(each.at)}  {each.reason:<9}  {what}")
    click.echo(f"{len(found)} backups of {plain(file.name)}.", err=True)


def _in_words(holds: Contents) -> str:
    last = f", last: {plain(holds.last_edit)}" if holds.last_edit else ""
    return (
        f"revision {holds.state.revision}: {holds.events} events, {holds.sources} sources,"
        f" {holds.claims} claims{last}"
    )


def _path(path: Path) -> str:
    """Return a path as JSON can hold it: a name need not be UTF-8."""
    return str(path).encode(errors="replace").decode()


def _backup_json(number: int, each: Backup, holds: Contents | None) -> dict[str, Any]:
    return {
        "number": number,
        "path": _path(each.path),
        "at": iso_time(each.at),
        "reason": each.reason,
        "bytes": each.size,
        "ok": holds is not None,
        "revision": None if holds is None else holds.state.revision,
        "events": None if holds is None else holds.events,
        "sources": None if holds is None else holds.sources,
        "claims": None if holds is None else holds.claims,
        "last_edit": None if holds is None else holds.last_edit,
    }


@keeping_commands.command()
@click.argument("file", type=_FILE)
@click.argument("out", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def rescue(file: Path, out: Path, as_json: bool) -> None:
    """Copy what can be read of FILE, damaged or refused, into the new document OUT; say what was lost."""
    done = rescue_into(file, out, uid=new_uid())
    uncounted = sum(done.uncounted.values())
    if as_json:
        losses = [{"table": loss.table, "row": loss.row, "message": loss.message} for loss in done.losses]
        print_json({"rows": dict(done.rows), "losses": losses, "further_losses": uncounted})
    else:
        for loss in done.losses:
            row = "" if loss.row is None else f" {loss.row}"
            click.echo(plain(f"{loss.table}{row}: {loss.message}"))
        if uncounted:
            click.echo(f"and {uncounted} more")
        events, sources, claims = (done.rows[name] for name in ("events", "sources", "claims"))
        told = f"Rescued {events} events, {sources} sources and {claims} claims into {plain(out.name)}."
        click.echo(told if done.losses else f"{told} Nothing is missing.", err=True)
    if done.losses:
        sys.exit(PROBLEMS)
