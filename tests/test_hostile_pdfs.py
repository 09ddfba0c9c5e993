"""PDFs made to stop, fill or crash what reads them: an answer in bounded time, and the next file is read."""

import random
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from making import pdf

from pipeline.errors import AnnexError
from pipeline.reading.guarded import Guard
from pipeline.reading.opening import opened
from pipeline.settings import Limits, ReadingSettings

SETTINGS = ReadingSettings(limits=Limits(seconds=15, memory=2**30, pages=1000))
TEXT = b"BT /F1 11 Tf 60 700 Td (Een regel van de bijlage) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def packed(content: bytes, times: int) -> bytes:
    """Return a stream that unpacks to `content` so many times."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(content) for _ in range(times)) + packer.flush()
    return stream(data, b"/Filter/FlateDecode")


def made(*objects: bytes) -> bytes:
    """Return a PDF of objects that are numbered from 1."""
    content = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(content),
    )


def nested(depth: int) -> Sequence[bytes]:
    """Return forms that are drawn inside each other."""
    first = 6
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>"
    return [stream(TEXT + b" /X Do", form % (first + 1 + at)) for at in range(depth)] + [stream(TEXT, form % first)]


def doubled(depth: int) -> Sequence[bytes]:
    """Return forms each of which draws the next one ten times: few bytes, a page without end."""
    first = 6
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>"
    return [stream(b"/X Do " * 10, form % (first + 1 + at)) for at in range(depth)] + [stream(TEXT, form % first)]


PLAIN, DRAWS = PAGE % b"", PAGE % b"/XObject<</X 6 0 R>>"
HUGE = b"BT /F1 1e38 Tf 1e38 0 0 -1e38 1e38 1e38 Tm (groot) Tj /F1 0 Tf (nul) Tj ET "
PICTURE = b"/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB"


def one(page: bytes, content: bytes, *more: bytes) -> bytes:
    """Return a PDF of one page with its content, and more objects from number 6."""
    return made(CATALOG, PAGES, page, content, FONT, *more)


def tree(kids: bytes, count: int) -> bytes:
    """Return a PDF of one page with another page tree."""
    return made(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), PLAIN, stream(TEXT), FONT)


HOSTILE = {
    "a form that draws itself": one(DRAWS, stream(TEXT + b" /X Do"), *nested(0)),
    "forms in forms": one(DRAWS, stream(b"/X Do"), *nested(3000)),
    "forms that multiply": one(DRAWS, stream(b"/X Do"), *doubled(12)),
    "a content that unpacks to gigabytes": one(PLAIN, packed(b" " * 2**20, 3000)),
    "millions of letters": one(PLAIN, packed(TEXT.replace(b"Een", b"E" * 10**4), 2000)),
    "many lines": one(PLAIN, packed(b"0 0 m 9 9 l S " * 10**3, 50)),
    "a page tree that holds itself": tree(b"2 0 R 3 0 R", 2),
    "a page tree with an untrue count": tree(b"3 0 R", 999999999),
    "one page a hundred thousand times": tree(b"3 0 R " * 10**5, 10**5),
    "arrays in arrays": one(PLAIN, stream(b"[" * 10**6 + b"] TJ " + TEXT)),
    "dictionaries in dictionaries": one(PAGE % (b"/A<<" * 10**5 + b">>" * 10**5), stream(TEXT)),
    "a content that is the page": one(PLAIN.replace(b"4 0 R", b"3 0 R"), stream(TEXT)),
    "a parent that is the page": one(PLAIN.replace(b"Parent 2 0 R", b"Parent 3 0 R"), stream(TEXT)),
    "a length that refers to itself": one(PLAIN, b"<</Length 4 0 R>>stream\n%s\nendstream" % TEXT),
    "letters of no size and of any": one(PLAIN, stream(HUGE + TEXT)),
    "a picture without end": one(DRAWS, stream(b"q 595 0 0 842 0 0 cm /X Do Q " + TEXT), stream(b"x", PICTURE)),
}
FAILS = {
    "forms that multiply": "limit_exceeded",
    "a content that unpacks to gigabytes": "limit_exceeded",
    "millions of letters": "limit_exceeded",
    "many lines": "no_text_layer",
    "one page a hundred thousand times": "limit_exceeded",
    "a content that is the page": "no_text_layer",
}


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    one = Guard()
    yield one
    one.close()


@pytest.mark.parametrize("what", HOSTILE)
def test_it_gives_an_answer(tmp_path: Path, guard: Guard, what: str) -> None:
    bad, good = tmp_path / "bijlage.pdf", tmp_path / "goed.pdf"
    bad.write_bytes(HOSTILE[what])
    good.write_bytes(pdf())
    start = time.monotonic()
    try:
        document = guard.read(opened(bad, SETTINGS.limits), SETTINGS)
        outcome = "ok" if any("Een regel van de bijlage" in line.text.text for line in document.lines()) else "no text"
    except AnnexError as error:
        outcome = error.code
    assert time.monotonic() - start < SETTINGS.limits.seconds + 10
    assert outcome == FAILS.get(what, "ok") or outcome == "limit_exceeded"  # on a busy machine
    assert guard.read(opened(good, SETTINGS.limits), SETTINGS).page_count == 1


def test_names_all_over_a_map_are_read(tmp_path: Path, guard: Guard) -> None:
    chance = random.Random(2)  # noqa: S311  # where names stand
    names = (
        f"BT /F1 4 Tf {chance.uniform(0, 590):.2f} {chance.uniform(0, 840):.2f} Td (ab) Tj ET" for _ in range(2000)
    )
    path = tmp_path / "kaart.pdf"
    path.write_bytes(one(PLAIN, stream("\n".join(names).encode())))
    [page] = guard.read(opened(path, SETTINGS.limits), SETTINGS).pages
    assert sum(line.text.text.count("ab") for line in page.lines) > 1800
