"""Set an annex as a PDF with Typst, to the same bytes wherever it is built."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from samples.blocks import AnnexSource, AnyBlock, Cell, Fields, Row, Table, Use
from samples.furniture import LOOKS, running_label, sender, session
from samples.pieces import Note, Piece
from samples.turning import turned

LOOKS_DIRECTORY = Path(__file__).resolve().parent / "looks"
_FONT_PACKAGES = ("font_roboto", "font_source_sans_pro")


def pdf_bytes(source: AnnexSource, look: str) -> bytes:
    """Set an annex in a look.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    look : str
        Name of a look.

    Returns
    -------
    bytes
        The PDF.

    Raises
    ------
    MarkupError
        If this look cannot set this annex.
    """
    # The text goes in as data, not as Typst source: nothing in it can be read as markup.
    annex = json.dumps(_data(turned(source, LOOKS[look])), ensure_ascii=False)
    with TemporaryDirectory() as fonts:
        gather_fonts(Path(fonts))
        pdf = typst.compile(
            str(LOOKS_DIRECTORY / f"{look}.typ"),
            root=str(LOOKS_DIRECTORY),
            format="pdf",
            sys_inputs={"annex": annex},
            font_paths=[fonts],
            ignore_system_fonts=True,
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF")
    return pdf


def _data(source: AnnexSource) -> dict[str, object]:
    return {
        "label": source.head.label,
        "title": source.title.printed,
        "running": running_label(source),
        "sender": sender(source),
        "session": session(source),
        "blocks": [_block(block) for block in source.blocks],
    }


def _block(block: AnyBlock) -> dict[str, object]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Fields):
        return {"kind": "fields", "fields": _fields(block), "begins": block.first(Use.TITLE) is not None}
    return {"kind": block.kind.value, "label": block.label, "text": _runs(block.piece)}


def _fields(block: Fields) -> list[dict[str, object]]:
    return [
        {
            "label": one.label,
            "use": one.use.value,
            "values": [{"label": value.label, "text": _runs(value.piece)} for value in one.values],
        }
        for one in block.fields
    ]


def _table(table: Table) -> dict[str, object]:
    return {
        "kind": "table",
        "rows-are": table.kind.value,
        "caption": table.caption,
        "widths": [column.width for column in table.columns],
        "head": [[_cell(cell, table) for cell in row] for row in table.heads()],
        "rows": [_row(number, row, table) for number, row in enumerate(table.rows)],
    }


def _row(number: int, row: Row, table: Table) -> dict[str, object]:
    return {"kind": row.kind.value, "cells": [_cell(cell, table) for cell in row.own(number)]}


def _cell(cell: Cell, table: Table) -> dict[str, object]:
    return {
        "lines": [_runs(piece) for piece in cell.pieces],
        "rows": cell.rows,
        "columns": cell.columns,
        "right": table.columns[cell.column].right and cell.columns == 1,
        "use": table.columns[cell.column].use.value,
    }


def _runs(piece: Piece) -> list[str | dict[str, str]]:
    return [{"note": run.text} if isinstance(run, Note) else run for run in piece.runs()]


def gather_fonts(directory: Path) -> None:
    """Gather each font once: a package may hold it in two formats, and Typst takes the one it meets first."""
    for package in _FONT_PACKAGES:
        spec = find_spec(package)  # where it is, without running its code
        if spec is None or spec.origin is None:
            message = f"no fonts of {package.replace('_', '-')} here: pip install -e '.[dev]'"
            raise ModuleNotFoundError(message)
        for font in (Path(spec.origin).parent / "files").glob("*.ttf"):
            shutil.copyfile(font, directory / font.name)
