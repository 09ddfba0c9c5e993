"""Whether one name is only another spelling of a second: damage by OCR, a slip of the pen, words split or joined."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.cleaning.lexicon import is_known
from pipeline.cleaning.readings import ALL

_SHORTEST = 5
"""Letters below which a word must be the same: too many short names differ by one letter."""
_SLIP = 3
"""What a wrong, missing, extra or swapped letter costs, in the costs of the confusions of glyphs."""
_BUDGETS = ((15, 6), (12, 5), (8, 3), (_SHORTEST, 2))
"""From so many letters on, what may be wrong with a word: 2 is one common confusion of glyphs, 3 a slip."""
_LONG = 20
"""Letters of a name from which on any word of it may have one slip: the rest of the name vouches for it."""
_PER_NAME = 7
"""What may be wrong with all words of a name together."""
_NUMBERS = re.compile(r"\d+")


def spelling_cost(seen: str, meant: str) -> int | None:
    """Return what is wrong with `seen`, a folded name, as a spelling of `meant`; None where it is another name.

    Each word must be the same, or damaged within what its length allows. A damaged word that is a known Dutch word is
    no damage: `Leeromgeving` is not `Leefomgeving` misread. Numbers must be the same.
    """
    words, others = seen.split(), meant.split()
    if len(words) != len(others) or _NUMBERS.findall(seen) != _NUMBERS.findall(meant):
        return None
    total = 0
    for one, other in zip(words, others, strict=True):
        if one == other:
            continue
        cost = word_cost(one, other, in_long=len(meant) >= _LONG)
        if cost is None or is_known(one):
            return None
        total += cost
    return total if total <= _PER_NAME else None


@lru_cache(maxsize=50_000)
def word_cost(seen: str, meant: str, *, in_long: bool) -> int | None:
    """Return what is wrong with a folded word, within what the length of both, and of the name, allows; else None."""
    shortest = min(len(seen), len(meant))
    budget = next((budget for letters, budget in _BUDGETS if shortest >= letters), 0)
    if budget and in_long:
        budget = max(budget, _SLIP)
    if not budget or abs(len(seen) - len(meant)) > 2:
        return None
    cost = _confusions(seen, meant, budget)
    if cost is not None:
        return cost
    if seen[0] != meant[0]:
        return None
    slips = int(OSA.distance(seen, meant, score_cutoff=budget // _SLIP))
    return slips * _SLIP if slips * _SLIP <= budget else None


def _confusions(seen: str, meant: str, budget: int) -> int | None:
    """Return the least cost of the confusions of glyphs that turned `meant` into `seen`, if within the budget."""
    costs = {(0, 0): 0}
    todo = [(0, 0)]
    best: int | None = None
    while todo:
        state = todo.pop()
        at, to = state
        cost = costs[state]
        if at == len(seen):
            if to == len(meant) and (best is None or cost < best):
                best = cost
            continue
        steps = [(at + 1, to + 1, 0)] if to < len(meant) and seen[at] == meant[to] else []
        steps += [
            (at + len(s), to + len(m), more)
            for s, m, more in ALL.get(seen[at], ())
            if seen.startswith(s, at) and meant.startswith(m, to)
        ]
        for at_next, to_next, more in steps:
            if cost + more <= budget and costs.get((at_next, to_next), budget + 1) > cost + more:
                costs[at_next, to_next] = cost + more
                todo.append((at_next, to_next))
    return best
