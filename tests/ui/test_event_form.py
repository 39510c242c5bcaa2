from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from viewer.domain.dates import read_date, unread_date
from viewer.domain.quantities import Quantity
from viewer.domain.records import BUILT_IN_KINDS, Claim, Event, Hop, Kind, Link, Part
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known
from viewer.resources import resource
from viewer.ui.forms.entry import Choices, EventChoice, Ghost, SourceChoice
from viewer.ui.forms.event_form import EventForm
from viewer.ui.forms.pills import Pill

DEPLOYMENT, WITHDRAWAL, STATEMENT = BUILT_IN_KINDS
SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "kursk.json"
SAMPLE = resource("sample", "kursk.json")
TEXT = "They left on Monday. They were many. They were many and went far."
CHOICES = Choices(
    kinds=BUILT_IN_KINDS,
    actors=("North Korea", "Russia", "A. Speaker"),
    places=("Kursk region", "Russia"),
    sources=(
        SourceChoice("s1", "Known article", "The Paper", "en", read_date("Feb 2025"), True),
        SourceChoice("s2", "Twin", "One"),
        SourceChoice("s3", "Twin", "Other"),
    ),
    events=(EventChoice("e1", "Back at the front"), EventChoice("e2", "Fresh units")),
    text_of={"s1": TEXT}.get,
)
CLAIM = Claim(
    uid="c1",
    source="s1",
    quote="They left on Monday.",
    span=(0, 20),
    prefix="",
    suffix=" They were many.",
    verb="reported",
    credibility=3,
    when=read_date("Feb 2025"),
    quantity=Quantity(low=3, high=4),
    statement="e2",
    note="a note",
    chain=(Hop(name="unnamed sources", anonymous=True, extra={"k": 1}), Hop(name="JoongAng")),
    extra={"colour": "blue"},
)
EVENT = Event(
    uid="e0",
    kind="statement",
    title="Said so",
    when=unread_date("some day"),
    place="Kursk region",
    actors=(
        Part(name="North Korea", role="mentioned", extra={"x": 1}),
        Part(name="Russia", role="addressee"),
        Part(name="A. Speaker", role="speaker"),
    ),
    links=(Link(to="e1", relation="follows"), Link(to="e1", relation="about", extra={"y": 2})),
    tags=("return",),
    claims=(CLAIM,),
    extra={"z": 3},
)
BROKEN = (
    '<img src="file:///x.png">',
    "<b>x</b>",
    "&lt;",
    "R&D",
    "a \u202egnp.exe",
    "two\nlines",
    "long " * 200_000,
)


@pytest.fixture
def form(qtbot, dressed):
    return shown(qtbot, CHOICES)


def shown(qtbot, choices):
    made = EventForm(choices)
    qtbot.addWidget(made)
    qtbot.held = made  # which keeps only a weak reference: collected in its own layout, it ends the process
    made.resize(380, 800)
    made.show()
    return made


def find(form, name):
    found = form.findChild(QWidget, name)
    assert found is not None, name
    return found


def write(qtbot, form, name, text):
    widget = find(form, name)
    widget.setFocus()
    qtbot.keyClicks(widget, text)
    return widget


def press(qtbot, form, name):
    qtbot.mouseClick(find(form, name), Qt.MouseButton.LeftButton)


def saved(qtbot, form, save=None):
    with qtbot.waitSignal(form.submitted) as signal:
        (save or (lambda: press(qtbot, form, "save")))()
    return signal.args[0]


def refused(qtbot, form):
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, form, "save")


def bundle_events():
    for path in (SAMPLE, SEED):
        if path.is_file():
            incoming = read_bundle(path.read_bytes(), Known())
            for entry in incoming.events:
                yield pytest.param(incoming, entry.event, id=f"{path.parent.name}-{entry.event.uid[:13]}")


def choices_of(incoming):
    sources = [entry.source for entry in incoming.sources]
    return Choices(
        kinds=BUILT_IN_KINDS,
        actors=[actor.name for actor in incoming.actors],
        places=[place.name for place in incoming.places],
        sources=[SourceChoice(source.uid, source.title, source.publisher) for source in sources],
        events=[EventChoice(entry.event.uid, entry.event.title) for entry in incoming.events],
        text_of={source.uid: source.text for source in sources}.get,
    )


@pytest.mark.parametrize(("incoming", "event"), list(bundle_events()))
def test_an_untouched_event_comes_back_as_it_was(qtbot, dressed, incoming, event):
    form = shown(qtbot, choices_of(incoming))
    form.start_edit(event)
    assert not form.is_dirty()
    entry = saved(qtbot, form)
    assert entry.event == event
    assert entry.new_sources == ()


@pytest.mark.parametrize(("incoming", "event"), list(bundle_events()))
def test_a_new_title_changes_nothing_else(qtbot, dressed, incoming, event):
    form = shown(qtbot, choices_of(incoming))
    form.start_edit(event)
    write(qtbot, form, "title", "New: ")
    assert saved(qtbot, form).event == replace(event, title=f"New: {event.title}")


def test_what_the_form_does_not_show_survives(qtbot, form):
    form.start_edit(EVENT)
    assert saved(qtbot, form).event == EVENT
    write(qtbot, form, "claim_0_note", "x")
    event = saved(qtbot, form).event
    assert event == replace(EVENT, claims=(replace(CLAIM, note="xa note"),))


def test_a_deployment_by_keyboard_alone(qtbot, form):
    form.start_new(DEPLOYMENT)
    assert find(form, "form_title").text() == "New deployment"
    assert QApplication.focusWidget() is find(form, "title")
    write(qtbot, form, "title", "Units sent")
    write(qtbot, form, "when", "Feb 2025")
    write(qtbot, form, "quantity_high", "3 000")
    write(qtbot, form, "quantity_unit", "soldiers")
    qtbot.keyClick(write(qtbot, form, "force", "North Korea"), Qt.Key.Key_Return)
    write(qtbot, form, "force", "A new brigade")
    write(qtbot, form, "place", "Kursk region")
    write(qtbot, form, "origin", "Wonsan")
    write(qtbot, form, "claim_0_source", "Known article")
    write(qtbot, form, "claim_0_quote", "They left on Monday.")
    qtbot.keyClick(write(qtbot, form, "claim_0_chain", "unnamed sources"), Qt.Key.Key_Return)
    write(qtbot, form, "claim_0_chain", "JoongAng")
    enter = Qt.KeyboardModifier.ControlModifier
    entry = saved(
        qtbot, form, lambda: qtbot.keyClick(find(form, "claim_0_quote"), Qt.Key.Key_Return, modifier=enter)
    )
    event = entry.event
    assert (event.kind, event.title, event.place, event.origin) == (
        "deployment", "Units sent", "Kursk region", "Wonsan",
    )  # fmt: skip
    assert event.when == read_date("Feb 2025")
    assert event.when.text == "Feb 2025"
    assert event.quantity == Quantity(high=3000, qualifier="at_most", unit="soldiers", measure="deployed")
    assert event.actors == (Part(name="North Korea", role="force"), Part(name="A new brigade", role="force"))
    (claim,) = event.claims
    assert (claim.source, claim.quote, claim.span) == ("s1", "They left on Monday.", None)
    assert [hop.name for hop in claim.chain] == ["unnamed sources", "JoongAng"]
    assert entry.new_sources == ()
    assert len({event.uid, claim.uid}) == 2


def test_each_kind_has_its_own_words(form):
    for kind, title, parts in (
        (WITHDRAWAL, "New withdrawal", ("force", "origin", "place")),
        (STATEMENT, "New statement", ("speaker", "mentioned", "about", "quantity_measure")),
        (
            Kind(name="strike", label="Strike", shape="square", colour="#2F8F6B"),
            "New entry: Strike",
            ("force",),
        ),
    ):
        form.start_new(kind)
        assert find(form, "form_title").text() == title
        assert all(find(form, part).isVisibleTo(form) for part in parts)
    assert form.findChild(QWidget, "speaker") is None


def test_a_statement_is_about_an_event(qtbot, form):
    form.start_new(STATEMENT)
    write(qtbot, form, "title", "He said so")
    write(qtbot, form, "speaker", "A. Speaker")
    write(qtbot, form, "about", "fresh")
    qtbot.keyClick(find(form, "about"), Qt.Key.Key_Down)
    qtbot.keyClick(find(form, "about"), Qt.Key.Key_Return)
    event = saved(qtbot, form).event
    assert event.links == (Link(to="e2", relation="about"),)
    assert event.actors == (Part(name="A. Speaker", role="speaker"),)
    write(qtbot, form, "about", "No such event")
    refused(qtbot, form)
    assert QApplication.focusWidget() is find(form, "about")


def test_an_entry_needs_a_title_and_keeps_the_rest(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "place", "Sudzha")
    refused(qtbot, form)
    assert QApplication.focusWidget() is find(form, "title")
    assert find(form, "title_echo").property("role") == "problem"
    write(qtbot, form, "title", "There")
    assert saved(qtbot, form).event.place == "Sudzha"


def test_an_entry_without_a_source_is_allowed_and_remarked_on(qtbot, form):
    form.start_new(DEPLOYMENT)
    assert find(form, "no_source").isVisible()
    write(qtbot, form, "title", "There")
    assert saved(qtbot, form).event.claims == ()
    write(qtbot, form, "claim_0_source", "Known article")
    assert not find(form, "no_source").isVisible()


def test_a_quote_needs_a_source(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    write(qtbot, form, "claim_0_quote", "words")
    refused(qtbot, form)
    assert QApplication.focusWidget() is find(form, "claim_0_source")


def test_an_unreadable_date_blocks_nothing(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    write(qtbot, form, "when", "harvest time")
    refused(qtbot, form)
    assert QApplication.focusWidget() is find(form, "when")
    event = saved(qtbot, form, lambda: press(qtbot, form, "when_keep")).event
    assert event.when == unread_date("harvest time")


def test_the_quote_is_looked_for_in_the_stored_text(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "claim_0_source", "Known article")
    for quote, said in (
        ("They left on Monday.", "found in the stored text"),
        ("They were many", "2 times"),
        ("They stayed", "not found"),
    ):
        find(form, "claim_0_quote").clear()
        write(qtbot, form, "claim_0_quote", quote)
        assert said in find(form, "claim_0_quote_check").text()


def test_a_changed_quote_loses_its_anchor_and_keeps_the_rest(qtbot, form):
    form.start_edit(EVENT)
    find(form, "claim_0_quote").clear()
    write(qtbot, form, "claim_0_quote", "They were many")
    (claim,) = saved(qtbot, form).event.claims
    assert claim == replace(CLAIM, quote="They were many", span=None, prefix=None, suffix=None)


def test_a_source_is_created_in_the_same_box(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    write(qtbot, form, "claim_0_source", "Unheard of")
    assert find(form, "claim_0_source_new").isVisible()
    press(qtbot, form, "claim_0_source_unfold")
    write(qtbot, form, "claim_0_source_publisher", "The Herald")
    write(qtbot, form, "claim_0_source_published", "Mar 2025")
    write(qtbot, form, "claim_0_source_language", "en")
    write(qtbot, form, "claim_0_source_url", "https://example.org/a")
    write(qtbot, form, "claim_0_source_text", "All of it.")
    write(qtbot, form, "claim_0_quote", "All of it.")
    assert "found" in find(form, "claim_0_quote_check").text()
    press(qtbot, form, "add_claim")
    write(qtbot, form, "claim_1_source", "Unheard of")
    write(qtbot, form, "claim_1_quote", "of it")
    entry = saved(qtbot, form)
    (source,) = entry.new_sources
    assert (source.title, source.publisher, source.language) == ("Unheard of", "The Herald", "en")
    assert (source.published, source.url, source.text) == (
        read_date("Mar 2025"), "https://example.org/a", "All of it.",
    )  # fmt: skip
    assert [claim.source for claim in entry.event.claims] == [source.uid, source.uid]


def test_a_line_shows_its_beginning_once_the_user_has_gone_on(qtbot, form):
    form.start_new(DEPLOYMENT)
    line = find(form, "claim_0_source")
    write(qtbot, form, "claim_0_source", "A title that is much longer than the line in which it is typed")
    assert line.cursorPosition() > 0
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not line
    assert line.cursorPosition() == 0


def test_another_claim_comes_into_view(qtbot, form):
    form.resize(340, 500)
    form.start_new(DEPLOYMENT)
    press(qtbot, form, "add_claim")
    line = find(form, "claim_1_source")
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())
    assert QApplication.focusWidget() is line
    bar = form.findChild(QScrollArea).verticalScrollBar()
    longest = bar.maximum()
    bar.setValue(0)
    find(form, "summary").insertPlainText("line\n" * 30)
    qtbot.waitUntil(lambda: bar.maximum() > longest)
    assert bar.value() == 0


def test_an_unreadable_date_of_a_source_blocks_nothing(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    write(qtbot, form, "claim_0_source", "Unheard of")
    press(qtbot, form, "claim_0_source_unfold")
    write(qtbot, form, "claim_0_source_published", "lately")
    refused(qtbot, form)
    assert QApplication.focusWidget() is find(form, "claim_0_source_published")
    entry = saved(qtbot, form, lambda: press(qtbot, form, "claim_0_source_published_keep"))
    assert entry.new_sources[0].published == unread_date("lately")


def test_namesakes_are_told_apart(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    write(qtbot, form, "claim_0_source", "Twin")
    refused(qtbot, form)
    assert "Several" in find(form, "claim_0_source_echo").text()
    qtbot.keyClick(find(form, "claim_0_source"), Qt.Key.Key_Down)
    qtbot.keyClick(find(form, "claim_0_source"), Qt.Key.Key_Down)
    qtbot.keyClick(find(form, "claim_0_source"), Qt.Key.Key_Down)
    qtbot.keyClick(find(form, "claim_0_source"), Qt.Key.Key_Return)
    assert find(form, "claim_0_source_echo").text() == "Other"
    (claim,) = saved(qtbot, form).event.claims
    assert claim.source == "s3"


def test_suggestions_stay_with_their_line_and_go_with_the_form(qtbot, form):
    form.start_new(DEPLOYMENT)
    line = write(qtbot, form, "force", "r")
    (view,) = [view for view in form.findChildren(QListView) if view.isVisible()]

    def below():
        return view.mapTo(form, view.rect().topLeft()).y() - line.mapTo(form, line.rect().bottomLeft()).y()

    first = below()
    bar = form.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.value() + 20)
    assert below() == first
    bar.setValue(bar.maximum())
    assert not view.isVisible()
    with qtbot.waitSignal(view.destroyed):
        form.start_new(STATEMENT)


def test_the_chain_is_edited_by_keyboard(qtbot, form):
    form.start_edit(EVENT)
    qtbot.keyClick(
        find(form, "claim_0_chain_pill_1"), Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier
    )
    assert QApplication.focusWidget() is find(form, "claim_0_chain_pill_0")
    qtbot.keyClick(find(form, "claim_0_chain_pill_0"), Qt.Key.Key_Return)
    write(qtbot, form, "claim_0_chain_verb", "wrote")
    press(qtbot, form, "claim_0_chain_anonymous")
    qtbot.keyClick(find(form, "claim_0_chain_name"), Qt.Key.Key_Escape)
    assert not find(form, "claim_0_chain_name").isVisible(), "Esc closes the hop and not the form"
    assert form.isVisible()
    (claim,) = saved(qtbot, form).event.claims
    assert claim.chain == (Hop(name="JoongAng", anonymous=True, verb="wrote"), CLAIM.chain[0])
    qtbot.keyClick(find(form, "claim_0_chain_pill_1"), Qt.Key.Key_Delete)
    (claim,) = saved(qtbot, form).event.claims
    assert [hop.name for hop in claim.chain] == ["JoongAng"]


def test_a_removed_claim_can_be_put_back(qtbot, form):
    form.start_edit(EVENT)
    press(qtbot, form, "claim_0_remove")
    assert saved(qtbot, form).event.claims == ()
    press(qtbot, form, "claim_0_remove")
    assert saved(qtbot, form).event == EVENT


def test_stance_and_credibility_are_chosen(qtbot, form):
    form.start_edit(EVENT)
    for name, value in (("claim_0_stance", "disputes"), ("claim_0_credibility", None)):
        combo = form.findChild(QComboBox, name)
        combo.setCurrentIndex(combo.findData(value))
    (claim,) = saved(qtbot, form).event.claims
    assert (claim.stance, claim.credibility) == ("disputes", None)


def test_esc_asks_before_anything_is_lost(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    with qtbot.assertNotEmitted(form.cancelled):
        qtbot.keyClick(find(form, "title"), Qt.Key.Key_Escape)
    assert find(form, "discard_question").isVisible()
    press(qtbot, form, "keep")
    assert not find(form, "discard_question").isVisible()
    assert find(form, "title").text() == "There"
    press(qtbot, form, "cancel")
    with qtbot.waitSignal(form.cancelled):
        press(qtbot, form, "discard")


def test_an_untouched_form_closes_at_once(qtbot, form):
    form.start_new(DEPLOYMENT, "2025-02-19")
    assert find(form, "when").text() == "2025-02-19"
    assert not form.is_dirty()
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(find(form, "title"), Qt.Key.Key_Escape)


def test_only_what_is_there_can_be_deleted(qtbot, form):
    form.start_new(DEPLOYMENT)
    assert not find(form, "delete").isVisible()
    form.start_edit(EVENT)
    with qtbot.waitSignal(form.delete_requested):
        press(qtbot, form, "delete")


def test_a_refusal_of_the_store_is_shown_and_nothing_is_lost(qtbot, form):
    form.start_new(DEPLOYMENT)
    write(qtbot, form, "title", "There")
    form.show_problem("The file is <b>read-only</b>.")
    assert find(form, "problem").isVisible()
    assert find(form, "problem").text() == "The file is <b>read-only</b>."
    assert saved(qtbot, form).event.title == "There"
    assert not find(form, "problem").isVisible()


def test_the_ghost_follows_the_date(qtbot, form):
    ghosts = []
    form.ghost_changed.connect(ghosts.append)
    form.start_new(WITHDRAWAL, "2025")
    assert ghosts[-1] == Ghost("withdrawal", read_date("2025"))
    write(qtbot, form, "when", "x")
    assert ghosts[-1] == Ghost("withdrawal", None)


def test_typing_is_told(qtbot, form):
    form.start_new(DEPLOYMENT)
    for name in ("title", "summary", "claim_0_quote", "claim_0_chain", "quantity_low", "tags", "place"):
        with qtbot.waitSignal(form.changed):
            write(qtbot, form, name, "x")
    assert form.is_dirty()


def fill_with_trouble(qtbot, form):
    for name in ("title", "when", "quantity_low", "quantity_text", "place", "summary", "tags"):
        write(qtbot, form, name, f"bad {name}")
    write(qtbot, form, "claim_0_quote", "half a quo")
    write(qtbot, form, "claim_0_chain", "unnamed")
    press(qtbot, form, "add_claim")
    write(qtbot, form, "claim_1_source", "New one")
    press(qtbot, form, "claim_1_source_unfold")
    write(qtbot, form, "claim_1_source_published", "who knows")


def test_a_draft_of_a_new_entry_comes_back_as_typed(qtbot, form):
    form.start_new(DEPLOYMENT)
    fill_with_trouble(qtbot, form)
    draft = json.loads(json.dumps(form.data()))
    other = shown(qtbot, CHOICES)
    other.restore(draft)
    assert other.data() == form.data()
    assert other.is_dirty()
    assert find(other, "claim_1_source_published").text() == "who knows"


def test_a_draft_of_an_edit_comes_back_over_the_event(qtbot, form):
    form.start_edit(EVENT)
    fill_with_trouble(qtbot, form)
    qtbot.keyClick(
        find(form, "claim_0_chain_pill_0"), Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.AltModifier
    )
    draft = json.loads(json.dumps(form.data()))
    assert draft["event"] == "e0"
    other = shown(qtbot, CHOICES)
    other.start_edit(EVENT)
    other.restore(draft)
    assert other.data() == form.data()
    other.start_edit(EVENT)
    other.restore({**draft, "fields": {}, "claims": []})
    assert saved(qtbot, other).event == EVENT


@pytest.mark.parametrize("draft", [None, [], {}, {"kind": 3, "fields": [1], "claims": [None, {"fields": 5}]}])
def test_a_broken_draft_opens_an_empty_form(qtbot, form, draft):
    form.restore(draft)
    assert find(form, "title").text() == ""


@pytest.mark.parametrize("words", BROKEN, ids=range(len(BROKEN)))
def test_words_of_strangers_are_shown_literally_and_kept(qtbot, dressed, words):
    form = shown(
        qtbot,
        replace(
            CHOICES,
            actors=(words,),
            places=(words,),
            sources=(SourceChoice("s1", words, words),),
            events=(EventChoice("e1", words),),
        ),
    )
    event = replace(
        EVENT,
        title=words,
        summary=words,
        place=words,
        tags=(words,),
        actors=(Part(name=words, role="speaker"),),
    )
    form.start_edit(event)
    assert saved(qtbot, form).event == event
    if len(words) < 100:
        assert find(form, "title").text() == words
        qtbot.keyClick(find(form, "about"), Qt.Key.Key_Down)
        (view,) = [view for view in form.findChildren(QListView) if view.isVisible()]
        assert "\u202e" not in view.model().index(0, 0).data()
    assert not form.grab().isNull()


def test_everything_is_reached_with_tab_in_the_order_it_stands(qtbot, form):
    form.start_edit(EVENT)
    window_order, last = [], None
    for _ in range(80):
        current = QApplication.focusWidget()
        if current is last or current.objectName() in window_order:
            break
        window_order.append(current.objectName())
        qtbot.keyClick(current, Qt.Key.Key_Tab)
        last = current
    assert "claim_0_note" in window_order
    assert window_order.index("save") > window_order.index("claim_0_note")
    wanted = [
        "title",
        "when",
        "speaker_pill_0",
        "speaker",
        "mentioned",
        "quantity_text",
        "quantity_low",
        "about",
    ]
    wanted += [
        "place",
        "summary",
        "tags",
        "claim_0_remove",
        "claim_0_source",
        "claim_0_quote",
        "claim_0_chain_pill_0",
        "claim_0_chain",
    ]
    wanted += ["claim_0_stance", "claim_0_note", "add_claim", "save"]
    assert [name for name in window_order if name in wanted] == wanted


def test_tab_goes_on_after_a_name_was_added(qtbot, form):
    form.start_new(DEPLOYMENT)
    for before, name, after in (
        ("quantity_qualifier", "force", "place"),
        ("summary", "tags", "claim_0_remove"),
        ("claim_0_quote", "claim_0_chain", "claim_0_stance"),
    ):
        for word in ("one", "two"):
            qtbot.keyClick(write(qtbot, form, name, word), Qt.Key.Key_Return)
        qtbot.keyClick(find(form, name), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is find(form, after)
        find(form, before).setFocus()
        stops = []
        for _ in range(3):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            stops.append(QApplication.focusWidget().objectName())
        assert stops == [f"{name}_pill_0", f"{name}_pill_1", name]


def test_the_form_fits_a_narrow_sheet(qtbot, form):
    for start in (lambda: form.start_new(STATEMENT), lambda: form.start_edit(EVENT)):
        start()
        find(form, "claim_0_source").clear()
        write(
            qtbot,
            form,
            "claim_0_source",
            "A title that goes on & on until it is wider than any sheet could be",
        )
        press(qtbot, form, "claim_0_source_unfold")
        form.cancel()
        assert form.minimumSizeHint().width() <= 350
        form.resize(500, 700)
        form.resize(350, 700)
        assert form.width() == 350
        assert find(form, "title").window().findChild(QScrollArea).widget().minimumSizeHint().width() <= 350


def test_keys_of_the_window_give_way(qtbot, dressed):
    window = QMainWindow()
    qtbot.addWidget(window)
    form = EventForm(CHOICES)
    window.setCentralWidget(form)
    taken = []
    for keys in ("Esc", "Ctrl+Return", "Delete", "Backspace"):
        QShortcut(QKeySequence(keys), window).activated.connect(lambda keys=keys: taken.append(keys))
    window.show()
    window.activateWindow()
    form.start_edit(EVENT)
    enter = Qt.KeyboardModifier.ControlModifier
    for name in ("claim_0_quote", "claim_0_stance", "save"):
        saved(
            qtbot, form, lambda name=name: qtbot.keyClick(find(form, name), Qt.Key.Key_Return, modifier=enter)
        )
    qtbot.keyClick(find(form, "claim_0_chain_pill_0"), Qt.Key.Key_Delete)
    assert form.is_dirty()
    qtbot.keyClick(find(form, "claim_0_quote"), Qt.Key.Key_Escape)
    assert find(form, "discard_question").isVisible()
    assert taken == []


def test_each_field_has_a_name_for_a_screen_reader(form):
    form.start_edit(EVENT)
    fields = [
        widget
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, Pill)
        for widget in form.findChildren(kind)
        if widget.isVisible()
    ]
    assert len(fields) > 15
    assert [widget.objectName() for widget in fields if not widget.accessibleName()] == []
    assert all(button.text() or button.accessibleName() for button in form.findChildren(QPushButton))
