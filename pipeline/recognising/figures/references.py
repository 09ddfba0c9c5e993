"""Numbers that are no figures: references, idioms, numbers inside names; codes and times have modules of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.recognising.figures.amounts import is_numeral
from pipeline.recognising.figures.codes import is_code, is_dialled
from pipeline.recognising.figures.times import is_time
from pipeline.recognising.figures.tokens import Tokens
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_DATA = _WORDS["references"]
_REFERENCES = frozenset(_DATA["words"])
_ENDINGS: tuple[str, ...] = tuple(_DATA["endings"])
_LOOSE = frozenset(_DATA["loose"])
_DISTRIBUTIVE = frozenset(_DATA["distributive"])
_CHAIN = frozenset(_DATA["chain"])
_TITLED = frozenset(_DATA["titled"])
_ONE = _WORDS["one"]
_ONE_PHRASES = tuple(tuple(phrase.split()) for phrase in _ONE["phrases"])
_IDIOMS = tuple(tuple(phrase.split()) for phrase in _ONE["eyes"])
_EIGHT = frozenset(_ONE["eight"])
_EIGHT_AFTER = frozenset(_ONE["eight_after"])


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
            or is_time(tokens, index)
            or (
                is_code(tokens, index) or _is_title(tokens, index)
                if token.kind == "number"
                else _is_idiom(tokens, index)
            )
            or (token.kind == "number" and index - 2 in barriers.hard and is_dialled(tokens, index))
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
        named = tokens.follows(at + 1) and tokens[at + 1].text[:1].isupper()  # `Route 66 Events`
        (barriers.soft if strict or named else barriers.loose).add(at)
        same = tokens[at + 2].kind == tokens[at].kind  # not `nr. 61, vier wijzigingen`
        if tokens[at + 1].fold in _CHAIN and tokens.follows(at + 2) and is_numeral(tokens, at + 2) and same:
            at += 2
        elif tokens[at + 1].fold == ("tot") and tokens[at + 3].fold == "met":
            at += 4
        else:
            return


def _is_title(tokens: Tokens, index: int) -> bool:
    """Tell whether digits begin a title: `de film 12 Years a Slave`, `het project 1000 Dagen`."""
    return tokens[index - 1].fold in _TITLED and tokens[index + 1].text[:1].isupper() and tokens.follows(index + 1)


def _is_idiom(tokens: Tokens, index: int) -> bool:
    """Tell whether a number in words is no figure: `één of ander`, `acht het nodig`, `Vier Seizoenen`."""
    token = tokens[index]
    if any(_matches(tokens, index, phrase) for phrase in _around(token.fold)):
        return True
    if token.fold == "een" and tokens[index - 1].fold in _ONE["before"] and tokens[index + 1].fold in _ONE["idioms"]:
        return True
    if token.fold == "een" and tokens[index - 1].fold == "de" and tokens.follows(index):  # `de één … de ander`
        return True
    if token.fold in _EIGHT and tokens[index - 1].fold in _EIGHT_AFTER:
        return True
    name = token.text[0].isupper() and (tokens[index - 1].kind == "word" or tokens[index + 1].text[:1].isupper())
    return name and tokens.inside(index) and not token.text.isupper()


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
