"""Everything SQL: schema, store, cache and safety. Hands out records and plain iterators; no Qt, no numpy."""
