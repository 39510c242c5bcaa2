"""The commands that work on a file: each opens a document, says or changes something, and closes it.

They run without a display and without Qt; `render` alone draws, and loads Qt to do so. They are loaded when one
of them is asked for: a window opens without them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from viewer.cli_export import export_commands
from viewer.cli_keeping import keeping_commands
from viewer.display import why_no_qt
from viewer.document import AmbiguousError, Document
from viewer.domain.calendar import iso_time
from viewer.domain.conflicts import conflicts
from viewer.domain.provenance import standing
from viewer.domain.wording import MAX_CHARACTERS
from viewer.explaining import KINDS
from viewer.explaining import explain as explain_text
from viewer.formats.bundle_writing import event_json
from viewer.formats.incoming import UnreadableError
from viewer.importing import FileToImport
from viewer.options import encodable, filters, language_of, reference_date, wanted_events
from viewer.picture_options import PAGES, footnoting, picture_scale, picture_size
from viewer.report import (
    event_line,
    event_lines,
    pointed_at,
    provenance_json,
    rereading_json,
    rereading_line,
)
from viewer.resources import resource
from viewer.storage.check import Finding
from viewer.storage.errors import OpenError
from viewer.terminal import PROBLEMS, fail, plain, print_json

FILE = click.Path(path_type=Path)


@click.group()
def commands() -> None:
    """Work on a file without a window."""


for _command in (*keeping_commands.commands.values(), *export_commands.commands.values()):
    commands.add_command(_command)


@contextmanager
def _opened(file: Path) -> Iterator[Document]:
    document = Document.open(file)
    try:
        yield document
    finally:
        document.close()


@commands.command()
@click.argument("file", type=FILE)
@click.option("--sample", is_flag=True, help="Fill it with the sample.")
def new(file: Path, sample: bool) -> None:
    """Create a document; never overwrites a file."""
    document = Document.create(file)
    try:
        if sample:
            bundle = resource("sample", "kursk.json")
            document.import_files([(bundle.name, bundle.read_bytes())])
    finally:
        document.close()
    click.echo(f"Created {file}.", err=True)


@commands.command("import")
@click.argument("file", type=FILE)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=FILE)
@click.option("--format", "format_name", help="Format; else by the content.")
@click.option("--profile", help="What a table's columns mean, by name; else told from its columns.")
@click.option("--mapping", type=FILE, help="What a table's columns mean: a file (.json) saved before.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def import_(
    file: Path,
    inputs: tuple[Path, ...],
    format_name: str | None,
    profile: str | None,
    mapping: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring INPUT files into FILE as one edit; records known already are updated."""
    if profile is not None and mapping is not None:
        raise click.UsageError("give --profile or --mapping, not both.")
    if format_name is not None:
        _expect_format(format_name)
    options: dict[str, Any] = {} if profile is None else _profile(profile)
    if mapping is not None:
        options["mapping"] = _mapping(mapping)
    contents = [FileToImport(path.name, path, format_name, options) for path in inputs]
    with _opened(file) as document:
        try:
            result = document.import_files(contents, dry_run=dry_run)
        except UnreadableError as error:
            _tell_left_out()
            line = f":{error.line}" if error.line else ""
            fail(f"{error.file}{line}: {error}. Nothing was imported.")
    counts = {name: getattr(result, name) for name in ("added", "updated", "unchanged", "refused")}
    problems = [
        {"file": p.file, "line": p.line, "path": p.path, "message": p.message} for p in result.problems
    ]
    if as_json:
        if result.untold:
            message = f"… and {result.untold} more"
            problems.append({"file": "", "line": None, "path": "", "message": message})
        print_json({**counts, "problems": problems})
    else:
        for p in result.problems:
            click.echo(plain(f"{p.file}:{p.line or ''}: {p.path}: {p.message}"), err=True)
        if result.untold:
            click.echo(f"… and {result.untold:,} more problems, not told one by one.", err=True)
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    if result.problems:
        sys.exit(PROBLEMS)


def _expect_format(name: str) -> None:
    from viewer.formats.registry import BUNDLE, readable_format

    try:
        if name != BUNDLE:
            readable_format(name)
    except UnreadableError as error:
        _tell_left_out()
        raise click.UsageError(f"{error}.") from error


def _tell_left_out() -> None:
    """Name the outside packages that could not be used: one of them may be what was wanted."""
    from viewer.formats.plugins import outside_formats

    for failure in outside_formats().failures:
        click.echo(plain(f"A format was left out: {failure}"), err=True)


def _profile(name: str) -> dict[str, Any]:
    """Return the options of a profile: a built-in one, or a mapping that was saved under this name."""
    from viewer.formats.tables.mapping_json import mapping_json
    from viewer.saved_mappings import saved_mapping

    try:
        saved = saved_mapping(name)
    except UnreadableError as error:
        fail(f"the saved mapping “{name}” cannot be used: {error}. Nothing was imported.")
    return {"profile": name} if saved is None else {"profile": name, "mapping": mapping_json(saved)}


def _mapping(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}. Nothing was imported.")
    except (ValueError, RecursionError):
        fail(f"{path}: expected a mapping, which is JSON. Nothing was imported.")


@commands.command()
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@click.option("--size", callback=picture_size, default="1440x900", help="Size in pixels, such as 1440x900.")
@click.option("--scale", type=float, callback=picture_scale, default=1.0, help="Device pixels per pixel.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="Colours.")
@click.option("--footnotes", is_flag=True, help="Number each mark to its quotes, sources, links and hashes.")
@click.option("--claims", type=click.IntRange(min=1), help="So many claims of each footnote at most.")
@click.option(
    "--page",
    type=click.Choice(PAGES),
    help="Page of a PDF with footnotes, instead of --size; else a4-landscape.",
)
@click.option("--margin", type=click.IntRange(5, 50), help="Margins of its pages in millimetres; else 15.")
@click.option("--pages", type=click.IntRange(1, 50), help="Split its time over so many pages.")
@filters
def render(
    file: Path,
    out: Path,
    size: tuple[int, int],
    scale: float,
    theme: str,
    footnotes: bool,
    claims: int | None,
    page: str | None,
    margin: int | None,
    pages: int | None,
    **options: Any,
) -> None:
    """Draw FILE's timeline to OUT (.png, .svg or .pdf) without a screen."""
    ending = out.suffix.lower()
    if ending not in (".png", ".svg", ".pdf"):
        raise click.UsageError(f"“{out.name}”: give a name that ends in .png, .svg or .pdf.")
    noted = footnoting(footnotes, ending, claims=claims, page=page, margin=margin, pages=pages)
    problem = why_no_qt()
    if problem is not None:
        fail(problem)
    from viewer.ui.drawing import draw

    with _opened(file) as document:
        try:
            draw(document, out, wanted_events(options), size=size, scale=scale, theme=theme, footnotes=noted)
        except ValueError as error:
            fail(str(error))
    click.echo(f"Wrote {out}.", err=True)


@commands.command("list")
@click.argument("file", type=FILE)
@filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def list_(file: Path, as_json: bool, **options: Any) -> None:
    """List events in order of time, undated ones last."""
    with _opened(file) as document:
        wanted = wanted_events(options)
        matching = document.matching(wanted)
        found = document.store.events(matching.ids)
        events = (document.as_known(event, wanted.known_by) for event in found)
        if as_json:
            print_json({"events": [event_json(event) for event in events], "hidden": matching.hidden})
            return
        for event in events:
            click.echo(event_line(event))
    hidden = f", {matching.hidden} hidden by the filter" if matching.hidden else ""
    click.echo(f"{len(matching.ids)} events{hidden}", err=True)


@commands.command()
@click.argument("file", type=FILE)
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def show(file: Path, event: str, as_json: bool) -> None:
    """Show one event with its claims: who says so, and in which words. EVENT is a uid or its beginning."""
    with _opened(file) as document:
        try:
            found = document.find_event(event)
        except AmbiguousError as error:
            fail(str(error))
        around = document.provenance_context()
        counted, clashes = standing(found, around), conflicts(found, context=around)
        if as_json:
            print_json({**event_json(found), **provenance_json(counted, clashes)})
            return
        sources = {claim.source: document.store.source(claim.source) for claim in found.claims}
        for line in event_lines(found, sources, counted, clashes):
            click.echo(line)


@commands.command(context_settings={"ignore_unknown_options": True})  # "-0043" is a date
@click.argument("text")
@click.option("--reference", help="The date from which TEXT counts, such as that of its source.")
@click.option("--language", callback=language_of, help="The language of TEXT, such as fr.")
@click.option("--as", "kind", type=click.Choice(KINDS), help="Read TEXT as this; else as what it is.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def explain(text: str, reference: str | None, language: str | None, kind: str | None, as_json: bool) -> None:
    """Say how TEXT is understood: a date or a number, as people write it."""
    text = encodable(text)
    stood_at = None if reference is None else reference_date(reference, language)
    found = explain_text(text, reference=stood_at, language=language, kind=kind)
    if as_json:
        print_json(found.json)
    else:
        for label, value in found.lines:
            click.echo(f"{label:<11}{plain(value)}")
    if found.problem is not None:
        click.echo(plain(found.problem), err=True)
        if found.at is not None and len(text) <= MAX_CHARACTERS:
            for line in pointed_at(text, found.at):
                click.echo(line, err=True)
        sys.exit(PROBLEMS)


@commands.command()
@click.argument("file", type=FILE)
@click.option("--apply", "apply", is_flag=True, help="Make the changes, as one edit.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def reread(file: Path, apply: bool, as_json: bool) -> None:
    """Read FILE's wordings of dates by the rules of today, and list what would change."""
    with _opened(file) as document:
        found = document.plan_rereading()
        applied = apply and document.reread(found) is not None
    if as_json:
        print_json({"changes": [rereading_json(each) for each in found], "applied": applied})
        return
    for each in found:
        click.echo(rereading_line(each))
    count = sum(each.applies for each in found)
    what = "changed" if applied else "would change; --apply changes them"
    left = f" {len(found) - count} need a look and stay." if count < len(found) else ""
    click.echo(f"{count} of {len(found)} dates {what}.{left}" if found else "Nothing to change.", err=True)


@commands.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def check(file: Path, as_json: bool) -> None:
    """Check FILE: structure, references, bounds, and quotes against the stored texts."""
    try:
        with _opened(file) as document:
            findings = document.check()
    except OpenError as error:
        if error.code != "damaged":
            raise
        findings = [Finding("document", None, error.message, error.remedy)]
    if as_json:
        problems = [
            {"table": f.table, "uid": f.uid, "message": f.message, "remedy": f.remedy} for f in findings
        ]
        print_json({"ok": not findings, "problems": problems})
    else:
        for f in findings:
            click.echo(plain(f"{f.table} {f.uid or ''}: {f.message} {f.remedy}"))
        click.echo("No problems found." if not findings else f"{len(findings)} problems found.", err=True)
    if findings:
        sys.exit(PROBLEMS)


@commands.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def log(file: Path, as_json: bool) -> None:
    """List FILE's edits: when, who, what and why."""
    with _opened(file) as document:
        edits = document.store.edits()
    if as_json:
        names = ("uid", "at", "author", "label", "reason", "undoes")
        entries = [{name: getattr(edit, name) for name in names} for edit in edits]
        print_json({"edits": [{**entry, "at": iso_time(entry["at"])} for entry in entries]})
        return
    depths: dict[str, int] = {}
    for edit in edits:
        # An undo that is taken back is a redo, and so on.
        depth = depths[edit.uid] = depths.get(edit.undoes, 0) + 1 if edit.undoes else 0
        what = f"{'Undo' if depth % 2 else 'Redo'}: {edit.label}" if depth else edit.label
        reason = f" ({edit.reason})" if edit.reason else ""
        who = plain(edit.author or "-")
        click.echo(f"{iso_time(edit.at or 0)}  {who}  {plain(what + reason)}")
