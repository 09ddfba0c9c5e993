"""Whether a date is a reference date: the day on which something was counted, by its words or by what is said of it."""

import re
from functools import cache

from pipeline.recognising.dates.clauses import clause_before, cue
from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.numerals import read_words
from pipeline.recognising.spans import DateValue

_NEAR = 80
"""Code points before a date in which its announcement stands."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORD = re.compile(r"[^\W_]+(?:[-.,][^\W_]+)*")
_LEAST_COUNT = 2
"""A number word that counts: `een` is an article."""


def is_announced(left: str) -> bool:
    """Tell whether the words right before a date say that it is a reference date: ``peildatum``, ``stand per``."""
    near = left[-_NEAR:]
    return _right_before().search(near) is not None or _announced().search(near) is not None


def states_count(sentence: str, left: str, right: str, value: DateValue) -> bool:
    """Tell whether a clause says how many there were on a day: ``op 1 oktober waren er 40``, ``342 (1 januari 2023)``.

    Parameters
    ----------
    sentence
        The words of its sentence before the date.
    left
        Those behind the date before it, if one stands there.
    right
        The words of its clause behind it.
    value
        What the date means: a day, or a part of a year or month; nothing is counted on a longer time.
    """
    if value.part is None and _DAY.fullmatch(value.edtf) is None:
        return False
    on = _on().search(left)
    if on is None and value.part is None:
        return False
    said = f"{clause_before(sentence)} … {right}"
    if cue("reference", "goals").search(said) or cue("reference", "events").search(said):
        return False
    is_for_counting = on is None or value.part is not None or on["counted"] is not None or on["bracket"] is not None
    states = [cue("reference", "states"), *([cue("reference", "present")] if is_for_counting else [])]
    own = f"{_and().split(clause_before(left))[-1]} … {right}"
    return any(state.search(said) for state in states) and any(map(_is_count, _WORD.findall(own)))


def _is_count(word: str) -> bool:
    read = read_words([word])
    return read is not None and (word[0].isdigit() or read[0] >= _LEAST_COUNT)


@cache
def _right_before() -> re.Pattern[str]:
    cues, little = one_of(words()["roles"]["reference"]["near"]), one_of(words()["roles"]["skip"])
    return re.compile(rf"(?<!\w){cues}(?:\s?[:(|,]\s?|{SPACE})(?:{little}{SPACE}){{0,3}}\(?$", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    """Compile ``op het moment van de aanvraag (begin 2023)``: no other clause between cue and date."""
    cues = one_of(words()["roles"]["reference"]["moment"])
    return re.compile(rf"(?<!\w){cues}(?!\w)[^.;:,]{{0,60}}(?::\s?)?$", re.IGNORECASE)


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf",{SPACE}{one_of(words()['roles']['joins'])}(?!\w)", re.IGNORECASE)


@cache
def _on() -> re.Pattern[str]:
    """Compile what stands before a day on which something is counted."""
    counted = one_of(words()["roles"]["reference"]["counted_on"])
    return re.compile(
        rf"(?:(?<!\w)(?:op|(?P<counted>{counted})){SPACE}|(?P<bracket>\d[^().;]{{0,60}}\())$", re.IGNORECASE
    )
