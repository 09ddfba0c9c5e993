"""What segmenting gives: the parts of a file that are annexes, each with its head and project sections."""

from __future__ import annotations

from collections.abc import Iterable
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
BODIES: frozenset[FieldKind] = frozenset({"executor", "partner", "commissioner", "funder", "organisation"})
"""The kinds whose values are organisations."""
_SENTENCE = 8
"""Words from which on a value is taken for running text."""


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value of a section: a cell under the head of its column, or a line ``Label: value``."""

    kind: FieldKind | None
    """None where the label says nothing that we know."""
    label: tuple[int, int]
    """Start and end in the section's body, without the colon."""
    value: tuple[int, int]
    """Start and end in the section's body; a value may run over several lines."""

    def moved(self, by: int) -> Field:
        """Return the field `by` code points further on."""
        return Field(self.kind, (self.label[0] + by, self.label[1] + by), (self.value[0] + by, self.value[1] + by))


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of a body with the fields in it."""

    text: AlignedText
    fields: tuple[Field, ...] = ()

    @staticmethod
    def join(separator: str, parts: Iterable[Written]) -> Written:
        """Join pieces with a separator that was never printed; pieces without text are left out."""
        kept = [part for part in parts if len(part.text)]
        fields: list[Field] = []
        at = 0
        for part in kept:
            fields.extend(field.moved(at) for field in part.fields)
            at += len(part.text) + len(separator)
        return Written(AlignedText.join(separator, (part.text for part in kept)), tuple(fields))


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value, as printed."""

    label: AlignedText
    """Without colon; empty where a column has no head."""
    kind: FieldKind | None
    value: AlignedText
    """Its lines joined by spaces; empty where nothing stands there."""
    is_spaced: bool = False
    """Whether there is room above it, as over the first of a block."""

    def written(self) -> Written:
        """Return it as the line ``Label: value``; nothing where it has no value."""
        if not len(self.value):
            return Written(AlignedText(""))
        label = len(self.label)
        start = label + 2 if label else 0
        text = AlignedText.join(": ", (self.label, self.value)) if label else self.value
        return Written(text, (Field(self.kind, (0, label), (start, start + len(self.value))),))


def written(pairs: Iterable[Pair]) -> Written:
    """Return pairs as lines, in order."""
    return Written.join("\n", (pair.written() for pair in pairs))


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

    def running_text(self) -> str:
        """Return what is written in sentences: the body without labels, names, and values of a few words."""
        kept: list[str] = []
        at = 0
        for field in self.fields:
            kept.append(self.body.text[at : field.label[0]])
            value = self.body.text[slice(*field.value)]
            if len(value.split()) >= _SENTENCE and field.kind not in BODIES:
                kept.append(value)
            at = field.value[1]
        return " ".join([*kept, self.body.text[at:]])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text between the first project and the last that stands in none of them."""

    words: int
    """Of all pieces together."""
    page: int
    """Page, from 1, on which the longest piece begins …"""
    line: int
    """… and for text input the line of the file, from 1."""
    opening: str
    """The first words of the longest piece."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of a file."""

    label: str | None
    title: str | None
    sections: tuple[Section, ...]
    left_out: LeftOut | None = None
    """What stands in no section, where it is much."""
