"""What a decision says; the one source of ``schemas/decision.schema.json``, a line of ``decisions.jsonl`` each."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from pipeline.records.models import BoxModel, Model, Offset, PageNumber, TextField

Subject = Literal[
    "project",  # whether the section is a project at all; added and ended ones
    "title",
    "boundary",  # two projects that are one, one that is two, or a boundary that stands elsewhere
    "organisation",
    "role",
    "date",
    "figure",
    "location",
    "period",
    "footnote",
    "text",  # wording alone
    "warning",
]
Action = Literal["accept", "reject", "correct", "add", "comment", "undo"]


class Evidence(Model):
    """The words that a decision rests on, with enough around them to find them again in another extraction."""

    sha256: str = Field(description="of the source that was looked at")
    record: str = Field(description="id of the record")
    title: str = Field(description="title of the project")
    field: TextField
    start: Offset
    end: Offset
    text: str = Field(description="the words; empty for a point between two")
    before: str = Field(description="up to 80 code points in front of them")
    after: str = Field(description="up to 80 code points behind them")
    page: PageNumber | None
    boxes: list[BoxModel]
    next_page_boxes: list[BoxModel]


class Decision(Model):
    """One line of the log: what a person decided."""

    schema_version: Literal["1.0"]
    id: str = Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
    at: AwareDatetime = Field(description="in UTC")
    by: str = Field(min_length=1)
    annex: str = Field(description="id of the annex")
    project: str = Field(description="id of the record that was looked at")
    subject: Subject
    action: Action
    evidence: list[Evidence] = Field(
        description="none for undo; of an organisation or place each of its mentions, of a role its cue and then the "
        "mentions of its organisation; of a boundary where it is: of a split the point where the second project "
        "begins, of a merge the titles of both, of a move the point and then the title of the project that is given "
        "something. Evidence of a boundary is of the records as they were extracted"
    )
    before: dict[str, Any] | None = Field(description="what was proposed or approved; null where it said nothing")
    after: dict[str, Any] | None = Field(
        description="what holds from now on; null where nothing does. Of a boundary `operation`: `split` with the "
        "`title` of the second project, whose words leave the text where they stand at the point; `merge`: the second "
        "project becomes text of the first, its title a paragraph of it; `move` with `to`: `next`, which is given what "
        "stands behind the point, or `previous`, which is given what stands in front of it. Null: as it was extracted"
    )
    change: str = Field(description="what was asked: such as `figure:changed`; empty where the person asked")
    why: str
    undoes: str | None = Field(description="id of the decision that is taken back")
