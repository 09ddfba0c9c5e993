"""Which fields of the training text are for learning, and which are kept for the test."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.training.passages import Passage, Sentence

TEST_FIELDS = ("06", "13", "19", "24", "33", "44", "52")
"""Files of the test part, by their number: care and safety, integration, schools, water, roads, debts, remembrance."""

_OWN = 8
"""Of text of one's own one series of annexes in so many is for the test, about the share of the fields above."""
_NUMBERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Split:
    """The two parts; no field is in both, and the names of the test part tell whether they are in the other."""

    train: tuple[Passage, ...]
    test: tuple[Passage, ...]
    seen: frozenset[str]
    """Names of the train part, in lower case."""

    def is_seen(self, name: str) -> bool:
        """Whether the train part marks a name so."""
        return name.casefold() in self.seen


def split(passages: Iterable[Passage], own: Iterable[Passage] = ()) -> Split:
    """Return the parts of the training text, by its fields; `own` is what ``annex export`` made of approved annexes."""
    train: list[Passage] = []
    test: list[Passage] = []
    for passage in passages:
        (test if passage.number in TEST_FIELDS else train).append(passage)
    for passage in own:
        (test if _is_kept(passage.field) else train).append(passage)
    seen = {words for passage in train for sentence in passage.sentences for words in _names(sentence)}
    return Split(tuple(train), tuple(test), frozenset(seen))


def _is_kept(annex: str) -> bool:
    """Whether an annex is for the test: the same in every run, and in all years of a series, which share their text."""
    series = _NUMBERS.sub(" ", annex).strip().casefold()
    return hashlib.sha256(series.encode()).digest()[0] % _OWN == 0


def _names(sentence: Sentence) -> Iterable[str]:
    return (sentence.text[name.start : name.end].casefold() for name in sentence.names)
