"""Skipped fault tests against the list of those that may be: `python -m tests.faults.skips JUNIT.xml`.

Prints each test of tests/faults that was skipped and is not in allowed_skips.txt; exit code 1 when there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

ALLOWED = Path(__file__).with_name("allowed_skips.txt")


def allowed(text):
    """Return the tests that may be skipped, each with how its reason begins."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {tuple(line.split(": ", 1)) for line in lines}


def skipped(report):
    """Yield name, without its parameters, and reason of each skipped test of this folder."""
    for case in ElementTree.parse(report).iter("testcase"):
        found = case.find("skipped")
        if found is not None and case.get("classname", "").startswith("tests.faults."):
            yield case.get("name", "").split("[")[0], found.get("message", "")


def main(report):
    """Compare a report of pytest with the list."""
    known = allowed(ALLOWED.read_text(encoding="utf-8"))
    odd = [
        f"{name}: {reason}"
        for name, reason in skipped(report)
        if not any(name == may and reason.startswith(why) for may, why in known)
    ]
    print(*odd, sep="\n", end="\n" if odd else "")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
