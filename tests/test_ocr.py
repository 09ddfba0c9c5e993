"""Scans are really read: words, places, looks and projects come out as from the PDF that was printed."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scanning import CLEAN, OFFICE, WORN, Wear, scan_of

from pipeline.document import Box, Document
from pipeline.extraction import read_sections
from pipeline.reading import read
from pipeline.reading.ocr import cache
from pipeline.reading.ocr.tesseract import find_tesseract
from pipeline.settings import ReadingSettings

SAMPLES = Path(__file__).parent.parent / "samples"
TESSERACT = find_tesseract()

pytestmark = pytest.mark.skipif(
    TESSERACT is None or not TESSERACT.reads_dutch, reason="Tesseract with Dutch is not installed"
)


@pytest.fixture(autouse=True, scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield patch


def scanned(folder: Path, name: str, wear: Wear, pages: tuple[int, ...]) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(scan_of(SAMPLES / f"{name}.pdf", wear, pages))
    return path


def words(document: Document) -> Counter[str]:
    return Counter(word for line in document.lines() for word in re.findall(r"[\w€%]+", line.text.text))


def placed(document: Document) -> dict[str, list[tuple[int, Box]]]:
    """Return of each word where it stands."""
    found: dict[str, list[tuple[int, Box]]] = {}
    for line in document.lines():
        for word in re.finditer(r"\w{5,}", line.text.text):
            found.setdefault(word[0], []).extend(line.text.boxes(*word.span()))
    return found


def overlap(one: Box, other: Box) -> float:
    """Return the part of the smaller box that both share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return max(across, 0.0) * max(down, 0.0) / min(areas)


@pytest.mark.parametrize(
    ("name", "wear"),
    [
        pytest.param("leesoffensief-2022", OFFICE, id="office"),
        pytest.param("schuldenvrij-2023", WORN, id="worn"),
        pytest.param("waterveiligheid-2025", CLEAN, id="clean", marks=pytest.mark.soak),
        pytest.param("schuldenvrij-2022", Wear(dpi=150, turned=-0.6), id="coarse", marks=pytest.mark.soak),
        pytest.param("digitale-overheid-2023", Wear(turned=2.4), id="aslant", marks=pytest.mark.soak),
    ],
)
def test_a_scan_is_read_as_it_was_printed(tmp_path: Path, name: str, wear: Wear) -> None:
    printed = read(SAMPLES / f"{name}.pdf", ReadingSettings(pages=(1, 1)))
    scan = read(scanned(tmp_path, name, wear, (1,)))
    assert (scan.text_layer, [page.text_layer for page in scan.pages]) == ("ocr", ["ocr"])
    expected, found = words(printed), words(scan)
    least = 0.95 if wear == WORN else 0.98
    shared = (expected & found).total()
    assert shared >= least * expected.total()
    assert shared >= least * found.total()


@pytest.mark.parametrize("upside", [0, 90, 180, 270])
def test_boxes_stand_where_the_words_are_shown(tmp_path: Path, upside: int) -> None:
    wear = Wear(turned=1.5, upside=upside)
    printed = read(SAMPLES / "leesoffensief-2022.pdf", ReadingSettings(pages=(1, 1)))
    width, height = printed.pages[0].width, printed.pages[0].height
    where, found = placed(printed), placed(read(scanned(tmp_path, "leesoffensief-2022", wear, (1,))))
    once = [word for word in where if len(where[word]) == len(found.get(word, [])) == 1]
    assert len(once) > 80
    good = sum(overlap(shown(where[word][0][1], wear, width, height), found[word][0][1]) > 0.7 for word in once)
    assert good >= 0.97 * len(once)


def shown(box: Box, wear: Wear, width: float, height: float) -> Box:
    """Return where a box of the printed page stands on the scanned one."""
    angle = np.radians(wear.turned)
    x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
    x, y = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    right, down = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    x0, top, x1, bottom = x + width / 2 - right, y + height / 2 - down, x + width / 2 + right, y + height / 2 + down
    match wear.upside:
        case 90:
            return (top, width - x1, bottom, width - x0)
        case 180:
            return (width - x1, height - bottom, width - x0, height - top)
        case 270:
            return (height - bottom, x0, height - top, x1)
        case _:
            return (x0, top, x1, bottom)


@pytest.mark.parametrize(
    ("name", "wear"),
    [("schuldenvrij-2023", OFFICE), pytest.param("waterveiligheid-2025", Wear(dpi=300), marks=pytest.mark.soak)],
)
def test_headings_of_a_scan_stand_out_by_size_and_weight(tmp_path: Path, name: str, wear: Wear) -> None:
    printed = read(SAMPLES / f"{name}.pdf", ReadingSettings(pages=(1, 1)))
    scan = read(scanned(tmp_path, name, wear, (1,)))
    by_text = {line.text.text: line for line in printed.lines()}
    pairs = [(by_text[line.text.text], line) for line in scan.lines() if line.text.text in by_text]
    usual = Counter(line.size for line in printed.lines()).most_common(1)[0][0]
    sizes = Counter(line.size for one, line in pairs if one.size == usual)
    [(body, most)] = sizes.most_common(1)
    assert most >= 0.9 * sizes.total()
    larger = [line.size for one, line in pairs if one.size > 1.1 * usual]
    assert larger
    assert min(larger) > 1.05 * body
    full = [(one.bold, line.bold) for one, line in pairs if one.size >= usual]
    assert {one for one, _ in full} == {True, False}
    assert [bold for _, bold in full] == [bold for bold, _ in full]


@pytest.mark.parametrize("name", ["schuldenvrij-2023", pytest.param("schuldenvrij-2024", marks=pytest.mark.soak)])
def test_projects_of_a_scan_are_those_of_the_pdf(tmp_path: Path, name: str) -> None:
    titles = [
        [section.title.text for annex in read_sections(path).annexes for section in annex.sections]
        for path in (SAMPLES / f"{name}.pdf", scanned(tmp_path, name, OFFICE, ()))
    ]
    assert len(titles[0]) == len(titles[1])
    same = sum(re.sub(r"\W", "", a) == re.sub(r"\W", "", b) for a, b in zip(*titles, strict=True))
    assert same >= 0.9 * len(titles[0])
