"""Make the picture of a page fit for OCR: even background, no dark edges, upright and straight."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[np.uint8]
"""Grey values by row and column, 0 black to 255 white."""
Ink = npt.NDArray[np.bool_]
"""Whether a pixel is printed, by row and column."""

_BACKGROUND_STEP = 8
"""Pixels, each way, that the background is measured by."""
_BACKGROUND_REACH = 9
"""Steps, an odd number: within so many there is paper between letters."""
_DARKEST_PAPER = 110
"""Paper is taken to be no darker than this; what is, is a picture or a filled cell and stays dark."""
_PRINTED = 150
"""Grey value on even paper below which a pixel counts as printed."""

_SKEW_DPI = 100
"""Resolution that is enough to measure a skew by."""
_MOST_SKEW = 5.0
"""Degrees; a page that lies more aslant has no lines to tell it by."""
_LEAST_SKEW = 0.05
"""Degrees; turning costs sharpness, and so little is lost on nothing."""
_COARSE, _FINE = 0.25, 0.02
"""Steps in degrees."""
_SHARPER = 1.02
"""How much sharper the rows must be at a skew than without it, or the page has no rows to tell by."""

_NOISY = 6.0
"""Standard deviation of the grey values of paper, from which on smoothing helps more than it blurs (measured)."""
_SMOOTH = 1 / 200
"""Inches to smooth by: a dot of an ordinary scan. A median filter of three dots helps less (measured)."""
_WHITE = 2.0
"""Standard deviations below the grey of paper from which on all is white."""
_LEAST_CONTRAST = 60
"""Grey values between ink and paper that are taken to be there at least."""

_EDGE = 0.06
"""Part of the page's width or height that a dark edge of a scan takes at most."""
_DARK_EDGE = 0.6
"""Part of a row or column of pixels that is dark where it belongs to such an edge."""
_BLANK = 0.00005
"""Part of the pixels that is printed, below which a page is blank: specks."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A page picture made fit for OCR."""

    grey: Grey
    turned: int
    """Degrees that the picture was turned clockwise: 0, 90, 180 or 270."""
    skew: float
    """Degrees that it was then turned clockwise about its middle to make the lines level."""


def is_blank(grey: Grey) -> bool:
    """Whether nothing is printed on a page but specks."""
    printed = _without_edges(_even(grey)) < _PRINTED
    rows, columns = (size - size % 3 for size in printed.shape)
    solid = printed[:rows, :columns].reshape(rows // 3, 3, columns // 3, 3).sum(axis=(1, 3), dtype=np.uint8) >= 5
    return bool(solid.mean() < _BLANK)


def upright(grey: Grey, dpi: float, turned: int = 0) -> Upright:
    """Return a page picture with an even background, turned by `turned` degrees clockwise, and straight."""
    even = _even(np.ascontiguousarray(np.rot90(grey, -turned // 90)))
    skew = skew_of(even, dpi)
    if skew:
        image = Image.fromarray(even).rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
        even = np.asarray(image)
    clean = _without_edges(even)
    return Upright(_smooth(clean, dpi) if _noise(clean) > _NOISY else clean, turned, skew)


def _smooth(grey: Grey, dpi: float) -> Grey:
    """Return a noisy picture smoothed, with white paper and black ink."""
    smooth = np.asarray(Image.fromarray(grey).filter(ImageFilter.GaussianBlur(_SMOOTH * dpi)))
    white = float(np.median(smooth)) - _WHITE * _noise(smooth)
    black = min(float(np.percentile(smooth[::4, ::4], 1)), white - _LEAST_CONTRAST)
    table = np.clip((np.arange(256) - black) * (255 / (white - black)), 0, 255).astype(np.uint8)
    stretched: Grey = table[smooth]
    return stretched


def _noise(grey: Grey) -> float:
    """Return the standard deviation of the grey values of paper, by how neighbours differ: most of a page is paper."""
    differences = np.abs(np.diff(grey[::2].astype(np.int16), axis=1))
    return float(np.median(differences)) * 1.4826 / 2**0.5


def _even(grey: Grey) -> Grey:
    """Return a picture whose paper is white everywhere: shadows, grey paper and light fills are taken out."""
    image = Image.fromarray(grey)
    small = image.reduce(_BACKGROUND_STEP).filter(ImageFilter.MaxFilter(_BACKGROUND_REACH))
    paper = small.filter(ImageFilter.BoxBlur(_BACKGROUND_REACH // 2)).resize(image.size, Image.Resampling.BILINEAR)
    divisor = np.maximum(np.asarray(paper, dtype=np.uint16), _DARKEST_PAPER)
    even: Grey = np.minimum(grey * np.uint16(255) // divisor, 255).astype(np.uint8)
    return even


def _without_edges(grey: Grey) -> Grey:
    """Return a picture without the dark edges that a scanner's lid leaves."""
    dark = grey < _PRINTED
    top, bottom = _edges(dark.mean(axis=1))
    left, right = _edges(dark.mean(axis=0))
    if (top, left) == (0, 0) and (bottom, right) == grey.shape:
        return grey
    kept = np.full_like(grey, 255)
    kept[top:bottom, left:right] = grey[top:bottom, left:right]
    return kept


def _edges(dark: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Return where the dark edge at the beginning ends, and where that at the end begins."""
    most = int(len(dark) * _EDGE)
    start = [at + 1 for at in range(most) if dark[at] > _DARK_EDGE]
    end = [at for at in range(len(dark) - most, len(dark)) if dark[at] > _DARK_EDGE]
    return max(start, default=0), min(end, default=len(dark))


def skew_of(grey: Grey, dpi: float) -> float:
    """Return by how many degrees the lines of a picture fall to the left: what to turn it clockwise.

    The rows of a page are sharpest where its lines are level: at that angle the sum of the squares of how much is
    printed in each row is largest (Postl's method).
    """
    step = max(round(dpi / _SKEW_DPI), 1)
    small = np.asarray(Image.fromarray(grey).reduce(step)) < _PRINTED
    rows, columns = np.nonzero(small)
    if len(rows) == 0:
        return 0.0
    x = columns - small.shape[1] / 2

    def sharpness(degrees: float) -> float:
        level = rows + x * np.tan(np.radians(degrees))
        counts = np.bincount(np.round(level - level.min()).astype(np.intp))
        return float((np.diff(counts.astype(np.float64)) ** 2).sum())

    coarse = np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE / 2, _COARSE)
    best = max(coarse, key=sharpness)
    fine = np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE)
    best = max(fine, key=sharpness)
    if abs(best) < _LEAST_SKEW or sharpness(best) < _SHARPER * sharpness(0.0):
        return 0.0
    return round(float(best), 2)
