"""Texts from files and pages for the form of a source; called in a worker, never in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication

from viewer.fetching import Fetched, FetchError
from viewer.formats.incoming import UnreadableError
from viewer.formats.ingested import IngestedSource
from viewer.formats.source_files import TEXT_LIMIT, read_source

Fetch = Callable[..., Fetched]
"""`fetching.fetch`, or the same with other limits."""


class IntakeError(Exception):
    """Nothing could be got; the message is for the user and says why."""


def read_file(path: Path, cancelled: Event) -> IngestedSource:
    """Read a text or a saved page.

    Raises:
        IntakeError: it is no such file, or cannot be read.
    """
    try:
        if not path.is_file():
            raise UnreadableError("it is no file")
        with path.open("rb") as file:
            data = file.read(TEXT_LIMIT + 1)
        return read_source(data, name=path.name, cancelled=cancelled.is_set)
    except UnreadableError as error:
        reason = str(error)
    except OSError as error:
        reason = error.strerror or str(error)
    words = QCoreApplication.translate("Sources", "“{name}” cannot be read: {reason}.")
    raise IntakeError(words.format(name=path.name, reason=reason.rstrip(".")))


def fetched_page(fetch: Fetch, url: str, cancelled: Event) -> IngestedSource:
    """Fetch a page and read it.

    Raises:
        IntakeError: it was not fetched, or is neither a page nor a text.
    """
    try:
        page = fetch(url, cancelled=cancelled.is_set)
        return read_source(
            page.data, content_type=page.content_type, url=page.url, cancelled=cancelled.is_set
        )
    except FetchError as error:
        words = QCoreApplication.translate("Sources", "The page was not fetched: {reason}.")
        raise IntakeError(words.format(reason=str(error).rstrip("."))) from error
    except UnreadableError as error:
        words = QCoreApplication.translate("Sources", "The page cannot be read: {reason}.")
        raise IntakeError(words.format(reason=str(error).rstrip("."))) from error
