"""Which names that the register does not know are one body, and what that body is called in the annex."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.linking.match import is_place_word
from pipeline.linking.names import loose_key, plain_key, without_article, without_form
from pipeline.linking.spelling import spelling_cost
from pipeline.recognising.organisations.vocabulary import heads

_LEAST_LETTERS = 4
"""Letters of a name that is taken for a short form of another."""
_LIKE = 85.0
"""Least likeness, of 100, of two names that are looked at as spellings of one."""
_MOST_DAMAGE, _MOST_DAMAGE_LONG = 2, 3
"""What may be wrong with a new name as a spelling of another, and with a long one: no list vouches for either."""
_LONG = 18
_COMPASS = frozenset({"noord", "noordoost", "noordwest", "oost", "zuid", "zuidoost", "zuidwest", "west", "midden"})
_WHOLE = frozenset({"nederland", "netherlands", "holland"})
"""Places that a name bears without being a branch: all of the country."""


class Unknown(NamedTuple):
    """A name that the register does not know, in one section."""

    name: str
    section: int


@dataclass(slots=True)
class _Group:
    """Names of one body."""

    keys: list[str]
    """Its forms, folded, the first the one that it began with."""
    names: Counter[Unknown]
    damaged: set[str] = field(default_factory=set)
    """Names that are spelled wrong."""

    @property
    def sections(self) -> set[int]:
        return {unknown.section for unknown in self.names}


def same_bodies(unknown: Sequence[Unknown], known: Sequence[Mapping[str, str]]) -> dict[Unknown, str]:
    """Return for each unknown name what its body is called in the annex, or the id of the known body that it is.

    Names are one body where only spaces, hyphens, small words, articles and legal forms differ, or damage by OCR; or
    where one is a short form of the other, and of no other. A name that differs in a number, a place or a quarter of
    the compass is another body.

    Parameters
    ----------
    unknown
        Names in text order, each as often as it stands there.
    known
        Of each section, the name of each known body by its id: what a short name may stand for there.
    """
    groups = _by_key(unknown)
    _merge_spellings(groups)
    elsewhere = _merge_short_names(groups, known)
    called = {one: _fullest(group) for group in groups for one in group.names}
    return called | elsewhere


def _by_key(unknown: Sequence[Unknown]) -> list[_Group]:
    groups: dict[str, _Group] = {}
    for one in unknown:
        bare = without_form(one.name)
        key = loose_key(bare) or one.name
        group = groups.setdefault(key, _Group([plain_key(bare)], Counter()))
        group.names[one] += 1
        if plain_key(bare) not in group.keys:
            group.keys.append(plain_key(bare))
    return list(groups.values())


def _merge_spellings(groups: list[_Group]) -> None:
    """Take together the names that differ by damage: the rarer is the damaged one, of two as rare the later."""
    ordered = sorted(groups, key=lambda g: -g.names.total())
    kept: list[_Group] = []
    for group in ordered:
        home = _spelled_like(group, kept)
        if home is None:
            kept.append(group)
            continue
        home.names += group.names
        home.keys += group.keys
        home.damaged |= {one.name for one in group.names}
    groups[:] = [group for group in groups if any(group is one for one in kept)]


def _spelled_like(group: _Group, others: Sequence[_Group]) -> _Group | None:
    key = group.keys[0]
    near = process.extract(key, [other.keys[0] for other in others], scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3)
    for other, _, at in near:
        costs = [cost for cost in (spelling_cost(key, other), spelling_cost(other, key)) if cost is not None]
        differing = set(key.split()) ^ set(other.split())
        most = _MOST_DAMAGE_LONG if len(key) >= _LONG else _MOST_DAMAGE
        if costs and min(costs) <= most and not any(is_place_word(word) for word in differing):
            return others[at]
    return None


def _merge_short_names(groups: list[_Group], known: Sequence[Mapping[str, str]]) -> dict[Unknown, str]:
    """Move short names to the one body that they are short for; return those that are a known body of their section."""
    elsewhere: dict[Unknown, str] = {}
    for group in sorted(groups, key=lambda g: -len(g.keys[0].split())):
        short = group.keys[0].split()
        homes = [other for other in groups if other is not group and _is_short_for(short, other)]
        for section in sorted(group.sections):
            own = {one: count for one, count in group.names.items() if one.section == section}
            here = [home for home in homes if section in home.sections]
            bodies = [i for i, name in sorted(known[section].items()) if _contains(plain_key(name).split(), short)]
            if len(here) + len(bodies) == 1 and bodies:
                elsewhere |= dict.fromkeys(own, bodies[0])
            elif len(here) == 1 and not bodies:
                here[0].names.update(own)
            elif len(homes) == 1 and not bodies:
                homes[0].names.update(own)
            else:
                continue
            for one in own:
                del group.names[one]
    groups[:] = [group for group in groups if group.names]
    return elsewhere


def _is_short_for(short: Sequence[str], other: _Group) -> bool:
    return any(_contains(key.split(), short) for key in other.keys)


def _contains(words: Sequence[str], short: Sequence[str]) -> bool:
    """Whether `short` is the end of a name behind its head noun, or its beginning and long enough to tell it."""
    if not words or len(" ".join(short)) < _LEAST_LETTERS:
        return False
    if words[0] in heads() and "".join(words[1:]) == "".join(short):
        return True
    if len(short) >= len(words):
        return False
    rest = list(words[len(words) - len(short) :])
    if rest == list(short):
        return words[0] in heads() or len(short) > 1
    if list(words[: len(short)]) != list(short) or short[0] in heads():
        return False
    return not any(_tells_branch(word) for word in words[len(short) :])


def _tells_branch(word: str) -> bool:
    """Whether a word behind a name makes it that of a branch, or of another body: a number, a place."""
    return word.isdigit() or word in _COMPASS or (is_place_word(word) and word not in _WHOLE)


def _fullest(group: _Group) -> str:
    """Return the fullest form, without article, its first letter a capital; of those as full the most frequent."""
    counts: Counter[str] = Counter()
    for one, count in group.names.items():
        if one.name not in group.damaged:
            counts[_printed(one.name)] += count
    if not counts:
        counts.update(_printed(one.name) for one in group.names)
    fullest = max(counts, key=lambda n: (len(n.split()), counts[n], len(n)))
    first = fullest.split()[0]
    return fullest[0].upper() + fullest[1:] if first.islower() and first in heads() else fullest


def _printed(name: str) -> str:
    """Return a name without article, unless that is part of it (`De Schakel`)."""
    return without_article(name) if name[:1].islower() else name
