"""The inspector says how origins were counted and what clashes, takes decisions, and shows very many claims."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QScrollArea, QWidget

from viewer.domain.dates import from_edtf, read_date
from viewer.domain.provenance import context_of
from viewer.domain.quantities import Quantity
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event, Hop, Part, Source
from viewer.ui.elided import ElidedLabel
from viewer.ui.flow_text import FlowText
from viewer.ui.inspector import Inspector
from viewer.ui.inspector.claim_card import ClaimCard
from viewer.ui.text import PlainLabel

KINDS = {kind.name: kind for kind in BUILT_IN_KINDS}
PAPER = Source(uid="paper", title="Paper", reliability="B")
AGENCY = Source(uid="agency", title="Agency wire", reliability="D")
SOLDIERS = [Quantity(low=number, high=number, unit="soldiers", measure="deployed") for number in (3000, 9000)]


@pytest.fixture
def inspector(dressed, qtbot):
    widget = Inspector()
    qtbot.addWidget(widget)
    widget.resize(340, 700)
    widget.show()
    widget.activateWindow()
    return widget


def put(inspector, *claims, statements=(), later=0, **fields):
    event = Event(
        **{"uid": "e", "kind": "deployment", "title": "Titled", "claims": claims, "id": 7, **fields}
    )
    show(inspector, event, statements=statements, later=later)
    return event


def show(inspector, event, *, statements=(), later=0):
    inspector.show_event(
        event,
        kind=KINDS[event.kind],
        sources={source.uid: source for source in (PAPER, AGENCY)},
        context=context_of((PAPER, AGENCY), events=statements),
        later=later,
    )


def a_claim(uid, source="paper", *chain, **fields):
    hops = tuple(Hop(name=name) for name in chain)
    return Claim(uid=uid, source=source, chain=hops, **{"quote": f"words of {uid}", **fields})


def text_of(inspector, name):
    view = inspector.findChild(FlowText, name)
    return None if view is None else view.shown_text().replace("\u00a0", " ")


def click(qtbot, inspector, name):
    button = inspector.findChild(QAbstractButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def viewport(inspector):
    return inspector.findChild(QScrollArea, "inspector_scroll").viewport()


def seen(inspector, name):
    """Whether a widget lies, at least with its head, in the visible part."""
    widget = inspector.findChild(QWidget, name)
    if widget is None:
        return False
    return 0 <= top_of(inspector, widget) < viewport(inspector).height()


def top_of(inspector, widget):
    """How far below the top of the visible part a widget begins."""
    return widget.mapTo(viewport(inspector), QPoint(0, 0)).y()


# Standing


def test_the_bar_counts_and_how_it_was_counted_is_one_click_away(inspector, qtbot):
    anonymous = replace(a_claim("c3"), chain=(Hop(name="two sources", anonymous=True),))
    put(inspector, a_claim("c0", "paper", "Ministry"), a_claim("c1", "agency", "ministry"), a_claim("c2"),
        anonymous)  # fmt: skip
    assert text_of(inspector, "inspector_standing") == "4 reports · 1 origin · 2 not established"
    assert text_of(inspector, "counted_why_0") is None
    click(qtbot, inspector, "standing_counted")
    assert text_of(inspector, "counted_why_0") == "named as the origin"
    assert text_of(inspector, "counted_why_1") == "named as the origin"
    assert text_of(inspector, "counted_why_2") == "no origin is recorded"
    assert text_of(inspector, "counted_why_3") == "the origin, “two sources”, is anonymous"
    click(qtbot, inspector, "standing_counted")
    assert not inspector.findChild(QWidget, "counted").isVisible()


def test_how_it_was_counted_is_reached_and_left_by_keyboard(inspector, qtbot):
    put(inspector, *(a_claim(f"c{number}", "paper", "Ministry") for number in range(20)))
    button = inspector.findChild(QAbstractButton, "standing_counted")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
    assert inspector.focusWidget().objectName() == "counted_claim_0"
    qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
    assert inspector.focusWidget().objectName() == "counted_claim_2"
    qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Space)
    assert inspector.focusWidget().objectName() == "claim_2_copy"
    assert seen(inspector, "claim_2")


def test_of_very_many_origins_the_first_are_told(inspector, qtbot):
    put(inspector, *(a_claim(f"c{number}", "paper", f"Name {number}") for number in range(300)))
    click(qtbot, inspector, "standing_counted")
    assert text_of(inspector, "counted_why_19") is not None
    assert text_of(inspector, "counted_why_20") is None
    shown = [view.shown_text() for view in inspector.findChild(QWidget, "counted").findChildren(FlowText)]
    assert "and 280 more origins" in shown


def test_an_event_without_reports_counts_nothing(inspector):
    put(inspector)
    assert text_of(inspector, "inspector_standing") == "No report says so yet."
    assert not inspector.findChild(QAbstractButton, "standing_counted").isVisible()
    assert inspector.findChild(QAbstractButton, "inspector_graph") is None


@pytest.mark.parametrize(("later", "says"), [(1, "1 claim came later"), (2, "2 claims came later")])
def test_what_came_later_is_said(inspector, later, says):
    put(inspector, a_claim("c"), later=later)
    assert inspector.findChild(PlainLabel, "inspector_later").text() == says
    put(inspector, a_claim("c"))
    assert inspector.findChild(PlainLabel, "inspector_later") is None


# Retraction


def test_a_retracted_claim_stays_struck_through_and_counts_nowhere(inspector):
    put(inspector, a_claim("c0", "paper", "Ministry"), a_claim("c1", "agency", "Other", retracted=True))
    assert text_of(inspector, "inspector_standing") == "1 report · 1 origin"
    assert text_of(inspector, "claim_1_manner") == "retracted"
    assert struck(inspector, "claim_1_quote") == "words of c1"
    assert struck(inspector, "claim_0_quote") == ""


def struck(inspector, name):
    """What of a text is struck through."""
    document = inspector.findChild(FlowText, name).text_document()
    found, block = "", document.begin()
    while block.isValid():
        for piece in block.textFormats():
            if piece.format.fontStrikeOut():
                found += block.text()[piece.start : piece.start + piece.length]
        block = block.next()
    return found


@pytest.mark.parametrize("retracted", [False, True])
def test_a_claim_is_retracted_and_counted_again_from_its_menu(inspector, qtbot, retracted):
    put(inspector, a_claim("c0"), a_claim("c1", retracted=retracted))
    click(qtbot, inspector, "claim_1_menu")
    menu = inspector.findChild(QMenu)
    (action,) = menu.actions()
    assert action.text() == ("Let this claim count again" if retracted else "Retract this claim")
    with qtbot.waitSignal(inspector.retraction_requested) as heard:
        action.trigger()
    assert heard.args == [7, "c1", not retracted]
    menu.close()


# Conflicts


def rivals():
    return (
        a_claim("oct", "paper", "Ministry", when=from_edtf("2024-10"), quantity=SOLDIERS[0], credibility=2),
        a_claim("dec", "agency", "Army", when=from_edtf("2024-12"), quantity=SOLDIERS[1]),
        a_claim("against", "agency", stance="disputes"),
    )


def test_rival_claims_stand_side_by_side_with_source_and_grade(inspector):
    put(inspector, *rivals())
    words = text_of(inspector, "conflict_0_words")
    assert words == "Two claims give dates that cannot both hold: Oct 2024 against Dec 2024."
    values = [inspector.findChild(ElidedLabel, f"conflict_0_value_{row}").full_text() for row in (0, 1)]
    assert values == ["Oct 2024", "Dec 2024"]
    where = inspector.findChild(QAbstractButton, "conflict_0_claim_1")
    assert where.accessibleName() == "Dec 2024, Agency wire"
    numbers = [inspector.findChild(ElidedLabel, f"conflict_1_value_{row}").full_text() for row in (0, 1)]
    assert numbers == ["3,000 soldiers", "9,000 soldiers"]
    stances = [inspector.findChild(ElidedLabel, f"conflict_2_value_{row}").full_text() for row in (0, 1)]
    assert stances == ["disputes this", "supports this"]
    table = inspector.findChild(QWidget, "conflict_0")
    assert "B2" in [label.text() for label in table.findChildren(PlainLabel)]


def test_claims_that_agree_have_no_table(inspector):
    put(inspector, a_claim("a", when=from_edtf("2024-10")), a_claim("b", when=from_edtf("2024-10-05")))
    assert inspector.findChild(QWidget, "conflict_0") is None


def test_a_click_on_a_rival_goes_to_its_card(inspector, qtbot):
    many = [a_claim(f"c{number}", "paper", "Ministry") for number in range(40)]
    put(inspector, *many, *rivals())
    assert not seen(inspector, "claim_41")
    click(qtbot, inspector, "conflict_0_claim_1")
    assert seen(inspector, "claim_41")
    assert inspector.findChild(QWidget, "claim_41").property("selected") is True


def test_of_very_many_rivals_both_sides_are_shown_and_the_rest_counted(inspector):
    against = [a_claim(f"a{number}", stance="disputes") for number in range(100)]
    put(inspector, *against, a_claim("for", "agency"))
    stances = [inspector.findChild(ElidedLabel, f"conflict_0_value_{row}").full_text() for row in range(6)]
    assert stances == ["disputes this"] * 5 + ["supports this"]
    table = inspector.findChild(QWidget, "conflict_0")
    assert "and 95 more" in [label.text() for label in table.findChildren(PlainLabel)]


# Decisions


def test_a_claims_date_is_taken_as_the_events_own_with_a_reason(inspector, qtbot):
    oct_, *_ = rivals()
    put(inspector, oct_, when=from_edtf("2024-11"))
    click(qtbot, inspector, "claim_0_take_when")
    line = inspector.findChild(QLineEdit, "claim_0_take_when_reason")
    assert inspector.focusWidget() is line
    assert not inspector.findChild(QAbstractButton, "claim_0_take_when_record").isEnabled()
    qtbot.keyClicks(line, "  Two documents agree. ")
    with qtbot.waitSignal(inspector.decision_requested) as heard:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard.args == [7, "when", oct_.when, "Two documents agree."]


def test_a_claims_number_is_taken_by_mouse(inspector, qtbot):
    oct_, *_ = rivals()
    put(inspector, oct_)
    click(qtbot, inspector, "claim_0_take_quantity")
    qtbot.keyClicks(inspector.focusWidget(), "Counted twice")
    with qtbot.waitSignal(inspector.decision_requested) as heard:
        click(qtbot, inspector, "claim_0_take_quantity_record")
    assert heard.args == [7, "quantity", SOLDIERS[0], "Counted twice"]


def test_without_a_reason_nothing_is_decided_and_escape_leaves(inspector, qtbot):
    put(inspector, rivals()[0])
    click(qtbot, inspector, "claim_0_take_when")
    line = inspector.findChild(QLineEdit, "claim_0_take_when_reason")
    with qtbot.assertNotEmitted(inspector.decision_requested):
        qtbot.keyClicks(line, "   ")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert inspector.focusWidget().objectName() == "claim_0_take_when"


def test_what_the_event_says_already_is_not_offered_nor_what_is_retracted(inspector):
    oct_, *_ = rivals()
    put(inspector, oct_, replace(oct_, uid="r", retracted=True, when=read_date("2024")), when=oct_.when)
    for name in ("claim_0_take_when", "claim_1_take_when", "claim_1_take_quantity"):
        assert inspector.findChild(QAbstractButton, name) is None
    assert inspector.findChild(QAbstractButton, "claim_0_take_quantity") is not None


# Other rooms


def test_the_statement_in_which_a_claim_was_made_is_shown_and_chosen(inspector, qtbot):
    speech = Event(
        uid="speech",
        kind="statement",
        title="Minister speaks",
        id=9,
        actors=(Part(name="M", role="speaker"),),
    )
    put(inspector, a_claim("c", statement="speech"), statements=(speech,))
    assert text_of(inspector, "inspector_standing") == "1 report · 1 origin"
    with qtbot.waitSignal(inspector.event_chosen) as heard:
        click(qtbot, inspector, "claim_0_statement")
    assert heard.args == [9]


@pytest.mark.parametrize(
    ("button", "signal", "asked"),
    [
        ("claim_0_read", "passage_requested", ["c"]),
        ("inspector_graph", "graph_requested", [7]),
        ("inspector_bands", "bands_requested", [7]),
    ],
)
def test_the_inspector_asks_others_to_show_more(inspector, qtbot, button, signal, asked):
    put(inspector, a_claim("c"))
    with qtbot.waitSignal(getattr(inspector, signal)) as heard:
        click(qtbot, inspector, button)
    assert heard.args == asked


# Very many claims


@pytest.fixture
def crowd(inspector):
    """An event with ten thousand claims, and how long it took to show it."""
    claims = tuple(
        a_claim(f"c{number}", "paper", f"Name {number % 50}", note="A note.\n" * (number % 5))
        for number in range(10_000)
    )
    started = time.monotonic()
    put(inspector, *claims)
    inspector.grab()
    return time.monotonic() - started


def built(inspector):
    return [int(card.objectName()[6:]) for card in cards_of(inspector)]


def cards_of(inspector):
    """The cards that are built and not given up, from top to bottom."""
    cards = [card for card in inspector.findChildren(ClaimCard) if not card.isHidden()]
    return sorted(cards, key=lambda card: card.y())


def test_ten_thousand_claims_open_at_once_and_only_those_in_view_are_built(inspector, crowd):
    assert crowd < 1.5
    assert 3 <= len(built(inspector)) < 20


def test_every_claim_can_be_scrolled_to_and_few_are_kept(inspector, crowd):
    bar = inspector.findChild(QScrollArea, "inspector_scroll").verticalScrollBar()
    for share in (0.2, 0.5, 0.9):
        bar.setValue(round(bar.maximum() * share))
        assert any(seen(inspector, f"claim_{number}") for number in built(inspector))
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum())
    assert seen(inspector, "claim_9999")
    assert len(built(inspector)) < 30


def test_cards_never_overlap_and_follow_each_other(inspector, crowd):
    bar = inspector.findChild(QScrollArea, "inspector_scroll").verticalScrollBar()
    bar.setValue(300_000)
    for above, below in itertools.pairwise(cards_of(inspector)):
        assert above.geometry().bottom() < below.geometry().top()


def test_scrolling_up_does_not_push_away_what_is_read(inspector, crowd):
    inspector.show_claim("c5000")
    bar = inspector.findChild(QScrollArea, "inspector_scroll").verticalScrollBar()
    for _ in range(30):
        card = next(card for card in cards_of(inspector) if top_of(inspector, card) >= 0)
        before = top_of(inspector, card)
        bar.setValue(bar.value() - 40)
        assert top_of(inspector, card) == before + 40


def test_the_tab_key_goes_through_the_claims_in_their_order(inspector, crowd, qtbot):
    inspector.show_claim("c4000")
    visited = []
    for _ in range(12):
        visited.append(int(inspector.focusWidget().objectName().split("_")[1]))
        qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
    assert visited == sorted(visited)
    assert set(visited) == set(range(4000, visited[-1] + 1))
    assert len(set(visited)) >= 4
    for _ in range(12):
        qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Backtab)
    assert inspector.focusWidget().objectName().startswith("claim_4000")


def test_the_claim_that_is_read_stays_when_the_event_is_shown_anew(inspector, qtbot):
    event = put(inspector, *(a_claim(f"c{number}") for number in range(200)))
    inspector.show_claim("c150")
    top = top_of(inspector, inspector.findChild(QWidget, "claim_150"))
    retracted = replace(event.claims[150], retracted=True)
    claims = (*event.claims[:150], retracted, *event.claims[151:])
    show(inspector, replace(event, claims=claims))
    card = inspector.findChild(QScrollArea, "inspector_scroll").widget().findChild(QWidget, "claim_150")
    assert abs(top_of(inspector, card) - top) <= 1
    assert inspector.focusWidget().objectName() == "claim_150_copy"
