"""Pictures of what a document says, as plain geometry: who says so, and how many; no Qt, no SQL."""
