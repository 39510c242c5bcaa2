"""Fault cases of texts at the real window: hostile titles, endless lines, odd searches."""

from __future__ import annotations

import sys
import time

import pytest
from builders import a_bundle, raw_claim, raw_event, raw_source
from hands import CTRL
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QLabel
from watching import opened_files

from viewer.document import Document
from viewer.ui.hover_card import HoverCard
from viewer.ui.text import one_line

Key = Qt.Key


def made(path, bundle):
    """A closed document that holds a bundle."""
    document = Document.create(path)
    document.import_files([("made.json", bundle)])
    document.close()
    return document.path


# 52, 53: texts


HOSTILE = [
    pytest.param('<img src="file://{canary}">', id="image"),
    pytest.param("<b>x</b>", id="bold"),
    pytest.param("&lt;", id="entity"),
    pytest.param("R&D", id="ampersand"),
    pytest.param("a \u202egnp.exe", id="bidi"),
    pytest.param("<img src='{canary}'> " + "long " * 200_000, id="megabyte"),
]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="watches files with inotify")
@pytest.mark.parametrize("pattern", HOSTILE)
def test_case_52_a_title_is_shown_literally_everywhere_and_opens_no_file(start, tmp_path, pattern):
    canary = tmp_path / "canary.png"
    canary.write_bytes(b"not even a picture")
    title = pattern.format(canary=canary)
    source = raw_source(title=title, publisher=title)
    event = raw_event(
        title=title, summary=title, place=title, when={"edtf": "2024-12-03"}, tags=[title[:80]],
        actors=[{"name": title, "role": "force"}],
        claims=[raw_claim(source["uid"], verb=title, note=title, chain=[{"name": title}])],
    )  # fmt: skip
    other = raw_event(
        title="Other", when={"edtf": "2024-12-09"}, links=[{"to": event["uid"], "relation": "about"}]
    )
    path = made(tmp_path / "t.dateline", a_bundle(sources=[source], events=[event, other], title=title))
    shown = one_line(title)
    with opened_files(canary) as opened:
        hands = start(path)
        number = hands.id_of(title)
        hands.click_mark(number)
        labels = {label.event: label.text for label in hands.timeline.scene().labels}
        assert labels[number].rstrip("…") == shown[: len(labels[number].rstrip("…"))]
        hands.picture()
        assert shown in hands.listed()
        assert hands.says("inspector_title").startswith(shown[:40])
        assert hands.window.windowHandle().title().startswith(shown[:40])
        hands.find("linked_0")
        hands.press(Key.Key_L, CTRL)
        hands.window.grab()
        hands.hover(hands.timeline, hands.timeline.rectangle_of(hands.id_of("Other")).center())
        hands.hover(hands.timeline, hands.timeline.rectangle_of(number).center())
        card = hands.timeline.findChild(HoverCard)
        hands.wait(card.isVisible)
        labels = card.findChildren(QLabel)
        assert any(label.text().startswith(shown[:40]) for label in labels)
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
        card.grab()
        hands.press(Key.Key_F2)
        assert hands.says("title") in (title, shown)
        hands.window.grab()
        hands.press(Key.Key_Escape)
        hands.wait(lambda: not hands.sees("form_title"))
        hands.press(Key.Key_Delete)
        assert shown[:40] in hands.says("notice_text")
        undo = next(a for a in hands.window.findChildren(QAction) if a.text().startswith("&Undo"))
        assert f"“{shown[:20]}" in undo.text().replace("&&", "&")
        hands.window.grab()
        hands.click("notice_action_0")
        assert hands.id_of(title) == number
    assert opened == []


def test_case_53_five_megabytes_without_a_space_are_shown_at_once_and_copied_unchanged(start, tmp_path):
    letters = "abcdefghij" * 500_000
    quote = letters[2_000_000:2_300_000]
    text = letters[:2_000_000] + "é" + quote + "ü" + letters[2_300_000:]
    source = raw_source(text=text, title="A long line")
    claim = raw_claim(source["uid"], quote=quote, span=[2_000_001, 2_300_001])
    event = raw_event(title="Long", when={"edtf": "2024-12-03"}, claims=[claim])
    other = raw_event(title="Other", when={"edtf": "2024-12-09"})
    path = made(tmp_path / "t.dateline", a_bundle(sources=[source], events=[event, other]))
    hands = start(path)
    hands.click_mark(hands.id_of("Other"))
    hands.settle()
    at = hands.timeline.rectangle_of(hands.id_of("Long")).center()
    begun = time.perf_counter()
    hands.click(hands.timeline, at)
    assert "abcdefghij" in hands.says("claim_0_quote")
    hands.window.grab()
    assert time.perf_counter() - begun < 2
    hands.click("claim_0_copy")
    assert QGuiApplication.clipboard().text() == quote
    hands.click("claim_0_more")
    hands.click("claim_0_quote", QPoint(5, 5))
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert quote in copied
    assert copied.strip("…") in text
    begun = time.perf_counter()
    hands.press(Key.Key_F2)
    hands.find("form_title")
    hands.window.grab()
    assert time.perf_counter() - begun < 4
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))
    assert next(hands.document.store.sources()).text == text


# 64: what is searched for


@pytest.mark.parametrize(
    "text",
    ['"', "*", "a\x00b", "NEAR(", "AND", "-", "title:x", "koursk " * 14_000],
    ids=["quote", "star", "nul", "near", "and", "minus", "column", "100kB"],
)
def test_case_64_whatever_is_searched_for_gives_a_result_or_no_match(start, path, text):
    hands = start(path)
    hands.press(Key.Key_F, CTRL)
    hands.paste(text)
    hands.press(Key.Key_Return)
    assert "16 events" in hands.says("status_shown")
    hands.window.grab()
    hands.press(Key.Key_F, CTRL)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: "all shown" in hands.says("status_shown"))
