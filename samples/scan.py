"""Make a scan of a PDF: its pages as pictures of paper, a little turned, dusty, blurred and grainy, without text."""

import hashlib
import io
import random
import time

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

DOTS_PER_INCH = 200
DEGREES = 0.4
_POINTS_PER_INCH = 72
_BLUR = 0.9  # radius in dots
_PAPER = 248  # a sheet is never as white as the glass
_GRAIN = 0.05  # share of noise in every dot
_GRAIN_SIZE = 2  # dots; a scanner's noise is no finer than its optics
_DUST = 150  # specks on a sheet
_DUST_SIZE = 2  # dots
_QUALITY = 20  # of JPEG
_NO_DATE = time.gmtime(0)


def scan_digest(pdf: bytes) -> str:
    """Return what tells two scans apart: the digest of the PDF and of everything that is done to it."""
    done = (DOTS_PER_INCH, DEGREES, _BLUR, _PAPER, _GRAIN, _GRAIN_SIZE, _DUST, _DUST_SIZE, _QUALITY)
    return hashlib.sha256(repr(done).encode() + pdf).hexdigest()


def scan(pdf: bytes) -> bytes:
    """Make a scan of a PDF.

    Parameters
    ----------
    pdf : bytes
        The PDF as set.

    Returns
    -------
    bytes
        A PDF of grey pictures; `scan_digest` stands among its keywords, as another version of a picture library may
        write other bytes.
    """
    document = pypdfium2.PdfDocument(pdf)
    noise = random.Random(0)  # noqa: S311 -- grain, no secret
    pages = [_sheet(document[number], noise) for number in range(len(document))]
    written = io.BytesIO()
    pages[0].save(
        written,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DOTS_PER_INCH,
        quality=_QUALITY,
        keywords=scan_digest(pdf),
        creationDate=_NO_DATE,
        modDate=_NO_DATE,
    )
    return written.getvalue()


def digest_in(scanned: bytes) -> str | None:
    """Return the digest that a scan was made with; None where the file is no scan of ours."""
    try:
        document = pypdfium2.PdfDocument(scanned)
    except pypdfium2.PdfiumError:
        return None
    return document.get_metadata_value("Keywords") or None


def _sheet(page: pypdfium2.PdfPage, noise: random.Random) -> Image.Image:
    image = page.render(scale=DOTS_PER_INCH / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
    image = image.point([min(value, _PAPER) for value in range(256)])
    image = image.rotate(DEGREES, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER)
    specks = ImageDraw.Draw(image)
    for _ in range(_DUST):
        x, y = noise.randrange(image.width), noise.randrange(image.height)
        specks.rectangle(
            (x, y, x + noise.randrange(_DUST_SIZE), y + noise.randrange(_DUST_SIZE)), fill=noise.randrange(_PAPER)
        )
    image = image.filter(ImageFilter.GaussianBlur(_BLUR))
    small = (image.width // _GRAIN_SIZE + 1, image.height // _GRAIN_SIZE + 1)
    grain = Image.frombytes("L", small, noise.randbytes(small[0] * small[1]))
    grain = grain.resize((small[0] * _GRAIN_SIZE, small[1] * _GRAIN_SIZE), Image.Resampling.BICUBIC)
    return Image.blend(image, grain.crop((0, 0, *image.size)), _GRAIN)
