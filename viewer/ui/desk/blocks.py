"""A text of any size as the pieces it is laid out in: its lines, and lines without end in several pieces.

Only places are kept, as arrays: five megabytes in one line or in a million cost the same few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WHOLE = 6_000
"""A line of up to this many characters is one piece."""
PIECE = 2_000
"""Longer ones are broken into pieces of at most this many."""

_HARD_WRAPPED = 100
# First and last of each run of characters that end a line.
_LINE_BREAKS = ((0x0A, 0x0D), (0x1C, 0x1E), (0x85, 0x85), (0x2028, 0x2029))
_SENTENCE_ENDS = (". ", "? ", "! ", "。")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where the pieces begin and end, and which of them begin a paragraph."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    begins_paragraph: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, place: int) -> int:
        """Return the piece that holds a place of the text, or the nearest before it; 0 for the first."""
        return max(0, int(np.searchsorted(self.starts, place, side="right")) - 1)

    def span(self, block: int) -> tuple[int, int]:
        """Return where a piece begins and ends in the text."""
        return int(self.starts[block]), int(self.ends[block])


def blocks_of(text: str) -> Blocks:
    """Cut a text into pieces; lines with nothing on them become no piece, but begin a paragraph."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    breaks = _breaks(letters)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(text)]))
    kept = np.flatnonzero(ends > starts)
    starts, ends = starts[kept], ends[kept]
    blank_before = _blank_before(letters, starts, ends)
    wrapped = bool(blank_before[1:].any()) and len(ends) > 0 and int(np.median(ends - starts)) < _HARD_WRAPPED
    begins = blank_before if wrapped else np.ones(len(starts), dtype=np.bool_)
    return _without_endless(text, Blocks(starts, ends, begins))


def _breaks(letters: NDArray[np.uint32]) -> NDArray[np.int64]:
    found = np.zeros(len(letters), dtype=np.bool_)
    for first, last in _LINE_BREAKS:
        found |= letters - np.uint32(first) <= last - first  # what is below wraps around to far above
    return np.flatnonzero(found).astype(np.int64)


def _blank_before(
    letters: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell for each line whether an empty one stands before it; a break of two characters is one break."""
    blank = np.ones(len(starts), dtype=np.bool_)
    gaps = starts[1:] - ends[:-1]
    before = starts[1:]
    carriage_return = (gaps == 2) & (letters[before - 2] == ord("\r")) & (letters[before - 1] == ord("\n"))
    blank[1:] = (gaps > 1) & ~carriage_return
    return blank


def _without_endless(text: str, blocks: Blocks) -> Blocks:
    endless = np.flatnonzero(blocks.ends - blocks.starts > WHOLE)
    if not len(endless):
        return blocks
    starts, ends, begins = [], [], []
    done = 0
    for line in (*map(int, endless), None):
        starts.append(blocks.starts[done:line])
        ends.append(blocks.ends[done:line])
        begins.append(blocks.begins_paragraph[done:line])
        if line is None:
            break
        cuts = np.fromiter(_cuts(text, *blocks.span(line)), dtype=np.int64)
        starts.append(cuts[:-1])
        ends.append(cuts[1:])
        begins.append(np.ones(len(cuts) - 1, dtype=np.bool_))
        done = line + 1
    return Blocks(np.concatenate(starts), np.concatenate(ends), np.concatenate(begins))


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where an endless line is cut: behind a sentence if one ends in time, else a word, else anywhere."""
    yield start
    while end - start > PIECE:
        half, last = start + PIECE // 2, start + PIECE
        found = [text.rfind(mark, half, last) + len(mark) for mark in _SENTENCE_ENDS]
        best = max(found)
        if best <= half:
            best = text.rfind(" ", half, last) + 1
        start = best if best > half else last
        yield start
    yield end
