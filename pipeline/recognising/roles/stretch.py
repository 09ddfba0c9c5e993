"""A text that things have been left out of, each letter of which still knows where it stood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SLOT = "\ue000"
"""Stands for one coordination of organisations."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text with the offset that each letter had in the document; the offsets rise."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int, slots: Sequence[tuple[int, int]]) -> "Stretch":
        """Return ``text[start:end]`` with each of `slots` as one letter `SLOT`; white space becomes spaces."""
        letters: list[str] = []
        at: list[int] = []
        here = start
        for slot_start, slot_end in [*slots, (end, end)]:
            plain = re.sub(r"\s", " ", text[here:slot_start]).replace(SLOT, "?")
            letters.append(plain)
            at.extend(range(here, slot_start))
            if slot_start < slot_end:
                letters.append(SLOT)
                at.append(slot_start)
            here = slot_end
        return cls("".join(letters), tuple(at))

    def part(self, start: int, end: int) -> "Stretch":
        """Return ``[start, end)`` of it."""
        return Stretch(self.text[start:end], self.at[start:end])

    def without(self, spans: Iterable[tuple[int, int]]) -> "Stretch":
        """Return it with these spans, in order and apart, left out."""
        kept: list[tuple[int, int]] = []
        here = 0
        for start, end in spans:
            kept.append((here, start))
            here = end
        kept.append((here, len(self.text)))
        return joined([self.part(a, b) for a, b in kept])

    def with_letter(self, index: int, letter: str) -> "Stretch":
        """Return it with one letter for that at `index`."""
        return Stretch(self.text[:index] + letter + self.text[index + 1 :], self.at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the document of ``[start, end)``, which holds a letter."""
        return self.at[start], self.at[end - 1] + 1


def joined(parts: Iterable[Stretch]) -> Stretch:
    """Return the parts as one."""
    parts = list(parts)
    return Stretch("".join(p.text for p in parts), tuple(o for p in parts for o in p.at))
