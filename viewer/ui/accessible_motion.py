"""Whether things glide to their place or jump there: as the user chose, else as the desktop asks."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QGuiApplication


class MotionKeeper:
    """Keeps the choice; `is_still` is asked before each movement, so that a change holds at once."""

    def __init__(self) -> None:
        self.is_reduced = False

    @property
    def is_still(self) -> bool:
        """Whether nothing is to glide: it was chosen so, or the desktop asks for reduced motion."""
        return self.is_reduced or _desktop_asks()


@cache
def motions() -> MotionKeeper:
    """Return the keeper of the choice."""
    return MotionKeeper()


def _desktop_asks() -> bool:
    """Return what the desktop says; an earlier Qt than 6.12 cannot ask it."""
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        return False
    hints = getattr(QGuiApplication.styleHints(), "accessibility", None)
    preference = None if hints is None else getattr(hints(), "motionPreference", None)
    return preference is not None and getattr(preference(), "name", "") == "ReducedMotion"
