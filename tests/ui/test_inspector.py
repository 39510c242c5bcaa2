from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox, QScrollArea, QWidget

from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.domain.quantities import Quantity
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event, Hop, Part, Source
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known
from viewer.resources import resource
from viewer.ui.flow_text import FlowText
from viewer.ui.inspector import Inspector, LinkedEvent
from viewer.ui.theme import theme

KINDS = {kind.name: kind for kind in BUILT_IN_KINDS}


@pytest.fixture(scope="module")
def sample():
    return read_bundle(resource("sample", "kursk.json").read_bytes(), Known())


@pytest.fixture
def inspector(dressed, qtbot):
    widget = Inspector()
    qtbot.addWidget(widget)
    widget.resize(320, 700)
    widget.show()
    return widget


def show(inspector, sample, beginning, linked=()):
    event = next(entry.event for entry in sample.events if entry.event.title.startswith(beginning))
    sources = {entry.source.uid: entry.source for entry in sample.sources}
    inspector.show_event(event, kind=KINDS[event.kind], sources=sources, linked=linked)
    return event, sources


def put(inspector, *claims, source=None, **fields):
    event = Event(
        **{"uid": "e", "kind": "deployment", "title": "Titled", "claims": claims, "id": 7, **fields}
    )
    sources = {} if source is None else {source.uid: source}
    inspector.show_event(event, kind=KINDS[event.kind], sources=sources)
    return event


def text_of(inspector, name):
    view = inspector.findChild(FlowText, name)
    return None if view is None else view.shown_text().replace("\u00a0", " ")


def claims_shown(inspector):
    return sum(inspector.findChild(QWidget, f"claim_{number}") is not None for number in range(50))


def overlong(inspector):
    """What reaches beyond the visible width, by name."""
    viewport = inspector.findChild(QScrollArea, "inspector_scroll").viewport()
    found = []
    for part in inspector.findChildren(QWidget):
        if part.isVisible() and viewport.isAncestorOf(part):
            right = part.mapTo(viewport, QPoint(part.width(), 0)).x()
            if right > viewport.width():
                found.append((part.objectName() or type(part).__name__, right))
    return found


def test_without_an_event_it_says_what_to_do(inspector):
    line = inspector.findChild(QLabel, "inspector_empty")
    assert line.isVisible()
    assert line.text() == "Select an event to read who says so."


def test_every_event_of_the_sample_shows_all_of_its_claims(inspector, sample, qtbot):
    for entry in sample.events:
        event, sources = show(inspector, sample, entry.event.title)
        assert text_of(inspector, "inspector_title") == event.title
        assert claims_shown(inspector) == len(event.claims)
        for number, claim in enumerate(event.claims):
            view = inspector.findChild(FlowText, f"claim_{number}_quote")
            assert claim.quote in view.selected_text() or claim.quote in whole(view)
            assert text_of(inspector, f"claim_{number}_problem") is None
            title = sources[claim.source].title.replace("\u00a0", " ")
            assert title in text_of(inspector, f"claim_{number}_source")
        qtbot.wait(1)
        assert overlong(inspector) == []


def whole(view):
    view.select_all()
    return view.selected_text()


def test_the_facts_are_said_with_their_wording(inspector, sample):
    show(inspector, sample, "A second wave")
    assert text_of(inspector, "fact_when") == "Jan – Feb 2025, some day within\n“entre janvier et février”"
    assert text_of(inspector, "fact_how_many") == "up to 3,000 soldiers · deployed\n“jusqu’à 3 000 hommes”"
    assert text_of(inspector, "fact_who") == "North Korea · force"
    assert text_of(inspector, "inspector_standing") == "1 report · 1 not established · 1 dispute"
    assert text_of(inspector, "claim_1_manner") == "disputes this · said"


def test_a_wording_is_not_said_twice(inspector):
    put(inspector, when=read_date("Feb 2025"))
    assert text_of(inspector, "fact_when") == "Feb 2025, some day within"
    put(inspector, when=replace(read_date("Feb 2025"), text="février"))
    assert text_of(inspector, "fact_when") == "Feb 2025, some day within\n“février”"


def test_an_undated_event_is_not_later_than_its_source(inspector, sample):
    show(inspector, sample, "NIS:")
    assert text_of(inspector, "fact_when") == "not dated · not later than Feb 2025"


def test_a_wording_that_is_not_understood_is_kept(inspector):
    put(inspector, when=unread_date("some time after the thaw"))
    assert "“some time after the thaw”" in text_of(inspector, "fact_when")
    assert text_of(inspector, "fact_when").startswith("not dated")


def test_a_movement_without_a_number_says_so(inspector):
    put(inspector)
    assert text_of(inspector, "fact_how_many") == "not stated"
    put(inspector, kind="statement")
    assert text_of(inspector, "fact_how_many") is None


def test_the_quote_stands_inside_its_text(inspector, sample):
    event, sources = show(inspector, sample, "Fresh units")
    view = inspector.findChild(FlowText, "claim_0_quote")
    said = whole(view)
    claim = event.claims[0]
    assert claim.quote in said
    assert len(said) > len(claim.quote)
    assert said.strip("…") in sources[claim.source].text


def test_the_chain_goes_from_the_origin_to_the_source(inspector, sample):
    show(inspector, sample, "A second wave")
    chain = inspector.findChild(QWidget, "claim_0_chain")
    assert chain.accessibleName() == "several unnamed sources › JoongAng › Dateline sample"
    roles = [pill.property("role") for pill in chain.findChildren(QLabel) if pill.text() != "›"]
    assert roles == ["pill_anonymous", "pill", "pill"]


def test_an_origin_that_is_not_recorded_is_no_origin(inspector):
    put(inspector, Claim(uid="c", source="s"), source=Source(uid="s", title="Paper"))
    assert inspector.findChild(QWidget, "claim_0_chain").accessibleName() == "origin not recorded › Paper"
    assert text_of(inspector, "inspector_standing") == "1 report · 1 not established"


def test_a_grade_says_its_words(inspector):
    claim = Claim(uid="c", source="s", credibility=3)
    put(inspector, claim, source=Source(uid="s", title="Paper", reliability="C"))
    cap = inspector.findChild(QLabel, "claim_0_grade")
    assert cap.text() == "C3"
    assert "fairly reliable" in cap.toolTip()
    assert "possibly true" in cap.toolTip()


def test_a_claim_shows_its_own_date_number_and_note(inspector):
    claim = Claim(
        uid="c",
        source="s",
        stance="mentions",
        when=from_edtf("2025-02", text="en février"),
        quantity=Quantity(low=5, high=5, unit="trains"),
        note="Read twice.",
        retracted=True,
    )
    put(inspector, claim, source=Source(uid="s", title="Paper"))
    assert text_of(inspector, "claim_0_says_when") == "Feb 2025, some day within\n“en février”"
    assert text_of(inspector, "claim_0_says_quantity") == "5 trains"
    assert text_of(inspector, "claim_0_manner") == "retracted · mentions this"
    assert text_of(inspector, "claim_0_note") == "Read twice."


@pytest.mark.parametrize(
    ("text", "says"), [("Another text altogether.", "not found at its place"), (None, "cannot be checked")]
)
def test_a_quote_that_no_longer_holds_is_said_in_amber(inspector, text, says):
    claim = Claim(uid="c", source="s", quote="the words", span=(3, 12), prefix="of ", suffix=" then")
    put(inspector, claim, source=Source(uid="s", title="Paper", text=text))
    assert says in text_of(inspector, "claim_0_problem")
    assert text_of(inspector, "claim_0_quote") == "of the words then"
    assert theme().colour("quote").name() not in colours(inspector.findChild(FlowText, "claim_0_quote"))
    assert theme().colour("warning").name() in colours(inspector.findChild(FlowText, "claim_0_problem"))


def colours(widget):
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_a_missing_source_is_said(inspector):
    put(inspector, Claim(uid="c", source="gone", quote="words"))
    assert "does not hold the source" in text_of(inspector, "claim_0_source")


def test_a_long_passage_opens_on_demand(inspector, qtbot):
    text = f"{'before ' * 60}the words {'after ' * 60}"
    start = text.index("the words")
    claim = Claim(uid="c", source="s", quote="the words", span=(start, start + 9))
    put(inspector, claim, source=Source(uid="s", title="Paper", text=text))
    more = inspector.findChild(QAbstractButton, "claim_0_more")
    short = text_of(inspector, "claim_0_quote")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert text_of(inspector, "claim_0_quote").strip() == text.strip()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert text_of(inspector, "claim_0_quote") == short
    assert len(short) < 300


def test_the_quote_is_copied_with_one_click(inspector, sample, qtbot):
    event, _ = show(inspector, sample, "Fresh units")
    qtbot.mouseClick(inspector.findChild(QAbstractButton, "claim_0_copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == event.claims[0].quote


def test_edit_delete_and_links_name_their_event(inspector, qtbot, sample):
    linked = [LinkedEvent(41, "The other one", "about", outgoing=False)]
    event, sources = show(inspector, sample, "NIS:")
    inspector.show_event(replace(event, id=7), kind=KINDS["statement"], sources=sources, linked=linked)
    assert "subject of" in [label.text() for label in inspector.findChildren(QLabel)]
    for name, signal, number in (
        ("inspector_edit", inspector.edit_requested, 7),
        ("inspector_delete", inspector.delete_requested, 7),
        ("linked_0", inspector.event_chosen, 41),
    ):
        with qtbot.waitSignal(signal) as heard:
            qtbot.mouseClick(inspector.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
        assert heard.args == [number]


def test_an_event_may_be_replaced_by_the_click_on_its_link(inspector, qtbot, sample):
    show(inspector, sample, "NIS:", linked=[LinkedEvent(1, "Other", "follows", outgoing=True)])
    inspector.event_chosen.connect(lambda _event: inspector.show_event(None))
    qtbot.mouseClick(inspector.findChild(QAbstractButton, "linked_0"), Qt.MouseButton.LeftButton)
    assert inspector.findChild(QLabel, "inspector_empty").isVisible()


def test_the_place_is_kept_while_one_event_is_revised(inspector, qtbot, sample):
    show(inspector, sample, "Fresh units")
    bar = inspector.findChild(QScrollArea, "inspector_scroll").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    show(inspector, sample, "Fresh units")
    qtbot.waitUntil(lambda: bar.value() == 150)
    show(inspector, sample, "NIS:")
    qtbot.waitUntil(lambda: bar.value() == 0)


HOSTILE = ["<img src='file:///etc/hostname'>", "<b>x</b>", "&lt;", "R&D", "abc\u202efdp.exe", "x" * 1_000_000]


@pytest.mark.parametrize("text", HOSTILE, ids=["image", "tag", "entity", "ampersand", "bidi", "1 MB"])
def test_fault_52_text_of_strangers_is_text_everywhere(inspector, qtbot, text):
    claim = Claim(uid="c", source="s", quote=text, verb=text, note=text, chain=(Hop(name=text, verb=text),))
    source = Source(uid="s", title=text, publisher=text, url=text, text=text)
    started = time.monotonic()
    put(inspector, claim, source=source, title=text, place=text, summary=text, tags=(text,),
        actors=(Part(name=text, role="force"),))  # fmt: skip
    inspector.grab()
    assert time.monotonic() - started < 2
    qtbot.wait(1)
    assert overlong(inspector) == []
    for name in ("inspector_title", "fact_where", "claim_0_quote", "claim_0_source", "claim_0_note"):
        shown = text_of(inspector, name)
        assert shown.replace("\ufffd", "\u202e").startswith(text[:20])
    for label in inspector.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
        assert len(label.text()) <= 500
    for widget in inspector.findChildren(QWidget):
        assert "<img" not in widget.toolTip()
    assert whole(inspector.findChild(FlowText, "inspector_title")) == text


def test_fault_53_a_passage_of_a_very_long_text_is_shown_fast(inspector, qtbot):
    text = "".join(chr(0x4E00 + place % 5000) for place in range(5_000_000))
    claim = Claim(uid="c", source="s", quote=text[2_500_000:2_500_050], span=(2_500_000, 2_500_050))
    started = time.monotonic()
    put(inspector, claim, source=Source(uid="s", title="Paper", text=text))
    inspector.grab()
    assert time.monotonic() - started < 2
    view = inspector.findChild(FlowText, "claim_0_quote")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.strip("…") in text
    assert claim.quote in copied


def test_fault_53_a_quote_of_5_mb_is_copied_unchanged(inspector, qtbot):
    text = "z" * 5_000_000
    claim = Claim(uid="c", source="s", quote=text, span=(0, len(text)))
    started = time.monotonic()
    put(inspector, claim, source=Source(uid="s", title="Paper", text=text))
    qtbot.mouseClick(inspector.findChild(QAbstractButton, "claim_0_more"), Qt.MouseButton.LeftButton)
    inspector.grab()
    assert time.monotonic() - started < 2
    assert whole(inspector.findChild(FlowText, "claim_0_quote")) == text


REFUSED = [
    "javascript:alert(1)", "file:///etc/passwd", "smb://host/share", "//host/x", "http:x",
    "https://me@host/", "https://ho\nst/", " https://host/",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_fault_54_a_dangerous_link_is_text_with_copy(inspector, qtbot, monkeypatch, address):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    put(inspector, Claim(uid="c", source="s"), source=Source(uid="s", title="Paper", url=address))
    link = inspector.findChild(QWidget, "claim_0_link")
    buttons = link.findChildren(QAbstractButton)
    assert [button.text() for button in buttons] == ["Copy"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == address
    assert opened == []


def test_fault_54_an_ordinary_link_asks_before_it_opens(inspector, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    source = Source(uid="s", title="Paper", url="https://inspector.example.org/a")
    put(inspector, Claim(uid="c", source="s"), source=source)
    (button,) = inspector.findChild(QWidget, "claim_0_link").findChildren(QAbstractButton)
    assert button.text() == "inspector.example.org"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == []
    box = inspector.findChild(QMessageBox)
    assert "inspector.example.org" in box.text()
    box.reject()


def test_the_seed_reads_as_well(inspector, qtbot):
    seed = Path(__file__).parents[2].parent / "shared" / "seed" / "kursk.json"
    if not seed.is_file():
        pytest.skip("no seed here")
    incoming = read_bundle(seed.read_bytes(), Known())
    for entry in incoming.events:
        event, _ = show(inspector, incoming, entry.event.title)
        qtbot.wait(1)
        assert overlong(inspector) == []
        for number, claim in enumerate(event.claims):
            assert claim.quote is None or claim.quote in whole(
                inspector.findChild(FlowText, f"claim_{number}_quote")
            )
