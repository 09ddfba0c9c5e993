"""Gold entries and predictions in one form, so that every kind is matched and counted by the same code."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pipeline.evaluating.gold import GoldProject
from pipeline.records.models import Mention, ProjectRecord

EntryKind = Literal["organisations", "dates", "figures", "locations"]
ENTRY_KINDS: tuple[EntryKind, ...] = ("organisations", "dates", "figures", "locations")

ARTICLES = ("de ", "het ", "een ")
TOLERANCE = Decimal("1e-9")
RATIO_DECIMALS = 3

Key = tuple[str | None, ...]
Numbers = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a record; offsets into ``field``."""

    field: Literal["text", "title"]
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A role of an organisation, or the comparator of a figure."""

    name: str
    confidence: float = 1.0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gold entry."""

    text: str
    value: str
    identity: Key
    """What makes two gold entries doubles, together with `numbers`."""
    accepts: frozenset[Key]
    numbers: Numbers = ()
    optional: bool = False
    parts: frozenset[str] = frozenset()
    free_parts: frozenset[str] = frozenset()
    """Parts that only an optional double has: they cost nothing."""

    def agrees(self, given: "Given") -> bool:
        """Say whether a prediction may be matched to this entry."""
        return given.key in self.accepts and _close(self.numbers, given.numbers)


@dataclass(frozen=True, slots=True)
class Given:
    """A prediction."""

    text: str
    value: str
    key: Key
    confidence: float
    place: Place | None
    numbers: Numbers = ()
    parts: tuple[Part, ...] = ()


def fold_name(name: str) -> str:
    """Fold what does not tell two names apart: case, diacritics, quotes, runs of space, and an article in front.

    >>> fold_name("De  Coördinatie")
    'coordinatie'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold()).replace("’", "'").replace("‘", "'")
    plain = " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())
    for article in ARTICLES:
        if plain.startswith(article):
            return plain.removeprefix(article)
    return plain


def wanted(project: GoldProject) -> dict[EntryKind, list[Wanted]]:
    """Give the entries of a gold project by kind, doubles taken together."""
    organisations = [
        Wanted(
            text=entry.mentions[0] if entry.mentions else entry.name,
            value=entry.name,
            identity=(fold_name(entry.name),),
            accepts=frozenset((fold_name(name),) for name in (entry.name, *entry.aliases)),
            optional=entry.optional,
            parts=frozenset(entry.roles),
        )
        for entry in project.organisations
    ]
    dates = [
        Wanted(
            text=entry.text,
            value=_said(entry.edtf, entry.modifier, entry.part),
            identity=(key := (entry.edtf, entry.modifier, entry.part)),
            accepts=frozenset([key]),
            optional=entry.optional,
        )
        for entry in project.dates
    ]
    figures = []
    for figure in project.figures:
        keys: list[Key] = [(figure.kind, _fold_unit(unit)) for unit in figure.units] or [(figure.kind, None)]
        figures.append(
            Wanted(
                text=figure.text,
                value=_amount(figure.kind, figure.value, figure.value_max, *figure.units[:1]),
                identity=keys[0],
                accepts=frozenset(keys),
                numbers=_numbers(figure.kind, figure.value, figure.value_max),
                optional=figure.optional,
                parts=frozenset([figure.comparator]),
            )
        )
    locations = [
        Wanted(
            text=entry.mentions[0] if entry.mentions else entry.name,
            value=entry.name,
            identity=(name := (fold_name(entry.name),)),
            accepts=frozenset([name]),
            optional=entry.optional,
        )
        for entry in project.locations
    ]
    entries: dict[EntryKind, list[Wanted]]
    entries = {"organisations": organisations, "dates": dates, "figures": figures, "locations": locations}
    return {kind: _wanted_once(entries[kind]) for kind in ENTRY_KINDS}


def given(record: ProjectRecord) -> dict[EntryKind, list[Given]]:
    """Give the predictions of a record by kind, doubles taken together."""
    organisations = [
        Given(
            text=entry.mentions[0].text if entry.mentions else entry.name,
            value=entry.name,
            key=(fold_name(entry.name),),
            confidence=entry.confidence,
            place=_first(entry.mentions),
            parts=_parts_once(
                Part(role.role, role.confidence, Place(role.cue.field, role.cue.start, role.cue.end, None))
                for role in entry.roles
            ),
        )
        for entry in record.organisations
    ]
    dates = [
        Given(
            text=entry.text,
            value=_said(entry.edtf, entry.modifier, entry.part),
            key=(entry.edtf, entry.modifier, entry.part),
            confidence=entry.confidence,
            place=Place("text", entry.start, entry.end, entry.page),
        )
        for entry in record.dates
    ]
    figures = [
        Given(
            text=entry.text,
            value=_amount(entry.kind, entry.value, entry.value_max, entry.unit),
            key=(entry.kind, _fold_unit(entry.unit)),
            confidence=entry.confidence,
            place=Place("text", entry.start, entry.end, entry.page),
            numbers=_numbers(entry.kind, entry.value, entry.value_max),
            parts=(Part(entry.comparator),),
        )
        for entry in record.figures
    ]
    locations = [
        Given(
            text=entry.mentions[0].text if entry.mentions else entry.name,
            value=entry.name,
            key=(fold_name(entry.name),),
            confidence=entry.confidence,
            place=_first(entry.mentions),
        )
        for entry in record.locations
    ]
    entries: dict[EntryKind, list[Given]]
    entries = {"organisations": organisations, "dates": dates, "figures": figures, "locations": locations}
    return {kind: _given_once(entries[kind]) for kind in ENTRY_KINDS}


def _wanted_once(entries: Sequence[Wanted]) -> list[Wanted]:
    """Take gold doubles together: required when one of them is, every name and unit of any of them accepted."""
    once: list[Wanted] = []
    known: dict[Key, list[int]] = {}
    for entry in entries:
        places = known.setdefault(entry.identity, [])
        at = next((at for at in places if _close(entry.numbers, once[at].numbers)), None)
        if at is None:
            places.append(len(once))
            once.append(entry)
            continue
        both = (once[at], entry)
        counted = [double for double in both if not double.optional] or both
        parts = frozenset[str]().union(*(double.parts for double in counted))
        once[at] = replace(
            once[at],
            accepts=once[at].accepts | entry.accepts,
            optional=once[at].optional and entry.optional,
            parts=parts,
            free_parts=frozenset[str]().union(*(double.parts | double.free_parts for double in both)) - parts,
        )
    return once


def _given_once(entries: Sequence[Given]) -> list[Given]:
    """Take predicted doubles together: the first one's place, all their parts, as sure as the surest of them."""
    once: list[Given] = []
    known: dict[Key, list[int]] = {}
    for entry in entries:
        places = known.setdefault(entry.key, [])
        at = next((at for at in places if _close(entry.numbers, once[at].numbers)), None)
        if at is None:
            places.append(len(once))
            once.append(entry)
            continue
        once[at] = replace(
            once[at],
            confidence=max(once[at].confidence, entry.confidence),
            parts=_parts_once([*once[at].parts, *entry.parts]),
        )
    return once


def _parts_once(parts: Iterable[Part]) -> tuple[Part, ...]:
    once: dict[str, Part] = {}
    for part in parts:
        known = once.get(part.name, part)
        once[part.name] = replace(known, confidence=max(known.confidence, part.confidence))
    return tuple(once.values())


def _first(mentions: Sequence[Mention]) -> Place | None:
    return Place(mentions[0].field, mentions[0].start, mentions[0].end, mentions[0].page) if mentions else None


def _fold_unit(unit: str | None) -> str | None:
    return None if unit is None else unit.casefold()


def _numbers(kind: str, *values: Decimal | None) -> Numbers:
    """Give the numbers that are compared: of a ratio three decimals, else all."""
    if kind != "ratio":
        return values
    return tuple(None if value is None else Decimal(str(round(float(value), RATIO_DECIMALS))) for value in values)


def _close(some: Numbers, others: Numbers) -> bool:
    return all(
        one is other if one is None or other is None else abs(one - other) <= TOLERANCE
        for one, other in zip(some, others, strict=True)
    )


def _said(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _amount(kind: str, value: Decimal, value_max: Decimal | None, unit: str | None = None) -> str:
    return _said(kind, f"{value:f}" if value_max is None else f"{value:f}..{value_max:f}", unit)
