"""What is asked of sources without reading their texts."""

from __future__ import annotations

from builders import a_bundle, raw_source

from viewer.storage.source_queries import titles_of


def test_titles_are_those_of_the_sources_that_are_asked_for_in_their_order(document):
    sources = [raw_source(uid=f"s{number}", title=f"Source {number}", text=None) for number in range(1_200)]
    document.import_files([("sources.json", a_bundle(sources=sources))])
    ids = {brief.uid: brief.id for brief in document.store.source_briefs()}
    wanted = [*sorted(ids.values())[:1_199:2], max(ids.values()) + 1]
    titles = {brief.id: (brief.uid, brief.title) for brief in document.store.source_briefs()}
    assert len(wanted) == 601
    assert titles_of(document.store, wanted) == [titles[each] for each in wanted[:-1]]
    assert titles_of(document.store, []) == []
