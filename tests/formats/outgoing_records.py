"""Records ready to be written, in tests: drawn at random with all that they name, and the sample's."""

from __future__ import annotations

import io

from hypothesis import strategies as st
from record_strategies import extras, json_values, maybe_words, names, records, uids, words

from viewer.domain.records import BUILT_IN_KINDS, Actor, Kind, Place
from viewer.formats.foreign import Found, Opened
from viewer.formats.outgoing import Outgoing


def outgoing(sources=(), events=(), **fields):
    """Records as a writer is given them."""
    values = {
        "uid": "document", "name": "Name", "title": None, "language": None, "kinds": BUILT_IN_KINDS, "actors": (),
        "places": (), "views": (), "sources": lambda: iter(sources), "events": lambda: iter(events), "extra": {},
    }  # fmt: skip
    return Outgoing(**{**values, **fields})


def written(form, records_out):
    """What a format writes, and what it says it could not carry."""
    file = io.BytesIO()
    losses = form.write(records_out, file)
    return file.getvalue(), [(loss.what, loss.count) for loss in losses]


def brought_back(form, data, name="file"):
    """The records that a reader finds, by sort; and its problems."""
    found, problems = {}, []
    for each in form.read(Opened(io.BytesIO(data), name)):
        if isinstance(each, Found):
            found.setdefault(type(each.record).__name__, []).append(each.record)
        else:
            problems.append(each)
    return found, problems


@st.composite
def documents(draw):
    """A document with every sort of record, whose references may lead nowhere."""
    drawn = draw(records(most=3))
    named = {"aliases": st.lists(words, max_size=2).map(tuple), "parent": maybe_words, "extra": extras}
    degrees = st.none() | st.floats(-180, 180) | st.integers(-90, 90)
    kinds = draw(st.lists(st.builds(Kind, name=names, label=words, shape=words, colour=words, extra=extras)))
    actors = draw(st.lists(st.builds(Actor, uid=uids, name=names, **named), max_size=3))
    places = draw(
        st.lists(
            st.builds(
                Place,
                uid=uids,
                name=names,
                **named,
                latitude=degrees,
                longitude=degrees,
                precision=maybe_words,
            ),
            max_size=3,
        )
    )
    return outgoing(
        drawn.sources, drawn.events, kinds=(*BUILT_IN_KINDS, *kinds), actors=tuple(actors), places=tuple(places),
        title=draw(maybe_words), extra=draw(st.dictionaries(words, json_values, max_size=2)),
    )  # fmt: skip
