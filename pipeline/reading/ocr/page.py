"""Make a Page of what OCR read: its lines as they stand upright and straight, its boxes on the page as shown."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.document import Box, Glyphs, Page
from pipeline.reading import layout
from pipeline.reading.assembling import Char, Chars, Rule
from pipeline.reading.ocr.reading import SENSE, Reading


def page_of(page: Page, reading: Reading, chars: Sequence[Char], scale: float, glyphs: Glyphs) -> Page:
    """Return a page as it was read; width, height and the boxes of its lines are those of the page when upright.

    Parameters
    ----------
    page
        As it was before.
    chars
        What was read, in points of the picture as it was made upright and straight.
    scale
        Points to a pixel.
    glyphs
        Where its glyphs are added: of this page alone, with boxes on the page as shown.
    """
    rules: list[Rule] = []
    read = layout.page_of(page.number, reading.width * scale, reading.height * scale, Chars.of(chars), rules, glyphs)
    glyphs.place(_placing(reading, scale))
    return replace(read, text_layer="ocr", is_poor=read.is_poor or reading.sense < SENSE)


def _placing(reading: Reading, scale: float) -> Callable[[Box], Box]:
    """Return the function from a box on the upright, straight page to the box on the page as shown, in points.

    A letter keeps its size: the few degrees that it stands aslant add nothing that a crop needs.
    """
    width, height = reading.width * scale, reading.height * scale
    sine, cosine = math.sin(math.radians(reading.skew)), math.cos(math.radians(reading.skew))

    def place(box: Box) -> Box:
        x, y = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
        right, down = x * cosine + y * sine - x, y * cosine - x * sine - y
        x0, top, x1, bottom = box[0] + right, box[1] + down, box[2] + right, box[3] + down
        match reading.turned:
            case 90:
                return (top, width - x1, bottom, width - x0)
            case 180:
                return (width - x1, height - bottom, width - x0, height - top)
            case 270:
                return (height - bottom, x0, height - top, x1)
            case _:
                return (x0, top, x1, bottom)

    return place
