"""What segmenting gives: the parts of a file that are annexes, each with its head and project sections."""

from dataclasses import dataclass

from pipeline.document import AlignedText


@dataclass(frozen=True, slots=True)
class Section:
    """One project section: its heading and everything under it."""

    title: AlignedText
    """Lines joined, numbering taken off."""
    body: AlignedText
    """Paragraphs with a blank line between them; may be empty."""
    is_doubtful: bool
    """Whether the heading was told from a sentence by its shape alone, and barely."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of a file."""

    label: str | None
    title: str | None
    sections: tuple[Section, ...]
