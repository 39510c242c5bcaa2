"""A window that holds nothing but the desk of sources, and a user with a mouse and a keyboard at it."""

from __future__ import annotations

from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.notice import NoticeBar
from viewer.ui.sources.desk import SourcesDesk

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Bench:
    def __init__(self, document, qtbot, **parts):
        self.document = document
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.notice = NoticeBar(self.window)
        self.desk = SourcesDesk(document, self.notice, self.window, **parts)
        document.listen(self.desk.follow)
        self.desk.undo_requested.connect(document.undo)
        row = QHBoxLayout()
        row.addWidget(self.desk.panel)
        row.addWidget(self.desk.form)
        column = QVBoxLayout(self.window)
        column.addWidget(self.notice)
        column.addLayout(row)
        self.desk.panel.setFixedWidth(300)
        self.desk.form.hide()
        self.desk.opened.connect(self.desk.form.show)
        self.desk.closed.connect(self.desk.form.hide)
        self.window.resize(900, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def find(self, name):
        tops = [self.window, *(w for w in QApplication.topLevelWidgets() if w.isVisible())]
        found = [w for top in tops for w in top.findChildren(QWidget, name) if w.isVisible()]
        assert found, f"{name} is not to be seen"
        return found[0]

    def sees(self, name):
        tops = [self.window, *(w for w in QApplication.topLevelWidgets() if w.isVisible())]
        return any(w.isVisible() for top in tops for w in top.findChildren(QWidget, name))

    def wait_for(self, name):
        """The widget of that name, once it is to be seen and its window has the keyboard."""
        self.qtbot.waitUntil(lambda: self.sees(name), timeout=10_000)
        self.qtbot.waitUntil(self.find(name).window().isActiveWindow)
        return self.find(name)

    def says(self, name):
        widget = self.find(name)
        for said in ("full_text", "shown_text", "toPlainText", "text"):
            if hasattr(widget, said):
                return getattr(widget, said)()
        raise AssertionError(name)

    def click(self, name):
        widget = self.find(name)
        assert widget.isEnabled(), f"{name} is dimmed"
        QTest.mouseClick(widget, LEFT, PLAIN, widget.rect().center())

    def write(self, name, text):
        self.find(name).setFocus()
        self.press(Qt.Key.Key_A, CTRL)
        self.press(Qt.Key.Key_Delete)
        self.type(text)

    def type(self, text):
        """Type into whatever has the focus."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(QGuiApplication.focusWindow(), letter)
            else:
                focused = QApplication.focusWidget()
                QTest.sendKeyEvent(QTest.KeyAction.Click, focused, Qt.Key.Key_unknown, letter, PLAIN)

    def press(self, key, modifiers=PLAIN):
        QTest.keyClick(QGuiApplication.focusWindow() or self.window.windowHandle(), key, modifiers)

    def paste(self, name, text):
        self.find(name).setFocus()
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_A, CTRL)
        self.press(Qt.Key.Key_V, CTRL)

    def rows(self, name="source_list"):
        model = self.find(name).model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def titles(self):
        return [row[0] for row in self.rows()]

    def spoken(self):
        model = self.find("source_list").model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.index(row, 0).data(role) for row in range(model.rowCount())]

    def row_at(self, name, row):
        table = self.find(name)
        assert isinstance(table, QTableView)
        rectangle = table.visualRect(table.model().index(row, 0))
        return table.viewport(), rectangle.center()

    def click_row(self, row, name="source_list"):
        viewport, at = self.row_at(name, row)
        QTest.mouseClick(viewport, LEFT, PLAIN, at)

    def ask_for_menu(self, name):
        """Press the menu key, as the platform hands it on."""
        view = self.find(name).viewport()
        at = view.rect().center()
        keyboard = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(view, QContextMenuEvent(keyboard, at, view.mapToGlobal(at)))

    def menu_entry(self, *words):
        """The entry of the open menu that begins with the last of the words, found through its parents."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        for word in words:
            action = next(a for a in menu.actions() if a.text().replace("&", "").startswith(word))
            menu = action.menu()
        return action

    def choose(self, *words):
        """Choose an entry of the menu that is open."""
        action = self.menu_entry(*words)
        assert action.isEnabled(), words
        action.trigger()
        self.close_menus()

    def close_menus(self):
        while QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()
        # The screenless platform does not give the keyboard back when a menu closes, as all others do.
        (QApplication.activeModalWidget() or self.window).activateWindow()

    @contextmanager
    def answering(self, path):
        """Type a path into the file dialog that opens in the block, and confirm it."""

        def answer():
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                timer.stop()
                line = dialog.findChild(QLineEdit, "fileNameEdit")
                line.selectAll()
                line.insert(str(path))
                QTest.keyClick(line, Qt.Key.Key_Return)

        timer = QTimer()
        timer.setInterval(20)
        timer.timeout.connect(answer)
        timer.start()
        yield
        assert not timer.isActive(), "no file dialog came"
