"""Work whose module takes its time to load, so that its order waits in the pipe."""

from __future__ import annotations

import time

time.sleep(0.5)


def count(payload):
    return {"count": len(payload)}
