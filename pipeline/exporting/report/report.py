"""What the page of a run is made of, and the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from pipeline.exporting.report.facts import Table, tables_of
from pipeline.exporting.report.glance import Glance, glance_at
from pipeline.messages import _, ngettext
from pipeline.records.models import AnnexFile, AnnexHead, Manifest, ProjectRecord
from pipeline.showing.marked import record_text
from pipeline.showing.pages import file_of
from pipeline.showing.spans import SPAN_KINDS
from pipeline.showing.words import LIKELY, days_words, number_words, pages_words, warning_words

Run = Mapping[str, tuple[AnnexFile, Sequence[ProjectRecord]]]
"""What `pipeline.records.reading.read_annexes` gives."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something to look at."""

    words: str
    where: str
    """Title of the project; empty for what concerns the whole annex."""
    href: str


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A project in the page."""

    record: ProjectRecord
    anchor: str
    warnings: Sequence[str]
    running: str
    pages: str
    decided: str

    @property
    def title(self) -> Markup:
        """Return the title with its marks."""
        return record_text(self.record, "title", self.anchor)

    @property
    def text(self) -> Markup:
        """Return the text with its marks."""
        return record_text(self.record, "text", self.anchor)

    @property
    def tables(self) -> list[Table]:
        """Return its facts."""
        return tables_of(self.record, self.anchor)


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex in the page; its records are made into words one after the other, when they are written."""

    anchor: str
    head: AnnexHead
    name: str
    source: str
    stats: Sequence[tuple[str, str]]
    """A number and what of."""
    looks: Sequence[Look]
    doubts: Sequence[Look]
    newcomers: Sequence[Look]
    glance: Glance
    records: Sequence[RecordPart]


def report(run: Run, manifest: Manifest | None) -> Iterator[str]:
    """Give the page of a run, piece by piece.

    Parameters
    ----------
    manifest
        What became of the inputs; None where that is not known.
    """
    annexes = [_annex(number, annex, records) for number, (annex, records) in enumerate(run.values(), 1)]
    failed = [one for one in manifest.entries if one.status == "failed"] if manifest else []
    title = annexes[0].name if len(annexes) == 1 else _("{count} annexes").format(count=len(annexes))
    return file_of(
        "pipeline.exporting.report",
        template="report.html",
        style="report.css",
        script="report.js",
        title=title,
        annexes=annexes,
        failed=[(one.input, one.error.message if one.error else "") for one in failed],
        kinds=[(kind, _(words)) for kind, words in SPAN_KINDS.items()],
    )


def _annex(number: int, annex: AnnexFile, records: Sequence[ProjectRecord]) -> AnnexPart:
    head = annex.annex
    parts = [_record(f"a{number}p{record.ordinal}", record) for record in records]
    looks = [Look(warning_words(one), "", "") for one in annex.warnings]
    for part in parts:
        where = f"{part.record.ordinal}. {part.record.title}"
        looks += [Look(words, where, f"#{part.anchor}") for words in part.warnings]
    glance = glance_at(records, [part.anchor for part in parts])
    return AnnexPart(
        anchor=f"a{number}",
        head=head,
        name=" – ".join(part for part in (head.label, head.title) if part) or head.id,
        source=_source_words(head),
        stats=_stats(records, glance, len(looks)),
        looks=looks,
        doubts=_doubts(parts),
        newcomers=_newcomers(parts),
        glance=glance,
        records=parts,
    )


def _record(anchor: str, record: ProjectRecord) -> RecordPart:
    period = record.period
    decided = len(record.decisions)
    return RecordPart(
        record=record,
        anchor=anchor,
        warnings=[warning_words(one) for one in record.warnings],
        running=days_words(period.earliest, period.latest) if period.earliest or period.latest else "",
        pages=_("page {pages}").format(pages=pages_words(record.pages)) if record.pages else "",
        decided=ngettext("{count} decision holds here", "{count} decisions hold here", decided).format(count=decided)
        if decided
        else "",
    )


def _source_words(head: AnnexHead) -> str:
    source = head.source
    pages = ngettext("{count} page", "{count} pages", source.pages).format(count=source.pages) if source.pages else ""
    read = _("read from a picture") if source.text_layer in {"ocr", "mixed"} else ""
    return ", ".join(part for part in (source.file, pages, read) if part)


def _stats(records: Sequence[ProjectRecord], glance: Glance, looks: int) -> list[tuple[str, str]]:
    count = len(records)
    bodies = len(glance.organisations) + len(glance.more_organisations)
    figures = sum(len(one.figures) for one in records)
    return [
        (_count(count), ngettext("project", "projects", count)),
        (_count(bodies), ngettext("organisation", "organisations", bodies)),
        (_count(figures), ngettext("figure", "figures", figures)),
        *glance.money[:1],
        (_count(looks), ngettext("warning", "warnings", looks)),
    ]


def _count(number: int) -> str:
    return number_words(Decimal(number))


def _doubts(parts: Sequence[RecordPart]) -> list[Look]:
    """Return what is doubtful, by project."""
    found = []
    for part in parts:
        record = part.record
        named = [one.name for one in record.organisations if one.confidence < LIKELY]
        named += [one.name for one in record.locations if one.confidence < LIKELY]
        named += [" ".join(one.text.split()) for one in record.dates if one.confidence < LIKELY]
        named += [" ".join(one.text.split()) for one in record.figures if one.confidence < LIKELY]
        if named:
            words = ", ".join(f"“{name}”" for name in dict.fromkeys(named))
            found.append(Look(words, f"{record.ordinal}. {record.title}", f"#{part.anchor}"))
    return found


def _newcomers(parts: Sequence[RecordPart]) -> list[Look]:
    """Return the organisations that the register does not know, each with the project that names it first."""
    found: dict[str, Look] = {}
    for part in parts:
        for one in part.record.organisations:
            if one.status == "new":
                where = f"{part.record.ordinal}. {part.record.title}"
                found.setdefault(one.name, Look(one.name, where, f"#{part.anchor}"))
    return [found[name] for name in sorted(found, key=lambda name: (name.casefold(), name))]
