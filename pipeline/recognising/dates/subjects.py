"""Whom the words around a date speak of: the project, a phase of it, or something else that has dates of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Literal

from pipeline.recognising.dates.lexicon import SPACE, fold, one_of, words

Subject = Literal["project", "first", "later", "last", "other"]
"""The project; its first, a later or its last phase; something else: a law, an evaluation, another project."""
_MOST_OPENING = 6
"""Words of a subject that opens its sentence; where more stand before a relative clause, a verb is among them."""
_MOST_BETWEEN = 3
"""Words between `dat` and its date, where no comma shows a relative clause: `het onderzoek dat tot 2027 loopt`."""
_PHRASE = 60
"""Code points between a preposition and its noun."""
_BRACKETS = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class About:
    """Whom a date belongs to."""

    subject: Subject
    is_named: bool
    """Whether the words name it; where they do not, it is taken to be the project."""


def about(left: str, right: str) -> About:
    """Return whom a date belongs to.

    Parameters
    ----------
    left
        The words of its sentence before it.
    right
        The words of its clause behind it.
    """
    earlier, _, part = _BRACKETS.sub("", left).rpartition(";")
    relative = _relative(part, earlier)
    if relative is not None:
        return relative
    after = _after_boundary(part)
    near = list(_subjects(after))[-1:] or list(islice(_subjects(right), 1)) or list(islice(_subjects(part), 1))
    return About(near[0], is_named=True) if near else About("project", is_named=False)


def stands_among_phases(left: str) -> bool:
    """Tell whether the words before a date list the phases of the project: `twee perioden, 2018-2020 en 2021-2023`."""
    return _known().together.search(left) is not None


def _after_boundary(part: str) -> str:
    ends = [match.end() for match in _known().boundary.finditer(part)]
    return part[ends[-1] :] if ends else part


def _relative(part: str, earlier: str) -> About | None:
    """Return whom a relative clause is about that the date stands in: what stands before its pronoun."""
    found = list(_known().pronoun.finditer(part))
    if not found:
        return None
    pronoun = found[-1]
    inside = part[pronoun.end() :]
    if _known().closing.search(inside):
        return None
    if "," not in pronoun[0] and len(inside.split()) > _MOST_BETWEEN:
        return None
    before = part[: pronoun.start()]
    if not before.strip():
        before = earlier
    named = list(_subjects(before, is_antecedent=True))
    opens = before is earlier or (len(before.split()) <= _MOST_OPENING and not _known().verb.search(before))
    if opens:
        return About(named[-1] if named else "project", is_named=bool(named))
    return About("project" if _known().this.search(before) else "other", is_named=True)


def _subjects(text: str, *, is_antecedent: bool = False) -> Iterator[Subject]:
    """Give what the nouns of a text that are no part of a phrase with a preposition stand for, in order."""
    for match in _known().noun.finditer(text):
        near = text[max(0, match.start() - _PHRASE) : match.start()]
        if is_antecedent or not _known().prepositional.search(near):
            yield _subject(match)


def _subject(match: re.Match[str]) -> Subject:
    if match["phase"]:
        ordinal = fold(match["nth"] or match["number"])
        return "first" if ordinal in _known().first else "last" if ordinal in _known().last else "later"
    return "project" if match["own"] and not match["foreign"] else "other"


@dataclass(frozen=True, slots=True)
class _Known:
    boundary: re.Pattern[str]
    noun: re.Pattern[str]
    prepositional: re.Pattern[str]
    pronoun: re.Pattern[str]
    closing: re.Pattern[str]
    verb: re.Pattern[str]
    this: re.Pattern[str]
    together: re.Pattern[str]
    first: frozenset[str]
    last: frozenset[str]


@cache
def _known() -> _Known:
    known: dict[str, Any] = words()["subjects"]
    own, others, phases = (one_of(known[key]) for key in ("own", "others", "phases"))
    nth = one_of([*known["first"], *known["later"], *known["last"]])
    foreign, another, earlier = (one_of(known[key]) for key in ("foreign", "another", "earlier"))
    determiner, verb = (one_of(known[key]) for key in ("determiners", "verbs"))
    times = rf"(?:s?{one_of(known['times'])})?"
    between = rf"{SPACE}(?:[^\W\d_]+{SPACE})?"
    noun = (
        rf"(?<!\w)(?:(?P<phase>(?P<nth>{nth}){between}{phases}|{phases}{SPACE}(?P<number>\d|[IVX]+(?!\w)))"
        rf"|(?P<foreign>{foreign}{between})?(?:(?:een{SPACE}{another}|{earlier}){SPACE}[^\W\d_]+|[^\W\d_]*{others}{times}|(?P<own>[^\W\d_]*{own})))(?!\w)"
    )
    return _Known(
        boundary=re.compile(rf";|(?:,\s|\s){one_of(words()['clauses']['joined'])}\s|,\s", re.IGNORECASE),
        noun=re.compile(noun, re.IGNORECASE),
        prepositional=re.compile(
            rf"(?<!\w){one_of(known['prepositions'])}{SPACE}(?:{determiner}{SPACE})?(?:[^\W\d_]+e{SPACE}){{0,2}}\Z",
            re.IGNORECASE,
        ),
        pronoun=re.compile(
            rf"(?:,\s?|\s)(?:{one_of(known['pronouns'])}(?!\w)(?!{SPACE}{determiner}{SPACE})"
            rf"|{one_of(known['adverbs'])}(?!\w))",
            re.IGNORECASE,
        ),
        closing=re.compile(rf",{SPACE}(?:en{SPACE})?{verb}(?!\w)", re.IGNORECASE),
        verb=re.compile(rf"(?<!\w){verb}(?!\w)", re.IGNORECASE),
        this=re.compile(rf"(?<!\w){one_of(known['this'])}{between}{own}$", re.IGNORECASE),
        together=re.compile(rf"(?<!\w){one_of(known['together'])}(?!\w)[^.;]{{0,160}}$", re.IGNORECASE),
        first=frozenset(map(fold, known["first"])),
        last=frozenset(map(fold, known["last"])),
    )
