"""Pages for tests: records written as one HTML file."""

from __future__ import annotations

import io

from viewer.domain.context import context_of
from viewer.domain.records import BUILT_IN_KINDS
from viewer.formats.bundle import read_bundle
from viewer.formats.exports.html import FORMAT
from viewer.formats.incoming import Known
from viewer.formats.outgoing import Outgoing
from viewer.resources import resource


def outgoing_of(
    events, sources=(), *, kinds=BUILT_IN_KINDS, actors=(), title="A timeline", language="en", **more
):
    """Records as they are given to a writer."""
    return Outgoing(
        uid="document", name="file", title=title, language=language, kinds=tuple(kinds), actors=tuple(actors),
        places=(), views=(), extra={}, sources=lambda: iter(sources), events=lambda: iter(events),
        context=lambda: context_of(sources, actors, events), **more,
    )  # fmt: skip


def page_of(events, sources=(), **more):
    """The page of some records, as text."""
    file = io.BytesIO()
    list(FORMAT.write(outgoing_of(events, sources, **more), file))
    return file.getvalue().decode()


def sample_outgoing():
    """The events and the sources of the sample."""
    incoming = read_bundle(resource("sample", "kursk.json").read_bytes(), Known())
    return [entry.event for entry in incoming.events], [entry.source for entry in incoming.sources]
