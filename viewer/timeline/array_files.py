"""Arrays in a file of our own, mapped into memory when it is opened: nothing is read before it is needed.

A magic word, the length of the header, the header (JSON: what the file is about, and of each array its name,
type, length, offset and checksum), the checksum of the header; then the arrays, each from an offset that is a
multiple of 64 on, little endian.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"DATELINE-ARRAYS\x01"
_LENGTH = struct.Struct("<Q")
_CHECKSUM = struct.Struct("<I")
_ALIGNED = 64
_LONGEST_HEADER = 1 << 24
_CHUNK = 1 << 20
_LARGE = 1 << 23
_TYPES = frozenset({"<i8", "<i4", "<i2", "|u1", "|b1"})

_open: WeakValueDictionary[int, mmap.mmap] = WeakValueDictionary()


class DamagedError(Exception):
    """The file is not one of ours, of another version, or not whole."""


def write_arrays(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write one-dimensional arrays, and what they are about, as a file: whole or not at all.

    `meta` is whatever JSON can hold.

    Raises:
        OSError: the file could not be written; an older one is as it was.
    """
    plain = {name: _little_endian(array) for name, array in arrays.items()}
    head, offsets = _head(meta, plain)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head)
            for key, array in plain.items():
                file.write(bytes(offsets[key] - file.tell()))
                file.write(array.data.cast("B") if len(array) else b"")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def open_arrays(path: Path) -> tuple[Mapping[str, Any], Mapping[str, NDArray[Any]]]:
    """Return what a file is about, and its arrays, which cannot be written to; reads only the header.

    Raises:
        DamagedError: the file is not there, not one of ours, of another version, or shorter than it says.
    """
    try:
        with path.open("rb") as file:
            header = _read_header(file.read)
            size = os.fstat(file.fileno()).st_size
            if any(entry["offset"] + _bytes_of(entry) > size for entry in header["arrays"]):
                raise DamagedError(f"{path.name} is cut short")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            _open[id(mapped)] = mapped
    except OSError as error:
        raise DamagedError(str(error)) from error
    return header["meta"], {entry["name"]: _mapped(mapped, entry) for entry in header["arrays"]}


def verify_arrays(path: Path, cancelled: Callable[[], bool]) -> bool:
    """Tell whether all arrays of a file are as they were written; reads it from end to end.

    By plain reads: pages of a map that was gone through would count as memory of ours. True when cancelled.
    """
    try:
        with path.open("rb") as file:
            for entry in _read_header(file.read)["arrays"]:
                file.seek(entry["offset"])
                checksum = 0
                for chunk in _chunks(file.read, _bytes_of(entry)):
                    if cancelled():
                        return True
                    checksum = zlib.crc32(chunk, checksum)
                if checksum != entry["crc32"]:
                    return False
    except (DamagedError, OSError):
        return False
    return True


def let_go_all() -> None:
    """Give back the memory that mapped files took: what lies around anything looked up counts too."""
    for mapped in _open.values():
        if hasattr(mapped, "madvise"):
            mapped.madvise(mmap.MADV_DONTNEED)


def let_go(*arrays: NDArray[Any]) -> None:
    """Give back the memory that large mapped arrays took while they were read from end to end.

    They can be read again at any time; other arrays are left alone.
    """
    for array in arrays:
        base: Any = array
        while isinstance(base, np.ndarray):
            base = base.base
        mapped = base.obj if isinstance(base, memoryview) else None
        if array.nbytes < _LARGE or not isinstance(mapped, mmap.mmap) or not hasattr(mapped, "madvise"):
            continue
        offset = array.ctypes.data - np.frombuffer(mapped, dtype=np.uint8, count=1).ctypes.data
        first = -(-offset // mmap.PAGESIZE) * mmap.PAGESIZE
        mapped.madvise(mmap.MADV_DONTNEED, first, offset + array.nbytes - first)


def _head(meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> tuple[bytes, dict[str, int]]:
    """Return what stands before the arrays, and where each of them begins."""
    entries: list[dict[str, Any]] = [
        {
            "name": name,
            "dtype": array.dtype.str,
            "count": len(array),
            "crc32": zlib.crc32(array.data.cast("B")) if len(array) else 0,
            "offset": 0,
        }
        for name, array in arrays.items()
    ]
    # Offsets have the width of the header in them: room is left for digits, so that one round is enough.
    room = len(json.dumps({"meta": meta, "arrays": entries})) + 20 * len(entries)
    place = _aligned(len(_MAGIC) + _LENGTH.size + room + _CHECKSUM.size)
    for entry in entries:
        entry["offset"] = place
        place = _aligned(place + _bytes_of(entry))
    text = json.dumps({"meta": meta, "arrays": entries}).encode().ljust(room)
    head = _MAGIC + _LENGTH.pack(len(text)) + text + _CHECKSUM.pack(zlib.crc32(text))
    return head, {entry["name"]: entry["offset"] for entry in entries}


def _read_header(read: Callable[[int], bytes]) -> dict[str, Any]:
    if read(len(_MAGIC)) != _MAGIC:
        raise DamagedError("not a file of arrays of this version")
    length = read(_LENGTH.size)
    if len(length) < _LENGTH.size or _LENGTH.unpack(length)[0] > _LONGEST_HEADER:
        raise DamagedError("the header is cut short")
    text = read(_LENGTH.unpack(length)[0])
    if read(_CHECKSUM.size) != _CHECKSUM.pack(zlib.crc32(text)):
        raise DamagedError("the header is damaged")
    header: dict[str, Any] = json.loads(text)
    if any(entry["dtype"] not in _TYPES for entry in header["arrays"]):
        raise DamagedError("an array of a foreign type")
    return header


def _mapped(mapped: mmap.mmap, entry: Mapping[str, Any]) -> NDArray[Any]:
    # An empty array may lie at the very end of the file, where nothing can be mapped.
    if not entry["count"]:
        return np.empty(0, dtype=entry["dtype"])
    return np.frombuffer(mapped, dtype=entry["dtype"], count=entry["count"], offset=entry["offset"])


def _chunks(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Yield so many bytes, fewer where there are no more."""
    while size > 0:
        chunk = read(min(size, _CHUNK))
        if not chunk:
            return
        size -= len(chunk)
        yield chunk


def _bytes_of(entry: Mapping[str, Any]) -> int:
    size: int = entry["count"] * np.dtype(entry["dtype"]).itemsize
    return size


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    plain: NDArray[Any] = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    if plain.dtype.str not in _TYPES or plain.ndim != 1:
        raise ValueError(f"no array of {array.dtype} in {array.ndim} dimensions")
    return plain


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED
