"""When years are somebody's age: `jongeren van 12 tot 18 jaar`, `65-plussers`, `ouder dan 18`."""

from decimal import Decimal

from pipeline.recognising.figures.comparators import comparison_after
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.numbers import read_compound
from pipeline.recognising.spans import Comparator
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["ages"]
_ENDINGS = frozenset(_DATA["endings"])
_PLUS = frozenset(_DATA["plus"])
_MINUS = frozenset(_DATA["minus"])
_AGE_WORDS = frozenset(_DATA["words"])
_LABELS: tuple[str, ...] = tuple(_DATA["labels"])
_OLD = frozenset(_DATA["oud"])
_CUES = tuple(tuple(phrase.split()) for phrase in _DATA["cues"])
_ONLY = tuple(tuple(phrase.split()) for phrase in _DATA["only"])
_PEOPLE: tuple[str, ...] = tuple(_DATA["people"])
_SINGLES: tuple[str, ...] = tuple(_DATA["singles"])
_AGE_AFTER = frozenset(_WORDS["comparison"]["age_after"])
_LIMITS = (("boven", "de"), ("onder", "de"), ("vanaf",), ("beneden", "de"))
_UP_TO = (("tot",), ("tot", "en", "met"), ("t/m",))
_LEAST_AGE = 12
"""`tot 18 jaar` by itself is an age from here on; below it, `tot 3 jaar` is a length of time."""
_OLDEST = 120
_REACH = 6


def read_plus_word(word: str) -> tuple[Decimal, Comparator] | None:
    """Read a folded word such as `vijfenzestigplussers`."""
    for endings, sign in ((_PLUS, ">="), (_MINUS, "<")):
        for ending in endings:
            head = word.removesuffix(ending)
            value = read_compound(head.rstrip("-")) if head != word and head else None
            if value is not None and value >= _LEAST_AGE:
                return Decimal(value), ">=" if sign == ">=" else "<"
    return None


def is_age_word(word: str) -> bool:
    """Tell whether a folded word of a label says that the number behind it is an age: `leeftijd`."""
    return word.startswith(_LABELS)


def plus_sign(tokens: Tokens, index: int) -> tuple[Comparator, int] | None:
    """Read `-plussers`, `-plus`, `+` after a number of years, and the token after it."""
    word = tokens[index].fold
    if word == "+":
        tail = tokens[index + 1]
        if tail.text in "'’-" and tail.glued:
            return ">=", index + 3
        years = tokens[index - 1].text
        old = years.isdigit() and _LEAST_AGE <= int(years[:4]) <= _OLDEST
        return (">=", index + 1) if old and read_noun(tokens, index + 1, singular=False) is None else None
    if word in _PLUS:
        return ">=", index + 1
    return ("<", index + 1) if word in _MINUS and len(word) > 3 else None


def is_person_period(tokens: Tokens, index: int, ending: str) -> bool:
    """Tell whether `12-jarige` describes a person; the index is of the token after it."""
    if ending in _ENDINGS:
        return True
    for at in range(index, index + 3):
        word = tokens[at].fold
        if not tokens.follows(at) or tokens[at].kind != "word":
            return False
        if _is_person(word) or word.endswith(_SINGLES):
            return True
    return False


def is_age(tokens: Tokens, first: int, number: int, after: int, *, bare: bool) -> bool:
    """Tell whether a number of years, or a number without unit, is an age.

    Parameters
    ----------
    tokens
        The text.
    first, number, after
        Where the evidence begins, where its number begins, and the token after it.
    bare
        No word for years follows the number.
    """
    between = _between(tokens, first, number)
    if any(between[: len(phrase)] == phrase for phrase in _ONLY):
        return not bare or not tokens[number].text[:1].isalpha()
    if comparison_after(tokens, after) is not None and tokens[after + 1].fold in _AGE_AFTER:
        return True
    if bare:
        return _is_limited(tokens, first, number)
    if tokens.follows(after) and tokens[after].fold in _OLD:
        return True
    if _is_described(tokens, first, number) or _mentions_age(tokens, first):
        return True
    cue = between or tokens.folds(first - 1, 1)
    if any(cue[: len(phrase)] == phrase for phrase in _LIMITS):
        return True
    old_enough = tokens[number].text.isdigit() and _LEAST_AGE <= int(tokens[number].text[:4]) <= _OLDEST
    return old_enough and any(cue[: len(phrase)] == phrase for phrase in _UP_TO)


def _between(tokens: Tokens, first: int, number: int) -> tuple[str, ...]:
    """Return the words of the evidence before its number."""
    return tokens.folds(first, number - first) if number > first else ()


def _is_limited(tokens: Tokens, first: int, number: int) -> bool:
    """Tell whether a bare number follows `jongeren onder de`, `kinderen tot`."""
    between = _between(tokens, first, number)
    limited = any(between == phrase for phrase in _LIMITS)
    return limited and _is_person(tokens[first - 1].fold) and tokens.follows(first)


def _is_described(tokens: Tokens, first: int, number: int) -> bool:
    """Tell whether a noun for people stands before the number, with a cue or a bracket between."""
    at = first
    for phrase in _CUES:
        if tokens.folds(first - len(phrase), len(phrase)) == phrase:
            at = first - len(phrase)
    before = tokens[at - 1]
    if before.text == "(" or before.text == ",":
        before = tokens[at - 2]
    cued = at < first or number > first or before is not tokens[at - 1] or tokens[number].kind == "number"
    return cued and before.kind == "word" and (_is_person(before.fold) or before.fold.endswith(_SINGLES))


def _mentions_age(tokens: Tokens, first: int) -> bool:
    """Tell whether a word such as `leeftijd` stands closely before."""
    sentence = tokens.sentence[first] if first < len(tokens) else -1
    return any(
        tokens[at].fold in _AGE_WORDS and at >= 0 and tokens.sentence[at] == sentence
        for at in range(first - 1, first - _REACH, -1)
        if at >= 0
    )


def _is_person(word: str) -> bool:
    """Tell whether a folded word is a noun for people."""
    return word.endswith(_PEOPLE)
