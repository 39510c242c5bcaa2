"""RIS, read: each reference is a source. What has no field of ours is kept under “ris” by its tag.

Read by ourselves and not by rispy, which keeps only the first of a tag that is repeated, loses a reference whose ER
is missing, and knows no lines, which every problem here names.
"""

from __future__ import annotations

import re

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Source
from viewer.formats.content_uids import ContentUids, is_url
from viewer.formats.encodings import marked_encoding
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading, stable_uid
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.references.ris_dates import published, ris_date
from viewer.formats.references.ris_lines import LINES, Field, fields_of

SCOPE = "ris"

_TYPE = re.compile(rb"\s*TY  ?-\s", re.MULTILINE)
_MEDIA = {
    "NEWS": "article-newspaper", "MGZN": "article-magazine", "JOUR": "article-journal", "BLOG": "post-weblog",
    "ELEC": "webpage", "WEB": "webpage", "RPRT": "report", "BOOK": "book", "CHAP": "chapter", "THES": "thesis",
    "PCOMM": "personal_communication", "VIDEO": "motion_picture", "GOVDOC": "report", "CONF": "paper-conference",
}  # fmt: skip
_IN_CONTAINERS = {"NEWS", "MGZN", "JOUR", "EJOUR", "BLOG", "ELEC", "WEB", "CHAP", "ABST", "INPR", "MULTI"}
_CONTAINERS = ("T2", "JO", "JF", "JA", "J2", "BT")
_PUBLISHED = ("DA", "Y1", "PY")


def recognise(head: Head) -> int:
    """Tell RIS by its first tag, which is the type."""
    marked = marked_encoding(head.data)
    start = head.data if marked is None else marked[1].decode(marked[0], errors="replace").encode()
    if _TYPE.match(start):
        return Confidence.SURE
    if head.name.lower().endswith(".ris"):
        return Confidence.SURE if _TYPE.search(start) else Confidence.ENDING
    return Confidence.NO


def read(opened: Opened) -> Reading:
    """Read references as they come."""
    uids = _Uids()
    fields: list[Field] = []
    count = 0
    for each in fields_of(opened.file):
        if isinstance(each, Problem):
            yield each
            continue
        if each.tag in ("TY", "ER") and fields:
            count += 1
            yield from _read_one(fields, f"reference {count}", uids, is_ended=each.tag == "ER")
            fields = []
        if each.tag == "TY" or (fields and len(fields) < LINES):
            fields.append(each)
        elif each.tag != "ER":
            yield Problem(f"line {each.line}", "it belongs to no reference; not imported", each.line)
    if fields:
        count += 1
        yield from _read_one(fields, f"reference {count}", uids, is_ended=False)
    if not count:
        raise UnreadableError("expected RIS: it has no line “TY  - ”")


class _Reference:
    """The fields of one reference by their tags; what a source takes of them is remembered."""

    def __init__(self, fields: list[Field]) -> None:
        self.line = fields[0].line
        self.kind = fields[0].value.upper()
        self.values: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        self._taken: set[str] = set()
        for field in fields:
            self._lines.setdefault(field.tag, field.line)
            if field.value:
                self.values.setdefault(field.tag, []).append(field.value)

    def line_of(self, tag: str) -> int:
        """Return the line where a tag first stands, or that of the reference."""
        return self._lines.get(tag, self.line)

    def first(self, *tags: str) -> str | None:
        """Return the first value of the first of these tags that has one."""
        return next((self.values[tag][0] for tag in tags if tag in self.values), None)

    def take(self, *tags: str) -> str | None:
        """Return the same, as a field of a source that carries it; further values are kept."""
        tag = next((tag for tag in tags if tag in self.values), None)
        if tag is None:
            return None
        self._taken.add(tag)
        return self.values[tag][0]

    def rest(self) -> dict[str, list[str]]:
        """Return what was not taken."""
        left = {tag: each[1:] if tag in self._taken else each for tag, each in self.values.items()}
        return {tag: each for tag, each in left.items() if each}


def _read_one(fields: list[Field], path: str, uids: _Uids, *, is_ended: bool = True) -> Reading:
    found = _Reference(fields)
    if not is_ended:
        yield Problem(path, "its end (ER) is missing; it was read up to the next", found.line)
    title, (when, accessed, problems) = found.take("TI", "T1", "CT"), _dates(found)
    if title is None:
        problems.append(("TI", "there is no title; another name stands for it"))
    for tag, message in problems:
        yield Problem(f"{path} · {tag}", message, found.line_of(tag))
    containers = (*_CONTAINERS, "PB") if found.kind in _IN_CONTAINERS else ("PB", *_CONTAINERS)
    publisher, language = found.take(*containers), found.take("LA")
    url = found.take("UR") if is_url(found.first("UR")) else None
    names = [_name(each) for tag in ("AU", "A1") for each in found.values.get(tag, ())]
    rest = found.rest()
    yield Found(
        Source(
            uid=uids.of(found),
            title=" ".join((title or publisher or found.first("N1", "ID") or "Untitled").split())[:500],
            publisher=publisher,
            author="; ".join(name for name in names if name) or None,
            medium=_MEDIA.get(found.kind, found.kind.lower() or None),
            url=url,
            language=language,
            published=when,
            accessed=accessed,
            extra={SCOPE: rest} if rest else {},
        ),
        path,
        found.line,
    )


def _dates(found: _Reference) -> tuple[FuzzyDate | None, FuzzyDate | None, list[tuple[str, str]]]:
    """Return when a reference was published and looked at, and what is odd; only what a date carries is taken."""
    stated = {tag: found.values[tag][0] for tag in _PUBLISHED if tag in found.values}
    when, problems = published(stated)
    if len(stated) == 1 and not problems:
        found.take(*stated)
    accessed, words = None, found.first("Y2")
    if words is not None:
        accessed, fault = ris_date(words)
        problems += [("Y2", fault)] if fault else []
        found.take("Y2")
    return when, accessed, problems


class _Uids:
    """Uids of references: a DOI, an identifier together with the title, else one of what it says."""

    def __init__(self) -> None:
        self._uids = ContentUids(SCOPE)
        self._given: set[str] = set()

    def of(self, found: _Reference) -> str:
        """Return a reference's uid."""
        title = " ".join((found.first("TI", "T1", "CT") or "").split())
        doi, own = found.first("DO"), found.first("ID")
        identifier = doi.lower() if doi else f"{own} · {title}" if own and title else ""
        uid = stable_uid(SCOPE, identifier)
        if identifier and uid not in self._given:
            self._given.add(uid)
            return uid
        words = (found.first(tag) for tag in ("TY", "AU", "A1", *_PUBLISHED, "UR"))
        return self._uids.of(title, *words)


def _name(written: str) -> str:
    """Return “Petit, Anne” as one says it."""
    family, _, given = (" ".join(part.split()) for part in written.partition(","))
    given, _, suffix = (part.strip() for part in given.partition(","))
    said = f"{given} {family}".strip()
    return f"{said}, {suffix}" if suffix else said


FORMAT = ReadableFormat(name="ris", label="RIS (.ris)", endings=(".ris",), recognise=recognise, read=read)
