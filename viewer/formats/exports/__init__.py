"""Records written in formats of others, and the bundle: one module a format, each ending in its `FORMAT`."""
