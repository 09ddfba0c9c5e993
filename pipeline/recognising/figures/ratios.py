"""Shares: `één op de vijf vrouwen`, `drie van de vier gemeenten`, `twee derde van de scholen`, `de helft`."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.recognising.figures.amounts import Amount, number_at, slashed_at
from pipeline.recognising.figures.comparators import comparison_before
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import unit_after
from pipeline.recognising.figures.wording import is_participle
from pipeline.recognising.fractions import read_character, read_part
from pipeline.recognising.numbers import ONE, fold, read_digits, read_multiplier
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["ratios"]
_LEFT_OUT_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["left_out"]["after"])
_ONE_IN = tuple(tuple(phrase.split()) for phrase in sorted(_DATA["one_in"], key=len, reverse=True))
_OF = tuple(tuple(phrase.split()) for phrase in sorted(_DATA["of"], key=len, reverse=True))
_HALF = frozenset(_DATA["half"])
_NOT_HALF_AFTER = frozenset(_DATA["not_half_after"])
_QUARTER = frozenset(_DATA["quarter"])
_PART_WORDS = frozenset(_DATA["part_words"])
_CHANGE_BEFORE = frozenset(_DATA["change_before"])
_MORE = frozenset(_DATA["more"])
_CHANGE_AFTER = frozenset(_DATA["change_after"])
_PARTICIPLE_BEGINNINGS: tuple[str, ...] = tuple(_DATA["participle_beginnings"])
_LARGEST_GROUP: int = _DATA["largest_group"]
_PROPORTIONS: tuple[str, ...] = tuple(_DATA["proportions"])
_PROPORTION = re.compile(r"[0-9]{1,4}:[0-9]{1,4}")
_SCORES = frozenset(_DATA["scores"])
_COPULAS = frozenset(_WORDS["ages"]["copulas"]) | frozenset(_DATA["having"])
_ARTICLES = frozenset(_WORDS["ranges"]["articles"])
_EQUIVALENTS = frozenset(_WORDS["nouns"]["equivalents"])
_VAN: str = _DATA["van"]
_REACH = 6
"""How many tokens before `1:4` the word that makes it a proportion stands."""
_PREDICATE = 16
"""A sentence that begins with `van` speaks of a share at most so many tokens on."""
_LARGEST_ONE = 20
"""The largest first number of `3 op 10` without article."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share and the noun that it is a share of."""

    share: Decimal
    unit: str | None
    first: int
    after: int
    said: bool = False
    """`één op de vijf`, `de helft daarvan`: it is a share of something that was named before."""


@lru_cache(maxsize=50_000)
def is_share(word: str) -> bool:
    """Tell whether a folded word by itself is a share: `helft`, `tweederde`."""
    return word in _HALF or read_part((word,)) is not None


def read_ratio(tokens: Tokens, index: int, blocked: AbstractSet[int]) -> Share | None:
    """Read the share that begins at a token."""
    token = tokens[index]
    if token.fold in _HALF:
        return _read_half(tokens, index, blocked)
    if index in blocked or token.kind not in ("word", "number", "fraction"):
        return None
    if token.kind == "fraction":
        return _read_character(tokens, index)
    if is_proportion(tokens, index):
        return _read_proportion(tokens, index)
    if slashed_at(tokens, index) is not None:
        return None  # `1/4 mijl`
    if token.kind == "number" and tokens[index + 1].text == "/" and tokens[index + 2].kind == "number":
        return _read_slashed(tokens, index)
    part = read_part(tokens.words(index, 2))
    if part is not None:
        return _read_part(tokens, index, part)
    first = number_at(tokens, index) or _read_article(tokens, index)
    if first is None or first.currency or first.high or first.half:
        return None
    return _read_pair(tokens, first, blocked)


def is_proportion(tokens: Tokens, index: int) -> bool:
    """Tell whether `1:4` stands at a token behind a word such as `verhouding`, and is no time of day."""
    if tokens[index].kind != "number" or _PROPORTION.fullmatch(tokens[index].text) is None:
        return False
    return _speaks_of_proportion(tokens, index)


def _speaks_of_proportion(tokens: Tokens, index: int) -> bool:
    """Tell whether a word such as `verhouding` stands closely before a token."""
    near = range(max(0, index - _REACH), index)
    return any(tokens[at].fold.endswith(_PROPORTIONS) and tokens.same_sentence(at, index) for at in near)


def _read_proportion(tokens: Tokens, index: int) -> Share | None:
    """Read `een verhouding van 1:4`."""
    above, below = map(Decimal, tokens[index].text.split(":"))
    return Share(above / below, None, index, index + 1) if above and below else None


def _read_character(tokens: Tokens, index: int) -> Share | None:
    """Read `¾ van de dorpshuizen`."""
    share = read_character(tokens[index].text)
    of = tokens[index + 1].fold == _VAN and tokens.follows(index + 1)
    return _of(tokens, share, index, index + 1) if share is not None and of else None


def _read_half(tokens: Tokens, index: int, blocked: AbstractSet[int]) -> Share | None:
    """Read `de helft van de gemeenten`."""
    before = tokens[index - 1]
    if before.fold in _NOT_HALF_AFTER or before.kind == "number" or not tokens.follows(index):
        return None
    if index in blocked or (tokens[index + 1].fold == _VAN and index + 2 in blocked):  # `de helft van 2024`
        return None
    first = index - 1 if before.fold in _ARTICLES else index
    return _of(tokens, Decimal("0.5"), first, index + 1)


def _read_slashed(tokens: Tokens, index: int) -> Share | None:
    """Read `1/3 van de scholen`; what stands before `van` was judged with the barriers."""
    above, below = tokens[index].text, tokens[index + 2].text
    part, whole = (read_digits(text) if text.isdigit() else None for text in (above, below))
    if part is None or whole is None or not 0 < part < whole:
        return None
    return _of(tokens, part / whole, index, index + 3)


def _read_part(tokens: Tokens, index: int, part: tuple[Decimal, int]) -> Share | None:
    """Read `twee derde van de scholen`, `een kwart`, `driekwart`."""
    share, used = part
    if share >= 1:
        return None
    after = index + used
    following = tokens[after]
    quarter = fold(tokens[after - 1].text).endswith(tuple(_QUARTER))
    if unit_after(tokens, after) is not None or read_multiplier(following.text) is not None:
        return None
    part_word = following.fold in _PART_WORDS
    single = tokens[index].fold == ONE and not quarter
    of = following.fold == _VAN and not following.breaks
    told = part_word or of or following.fold in _MORE
    told = told or comparison_before(tokens, index) is not None or _changes(tokens, index, after)
    if single and not (told or _is_predicate(tokens, index)):
        return None
    if following.fold in _EQUIVALENTS or (quarter and read_noun(tokens, after, singular=False) is not None):
        return None
    return _of(tokens, share, index, after + 1 if part_word else after)


def _is_predicate(tokens: Tokens, index: int) -> bool:
    """Tell whether `Van de ouders is een derde alleenstaand` stands here."""
    at = index - 1
    while at >= 0 and tokens.same_sentence(at - 1, index) and tokens.follows(at) and at > index - _PREDICATE:
        at -= 1
    return tokens[at].fold == _VAN and tokens[index - 1].fold in _COPULAS


def _changes(tokens: Tokens, index: int, after: int) -> bool:
    """Tell whether `met een derde gedaald`, `voor een derde gefinancierd` stands here, and no third of something."""
    following = tokens[after]
    weak = following.fold.startswith(_PARTICIPLE_BEGINNINGS) and following.fold[-1:] in ("d", "t")
    participle = weak or is_participle(following)
    return tokens[index - 1].fold in _CHANGE_BEFORE and (participle or following.fold in _CHANGE_AFTER)


def _read_article(tokens: Tokens, index: int) -> Amount | None:
    """Read `een op de vijf`, which is written without accents at times."""
    if tokens[index].fold != ONE or tokens.folds(index + 1, 2) not in _ONE_IN:
        return None
    return Amount(Decimal(1), None, index, index + 1, in_digits=False)


def _read_pair(tokens: Tokens, first: Amount, blocked: AbstractSet[int]) -> Share | None:
    """Read `één op de vijf vrouwen`, `drie van de vier gemeenten`."""
    for phrases, of in ((_ONE_IN, False), (_OF, True)):
        for phrase in phrases:
            at = first.after + len(phrase)
            if tokens.folds(first.after, len(phrase)) != phrase or not tokens.follows(first.after):
                continue
            second = None if at in blocked or not tokens.follows(at) else number_at(tokens, at)
            if second is None or second.currency or second.half or second.low <= first.low or first.low <= 0:
                return None
            return _pair(tokens, first, second, of=of, article=len(phrase) > 1)
    return None


def _pair(tokens: Tokens, first: Amount, second: Amount, *, of: bool, article: bool) -> Share | None:
    """Judge two numbers with `op (de)` or `van de` between them."""
    if of and ((first.low == 1 and not first.in_digits) or second.low > _LARGEST_GROUP or not article):
        return None
    loose = not of and not article
    if loose and (first.low > _LARGEST_ONE or first.in_digits != second.in_digits):
        return None
    if unit_after(tokens, second.after) is not None:
        return None
    noun = read_noun(tokens, second.after, singular=False)
    said = _speaks_of_proportion(tokens, first.first)
    if noun is None and loose and not said and (first.in_digits or tokens[first.first - 1].fold in _SCORES):
        return None
    unit = None if noun is None else noun.text
    after = second.after if noun is None else noun.after
    return Share(first.low / second.low, unit, first.first, after, said=not of and unit is None)


def _of(tokens: Tokens, share: Decimal, first: int, after: int) -> Share:
    """Read the noun that a share is of."""
    for phrase in _OF:
        if tokens.folds(after, len(phrase)) == phrase and tokens.follows(after):
            counted = number_at(tokens, after + len(phrase))
            if counted is not None and counted.currency is None and counted.low > 1:  # `de helft van de 24 scholen`
                noun = read_noun(tokens, counted.after, singular=False)
                return Share(share, None if noun is None else noun.text, first, after)
            noun = read_noun(tokens, after + len(phrase), singular=False) or read_noun(
                tokens, after + len(phrase), singular=True
            )
            if noun is not None:
                return Share(share, noun.text, first, noun.after)
            break
    said = tokens.follows(after) and any(tokens.folds(after, len(phrase)) == phrase for phrase in _LEFT_OUT_AFTER)
    return Share(share, None, first, after, said=said)
