"""Uids for what is new."""

from __future__ import annotations

import os
import time


def new_uid() -> str:
    """Return a fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    bits = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
