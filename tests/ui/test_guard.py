from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtWidgets import QListView, QWidget

from viewer.ui.guard import guard


class Fragile(QWidget):
    @guard()
    def closeEvent(self, event):
        raise ZeroDivisionError

    @guard(QSize(40, 30))
    def sizeHint(self):
        return [][1]


class BrokenModel(QAbstractListModel):
    @guard(0)
    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else 3

    @guard()
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return int("x")


def test_an_error_is_reported_and_the_default_returned(qtbot, reported):
    widget = Fragile()
    qtbot.addWidget(widget)
    assert widget.sizeHint() == QSize(40, 30)
    widget.show()
    assert widget.close()
    assert {type(error) for error in reported} == {ZeroDivisionError, IndexError}
    reported.clear()


def test_a_model_that_fails_still_shows(qtbot, reported):
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(BrokenModel(view))
    view.show()
    view.grab()
    assert reported
    assert all(isinstance(error, ValueError) for error in reported)
    reported.clear()


def test_what_works_is_left_alone():
    @guard(0)
    def doubled(number: int) -> int:
        """Twice."""
        return 2 * number

    assert doubled(4) == 8
    assert doubled.__name__ == "doubled"
    assert doubled.__doc__ == "Twice."


def test_arguments_are_checked_by_the_method_itself(reported):
    @guard(-1)
    def doubled(number: int) -> int:
        return 2 * number

    assert doubled(None) == -1  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        raise reported.pop()
