"""Mentions as msgpack, so that spaCy can write, read and send between processes the docs that carry them.

spaCy packs a doc with srsly, which knows plain values only. These two are entry points of srsly, so every program in
which annex is installed reads the mentions back with their types, whether or not it loads a component of ours.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from pipeline.recognising.spans import DateValue, FigureValue, Mention

_KEY, _NUMBER, _DAY = "__annex__", "__annex_number__", "__annex_day__"
"""Keys that no other program has in its data."""
_CLASSES: dict[str, type[Any]] = {each.__name__: each for each in (*get_args(Mention), DateValue, FigureValue)}
_NAMES = {name: frozenset(field.name for field in fields(each)) for name, each in _CLASSES.items()}


def encode(value: object, chain: Callable[[object], object] | None = None) -> object:
    """Return a mention, or what a mention says, as plain data; what is none of ours goes on to ``chain``.

    Days and exact numbers are written as text, as a record's JSON has them.
    """
    name = type(value).__name__
    if _CLASSES.get(name) is type(value):
        return {_KEY: name} | {each: _plain(getattr(value, each)) for each in _NAMES[name]}
    return value if chain is None else chain(value)


def decode(packed: dict[Any, Any], chain: Callable[[object], object] | None = None) -> object:
    """Return what `encode` packed; what is none of ours goes on to ``chain``."""
    name = packed.get(_KEY)
    if isinstance(name, str) and frozenset(packed.keys() - {_KEY}) == _NAMES.get(name):
        return _CLASSES[name](**{key: _rich(value) for key, value in packed.items() if key != _KEY})
    return packed if chain is None else chain(packed)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    return {_DAY: value.isoformat()} if type(value) is date else value


def _rich(value: object) -> object:
    if isinstance(value, dict) and value.keys() == {_NUMBER}:
        return Decimal(value[_NUMBER])
    return date.fromisoformat(value[_DAY]) if isinstance(value, dict) and value.keys() == {_DAY} else value
