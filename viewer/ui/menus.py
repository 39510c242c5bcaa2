"""The menus of a window, and with them every action and its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from viewer.ui.accessible_motion import motions
from viewer.ui.icons import set_icon
from viewer.ui.text import menu_text, one_line
from viewer.ui.theme import CHOICES, themes
from viewer.ui.way_menu import WayMenu

if TYPE_CHECKING:
    from viewer.ui.main_window import MainWindow
    from viewer.ui.workspace import Workspace

Keys = str | QKeySequence.StandardKey
_ZOOM = 1.6


class Menus(QObject):
    """Builds the menu bar; actions that need a document or a selection are dimmed without."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._undressed: list[tuple[QAction, str]] = []
        self._with_document: list[QAction] = []
        self._with_selection: list[QAction] = []
        self._editing: list[QAction] = []
        self._build_file()
        self._build_edit()
        self._build_view()
        self._ways.build_go(self._menu(self.tr("&Go")))
        self._build_help()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Follow the document: what can be undone, whether something is selected."""
        workspace = self._window.workspace
        may_edit = workspace is not None and workspace.furnishing.keeping.may_edit
        for action in self._with_document:
            action.setEnabled(workspace is not None)
        for action in self._with_selection:
            action.setEnabled(may_edit and workspace is not None and workspace.selected is not None)
        for action in self._editing:
            action.setEnabled(may_edit)
        self._ways.refresh()
        self._known.setChecked(workspace is not None and workspace.known_on.day is not None)
        self._places[workspace is not None and workspace.showing.charting.by_publication].setChecked(True)
        self._lanes["kind" if workspace is None else workspace.showing.charting.grouping].setChecked(True)
        undo = None if workspace is None else workspace.document.history.next_undo
        redo = None if workspace is None else workspace.document.history.next_redo
        self._undo.setEnabled(may_edit and undo is not None)
        self._redo.setEnabled(may_edit and redo is not None)
        self._undo.setText(self._labelled(self.tr("&Undo"), undo.label if undo else ""))
        self._redo.setText(self._labelled(self.tr("&Redo"), redo.label if redo else ""))

    def why_not(self, action: QAction) -> str:
        """Say why an action is dimmed."""
        workspace = self._window.workspace
        if workspace is None:
            return self.tr("no document is open")
        if action in (self._undo, self._redo) or action in self._with_selection or action in self._editing:
            if not workspace.furnishing.keeping.may_edit:
                return self.tr("the document can only be read")
            if action in self._with_selection:
                return self.tr("nothing is selected")
            return self.tr("nothing to undo") if action is self._undo else self.tr("nothing to redo")
        return ""

    def _labelled(self, verb: str, label: str) -> str:
        return f"{verb} {menu_text(one_line(label, 50))}" if label else verb

    # Building

    def _build_file(self) -> None:
        window, menu = self._window, self._menu(self.tr("&File"))
        self._add(menu, self.tr("&New Document…"), window.new_document, QKeySequence.StandardKey.New, "add")
        self._add(menu, self.tr("&Open…"), window.choose_document, QKeySequence.StandardKey.Open, "open")
        self._recent = menu.addMenu(self.tr("Open &Recent"))
        self._recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, self.tr("Open the &Sample"), window.open_sample)
        reopens = self._add(menu, self.tr("Reopen Documents at S&tart"), window.toggle_reopening)
        reopens.setCheckable(True)
        menu.aboutToShow.connect(lambda: reopens.setChecked(window.reopens))
        menu.addSeparator()
        self._add_edit(menu, self.tr("&Import…"), window.choose_import, "Ctrl+Shift+I", "import")
        self._add_edit(menu, self.tr("Import &Table…"), window.choose_table)
        self._add_here(menu, self.tr("&Export…"), window.export_records, "Ctrl+Shift+E", "export")
        self._add_here(menu, self.tr("Export &Picture…"), window.export_picture, "Ctrl+Shift+P")
        self._add_here(
            menu, self.tr("Save a &Copy…"), window.save_copy, QKeySequence.StandardKey.SaveAs, "save"
        )
        self._add_here(menu, self.tr("Restore from &Backup…"), window.restore_backup)
        menu.addSeparator()
        self._add(menu, self.tr("&Close"), window.close, "Ctrl+W")
        self._add(menu, self.tr("&Quit"), window.quit, "Ctrl+Q")

    def _build_edit(self) -> None:
        menu = self._menu(self.tr("&Edit"))
        undo_keys = QKeySequence.StandardKey.Undo
        self._undo = self._add(menu, self.tr("&Undo"), self._of(lambda w: w.undo()), undo_keys, "undo")
        self._redo = self._add(menu, self.tr("&Redo"), self._of(lambda w: w.redo()), "", "redo")
        for action, words in ((self._undo, self.tr("Undo")), (self._redo, self.tr("Redo"))):
            action.setIconText(words)  # else it would say what it undoes, as the text does
        self._redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addSeparator()
        for number, (label, kind) in enumerate(
            (
                (self.tr("New &Deployment"), "deployment"),
                (self.tr("New &Withdrawal"), "withdrawal"),
                (self.tr("New &Statement"), "statement"),
            ),
            1,
        ):
            self._add_edit(menu, label, self._new_entry(kind), f"Ctrl+{number}", kind)
        self._add_edit(menu, self.tr("New S&ource"), self._of(lambda w: w.sourcing.sources.add()), "Ctrl+4")
        self._add_edit(menu, self.tr("&Paste Rows…"), self._window.paste_rows, "Ctrl+Shift+V")
        menu.addSeparator()
        self._add_selected(menu, self.tr("&Edit Entry"), lambda w: w.edit_entry(w.selected), "F2", "edit")
        self._add_selected(
            menu, self.tr("De&lete Entry"), lambda w: w.delete_entry(w.selected), "Del", "delete"
        )
        menu.addSeparator()
        self._add_here(
            menu,
            self.tr("&Find"),
            self._of(lambda w: w.header.focus_search()),
            QKeySequence.StandardKey.Find,
            "search",
        )
        menu.addSeparator()
        self._add_edit(menu, self.tr("Re-&read Dates…"), self._of(_reread_dates))
        self._add_here(menu, self.tr("&History…"), self._of(_show_history), "Ctrl+H")

    def _build_view(self) -> None:
        menu = self._menu(self.tr("&View"))
        zoom_in, zoom_out = (
            self._of(lambda w: w.timeline.zoom_by(_ZOOM)),
            self._of(lambda w: w.timeline.zoom_by(1 / _ZOOM)),
        )
        self._add_here(menu, self.tr("Zoom &In"), zoom_in, "Ctrl++", "zoom-in")
        self._add_here(menu, self.tr("Zoom &Out"), zoom_out, "Ctrl+-", "zoom-out")
        self._add_here(menu, self.tr("&Fit All"), self._of(lambda w: w.timeline.fit_all()), "Ctrl+0", "fit")
        self._add_here(menu, self.tr("&Go to Date…"), self._window.go_to_date, "Ctrl+G", "calendar")
        self._add_here(
            menu, self.tr("&Period…"), self._of(lambda w: w.header.choose_period()), "Ctrl+T", "history"
        )
        standing = self._of(lambda w: w.header.choose_standing())
        self._add_here(menu, self.tr("Stan&ding…"), standing, "Ctrl+Shift+O", "standing")
        menu.addSeparator()
        self._ways = WayMenu(self._window, menu, self._add)
        menu.addSeparator()
        toggle = self._of(lambda w: w.toggle_list(not w.left.isVisible()))
        self._add_here(menu, self.tr("Show or Hide &List"), toggle, "Ctrl+L", "list")
        self._add_here(
            menu, self.tr("&Sources"), self._of(lambda w: w.toggle_sources()), "Ctrl+Shift+L", "quote"
        )
        self._build_below(menu)
        menu.addSeparator()
        self._build_clocks(menu)
        self._build_lanes(menu.addMenu(self.tr("Lanes b&y")))
        menu.addSeparator()
        self._build_themes(menu.addMenu(self.tr("&Theme")))
        self._ways.add_wheel(menu)
        still = menu.addAction(self.tr("Reduced &Motion"))
        still.setCheckable(True)
        still.setChecked(motions().is_reduced)
        still.toggled.connect(self._window.set_reduced_motion)

    def _build_below(self, menu: QMenu) -> None:
        """Add what comes up below the timeline."""
        for words, page, keys, icon_name in (
            (self.tr("&Reading Desk"), "reading", "Ctrl+R", "open"),
            (self.tr("Pro&venance"), "graph", "Ctrl+Shift+R", "graph"),
            (self.tr("Stren&gth Chart"), "strength", "Ctrl+Shift+G", "bands"),
        ):
            self._add_here(menu, words, self._of(_toggled(page)), keys, icon_name)

    def _build_clocks(self, menu: QMenu) -> None:
        toggle = self._of(lambda w: w.known_on.toggle())
        self._known = self._add(menu, self.tr("&As Known On"), toggle, "Ctrl+Shift+T", "clock")
        self._known.setCheckable(True)
        self._with_document.append(self._known)
        places = menu.addMenu(self.tr("Place &by"))
        group = QActionGroup(self)
        self._places: dict[bool, QAction] = {}
        for by_publication, words in (
            (False, self.tr("When It &Happened")),
            (True, self.tr("When It Was First &Said")),
        ):
            action = self._places[by_publication] = self._add(places, words, self._place_by(by_publication))
            action.setCheckable(True)
            group.addAction(action)
            self._with_document.append(action)

    def _build_lanes(self, menu: QMenu) -> None:
        group = QActionGroup(self)
        self._lanes: dict[str, QAction] = {}
        for number, (grouping, words) in enumerate(
            (
                ("kind", self.tr("&Kind")),
                ("actor", self.tr("&Actor")),
                ("place", self.tr("&Place")),
                ("source", self.tr("&Source")),
                ("tag", self.tr("&Tag")),
            ),
            1,
        ):
            action = self._lanes[grouping] = self._add(menu, words, self._lanes_by(grouping), f"Alt+{number}")
            action.setCheckable(True)
            group.addAction(action)
            self._with_document.append(action)

    def _build_themes(self, menu: QMenu) -> None:
        names = {"system": self.tr("As the &System"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        group = QActionGroup(self)
        for choice in CHOICES:
            action = menu.addAction(names[choice])
            action.setCheckable(True)
            action.setChecked(themes().choice == choice)
            action.triggered.connect(lambda _=False, choice=choice: self._choose_theme(choice))
            group.addAction(action)

    def _build_help(self) -> None:
        menu = self._menu(self.tr("&Help"))
        self._add(menu, self.tr("&Command Palette…"), self._window.show_palette, "Ctrl+K")
        self._add(menu, self.tr("&Keys"), self._show_keys, "?", "keyboard")

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(title, self._window)
        menu.aboutToShow.connect(self._dress)
        self._window.menuBar().addMenu(menu)
        return menu

    def _dress(self) -> None:
        """Give the actions their icons, when the first menu is opened: drawing them takes longer than all else."""
        for action, icon_name in self._undressed:
            set_icon(action, icon_name)
        self._undressed.clear()

    def _add(
        self, menu: QMenu, label: str, verb: Callable[[], object], keys: Keys = "", icon_name: str = ""
    ) -> QAction:
        action = QAction(label, self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: verb())
        if icon_name:
            self._undressed.append((action, icon_name))
        menu.addAction(action)
        return action

    def _add_here(
        self, menu: QMenu, label: str, verb: Callable[[], object], keys: Keys = "", icon_name: str = ""
    ) -> None:
        self._with_document.append(self._add(menu, label, verb, keys, icon_name))

    def _add_edit(
        self, menu: QMenu, label: str, verb: Callable[[], object], keys: Keys = "", icon_name: str = ""
    ) -> None:
        """Add an action that is dimmed where the document may only be read."""
        self._editing.append(self._add(menu, label, verb, keys, icon_name))

    def _add_selected(
        self, menu: QMenu, label: str, verb: Callable[[Workspace], object], keys: Keys, icon_name: str
    ) -> None:
        self._with_selection.append(self._add(menu, label, self._of(verb), keys, icon_name))

    def _place_by(self, by_publication: bool) -> Callable[[], object]:
        return self._of(lambda workspace: workspace.showing.charting.place_by_publication(by_publication))

    def _lanes_by(self, grouping: str) -> Callable[[], object]:
        return self._of(lambda workspace: workspace.showing.charting.group_by(grouping))

    def _new_entry(self, kind: str) -> Callable[[], object]:
        return self._of(lambda workspace: workspace.new_entry(kind))

    def _of(self, verb: Callable[[Workspace], object]) -> Callable[[], object]:
        """Return the verb bound to whatever document the window shows when it is called."""
        return lambda: verb(self._window.workspace) if self._window.workspace is not None else None

    # Doing

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._window.recent_files():
            action = self._recent.addAction(menu_text(one_line(str(path), 120)))
            action.triggered.connect(lambda _=False, path=path: self._window.open_path(Path(path)))
        self._recent.setEnabled(bool(self._recent.actions()))

    def _choose_theme(self, choice: str) -> None:
        themes().set_choice(choice)
        self._window.set_theme(choice)

    def _show_keys(self) -> None:
        from viewer.ui.key_sheet import KeySheet

        KeySheet(self._window.menuBar(), self._window).open()


def _toggled(page: str) -> Callable[[Workspace], object]:
    """Return the verb that brings a page below the timeline up, or puts it away."""
    return lambda workspace: workspace.sourcing.below.toggle(getattr(workspace.sourcing.below, page))


def _show_history(workspace: Workspace) -> None:
    from viewer.ui.history_dialog import HistoryDialog

    HistoryDialog(workspace).open()


def _reread_dates(workspace: Workspace) -> None:
    from viewer.ui.reread_dates import RereadDates

    RereadDates(workspace).open()
