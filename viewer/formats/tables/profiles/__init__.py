"""Profiles of known tables, one small module each. A table is recognised by its columns, in any order and case."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import TableMapping
from viewer.formats.tables.profiles import (
    acled,
    auto_archiver,
    gdelt,
    timelinejs_sheet,
    timemap,
    timesketch,
    ucdp,
    viina,
)
from viewer.formats.tables.profiles.profile import Profile

__all__ = ["Profile", "detect_profile", "profile", "profile_mapping", "profiles"]

_PROFILES: tuple[Profile, ...] = tuple(
    module.PROFILE
    for module in (acled, ucdp, gdelt, viina, timesketch, timelinejs_sheet, auto_archiver, timemap)
)


def profiles() -> dict[str, str]:
    """Return the names of all profiles and what they are called."""
    return {each.name: each.label for each in _PROFILES}


def profile(name: str) -> Profile:
    """Return a profile by its name.

    Raises:
        UnreadableError: there is none.
    """
    for each in _PROFILES:
        if each.name == name.casefold():
            return each
    raise UnreadableError(f"there is no profile “{name[:40]}”; known are {', '.join(profiles())}")


def detect_profile(header: Sequence[str]) -> str | None:
    """Return the name of the profile that a header (or a first row, where there is none) fits."""
    return next((each.name for each in _PROFILES if each.fits(header)), None)


def profile_mapping(name: str) -> TableMapping:
    """Return a profile's mapping; it names columns that only some versions of its tables have.

    Raises:
        UnreadableError: there is no such profile.
    """
    return profile(name).mapping
