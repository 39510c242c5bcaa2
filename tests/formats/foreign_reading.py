"""Reading a stranger's file in tests, through the format's own door."""

from __future__ import annotations

import io

from viewer.domain.records import Event, Source
from viewer.formats.foreign import Found, Opened


def read(form, data, name="file", **options):
    """All that a reader finds, in order."""
    if isinstance(data, str):
        data = data.encode()
    return list(form.read(Opened(io.BytesIO(data), name, options)))


def sorted_out(form, data, name="file", **options):
    """Events, sources and problems of a file, and all other records."""
    found = read(form, data, name, **options)
    records = [each.record for each in found if isinstance(each, Found)]
    return (
        [each for each in records if isinstance(each, Event)],
        [each for each in records if isinstance(each, Source)],
        [each for each in found if not isinstance(each, Found)],
        [each for each in records if not isinstance(each, Event | Source)],
    )


def events(form, data, name="file"):
    """The events of a file."""
    return sorted_out(form, data, name)[0]


def sources(form, data, name="file"):
    """The sources of a file."""
    return sorted_out(form, data, name)[1]


def problems(form, data, name="file"):
    """What a reader says about a file: place and line."""
    return [(each.path, each.line) for each in sorted_out(form, data, name)[2]]
