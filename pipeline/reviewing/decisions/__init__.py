"""Decisions: an append-only log beside the approved records, and what it says of an extraction."""
