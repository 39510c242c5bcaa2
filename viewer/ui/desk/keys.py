"""What keys mean on the reading page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_PLAIN_MOVES = {
    _Key.Key_Left: "left",
    _Key.Key_Right: "right",
    _Key.Key_Up: "up",
    _Key.Key_Down: "down",
    _Key.Key_Home: "line_start",
    _Key.Key_End: "line_end",
    _Key.Key_PageUp: "page_up",
    _Key.Key_PageDown: "page_down",
}
_CTRL_MOVES = {
    _Key.Key_Left: "word_left",
    _Key.Key_Right: "word_right",
    _Key.Key_Up: "paragraph_left",
    _Key.Key_Down: "paragraph_right",
    _Key.Key_Home: "text_start",
    _Key.Key_End: "text_end",
}
_ALT_MOVES = {_Key.Key_Up: "sentence_left", _Key.Key_Down: "sentence_right"}
_VERBS = {
    _Key.Key_Return: "choose",
    _Key.Key_Enter: "choose",
    _Key.Key_Escape: "clear",
    _Key.Key_Period: "next_passage",
    _Key.Key_Comma: "previous_passage",
    _Key.Key_S: "select_sentence",
}
_SEQUENCES = (
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.SelectAll, "select_all"),
    (QKeySequence.StandardKey.Find, "find"),
    (QKeySequence.StandardKey.FindNext, "find_next"),
    (QKeySequence.StandardKey.FindPrevious, "find_previous"),
)


def move_of(event: QKeyEvent) -> tuple[str, bool] | None:
    """Return where a key takes the caret, and whether it extends the selection; None for other keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    moves = {
        Qt.KeyboardModifier.NoModifier: _PLAIN_MOVES,
        _CTRL: _CTRL_MOVES,
        _ALT: _ALT_MOVES,
    }.get(modifiers & ~_SHIFT, {})
    move = moves.get(Qt.Key(event.key()))
    return None if move is None else (move, bool(modifiers & _SHIFT))


def verb_of(event: QKeyEvent) -> str | None:
    """Return what a key does, or None; a single letter that makes an entry is `letter_of`."""
    for sequence, verb in _SEQUENCES:
        if event.matches(sequence):
            return verb
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    return _VERBS.get(Qt.Key(event.key()))


def letter_of(event: QKeyEvent) -> str:
    """Return the letter of a key pressed alone, as a capital; "" for anything else."""
    is_alone = not event.modifiers() & (_CTRL | _ALT | Qt.KeyboardModifier.MetaModifier)
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    return chr(event.key()) if is_alone and is_letter else ""
