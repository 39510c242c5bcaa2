"""What the commands write to a terminal, and with which code they end."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click

PROBLEMS, UNREADABLE = 1, 2

_CONTROLS = dict.fromkeys(
    (*range(32), *range(127, 160), 8206, 8207, *range(8234, 8239), *range(8294, 8298)), "�"
)


def plain(text: str) -> str:
    """Return text as one line that cannot steer a terminal: control characters shown as U+FFFD."""
    return " ".join(text.split()).translate(_CONTROLS)


def print_json(value: object) -> None:
    """Print a value as JSON: in UTF-8, whatever the terminal's encoding is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1).encode())


def fail(message: str, code: int = UNREADABLE) -> NoReturn:
    """Say what is wrong on standard error and end the program."""
    click.echo(plain(message), err=True)
    sys.exit(code)
