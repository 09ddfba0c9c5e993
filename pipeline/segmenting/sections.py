"""What segmenting gives: the parts of a file that are annexes, each with its head and project sections."""

from dataclasses import dataclass
from typing import Literal

from pipeline.document import AlignedText

FieldKind = Literal[
    "title",
    "number",
    "executor",
    "partner",
    "commissioner",
    "funder",
    "organisation",
    "period",
    "start",
    "end",
    "date",
    "money",
    "location",
    "description",
    "status",
]
"""What the label of a field or column says of its value; `fields.toml` has the labels of each."""


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value of a section: a cell under the head of its column, or a line ``Label: value``."""

    kind: FieldKind | None
    """None where the label says nothing that we know."""
    label: tuple[int, int]
    """Start and end in the section's body, without the colon."""
    value: tuple[int, int]
    """Start and end in the section's body; a value may run over several lines."""


@dataclass(frozen=True, slots=True)
class Section:
    """One project section: its heading and everything under it."""

    title: AlignedText
    """Lines joined, numbering taken off."""
    body: AlignedText
    """Paragraphs with a blank line between them; may be empty."""
    is_doubtful: bool
    """Whether the heading was told from a sentence by its shape alone, and barely."""
    fields: tuple[Field, ...] = ()
    """The labelled values in its body, in order."""
    has_no_title: bool = False
    """Whether it is a row or block whose title had to be made up from its first words: `row_without_title`."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of a file."""

    label: str | None
    title: str | None
    sections: tuple[Section, ...]
