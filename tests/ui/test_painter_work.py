"""What a frame costs to paint: bounded, whatever it shows and at whatever size."""

from __future__ import annotations

import numpy as np
import pytest
from counting import calls_of
from timeline_events import KINDS

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.columns import Columns
from viewer.timeline.index import Index, LaneInfo, Undated
from viewer.timeline.scale import TimeScale
from viewer.ui.painter import paint_scene
from viewer.ui.painter_words import FRESH
from viewer.ui.staging import Content, scene_of
from viewer.ui.theme import DARK, LIGHT
from viewer.ui.view_motion import Place

MOST = 400
MOST_AT_8K = 700  # of headings, ticks and rows there are so many more
YEAR = 365 * DAY


def document(number, lanes, *, disputed=0.3, undated=0, seed=3):
    chance = np.random.default_rng(seed)
    lo = chance.integers(seconds(2000), seconds(2025), number)
    length = np.where(chance.random(number) < 0.5, 59, 10 ** chance.uniform(4, 7.5, number)).astype(np.int64)
    lane = chance.integers(0, lanes, number).astype(np.int32)
    flags = [chance.random(number) < share for share in (0.3, 0.05, 0.05, 0.2, disputed)]
    third = length // 3
    return Index.build(
        Columns(
            np.arange(1, number + 1), (lane % 3).astype(np.int16), lane,
            lo, lo + third, lo + length - third, lo + length, *flags,
        ),
        [LaneInfo(f"lane {at}", f"Lane number {at}", at % 3) for at in range(lanes)],
        [Undated(number + at, at % 3) for at in range(1, undated + 1)],
    )  # fmt: skip


def title(event):
    return f"Event number {event}, told in a few words"


def frame(index, share, size, **more):
    middle, half = seconds(2012), max(int(13 * YEAR * share), 1)
    scale = TimeScale.fitting(middle - half, middle + half, max(size[0] - 120, 1))
    return scene_of(Content(index, KINDS, title, **more), Place(scale), *size)


@pytest.fixture(scope="module")
def documents():
    return {
        "few": document(80, 3, disputed=1.0),
        "more": document(300, 3, undated=40),
        "many": document(150_000, 8, undated=5_000),
        "lanes": document(50_000, 5_000),
    }


@pytest.mark.parametrize("size", [(1, 1), (320, 240), (1920, 1080), (2560, 1440), (7680, 4320)])
@pytest.mark.parametrize("share", [1, 0.1, 0.01, 0.0005])
@pytest.mark.parametrize("name", ["few", "more", "many", "lanes"])
def test_a_frame_takes_few_calls_of_the_painter(qapp, documents, name, share, size):
    scene = frame(documents[name], share, size)
    seen = frozenset(scene.items["event"][:1].tolist())
    for _ in range(30):  # until the words in sight are there as pictures
        calls = calls_of(
            lambda painter: paint_scene(painter, scene, LIGHT, kinds=KINDS, selected=seen), *size
        )
        if not calls["drawText"]:
            break
    assert calls.total() <= (MOST if size[1] <= 1440 else MOST_AT_8K), calls.most_common(8)


def test_a_frame_makes_only_a_few_pictures_of_words_and_writes_the_others(qapp, documents):
    scene = frame(documents["more"], 0.4, (1900, 1000))
    # Words of a size that no other test has asked for.
    ratio = 1.875
    words = []
    for _ in range(40):
        calls = calls_of(lambda painter: paint_scene(painter, scene, DARK, kinds=KINDS), 1900, 1000, ratio)
        words.append(calls["drawText"])
    assert words[0] > 5 * FRESH
    assert words[0] - words[1] <= 2 * FRESH
    assert words == sorted(words, reverse=True)
    assert words[-1] == 0


@pytest.mark.parametrize("ratio", [1, 1.5, 2])
def test_a_word_looks_the_same_written_or_as_a_picture(qapp, documents, ratio):
    from PySide6.QtGui import QImage, QPainter

    scene = frame(documents["few"], 0.6, (700, 400))
    shots = []
    for _ in range(25):
        image = QImage(round(700 * ratio), round(400 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            paint_scene(painter, scene, DARK, kinds=KINDS)
        found = np.frombuffer(image.constBits(), np.uint8).astype(int)
        shots.append(found.copy())
    assert np.mean(np.abs(shots[0] - shots[-1]) > 2) < 5e-4


def test_a_crowd_shows_what_it_holds_at_every_ratio(qapp, documents):
    """At twice the pixels a frame is the same picture, only finer."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    scene = frame(documents["more"], 1, (900, 700))
    assert scene.slim
    pictures = []
    for ratio in (1, 2):
        image = QImage(900 * ratio, 700 * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            paint_scene(painter, scene, LIGHT, kinds=KINDS)
        smooth = Qt.TransformationMode.SmoothTransformation
        small = image.scaled(900, 700, mode=smooth).convertToFormat(QImage.Format.Format_RGB32)
        pictures.append(np.frombuffer(small.constBits(), np.uint8).astype(int))
    assert np.abs(pictures[0] - pictures[1]).mean() < 3
