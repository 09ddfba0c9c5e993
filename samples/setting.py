"""Set an annex in a look: as a PDF, as a scan of that PDF, or as a Word file."""

from dataclasses import dataclass, replace

from samples.blocks import AnnexSource
from samples.furniture import LOOKS, Look
from samples.pieces import MarkupError
from samples.scan import digest_in, scan
from samples.typeset import pdf_bytes
from samples.word import word_bytes, word_parts

WORD = "word"
SCAN = "scan"
_SCANNED = SCAN + "-"
_PLAIN = "rijk"


@dataclass(frozen=True)
class Setting:
    """What the look of a head asks for: a look of the page, scanned or not, or a Word file."""

    look: str
    scanned: bool = False
    word: bool = False

    @classmethod
    def of(cls, name: str, where: str) -> "Setting":
        """Read the name of a look.

        Parameters
        ----------
        name : str
            A look of the page, `scan-` with such a look, `scan` for that of the house style, or `word`.
        where : str
            The file, for errors.

        Raises
        ------
        MarkupError
            If there is no such look.
        """
        page = _PLAIN if name in {WORD, SCAN} else name.removeprefix(_SCANNED)
        if page not in LOOKS:
            message = f"unknown look {name!r}; known are {', '.join([*LOOKS, SCAN, f'{_SCANNED}LOOK', WORD])}"
            raise MarkupError(message, where=f"{where}:1")
        return cls(page, scanned=name.startswith(SCAN), word=name == WORD)

    @property
    def furniture(self) -> Look:
        """What stands around the text of a page."""
        return LOOKS[self.look]

    @property
    def suffix(self) -> str:
        """The end of the name of the file."""
        return ".docx" if self.word else ".pdf"


def in_look(source: AnnexSource, look: str) -> AnnexSource:
    """Give an annex another look.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    look : str
        The name of a look; `scan` is a scan of the look that the annex has.

    Raises
    ------
    MarkupError
        If there is no such look.
    """
    own = Setting.of(source.head.look, source.name)
    if look == SCAN:
        look = f"{_SCANNED}{own.look}"
    return replace(source, head=replace(source.head, look=look, twins=()))


def set_pages(source: AnnexSource, setting: Setting) -> bytes:
    """Set an annex.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    setting : Setting
        How.

    Returns
    -------
    bytes
        The PDF or Word file.

    Raises
    ------
    MarkupError
        If this look cannot set this annex.
    """
    if setting.word:
        return word_bytes(source)
    pdf = pdf_bytes(source, setting.look)
    return scan(pdf) if setting.scanned else pdf


def same_file(name: str, one: bytes, other: bytes) -> bool:
    """Tell whether two files of one name say the same.

    Bytes count, but for what libraries of other versions write otherwise: the pictures of a scan, for which the digest
    of what was scanned stands in the file, and the compression of a Word file.
    """
    if one == other:
        return True
    if name.endswith(".docx"):
        return word_parts(one) == word_parts(other)
    return name.endswith(".pdf") and digest_in(one) is not None and digest_in(one) == digest_in(other)
