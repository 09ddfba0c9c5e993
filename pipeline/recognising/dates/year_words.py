"""The words around a bare number that tell whether it is a year, as sets of folded words."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.recognising.dates.lexicon import fold, words

_WORD = re.compile(r"[^\W\d_][\w’'&-]*(?:\.[^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
_PLURAL_LENGTH = 4
"""Letters of the shortest plural."""


def words_of(text: str) -> list[str]:
    """Return the words, numbers and signs of a piece of text."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class YearWords:
    """The sections ``year`` and ``name`` of the vocabulary."""

    strong: frozenset[str]
    weak: frozenset[str]
    generic: frozenset[str]
    number: frozenset[str]
    pairs: frozenset[str]
    towards: frozenset[str]
    counts: frozenset[str]
    counted_pairs: frozenset[str]
    numbered: frozenset[str]
    reference: frozenset[str]
    reference_endings: tuple[str, ...]
    publications: frozenset[str]
    units: frozenset[str]
    nouns: frozenset[str]
    noun_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    adjectives: frozenset[str]
    not_nouns: frozenset[str]
    conjunctions: frozenset[str]
    suffixes: re.Pattern[str]
    companies: frozenset[str]
    addresses: tuple[str, ...]
    cues: frozenset[str]
    cue_endings: tuple[str, ...]
    laws: frozenset[str]
    ends: frozenset[str]
    plain: frozenset[str]


@cache
def year_words() -> YearWords:
    """Return the vocabulary of years."""
    known = words()
    before, after, name = known["year"]["before"], known["year"]["after"], known["name"]

    def folded(entries: list[Any]) -> frozenset[str]:
        return frozenset(map(fold, entries))

    return YearWords(
        strong=folded(before["strong"]),
        weak=folded(before["weak"]),
        generic=folded(before["generic"]),
        number=folded(before["number"]),
        pairs=folded(before["number_pairs"]),
        towards=folded(before["towards"]),
        counts=folded(before["counts"]),
        counted_pairs=folded(before["counted_pairs"]),
        numbered=folded(before["numbered"]),
        reference=folded(before["reference"]),
        reference_endings=tuple(before["reference_endings"]),
        publications=folded(before["publications"]),
        units=folded(after["units"]),
        nouns=folded(after["nouns"]),
        noun_endings=tuple(after["noun_endings"]),
        plural_endings=tuple(after["plural_endings"]),
        adjectives=folded(after["adjectives"]),
        not_nouns=folded(after["not_nouns"]),
        conjunctions=folded(words()["words"]["and"]),
        suffixes=re.compile("|".join(map(re.escape, after["suffixes"]))),
        companies=folded(after["company"]["forms"]),
        addresses=tuple(name["addresses"]),
        cues=folded(name["cues"]),
        cue_endings=tuple(name["cue_endings"]),
        laws=folded(name["laws"]),
        ends=folded(name["ends"]),
        plain=folded(name["plain"]),
    )


def is_noun(word: str, *, sure: bool) -> bool:
    """Tell whether a word is a counted thing; where it need not be sure, any plural will do."""
    known = year_words()
    plain = fold(word)
    if not word or not word[0].islower() or plain in known.not_nouns:
        return False
    if plain in known.nouns or plain.endswith(known.noun_endings):
        return True
    if any(len(noun) > _PLURAL_LENGTH and plain.endswith(noun) for noun in known.nouns):
        return True
    return not sure and len(plain) >= _PLURAL_LENGTH and plain.endswith(known.plural_endings)


def is_unit(word: str) -> bool:
    """Tell whether a word measures: ``euro``, ``meter``."""
    return fold(word) in year_words().units


def refers(word: str) -> bool:
    """Tell whether a folded word announces a number of something: ``dossiernummer``."""
    known = year_words()
    return word in known.reference or word.endswith(known.reference_endings)


def is_name_cue(word: str) -> bool:
    """Tell whether a word begins or is a name that a year belongs to: ``agenda``, ``onderwijsakkoord``."""
    known = year_words()
    plain = fold(word)
    return plain in known.cues or (plain.endswith(known.cue_endings) and plain not in known.ends)
