"""The first events as plain HTML, for readers without scripts and for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Claim, Event, Source
from viewer.formats.exports.html.plain import escaped, web_address
from viewer.formats.exports.html.rows import date_words

_CLAIMS = 20
"""So many claims of an event are listed, the others counted."""


def static_list(events: Iterable[Event], sources: Mapping[str, Source], left_out: int) -> Iterator[str]:
    """Yield an ordered list of events with their claims; `left_out` says how many events are not in it."""
    yield "<ol>\n"
    for event in events:
        yield f"<li><h2>{escaped(event.title)}</h2>\n<p>{' · '.join(_facts(event))}</p>\n"
        if event.summary:
            yield f"<p>{escaped(event.summary)}</p>\n"
        if event.claims:
            claims = "".join(_claim(claim, sources.get(claim.source)) for claim in event.claims[:_CLAIMS])
            yield f"<ul>\n{claims}{_rest(len(event.claims) - _CLAIMS, 'claims')}</ul>\n"
        yield "</li>\n"
    yield f"{_rest(left_out, 'events; the page shows them when scripts are allowed')}</ol>\n"


def _facts(event: Event) -> Iterator[str]:
    yield escaped(date_words(event.when)) if event.when else "undated"
    if event.place:
        yield escaped(event.place)
    if event.quantity is not None:
        yield escaped(describe_quantity(event.quantity))
    for part in event.actors:
        yield escaped(part.name)


def _claim(claim: Claim, source: Source | None) -> str:
    said = f"<q>{escaped(claim.quote)}</q> " if claim.quote else ""
    manner = "" if claim.stance == "supports" else f"({escaped(claim.stance)} this) "
    retracted = "(retracted) " if claim.retracted else ""
    chain = " › ".join(escaped(name) for name in (*(hop.name for hop in claim.chain), _title(source)) if name)
    return f"<li>{said}{manner}{retracted}{chain}{_link(source)}</li>\n"


def _title(source: Source | None) -> str:
    if source is None:
        return ""
    return f"{source.title}, {source.publisher}" if source.publisher else source.title


def _link(source: Source | None) -> str:
    address = web_address(source.url) if source else None
    if address is None:
        return ""
    host = escaped(urlsplit(address).hostname or "")
    return f' <a href="{escaped(address)}" rel="noopener noreferrer nofollow">{host}</a>'


def _rest(count: int, what: str) -> str:
    return f"<li>and {count:,} more {what}</li>\n" if count > 0 else ""
