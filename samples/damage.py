"""Print Dutch text, degrade the pages, read them with Tesseract, and write down which words came out damaged.

Not part of the tests: run by hand (``python -m samples.damage``) with Tesseract, its Dutch and its English data. Writes
`tests/cases/ocr.tsv`: half, how worn the page is, how often, as read, as printed. Damage is what one word became, or
two of which the space was lost or gained; the halves share no source text: one is for building, one for measuring.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
import typst
from PIL import Image, ImageFilter

from samples.typeset import gather_fonts

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"

_FONTS = (
    "Roboto",
    "Source Sans Pro",
    "Libertinus Serif",
    "New Computer Modern",
    "Liberation Sans",
    "Liberation Serif",
    "DejaVu Serif",
)
_READERS = ("nld", "eng")
_CHUNK = 160
"""Words on a page made from a sample."""
_WEAR = (("light", 0.04), ("heavy", 0.2))
"""Part of the words of a page that are damaged, at the most; with more it is no text that anyone would use."""
_ALIKE = 0.5
"""Likeness of a word as read and as printed; below it the two are not the same word."""
_TYPST = """
#set page(width: 210mm, height: auto, margin: 25mm)
#set text(font: sys.inputs.font, size: float(sys.inputs.size) * 1pt, lang: "nl", hyphenate: false)
#set par(leading: 0.8em)
#for part in json(bytes(sys.inputs.text)) [#part #parbreak()]
"""
_TOKEN = re.compile(r"\S+")
_EDGES = "«»“”„‘’\"'()[]{}.,;:!?…–—*_~=<>"


@dataclass(frozen=True)
class Source:
    """One text to print."""

    half: str
    text: str
    copies: int


@dataclass(frozen=True)
class Print:
    """One printed, degraded page to read."""

    source: Source
    font: str
    size: float
    dpi: int
    seed: int
    reader: str


def sources() -> Iterator[Source]:
    """Give what to print: our own text, and the samples in chunks."""
    documents = (CASES / "print.txt").read_text(encoding="utf-8").split("\n\n")
    for number, text in enumerate(documents):
        kept = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        yield Source(("build", "measure")[number % 2], kept, 10)
    halves = {"digitale": "measure", "lees": "build", "schuldenvrij": "build", "water": "measure"}
    for path in sorted((ROOT / "samples").glob("*.txt")):
        half = next(half for start, half in halves.items() if path.name.startswith(start))
        words = path.read_text(encoding="utf-8").split()
        for at in range(0, len(words), _CHUNK):
            yield Source(half, " ".join(words[at : at + _CHUNK]), 2)


def spoilt_words() -> set[str]:
    """Return what the samples print as damaged: no word of theirs to measure by."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "samples").glob("*.gold.json")]
    return {repair["raw"] for gold in golds for repair in gold["repairs"]}


def prints() -> list[Print]:
    """Return all pages, each with a look and a fate of its own."""
    chance = random.Random(20)  # noqa: S311 - the same pages each time
    made: list[Print] = []
    for source in sources():
        for _ in range(source.copies):
            font, size = chance.choice(_FONTS), chance.choice((8.5, 9.5, 10, 11))
            dpi, seed = chance.choice((100, 110, 120, 135, 150, 170, 200)), chance.randrange(1 << 30)
            made.extend(Print(source, font, size, dpi, seed, reader) for reader in _READERS)
    return made


def picture(page: Print, folder: str) -> bytes:
    """Return the page as a degraded PNG: blurred, noisy, turned, with few grey levels or JPEG blocks.

    `folder` holds the fonts that are not the machine's, and the page to fill.
    """
    pdf = typst.compile(
        f"{folder}/page.typ",
        format="pdf",
        sys_inputs={
            "font": page.font,
            "size": str(page.size),
            "text": json.dumps(page.source.text.splitlines(), ensure_ascii=False),
        },
        font_paths=[folder],
    )
    chance = random.Random(page.seed)  # noqa: S311 - the same fate each time
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=page.dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    image = image.rotate(chance.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.9) * page.dpi / 130))
    noise = np.random.default_rng(page.seed).normal(0, chance.uniform(4, 26), (image.height, image.width))
    grey = np.clip(np.asarray(image, dtype=float) + noise, 0, 255).astype("uint8")
    image = Image.fromarray(grey)
    fate = chance.random()
    if fate < 0.3:
        limit = chance.randint(120, 190)
        image = image.point(lambda level: 255 if level > limit else 0)
    elif fate < 0.7:
        squeezed = io.BytesIO()
        image.save(squeezed, "JPEG", quality=chance.randint(15, 45))
        image = Image.open(squeezed)
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(page.dpi, page.dpi))
    return written.getvalue()


def read(page: Print, folder: str) -> str:
    """Return what Tesseract makes of the page."""
    command = ["tesseract", "stdin", "stdout", "-l", page.reader, "--psm", "6", "--dpi", str(page.dpi)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=picture(page, folder), capture_output=True, check=True, env=environment)  # noqa: S603
    return done.stdout.decode()


def damage(printed: str, seen: str) -> tuple[list[tuple[str, str]], float]:
    """Return pairs of what was read for what, without punctuation at the ends, and the part of words that differ."""
    mine, theirs = _TOKEN.findall(printed), _TOKEN.findall(seen)
    pairs: list[tuple[str, str]] = []
    differ = 0
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        differ += b - a
        if b - a == d - c:
            pairs.extend(zip(theirs[c:d], mine[a:b], strict=True))
        elif {b - a, d - c} == {1, 2}:
            pairs.append((" ".join(theirs[c:d]), " ".join(mine[a:b])))
    stripped = [(left.strip(_EDGES), right.strip(_EDGES)) for left, right in pairs]
    kept = [
        (left, right)
        for left, right in stripped
        if left != right and left and right and SequenceMatcher(None, left, right).ratio() >= _ALIKE
    ]
    return kept, differ / len(mine)


def main() -> None:
    """Write the table."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        gather_fonts(Path(folder))
        (Path(folder) / "page.typ").write_text(_TYPST, encoding="utf-8")
        pages = prints()
        spoilt = spoilt_words()
        for page, seen in zip(pages, pool.map(lambda page: read(page, folder), pages), strict=True):
            pairs, differ = damage(page.source.text, seen)
            wear = next((name for name, most in _WEAR if differ <= most), None)
            if wear is not None:
                counts.update((page.source.half, wear, *pair) for pair in pairs if pair[1] not in spoilt)
    rows = [
        f"{half}\t{wear}\t{count}\t{seen}\t{right}\n" for (half, wear, seen, right), count in sorted(counts.items())
    ]
    (CASES / "ocr.tsv").write_text("".join(rows), encoding="utf-8")
    print(f"{len(pages)} pages, {sum(counts.values())} damaged words, {len(rows)} different", file=sys.stderr)


if __name__ == "__main__":
    main()
