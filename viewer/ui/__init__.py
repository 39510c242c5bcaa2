"""Everything Qt: the windows of Dateline and what they are drawn with.

Nothing below this room imports Qt. Here, every text that came from a file is shown as plain text
(`text`), every override of a Qt virtual is guarded (`guard`), colours, type and spacing come from one
place (`theme`), and an address is opened in one place (`links`).
"""
