"""Divide an annex into its projects: headings with what stands under them, rows of tables, key-value blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from samples.blocks import AnnexSource, AnyBlock, Block, BlockKind, Fields, Row, RowKind, Table, TableKind, Use
from samples.names import fold
from samples.pieces import Mark, MarkupError, Piece

_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


@dataclass(frozen=True)
class Part:
    """A piece of a project's text, and the line of the source that it stands on."""

    piece: Piece
    line: int


@dataclass
class Project:
    """A project: its title as in its heading, and its parts: first the titles, then its cells, then its text."""

    title: Piece
    label: str
    line: int
    titles: list[Part] = field(default_factory=list)
    cells: list[Part] = field(default_factory=list)
    text: list[Part] = field(default_factory=list)
    has_text: bool = False  # a subheading or a page break alone is none

    @property
    def parts(self) -> list[Part]:
        """All of its pieces, in the order in which a record has them."""
        return [*self.titles, *self.cells, *self.text]

    def marks(self) -> Iterator[tuple[Part, Mark, str]]:
        """Yield every mark with the part that it stands in, and its words."""
        for part in self.parts:
            for mark in part.piece.marks:
                yield part, mark, part.piece.words(mark)

    def other_titles(self) -> list[str]:
        """List what else may be read as its title: as printed, or as an overview has it."""
        readings = [reading for part in self.titles for reading in (part.piece.plain, part.piece.printed)]
        return [reading for reading in dict.fromkeys(readings) if reading != self.title.plain]


def projects_of(source: AnnexSource) -> list[Project]:
    """Divide an annex into its projects, in their order.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Raises
    ------
    MarkupError
        If a mark stands outside of any project, a project has no text, or a row of an overview has no heading.
    """
    divider = _Divider(source)
    for block in source.blocks:
        divider.take(block)
    return divider.finish()


class _Divider:
    def __init__(self, source: AnnexSource) -> None:
        self._source = source
        self._projects: list[Project] = []
        self._inside = False
        self._overview: list[tuple[Table, Row]] = []

    def take(self, block: AnyBlock) -> None:
        if isinstance(block, Table):
            self._take_table(block)
        elif isinstance(block, Fields):
            self._take_fields(block)
        elif block.kind is BlockKind.PROJECT:
            self._begin(block.piece, block.label, block.line)
        elif block.kind is BlockKind.CHAPTER:
            self._inside = False
        else:
            self._take_text(block)

    def finish(self) -> list[Project]:
        for table, row in self._overview:
            self._join(table, row)
        for project in self._projects:
            if not project.cells and not project.has_text:
                raise self._error("a project without text; a chapter is written '#!'", project.line)
        return self._projects

    def _begin(self, title: Piece, label: str, line: int) -> Project:
        self._inside = True
        self._projects.append(Project(title, label, line, [Part(title, line)]))
        return self._projects[-1]

    def _take_text(self, block: Block) -> None:
        if self._inside:
            self._projects[-1].text.append(Part(block.piece, block.line))
            self._projects[-1].has_text |= block.kind in _TEXT
        else:
            self._outside(block.piece, block.line)

    def _outside(self, piece: Piece, line: int) -> None:
        if piece.marks:
            raise self._error(f"a mark outside of any project: {piece.words(piece.marks[0])!r}", line)

    def _take_table(self, table: Table) -> None:
        if table.kind is TableKind.OVERVIEW:
            self._overview += [(table, row) for row in table.rows if row.kind in {RowKind.ROW, RowKind.GOES_ON}]
        elif table.kind is TableKind.PROJECTS:
            for row in table.rows:
                self._take_row(table, row)
        else:
            for number, row in enumerate(table.rows):
                for cell in row.own(number):
                    for piece in cell.pieces:
                        self._take_text(Block(BlockKind.PARAGRAPH, piece, "", cell.line))

    def _take_row(self, table: Table, row: Row) -> None:
        if row.kind is RowKind.ROW:
            self._begin(*_title(table, row), row.line)
        if row.kind in {RowKind.ROW, RowKind.GOES_ON}:
            project = self._projects[-1]
            project.cells += [part for part in _cells(table, row) if part not in project.cells]
        self._inside = False

    def _take_fields(self, block: Fields) -> None:
        title = block.first(Use.TITLE)
        if title is not None:
            number = block.first(Use.NUMBER)
            label = number.values[0].printed if number and number.values else ""
            self._begin(title.values[0].piece, label, title.line)
        for one in block.fields:
            for value in one.values if one.use is Use.OTHER else ():
                if self._inside:
                    self._projects[-1].cells.append(Part(value.piece, value.line))
                else:
                    self._outside(value.piece, value.line)

    def _join(self, table: Table, row: Row) -> None:
        """Give a row of an overview to the project whose title or number it has."""
        title, label = _title(table, row)
        found = [project for project in self._projects if fold(project.title.plain) == fold(title.plain)]
        found = found or [project for project in self._projects if label and project.label == label]
        if len(found) != 1:
            message = (
                f"a row of an overview needs one project with its title or number, {title.plain!r} has {len(found)}"
            )
            raise self._error(message, row.line)
        if row.kind is RowKind.ROW:
            found[0].titles.append(Part(title, row.line))
        found[0].cells += [part for part in _cells(table, row) if part not in found[0].cells]

    def _error(self, message: str, line: int) -> MarkupError:
        return MarkupError(message, where=f"{self._source.name}:{line}")


def _title(table: Table, row: Row) -> tuple[Piece, str]:
    title, number = table.column(Use.TITLE), table.column(Use.NUMBER)
    if title is None:
        raise ValueError("a table of projects without titles")
    return row.cells[title].pieces[0], "" if number is None else row.cells[number].printed


def _cells(table: Table, row: Row) -> list[Part]:
    """List what the cells of a row say of its project; a merged cell says it of each of its rows."""
    return [
        Part(piece, cell.line)
        for cell in row.distinct()
        if table.columns[cell.column].use is Use.OTHER
        for piece in cell.pieces
    ]
