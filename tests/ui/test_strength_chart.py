from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from builders import a_claim, an_event
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf
from viewer.domain.quantities import MEASURES, Quantity
from viewer.domain.records import Part
from viewer.timeline.scale import TimeScale
from viewer.ui.strength_panel import StrengthPanel
from viewer.ui.theme import theme, themes

LEFT, PLAIN, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
SCALE = TimeScale.fitting(seconds(2024, 10), seconds(2025, 4), 880)


def counted(uid, low, high, when, *, measure="deployed", force="North Korea", **fields):
    return an_event(
        uid=uid,
        title=f"Event {uid}",
        quantity=Quantity(low=low, high=high, unit="soldiers", measure=measure),
        when=None if when is None else from_edtf(when),
        actors=(Part(name=force, role="force"),),
        **{"claims": (a_claim("s0"),), **fields},
    )


EVENTS = (
    counted("wave", 10_000, 12_000, "2024-11"),
    counted("more", None, 3_000, "2025-02", claims=(a_claim("s0"), a_claim("s1", stance="disputes"))),
    counted("there", 8_000, 8_000, "2025-01", measure="present"),
    counted("lost", 1, 2, None, measure="losses"),
)


@pytest.fixture
def panel(dressed, qtbot):
    panel = StrengthPanel()
    panel.resize(1000, 340)
    qtbot.addWidget(panel)
    panel.chart.set_scale(SCALE)
    panel.show_events(EVENTS, document_title="A winter")
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def place(chart, uid):
    for at, row in enumerate(chart.strength().rows):
        for band, each in enumerate(row.bands):
            if each.uid == uid:
                return chart.rectangle_of(at, band)
    raise AssertionError(uid)


def spot(chart, uid):
    return place(chart, uid).center().toPoint()


def test_a_click_on_a_band_chooses_its_event(panel, qtbot):
    for uid in ("wave", "there"):
        with qtbot.waitSignal(panel.event_chosen) as told:
            QTest.mouseClick(panel.chart, LEFT, PLAIN, spot(panel.chart, uid))
        assert told.args == [uid]


def test_a_click_beside_chooses_nothing(panel, qtbot):
    with qtbot.assertNotEmitted(panel.event_chosen):
        QTest.mouseClick(panel.chart, LEFT, PLAIN, QPoint(900, 40))


def test_the_pointer_shows_title_and_number(panel):
    calm = panel.chart.grab().toImage()
    QTest.mouseMove(panel.chart, spot(panel.chart, "wave"))
    assert panel.chart.pointed() == "wave"
    assert panel.chart.accessibleDescription() == "Event wave\n10,000–12,000 soldiers"
    assert panel.chart.grab().toImage() != calm
    QTest.mouseMove(panel.chart, spot(panel.chart, "more"))
    assert panel.chart.accessibleDescription() == "Event more\nup to 3,000 soldiers · disputed"


def test_the_keyboard_goes_from_band_to_band(panel, qtbot):
    panel.chart.setFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(panel.chart, Qt.Key.Key_Right)
        seen.append(panel.chart.pointed())
    assert seen == ["wave", "more", "there", "wave"]
    QTest.keyClick(panel.chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(panel.event_chosen) as told:
        QTest.keyClick(panel.chart, Qt.Key.Key_Return)
    assert told.args == ["there"]


def test_it_moves_with_the_timeline(panel):
    before = place(panel.chart, "wave")
    panel.chart.set_scale(SCALE.panned(50))
    assert place(panel.chart, "wave").left() == pytest.approx(before.left() - 50)


def test_what_was_left_out_is_said(panel):
    assert panel.chart.note() == "Nothing is added up. Left out: 1 no date"
    panel.show_events(())
    assert panel.chart.note() == ""
    assert panel.title() == ""


def test_rows_that_do_not_fit_are_reached_by_the_wheel(panel):
    events = [counted(f"{m} {f}", 5, 9, "2024-11", measure=m, force=f) for m in MEASURES for f in "AB"]
    panel.show_events(events)
    last = len(events) - 1
    assert panel.chart.rectangle_of(last, 0) is None
    for _ in range(20):
        at = QPointF(panel.chart.mapTo(panel, QPoint(500, 100)))
        QTest.wheelEvent(panel.windowHandle(), at, QPoint(0, -120))
    assert panel.chart.rectangle_of(last, 0) is not None
    panel.resize(1000, 1400)
    panel.chart.grab()
    panel.resize(1000, 340)
    assert panel.chart.rectangle_of(0, 0) is not None


@pytest.mark.parametrize("name", ["light", "dark"])
def test_bands_are_painted_in_the_colour_of_the_movement(panel, name):
    themes().set_choice(name)
    image = panel.chart.grab().toImage()
    band = place(panel.chart, "wave")
    edge = image.pixelColor(int(band.center().x()), int(band.top()) + 1)
    wanted = theme().colour("deployment")
    assert abs(edge.hslHue() - wanted.hslHue()) < 12


def test_what_is_open_downwards_fades(panel):
    image = panel.chart.grab().toImage()
    band = place(panel.chart, "more")
    ground = theme().colour("canvas").lightness()
    rows = [
        max(
            abs(image.pixelColor(x, int(y)).lightness() - ground)
            for x in range(int(band.left()) + 10, int(band.right()) - 10)
        )
        for y in (band.top() + 3, band.bottom() - 2)
    ]
    assert rows[0] > rows[1]


def colours_along(panel, uid):
    image, band = panel.chart.grab().toImage(), place(panel.chart, uid)
    y = int(band.center().y())
    return {image.pixelColor(x, y).name() for x in range(int(band.left()) + 20, int(band.right()) - 20)}


def test_disputed_bands_are_hatched_and_bear_a_dot(panel):
    against = (a_claim("s0"), a_claim("s1", stance="disputes"))
    panel.show_events([counted("calm", 1000, 9000, "2024-11")])
    calm = colours_along(panel, "calm")
    panel.show_events([counted("rival", 1000, 9000, "2024-11", claims=against)])
    assert len(colours_along(panel, "rival")) > 2 * len(calm)
    band = place(panel.chart, "rival")
    dot = panel.chart.grab().toImage().pixelColor(round(band.right()), round(band.top()))
    assert dot.name() == theme().colour("warning").name()


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_picture_shows_all_rows_under_a_calendar_with_what_was_left_out(panel, tmp_path, ending):
    path = tmp_path / f"strength{ending}"
    panel.picture_requested.connect(lambda write: write(path))
    panel.findChild(QPushButton, "strength_save").click()
    if ending == ".png":
        assert QImage(str(path)).width() == 2000
    elif ending == ".svg":
        shown = " ".join(ET.fromstring(path.read_bytes()).itertext())
        for words in ("Deployed", "Present", "10,000", "Nov", "Left out: 1 no date", "A winter", "Stocks"):
            assert words in shown
    else:
        assert path.read_bytes().startswith(b"%PDF")


def test_the_panel_closes(panel, qtbot):
    with qtbot.waitSignal(panel.closed):
        panel.findChild(QToolButton, "strength_close").click()
    panel.chart.setFocus()
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.chart, Qt.Key.Key_Escape)


def test_thousands_of_numbers_are_still_one_click_away(panel, qtbot):
    events = [
        counted(str(at), float(at), float(at), f"2024-{10 + at % 3}-{1 + at % 28:02d}") for at in range(3000)
    ]
    panel.show_events(events)
    assert panel.chart.scene().rows[0].envelope is not None
    with qtbot.waitSignal(panel.event_chosen):
        QTest.mouseClick(panel.chart, LEFT, PLAIN, spot(panel.chart, "2999"))


def test_the_sample_has_a_chart(panel, sample_document):
    panel.show_events(sample_document.store.events())
    assert {row.measure for row in panel.chart.strength().rows} >= {"deployed", "in training"}
    assert not panel.chart.grab().toImage().isNull()
