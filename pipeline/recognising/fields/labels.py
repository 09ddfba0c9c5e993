"""What the words of a label say beyond its kind: a unit, a scale, a year, what its dates are."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.recognising.dates.finding import find_dates
from pipeline.recognising.fields.vocabulary import DATA, matching
from pipeline.recognising.figures.find import find_figures, read_value
from pipeline.recognising.spans import FigureKind

_LABELS = DATA["labels"]
_SCALES = tuple(
    (Decimal(times), matching("|".join(_LABELS[name])))
    for name, times in (("million", 10**6), ("billion", 10**9), ("thousand", 10**3))
)
_REFERENCE = matching("|".join(_LABELS["reference"]))
_WEAK_EXECUTOR = matching(_LABELS["weak_executor"])
_FUNDING = matching(_LABELS["funding"])
_COUNTS: tuple[str, ...] = tuple(sorted(_LABELS["counts"], key=len, reverse=True))
_COUNTED = frozenset(_LABELS["counted"])
_PERCENTAGES: tuple[str, ...] = tuple(_LABELS["percentages"])
_YEAR = re.compile(r"(?<![\w.,-])((?:19|20)\d\d)(?![\w.,-]|\s?[-/–]\s?\d)")
_COUNTED_ON = matching(_LABELS["counted_on"])
_BRACKETS = re.compile(r"\(([^()]*)\)")
_UNIT_BEHIND = re.compile(r"\bin (\S+)$")
_MOST_WORDS = 4
"""Words of a label that may be the noun that its numbers count: `deelnemende jongeren onder begeleiding`."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the bare numbers under a label are."""

    kind: FigureKind
    unit: str
    times: Decimal = Decimal(1)


def scale(label: str) -> Decimal:
    """Return what the numbers under a label are multiplied by: 1000 for ``Budget (x € 1.000)``."""
    return next((times for times, pattern in _SCALES if pattern.search(label)), Decimal(1))


def money(label: str) -> Measure:
    """Return the measure of a label for money."""
    return Measure("money", "EUR", scale(label))


def measure(label: str) -> Measure | None:
    """Return what a label without a kind says of its numbers; None where it says nothing.

    ``Aantal deelnemers``, ``Deelnemers (aantal)``, ``Looptijd (maanden)``, ``Lengte in km``, ``Fte``.
    """
    words = " ".join(label.strip(" :?").split())
    inside = _BRACKETS.search(words)
    outside = " ".join(_BRACKETS.sub(" ", words).split())
    if inside is not None:
        unit = inside[1].strip().lower().removeprefix("in ")
        if unit not in _COUNTED and (said := _read(unit)) is not None:
            return said
    lower = outside.lower()
    for phrase in _COUNTS:
        if lower.startswith(phrase + " "):
            return _counted(outside[len(phrase) :].strip())
    if lower.startswith(_PERCENTAGES):
        return Measure("percentage", "%")
    behind = _UNIT_BEHIND.search(lower)
    return _read(behind[1]) if behind else _read(outside)


def _counted(noun: str) -> Measure | None:
    """Return what `aantal` is of: the noun that its words begin with, as in `jongeren bereikt`."""
    found = find_figures(f"2 {noun}")
    value = found[0].value if found and found[0].start == 0 else None
    return Measure(value.kind, value.unit) if value is not None and value.unit is not None else None


def _read(unit: str) -> Measure | None:
    """Return the measure that a unit or a counted noun is, read as it would be behind a number."""
    if not unit or len(unit.split()) > _MOST_WORDS:
        return None
    value = read_value(f"2 {unit[:1].lower() + unit[1:] if unit[1:].islower() else unit}")
    if value is None or value.unit is None or value.value_max is not None or value.kind in {"ratio", "age"}:
        return None
    return Measure(value.kind, value.unit, value.value / 2)


def year_of(label: str) -> int | None:
    """Return the one year that a label names: ``Resultaten 2024``."""
    years = {int(match[1]) for match in _YEAR.finditer(label)}
    return years.pop() if len(years) == 1 else None


def is_weak_executor(label: str) -> bool:
    """Whether a label names who asked for the project, and may not carry it out: `Aanvrager`."""
    return _WEAK_EXECUTOR.search(label) is not None


def is_funding(label: str) -> bool:
    """Whether a label for money speaks of who gives it."""
    return _FUNDING.search(label) is not None


def is_reference(label: str) -> bool:
    """Whether the date under a label says when something was counted or looked at."""
    return _REFERENCE.search(label.strip()) is not None


def reference_of(label: str) -> str | None:
    """Return the EDTF of the day on which a label says that its values were counted: ``Aantal (stand 1-1-2024)``."""
    if not any(letter.isdigit() for letter in label):
        return None
    dates = find_dates(label)
    said = [d for d in dates if d.role == "reference" or (d.role is None and _COUNTED_ON.search(label[: d.start]))]
    return said[0].value.edtf if said else None
