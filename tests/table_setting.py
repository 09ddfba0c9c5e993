"""Set tables of projects with Typst, reportlab and fpdf2."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

_WIDTHS = {
    "number": 1.0,
    "name": 3.0,
    "who": 2.6,
    "prose": 6.0,
    "result": 4.5,
    "money": 1.9,
    "period": 2.2,
    "state": 2.0,
    "note": 2.5,
    "place": 2.2,
}


@dataclass
class Look:
    """How a table is set."""

    engine: str
    rules: str
    align: str = "top"
    size: float = 9.0
    padding: float = 5.0
    landscape: bool = False
    repeats_head: bool = True
    bold_head: bool = True
    numbers_right: bool = False
    theme: bool = False
    groups: bool = False
    prose: bool = True
    notes: bool = False
    furniture: bool = True
    columns: tuple[str, ...] = ("name", "who", "prose", "money")
    count: int = 12
    blanks: float = 0.08
    length: int = 2


def _right(look: Look, column: int, of: int) -> bool:
    kinds = ("theme", *look.columns) if of > len(look.columns) else look.columns
    return look.numbers_right and kinds[column] in {"money", "number"}


def _widths(look: Look, *, theme: bool) -> list[float]:
    return [*([2.0] if theme else []), *(_WIDTHS[kind] for kind in look.columns)]


def typst_pdf(
    look: Look, rows: list[list[str]], groups: set[int], themes: dict[int, int], around: dict[str, str]
) -> bytes:
    import typst

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    strokes = {
        "grid": "0.5pt",
        "box": "(x, y) => (left: 0.5pt, right: 0.5pt, top: if y <= 1 { 0.5pt }, bottom: if y == LAST { 0.5pt })",
        "level": "(x, y) => (top: 0.5pt, bottom: 0.5pt)",
        "cells": "2pt + white",
        "double": "0.5pt",
        "dashed": '(paint: black, thickness: 0.6pt, dash: "dashed")',
        "zebra_cells": "1pt + white",
        "none": "none",
        "head": "(x, y) => if y == 0 { (bottom: 0.7pt) }",
        "zebra": "none",
        "shaded_head": "none",
        "ends": "(x, y) => (top: if y <= 1 { 0.7pt }, bottom: if y == LAST { 0.7pt })",
    }
    fills = {
        "cells": "(x, y) => if y == 0 { luma(180) } else { luma(235) }",
        "zebra_cells": "(x, y) => if calc.even(y) { luma(225) } else { luma(240) }",
        "zebra": "(x, y) => if calc.even(y) { luma(225) }",
        "shaded_head": "(x, y) => if y == 0 { luma(200) }",
    }
    columns = len(rows[0])
    align = ", ".join(
        f"{'right' if _right(look, n, columns) else 'left'} + {({'middle': 'horizon'}).get(look.align, look.align)}"
        for n in range(columns)
    )
    head = ", ".join(f"strong({quoted(t)})" if look.bold_head else quoted(t) for t in rows[0])
    cells = []
    for number, row in enumerate(rows[1:], start=1):
        if number in groups:
            cells.append(f"table.cell(colspan: {columns}, strong({quoted(row[0])}))")
            continue
        for column, text in enumerate(row):
            if look.theme and column == 0:
                if number in themes:
                    cells.append(f"table.cell(rowspan: {themes[number]}, {quoted(text)})")
                continue
            cells.append(quoted(text))
    page = f'paper: "a4", flipped: {str(look.landscape).lower()}, margin: 2cm'
    if look.furniture:
        page += (
            f", header: text(7pt, {quoted(around['header'])}), footer: align(center, context counter(page).display())"
        )
    source = f"""
#set document(date: none)
#set page({page})
#set text(size: {look.size}pt, lang: "nl", hyphenate: false)
#set par(justify: false)
{_paragraph(around["before"])}
{_paragraph(around["caption"], strong=True)}
#table(columns: ({", ".join(f"{w}fr" for w in _widths(look, theme=look.theme))}), inset: {look.padding}pt,
  align: ({align}),
  stroke: {strokes[look.rules].replace("LAST", str(len(rows) - 1))},
  fill: {fills.get(look.rules, "none")},
  table.header(repeat: {str(look.repeats_head).lower()}, {head}),
  {", ".join(cells)})
{_paragraph(around["notes"])}
{_paragraph(around["after"])}
"""
    made: bytes = typst.compile(source.encode())
    return made


def _paragraph(text: str, *, strong: bool = False) -> str:
    if not text:
        return ""
    said = json.dumps(text, ensure_ascii=False)
    return f"#par({'strong(' + said + ')' if strong else said})\n"


def reportlab_pdf(
    look: Look, rows: list[list[str]], groups: set[int], themes: dict[int, int], around: dict[str, str]
) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, LongTable, Paragraph, SimpleDocTemplate, Spacer

    size = landscape(A4) if look.landscape else A4
    body = ParagraphStyle("b", fontName="Helvetica", fontSize=look.size, leading=look.size * 1.2)
    right = ParagraphStyle("r", parent=body, alignment=2)
    bold = ParagraphStyle("h", parent=body, fontName="Helvetica-Bold" if look.bold_head else "Helvetica")
    columns = len(rows[0])
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), look.align.upper()),
        ("LEFTPADDING", (0, 0), (-1, -1), look.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), look.padding),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding),
    ]
    grey, black = colors.lightgrey, colors.black
    by_rules: dict[str, list[tuple[Any, ...]]] = {
        "grid": [("GRID", (0, 0), (-1, -1), 0.5, black)],
        "box": [
            ("BOX", (0, 0), (-1, -1), 0.5, black),
            ("LINEAFTER", (0, 0), (-1, -1), 0.5, black),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
        ],
        "level": [("LINEBELOW", (0, 0), (-1, -1), 0.5, black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, black)],
        "cells": [
            ("BACKGROUND", (0, 0), (-1, -1), colors.whitesmoke),
            ("GRID", (0, 0), (-1, -1), 2, colors.white),
        ],
        "double": [("GRID", (0, 0), (-1, -1), 0.5, black, None, None, None, 2, 1.5)],
        "dashed": [("GRID", (0, 0), (-1, -1), 0.5, black, 0, (2, 2))],
        "none": [],
        "head": [("LINEBELOW", (0, 0), (-1, 0), 0.7, black)],
        "zebra": [("ROWBACKGROUNDS", (0, 0), (-1, -1), [grey, None])],
        "shaded_head": [("BACKGROUND", (0, 0), (-1, 0), grey)],
        "ends": [
            ("LINEABOVE", (0, 0), (-1, 0), 0.7, black),
            ("LINEBELOW", (0, 0), (-1, 0), 0.7, black),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, black),
        ],
    }
    commands += by_rules[look.rules]
    data: list[list[Any]] = []
    for number, row in enumerate(rows):
        if number in groups:
            commands.append(("SPAN", (0, number), (-1, number)))
            data.append([Paragraph(row[0], bold), *[""] * (columns - 1)])
            continue
        if number in themes and themes[number] > 1:
            commands.append(("SPAN", (0, number), (0, number + themes[number] - 1)))
            commands.append(("NOSPLIT", (0, number), (0, number + themes[number] - 1)))
        data.append(
            [
                Paragraph(_escaped(t), bold if not number else right if _right(look, c, columns) else body)
                for c, t in enumerate(row)
            ]
        )
    widths = _widths(look, theme=look.theme)
    room = size[0] - 100
    made = LongTable(
        data,
        colWidths=[room * w / sum(widths) for w in widths],
        repeatRows=1 if look.repeats_head else 0,
        splitByRow=1,
        splitInRow=0 if look.theme or look.repeats_head else 1,  # it forgets a rule under the repeated head
        style=commands,
    )
    flow: list[Any] = []
    for place in ("before", "caption"):
        if around[place]:
            flow += [Paragraph(_escaped(around[place]), bold if place == "caption" else body), Spacer(1, 8)]
    flow.append(made)
    for place in ("notes", "after"):
        if around[place]:
            flow += [Spacer(1, 8), Paragraph(_escaped(around[place]), body)]

    def furnish(canvas: Canvas, doc: BaseDocTemplate) -> None:
        if look.furniture:
            canvas.setFont("Helvetica", 7)
            canvas.drawString(50, size[1] - 30, around["header"])
            canvas.drawCentredString(size[0] / 2, 25, f"Pagina {doc.page}")

    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=size, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50, invariant=1
    )
    document.build(flow, onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def fpdf2_pdf(
    look: Look, rows: list[list[str]], groups: set[int], themes: dict[int, int], around: dict[str, str]
) -> bytes:
    from fpdf import FPDF
    from fpdf.enums import TableBordersLayout, TableCellFillMode, TableHeadingsDisplay, VAlign
    from fpdf.fonts import FontFace

    assert not groups
    assert not themes

    class Paper(FPDF):
        def header(self) -> None:
            if look.furniture:
                self.set_font("Helvetica", size=7)
                self.set_y(20)
                self.cell(0, 10, latin(around["header"]))
                self.set_y(50)

        def footer(self) -> None:
            if look.furniture:
                self.set_font("Helvetica", size=7)
                self.set_y(-30)
                self.cell(0, 10, f"{self.page_no()}", align="C")

    paper = Paper(orientation="landscape" if look.landscape else "portrait", unit="pt", format="A4")
    paper.set_margins(50, 50, 50)
    paper.set_auto_page_break(auto=True, margin=50)
    paper.add_page()

    def write(text: str, style: str = "") -> None:
        if text:
            paper.set_font("Helvetica", style=style, size=look.size)
            paper.multi_cell(0, look.size * 1.3, latin(text), align="L", new_x="LMARGIN", new_y="NEXT")
            paper.ln(6)

    write(around["before"])
    write(around["caption"], "B")
    paper.set_font("Helvetica", size=look.size)
    layout = {
        "grid": TableBordersLayout.ALL,
        "box": TableBordersLayout.NO_HORIZONTAL_LINES,
        "level": TableBordersLayout.HORIZONTAL_LINES,
        "head": TableBordersLayout.SINGLE_TOP_LINE,
    }.get(look.rules, TableBordersLayout.NONE)
    columns = len(rows[0])
    fills: dict[str, Any] = {}
    if look.rules in {"zebra", "zebra_cells"}:
        fills = {
            "cell_fill_color": 225,
            "cell_fill_mode": TableCellFillMode.ROWS if look.rules == "zebra" else TableCellFillMode.ALL,
        }
    style = FontFace(
        emphasis="BOLD" if look.bold_head else None, fill_color=200 if look.rules == "shaded_head" else None
    )
    padding = max(look.padding - 1, 2)
    with paper.table(
        borders_layout=layout,
        col_widths=tuple(_widths(look, theme=False)),
        headings_style=style,
        line_height=look.size * 1.25,
        padding=padding,
        text_align=tuple("RIGHT" if _right(look, n, columns) else "LEFT" for n in range(columns)),
        v_align={"top": VAlign.T, "middle": VAlign.M, "bottom": VAlign.B}[look.align],
        repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE if look.repeats_head else TableHeadingsDisplay.NONE,
        **fills,
    ) as table:
        for row in rows:
            made = table.row()
            for text in row:
                made.cell(latin(text))
    paper.ln(6)
    write(around["notes"])
    write(around["after"])
    return bytes(paper.output())


def latin(text: str) -> str:
    return text.replace("€", "EUR")
