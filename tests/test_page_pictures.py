"""A review shows the pages that records stand on, with boxes on the words, and nothing else of a disk."""

import hashlib
import io
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from making import PROJECTS, pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from reviewing import SAMPLES, extracted
from scanning import CLEAN, scan_of
from test_hostile_pdfs import HOSTILE

from pipeline.cli import main
from pipeline.document import Box
from pipeline.errors import AnnexError
from pipeline.reading import picture
from pipeline.reading.ocr.tesseract import find_tesseract
from pipeline.reading.picture import page_picture, page_sizes
from pipeline.records.models import ProjectRecord
from pipeline.records.reading import read_records
from pipeline.reviewing.app.factory import create_app
from pipeline.reviewing.session import Session

HOME = "http://127.0.0.1:5000"
SAMPLE = "schuldenvrij-2024.pdf"
DARK = 160
"""A grey value below which a pixel is ink."""
SHOWN = (520.0, 700.0)
"""Width and height of drawn pages as shown."""
QUICK = replace(picture.SETTINGS, limits=replace(picture.SETTINGS.limits, seconds=2.0))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return extracted(tmp_path_factory.mktemp("runs"), SAMPLE)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Give a folder with the source, under another name and not alone."""
    folder = tmp_path / "brieven" / "2024"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLES / SAMPLE, folder / "brief.pdf")
    (folder / "ander.pdf").write_bytes(pdf())
    return folder.parent


@pytest.fixture
def client(tmp_path: Path, run: Path, letters: Path) -> Iterator[FlaskClient]:
    with opened_client(tmp_path, run, letters) as made:
        yield made


def opened_client(tmp_path: Path, run: Path, letters: Path | None) -> FlaskClient:
    app, token = create_app(Session(run, tmp_path / "approved", user="jan", sources=letters))
    made = app.test_client()
    assert made.get(f"/?token={token}", base_url=HOME).status_code == 303
    return made


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def drawn(path: Path, page: int, width: int = 1200) -> Image.Image:
    return Image.open(io.BytesIO(page_picture(path, page, width, sha256=sha256(path.read_bytes()))))


def ink(path: Path, page: int) -> tuple[npt.NDArray[np.bool_], float]:
    """Return where a page has ink, and how many pixels a point is."""
    grey = np.asarray(drawn(path, page).convert("L"))
    [width, _height] = page_sizes(path, sha256=sha256(path.read_bytes()))[page - 1]
    return grey < DARK, grey.shape[1] / width


def share(dark: npt.NDArray[np.bool_], scale: float, box: Box) -> float:
    x0, top, x1, bottom = (round(side * scale) for side in box)
    part = dark[max(top, 0) : bottom, max(x0, 0) : x1]
    assert part.size > 0, box
    return float(part.mean())


def boxes(record: ProjectRecord, page: int) -> list[Box]:
    """Return the boxes of all that a record found on a page."""
    places = [place for one in record.organisations for place in one.mentions]
    found = [(place.page, place.boxes) for place in places]
    found += [(one.page, one.boxes) for one in record.dates]
    found += [(one.page, one.boxes) for one in record.figures]
    return [box for where, each in found if where == page for box in each]


def records_of(tmp_path: Path, source: Path) -> list[ProjectRecord]:
    out = tmp_path / "uit"
    result = CliRunner().invoke(main, ["extract", str(source), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return [record for records in read_records(out).values() for record in records]


def check_boxes(path: Path, records: list[ProjectRecord], least: float = 0.05) -> int:
    """Check that every box lies on print; return how many there are."""
    count = 0
    for page in sorted({page for record in records for page in record.pages}):
        dark, scale = ink(path, page)
        for record in records:
            for box in boxes(record, page):
                assert share(dark, scale, box) > least, (record.title, page, box)
                count += 1
    return count


def placed(path: Path, turned: int, unit: bytes = b"") -> Path:
    """Draw a page that is shown turned, a part of a larger sheet; the name of one body is printed in red."""
    wide, high = SHOWN if turned in (0, 180) else SHOWN[::-1]
    left, bottom = 37.0, 61.0
    right, top = left + wide, bottom + high
    size = (right + 53, top + 29)  # ReportLab swaps the sides of a page that is turned
    canvas = Canvas(str(path), pagesize=size if turned in (0, 180) else size[::-1], pageCompression=0)
    canvas.setCropBox((left, bottom, right, top))
    if turned:
        canvas.setPageRotation(turned)
    for row, (look, text) in enumerate(PROJECTS):
        x, y = 30.0, 60.0 + 22 * row
        if turned in (0, 180):
            at = (left + x, top - y) if turned == 0 else (right - x, bottom + y)
        else:
            at = (left + y, bottom + x) if turned == 90 else (right - y, top - x)
        canvas.saveState()
        canvas.translate(*at)
        canvas.rotate(turned)
        writing = canvas.beginText(0, 0)
        writing.setFont("Helvetica-Bold" if look else "Helvetica", 13 if look else 11)
        before, name, after = text.partition("Fietsersbond")
        writing.textOut(before)
        writing.setFillColorRGB(1, 0, 0)
        writing.textOut(name)
        writing.setFillColorRGB(0, 0, 0)
        writing.textOut(after)
        canvas.drawText(writing)
        canvas.restoreState()
    canvas.save()
    if unit:
        content = path.read_bytes()
        assert content.count(b"/Type /Page\n") == 1
        path.write_bytes(content.replace(b"/Type /Page\n", b"/Type /Page " + unit + b"\n"))
    return path


@pytest.mark.parametrize(("turned", "unit"), [(0, b""), (90, b""), (180, b""), (270, b""), (90, b"/UserUnit 2")])
def test_boxes_lie_on_the_words_however_a_page_is_shown(tmp_path: Path, turned: int, unit: bytes) -> None:
    path = placed(tmp_path / "bijlage.pdf", turned, unit)
    records = records_of(tmp_path, path)
    assert page_sizes(path, sha256=sha256(path.read_bytes())) == (SHOWN,)
    assert check_boxes(path, records) >= 4
    dark, scale = ink(path, 1)
    for record in records:
        for x0, top, x1, bottom in boxes(record, 1):
            assert share(dark, scale, (x0, top + 300, x1, bottom + 300)) == 0  # below the text
    red = np.asarray(drawn(path, 1).convert("RGB")).astype(int)
    rows, columns = np.nonzero((red[..., 0] > 180) & (red[..., 1] < 80) & (red[..., 2] < 80))
    [name] = [one for record in records for one in record.organisations if "Fietsersbond" in one.name]
    [[(x0, top, x1, bottom)]] = [place.boxes for place in name.mentions]
    assert (columns.min() / scale, columns.max() / scale) == pytest.approx((x0, x1), abs=2)
    assert top - 1 <= rows.min() / scale < rows.max() / scale <= bottom + 1


def test_boxes_lie_on_the_words_of_a_sample(run: Path) -> None:
    records = [record for found in read_records(run).values() for record in found]
    assert check_boxes(SAMPLES / SAMPLE, records) > 50


@pytest.mark.skipif(find_tesseract() is None, reason="Tesseract is not installed")
def test_boxes_lie_on_the_words_of_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(scan_of(pdf(), CLEAN))
    assert check_boxes(path, records_of(tmp_path, path)) >= 3


def test_a_page_of_the_review_shows_the_pages_of_its_project(client: FlaskClient, run: Path) -> None:
    record = next(record for records in read_records(run).values() for record in records)
    text = client.get("/project/0", base_url=HOME).text
    for page in record.pages:
        assert f'<img src="/picture/0/{page}.png"' in text
        answer = client.get(f"/picture/0/{page}.png", base_url=HOME)
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        shown = Image.open(io.BytesIO(answer.data))
        width, height = page_sizes(SAMPLES / SAMPLE, sha256=record.annex.source.sha256)[page - 1]
        assert f'viewBox="0 0 {width} {height}"' in text
        assert shown.width == 1200
        assert shown.height == pytest.approx(1200 * height / width, abs=1)


def test_a_picture_is_drawn_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/picture/0/1.png", base_url=HOME).data
    monkeypatch.setattr(picture, "page_picture", None)
    assert client.get("/picture/0/1.png", base_url=HOME).data == first


@pytest.mark.parametrize(
    "address",
    [
        "/picture/1/1.png",
        "/picture/99999999999999999999/1.png",
        "/picture/-1/1.png",
        "/picture/0/0.png",
        "/picture/0/-1.png",
        "/picture/0/9999.png",
        "/picture/0/1.pdf",
        "/picture/0/1",
        "/picture/../1.png",
        "/picture/0/../../brief.pdf",
        "/picture/%2e%2e/1.png",
        "/picture/0/..%2f..%2fbrief.pdf",
        "/picture/brief.pdf/1.png",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, address: str) -> None:
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 200
    answer = client.get(address, base_url=HOME)
    assert answer.status_code in {404, 308}
    assert answer.mimetype == "text/html"


def test_a_page_that_no_project_stands_on_is_not_served(tmp_path: Path, run: Path, letters: Path) -> None:
    content = (SAMPLES / SAMPLE).read_bytes()
    count = len(page_sizes(SAMPLES / SAMPLE, sha256=sha256(content)))
    client = opened_client(tmp_path, run, letters)
    session_pages = {page for records in read_records(run).values() for one in records for page in one.pages}
    for page in range(1, count + 2):
        wanted = 200 if page in session_pages else 404
        assert client.get(f"/picture/0/{page}.png", base_url=HOME).status_code == wanted


def test_without_the_token_there_is_no_picture(tmp_path: Path, run: Path, letters: Path) -> None:
    app, _token = create_app(Session(run, tmp_path / "approved", user="jan", sources=letters))
    answer = app.test_client().get("/picture/0/1.png", base_url=HOME)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")


@pytest.mark.parametrize("moment", ["before", "between"])
def test_a_source_that_has_changed_is_not_shown(client: FlaskClient, letters: Path, moment: str) -> None:
    path = letters / "2024" / "brief.pdf"
    if moment == "between":
        assert client.get("/picture/0/1.png", base_url=HOME).status_code == 200
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"%%EOF\n% changed"))
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 404
    text = client.get("/project/0", base_url=HOME).text
    assert "/picture/" not in text
    assert "is not in the folder of --sources" in text


def test_a_source_that_changes_under_our_hands_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    for ask in (lambda: page_picture(path, 1, 300, sha256="0" * 64), lambda: page_sizes(path, sha256="0" * 64)):
        with pytest.raises(AnnexError) as caught:
            ask()
        assert caught.value.code == "not_found"


def test_without_sources_the_text_serves(tmp_path: Path, run: Path) -> None:
    client = opened_client(tmp_path, run, None)
    text = client.get("/project/0", base_url=HOME).text
    assert "/picture/" not in text
    assert "--sources" in text
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 404


def with_source(tmp_path: Path, run: Path, letters: Path, content: bytes) -> FlaskClient:
    """Open a review of a run that says to have read `content`, which lies among the letters."""
    forged = tmp_path / "run"
    shutil.copytree(run, forged)
    for path in forged.rglob("*.json"):
        known, new = sha256((SAMPLES / SAMPLE).read_bytes()), sha256(content)
        path.write_text(path.read_text(encoding="utf-8").replace(known, new), encoding="utf-8")
    (letters / "bijlage.pdf").write_bytes(content)
    return opened_client(tmp_path, forged, letters)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ((SAMPLES / SAMPLE).read_bytes()[:3000], "is damaged"),
        (b"%PDF-1.7\n" + bytes(5000), "is damaged"),
        (pdf(PROJECTS, "geheim"), "is protected by a password"),
        (HOSTILE["one page a hundred thousand times"], "takes too much time or memory"),
    ],
    ids=["truncated", "empty", "encrypted", "endless"],
)
def test_of_a_source_that_cannot_be_shown_the_text_is(
    tmp_path: Path, run: Path, letters: Path, content: bytes, says: str
) -> None:
    client = with_source(tmp_path, run, letters, content)
    answer = client.get("/project/0", base_url=HOME)
    assert answer.status_code == 200
    assert "/picture/" not in answer.text
    assert says in answer.text
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 404


def test_a_page_without_end_costs_its_time_once(
    tmp_path: Path, run: Path, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(page_picture.__kwdefaults__ or {}, "settings", QUICK)
    client = with_source(tmp_path, run, letters, HOSTILE["forms that multiply"])
    assert client.get("/project/0", base_url=HOME).status_code == 200
    start = time.monotonic()
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 404
    assert time.monotonic() - start < 12
    start = time.monotonic()
    assert client.get("/picture/0/1.png", base_url=HOME).status_code == 404
    assert time.monotonic() - start < 1
    assert client.get("/project/0", base_url=HOME).status_code == 200


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_gives_an_answer_and_the_next_is_drawn(tmp_path: Path, what: str) -> None:
    bad, good = tmp_path / "bijlage.pdf", tmp_path / "goed.pdf"
    bad.write_bytes(HOSTILE[what])
    good.write_bytes(pdf())
    start = time.monotonic()
    try:
        made = page_picture(bad, 1, 1200, sha256=sha256(HOSTILE[what]), settings=QUICK)
        outcome = f"{Image.open(io.BytesIO(made)).size}"
    except AnnexError as error:
        outcome = error.code
    assert outcome in {"(1200, 1699)", "corrupt_file", "limit_exceeded"}
    assert time.monotonic() - start < QUICK.limits.seconds + 10
    assert drawn(good, 1, 300).width == 300


@pytest.mark.parametrize("size", [(14400.0, 14400.0), (3.0, 14400.0), (14400.0, 3.0), (3.0, 3.0)])
def test_a_page_of_any_form_has_a_picture_within_its_limits(tmp_path: Path, size: tuple[float, float]) -> None:
    path = tmp_path / "bijlage.pdf"
    canvas = Canvas(str(path), pagesize=size)
    canvas.rect(0, 0, 1, 1)
    canvas.save()
    made = drawn(path, 1)
    assert 0 < made.width * made.height <= picture.SETTINGS.limits.pixels + made.width + made.height


def test_a_page_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(pdf())
    for page in (0, 2, -1):
        with pytest.raises(AnnexError) as caught:
            drawn(path, page)
        assert caught.value.code == "not_found"
