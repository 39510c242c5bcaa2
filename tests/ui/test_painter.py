from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from timeline_events import KINDS, TITLES, crowded_index, first, last, mask_of, small_index

from viewer.domain.records import Kind
from viewer.storage.errors import WriteError
from viewer.timeline.scale import TimeScale
from viewer.timeline.scene import ITEM
from viewer.timeline.shown import Shown
from viewer.ui.painter import Ghost, paint_scene
from viewer.ui.painter_extents import Item
from viewer.ui.painter_marks import mark_outline
from viewer.ui.pictures import render_picture
from viewer.ui.staging import Content, scene_of
from viewer.ui.theme import DARK, LIGHT
from viewer.ui.view_motion import Place

SIZE = (1000, 520)
SHAPES = ("right", "left", "disc", "plus", "square", "diamond", "hexagon", "bar")


def place():
    return Place(TimeScale.fitting(first(2024, 9, 20), last(2025, 4, 15), SIZE[0] - 120))


def scene(content=None, size=SIZE):
    return scene_of(content or Content(small_index(), KINDS, TITLES.__getitem__), place(), *size)


def painted(frame, theme=LIGHT, ratio=1, **options):
    width, height = round(frame.width * ratio), round(frame.height * ratio)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint_scene(painter, frame, theme, kinds=KINDS, **options)
    painter.end()
    return image


def pixels(image):
    array = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return (
        array[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[:, :, :3].astype(int).copy()
    )


def colour_at(image, x, y):
    return image.pixelColor(round(x * image.devicePixelRatio()), round(y * image.devicePixelRatio()))


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("ratio", [1, 2])
def test_marks_stand_in_their_kinds_colour_where_the_scene_says(qapp, theme, ratio):
    frame = scene()
    image = painted(frame, theme, ratio)
    for item in frame.items:
        if not np.isnan(item["mark"]):
            wanted = theme.kind_colour(KINDS[int(item["kind"])].colour)
            assert near(colour_at(image, float(item["mark"]), float(item["y"])), wanted)


def test_a_possible_extent_is_paler_than_its_mark_but_seen(qapp):
    frame = scene()
    item = frame.item(1)
    seen = colour_at(painted(frame), float(item["lo"]) + 8, float(item["y"]))
    solid = LIGHT.kind_colour("deployment")
    assert not near(seen, LIGHT.colour("canvas"))
    assert seen.lightness() > solid.lightness() + 60


def test_throughout_is_solid_in_its_core_and_fades_at_its_possible_ends(qapp):
    frame = scene()
    item = frame.item(5)
    image, y = painted(frame), float(item["y"])
    core = colour_at(image, float(item["core_lo"]) + 4, y).lightness()
    end = colour_at(image, float(item["lo"]) + 4, y).lightness()
    assert end > core + 40


def test_an_open_end_dissolves(qapp):
    frame = scene()
    item = frame.item(7)
    image = painted(frame)
    edge = colour_at(image, frame.heading + 3, float(item["y"]))
    known = colour_at(image, float(item["hi"]) - 20, float(item["y"]))
    assert near(edge, LIGHT.colour("canvas"))
    assert known.lightness() < edge.lightness() - 8


def test_selection_hover_and_draft_each_change_the_picture(qapp):
    frame = scene()
    plain = painted(frame)
    item = frame.item(3)
    chosen = painted(frame, selected=frozenset({3}))
    assert near(colour_at(chosen, float(item["lo"]) - 5, float(item["y"])), LIGHT.colour("accent_ground"))
    assert painted(frame, hovered=3) != plain
    assert painted(frame, ghost=Ghost(0, 400, 440, 250)) != plain


def test_a_link_is_drawn_and_passes_behind_words(qapp):
    content = Content(small_index(), KINDS, TITLES.__getitem__, selected=3, links=((8, "about"),))
    frame = scene(content)
    assert frame.arcs
    without = painted(replace(frame, arcs=()))
    with_arc = painted(frame)
    assert with_arc != without
    for label in frame.labels:
        if all(label.event != end for end in (3, 8)):
            box = (round(label.x), round(label.y) - 8, round(label.width), 16)
            assert with_arc.copy(*box) == without.copy(*box)


def test_a_linked_chip_has_a_rim_and_a_selected_one_a_ground(qapp):
    content = Content(small_index(), KINDS, TITLES.__getitem__, selected=3, links=((21, "about"),))
    frame = scene(content)
    chip = frame.shelf.chips[0]
    middle = chip.y + chip.height / 2
    linked, plain = painted(frame), painted(replace(frame, arcs=()))
    assert near(colour_at(linked, chip.x + chip.width / 3, chip.y + 0.4), LIGHT.colour("accent"))
    assert near(colour_at(plain, chip.x + chip.width / 3, chip.y + 0.4), LIGHT.colour("line"))
    chosen = painted(frame, selected=frozenset({21}))
    assert chosen.pixelColor(round(chip.x + 6), round(middle)) == LIGHT.colour("accent_ground")


@pytest.mark.parametrize(("height", "said"), [(90, True), (64, False)])
def test_a_heading_says_what_of_its_kind_is_undated_where_there_is_room(qapp, height, said):
    frame = scene()
    assert [lane.undated for lane in frame.lanes] == [0, 1, 2]
    lane = replace(frame.lanes[1], height=float(height))
    with_undated, without = (
        painted(replace(frame, lanes=(replace(lane, undated=count),))) for count in (lane.undated, 0)
    )
    assert (with_undated != without) is said


def test_crowded_lanes_become_bands_as_high_as_the_scene_says(qapp):
    frame = scene(Content(crowded_index(), KINDS, str), (1000, 900))
    assert frame.bands
    image = painted(frame)
    band = frame.bands[0]
    column = int(np.argmax(band.heights))
    x = band.x + column * band.step + 1
    lane = frame.lanes[band.lane]
    foot = lane.y + lane.height - 20
    ground = LIGHT.colour("canvas")
    assert not near(colour_at(image, x, foot - 3), ground)
    assert near(colour_at(image, x, foot - float(band.heights[column]) - 6), ground)


def test_every_shape_has_its_own_outline(qapp):
    outlines = [mark_outline(shape) for shape in SHAPES]
    corners = [
        tuple((round(point.x()), round(point.y())) for point in outline.toFillPolygon())
        for outline in outlines
    ]
    assert len(set(corners)) == len(SHAPES)
    assert all(outline.contains(QPointF(0, 3)) for outline in outlines)  # the hexagon has a hole
    assert all(
        max(outline.boundingRect().width(), outline.boundingRect().height()) <= 12.1 for outline in outlines
    )


def test_an_unknown_kind_is_drawn_neutrally(qapp):
    frame = scene()
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_scene(painter, frame, LIGHT, kinds=KINDS[:1])
    painter.end()
    item = frame.item(9)
    assert near(colour_at(image, float(item["mark"]), float(item["y"])), LIGHT.colour("muted"))


def test_plain_items_are_the_scenes_items():
    assert Item._fields == ITEM.names


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
def test_a_paint_is_not_blank(qapp, theme):
    colours = np.unique(pixels(painted(scene(), theme)).reshape(-1, 3), axis=0)
    assert len(colours) > 50


def picture(path, mask=None, title_of=TITLES.__getitem__, kinds=KINDS, **changes):
    index = small_index()
    note = "not later than Feb 2025"
    content = Content(index, kinds, title_of, Shown.of(index, mask), shelf_note=note)
    options = {
        "title": "Winter at the coast",
        "period": None,
        "size": (1000, 560),
        "scale": 1.0,
        "theme": LIGHT,
    }
    render_picture(path, content, **(options | changes))
    return path


def test_png_has_the_size_asked_for_times_the_scale(qapp, tmp_path):
    image = QImage(str(picture(tmp_path / "out.png", scale=2.0)))
    assert (image.width(), image.height()) == (2000, 1120)
    assert (
        len(np.unique(pixels(image.convertToFormat(QImage.Format.Format_RGB32)).reshape(-1, 3), axis=0)) > 50
    )


def test_svg_holds_titles_and_footer_as_text(qapp, tmp_path):
    text = picture(tmp_path / "out.svg").read_text(encoding="utf-8")
    assert "Winter at the coast" in text
    assert "12 events · 3 undated · dates as in the sources" in text
    assert "Minister: they are back" in text


def test_pdf_is_one_page_in_which_nothing_is_transparent(qapp, tmp_path):
    data = picture(tmp_path / "out.PDF").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/SMask") == data.count(b"/SMask /None")
    assert data.count(b"/Type /Page\n") == 1


def test_period_decides_what_is_shown(qapp, tmp_path):
    period = (first(2025, 1, 1), last(2025, 3, 31))
    text = picture(tmp_path / "out.svg", period=period).read_text(encoding="utf-8")
    assert "Minister: they are back" in text
    assert "First columns" not in text


def test_a_picture_without_events_says_so(qapp, tmp_path):
    text = picture(tmp_path / "out.svg", mask=mask_of()).read_text(encoding="utf-8")
    assert "All 12 events are hidden by the filter" in text


def test_another_ending_is_refused_with_what_to_do(qapp, tmp_path):
    with pytest.raises(ValueError, match=r"\.png, \.svg or \.pdf"):
        picture(tmp_path / "out.gif")
    assert not (tmp_path / "out.gif").exists()


@pytest.mark.parametrize("changes", [{"size": (40, 30)}, {"size": (30_000, 20_000), "scale": 4.0}])
def test_sizes_that_cannot_be_drawn_are_refused(qapp, tmp_path, changes):
    with pytest.raises(ValueError, match="picture is too"):
        picture(tmp_path / "out.png", **changes)


@pytest.mark.parametrize("name", ["out.png", "out.svg", "out.pdf"])
def test_a_folder_that_is_not_there_is_told(qapp, tmp_path, name):
    with pytest.raises(WriteError, match="could not be written"):
        picture(tmp_path / "missing" / name)


def test_titles_of_strangers_stay_text(qapp, tmp_path):
    kinds = (Kind(name="x", label="x", shape="star", colour="nonsense"), *KINDS[1:])
    titles = dict.fromkeys(TITLES, "<b>&amp;</b>\u202e")
    text = picture(tmp_path / "out.svg", kinds=kinds, title_of=titles.__getitem__).read_text(encoding="utf-8")
    assert "&lt;b>" in text or "&lt;b&gt;" in text


def test_a_title_inside_an_extent_stands_on_a_clear_ground(qapp):
    inside = Place(TimeScale.fitting(first(2025, 1, 14), last(2025, 1, 18), SIZE[0] - 120))
    frame = scene_of(Content(small_index(), KINDS, TITLES.__getitem__), inside, *SIZE)
    label = next(label for label in frame.labels if label.side == "over")
    beside = colour_at(painted(frame), label.x + label.width + 20, label.y)
    assert near(colour_at(painted(frame), label.x - 2, label.y), LIGHT.colour("canvas"))
    assert not near(beside, LIGHT.colour("canvas"))
