"""The registers of organisations and places that ship with the pipeline, as data."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from pipeline.resources import models_folder

WORD = re.compile(r"[^\W_]+(?:[.&'’-]?[^\W_]+)*")
"""A word as names are made of them: `J&V`, `GGD'en`, `Zaanstreek-Waterland`, `B.V` are one each."""

_ARTICLES = ("de ", "het ", "een ", "'t ", "’t ")
NameRule = Literal["capitalised", "context"]
Form = Literal["name", "alias", "abbreviation"]
LocationKind = Literal["country", "province", "municipality", "town", "region"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A row of the register."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    lowercase: tuple[str, ...]
    """Forms that name it in lower case too, such as `politie`."""

    def forms(self) -> Iterator[tuple[str, Form]]:
        """Give every name of it, with what it is: its own first."""
        yield self.name, "name"
        for alias in self.aliases:
            yield alias, "alias"
        for abbreviation in self.abbreviations:
            yield abbreviation, "abbreviation"
        for form in self.lowercase:
            yield form, "alias"


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the register of places."""

    name: str
    kind: LocationKind
    aliases: tuple[str, ...]
    needs_preposition: bool
    """Whether its name is also an ordinary word, so that it counts only after `in`, `te`, `uit` and the like."""


def folded(name: str) -> str:
    """Return a name without case, diacritics, article and punctuation between words, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = plain.replace("’", "'").strip()
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return " ".join(WORD.findall(plain))


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return the register of organisations, in the order of its file."""
    lowercase: dict[str, list[str]] = {}
    for row in _rows("lowercase.csv"):
        lowercase.setdefault(row["id"], []).append(row["form"])
    return tuple(
        Organisation(
            row["id"],
            row["name"],
            row["kind"],
            _parts(row["aliases"]),
            _parts(row["abbreviations"]),
            tuple(lowercase.get(row["id"], ())),
        )
        for row in _rows("organisations.csv")
    )


@cache
def name_rules() -> dict[str, NameRule]:
    """Return the rule for each name that is also an ordinary word or another's name."""
    return {row["name"]: cast("NameRule", row["rule"]) for row in _rows("ambiguous.csv")}


@cache
def places() -> tuple[Place, ...]:
    """Return the register of places, in the order of its file."""
    ordinary = {row["name"] for row in _rows("ambiguous_places.csv")}
    return tuple(
        Place(row["name"], cast("LocationKind", row["kind"]), _parts(row["aliases"]), row["name"] in ordinary)
        for row in _rows("places.csv")
    )


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (models_folder() / "registers" / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
