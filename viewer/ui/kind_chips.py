"""The kinds as chips: mark, name and count; chosen ones are shown alone, none chosen means all.

With little room the names go, then the chips themselves: into a menu, as do kinds beyond the fifth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from viewer.ui.guard import guard
from viewer.ui.marks import draw_mark, mark_icon
from viewer.ui.measures import baseline, font, text_width
from viewer.ui.painter_ink import counted, number
from viewer.ui.text import menu_text, one_line, set_tooltip
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

    from viewer.domain.records import Kind

MOST_CHIPS = 5
FULL, SHORT, MENU = range(3)
"""How much a chip says: mark, name and count; mark and count; nothing, it is an entry of the menu."""

_HEIGHT = 28
_PADDING, _MARK, _GAP, _COUNT_GAP = 12, 13, 7, 10
_LONGEST_NAME = 24


class KindChip(QPushButton):
    """One kind, to be shown alone or together with other chosen ones."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._count = -1
        self._is_short = False
        set_role(self, "chip")
        self.setObjectName(f"chip_{kind.name}")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(0)
        themes().changed.connect(self.update)

    def set_count(self, count: int) -> None:
        """Say how many events of the kind there are."""
        if count == self._count:
            return
        self._count = count
        self.setAccessibleName(one_line(f"{self.kind.label}, {counted(count)}"))
        set_tooltip(self, f"{self.kind.label} · {counted(count)}")
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Say only mark and count, or the name as well."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """Return the name that the chip shows; empty on a short one."""
        return "" if self._is_short else one_line(self.kind.label, _LONGEST_NAME)

    def width_wanted(self, short: bool) -> int:
        """Return how wide the chip is, in pixels, with or without its name."""
        name = 0.0 if short else text_width(one_line(self.kind.label, _LONGEST_NAME), "tick") + _COUNT_GAP
        return int(2 * _PADDING + _MARK + _GAP + name + text_width(number(self._count), "tick")) + 1

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            middle, x = self.height() / 2, float(_PADDING)
            ground = theme().colour("accent_ground" if self.isChecked() else "panel")
            draw_mark(painter, self.kind, QPointF(x + _MARK / 2, middle), ground, _MARK + 2)
            x += _MARK + _GAP
            painter.setFont(font("tick"))
            if words := self.words():
                painter.setPen(theme().colour("text"))
                painter.drawText(QPointF(x, round(baseline(middle, "tick"))), words)
                x += text_width(words, "tick") + _COUNT_GAP
            painter.setPen(theme().colour("muted"))
            painter.drawText(QPointF(x, round(baseline(middle, "tick"))), number(self._count))

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted(self._is_short), _HEIGHT)

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class KindChips(QWidget):
    """The row of chips. `chosen(kinds)`: a frozenset of names, or None for all."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[KindChip] = []
        self._level = FULL
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE)
        self._more = QPushButton()
        set_role(self._more, "chip")
        self._more.setObjectName("more_kinds")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_menu)
        self._row.addWidget(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_kinds(self, kinds: Sequence[Kind], counts: Mapping[str, int]) -> None:
        """Show other kinds; those that were chosen and are still there stay chosen."""
        kept = self.kinds() or frozenset()
        for chip in self._chips:
            chip.hide()
            chip.setObjectName("")
            chip.deleteLater()
        self._chips = [KindChip(kind, self) for kind in kinds]
        for place, chip in enumerate(self._chips):
            chip.setChecked(chip.kind.name in kept)
            chip.toggled.connect(self._tell)
            self._row.insertWidget(place, chip)
        self.set_counts(counts)
        if self.kinds() != (kept or None):
            self._tell()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many events each kind has, by its name."""
        for chip in self._chips:
            chip.set_count(counts.get(chip.kind.name, 0))
        self.set_level(self._level)

    def kinds(self) -> frozenset[str] | None:
        """Return the names of the chosen kinds; None when all are shown."""
        names = frozenset(chip.kind.name for chip in self._chips if chip.isChecked())
        return names if 0 < len(names) < len(self._chips) else None

    def clear(self) -> None:
        """Show all kinds, without a signal."""
        self.choose(frozenset())

    def choose(self, kinds: frozenset[str]) -> None:
        """Choose kinds by their names, none for all, without a signal."""
        for chip in self._chips:
            chip.blockSignals(True)
            chip.setChecked(chip.kind.name in kinds)
            chip.blockSignals(False)
        self.set_level(self._level)

    def set_level(self, level: int) -> None:
        """Say more or less: FULL, SHORT or MENU."""
        self._level = level
        for place, chip in enumerate(self._chips):
            chip.set_short(level == SHORT)
            chip.setVisible(level != MENU and place < MOST_CHIPS)
        self._more.setText(self._menu_words(self._level))
        self._more.setVisible(level == MENU or len(self._chips) > MOST_CHIPS)
        self.updateGeometry()

    def width_at(self, level: int) -> int:
        """Return how wide the row is when it says so much, in pixels."""
        shown_now = self._more.text()
        self._more.setText(self._menu_words(level))
        more = self._more.sizeHint().width()
        self._more.setText(shown_now)
        if level == MENU:
            return more
        shown = self._chips[:MOST_CHIPS]
        rest = more + SPACE if len(self._chips) > MOST_CHIPS else 0
        return sum(chip.width_wanted(level == SHORT) + SPACE for chip in shown) - SPACE + rest

    def _menu_words(self, level: int) -> str:
        inside = self._chips if level == MENU else self._chips[MOST_CHIPS:]
        chosen = sum(chip.isChecked() for chip in inside)
        words = self.tr("Kinds") if level == MENU else self.tr("More")
        return f"{words} · {number(chosen)}" if chosen else words

    def _fill_menu(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for chip in self._chips if self._level == MENU else self._chips[MOST_CHIPS:]:
            entry = menu.addAction(mark_icon(chip.kind), menu_text(chip.kind.label))
            entry.setCheckable(True)
            entry.setChecked(chip.isChecked())
            entry.toggled.connect(chip.setChecked)

    def _tell(self) -> None:
        self._more.setText(self._menu_words(self._level))
        self.chosen.emit(self.kinds())
