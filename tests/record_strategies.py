"""Records drawn at random: every field filled or left open, references only where they arrive."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from viewer.domain.dates import FLAGS, from_edtf, read_date, unread_date
from viewer.domain.quantities import MEASURES, QUALIFIERS, Quantity
from viewer.domain.records import (
    RELATIONS,
    RELIABILITIES,
    ROLES,
    STANCES,
    Claim,
    Event,
    Hop,
    Link,
    Part,
    Source,
)
from viewer.domain.restating import restated

EDTF = (
    "2024-08-06", "2024-10", "2025", "202X", "19XX", "2025-21", "2024-02~", "2024?", "-0043-03-15",
    "2024-10-01/2024-10-31", "2024/..", "../2025-02", "2024-10/", "/2024-10", "[2025-02-01..2025-02-07]",
    "[..2024-10-31]", "[2024-01..]", "2022-03-03T14:30:00Z", "2022-03-03T14:30:00", "Y-200000", "2023-24",
    "{1960,1961-12}", "[2025-03-04,2025-04-03]", "XXXX-10", "XXXX-02-19", "1560-XX-25", "2024-35", "1950S2",
    "2004-06-11%", "2022-03-03T14:30:00+02:00",
)  # fmt: skip
# As sources say it: the wording, the date from which it counts, and the language.
WORDINGS = (
    ("19 February 2025", None, None), ("Feb 2025", None, None), ("février 2025", None, "fr"),
    ("early 2025", None, None), ("first half of March 2023", None, "en"), ("winter 2023-24", None, "en"),
    ("19th century", None, None), ("circa 1860s", None, None), ("the week of 3 February 2025", None, None),
    ("mid-November to early December 2023", None, "en"), ("since August 2024", None, None),
    ("before 1872", None, None), ("until May 2023", None, None), ("31 January or 1 February 2025", None, "en"),
    ("14:30 UTC on 3 March 2022", None, "en"), ("03/04/2025", None, None), ("2023-24", None, None),
    ("in October", None, "en"), ("in October", "2025-03-10", "en"), ("Début janvier", "2025-02", "fr"),
    ("la première semaine de février", "2025-02", "fr"), ("vendredi dernier", "2025-03-10", "fr"),
    ("yesterday", "2025-02", "en"), ("depuis août 2024", "2025-02", "fr"),
    ("2025-02-19 14:30", None, None),
)  # fmt: skip
RULES = (None, "EDTF", "plain", "R1", "R1+R4", "R10")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = words.filter(bool)
uids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100)
maybe_words = st.none() | words
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
extras = st.dictionaries(words.map("x-{}".format), json_values, max_size=2)


def read(wording):
    """One of WORDINGS, read as it stood in its source."""
    text, reference, language = wording
    return read_date(text, reference=None if reference is None else from_edtf(reference), language=language)


references = st.none() | st.sampled_from(("2025-02", "2025-03-10"))
languages = st.none() | st.sampled_from(("en", "fr", "pl"))
# As another version, with other rules, has stored them.
restated_dates = st.builds(
    restated,
    st.sampled_from(EDTF),
    text=maybe_words | st.sampled_from([text for text, _, _ in WORDINGS]),
    flags=st.none() | st.sets(st.sampled_from(FLAGS)),
    reference=references,
    language=languages,
    rule=st.sampled_from(RULES),
    parser_version=st.integers(0, 3),
)
unread_dates = st.builds(
    lambda text, reference, language: replace(unread_date(text), reference=reference, language=language),
    names,
    references,
    languages,
)
dates = st.one_of(
    st.builds(from_edtf, st.sampled_from(EDTF), text=maybe_words),
    st.sampled_from(WORDINGS).map(read),
    restated_dates,
    unread_dates,
)
numbers = st.none() | st.integers(0, 10**17) | st.floats(0, 1e15)
quantities = st.builds(
    Quantity,
    text=maybe_words,
    low=numbers,
    high=numbers,
    qualifier=st.none() | st.sampled_from(QUALIFIERS),
    unit=maybe_words,
    measure=st.none() | st.sampled_from(MEASURES),
).filter(
    lambda quantity: (
        quantity != Quantity()
        and (quantity.low is None or quantity.high is None or quantity.low <= quantity.high)
    )
)
hops = st.builds(Hop, name=names, anonymous=st.none() | st.booleans(), verb=st.none() | names, extra=extras)
parts = st.builds(Part, name=names, role=st.sampled_from(ROLES), extra=extras)


@dataclass(frozen=True)
class Records:
    """Sources and events that refer to each other and to nothing else."""

    sources: tuple[Source, ...]
    events: tuple[Event, ...]


@st.composite
def records(draw, most=4):
    sources = draw(_sources(most))
    event_uids = draw(st.lists(uids, max_size=most, unique=True))
    claim_uids = draw(st.lists(uids, max_size=2 * most, unique=True))
    events = []
    for uid in event_uids:
        own = [claim_uids.pop() for _ in range(draw(st.integers(0, 2))) if claim_uids and sources]
        events.append(
            draw(_event(uid, event_uids, [draw(_claim(each, sources, event_uids)) for each in own]))
        )
    return Records(tuple(sources), tuple(events))


@st.composite
def _sources(draw, most):
    found = []
    for uid in draw(st.lists(uids, max_size=most, unique=True)):
        texts = {
            name: draw(maybe_words)
            for name in ("publisher", "author", "medium", "url", "archived_url", "language", "text")
        }
        found.append(
            Source(
                uid=uid,
                title=draw(names),
                **texts,
                published=draw(st.none() | dates),
                accessed=draw(st.none() | dates),
                reliability=draw(st.none() | st.sampled_from(RELIABILITIES)),
                derived_from=draw(st.sampled_from([None, *(each.uid for each in found)])),
                extra=draw(extras),
            )
        )
    return found


@st.composite
def _claim(draw, uid, sources, event_uids):
    source = draw(st.sampled_from(sources))
    text = source.text or ""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    anchored = source.text is not None and draw(st.booleans())
    context = st.none() | words if not anchored else words
    return Claim(
        uid=uid,
        source=source.uid,
        quote=text[start:end]
        if anchored
        else draw(maybe_words.filter(lambda quote: not quote or quote not in text)),
        span=(start, end) if anchored else None,
        prefix=draw(context),
        suffix=draw(context),
        stance=draw(st.sampled_from(STANCES)),
        verb=draw(maybe_words),
        credibility=draw(st.none() | st.integers(1, 6)),
        when=draw(st.none() | dates),
        quantity=draw(st.none() | quantities),
        statement=draw(st.none() | st.sampled_from(event_uids)),
        note=draw(maybe_words),
        retracted=draw(st.booleans()),
        chain=tuple(draw(st.lists(hops, max_size=3))),
        extra=draw(extras),
    )


@st.composite
def _event(draw, uid, event_uids, claims):
    links = st.builds(Link, to=st.sampled_from(event_uids), relation=st.sampled_from(RELATIONS), extra=extras)
    return Event(
        uid=uid,
        kind=draw(st.sampled_from(("deployment", "withdrawal", "statement"))),
        title=draw(names),
        summary=draw(maybe_words),
        when=draw(st.none() | dates),
        place=draw(st.none() | names),
        origin=draw(st.none() | names),
        quantity=draw(st.none() | quantities),
        actors=tuple(draw(st.lists(parts, max_size=3))),
        links=tuple(draw(st.lists(links, max_size=2))),
        tags=tuple(draw(st.lists(words, max_size=3))),
        claims=tuple(claims),
        extra=draw(extras),
    )
