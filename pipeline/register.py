"""The registers of organisations and places: what ships with the pipeline, and what a steward lays over it."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, cast, get_args

from pipeline.resources import models_folder

WORD = re.compile(r"[^\W_]+(?:[.&'’-]?[^\W_]+)*")
"""A word as names are made of them: `J&V`, `GGD'en`, `Zaanstreek-Waterland`, `B.V` are one each."""

_ARTICLES = ("de ", "het ", "een ", "'t ", "’t ")
NameRule = Literal["capitalised", "context"]
Form = Literal["name", "alias", "abbreviation"]
FormKind = Literal["alias", "abbreviation", "lowercase"]
"""What a form that is added to a body is: `lowercase` names it in lower case too."""
OrganisationKind = Literal[
    "ministry",
    "agency",
    "municipality",
    "province",
    "water_board",
    "region",
    "justice",
    "health",
    "care",
    "education",
    "research",
    "company",
    "ngo",
    "fund",
    "association",
    "partnership",
    "platform",
    "international",
    "other",
]
ORGANISATION_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)
LocationKind = Literal["country", "province", "municipality", "town", "region"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A row of the register."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    lowercase: tuple[str, ...] = ()
    """Forms that name it in lower case too, such as `politie`."""
    parent: str = ""
    """Id of the body that it is part of; empty where there is none, or none is known, as for all that follow."""
    region: str = ""
    valid_from: str = ""
    """First day, or year, that it was there."""
    valid_until: str = ""
    """Last day, or year, that it was there: it is a former body."""
    successor: str = ""
    """Id of the body that took over."""

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


def name_key(name: str) -> str:
    """Return what names of bodies are compared by: folded, and a hyphen as good as a space."""
    return folded(name).replace("-", " ")


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return the organisations that ship, in the order of their file."""
    lowercase: dict[str, list[str]] = {}
    for row in _rows("lowercase.csv"):
        lowercase.setdefault(row["id"], []).append(row["form"])
    return tuple(
        Organisation(
            row["id"],
            row["name"],
            row["kind"],
            parts_of(row["aliases"]),
            parts_of(row["abbreviations"]),
            tuple(lowercase.get(row["id"], ())),
            row["parent"],
            row["region"],
            row["valid_from"],
            row["valid_until"],
            row["successor"],
        )
        for row in _rows("organisations.csv")
    )


@dataclass(frozen=True, slots=True)
class Alias:
    """A form that a steward gives to a body of the register, whoever has brought that in."""

    id: str
    form: str
    kind: FormKind


@dataclass(frozen=True, slots=True)
class Denied:
    """A name that is never an organisation, and why; the reason may be empty."""

    form: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a steward lays over the register that ships; equal when all its rows are."""

    organisations: tuple[Organisation, ...] = ()
    """Bodies of their own, and those that take the place of a row that ships, by its id."""
    aliases: tuple[Alias, ...] = ()
    denied: tuple[Denied, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The bodies that are known by name: those that ship, with a steward's own over them.

    One register is equal to no other, so that what is made of it can be kept by it.
    """

    organisations: tuple[Organisation, ...]
    rules: Mapping[str, NameRule]
    """The rule for each name that is also an ordinary word or another's name."""
    denied: frozenset[str]
    """What names are compared by (`name_key`), of those that are never an organisation."""
    claimed: Mapping[str, str]
    """The id of the body that the steward gives a name to, by `name_key`: no other has it."""

    def forms(self) -> Iterator[tuple[str, Form, Organisation]]:
        """Give every name that counts, with what it is to which body, in the order of the bodies."""
        for body in self.organisations:
            for form, kind in body.forms():
                key = name_key(form)
                if key not in self.denied and self.claimed.get(key, body.id) == body.id:
                    yield form, kind, body

    def denies(self, *names: str | None) -> bool:
        """Whether one of these, those that are None aside, is the name of no organisation."""
        return bool(self.denied) and any(name is not None and name_key(name) in self.denied for name in names)


@lru_cache(maxsize=4)
def register_with(overlay: Overlay) -> Register:
    """Return the register with a steward's overlay: their word holds where it says other than what ships."""
    own = {body.id: body for body in overlay.organisations}
    merged = [own.pop(body.id, body) for body in organisations()]
    given: dict[str, list[Alias]] = {}
    for alias in overlay.aliases:
        given.setdefault(alias.id, []).append(alias)
    bodies = tuple(_with_forms(body, given.get(body.id, ())) for body in (*merged, *own.values()))
    claimed = {name_key(form): body.id for body in overlay.organisations for form, _ in body.forms()}
    claimed |= {name_key(alias.form): alias.id for alias in overlay.aliases}
    return Register(bodies, _name_rules(), frozenset(name_key(one.form) for one in overlay.denied), claimed)


def shipped() -> Register:
    """Return the register as it ships."""
    return register_with(Overlay())


def _with_forms(body: Organisation, given: Sequence[Alias]) -> Organisation:
    def added(kind: FormKind, to: tuple[str, ...]) -> tuple[str, ...]:
        return (*to, *(alias.form for alias in given if alias.kind == kind and alias.form not in to))

    return replace(
        body,
        aliases=added("alias", body.aliases),
        abbreviations=added("abbreviation", body.abbreviations),
        lowercase=added("lowercase", body.lowercase),
    )


@cache
def _name_rules() -> Mapping[str, NameRule]:
    return {row["name"]: cast("NameRule", row["rule"]) for row in _rows("ambiguous.csv")}


@cache
def places() -> tuple[Place, ...]:
    """Return the register of places, in the order of its file."""
    ordinary = {row["name"] for row in _rows("ambiguous_places.csv")}
    return tuple(
        Place(row["name"], cast("LocationKind", row["kind"]), parts_of(row["aliases"]), row["name"] in ordinary)
        for row in _rows("places.csv")
    )


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (models_folder() / "registers" / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def parts_of(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds a list."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
