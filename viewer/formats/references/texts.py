"""What saved pages and plain texts have in common: a file is one source, known by its bytes.

The uid is made of the bytes, for quotes are tied to them: a page that was saved anew, with other words, is another
source, and the quotes of the first keep their text.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from viewer.domain.dates import from_edtf
from viewer.domain.records import Source
from viewer.formats.foreign import Found, Opened, Reading, stable_uid
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.source_files import read_source


def read_text(opened: Opened, *, scope: str, limit: int, content_type: str) -> Reading:
    """Yield the one source that a file is, and what is to be looked at.

    Raises:
        UnreadableError: it is too large, holds no text, or its reader had to be stopped.
    """
    data = opened.file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"it is too large: of such a file at most {limit / 1e6:.0f} MB are read")
    found = read_source(data, name=opened.name, content_type=content_type, apart=False)
    digest = hashlib.sha256(data).hexdigest()
    for note in found.notes:
        yield Problem("", note)
    if found.published is not None:
        message = (
            f"that it was published on {found.published} was taken from its words: look whether it is right"
        )
        yield Problem("published", message)
    yield Found(
        Source(
            uid=stable_uid(scope, digest[:40]),
            title=found.title or PurePath(opened.name).stem or "Untitled",
            publisher=found.publisher,
            author=found.author,
            url=found.url,
            language=found.language,
            published=None if found.published is None else from_edtf(found.published),
            text=found.text,
            extra={scope: {"file": opened.name, "sha256": digest}},
        ),
        "",
    )
