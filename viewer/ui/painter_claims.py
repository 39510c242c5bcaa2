"""The claims of an event on their leaf: a band for what each says of when, and the source that says it.

Filled: it supports the event with a date of its own; a rim alone: with the event's, for it gives none;
amber and hatched: it disputes it; grey: it only mentions it; struck through: it is retracted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPen

if TYPE_CHECKING:
    from viewer.timeline.scene import ClaimBand, ClaimLeaf, Scene
    from viewer.ui.painter_ink import Ink

_RADIUS = 6.0
_BAND = 7.0
_SIGN = 4.0
_BEYOND = 12.0
_FADE = 0.45


def paint_claims(ink: Ink, scene: Scene) -> None:
    """Paint the leaf with the claims of the event that is opened."""
    leaf = scene.claims
    if leaf is None:
        return
    painter = ink.painter
    painter.setPen(QPen(ink.theme.colour("line"), 1.0))
    painter.setBrush(ink.theme.colour("panel"))
    ground = QRectF(leaf.x, leaf.y, leaf.width, leaf.height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
    for band in leaf.bands:
        if band.dated:
            _paint_band(ink, leaf, band)
        _paint_name(ink, band)
    if leaf.more:
        words = QCoreApplication.translate("Timeline", "+{count} more").format(count=leaf.more)
        ink.text(leaf.x + 8, leaf.more_y, words, "small", "muted")


def _paint_band(ink: Ink, leaf: ClaimLeaf, band: ClaimBand) -> None:
    painter, colour = ink.painter, _colour(ink, leaf, band)
    # What is open does not end where the canvas does.
    lo = band.lo - (_BEYOND if band.open_lo else 0.0)
    hi = band.hi + (_BEYOND if band.open_hi else 0.0)
    painter.save()
    painter.setClipRect(QRectF(leaf.x, leaf.y, leaf.width, leaf.height), Qt.ClipOperation.IntersectClip)
    pen = QPen(QBrush(colour), 1.0, Qt.PenStyle.SolidLine if band.own else Qt.PenStyle.DotLine)
    if band.open_lo or band.open_hi:
        pen.setBrush(QBrush(_dissolving(ink, band, lo, hi, colour)))
    painter.setPen(pen)
    painter.setBrush(_fill(band, pen.brush()))
    shape = QRectF(lo, band.y - _BAND / 2, hi - lo, _BAND).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(shape, _BAND / 2, _BAND / 2)
    if band.clashes:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.theme.colour("warning"))
        painter.drawEllipse(QRectF(band.lo - _SIGN, band.y - _SIGN, 2 * _SIGN, 2 * _SIGN))
    painter.restore()


def _paint_name(ink: Ink, band: ClaimBand) -> None:
    quiet = band.retracted or band.stance == "mentions"
    token = "muted" if quiet else "warning" if band.stance == "disputes" or band.clashes else "text"
    ink.text(band.text_x, band.y, band.text, "small", token)
    if band.retracted:
        ink.horizontal(band.y, band.text_x, band.text_x + band.width, ink.theme.colour("muted"))


def _colour(ink: Ink, leaf: ClaimLeaf, band: ClaimBand) -> QColor:
    if band.retracted or band.stance == "mentions":
        return ink.theme.colour("muted")
    return ink.theme.colour("warning") if band.stance == "disputes" else ink.kind(leaf.kind).solid


def _fill(band: ClaimBand, brush: QBrush) -> QBrush:
    if not band.own or band.retracted:
        return QBrush(Qt.BrushStyle.NoBrush)
    return QBrush(brush.color(), Qt.BrushStyle.BDiagPattern) if band.stance == "disputes" else brush


def _dissolving(ink: Ink, band: ClaimBand, lo: float, hi: float, colour: QColor) -> QLinearGradient:
    """Return a colour that is lost in the ground towards an end that is open; in print too it is opaque."""
    ground = ink.theme.colour("panel")
    gradient = QLinearGradient(lo, 0, hi, 0)
    gradient.setColorAt(0, ground if band.open_lo else colour)
    gradient.setColorAt(_FADE if band.open_lo else 0, colour)
    gradient.setColorAt(1 - _FADE if band.open_hi else 1, colour)
    gradient.setColorAt(1, ground if band.open_hi else colour)
    return gradient
