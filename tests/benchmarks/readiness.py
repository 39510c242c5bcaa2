"""Whether a window has anything left to do for its document: the one place that asks the application that."""

from __future__ import annotations

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from viewer.ui.main_window import MainWindow
from viewer.ui.words import lane_name


def is_interactive() -> bool:
    """Return whether every open window shows all of its document."""
    return all(_shows_all(window) for window in _windows())


def is_at_rest() -> bool:
    """Return whether, moreover, nothing goes on beside any window: no preparation, no search, no weighing."""
    pools = (pool for window in _windows() for pool in window.findChildren(QThreadPool))
    return is_interactive() and all(pool.activeThreadCount() == 0 for pool in pools)


def _windows() -> list[MainWindow]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]


def _shows_all(window: MainWindow) -> bool:
    workspace = window.workspace
    return workspace is not None and not workspace.document.chart(lane_name).waiting
