"""The pydantic models of everything the pipeline writes: the one source of the record contract."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from pipeline.register import OrganisationKind

SCHEMA_VERSION = "1.0"

TextField = Literal["text", "title"]
Confidence = Annotated[float, Field(ge=0, le=1)]
PageNumber = Annotated[int, Field(ge=1)]
Offset = Annotated[int, Field(ge=0)]
BoxModel = Annotated[
    tuple[float, float, float, float],
    Field(description="[x0, top, x1, bottom] in PDF points from the top left of the unrotated page as shown"),
]


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_number, return_type=int | float, when_used="json")]
"""Exactly what the text gives, as a JSON number: an integer of any length, a fraction of up to 15 digits, as many as
every reader of JSON keeps."""


class Model(BaseModel):
    """What all models share: nothing unknown goes in, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Source(Model):
    """The file that an annex was read from."""

    file: str = Field(description="name without folders")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    pages: int = Field(ge=0, description="pages of the whole file; 0 for text input")
    text_layer: Literal["embedded", "ocr", "mixed", "none"]


class AnnexHead(Model):
    """What an annex says of itself above its first project."""

    id: str
    label: str | None = Field(description="such as “Bijlage I”")
    title: str | None
    period: str | None = Field(description="EDTF of the period that the title names")
    source: Source


class RepairRecord(Model):
    """A change of letters: `field[start:end]` reads `text` where the source had `raw`."""

    field: TextField
    start: Offset
    end: Offset
    raw: str
    text: str
    rule: Literal["glyph", "roman", "ligature", "space", "hyphen"]


class Cue(Model):
    """The words that a role was read from."""

    field: TextField
    start: Offset
    end: Offset
    text: str


class RoleRecord(Model):
    """A part that an organisation plays in the project."""

    role: Literal["commissioner", "executor", "funder", "partner"]
    cue: Cue
    confidence: Confidence


class Mention(Model):
    """One place where something is named."""

    field: TextField
    start: Offset
    end: Offset
    text: str
    page: PageNumber | None
    boxes: list[BoxModel] = Field(description="one for each line on `page` that the span runs over")
    next_page_boxes: list[BoxModel] = Field(description="the same on the page after, where the span runs on there")


class OrganisationRecord(Model):
    """An organisation that the section names, linked to the register where it is known there."""

    name: str
    register_id: str | None
    kind: OrganisationKind | None
    status: Literal["known", "new"]
    link: Literal["exact", "alias", "abbreviation", "fuzzy", "none"]
    confidence: Confidence
    roles: list[RoleRecord]
    mentions: list[Mention]


class LocationRecord(Model):
    """A place that the section speaks of."""

    name: str
    kind: Literal["country", "province", "municipality", "town", "region"]
    confidence: Confidence
    mentions: list[Mention]


class DateRecord(Model):
    """A date expression and what it means; offsets into `text`."""

    start: Offset
    end: Offset
    text: str
    edtf: str
    modifier: Literal["from", "after", "until", "through", "by"] | None
    part: Literal["begin", "mid", "end"] | None
    interval: str
    earliest: date | None
    latest: date | None
    role: Literal["start", "end", "period", "reference"] | None
    confidence: Confidence
    page: PageNumber | None
    boxes: list[BoxModel]
    next_page_boxes: list[BoxModel]


class FigureRecord(Model):
    """A figure with what it counts or measures; offsets into `text`."""

    start: Offset
    end: Offset
    text: str
    kind: Literal["count", "money", "percentage", "duration", "age", "ratio", "measure"]
    value: Number
    value_max: Number | None
    unit: str | None
    comparator: Literal["=", "~", ">", ">=", "<", "<="]
    as_of: str | None = Field(description="EDTF of the reference date that governs it")
    confidence: Confidence
    page: PageNumber | None
    boxes: list[BoxModel]
    next_page_boxes: list[BoxModel]


class Period(Model):
    """The project's own running time, both days inclusive, null where open or not given."""

    earliest: date | None
    latest: date | None


class Footnote(Model):
    """A footnote, taken out of the text; `anchor` is the offset in `text` where its marker stood."""

    marker: str
    text: str
    page: PageNumber | None
    anchor: Offset


class Warning(Model):  # the contract's word
    """Something that a person should look at."""

    code: str
    message: str


class ProjectRecord(Model):
    """One project of an annex."""

    schema_version: Literal["1.0"]
    id: str
    annex: AnnexHead
    ordinal: int = Field(ge=1)
    title: str
    pages: list[PageNumber]
    text: str
    repairs: list[RepairRecord]
    organisations: list[OrganisationRecord]
    locations: list[LocationRecord]
    dates: list[DateRecord]
    figures: list[FigureRecord]
    period: Period
    footnotes: list[Footnote]
    warnings: list[Warning]
    decisions: list[str] = Field(default=[], description="ids of the decisions that hold in it, in order")


class RecordEntry(Model):
    """A record as `annex.json` lists it."""

    ordinal: int = Field(ge=1)
    id: str
    title: str
    file: str


class AnnexFile(Model):
    """`annex.json`: the annex and the list of its records."""

    schema_version: Literal["1.0"]
    annex: AnnexHead
    records: list[RecordEntry]
    warnings: list[Warning]


class Failure(Model):
    """Why an input gave no record."""

    code: str
    message: str


class ManifestEntry(Model):
    """What became of one input."""

    input: str
    sha256: str | None
    status: Literal["ok", "failed", "skipped"]
    error: Failure | None
    annex_ids: list[str]
    records: int = Field(ge=0)
    seconds: float = Field(ge=0)
    warnings: int = Field(ge=0)


class Manifest(Model):
    """`manifest.json`: one entry per input of a run."""

    version: str
    model: str
    settings_hash: str
    decisions_hash: str | None = Field(
        default=None, description="of the decisions that were applied; null where none were given"
    )
    entries: list[ManifestEntry]
