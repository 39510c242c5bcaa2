"""Edits of every sort, chosen by a seed, as a user would make them through an open document."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from builders import a_bundle, a_claim, a_source, an_event, raw_claim, raw_event, raw_source

TEXTS = ("Short.", "Some 3,000 soldiers came by train. " * 3, "Ein Satz – 고기 🛤.\n" * 200)


class Editor:
    """Makes one edit after the other; who wants to know of them listens to the document."""

    def __init__(self, document, random, name):
        self._document = document
        self._random = random
        self._uids = (f"{name}-{number}" for number in count())
        self._verbs = (
            self.add, self.add, self.revise, self.revise, self.delete, self.grade, self.retract, self.bring_in,
            self.undo, self.undo, self.redo,
        )  # fmt: skip

    def edit(self):
        """Make an edit of any sort, or none where there is nothing to do it to."""
        self._random.choice(self._verbs)()

    def add(self):
        source = a_source(uid=next(self._uids), text=self._text())
        claims = tuple(
            a_claim(source, uid=next(self._uids), quote=None, span=None, note=self._text())
            for _ in range(self._random.randint(1, 4))
        )
        event = an_event(uid=next(self._uids), claims=claims, tags=("one", "two"), place="Kursk")
        self._document.save_event(event, new_sources=[source])

    def revise(self):
        event = self._any_event()
        if event is not None:
            self._document.save_event(
                replace(event, summary=self._text(), title=f"Revised {next(self._uids)}")
            )

    def delete(self):
        event = self._any_event()
        if event is not None and self._random.random() < 0.5:
            self._document.delete_event(event.id)

    def grade(self):
        source = self._any_source()
        if source is not None:
            self._document.grade_source(source.uid, self._random.choice("ABCDEF"), reason="looked again")

    def retract(self):
        source = self._any_source()
        if source is not None:
            self._document.retract_source(source.uid, self._random.random() < 0.5)

    def bring_in(self):
        sources = [raw_source(uid=next(self._uids)) for _ in range(3)]
        events = [
            raw_event(uid=next(self._uids), claims=[raw_claim(s["uid"], uid=next(self._uids))])
            for s in sources
        ]
        self._document.import_files([("more.json", a_bundle(sources=sources, events=events))])

    def undo(self):
        self._document.undo()

    def redo(self):
        self._document.redo()

    def _text(self):
        return self._random.choice(TEXTS) * self._random.randint(1, 4)

    def _any_event(self):
        ids = self._document.store.event_ids()
        return self._document.store.event(self._random.choice(ids)) if ids else None

    def _any_source(self):
        briefs = self._document.store.source_briefs()
        return self._random.choice(briefs) if briefs else None
