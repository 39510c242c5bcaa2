"""An open document without a window: store, history, cache and what the timeline shows of them.

Window and command line both stand on it. Whoever changes the document goes through `do`, `undo` and `redo`;
listeners hear of every edit and of who asked for it. What changes, imports, exports, weighs or checks a document is
loaded when it is first asked for: the window opens without it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.document_charts import DocumentCharts
from viewer.domain.edits import Edit
from viewer.domain.filters import Filter
from viewer.domain.records import Event, Source
from viewer.domain.uids import new_uid
from viewer.frozen import dataclass
from viewer.history import History
from viewer.keeping import Keeper, kept_notes
from viewer.rivals import Rivals
from viewer.storage.connection import BUSY_SECONDS
from viewer.storage.errors import WriteError
from viewer.storage.files import writing_whole
from viewer.storage.finding import matching_ids
from viewer.storage.opening import create_store, damage_refused, open_store
from viewer.storage.store import Store

if TYPE_CHECKING:
    from viewer.formats.outgoing import Loss, Outgoing, WritableFormat
    from viewer.import_commands import ImportResult
    from viewer.importing import FileToImport
    from viewer.rereading import Rereading
    from viewer.storage.check import Finding

Listener = Callable[[Edit, object], None]
ELSEWHERE = object()
"""Who asked for an edit that another program saved."""


class AmbiguousError(LookupError):
    """A beginning of a uid that no event has, or more than one."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What a filter shows, in order of time, undated last, and how many events it hides."""

    ids: tuple[int, ...]
    hidden: int


class Document(DocumentCharts):
    """One open `.dateline` file."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.keeper = Keeper(store)
        self.history = History(store, clock=_now, new_uid=new_uid, author=_author)
        self._listeners: list[Listener] = [self._surroundings.heard, self._charts.heard]
        self._rivals = Rivals(store)

    @classmethod
    def open(cls, path: Path, *, look: bool = False, patience: float = BUSY_SECONDS) -> Document:
        """Open a document; `look`: only to read it, and no file beside it.

        `patience`: for how many seconds to wait while another program lets nobody read it.

        Raises:
            OpenError: it is no document, damaged, in use, or open already; the message says what to do.
        """
        store = open_store(path, notes=kept_notes(), look=look, patience=patience)
        try:
            with damage_refused(path):
                return cls(store)
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(cls, path: Path) -> Document:
        """Create an empty document; never overwrites.

        Raises:
            WriteError: there is such a file, or it cannot be written.
        """
        return cls(create_store(path, uid=new_uid()))

    def close(self) -> None:
        """Close the file and its cache."""
        self._cache.close()
        self.store.close()

    @property
    def path(self) -> Path:
        """Where the document lies, with links resolved."""
        return self.store.path

    @property
    def uid(self) -> str:
        """The document's own uid."""
        return self.store.meta().uid

    @property
    def title(self) -> str:
        """Its title, or the name of its file."""
        return self.store.meta().title or self.path.stem

    # Changing

    @property
    def author(self) -> str | None:
        """Who signs the edits: the login name, where there is one."""
        return _author()

    def listen(self, listener: Listener) -> None:
        """Call `listener` with each edit, and with who asked for it, after it was saved."""
        self._listeners.append(listener)

    def do(self, edit: Edit, who: object = None) -> Edit | None:
        """Apply an edit; None when it changes nothing.

        Raises:
            WriteError: nothing was changed.
        """
        return self._told(self.history.do(edit), who) if edit.changes else None

    def undo(self, who: object = None) -> Edit | None:
        """Take back the newest edit; None when there is none.

        Raises:
            WriteError: nothing was changed.
        """
        return self._told(self.history.undo(), who)

    def redo(self, who: object = None) -> Edit | None:
        """Take back the newest undo; None when there is none.

        Raises:
            WriteError: nothing was changed.
        """
        return self._told(self.history.redo(), who)

    def revert(self, uid: str, *, reason: str | None = None, who: object = None) -> Edit | None:
        """Take back one edit alone, whatever came after it.

        Raises:
            WriteError: nothing was changed; the message names the record that stands in the way.
        """
        self.store.expect_same()
        return self._told(self.history.revert(uid, reason), who)

    def go_back(self, uid: str, *, reason: str | None = None, who: object = None) -> Edit | None:
        """Make all as it was when an edit had been made, as one new edit; None where nothing is otherwise.

        Raises:
            WriteError: nothing was changed.
        """
        self.store.expect_same()
        return self._told(self.history.go_back(uid, reason), who)

    def catch_up(self, *, own: str | None = None, who: object = None) -> tuple[Edit, ...]:
        """Take in the edits that another program added, oldest first; listeners hear of each.

        `own`: the uid of the one that another process made for `who`.

        Raises:
            WriteError: the file was removed or replaced, or holds another version; its code says which.
            ReadError: the log cannot be read.
        """
        edits = self.store.catch_up()
        for edit in edits:
            self.history.heard(edit)
            self._told(edit, who if edit.uid == own else ELSEWHERE)
        return edits

    def save_event(
        self,
        event: Event,
        *,
        new_sources: Sequence[Source] = (),
        reason: str | None = None,
        who: object = None,
    ) -> int:
        """Add or revise an event with its claims, as one edit, and say why; return its id.

        Raises:
            WriteError: nothing was changed.
        """
        from viewer import commands

        self.store.expect_same()
        edit = commands.save_event(
            self.store, event, new_sources=new_sources, author=_author(), reason=reason
        )
        self.do(edit, who)
        saved = self.store.id_of("events", "uid", event.uid)
        if saved is None:
            raise LookupError(f"the event {event.uid!r} was not saved")
        return saved

    def delete_event(self, event_id: int, *, who: object = None) -> None:
        """Delete an event with its claims, as one edit.

        Raises:
            WriteError: nothing was changed.
        """
        from viewer import commands

        self.store.expect_same()
        event = self.store.event(event_id)
        if event is not None:
            self.do(commands.delete_event(self.store, event, author=_author()), who)

    def plan_rereading(self) -> tuple[Rereading, ...]:
        """Return the dates whose stored wording reads otherwise by the rules of today; changes nothing."""
        from viewer.rereading import plan_rereading

        return plan_rereading(self.store.events(), self.store.sources())

    def reread(self, found: Sequence[Rereading], *, who: object = None) -> Edit | None:
        """Give dates their new meanings, as one edit; None when none of them applies.

        Raises:
            WriteError: nothing was changed.
        """
        from viewer.commands import reread_dates

        self.store.expect_same()
        return self.do(reread_dates(self.store, found, author=_author()), who)

    def import_files(
        self,
        files: Sequence[FileToImport | tuple[str, bytes]],
        *,
        dry_run: bool = False,
        who: object = None,
        cancelled: Callable[[], bool] = lambda: False,
        told: Callable[[int], None] = lambda _bytes: None,
    ) -> ImportResult:
        """Bring in files as one edit; with `dry_run` only tell what would happen.

        `cancelled` and `told` are for the reading of them: see `importing.import_files`.

        Raises:
            UnreadableError: one of the files cannot be read, and which; nothing was imported.
            WriteError: nothing was changed.
        """
        from viewer.importing import FileToImport, import_files

        self.store.expect_same()
        result = import_files(
            self.store,
            [FileToImport(*file) for file in files],
            at=_now(),
            author=_author(),
            cancelled=cancelled,
            told=told,
        )
        if not dry_run and result.edit.changes:
            if self.store.read_only is None:
                self.keeper.back_up("import")
            self.do(result.edit, who)
        return result

    def _told(self, edit: Edit | None, who: object) -> Edit | None:
        if edit is not None:
            told = edit if isinstance(edit.changes, tuple) else edit.in_brief()
            for listener in tuple(self._listeners):
                listener(told, who)
        return edit

    # Reading

    def matching(self, wanted: Filter) -> Matching:
        """Return what a filter shows and how many events it hides."""
        among = self.search(wanted.text) if wanted.text.strip() else None
        ids = tuple(matching_ids(self.store, wanted, among=among))
        if wanted.known_by is not None:
            ids = self.publications().known_by(ids, wanted.known_by)
        if wanted.asks_provenance:
            ids = self._supported_as(wanted, ids)
        return Matching(ids, self.event_count - len(ids))

    def as_known(self, event: Event, moment: int | None) -> Event:
        """Return an event with only the claims published by a moment, in seconds; None: with all of them."""
        if moment is None:
            return event
        from viewer.domain.provenance import known_on

        return known_on(event, moment, self.provenance_context()) or replace(event, claims=())

    def _supported_as(self, wanted: Filter, ids: Sequence[int]) -> tuple[int, ...]:
        """Return those of the events whose claims, weighed against each other, are as a filter asks."""
        from viewer.weighing import is_supported_as

        around = self.provenance_context()
        return tuple(event.id for event in self.store.events(ids) if is_supported_as(wanted, event, around))

    def rivals(self, known_by: int | None = None) -> frozenset[int]:
        """Return the ids of the events whose claims give dates or numbers that cannot all hold.

        `known_by`, seconds: as far as had been published by then.
        """
        return self._rivals.events(self.provenance_context(), known_by)

    def find_event(self, beginning: str) -> Event:
        """Return the event whose uid is or begins with a text.

        Raises:
            AmbiguousError: none does, or several do.
        """
        exact = self.store.id_of("events", "uid", beginning)
        count, first = self.store.events_beginning(beginning)
        found = exact if exact is not None or count != 1 or not beginning else first
        event = None if found is None else self.store.event(found)
        if event is None:
            raise AmbiguousError(
                f"{count} events have a uid that begins with “{beginning}”."
                if count
                else f"No event has a uid that begins with “{beginning}”."
            )
        return event

    def linked(self, event: Event) -> list[tuple[Event, str, bool]]:
        """Return the events linked with one: each with the relation, and whether the link leads there."""
        found = self.store.linked(event.id)
        others = {other.id: other for other in self.store.events(dict.fromkeys(row[0] for row in found))}
        return [(others[other], relation, outgoing) for other, relation, outgoing in found]

    def outgoing(self, wanted: Filter | None = None) -> Outgoing:
        """Return the document, or the events that meet a filter as they were known then, ready to be written."""
        from viewer.publishing import everything, selection

        if wanted is None or wanted.is_empty:
            return everything(self.store, self.provenance_context)
        moment = wanted.known_by
        return selection(
            self.store,
            sorted(self.matching(wanted).ids),
            self.provenance_context,
            known_by=moment,
            as_known=lambda event: self.as_known(event, moment),
        )

    def bundle(self, wanted: Filter | None = None) -> str:
        """Return the document, or the events that meet a filter, as the text of a bundle."""
        from viewer.formats.bundle_writing import bundle_text

        return "".join(bundle_text(self.outgoing(wanted)))

    def export(self, target: Path, form: WritableFormat, wanted: Filter | None = None) -> tuple[Loss, ...]:
        """Write the document, or the events that meet a filter, whole or not at all; return what was left out.

        Raises:
            WriteError: the file could not be written, or is this very document; an older one is as it was.
        """
        self._expect_other(target)
        outgoing = self.outgoing(wanted)
        with writing_whole(target) as file:
            return tuple(form.write(outgoing, file))

    def export_bundle(self, target: Path, wanted: Filter | None = None) -> None:
        """Write a bundle as `export` does.

        Raises:
            WriteError: the file could not be written, or is this very document; an older one is as it was.
        """
        from viewer.formats.exports.bundle import FORMAT

        self.export(target, FORMAT, wanted)

    def check(self) -> list[Finding]:
        """Return everything that is wrong with the document."""
        from viewer.storage.check import check

        return list(check(self.store))

    def save_copy(self, target: Path) -> None:
        """Write a complete copy of the document, as it is open here, whole or not at all.

        Raises:
            WriteError: the copy could not be written, or `target` is this very document.
        """
        self._expect_other(target)
        self.store.copy_to(target)

    def _expect_other(self, target: Path) -> None:
        try:
            same = os.path.samefile(target, self.path)
        except OSError:  # one of the two is not there
            return
        if same:
            raise WriteError("same-file", f"“{target.name}” is this document.", "Choose another name.")


def _now() -> int:
    return int(time.time())


def _author() -> str | None:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name on this system
        return None
