"""What falls if a source falls: every event and count, before anything is changed; then one edit, or none."""

from __future__ import annotations

import pytest
from builders import a_claim, a_source, an_event
from PySide6.QtCore import Qt
from sources_bench import Bench

from viewer.domain.dates import from_edtf
from viewer.domain.quantity_phrases import read_quantity
from viewer.domain.records import Hop


@pytest.fixture
def bench(dressed, document, qtbot):
    for uid in ("agency", "copy", "own"):
        document.save_source(
            a_source(uid=uid, title=uid.title(), reliability="B", text=f"The text of {uid}.")
        )
    document.save_source(
        a_source(uid="copy", title="Copy", reliability="C", derived_from="agency", text="The text of copy.")
    )
    document.save_event(
        an_event(
            title="Only the agency",
            claims=(
                a_claim(
                    "agency",
                    chain=(Hop(name="The agency"),),
                    quantity=read_quantity("3,000 soldiers"),
                    when=from_edtf("2025-02"),
                ),
            ),
        )
    )
    document.save_event(
        an_event(
            title="Agency and own",
            claims=(
                a_claim("agency", chain=(Hop(name="The agency"),), when=from_edtf("2025-01")),
                a_claim("own", chain=(Hop(name="An official"),), when=from_edtf("2025-03")),
            ),
        )
    )
    document.save_event(
        an_event(title="Own alone", claims=(a_claim("own", chain=(Hop(name="An official"),)),))
    )
    made = Bench(document, qtbot)
    yield made
    made.desk.stop()


def by_event(bench):
    return {row[0]: row[1:] for row in bench.rows("impact_table")}


def test_the_preview_lists_exactly_what_changes_before_and_after(bench):
    bench.desk.retract("agency")
    rows = by_event(bench)
    assert rows.keys() == {"Only the agency", "Agency and own"}
    lost, reports, origins, _, _, gone = rows["Only the agency"]
    assert (lost, reports, origins) == ("loses all support", "1 → 0", "1 → 0")
    assert "3,000" in gone
    assert "February 2025" in gone or "Feb 2025" in gone
    lost, reports, origins, _, conflicts, _ = rows["Agency and own"]
    assert (lost, reports, origins, conflicts) == ("loses an origin", "2 → 1", "2 → 1", "1 → 0")
    assert bench.says("impact_what") == "2 claims will no longer count; 2 events change."


def test_nothing_changes_before_it_is_applied(bench, document):
    before = document.store.dump()
    bench.desk.retract("agency")
    assert document.store.dump() == before
    bench.click("impact_cancel")
    assert document.store.dump() == before
    bench.desk.retract("agency")
    bench.wait_for("impact_table")
    bench.press(Qt.Key.Key_Escape)
    assert document.store.dump() == before
    assert not bench.sees("impact_table")


def test_applied_by_the_keyboard_with_a_reason_and_undone(bench, document):
    before, edits = document.store.dump(), len(document.store.edits())
    bench.desk.retract("agency")
    bench.wait_for("impact_table")
    bench.type("They took it back")
    bench.press(Qt.Key.Key_Return)
    assert len(document.store.edits()) == edits + 1
    assert document.store.edits()[-1].reason == "They took it back"
    assert {s.brief.uid for s in document.source_list() if s.is_retracted} == {"agency"}
    assert bench.says("notice_text") == "Retracted “Agency”."
    bench.click("notice_action_0")
    assert document.store.dump() == before


def test_a_downgrade_names_the_events_that_rest_on_it(bench, document):
    bench.desk.grade("agency", "E")
    assert bench.says("impact_heading") == "Grade “Agency”: B → E"
    assert "unreliable" in bench.says("impact_what")
    assert "2 events rest on it" in bench.says("impact_what")
    assert {row[0] for row in by_event(bench).values()} == {"graded lower"}
    bench.click("impact_apply")
    assert document.store.source("agency").reliability == "E"


def test_copies_that_stay_are_said(bench, document):
    document.save_event(an_event(title="Copied", claims=(a_claim("copy"), a_claim("agency"))))
    bench.desk.retract("agency")
    assert bench.says("impact_copies") == "1 claim in a copy of it stays."


def test_a_source_that_no_event_rests_on_is_graded_without_a_question(bench, document):
    document.save_source(a_source(uid="alone", title="Alone", reliability="A"))
    bench.desk.grade("alone", "F")
    assert document.store.source("alone").reliability == "F"
    assert not bench.sees("impact_table")


def test_titles_of_strangers_are_shown_as_they_are(bench, document):
    document.save_source(a_source(uid="x", title="<b>bold</b> & [*]", text="x"))
    document.save_event(an_event(title="<i>x</i>", claims=(a_claim("x"),)))
    bench.desk.retract("x")
    assert bench.says("impact_heading") == "Retract “<b>bold</b> & [*]”"
    assert bench.rows("impact_table")[0][0] == "<i>x</i>"


def test_ten_thousand_events_open_without_a_stall(dressed, qtbot):
    import time

    from viewer.domain.impact import Affected, Impact, SourceChange
    from viewer.domain.provenance import Origin, Standing
    from viewer.ui.sources.impact_dialog import ImpactDialog

    before = Standing(reports=2, origins=(Origin("A", ("c",)), Origin("B", ("d",))))
    affected = tuple(
        Affected(
            uid=f"e{n}", title=f"Event {n}", lost="loses an origin", before=before, after=Standing(reports=1),
            conflicts_before=(), conflicts_after=(), numbers=(), dates=(), going_back=(),
        )
        for n in range(10_000)
    )  # fmt: skip
    found = Impact(
        change=SourceChange(source="s", retract=True),
        affected=affected,
        retracted=(("e0", "c"),),
        going_back=(),
    )
    began = time.monotonic()
    dialog = ImpactDialog(found, "A source", None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.grab()
    assert time.monotonic() - began < 1
