"""What a document's window must tell beside the document itself: that it may only be read, that it was repaired."""

from __future__ import annotations

from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user must know of. `code` is stable; `remedy` says what to do next, `details` list cases."""

    code: str
    message: str
    remedy: str = ""
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()
