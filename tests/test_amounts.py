"""Amounts: money, percentages, ages, durations, frequencies, ratios and measures, as cases and as tables of values."""

from decimal import Decimal, localcontext

import pytest
from figure_cases import fails, is_negative, plain, read_cases
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognising.figures import find_figures, read_value
from pipeline.recognising.figures.currencies import CODES, NAMES
from pipeline.recognising.figures.measures import NAMES as MEASURES
from pipeline.recognising.figures.measures import read_symbol

CASES = read_cases("amounts.txt")
CHECK = read_cases("amounts-check.txt")
KNOWN_FAILURES: set[str] = set()
"""Sentences that are read wrongly: the set is exact, so that a fixed one speaks up too."""


def test_cases() -> None:
    assert {case for case in (*CASES, *CHECK) if fails(case)} == KNOWN_FAILURES


def test_cases_are_many_and_differ() -> None:
    assert len(CASES) >= 500
    assert len(CHECK) >= 250
    assert len({*CASES, *CHECK}) == len(CASES) + len(CHECK)
    assert sum(map(is_negative, CASES)) >= 100


def test_a_quote_by_itself_means_the_same_number() -> None:
    """What the words of a figure mean hangs on them alone, but for a scale or a weight that the sentence gives."""
    other = {
        quote
        for case in CASES
        for text in [plain(case)]
        for mention in find_figures(text)
        for quote in [text[mention.start : mention.end]]
        for value in [read_value(quote)]
        if value is not None
        and (value.value, value.value_max, value.comparator)
        != (mention.value.value, mention.value.value_max, mention.value.comparator)
    }
    assert other == {"€ 1,1", "elf ton"}


def figures(text: str) -> list[str]:
    """Give the figures of a text, each as kind, bounds, unit and comparator."""
    values = [mention.value for mention in find_figures(text)]
    bounds = [f"{v.value}" if v.value_max is None else f"{v.value}..{v.value_max}" for v in values]
    return [f"{v.kind} {b} {v.unit} {v.comparator}" for v, b in zip(values, bounds, strict=True)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("-5 °C", "measure -5 °C ="),
        ("min 40 graden", "measure -40 °C ="),
        ("min. 40 uur", "duration 40 hour >="),
        ("van -5 tot 10 graden", "measure -5..10 °C ="),
        ("8 tot 12 graden onder nul", "measure -12..-8 °C ="),
        ("€ -340.000", "money -340000 EUR ="),
        ("-€ 340.000", "money -340000 EUR ="),
        ("10% -15%", "percentage 10..15 % ="),
        ("vijf euro en vijftig cent", "money 5.5 EUR ="),
        ("twee komma vijf miljoen euro", "money 2500000 EUR ="),
        ("15 mio. euro", "money 15000000 EUR ="),
        ("€ 2 en 23 cent", "money 2.23 EUR ="),
        ("20 dollar 43c", "money 20.43 USD ="),
        ("75 ct", "money 0.75 EUR ="),
        ("usd 3.500", "money 3500 USD ="),
        ("drie ton subsidie", "money 300000 EUR ="),
        ("drie ton zand", "measure 3 t ="),
        ("40 mille", "money 40000 EUR ="),
        ("1,5 miljoen Zuid-Afrikaanse rand", "money 1500000 ZAR ="),
        ("500 US-dollar", "money 500 USD ="),
        ("€ 2 à € 3 mln", "money 2000000..3000000 EUR ="),
        ("Budget (x € 1.000): 250", "money 250000 EUR ="),
        ("Baten (€ mln.) | 2,5 – 3,5", "money 2500000..3500000 EUR ="),
        ("Uitval (in %): 11,8", "percentage 11.8 % ="),
        ("Lengte in km: 12", "measure 12 km ="),
        ("Leeftijd deelnemers: 12-18", "age 12..18 year ="),
        ("50 basispunten", "percentage 0.5 pp ="),
        ("drie kwartier", "duration 45 minute ="),
        ("twee decennia", "duration 20 year ="),
        ("vijf en twintig scholen", "count 25 scholen ="),
        ("tussen vijf en twintig scholen", "count 5..20 scholen ="),
        ("honderd en een scholen", "count 101 scholen ="),
        ("een à twee weken", "duration 1..2 week ="),
        ("niet boven de 28 graden", "measure 28 °C <="),
        ("viermaal", "count 4 maal ="),
        ("¾ van de dorpen", "ratio 0.75 dorpen ="),
        ("een verhouding van 1:4", "ratio 0.25 None ="),
        ("tweederde van de leden", "ratio 0.667 leden ="),
        ("120 kWh/m²", "measure 120 kWh/m2 ="),
        ("500 ton/jaar", "measure 500 t ="),
        ("100 Mbit/s", "measure 100 Mbit/s ="),
    ],
)
def test_values(text: str, figure: str) -> None:
    assert figures(text) == [figure]


@pytest.mark.parametrize("text", ["COP 28", "SDG 13", "5 ISK", "Euro 6", "een gram", "24/7", "Project Zestig-Plus"])
def test_no_amount(text: str) -> None:
    assert not figures(text)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_currency_is_read_behind_a_number(name: str) -> None:
    value = read_value(f"1.250 {name}")
    assert value is not None
    assert (value.kind, value.value, value.unit) == ("money", Decimal(1250), NAMES[name])


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_read_on_both_sides(code: str) -> None:
    for text in (f"{code} 2.500", f"2.500 {code}"):
        value = read_value(text)
        assert value is not None
        assert (value.kind, value.value, value.unit) == ("money", Decimal(2500), code)


def test_currencies_are_complete() -> None:
    assert len(CODES) >= 100


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"ton", "tonnen"}))
def test_every_measure_is_read_in_words_and_digits(name: str) -> None:
    for text in (f"12 {name}", f"twaalf {name}"):
        value = read_value(text)
        assert value is not None
        assert (value.kind, value.value, value.unit) == ("measure", Decimal(12), MEASURES[name])


@given(
    st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["km", "m²", "kWh", "mg/l", "m3/h", "km/u"])
)
def test_numbers_stay_exact(number: Decimal, symbol: str) -> None:
    written = f"{number:,}".translate(str.maketrans(",.", ".,"))
    value = read_value(f"{written} {symbol}")
    assert value is not None
    assert (value.value, value.unit) == (number, read_symbol(symbol))


def test_the_precision_of_the_caller_does_not_count() -> None:
    text = "Er was \u20ac 1,234567 miljoen en 1/3 van de scholen kreeg 123,4567 kg."
    found = figures(text)
    assert len(found) == 3
    with localcontext() as context:
        context.prec = 4
        assert figures(text) == found
        assert read_value("\u20ac 1.234.567,89") is not None


@pytest.mark.parametrize("amount", ["2 miljoen miljard", "9" * 18])
def test_what_is_past_the_largest_number_is_left_out_and_not_cut(amount: str) -> None:
    assert figures(f"De schade was {amount} euro.") == []
