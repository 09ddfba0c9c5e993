"""Characters become pieces of lines: parted at wide gaps and drawn lines, put together where printed apart."""

import math
from itertools import permutations

import pytest

from pipeline.reading.assembling import Char, Look, Rule
from pipeline.reading.fragments import fragments_of

PLAIN = Look(10.0, bold=False, italic=False, colour=0)
BOLD = Look(10.0, bold=True, italic=False, colour=0)
RAISED = Look(6.0, bold=False, italic=False, colour=0)


def printed(text: str, x0: float = 50.0, top: float = 100.0, look: Look = PLAIN, *, rise: float = 0.0) -> list[Char]:
    """Print letters of half their size, without characters for the spaces; `rise` turns the line, points a letter."""
    wide, chars = look.size / 2, []
    for at, letter in enumerate(text):
        left, up = x0 + at * wide, top - at * rise
        if letter != " ":
            chars.append(Char(letter, left, up, left + wide, up + look.size * 1.2, look))
    return chars


def texts(chars: list[Char], rules: tuple[Rule, ...] = ()) -> list[str]:
    return [fragment.text for fragment in fragments_of(chars, rules)]


def test_words_stay_together_and_columns_part() -> None:
    assert texts(printed("de kop  Stuwen die   luisteren")) == ["de kop", "Stuwen die", "luisteren"]


def test_an_upright_rule_parts_what_stands_close() -> None:
    chars = printed("Zand 30")
    assert texts(chars) == ["Zand 30"]
    assert texts(chars, (Rule(72.5, 90, 72.5, 130),)) == ["Zand", "30"]
    assert texts(chars, (Rule(72.5, 150, 72.5, 190),)) == ["Zand 30"]
    assert texts(chars, (Rule(40, 112, 140, 112),)) == ["Zand 30"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_the_content_prints_apart_is_put_together(order: tuple[int, ...]) -> None:
    parts = [printed("de stuw"), printed("in", 90, look=BOLD), printed("de sloot", 105)]
    chars = [char for number in order for char in parts[number]]
    [fragment] = fragments_of(chars, ())
    assert fragment.text == "de stuw in de sloot"
    assert fragment.look == PLAIN
    assert (fragment.x0, fragment.top, fragment.x1, fragment.bottom) == (50, 100, 145, 112)


@pytest.mark.parametrize("degrees", [-1.5, -0.4, 0.4, 1.5])
def test_a_turned_line_is_one_line(degrees: float) -> None:
    rise = 5 * math.tan(math.radians(degrees))
    text = "een regel die over de hele breedte van een gescand blad loopt en dus scheef staat"
    lines = [char for number in range(3) for char in printed(text, top=100 + 13 * number, rise=rise)]
    assert texts(lines) == [text] * 3


def test_raised_letters_belong_to_their_line() -> None:
    for top in (100.0, 98.0):
        line = [*printed("op orde hebben."), *printed("2", 125, top, RAISED), *printed("Dan", 132)]
        below = printed("de volgende regel", top=112)
        assert texts([*line, *below]) == ["op orde hebben.2 Dan", "de volgende regel"]
        assert texts([*line[:13], *line[14:], *below, line[13]]) == ["op orde hebben.2 Dan", "de volgende regel"]


def test_what_is_printed_twice_counts_once() -> None:
    once, again = printed("Koppen"), printed("Koppen", 50.4, 100.2)
    letter_by_letter = [char for pair in zip(once, again, strict=True) for char in pair]
    for chars in ([*once, *again], letter_by_letter, [*once, *printed("tussen", top=130), *again]):
        assert texts(chars)[0] == "Koppen"
        assert "Koppen" not in texts(chars)[1:]


def test_no_letters_no_fragments() -> None:
    assert fragments_of([], ()) == []
    assert fragments_of([Char(" ", 1, 1, 2, 2, PLAIN)], ()) == []
