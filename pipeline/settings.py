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
    seconds: float = 300.0
    """Wall time of reading one input, to which each page that was read by OCR adds `page_seconds`."""
    memory: int = 4 * 1024 * 1024 * 1024
    """Bytes that the process which reads it may take."""
    pixels: int = 100_000_000
    """Size of one picture that is read by OCR."""
    page_seconds: float = 60.0
    """Wall time of one step of reading such a picture."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How one input is read."""

    password: str | None = None
    """Tried after an empty one."""
    pages: tuple[int, int] | None = None
    """First and last page of the part to read, from 1, both inclusive; None for all."""
    limits: Limits = Limits()
