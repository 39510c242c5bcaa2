"""The verbs for sources: added or revised, their text replaced, retracted, graded, deleted; each one Edit.

As `commands`: a verb reads and compares, and writes nothing. What drafts an edit is loaded when there is one to
draft: the window opens without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from viewer.domain.anchoring import CONTEXT, quote_holds
from viewer.domain.edits import Cell, Edit, Row
from viewer.domain.records import RELIABILITIES, Source
from viewer.storage.errors import WriteError
from viewer.storage.source_queries import original_of
from viewer.storage.store import Store

if TYPE_CHECKING:
    from viewer.drafting import Drafting

Span = tuple[int, int]


def save_source(
    store: Store, source: Source, *, author: str | None = None, reason: str | None = None
) -> Edit:
    """Add a source, or revise the one that has its uid.

    Raises:
        WriteError: it would be a copy of itself, or its new text leaves quotes behind (see `replace_text`).
    """
    _expect_no_circle(store, source)
    _expect_quotes_hold(store, source)
    drafting = _drafting(store)
    verb = "Add" if drafting.id_of("sources", "uid", source.uid) is None else "Revise"
    drafting.source(source)
    return drafting.edit(f"{verb} source “{source.title}”", author=author, reason=reason)


def replace_text(
    store: Store,
    source: Source,
    new_text: str | None,
    accepted: Mapping[str, Span | None],
    *,
    author: str | None = None,
    reason: str | None = None,
) -> Edit:
    """Revise a source and give it another text, with the quotes of all its claims moved to where they stand now.

    `accepted` says by a claim's uid where its quote stands in the new text. A claim that it does not name, or
    for which it says None, keeps its quote and has no place. The old text stays in the log.

    Raises:
        WriteError: the source is not there any more, or would be a copy of itself.
    """
    _expect_no_circle(store, source)
    row = _row_of(store, source.uid)
    drafting = _drafting(store)
    drafting.source(replace(source, text=new_text))
    for claim in store.rows_of("claims", "source_id", row["id"]):
        drafting.revise("claims", claim, _moved(accepted.get(str(claim["uid"])), new_text or ""))
    return drafting.edit(f"Replace the text of “{source.title}”", author=author, reason=reason)


def retract_source(
    store: Store, source_uid: str, retracted: bool, *, author: str | None = None, reason: str | None = None
) -> Edit:
    """Retract all claims of a source, or let all of them count again.

    Raises:
        WriteError: the source is not there any more.
    """
    row = _row_of(store, source_uid)
    drafting = _drafting(store)
    for claim in store.rows_of("claims", "source_id", row["id"]):
        drafting.revise("claims", claim, {"retracted": int(retracted)})
    verb = "Retract" if retracted else "Restore"
    return drafting.edit(f"{verb} source “{row['title']}”", author=author, reason=reason)


def grade_source(
    store: Store,
    source_uid: str,
    reliability: str | None,
    *,
    author: str | None = None,
    reason: str | None = None,
) -> Edit:
    """Say how reliable a source is, "A" to "F"; None: not graded.

    Raises:
        WriteError: the source is not there any more.
    """
    if reliability is not None and reliability not in RELIABILITIES:
        raise ValueError(f"there is no reliability {reliability!r}")
    row = _row_of(store, source_uid)
    drafting = _drafting(store)
    drafting.revise("sources", row, {"reliability": reliability})
    grades = f"{row['reliability'] or 'not graded'} → {reliability or 'not graded'}"
    return drafting.edit(f"Grade source “{row['title']}”: {grades}", author=author, reason=reason)


def delete_source(
    store: Store, source_uid: str, *, author: str | None = None, reason: str | None = None
) -> Edit:
    """Delete a source on which no claim rests; copies of it stay, without an original.

    Raises:
        WriteError: the source is not there any more, or claims rest on it.
    """
    row = _row_of(store, source_uid)
    claims = len(store.rows_of("claims", "source_id", row["id"]))
    if claims:
        rests = "1 claim rests" if claims == 1 else f"{claims:,} claims rest"
        raise WriteError(
            "source-in-use",
            f"{rests} on “{row['title']}”.",
            "Retract the source, or delete its claims first.",
        )
    drafting = _drafting(store)
    for copy in store.rows_of("sources", "derived_from_id", row["id"]):
        if copy["id"] != row["id"]:
            drafting.revise("sources", copy, {"derived_from_id": None})
    drafting.delete("sources", row)
    return drafting.edit(f"Delete source “{row['title']}”", author=author, reason=reason)


def leads_back(store: Store, source_uid: str, original_uid: str) -> bool:
    """Tell whether a source would be a copy of itself if it derived from `original_uid`."""
    met: set[str] = set()
    at: str | None = original_uid
    while at is not None and at not in met:
        if at == source_uid:
            return True
        met.add(at)  # a stranger's file may hold circles that do not lead here
        at = original_of(store, at)
    return False


def _drafting(store: Store) -> Drafting:
    from viewer.drafting import Drafting

    return Drafting(store)


def _row_of(store: Store, uid: str) -> Row:
    found = store.rows_of("sources", "uid", uid)
    if not found:
        raise WriteError("source-gone", "This source is no longer in the document.", "Nothing was changed.")
    return found[0]


def _expect_no_circle(store: Store, source: Source) -> None:
    if source.derived_from is None or not leads_back(store, source.uid, source.derived_from):
        return
    if source.derived_from == source.uid:
        message = f"“{source.title}” cannot be a copy of itself."
    else:
        original = _row_of(store, source.derived_from)["title"]
        message = f"“{source.title}” cannot be a copy of “{original}”, which is itself copied from it."
    raise WriteError("source-circle", message, "Choose another original.")


def _expect_quotes_hold(store: Store, source: Source) -> None:
    current = store.source(source.uid)
    if current is None or current.text == source.text:
        return
    for claim in store.rows_of("claims", "source_id", current.id):
        span = _span_of(claim)
        if quote_holds(_text(claim["quote"]), span, current.text) and not quote_holds(
            _text(claim["quote"]), span, source.text
        ):
            raise WriteError(
                "quotes-left-behind",
                f"Quotes are tied to the text of “{current.title}”, and the new one does not say them there.",
                "Replace the text with its quotes found again.",
            )


def _span_of(claim: Row) -> Span | None:
    start, end = claim["span_start"], claim["span_end"]
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _moved(span: Span | None, text: str) -> dict[str, Cell]:
    """Return the columns of a claim whose quote now stands at a span; without one the words around it stay too."""
    if span is None:
        return {"span_start": None, "span_end": None}
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{span} does not lie inside a text of {len(text)} characters")
    return {
        "quote": text[start:end],
        "span_start": start,
        "span_end": end,
        "prefix": text[max(0, start - CONTEXT) : start],
        "suffix": text[end : end + CONTEXT],
    }
