from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QPushButton

from viewer.resources import resource
from viewer.ui.icons import icon, set_icon
from viewer.ui.theme import DARK, LIGHT, themes

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def _colours(drawn: QIcon, size: int, scale: float = 1.0) -> set[str]:
    image = drawn.pixmap(QSize(size, size), scale).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


def test_resources_are_found_from_anywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert resource("theme", "check-light.svg").is_file()
    assert resource() == Path(__file__).parents[2] / "resources"


@pytest.mark.parametrize("name", NAMES)
def test_each_drawing_is_drawn(dressed, name):
    assert _colours(icon(name), 24)


@pytest.mark.skipif("add" not in NAMES, reason="not drawn yet")
def test_an_icon_takes_the_colour_of_its_token_and_is_sharp_at_any_scale(dressed):
    assert _colours(icon("add", "accent"), 24) == {LIGHT.colour("accent").name()}
    for scale in (1.0, 2.0):
        pixmap = icon("add").pixmap(QSize(24, 24), scale)
        assert pixmap.size() == QSize(24, 24) * scale


@pytest.mark.skipif("add" not in NAMES, reason="not drawn yet")
def test_an_icon_that_is_worn_follows_the_theme(dressed, qtbot):
    button, action = QPushButton(), QAction()
    qtbot.addWidget(button)
    for wearer in (button, action):
        set_icon(wearer, "add")
        assert _colours(wearer.icon(), 24) == {LIGHT.colour("text").name()}
    themes().set_choice("dark")
    for wearer in (button, action):
        assert _colours(wearer.icon(), 24) == {DARK.colour("text").name()}


def test_a_wearer_that_is_gone_is_no_concern_of_the_theme(dressed):
    button = QPushButton()
    set_icon(button, "add")
    del button
    themes().set_choice("dark")


def test_a_missing_drawing_is_an_empty_icon(dressed, caplog):
    assert icon("no such drawing").isNull()
    assert "no icon named" in caplog.text


def test_an_icon_needs_a_wearer_that_can_be_told(dressed):
    class Bare:
        def setIcon(self, icon: QIcon) -> None:
            raise AssertionError

    with pytest.raises(TypeError):
        set_icon(Bare(), "add")
