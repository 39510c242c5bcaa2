"""The members of a stranger's ZIP archive, read within limits; nothing is unpacked to disk."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO

from viewer.formats.incoming import UnreadableError

CHUNK = 1 << 20
MEMBER_LIMIT = 4_000_000_000
"""Bytes of one member, unpacked."""
RATIO = 200
"""How many times larger than packed a member, and all that is read, may be."""
FREE = 16_000_000
"""Bytes that may be unpacked whatever the ratio."""

_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError,
           ValueError)  # fmt: skip
_ENCRYPTED = 1


class MemberError(Exception):
    """A member cannot be read; the message says why."""


class Members:
    """An archive's members by their names, each read as a stream.

    Raises:
        UnreadableError: it is no archive, or a damaged one.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
        except _FAULTS as error:
            raise UnreadableError(f"it is no ZIP archive, or a damaged one: {error}") from error
        infos = [info for info in self._archive.infolist() if not info.is_dir()]
        self._infos = {info.filename: info for info in infos}
        self.twice = tuple(
            name for name, count in Counter(info.filename for info in infos).items() if count > 1
        )
        self._left = max(FREE, RATIO * file.seek(0, io.SEEK_END))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all members; they say nothing of where anything would be unpacked, for it is not."""
        return tuple(self._infos)

    def size(self, name: str) -> int:
        """Return the unpacked bytes that the archive states of a member."""
        return self._infos[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's bytes.

        Raises:
            MemberError: it is encrypted, damaged, too large, or packed so densely that it must be a trap.
        """
        self._check(name)
        try:
            with self._archive.open(self._infos[name]) as member:
                while chunk := member.read(CHUNK):
                    self._left -= len(chunk)
                    yield chunk
        except _FAULTS as error:
            raise MemberError(f"it cannot be unpacked: {error}") from error

    def lines(self, name: str, longest: int) -> Iterator[bytes]:
        """Yield a member's lines; of one that is longer than `longest` bytes a first part, and then the rest."""
        self._check(name)
        try:
            with self._archive.open(self._infos[name]) as member:
                while line := member.readline(longest):
                    self._left -= len(line)
                    yield line
        except _FAULTS as error:
            raise MemberError(f"it cannot be unpacked: {error}") from error

    def whole(self, name: str, limit: int) -> bytes:
        """Return all bytes of a small member. Raises MemberError as `chunks` does."""
        if self.size(name) > limit:
            raise MemberError(f"it is too large: at most {limit / 1e6:.0f} MB are read")
        return b"".join(self.chunks(name))

    def _check(self, name: str) -> None:
        info = self._infos[name]
        if info.flag_bits & _ENCRYPTED:
            raise MemberError("it is encrypted")
        if info.file_size > MEMBER_LIMIT:
            raise MemberError(f"it is too large: at most {MEMBER_LIMIT / 1e9:.0f} GB are read")
        if info.file_size > min(self._left, max(FREE, RATIO * info.compress_size)):
            raise MemberError(
                f"it would become more than {RATIO} times larger when unpacked, as a trap would"
            )
