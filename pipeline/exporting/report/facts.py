"""What a record says, as tables: the words of the text, what they mean, and on which page they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.messages import _
from pipeline.records.models import (
    DateRecord,
    FigureRecord,
    LocationRecord,
    Mention,
    OrganisationRecord,
    ProjectRecord,
    RepairRecord,
)
from pipeline.showing.marked import place_id
from pipeline.showing.words import (
    DATE_ROLES,
    FIGURE_KINDS,
    LOCATION_KINDS,
    ORGANISATION_KINDS,
    REPAIR_RULES,
    ROLES,
    SURE,
    confidence_words,
    date_words,
    figure_words,
    pages_words,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    words: str
    href: str = ""
    """Where the words stand in the page; empty where nowhere."""
    detail: str = ""
    """Said smaller below them."""
    label: str = ""
    """What to look at."""
    is_dutch: bool = False
    """Whether the words are the document's."""


@dataclass(frozen=True, slots=True)
class Table:
    """The facts of one kind."""

    kind: str
    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    is_folded: bool = False
    """Whether it is shown only to whom wants to see it."""


def tables_of(record: ProjectRecord, prefix: str) -> list[Table]:
    """Return the facts of a record that has any, kind by kind.

    Parameters
    ----------
    prefix
        Of the ids of the marks in its text.
    """
    return [table for table in _tables(record, prefix) if table.rows]


def _tables(record: ProjectRecord, prefix: str) -> Iterator[Table]:
    page = [_("Page")] if record.pages else []
    in_text = (_("In the text"), _("Meaning"), *page)
    bodies = [_organisation_row(one, prefix) for one in record.organisations]
    yield Table("organisation", _("Organisations"), (_("Organisation"), _("Role")), bodies)
    figures = [
        _value_row(one, prefix, Cell(figure_words(one), "", _figure_detail(one), _doubt(one.confidence)), page)
        for one in record.figures
    ]
    yield Table("figure", _("Figures"), in_text, figures)
    dates = [
        _value_row(one, prefix, Cell(date_words(one), "", _date_detail(one), _doubt(one.confidence)), page)
        for one in record.dates
    ]
    yield Table("date", _("Dates"), in_text, dates)
    places = [_location_row(one, prefix) for one in record.locations]
    yield Table("location", _("Places"), (_("Place"), _("Kind")), places)
    notes = [
        (Cell(one.marker, f"#{place_id(prefix, 'text', one.anchor)}"), Cell(one.text, is_dutch=True))
        for one in record.footnotes
    ]
    yield Table("footnote", _("Footnotes"), (_("Marker"), _("Text")), notes)
    repairs = [_repair_row(one, prefix) for one in record.repairs]
    yield Table("repair", _("Repairs"), (_("The source says"), _("The record says")), repairs, is_folded=True)


def _organisation_row(one: OrganisationRecord, prefix: str) -> Sequence[Cell]:
    kind, pages = _(ORGANISATION_KINDS[one.kind]) if one.kind else "", _pages(one.mentions)
    label = _("new: not in the register") if one.status == "new" else _doubt(one.confidence)
    return (
        Cell(one.name, _first(one.mentions, prefix), ", ".join(filter(None, (kind, pages))), label, is_dutch=True),
        Cell(", ".join(dict.fromkeys(_(ROLES[role.role]) for role in one.roles)) or "–"),
    )


def _location_row(one: LocationRecord, prefix: str) -> Sequence[Cell]:
    name = Cell(one.name, _first(one.mentions, prefix), _pages(one.mentions), _doubt(one.confidence), is_dutch=True)
    return (name, Cell(_(LOCATION_KINDS[one.kind])))


def _repair_row(one: RepairRecord, prefix: str) -> Sequence[Cell]:
    href = f"#{place_id(prefix, one.field, one.start)}"
    return (Cell(one.raw, is_dutch=True), Cell(one.text, href, _(REPAIR_RULES[one.rule]), is_dutch=True))


def _value_row(one: DateRecord | FigureRecord, prefix: str, meaning: Cell, page: Sequence[str]) -> Sequence[Cell]:
    """Return the row of a date or figure; its page only where there is a column for it."""
    quoted = Cell(" ".join(one.text.split()), f"#{place_id(prefix, 'text', one.start)}", is_dutch=True)
    return (quoted, meaning, *(Cell(pages_words([one.page] if one.page else [])) for _head in page))


def _date_detail(one: DateRecord) -> str:
    return _(DATE_ROLES[one.role]) if one.role else ""


def _figure_detail(one: FigureRecord) -> str:
    kind = _(FIGURE_KINDS[one.kind])
    return f"{kind}, {_('as of {date}').format(date=one.as_of)}" if one.as_of else kind


def _doubt(confidence: float) -> str:
    return "" if confidence >= SURE else confidence_words(confidence)


def _first(mentions: Sequence[Mention], prefix: str) -> str:
    return f"#{place_id(prefix, mentions[0].field, mentions[0].start)}" if mentions else ""


def _pages(mentions: Sequence[Mention]) -> str:
    pages = sorted({one.page for one in mentions if one.page})
    return _("page {pages}").format(pages=pages_words(pages)) if pages else ""
