"""Records and bundles with defaults, for tests that care about one field at a time."""

from __future__ import annotations

import itertools
import json

from viewer.domain.records import Claim, Event, Source

_numbers = itertools.count(1)

TEXT = "First line.\nSome 3,000 soldiers came by train, two officials said.\nLast line."
QUOTE = "Some 3,000 soldiers came by train"
SPAN = (12, 12 + len(QUOTE))


def fresh(word):
    """A uid that no other record of this run has."""
    return f"{word}-{next(_numbers):04d}"


def an_event(**fields):
    return Event(**{"uid": fresh("event"), "kind": "deployment", "title": "Soldiers come by train", **fields})


def a_source(**fields):
    return Source(**{"uid": fresh("source"), "title": "A daily paper", "text": TEXT, **fields})


def a_claim(source, **fields):
    """A claim of a source, given as a record or by its uid."""
    uid = source if isinstance(source, str) else source.uid
    return Claim(**{"uid": fresh("claim"), "source": uid, "quote": QUOTE, "span": SPAN, **fields})


def a_bundle(**members):
    """The bytes of a bundle; events and sources are the raw objects below or what a test makes of them."""
    return json.dumps({"format": "dateline", "version": 1, **members}, ensure_ascii=False, indent=1).encode()


def raw_event(**fields):
    return {"uid": fresh("event"), "kind": "deployment", "title": "Soldiers come by train", **fields}


def raw_source(**fields):
    return {"uid": fresh("source"), "title": "A daily paper", "text": TEXT, **fields}


def raw_claim(source, **fields):
    return {"uid": fresh("claim"), "source": source, "quote": QUOTE, "span": list(SPAN), **fields}


def bundle_file(folder, name="in.json", **members):
    """The path of a bundle that was written into a folder."""
    path = folder / name
    path.write_bytes(a_bundle(**members))
    return path
