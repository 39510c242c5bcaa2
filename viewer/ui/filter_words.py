"""A filter in words: what a picture shows of its document, and how much it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.calendar import iso_day
from viewer.ui.painter_ink import number
from viewer.ui.standing import WantedStanding, standing_label
from viewer.ui.text import one_line
from viewer.ui.words import lane_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewer.domain.filters import Filter
    from viewer.domain.records import Kind

_LONGEST = 80


def filter_words(wanted: Filter, kinds: Sequence[Kind], hidden: int) -> str:
    """Return what a filter shows and hides: "Shown: Deployments, from 2024-10-01; 4 events hidden"."""
    shown = ", ".join(_criteria(wanted, kinds))
    if not shown and not hidden:
        return QCoreApplication.translate("FilterWords", "Shown: all events")
    if hidden == 1:
        words = QCoreApplication.translate("FilterWords", "Shown: {what}; 1 event hidden")
    elif hidden:
        words = QCoreApplication.translate("FilterWords", "Shown: {what}; {count} events hidden")
    else:
        words = QCoreApplication.translate("FilterWords", "Shown: {what}; nothing hidden")
    what = shown or QCoreApplication.translate("FilterWords", "events that meet the filter")
    return words.format(what=what, count=number(hidden))


def _criteria(wanted: Filter, kinds: Sequence[Kind]) -> Iterator[str]:
    say = QCoreApplication.translate
    if wanted.kinds is not None:
        yield ", ".join(one_line(lane_name(kind), _LONGEST) for kind in kinds if kind.name in wanted.kinds)
    named = (
        (wanted.text, say("FilterWords", "words “{text}”")),
        (wanted.actor, say("FilterWords", "actor “{text}”")),
        (wanted.place, say("FilterWords", "place “{text}”")),
        (wanted.source, say("FilterWords", "source “{text}”")),
        (wanted.tag, say("FilterWords", "tag “{text}”")),
    )
    yield from (words.format(text=one_line(text, _LONGEST)) for text, words in named if text.strip())
    if period := _period(wanted.earliest, wanted.latest):
        surely = say("FilterWords", "certainly {period}")
        yield surely.format(period=period) if wanted.certainly else period
    if wanted.known_by is not None:
        yield say("FilterWords", "as known on {day}").format(day=iso_day(wanted.known_by))
    standing = WantedStanding(wanted.disputed, wanted.min_origins, wanted.reliability, wanted.credibility)
    if not standing.is_empty:
        yield standing_label(standing)


def _period(earliest: int | None, latest: int | None) -> str:
    say = QCoreApplication.translate
    first = "" if earliest is None else iso_day(earliest)
    last = "" if latest is None else iso_day(latest)
    if first and last:
        return say("FilterWords", "{first} to {last}").format(first=first, last=last)
    if first:
        return say("FilterWords", "from {first}").format(first=first)
    return say("FilterWords", "until {last}").format(last=last) if last else ""
