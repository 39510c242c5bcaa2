"""What a window showed of a document when it was left: one small file for each document.

A file that cannot be understood is set aside; values that cannot be used are named in the log and left out.
"""

from __future__ import annotations

import logging
import math
import os
import re
from typing import TYPE_CHECKING, Any

from viewer.frozen import dataclass
from viewer.timeline.scale import COARSEST, FARTHEST, FINEST, TimeScale
from viewer.ui.json_files import read_object, write_object
from viewer.ui.view_motion import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MOST_KEPT = 100

_FILE_NAME = re.compile(r"[0-9A-Za-z-]{1,64}")
_LOWEST = 1e9
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """What was shown: where (None: the whole document), the selected event's uid, the filter as views keep it."""

    place: Place | None = None
    selected: str | None = None
    filter: Mapping[str, Any] | None = None


class Sessions:
    """The sessions under `folder`, by the uid of their document; the latest MOST_KEPT are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, document_uid: str) -> Session:
        """Return what a document's window showed last; an empty session where nothing is remembered."""
        file = self._file(document_uid)
        if file is None:
            return Session()
        kept = read_object(file)
        odd = [key for key, is_usable in _USABLE.items() if key in kept and not is_usable(kept[key])]
        if odd:
            _log.warning("%s: %s could not be used", file.name, ", ".join(odd))
        usable = {key: kept[key] for key in _USABLE if key in kept and key not in odd}
        place = usable.get("place")
        return Session(_place(place) if place else None, usable.get("selected"), usable.get("filter"))

    def save(self, document_uid: str, session: Session) -> None:
        """Remember what a document's window shows; where that fails, the log says so and nothing else does."""
        file = self._file(document_uid)
        if file is None:
            return
        is_new = not os.path.exists(file)  # never an error, even in a folder that cannot be read
        if write_object(file, _as_object(session)) and is_new:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        try:
            files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
            for file in files[:-MOST_KEPT]:
                file.unlink()
        except OSError as error:
            _log.warning("cannot forget an old session: %s", error.strerror)

    def _file(self, document_uid: str) -> Path | None:
        """Return a document's file; None for a uid of strangers that is no name for one."""
        return self._folder / f"{document_uid}.json" if _FILE_NAME.fullmatch(document_uid) else None


def _as_object(session: Session) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if session.place is not None:
        scale = session.place.scale
        found["place"] = [scale.start, scale.seconds_per_pixel, scale.offset, session.place.scroll]
    if session.selected is not None:
        found["selected"] = session.selected
    if session.filter:
        found["filter"] = dict(session.filter)
    return found


def _place(numbers: list[Any]) -> Place:
    start, seconds_per_pixel, offset, scroll = numbers
    return Place(TimeScale(start, float(seconds_per_pixel), float(offset)), float(scroll))


def _is_place(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 4:
        return False
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in value):
        return False
    start, seconds_per_pixel, offset, scroll = value
    return (
        isinstance(start, int)
        and abs(start) <= FARTHEST
        and FINEST <= seconds_per_pixel <= COARSEST
        and 0 <= offset <= 1
        and 0 <= scroll <= _LOWEST
        and not any(map(math.isnan, (seconds_per_pixel, offset, scroll)))
    )


_USABLE: dict[str, Callable[[Any], bool]] = {
    "place": _is_place,
    "selected": lambda value: isinstance(value, str),
    "filter": lambda value: isinstance(value, dict),
}
