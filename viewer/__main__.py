"""`python -m viewer` is the same as the command `dateline`."""

from __future__ import annotations

from viewer.cli import main

if __name__ == "__main__":
    main()
