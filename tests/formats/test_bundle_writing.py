"""The bundle, written piece by piece: the same text as if it were written at once."""

from __future__ import annotations

import json
from dataclasses import replace

from builders import a_source, an_event
from formats.outgoing_records import documents, outgoing, written
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import json_values

from viewer.formats.bundle_writing import bundle_text
from viewer.formats.exports.bundle import FORMAT


@settings(max_examples=60)
@given(documents(), st.dictionaries(st.sampled_from(["events", "sources", "views", "x"]), json_values))
def test_the_pieces_are_the_text_of_one_object(document, extra):
    text = "".join(bundle_text(replace(document, extra=extra)))
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" == text
    assert written(FORMAT, replace(document, extra=extra)) == (text.encode(), [])


def test_what_is_kept_beside_the_lists_stands_at_their_end():
    document = outgoing(
        (a_source(),), (an_event(),), extra={"events": [5], "sources": ["odd"], "title": "kept"}
    )
    told = json.loads("".join(bundle_text(document)))
    assert (told["events"][1:], told["sources"][1:], told["title"]) == ([5], ["odd"], "kept")


def test_records_are_asked_for_one_at_a_time():
    asked = []

    def events():
        for number in range(3):
            asked.append(number)
            yield an_event(uid=f"e{number}")

    pieces = bundle_text(replace(outgoing(), events=events))
    met = [len(asked) for piece in pieces if '"uid": "e' in piece]
    assert met == [1, 2, 3]
