"""Numbers and ranges of numbers in a text: `2,5 miljoen`, `tien à vijftien`, `tussen de 10 en 15`."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import currency_before, currency_sign, unit_after
from pipeline.recognising.figures.values import scaled
from pipeline.recognising.fractions import read_character, read_slashed
from pipeline.recognising.numbers import (
    GROUP,
    HALF,
    ONE,
    fold,
    is_half,
    is_part_of_big,
    is_quarter,
    last_power,
    read_group,
    read_multiplier,
    read_word,
)
from pipeline.recognising.numerals import read_words
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_RANGES = _WORDS["ranges"]
_CONNECTORS = frozenset(tuple(phrase.split()) for phrase in _RANGES["connectors"])
_LONGEST = max(len(phrase) for phrase in _CONNECTORS)
_DASHES = frozenset(_RANGES["dashes"])
_OR = frozenset(_RANGES["or"])
_AND = frozenset(_RANGES["and"])
_BETWEEN = frozenset(_RANGES["between"])
_APART = frozenset(_RANGES["apart"])
_ARTICLES = frozenset(_RANGES["articles"])
_MINUS = frozenset(_WORDS["negative"]["signs"])
_MINUS_WORDS = frozenset(_WORDS["negative"]["words"])
_SURE_MINUS = frozenset(_WORDS["negative"]["sure"])
_COLD = frozenset(_WORDS["negative"]["cold"])
_VALUE_SIGNS = frozenset(_WORDS["negative"]["after"])
_BEFORE_DASH = frozenset("%‰°€")
"""Behind these a dash is between two ends of a range: `10% -15%`."""
_OPEN = frozenset("([:|=")
"""Only these may stand right before a minus."""
_LETTERS: dict[str, int] = vocabulary("recognising/figures/money.toml")["amounts"]["letters"]
_SLASHED_PARTS = frozenset("248")
"""What may stand below the line before a unit: `2/3 km` may be two or three."""
_LONGEST_NUMBER = 8
_ABBREVIATED = 3
"""`mln` and `mld` are no longer than this."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of two, with the currency before it."""

    low: Decimal
    high: Decimal | None
    first: int
    """Index of the first token, a currency before the number included."""
    after: int
    """Index of the token after the last."""
    in_digits: bool
    currency: str | None = None
    times: Decimal | None = None
    """What a word such as `miljoen` multiplied the number by."""
    half: bool = False
    """`een half`, which is a number only before a unit."""
    signed: bool = False
    """A minus stands before it."""


def is_numeral(tokens: Tokens, index: int) -> bool:
    """Tell whether a token can begin a number."""
    token = tokens[index]
    if token.kind == "word":
        return _begins_number(token.text) or (is_quarter(token.fold) and is_part_of_big(tokens.words(index, 2)))
    return token.kind in ("number", "fraction")


@lru_cache(maxsize=50_000)
def _begins_number(word: str) -> bool:
    """Tell whether a word begins a number, whatever follows it."""
    folded = fold(word)
    return folded == ONE or is_half(folded) or read_word(word) is not None or read_group(word) is not None


def number_at(tokens: Tokens, index: int) -> Amount | None:
    """Read the single number that begins at a token, with its multipliers and the currency before it."""
    token = tokens[index]
    if token.kind == "fraction":
        share = read_character(token.text)
        return None if share is None else Amount(share, None, index, index + 1, in_digits=True)
    words = tokens.words(index, _LONGEST_NUMBER)
    read = read_words(words, joins=not _stands_apart(tokens, index))
    if read is None:
        return None
    value, used = read
    after = index + used
    half = value == HALF and is_half(words[used - 1])
    times = read_multiplier(words[used - 1]) if used > 1 or is_part_of_big(words) else None
    if times is not None and tokens[after].text == "." and tokens[after].glued and _goes_on(tokens, after):
        after += 1
    if tokens[after].kind == "fraction" and token.kind == "number":
        value += read_character(tokens[after].text) or Decimal(0)
        after += 1
    elif token.kind == "number" and (part := slashed_at(tokens, index)) is not None:
        value, after = part, index + 3
    elif token.kind == "number" and value % 1 == 0 and (part := slashed_at(tokens, after)) is not None:
        value, after = value + part, after + 3  # `10 1/2 kilometer`
    if token.kind == "number" and tokens[after].text == "-" and tokens[after].glued and tokens[after + 1].fold == GROUP:
        after += 2
    amount = Amount(value, None, index, after, in_digits=token.kind == "number", times=times, half=half)
    return _with_sign(tokens, _with_currency(tokens, index, amount))


def slashed_at(tokens: Tokens, index: int) -> Decimal | None:
    """Read the `1/4` at a token where a unit of measure follows, in halves, quarters or eighths."""
    above, line, below = (tokens[at] for at in range(index, index + 3))
    if line.text != "/" or not (line.glued and below.glued and above.text.isdigit() and below.text in _SLASHED_PARTS):
        return None
    unit = unit_after(tokens, index + 3) if len(above.text) == 1 else None
    share = None if unit is None or unit.kind != "measure" else read_slashed(f"{above.text}/{below.text}")
    return share if share is not None and 0 < share < 1 else None


def amount_at(tokens: Tokens, index: int, blocked: AbstractSet[int]) -> Amount | None:
    """Read the number or range that begins at a token."""
    first = number_at(tokens, index) or _article(tokens, index)
    if first is None:
        return None
    minus = tokens[first.first - 1].text in _MINUS and tokens[first.first].glued
    opened = _opening(tokens, first.first - minus)
    reached = connected(tokens, first, between=opened)
    second = None if reached is None else _second(tokens, reached, blocked)
    if reached is None or second is None:
        return first
    first = _with_power(tokens, first, reached)
    signed = _with_sign(tokens, replace(first, after=second.after))  # `van -5 tot 10 graden`
    joined = join(replace(signed, after=first.after), second)
    apart = tokens[reached - 1].fold in _OR and (_is_listed(tokens, first.first) or not _near(first, second))
    return first if joined is None or apart else joined


def join(first: Amount, second: Amount) -> Amount | None:
    """Make a range of two numbers; a multiplier or currency that stands once holds for both."""
    low = first.low
    if second.times is not None and first.times is None and low < 1000 and scaled(low, second.times) < second.low:
        low = scaled(low, second.times)
    if low >= second.low or (first.currency and second.currency and first.currency != second.currency):
        return None
    return replace(
        first,
        low=low,
        high=second.low,
        after=second.after,
        currency=first.currency or second.currency,
        times=second.times or first.times,
    )


def connected(tokens: Tokens, amount: Amount, *, between: bool) -> int | None:
    """Return the token after the word or dash that connects two ends of a range."""
    at = amount.after
    if tokens[at].text in _DASHES and tokens[at].glued and not tokens[at + 1].glued and tokens[at + 1].kind == "word":
        at += 1  # `12- tot 18-jarigen`
    if not tokens.follows(at):
        return None
    token = tokens[at]
    if token.text in _DASHES:
        even = token.glued == tokens[at + 1].glued or tokens[at - 1].text in _BEFORE_DASH
        signs = tokens[at + 1].kind == "number" or currency_sign(tokens[at + 1]) is not None
        worded = not amount.in_digits and token.glued and read_word(tokens[at + 1].text) is not None
        return at + 1 if even and (worded or (signs and amount.in_digits)) else None
    if (between and token.fold in _AND) or token.fold in _OR:
        return _past_article(tokens, at + 1)
    words = tokens.folds(at, _LONGEST)
    for length in range(len(words), 0, -1):
        if words[:length] in _CONNECTORS:
            return _past_article(tokens, at + length)
    return None


def opens_range(tokens: Tokens, first: int) -> bool:
    """Tell whether `tussen (de)` stands before a token."""
    return _opening(tokens, first)


def _second(tokens: Tokens, index: int, blocked: AbstractSet[int]) -> Amount | None:
    """Read the upper end of a range."""
    at = index if is_numeral(tokens, index) else index + 1
    amount = None if at in blocked or not tokens.follows(at) else number_at(tokens, at)
    return amount if amount is not None and amount.first in (index, at) and amount.first <= index else None


def _with_currency(tokens: Tokens, index: int, amount: Amount) -> Amount:
    """Add what belongs to an amount of money: the sign before it, `k` or `,-` after it."""
    sign = tokens[index - 1].text in _MINUS and tokens[index].glued
    before = currency_before(tokens, index - 1 if sign else index)
    after, value, times = amount.after, amount.low, amount.times
    letter = tokens[after]
    lettered = times is None and letter.kind == "word" and (amount.in_digits or len(letter.text) > 1)
    factor = _LETTERS.get(letter.fold) if lettered and tokens.follows(after) else None
    if factor is not None and (before is not None or _counts_money(tokens, after)):
        value, times, after = scaled(value, Decimal(factor)), Decimal(factor), after + 1
    if tokens[after].text in ",." and tokens[after].glued and tokens[after + 1].glued:
        tail = tokens[after + 1].text
        after += 2 if tail in _DASHES or tail == "=" else 0
    if before is None:
        return replace(amount, low=value, after=after, times=times)
    code, multiplied, first = before
    value = scaled(-value if sign else value, multiplied)
    return replace(amount, low=value, first=first, after=after, currency=code, times=times, signed=sign)


def _with_power(tokens: Tokens, first: Amount, reached: int) -> Amount:
    """Read the `duizend` that stands once in `tien- tot vijftienduizend`."""
    hangs = tokens[first.after].text in _DASHES and tokens[first.after].glued and not tokens[first.after + 1].glued
    power = last_power(tokens[reached].fold) if hangs and not first.in_digits else None
    return first if power is None or first.low >= power else replace(first, low=scaled(first.low, power))


def _is_listed(tokens: Tokens, first: int) -> bool:
    """Tell whether a number and a comma stand before: `10, 20 of 30 procent` are three."""
    return tokens[first - 1].text == "," and not tokens[first].glued and is_numeral(tokens, first - 2)


def _article(tokens: Tokens, index: int) -> Amount | None:
    """Read the `een` that begins a range: `een of twee keer`, `een à twee weken`."""
    one = Amount(Decimal(1), None, index, index + 1, in_digits=False)
    reached = connected(tokens, one, between=False) if tokens[index].fold == ONE else None
    second = None if reached is None else read_word(tokens[reached].text)
    return one if second is not None and second > 1 else None


def _stands_apart(tokens: Tokens, index: int) -> bool:
    """Tell whether `en` stands between two numbers and joins none: `tussen vijf en twintig`."""
    return tokens[index - 1].fold in _APART or (
        tokens[index - 1].fold in _ARTICLES and tokens[index - 2].fold in _APART and tokens.follows(index)
    )


def _with_sign(tokens: Tokens, amount: Amount) -> Amount:
    """Read the minus before a number that measures something: `-3%`, `€ -340.000`, `min 5 graden`."""
    sign = tokens[amount.first - 1]
    if amount.signed or amount.first == 0 or not tokens.follows(amount.first):
        return amount
    unit = unit_after(tokens, amount.after)
    measured = amount.currency is not None or (unit is not None and unit.kind != "duration")
    if sign.fold in _MINUS_WORDS:
        cold = unit is not None and unit.symbol in _COLD
        said = unit is not None and unit.kind == "percentage" and tokens[unit.after - 1].text.isalpha()
        return _negative(amount) if cold or said or (measured and sign.fold in _SURE_MINUS) else amount
    if sign.text not in _MINUS or not (tokens[amount.first].glued or len(sign.text) > 1):
        return amount
    before = tokens[amount.first - 2]
    ranged = before.kind in ("number", "fraction") or before.text in _BEFORE_DASH
    if ranged or (sign.glued and before.kind != "end" and before.text not in _OPEN):
        return amount
    labelled = before.text in _VALUE_SIGNS and not sign.line
    return _negative(amount) if labelled or measured else amount


def _negative(amount: Amount) -> Amount:
    """Return the same amount below zero, the sign with it."""
    return replace(amount, low=-amount.low, first=amount.first - 1, signed=True)


def _counts_money(tokens: Tokens, index: int) -> bool:
    """Tell whether the letter after a number without currency multiplies it: `40k`, `40K euro`, `12 ton euro`."""
    unit = unit_after(tokens, index + 1)
    money = unit is not None and unit.kind == "money" and unit.times == 1
    return money or (tokens[index].fold == "k" and tokens[index].glued)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Tell whether a full stop belongs to an abbreviation such as `mln.` and ends no sentence."""
    if len(tokens[index - 1].text) > _ABBREVIATED:
        return False
    following = tokens[index + 1]
    return currency_sign(following) is not None or (following.kind == "word" and following.text[0].islower())


def _opening(tokens: Tokens, first: int) -> bool:
    """Tell whether a range with `en` was opened before a token."""
    before = first - 2 if tokens[first - 1].fold in _ARTICLES else first - 1
    return tokens[before].fold in _BETWEEN and tokens.follows(first)


def _past_article(tokens: Tokens, index: int) -> int:
    """Skip an article."""
    return index + 1 if tokens[index].fold in _ARTICLES else index


def _near(first: Amount, second: Amount) -> bool:
    """Tell whether `twee of drie` names neighbours, a range."""
    return first.currency == second.currency and second.low - first.low <= max(Decimal(1), first.low / 2)
