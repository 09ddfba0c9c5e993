"""What the tables are made of, and what each column says and comes from: formats and docs are made from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pipeline.messages import N_

TABLES_VERSION = 1
"""Counted up when a column is taken out or comes to mean something else."""

Type = Literal["text", "integer", "number", "boolean", "date", "moment", "edtf", "json"]
"""`number` is exactly what a text gives, `edtf` a date in EDTF, `json` a list or object as JSON text."""
Value = str | int | float | Decimal | bool | date | datetime | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    type: Type
    description: str
    """In English; said in the language in use."""
    source: str
    """Where the record contract has it; empty where it is made here."""
    references: str = ""
    """Table whose key it holds."""
    is_indexed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; its first column is its key."""

    name: str
    description: str
    columns: Sequence[Column]

    @property
    def key(self) -> str:
        """The name of the column that no two rows share."""
        return self.columns[0].name

    def row(self, values: Mapping[str, Value]) -> Row:
        """Return the values in the order of the columns; each must be there, and no other."""
        if len(values) != len(self.columns):
            unknown = values.keys() - {column.name for column in self.columns}
            raise ValueError(f"{self.name}: no such column: {sorted(unknown)}")
        return tuple(values[column.name] for column in self.columns)


def _annex() -> Column:
    return Column("annex_id", "text", N_("The annex."), "annex.id", "annexes", is_indexed=True)


def _project() -> Column:
    return Column("project_id", "text", N_("The project."), "id", "projects", is_indexed=True)


def _confidence(source: str) -> Column:
    return Column("confidence", "number", N_("How sure it is, from 0 to 1; 1 where a person decided."), source)


def _place(source: str) -> tuple[Column, ...]:
    """Return where a row was found, the same in every table; `source` says of what in the record."""
    return (
        Column("page", "integer", N_("Page of the source, from 1; empty for text input."), f"{source}page"),
        Column("field", "text", N_("Text that the offsets count in: text or title of the project."), f"{source}field"),
        Column("start_offset", "integer", N_("Where it begins, in code points from 0."), f"{source}start"),
        Column("end_offset", "integer", N_("Where it ends, that code point not included."), f"{source}end"),
        Column("source_file", "text", N_("Name of the file, without folders."), "annex.source.file"),
        Column("source_sha256", "text", N_("SHA-256 of the file."), "annex.source.sha256"),
    )


def _boxes(source: str) -> Column:
    return Column(
        "boxes", "json", N_("[x0, top, x1, bottom] in PDF points on the page, one for each line."), f"{source}boxes"
    )


_WRITTEN = N_("The words as they stand in the text.")

TABLES: tuple[Table, ...] = (
    Table(
        "annexes",
        N_("The annexes, one a row."),
        (
            Column("annex_id", "text", N_("Id of the annex."), "annex.id"),
            Column("label", "text", N_("Such as “Bijlage I”."), "annex.label"),
            Column("title", "text", N_("Its title."), "annex.title"),
            Column("period", "edtf", N_("Period that the title names."), "annex.period"),
            Column("projects", "integer", N_("How many projects it has."), "records"),
            Column(
                "warnings", "integer", N_("How many warnings it has, those of its projects not counted."), "warnings"
            ),
            Column("media_type", "text", N_("Media type of the file."), "annex.source.media_type"),
            Column(
                "text_layer",
                "text",
                N_("How its text was read: embedded, ocr, mixed, or none for text and Word."),
                "annex.source.text_layer",
            ),
            Column("pages", "integer", N_("Pages of the whole file; 0 for text input."), "annex.source.pages"),
            Column("page", "integer", N_("First page with a project; empty for text input."), "pages[0]"),
            Column("field", "text", N_("Empty: an annex is no place in a text."), ""),
            Column("start_offset", "integer", N_("Empty: an annex is no place in a text."), ""),
            Column("end_offset", "integer", N_("Empty: an annex is no place in a text."), ""),
            Column("source_file", "text", N_("Name of the file, without folders."), "annex.source.file"),
            Column("source_sha256", "text", N_("SHA-256 of the file."), "annex.source.sha256"),
        ),
    ),
    Table(
        "projects",
        N_("The projects of the annexes, one a row."),
        (
            Column("project_id", "text", N_("Id of the project."), "id"),
            _annex(),
            Column("ordinal", "integer", N_("Its place in the annex, from 1."), "ordinal"),
            Column("title", "text", N_("Its title."), "title"),
            Column("text", "text", N_("Its cleaned text; offsets count in it."), "text"),
            Column(
                "period_earliest", "date", N_("First day of its running time; empty where open."), "period.earliest"
            ),
            Column("period_latest", "date", N_("Last day of its running time; empty where open."), "period.latest"),
            Column("warnings", "integer", N_("How many warnings it has."), "warnings"),
            Column("decisions", "text", N_("Ids of the decisions that hold in it, with spaces between."), "decisions"),
            Column("last_page", "integer", N_("Last page that it stands on; empty for text input."), "pages[-1]"),
            *_place(""),
        ),
    ),
    Table(
        "organisations",
        N_("The organisations of each project, one a row for each project that names it."),
        (
            Column("organisation_id", "text", N_("Id of the organisation in the project."), ""),
            _project(),
            _annex(),
            Column(
                "name",
                "text",
                N_("Its name; that of the register where it is known."),
                "organisations[].name",
                is_indexed=True,
            ),
            Column(
                "register_id",
                "text",
                N_("Id in the register; empty where it is not known there."),
                "organisations[].register_id",
                is_indexed=True,
            ),
            Column("kind", "text", N_("What kind of body it is, such as ministry or company."), "organisations[].kind"),
            Column("status", "text", N_("known: in the register; new: to be judged."), "organisations[].status"),
            Column("link", "text", N_("How it was linked to the register."), "organisations[].link"),
            _confidence("organisations[].confidence"),
            Column(
                "roles",
                "text",
                N_("The parts that it plays, with a comma between; more on them in roles."),
                "organisations[].roles[].role",
            ),
            Column("mentions", "integer", N_("How often the project names it."), "organisations[].mentions"),
            Column("text", "text", _WRITTEN, "organisations[].mentions[0].text"),
            *_place("organisations[].mentions[0]."),
        ),
    ),
    Table(
        "roles",
        N_("The parts that organisations play in projects, one a row."),
        (
            Column("role_id", "text", N_("Id of the role."), ""),
            Column(
                "organisation_id", "text", N_("The organisation in the project."), "", "organisations", is_indexed=True
            ),
            _project(),
            _annex(),
            Column("name", "text", N_("Name of the organisation."), "organisations[].name"),
            Column(
                "role",
                "text",
                N_("commissioner, executor, funder or partner."),
                "organisations[].roles[].role",
                is_indexed=True,
            ),
            Column("text", "text", N_("The words that say so."), "organisations[].roles[].cue.text"),
            _confidence("organisations[].roles[].confidence"),
            Column(
                "page",
                "integer",
                N_("Page of the nearest mention of the organisation; empty for text input."),
                "organisations[].mentions[].page",
            ),
            *_place("organisations[].roles[].cue.")[1:],
        ),
    ),
    Table(
        "locations",
        N_("The places of each project, one a row for each project that names it."),
        (
            Column("location_id", "text", N_("Id of the place in the project."), ""),
            _project(),
            _annex(),
            Column("name", "text", N_("Its name."), "locations[].name", is_indexed=True),
            Column("kind", "text", N_("country, province, municipality, town or region."), "locations[].kind"),
            _confidence("locations[].confidence"),
            Column("mentions", "integer", N_("How often the project names it."), "locations[].mentions"),
            Column("text", "text", _WRITTEN, "locations[].mentions[0].text"),
            *_place("locations[].mentions[0]."),
        ),
    ),
    Table(
        "mentions",
        N_("Every place where an organisation or a place is named, one a row."),
        (
            Column("mention_id", "text", N_("Id of the mention."), ""),
            _project(),
            _annex(),
            Column("entity", "text", N_("organisation or location."), ""),
            Column(
                "organisation_id",
                "text",
                N_("The organisation in the project, where it is one."),
                "",
                "organisations",
                is_indexed=True,
            ),
            Column(
                "location_id",
                "text",
                N_("The place in the project, where it is one."),
                "",
                "locations",
                is_indexed=True,
            ),
            Column("name", "text", N_("What is named."), "…[].name"),
            Column("text", "text", _WRITTEN, "…[].mentions[].text"),
            *_place("…[].mentions[]."),
            _boxes("…[].mentions[]."),
        ),
    ),
    Table(
        "dates",
        N_("The dates in the texts of projects, one a row."),
        (
            Column("date_id", "text", N_("Id of the date."), ""),
            _project(),
            _annex(),
            Column("text", "text", _WRITTEN, "dates[].text"),
            Column("edtf", "edtf", N_("The date or period that is named."), "dates[].edtf"),
            Column(
                "modifier",
                "text",
                N_("What the words make of it: from, after, until, through or by."),
                "dates[].modifier",
            ),
            Column("part", "text", N_("The part of it: begin, mid or end."), "dates[].part"),
            Column("edtf_interval", "edtf", N_("All of it: date, modifier and part."), "dates[].interval"),
            Column(
                "earliest",
                "date",
                N_("First day that it may be; empty where open."),
                "dates[].earliest",
                is_indexed=True,
            ),
            Column(
                "latest", "date", N_("Last day that it may be; empty where open."), "dates[].latest", is_indexed=True
            ),
            Column("role", "text", N_("What happens then: start, end, period or reference."), "dates[].role"),
            _confidence("dates[].confidence"),
            *_place("dates[]."),
            _boxes("dates[]."),
        ),
    ),
    Table(
        "figures",
        N_("The figures in the texts of projects, one a row."),
        (
            Column("figure_id", "text", N_("Id of the figure."), ""),
            _project(),
            _annex(),
            Column("text", "text", _WRITTEN, "figures[].text"),
            Column(
                "kind",
                "text",
                N_("count, money, percentage, duration, age, ratio or measure."),
                "figures[].kind",
                is_indexed=True,
            ),
            Column("value", "number", N_("The number; of a range the lower one."), "figures[].value"),
            Column("value_max", "number", N_("Of a range the upper one."), "figures[].value_max"),
            Column("unit", "text", N_("What is counted or measured; of money the currency."), "figures[].unit"),
            Column(
                "comparator",
                "text",
                N_("exactly, about, more than, at least, less than or at most."),
                "figures[].comparator",
            ),
            Column("as_of", "edtf", N_("The date that it holds for."), "figures[].as_of"),
            _confidence("figures[].confidence"),
            *_place("figures[]."),
            _boxes("figures[]."),
        ),
    ),
    Table(
        "footnotes",
        N_("The footnotes of projects, one a row."),
        (
            Column("footnote_id", "text", N_("Id of the footnote."), ""),
            _project(),
            _annex(),
            Column("marker", "text", N_("What the text calls it by."), "footnotes[].marker"),
            Column("text", "text", N_("What it says."), "footnotes[].text"),
            *_place("footnotes[]."),
        ),
    ),
    Table(
        "warnings",
        N_("What a person should look at, one a row."),
        (
            Column("warning_id", "text", N_("Id of the warning."), ""),
            Column(
                "project_id",
                "text",
                N_("The project; empty where it is of the annex."),
                "id",
                "projects",
                is_indexed=True,
            ),
            _annex(),
            Column("code", "text", N_("What it is; the README explains each."), "warnings[].code", is_indexed=True),
            Column("message", "text", N_("What there is to look at."), "warnings[].message"),
            *_place(""),
        ),
    ),
    Table(
        "decisions",
        N_("What people decided in annex review, one a row; empty for a folder that nobody approved."),
        (
            Column("decision_id", "text", N_("Id of the decision; in order of time."), "id"),
            Column(
                "annex_id",
                "text",
                N_("The annex that was looked at; it need not be in this export."),
                "annex",
                is_indexed=True,
            ),
            Column(
                "project_id",
                "text",
                N_("The project that was looked at; it need not be in this export."),
                "project",
                is_indexed=True,
            ),
            Column("subject", "text", N_("What it is about, such as organisation or figure."), "subject"),
            Column("action", "text", N_("accept, reject, correct, add, comment or undo."), "action"),
            Column("in_force", "boolean", N_("Whether it counts: it is not taken back."), ""),
            Column("decided_at", "moment", N_("When, in UTC."), "at"),
            Column("decided_by", "text", N_("By whom."), "by"),
            Column("change", "text", N_("What was asked; empty where the person asked."), "change"),
            Column("why", "text", N_("What the person said of it."), "why"),
            Column("undoes", "text", N_("Id of the decision that it takes back."), "undoes"),
            Column("value_before", "json", N_("What was proposed or approved; empty where nothing was."), "before"),
            Column("value_after", "json", N_("What holds from now on; empty where nothing does."), "after"),
            Column("places", "integer", N_("How many places it rests on; the first is told here."), "evidence"),
            Column("text", "text", N_("The words that it rests on."), "evidence[0].text"),
            *_place("evidence[0]."),
        ),
    ),
)

SEARCHED: Mapping[str, tuple[str, ...]] = {"projects": ("title", "text"), "organisations": ("name", "text")}
"""Tables with full-text search where the format has it, and the columns that are searched."""

BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}
