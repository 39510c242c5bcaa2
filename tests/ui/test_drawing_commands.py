"""`open --screenshot` and `render`: pictures of the real window and of the timeline, from the command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from large_documents import LARGE, make_large
from PySide6.QtGui import QImage


def dateline(tmp_path, *words, **env):
    surroundings = {**os.environ, "DATELINE_HOME": str(tmp_path / "home"), **env}
    return subprocess.run(
        [sys.executable, "-m", "viewer", *map(str, words)],
        capture_output=True,
        text=True,
        env=surroundings,
        timeout=60,
        check=False,
    )


def screenshot(tmp_path, name, *options, **env):
    picture = tmp_path / name
    done = dateline(
        tmp_path, "open", "--sample", "--platform", "offscreen", "--screenshot", picture, *options, **env
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return QImage(str(picture))


@pytest.fixture
def sample_file(tmp_path):
    file = tmp_path / "sample.dateline"
    assert dateline(tmp_path, "new", file, "--sample").returncode == 0
    return file


def test_the_window_is_saved_in_the_size_and_theme_asked_for(tmp_path):
    light = screenshot(tmp_path, "light.png", "--theme", "light", "--size", "1280x800")
    dark = screenshot(tmp_path, "dark.png", "--theme", "dark", "--size", "1024x700")
    assert (light.width(), light.height()) == (1280, 800)
    assert (dark.width(), dark.height()) == (1024, 700)
    assert light.pixelColor(640, 790).lightness() > 200
    assert dark.pixelColor(512, 690).lightness() < 80


def test_a_screen_of_twice_the_resolution_gives_twice_the_pixels(tmp_path):
    assert screenshot(tmp_path, "big.png", "--size", "1280x800", QT_SCALE_FACTOR="2").width() == 2560


def test_a_screenshot_leaves_no_settings_and_no_sample_behind(tmp_path):
    screenshot(tmp_path, "a.png")
    home = tmp_path / "home"
    assert not list(home.rglob("settings.json"))
    assert not list(home.rglob("*.dateline"))


def test_a_document_that_cannot_be_opened_gives_a_message_and_no_picture(tmp_path):
    done = dateline(
        tmp_path,
        "open",
        tmp_path / "no.dateline",
        "--platform",
        "offscreen",
        "--screenshot",
        tmp_path / "a.png",
    )
    assert done.returncode == 2
    assert "was not found" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a.png").exists()


def test_a_picture_that_cannot_be_written_is_said_so(tmp_path):
    target = tmp_path / "no" / "a.png"
    done = dateline(tmp_path, "open", "--sample", "--platform", "offscreen", "--screenshot", target)
    assert done.returncode != 0
    assert "could not be written" in done.stderr


def test_render_draws_png_svg_and_pdf(tmp_path, sample_file):
    for ending, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        out = tmp_path / f"picture.{ending}"
        done = dateline(tmp_path, "render", sample_file, out, "--size", "1000x600", "--scale", "2")
        assert done.returncode == 0, done.stderr
        assert out.read_bytes().startswith(start)
    assert QImage(str(tmp_path / "picture.png")).width() == 2000


def test_render_draws_only_what_the_filters_let_through(tmp_path, sample_file):
    out = tmp_path / "statements.svg"
    assert dateline(tmp_path, "render", sample_file, out, "--kind", "statement").returncode == 0
    drawn = out.read_text(encoding="utf-8")
    assert "Zelensky" in drawn
    assert "Ukraine crosses" not in drawn


def test_render_draws_the_period_asked_for(tmp_path, sample_file):
    out = tmp_path / "february.svg"
    assert (
        dateline(tmp_path, "render", sample_file, out, "--from", "2025-02", "--to", "2025-02").returncode == 0
    )
    drawn = out.read_text(encoding="utf-8")
    assert "February 2025" in drawn
    assert "Aug" not in drawn


def test_render_refuses_other_endings_before_it_starts(tmp_path, sample_file):
    done = dateline(tmp_path, "render", sample_file, tmp_path / "picture.gif")
    assert done.returncode == 2
    assert ".png, .svg or .pdf" in done.stderr


def test_pictures_of_a_large_document_wait_until_it_is_prepared(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    file = make_large(tmp_path / "large.dateline")
    first, again = tmp_path / "a.png", tmp_path / "b.png"
    drawn = tmp_path / "out.svg"
    assert dateline(tmp_path, "render", file, drawn).returncode == 0
    assert f"{LARGE:,} events" in drawn.read_text(encoding="utf-8")
    for picture, home in ((first, "another"), (again, "home")):
        words = ("open", file, "--platform", "offscreen", "--screenshot", picture)
        assert dateline(tmp_path, *words, DATELINE_HOME=str(tmp_path / home)).returncode == 0
    unprepared, prepared = QImage(str(first)), QImage(str(again))
    same = sum(
        unprepared.pixelColor(x, y) == prepared.pixelColor(x, y)
        for x in range(130, 900, 7)
        for y in range(140, 700, 7)
    )
    assert same == len(range(130, 900, 7)) * len(range(140, 700, 7))
