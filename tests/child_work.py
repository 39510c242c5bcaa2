"""What children are asked to do in tests: well, too long, too much, or not at all."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path


def count(payload, *, unit="bytes"):
    print("this goes nowhere")
    return {"count": len(payload), "unit": unit, "modules": "viewer.cli" in sys.modules}


def loop(_payload):
    while True:
        pass


def sleep(_payload):
    time.sleep(600)


def hoard(payload):
    return {"held": [payload * 1000 for _ in range(1_000_000)]}


def crash(_payload):
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(_payload):
    raise ValueError("a parser's own fault")


def answer_oddly(payload):
    return payload.decode() if payload else float("nan")


def leave(_payload):
    os._exit(0)


def write(_payload, *, path):
    Path(path).write_text("left behind", encoding="utf-8")
    return {}


def each_line(file, *, times=1):
    print("this goes nowhere")
    for _ in range(times):
        file.seek(0)
        yield from file


def endless(_file):
    while True:
        yield b"again\n"


def break_off(file):
    yield from file
    raise ValueError("in the middle")
