"""What a comparison says: pairs of projects and the changes in each; the one source of ``schemas/diff.schema.json``."""

import hashlib
from typing import Any, Literal

from pydantic import Field, computed_field

from pipeline.records.models import BoxModel, Model, Offset, PageNumber, TextField

PairKind = Literal["unchanged", "changed", "renamed", "moved", "split", "merged", "added", "ended"]
ChangeKind = Literal[
    "title", "organisation", "role", "date", "figure", "location", "period", "footnote", "text", "warning"
]
ChangeWhat = Literal["added", "removed", "changed", "renamed"]


class ProjectRef(Model):
    """A project of one side."""

    record: str = Field(description="id of the record")
    ordinal: int = Field(ge=1)
    title: str


class Place(Model):
    """Where something stands in a record."""

    field: TextField
    start: Offset
    end: Offset
    text: str
    page: PageNumber | None
    boxes: list[BoxModel]
    next_page_boxes: list[BoxModel]


class Side(Model):
    """What one side says of what changed."""

    record: str = Field(description="id of the record that says it")
    path: str = Field(description="JSON pointer into that record, such as /figures/3 or /organisations/0/roles/1")
    value: dict[str, Any] = Field(
        description="what it says, without places: the keys of the record that a change of meaning would change"
    )
    places: list[Place] = Field(description="where it says so, in text order; empty where it stands nowhere")


class Run(Model):
    """A run of words that both sides have, or that one has in the place of what the other has."""

    what: Literal["equal", "replaced", "added", "removed"]
    old: str
    new: str


class Change(Model):
    """One change within a pair: of a fact, or of wording alone."""

    kind: ChangeKind
    what: ChangeWhat
    is_fact: bool = Field(description="whether what the text says changed; wording, warnings and titles alone do not")
    is_reading: bool = Field(
        description="whether the machine read the same words otherwise: both sides have them, so that no fact changed"
    )
    old: Side | None = Field(description="null for what was added")
    new: Side | None = Field(description="null for what was removed")
    ratio: float | None = Field(description="of figures of one kind and unit: (new - old) / old; else null")
    days: int | None = Field(description="of dates: by how many days the earliest day (else the latest) moved")
    runs: list[Run] = Field(description="of text, titles and footnotes: the words that changed; else empty")

    @computed_field(description="the same for the same change between the same records, in every run")  # type: ignore[prop-decorator]
    @property
    def key(self) -> str:
        """Name of the change: 16 hexadecimal digits."""
        sides = [f"{s.record}#{s.path}" if s else "" for s in (self.old, self.new)]
        return hashlib.sha256("\n".join([self.kind, self.what, *sides]).encode()).hexdigest()[:16]


class Pair(Model):
    """Projects that are one: most often one of each side."""

    kinds: list[PairKind] = Field(
        description="`unchanged`, `added` or `ended` alone; or those of the others that hold, in the order of the enum"
    )
    old: list[ProjectRef] = Field(description="none where added, several where merged")
    new: list[ProjectRef] = Field(description="none where ended, several where split")
    similarity: float = Field(ge=0, le=1, description="of title, organisations and text together")
    changes: list[Change] = Field(description="in text order of the new side, what went after what is there")


class AnnexRef(Model):
    """An annex of one side."""

    id: str
    title: str | None
    period: str | None
    file: str
    sha256: str


class AnnexDiff(Model):
    """What changed between two annexes; one of them is null where a whole annex came or went."""

    old: AnnexRef | None
    new: AnnexRef | None
    pairs: list[Pair] = Field(description="in the order of the new side; what ended after the project it followed")


class Diff(Model):
    """What changed between two runs or two annexes."""

    schema_version: Literal["1.0"]
    annexes: list[AnnexDiff]
