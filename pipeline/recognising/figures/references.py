"""Numbers that are no figures: years, references, telephone numbers, markers, numbers inside names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.ratios import is_proportion
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import currency_before, read_ending, unit_after
from pipeline.recognising.numbers import read_multiplier
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["references"]
_REFERENCES = frozenset(_DATA["words"])
_ENDINGS: tuple[str, ...] = tuple(_DATA["endings"])
_LOOSE = frozenset(_DATA["loose"])
_DISTRIBUTIVE = frozenset(_DATA["distributive"])
_CHAIN = frozenset(_DATA["chain"])
_STREETS: tuple[str, ...] = tuple(_DATA["streets"])
_CLOCK = frozenset(_DATA["clock"])
_CLOCK_BEFORE = frozenset(_DATA["clock_before"])
_DIALLING = frozenset(_DATA["dialling"])
_YEAR_ALWAYS = frozenset(_DATA["year_always"])
_MONTHS = frozenset(_DATA["months"])
_FIRST_YEAR, _LAST_YEAR = _DATA["years"]
_ORDINALS = frozenset(_DATA["ordinals"])
_ONE = _WORDS["one"]
_ONE_PHRASES = tuple(tuple(phrase.split()) for phrase in _ONE["phrases"])
_IDIOMS = tuple(tuple(phrase.split()) for phrase in _ONE["eyes"])
_EIGHT_AFTER = frozenset(_ONE["eight_after"])
_MONEY = vocabulary("recognising/figures/money.toml")["amounts"]
_LETTERS = frozenset(_MONEY["letters"]) | {"x"}
_PLUS = frozenset(_WORDS["ages"]["plus"]) | frozenset(_WORDS["ages"]["minus"])
_TIMES = frozenset(_MONEY["times"])
_DASHES = frozenset(_WORDS["ranges"]["dashes"])
_ABBREVIATED = frozenset(_WORDS["tokens"]["abbreviations"])
_HOUR = re.compile(r"[0-9]{1,2}[.:][0-9]{2}")
_POINTED = re.compile(r"[0-9]+\.[0-9]{1,2}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_LETTER_PAIR = re.compile(r"[A-Z]{2}")


@dataclass(slots=True)
class Barriers:
    """The tokens that begin no figure."""

    hard: set[int] = field(default_factory=set)
    """Never."""
    soft: set[int] = field(default_factory=set)
    """Only as money or a percentage: they follow a word that numbers refer with."""
    loose: set[int] = field(default_factory=set)
    """Only with a noun or unit of their own."""


def find_barriers(tokens: Tokens, exclude: Sequence[tuple[int, int]]) -> Barriers:
    """Find the numbers of a text that are no figures."""
    barriers = Barriers()
    excluded = _excluded(tokens, exclude)
    for index in range(len(tokens)):
        token = tokens[index]
        if token.kind in ("word", "sign"):
            _mark_references(tokens, index, barriers)
        if not is_numeral(tokens, index):
            continue
        if (
            index in excluded
            or (_is_number(tokens, index) if token.kind == "number" else _is_idiom(tokens, index))
            or (token.kind == "number" and index - 2 in barriers.hard and _dialled(tokens, index))
        ):
            barriers.hard.add(index)
    return barriers


def _excluded(tokens: Tokens, exclude: Sequence[tuple[int, int]]) -> set[int]:
    """Return the tokens that overlap spans in which no figure may lie."""
    found: set[int] = set()
    spans = sorted(exclude)
    reach = at = 0
    for index in range(len(tokens)):
        token = tokens[index]
        while at < len(spans) and spans[at][0] < token.end:
            reach, at = max(reach, spans[at][1]), at + 1
        if token.start < reach:
            found.add(index)
    return found


def _mark_references(tokens: Tokens, index: int, barriers: Barriers) -> None:
    """Mark the numbers that follow a word such as `artikel`."""
    word = tokens[index].fold
    strict = word in _REFERENCES or word.endswith(_ENDINGS)
    if not strict and word not in _LOOSE:
        return
    if tokens[index - 1].fold in _DISTRIBUTIVE or (is_numeral(tokens, index - 1) and tokens.follows(index)):
        return
    at = index + 1
    while tokens[at].text in (".", ":") and tokens[at].glued and at < index + 3 and strict:
        strict = tokens[at].text != ":"  # `Tweede fase: drie stations`
        at += 1
    while tokens.follows(at) and is_numeral(tokens, at) and tokens[at].fold != "een":
        (barriers.soft if strict else barriers.loose).add(at)
        if tokens[at + 1].fold in _CHAIN and tokens.follows(at + 2) and is_numeral(tokens, at + 2):
            at += 2
        elif tokens[at + 1].fold == ("tot") and tokens[at + 3].fold == "met":
            at += 4
        else:
            return


def _is_number(tokens: Tokens, index: int) -> bool:
    """Tell whether a number in digits is no figure."""
    return any(test(tokens, index) for test in _TESTS)


def _glued_wrongly(tokens: Tokens, index: int) -> bool:
    """`top-10`, `COVID-19`, `’21`, `woord.3`, `5G`, `3e`, `10-puntenplan`."""
    token, before, further = tokens[index], tokens[index - 1], tokens[index - 2]
    if token.glued and before.text in _DASHES and before.glued and further.kind == "word":
        return not is_numeral(tokens, index - 2)
    if token.glued and before.text in ("'", "’", "‘", "@", "#", "_"):
        return True
    if token.glued and before.text in (".", ",", ")", ":", ";") and before.glued and further.kind in ("word", "sign"):
        return further.fold not in _ABBREVIATED and further.text not in ("€", "$")
    following, last = tokens[index + 1], tokens[index + 2]
    if following.glued and following.kind == "word":
        known = following.fold in _LETTERS or read_multiplier(following.text) is not None or following.fold in _PLUS
        return following.fold in _ORDINALS or not (known or unit_after(tokens, index + 1) or _period(following.fold))
    if following.glued and following.text in _DASHES and last.glued and last.kind == "word":
        return not (_period(last.fold) or last.fold in _PLUS or last.fold == "tal")
    return following.glued and following.text in ("@", "_")


def _period(word: str) -> bool:
    """Tell whether a word is the end of `12-jarigen`."""
    split = read_ending(word)
    return split is not None and not split[0]


def _is_clock(tokens: Tokens, index: int) -> bool:
    """`10.00 uur`, `om 9 uur`, `14:30`."""
    text = tokens[index].text
    if ":" in text or _is_hour_of_day(tokens, index):
        return not is_proportion(tokens, index)
    at = index + 1
    if tokens[at].fold in ("-", "–", "tot", "en") and tokens[at + 1].kind == "number":
        at += 2
    clock = tokens[at].fold in _CLOCK
    return (clock and _HOUR.fullmatch(text) is not None) or (
        clock and tokens[index - 1].fold in _CLOCK_BEFORE and len(text) <= 2
    )


def _is_hour_of_day(tokens: Tokens, index: int) -> bool:
    """`twaalf uur ’s middags`."""
    quote, letter = tokens[index + 2], tokens[index + 3]
    return tokens[index + 1].fold in _CLOCK and quote.text in ("'", "’", "‘") and letter.fold == "s" and letter.glued


def _is_pointed(tokens: Tokens, index: int) -> bool:
    """`paragraaf 3.2`, `2.1 Aanpak`: a point that groups nothing, and no unit."""
    if not _POINTED.fullmatch(tokens[index].text):
        return False
    following = tokens[index + 1]
    known = unit_after(tokens, index + 1) or read_multiplier(following.text) or following.fold in ("fte", "vte")
    return not known and currency_before(tokens, index) is None


def _dialled(tokens: Tokens, index: int) -> bool:
    """Tell whether a number continues a telephone number two tokens before."""
    first = tokens[index - 2].text
    return tokens[index - 1].text in ("-", "–", ")", "/") and (first.startswith("0") or first in _DIALLING)


def _is_code(tokens: Tokens, index: int) -> bool:
    """Telephone numbers, postcodes."""
    text = tokens[index].text
    if text[0] == "0" and text[1:2].isdigit():
        return True
    before = tokens[index - 1]
    if before.text == "+" and tokens[index].glued and text.split(" ")[0] in _DIALLING:
        return True
    if before.kind == "number" and not tokens[index].breaks:
        return (before.text[0] == "0" and before.text[1:2].isdigit()) or tokens[index - 2].text == "+"
    following = tokens[index + 1]
    if _POSTCODE.fullmatch(text) and _LETTER_PAIR.fullmatch(following.text):
        return unit_after(tokens, index + 1) is None or tokens[index + 2].text[:1].isupper()
    return False


def _is_marker(tokens: Tokens, index: int) -> bool:
    """`1.` and `1)` that begin a line, `(1)`, `24/7`, a house number."""
    token, before, following = tokens[index], tokens[index - 1], tokens[index + 1]
    if token.line and following.glued and following.text in (".", ")") and len(token.text) <= 3:
        return True
    if following.text == ")" and following.glued and len(token.text) <= 2:
        opened = any(
            tokens[at].text == "("
            for at in range(index - 12, index)
            if tokens.sentence_of(at) == tokens.sentence_of(index)
        )
        return not opened or (before.text == "(" and token.glued)
    if before.text == "(" and token.glued and following.text == ")":
        return True
    if following.text == "/" and following.glued and tokens[index + 2].glued and tokens[index + 2].kind == "number":
        return not _is_fraction(tokens, index)
    if before.text == "/" and before.glued and token.glued and tokens[index - 2].kind == "number":
        return True
    if before.fold in _TIMES or (before.text == "€" and tokens[index - 2].fold in _TIMES):
        return True
    return _is_house(tokens, index)


def _is_fraction(tokens: Tokens, index: int) -> bool:
    """`1/3 van de`."""
    return tokens[index + 3].fold in ("van", "deel") and len(tokens[index].text) == 1


def _is_house(tokens: Tokens, index: int) -> bool:
    """`Laan 12`, `Laan van Meerdervoort 12`."""
    at = index - 1
    while at > index - 6 and tokens.follows(at + 1):
        token = tokens[at]
        if token.kind != "word" or not (token.text[0].isupper() or token.fold in ("van", "de", "der", "den", "het")):
            return False
        if token.text[0].isupper() and token.fold.endswith(_STREETS) and tokens.inside(at):
            return True
        at -= 1
    return False


def _is_calendar(tokens: Tokens, index: int) -> bool:
    """`15 juli`, `3 en 4 juni`, `01-03-2024`, `in 2024`, `2021-2022`."""
    token, following, before = tokens[index], tokens[index + 1], tokens[index - 1]
    if following.fold in _MONTHS and not following.breaks and (following.fold != "mei" or len(token.text) <= 2):
        return token.text.isdigit() and len(token.text) <= 2
    if following.fold in ("en", "of", "-", "–", "tot", "t/m", ",") and tokens[index + 3].fold in _MONTHS:
        return len(token.text) <= 2 and tokens[index + 2].kind == "number" and len(tokens[index + 2].text) <= 2
    if any(_dashed(tokens, index + shift) for shift in (0, -2, -4)):
        return True
    if not _is_year(token.text) or currency_before(tokens, index) is not None:
        return False
    if before.fold in _MONTHS or before.fold in _YEAR_ALWAYS or _is_name_before(tokens, index):
        return unit_after(tokens, index + 1) is None and read_multiplier(following.text) is None
    if unit_after(tokens, index + 1) is not None or read_multiplier(following.text) is not None:
        return False
    return read_noun(tokens, index + 1, singular=False) is None


def _is_name_before(tokens: Tokens, index: int) -> bool:
    """Tell whether a capitalised word inside a sentence stands before a year: `Horizon 2020`."""
    before = tokens[index - 1]
    return before.kind == "word" and before.text[0].isupper() and tokens.inside(index - 1)


def _dashed(tokens: Tokens, index: int) -> bool:
    """Tell whether `01-03-2024` begins at a token, or a telephone number `070-123-4567`."""
    return index >= 0 and all(
        tokens[index + shift].kind == ("number" if shift % 2 == 0 else "sign")
        and (shift == 0 or tokens[index + shift].glued)
        and (shift % 2 == 0 or tokens[index + shift].text in "-/–")
        for shift in range(5)
    )


def _is_year(text: str) -> bool:
    """Tell whether digits can be a year."""
    return len(text) == 4 and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _is_idiom(tokens: Tokens, index: int) -> bool:
    """Tell whether a number in words is no figure: `één of ander`, `acht het nodig`, `Vier Seizoenen`."""
    token = tokens[index]
    if any(_matches(tokens, index, phrase) for phrase in _around(token.fold)):
        return True
    if token.fold == "een" and tokens[index - 1].fold in _ONE["before"] and tokens[index + 1].fold in _ONE["idioms"]:
        return True
    if token.fold == "een" and tokens[index - 1].fold == "de" and tokens.follows(index):  # `de één … de ander`
        return True
    if _is_hour_of_day(tokens, index):
        return True
    if token.fold == "acht" and tokens[index - 1].fold in _EIGHT_AFTER:
        return True
    name = token.text[0].isupper() and tokens[index + 1].text[:1].isupper() and not token.text.isupper()
    return name and tokens.inside(index)


def _around(word: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the idioms that hold a numeral, each with the place of the numeral in it."""
    for phrase in (*_ONE_PHRASES, *_IDIOMS):
        for place, part in enumerate(phrase):
            if part == word:
                yield place, phrase


def _matches(tokens: Tokens, index: int, placed: tuple[int, tuple[str, ...]]) -> bool:
    """Tell whether an idiom stands around a token."""
    place, phrase = placed
    return tokens.folds(index - place, len(phrase)) == phrase


_TESTS = (_glued_wrongly, _is_clock, _is_pointed, _is_code, _is_marker, _is_calendar)
