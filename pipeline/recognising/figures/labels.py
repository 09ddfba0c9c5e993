"""What the label before a bare number says of it: `Aantal deelnemers: 40`, `Budget (x € 1.000): 250`."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.recognising.figures.ages import is_age_word
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import currency_sign, duration_of, unit_after
from pipeline.recognising.figures.values import GUESSED, scaled
from pipeline.recognising.figures.wording import STOP, is_participle, is_plural, is_verb
from pipeline.recognising.numbers import read_digits, read_multiplier
from pipeline.recognising.spans import FigureKind
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["labels"]
_MONEY = vocabulary("recognising/figures/money.toml")["amounts"]
_SIGNS = frozenset(_DATA["signs"])
_THOUSANDS: dict[str, int] = _DATA["scales"]
_IN = frozenset(_DATA["in"])
_PERCENTAGES = frozenset(_DATA["percentages"])
_PARTS = frozenset(_DATA["parts"])
_ANSWERS = frozenset(_DATA["answers"])
_BELONGS = frozenset(_DATA["belongs"])
_TOTALS = frozenset(_WORDS["left_out"]["totals"])
_TIMES = frozenset(_MONEY["times"])
_NAMED: tuple[str, ...] = tuple(_MONEY["named"])
_SAMPLE = "n"
_SAID = 4
"""Behind `in` a unit without brackets is shorter than this."""
_REACH = 8
"""What stands in the brackets of a label is at most so many tokens long."""
_LONGEST = 12
"""A label is at most so many tokens long."""
_LINE = 40
"""How many tokens back on its line the first label of a number may begin."""
_LEAST_MONEY = 100
"""A bare number under a label for money, without a scale, is money from here on."""
_OLDEST = 120
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What stands in the brackets of a label."""

    kind: FigureKind | None
    unit: str | None
    times: Decimal


def read_label(tokens: Tokens, reading: Reading) -> bool:
    """Give a number that stands right behind a label what the label says; tell whether it said anything.

    Where the label says nothing (`gehaald: 280`), the one before it on the line does (`Trainingen – doel: 300; …`).
    """
    sign = reading.first - 1
    if tokens[sign].text == "=" and tokens[sign - 1].fold == _SAMPLE:
        return _read_sample(tokens, sign - 2, reading)
    while tokens[sign].fold in _ANSWERS and tokens.follows(sign + 1):
        sign -= 1
    if tokens[sign].text not in _SIGNS or not tokens.follows(sign + 1):
        return False
    after = sign
    for at in range(sign - 1, max(-1, sign - _LINE), -1):
        opens = tokens[at].line
        if opens or tokens[at].text in _PARTS:
            begin = at if opens else at + 1
            if begin < after <= begin + _LONGEST and _read_part(tokens, begin, after, reading):
                return True
            after = at
        if opens or (is_verb(tokens[at]) and tokens[at - 1].fold not in _TOTALS):  # `Aantal ontvangen bezwaren`
            return False
    return False


def _read_sample(tokens: Tokens, last: int, reading: Reading) -> bool:
    """Read `kraamverzorgenden (n = 512)`: so many of what was named last."""
    for at in range(last, last - _REACH, -1):
        if tokens.sentence_of(at) != tokens.sentence_of(reading.number):
            return False
        if tokens[at].kind == "word" and is_plural(tokens[at]):
            reading.kind, reading.unit, reading.confidence = "count", tokens[at].text, GUESSED
            return True
    return False


def _read_part(tokens: Tokens, first: int, after: int, reading: Reading) -> bool:
    """Read the label in tokens ``[first, after)`` into a reading."""
    scale = _Scale(None, None, _ONE)
    bracketed = None
    last = after - 1
    if tokens[last].text == ")":
        opened = next((at for at in range(last - 1, last - _REACH, -1) if tokens[at].text == "("), None)
        if opened is not None:
            bracketed = _counted(tokens, range(opened + 1, last))
            scale, last = _in_brackets(tokens, opened + 1, last), opened - 1
    else:
        said = next((at for at in range(last - 1, last - _SAID, -1) if tokens[at].fold in _IN | _TIMES), None)
        if said is not None:  # `Lengte in km: 5`, `Kosten x € 1.000: 350`
            scale = _in_brackets(tokens, said, last + 1)
    kind, unit = _named(tokens, first, last, reading) if scale.kind in (None, "duration") else (None, None)
    if kind is None and scale.kind is None and bracketed is not None:
        kind, unit = "count", bracketed
    if kind is None or (scale.kind == "duration" and kind != "age"):
        kind, unit = (scale.kind, scale.unit) if scale.kind is not None else (kind, unit)
    if kind is None or (kind == "money" and scale.kind is None and scale.times == 1 and reading.low < _LEAST_MONEY):
        return False
    reading.kind, reading.unit, reading.confidence = kind, unit, GUESSED
    if reading.times is None:
        reading.low = scaled(reading.low, scale.times)
        reading.high = None if reading.high is None else scaled(reading.high, scale.times)
    return True


def _in_brackets(tokens: Tokens, first: int, after: int) -> _Scale:
    """Read `(x € 1.000)`, `(in mln. euro)`, `(%)`, `(ha)`, `(maanden)`."""
    kind: FigureKind | None = None
    unit: str | None = None
    times = _ONE
    multiplied = False
    for at in range(first, after):
        token = tokens[at]
        multiplied = multiplied or token.fold in _TIMES
        factor = _THOUSANDS.get(token.fold) or read_multiplier(token.text)
        number = read_digits(token.text) if multiplied and token.kind == "number" else None
        if factor is not None or number is not None:
            times = scaled(times, Decimal(factor) if factor is not None else number or _ONE)
            continue
        code = currency_sign(token)
        measured = None if code is not None or kind is not None else unit_after(tokens, at)
        if code is not None:
            kind, unit, times = "money", code[0], scaled(times, code[1])
        elif measured is not None:
            kind, unit, times = measured.kind, measured.symbol, scaled(times, measured.times)
    return _Scale(kind, unit, times)


def _named(tokens: Tokens, first: int, last: int, reading: Reading) -> tuple[FigureKind | None, str | None]:
    """Read what the words of a label name: an age, a time, money, what is counted."""
    label = range(first, last + 1)
    if reading.low < _OLDEST and any(is_age_word(tokens[at].fold) for at in label):
        return "age", "year"
    for at in label:
        unit = duration_of(tokens[at].fold)
        if unit is not None and (at == first or tokens[at - 1].fold in _IN | _TOTALS):  # not `Bezoekers per dag`
            return "duration", unit
    if any(tokens[at].fold in _PERCENTAGES for at in label):
        return "percentage", "%"
    if any(currency_sign(tokens[at]) is not None or tokens[at].fold.endswith(_NAMED) for at in label):
        return "money", "EUR"
    noun = _counted(tokens, label)
    return (None, None) if noun is None else ("count", noun)


def _counted(tokens: Tokens, label: range) -> str | None:
    """Return the noun that a label counts: the one after `aantal`, else the first that no preposition stands before."""
    for at in label:
        noun = read_noun(tokens, at + 1, singular=False) if tokens[at].fold in _TOTALS else None
        if noun is not None and noun.after <= label.stop:
            return noun.text
    for at in label:
        token = tokens[at]
        if token.fold in _BELONGS:
            return None
        if token.kind == "word" and token.fold not in STOP and is_plural(token) and not is_participle(token):
            return token.text.lower() if at == label.start and token.text[1:].islower() else token.text
    return None
