"""The recogniser of figures takes time in proportion to the text, whatever the text is."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from timing import WHILE, assert_in_proportion, least_seconds

from pipeline import recognising
from pipeline.recognising import figures
from pipeline.recognising.figures import find_figures

WORDS_A_SECOND = 40_000
MODULES = ("numbers", "numerals", "fractions", "sentences")
"""What the recogniser reads with besides its own modules."""

# Of each pattern the characters that it has most to do with: what it goes on with for long and then fails on.
WORST: dict[str, tuple[str, ...]] = {
    "codes._POINTED": ("1", "1.", "1.1"),
    "codes._POSTCODE": ("1", "1a"),
    "codes._LETTER_PAIR": ("A", "Aa"),
    "ratios._PROPORTION": ("1", "1:", "1:1"),
    "times._HOUR": ("1", "1:", "1.1:"),
    "tokens._TOKEN": (
        "1 000 ",
        "1",
        "1.",
        "1,1:",
        "a-",
        "a'",
        "a/",
        "á\u0301",
        "a",
        "www.",
        "http://",
        "--",
        "US$",
        "m/",
        "1 ",
    ),
    "wording._GE": ("ge", "gea", "uitge", "geten", "en", "d"),
    "wording._IS_DONE": ("ge", "uitge", "aend", "d", "en", "be"),
    "wording._NOMINAL": ("ge", "geaaa", "uitge", "geden", "gedten", "en", "d"),
    "numbers._GROUPED": ("1", "1.", "1.000", "111.000.", "1,"),
    "numbers._GROUPED_BY_COMMA": ("1", "1,", "1,000", "111,000,", "1."),
    "numbers._GROUPED_BY_SPACE": ("1", "1 ", "1 000", "111 000 ", "1,"),
    "numbers._PLAIN": ("1", "1.", "1,1"),
    "numbers._HYPHENED_AND": ("-en-", "-", "-en", "en-"),
    "numerals._POWER": ("1", "1e", "1.,", "1^-", "1e9"),
    "numerals._LETTERED": ("1", "1a", "1.,", "a"),
    "numerals._SIGN": ("-", "min ", "plus ", " ", "- "),
    "fractions._ORDINAL": ("1", "1e", "de", "ste", "1/", "1ste"),
    "fractions._SLASHED": ("1", "1/", "/"),
    "sentences._END": (". ", "\n", "\n ", ". \n", ".)", "!\"'", "\n\n\t", "\n1) ", "\n-"),
    "sentences._LAST_WORD": ("a", ". ", "a."),
}
SOUGHT = ("tokens._TOKEN", "sentences._END")
"""Patterns that are looked for in the whole text; the others are held against one word."""

# Words that the grammar has most to do with: each begins something that does not come.
PIECES = (
    "12 en ", "een ", "waarvan 3 ", "1 ", "€ ", "12 (a ", "grote ", "er nog ", "1-1-", "12 grote, ", "12 door de ",
    "12 niet nog ", "3 van de ", "12 als gemaakte ", "van 2 tot ", "twee of ", "12 huizen, 3 in ", "aantal ", "a: 1; ",
    "x | 2 | ", "12, in ", "(", "zorg- en ", "twaalf- tot ", "om 3 ", "Laan van ", "nr. 1, ", "duizend ", "miljoen ",
    "een half ", "1/2 ", "tussen 1 en ", "12\n", "vijf euro ", "jaar ", "12 proof of ", "n = 3 ", "van elk 40 ",
)  # fmt: skip


def patterns() -> dict[str, re.Pattern[str]]:
    """Gather every compiled pattern of the modules that read figures."""
    names = [f"{figures.__name__}.{module.name}" for module in pkgutil.iter_modules(figures.__path__)]
    names += [f"{recognising.__name__}.{name}" for name in MODULES]
    return {
        f"{name.rpartition('.')[2]}.{key}": value
        for name in names
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, re.Pattern)
    }


def samples() -> str:
    folder = Path(__file__).parents[1] / "samples"
    return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))


def use(name: str, text: str) -> Callable[[], object]:
    pattern = patterns()[name]
    return (lambda: sum(1 for _ in pattern.finditer(text))) if name in SOUGHT else (lambda: pattern.fullmatch(text))


def find(text: str) -> Callable[[], object]:
    return lambda: find_figures(text)


def test_every_pattern_has_its_worst_text() -> None:
    assert set(WORST) == set(patterns())


@pytest.mark.parametrize("name", WORST)
def test_patterns(name: str) -> None:
    for piece in WORST[name]:
        assert_in_proportion(piece, lambda text: use(name, text))


@pytest.mark.parametrize("piece", PIECES)
def test_words(piece: str) -> None:
    assert_in_proportion(piece, find)


@pytest.mark.soak
@pytest.mark.parametrize("piece", dict.fromkeys([*PIECES, *WORST["tokens._TOKEN"]]))
def test_words_of_a_long_text(piece: str) -> None:
    assert_in_proportion(piece, find, busy=WHILE)


@pytest.mark.soak
def test_words_a_second() -> None:
    text = samples()
    enough = len(text.split()) / WORDS_A_SECOND
    assert least_seconds(find(text), enough=enough) <= enough
