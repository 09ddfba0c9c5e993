"""Boundaries between projects, put where a person says they are; all that records hold is carried along."""
