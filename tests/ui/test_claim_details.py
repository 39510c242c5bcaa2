"""What one source says differently, in the form: folded away, read as in its source, kept in drafts."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from viewer.domain.dates import from_edtf, read_date
from viewer.domain.quantities import Quantity
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event, Hop
from viewer.ui.forms.claim_block import ClaimBlock
from viewer.ui.forms.entry import Choices, EventChoice, SourceChoice
from viewer.ui.forms.event_form import EventForm

DEPLOYMENT = BUILT_IN_KINDS[0]
CHOICES = Choices(
    kinds=BUILT_IN_KINDS,
    actors=(),
    places=(),
    sources=(
        SourceChoice("s1", "Known article", "The Paper", "fr", read_date("Feb 2025")),
        SourceChoice("s2", "Other article", None, "en", read_date("Mar 2023")),
    ),
    events=(EventChoice("d1", "Soldiers come by train"),),
    text_of={}.get,
    statements=(EventChoice("t1", "Minister speaks"), EventChoice("t2", "Spokesman denies")),
)
PLAIN = Claim(uid="c1", source="s1", quote="words")


@pytest.fixture
def form(qtbot, dressed):
    made = EventForm(CHOICES)
    qtbot.addWidget(made)
    qtbot.held = made
    made.resize(380, 800)
    made.show()
    return made


def edit(form, *claims):
    event = Event(uid="e", kind="deployment", title="Titled", claims=claims)
    form.start_edit(event)
    return event


def find(form, name):
    found = form.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(qtbot, form, name):
    qtbot.mouseClick(find(form, name), Qt.MouseButton.LeftButton)


def write(qtbot, form, name, text):
    widget = find(form, name)
    widget.setFocus()
    qtbot.keyClicks(widget, text)
    return widget


def saved(qtbot, form):
    with qtbot.waitSignal(form.submitted) as signal:
        press(qtbot, form, "save")
    return signal.args[0].event.claims


def test_the_details_are_folded_until_they_are_asked_for(qtbot, form):
    edit(form, PLAIN)
    assert form.findChild(QWidget, "claim_0_when") is None
    press(qtbot, form, "claim_0_details")
    assert QApplication.focusWidget() is find(form, "claim_0_when")
    assert not form.is_dirty()
    assert saved(qtbot, form) == (PLAIN,)


def test_a_date_and_a_number_of_its_own_are_read_as_in_its_source(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    write(qtbot, form, "claim_0_when", "vendredi dernier")
    write(qtbot, form, "claim_0_quantity_text", "trois mille soldats")
    (claim,) = saved(qtbot, form)
    assert (claim.when.text, claim.when.language) == ("vendredi dernier", "fr")
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.measure) == (3000, 3000, "deployed")
    assert replace(claim, when=None, quantity=None) == PLAIN


def test_another_source_reads_the_wording_anew(qtbot, form):
    edit(form, replace(PLAIN, source="s2"))
    press(qtbot, form, "claim_0_details")
    write(qtbot, form, "claim_0_when", "in May")
    line = find(form, "claim_0_source")
    line.clear()
    write(qtbot, form, "claim_0_source", "Known article")
    (claim,) = saved(qtbot, form)
    assert claim.source == "s1"
    assert claim.when.edtf == read_date("in May", reference=read_date("Feb 2025"), language="fr").edtf


@pytest.mark.parametrize(
    "told",
    [
        {"when": from_edtf("2024-10", text="en octobre")},
        {"quantity": Quantity(low=None, high=3000, qualifier="at_most", unit="soldiers")},
        {"statement": "t1"},
        {"statement": "gone"},
        {"retracted": True},
    ],
)
def test_a_claim_that_says_something_of_its_own_comes_unfolded_and_unchanged(qtbot, form, told):
    claim = replace(PLAIN, **told)
    edit(form, claim)
    assert find(form, "claim_0_when").isVisible()
    assert not find(form, "claim_0_details").isVisible()
    assert not form.is_dirty()
    assert saved(qtbot, form) == (claim,)


def test_a_statement_is_chosen_by_its_title_and_only_one(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    for title in ("Minister speaks", "Spokesman denies"):
        qtbot.keyClick(write(qtbot, form, "claim_0_statement", title), Qt.Key.Key_Return)
    (claim,) = saved(qtbot, form)
    assert claim.statement == "t2"
    qtbot.keyClick(find(form, "claim_0_statement_pill_0"), Qt.Key.Key_Delete)
    assert saved(qtbot, form)[0].statement is None


def test_what_is_no_statement_is_refused(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    write(qtbot, form, "claim_0_statement", "Soldiers come by train")
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, form, "save")
    assert "There is none of this name" in find(form, "claim_0_statement_echo").text()


def test_a_claim_is_retracted_and_counted_again(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    press(qtbot, form, "claim_0_retracted")
    assert saved(qtbot, form) == (replace(PLAIN, retracted=True),)
    press(qtbot, form, "claim_0_retracted")
    assert saved(qtbot, form) == (PLAIN,)


def test_a_date_that_cannot_be_read_stops_once_and_can_be_kept(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    write(qtbot, form, "claim_0_when", "31 June 2024")
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, form, "save")
    assert QApplication.focusWidget() is find(form, "claim_0_when")
    with qtbot.waitSignal(form.submitted) as signal:
        press(qtbot, form, "claim_0_when_keep")
    (claim,) = signal.args[0].event.claims
    assert (claim.when.text, claim.when.edtf) == ("31 June 2024", None)


def test_a_draft_keeps_the_details(qtbot, form):
    event = edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    write(qtbot, form, "claim_0_when", "half a da")
    qtbot.keyClick(write(qtbot, form, "claim_0_statement", "Minister speaks"), Qt.Key.Key_Return)
    draft = json.loads(json.dumps(form.data()))
    form.start_edit(event)
    form.restore(draft)
    assert form.data() == draft
    assert find(form, "claim_0_when").text() == "half a da"


def test_every_hop_has_a_verb_of_its_own(qtbot, form):
    edit(form, replace(PLAIN, chain=(Hop(name="A witness", anonymous=True), Hop(name="An agency"))))
    for place, verb in enumerate(("saw", "wired")):
        qtbot.keyClick(find(form, f"claim_0_chain_pill_{place}"), Qt.Key.Key_Return)
        write(qtbot, form, "claim_0_chain_verb", verb)
        qtbot.keyClick(find(form, "claim_0_chain_verb"), Qt.Key.Key_Return)
    (claim,) = saved(qtbot, form)
    assert [(hop.name, hop.anonymous, hop.verb) for hop in claim.chain] == [
        ("A witness", True, "saw"),
        ("An agency", None, "wired"),
    ]


def test_tab_goes_from_the_note_through_the_details_to_the_next_claim(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    find(form, "claim_0_note").setFocus()
    names = []
    for _ in range(14):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    wanted = ["claim_0_when", "claim_0_quantity_text", "claim_0_statement", "claim_0_retracted", "add_claim"]
    assert [name for name in names if name in wanted] == wanted


def test_the_details_do_not_widen_the_sheet(qtbot, form):
    edit(form, PLAIN)
    press(qtbot, form, "claim_0_details")
    area = form.findChild(QScrollArea)
    qtbot.wait(1)
    for part in area.widget().findChildren(QWidget):
        if part.isVisible():
            assert part.mapTo(area.widget(), QPoint(part.width(), 0)).x() <= area.widget().width()
    assert area.widget().width() <= area.viewport().width()


def test_very_many_claims_come_in_portions_and_all_are_kept(qtbot, form):
    claims = tuple(Claim(uid=f"c{number}", source="s1", quote=f"words {number}") for number in range(10_000))
    started = time.monotonic()
    event = edit(form, *claims)
    assert time.monotonic() - started < 3
    assert len(form.findChildren(ClaimBlock)) == 10
    write(qtbot, form, "claim_0_note", "read")
    assert saved(qtbot, form) == (replace(claims[0], note="read"), *claims[1:])
    press(qtbot, form, "more_claims")
    assert len(form.findChildren(ClaimBlock)) == 20
    write(qtbot, form, "claim_15_note", "read too")
    draft = json.loads(json.dumps(form.data()))
    form.start_edit(event)
    form.restore(draft)
    after = saved(qtbot, form)
    assert (after[0].note, after[15].note, len(after)) == ("read", "read too", 10_000)
    assert [claim.uid for claim in after] == [claim.uid for claim in claims]
