"""Sources, read: reference managers, saved pages, texts, web archives."""
