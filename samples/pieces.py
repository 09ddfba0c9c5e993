"""Read one marked-up piece of text into two plain texts, and its marks and footnotes with their offsets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samples.attributes import OPTIONAL, read_attributes

_WORDS = r"[^\[\]]*"
_ATTRIBUTES = r'(?:[^()"\[\]{}]|"[^"]*")*'
_DAMAGE = re.compile(r"\{(?P<raw>[^{}<>\[\]]+)>(?P<right>[^{}<>\[\]]+)\}")
_MARK = re.compile(rf"\[(?P<words>{_WORDS})\]\((?P<attributes>{_ATTRIBUTES})\)")
_NOTE = re.compile(r"\^\[(?P<text>[^\[\]{}]*)\]")
SPECIAL = re.compile(r"\^\[|[\[\]{}]")


class MarkupError(ValueError):
    """A piece of markup that cannot be read, with the place where it stands.

    Parameters
    ----------
    message : str
        What is wrong.
    offset : int
        Where, in code points from the start of the marked-up text.
    where : str | None
        File and line, once these are known.
    """

    def __init__(self, message: str, offset: int = 0, where: str | None = None) -> None:
        super().__init__(f"{where}: {message}" if where else f"{message} (at character {offset})")
        self.message = message
        self.offset = offset
        self.where = where


@dataclass(frozen=True)
class Span:
    """A stretch of code points, both in the text as it should read and in the text as printed."""

    start: int
    end: int
    printed_start: int
    printed_end: int


@dataclass(frozen=True)
class Mark(Span):
    """What an annotator says of some words."""

    kind: str
    value: str | None
    attributes: Mapping[str, str]

    @property
    def optional(self) -> bool:
        """Whether finding it or missing it costs nothing."""
        return OPTIONAL in self.attributes


@dataclass(frozen=True)
class Damage(Span):
    """A place where the page says something else than it should."""

    raw: str
    right: str


@dataclass(frozen=True)
class Note:
    """A footnote: its text, and the place in the printed text behind which it is called; `number` from 1."""

    printed_at: int
    text: str
    number: int


@dataclass(frozen=True)
class Piece:
    """A text with what is marked in it: `plain` as it should read, `printed` as the page has it."""

    plain: str
    printed: str
    marks: tuple[Mark, ...] = ()
    damage: tuple[Damage, ...] = ()
    notes: tuple[Note, ...] = ()

    def words(self, span: Span) -> str:
        """Give the words of a mark as they should read.

        Parameters
        ----------
        span : Span
            One of the marks or damages of this piece.

        Returns
        -------
        str
            The words.
        """
        return self.plain[span.start : span.end]

    def runs(self) -> Iterator[str | Note]:
        """Yield the printed text in stretches, with the footnotes between them."""
        at = 0
        for note in self.notes:
            if self.printed[at : note.printed_at]:
                yield self.printed[at : note.printed_at]
            yield note
            at = note.printed_at
        if self.printed[at:]:
            yield self.printed[at:]


class PieceReader:
    """Reads the pieces of one annex in their order, so that its footnotes are numbered through."""

    def __init__(self) -> None:
        self._notes = 0

    def read(self, text: str, at: int = 0) -> Piece:
        """Read `text[at:]`; the offsets of errors are into `text`.

        Raises
        ------
        MarkupError
            As `parse_piece`.
        """
        try:
            piece = parse_piece(text[at:], first_note=self._notes + 1)
        except MarkupError as error:
            raise MarkupError(error.message, error.offset + at) from error
        self._notes += len(piece.notes)
        return piece


class _Writer:
    """Collects both texts of a piece side by side, so that every span is known in both."""

    def __init__(self, first_note: int) -> None:
        self.plain = ""
        self.printed = ""
        self.marks: list[Mark] = []
        self.damage: list[Damage] = []
        self.notes: list[Note] = []
        self._first_note = first_note

    def say(self, plain: str, printed: str) -> tuple[int, int, int, int]:
        start, printed_start = len(self.plain), len(self.printed)
        self.plain += plain
        self.printed += printed
        return start, len(self.plain), printed_start, len(self.printed)

    def note(self, text: str) -> None:
        self.notes.append(Note(len(self.printed), text, self._first_note + len(self.notes)))

    def piece(self) -> Piece:
        return Piece(self.plain, self.printed, tuple(self.marks), tuple(self.damage), tuple(self.notes))


def parse_piece(text: str, first_note: int = 1) -> Piece:
    """Read one piece of marked-up text.

    Parameters
    ----------
    text : str
        For example `In [2021](date=2021) startte [Koraal](org) {financiéle>financiële} hulp.^[Zie bijlage 2.]`
    first_note : int
        Number of the first footnote in it.

    Returns
    -------
    Piece
        The text without markup, and the marks with their offsets in it.

    Raises
    ------
    MarkupError
        If a bracket or brace is unbalanced or nested, or a mark says something unknown.
    """
    writer = _Writer(first_note)
    at = 0
    while special := SPECIAL.search(text, at):
        writer.say(text[at : special.start()], text[at : special.start()])
        at = special.start()
        if damage := _DAMAGE.match(text, at):
            _write_damage(writer, damage)
            at = damage.end()
        elif mark := _MARK.match(text, at):
            _write_mark(writer, mark)
            at = mark.end()
        elif note := _NOTE.match(text, at):
            _write_note(writer, note)
            at = note.end()
        else:
            raise MarkupError(_why(text, at), at)
    writer.say(text[at:], text[at:])
    return writer.piece()


def _write_damage(writer: _Writer, match: re.Match[str]) -> None:
    raw, right = match["raw"], match["right"]
    if raw == right:
        message = f"damage that changes nothing: {raw!r}"
        raise MarkupError(message, match.start())
    writer.damage.append(Damage(*writer.say(right, raw), raw, right))


def _write_note(writer: _Writer, match: re.Match[str]) -> None:
    words = match["text"]
    if not words or words != words.strip():
        message = f"a footnote holds words, without spaces at its ends: {match[0]!r}"
        raise MarkupError(message, match.start())
    if not writer.printed or writer.printed[-1].isspace():
        message = f"a footnote stands right behind the word that it belongs to: {match[0]!r}"
        raise MarkupError(message, match.start())
    writer.note(words)


def _write_mark(writer: _Writer, match: re.Match[str]) -> None:
    words = match["words"]
    if not words or words != words.strip():
        message = f"a mark goes round words, without spaces at its ends: {match[0]!r}"
        raise MarkupError(message, match.start())
    try:
        attributes = read_attributes(match["attributes"])
    except ValueError as error:
        message = f"{error}, in {match[0]!r}"
        raise MarkupError(message, match.start("attributes")) from error
    start, printed_start = len(writer.plain), len(writer.printed)
    at = 0
    for damage in _DAMAGE.finditer(words):
        _write_clean(writer, words[at : damage.start()], match.start("words") + at)
        _write_damage(writer, damage)
        at = damage.end()
    _write_clean(writer, words[at:], match.start("words") + at)
    span = (start, len(writer.plain), printed_start, len(writer.printed))
    writer.marks.append(Mark(*span, attributes.kind, attributes.value, attributes.others))


def _write_clean(writer: _Writer, text: str, offset: int) -> None:
    if stray := SPECIAL.search(text):
        raise MarkupError("a brace without its pair inside a mark", offset + stray.start())
    writer.say(text, text)


def _why(text: str, at: int) -> str:
    """Say why what stands here is neither a mark nor damage."""
    near = repr(text[at : at + 40])
    if text[at] == "^":
        return f"a footnote is written ^[its text], without marks or damage in it, not {near}"
    if text[at] == "{":
        return f"damage is written {{what the page says>what it should say}}, not {near}"
    if text[at] != "[":
        return f"{text[at]!r} without its pair, at {near}"
    end = re.compile(_WORDS).match(text, at + 1)
    after = text[end.end() :] if end else ""
    if after.startswith("["):
        return f"marks do not nest: {near}"
    if not after.startswith("]"):
        return f"a mark that is not closed: {near}"
    if not after.startswith("]("):
        return f"words in square brackets without (kind…) right behind them: {near}"
    return f"the attributes of a mark are not closed: {near}"
