"""Find every known word that confusions of glyphs could have turned into what is printed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.cleaning.lexicon import lexicon, may_join
from pipeline.resources import vocabulary

_SHORTEST_PART = 4
"""Letters of a part of a compound that is only read, not printed: shorter ones make a word of anything."""
_MOST_PARTS = 3
_COMPOUND = 1
"""What a reading costs more for being a compound that is not listed."""


class Confusion(NamedTuple):
    """`seen` on the page stands for `meant`; a rarer one costs more."""

    seen: str
    meant: str
    cost: int


Confusions = dict[str, tuple[Confusion, ...]]
"""By the first letter seen."""


def _table(groups: Iterable[tuple[int, Iterable[str]]]) -> Confusions:
    found: defaultdict[str, list[Confusion]] = defaultdict(list)
    for cost, pairs in groups:
        for pair in pairs:
            seen, meant = pair.split(">")
            found[seen[0]].append(Confusion(seen, meant, cost))
    return {first: tuple(all_of) for first, all_of in found.items()}


_WORDS = vocabulary("cleaning/words.toml")
_MARKS = ((1, _WORDS["marks"]), (3, _WORDS["lost_accents"]))
MARKS = _table(_MARKS)
"""Diacritics that were lost or misread."""
ALL = _table([*_MARKS, *((group["cost"], group["pairs"]) for group in _WORDS["confusions"])])
"""Every confusion."""


class _State(NamedTuple):
    at: int
    whole: str
    """The parts of a compound that are complete."""
    part: str
    parts: int
    cost: int


def readings(printed: str, confusions: Confusions, budget: int) -> dict[str, int]:
    """Return the known words that confusions worth at most `budget` may have turned into `printed`, with their cost.

    Parameters
    ----------
    printed
        One word, in the case in which words are to be looked up.
    confusions
        Those to think of.
    budget
        The sum of the costs of all confusions in the word.
    """
    known = lexicon()
    found: dict[str, int] = {}
    cheapest: dict[tuple[int, str, str], int] = {}
    todo = [_State(0, "", "", 0, 0)]
    while todo:
        at, whole, part, parts, cost = todo.pop()
        key = (at, whole, part)
        if cheapest.get(key, budget + 1) <= cost:
            continue
        cheapest[key] = cost
        if at == len(printed):
            if (known.closes(part) and may_join(whole, part)) if parts else known.lists(part):
                found[whole + part] = min(cost, found.get(whole + part, cost))
            continue
        if (
            len(part) >= _SHORTEST_PART
            and len(printed) - at >= _SHORTEST_PART
            and parts < _MOST_PARTS - 1
            and (known.links(part) and may_join(whole, part) if parts else known.opens(part))
        ):
            extra = cost if parts else cost + _COMPOUND
            if extra <= budget:
                todo.append(_State(at, whole + part, "", parts + 1, extra))
        letter = part + printed[at]
        if known.begins(letter):
            todo.append(_State(at + 1, whole, letter, parts, cost))
        for seen, meant, more in confusions.get(printed[at], ()):
            if cost + more <= budget and printed.startswith(seen, at):
                letters = part + meant
                if known.begins(letters):
                    todo.append(_State(at + len(seen), whole, letters, parts, cost + more))
    return found
