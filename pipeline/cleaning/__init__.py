"""Clean a Document: page furniture out, words at line ends made whole, OCR damage repaired."""

from pipeline.cleaning.furniture import without_furniture
from pipeline.cleaning.hyphens import without_line_end_hyphens
from pipeline.cleaning.repair import repaired
from pipeline.document import Document


def clean(document: Document) -> Document:
    """Return the document cleaned; what was taken out is kept on its page with the reason, every repair in its line."""
    return repaired(without_line_end_hyphens(without_furniture(document)))
