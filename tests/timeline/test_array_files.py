from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.timeline.array_files import DamagedError, let_go, open_arrays, verify_arrays, write_arrays

ARRAYS = {
    "ids": np.arange(1000, dtype=np.int64) - 500,
    "kind": np.arange(77, dtype=np.int16),
    "at": np.arange(50, dtype=np.int32),
    "titles": np.frombuffer("Été à Пекин".encode(), dtype=np.uint8),
    "flags": np.array([True, False, True]),
    "none": np.empty(0, dtype=np.int64),
}
META = {"document": "Ünïcode “title”", "revision": 7}


def is_whole(path):
    return verify_arrays(path, lambda: False)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "arrays"
    write_arrays(file, META, ARRAYS)
    return file


def test_arrays_come_back_as_they_were(path):
    meta, arrays = open_arrays(path)
    assert meta == META
    assert list(arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].tolist() == array.tolist()
    assert is_whole(path)


def test_what_is_mapped_cannot_be_written_to_and_lies_even(path):
    _, arrays = open_arrays(path)
    for array in arrays.values():
        assert array.ctypes.data % 64 == 0 or not len(array)
    with pytest.raises(ValueError, match="read-only"):
        arrays["ids"][0] = 1


def test_only_empty_arrays_and_none_at_all(tmp_path):
    for arrays in ({}, {"none": np.empty(0, dtype=np.int32)}):
        write_arrays(tmp_path / "few", {}, arrays)
        assert {name: array.tolist() for name, array in open_arrays(tmp_path / "few")[1].items()} == {
            name: [] for name in arrays
        }
        assert is_whole(tmp_path / "few")


def test_big_endian_and_strided_arrays_are_written_plainly(tmp_path):
    write_arrays(tmp_path / "odd", {}, {"big": np.arange(5, dtype=">i8"), "strided": np.arange(10)[::2]})
    _, arrays = open_arrays(tmp_path / "odd")
    assert (arrays["big"].tolist(), arrays["strided"].tolist()) == ([0, 1, 2, 3, 4], [0, 2, 4, 6, 8])


@given(st.data())
def test_a_file_that_was_cut_short_is_refused(tmp_path, data):
    file = tmp_path / "arrays"
    write_arrays(file, META, ARRAYS)
    whole = file.read_bytes()
    # The last array is empty, and what lies before it is padded: no byte of these is missed.
    needed = whole.rindex(b"\x01\x00\x01") + 3
    file.write_bytes(whole[: data.draw(st.integers(0, needed - 1))])
    assert not is_whole(file)
    with pytest.raises(DamagedError):
        open_arrays(file)


@given(st.data())
def test_a_flipped_bit_is_noticed_wherever_it_says_something(tmp_path, data):
    file = tmp_path / "arrays"
    write_arrays(file, META, {"ids": ARRAYS["ids"]})
    content = bytearray(file.read_bytes())
    begin = content.index(ARRAYS["ids"].tobytes())
    head = len(content[:begin].rstrip(b"\0"))
    place = data.draw(st.integers(0, head - 1) | st.integers(begin, begin + ARRAYS["ids"].nbytes - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(content)
    assert not is_whole(file)
    if place < head:
        with pytest.raises(DamagedError):
            open_arrays(file)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" * 9, b"DATELINE", bytes(4096)])
def test_a_foreign_file_is_refused(tmp_path, content):
    (tmp_path / "foreign").write_bytes(content)
    assert not is_whole(tmp_path / "foreign")
    with pytest.raises(DamagedError):
        open_arrays(tmp_path / "foreign")


def test_a_file_of_another_version_is_refused(path):
    content = path.read_bytes()
    path.write_bytes(content[:14] + bytes([content[14] + 1]) + content[15:])
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DamagedError):
        open_arrays(tmp_path / "nowhere")
    assert not is_whole(tmp_path / "nowhere")


def test_a_header_that_claims_to_be_endless_is_not_believed(tmp_path, path):
    content = path.read_bytes()
    path.write_bytes(content[:15] + struct.pack("<Q", 2**62) + content[23:])
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_writing_is_all_or_nothing(tmp_path, path):
    before = path.read_bytes()
    with pytest.raises(ValueError, match="no array"):
        write_arrays(path, {}, {"floats": np.zeros(3)})
    with pytest.raises(TypeError, match="JSON"):
        write_arrays(path, {"meta": object()}, {})
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["arrays"]


def test_verifying_can_be_cancelled(path):
    asked = []

    def cancelled():
        asked.append(1)
        return True

    assert verify_arrays(path, cancelled)
    assert len(asked) == 1


def test_memory_that_was_let_go_can_be_read_again(tmp_path):
    large = np.arange(3 * 2**20, dtype=np.int64)
    write_arrays(tmp_path / "large", {}, {"small": ARRAYS["ids"], "large": large})
    _, arrays = open_arrays(tmp_path / "large")
    own = large.copy()
    for _ in range(2):
        assert int(arrays["large"].sum()) == int(large.sum())
        let_go(*arrays.values(), arrays["large"][10:], own, own[5:])
    assert np.array_equal(own, large)
    assert arrays["small"].tolist() == ARRAYS["ids"].tolist()
