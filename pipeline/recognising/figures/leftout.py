"""Numbers whose noun or unit stands elsewhere: `waarvan 40`, `van 9 naar 14 locaties`, `Deelnemers: 40`."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.comparators import compare_late
from pipeline.recognising.figures.labels import read_label
from pipeline.recognising.figures.money import speaks_of_money
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.surroundings import said_before, stands_alone
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.values import BARE, LEFT_OUT, SHARED, scaled
from pipeline.recognising.figures.wording import describes, is_plural, is_verb
from pipeline.recognising.spans import FigureKind
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["left_out"]
_RELATIVES = frozenset(_DATA["relatives"])
_PARALLELS = frozenset(_DATA["parallels"])
_TOTALS = frozenset(_DATA["totals"])
_PARTITIVES = tuple(tuple(phrase.split()) for phrase in _DATA["partitives"])
_BY = frozenset(_DATA["by"])
_LINKS = frozenset(_DATA["links"])
_STRONG_LINKS = frozenset(_DATA["strong_links"])
_ONWARD = frozenset(_DATA["onward"])
_OF_AMOUNT = frozenset(_DATA["of_amount"])
_AMOUNTS = frozenset(vocabulary("recognising/figures/money.toml")["amounts"]["named"])
_MILLION = 10**6
_ALIKE = 10
"""Of two amounts that one `miljoen` holds for, the first is at most so many times the second."""
_APPOSED = tuple(tuple(phrase.split()) for phrase in _DATA["apposed"])
_REACH = 6
_CROSS = frozenset(_DATA["cross"])
_FAR_BACK = 3
"""How many sentences back the noun may stand where a word says that it was left out."""
_PLURAL_REACH = {":": 25, "(": 2}
"""How many tokens before a number a noun without a number is looked for, by the sign before it."""
_MENTIONS = 12
"""How many mentions before a number are looked at."""
_LEAST_MONEY = 100
"""A bare number after `bedrag van` is money from here on."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A counted noun, or an amount of money, that a later number may belong to."""

    index: int
    sentence: int
    kind: FigureKind
    unit: str
    total: bool = False
    """Stands after `aantal`, without a number."""
    single: bool = False
    """Counts one, so that no larger number is of it."""
    part: bool = False
    """A part of it is to follow: `Van de 70 sluiswachters`."""


def total_at(tokens: Tokens, index: int) -> Mention | None:
    """Read `aantal deelnemers`, or `Van de deelnemers` that begins a sentence: a noun that a later number counts."""
    total = tokens[index].fold in _TOTALS
    used = 1
    if not total:
        begins = tokens[index].kind == "word" and not tokens.inside(index) and tokens.folds(index, 2) in _PARTITIVES
        if not begins:
            return None
        used = 2
    noun = read_noun(tokens, index + used, singular=False)
    return None if noun is None else Mention(index, tokens.sentence[index], "count", noun.text, total=total)


def settle(tokens: Tokens, readings: Sequence[Reading], totals: Sequence[Mention], barriers: Barriers) -> None:
    """Give the numbers without noun or unit those of a neighbour, where the text says that they have one."""
    for reading, following in zip(reversed(readings[:-1]), reversed(readings[1:]), strict=True):
        if reading.kind is None and following.kind == "measure" and _crosses(tokens, reading, following):
            _share(reading, following)
        if following.kind is None or not _linked(tokens, reading, following, barriers):
            continue
        if reading.kind is None:
            _share(reading, following)
        elif reading.kind == following.kind == "money" and _share_scale(tokens, reading, following):
            _multiply(reading, following)
    mentions: list[Mention] = []
    waiting = list(reversed(totals))
    for reading in readings:
        while waiting and waiting[-1].index < reading.first:
            mentions.append(waiting.pop())
        if reading.kind is None:
            _inherit(tokens, reading, mentions, barriers)
            compare_late(tokens, reading)
        elif reading.kind == "ratio" and reading.unit is None and tokens[reading.first - 1].fold not in _BY:
            said = reading.said or said_before(tokens, reading)
            back = _FAR_BACK if said else 0
            found = _nearest(_several(mentions, reading), tokens.sentence[reading.number], ("count",), back)
            reading.unit = None if found is None else found.unit
        if reading.kind is not None and reading.unit is not None:
            single = reading.kind == "count" and reading.low == 1
            sentence = tokens.sentence[reading.number]
            kind: FigureKind = "count" if reading.kind == "ratio" else reading.kind
            part = tokens.folds(reading.first - 2, 2) in _PARTITIVES and not tokens.inside(reading.first - 2)
            mentions.append(Mention(reading.first, sentence, kind, reading.unit, single=single, part=part))


def _crosses(tokens: Tokens, reading: Reading, following: Reading) -> bool:
    """Tell whether `80 bij 120 meter` stands here: both are metres."""
    return following.first == reading.after + 1 and tokens[reading.after].fold in _CROSS


def _linked(tokens: Tokens, reading: Reading, following: Reading, barriers: Barriers) -> bool:
    """Tell whether only `en`, a comma, `naar` and the like stand between two numbers."""
    if following.first - reading.after > _REACH or following.kind == "ratio":
        return False
    between = range(reading.after, following.first)
    if reading.kind is None and tokens[reading.after].text == "," and _is_parallel(tokens, between, following):
        return True
    if not all(tokens.follows(at) and (_links(tokens, at) or at in barriers.hard) for at in between):
        return False
    return tokens.follows(following.first) and any(tokens[at].fold in _STRONG_LINKS for at in between)


def _is_parallel(tokens: Tokens, between: range, following: Reading) -> bool:
    """Tell whether a comma and a few words that are no verb stand between: `800, het tweede jaar 1.150 fietsers`."""
    words = [tokens[at] for at in between[1:]]
    plain = all(word.kind == "word" and not is_verb(word) and word.fold not in _RELATIVES for word in words)
    return following.kind == "count" and bool(words) and plain and words[0].fold in _PARALLELS


def _share(reading: Reading, following: Reading) -> None:
    """Give a number the unit of the one after it; a multiplier too (`van 2 naar 3 miljoen`)."""
    reading.kind, reading.unit, reading.confidence = following.kind, following.unit, SHARED
    _multiply(reading, following)


def _links(tokens: Tokens, at: int) -> bool:
    """Tell whether a token may stand between two numbers with one noun: `48 anonieme en 130 ondertekende meldingen`."""
    token = tokens[at]
    hanging = token.text == "-" and token.glued and not tokens[at + 1].glued
    named = token.kind == "word" and (describes(token) or token.text[0].isupper())
    return token.fold in _LINKS or hanging or named


def _share_scale(tokens: Tokens, reading: Reading, following: Reading) -> bool:
    """Tell whether the `miljoen` of the second amount holds for the first: `€ 2,1 en € 3,4 miljoen`."""
    link = tokens[following.first - 1].fold
    if link in _ONWARD or following.times is None:
        return link in _ONWARD
    near = following.first == reading.after + 1 and link in _STRONG_LINKS
    return near and reading.low * following.times <= following.low * _ALIKE


def _multiply(reading: Reading, following: Reading) -> None:
    """Give a number the multiplier of the one after it."""
    if following.times is not None and reading.times is None and reading.low < 1000:
        reading.low = scaled(reading.low, following.times)
        reading.high = None if reading.high is None else scaled(reading.high, following.times)


def _inherit(tokens: Tokens, reading: Reading, mentions: Sequence[Mention], barriers: Barriers) -> None:
    """Give a bare number the noun that stands before it."""
    mentions = _several(mentions, reading)
    if read_label(tokens, reading) or reading.number in barriers.loose:
        return
    sentence = tokens.sentence[reading.number]
    said = reading.said or said_before(tokens, reading)
    if reading.times is not None or _is_amount(tokens, reading):
        money = _nearest(mentions, sentence, ("money",))
        of_count = said and _nearest(mentions, sentence, ("count", "money"), _FAR_BACK) is not None
        if not of_count and (money is not None or speaks_of_money(tokens, reading.first, reading.after)):
            reading.kind, reading.unit = "money", "EUR" if money is None else money.unit
            reading.confidence = LEFT_OUT
            return
    if tokens[reading.first - 1].text == "," and tokens.folds(reading.after, len(_APPOSED[0])) in _APPOSED:
        apposed = _plural_before(tokens, reading.first - 1, 1)
        if apposed is not None:
            reading.kind, reading.unit, reading.confidence = "count", apposed.unit, LEFT_OUT
            return
    verb = is_verb(tokens[reading.after])
    back = _FAR_BACK if said or verb else 1
    found = _nearest(mentions, sentence, ("count", "money"), back)
    if found is None or (found.kind == "money" and (reading.low < _LEAST_MONEY or not said)):
        found = _nearest(mentions, sentence, ("count",), back)
    if found is None:
        found = _nearest(mentions, sentence, ("duration", "age", "measure", "percentage"), 0)
    if found is None and tokens[reading.first - 1].text in _PLURAL_REACH:
        found = _plural_before(tokens, reading.first, _PLURAL_REACH[tokens[reading.first - 1].text])
    if found is None:
        if reading.times is not None and reading.times >= _MILLION and not said:  # `per saldo resteert 0,4 miljoen`
            reading.kind, reading.unit, reading.confidence = "money", "EUR", BARE
        return
    near = found.sentence == sentence or verb
    if said:
        confidence = LEFT_OUT if found.sentence >= sentence - 1 else BARE
    elif near and (found.total or stands_alone(tokens, reading, barriers, part=found.part)):
        confidence = LEFT_OUT if found.total else BARE
    else:
        return
    reading.kind, reading.unit, reading.confidence = found.kind, found.unit, confidence


def _plural_before(tokens: Tokens, index: int, reach: int) -> Mention | None:
    """Return the nearest plural noun of a sentence or the one before it: `voor huishoudens zonder steun: 31.000`."""
    sentence = tokens.sentence_of(index)
    for at in range(index - 1, max(-1, index - reach - 1), -1):
        token = tokens[at]
        if tokens.sentence_of(at) < sentence - 1:
            return None
        if token.kind == "word" and is_plural(token) and not is_numeral(tokens, at):
            return Mention(at, sentence, "count", token.text)
    return None


def _several(mentions: Sequence[Mention], reading: Reading) -> Sequence[Mention]:
    """Leave out what counts one, where the number is larger; only the last mentions matter."""
    last = mentions[-_MENTIONS:]
    several = [mention for mention in last if not mention.single]
    return several if several and (reading.low > 1 or reading.kind == "ratio") else last


def _nearest(
    mentions: Sequence[Mention], sentence: int, kinds: tuple[FigureKind, ...], back: int = 1
) -> Mention | None:
    """Return the last mention of some kinds in a sentence or not too far before it."""
    for mention in reversed(mentions):
        if mention.sentence < sentence - back:
            return None
        if mention.kind in kinds:
            return mention
    return None


def _is_amount(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether a bare number is `een bedrag van 40.000`."""
    at = reading.first - 1
    if tokens[at].fold in _OF_AMOUNT:
        at -= 1
    return reading.in_digits and reading.low >= _LEAST_MONEY and tokens[at].fold in _AMOUNTS
