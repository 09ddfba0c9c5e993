"""PDFs that one parser cannot read, that have no proper end, or near a limit: read by the other, told, or refused."""

from pathlib import Path
from types import ModuleType

import pytest
from making import pdf
from reportlab.pdfgen.canvas import Canvas

import pipeline
from pipeline.document import Document
from pipeline.errors import AnnexError
from pipeline.reading import pages_of, pdfium, plumber, read
from pipeline.reading.guarded import read_guarded
from pipeline.reading.opening import opened
from pipeline.settings import Limits, ReadingSettings


def three_pages(tmp_path: Path) -> Path:
    path = tmp_path / "bijlage.pdf"
    canvas = Canvas(str(path))
    for number in range(1, 4):
        for row in range(20):
            canvas.drawString(60, 780 - 20 * row, f"Regel {row} van bladzijde {number} van de bijlage.")
        canvas.showPage()
    canvas.save()
    return path


def texts(document: Document) -> list[list[str]]:
    return [[line.text.text for line in page.lines] for page in document.pages]


def fail_on(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, page: int) -> None:
    real = getattr(module, name)

    def failing(book: object, number: int, glyphs: object) -> object:
        if number == page:
            raise RecursionError
        return real(book, number, glyphs)

    monkeypatch.setattr(module, name, failing)


def test_a_page_that_one_parser_cannot_read_is_read_by_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = three_pages(tmp_path)
    whole = texts(read(path))
    fail_on(monkeypatch, pdfium, "read_page", 2)
    assert texts(read(path)) == whole


def test_a_page_that_no_parser_can_read_is_a_poor_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = three_pages(tmp_path)
    whole = texts(read(path))
    fail_on(monkeypatch, pdfium, "read_page", 2)
    fail_on(monkeypatch, plumber, "read_page", 2)
    monkeypatch.setenv("PATH", "")  # without Tesseract, which would read its picture
    document = read(path)
    assert texts(document) == [whole[0], [], whole[2]]
    assert [page.is_poor for page in document.pages] == [False, True, False]


@pytest.mark.parametrize("module", [pdfium, plumber], ids=["pdfium", "pdfplumber"])
def test_a_file_that_one_parser_cannot_open_is_read_by_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType
) -> None:
    path = three_pages(tmp_path)
    whole = texts(read(path))

    def refuse(_content: bytes, _password: str | None) -> None:
        raise AnnexError("corrupt_file", "it cannot be opened")

    monkeypatch.setattr(module, "opened", refuse)
    assert texts(read(path)) == whole


def test_what_pdfium_takes_for_locked_and_pdfplumber_opens_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: bytes, _password: str | None) -> None:
        raise AnnexError("encrypted", "it is protected")

    monkeypatch.setattr(pdfium, "opened", refuse)
    assert len(texts(read(three_pages(tmp_path)))) == 3


def test_the_second_parser_alone_gives_the_same_words(tmp_path: Path) -> None:
    path = three_pages(tmp_path)
    settings = ReadingSettings()
    pages = pages_of(opened(path, settings.limits), settings, only_second=True)
    assert [[line.text.text for line in page.lines] for page, _ in pages] == texts(read(path))


def test_a_password_opens_it_with_the_second_parser_too(tmp_path: Path) -> None:
    path = tmp_path / "dicht.pdf"
    path.write_bytes(pdf(password="geheim"))  # noqa: S106
    settings = ReadingSettings(password="geheim")  # noqa: S106
    [(page, _)] = pages_of(opened(path, settings.limits), settings, only_second=True)
    assert page.lines[0].text.text == "Bijlage I"
    for password, says in ((None, "give it with --password"), ("fout", "does not open this PDF")):
        with pytest.raises(AnnexError, match=says) as caught:
            next(pages_of(opened(path, settings.limits), ReadingSettings(password=password), only_second=True))
        assert caught.value.code == "encrypted"


WHOLE = pdf()
TABLE = WHOLE.index(b"xref\n0")


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (WHOLE[:TABLE] + b"trailer\n<</Root 1 0 R>>\n", ["damaged_file"]),
        (WHOLE.replace(b"%%EOF", b""), ["damaged_file"]),
        (WHOLE + bytes(3000), []),
        (WHOLE + b"<html>9 0 obj is what this says</html>", []),
    ],
    ids=["no table", "no mark", "zeros behind", "a web page behind"],
)
def test_a_file_with_an_odd_end_that_holds_all_its_pages_is_read(
    tmp_path: Path, content: bytes, codes: list[str]
) -> None:
    (tmp_path / "bijlage.pdf").write_bytes(content)
    (tmp_path / "goed.pdf").write_bytes(WHOLE)
    document = read(tmp_path / "bijlage.pdf")
    assert texts(document) == texts(read(tmp_path / "goed.pdf"))
    assert [warning.code for warning in document.warnings] == codes


@pytest.mark.parametrize("number", range(1, 5))
def test_a_file_that_is_cut_off_between_two_objects_is_refused(tmp_path: Path, number: int) -> None:
    end = WHOLE.index(b"%d 0 obj" % number)
    (tmp_path / "bijlage.pdf").write_bytes(WHOLE[:end])
    with pytest.raises(AnnexError) as caught:
        read(tmp_path / "bijlage.pdf")
    assert caught.value.code == "corrupt_file"


def test_a_file_whose_last_update_is_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bijlage.pdf").write_bytes(WHOLE + b"3 0 obj\n<</Type/Pa")
    with pytest.raises(AnnexError, match="cut off before its end"):
        read(tmp_path / "bijlage.pdf")


def test_half_of_the_pages_is_never_given_for_all(tmp_path: Path) -> None:
    path = three_pages(tmp_path)
    content = path.read_bytes()
    whole = texts(read(path))
    for cut in range(0, len(content), len(content) // 60):
        path.write_bytes(content[:cut])
        try:
            document = read(path)
        except AnnexError:
            continue
        assert texts(document) == whole
        assert [warning.code for warning in document.warnings] == ["damaged_file"]


def test_a_warning_of_reading_is_one_of_the_annex(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(WHOLE.replace(b"%%EOF", b""))
    assert [warning.code for warning in pipeline.extract(path).warnings] == ["damaged_file"]


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        (Limits(), []),
        (Limits(pages=4), []),
        (Limits(pages=3), ["limits_near"]),
        (Limits(characters=3000), []),
        (Limits(characters=2500), ["limits_near"]),
    ],
)
def test_a_file_that_nears_a_limit_is_told(tmp_path: Path, limits: Limits, codes: list[str]) -> None:
    document = read(three_pages(tmp_path), ReadingSettings(limits=limits))
    assert sum(len(text) for page in texts(document) for text in page) in range(2000, 2400)
    assert [warning.code for warning in document.warnings] == codes


def test_a_text_that_nears_a_limit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_text("woord " * 100)
    for limit, codes in ((700, ["limits_near"]), (900, [])):
        document = read_guarded(path, ReadingSettings(limits=Limits(characters=limit)))
        assert [warning.code for warning in document.warnings] == codes


def test_too_many_characters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnexError, match="more than 500 characters, which is the limit"):
        read(three_pages(tmp_path), ReadingSettings(limits=Limits(characters=500)))


def test_a_part_of_a_file_with_too_many_pages_may_be_read(tmp_path: Path) -> None:
    path = three_pages(tmp_path)
    limits = Limits(pages=2)
    with pytest.raises(AnnexError, match="it has 3 pages, the limit is 2; give a part of them"):
        read(path, ReadingSettings(limits=limits))
    assert len(read(path, ReadingSettings(limits=limits, pages=(2, 3))).pages) == 2


@pytest.mark.parametrize("size", [b"0 0 595 0", b"0 0 0 0", b"9 9 9 9", b"0 842 595 0", b"0 0 1e9 842", b"0 0 -9 nan"])
def test_a_page_of_an_odd_size_is_read(tmp_path: Path, size: bytes) -> None:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(WHOLE.replace(b"[0 0 595 842]", b"[%s]" % size.ljust(11)))
    assert len(pipeline.extract(path).records) == 2


@pytest.mark.parametrize("size", [b"0 0 595 0", b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 -9 nan"])
def test_a_page_of_an_odd_size_without_text_is_told(tmp_path: Path, size: bytes) -> None:
    path = tmp_path / "bijlage.pdf"
    drawn = pdf(()).replace(b"[0 0 595 842]", b"[%s]" % size.ljust(11))
    path.write_bytes(drawn.replace(b"stream\n\nendstream", b"stream\n0 0 99 99 re f\nendstream"))
    with pytest.raises(AnnexError) as caught:
        read(path)
    assert caught.value.code in {"no_text_layer", "ocr_failed"}
