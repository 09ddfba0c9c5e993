"""Dutch numerals: tables of what is read, and what holds for any number and any text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognising.numbers import (
    read_character,
    read_compound,
    read_digits,
    read_group,
    read_part,
    read_word,
    read_words,
)

ONES = ["", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
TEENS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def spelled(number: int) -> str:
    """Spell a number below a million the Dutch way, written without the code under test."""
    if number >= 1000:
        head = "" if number < 2000 else spelled(number // 1000)
        return f"{head}duizend{spelled(number % 1000)}"
    if number >= 100:
        head = "" if number < 200 else ONES[number // 100]
        return f"{head}honderd{spelled(number % 100)}"
    if number < 10:
        return ONES[number]
    if number < 20:
        return TEENS[number - 10]
    one, ten = ONES[number % 10], TENS[number // 10]
    if not one:
        return ten
    return f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"


def whole(text: str) -> Decimal | None:
    """Read a text that is one number from beginning to end."""
    words = [word.rstrip(".") for word in text.split()]
    read = read_words(words)
    return read[0] if read is not None and read[1] == len(words) else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("1.200", "1200"),
        ("1.250.000", "1250000"),
        ("1.250.000,50", "1250000.50"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("0,75", "0.75"),
        ("1,250,000", "1250000"),
        ("1 250 000", "1250000"),
        ("260\u00a0000", "260000"),
    ],
)
def test_digits(text: str, number: str) -> None:
    assert read_digits(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1.2.3", "12:30", "1,2,3", "a", "1e5", "٣", "1" * 400, "1..2", "1,"])
def test_no_digits(text: str) -> None:
    assert read_digits(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("anderhalf miljoen", "1500000"),
        ("een half miljoen", "500000"),
        ("een kwart miljoen", "250000"),
        ("twee en een half", "2.5"),
        ("tweeënhalf", "2.5"),
        ("twee-en-een-half", "2.5"),
        ("driekwart", "0.75"),
        ("een tiental", "10"),
        ("een dozijn", "12"),
        ("een vijftigtal", "50"),
        ("een honderdtal", "100"),
        ("honderdvijftig", "150"),
        ("honderd vijftig", "150"),
        ("honderdenzes", "106"),
        ("vijftienhonderd", "1500"),
        ("elfhonderdtwaalf", "1112"),
        ("twee-en-twintig", "22"),
        ("tweeëntwintig", "22"),
        ("tweeéntwintig", "22"),
        ("twee\u0065\u0308ntwintig", "22"),
        ("ÉÉN", "1"),
        ("één", "1"),
        ("éen", "1"),
        ("nul", "0"),
        ("een miljoen", "1000000"),
        ("één miljard", "1000000000"),
        ("twee miljoen driehonderdduizend", "2300000"),
        ("2,5 mln.", "2500000"),
        ("3 mld", "3000000000"),
        ("5 duizend", "5000"),
        ("vijf honderd", "500"),
        ("tweehonderdvijftigduizend", "250000"),
        ("tweemiljoen", "2000000"),
        ("drieduizend vijfhonderd", "3500"),
        ("een miljoen tweehonderdduizend drieëntwintig", "1200023"),
        ("1 miljoen 200 duizend", "1200000"),
        ("honderd en vijf", "105"),
        ("vijf en twintig", "25"),
        ("twee komma vijf miljoen", "2500000"),
        ("nul komma nul vijf", "0.05"),
        ("een komma twee", "1.2"),
        ("2 en een half", "2.5"),
        ("tweeëneenhalve", "2.5"),
        ("half miljoen", "500000"),
        ("een half dozijn", "6"),
        ("twee dozijn", "24"),
    ],
)
def test_phrases(text: str, number: str) -> None:
    assert whole(text) == Decimal(number)


@pytest.mark.parametrize(
    "word",
    ["een", "aantal", "totaal", "kwartaal", "achter", "eental", "tienen", "eerste", "derde", "miljoenen", "beide", ""],
)
def test_no_number(word: str) -> None:
    assert whole(word) is None


@pytest.mark.parametrize(
    ("words", "share"),
    [
        (["twee", "derde"], ("2", "3", 2)),
        (["een", "kwart", "van"], ("1", "4", 2)),
        (["tweederde"], ("2", "3", 1)),
        (["twee-derde"], ("2", "3", 1)),
        (["driekwart"], ("3", "4", 1)),
        (["drie", "kwart"], ("3", "4", 2)),
        (["zeven", "tiende"], ("7", "10", 2)),
    ],
)
def test_parts(words: list[str], share: tuple[str, str, int]) -> None:
    above, below, used = share
    assert read_part(words) == (Decimal(above) / Decimal(below), used)


@pytest.mark.parametrize("words", [["derde"], ["de", "derde"], ["vijf", "derde"], ["achtste"], []])
def test_no_parts(words: list[str]) -> None:
    assert read_part(words) is None


def test_groups_and_characters() -> None:
    assert read_group("viertal") == 4
    assert read_group("aantal") is None
    assert read_character("½") == Decimal("0.5")
    assert read_character("x") is None


def test_longest_number_is_taken() -> None:
    assert read_words(["twee", "miljoen", "euro"]) == (Decimal(2_000_000), 2)
    assert read_words(["twee", "scholen"]) == (Decimal(2), 1)
    assert read_words(["een", "school"]) is None
    assert read_words(["honderd", "en", "een", "nachten"]) == (Decimal(101), 3)
    assert read_words(["honderd", "en", "een", "aantal"]) == (Decimal(100), 1)
    assert read_words(["vijf", "en", "twintig"], joins=False) == (Decimal(5), 1)
    assert read_words(["twee", "miljoen", "2023"]) == (Decimal(2_000_000), 2)


@given(st.integers(min_value=2, max_value=999_999))
def test_every_spelled_number_is_read(number: int) -> None:
    assert read_word(spelled(number)) == number
    assert read_compound(spelled(number).replace("ë", "e")) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_every_grouped_number_is_read(number: int) -> None:
    assert read_digits(f"{number:,}".replace(",", ".")) == number


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    read_words(text.split())
    read_word(text)
    read_group(text)
