"""What a date is to the project: start, end, running time or moment of counting, read from the words around it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import get_args

from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.spans import DateRole, DateValue

_NEAR, _CLAUSE, _SENTENCE = 60, 160, 240
_YEARS = re.compile(r"\d{4}/\d{4}|\d{4}-0[89]/\d{4}-0[78]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEVER = re.compile(r"(?!)")


@cache
def _near(role: DateRole) -> re.Pattern[str]:
    """Compile the cues that stand right before a date: ``gestart in``, ``looptijd:``."""
    cues = one_of(words()["roles"][role]["near"])
    return re.compile(rf"(?<!\w){cues}(?:\s?[:(|]\s?|{SPACE})(?:{_little()}){{0,3}}\(?$", re.IGNORECASE)


@cache
def _little() -> str:
    return f"{one_of(words()['roles']['skip'])}{SPACE}"


@cache
def _cue(role: DateRole, place: str) -> re.Pattern[str]:
    """Compile the cues of a role that stand in a place of their own."""
    return re.compile(rf"(?<!\w){one_of(words()['roles'][role][place])}(?!\w)", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    """Compile what shows that something was counted on that day: ``op 1 oktober waren er 40``."""
    cues = one_of(words()["roles"]["reference"]["after"])
    return re.compile(rf",?{SPACE}{cues}(?!\w)[^.;]{{0,60}}?\d", re.IGNORECASE)


def _after(role: DateRole, value: DateValue) -> re.Pattern[str]:
    """Return the cues that may follow at the end of the clause: ``in 2021 is X gestart``."""
    if role != "reference":
        return _cue(role, "after")
    return _counted() if value.part or _DAY.fullmatch(value.edtf) else _NEVER


def date_roles(
    text: str, dates: Sequence[tuple[int, int, DateValue]], sentences: Sequence[tuple[int, int]]
) -> list[DateRole | None]:
    """Return the role of each date, None where the text does not say.

    Parameters
    ----------
    text
        The whole text.
    dates
        Where each date starts and ends and what it means, in text order.
    sentences
        Bounds of the sentences; a cue counts only within the date's own.
    """
    starts = [start for start, _ in sentences]
    roles: list[DateRole | None] = []
    for place, (start, end, value) in enumerate(dates):
        low, high = sentences[max(0, bisect_right(starts, start) - 1)]
        before = dates[place - 1][1] if place else 0
        after = dates[place + 1][0] if place + 1 < len(dates) else len(text)
        left = text[max(low, before, start - _CLAUSE) : start]
        right = text[end : max(end, min(high, after, end + _SENTENCE))]
        roles.append(_role(left, right, value))
    return roles


def _possible(value: DateValue) -> tuple[DateRole, ...]:
    """Return the roles that a date of this form can have: a span is no start, an upper bound no period."""
    if value.modifier == "after":
        return ()
    if value.modifier == "from":
        return ("start",)
    if value.modifier:
        return ("end", "start")
    if "/" in value.edtf:
        return ("period",)
    if value.part or not value.edtf.isdecimal():
        return ("start", "end", "reference")
    return get_args(DateRole)


def _role(left: str, right: str, value: DateValue) -> DateRole | None:
    possible = _possible(value)
    for role in ("reference", "start", "end", "period"):
        if role in possible and _near(role).search(left[-_NEAR:]):
            return _sharpened(role, left, value)
    if "reference" in possible and _moment().search(left[-_NEAR - 20 :]):
        return "reference"
    if value.modifier in {"until", "through", "by"}:
        bound = _cue("end", "latest" if value.modifier == "by" else "bound")
        return "end" if bound.search(left) or bound.search(right[:_NEAR]) else None
    if value.modifier == "from":
        running = _cue("start", "running")
        return "start" if running.search(left[-_NEAR:]) or running.search(right[:_CLAUSE]) else None
    clause = _clause(right)
    found = [(match.start(), role) for role in possible if (match := _after(role, value).search(clause))]
    if found:
        return min(found)[1]
    return "period" if possible == ("period",) and _YEARS.fullmatch(value.edtf) else None


def _sharpened(role: DateRole, left: str, value: DateValue) -> DateRole:
    """Tell the running time that is one year, ``looptijd: 2024``, from the end that an upper bound gives."""
    if role == "end" and value.modifier is None and re.search(r"looptijd\W{0,3}$", left, re.IGNORECASE):
        return "period"
    return role


def _clause(right: str) -> str:
    """Cut the words after a date where another clause begins; what stands in brackets does not count."""
    right = re.sub(r"\([^()]{0,80}\)", "", right)
    return re.split(rf"[;:(]|,{SPACE}(?:maar|waarna|waarbij|waarvan|en)(?!\w)", right, maxsplit=1)[0]


@cache
def _moment() -> re.Pattern[str]:
    """Compile ``op het moment van de aanvraag (begin 2023)``: no other clause between cue and date."""
    return re.compile(rf"(?<!\w){one_of(words()['roles']['reference']['moment'])}(?!\w)[^.;:,]{{0,60}}$", re.IGNORECASE)
