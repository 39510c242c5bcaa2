"""The saved views of a document in a window: what is shown is kept under a name, and brought back by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.domain.calendar import iso_day
from viewer.domain.dates import from_edtf
from viewer.domain.filters import Filter
from viewer.domain.saved_views import SavedDate, SavedFilter, SavedView, read_view
from viewer.timeline.scale import TimeScale
from viewer.ui.period import Period
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.domain.edits import Edit
    from viewer.domain.fuzzy_date import FuzzyDate
    from viewer.storage.store import Store
    from viewer.ui.wayfinding import Wayfinding
    from viewer.ui.workspace import Workspace

_SAME = ("text", "certainly", "disputed", "min_origins", "reliability", "credibility")
_BEYOND_HEADER = ("actor", "place", "source", "tag")
_LONGEST_NAME = 80


class ViewKeeping(QObject):
    """Saves, lists, applies, renames and deletes the views of the document that a window shows."""

    def __init__(self, workspace: Workspace, wayfinding: Wayfinding) -> None:
        super().__init__(wayfinding)
        self._workspace = workspace
        self._wayfinding = wayfinding

    def names(self) -> tuple[tuple[str, str], ...]:
        """Return the views in the order in which they were saved: uid and name."""
        views = self._workspace.document.store.views()
        return tuple((str(view["uid"]), str(view["name"])) for view in views)

    def current(self) -> SavedView:
        """Return what the window shows as a view."""
        window = self._workspace
        charting = window.showing.charting
        return SavedView(
            shown=window.seconds_in_view(),
            lanes=charting.grouping,
            clock="said" if charting.by_publication else "happened",
            knows_day=True,
            known_on=window.known_on.day,
            filter=_saved(window.showing.sieve.filter, window.header.period()),
        )

    def ask_name(self) -> None:
        """Ask under which name the view is to be kept."""
        from viewer.ui.view_dialogs import NameView

        NameView(self, self._workspace).open()

    def organise(self) -> None:
        """Show the views, to be applied, renamed or deleted."""
        from viewer.ui.view_dialogs import SavedViews

        SavedViews(self, self._workspace).open()

    # Changing

    def save(self, name: str) -> None:
        """Keep what is shown under a name, in place of the view that has it already."""
        from viewer import commands

        view = self.current()
        said = self.tr("Saved the view “{name}”.").format(name=one_line(name, _LONGEST_NAME))
        self._do(lambda store, author: commands.save_view(store, name, view, author=author), said)

    def rename(self, uid: str, name: str) -> None:
        """Give a view another name."""
        from viewer import commands

        said = self.tr("Renamed the view to “{name}”.").format(name=one_line(name, _LONGEST_NAME))
        self._do(lambda store, author: commands.rename_view(store, uid, name, author=author), said)

    def delete(self, uid: str) -> None:
        """Delete a view."""
        from viewer import commands

        name = one_line(dict(self.names()).get(uid, ""), _LONGEST_NAME)
        said = self.tr("Deleted the view “{name}”.").format(name=name)
        self._do(lambda store, author: commands.delete_view(store, uid, author=author), said)

    def _do(self, verb: Callable[[Store, str | None], Edit], said: str) -> None:
        document, window = self._workspace.document, self._workspace

        def change() -> None:
            document.store.expect_same()
            if document.do(verb(document.store, document.author), window) is not None:
                window.status.set_done(said)

        window.attempt(change)

    # Applying

    def apply_number(self, number: int) -> None:
        """Show the first view (1), the second one, and so on; say so where there is none."""
        names = self.names()
        if number <= len(names):
            self.apply(names[number - 1][0])
        else:
            self._workspace.status.set_done(self.tr("There is no saved view {number}.").format(number=number))

    def apply(self, uid: str) -> None:
        """Show a view again, as far as it says and the document still knows what it names."""
        raw = next((view for view in self._workspace.document.store.views() if view["uid"] == uid), None)
        if raw is None:
            return
        window, view = self._workspace, read_view(raw)
        self._wayfinding.leave()
        problems = list(view.problems)
        if view.filter is not None:
            problems += self._show_filter(view.filter)
        if view.knows_day:
            window.known_on.show(view.known_on)
        by_publication = None if view.clock is None else view.clock == "said"
        self._wayfinding.show_in(view.lanes, by_publication, lambda: self._show_period(view.shown))
        name = one_line(str(raw["name"]), _LONGEST_NAME)
        window.status.set_done(self.tr("View “{name}”").format(name=name))
        if problems:
            words = self.tr("Of the view “{name}” this could not be used: {keys}.")
            text = words.format(name=name, keys=one_line(", ".join(problems), 200))
            window.notice.show_notice(text, [])

    def _show_period(self, shown: tuple[int, int] | None) -> None:
        timeline = self._workspace.timeline
        if shown is not None:
            scale = TimeScale.fitting(*shown, timeline.canvas_width())
            timeline.go(replace(timeline.destination(), scale=scale))

    def _show_filter(self, saved: SavedFilter) -> list[str]:
        """Ask for a saved filter; return the kinds that it names and that are no more."""
        window = self._workspace
        known = {kind.name for kind in window.document.store.kinds()}
        kinds = None if saved.kinds is None else frozenset(saved.kinds) & known
        gone = [] if saved.kinds is None else [kind for kind in saved.kinds if kind not in known]
        wanted = Filter(kinds=kinds or None, **{name: getattr(saved, name) for name in _SAME})
        window.notice.hide()
        window.header.show_filter(wanted, Period(_date(saved.since), _date(saved.until), saved.certainly))
        beyond = {name: getattr(saved, name) for name in _BEYOND_HEADER if getattr(saved, name)}
        if beyond:
            window.showing.filter(replace(window.header.filter(), **beyond))
            words = self.tr("The view also asks for: {names}.").format(
                names=one_line(", ".join(beyond.values()), 120)
            )
            window.notice.show_notice(words, [(self.tr("Show all"), window.show_all)])
        return gone


def _saved(wanted: Filter, period: Period) -> SavedFilter:
    names = (*_SAME, *_BEYOND_HEADER)
    return SavedFilter(
        kinds=None if wanted.kinds is None else tuple(sorted(wanted.kinds)),
        since=_saved_date(period.since, period.earliest),
        until=_saved_date(period.until, period.latest),
        **{name: getattr(wanted, name) for name in names},
    )


def _saved_date(date: FuzzyDate | None, bound: int | None) -> SavedDate | None:
    if date is None or bound is None:
        return None
    return SavedDate(date.edtf or iso_day(bound), date.text)


def _date(saved: SavedDate | None) -> FuzzyDate | None:
    return None if saved is None else replace(from_edtf(saved.edtf), text=saved.text)
