"""Values of the field: no files, no clock, no Qt, no SQL."""
