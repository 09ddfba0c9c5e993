"""What makes a number an amount of money where no currency says so, and the cents behind one."""

from pipeline.recognising.figures.amounts import Amount, number_at
from pipeline.recognising.figures.comparators import comparison_before
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import unit_after
from pipeline.recognising.figures.values import scaled
from pipeline.recognising.numbers import fold
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/money.toml")["amounts"]
_CONTEXT = frozenset(map(fold, _DATA["context"]))
_NAMED: tuple[str, ...] = tuple(_DATA["named"])
_TONS = frozenset(_DATA["tons"])
_FOR = frozenset(_DATA["for"])
_TRADES = frozenset(_DATA["trades"])
_WEIGHTS: tuple[str, ...] = tuple(_DATA["weights"])
_CENT_LETTERS = frozenset(_DATA["cent_letters"])
_AND = frozenset(_DATA["and"])
_NEAR = 25
"""How many tokens before and after a number of its sentence are looked at."""
_FEWEST_CENTS, _CENTS = 5, 100


def speaks_of_money(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether a word for money stands in the sentence of some tokens."""
    return any(_is_of_context(word) for word in _sentence(tokens, first, after))


def _is_of_context(word: str) -> bool:
    """Tell whether a folded word speaks of money: `begroting`, `energiekosten`."""
    return word in _CONTEXT or word.endswith(_NAMED)


def is_of_money(tokens: Tokens, amount: Amount, index: int) -> bool:
    """Tell whether the `ton` at a token is 100.000 euro (`drie ton subsidie`), and no weight (`3 ton zand`)."""
    if tokens[index].fold not in _TONS:
        return False
    following = tokens[index + 1].fold if tokens.follows(index + 1) else ""
    if following.endswith(_NAMED) or following in _CONTEXT:
        return True
    words = _sentence(tokens, amount.first, index)
    if _is_price(tokens, amount, words) and read_noun(tokens, index + 1, singular=False) is None:
        return True
    if any(word.endswith(_WEIGHTS) for word in words) or read_noun(tokens, index + 1, singular=False) is not None:
        return False
    return not amount.in_digits or any(map(_is_of_context, words))


def _is_price(tokens: Tokens, amount: Amount, words: list[str]) -> bool:
    """Tell whether something was sold or bought `voor` an amount, in a sentence of these words."""
    compared = comparison_before(tokens, amount.first)
    before = tokens[(amount.first if compared is None else compared.first) - 1]
    return before.fold in _FOR and not _TRADES.isdisjoint(words)


def read_cents(tokens: Tokens, reading: Reading, *, named: bool) -> None:
    """Add the cents of `vijf euro vijftig`, `€ 5 en 50 cent` to an amount of whole euros.

    Parameters
    ----------
    named
        A name stood behind the number, so that a number behind it may be cents without saying so.
    """
    joined = tokens[reading.after].fold in _AND
    at = reading.after + joined
    if not (tokens.follows(reading.after) and tokens.follows(at)) or tokens[at].kind not in ("word", "number"):
        return
    cents = number_at(tokens, at)
    if cents is None or cents.first != at or not 0 < cents.low < _CENTS or cents.low % 1 or cents.currency:
        return
    if tokens[cents.after].fold in _CENT_LETTERS and tokens[cents.after].glued:  # `20 dollar 43c`
        reading.low, reading.after = reading.low + cents.low / _CENTS, cents.after + 1
        return
    unit = unit_after(tokens, cents.after)
    if unit is not None and unit.kind == "money" and unit.times * _CENTS == 1:
        reading.low, reading.after = reading.low + scaled(cents.low, unit.times), unit.after
        return
    alike = reading.in_digits == cents.in_digits and cents.low >= _FEWEST_CENTS
    if unit is None and named and not joined and alike and read_noun(tokens, cents.after, singular=False) is None:
        reading.low, reading.after = reading.low + cents.low / _CENTS, cents.after


def _sentence(tokens: Tokens, first: int, after: int) -> list[str]:
    """Return the words near some tokens in their sentence."""
    sentence = tokens.sentence_of(first)
    near = range(max(0, first - _NEAR), min(len(tokens), after + _NEAR))
    return [tokens[at].fold for at in near if tokens.sentence[at] == sentence]
