"""Files to records and back, one module a format. No store, no Qt: text in, records and problems out."""
