"""The typed results of the recognisers: what was read, where, and how sure we are.

Every offset is a code-point offset into ``doc.text``, ``end`` exclusive. A component puts a spaCy ``Span`` in its
``doc.spans`` group (tokens, so it may be wider than the evidence) and the mention on the span's extension; the
mention's own offsets are the exact ones.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pipeline.register import LocationKind

Modifier = Literal["from", "after", "until", "through", "by"]
Part = Literal["begin", "mid", "end"]
DateRole = Literal["start", "end", "period", "reference"]
FigureKind = Literal["count", "money", "percentage", "duration", "age", "ratio", "measure"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]
Role = Literal["commissioner", "executor", "funder", "partner"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """What a date expression means: the rows of the date table of the annotation guidelines."""

    edtf: str
    modifier: Modifier | None
    part: Part | None
    interval: str
    """All of it in EDTF: point, bound and part together (``2023-03/..``, ``../2024-10``)."""
    earliest: date | None
    """First day, inclusive; None where open."""
    latest: date | None
    """Last day, inclusive; None where open."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """One place where a date is named."""

    start: int
    end: int
    value: DateValue
    role: DateRole | None
    confidence: float
    is_labelled: bool = False
    """Whether it stands in a field whose label says what it is to the project: `Looptijd`."""


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What a figure means: the rows of the figure table of the annotation guidelines."""

    kind: FigureKind
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: Comparator


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One place where a figure is given."""

    start: int
    end: int
    value: FigureValue
    confidence: float


@dataclass(frozen=True, slots=True)
class LocationMention:
    """One place where a location is named; ``name`` is the canonical one."""

    start: int
    end: int
    name: str
    kind: LocationKind
    confidence: float


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """One place where an organisation is named, not yet linked to a register."""

    start: int
    end: int
    confidence: float
    source: Literal["register", "definition", "shape", "cue", "annex", "field", "model"]
    """What made us take it for an organisation: the register, an abbreviation in brackets, the form of the name, the
    words around it, another section of the annex, the label of its field, or a trained model."""
    name: str | None = None
    """The full name where the words alone do not say it: `Zutphen` in `de gemeenten Zutphen en Lochem`."""


@dataclass(frozen=True, slots=True)
class RoleMention:
    """The part that an organisation plays, read from a cue.

    ``target_start`` and ``target_end`` are the organisation mention's offsets, ``cue_start`` and ``cue_end`` the cue's.
    """

    target_start: int
    target_end: int
    role: Role
    cue_start: int
    cue_end: int
    confidence: float


Mention = DateMention | FigureMention | LocationMention | OrganisationMention | RoleMention
"""What a component puts on a span."""
