"""What goes wrong with OCR is told, and spoils nothing: Tesseract that is missing, crashes, hangs; a damaged cache."""

import io
import os
import stat
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from making import PROJECTS, pdf
from scanning import CLEAN, scan_of

from pipeline.errors import AnnexError
from pipeline.extraction import extract_all
from pipeline.reading import read
from pipeline.reading.ocr import cache
from pipeline.reading.ocr.tesseract import find_tesseract
from pipeline.settings import Limits, ReadingSettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the false Tesseract is a shell script")

ANSWERS = """case "$1" in
--version) echo "tesseract 5.9.9"; exit;;
--list-langs) printf "List (2):\\nnld\\nosd\\n"; exit;;
esac"""
HOCR = "<div class='ocr_page' title='bbox 0 0 9 9'>{}</div>"
FAULTS = {
    "crash": ("kill -SEGV $$", "it stops with an error"),
    "error": ("echo out of memory >&2; exit 1", "it stops with an error"),
    "bad-errors": ("printf '\\377\\376' >&2; exit 1", "what it gives is no text"),
    "hang": ("exec sleep 60", "it takes too long"),
    "no-output": ("exit 0", "No such file or directory"),
    "bad-utf-8": ('printf "\\377\\376" > "$2.hocr"', "what it gives is no text"),
    "no-hocr": ('echo hello > "$2.hocr"', "what it gives is no text"),
    "wild-box": (
        'echo "'
        + HOCR.format(
            "<span class='ocr_line'><span class='ocrx_word' title='x_wconf 90'>"
            "<span class='ocrx_cinfo' title='x_bboxes 9 9 -1 4'>a</span></span></span>"
        )
        + '" > "$2.hocr"',
        "what it gives is no text",
    ),
}
FAST = ReadingSettings(limits=Limits(page_seconds=1.5))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "bijlage.pdf"
    path.write_bytes(scan_of(pdf(), CLEAN))
    return path


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str | None) -> None:
    """Let `script` be the only Tesseract on the path, or none."""
    programs = folder / "programs"
    programs.mkdir()
    if script is not None:
        program = programs / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for name in ("sleep",):
        (programs / name).symlink_to(Path("/bin") / name)
    monkeypatch.setenv("PATH", str(programs))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failing_tesseract_is_told(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    script, reason = FAULTS[fault]
    install(tmp_path, monkeypatch, f"{ANSWERS}\n{script}")
    with pytest.raises(AnnexError) as caught:
        read(scan, FAST)
    assert caught.value.code == "ocr_failed"
    assert caught.value.values == {"reason": reason}
    assert cache.size() == 0


def test_nonsense_is_no_text(scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word = (
        "<span class='ocrx_word' title='x_wconf 12'><span class='ocrx_cinfo' title='x_bboxes 1 1 9 5'>q</span></span>"
    )
    hocr = HOCR.format("<span class='ocr_line'>" + 5 * word + "</span>")
    install(tmp_path, monkeypatch, f'{ANSWERS}\n[ "$4" = osd ] && exit 1\necho "{hocr}" > "$2.hocr"')
    with pytest.raises(AnnexError, match="no text can be made out") as caught:
        read(scan, FAST)
    assert caught.value.code == "ocr_failed"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (None, "install Tesseract with its Dutch data"),
        ("exec sleep 0; exit 1", "install Tesseract with its Dutch data"),
        (ANSWERS.replace("nld\\n", "eng\\n"), "Tesseract lacks its Dutch data"),
    ],
    ids=["missing", "silent", "no-dutch"],
)
def test_a_missing_tesseract_is_told(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, told: str
) -> None:
    install(tmp_path, monkeypatch, script)
    with pytest.raises(AnnexError, match=told) as caught:
        read(scan, FAST)
    assert caught.value.code == "no_text_layer"


def test_without_tesseract_the_other_pages_are_read(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, None)
    path = tmp_path / "gemengd.pdf"
    merged(pdf(), scan.read_bytes(), path)
    document = read(path)
    assert [(page.text_layer, page.is_poor) for page in document.pages] == [("embedded", False), ("none", True)]
    assert document.text_layer == "embedded"
    monkeypatch.setattr("pipeline.extraction.read_guarded", read)  # the guard's process has a path of its own
    [annex] = extract_all(path)
    [warning] = [warning for warning in annex.warnings if warning.code == "poor_text_layer"]
    assert "page 2" in warning.message


def merged(one: bytes, other: bytes, path: Path) -> None:
    with pdfium.PdfDocument(one) as first, pdfium.PdfDocument(other) as second:
        first.import_pages(second)
        made = io.BytesIO()
        first.save(made)
    path.write_bytes(made.getvalue())


needs_tesseract = pytest.mark.skipif(
    (found := find_tesseract()) is None or not found.reads_dutch, reason="Tesseract with Dutch is not installed"
)


@needs_tesseract
def test_a_mixed_file_says_which_pages_were_read_from_pictures(scan: Path, tmp_path: Path) -> None:
    path = tmp_path / "gemengd.pdf"
    merged(pdf(), scan.read_bytes(), path)
    document = read(path)
    assert [page.text_layer for page in document.pages] == ["embedded", "ocr"]
    assert document.text_layer == "mixed"
    assert [line.text.text for line in document.pages[1].lines] == [text for _, text in PROJECTS if text]
    first, second = extract_all(path)
    for annex, is_read in ((first, False), (second, True)):
        assert {"read_by_ocr" in {w.code for w in record.warnings} for record in annex.records} == {is_read}
        [warning] = [w for w in annex.warnings if w.code == "read_by_ocr"]
        assert "page 2;" in warning.message


@needs_tesseract
@pytest.mark.parametrize("damage", ["nothing", "cut", "other", "gone", "no-cache"])
def test_a_page_reads_the_same_whatever_the_cache_holds(scan: Path, tmp_path: Path, damage: str) -> None:
    fresh = read(scan)
    [entry] = (tmp_path / "cache").rglob("*.ocr")
    match damage:
        case "cut":
            entry.write_bytes(entry.read_bytes()[:-20])
        case "other":
            cache.save(entry.stem, [1, 2, "three"])
        case "gone":
            entry.unlink()
        case "no-cache":
            entry.unlink()
            entry.parent.rmdir()
            entry.parent.write_text("in the way")
    again = read(scan)
    assert again == fresh
    spans = [[line.text.boxes(0, len(line.text)) for line in document.lines()] for document in (fresh, again)]
    assert spans[0] == spans[1]


def test_the_cache_lets_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"{number:02d}{'0' * 62}" for number in range(6)]
    for number, key in enumerate(keys):
        cache.save(key, ["x" * 100, number])
        at = cache.folder() / "ocr" / key[:2] / f"{key}.ocr"
        os.utime(at, (number, number))
    monkeypatch.setattr(cache, "LARGEST", cache.size() // 2)
    cache.trim()
    assert [cache.load(key, str) is not None for key in keys] == [False] * 3 + [True] * 3


def test_an_entry_that_was_left_half_written_goes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """What nothing catches."""

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", kill)
        with pytest.raises(Killed):
            cache.save("ab1", ["half"])
    assert cache.size() > 0
    assert cache.load("ab1", str) is None
    monkeypatch.setattr(cache, "LARGEST", 0)
    cache.trim()
    assert cache.size() == 0


def test_the_cache_lies_where_the_platform_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "annex"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache.folder() == tmp_path / "home" / ".cache" / "annex"
