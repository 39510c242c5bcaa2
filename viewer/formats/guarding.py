"""Cells that a spreadsheet would take for a formula: an apostrophe is put before them, and taken away again.

Both ways for any text: what begins so after apostrophes of its own gets one more.
"""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_EMPTY = re.compile("'*")


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet computes."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` has made; any other as it is."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def exactly(text: str | None) -> str:
    """Return a guarded cell that also tells an empty text (“'”) from none (an empty cell)."""
    if text is None:
        return ""
    return f"'{text}" if _EMPTY.fullmatch(text) else guarded(text)


def exact_text(cell: str) -> str | None:
    """Return the text of a cell that `exactly` has made, or None."""
    if not cell:
        return None
    return cell[1:] if _EMPTY.fullmatch(cell) else unguarded(cell)
