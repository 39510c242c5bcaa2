from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from viewer.ui.welcome import WelcomePage


@pytest.fixture
def page(dressed, qtbot):
    widget = WelcomePage()
    qtbot.addWidget(widget)
    widget.resize(1024, 700)
    widget.show()
    return widget


def button(page, name):
    return page.findChild(QAbstractButton, name)


@pytest.mark.parametrize("way", ["new", "open", "sample"])
def test_the_three_ways_in(page, qtbot, way):
    with qtbot.waitSignal(getattr(page, f"{way}_requested")):
        qtbot.mouseClick(button(page, f"welcome_{way}"), Qt.MouseButton.LeftButton)


def test_an_empty_list_says_so(page):
    assert page.findChild(QLabel, "no_recent").isVisible()


def test_a_recent_file_is_opened_with_a_click(page, qtbot, tmp_path):
    path = tmp_path / "kursk & more.dateline"
    path.touch()
    page.set_recent([path])
    with qtbot.waitSignal(page.recent_chosen) as heard:
        qtbot.mouseClick(button(page, "recent_0"), Qt.MouseButton.LeftButton)
    assert heard.args == [path]
    assert isinstance(heard.args[0], Path)
    assert button(page, "recent_remove_0") is None


def test_a_missing_file_is_marked_and_can_be_taken_off(page, qtbot, tmp_path):
    path = tmp_path / "gone.dateline"
    page.set_recent([path])
    page.recent_removed.connect(lambda _path: page.set_recent([]))
    assert "not found" in [label.text() for label in page.findChildren(QLabel)]
    assert button(page, "recent_0") is None
    with qtbot.waitSignal(page.recent_removed) as heard:
        qtbot.mouseClick(button(page, "recent_remove_0"), Qt.MouseButton.LeftButton)
    assert heard.args == [path]
    qtbot.waitUntil(lambda: page.findChild(QLabel, "no_recent").isVisible())


def test_long_paths_stay_inside(page, qtbot, tmp_path):
    page.set_recent([tmp_path / ("folder" * 30) / f"{'name' * 40}.dateline"])
    qtbot.wait(1)
    cross = button(page, "recent_remove_0")
    assert cross.mapTo(page, QPoint(cross.width(), 0)).x() <= page.width()
    assert cross.isVisible()
