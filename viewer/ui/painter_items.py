"""The events of a frame: extents, marks, labels, the selection and its links, the draft."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen

from viewer.frozen import dataclass
from viewer.timeline.distinct import are_among
from viewer.ui.measures import text_width
from viewer.ui.painter_extents import paint_capsule, paint_extents
from viewer.ui.painter_ink import mixed, thinned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.scene import Arc, Items, Label, Scene
    from viewer.ui.painter_extents import Item
    from viewer.ui.painter_ink import Ink
    from viewer.ui.painter_marks import Point

CHIP_GAP = 10.0

_ARC = 0.8
_LIFT = 1.2
_PAD = 8.0
_RADIUS = 6.0


@dataclass(frozen=True, slots=True)
class Ghost:
    """The draft of an unfinished form, in pixels: where it would be drawn, and as which kind."""

    kind: int
    lo: float
    hi: float
    y: float


def paint_selection(
    ink: Ink, scene: Scene, items: Sequence[Item], selected: frozenset[int], hovered: int | None
) -> None:
    """Paint the ground under selected events: around extent, label and sign; a quiet one under the pointer."""
    painter = ink.painter
    for item in items:
        if item.event in selected:
            painter.setBrush(ink.theme.colour("accent_ground"))
            painter.setPen(QPen(ink.theme.colour("accent"), 1.0))
        elif item.event == hovered:
            painter.setBrush(ink.theme.colour("raised"))
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            continue
        painter.drawRoundedRect(_aligned(ink, _ground(scene, item)), _RADIUS, _RADIUS)


def paint_items(
    ink: Ink, scene: Scene, found: Items, items: Sequence[Item], selected: frozenset[int], hovered: int | None
) -> None:
    """Paint every extent, then every mark above them; `items` are those found as plain numbers."""
    paint_extents(ink, scene, found, items)
    canvas, accent_ground = ink.theme.colour("canvas"), ink.theme.colour("accent_ground")
    alike: dict[tuple[int, bool, float], list[Point]] = {}
    for item in items:
        if item.mark == item.mark:  # a mark outside the canvas is not a number
            size = item.size * (_LIFT if item.event == hovered else 1.0)
            alike.setdefault((item.kind, item.event in selected, size), []).append((item.mark, item.y))
    for (kind, is_selected, size), points in alike.items():
        ink.marks(ink.kind(kind), points, accent_ground if is_selected else canvas, size)


def paint_labels(ink: Ink, scene: Scene, items: Sequence[Item], selected: frozenset[int]) -> None:
    """Write the titles beside their events, and a sign on those of which not all that is claimed agrees."""
    _paint_grounds(ink, scene, selected)
    signs = _signs(scene)
    for label in scene.labels:
        role = "strong" if label.event in selected else "label"
        ink.text(label.x, label.y, label.text, role, "text")
    for number in scene.numbers:
        ink.note(number.x, number.y, number.text, number.first)
    named = [(label, signs[label.event]) for label in scene.labels if label.event in signs]
    _paint_signs(ink, named)
    labelled = {label.event for label, _ in named}
    _paint_unnamed(ink, [item for item in items if item.is_signed and item.event not in labelled])


def paint_arcs(ink: Ink, scene: Scene) -> None:
    """Paint the links of the selected event as dashed arcs with their word."""
    if not scene.arcs:
        return
    accent = ink.theme.colour("accent")
    pen = QPen(mixed(thinned(accent, _ARC), ink.theme.colour("canvas")), 1.25, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3.2, 2.6])
    # The stroke is opaque, or the way that several links share would be darker than theirs alone.
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    ink.painter.save()
    ink.painter.setClipPath(_beside_words(scene), Qt.ClipOperation.IntersectClip)
    for arc in scene.arcs:
        ink.painter.strokePath(arc_path(arc), pen)
    ink.painter.restore()
    for arc in scene.arcs:
        if arc.word:
            _arc_word(ink, arc, accent)


def paint_ghost(ink: Ink, ghost: Ghost) -> None:
    """Paint the draft: its extent in a dashed rim, with the word "draft"."""
    painter, kind, accent = ink.painter, ink.kind(ghost.kind), ink.theme.colour("accent")
    around = QRectF(ghost.lo, ghost.y - 11, ghost.hi - ghost.lo, 22).adjusted(-6, 0, 6, 0)
    pen = QPen(accent, 1.25, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3.0, 2.2])
    painter.setPen(pen)
    painter.setBrush(thinned(ink.theme.colour("accent_ground"), 0.85))
    painter.drawRoundedRect(_aligned(ink, around), 5, 5)
    paint_capsule(ink, ghost.lo, ghost.hi, ghost.y, QBrush(kind.pale))
    ink.mark(kind, (ghost.lo + ghost.hi) / 2, ghost.y, ink.theme.colour("accent_ground"))
    word = QCoreApplication.translate("Timeline", "draft")
    ink.text(around.right() + 8, ghost.y, word, "strong", "accent")


def sign_word(*, disputed: bool, rival: bool) -> str:
    """Return the word on the sign of an event: a claim disputes it, or its claims cannot all hold."""
    if disputed and rival:
        return QCoreApplication.translate("Timeline", "≠ disputed")
    if rival:
        return QCoreApplication.translate("Timeline", "≠ differ")
    return QCoreApplication.translate("Timeline", "disputed")


def sign_width() -> float:
    """Return how many logical pixels the widest sign takes after a label, the gap included."""
    words = [sign_word(disputed=disputed, rival=True) for disputed in (True, False)]
    return CHIP_GAP + max(text_width(word, "small") for word in words) + 14


def arc_path(arc: Arc) -> QPainterPath:
    """Return the curve of a link."""
    first, *others = (QPointF(x, y) for x, y in arc.curve)
    path = QPainterPath(first)
    for at in range(0, len(others), 3):
        path.cubicTo(*others[at : at + 3])
    return path


def _ground(scene: Scene, item: Item) -> QRectF:
    """Return the rectangle around all that belongs to an event in this frame."""
    lo, hi = item.lo, item.hi
    if not math.isnan(item.mark):
        lo, hi = min(lo, item.mark - item.size / 2), max(hi, item.mark + item.size / 2)
    label = next((label for label in scene.labels if label.event == item.event), None)
    if label is not None:
        sign = sign_width() if item.is_signed else 0.0
        lo, hi = min(lo, label.x), max(hi, label.x + label.width + label.noted + sign)
    half = min(17.0, scene.row_height / 2 - 1)
    return QRectF(lo - _PAD, item.y - half, hi - lo + 2 * _PAD, 2 * half)


def _aligned(ink: Ink, rectangle: QRectF) -> QRectF:
    """Return `rectangle` with a one-pixel pen on it falling on whole device pixels."""
    left, top = ink.snapped(rectangle.left()), ink.snapped(rectangle.top())
    right, bottom = ink.snapped(rectangle.right()), ink.snapped(rectangle.bottom())
    return QRectF(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1)


def _paint_grounds(ink: Ink, scene: Scene, selected: frozenset[int]) -> None:
    """Clear the ground below the titles that stand in their extents."""
    over = [label for label in scene.labels if label.side == "over"]
    for token, chosen in (("canvas", False), ("accent_ground", True)):
        own = [label for label in over if (label.event in selected) is chosen]
        boxes = [QRectF(label.x - 4, label.y - 8, label.width + label.noted + 8, 16) for label in own]
        ink.rectangles(boxes, ink.theme.colour(token))


def _signs(scene: Scene) -> dict[int, str]:
    """Return the word on the sign of each event that bears a title and a sign."""
    found = scene.items[scene.items["disputed"] | scene.items["rival"]]
    found = found[are_among(found["event"], (label.event for label in scene.labels))]
    columns = (found[name].tolist() for name in ("event", "disputed", "rival"))
    return {
        event: sign_word(disputed=disputed, rival=rival)
        for event, disputed, rival in zip(*columns, strict=True)
    }


def _paint_signs(ink: Ink, signs: Sequence[tuple[Label, str]]) -> None:
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(ink.theme.colour("warning_ground"))
    for label, word in signs:
        left, width = _sign_x(label), text_width(word, "small") + 14
        ink.painter.drawRoundedRect(QRectF(left, label.y - 9, width, 18), 9, 9)
    for label, word in signs:
        ink.text(_sign_x(label) + 7, label.y, word, "small", "warning")


def _sign_x(label: Label) -> float:
    """Return where the sign of an event begins: after its title and the number of its footnote."""
    return label.x + label.width + label.noted + CHIP_GAP


def _paint_unnamed(ink: Ink, items: Sequence[Item]) -> None:
    """Paint a small amber dot at the mark of each event that has no room for words."""
    ink.painter.setPen(QPen(ink.theme.colour("canvas"), 1.0))
    ink.painter.setBrush(ink.theme.colour("warning"))
    for item in items:
        if not math.isnan(item.mark):
            away = item.size / 2 - 0.5
            ink.painter.drawEllipse(QPointF(item.mark + away, item.y - away), 3, 3)


def _beside_words(scene: Scene) -> QPainterPath:
    """Return the frame without what is written in it: a link passes behind words."""
    words = QPainterPath()
    signed = _signs(scene)
    for label in scene.labels:
        width = label.width + label.noted + (sign_width() if label.event in signed else 0.0)
        words.addRect(QRectF(label.x - 3, label.y - 10, width + 6, 20))
    frame = QPainterPath()
    frame.addRect(QRectF(0, 0, scene.width, scene.height))
    return frame.subtracted(words)


def _arc_word(ink: Ink, arc: Arc, accent: QColor) -> None:
    width = text_width(arc.word, "small")
    ground = QRectF(arc.word_x - 3, arc.word_y - 8, width + 6, 16)
    ink.painter.fillRect(ground, ink.theme.colour("canvas"))
    ink.text(arc.word_x, arc.word_y, arc.word, "small", "accent")
