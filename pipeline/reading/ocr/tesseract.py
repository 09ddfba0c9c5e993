"""Find Tesseract on the machine and run it, through pytesseract.

Why pytesseract: it calls the Tesseract that is installed, one process a page, so that a crash, a hang or a page that
eats memory costs that page alone, and pages are read on as many cores as there are. tesserocr brings a Tesseract of its
own into the process, which a crash takes down; OCRmyPDF needs Ghostscript, and gives words without letters.
"""

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from pipeline.reading.ocr.hocr import GarbledError, Word, words_of
from pipeline.reading.ocr.picture import Grey

LANGUAGE = "nld"
ORIENTATION = "osd"
"""Tesseract's data for telling how a page lies."""

_PROBE_SECONDS = 20.0
_LEAST_ORIENTATION = 2.0
"""Tesseract's own confidence in how a page lies, below which it is not believed (it takes 15 for sure)."""
_LAYOUT = "--psm 3"
"""Tesseract finds columns and lines by itself: as good as any other way, or better (measured)."""


class OcrError(Exception):
    """A page that Tesseract did not read; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """A Tesseract that was found on the machine."""

    program: str
    """Path of the executable."""
    version: str
    """Such as ``5.3.0``."""
    languages: tuple[str, ...]
    """Names of its data, sorted, such as ``nld`` and ``osd``."""
    data: str | None
    """Folder of that data, where Tesseract tells it."""

    @property
    def reads_dutch(self) -> bool:
        """Whether its Dutch data is there."""
        return LANGUAGE in self.languages

    def fingerprint(self) -> str:
        """Return what tells it, and its Dutch data, from others that may read a page differently."""
        digest = hashlib.sha256(f"{self.version}\0{LANGUAGE}\0".encode())
        if self.data is not None:
            for name in (LANGUAGE, ORIENTATION):
                digest.update(_content_digest(str(Path(self.data) / f"{name}.traineddata")))
        return digest.hexdigest()

    def read(self, grey: Grey, dpi: float, seconds: float) -> list[list[Word]]:
        """Return the words of each line of a picture.

        Parameters
        ----------
        grey
            An upright page.
        dpi
            Its resolution.
        seconds
            Wall time that it may take.

        Raises
        ------
        OcrError
            When Tesseract crashes, hangs, or gives something that is no text.
        """
        import pytesseract

        config = f"{_LAYOUT} --dpi {round(dpi)} -c hocr_char_boxes=1"
        self._ready()
        try:
            hocr = pytesseract.image_to_pdf_or_hocr(
                _image(grey), lang=LANGUAGE, config=config, extension="hocr", timeout=seconds
            )
            return words_of(hocr)
        except (OSError, RuntimeError, UnicodeDecodeError, GarbledError) as error:
            raise _failed(error) from None

    def turn(self, grey: Grey, dpi: float, seconds: float) -> int | None:
        """Return by how many degrees clockwise a picture must be turned to stand upright; None where that is not clear.

        Raises
        ------
        OcrError
            When Tesseract crashes or hangs.
        """
        import pytesseract

        if ORIENTATION not in self.languages:
            return None
        self._ready()
        try:
            told = pytesseract.image_to_osd(
                _image(grey), lang=ORIENTATION, config=f"--dpi {round(dpi)}", timeout=seconds
            )
        except pytesseract.TesseractError:
            return None  # too few letters to tell by: it says so as an error
        except (OSError, RuntimeError, UnicodeDecodeError) as error:
            raise _failed(error) from None
        turned = re.search(r"^Rotate: (0|90|180|270)$", told, re.MULTILINE)
        sure = re.search(r"^Orientation confidence: ([0-9.]+)$", told, re.MULTILINE)
        return int(turned[1]) if turned and sure and float(sure[1]) >= _LEAST_ORIENTATION else None

    def _ready(self) -> None:
        import pytesseract

        pytesseract.pytesseract.tesseract_cmd = self.program
        os.environ["OMP_THREAD_LIMIT"] = "1"  # pages go in parallel: Tesseract's own threads only stand in the way


def find_tesseract() -> Tesseract | None:
    """Return the Tesseract of this machine; None where there is none that answers."""
    program = shutil.which("tesseract") or _on_windows()
    return None if program is None else _asked(program)


@lru_cache(maxsize=8)
def _asked(program: str) -> Tesseract | None:
    version = re.search(r"tesseract v?(\S+)", _answer(program, "--version"))
    if version is None:
        return None
    listed = _answer(program, "--list-langs")
    folder = re.search(r'in "(.*)"', listed)
    languages = sorted(line.strip() for line in listed.splitlines()[1:] if line.strip())
    return Tesseract(program, version[1], tuple(languages), folder[1] if folder else None)


def _on_windows() -> str | None:
    """Return where its installer puts Tesseract on Windows, without adding it to the path."""
    program = Path(os.environ.get("PROGRAMFILES", "")) / "Tesseract-OCR" / "tesseract.exe"
    return str(program) if program.is_absolute() and program.is_file() else None


def _answer(program: str, question: str) -> str:
    """Return what a program says; pytesseract asks the same, but would wait for ever for a program that hangs."""
    try:
        done = subprocess.run(  # noqa: S603  # the Tesseract of this machine
            [program, question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


@lru_cache(maxsize=8)
def _content_digest(path: str) -> bytes:
    try:
        return hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError:
        return b""


def _image(grey: Grey) -> Image.Image:
    image = Image.fromarray(grey)
    image.format = "PPM"  # what pytesseract hands it over in: nothing to compress
    return image


def _failed(error: Exception) -> OcrError:
    if isinstance(error, OSError):
        return OcrError(error.strerror or "it stops with an error")
    if "timeout" in str(error):
        return OcrError("it takes too long")
    return OcrError("it stops with an error" if isinstance(error, RuntimeError) else "what it gives is no text")
