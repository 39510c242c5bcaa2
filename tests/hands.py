"""A user at a window: sees what is visible, and has a mouse and a keyboard and nothing else.

Clicks and keys go to the window of the platform, so that whatever lies on top, has the focus or owns a
shortcut gets them, as for a real hand.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QScrollArea, QTableView, QWidget

from viewer.folders import config_folder
from viewer.ui.elided import ElidedLabel
from viewer.ui.flow_text import FlowText
from viewer.ui.main_window import MainWindow
from viewer.ui.settings import Settings
from viewer.ui.windows import Windows

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def main_windows():
    """The windows that are open."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]


@contextmanager
def starting(application, qtbot):
    """A function that starts the program, as if it had been closed before, and sits down at its window."""
    application.setQuitOnLastWindowClosed(False)

    def start(path=None, size=(1280, 800)):
        windows = Windows(Settings(config_folder() / "settings.json"))
        return Hands(windows.welcome() if path is None else windows.open(path), qtbot, size)

    yield start
    for window in main_windows():
        window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.setQuitOnLastWindowClosed(True)


class Hands:
    """What a user does at one window, and what is to be seen there."""

    def __init__(self, window, qtbot, size=(1280, 800)):
        self.window = window
        self._qtbot = qtbot
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    # Seeing

    @property
    def document(self):
        return self.window.workspace.document

    @property
    def timeline(self):
        return self.window.workspace.timeline

    def wait(self, condition):
        self._qtbot.waitUntil(condition, timeout=20_000)  # another process may have to start

    def settle(self):
        """Wait until the timeline stands still."""
        self.wait(lambda: self.timeline.place() == self.timeline.destination())

    def sees(self, name):
        """Whether a widget of that name is to be seen."""
        return any(widget.isVisible() for widget in self._named(name))

    def find(self, name):
        """The widget of that name, once it is to be seen."""
        self.wait(lambda: self.sees(name))
        return next(widget for widget in self._named(name) if widget.isVisible())

    def says(self, name):
        """What a widget shows, as text."""
        widget = self.find(name)
        if isinstance(widget, FlowText):
            return widget.shown_text()
        if isinstance(widget, ElidedLabel):
            return widget.full_text()
        return widget.text() if isinstance(widget, QLabel | QLineEdit) else widget.toPlainText()

    def listed(self):
        """The titles in the list, from top to bottom, whether it is to be seen or not."""
        model = self.window.findChild(QTableView, "event_list").model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def id_of(self, title):
        """The event of a title; None when the document holds none."""
        return next((event.id for event in self.document.store.events() if event.title == title), None)

    def event_of(self, edtf):
        """The first event of a date."""
        return next(e for e in self.document.store.events() if e.when is not None and e.when.edtf == edtf)

    def in_sight(self, event):
        """Whether a mark or a chip of the event lies inside the timeline."""
        rectangle = self.timeline.rectangle_of(event)
        return rectangle is not None and self.timeline.rect().contains(rectangle.center())

    def picture(self):
        """The timeline as it is painted now."""
        return self.timeline.grab().toImage()

    # Mouse

    def click(self, target, at=None, modifiers=PLAIN):
        """Click on a widget, or on the visible one of a name, in its middle or at a point of it."""
        window, place = self._place(target, at)
        QTest.mouseClick(window, LEFT, modifiers, place)

    def double_click(self, target, at=None):
        """Click twice."""
        window, place = self._place(target, at)
        QTest.mouseDClick(window, LEFT, PLAIN, place)

    def hover(self, target, at=None):
        """Let the pointer rest."""
        window, place = self._place(target, at)
        QTest.mouseMove(window, place - QPoint(1, 1))
        QTest.mouseMove(window, place)

    def drag(self, target, start, end):
        """Drag from one point of a widget to another."""
        window, first = self._place(target, start)
        last = first + end - start
        QTest.mousePress(window, LEFT, PLAIN, first)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(window, first + (last - first) * share)
        QTest.mouseRelease(window, LEFT, PLAIN, last)

    def click_mark(self, event, *, twice=False):
        """Click on an event's mark or chip."""
        self.settle()
        rectangle = self.timeline.rectangle_of(event)
        assert rectangle is not None, "the event is not in sight"
        (self.double_click if twice else self.click)(self.timeline, rectangle.center())

    def choose_in_menu(self, *words):
        """Open a menu of the bar and go down to an entry, by their words without the shortcut marks."""
        bar = self.window.menuBar()
        action = _worded(bar.actions(), words[0])
        self.click(bar, bar.actionGeometry(action).center())
        for word in words[1:]:
            menu = QApplication.activePopupWidget()
            self.click(menu, menu.actionGeometry(_worded(menu.actions(), word)).center())
        if QGuiApplication.focusWindow() is None:
            # The screenless platform does not give the keyboard back when a menu closes, as all others do.
            self.window.windowHandle().requestActivate()

    def drop(self, *paths):
        """Drop files from elsewhere on the middle of the window."""
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        window, place = self._place(self.window.centralWidget(), None)
        arguments = (Qt.DropAction.CopyAction, content, LEFT, PLAIN)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            entered = QDragEnterEvent(place, *arguments)  # Qt 6.12 takes a QPointF, 6.11 a QPoint only
        QApplication.sendEvent(window, entered)
        QApplication.sendEvent(window, QDropEvent(QPointF(place), *arguments))

    # Keyboard

    def press(self, key, modifiers=PLAIN):
        """Press a key in the window that has the keyboard."""
        QTest.keyClick(QGuiApplication.focusWindow(), key, modifiers)

    def type(self, text):
        """Type into whatever has the focus."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(QGuiApplication.focusWindow(), letter)
            else:
                focused = QApplication.focusWidget()
                QTest.sendKeyEvent(QTest.KeyAction.Click, focused, Qt.Key.Key_unknown, letter, PLAIN)

    def paste(self, text):
        """Paste from the clipboard into whatever has the focus."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)

    def write(self, name, text):
        """Click into a field and type over what it holds."""
        self.click(name)
        self.press(Qt.Key.Key_A, CTRL)
        self.type(text)

    def add_deployment(self, title, when="Feb 2025"):
        """Fill in the form of a deployment and ask for it to be saved; return the event when it was."""
        self.press(Qt.Key.Key_1, CTRL)
        self.find("form_title")
        self.type(title)
        self.write("when", when)
        self.press(Qt.Key.Key_Return, CTRL)
        return self.id_of(title)

    def close(self):
        """Close the window by its keys."""
        window = self.window
        self.press(Qt.Key.Key_W, CTRL)
        self.wait(lambda: window not in main_windows())

    @contextmanager
    def answering(self, path):
        """Type a path into the file dialog that opens in the block, and confirm it."""
        answered = []

        def answer():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                timer.stop()
                line = dialog.findChild(QLineEdit, "fileNameEdit")
                line.selectAll()
                line.insert(str(path))
                QTest.keyClick(line, Qt.Key.Key_Return)
                answered.append(dialog)

        timer = QTimer()
        timer.setInterval(20)
        timer.timeout.connect(answer)
        timer.start()
        yield
        timer.stop()
        assert answered, "no file dialog came"

    # Places

    def _named(self, name):
        inside = [w for top in (self.window, *_dialogs()) for w in top.findChildren(QWidget, name)]
        return list(dict.fromkeys(inside))

    def _place(self, target, at):
        """The window of a widget and the place in it where a hand would go; scrolls there first."""
        widget = self.find(target) if isinstance(target, str) else target
        self._bring_into_view(widget)
        inside = widget.rect().center() if at is None else QPointF(at).toPoint()
        window = widget.window()
        return window.windowHandle(), widget.mapTo(window, inside)

    def _bring_into_view(self, widget):
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None:
            return
        for _ in range(200):
            QApplication.processEvents()
            middle = widget.mapTo(area.viewport(), widget.rect().center()).y()
            if 0 <= middle < area.viewport().height():
                return
            _wheel(area.viewport(), 1 if middle < 0 else -1)
        raise AssertionError(f"{widget.objectName()} cannot be scrolled to")


def _dialogs():
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and not isinstance(w, MainWindow)]


def _worded(actions, words):
    found = [action for action in actions if action.text().replace("&", "").startswith(words)]
    assert found, [action.text() for action in actions]
    return found[0]


def _wheel(widget, clicks):
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, round(clicks * 120)))
