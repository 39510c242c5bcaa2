"""The entries of the menus that lead through a document: saved views, the ruler, back and forward, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from viewer.ui.painter_ink import number
from viewer.ui.text import menu_text, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from viewer.ui.fellow_steps import Thread
    from viewer.ui.main_window import MainWindow
    from viewer.ui.wayfinding import Wayfinding

    Add = Callable[[QMenu, str, Callable[[], object], str, str], QAction]

NUMBERED = 9
"""So many saved views have keys."""

_KEYS = "Ctrl+Alt+{number}"
_LONGEST_NAME = 60


class WayMenu(QObject):
    """Adds its entries with `add(menu, label, verb, keys, icon)`, and keeps them dimmed where they lead nowhere.

    `add_wheel` and `build_go` are to be called before it is refreshed for the first time.
    """

    def __init__(self, window: MainWindow, menu: QMenu, add: Add) -> None:
        super().__init__(window)
        self._window = window
        self._add = add
        self._on_timeline: list[QAction] = []
        self._with_document: list[QAction] = []
        self._steps: list[QAction] = []
        self._saving = add(
            menu, self.tr("Sav&e This View…"), self._of(lambda ways: ways.views.ask_name()), "Ctrl+D", ""
        )
        self._build_views(menu.addMenu(self.tr("Saved Views")))
        measure = add(menu, self.tr("Meas&ure"), self._of(lambda ways: ways.measuring.toggle()), "M", "")
        pin = add(menu, self.tr("Pin Card"), self._of(lambda ways: ways.cards.toggle()), "P", "")
        self._with_document += [measure, pin, *self._numbered, self._views.menuAction()]
        self._be_of_timeline(measure, pin)

    def add_wheel(self, menu: QMenu) -> None:
        """Add the setting that swaps what the wheel does."""
        self._wheel = self._add(menu, self.tr("Wheel &Zooms"), self._swap_wheel, "", "")
        self._wheel.setCheckable(True)

    def build_go(self, menu: QMenu) -> None:
        """Fill the menu of ways from here to elsewhere."""
        back, forward = self._of(lambda ways: ways.back()), self._of(lambda ways: ways.forward())
        self._back = self._add(menu, self.tr("&Back"), back, "Alt+Left", "undo")
        self._forward = self._add(menu, self.tr("&Forward"), forward, "Alt+Right", "redo")
        menu.addSeparator()
        self._build_steps(menu)

    def refresh(self) -> None:
        """Follow the window: which document it shows, whether there is somewhere to go."""
        workspace = self._window.workspace
        ways = None if workspace is None else workspace.furnishing.made_wayfinding
        self._back.setEnabled(ways is not None and ways.can_go_back)
        self._forward.setEnabled(ways is not None and ways.can_go_forward)
        may_edit = workspace is not None and workspace.furnishing.keeping.may_edit
        self._saving.setEnabled(may_edit)
        for action in self._with_document:
            action.setEnabled(workspace is not None)
        has_selection = workspace is not None and workspace.selected is not None
        for action in self._steps:
            action.setEnabled(has_selection)
        self._follow.setEnabled(has_selection)
        self._wheel.setChecked(self._window.wheel_zooms)
        if workspace is not None and self._on_timeline[0] not in workspace.timeline.actions():
            workspace.timeline.addActions(self._on_timeline)

    # Building

    def _build_views(self, menu: QMenu) -> None:
        self._views = menu
        menu.aboutToShow.connect(self._fill_views)
        # The keys hold before the menu was ever filled, so they are not those of its entries.
        self._numbered = [QAction(self._window) for _ in range(NUMBERED)]
        for place, action in enumerate(self._numbered, 1):
            action.setShortcut(QKeySequence(_KEYS.format(number=place)))
            action.triggered.connect(self._apply(place))
        self._window.addActions(self._numbered)

    def _build_steps(self, menu: QMenu) -> None:
        for grouping, words, key in (
            ("actor", (self.tr("&Next with the Same Actor"), self.tr("&Previous with the Same Actor")), "N"),
            ("place", (self.tr("Next at the Same P&lace"), self.tr("Previous at the Same Pla&ce")), "L"),
            (
                "source",
                (self.tr("Next from the Same &Source"), self.tr("Previous from the Same So&urce")),
                "Q",
            ),
        ):
            for step, label, keys in ((1, words[0], key), (-1, words[1], f"Shift+{key}")):
                self._steps.append(self._add(menu, label, self._step(step, grouping), keys, ""))
        self._be_of_timeline(*self._steps)
        self._follow = menu.addMenu(self.tr("F&ollow"))
        self._follow.aboutToShow.connect(self._fill_threads)

    def _be_of_timeline(self, *actions: QAction) -> None:
        """Let keys that are letters count on the timeline alone: elsewhere they are typed."""
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._on_timeline.append(action)

    def _apply(self, number: int) -> Callable[[], None]:
        def run() -> None:
            self._of(lambda ways: ways.views.apply_number(number))()

        return run

    def _step(self, step: int, grouping: str) -> Callable[[], object]:
        return self._of(lambda ways: ways.fellows.step(step, grouping))

    def _of(self, verb: Callable[[Wayfinding], object]) -> Callable[[], object]:
        def run() -> object:
            workspace = self._window.workspace
            return None if workspace is None else verb(workspace.furnishing.wayfinding)

        return run

    # Filling

    def _fill_views(self) -> None:
        self._views.clear()
        workspace = self._window.workspace
        names = () if workspace is None else workspace.furnishing.wayfinding.views.names()
        for place, (_uid, name) in enumerate(names, 1):
            words = menu_text(one_line(name, _LONGEST_NAME))
            if place <= NUMBERED:
                keys = QKeySequence(_KEYS.format(number=place))
                words += "\t" + keys.toString(QKeySequence.SequenceFormat.NativeText)
            action = self._views.addAction(words)
            action.triggered.connect(self._apply(place))
        self._views.addSeparator()
        organise = self._views.addAction(self.tr("&Rename or Delete…"))
        organise.triggered.connect(lambda _=False: self._of(lambda ways: ways.views.organise())())
        organise.setEnabled(bool(names))

    def _fill_threads(self) -> None:
        self._follow.clear()
        workspace = self._window.workspace
        if workspace is None:
            return
        fellows = workspace.furnishing.wayfinding.fellows
        for thread in fellows.threads():
            action = self._follow.addAction(self._thread_words(thread, fellows.count(thread)))
            action.triggered.connect(lambda _=False, thread=thread: fellows.follow(thread, 1))

    def _thread_words(self, thread: Thread, count: int) -> str:
        words = {
            "actor": self.tr("With {name} · {count}"),
            "place": self.tr("At {name} · {count}"),
            "source": self.tr("From “{name}” · {count}"),
        }[thread.grouping]
        return menu_text(words.format(name=thread.name, count=number(count)))

    # Doing

    def _swap_wheel(self) -> None:
        self._window.set_wheel_zooms(not self._window.wheel_zooms)
        self.refresh()
