"""The units of measure: what is written for them, and the SI or common symbol that it stands for."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/measures.toml")
_PREFIXES: dict[str, str] = _DATA["prefixes"]
_UNITS: dict[str, dict[str, Any]] = _DATA["units"]
_POWERS: dict[str, list[str]] = _DATA["powers"]
SHORT_TIMES: dict[str, str] = _DATA["rates"]["times"]
"""What a rate may be over: ``uur`` and ``u`` are ``h``."""
OFTEN = frozenset(_DATA["rates"]["often"])
"""What says how often something happens, and belongs to no unit."""
_SIGNS = str.maketrans({"²": "2", "³": "3", "μ": "µ"})


def _prefixed() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give every unit with each of its prefixes: the prefix, the symbol and the unit."""
    for symbol, unit in _UNITS.items():
        for prefix in ("", *unit.get("prefixes", ())):
            yield prefix, _PREFIXES.get(prefix, "") + symbol, unit


def _names() -> Iterator[tuple[str, str]]:
    """Give every name of a unit with its symbol."""
    for prefix, symbol, unit in _prefixed():
        for name in unit.get("names", ()):
            yield prefix + name, symbol
            for power, words in _POWERS.items():
                for word in words if unit.get("powers") else ():
                    yield f"{word} {prefix}{name}", symbol + power
        for power in _POWERS if unit.get("powers") else ():
            yield f"{symbol.lower()} ^ {power}", symbol + power
    yield from _DATA["names"].items()


def _symbols() -> Iterator[tuple[str, str]]:
    """Give every symbol as it may be written with the one that we give."""
    for prefix, symbol, unit in _prefixed():
        if prefix or unit.get("bare", True):
            yield symbol, symbol
        for power in _POWERS if unit.get("powers") else ():
            yield symbol + power, symbol + power
    yield from _DATA["symbols"].items()


NAMES: dict[str, str] = dict(_names())
"""Folded names, some of several words (``vierkante meter``), with their symbols."""
_SYMBOLS: dict[str, str] = dict(_symbols())


@lru_cache(maxsize=50_000)
def read_symbol(text: str) -> str | None:
    """Read a symbol as it stands, letter case counting: ``km²`` is ``km2``, ``km/u`` is ``km/h``; else None.

    How often something happens belongs to no unit: ``t/jaar`` is ``t``.
    """
    above, slash, below = text.translate(_SIGNS).partition("/")
    symbol = _SYMBOLS.get(above)
    if symbol is None or not slash:
        return symbol
    if below in OFTEN:
        return symbol
    share = SHORT_TIMES.get(below) or _SYMBOLS.get(below)
    return None if share is None else f"{symbol}/{share}"
