"""A line in which a number is typed: read as people write numbers, moved by the arrow keys."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from viewer.domain.quantities import number_text
from viewer.ui.forms.field import Line
from viewer.ui.guard import guard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_GAP = "[ ,\u00a0\u2009\u202f]"
_NUMBER = re.compile(rf"(?:[0-9]{{1,18}}|[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}}){{1,5}})(?:\.[0-9]{{1,18}})?")
_LIMIT = 10**18
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class NumberError(ValueError):
    """A number that cannot be read, or bounds that contradict each other; the message is for the user."""


def read_number(text: str) -> float | None:
    """Read a number as people type it: "3000", "3,000", "3 000"; None when empty, else NumberError."""
    words = text.strip()
    if not words:
        return None
    if not _NUMBER.fullmatch(words):
        raise NumberError(
            QCoreApplication.translate(
                "QuantityField", "“{text}” is not a number. Write it like 3000 or 3,000."
            ).format(text=words if len(words) <= 20 else f"{words[:19]}…")
        )
    return _plain(Decimal(re.sub(_GAP, "", words)))


def can_be_read(text: str) -> bool:
    """Tell whether a number can be read, or nothing is typed."""
    try:
        read_number(text)
    except NumberError:
        return False
    return True


def shown(number: float | None) -> str:
    """Return a number as a line shows it; nothing for None."""
    return "" if number is None else number_text(number)


def stepped(text: str, step: int) -> str | None:
    """Return a number moved by its last digit that is not zero: 3,000 by a thousand; None for other text."""
    if not text.strip() or not can_be_read(text):
        return None
    number = Decimal(re.sub(_GAP, "", text.strip())).normalize()
    exponent = int(number.as_tuple().exponent) if number else 0
    if step < 0 and len(number.as_tuple().digits) == 1 and number.scaleb(-exponent) == 1:
        exponent -= 1 if exponent > 0 else 0  # from 1,000 down to 900, as it came up
    there = number + step * Decimal(1).scaleb(exponent)
    return shown(_plain(there)) if 0 <= there < _LIMIT else None


def _plain(number: Decimal) -> float:
    return int(number) if number == int(number) else float(number)


class NumberLine(Line):
    """A box for one number; Up and Down move it."""

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        there = stepped(self.text(), step) if step and is_plain and not self.isReadOnly() else None
        if there is None:
            super().keyPressEvent(event)
        else:
            self.setText(there)
