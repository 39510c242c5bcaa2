"""PROV-JSON, written: read by the W3C model's own library, and each statement the one that is meant."""

from __future__ import annotations

import json

import pytest
from builders import a_claim, a_source, an_event
from formats.outgoing_records import documents, outgoing, written
from hypothesis import given, settings

from viewer.domain.records import Hop
from viewer.formats.exports.prov_writing import FORMAT


def told(*events, sources):
    return json.loads(written(FORMAT, outgoing(sources, events))[0])


def relations(document, sort, *keys):
    return {tuple(each[key].partition(":")[2] for key in keys) for each in document[sort].values()}


def derived(document, how=None):
    found = [
        (each["prov:generatedEntity"].partition(":")[2], each["prov:usedEntity"].partition(":")[2])
        for each in document["wasDerivedFrom"].values()
        if each.get("prov:type", {}).get("$") == how
    ]
    return set(found)


def test_a_claim_goes_back_to_its_quote_source_and_original():
    sources = (a_source(uid="wire"), a_source(uid="copy", derived_from="wire"))
    claim = a_claim(sources[1], uid="c", statement="s")
    document = told(an_event(uid="e", claims=(claim,)), an_event(uid="s"), sources=sources)
    assert derived(document, "prov:Quotation") == {("quote/c", "source/copy")}
    assert derived(document, "prov:PrimarySource") == {("claim/c", "source/wire")}
    assert derived(document) == {
        ("claim/c", "quote/c"), ("claim/c", "event/s"), ("source/copy", "source/wire"),
    }  # fmt: skip
    assert relations(document, "hadMember", "prov:collection", "prov:entity") == {("event/e", "claim/c")}


def test_everyone_in_a_chain_is_an_agent_and_the_anonymous_are_apart():
    source = a_source(uid="s")
    chain = (Hop(name="two officials", anonymous=True, verb="said"), Hop(name="An  agency"))
    claims = [a_claim(source, uid=uid, chain=chain) for uid in ("a", "b")]
    document = told(an_event(claims=tuple(claims)), sources=(source,))
    assert relations(document, "wasAttributedTo", "prov:entity", "prov:agent") == {
        ("claim/a", "anonymous/a/0"), ("claim/b", "anonymous/b/0"),
        ("claim/a", "agent/An%20agency"), ("claim/b", "agent/An%20agency"),
    }  # fmt: skip
    assert document["agent"]["dateline:anonymous/a/0"] == {"prov:label": "two officials"}


def test_the_stored_texts_are_left_out_and_told():
    assert written(FORMAT, outgoing((a_source(text="x"), a_source(text=None)), ()))[1] == [
        ("texts of sources", 1)
    ]


@settings(max_examples=40)
@given(documents())
def test_the_model_of_the_w3c_reads_whatever_is_written(document):
    model = pytest.importorskip("prov.model")
    data, _ = written(FORMAT, document)
    found = model.ProvDocument.deserialize(content=data.decode(), format="json")
    entities = list(found.get_records(model.ProvEntity))
    events, sources = list(document.events()), list(document.sources())
    claims = [claim for event in events for claim in event.claims]
    quotes = sum(bool(claim.quote) for claim in claims)
    assert len(entities) == len(events) + len(sources) + len(claims) + quotes
    assert len(list(found.get_records(model.ProvMembership))) == len(claims)
