"""Long attributes before a counted noun: `12 door de gemeente aangewezen locaties`, `vier (potentiële) gezinnen`."""

from collections.abc import Callable

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.wording import (
    ADVERBS,
    COORDINATORS,
    STOP,
    describes,
    is_adjective,
    is_attribute,
)
from pipeline.recognising.kinds import kinds_of
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["attributes"]
_PREPOSITIONS = frozenset(_DATA["prepositions"])
_ADVERBS = frozenset(_DATA["adverbs"]) | ADVERBS
_DETERMINERS = frozenset(_DATA["determiners"])
_PLACES = frozenset(_DATA["places"])
_PHRASES = tuple(tuple(phrase.split()) for phrase in _DATA["phrases"])
_NOMINAL = frozenset(_DATA["nominal"])
_OF_PLACES: tuple[str, ...] = tuple(_DATA["of_places"])
_REACH = 11
"""How many tokens a long attribute may have."""


def head_of_attribute(tokens: Tokens, index: int, goes_on: Callable[[int], bool]) -> int | None:
    """Return the index of the participle or adjective that ends the long attribute which begins at a token.

    Parameters
    ----------
    tokens
        The text.
    index
        The first word of the attribute: `door`, `als`, `niet`.
    goes_on
        Whether a noun phrase goes on with the token at an index, past the head.
    """
    word = tokens[index].fold
    if word not in _PREPOSITIONS and word not in _ADVERBS:
        return None
    phrase = next((phrase for phrase in _PHRASES if tokens.folds(index, len(phrase)) == phrase), ())
    waits = False  # a preposition or determiner waits for its noun
    for at in range(index + len(phrase), index + _REACH):
        token = tokens[at]
        if token.kind not in ("word", "number") or (at > index and not tokens.follows(at)):
            return None
        word = token.fold
        if not waits and at > index and is_attribute(token) and goes_on(at + 1):
            return at
        if waits and word in _PLACES:
            waits = False
        elif word in _PREPOSITIONS or word in _DETERMINERS:
            waits = True
        elif word in COORDINATORS and is_numeral(tokens, at + 1):
            return None
        elif word in _ADVERBS or word in COORDINATORS:
            continue
        elif waits:
            waits = _is_inner_adjective(tokens, at)
        elif not (_goes_on_as_name(tokens, at) or tokens[at - 1].fold in COORDINATORS or "a" in kinds_of(word)):
            return None
    return None


def _is_inner_adjective(tokens: Tokens, at: int) -> bool:
    """Tell whether the noun of a preposition comes after a word: `nieuwe` in `op grond van de nieuwe wet`."""
    token = tokens[at]
    if token.text[0].isupper() and not token.fold.endswith(_OF_PLACES):  # `uit Oekraïne`, not `in Friese wateren`
        return False
    if token.fold.endswith("e"):
        return is_adjective(token, singular=True) and tokens[at - 1].fold not in _NOMINAL
    return "a" in kinds_of(token.fold) and "n" not in kinds_of(token.fold) and not token.text[0].isupper()


def _goes_on_as_name(tokens: Tokens, at: int) -> bool:
    """Tell whether a word is a further part of a name: `Apel` in `Ter Apel`."""
    return tokens[at].text[0].isupper() and tokens[at - 1].text[0].isupper()


def after_link(tokens: Tokens, index: int) -> int | None:
    """Return the adjective that a noun phrase goes on with after a comma or `en`: `lijkende, maar vlug gemaakte`.

    A number begins a phrase of its own: `vier nieuwe en zes bestaande locaties`.
    """
    if tokens[index].breaks or not (tokens[index].text == "," or tokens[index].fold in COORDINATORS):
        return None
    for at in range(index + 1, index + 4):
        token = tokens[at]
        if not tokens.follows(at) or token.kind != "word" or is_numeral(tokens, at):
            return None
        if describes(token) or is_adjective(token, singular=False):
            return at
        if token.fold in STOP and token.fold not in ADVERBS and token.fold not in COORDINATORS:
            return None
    return None
