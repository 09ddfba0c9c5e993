"""Settings of the command: flags before environment before file before default, and where each value came from.

Only `early` is imported before a command runs; the rest has pydantic-settings, which takes its time.
"""
