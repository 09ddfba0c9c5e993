"""Find in records that were extracted anew the words that a decision rests on."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.comparing.models import Place
from pipeline.records.models import Mention, ProjectRecord, TextField
from pipeline.reviewing.decisions.aligning import WINDOW, Aligned, Asked, Words, align, same_words, squashed
from pipeline.reviewing.decisions.models import Evidence

How = Literal["same", "moved", "reworded", "changed"]
Homes = Mapping[tuple[str, str], Sequence[str]]

_HOLDS = 0.3
"""Part of what stood around the words that must still stand around them, in the project that they stood in."""
_SHORT_HOLDS = 0.5
"""The same where the words are so short that they stand anywhere."""
_SHORT = 4
"""Letters and digits up to which words are short."""
_CHANGED = 0.6
"""The same for saying that other words stand in their place."""
_SURER = 0.25
"""By how much more a place must be like the old one to be believed where other words stand in it."""
_ELSEWHERE = 0.75
"""The same for saying that they went to another project, reworded."""
_RUN = 4
"""Words in a row by which a project is known that has another title now."""
_NEAR = 3
"""How many other projects are searched for reworded evidence that its own has no longer."""
_HOME = 0.25
"""Part of the runs of words of a project's evidence that must stand in one to take it for the same."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where evidence stands now."""

    record: str
    """Id of the record."""
    field: TextField
    start: int
    end: int
    text: str
    how: How
    """`same` place, or `moved` word for word; `reworded` around its words; `changed`: other words in their place."""
    likeness: float
    """Part of what stood around it that still does."""

    @property
    def holds(self) -> bool:
        """Whether the words themselves stand there."""
        return self.how != "changed"


def evidence_of(record: ProjectRecord, places: Iterable[Place | Mention]) -> list[Evidence]:
    """Return places of a record as evidence for a decision, with what stands around them."""
    found = []
    for place in places:
        text = record.title if place.field == "title" else record.text
        found.append(
            Evidence(
                sha256=record.annex.source.sha256,
                record=record.id,
                title=record.title,
                field=place.field,
                start=place.start,
                end=place.end,
                text=text[place.start : place.end],
                before=text[max(0, place.start - WINDOW) : place.start],
                after=text[place.end : place.end + WINDOW],
                page=place.page,
                boxes=place.boxes,
                next_page_boxes=place.next_page_boxes,
            )
        )
    return found


def find(evidence: Evidence, records: Sequence[ProjectRecord]) -> Found | None:
    """Return where evidence stands in records, or None where neither its words nor what stood around them do.

    For many pieces of evidence make one `Finder`.
    """
    return Finder(records, [evidence]).find(evidence)


class _Indexed:
    """A record as it is searched; two are never equal."""

    def __init__(self, record: ProjectRecord) -> None:
        self.record = record
        self.texts: dict[TextField, str] = {"title": record.title, "text": record.text}

    @cached_property
    def words(self) -> dict[TextField, Words]:
        return {field: Words(text) for field, text in self.texts.items()}


class Finder:
    """Finds evidence in the records of an annex.

    Parameters
    ----------
    records
        Those of one annex.
    every
        All evidence that will be asked for: from all of it together is known which project is which where a title is
        another one now.
    homes
        The ids of the records that projects are, by the id and title that their evidence has, where that is known.
    """

    def __init__(
        self, records: Sequence[ProjectRecord], every: Iterable[Evidence] = (), homes: Homes | None = None
    ) -> None:
        self._records = [_Indexed(record) for record in records]
        self._known = homes or {}
        self._asked: dict[tuple[str, str], list[Evidence]] = {}
        for one in every:
            self._asked.setdefault((one.record, one.title), []).append(one)
        self._homes: dict[tuple[str, str], list[_Indexed]] = {}

    def homes(self, evidence: Evidence) -> list[str]:
        """Return the ids of the records that are the project of the evidence, the likeliest first."""
        return [one.record.id for one in self._homes_of(evidence)]

    def find(self, evidence: Evidence) -> Found | None:
        """Return where evidence stands now, or None where neither its words nor what stood around them do."""
        homes = self._homes_of(evidence)
        if found := self._word_for_word(evidence, homes):
            return found
        asked = Asked(evidence)
        best = self._best(evidence, asked, homes)
        if best is not None and best.how != "changed":
            return best
        if evidence.before or evidence.after:
            others = [one for one in self._records if one not in homes]
            if best is None and (found := self._word_for_word(evidence, others)):
                return found
            if best is None and (found := self._best(evidence, asked, self._near(asked, others))):
                return found if found.holds and found.likeness >= _ELSEWHERE else None
        return best

    def find_word_for_word(self, evidence: Evidence) -> Found | None:
        """Return where evidence stands with all that stood around it, first in its own project, then in another."""
        homes = self._homes_of(evidence)
        others = [one for one in self._records if one not in homes]
        return self._word_for_word(evidence, homes) or self._word_for_word(evidence, others)

    def _word_for_word(self, evidence: Evidence, among: Sequence[_Indexed]) -> Found | None:
        needle = evidence.before + evidence.text + evidence.after
        for one in among if needle else ():
            text = one.texts[evidence.field]
            if evidence.field == "title" and needle == evidence.text and needle != text:  # the title as a whole
                continue
            places = [at + len(evidence.before) for at in _occurrences(needle, text)]
            if places:
                start = min(places, key=lambda at: (abs(at - evidence.start), at))
                end = start + len(evidence.text)
                how: How = "same" if start == evidence.start and one.record.id == evidence.record else "moved"
                return Found(one.record.id, evidence.field, start, end, evidence.text, how, 1.0)
        return None

    def _best(self, evidence: Evidence, asked: Asked, among: Sequence[_Indexed]) -> Found | None:
        """Return the place that is most like that of the evidence; where words hold, before one where others stand."""
        found: list[Found] = []
        fields: tuple[TextField, TextField] = ("text", "title") if evidence.field == "text" else ("title", "text")
        for one in among:
            own = None
            for field in fields:
                if own is None:
                    own = self._in_field(evidence, asked, one, field)
            if own is not None:
                found.append(own)
        return max(found, key=lambda one: (one.holds, one.likeness), default=None)

    def _in_field(self, evidence: Evidence, asked: Asked, one: _Indexed, field: TextField) -> Found | None:
        text = one.texts[field]
        if field == evidence.field == "title" and not evidence.before and not evidence.after:  # the title as a whole
            how: How = "reworded" if same_words(evidence.text, text) else "changed"
            return Found(one.record.id, field, 0, len(text), text, how, float(how == "reworded"))
        places = align(asked, one.words[field], self._weight)
        intact = next((place for place in places if place.is_intact), None)
        other = next((place for place in places if not place.is_intact and place.likeness >= _CHANGED), None)
        least = _SHORT_HOLDS if len(asked.squashed) <= _SHORT else _HOLDS
        if intact is not None and intact.likeness >= max(least, other.likeness - _SURER if other else 0.0):
            return _found(one, field, intact, "reworded")
        return _found(one, field, other, "changed") if other is not None else None

    def _homes_of(self, evidence: Evidence) -> list[_Indexed]:
        key = (evidence.record, evidence.title)
        if key not in self._homes:
            by_id = {one.record.id: one for one in self._records}
            known = [by_id[home] for home in self._known.get(key, ()) if home in by_id]
            self._homes[key] = list(dict.fromkeys(known + self._named(evidence) + self._by_words(key)))
        return self._homes[key]

    def _named(self, evidence: Evidence) -> list[_Indexed]:
        """Return the records with the title or the id of the project, those with both first."""
        title = squashed(evidence.title)
        ranked = [
            (not (same_title and same_id), not same_title, number, one)
            for number, one in enumerate(self._records)
            if (same_title := squashed(one.record.title) == title) | (same_id := one.record.id == evidence.record)
        ]
        return [one for *_, one in sorted(ranked, key=lambda rank: rank[:3])]

    def _by_words(self, key: tuple[str, str]) -> list[_Indexed]:
        """Return the records in which much of what stood in and around the evidence of a project stands."""
        runs = {run for one in self._asked.get(key, ()) for run in _runs(Asked(one).words)}
        votes: Counter[int] = Counter()
        for run in runs:
            holders = self._holders.get(run, ())
            if len(holders) == 1:  # what stands in several projects tells none of them
                votes[holders[0]] += 1
        least = max(1.0, _HOME * len(runs))
        best = sorted(votes, key=lambda number: (-votes[number], number))
        return [self._records[number] for number in best if votes[number] >= least]

    def _near(self, asked: Asked, among: Sequence[_Indexed]) -> list[_Indexed]:
        """Return the records that share most runs of words with evidence, or words where it shares no run."""
        wanted = set(_runs(asked.words))
        votes: Counter[int] = Counter()
        for run in wanted:
            for number in self._holders.get(run, ()):
                votes[number] += 1
        best = sorted(votes, key=lambda number: (-votes[number], number))
        return [self._records[number] for number in best if self._records[number] in among][:_NEAR]

    @cached_property
    def _holders(self) -> dict[tuple[str, ...], list[int]]:
        """By run of words the numbers of the records that have it."""
        holders: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(self._records):
            for run in dict.fromkeys(run for words in one.words.values() for run in _runs(words.words)):
                holders.setdefault(run, []).append(number)
        return holders

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for one in self._records:
            for words in one.words.values():
                counts.update(words.words)
        return counts

    def _weight(self, word: str) -> float:
        if not word[0].isalnum():
            return 0.0
        return 1 / (1 + math.log2(max(1, self._counts[word])))


def _found(one: _Indexed, field: TextField, place: Aligned, how: How) -> Found:
    text = one.texts[field][place.start : place.end]
    return Found(one.record.id, field, place.start, place.end, text, how, place.likeness)


def _occurrences(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
