"""What a start takes: `python -m tests.benchmarks.start FILE` is `dateline open FILE` in a process of its own.

It goes through the command line. Only the timeline's painting is looked at: once it has shown the
document, and once nothing is left to do, the CPU time of the process is printed as JSON.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_CANVAS = "viewer.ui.timeline_canvas"


class CanvasWatch:
    """Waits for the module of the timeline, whenever that is imported, and puts itself around its painting."""

    def __init__(self, painted: Callable[[Any], None]) -> None:
        self._painted = painted

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find that module as Python would."""
        if name != _CANVAS:
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            raise ImportError(name)
        load = spec.loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            self._surround(module.TimelineCanvas)

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec

    def _surround(self, canvas: Any) -> None:
        paint = canvas.paintEvent

        def painting(widget: Any, event: Any) -> None:
            paint(widget, event)
            self._painted(widget)

        canvas.paintEvent = painting


class Start:
    """Takes the times of one start, then ends the process."""

    def __init__(self) -> None:
        self._paint: float | None = None

    def painted(self, _timeline: Any) -> None:
        """Note the first painting, and wait for what comes after it."""
        if self._paint is None:
            self._paint = time.process_time()
            self._later(self._rest)

    def _later(self, action: Callable[[], None]) -> None:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(1, action)

    def _rest(self) -> None:
        from tests.benchmarks.readiness import is_interactive
        from viewer.ui.windows import when_idle

        if is_interactive():
            when_idle(self._end)
        else:
            self._later(self._rest)

    def _end(self) -> None:
        json.dump({"paint": self._paint, "ready": time.process_time()}, sys.stdout)
        sys.stdout.flush()
        os._exit(0)


def main() -> None:
    """Start the program on a file."""
    sys.meta_path.insert(0, CanvasWatch(Start().painted))  # type: ignore[arg-type]
    sys.argv = ["dateline", "open", sys.argv[1], "--platform", "offscreen", "--size", "1920x1080"]
    from viewer.cli import main as dateline

    dateline()


if __name__ == "__main__":
    main()
