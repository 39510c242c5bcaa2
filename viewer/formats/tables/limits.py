"""How large the parts of a table may be; all of it is read in a process with limits of its own besides."""

CELL = 1_000_000
"""Characters of a cell; what is beyond is cut, and said."""
COLUMNS = 16_384
"""As many as a spreadsheet has."""
LINE = 16_000_000
"""Characters of one physical line."""
ROW = 1_200_000
"""Characters that a row may take over several lines before its quote is taken for one that was never closed."""
ROW_LINES = 20_000
SAMPLE = 1000
"""Rows that are looked at before the first one is read: for profiles, guesses and the order of day and month."""
UNPACKED = 600_000_000
"""Bytes of a packed spreadsheet when unpacked."""
CELLS = 40_000_000
"""Cells of the rectangle that a sheet covers: the library makes room for all of them."""
JSON_BYTES = 100_000_000
"""Bytes of a JSON array, which is read whole."""
