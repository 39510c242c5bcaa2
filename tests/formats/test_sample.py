"""The bundled sample: a digest in our own words whose quotes, dates and links hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"

BOUNDS = {
    "2024-08": ("2024-08-01", "2024-08-31"),
    "2024-08-06": ("2024-08-06", "2024-08-06"),
    "2024-10": ("2024-10-01", "2024-10-31"),
    "[..2024-10-31]": (None, "2024-10-31"),
    "[2025-01-01..2025-01-10]": ("2025-01-01", "2025-01-10"),
    "[2025-01..2025-02]": ("2025-01-01", "2025-02-28"),
    "[2025-02-01..2025-02-07]": ("2025-02-01", "2025-02-07"),
    "[2025-02-01..2025-02-10]": ("2025-02-01", "2025-02-10"),
    "[2025-02-11..2025-02-20]": ("2025-02-11", "2025-02-20"),
    "2025-02-19": ("2025-02-19", "2025-02-19"),
}


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    path = ROOT / "resources" / "sample" / "kursk.json"
    bundle: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return bundle


def claims(sample: dict[str, Any]) -> list[dict[str, Any]]:
    return [claim for event in sample["events"] for claim in event["claims"]]


def texts(sample: dict[str, Any]) -> dict[str, str]:
    return {source["uid"]: source["text"] for source in sample["sources"]}


def test_sixteen_events_of_three_kinds_half_of_them_undated(sample: dict[str, Any]) -> None:
    kinds = Counter(event["kind"] for event in sample["events"])
    assert kinds == {"deployment": 6, "withdrawal": 2, "statement": 8}
    assert sum(event.get("when") is None for event in sample["events"]) == 8


def test_titles_fit_beside_their_marks(sample: dict[str, Any]) -> None:
    assert [event["title"] for event in sample["events"] if len(event["title"]) > 48] == []


def test_every_quote_is_the_text_at_its_span(sample: dict[str, Any]) -> None:
    stored = texts(sample)
    for claim in claims(sample):
        start, end = claim["span"]
        assert stored[claim["source"]][start:end] == claim["quote"]


def test_every_wording_stands_in_a_source_that_is_cited_for_it(sample: dict[str, Any]) -> None:
    stored = texts(sample)
    for event in sample["events"]:
        cited = [stored[claim["source"]] for claim in event["claims"]]
        for fuzzy in (event.get("when"), event.get("quantity")):
            assert fuzzy is None or any(fuzzy["text"] in text for text in cited)
        for claim in event["claims"]:
            for fuzzy in (claim["when"], claim["quantity"]):
                assert fuzzy is None or fuzzy["text"] in stored[claim["source"]]


def test_bounds_agree_with_the_edtf(sample: dict[str, Any]) -> None:
    whens = [event.get("when") for event in sample["events"]] + [claim["when"] for claim in claims(sample)]
    dated = [when for when in whens if when is not None]
    assert {when["edtf"] for when in dated} == set(BOUNDS)
    for when in dated:
        assert (when["earliest"], when["latest"]) == BOUNDS[when["edtf"]]


def test_uids_are_unique_and_references_arrive(sample: dict[str, Any]) -> None:
    records = [*sample["sources"], *sample["actors"], *sample["places"], *sample["events"], *claims(sample)]
    uids = [record["uid"] for record in records]
    assert len(set(uids)) == len(uids)
    events = {event["uid"] for event in sample["events"]}
    assert {link["to"] for event in sample["events"] for link in event["links"]} <= events
    assert {claim["statement"] for claim in claims(sample) if "statement" in claim} <= events
    for named in (sample["actors"], sample["places"]):
        names = {record["name"] for record in named}
        assert {record["parent"] for record in named if "parent" in record} <= names


def test_it_shows_rivals_a_dispute_and_an_anonymous_origin(sample: dict[str, Any]) -> None:
    stances = Counter(claim["stance"] for claim in claims(sample))
    assert stances["disputes"] == 1
    assert any(hop["anonymous"] for claim in claims(sample) for hop in claim["chain"])
    rivals = [
        event for event in sample["events"] if len({repr(claim["when"]) for claim in event["claims"]}) > 1
    ]
    assert rivals


def test_it_says_that_it_is_a_digest(sample: dict[str, Any]) -> None:
    digest, note = sample["sources"]
    assert digest["title"].startswith("Condensé de presse écrit pour Dateline")
    assert digest["medium"] == "digest"
    assert "written for Dateline" in note["title"]
    assert "digest" in sample["title"]
    assert "not a source to cite" in sample["note"]
    assert not any(source.get("url") for source in sample["sources"])


def strings(value: Any) -> Iterator[str]:
    """Every text in a bundle, without names and without what only machines read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"name", "aliases", "uid", "edtf", "earliest", "latest"}:
                yield from strings(item)


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.skipif(not SEED.is_dir(), reason="the real input is not beside this checkout")
def test_no_run_of_six_words_is_shared_with_the_real_input(sample: dict[str, Any]) -> None:
    article = (SEED / "article.fr.txt").read_text(encoding="utf-8")
    seed = json.loads((SEED / "kursk.json").read_text(encoding="utf-8"))
    theirs = set().union(*(runs(text, 6) for text in [article, *strings(seed)]))
    ours = set().union(*(runs(text, 6) for text in strings(sample)))
    assert theirs
    assert ours & theirs == set()
