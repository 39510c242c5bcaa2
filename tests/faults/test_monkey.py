"""Random events at the real window: no error, no warning of Qt, the process lives, and the document is clean."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import a_bundle, raw_event
from faults.harness import all_apart, make_document, opened_clean


def monkeys(seeds, events):
    """Let a monkey play for so many events for each seed; return the figures."""
    results = all_apart(_play, [(seed, events) for seed in seeds], timeout=36_000, at_once=3)
    failures = [
        f"seed {seed}, {failure}"
        for seed, (_, found) in zip(seeds, results, strict=True)
        for failure in found
    ]
    assert not failures, "\n".join(failures[:10])
    return dict(sum((Counter(figures) for figures, _ in results), Counter()))


def _play(seed, events):
    from faults import monkey

    with TemporaryDirectory() as folder:
        path = make_document(Path(folder, "k.dateline"))
        (Path(folder) / "good.json").write_bytes(a_bundle(events=[raw_event(title="Brought in")]))
        (Path(folder) / "bad.json").write_bytes(b'{"format": ')
        figures, failures, _ = monkey.run(path, seed, events)
        with opened_clean(path) as document:
            figures["edits made"] = len(document.store.edits())
    return figures, failures


@pytest.mark.timeout(1800)
def test_fault_59_three_times_20000_random_events_raise_and_warn_of_nothing():
    figures = monkeys((1, 2, 3), 20_000)
    assert figures["events"] >= 60_000
    assert figures["edits made"] > 30
