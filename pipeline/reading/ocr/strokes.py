"""Measure how thick the strokes of printed words are: bold type is told by it."""

import numpy as np

from pipeline.reading.ocr.picture import Grey

_PAPER, _INK = 200, 60
"""Grey values from which on a pixel is all paper, and down to which it is all ink; between them it is partly."""
_LEAST_LEVEL = 0.02


def stroke_of(grey: Grey, box: tuple[int, int, int, int]) -> float:
    """Return the mean width in pixels of the strokes in a box, 0 where there is no ink.

    A stroke has an edge on either side, so its width is twice its ink by the length of its edges. Both are summed over
    grey values: a blurred edge of a stroke counts for where it would be if it were sharp.

    Parameters
    ----------
    box
        ``(x0, top, x1, bottom)`` in pixels.
    """
    x0, top, x1, bottom = box
    part = grey[max(top - 1, 0) : bottom + 1, max(x0 - 1, 0) : x1 + 1].astype(np.float32)
    if min(part.shape, default=0) < 3:
        return 0.0
    ink = np.clip((_PAPER - part) / (_PAPER - _INK), 0.0, 1.0)
    down = ink[2:, 1:-1] - ink[:-2, 1:-1]
    across = ink[1:-1, 2:] - ink[1:-1, :-2]
    edges = float(np.sqrt(down**2 + across**2).sum()) / 2
    return 2 * float(ink[1:-1, 1:-1].sum()) / edges if edges > _LEAST_LEVEL else 0.0
