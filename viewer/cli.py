"""The command line. Everything but `open` and `render` runs without a display and without Qt.

Exit 0: done; 1: problems found or part refused; 2: wrong use or unreadable input. `--json` prints one JSON
value on standard output; messages go to standard error.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from viewer import __version__
from viewer.display import why_no_qt, why_no_window
from viewer.document import AmbiguousError, Document
from viewer.domain.calendar import iso_time
from viewer.domain.dates import DateError, FuzzyDate, read_date
from viewer.domain.filters import Filter
from viewer.formats.bundle_writing import event_json
from viewer.formats.incoming import UnreadableError
from viewer.report import event_line, event_lines, plain
from viewer.resources import resource
from viewer.storage.check import Finding
from viewer.storage.errors import OpenError, StorageError

PROBLEMS, UNREADABLE = 1, 2
_SIZE = re.compile(r"([0-9]{3,5})[xX]([0-9]{3,5})")

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)


class _OpensByDefault(click.Group):
    """A group for which `dateline FILE` and plain `dateline` mean `dateline open`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front of a file or of the options of `open`."""
        first = args[0] if args else ""
        if first not in self.commands and first not in ("--help", "--version"):
            args = ["open", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_OpensByDefault)
@click.version_option(__version__, prog_name="dateline")
def app() -> None:
    """Show, search and change timelines that say who says so. Without a command: open the window."""


def main() -> NoReturn:
    """Run the command line; no bad input gives a traceback."""
    for stream in (sys.stdout, sys.stderr):  # None where there is no console
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app.main(prog_name="dateline", standalone_mode=False)
    except click.exceptions.Abort:
        _fail("Stopped.", UNREADABLE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except StorageError as error:
        _fail(str(error), UNREADABLE)
    sys.exit(0)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(plain(message), err=True)
    sys.exit(code)


@contextmanager
def _opened(file: Path) -> Iterator[Document]:
    document = Document.open(file)
    try:
        yield document
    finally:
        document.close()


def _print_json(value: object) -> None:
    # Bytes, because JSON is UTF-8 whatever the terminal's encoding is.
    click.echo(json.dumps(value, ensure_ascii=False, indent=1).encode())


def _date(_context: click.Context, _parameter: click.Parameter, text: str | None) -> FuzzyDate | None:
    if text is None:
        return None
    try:
        return read_date(text)
    except DateError as error:
        raise click.BadParameter(str(error)) from error


def _size(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = _SIZE.fullmatch(text)
    width, height = (int(number) for number in found.groups()) if found else (0, 0)
    if not (200 <= width <= 16384 and 150 <= height <= 16384):
        raise click.BadParameter("expected WIDTHxHEIGHT in pixels, such as 1280x800")
    return width, height


def _scale(_context: click.Context, _parameter: click.Parameter, scale: float) -> float:
    if not 0.25 <= scale <= 8:  # click's own range lets NaN pass
        raise click.BadParameter("expected a number from 0.25 to 8")
    return scale


def _filters(command: Command) -> Command:
    """Add the options that say which events are meant."""
    options: Sequence[Callable[[Command], Command]] = (
        click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times."),
        click.option("--actor", default="", help="Only events with an actor of this name (or part of it)."),
        click.option("--place", default="", help="Only events at a place of this name (or part of it)."),
        click.option(
            "--source", default="", help="Only events with a claim from this source (title or uid)."
        ),
        click.option("--tag", default="", help="Only events with this tag."),
        click.option("--search", default="", help="Only events whose texts or quotes match these words."),
        click.option("--from", "since", callback=_date, help="Only events on or after this date."),
        click.option("--to", "until", callback=_date, help="Only events on or before this date."),
        click.option(
            "--possibly/--certainly", "possibly", default=True, help="May, or must, lie in the period."
        ),
        click.option("--as-known-on", "known", callback=_date, help="Only what was published by this date."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _filter(options: dict[str, Any]) -> Filter:
    since, until, known = options["since"], options["until"], options["known"]
    return Filter(
        kinds=frozenset(map(_encodable, options["kinds"])) or None,
        text=_encodable(options["search"]),
        actor=_encodable(options["actor"]),
        place=_encodable(options["place"]),
        source=_encodable(options["source"]),
        tag=_encodable(options["tag"]),
        earliest=None if since is None else _limit("--from", since.earliest),
        latest=None if until is None else _limit("--to", until.latest),
        certainly=not options["possibly"],
        known_by=None if known is None else _limit("--as-known-on", known.latest),
    )


def _limit(option: str, moment: int | None) -> int:
    if moment is None:
        raise click.UsageError(f"{option} needs a date that is not open on the side that limits.")
    return moment


def _encodable(text: str) -> str:
    """Return an argument without the bytes that are no UTF-8: no document holds such a text."""
    return text.encode(errors="replace").decode()


@app.command("open")
@click.argument("file", required=False, type=FILE)
@click.option("--sample", is_flag=True, help="Open a fresh copy of the sample.")
@click.option("--platform", help="Qt's platform, such as offscreen.")
@click.option("--size", callback=_size, help="Size of the window, such as 1280x800.")
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), help="Colours; without it those of the system."
)
@click.option("--screenshot", type=FILE, help="Save the window as a PNG picture and exit.")
def open_(
    file: Path | None,
    sample: bool,
    platform: str | None,
    size: tuple[int, int] | None,
    theme: str | None,
    screenshot: Path | None,
) -> None:
    """Open the window: on FILE, on the sample, or on the welcome page."""
    if file is not None and sample:
        raise click.UsageError("Give a FILE or --sample, not both.")
    if screenshot is not None and screenshot.suffix.lower() != ".png":
        raise click.UsageError("--screenshot writes PNG: give a name that ends in .png.")
    problem = why_no_qt() or why_no_window(platform)
    if problem is not None:
        if file is not None and not file.exists():  # perhaps a mistyped command
            click.echo(plain(f"“{file}” was not found."), err=True)
        _fail(problem, UNREADABLE)
    from viewer.ui.app import run

    sys.exit(run(file, sample=sample, platform=platform, size=size, theme=theme, screenshot=screenshot))


@app.command()
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


@app.command("import")
@click.argument("file", type=FILE)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=FILE)
@click.option("--format", "format_name", type=click.Choice(["bundle"]), help="Format; else by the content.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def import_(
    file: Path, inputs: tuple[Path, ...], format_name: str | None, dry_run: bool, as_json: bool
) -> None:
    """Bring INPUT files into FILE as one edit; records known already are updated."""
    contents = [(path.name, _content(path)) for path in inputs]
    with _opened(file) as document:
        try:
            result = document.import_files(contents, dry_run=dry_run)
        except UnreadableError as error:
            line = f":{error.line}" if error.line else ""
            _fail(f"{error.file}{line}: {error}. Nothing was imported.", UNREADABLE)
    counts = {name: getattr(result, name) for name in ("added", "updated", "unchanged", "refused")}
    problems = [
        {"file": p.file, "line": p.line, "path": p.path, "message": p.message} for p in result.problems
    ]
    if as_json:
        _print_json({**counts, "problems": problems})
    else:
        for p in result.problems:
            click.echo(plain(f"{p.file}:{p.line or ''}: {p.path}: {p.message}"), err=True)
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    if result.problems:
        sys.exit(PROBLEMS)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _fail(f"{path} cannot be read: {error.strerror}. Nothing was imported.", UNREADABLE)


@app.command()
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@click.option(
    "--format", "format_name", type=click.Choice(["bundle"]), help="Format; else by the ending of OUT."
)
@_filters
def export(file: Path, out: Path, format_name: str | None, **options: Any) -> None:
    """Write FILE's records to OUT: a bundle (.json)."""
    if format_name is None and out.suffix.lower() != ".json":
        raise click.UsageError(
            f"“{out.name}”: a bundle ends in .json; pictures are made by `dateline render`."
        )
    with _opened(file) as document:
        document.export_bundle(out, _filter(options))
    click.echo(f"Wrote {out}.", err=True)


@app.command()
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@click.option("--size", callback=_size, default="1440x900", help="Size in pixels, such as 1440x900.")
@click.option("--scale", type=float, callback=_scale, default=1.0, help="Device pixels per pixel.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="Colours.")
@_filters
def render(file: Path, out: Path, size: tuple[int, int], scale: float, theme: str, **options: Any) -> None:
    """Draw FILE's timeline to OUT (.png, .svg or .pdf) without a screen."""
    if out.suffix.lower() not in (".png", ".svg", ".pdf"):
        raise click.UsageError(f"“{out.name}”: give a name that ends in .png, .svg or .pdf.")
    problem = why_no_qt()
    if problem is not None:
        _fail(problem, UNREADABLE)
    from viewer.ui.app import draw

    with _opened(file) as document:
        draw(document, out, _filter(options), size=size, scale=scale, theme=theme)
    click.echo(f"Wrote {out}.", err=True)


@app.command("list")
@click.argument("file", type=FILE)
@_filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def list_(file: Path, as_json: bool, **options: Any) -> None:
    """List events in order of time, undated ones last."""
    with _opened(file) as document:
        matching = document.matching(_filter(options))
        events = document.store.events(matching.ids)
        if as_json:
            _print_json({"events": [event_json(event) for event in events], "hidden": matching.hidden})
            return
        for event in events:
            click.echo(event_line(event))
    hidden = f", {matching.hidden} hidden by the filter" if matching.hidden else ""
    click.echo(f"{len(matching.ids)} events{hidden}", err=True)


@app.command()
@click.argument("file", type=FILE)
@click.argument("event")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def show(file: Path, event: str, as_json: bool) -> None:
    """Show one event with its claims: who says so, and in which words. EVENT is a uid or its beginning."""
    with _opened(file) as document:
        try:
            found = document.find_event(event)
        except AmbiguousError as error:
            _fail(str(error), UNREADABLE)
        if as_json:
            _print_json(event_json(found))
        else:
            for line in event_lines(found, {source.uid: source for source in document.store.sources()}):
                click.echo(line)


@app.command()
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
        _print_json({"ok": not findings, "problems": problems})
    else:
        for f in findings:
            click.echo(plain(f"{f.table} {f.uid or ''}: {f.message} {f.remedy}"))
        click.echo("No problems found." if not findings else f"{len(findings)} problems found.", err=True)
    if findings:
        sys.exit(PROBLEMS)


@app.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def log(file: Path, as_json: bool) -> None:
    """List FILE's edits: when, who, what and why."""
    with _opened(file) as document:
        edits = document.store.edits()
    if as_json:
        names = ("uid", "at", "author", "label", "reason", "undoes")
        entries = [{name: getattr(edit, name) for name in names} for edit in edits]
        _print_json({"edits": [{**entry, "at": iso_time(entry["at"])} for entry in entries]})
        return
    depths: dict[str, int] = {}
    for edit in edits:
        # An undo that is taken back is a redo, and so on.
        depth = depths[edit.uid] = depths.get(edit.undoes, 0) + 1 if edit.undoes else 0
        what = f"{'Undo' if depth % 2 else 'Redo'}: {edit.label}" if depth else edit.label
        reason = f" ({edit.reason})" if edit.reason else ""
        who = plain(edit.author or "-")
        click.echo(f"{iso_time(edit.at or 0)}  {who}  {plain(what + reason)}")
