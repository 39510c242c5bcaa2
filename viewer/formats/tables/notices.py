"""What is odd in a table, told row by row, but not a million times."""

from __future__ import annotations

from collections import Counter

from viewer.formats.incoming import Problem

TOLD_EACH = 200
"""Problems of one sort that are told one by one; of more, only their number is."""


class Notices:
    """Problems that wait to be given out; `waiting` is emptied by whoever gives them out."""

    def __init__(self) -> None:
        self.waiting: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, sort: str, path: str, message: str, line: int | None = None) -> None:
        """Note a problem; `sort` is the same for all of its kind, such as “unread date”."""
        self._counts[sort] += 1
        if self._counts[sort] <= TOLD_EACH:
            self.waiting.append(Problem(path, message, line))

    def once(self, sort: str, path: str, message: str, line: int | None = None) -> None:
        """Note a problem that is told only the first time."""
        if not self._counts[sort]:
            self.add(sort, path, message, line)

    def take(self) -> list[Problem]:
        """Return what waits, and forget it."""
        taken = self.waiting[:]
        self.waiting.clear()
        return taken

    def sum_up(self) -> None:
        """Say how many problems of each sort were not told one by one."""
        for sort, count in self._counts.items():
            if count > TOLD_EACH:
                more = f"{count - TOLD_EACH:,} more of this sort, not told one by one: {sort}"
                self.waiting.append(Problem("table", more))
