"""Tables of all sorts, brought in: rows of cells, a mapping of columns to our fields, profiles of known tables.

`delimited`, `spreadsheet` and `json_lines` are the formats. Each makes rows of text cells (`rows`); `reading` finds
the mapping (given, by profile, or guessed) and compiles it once (`events`, `citing`, `when`); `previewing` shows
what a mapping would bring.
"""
