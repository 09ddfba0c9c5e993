"""Make scans of PDFs: print each page as a picture, wear it down, and put the pictures into a PDF of their own."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter


@dataclass(frozen=True, slots=True)
class Wear:
    """What printing and scanning do to a page; the default is an ordinary scan of an office."""

    dpi: int = 200
    turned: float = 0.4
    """Degrees against the clock."""
    noise: float = 10.0
    """Standard deviation of the grey values, of 255."""
    blur: float = 0.6
    """Radius in pixels."""
    paper: int = 240
    ink: int = 30
    jpeg: int = 75
    border: float = 0.0
    """Width of a black edge at the left and the top, as a part of the page's width."""
    upside: int = 0
    """Degrees by which the whole page lies wrong: 0, 90, 180 or 270, against the clock."""
    seed: int = 0


CLEAN = Wear(dpi=300, turned=0.0, noise=2.0, blur=0.3, paper=252, ink=10, jpeg=90)
OFFICE = Wear()
WORN = Wear(dpi=200, turned=-0.8, noise=22.0, blur=0.9, paper=215, ink=60, jpeg=55, border=0.01)


def worn(picture: Image.Image, wear: Wear) -> Image.Image:
    """Return a page picture as a scanner would give it."""
    random = np.random.default_rng(wear.seed)
    picture = picture.convert("L")
    if wear.turned:
        picture = picture.rotate(wear.turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    grey = wear.ink + np.asarray(picture, dtype=np.float32) / 255 * (wear.paper - wear.ink)
    grey += random.normal(0, wear.noise, grey.shape)
    if wear.border:
        edge = int(wear.border * grey.shape[1])
        grey[:edge] = 20
        grey[:, :edge] = 20
    scanned = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return scanned.rotate(wear.upside, expand=True) if wear.upside else scanned


def pictures(pdf: bytes | Path, wear: Wear, pages: Sequence[int] | None = None) -> list[Image.Image]:
    """Return a scanned picture of each page, or of those given (from 1)."""
    with pdfium.PdfDocument(pdf) as document:
        numbers = pages or range(1, len(document) + 1)
        printed = [document[n - 1].render(scale=wear.dpi / 72, grayscale=True).to_pil() for n in numbers]
    return [worn(picture, wear) for picture in printed]


def scan_of(pdf: bytes | Path, wear: Wear = OFFICE, pages: Sequence[int] | None = None) -> bytes:
    """Return a PDF that holds nothing but scanned pictures of the pages."""
    first, *others = pictures(pdf, wear, pages)
    made = io.BytesIO()
    first.save(made, "PDF", resolution=wear.dpi, quality=wear.jpeg, save_all=True, append_images=others)
    return made.getvalue()
