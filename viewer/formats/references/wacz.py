"""Web archives (WACZ 1.1), read: each page of the list is a source, with the text that the crawler kept.

Nothing is unpacked to disk. Every resource is read once to compare it with its hash, within limits, and what does
not match is named; what the pages looked like (WARC) is not read. Signatures are not verified.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, unread_date
from viewer.domain.records import Source
from viewer.formats.content_uids import is_url
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading, stable_uid
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.references.zip_members import CHUNK, MemberError, Members
from viewer.formats.strict_json import value as json_value

MANIFEST = "datapackage.json"
DIGEST = "datapackage-digest.json"

_SMALL = 16_000_000
"""Bytes of a manifest, or of a line that is a page."""
_HASHES = ("sha256", "md5")
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_WITHIN = re.compile(
    rb"pages/[^/]+\.jsonl|archive/[^/]+\.warc(?:\.gz)?|indexes/[^/]+\.(?:cdxj?|idx)(?:\.gz)?"
)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_CARRIED = ("url", "title", "text")


def recognise(head: Head) -> int:
    """Tell a web archive by its version, or by the names of its first members."""
    if not head.data.startswith(b"PK\x03\x04"):
        return Confidence.NO
    named = (
        head.data[found.end() : found.end() + int.from_bytes(found[1], "little")]
        for found in _LOCAL.finditer(head.data)
    )
    if b'"wacz_version"' in head.data or any(_WITHIN.fullmatch(name) for name in named):
        return Confidence.SURE
    return Confidence.LIKELY if head.name.lower().endswith(".wacz") else Confidence.NO


def read(opened: Opened) -> Reading:
    """Verify an archive and read its lists of pages."""
    members = Members(opened.file)
    manifest = _manifest(members)
    archive = {"file": opened.name, "sha256": _hash_of_file(opened.file)}
    for name in members.twice:
        yield Problem(name[:200], "the archive holds this name twice; the last is read")
    matching: set[str] = set()
    yield from _verified(members, manifest, matching)
    lists = sorted(name for name in members.names if _is_list(name))
    if not lists:
        yield Problem("pages", "it holds no list of pages; there is nothing to bring in")
    given: set[str] = set()
    for name in lists:
        yield from _pages(members, name, {**archive, "verified": name in matching}, given)


def _manifest(members: Members) -> dict[str, Any]:
    if MANIFEST not in members.names:
        raise UnreadableError(
            "it is a ZIP archive and not a web archive (WACZ): not unpacked. Unpack it, and bring in its files"
        )
    try:
        found = json_value(members.whole(MANIFEST, _SMALL))
    except MemberError as error:
        raise UnreadableError(f"its {MANIFEST} cannot be read: {error}") from error
    if found.fault or not isinstance(found.value, dict):
        raise UnreadableError(f"its {MANIFEST} cannot be read: {found.fault or 'expected an object'}")
    if "wacz_version" not in found.value and not any(map(_is_list, members.names)):
        raise UnreadableError("it is a data package and not a web archive (WACZ): it was not unpacked")
    return found.value


def _is_list(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parent == PurePosixPath("pages") and path.suffix == ".jsonl"


def _hash_of_file(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _verified(members: Members, manifest: Mapping[str, Any], matching: set[str]) -> Reading:
    """Compare each resource with its hash and size; `matching` takes the names of those that are as stated."""
    listed = {MANIFEST, DIGEST}
    if DIGEST in members.names:
        try:
            stated = json_value(members.whole(DIGEST, _SMALL)).value
            fault = _fault(members, MANIFEST, stated if isinstance(stated, dict) else {})
        except (MemberError, UnreadableError) as error:
            fault = f"it cannot be read: {error}"
        if fault:
            yield Problem(DIGEST, f"{fault}: the list of resources may have been changed")
    resources = manifest.get("resources")
    for number, resource in enumerate(resources if isinstance(resources, list) else []):
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str) or path not in members.names:
            missing = f"resources[{number}]"
            yield Problem(missing, f"the archive does not hold it: {str(path)[:200]}")
            continue
        listed.add(path)
        fault = _fault(members, path, resource)
        if fault:
            yield Problem(path[:200], fault)
        else:
            matching.add(path)
    others = [name for name in members.names if name not in listed]
    if others:
        yield Problem(
            MANIFEST, f"{len(others)} files are not listed, and cannot be verified: {', '.join(others)[:200]}"
        )


def _fault(members: Members, name: str, stated: Mapping[str, Any]) -> str:
    """Return what is wrong with a member, or nothing; it is read as a stream."""
    kind, _, expected = str(stated.get("hash", "")).partition(":")
    if kind not in _HASHES:
        return f"it has no hash that can be compared ({kind[:20] or 'none'})"
    digest = hashlib.new(kind, usedforsecurity=False)
    size = 0
    try:
        for chunk in members.chunks(name):
            digest.update(chunk)
            size += len(chunk)
    except MemberError as error:
        return f"{error}; it was not verified"
    if digest.hexdigest() != expected.strip().lower():
        return "it does not match its hash: it was changed after the archive was made"
    told = stated.get("bytes")
    return f"it has {size} bytes, {told} are stated" if isinstance(told, int) and told != size else ""


def _pages(members: Members, name: str, archive: Mapping[str, Any], given: set[str]) -> Reading:
    try:
        for number, line in enumerate(_whole_lines(members, name), 1):
            path = f"{name}:{number}"
            if isinstance(line, Problem):
                yield Problem(path, line.message, number)
            elif line.strip():
                yield from _page(line, path, number, archive, given)
    except MemberError as error:
        yield Problem(name[:200], f"{error}; the pages after this are missing")


def _whole_lines(members: Members, name: str) -> Iterator[bytes | Problem]:
    """Yield lines; instead of one that is too long, a problem."""
    is_rest = False
    for line in members.lines(name, _SMALL):
        is_whole = line.endswith(b"\n") or len(line) < _SMALL
        if is_rest:
            is_rest = not is_whole
        elif is_whole:
            yield line
        else:
            is_rest = True
            yield Problem(name, f"a page of more than {_SMALL // 1_000_000} MB; not imported")


def _page(line: bytes, path: str, number: int, archive: Mapping[str, Any], given: set[str]) -> Reading:
    try:
        found = json_value(line)
    except UnreadableError as error:
        yield Problem(path, f"{error}; not imported", number)
        return
    page = found.value
    if found.fault or not isinstance(page, dict):
        yield Problem(path, f"{found.fault or 'expected a page'}; not imported", number)
        return
    if "url" not in page and "format" in page:  # what the list says of itself
        return
    url, title, text = (page.get(key) if isinstance(page.get(key), str) else None for key in _CARRIED)
    if not url:
        yield Problem(f"{path} · url", "a page needs an address; not imported", number)
        return
    uid = stable_uid("wacz", f"{url} · {page.get('ts')}")
    if uid in given:
        return
    given.add(uid)
    accessed = _time(page.get("ts"))
    if accessed is None or accessed.edtf is None:
        yield Problem(f"{path} · ts", "expected a time such as 2025-02-19T14:30:00Z; kept undated", number)
    rest = {key: each for key, each in page.items() if key not in _CARRIED}
    if not is_url(url):
        rest["url"] = url
    yield Found(
        Source(
            uid=uid,
            title=" ".join((title or url).split()),
            medium="webpage",
            url=url if is_url(url) else None,
            accessed=accessed,
            text=text or None,
            extra={"wacz": {**archive, **rest}},
        ),
        path,
        number,
    )


def _time(stated: object) -> FuzzyDate | None:
    """Read a moment as RFC 3339 or in 14 digits; None if there is none, undated if it is something else."""
    if stated in (None, ""):
        return None
    words = str(stated).strip()[:100]
    found = _TIME.fullmatch(words)
    if found is not None:
        day, clock, zone = found.groups()
        zone = f"{zone[:3]}:{zone[-2:]}" if zone and zone != "Z" else zone or ""
        words = f"{day}T{clock}{zone}"
    elif _STAMP.fullmatch(words):
        words = _STAMP.sub(r"\1-\2-\3T\4:\5:\6Z", words)
    try:
        return from_edtf(words)
    except DateError:
        return unread_date(words)


FORMAT = ReadableFormat(
    name="wacz",
    label="Web archive (.wacz)",
    endings=(".wacz",),
    recognise=recognise,
    read=read,
)
