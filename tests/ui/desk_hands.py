"""A reader at the reading desk: sees the text and has a mouse and a keyboard."""

from __future__ import annotations

import json

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from viewer.domain.records import BUILT_IN_KINDS
from viewer.ui.desk.desk import ReadingDesk
from viewer.ui.desk.records import DeskKind, DeskPassage, DeskSource

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
KINDS = [DeskKind(kind, key) for kind, key in zip(BUILT_IN_KINDS, "DWT", strict=True)]


def passage(text, quote, event, *, colour="deployment", **more):
    """A passage where the text says the quote first, or one that no longer holds."""
    start = text.find(quote)
    span = (start, start + len(quote)) if start >= 0 else (0, len(quote))
    return DeskPassage(
        claim_uid=f"claim-{event}", event_id=event, kind=colour, colour=colour, quote=quote, span=span, **more
    )


def source(text, *quotes, uid="s", **more):
    """A source whose text is quoted: pairs of a quote and an event, or passages."""
    passages = tuple(q if isinstance(q, DeskPassage) else passage(text or "", *q) for q in quotes)
    return DeskSource(uid=uid, title="A title", details="A paper", text=text, passages=passages, **more)


def real_source(seed):
    """The real article with its passages; events count from 1."""
    bundle = json.loads(seed.read_text(encoding="utf-8"))
    (article,) = bundle["sources"]
    passages = [
        DeskPassage(
            claim_uid=f"{number}-{place}", event_id=number, kind=event["kind"], colour=event["kind"],
            quote=claim["quote"], span=tuple(claim["span"]), stance=claim["stance"], title=event["title"],
        )
        for number, event in enumerate(bundle["events"], start=1)
        for place, claim in enumerate(event["claims"])
    ]  # fmt: skip
    return DeskSource(
        uid=article["uid"],
        title=article["title"],
        text=article["text"],
        language="fr",
        passages=tuple(passages),
    )


class Reader:
    """What a reader does at one desk, and what the desk then says."""

    def __init__(self, qtbot, shown=None, size=(760, 480)):
        self.desk = ReadingDesk()
        self.qtbot = qtbot
        qtbot.addWidget(self.desk)
        self.desk.set_kinds(KINDS)
        self.desk.set_reduced_motion(True)
        self.desk.resize(*size)
        if shown is not None:
            self.desk.show_source(shown)
        self.chosen, self.entries, self.claims, self.wanted = [], [], [], []
        self.desk.passage_chosen.connect(self.chosen.append)
        self.desk.entry_requested.connect(lambda kind, selection: self.entries.append((kind, selection)))
        self.desk.claim_requested.connect(self.claims.append)
        self.desk.source_wanted.connect(self.wanted.append)
        self.desk.show()
        self.desk.activateWindow()
        qtbot.waitUntil(self.desk.isActiveWindow)
        self.page.setFocus()

    @property
    def page(self):
        return self.desk.page

    @property
    def text(self):
        return self.page.column.text

    def selected(self):
        """What is selected."""
        return self.text[slice(*self.page.selected_span())]

    def bar(self):
        """The bar beside the selection, while it is to be seen."""
        bar = self.find("selection_bar")
        return bar if bar.isVisible() else None

    def find(self, name):
        return self.desk.findChild(QWidget, name)

    def says(self, name):
        widget = self.find(name)
        return widget.text() if widget.isVisible() else None

    def point(self, words, place=0):
        """The middle of a letter of the words, on the page."""
        start = self.text.index(words) + place
        box = self.page.box_of(start, start + 1)
        return box.center()

    def in_sight(self, words):
        """Whether the first line of the words is in view."""
        return self.page.viewport().rect().contains(self.point(words))

    def click(self, at, modifiers=PLAIN):
        QTest.mouseClick(self.page.viewport(), LEFT, modifiers, at)

    def double_click(self, at):
        QTest.mouseDClick(self.page.viewport(), LEFT, PLAIN, at)

    def drag(self, start, end):
        view = self.page.viewport()
        QTest.mousePress(view, LEFT, PLAIN, start)
        for share in (0.5, 1.0):
            QTest.mouseMove(view, start + (end - start) * share)
        QTest.mouseRelease(view, LEFT, PLAIN, end)

    def push(self, name):
        """Click on a button."""
        button = self.find(name)
        assert button.isVisible(), name
        QTest.mouseClick(button, LEFT)

    def press(self, key, modifiers=PLAIN, times=1):
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget(), key, modifiers)

    def type(self, words):
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget(), letter)

    def wheel(self, clicks):
        view = self.page.viewport()
        at = QPointF(view.mapTo(self.desk, view.rect().center()))
        QTest.wheelEvent(self.desk.windowHandle(), at, QPoint(0, round(clicks * 120)))
