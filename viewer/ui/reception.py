"""Later starts of Dateline, heard by the running one: it shows what they ask for, and they end.

Whatever else is sent is not answered and does nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from viewer.instance import ANSWER, LARGEST, listen, understood
from viewer.ui.guard import guard

if TYPE_CHECKING:
    import socket

    from viewer.instance import Listener, Wish

_MOST = 8
"""Callers heard at one time."""

_PATIENCE_MS = 1_000
"""A caller says at once what it wants."""


class Reception(QObject):
    """Hears later starts from `open` until `close`. `asked(file or None)`: a document, or only the window."""

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listener: Listener | None = None
        self._knock: QSocketNotifier | None = None
        self._callers: set[_Caller] = set()

    def open(self) -> bool:
        """Begin to hear; False where another Dateline does so, or where there are no such sockets."""
        self._listener = listen()
        if self._listener is None:
            return False
        self._knock = QSocketNotifier(self._listener.line.fileno(), QSocketNotifier.Type.Read, self)
        self._knock.activated.connect(self._answer_door)
        return True

    def close(self) -> None:
        """Hear nobody any more."""
        for caller in tuple(self._callers):
            caller.leave()
        if self._knock is not None:
            self._knock.setEnabled(False)
            self._knock = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    @guard()
    def _answer_door(self, *_: object) -> None:
        if self._listener is None:
            return
        try:
            line, _address = self._listener.line.accept()
        except OSError:  # it went away again
            return
        if len(self._callers) >= _MOST:
            line.close()
            return
        caller = _Caller(line, self)
        caller.wished.connect(self._fulfil)
        caller.left.connect(self._callers.discard)
        self._callers.add(caller)

    def _fulfil(self, wish: Wish) -> None:
        if wish.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = wish.token  # by it Wayland lets a window come forward
        self.asked.emit(wish.file)


class _Caller(QObject):
    """One who called: `wished(wish)` once that is understood and was answered; `left(self)` in any case."""

    wished = Signal(object)
    left = Signal(object)

    def __init__(self, line: socket.socket, parent: QObject) -> None:
        super().__init__(parent)
        line.setblocking(False)
        self._line = line
        self._said = b""
        self._ear = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._hear)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.leave)
        self._patience.start(_PATIENCE_MS)

    def leave(self) -> None:
        """Hear no more of it."""
        self._patience.stop()
        self._ear.setEnabled(False)
        self._line.close()
        self.left.emit(self)
        self.deleteLater()

    @guard()
    def _hear(self, *_: object) -> None:
        try:
            heard = self._line.recv(LARGEST)
        except BlockingIOError:
            return
        except OSError:
            self.leave()
            return
        self._said += heard
        if len(self._said) > LARGEST:
            self.leave()
        elif not heard:
            self._conclude()

    def _conclude(self) -> None:
        """Do what was said, unless the caller gave up: then it shows a window of its own."""
        wish = understood(self._said)
        is_told = wish is not None and self._tell()
        self.leave()
        if is_told:
            self.wished.emit(wish)

    def _tell(self) -> bool:
        try:
            return self._line.send(ANSWER) == len(ANSWER)
        except OSError:
            return False
