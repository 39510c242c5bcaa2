"""Footnotes of a picture: which marks are numbered, the notes to the numbers, and what bears none.

A frame is laid out twice: first with room for numbers, to see what is drawn one by one; then with the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.footnotes import Notes, notes_of
from viewer.frozen import dataclass
from viewer.timeline.numbering import reading_order
from viewer.ui.filter_words import filter_words
from viewer.ui.note_text import lines_of
from viewer.ui.note_words import note_paragraphs
from viewer.ui.painter_ink import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from viewer.document import Document
    from viewer.domain.filters import Filter
    from viewer.timeline.scene import Scene
    from viewer.ui.note_text import Line
    from viewer.ui.staging import Content
    from viewer.ui.theme import Theme

    Draw = Callable[[Mapping[int, int]], Sequence[Scene]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is pictured: a document as it is shown, what the filter asks for, and the time shown, None all of it."""

    document: Document
    content: Content
    wanted: Filter
    period: tuple[int, int] | None

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.document.title

    def filter_words(self) -> str:
        """Return what the filter shows and hides."""
        hidden = self.content.total - self.content.shown
        return filter_words(self.wanted, self.content.kinds, hidden)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Frames whose marks are numbered, the notes to the numbers, and what is to be said of marks without one."""

    scenes: tuple[Scene, ...]
    notes: Notes
    more: tuple[str, ...]

    def lines(
        self, subject: Subject, width: float, theme: Theme, *, claims: int | None, full: bool
    ) -> list[Line]:
        """Return the notes in lines of a width; at most so many claims of each, sums in full or in short."""
        labels = {kind.name: kind.label for kind in subject.content.kinds}
        found = note_paragraphs(self.notes, labels, claims=claims, full=full, more=self.more)
        return lines_of(found, width, theme)


def numbered(subject: Subject, draw: Draw, visible: tuple[int, int]) -> Numbered:
    """Return frames with numbers; `draw` lays them out with some, `visible` is the time that they show together."""
    order = reading_order(draw({}))
    notes = notes_of(subject.document, order, known_by=subject.content.known_by)
    scenes = tuple(draw({note.event: note.number for note in notes.notes}))
    return Numbered(scenes, notes, tuple(_unnumbered(subject, scenes, notes, visible)))


def _unnumbered(
    subject: Subject, scenes: Sequence[Scene], notes: Notes, visible: tuple[int, int]
) -> list[str]:
    """Return sentences about the events in view that bear no number."""
    say, found = QCoreApplication.translate, list[str]()
    crowd = _crowd(subject.content, scenes, visible)
    if crowd is None:
        found.append(say("Footnotes", "More events are drawn as density, without numbers."))
    elif crowd and notes.notes:
        words = say("Footnotes", "And {count} more events drawn as density, without numbers.")
        found.append(words.format(count=number(crowd)))
    elif crowd:
        words = say(
            "Footnotes",
            "{count} events are drawn as density, without numbers. A shorter time or a narrower filter shows "
            "them one by one.",
        )
        found.append(words.format(count=number(crowd)))
    elif not notes.notes:
        found.append(say("Footnotes", "No event is shown, so there are no notes."))
    more = max((scene.shelf.more for scene in scenes if scene.shelf), default=0)
    if more:
        words = say("Footnotes", "And {count} more undated events, for which the shelf has no room.")
        found.append(words.format(count=number(more)))
    return found


def _crowd(content: Content, scenes: Sequence[Scene], visible: tuple[int, int]) -> int | None:
    """Return how many events in view are drawn only as density; None where one may stand in several lanes."""
    if not any(scene.slim or scene.bands for scene in scenes):
        return 0
    lanes = content.index.lanes
    if any(lane.kind < 0 for lane in lanes):
        return None
    in_view = sum(content.let_through().counts_in(range(len(lanes)), *visible))
    single = {int(event) for scene in scenes for event in scene.items["event"][~scene.items["slim"]]}
    return in_view - len(single)
