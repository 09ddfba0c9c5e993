"""Dutch numerals: tables of what is read, and what holds for any number and any text."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.recognising.fractions import read_character, read_part
from pipeline.recognising.numbers import read_compound, read_digits, read_group, read_word
from pipeline.recognising.numerals import read_number, read_words


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
        ("min 5", "-5"),
        ("-12,5", "-12.5"),
        ("10k", "10000"),
        ("2 1/4", "2.25"),
        ("1/8", "0.125"),
        ("¾", "0.75"),
        (",25", "0.25"),
        ("een achtste", "0.125"),
        ("een honderdste", "0.01"),
        ("drie en twee vijfde", "3.4"),
        ("drie miljoensten", "0.000003"),
        ("2e3", "2000"),
        ("1,5^2", "2.25"),
        ("negatief 40", "-40"),
        ("20 / 80", "0.25"),
        ("een op vijf", "0.2"),
        ("drie gedeeld door acht", "0.375"),
        ("twee-honderdste", "0.02"),
        ("drie komma een vier", "3.14"),
        ("twee komma vijf nul", "2.50"),
        ("1E+3", "1000"),
        ("1,2M", "1200000"),
        ("2 ½", "2.5"),
        ("een 8ste", "0.125"),
        ("vijf en zeventig honderdste", "0.75"),
        ("twee en een vierde miljoen", "2250000"),
        ("een honderd", "100"),
        ("1,234.56", "1234.56"),
        ("een half dozijn", "6"),
        ("twee dozijn", "24"),
    ],
)
def test_phrases(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "word",
    ["een", "aantal", "totaal", "kwartaal", "achter", "eental", "tienen", "eerste", "derde", "miljoenen", "beide", ""],
)
def test_no_number(word: str) -> None:
    assert read_number(word) is None


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


@pytest.mark.parametrize("words", [["derde"], ["de", "derde"], ["achtste"], ["zestiende"], []])
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


@dataclass(frozen=True)
class Spelling:
    """A way to spell numbers in words; every one of them is met in Dutch texts."""

    umlaut: str = "ë"
    """What `tweeëntwintig` has where two vowels meet: `e` where the writer leaves the signs off, `-` long ago."""
    hundreds: bool = False
    """`vijftienhonderd` for `duizend vijfhonderd`."""
    spaced: bool = True
    """Whether a space stands behind `duizend`, as it should."""
    joined: str = ""
    """`en` where `honderdentwaalf` is written."""


def spelled(number: int, way: Spelling) -> str:
    """Spell a number the Dutch way, written without the code under test."""
    for power, name in ((10**12, "biljoen"), (10**9, "miljard"), (10**6, "miljoen")):
        if number >= power:
            rest = spelled(number % power, way) if number % power else ""
            return f"{spelled(number // power, way)} {name} {rest}".strip()
    if number >= 1000 and not (way.hundreds and 1100 <= number < 10_000 and number % 1000 >= 100):
        head = "" if number < 2000 else spelled(number // 1000, Spelling(way.umlaut, joined=way.joined, spaced=False))
        rest = spelled(number % 1000, way) if number % 1000 else ""
        return f"{head}duizend{' ' if way.spaced and rest else ''}{rest}"
    if number >= 100:
        head = "" if number < 200 else spelled(number // 100, way)
        small = number % 100
        joined = way.joined if 0 < small <= 12 else ""
        return f"{head}honderd{joined}{spelled(small, way) if small else ''}"
    if number < 20:
        return SMALL[number]
    one, ten = SMALL[number % 10] if number % 10 else "", TENS[number // 10]
    if not one:
        return ten
    if way.umlaut == "-":
        return f"{one}-en-{ten}"
    return f"{one}{way.umlaut if one.endswith('e') else 'e'}n{ten}"


SMALL = [
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
]
TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
NEW = Spelling()
WAYS = [
    Spelling(umlaut, hundreds, spaced, joined)
    for umlaut in ("ë", "e", "é", "-", "e\u0308")
    for hundreds in (False, True)
    for spaced in (False, True)
    for joined in ("", "en")
]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (22, "tweeëntwintig"),
        (101, "honderdeen"),
        (1500, "duizend vijfhonderd"),
        (3_023, "drieduizend drieëntwintig"),
        (999_999, "negenhonderdnegenennegentigduizend negenhonderdnegenennegentig"),
        (2_300_000, "twee miljoen driehonderdduizend"),
    ],
)
def test_the_speller_knows_dutch(number: int, text: str) -> None:
    assert spelled(number, NEW) == text


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_number_to_ten_thousand_is_read(way: Spelling) -> None:
    wrong = [number for number in range(2, 10_001) if read_number(spelled(number, way)) != number]
    assert not wrong


@given(st.integers(min_value=2, max_value=10**15 - 1), st.sampled_from(WAYS))
@example(1_001_000_000, WAYS[0])
@example(3_000_001_000_001, WAYS[0])
def test_every_spelled_number_is_read(number: int, way: Spelling) -> None:
    text = spelled(number, way)
    assert read_number(text) == number
    assert read_number(text.upper()) == number


@given(st.integers(min_value=2, max_value=999_999))
def test_a_number_in_one_word_is_one(number: int) -> None:
    word = spelled(number, Spelling(spaced=False))
    assert read_word(word) == number
    assert read_compound(word.replace("ë", "e")) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_every_grouped_number_is_read(number: int) -> None:
    assert read_digits(f"{number:,}".replace(",", ".")) == number


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    read_number(text)
    read_word(text)
    read_group(text)


@given(st.text(alphabet="0123456789.,^eEkmbt/+- \u00bd", max_size=30))
def test_what_looks_like_a_number_is_finite_and_bounded(text: str) -> None:
    number = read_number(text)
    assert number is None or (number.is_finite() and abs(number) <= 10**15)


@pytest.mark.parametrize("text", ["0^0", "0^-1", "0e-1", "9999999999999999^99", "1e99", "9" * 20, "2 biljoen miljard"])
def test_no_number_without_a_value_or_past_the_largest(text: str) -> None:
    assert read_number(text) is None


def test_a_power_is_given_in_plain_digits() -> None:
    assert [str(read_number(text)) for text in ("0e5", "0^5", "1e5", "10^3")] == ["0", "0", "100000", "1000"]


@pytest.mark.parametrize("text", ["1.234.567", "1,234567 miljoen", "twee en twintig", "drie gedeeld door acht", "1/3"])
def test_the_precision_of_the_caller_does_not_count(text: str) -> None:
    number = read_number(text)
    with localcontext() as context:
        context.prec = 4
        assert read_number(text) == number
