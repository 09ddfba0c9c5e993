"""Mentions as msgpack, so that spaCy can write, read and send between processes the docs that carry them.

spaCy packs a doc with srsly, which knows plain values only. These two are entry points of srsly, so every program in
which annex is installed reads the mentions back with their types, whether or not it loads a component of ours.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.recognising.spans import (
    DateMention,
    DateValue,
    FigureMention,
    FigureValue,
    LocationMention,
    OrganisationMention,
    RoleMention,
)

_KEY = "annex"
_CLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        DateMention,
        DateValue,
        FigureMention,
        FigureValue,
        LocationMention,
        OrganisationMention,
        RoleMention,
    )
}


def encode(value: object, chain: Callable[[object], object] | None = None) -> object:
    """Return a mention, or a value within one, as plain data; what is none of ours goes on to ``chain``.

    Days and exact numbers are written as text, as a record's JSON has them.
    """
    name = type(value).__name__
    if _CLASSES.get(name) is type(value):
        return {_KEY: name} | {field.name: getattr(value, field.name) for field in fields(_CLASSES[name])}
    if isinstance(value, Decimal):
        return {_KEY: "Decimal", "text": str(value)}
    if type(value) is date:
        return {_KEY: "date", "text": value.isoformat()}
    return value if chain is None else chain(value)


def decode(packed: dict[Any, Any], chain: Callable[[object], object] | None = None) -> object:
    """Return what `encode` packed; what is none of ours goes on to ``chain``."""
    name = packed.get(_KEY)
    if name in _CLASSES:
        return _CLASSES[name](**{key: value for key, value in packed.items() if key != _KEY})
    if name == "Decimal":
        return Decimal(packed["text"])
    if name == "date":
        return date.fromisoformat(packed["text"])
    return packed if chain is None else chain(packed)
