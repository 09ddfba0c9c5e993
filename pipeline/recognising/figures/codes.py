"""Digits that are a code or part of a name: telephone numbers, postcodes, versions, markers, house numbers."""

import re

from pipeline.recognising.figures.amounts import is_numeral, slashed_at
from pipeline.recognising.figures.measures import NAMES as MEASURES
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import currency_before, read_ending, unit_after
from pipeline.recognising.figures.wording import COORDINATORS
from pipeline.recognising.numbers import GROUP, read_multiplier
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["references"]
_MONEY = vocabulary("recognising/figures/money.toml")["amounts"]
_STREETS: tuple[str, ...] = tuple(_DATA["streets"])
_DIALLING = frozenset(_DATA["dialling"])
_EQUIVALENTS = frozenset(_WORDS["nouns"]["equivalents"])
_ORDINALS = frozenset(_DATA["ordinals"])
_LETTERS = frozenset(_MONEY["letters"]) | {"x"}
_PLUS = frozenset(_WORDS["ages"]["plus"]) | frozenset(_WORDS["ages"]["minus"])
_TIMES = frozenset(_MONEY["times"])
_DASHES = frozenset(_WORDS["ranges"]["dashes"])
_ABBREVIATED = frozenset(_WORDS["tokens"]["abbreviations"])
_POINTED = re.compile(r"[0-9]+\.[0-9]{1,2}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_LETTER_PAIR = re.compile(r"[A-Z]{2}")
_SINGLE_PERIODS = frozenset(_DATA["single_periods"])
_UNDER = frozenset(_DATA["under"])
_FRACTION_AFTER = frozenset(_DATA["fraction_after"])
_INSIDE_STREET = frozenset(_DATA["inside_street"])
_PLACE = frozenset(_DATA["place"])


def is_code(tokens: Tokens, index: int) -> bool:
    """Tell whether a number in digits is a code, a marker or part of a name."""
    return any(test(tokens, index) for test in _TESTS)


def is_dialled(tokens: Tokens, index: int) -> bool:
    """Tell whether a number continues a telephone number two tokens before."""
    first = tokens[index - 2].text
    return tokens[index - 1].text in ("-", "–", ")", "/") and (first.startswith("0") or first in _DIALLING)


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
        return not (_period(last.fold) or last.fold in _PLUS or last.fold in MEASURES or last.fold == GROUP)
    return following.glued and following.text in ("@", "_")


def _period(word: str) -> bool:
    """Tell whether a word is the end of `12-jarigen`."""
    split = read_ending(word)
    return split is not None and not split[0]


def _is_pointed(tokens: Tokens, index: int) -> bool:
    """`paragraaf 3.2`, `2.1 Aanpak`: a point that groups nothing, and no unit."""
    if not _POINTED.fullmatch(tokens[index].text):
        return False
    following = tokens[index + 1]
    known = unit_after(tokens, index + 1) or read_multiplier(following.text) or following.fold in _EQUIVALENTS
    return not known and currency_before(tokens, index) is None


def _is_number_of(tokens: Tokens, index: int) -> bool:
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
        return not opened or (before.text == "(" and token.glued and not _goes_on_counting(tokens, index))
    if following.text == "°" and before.fold in _UNDER and tokens[index + 2].fold != "c":  # `onder 4°`
        return True
    if before.text == "(" and token.glued and following.text == ")":
        return not _goes_on_counting(tokens, index)
    if following.text == "/" and following.glued and tokens[index + 2].glued and tokens[index + 2].kind == "number":
        return not _is_fraction(tokens, index)
    if before.text == "/" and before.glued and token.glued and tokens[index - 2].kind == "number":
        return True
    times = index - 2 if before.text == "€" else index - 1
    if tokens[times].fold in _TIMES and tokens[times - 1].kind != "number":  # `bedragen x € 1.000`, not `2 x € 50`
        return True
    return _is_house(tokens, index)


def _goes_on_counting(tokens: Tokens, index: int) -> bool:
    """Tell whether `(5)` stands in a list such as `Almelo (3 scholen), Venlo (5) en Terneuzen (2)`."""
    at = index - 2
    if not tokens[at].text[:1].isupper():
        return False
    while at > index - 7 and (tokens[at].text[:1].isupper() or tokens[at].fold in COORDINATORS | {","}):
        at -= 1
    opened = next((back for back in range(at - 1, at - 5, -1) if tokens[back].text == "("), None)
    return tokens[at].text == ")" and opened is not None and is_numeral(tokens, opened + 1)


def _is_fraction(tokens: Tokens, index: int) -> bool:
    """`1/3 van de`, `1/4 mijl`."""
    if slashed_at(tokens, index) is not None:
        return True
    return tokens[index + 3].fold in _FRACTION_AFTER and len(tokens[index].text) == 1


def _is_house(tokens: Tokens, index: int) -> bool:
    """`Laan 12`, `Laan van Meerdervoort 12`."""
    at = index - 1
    while at > index - 6 and tokens.follows(at + 1):
        token = tokens[at]
        if token.kind != "word" or not (token.text[0].isupper() or token.fold in _INSIDE_STREET):
            return False
        if token.text[0].isupper() and token.fold.endswith(_STREETS) and tokens.inside(at):
            return True
        at -= 1
    return False


def _is_named(tokens: Tokens, index: int) -> bool:
    """`Route 66+`, `de Boeing 737 week uit`: behind a name inside a sentence, with no noun of its own."""
    name, following = tokens[index - 1], tokens[index + 1]
    if name.kind != "word" or not name.text[0].isupper() or not tokens.follows(index) or not tokens.inside(index - 1):
        return False
    if name.text.isupper() or tokens[index - 2].fold in _PLACE or not tokens[index].text.isdigit():
        return False
    return (following.text == "+" and following.glued) or following.fold in _SINGLE_PERIODS


_TESTS = (_glued_wrongly, _is_pointed, _is_number_of, _is_marker, _is_named)
