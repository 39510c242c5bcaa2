"""Unfinished forms, kept on disk while they are typed, so that a crash does not take the words along.

Each form of a document is one file. Whatever is in the folder, loading gives the drafts that can be
read; files that cannot are set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viewer.ui.json_files import read_object, set_aside, write_object

if TYPE_CHECKING:
    from pathlib import Path


class Drafts:
    """The unfinished forms under `folder`, by the uid of their document and a key of the form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, document_uid: str, form_key: str, data: Any) -> bool:
        """Keep `data` (JSON values, at most 1 MB as text) for a form; return whether it is on disk now."""
        draft = {"document": document_uid, "form": form_key, "data": data}
        return write_object(self._file(document_uid, form_key), draft)

    def load_all(self, document_uid: str) -> dict[str, Any]:
        """Return the drafts of a document by form key, the one saved last at the end."""
        found: dict[str, Any] = {}
        for file in self._files(document_uid):
            draft = read_object(file)
            form_key = draft.get("form")
            if isinstance(form_key, str) and draft.get("document") == document_uid and "data" in draft:
                found[form_key] = draft["data"]
            elif draft:
                set_aside(file)
        return found

    def discard(self, document_uid: str, form_key: str) -> None:
        """Forget the draft of a form that was saved or given up."""
        try:
            self._file(document_uid, form_key).unlink(missing_ok=True)
        except OSError:
            # It is offered once more at the next start, which is better than an error now.
            pass

    def _file(self, document_uid: str, form_key: str) -> Path:
        return self._folder / _name(document_uid) / f"{_name(form_key)}.json"

    def _files(self, document_uid: str) -> list[Path]:
        try:
            files = [file for file in (self._folder / _name(document_uid)).glob("*.json") if file.is_file()]
            return sorted(files, key=lambda file: file.stat().st_mtime_ns)
        except OSError:
            return []


def _name(key: str) -> str:
    """Return a file name for `key`, which may hold any characters."""
    import hashlib  # 10 ms of OpenSSL, after the first picture

    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
