"""Set the annexes of `tests/layouts`, each in a look of its own, and write down what should come out of them.

Not part of the tests: run by hand where a source changed, with typst, reportlab, fpdf2 and pyphen installed
(``python tests/layouts/build.py [NAME…]``). Nothing here knows the pipeline: titles and words come from the sources.

A source is a head (`label`, `title`, `engine`, options, `why`), for Typst a look between ``%%%`` lines, then blocks:
``P number | title`` a project, ``C …`` a heading without a record, ``S …`` a subheading, ``- …`` a list item,
``R bold | text`` a paragraph with a bold beginning, ``Q …`` a quote, ``K title | text`` a box, ``F …``
a figure with its caption, ``T a;b / c;d`` a table, ``V …`` lines of no project, ``A label | title``
the head of an annex, ``<<<`` a new page, ``~~~`` space that pushes what follows to the foot of the page, and
paragraphs. ``¦`` in a heading is a page break in it; ``^…^`` a footnote.

The files `word-…` were made with python-docx and LibreOffice, `web-…` with Chromium; they are not set here.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import shlex
import shutil
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PREAMBLE = """
#set document(date: none)
#let sub(t) = block(above: 1.2em, below: .6em, text(weight: "bold", t))
#let chap(n, t) = block(above: 1.6em, below: .8em, text(weight: "bold", t))
#let para(t) = par(t)
#let item(t) = block(above: .7em, below: .7em, inset: (left: 1em), t)
#let quot(t) = block(inset: (x: 1cm), emph(t))
#let lead(b, t) = par(text(weight: "bold", b) + " " + t)
#let kader(b, t) = block(fill: luma(230), inset: 8pt, width: 100%, text(weight: "bold", b) + parbreak() + t)
#let figuur(t) = align(center, rect(width: 60%, height: 2cm, fill: luma(200)) + text(size: .8em, t))
#let tabel(rows) = table(columns: rows.first().len(), ..rows.flatten())
#let lines(..ls) = block(ls.pos().map(l => [#l]).join(linebreak()))
"""
EPILOGUE = """
#let chap = if plain { (n, t) => proj(n, t) } else { chap }
"""


@dataclass
class Block:
    """One block of a source."""

    kind: str
    text: str
    number: str = ""


@dataclass
class Source:
    """One annex file as written."""

    name: str
    head: dict[str, str]
    look: str
    blocks: list[Block] = field(default_factory=list)

    def options(self, key: str) -> dict[str, str]:
        """Return the options of one line of the head."""
        pairs = (o.split("=", 1) for o in shlex.split(self.head.get(key, "")))
        return {k: v.replace("\\n", "\n").replace("\\t", "\t") for k, v in pairs}


def read_source(path: Path) -> Source:
    """Read a source."""
    parts = path.read_text(encoding="utf-8").split("%%%\n")
    if len(parts) == 3:
        head_text, look, body = parts
    else:
        (whole,) = parts
        head_text, body = whole.split("\n\n", 1)
        look = ""
    head = {k.strip(): v.strip() for k, v in (line.split(":", 1) for line in head_text.strip().splitlines())}
    source = Source(path.stem, head, look)
    if not re.search(r"^A ", body, re.MULTILINE) and head["title"]:
        source.blocks.append(Block("A", head["title"], head["label"]))
    for chunk in re.split(r"\n\s*\n", body.strip()):
        found = re.match(r"([PCSRQVAKFT]|-) (.*)", chunk, re.DOTALL)
        if chunk in ("<<<", "~~~"):
            source.blocks.append(Block(chunk, ""))
        elif found is None:
            source.blocks.append(Block("", " ".join(chunk.split("\n"))))
        else:
            kind, text = found.groups()
            number = ""
            if kind in "PCRAK" and " | " in text:
                number, text = text.split(" | ", 1)
            source.blocks.append(Block(kind, text.strip(), number.strip()))
    return source


def expected(source: Source, suffix: str) -> dict[str, Any]:
    """Say what should come out."""
    annexes: list[dict[str, Any]] = []
    words: list[str] = []
    inside = False

    def close() -> None:
        if inside:
            annexes[-1]["projects"][-1].update(first=" ".join(words[:3]), last=" ".join(words[-3:]))

    for block in source.blocks:
        if block.kind in "APCV" and block.kind:
            close()
            words, inside = [], False
        if block.kind == "A":
            annexes.append({"label": block.number or None, "title": block.text, "projects": []})
        elif block.kind == "P":
            annexes[-1]["projects"].append({"title": block.text.replace("¦", " ")})
            inside = True
        elif inside and block.kind not in ("<<<", "~~~"):
            words += re.sub(r"\^.*?\^", "", f"{block.number} {block.text}").split()
    close()
    return {"file": f"{source.name}.{suffix}", "annexes": annexes, "why": source.head["why"]}


# text -----------------------------------------------------------------------------------------------------------------


def hyphenated(text: str, width: int) -> list[str]:
    """Wrap, breaking words at the line end with a hyphen."""
    pyphen: Any = importlib.import_module("pyphen").Pyphen(lang="nl_NL")
    lines: list[str] = []
    line = ""
    for word in text.split():
        free = width - len(line) - (1 if line else 0)
        if len(word) <= free:
            line = f"{line} {word}".strip()
            continue
        cut = pyphen.wrap(word, free) if free > 3 else None
        if cut and len(cut[0]) > 2:
            lines.append(f"{line} {cut[0]}".strip())
            line = cut[1]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def spread(line: str, width: int, rng: random.Random) -> str:
    """Justify a line with spaces."""
    words = line.split(" ")
    while len(words) > 1 and sum(map(len, words)) + len(words) - 1 < width:
        at = rng.randrange(len(words) - 1)
        words[at] += " "
    return " ".join(words)


def text_lines(source: Source, o: dict[str, str]) -> list[str]:
    """Return the lines of the text, not yet on pages."""
    width = int(o.get("width", "80"))
    rng = random.Random(source.name)  # noqa: S311
    blank = int(o.get("blank", "1"))
    before, after = int(o.get("head_before", "1")), int(o.get("head_after", "1"))
    numsep = o.get("numsep", " ")
    out: list[str] = []
    if o.get("titlepage"):
        out += [
            "Ministerie van Landbouw, Natuur en Voedselkwaliteit",
            "Ministerie van Onderwijs, Cultuur en Wetenschap",
        ]
        out += ["", "Datum    9 april 2024", "Kenmerk  DGNV / 24077315", "Status   definitief", ""]

    def wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
        if not width:
            return [indent + text]
        if o.get("hyphen"):
            lines = hyphenated(text, width)
        else:
            lines = textwrap.wrap(
                text,
                width,
                initial_indent=indent,
                subsequent_indent=hang,
                break_on_hyphens=False,
                break_long_words=False,
            )
        return [spread(line, width, rng) for line in lines[:-1]] + lines[-1:] if o.get("justify") else lines

    def heading(text: str, mark: str, blank_after: int) -> list[str]:
        lines = [part for line in text.split("\n") for part in (textwrap.wrap(line, width) if width else [line])]
        if "\t" in text:
            lines = [text]
        if o.get("bold"):
            lines = [f"**{line}**" for line in lines]
        if mark == "#" or not o.get("underline"):
            return lines + [""] * blank_after
        return [*lines, mark * len(lines[-1])] + [""] * blank_after

    depth = {"A": "# ", "P": "## ", "C": "## ", "S": "### "} if o.get("md") else {}
    previous = ""
    for block in source.blocks:
        kind = block.kind
        if kind == "~~~":
            continue
        if kind == "<<<":
            out.append("\f")
        elif kind == "A":
            if out:
                out += ["", ""]
            if o.get("labelbelow"):
                out += [*wrapped(block.text), block.number, ""]
            elif not block.number:
                out += [*wrapped(block.text), ""]
            elif o.get("sep") == "\n":
                out += [block.number, *wrapped(block.text), ""]
            else:
                joined = block.number + o.get("sep", " - ") + block.text
                out += heading(depth.get("A", "") + joined, o.get("titleunderline", "="), 1)
        elif kind in ("P", "C", "S"):
            text = f"{block.number}{numsep}{block.text}" if block.number else block.text
            while out and out[-1] == "":
                out.pop()
            out += [""] * max(before, 2 if o.get("ocr") else 0)
            if o.get("rule") and kind == "P":
                out += [o["rule"], ""]
            out += heading(depth.get(kind, "") + text, o.get("underline", "-"), after)
            if o.get("ocr"):
                out += [""] * rng.randint(0, 2)
        elif kind == "V":
            lines = [
                part for line in block.text.split("\n") for part in (wrapped(line) if len(line) > width > 0 else [line])
            ]
            out += ([] if not out or out[-1] == "" else [""]) + lines + [""]
        else:
            text = f"{block.number} {block.text}".strip()
            lines = wrapped(text, o.get("indent", "") if kind != "-" else "", "   " if kind == "-" else "")
            if o.get("ocr") and len(lines) > 3:
                lines.insert(rng.randint(1, len(lines) - 2), "")
            if previous == "-" and kind == "-" and out[-1] == "":
                out.pop()
            out += lines + [""] * blank
        previous = kind
    while out[-1] == "":
        out.pop()
    return out


def set_text(source: Source) -> bytes:
    """Set an annex as plain text."""
    o = source.options("text")
    lines = text_lines(source, o)
    if o.get("double"):
        lines = [line for pair in lines for line in ((pair, "") if pair else ("", ""))]
    if o.get("margin"):
        lines = [" " * int(o["margin"]) + line if line else "" for line in lines]
    if o.get("blanks"):
        lines = [line or o["blanks"] for line in lines]
    if o.get("ligatures"):
        lines = [line.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ") for line in lines]
    if o.get("lines"):
        size = int(o["lines"])
        pages = [lines[i : i + size] for i in range(0, len(lines), size)]
        framed: list[str] = []
        for number, page in enumerate(pages, start=1):
            if number > 1:
                page = [o["header"].replace("{}", str(number)), "", *page]
            footer = o.get("footer", "").replace("{}", str(number)).replace("{n}", str(len(pages)))
            framed.append("\n".join([*page, "", footer.rjust(60)] if footer else page))
        text = "\n\f".join(framed)
    else:
        text = "\n".join(lines)
    text += "\n"
    if o.get("crlf"):
        text = text.replace("\n", "\r\n")
    return text.encode(o.get("encoding", "utf-8"))


# PDF ------------------------------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """Return a Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def set_typst(source: Source) -> bytes:
    """Set an annex with Typst in its own look."""
    typst: Any = importlib.import_module("typst")
    has_chap = "let chap" in source.look
    out = [PREAMBLE, source.look, f"#let plain = {'false' if has_chap else 'true'}", EPILOGUE]
    for block in source.blocks:
        t, n = quoted(block.text), quoted(block.number)
        match block.kind:
            case "<<<":
                out.append("#pagebreak()")
            case "~~~":
                out.append("#v(1fr)")
            case "A":
                out.append(f"#annex({n}, {t})")
            case "P" if "¦" in block.text:
                one, two = block.text.split("¦")
                out.append(f"#proj({n}, {quoted(one)})\n#pagebreak()\n#proj({quoted('')}, {quoted(two)})")
            case "P":
                out.append(f"#proj({n}, {t})")
            case "C":
                out.append(f"#chap({n}, {t})")
            case "S":
                out.append(f"#sub({t})")
            case "-":
                out.append(f"#item({t})")
            case "R":
                out.append(f"#lead({n}, {t})")
            case "Q":
                out.append(f"#quot({t})")
            case "K":
                out.append(f"#kader({n}, {t})")
            case "F":
                out.append(f"#figuur({t})")
            case "T":
                rows = [[quoted(cell.strip()) for cell in row.split(";")] for row in block.text.split("/")]
                out.append("#tabel((" + " ".join("(" + ", ".join(row) + ",)," for row in rows) + "))")
            case "V":
                out.append(f"#lines({', '.join(quoted(line) for line in block.text.splitlines())})")
            case _:
                out.append(f"#para({t})")
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder)
        for package in ("font_roboto", "font_source_sans_pro"):
            files = Path(str(importlib.import_module(package).__file__)).parent / "files"
            for font in files.glob("*.ttf"):
                shutil.copyfile(font, fonts / font.name)
        (fonts / "main.typ").write_text("\n\n".join(out), encoding="utf-8")
        pdf: bytes = typst.compile(str(fonts / "main.typ"), format="pdf", font_paths=[folder], ignore_system_fonts=True)
    return pdf


def set_reportlab(source: Source) -> bytes:
    """Set an annex with reportlab, in the fonts that every reader has."""
    sizes: Any = importlib.import_module("reportlab.lib.pagesizes")
    styles: Any = importlib.import_module("reportlab.lib.styles")
    platypus: Any = importlib.import_module("reportlab.platypus")
    o = source.options("rl")
    size, hsize = float(o["size"]), float(o["hsize"])
    body = styles.ParagraphStyle(
        "body", fontName=o["font"], fontSize=size, leading=size * 1.25, spaceAfter=size * 0.7,
        alignment=4 if o.get("justify") == "1" else 0,
    )  # fmt: skip
    if o.get("hyphen"):
        body.hyphenationLang, body.embeddedHyphenation, body.hyphenationMinWordLength = "nl_NL", 1, 6
    head = styles.ParagraphStyle(
        "head", fontName=o["head"], fontSize=hsize, leading=hsize * 1.2,
        spaceBefore=float(o["before"]), spaceAfter=float(o["after"]),
    )  # fmt: skip
    top = styles.ParagraphStyle("top", fontName=o["head"], fontSize=hsize + 3, leading=hsize + 7, spaceAfter=14)
    item = styles.ParagraphStyle("item", parent=body, leftIndent=16)

    def furniture(canvas: Any, document: Any) -> None:  # noqa: ANN401  # reportlab has no types
        canvas.setFont(o["font"], 8)
        width, height = document.pagesize
        for row, line in enumerate(filter(None, o.get("header", "").split("|"))):
            canvas.drawString(60, height - 34 - 10 * row, line)
        canvas.drawCentredString(width / 2, 30, o["footer"].replace("{}", str(document.page)))

    class Stroked(platypus.Paragraph):  # type: ignore[misc]
        def draw(self) -> None:
            self.canv._code.append("2 Tr .3 w")
            super().draw()
            self.canv._code.append("0 Tr")

    story: list[Any] = []
    for block in source.blocks:
        text = f"{block.number} {block.text}".strip()
        if block.kind == "A":
            story.append(platypus.Paragraph(f"{block.number} - {block.text}", top))
        elif block.kind in ("P", "C"):
            story.append((Stroked if o.get("stroke") else platypus.Paragraph)(text, head))
        else:
            story.append(platypus.Paragraph(text, item if block.kind == "-" else body))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annex.pdf"
        document = platypus.SimpleDocTemplate(
            str(path), pagesize=(400, 330) if o.get("pagesize") == "A5" else sizes.A4, invariant=1,
            leftMargin=60, rightMargin=60, topMargin=66, bottomMargin=60,
        )  # fmt: skip
        document.build(story, onFirstPage=furniture, onLaterPages=furniture)
        return path.read_bytes()


def set_fpdf(source: Source) -> bytes:
    """Set an annex with fpdf2."""
    fpdf: Any = importlib.import_module("fpdf")
    o = source.options("rl")
    size, hsize, lead = float(o["size"]), float(o["hsize"]), float(o["lead"])

    class Page(fpdf.FPDF):  # type: ignore[misc]
        def header(self) -> None:
            if o.get("header"):
                self.set_font(o["font"], "", 8)
                self.cell(0, 8, o["header"], align="R", new_x="LMARGIN", new_y="NEXT")
                self.ln(3)

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font(o["font"], "", 8)
            self.cell(0, 8, o["footer"].replace("{}", str(self.page_no())), align="C")

    pdf = Page(format=(130, 140))
    pdf.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
    pdf.set_margins(20, 18)
    pdf.add_page()
    for block in source.blocks:
        text = f"{block.number} {block.text}".strip()
        heading = block.kind in ("A", "P", "C")
        if block.kind == "A":
            text = f"{block.number}: {block.text}"
        if heading:
            pdf.ln(lead / 2 if block.kind != "A" else 0)
        pdf.set_font(o["font"], "B" if heading else "", hsize + (3 if block.kind == "A" else 0) if heading else size)
        if block.kind == "-":
            pdf.set_x(28)
        pdf.multi_cell(
            0, lead * (1.2 if heading else 1), text, align="L" if heading else "J", new_x="LMARGIN", new_y="NEXT"
        )
        pdf.ln(0 if block.kind in ("P", "-") else lead * 0.6)
    return bytes(pdf.output())


SETTERS = {"text": set_text, "typst": set_typst, "reportlab": set_reportlab, "fpdf": set_fpdf}


def main(names: list[str]) -> None:
    """Build the files of the sources named, or of all."""
    for path in sorted((HERE / "sources").glob("*.src")):
        if names and path.stem not in names:
            continue
        source = read_source(path)
        engine = source.head["engine"]
        suffix = "txt" if engine == "text" else "pdf"
        (HERE / f"{path.stem}.{suffix}").write_bytes(SETTERS[engine](source))
        gold = json.dumps(expected(source, suffix), ensure_ascii=False, indent=2) + "\n"
        (HERE / f"{path.stem}.json").write_text(gold, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
