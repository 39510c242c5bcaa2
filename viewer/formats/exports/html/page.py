"""One file that holds a timeline and all it takes to look at it; no browser ever asks the network for anything.

Script and style are our own templates, named by their hashes in the page's security policy; nothing else runs,
and what a document says is only ever shown as text.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from viewer.domain.records import Event
from viewer.formats.exports.html.data import page_data, time_order
from viewer.formats.exports.html.linked_data import linked_data
from viewer.formats.exports.html.plain import escaped, language_tag
from viewer.formats.exports.html.static_list import static_list
from viewer.formats.outgoing import Loss, Losses, Outgoing
from viewer.resources import resource

READABLE = 500
"""So many events, the first in time, are written once more for readers without scripts and as JSON-LD."""

_SCRIPTS = (
    "words", "calendar", "model", "rows", "ticks", "view", "layout", "painting", "overview", "details",
    "list", "hands", "print", "main",
)  # fmt: skip
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the page. Its columns are held in memory: a page is for as many events as a browser can show."""
    losses = Losses()
    order = time_order(outgoing.events())
    readable = _readable(outgoing, order, losses)
    for piece in _pieces(outgoing, order, readable):
        file.write(piece.encode())
    losses.add(
        "stored texts of sources (their hashes are written)",
        sum(source.text is not None for source in outgoing.sources()),
    )
    return losses.found()


def _readable(outgoing: Outgoing, order: dict[str, int], losses: Losses) -> list[Event]:
    """Return the first events in order of time, and count what leads out of the page."""
    found: list[Event] = []
    for event in outgoing.events():
        if order[event.uid] < READABLE:
            found.append(event)
        losses.add("links to events that are not written", sum(link.to not in order for link in event.links))
    return sorted(found, key=lambda event: order[event.uid])


def _pieces(outgoing: Outgoing, order: dict[str, int], readable: list[Event]) -> Iterator[str]:
    title, language = outgoing.title or outgoing.name, language_tag(outgoing.language)
    needed = {claim.source for event in readable for claim in event.claims}
    sources = {source.uid: source for source in outgoing.sources() if source.uid in needed}
    style, script = _lean("page.css"), _script()
    policy = _POLICY.format(script=_hash(script), style=_hash(style))
    parts = {
        "title": lambda: escaped(title),
        "language": lambda: escaped(language),
        "policy": lambda: policy,
        "style": lambda: style,
        "script": lambda: script,
        "list": lambda: "".join(static_list(readable, sources, len(order) - len(readable))),
        "linked": lambda: script_json(linked_data(title, language, readable, sources)),
        "data": lambda: script_json(page_data(outgoing, order)),
    }
    for at, part in enumerate(_PLACE.split(_template("page.html"))):
        yield parts[part]() if at % 2 else part


def script_json(value: Any) -> str:
    """Return a value as JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@functools.cache
def _script() -> str:
    whole = "".join(_lean(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{whole}}})();\n'


def _lean(name: str) -> str:
    """Return a template without indentation and without the comments that have a line of their own."""
    lines = (line.strip() for line in _template(name).splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _hash(text: str) -> str:
    """Return the hash by which a policy allows an inline script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _template(name: str) -> str:
    return resource("html", name).read_text(encoding="utf-8")
