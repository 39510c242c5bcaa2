"""How an outside package adds a format: an entry point of the group `dateline` that names a module or object.

It answers one hook:

    import pluggy
    hook = pluggy.HookimplMarker("dateline")

    @hook
    def dateline_formats():
        return [MY_FORMAT]  # a ReadableFormat or a WritableFormat, or several

A package that cannot be loaded, or answers with something else, is left out and named; the others work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points

import pluggy

from viewer.formats.foreign import ReadableFormat
from viewer.formats.outgoing import WritableFormat
from viewer.frozen import dataclass

GROUP = "dateline"
SAFE = "DATELINE_NO_PLUGINS"
"""Set this variable to anything to start without outside packages."""

_hookspec = pluggy.HookspecMarker(GROUP)


class _Hooks:
    """What a package can answer."""

    @_hookspec
    def dateline_formats(self) -> list[ReadableFormat | WritableFormat]:  # type: ignore[empty-body]
        """Return formats to add."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Formats of outside packages, and a line for each package that could not be used."""

    readable: tuple[ReadableFormat, ...]
    writable: tuple[WritableFormat, ...]
    failures: tuple[str, ...]


@cache
def outside_formats() -> Outside:
    """Return what the installed packages add; asked once."""
    found: list[object] = []
    failures: list[str] = []
    for name, formats in _answers(failures):
        if not isinstance(formats, list | tuple):
            failures.append(f"{name} answers with no list of formats")
            continue
        for each in formats:
            if isinstance(each, ReadableFormat | WritableFormat):
                found.append(each)
            else:
                failures.append(f"{name} answers with something that is no format")
    return Outside(
        tuple(each for each in found if isinstance(each, ReadableFormat)),
        tuple(each for each in found if isinstance(each, WritableFormat)),
        tuple(failures),
    )


def _answers(failures: list[str]) -> Iterator[tuple[str, object]]:
    """Yield each package's answer; one that fails takes only itself out."""
    if os.environ.get(SAFE):
        return
    for entry in entry_points(group=GROUP):
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(_Hooks)
        try:
            manager.register(entry.load(), entry.name)
            answers = manager.hook.dateline_formats()
        except Exception as error:  # whatever a stranger's package raises
            failures.append(f"{entry.name} could not be loaded: {type(error).__name__}: {error}")
            continue
        for formats in answers:
            yield entry.name, formats
