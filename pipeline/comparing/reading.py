"""Whether the text says something else, or the machine read the same words otherwise."""

import re
from collections.abc import Iterable, Sequence

from pipeline.comparing.models import Change, Place, Run, Side
from pipeline.records.models import ProjectRecord

_APART = "\n\n"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\n")
_LEAST_WORDS = 6
"""Words from which on a sentence is no other's: a shorter one, as in a list, is taken with what stands before it."""
_AROUND = 12
"""Code points that both sides must share around words, for these to stand in one place."""
_NAMED = frozenset({"organisation", "location"})
_MASK = "\0"


class SameWords:
    """Tells for the changes of a pair whether their words stand on both sides.

    Parameters
    ----------
    old, new
        The records of either side.
    runs
        Those of their texts, joined by an empty line, as `word_runs` gives them.
    """

    def __init__(self, old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], runs: Sequence[Run]) -> None:
        self._old, self._new = _Said(old), _Said(new)
        at = [0, 0]
        for run in runs:
            for number, (said, text) in enumerate(((self._old, run.old), (self._new, run.new))):
                if run.what == "equal":
                    said.shared.append((at[number], at[number] + len(text), at[1 - number]))
            at = [at[0] + len(run.old), at[1] + len(run.new)]

    def told_apart(self, changes: Sequence[Change]) -> list[Change]:
        """Return the changes, those that are no more than another reading of the same words marked as such."""
        judged = [one.model_copy(update=_READING) if self._is_reading(one) else one for one in changes]
        moved = {years for one in judged if one.is_fact and (years := _years(one))}
        return [one.model_copy(update=_FACT) if one.is_reading and _years(one) in moved else one for one in judged]

    def _is_reading(self, change: Change) -> bool:
        old, new = change.old, change.new
        if old and new:
            return self._read_otherwise(change, old, new)
        if old:
            return self._stands(change.kind, old, self._old, self._new)
        return new is not None and self._stands(change.kind, new, self._new, self._old)

    def _read_otherwise(self, change: Change, old: Side, new: Side) -> bool:
        """Say of what both sides say, each otherwise, whether the words are the same."""
        if change.kind == "location" or (change.kind == "organisation" and change.what == "changed"):
            return True  # one name; what differs is what is known of it
        if change.kind == "organisation":
            return self._new.names(old.value["name"]) and self._old.names(new.value["name"])
        if self._old.stands_in(old, self._new) and self._new.stands_in(new, self._old):
            return True
        if change.kind == "date" and _differ_in(old, new) == {"role"} and not (old.value["role"] and new.value["role"]):
            return True  # no role is no statement: it was not read
        return (
            change.kind == "figure"
            and _differ_in(old, new) == {"as_of"}
            and self._old.is_shared(old)
            and all(one.value["as_of"] is None or said.dates(one.value["as_of"]) for one in (old, new)
                    for said in (self._old, self._new))
        )  # fmt: skip

    @staticmethod
    def _stands(kind: str, side: Side, own: "_Said", other: "_Said") -> bool:
        """Say of what one side alone says whether its words stand on the other."""
        if not side.places:
            return False
        if kind in _NAMED:
            return all(own.repeats(side, place, other) or own.names_no_more(place.text, other) for place in side.places)
        if kind == "role":
            return own.role_stands_in(side, other)
        return own.stands_in(side, other) or own.is_unread_in(side, other)


_READING = {"is_fact": False, "is_reading": True}
_FACT = {"is_fact": True, "is_reading": False}


def _years(change: Change) -> tuple[str, str] | None:
    """Return the years from and to which a date moved: one that follows from another has the words it had."""
    if change.kind != "date" or not (change.old and change.new):
        return None
    first, second = change.old.value["edtf"][:4], change.new.value["edtf"][:4]
    return (first, second) if first != second else None


def _differ_in(old: Side, new: Side) -> set[str]:
    return {key for key in old.value if old.value[key] != new.value.get(key)}


class _Said:
    """The words of one side."""

    def __init__(self, records: Sequence[ProjectRecord]) -> None:
        self._records = {record.id: record for record in records}
        self._bases: dict[str, int] = {}
        base = 0
        for record in records:
            self._bases[record.id] = base
            base += len(record.text) + len(_APART)
        self._whole = _flat(part for record in records for part in (record.title, record.text))
        self._bare = _flat(part for record in records for part in _unnamed(record))
        self._names = {one.text for record in records for body in record.organisations for one in body.mentions}
        self.shared: list[tuple[int, int, int]] = []
        """Start and end of what the joined text has in common with the other side's, and where it starts there."""

    def names(self, name: str) -> bool:
        """Say whether a name stands anywhere."""
        return _has(self._whole, name)

    def names_no_more(self, words: str, other: "_Said") -> bool:
        """Say whether the other side has words as often: once outside the name of a body, or in one that both write."""
        if _count(other._whole, words) < _count(self._whole, words):
            return False
        longer = (name for name in other._names if name != words and _has(_flat([name]), words))
        return _has(other._bare, words) or any(_has(self._whole, name) for name in longer)

    def dates(self, edtf: str) -> bool:
        """Say whether a date was read."""
        return any(one.edtf == edtf for record in self._records.values() for one in record.dates)

    def is_shared(self, side: Side) -> bool:
        """Say whether the places of a fact, with some words beside them, stand in their place on the other side."""
        return bool(self._shared_places(side))

    def is_unread_in(self, side: Side, other: "_Said") -> bool:
        """Say whether that holds, and the other side reads no date or figure there."""
        taken = other._dates_and_figures()
        places = self._shared_places(side)
        return bool(places) and not any(a < end and start < b for start, end in places for a, b in taken)

    def _dates_and_figures(self) -> list[tuple[int, int]]:
        """Return where the joined text has them."""
        found = []
        for record in self._records.values():
            base = self._bases[record.id]
            found += [(base + one.start, base + one.end) for one in record.dates]
            found += [(base + one.start, base + one.end) for one in record.figures]
        return found

    def _shared_places(self, side: Side) -> list[tuple[int, int]]:
        """Return where the words of a fact stand in the joined text of the other side; none where one does not."""
        base = self._bases[side.record]
        found = []
        for place in side.places:
            start, end = base + place.start, base + place.end
            homes = (
                other + start - first
                for first, last, other in self.shared
                if first <= start and end <= last and last - first >= end - start + _AROUND
            )
            if place.field != "text" or (home := next(homes, None)) is None:
                return []
            found.append((home, home + end - start))
        return found

    def stands_in(self, side: Side, other: "_Said") -> bool:
        """Say whether every sentence of a fact stands on the other side, word for word."""
        return bool(side.places) and all(self.repeats(side, place, other) for place in side.places)

    def role_stands_in(self, side: Side, other: "_Said") -> bool:
        """Say whether the other side has the words that give a role, with the name of its bearer, word for word."""
        cue, *names = side.places
        if not self.repeats(side, cue, other):
            return False
        start, end = self._sentence(side.record, cue)
        beside = [one for one in names if one.field == cue.field and start <= one.start and one.end <= end]
        return bool(beside) or all(self.repeats(side, one, other) for one in names)

    def repeats(self, side: Side, place: Place, other: "_Said") -> bool:
        """Say whether the sentence around a place stands on the other side."""
        start, end = self._sentence(side.record, place)
        words = _flat([self._text(side.record, place)[start:end]])
        return f" {words} " in f" {other._whole} "

    def _text(self, record: str, place: Place) -> str:
        own = self._records[record]
        return own.title if place.field == "title" else own.text

    def _sentence(self, record: str, place: Place) -> tuple[int, int]:
        text = self._text(record, place)
        ends = [(one.start(), one.end()) for one in _SENTENCE_END.finditer(text)]
        start = max((after for _, after in ends if after <= place.start), default=0)
        end = min((before for before, _ in ends if before >= place.end), default=len(text))
        while start and len(text[start:end].split()) < _LEAST_WORDS:
            start = max((after for _, after in ends if after < start), default=0)
        return start, end


def _flat(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).casefold().split())


def _count(text: str, words: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(_flat([words]))}(?!\w)", text))


def _has(text: str, words: str) -> bool:
    return _count(text, words) > 0


def _unnamed(record: ProjectRecord) -> tuple[str, str]:
    """Return title and text of a record with the names of bodies masked."""
    parts = {"title": list(record.title), "text": list(record.text)}
    for body in record.organisations:
        for one in body.mentions:
            parts[one.field][one.start : one.end] = _MASK * (one.end - one.start)
    return "".join(parts["title"]), "".join(parts["text"])
