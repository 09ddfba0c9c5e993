"""Limits and settings of one run: passed in, never global."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost; past it, it fails with `limit_exceeded`."""

    bytes: int = 512 * 1024 * 1024
    """Size of the file."""
    pages: int = 5_000
    """Pages of a PDF."""
    characters: int = 50_000_000
    """Code points of text."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How one input is read."""

    password: str | None = None
    """Tried after an empty one."""
    pages: tuple[int, int] | None = None
    """First and last page of the part to read, from 1, both inclusive; None for all."""
    limits: Limits = Limits()
