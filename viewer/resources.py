"""Where icons, translations and the sample lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a resource, such as `resource("icons", "add.svg")`; it need not exist."""
    here = Path(__file__).resolve().parent
    installed = here / "_resources"
    root = installed if installed.is_dir() else here.parent / "resources"
    return root.joinpath(*parts)
