"""Clean a Document: page furniture and footnotes out, words at line ends made whole, OCR damage repaired."""

from dataclasses import replace

from pipeline.cleaning.footnotes import Note, without_footnotes
from pipeline.cleaning.furniture import without_furniture
from pipeline.cleaning.hyphens import without_line_end_hyphens
from pipeline.cleaning.page_breaks import with_tables_carried_over
from pipeline.cleaning.repair import repaired
from pipeline.cleaning.spaces import with_plain_spaces
from pipeline.document import AlignedText, Document, Footnote, Page


def clean(document: Document) -> Document:
    """Return the document cleaned; what was taken out is kept on its page with the reason, every repair in its line."""
    body, notes = without_footnotes(without_furniture(document))
    footnotes = (*document.footnotes, *(_footnote(note, document) for note in notes))
    return replace(_with_whole_words(with_tables_carried_over(body)), footnotes=footnotes)


def _with_whole_words(document: Document) -> Document:
    return repaired(without_line_end_hyphens(with_plain_spaces(document)))


def _footnote(note: Note, document: Document) -> Footnote:
    """Return a note as one text, its words made whole as those of the body are."""
    page = Page(note.lines[0].page, 0.0, 0.0, note.lines)
    lines = _with_whole_words(replace(document, pages=(page,))).lines()
    return Footnote(note.marker, AlignedText.join(" ", (line.text for line in lines)), note.lines[0].page)
