"""Files <-> records and problems: one small module a format, behind one registry."""
