from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QToolTip, QVBoxLayout, QWidget

from viewer.domain.provenance import context_of
from viewer.domain.records import BUILT_IN_KINDS, Hop, Part
from viewer.graphs.drawing import drawn_graph
from viewer.ui.graph_painter import Lit, paint_graph
from viewer.ui.graph_panel import GraphPanel
from viewer.ui.measures import text_width
from viewer.ui.theme import DARK, LIGHT, themes

LEFT, PLAIN, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PAPER, NOTE = a_source(uid="paper", title="A daily paper"), a_source(uid="note", title="<b>A note</b>")
MADE = an_event(
    uid="made", kind="statement", title="They are back", actors=(Part(name="Zelensky", role="speaker"),)
)
EVENT = an_event(
    title="Soldiers come by train",
    claims=(
        a_claim(PAPER, uid="one", chain=(Hop(name="Yonhap", verb="reported"),)),
        a_claim(PAPER, uid="two", chain=(Hop(name="officials", anonymous=True), Hop(name="Yonhap"))),
        a_claim(NOTE, uid="three", stance="disputes", chain=(Hop(name="Ministry"),)),
        a_claim(NOTE, uid="four", retracted=True, chain=(Hop(name="A blogger"),)),
        a_claim(NOTE, uid="five", statement="made"),
    ),
)
CONTEXT = context_of((PAPER, NOTE), (), (MADE,))


@pytest.fixture
def window(dressed, qtbot):
    """A panel between two other fields, so that the keyboard has somewhere to come from and to go."""
    window = QWidget()
    rows = QVBoxLayout(window)
    rows.addWidget(QLineEdit(objectName="before"))
    panel = GraphPanel()
    rows.addWidget(panel, 1)
    rows.addWidget(QLineEdit(objectName="after"))
    window.resize(1500, 520)
    qtbot.addWidget(window)
    panel.show_event(EVENT, context=CONTEXT, kinds=BUILT_IN_KINDS)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def panel(window):
    return window.findChild(GraphPanel)


@pytest.fixture
def chosen(panel):
    told = []
    panel.source_chosen.connect(lambda uid: told.append(("source", uid)))
    panel.claim_chosen.connect(lambda uid: told.append(("claim", uid)))
    panel.statement_chosen.connect(lambda uid: told.append(("statement", uid)))
    return told


def node(panel, text, **wanted):
    return next(
        each
        for each in panel.graph.graph().nodes
        if each.text == text and all(getattr(each, name) == value for name, value in wanted.items())
    )


def spot(panel, text, **wanted):
    return panel.graph.rectangle_of(node(panel, text, **wanted).key).center().toPoint()


def click(panel, text, **wanted):
    QTest.mouseClick(panel.graph, LEFT, PLAIN, spot(panel, text, **wanted))


def press(panel, key):
    QTest.keyClick(panel.window().focusWidget(), key)


def test_a_click_on_a_source_a_claim_or_a_statement_chooses_it(panel, chosen):
    click(panel, "A daily paper")
    click(panel, "disputes")
    click(panel, "They are back")
    assert chosen == [("source", "paper"), ("claim", "three"), ("statement", "made")]


def test_several_claims_of_a_source_take_turns(panel, chosen):
    for _ in range(3):
        click(panel, "supports × 2")
    assert chosen == [("claim", "one"), ("claim", "two"), ("claim", "one")]


def test_a_click_on_an_actor_or_beside_chooses_nothing(panel, chosen):
    click(panel, "Yonhap")
    assert panel.graph.focused().text == "Yonhap"
    QTest.mouseClick(panel.graph, LEFT, PLAIN, QPoint(3, 3))
    assert panel.graph.focused() is None
    assert chosen == []


def test_dragging_moves_the_graph_and_chooses_nothing(panel, chosen):
    before = spot(panel, "A daily paper")
    QTest.mousePress(panel.graph, LEFT, PLAIN, before)
    QTest.mouseMove(panel.graph, before + QPoint(30, 20))
    QTest.mouseMove(panel.graph, before + QPoint(60, 40))
    QTest.mouseRelease(panel.graph, LEFT, PLAIN, before + QPoint(60, 40))
    assert spot(panel, "A daily paper") - before == QPoint(60, 40)
    assert chosen == []


def wheel(panel, at, clicks, modifiers=PLAIN):
    window = panel.window()
    place = QPointF(panel.graph.mapTo(window, at))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120 * clicks), stateKey=modifiers)


def test_the_wheel_moves_and_with_ctrl_comes_closer_to_the_pointer(panel):
    at = spot(panel, "A daily paper")
    width = panel.graph.rectangle_of(node(panel, "A daily paper").key).width()
    wheel(panel, at, 2, CTRL)
    assert panel.graph.rectangle_of(node(panel, "A daily paper").key).width() == pytest.approx(
        width * 1.25**2
    )
    assert (spot(panel, "A daily paper") - at).manhattanLength() <= 3
    wheel(panel, at, -1)
    assert spot(panel, "A daily paper").y() < at.y() - 40
    panel.findChild(QToolButton, "graph_fit").click()
    assert panel.graph.rectangle_of(node(panel, "A daily paper").key).width() == pytest.approx(width)


def test_an_edit_of_the_event_keeps_the_place_and_another_event_is_fitted(panel):
    wheel(panel, QPoint(100, 100), 3, CTRL)
    at = panel.graph.rectangle_of("event")
    panel.show_event(replace(EVENT, title="They came by train"), context=CONTEXT, kinds=BUILT_IN_KINDS)
    assert panel.graph.rectangle_of("event").topLeft() == at.topLeft()
    panel.show_event(MADE, context=CONTEXT, kinds=BUILT_IN_KINDS)
    assert panel.graph.rectangle_of("event").width() == panel.graph.graph().node("event").width


def test_hidden_characters_are_shown_as_such(panel, tmp_path):
    panel.show_event(an_event(title="evil\u202etxt.exe"), context=CONTEXT, kinds=BUILT_IN_KINDS)
    panel.write_picture(tmp_path / "graph.svg")
    assert "\u202e" not in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_the_graph_never_leaves_the_view_altogether(panel):
    for _ in range(50):
        wheel(panel, QPoint(20, 20), -20)
    whole = QRectF()
    for each in panel.graph.graph().nodes:
        whole = whole.united(panel.graph.rectangle_of(each.key))
    assert whole.intersects(QRectF(panel.graph.rect()))


def test_tab_walks_through_every_node_and_out_again(panel):
    before, after = (panel.window().findChild(QLineEdit, name) for name in ("before", "after"))
    before.setFocus(Qt.FocusReason.TabFocusReason)
    while not panel.graph.hasFocus():
        press(panel, Qt.Key.Key_Tab)
    walked = []
    while panel.graph.hasFocus():
        walked.append(panel.graph.focused().key)
        press(panel, Qt.Key.Key_Tab)
    assert walked == [each.key for each in panel.graph.graph().nodes]
    assert after.hasFocus()
    press(panel, Qt.Key.Key_Backtab)
    assert panel.graph.focused().key == walked[-1]


def test_arrows_follow_a_claim_to_the_event_and_enter_chooses(panel, chosen):
    panel.graph.setFocus(Qt.FocusReason.TabFocusReason)
    while panel.graph.focused().text != "Ministry":
        press(panel, Qt.Key.Key_Down)
    press(panel, Qt.Key.Key_Right)
    press(panel, Qt.Key.Key_Return)
    seen = [panel.graph.focused().role]
    for _ in range(2):
        press(panel, Qt.Key.Key_Right)
        seen.append(panel.graph.focused().role)
    assert seen == ["source", "claim", "event"]
    assert chosen == [("source", "note")]
    press(panel, Qt.Key.Key_Left)
    assert panel.graph.focused().role == "claim"


def test_what_has_the_keyboard_is_brought_into_view_and_read_out(panel):
    for _ in range(8):
        QTest.keyClick(panel.graph, Qt.Key.Key_Plus)
    panel.graph.setFocus(Qt.FocusReason.TabFocusReason)
    for each in panel.graph.graph().nodes:
        around = panel.graph.rectangle_of(panel.graph.focused().key)
        assert QRectF(panel.graph.rect()).contains(around.center()), each.text
        assert panel.graph.accessibleDescription().startswith(panel.graph.focused().text)
        press(panel, Qt.Key.Key_Down)


def test_it_says_which_origins_count_and_why(panel):
    QTest.mouseMove(panel.graph, spot(panel, "Yonhap"))
    click(panel, "Yonhap")
    assert "counts as an origin" in panel.graph.accessibleDescription()
    click(panel, "officials")
    assert "counts as no origin" in panel.graph.accessibleDescription()


def test_a_tooltip_is_plain_text(panel, qtbot):
    at = spot(panel, "<b>A note</b>")
    QTest.mouseMove(panel.graph, at - QPoint(2, 0))
    QTest.mouseMove(panel.graph, at)
    qtbot.waitUntil(lambda: "A note" in QToolTip.text(), timeout=3000)
    assert "&lt;b&gt;A note" in QToolTip.text()
    QToolTip.hideText()


def test_the_panel_closes_by_its_button_and_by_escape(panel, qtbot):
    with qtbot.waitSignal(panel.closed):
        panel.findChild(QToolButton, "graph_close").click()
    panel.graph.setFocus()
    with qtbot.waitSignal(panel.closed):
        press(panel, Qt.Key.Key_Escape)


def test_the_panel_says_whose_it_is_and_how_it_counts(panel):
    assert panel.title() == "Soldiers come by train"
    assert (
        node(panel, "Soldiers come by train").note == "3 reports · 2 origins · 1 not established · 1 dispute"
    )
    panel.show_event(None, context=CONTEXT)
    assert panel.title() == ""
    assert panel.graph.graph().nodes == ()


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_save_picture_asks_for_a_path_and_writes_it(panel, tmp_path, ending):
    path = tmp_path / f"graph{ending}"
    panel.picture_requested.connect(lambda write: write(path))
    panel.findChild(QPushButton, "graph_save").click()
    data = path.read_bytes()
    if ending == ".png":
        picture = QImage(str(path))
        assert picture.width() >= int(2 * panel.graph.graph().width)
    elif ending == ".svg":
        shown = "".join(ET.fromstring(data).itertext())
        assert "Yonhap" in shown
        assert "<b>A note</b>" in shown
        assert "Soldiers come by train" in shown
    else:
        assert data.startswith(b"%PDF")


def test_another_ending_is_refused_and_nothing_is_left(panel, tmp_path):
    with pytest.raises(ValueError, match="png"):
        panel.write_picture(tmp_path / "graph.bmp")
    assert list(tmp_path.glob("graph*")) == []


def painted(theme, ratio, graph=None, **options):
    graph = graph or drawn_graph(EVENT, CONTEXT, measure=text_width)
    image = QImage(round(graph.width * ratio), round(graph.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colour("canvas"))
    with QPainter(image) as painter:
        paint_graph(painter, QRectF(0, 0, graph.width, graph.height), graph, theme, **options)
    return graph, image


def ground_at(graph, image, text, ratio):
    found = next(each for each in graph.nodes if each.text == text)
    return image.pixelColor(round((found.x + 5) * ratio), round(found.middle * ratio)).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("ratio", [1, 2])
def test_origins_stand_out_the_anonymous_are_hollow_and_disputes_amber(qapp, theme, ratio):
    graph, image = painted(theme, ratio)
    assert ground_at(graph, image, "Yonhap", ratio) == theme.colour("accent_ground").name()
    assert ground_at(graph, image, "Ministry", ratio) == theme.colour("panel").name()
    assert ground_at(graph, image, "officials", ratio) == theme.colour("canvas").name()
    assert ground_at(graph, image, "disputes", ratio) == theme.colour("warning_ground").name()


def test_following_a_claim_lights_its_way(qapp):
    graph, calm = painted(LIGHT, 1)
    start = next(each for each in graph.nodes if each.text == "Ministry")
    _, lit = painted(LIGHT, 1, lit=Lit(hovered=start.key))
    beside = [QPoint(round(start.x + start.width) + 4, round(start.middle) + away) for away in (-1, 0, 1)]
    calmest, brightest = (min(image.pixelColor(at).blue() for at in beside) for image in (calm, lit))
    assert brightest < calmest - 40  # amber has little blue
    elsewhere = next(each for each in graph.nodes if each.text == "Yonhap")
    at = QPoint(round(elsewhere.x + elsewhere.width) + 4, round(elsewhere.middle))
    assert calm.pixelColor(at) == lit.pixelColor(at)


def test_what_was_retracted_is_struck_through(qapp):
    graph, image = painted(LIGHT, 1)
    tag = next(each for each in graph.nodes if each.role == "claim" and each.struck)
    whole = tuple(replace(each, struck=False) if each is tag else each for each in graph.nodes)
    _, plain = painted(LIGHT, 1, replace(graph, nodes=whole))
    assert plain != image


def test_another_theme_repaints_it(panel):
    before = panel.graph.grab().toImage()
    themes().set_choice("dark")
    assert panel.graph.grab().toImage().pixelColor(5, 5) != before.pixelColor(5, 5)
