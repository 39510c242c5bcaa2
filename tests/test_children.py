"""Work in a child: its answer comes back, and whatever else it does ends within its limits and is said."""

from __future__ import annotations

import sys
import tempfile
import threading
import time

import child_work
import late_child_work
import pytest

from viewer.children import ChildError, run_child, stream_child

LIMITS = {"cpu_seconds": 20, "memory_mb": 512, "wall_seconds": 60}
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only POSIX systems limit a process")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")


def refusal(work, payload=b"", **limits):
    with pytest.raises(ChildError) as found:
        run_child(work, payload, **{**LIMITS, **limits})
    return found.value.code


def test_an_answer_comes_back_and_nothing_that_was_printed():
    answer = run_child(child_work.count, b"\x00\n\xff" * 100_000, arguments={"unit": "é"}, **LIMITS)
    assert answer == {"count": 300_000, "unit": "é", "modules": False}


def test_a_large_order_reaches_a_child_that_is_late():
    answer = run_child(late_child_work.count, b"x" * 3_000_000, **{**LIMITS, "wall_seconds": 20})
    assert answer == {"count": 3_000_000}


@POSIX
def test_a_loop_ends_with_its_processor_time():
    start = time.monotonic()
    assert refusal(child_work.loop, cpu_seconds=1) == "time"
    assert time.monotonic() - start < 30


def test_a_sleeper_ends_with_its_time_even_with_an_order_that_it_never_reads():
    start = time.monotonic()
    assert refusal(child_work.sleep, b"x" * 1_000_000, wall_seconds=1) == "time"
    assert time.monotonic() - start < 30


def test_a_child_can_be_cancelled():
    start = time.monotonic()
    assert refusal(child_work.sleep, cancelled=lambda: True) == "cancelled"
    assert time.monotonic() - start < 5


@LINUX
def test_too_much_memory_is_said():
    assert refusal(child_work.hoard, b"x" * 10_000) == "memory"


@POSIX
def test_a_crash_and_an_exception_stay_in_the_child():
    assert refusal(child_work.crash) == "crash"
    assert refusal(child_work.fail) == "crash"


@pytest.mark.parametrize("payload", [b"", b"text", b"[" * 100])
def test_only_an_object_is_an_answer(payload):
    assert refusal(child_work.answer_oddly, payload) == "answer"


def test_no_answer_is_no_answer():
    assert refusal(child_work.leave) == "answer"


@POSIX
def test_a_child_writes_no_files(tmp_path):
    target = tmp_path / "left"
    with pytest.raises(ChildError):
        run_child(child_work.write, b"", arguments={"path": str(target)}, **LIMITS)
    assert not target.exists() or target.stat().st_size == 0


def streamed(work, data=b"a\nb\n", arguments=None, **limits):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        yield from stream_child(work, file, arguments=arguments, **{**LIMITS, **limits})


def test_lines_come_back_one_by_one_from_a_file_that_may_be_read_again():
    data = "".join(f"{number} é\n" for number in range(50_000)).encode()
    lines = list(streamed(child_work.each_line, data, {"times": 3}))
    assert b"".join(lines) == data * 3
    assert len(lines) == 150_000


def test_whoever_has_enough_of_an_endless_child_stops_it():
    lines = streamed(child_work.endless)
    assert [next(lines) for _ in range(3)] == [b"again\n"] * 3
    lines.close()
    assert not [thread for thread in threading.enumerate() if thread.daemon and "_take_in" in thread.name]


def test_a_stream_that_breaks_off_is_no_end():
    lines = streamed(child_work.break_off)
    assert [next(lines), next(lines)] == [b"a\n", b"b\n"]
    with pytest.raises(ChildError) as found:
        next(lines)
    assert found.value.code == "crash"


def test_an_endless_stream_is_cancelled_and_ends_with_its_time():
    for limits, code in (({"cancelled": lambda: True}, "cancelled"), ({"wall_seconds": 1}, "time")):
        with pytest.raises(ChildError) as found:
            for _ in streamed(child_work.endless, **limits):
                pass
        assert found.value.code == code
