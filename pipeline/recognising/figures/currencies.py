"""The currencies: the signs, codes and Dutch names that are written for them, and their ISO 4217 codes."""

from collections.abc import Iterator
from typing import Any

from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/money.toml")
_PLURALS: dict[str, list[str]] = _DATA["nouns"]
_CURRENCIES: dict[str, dict[str, Any]] = _DATA["currencies"]


def _names() -> Iterator[tuple[str, str]]:
    """Give every name of a currency with its code: ``zwitserse franken``, ``us-dollar``, ``yen``."""
    for code, currency in _CURRENCIES.items():
        for noun in currency["nouns"]:
            for form in (noun, *_PLURALS[noun]):
                for of in currency.get("of", ()):
                    yield f"{of}{form}" if of.endswith("-") else f"{of} {form}", code
        for noun in currency.get("alone", ()):
            for form in (noun, *_PLURALS.get(noun, ())):
                yield form, code


NAMES: dict[str, str] = dict(_names())
"""Folded names, some of several words."""
SIGNS: dict[str, str] = {sign: code for code, currency in _CURRENCIES.items() for sign in currency.get("signs", ())}
"""Folded signs: ``€``, ``us$``."""
CODES = frozenset(_CURRENCIES) - frozenset(_DATA["codes"]["never"])
SMALL_CODES: dict[str, str] = {code.lower(): code for code in _DATA["codes"]["small"]}
"""Codes that are met in small letters too."""
SHARED_CODES = frozenset(_DATA["codes"]["shared"])
"""Codes that are a word or an abbreviation of something else as well."""
LEAST: int = _DATA["codes"]["least"]
"""From this number on a shared code is a currency."""
