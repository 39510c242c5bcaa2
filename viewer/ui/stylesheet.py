"""The application's stylesheet, built from the tokens of a theme.

Rules are short on purpose: a widget says what it is with `theme.set_role`, and only the rule of that role
says how it looks. `$token` stands for a colour, `$font(role)` for size, weight and family.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from viewer.ui.theme import Theme

_TEXT: Final = """
QWidget { color: $text; }
QMainWindow, QDialog, QMessageBox { background: $panel; }
QToolTip { background: $text; color: $panel; border: none; border-radius: 4px; padding: 6px 8px; $font(tick) }
[role="title"] { $font(title) }
[role="heading"], [role="strong"] { $font(strong) }
[role="body"] { $font(body) }
[role="label"] { $font(tick_strong) color: $muted; font-weight: 500; }
[role="overline"] { $font(tick_strong) color: $accent; }
[role="muted"] { $font(body) color: $muted; }
[role="small"] { $font(small) color: $muted; }
[role="quote"] { $font(quote) }
[role="reading"] { $font(reading) }
[role="echo"] { $font(tick_strong) color: $accent; }
[role="problem"] { $font(tick_strong) color: $warning; }
"""

_GROUNDS: Final = """
[role="canvas"] { background: $canvas; }
[role="panel"] { background: $panel; }
[role="raised"] { background: $raised; }
[role="card"] { background: $canvas; border: 1px solid $line; border-radius: 8px; }
[role="card"][selected="true"] { background: $accent_ground; border-color: $accent; }
[role="warning"] {
    background: $warning_ground; color: $warning; border-radius: 6px; padding: 8px 12px; $font(tick_strong)
}
[role="notice"] { background: $accent_ground; border-bottom: 1px solid $line; padding: 8px 16px; }
[role="pill"] {
    background: $accent_ground; color: $accent; border: none; border-radius: 10px; padding: 2px 10px;
    min-height: 16px; $font(tick_strong) font-weight: 500;
}
[role="pill_anonymous"] {
    background: $raised; color: $muted; border: none; border-radius: 10px; padding: 2px 10px;
    min-height: 16px; $font(tick) font-style: italic;
}
[role="grade"] {
    background: $raised; border: 1px solid $line; border-bottom-width: 2px; border-radius: 4px;
    padding: 1px 8px; min-height: 16px; $font(tick_strong)
}
[role="popover"] { background: $panel; border: 1px solid $line_strong; border-radius: 8px; }
QFrame[role="popup"] { background: $panel; border: 1px solid $line_strong; }
[role="separator"] { background: $line; border: none; min-height: 1px; min-width: 1px; }
QFrame[role="separator"][frameShape="4"] { max-height: 1px; }
QFrame[role="separator"][frameShape="5"] { max-width: 1px; }
QStatusBar, [role="status"] { background: $raised; color: $muted; border: none; $font(small) }
QStatusBar::item { border: none; }
QSizeGrip { image: none; width: 0; height: 0; }
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, [role="field"] {
    background: $canvas; color: $text; border: 1px solid $line; border-radius: 6px; padding: 7px 11px;
    selection-background-color: $accent; selection-color: $on_accent; $font(body)
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 18px; }
QPlainTextEdit, QTextEdit { padding: 5px 9px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $line_strong; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus,
[role="field"]:focus {
    border: 2px solid $accent; padding: 6px 10px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $raised; color: $muted; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 8px; }
QLineEdit[role="search"] { background: $raised; padding: 5px 15px; }
QLineEdit[role="search"]:focus { background: $canvas; padding: 4px 14px; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {
    border-color: $warning;
}
QPlainTextEdit[role="reading"], QTextEdit[role="reading"] {
    background: $panel; border: none; border-radius: 0; padding: 0; $font(reading)
}
QPlainTextEdit[role="reading"]:focus, QTextEdit[role="reading"]:focus { border: none; padding: 0; }
QComboBox { padding-right: 28px; combobox-popup: 0; }
QComboBox:focus { padding-right: 27px; }
QComboBox::drop-down {
    border: none; width: 28px; subcontrol-origin: border; subcontrol-position: center right;
}
QComboBox::down-arrow { image: url("theme:chevron-down-$name.svg"); width: 12px; height: 12px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { background: transparent; border: none; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCheckBox, QRadioButton { spacing: 8px; padding: 4px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; background: $canvas; border: 1px solid $muted; border-radius: 4px;
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("theme:check-$name.svg");
}
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked {
    width: 8px; height: 8px; border: 4px solid $accent; background: $on_accent;
}
"""

_BUTTONS: Final = """
QPushButton, QToolButton {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; padding: 6px 15px;
    min-height: 18px; $font(body)
}
QToolButton { padding: 6px; }
QPushButton:hover, QToolButton:hover { background: $raised; }
QPushButton:pressed, QToolButton:pressed, QToolButton:open { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 14px; }
QToolButton:focus { border: 2px solid $accent; padding: 5px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $raised; }
QToolButton::menu-indicator { image: none; }
[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; padding: 6px 23px; $font(strong)
}
[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
[role="primary"]:focus { border: 2px solid $text; padding: 5px 22px; }
[role="primary"]:disabled { background: $raised; border-color: $line; color: $muted; }
[role="quiet"], [role="icon"] { background: transparent; color: $muted; border: 1px solid transparent; }
[role="quiet"]:hover, [role="icon"]:hover { background: $raised; color: $text; }
[role="quiet"]:pressed, [role="icon"]:pressed { background: $line; color: $text; }
[role="quiet"]:focus, [role="icon"]:focus { border: 2px solid $accent; }
[role="quiet"]:disabled, [role="icon"]:disabled { background: transparent; }
[role="icon"] { padding: 6px; }
[role="icon"]:focus { padding: 5px; }
ZoomCorner > [role="icon"] { padding: 4px; }
ZoomCorner > [role="icon"]:focus { padding: 3px; }
[role="inset"] { background: transparent; border: none; border-radius: 4px; padding: 5px; min-height: 16px; }
[role="inset"]:hover { background: $raised; }
[role="inset"]:pressed { background: $line; }
[role="chooser"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px 7px;
    min-height: 16px; text-align: left; $font(strong)
}
[role="chooser"]:hover { background: $raised; }
[role="chooser"]:pressed { background: $line; }
[role="chooser"]:focus { border: 1px solid $accent; }
[role="chooser"]:disabled { background: transparent; color: $text; }
[role="flag"] { background: transparent; border: none; border-radius: 4px; padding: 3px; min-height: 14px; }
[role="flag"]:hover { background: $panel; }
[role="flag"]:pressed { background: $line; }
[role="icon"]:checked { background: $accent_ground; color: $accent; }
[role="link"] {
    background: transparent; color: $accent; border: 1px solid transparent; border-radius: 4px;
    padding: 1px 3px; min-height: 16px; text-align: left; $font(tick_strong) font-weight: 500;
}
[role="link"]:hover { background: $accent_ground; }
[role="link"]:focus { border: 1px solid $accent; padding: 1px 3px; }
[role="chip"] {
    background: transparent; color: $muted; border: 1px solid $line; border-radius: 14px; padding: 4px 12px;
    min-height: 18px; $font(tick)
}
[role="chip"]:hover { background: $raised; color: $text; }
[role="chip"]:checked { background: $accent_ground; color: $text; border-color: $accent_line; }
[role="chip"]:focus { border: 2px solid $accent; padding: 3px 11px; }
[role="segment"] {
    background: transparent; color: $muted; border: 1px solid $line; border-radius: 0; margin-left: -1px;
    padding: 4px 12px; $font(tick)
}
[role="segment"][end="first"] {
    margin-left: 0; border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
[role="segment"][end="last"] { border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
[role="segment"]:hover { background: $raised; color: $text; }
[role="segment"]:checked { background: $accent_ground; color: $accent; font-weight: 600; }
[role="segment"]:focus { border: 2px solid $accent; padding: 3px 11px; }
"""

_CONTAINERS: Final = """
QScrollArea, QAbstractScrollArea[role="panel"] { background: transparent; border: none; }
[role="bare"] { background: transparent; border: none; }
QAbstractItemView {
    background: $panel; color: $text; border: none; outline: none; alternate-background-color: $canvas;
    selection-background-color: $accent_ground; selection-color: $text; $font(body)
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QAbstractItemView::item { padding: 6px 8px; border: none; border-radius: 4px; }
QAbstractItemView::item:hover { background: $raised; }
QAbstractItemView::item:selected { background: $accent_ground; color: $text; }
QComboBox QAbstractItemView, QAbstractItemView[role="popup"] {
    border: 1px solid $line_strong; padding: 4px; selection-background-color: $accent_ground;
    selection-color: $text;
}
QCalendarWidget QAbstractItemView::item { padding: 0; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 6px 11px;
    $font(tick_strong)
}
QTableView { gridline-color: $grid_fine; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QMenuBar { background: $panel; border: none; padding: 2px 8px; $font(body) }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $panel; border: 1px solid $line_strong; padding: 4px; $font(body) }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_ground; color: $text; }
QMenu::item:disabled { color: $muted; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 12px; height: 12px; margin-left: 6px; }
QMenu::indicator:checked { image: url("theme:tick-$name.svg"); }
QToolBar { background: $panel; border: none; spacing: 8px; padding: 8px 16px; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line_strong; border: 3px solid $panel; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 2px; margin-right: 16px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $accent;
}
QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

_FONT_HERE = re.compile(r"\$font\((\w+)\)")
_COLOUR_HERE = re.compile(r"\$(\w+)")


def stylesheet(theme: Theme) -> str:
    """Return the stylesheet of the whole application in the colours and fonts of `theme`."""
    words = {**{token: theme.colour(token).name() for token in theme.tokens}, **_between(theme)}
    words["name"] = theme.name
    rules = _TEXT + _GROUNDS + _FIELDS + _BUTTONS + _CONTAINERS
    rules = _FONT_HERE.sub(lambda found: _font(theme.font(found[1])), rules)
    return _COLOUR_HERE.sub(lambda found: words[found[1]], rules)


def _between(theme: Theme) -> dict[str, str]:
    """Colours for a moment, such as a hovered button: mixed from two tokens, never invented."""
    return {
        "line_strong": _mixed(theme, "line", "muted", 0.35),
        "accent_line": _mixed(theme, "accent_ground", "accent", 0.45),
        "accent_hover": _mixed(theme, "accent", "text", 0.18),
        "accent_pressed": _mixed(theme, "accent", "text", 0.36),
    }


def _mixed(theme: Theme, first: str, second: str, share: float) -> str:
    """Return the colour `share` of the way from one token to another, as "#rrggbb"."""
    one, other = theme.colour(first), theme.colour(second)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _font(font: QFont) -> str:
    """Return `font` as declarations of a stylesheet."""
    families = ", ".join(f'"{family}"' for family in font.families())
    style = "italic" if font.italic() else "normal"
    return (
        f"font-family: {families}; font-size: {font.pixelSize()}px; font-weight: {font.weight().value};"
        f" font-style: {style};"
    )
