"""The whole way from a file to records: who reads `extract_all` from top to bottom has seen the program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cleaning import clean
from pipeline.document import AlignedText, Document
from pipeline.errors import AnnexError
from pipeline.linking import LinkedOrganisation, Named, link_annex
from pipeline.reading.guarded import read_guarded
from pipeline.recognising import DEFAULT_MODEL, Recognition, load_model, recognise_texts
from pipeline.recognising.governing import governing_dates
from pipeline.recognising.locations import is_spoken_of_in_heading
from pipeline.recognising.organisations import register_of
from pipeline.recognising.spans import DateMention, FigureMention, LocationMention, OrganisationMention
from pipeline.records.building import (
    date_records,
    figure_records,
    footnote_records,
    location_records,
    organisation_records,
    period_of,
    repair_records,
)
from pipeline.records.models import (
    SCHEMA_VERSION,
    AnnexHead,
    DateRecord,
    FigureRecord,
    LocationRecord,
    OrganisationRecord,
    ProjectRecord,
    Source,
    Warning,
)
from pipeline.records.slugs import LONGEST, slug, unique_slugs
from pipeline.register import Overlay
from pipeline.resources import vocabulary
from pipeline.segmenting import Annex as AnnexSections
from pipeline.segmenting import Section, segment
from pipeline.segmenting.entries import bodies_with_entries
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from spacy.language import Language

_YEARS = re.compile(
    r"\b((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)?\d\d)|\s+(?:en|tot en met|tot|t/m)\s+((?:19|20)\d\d))?\b"
)
_FUNCTION_WORDS = frozenset(vocabulary("language.toml")["function_words"])
_LEAST_DUTCH = 0.15
"""Part of the words that are Dutch function words; in running Dutch it is a third."""
_FEWEST_WORDS = 20
"""Words of running text without which the language cannot be told: cells with names and amounts are in none."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of a file, with its records in order."""

    head: AnnexHead
    records: tuple[ProjectRecord, ...]
    warnings: tuple[Warning, ...]
    texts: tuple[tuple[AlignedText, AlignedText], ...] = field(default=(), repr=False, compare=False)
    """Title and text of each record, which know where each of their characters stands on the page."""


@dataclass(frozen=True, slots=True)
class FileSections:
    """The first half of the way: a file read, cleaned and divided."""

    document: Document
    annexes: tuple[AnnexSections, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one piece of running text names."""

    organisations: tuple[OrganisationRecord, ...]
    dates: tuple[DateRecord, ...]
    figures: tuple[FigureRecord, ...]
    locations: tuple[LocationRecord, ...]


def extract_all(
    path: Path,
    *,
    annex_id: str | None = None,
    settings: ReadingSettings | None = None,
    model: Language | str = DEFAULT_MODEL,
    overlay: Overlay | None = None,
) -> list[Annex]:
    """Return the annexes of one file, most often one.

    Parameters
    ----------
    annex_id
        Slug to use as id, with ``-bijlage-ii`` and so on after it where the file holds several annexes; by default
        that of the file name.
    model
        The spaCy pipeline that recognises, or its name, as `load_model` takes it: that is loaded once per process.
    overlay
        What a steward lays over the register of a pipeline that is given by name; none by default.

    Raises
    ------
    AnnexError
        By the codes of the record contract.
    """
    sections = read_sections(path, settings)
    nlp = load_model(model, overlay=overlay) if isinstance(model, str) else model
    return recognise_sections(sections, annex_id=annex_id or slug(path.stem), model=nlp)


def extract(path: str | Path, *, overlay: Overlay | None = None) -> Annex:
    """Return the annex that a file holds, with its records.

    Parameters
    ----------
    overlay
        What a steward lays over the register (see `pipeline.read_overlay`); none by default.

    Raises
    ------
    AnnexError
        By the codes of the record contract.
    ValueError
        When the file holds several annexes: `extract_all` gives them.
    """
    annexes = extract_all(Path(path), overlay=overlay)
    if len(annexes) > 1:
        raise ValueError(f"{path} holds {len(annexes)} annexes; use extract_all")
    return annexes[0]


def recognise(text: str, *, overlay: Overlay | None = None) -> Recognised:
    """Return what one piece of running text names, without sectioning; offsets into `text`."""
    body = AlignedText(text)
    nlp = load_model(overlay=overlay)
    [found] = recognise_texts(nlp, [text])
    named = [Named(m, text[m.start : m.end], in_title=False) for m in found.organisations]
    [organisations] = link_annex([named], register_of(nlp))
    section = Section(AlignedText(""), body, is_doubtful=False)
    return _recognised(_Section(found, named, []), organisations, section)


def read_sections(path: Path, settings: ReadingSettings | None = None) -> FileSections:
    """Read, clean and divide one file: the half of the way that knows no model.

    Raises
    ------
    AnnexError
        What reading raises; `no_projects` when no heading of a project is found.
    """
    document = clean(read_guarded(path, settings))
    annexes = tuple(segment(document))
    if not any(annex.sections for annex in annexes):
        raise AnnexError(
            "no_projects", "no projects are found in it: no headings with text under them; check that it is an annex"
        )
    return FileSections(document, annexes)


def recognise_sections(file: FileSections, *, annex_id: str, model: Language | None = None) -> list[Annex]:
    """Recognise, link and record the sections of one file: the half of the way that needs the model."""
    nlp = model or load_model()
    ids = _annex_ids(annex_id, file.annexes)
    without = [a.label or a.title or i for a, i in zip(file.annexes, ids, strict=True) if not a.sections]
    return [
        _annex(file.document, annex, i, nlp, without)
        for annex, i in zip(file.annexes, ids, strict=True)
        if annex.sections
    ]


def _annex_ids(base: str, annexes: Sequence[AnnexSections]) -> list[str]:
    """Return the ids of the annexes of one file: the label of each after the base where there are several."""
    if len(annexes) == 1:
        return [base]
    labels = unique_slugs(annex.label or f"deel-{number}" for number, annex in enumerate(annexes, start=1))
    room = LONGEST - 1 - max(map(len, labels))
    return [f"{base[:room].rstrip('-')}-{label}" for label in labels]


def _annex(document: Document, annex: AnnexSections, annex_id: str, nlp: Language, without: Sequence[str]) -> Annex:
    source = Source(
        file=document.file,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.page_count,
        text_layer=document.text_layer,
    )
    head = AnnexHead(
        id=annex_id, label=annex.label, title=annex.title, period=_period(annex.title or ""), source=source
    )
    sections = annex.sections
    bodies = bodies_with_entries(sections)
    texts = [text for s, body in zip(sections, bodies, strict=True) for text in (s.title.text, body)]
    found = recognise_texts(nlp, texts, [fields for s in sections for fields in ((), s.fields)])
    slugs = unique_slugs(section.title.text for section in sections)
    named = [
        _named(section, in_title, in_body)
        for section, in_title, in_body in zip(sections, found[::2], found[1::2], strict=True)
    ]
    linked = link_annex([own.organisations for own in named], register_of(nlp), _first_and_last(head.period))
    records = tuple(
        _record(head, ordinal, name, section, own, organisations, document)
        for ordinal, (section, name, own, organisations) in enumerate(
            zip(sections, slugs, named, linked, strict=True), start=1
        )
    )
    warnings = tuple(_annex_warnings(document, annex, without))
    return Annex(head, records, warnings, tuple((section.title, section.body) for section in sections))


@dataclass(frozen=True, slots=True)
class _Section:
    """What a section names, title and body together where they count alike."""

    body: Recognition
    organisations: list[Named]
    places: list[LocationMention]
    """Those of the title."""


def _named(section: Section, in_title: Recognition, in_body: Recognition) -> _Section:
    """Return what is recognised in a section, without what names no body or place there."""
    title, body = section.title.text, section.body.text
    in_body = _without_project(_printed(in_body, section.body), section)
    organisations = [
        Named(mention, title[mention.start : mention.end], in_title=True)
        for mention in in_title.organisations
        if mention.source not in {"cue", "model"}  # a heading has no sentence to judge by
    ]
    organisations += [Named(m, body[m.start : m.end], in_title=False) for m in in_body.organisations]
    return _Section(in_body, organisations, [p for p in in_title.locations if is_spoken_of_in_heading(title, p)])


def _record(
    head: AnnexHead,
    ordinal: int,
    name: str,
    section: Section,
    named: _Section,
    organisations: Sequence[LinkedOrganisation],
    document: Document,
) -> ProjectRecord:
    what = _recognised(named, organisations, section)
    return ProjectRecord(
        schema_version=SCHEMA_VERSION,
        id=f"{head.id}/{name}",
        annex=head,
        ordinal=ordinal,
        title=section.title.text,
        pages=sorted({*section.title.pages(), *section.body.pages()}),
        text=section.body.text,
        repairs=repair_records(section.title, section.body),
        organisations=list(what.organisations),
        locations=list(what.locations),
        dates=list(what.dates),
        figures=list(what.figures),
        period=period_of(named.body.dates),
        footnotes=footnote_records(section.title, section.body, document.footnotes, paged=document.paged),
        warnings=list(_warnings(section, document)),
    )


def _printed(found: Recognition, body: AlignedText) -> Recognition:
    """Leave out what stands nowhere on a page: in the heads of columns that are written again before each cell."""
    if body.glyphs is None:
        return found

    def is_printed(mention: OrganisationMention | LocationMention | DateMention | FigureMention) -> bool:
        return bool(body.boxes(mention.start, mention.end))

    return replace(
        found,
        organisations=list(filter(is_printed, found.organisations)),
        locations=list(filter(is_printed, found.locations)),
        dates=list(filter(is_printed, found.dates)),
        figures=list(filter(is_printed, found.figures)),
    )


def _without_project(found: Recognition, section: Section) -> Recognition:
    """Leave out what only the context took for a body and is the name of the project itself, as its heading shows.

    Where the text says that it is a body, the project bears its name.
    """
    from pipeline.recognising.organisations import is_described_as_body  # needs spaCy

    title, text = section.title.text.casefold(), section.body.text
    bodies = {text[m.start : m.end] for m in found.organisations if is_described_as_body(text, m.end)}

    def names_project(mention: OrganisationMention) -> bool:
        printed = text[mention.start : mention.end]
        name = printed.casefold()
        is_own = name in title or name.rstrip("s") in title
        return mention.source in {"cue", "annex"} and is_own and printed not in bodies

    return replace(found, organisations=[m for m in found.organisations if not names_project(m)])


def _recognised(named: _Section, organisations: Sequence[LinkedOrganisation], section: Section) -> Recognised:
    title, body, found = section.title, section.body, named.body
    governing = governing_dates(body.text, found.figures, found.dates, section.fields)
    return Recognised(
        organisations=tuple(organisation_records(organisations, found.roles, title, body)),
        dates=tuple(date_records(found.dates, body)),
        figures=tuple(figure_records(found.figures, governing, body)),
        locations=tuple(location_records(named.places, found.locations, title, body)),
    )


def _first_and_last(period: str | None) -> tuple[int, int] | None:
    """Return the first and last year of the EDTF of a period."""
    years = [int(year) for year in period.split("/")] if period else []
    return (years[0], years[-1]) if years else None


def _period(title: str) -> str | None:
    """Return the EDTF of the last year, or span of years, that a title names."""
    found = list(_YEARS.finditer(title))
    if not found:
        return None
    first, short, last = found[-1].groups()
    end = last or short or first
    end = first[:2] + end if len(end) == 2 else end
    return f"{first}/{end}" if end > first else str(first)


def _warnings(section: Section, document: Document) -> Sequence[Warning]:
    warnings: list[Warning] = []
    if document.text_layer == "mixed":  # where all of a file was read by OCR, that is said once, for the annex
        own = {*section.title.pages(), *section.body.pages()}
        by_ocr = [page.number for page in document.pages if page.text_layer == "ocr" and page.number in own]
        warnings.extend(_ocr_warnings(by_ocr))
    if section.is_doubtful:
        message = "the heading reads like a sentence; check that a project begins here"
        warnings.append(Warning(code="low_confidence_heading", message=message))
    if section.has_no_title:
        message = "a row of the table has no title; check what project it is"
        warnings.append(Warning(code="row_without_title", message=message))
    if not section.body.text.strip():
        warnings.append(Warning(code="empty_section", message="no text stands under the heading"))
    return warnings


def _annex_warnings(document: Document, annex: AnnexSections, without: Sequence[str]) -> Sequence[Warning]:
    warnings = [Warning(code=warning.code, message=warning.message) for warning in document.warnings]
    warnings += [
        Warning(code="annex_without_projects", message=f"no projects are found in another annex of the file: {name}")
        for name in without
    ]
    warnings += _ocr_warnings([page.number for page in document.pages if page.text_layer == "ocr"])
    if poor := [page.number for page in document.pages if page.is_poor]:
        message = f"can hardly be read: page {_numbers(poor)}; compare with the source, and see `annex doctor`"
        warnings.append(Warning(code="poor_text_layer", message=message))
    if (left := annex.left_out) is not None:
        places = {"application/pdf": f" on page {left.page}", "text/plain": f" on line {left.line}"}
        message = (
            f"{left.words} words between the first and the last project stand in no project; the longest piece begins"
        )
        warnings.append(
            Warning(code="text_left_out", message=f"{message}{places.get(document.media_type, '')}: “{left.opening} …”")
        )
    words = re.findall(r"[^\W\d_]+", " ".join(section.running_text() for section in annex.sections).lower())
    if len(words) >= _FEWEST_WORDS and sum(word in _FUNCTION_WORDS for word in words) < _LEAST_DUTCH * len(words):
        warnings.append(Warning(code="not_dutch", message="the text does not read as Dutch"))
    return warnings


def _ocr_warnings(pages: Sequence[int]) -> Sequence[Warning]:
    if not pages:
        return []
    message = f"read from a picture by OCR: page {_numbers(pages)}; check names and numbers"
    return [Warning(code="read_by_ocr", message=message)]


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))
