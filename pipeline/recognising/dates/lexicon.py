"""The words of dates and the tokens that they make: language knowledge from ``words.toml``, compiled once.

Only what can be part of a date becomes a token; all other text is the gap between two of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from pipeline.resources import vocabulary

SPACE = r"(?:[^\S\n]{1,20}\n?[^\S\n]{0,20}|\n[^\S\n]{0,20})"
"""White space inside an expression: a line may break, a paragraph may not."""
APOSTROPHE = "'’‘ʼ`´"
_SEPARATORS = {"iso", "dmy", "dby"}


class Token(NamedTuple):
    """A word or number that can be part of a date."""

    kind: str
    start: int
    end: int
    value: Any
    """A number, a code, a modifier or, for a whole date, (year, month, day)."""


def words() -> dict[str, Any]:
    """Return the vocabulary of dates. It is shared: read it, never change it."""
    return vocabulary("recognising/dates/words.toml")


def fold(phrase: str) -> str:
    """Lower a phrase and make its white space, apostrophes and accents comparable."""
    plain = unicodedata.normalize("NFC", " ".join(phrase.split())).casefold()
    return plain.translate(dict.fromkeys(map(ord, APOSTROPHE), "'"))


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, longest first, that does not depend on how many there are.

    The phrases become a trie, so that the engine never tries one after the other.
    """
    trie: dict[str, Any] = {}
    for phrase in phrases:
        for form in {phrase, unicodedata.normalize("NFD", phrase)}:
            node = trie
            for letter in fold(form) if form.isascii() else form.casefold():
                node = node.setdefault(letter, {})
            node[""] = {}
    return _pattern(trie)


def _pattern(node: dict[str, Any]) -> str:
    branches = [_letter(letter) + _pattern(after) for letter, after in sorted(node.items()) if letter]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in node:
        return body
    return f"(?:{body})?"


def _letter(letter: str) -> str:
    if letter == " ":
        return SPACE
    return f"[{APOSTROPHE}]" if letter == "'" else re.escape(letter)


@cache
def _phrases() -> dict[str, tuple[str, Any]]:
    """Map each folded phrase to its kind and value."""
    known = words()
    table: dict[str, tuple[str, Any]] = {}

    def add(kind: str, entries: dict[str, Any]) -> None:
        table.update({fold(phrase): (kind, value) for phrase, value in entries.items()})

    for kind, section in (
        ("month", "months"),
        ("season", "seasons"),
        ("seasons", "seasons_plural"),
        ("ordinal", "ordinals"),
        ("unit", "units"),
        ("code", "codes"),
        ("tens", "decades"),
        ("decade", "decades_adjective"),
        ("school", "school_years"),
        ("part", "parts"),
        ("modifier", "modifiers"),
        ("approximate", "approximate"),
    ):
        add(kind, known[section])
    add("short_month", known["months_short"])
    add("short_month", {f"{name}.": number for name, number in known["months_short"].items()})
    for kind in ("decade", "between", "now", "week"):
        add("jaren" if kind == "decade" else kind, dict.fromkeys(known["words"][kind], 0))
    return table


@cache
def _scanner() -> re.Pattern[str]:
    short = one_of(words()["months_short"])
    month = f"{one_of(words()['months'])}|{short}\\.?"
    return re.compile(
        rf"""
          (?P<link>(?<!\w)(?:https?://|www\.)[^\s]{{1,2000}})
        | (?<!\w)(?P<iso>(?<![\w/.-])\d{{4}}-\d{{2}}-\d{{2}}(?![\w-]|/\d))
        | (?<!\w)(?:(?<!\d[-/.])|(?<=[-/.]\d{{4}}-))
          (?P<dmy>\d{{1,2}}(?P<sep>\s?[-/.]\s?)\d{{1,2}}(?P=sep)(?:\d{{4}}|[{APOSTROPHE}]\d\d|(?<=\d\d[-/.]\d\d[-/.])\d\d|(?<=\d[-/])\d\d)
          (?!\w|[-/.]?\d(?!\d?[-/.])))
        | (?<![\w-])(?P<dby>\d{{1,2}}[-/](?:{month})[-/](?:\d{{4}}|\d\d)(?!\w))
        | (?P<short>(?<!\w)[{APOSTROPHE}]\d\d(?!\w))
        | (?<!\w)(?:
              (?P<ordinal>\d{{1,2}}(?:ste|de|e)(?!\w))
            | (?P<number>\d+(?:[.,]\d+)*(?!\w|[.,]\d))
            | (?P<word>{one_of(_phrases())}(?!\w))
            | (?P<other>\d\w*(?!\w))
          )
        | (?P<sign>±)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, in order. Takes time in proportion to the text."""
    known = _phrases()
    for match in _scanner().finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        if match["word"]:
            phrase = known.get(fold(match["word"]))
            if phrase:
                yield Token(phrase[0], start, end, phrase[1])
        elif match["number"]:
            digits = match["number"]
            yield Token("number" if digits.isascii() and digits.isdigit() else "other", start, end, digits)
        elif match["ordinal"]:
            yield Token("ordinal", start, end, int(re.sub(r"\D", "", match["ordinal"])))
        elif match["short"]:
            yield Token("short", start, end, int(match["short"][1:]))
        elif match["sign"]:
            yield Token("approximate", start, end, 0)
        elif kind == "sep" or match["dmy"] or match["iso"] or match["dby"]:
            yield Token("date", start, end, _whole(match))
        else:
            yield Token("other", start, end, 0)


def _whole(match: re.Match[str]) -> tuple[int, int, int]:
    """Read a date that is written in one piece."""
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return int(year), int(month), int(day)
    if match["dby"]:
        day, name, year = re.split("[-/]", match["dby"])
        return full_year(year), _phrases()[fold(name)][1], int(day)
    day, month, year = re.split("[-/.]", match["dmy"])
    return full_year(year.strip(APOSTROPHE + " \n")), int(month), int(day)


def full_year(digits: str | int) -> int:
    """Return a year that may be written with two digits: ``24`` is 2024, ``98`` is 1998."""
    year = int(digits)
    if year > 99:
        return year
    return year + (2000 if year < 50 else 1900)
