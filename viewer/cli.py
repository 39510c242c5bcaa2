"""The command line. Everything but `open` and `render` runs without a display and without Qt.

Exit 0: done; 1: problems found or part refused; 2: wrong use or unreadable input. `--json` prints one JSON
value on standard output; messages go to standard error.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

from viewer import __version__
from viewer.display import why_no_qt, why_no_window
from viewer.instance import hand_over, is_shared
from viewer.picture_options import picture_size
from viewer.storage.errors import StorageError
from viewer.terminal import fail, plain

_ON_FILES = (
    "new", "import", "export", "render", "list", "show", "explain", "reread", "check", "log", "backup", "restore",
    "rescue",
)  # fmt: skip
_ON_DESKTOP = ("--install-desktop", "--uninstall-desktop")


class _Commands(click.Group):
    """`dateline FILE` and plain `dateline` mean `dateline open`; the other commands are loaded when asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front of a file or of the options of `open`."""
        first = args[0] if args else ""
        if first not in (*self.list_commands(ctx), "--help", "--version", *_ON_DESKTOP):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted((*self.commands, *_ON_FILES))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in _ON_FILES:
            return super().get_command(ctx, cmd_name)
        from viewer.cli_documents import commands

        return commands.get_command(ctx, cmd_name)


def _on_desktop(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    """Put Dateline among the user's applications, or take it away, and end."""
    if not is_asked or context.resilient_parsing:
        return
    from viewer.desktop_entry import DesktopEntryError, install, uninstall

    try:
        said = install() if option.name == "install_desktop" else uninstall()
    except DesktopEntryError as error:
        fail(str(error))
    for sentence in said:
        click.echo(plain(sentence))
    context.exit()


def _desktop_option(name: str, words: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    return click.option(
        name, is_flag=True, is_eager=True, expose_value=False, callback=_on_desktop, help=words
    )


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="dateline")
@_desktop_option("--install-desktop", "Put Dateline among your applications (Linux) and exit.")
@_desktop_option("--uninstall-desktop", "Take away what --install-desktop put there and exit.")
def app() -> None:
    """Show, search and change timelines that say who says so. Without a command: open the window."""


def main() -> NoReturn:
    """Run the command line; no bad input gives a traceback."""
    # One thread for linear algebra, which we have none of: starting others takes 80 ms and much memory. It has to
    # be said before numpy is loaded, here or in a process that we start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):  # None where there is no console
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app.main(prog_name="dateline", standalone_mode=False)
    except click.exceptions.Abort:
        fail("Stopped.")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except StorageError as error:
        fail(str(error))
    sys.exit(0)


@app.command("open")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Open a fresh copy of the sample.")
@click.option("--platform", help="Qt's platform, such as offscreen.")
@click.option("--size", callback=picture_size, help="Size of the window, such as 1280x800.")
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), help="Colours; without it those of the system."
)
@click.option(
    "--screenshot", type=click.Path(path_type=Path), help="Save the window as a PNG picture and exit."
)
@click.option("--new-instance", is_flag=True, help="Do not use a Dateline that is running already.")
def open_(
    file: Path | None,
    sample: bool,
    platform: str | None,
    size: tuple[int, int] | None,
    theme: str | None,
    screenshot: Path | None,
    new_instance: bool,
) -> None:
    """Open the window: on FILE, on the sample, or on the welcome page."""
    if file is not None and sample:
        raise click.UsageError("Give a FILE or --sample, not both.")
    if screenshot is not None and screenshot.suffix.lower() != ".png":
        raise click.UsageError("--screenshot writes PNG: give a name that ends in .png.")
    shared = screenshot is None and is_shared(platform)
    if shared and not (new_instance or sample or size or theme) and hand_over(file):
        sys.exit(0)
    # Looking through what is only being loaded takes 50 ms; `run` lets it begin once the window stands.
    gc.disable()
    try:
        problem = why_no_qt() or why_no_window(platform)
        if problem is not None:
            if file is not None and not file.exists():  # perhaps a mistyped command
                click.echo(plain(f"“{file}” was not found."), err=True)
            fail(problem)
        from viewer.ui.app import run

        code = run(
            file,
            sample=sample,
            platform=platform,
            size=size,
            theme=theme,
            screenshot=screenshot,
            shared=shared,
        )
    finally:
        gc.enable()
    sys.exit(code)
