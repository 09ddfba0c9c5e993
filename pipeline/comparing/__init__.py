"""Compare two sets of records: which projects are the same, and what changed in them, in the terms of the subject."""
