"""The counted noun after a number, without a tagger: by endings and word lists.

`ruim 200 deelnemende hotels` counts hotels: adjectives end in -e or stand in a list, a plural noun ends in -en or
-s, and a function word ends the phrase. Where no noun is found it was left out.
"""

from dataclasses import dataclass

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.attributes import after_link, head_of_attribute
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.wording import (
    ADVERBS,
    COORDINATORS,
    STOP,
    describes,
    is_adjective,
    is_auxiliary,
    is_participle,
    is_plural,
    is_singular,
    is_verb,
    unmarked,
)
from pipeline.recognising.numbers import read_word
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["nouns"]
_FIRST_WORDS = frozenset(_DATA["first_words"])
_LINKED = frozenset(_DATA["linked"])
_QUOTES = frozenset("'\"‘’“”„«»")
_HYPHENS = frozenset("-‐‑–")
_REACH = 9
"""How many tokens after a number its noun is looked for; a long attribute counts as one."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as it stands after a number."""

    text: str
    first: int
    """Index of its first token."""
    after: int
    """Index of the token after it."""
    sure: bool
    """Found by a rule that does not guess."""


def read_noun(tokens: Tokens, index: int, *, singular: bool) -> Noun | None:
    """Read the counted noun of a phrase that begins at a token.

    Parameters
    ----------
    tokens
        The text.
    index
        The token after the number.
    singular
        The number is one, so that the noun has no plural ending.
    """
    return _read(tokens, index, singular=singular, described=False)


def _read(tokens: Tokens, index: int, *, singular: bool, described: bool) -> Noun | None:
    """Read a noun phrase, or what follows an adjective of it."""
    at = index
    start: int | None = None  # where a noun of several words begins
    for _ in range(_REACH):
        token = tokens[at]
        if not tokens.follows(at):
            return None
        if token.kind != "word":
            bracketed = _bracketed(tokens, at)
            skipped = _skip_sign(tokens, at) if bracketed is None else None
            if skipped is None:
                return bracketed
            at = skipped
            continue
        word = token.fold
        if tokens[at + 2].fold in COORDINATORS and is_numeral(tokens, at + 3) and _hyphened(tokens, at):
            return _noun(tokens, at, at + 1, sure=False)  # `120 huur- en 80 koopwoningen`
        if _hyphen_hangs(tokens, at):
            start = at if start is None else start
            at += 3
            continue
        if word == "te" and _is_infinitive(tokens, at + 1):
            described, at = True, at + 2
            continue
        head = None if described or start is not None else _long_attribute(tokens, at, singular=singular)
        if head is not None:
            described, at = True, head + 1
            continue
        if word in ADVERBS and _leads_on(tokens, at + 1):
            at += 1
            continue
        linked = after_link(tokens, at) if described and word in COORDINATORS else None
        if linked is not None and _describes_at(tokens, linked, singular=singular):
            at = linked
            continue
        if word in STOP or is_auxiliary(word) or read_word(token.text) is not None:
            return None
        if is_verb(token) and not (described or start is not None):
            return None
        if _describes_at(tokens, at, singular=singular):
            described, at = True, at + 1
            continue
        if is_participle(token) and not described:
            return None
        if is_singular(token) if singular else is_plural(token):
            return _noun(tokens, at if start is None else start, at, sure=True)
        following = tokens[at + 1]
        if not tokens.follows(at + 1) or following.kind != "word":
            return None
        if word in _FIRST_WORDS and following.fold in _LINKED:  # `proofs of concept`
            start, at = at if start is None else start, at + 2
            continue
        if following.fold in STOP:
            return None
        if word in _FIRST_WORDS or (token.text[0].isupper() and not following.fold.endswith("e")):
            start = at if start is None else start
        elif following.fold.endswith("e") or _describes_at(tokens, at + 1, singular=False):
            described = True
        elif is_plural(following) and word[-1] not in "dt":
            return _noun(tokens, at, at + 1, sure=False)
        else:
            return None
        at += 1
    return None


def _noun(tokens: Tokens, first: int, last: int, *, sure: bool) -> Noun:
    """Build the noun that runs over some tokens."""
    text = " ".join(tokens.text[tokens[first].start : tokens[last].end].split())
    return Noun(unmarked(text) or text, first, last + 1, sure)


def _long_attribute(tokens: Tokens, at: int, *, singular: bool) -> int | None:
    """Return the last word of a long attribute: `door de gemeente aangewezen`."""
    return head_of_attribute(
        tokens, at, lambda after: _read(tokens, after, singular=singular, described=True) is not None
    )


def _describes_at(tokens: Tokens, at: int, *, singular: bool) -> bool:
    """Tell whether the word at an index describes a noun after it."""
    return is_adjective(tokens[at], singular=singular) and tokens.follows(at) and _may_go_on(tokens, at + 1)


def _may_go_on(tokens: Tokens, at: int) -> bool:
    """Tell whether the noun phrase may go on with a token."""
    token = tokens[at]
    if not tokens.follows(at):
        return False
    if token.kind != "word":
        return token.text == "(" or token.text in _QUOTES or after_link(tokens, at) is not None
    if token.fold in COORDINATORS:
        return after_link(tokens, at) is not None
    return token.fold not in STOP


def _is_infinitive(tokens: Tokens, at: int) -> bool:
    """Tell whether `nog te starten` goes on with an infinitive and a noun."""
    noun = tokens[at + 1]
    return tokens[at].fold.endswith("n") and noun.kind == "word" and tokens.follows(at + 1) and noun.fold not in STOP


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Tell whether an adverb may stand before a token inside a noun phrase."""
    token = tokens[at]
    if token.kind != "word" or not tokens.follows(at):
        return False
    return token.fold == "te" or token.fold in ADVERBS or not (token.fold in STOP or is_verb(token))


def _skip_sign(tokens: Tokens, at: int) -> int | None:
    """Return the token to go on with after a sign inside a noun phrase."""
    token = tokens[at]
    if token.text in _QUOTES:
        return at + 1
    if token.text == "," and describes(tokens[at - 1]):
        return after_link(tokens, at)
    if token.text == "(":
        for close in range(at + 2, at + 5):
            if tokens[close].text == ")":
                return _after_bracket(tokens, at, close)
    return None


def _after_bracket(tokens: Tokens, opened: int, closed: int) -> int | None:
    """Skip `(potentiële)` and `(inter)nationale`, adjectives in brackets."""
    if tokens[closed + 1].glued and tokens[closed + 1].kind == "word":
        return closed + 2 if describes(tokens[closed + 1]) and _may_go_on(tokens, closed + 2) else None
    return closed + 1 if all(describes(tokens[at]) for at in range(opened + 1, closed)) else None


def _bracketed(tokens: Tokens, at: int) -> Noun | None:
    """Read a noun such as `(deel)projecten`."""
    if tokens[at].text != "(":
        return None
    for close in range(at + 2, at + 5):
        if tokens[close].text == ")":
            glued = tokens[close + 1].glued or tokens[close - 1].text in _HYPHENS
            return _noun(tokens, at, close + 1, sure=True) if glued and is_plural(tokens[close + 1]) else None
    return None


def _hyphen_hangs(tokens: Tokens, at: int) -> bool:
    """Tell whether `zorg- en welzijnsorganisaties` begins here."""
    conjunction, rest = tokens[at + 2], tokens[at + 3]
    return (
        _hyphened(tokens, at)
        and conjunction.fold in COORDINATORS
        and not conjunction.glued
        and rest.kind == "word"
        and tokens.follows(at + 3)
    )


def _hyphened(tokens: Tokens, at: int) -> bool:
    """Tell whether a hyphen hangs on a word: `zorg-`."""
    return tokens[at + 1].text in _HYPHENS and tokens[at + 1].glued and not tokens[at + 2].glued
