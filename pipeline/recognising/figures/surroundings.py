"""The words around a bare number that say that its noun was left out: `waarvan 40`, `, in Assen 9`, `de overige 12`."""

from collections.abc import Sequence

from pipeline.recognising.figures.comparators import comparison_after
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.wording import is_done, is_verb
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["left_out"]


def _phrases(phrases: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


_BEFORE = _phrases(_DATA["before"])
_FILLERS = _phrases(_DATA["fillers"])
_REST = frozenset(_DATA["rest"])
_NEXT = frozenset(_DATA["next"])
_INSTEAD = _phrases(_DATA["instead"])
_PARALLELS = frozenset(_DATA["parallels"])
_NO_NAME = frozenset(_DATA["no_name"])
_NEAR = frozenset(_DATA["near"])
_OPENERS = frozenset(_DATA["clause_openers"])
_FAR = frozenset(_DATA["far"])
_TOWARD = frozenset(_DATA["toward"])
_LINKS = frozenset(_DATA["links"])
_REACH = 6
"""How many tokens before a number the words may stand that say so."""
_LEAST_WORD = 2
"""`één` by itself counts nothing."""
_MOST_FILLERS = 3
"""How many of `nog`, `in totaal` may follow one another."""
_NEAR_REACH = 5
"""How many tokens before a number `er` may stand."""


def said_before(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether `waarvan`, `van wie er` or `daarvan` stands before a number; takes the words into the evidence."""
    first = _before_fillers(tokens, reading.first)
    for phrase in _BEFORE:
        start = first - len(phrase)
        if tokens.folds(start, len(phrase)) == phrase and tokens.follows(first):
            reading.first = start
            if phrase[0] in _NEAR and len(phrase) == 1 and tokens[start - 1].fold in _FAR:
                reading.first = start - 1
            return True
    sentence = tokens.sentence[reading.number]
    for at in range(reading.first - 1, max(-1, reading.first - _REACH - 1), -1):
        if tokens.sentence[at] != sentence or tokens[at].text in ",;:":
            return False
        if tokens[at].fold in _FAR or (tokens[at].fold in _NEAR and at >= reading.first - _NEAR_REACH):
            return True
    return False


def _before_fillers(tokens: Tokens, index: int) -> int:
    """Go back over `nog`, `tot dusver`, `in totaal` before a number."""
    for _ in range(_MOST_FILLERS):
        used = next((len(phrase) for phrase in _FILLERS if _stands_before(tokens, index, phrase)), 0)
        if used == 0:
            break
        index -= used
    return index


def _stands_before(tokens: Tokens, index: int, phrase: tuple[str, ...]) -> bool:
    """Tell whether a phrase ends right before a token."""
    start = index - len(phrase)
    return tokens[index - 1].fold == phrase[-1] and tokens.follows(index) and tokens.folds(start, len(phrase)) == phrase


def stands_alone(tokens: Tokens, reading: Reading, barriers: Barriers, *, part: bool) -> bool:
    """Tell whether a bare number can count the noun of its sentence, by what stands around it."""
    compared = comparison_after(tokens, reading.after)
    after = reading.after if compared is None else compared.after
    following = tokens[after]
    ends = following.kind in ("end", "sign") or following.breaks or following.fold in _LINKS
    ends = ends and not (following.glued and following.text not in ",.;:)!?")
    first = _before_fillers(tokens, reading.first)
    before = tokens[first - 1]
    named = first - 1 in barriers.hard or first - 1 in barriers.soft
    numbered = before.kind == "number" and tokens.follows(first) and not named
    if numbered or before.fold in _NO_NAME:
        return False
    right = ends or following.fold in _NEXT or following.fold in _REST or is_verb(following) or is_done(following)
    if not right or (not reading.in_digits and reading.low < _LEAST_WORD):
        return False
    opens = not tokens.inside(first) or before.text in _OPENERS
    if opens or before.fold in _REST or following.fold in _REST or part:
        return True
    if (before.fold in _TOWARD or is_verb(before)) and not reading.compared:
        return ends or is_done(following) or is_verb(following)
    return _parallel(tokens, first) or reading.compared


def _parallel(tokens: Tokens, index: int) -> bool:
    """Tell whether `, in Assen`, `, de derde uit` or `in plaats van` stands before a number."""
    if any(_stands_before(tokens, index, phrase) for phrase in _INSTEAD):
        return True
    for at in range(index - 1, max(0, index - _REACH), -1):
        token = tokens[at]
        if token.kind not in ("word", "number") or not tokens.follows(at + 1):
            return False
        if token.fold in _PARALLELS and tokens[at - 1].text in _OPENERS:
            return True
    return False
