"""A monkey at the real window: random events of mouse, keys, wheel and size, chosen by a seed.

It works in steps that follow each other through the event loop, so that it goes on while a dialog that waits is
open. File dialogs are Qt's own, and are closed again.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections import Counter, deque
from pathlib import Path
from random import Random
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from viewer.folders import config_folder, data_folder
from viewer.ui import crash
from viewer.ui.main_window import MainWindow
from viewer.ui.settings import Settings
from viewer.ui.theme import themes
from viewer.ui.windows import Windows

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_MODIFIERS = (PLAIN, PLAIN, PLAIN, PLAIN, SHIFT, CTRL, CTRL | SHIFT)
_KEYS = (
    Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Backspace,
    Key.Key_Delete, Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End,
    Key.Key_PageUp,
    Key.Key_PageDown, Key.Key_F2, Key.Key_F10, Key.Key_Menu, Key.Key_Plus, Key.Key_Minus,
)  # fmt: skip
_TYPED = "abcxyz 0123456789-/.,?<>&'\"%éЖ고"
_HELD = ((Key.Key_Shift, SHIFT), (Key.Key_Control, CTRL))
_LEAVING = {(Key.Key_W, CTRL), (Key.Key_Q, CTRL)}
_DISMISSED = 0.05  # of the events that meet a dialog or a menu
_SIZE = QSize(800, 560)
_SILENT = ("This plugin does not support", "occurs outside target window")


class _Said(logging.Handler):
    """Gathers what Qt and the program warn of."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        text = record.getMessage()
        if not any(words in text for words in _SILENT):
            self.lines.append(f"{record.name}: {text}")


class Monkey(QObject):
    """Does so many random things to the windows of a document, and tells what went wrong with which."""

    def __init__(self, path, seed, count):
        super().__init__()
        self._path, self._random, self._left = path, Random(seed), count
        self._windows = Windows(Settings(config_folder() / "settings.json"))
        self.figures, self._last = Counter(), deque(maxlen=12)
        self.failures, self.longest, self._within, self._stuck = [], 0.0, [], 0
        self._deeds = (
            (self._key, 22), (self._type, 22), (self._shortcut, 8), (self._click, 22), (self._double_click, 4),
            (self._right_click, 2), (self._drag, 6), (self._wheel, 10), (self._hover, 14), (self._resize, 1),
            (self._drop, 0.3),
        )  # fmt: skip
        for scheme in ("http", "https", "file", "mailto"):
            QDesktopServices.setUrlHandler(scheme, self, "noted")

    @Slot(QUrl)
    def noted(self, _url):
        """Take a link instead of a browser."""
        self.figures["links opened"] += 1

    def failed(self, what):
        """Note what went wrong, and after what."""
        self.failures.append(f"event {self.figures['events']}: {what} after {list(self._last)}")

    def begin(self):
        self._sit_down()
        QTimer.singleShot(0, self._step)

    def _sit_down(self):
        window = self._windows.open(self._path)
        window.resize(_SIZE)
        window.show()
        window.activateWindow()

    def _step(self):
        if self._left <= 0 or len(self.failures) > 5:
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog):
                    dialog.reject()
            QTimer.singleShot(0, self._leave)
            return
        QTimer.singleShot(0, self._step)  # first: what follows may open a dialog that waits
        waiting = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if self._within and waiting is self._within[-1]:
            self._let_go()  # QTest lets the event loop run within an event; that is no place for the next
            return
        self._stuck = 0
        self._count(1)
        if self._dismiss():
            return
        deeds, weights = zip(*self._deeds, strict=True)
        began = process_time()
        self._within.append(waiting)
        try:
            self._random.choices(deeds, weights)[0]()
        except RuntimeError as error:
            if "already deleted" not in str(error) or not _is_ours(error.__traceback__):
                raise
            self._note("its window went with what was done in it")
        finally:
            self._within.pop()
        self.longest = max(self.longest, process_time() - began)

    def _count(self, events):
        self._left -= events
        self.figures["events"] += events

    def _let_go(self):
        """End what waits for a mouse that is held by nobody, such as a text that is being dragged."""
        self._stuck += 1
        if self._stuck % 1000 == 0 and QGuiApplication.focusWindow() is not None:
            self._note("let go")
            QTest.keyPress(QGuiApplication.focusWindow(), Key.Key_Escape)
            for window in QGuiApplication.topLevelWindows()[:1]:
                QTest.mouseRelease(window, Qt.MouseButton.LeftButton, PLAIN, QPoint(9, 9))

    def _leave(self):
        self._windows.close_all()
        QApplication.exit(0)

    def _dismiss(self):
        """Close a file dialog at once, another dialog or a menu after a while."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is None or (not isinstance(top, QFileDialog) and self._random.random() > _DISMISSED):
            return False
        self._note(f"{type(top).__name__} dismissed")
        top.close()
        return True

    def _note(self, what):
        self._last.append(what)

    # Where

    def _window(self):
        """The window that gets the mouse: a menu, a dialog, or a main window; opened again when all are closed."""
        top = (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or QApplication.activeWindow()
        )
        if top is None or not top.isVisible() or top.windowHandle() is None:
            shown = [
                w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowHandle() is not None
            ]
            shown = [w for w in shown if not isinstance(w, QMenu)] or shown
            if not shown:
                self._sit_down()
                return self._window()
            top = shown[-1]
            top.activateWindow()
        return top

    def _place(self):
        """A window and a point in it, most often on one of its parts."""
        window = self._window()
        place = QPoint(
            self._random.randrange(max(1, window.width())), self._random.randrange(max(1, window.height()))
        )
        if self._random.random() < 0.4:
            parts = [
                w for w in window.findChildren(QWidget) if w.isVisible() and w.width() > 2 and w.height() > 2
            ]
            if parts:
                part = self._random.choice(parts)
                inside = QPoint(self._random.randrange(part.width()), self._random.randrange(part.height()))
                on_it = part.mapTo(window, inside) if part.window() is window else place
                place = on_it if window.rect().contains(on_it) else place
        at = window.childAt(place) or window
        self._note(f"{type(at).__name__} {at.objectName()} {place.x()},{place.y()}")
        return window.windowHandle(), place

    # What

    def _key(self):
        self._press(self._random.choice(_KEYS), self._random.choice(_MODIFIERS))

    def _type(self):
        letter = self._random.choice(_TYPED)
        self._note(f"type {letter}")
        self._strike(Key(ord(letter.upper())) if letter.isascii() else Key.Key_unknown, letter)

    def _shortcut(self):
        letter = self._random.choice("ABCDEFGILNOPRSTVXYZ12340QW")
        modifiers = CTRL | SHIFT if self._random.random() < 0.4 else CTRL
        key = Key(ord(letter))
        if (key, modifiers) in _LEAVING and self._random.random() < 0.9:
            return
        self._press(key, modifiers)

    def _press(self, key, modifiers):
        self._note(f"{modifiers.name}+{key.name}")
        if QGuiApplication.focusWindow() is None:
            self._window()
        else:
            self._strike(key, QTest.keyToAscii(key).strip("\0"), modifiers)

    def _strike(self, key, text, modifiers=PLAIN):
        """Press and release a key as a window system does: each half goes to the window that has the keyboard then.

        QTest's own keyPress and keyRelease send modifiers too, run the event loop in between, and keep to their
        window even when that was closed and deleted by the key: a segmentation fault.
        """
        held = [(its_key, modifier) for its_key, modifier in _HELD if modifiers & modifier]
        for its_key, modifier in held:
            self._send(True, its_key, modifier)
        self._send(True, key, modifiers, text)
        self._send(False, key, modifiers, text)
        for its_key, _ in reversed(held):
            self._send(False, its_key, PLAIN)

    def _send(self, pressed, key, modifiers, text=""):
        window = QGuiApplication.focusWindow()
        if window is not None:
            QTest.simulateEvent(window, pressed, key, modifiers, text, False)

    def _press_and_release(self, button, modifiers):
        window, place = self._place()
        QTest.mousePress(window, button, modifiers, place)
        if isValid(window):
            QTest.mouseRelease(window, button, modifiers, place)

    def _click(self):
        self._press_and_release(Qt.MouseButton.LeftButton, self._random.choice(_MODIFIERS))

    def _double_click(self):
        window, place = self._place()
        if isinstance(QApplication.activeWindow(), MainWindow):  # others may close at its first half
            QTest.mouseDClick(window, Qt.MouseButton.LeftButton, PLAIN, place)

    def _right_click(self):
        self._press_and_release(Qt.MouseButton.RightButton, PLAIN)

    def _drag(self):
        window, place = self._place()
        end = place + QPoint(self._random.randint(-300, 300), self._random.randint(-200, 200))
        modifiers = self._random.choice(_MODIFIERS)
        self._count(3)
        QTest.mousePress(window, Qt.MouseButton.LeftButton, modifiers, place)
        for share in (0.3, 1.0):
            if isValid(window):
                QTest.mouseMove(window, place + (end - place) * share)
        if isValid(window):
            QTest.mouseRelease(window, Qt.MouseButton.LeftButton, modifiers, end)

    def _wheel(self):
        window, place = self._place()
        steps = QPoint(self._random.choice((0, 0, 120)), self._random.choice((-240, -120, 120, 240)))
        modifiers = self._random.choice(_MODIFIERS)
        QTest.wheelEvent(window, QPointF(place), steps, QPoint(), modifiers)

    def _hover(self):
        window, place = self._place()
        QTest.mouseMove(window, place)

    def _resize(self):
        window = QApplication.activeWindow()
        if window is not None:
            window.resize(QSize(self._random.randint(300, 1700), self._random.randint(200, 1100)))
            self._note("resize")

    def _drop(self):
        window = self._window()
        content = QMimeData()
        names = self._random.choice(
            (["good.json"], ["bad.json"], ["none.dateline"], ["k.dateline"], ["good.json", "bad.json"])
        )
        content.setUrls([QUrl.fromLocalFile(str(self._path.parent / name)) for name in names])
        self._note(f"drop {names}")
        arguments = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, PLAIN)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            entered = QDragEnterEvent(QPoint(9, 9), *arguments)  # Qt 6.12 takes a QPointF, 6.11 a QPoint only
        QApplication.sendEvent(window, entered)
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *arguments))


def _is_ours(trace):
    """Whether an error was raised in this very file."""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename == __file__


def run(path, seed, count):
    """Let a monkey play with a document's window; return figures, what went wrong, and the longest step."""
    tempfile.tempdir = str(Path(path).parent)
    shutil.copy(path, path.with_name("other.dateline"))
    reports = crash.install(data_folder())
    QGuiApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    application = QApplication(["monkey"])
    crash.watch(application, reports)
    application.setQuitOnLastWindowClosed(False)
    QApplication.setCursorFlashTime(0)
    themes().dress(application)
    said = _Said()
    logging.getLogger().addHandler(said)
    monkey = Monkey(path, seed, count)
    reports.reported.connect(monkey.failed)
    monkey.begin()
    application.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    logging.getLogger().removeHandler(said)
    return dict(monkey.figures), [*monkey.failures, *said.lines], monkey.longest
