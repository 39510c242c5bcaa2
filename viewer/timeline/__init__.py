"""Geometry of the timeline over numpy: no Qt, no SQL, no clock."""
