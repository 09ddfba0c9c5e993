"""When years are somebody's age: `jongeren van 12 tot 18 jaar`, `65-plussers`, `ouder dan 18`."""

from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.comparators import compare_late, comparison_after
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.numbers import read_compound, read_word
from pipeline.recognising.spans import Comparator
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["ages"]
_ENDINGS = frozenset(_DATA["endings"])
_NOUNS = frozenset(_DATA["nouns"])
_PLUS = frozenset(_DATA["plus"])
_MINUS = frozenset(_DATA["minus"])
_AGE_WORDS = frozenset(_DATA["words"])
_LABELS: tuple[str, ...] = tuple(_DATA["labels"])
_OLD = frozenset(_DATA["oud"])
_CUES = tuple(tuple(phrase.split()) for phrase in _DATA["cues"])
_ELDEST = frozenset(_DATA["eldest"])
_COPULAS = frozenset(_DATA["copulas"])
_FILL = frozenset(_DATA["fill"])
_PRONOUNS = frozenset(_DATA["pronouns"])
_SPEAKERS = frozenset(_DATA["alone"])
_SUBJECTS = frozenset(_DATA["subjects"])
_SPACED = frozenset(_DATA["spaced"])
_AVERAGE = frozenset(_DATA["average"])
_ONLY = tuple(
    (*before, *copula)
    for *before, than in map(str.split, _DATA["only"])
    for copula in ((than,), *((each, than) for each in _DATA["copulas"]))
)
_PARENTS: tuple[str, ...] = tuple(_DATA["parents"])
_INFANTS: frozenset[str] = frozenset(_DATA["infants"])
_YOUNGER = frozenset(_DATA["younger"])
_ENDS = frozenset(_DATA["ends"])
_WITH = frozenset(_DATA["with"])
_PEOPLE: tuple[str, ...] = tuple(_DATA["people"])
_SINGLES: tuple[str, ...] = tuple(_DATA["singles"])
_AGE_AFTER = frozenset(_WORDS["comparison"]["age_after"])
_LIMITS = frozenset(tuple(phrase.split()) for phrase in _DATA["limits"])
_UP_TO = frozenset(tuple(phrase.split()) for phrase in _DATA["up_to"])
_RANGED = frozenset(_WORDS["ranges"]["from"]) | frozenset(_WORDS["ranges"]["between"])
_ARTICLES = frozenset(_WORDS["ranges"]["articles"])
_OF = frozenset(_DATA["of"])
_AND = frozenset(_WORDS["ranges"]["listed"])
_LEAST_AGE = 12
"""`tot 18 jaar` by itself is an age from here on; below it, `tot 3 jaar` is a length of time."""
_OLDEST = 120
_OLDEST_GROUP = 99
"""`100+ deelnemers` are so many, `80+ bewoners` so old."""
_REACH = 6
_NEAR = 9
"""How many tokens before an age its subject stands."""
_LINKS = 2
_OPENED = frozenset("(,")
_FAR = 16
"""How many tokens before an average age its people stand."""


@lru_cache(maxsize=50_000)
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
        old = years.isdigit() and _LEAST_AGE <= int(years[:4]) <= _OLDEST_GROUP
        counted = read_noun(tokens, index + 1, singular=False)
        return (">=", index + 1) if old and (counted is None or _is_person(counted.text.lower())) else None
    if word in _PLUS:
        return ">=", index + 1
    return ("<", index + 1) if word in _MINUS and len(word) > 3 else None


def is_person_period(tokens: Tokens, index: int, ending: str) -> bool:
    """Tell whether `12-jarige` describes a person; the index is of the token after it."""
    if ending in _ENDINGS:
        return True
    if ending in _NOUNS and read_noun(tokens, index, singular=True) is None:
        return True  # `de 17-jarige mag`: it is the noun itself
    for at in range(index, index + 3):
        word = tokens[at].fold
        if not tokens.follows(at) or tokens[at].kind != "word":
            return False
        if _is_person(word) or word.endswith(_SINGLES) or is_age_word(word) or tokens[at].text[0].isupper():
            return True
    return False


def is_spaced_ending(word: str) -> bool:
    """Tell whether a folded word may stand apart from its number: `0-4 jarigen`, `95 jarige leeftijd`."""
    return word in _SPACED


def is_old(tokens: Tokens, after: int) -> bool:
    """Tell whether `oud` follows a length of time: `3 weken oud`."""
    return tokens.follows(after) and tokens[after].fold in _OLD


def is_months(tokens: Tokens, first: int, number: int, after: int) -> bool:
    """Tell whether months, weeks or days are an age: `jonger dan drie maanden`, `de baby was tien maanden`."""
    between = _between(tokens, first, number)
    compared = comparison_after(tokens, after)
    if between[:1] and between[0] in _YOUNGER:
        return True
    if compared is not None and tokens[after + 1].fold in _YOUNGER:
        return True
    at = first
    for phrase in _CUES:
        if tokens.folds(first - len(phrase), len(phrase)) == phrase:
            at = first - len(phrase)
    if tokens[at - 1].fold in _INFANTS and (at < first or number > first):
        return tokens.follows(first)
    near = range(max(0, first - _REACH), first)
    infant = any(tokens[place].fold in _INFANTS and tokens.same_sentence(place, first) for place in near)
    return infant and (_ends_in_copula(tokens, after) or _follows_copula(tokens, first, after))


def is_age(tokens: Tokens, first: int, number: int, after: int, *, bare: bool, ranged: bool) -> bool:
    """Tell whether a number of years, or a number without unit, is an age.

    Parameters
    ----------
    tokens
        The text.
    first, number, after
        Where the evidence begins, where its number begins, and the token after it.
    bare
        No word for years follows the number.
    ranged
        It has two ends.
    """
    between = _between(tokens, first, number)
    if any(between[: len(phrase)] == phrase for phrase in _ONLY):
        return not bare or not tokens[number].text[:1].isalpha()
    if comparison_after(tokens, after) is not None and tokens[after + 1].fold in _AGE_AFTER:
        return True
    if bare:
        said = tokens[first - 1].fold in _COPULAS and tokens[first - 2].fold in _SPEAKERS
        limited = _is_limited(tokens, first, number, ranged=ranged)
        return limited or _is_eldest(tokens, first) or (said and _is_said_of(tokens, first, after))
    if is_old(tokens, after):
        return True
    if _is_described(tokens, first, number) or _mentions_age(tokens, first) or _is_eldest(tokens, first):
        return True
    if _is_average(tokens, number, after) or _is_said_of(tokens, first, after):
        return True
    if _is_predicate(tokens, first, after) or _is_of_eldest(tokens, first, after):
        return True
    cue = between or tokens.folds(first - 1, 1)
    if any(cue[:length] in _LIMITS for length in (1, 2)):
        return True
    old_enough = tokens[number].text.isdigit() and _LEAST_AGE <= int(tokens[number].text[:4]) <= _OLDEST
    return old_enough and any(cue[:length] in _UP_TO for length in (1, 2, 3))


def _between(tokens: Tokens, first: int, number: int) -> tuple[str, ...]:
    """Return the words of the evidence before its number."""
    return tokens.folds(first, number - first) if number > first else ()


def _is_limited(tokens: Tokens, first: int, number: int, *, ranged: bool) -> bool:
    """Tell whether a bare number follows `jongeren onder de`, `kinderen tot`, or is `jongens van 13 tot 17`."""
    between = _between(tokens, first, number)
    limited = between in _LIMITS or between in _UP_TO
    direct = ranged and not between and tokens[number].kind == "number"  # `jongeren 12-18`
    opened = ranged and bool(between) and between[0] in _RANGED and all(word in _ARTICLES for word in between[1:])
    before = tokens[first - 1]
    if direct and before.text in _OPENED:
        before = tokens[first - 2]
    if (before.fold,) in _UP_TO and not between and tokens[number].kind == "number" and tokens.follows(first - 1):
        limited, before = True, tokens[first - 2]  # `jongeren tot 27`
    if before.fold in _OF and tokens.follows(first) and not between:  # `een vrouw van 44`, `een meisje van zestien`
        said = tokens[first - 2].fold
        child = said.endswith(_PARENTS) and not _is_grown(tokens[number].text)  # `een moeder van drie`
        return (said.endswith(_SINGLES) or is_age_word(said)) and not child and tokens.follows(first - 1)
    if not (limited or opened or direct) or not tokens.follows(first) or before.kind != "word":
        return False
    return _is_person(before.fold) or (opened and before.fold in _AGE_WORDS)


def _is_described(tokens: Tokens, first: int, number: int) -> bool:
    """Tell whether a noun for people stands before the number, with a cue or a bracket between."""
    while tokens[first - 1].fold in _AND and is_numeral(tokens, first - 2):  # `kleuters van 4 en 5 jaar`
        first -= 2
    if tokens[first - 1].fold in _AVERAGE and tokens[first - 2].text in _OPENED:  # `vrijwilligers (gemiddeld 68 jaar)`
        first -= 1
    at = first
    for phrase in _CUES:
        if tokens.folds(first - len(phrase), len(phrase)) == phrase:
            at = first - len(phrase)
    before = tokens[at - 1]
    if before.text in _OPENED:
        before = tokens[at - 2]
    cued = at < first or number > first or before is not tokens[at - 1] or tokens[number].kind == "number"
    return cued and before.kind == "word" and (_is_person(before.fold) or before.fold.endswith(_SINGLES))


def _is_eldest(tokens: Tokens, first: int) -> bool:
    """Tell whether `de jongste deelnemer was`, `de oudste` stands right before."""
    at = first - 1
    while tokens[at].fold in _FILL | _COPULAS and tokens.follows(at):
        at -= 1
    if _is_person(tokens[at].fold) or tokens[at].fold.endswith(_SINGLES):
        at -= 1
    return tokens[at].fold in _ELDEST and tokens.follows(first)


def _is_predicate(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether people `moeten ten minste 21 jaar zijn`: they stand earlier, and the clause ends."""
    near = [tokens[at] for at in range(max(0, first - _NEAR), first) if tokens.same_sentence(at, first)]
    people = any(_is_person(token.fold) or token.fold.endswith(_SINGLES) or token.fold in _SUBJECTS for token in near)
    return people and _ends_in_copula(tokens, after)


def _ends_in_copula(tokens: Tokens, after: int) -> bool:
    """Tell whether `zijn`, `is` stands at a token and ends its clause."""
    ends = not tokens.follows(after + 1) or tokens[after + 1].kind == "sign"
    return tokens[after].fold in _ENDS and tokens.follows(after) and ends


def _follows_copula(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether `was pas` stands right before an age, and its clause ends."""
    at = first - 1
    while tokens[at].fold in _FILL and tokens.follows(at):
        at -= 1
    ends = not tokens.follows(after) or tokens[after].kind == "sign" or tokens[after].fold in _AND
    return tokens[at].fold in _COPULAS and tokens.follows(first) and ends


def _is_of_eldest(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether `de oudste bewoner van het huis is met` stands before: more words are between."""
    met = tokens[first - 1].fold in _WITH and tokens.follows(first)
    if not met and not _follows_copula(tokens, first, after):
        return False
    near = [at for at in range(max(0, first - _NEAR), first) if tokens.same_sentence(at, first)]
    return any(
        tokens[at].fold in _ELDEST and (_is_person(tokens[at + 1].fold) or tokens[at + 1].fold.endswith(_SINGLES))
        for at in near
    )


def spread(tokens: Tokens, readings: list[Reading]) -> None:
    """Make ages of the bounded years beside an age: `tot 12 jaar, van 12 tot 18 jaar en vanaf 18 jaar`."""
    for row in (readings, readings[::-1]):
        for one, other in pairwise(row):
            first, second = (one, other) if one.first < other.first else (other, one)
            links = tokens.folds(first.after, second.first - first.after)
            linked = 0 < second.first - first.after <= _LINKS and all(word in _AND for word in links)
            years = other.kind == "duration" and other.unit == one.unit == "year"
            bounded = other.high is not None or other.compared or tokens[other.first - 1].fold in _RANGED
            if one.kind == "age" and years and bounded and linked and tokens.same_sentence(first.first, second.first):
                other.kind = "age"
                if not other.compared:
                    compare_late(tokens, other)


def _is_grown(text: str) -> bool:
    """Tell whether a number, in digits or one word, is no number of children."""
    number = Decimal(text) if text.isdigit() else read_word(text)
    return number is not None and number >= _LEAST_AGE


def _is_average(tokens: Tokens, number: int, after: int) -> bool:
    """Tell whether people `waren gemiddeld veertien jaar`: they stand earlier in the sentence, nothing comes after."""
    ends = not tokens.follows(after) or tokens[after].kind == "sign" or tokens[after].fold in _AND
    if not ends or tokens[number - 1].fold not in _AVERAGE:
        return False
    before = [tokens[at] for at in range(max(0, number - _FAR), number) if tokens.same_sentence(at, number)]
    return any(token.fold in _COPULAS for token in before) and any(_is_person(token.fold) for token in before)


def _is_said_of(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether `hij is`, `ik ben pas` stands right before, and nothing follows."""
    if tokens.follows(after) and (tokens[after].kind != "sign" or is_numeral(tokens, after + 1)):
        return False
    at = first - 1
    while tokens[at].fold in _FILL and tokens.follows(at):
        at -= 1
    return tokens[at].fold in _COPULAS and tokens[at - 1].fold in _PRONOUNS and tokens.follows(first)


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
