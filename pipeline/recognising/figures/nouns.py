"""The counted noun after a number, without a tagger: by endings and word lists.

`ruim 200 deelnemende hotels` counts hotels: adjectives end in -e or stand in a list, a plural noun ends in -en or
-s, and a function word ends the phrase. Where no noun is found it was left out.
"""

from dataclasses import dataclass

from pipeline.recognising.figures.tokens import Token, Tokens
from pipeline.recognising.numbers import read_word
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["nouns"]
_STOP = frozenset(_DATA["stop"])
_VERBS = frozenset(_DATA["verbs"])
_AUXILIARIES = frozenset(_DATA["auxiliaries"])
_ADJECTIVES = frozenset(_DATA["adjectives"])
_FINITE = frozenset(_DATA["finite"])
_ADVERBS = frozenset(_DATA["adverbs"])
_PARTICIPLES: tuple[str, ...] = tuple(_DATA["participles"])
_NOT_PARTICIPLES = frozenset(_DATA["not_participles"])
_E_NOUNS: tuple[str, ...] = tuple(_DATA["e_nouns"])
_ADJECTIVE_ENDINGS: tuple[str, ...] = tuple(_DATA["adjective_endings"])
_SINGULAR_ADJECTIVES = frozenset(_DATA["singular_adjectives"])
_INVARIABLE = frozenset(_DATA["invariable"])
_PLURAL_ENDINGS: tuple[str, ...] = tuple(_DATA["plural_endings"])
_SINGULAR_ENDINGS: tuple[str, ...] = tuple(_DATA["singular_endings"])
_PLURAL_AFTER_ALL: tuple[str, ...] = tuple(_DATA["plural_after_all"])
_NOT_PLURAL = frozenset(_DATA["not_plural"])
_FIRST_WORDS = frozenset(_DATA["first_words"])
_COORDINATORS = frozenset({"en", "of", "en/of"})
_QUOTES = frozenset("'\"‘’“”„«»")
_REACH = 9
"""How many tokens after a number its noun is looked for."""


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
    at = index
    start: int | None = None  # where a noun of several words begins
    described = False  # an adjective was read
    while at < index + _REACH and tokens.follows(at):
        token = tokens[at]
        if token.kind != "word":
            skipped = _skip_sign(tokens, at)
            if skipped is None:
                return None
            if skipped < 0:
                return _bracketed(tokens, at)
            at = skipped
            continue
        word = token.fold
        if _hyphen_hangs(tokens, at):
            start = at if start is None else start
            at += 3
            continue
        if word == "te" and _is_infinitive(tokens, at + 1):
            described, at = True, at + 2
            continue
        if word in _ADVERBS and _leads_on(tokens, at + 1):
            at += 1
            continue
        if word in _COORDINATORS and described and _is_adjective(tokens, at + 1, singular=singular):
            at += 1
            continue
        if word in _STOP or word in _AUXILIARIES or read_word(token.text) is not None:
            return None
        if word in _VERBS and not (described or start is not None):
            return None
        if _is_adjective(tokens, at, singular=singular):
            described, at = True, at + 1
            continue
        if is_participle(token) and not described:
            return None
        if singular or is_plural(token):
            return _noun(tokens, at if start is None else start, at, sure=True)
        following = tokens[at + 1]
        if not tokens.follows(at + 1) or following.kind != "word" or following.fold in _STOP:
            return None
        if word in _FIRST_WORDS or (token.text[0].isupper() and not following.fold.endswith("e")):
            start = at if start is None else start
        elif following.fold.endswith("e") or _is_adjective(tokens, at + 1, singular=False):
            described = True
        elif is_plural(following) and word[-1] not in "dt" and following.fold not in _VERBS:
            return _noun(tokens, at, at + 1, sure=False)
        else:
            return None
        at += 1
    return None


def is_plural(token: Token) -> bool:
    """Tell whether a word looks like a plural noun."""
    word = _bare(token.fold)
    if word in _INVARIABLE:
        return True
    if word in _STOP or word in _NOT_PLURAL or len(word) < 3:
        return False
    singular = word.endswith(_SINGULAR_ENDINGS) and not word.endswith(_PLURAL_AFTER_ALL)
    return word.endswith(_PLURAL_ENDINGS) and not singular


def is_participle(token: Token) -> bool:
    """Tell whether a word is a known participle in -en: `ingetrokken`."""
    return token.fold.endswith(_PARTICIPLES) and token.fold not in _NOT_PARTICIPLES


def is_verb(token: Token) -> bool:
    """Tell whether a word is a known verb form."""
    return token.fold in _VERBS or token.fold in _AUXILIARIES or token.fold in _FINITE


def describes(token: Token) -> bool:
    """Tell whether a word by itself looks like an adjective."""
    return token.fold.endswith("e") and token.fold not in _STOP


def _noun(tokens: Tokens, first: int, last: int, *, sure: bool) -> Noun:
    """Build the noun that runs over some tokens."""
    after = last + 1
    end = tokens[last].end
    text = " ".join(tokens.text[tokens[first].start : end].split())
    return Noun(text.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹0123456789") or text, first, after, sure)


def _bare(word: str) -> str:
    """Take a footnote mark off the end of a word."""
    return word.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹0123456789")


def _is_adjective(tokens: Tokens, at: int, *, singular: bool) -> bool:
    """Tell whether the word at an index describes the noun after it."""
    token = tokens[at]
    word = token.fold
    if token.kind != "word" or not tokens.follows(at) or word in _STOP or word in _INVARIABLE:
        return False
    goes_on = tokens.follows(at + 1) and _may_go_on(tokens, at + 1)
    if word in _ADJECTIVES:
        return goes_on
    if word.endswith("e"):
        return goes_on and not (singular and word.endswith(_E_NOUNS))
    if is_participle(token):
        return goes_on
    if not singular:
        return False
    known = word in _SINGULAR_ADJECTIVES or word in _ADVERBS
    return (known or (len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS))) and goes_on


def _may_go_on(tokens: Tokens, at: int) -> bool:
    """Tell whether the noun phrase may go on with a token."""
    token = tokens[at]
    if token.kind != "word":
        if token.text == ",":  # `grote, middelgrote en kleine gemeenten`
            return tokens[at + 1].fold.endswith("e") and tokens[at + 1].fold not in _STOP
        return token.text in "(" or token.text in _QUOTES
    if token.fold in _COORDINATORS:
        word = tokens[at + 1].fold
        describes = word.endswith(("e", *_PARTICIPLES)) or word in _ADJECTIVES
        return tokens[at + 1].kind == "word" and word not in _STOP and describes
    return token.fold not in _STOP


def _is_infinitive(tokens: Tokens, at: int) -> bool:
    """Tell whether `nog te starten` goes on with an infinitive and a noun."""
    noun = tokens[at + 1]
    return tokens[at].fold.endswith("n") and noun.kind == "word" and tokens.follows(at + 1) and noun.fold not in _STOP


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Tell whether an adverb may stand before a token inside a noun phrase."""
    token = tokens[at]
    if token.kind != "word" or not tokens.follows(at):
        return False
    if token.fold == "te" or token.fold in _ADVERBS:
        return True
    return token.fold not in _STOP and token.fold not in _VERBS and token.fold not in _AUXILIARIES


def _skip_sign(tokens: Tokens, at: int) -> int | None:
    """Return the token to go on with after a sign inside a noun phrase; -1 where a noun begins with a bracket."""
    token = tokens[at]
    if token.text in _QUOTES:
        return at + 1
    if token.text == "," and tokens[at + 1].fold.endswith("e") and not token.breaks:
        return at + 1 if tokens[at - 1].fold.endswith("e") else None
    if token.text == "(":
        for close in range(at + 2, at + 5):
            if tokens[close].text == ")":
                glued = tokens[close + 1].glued or tokens[close - 1].text == "-"
                return -1 if glued and tokens[close + 1].kind == "word" else _after_bracket(tokens, at, close)
    return None


def _after_bracket(tokens: Tokens, opened: int, closed: int) -> int | None:
    """Skip `(potentiële)`, adjectives in brackets."""
    return closed + 1 if all(tokens[at].fold.endswith("e") for at in range(opened + 1, closed)) else None


def _bracketed(tokens: Tokens, at: int) -> Noun | None:
    """Read a noun such as `(deel)projecten`."""
    for close in range(at + 2, at + 5):
        if tokens[close].text == ")":
            return _noun(tokens, at, close + 1, sure=True)
    return None


def _hyphen_hangs(tokens: Tokens, at: int) -> bool:
    """Tell whether `zorg- en welzijnsorganisaties` begins here."""
    hyphen, conjunction, rest = tokens[at + 1], tokens[at + 2], tokens[at + 3]
    return (
        hyphen.text in "-‐‑–"
        and hyphen.glued
        and conjunction.fold in _COORDINATORS
        and not conjunction.glued
        and rest.kind == "word"
        and tokens.follows(at + 3)
    )
