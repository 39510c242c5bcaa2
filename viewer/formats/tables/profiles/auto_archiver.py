"""The sheet of Bellingcat's auto-archiver: sources and their copies, no events. Hashes stay beside the source."""

from __future__ import annotations

from viewer.formats.tables.mapping import SourceColumns, TableMapping, Words
from viewer.formats.tables.profiles.profile import Profile, has_columns

PROFILE = Profile(
    fits=has_columns("link", "archive status", "archive location"),
    mapping=TableMapping(
        name="auto-archiver",
        label="auto-archiver sheet",
        scope="auto-archiver",
        rows="sources",
        sources=(
            SourceColumns(
                title=Words(columns=("upload title",)),
                url=Words(columns=("link",)),
                archived_url=Words(columns=("archive location",)),
                published="upload timestamp",
                accessed="archive date",
                text=Words(columns=("text content",)),
                success={"archive status": "success"},
            ),
        ),
    ),
)
