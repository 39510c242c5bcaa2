"""The inspector: one event with everything that is claimed of it, and who says so."""

from __future__ import annotations

from viewer.ui.inspector.panel import Inspector, LinkedEvent

__all__ = ["Inspector", "LinkedEvent"]
