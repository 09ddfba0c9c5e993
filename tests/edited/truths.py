"""What was done to an annex: the known truth that a comparison and an application of decisions are held to."""

from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["kept", "renamed", "moved", "split", "merged", "ended", "added"]
Subject = Literal["organisation", "role", "date", "figure", "location"]


@dataclass(frozen=True)
class FactEdit:
    """A fact that is another now, came or went."""

    subject: Subject
    old: str | None
    """Its words; None where it came."""
    new: str | None
    """Its words; None where it went."""
    old_sentence: int | None
    new_sentence: int | None
    how: str
    """What was done, such as `number` or `added to an enumeration`."""


@dataclass
class Group:
    """Projects that are one, by their place in the annexes, and what was done to them."""

    old: tuple[int, ...]
    new: tuple[int, ...] = ()
    shapes: list[Shape] = field(default_factory=list)
    facts: list[FactEdit] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)
    """The ways in which it was reworded."""
