"""Put the characters of a page together into fragments: pieces of a printed line without a wide gap in them."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.reading.assembling import Char, Look, Rule

# Relative to the size of the glyphs.
SPACE_GAP = 0.15
"""A gap of more than this is a space (pdfplumber's x_tolerance_ratio, measured)."""
WIDE_GAP = 0.8
"""A gap of more than this parts two fragments: cells of a table stand about one em apart, words half of one."""
_SAME_LINE_OVERLAP = 0.5
"""Part of the lower character's height that two characters of one line share."""
_BACKWARDS = 1.0
"""A step back of more than this begins a new run: kerning and accents step back a little."""
_DOUBLED = 0.2
"""The same letter, printed this near to where it stands already, was printed twice to look bold."""
_OVERLAP = 0.3
"""How far the boxes of two neighbours may reach into each other."""
_BAND = 4.0
"""Points: height of the bands that fragments are looked up by."""


@dataclass(slots=True)
class Fragment:
    """Characters of one printed line that follow each other without a wide gap or a drawn line between them.

    The box is in points from the top left, around the printed characters. `chars` begins and ends with a printed one;
    white space that the file itself has may stand between.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    chars: list[Char]

    @property
    def look(self) -> Look:
        """The look of most of its printed characters."""
        looks = Counter(char.look for char in self.chars if not char.text.isspace())
        return looks.most_common(1)[0][0]

    @property
    def text(self) -> str:
        """What it says, with a space where the file has one or a gap is as wide as one."""
        pieces: list[str] = []
        last: Char | None = None
        for char in self.chars:
            if last is not None and not last.text.isspace() and not char.text.isspace() and is_spaced(last, char):
                pieces.append(" ")
            pieces.append(char.text)
            last = char
        return " ".join("".join(pieces).split())


def is_spaced(last: Char, char: Char) -> bool:
    """Whether the gap between two neighbours on a line is that of a space."""
    return char.x0 - last.x1 > SPACE_GAP * char.look.size


def fragments_of(chars: Iterable[Char], rules: Sequence[Rule]) -> list[Fragment]:
    """Return the fragments of a page, in the order in which the page's content begins them.

    A letter printed twice at one place counts once. Runs of one line that the content prints apart, such as the bold
    words of a sentence, are put together where no wide gap and no upright rule stands between them.

    Parameters
    ----------
    chars
        In the order of the page's content.
    rules
        Drawn lines of the page; the upright ones part fragments.
    """
    uprights = _Uprights(rules)
    fragments = [fragment for run in _runs(chars, uprights) if (fragment := _fragment(run)) is not None]
    return _rejoined(fragments, uprights)


class _Uprights:
    """The upright rules of a page, from left to right."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted((r for r in rules if r.bottom - r.top > r.x1 - r.x0), key=lambda r: r.x0)
        self._x0 = [rule.x0 for rule in self._rules]

    def between(self, last: Char, char: Char) -> bool:
        """Whether one stands between two characters of a line; their boxes may touch it."""
        if not self._rules:
            return False
        from_x = (last.x0 + last.x1) / 2
        to_x = (char.x0 + char.x1) / 2
        middle = (char.top + char.bottom) / 2
        for rule in self._rules[bisect_left(self._x0, from_x) :]:
            if rule.x0 > to_x:
                return False
            if rule.top < middle < rule.bottom:
                return True
        return False


def _runs(chars: Iterable[Char], uprights: _Uprights) -> Iterator[list[Char]]:
    """Part characters, in content order, where the next one stands on another line, jumps, or is cut off by a rule."""
    run: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            if run:
                run.append(char)
            continue
        if last is not None:
            if char.text == last.text and _is_doubled(last, char):
                continue
            if not _follows(last, char, uprights):
                yield run
                run = []
        run.append(char)
        last = char
    if run:
        yield run


def _follows(last: Char, char: Char, uprights: _Uprights) -> bool:
    """Whether `char` stands on the line of `last`, next to it."""
    if not on_one_line(last, char):
        return False
    size = max(last.look.size, char.look.size)
    gap = char.x0 - last.x1
    if gap > WIDE_GAP * size or char.x0 < last.x0 - _BACKWARDS * size:
        return False
    return not uprights.between(last, char)


def on_one_line(last: Char, char: Char) -> bool:
    """Whether two neighbours share enough of their height: raised letters do, those of the next line do not."""
    overlap = min(last.bottom, char.bottom) - max(last.top, char.top)
    return overlap >= _SAME_LINE_OVERLAP * min(last.bottom - last.top, char.bottom - char.top)


def _is_doubled(one: Char, other: Char) -> bool:
    near = _DOUBLED * one.look.size
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near


def _fragment(run: list[Char]) -> Fragment | None:
    while run and run[-1].text.isspace():
        run.pop()
    if not run:
        return None
    printed = [char for char in run if not char.text.isspace()]
    return Fragment(
        min(char.x0 for char in printed),
        min(char.top for char in printed),
        max(char.x1 for char in printed),
        max(char.bottom for char in printed),
        run,
    )


def _rejoined(fragments: list[Fragment], uprights: _Uprights) -> list[Fragment]:
    """Take out what is printed twice, and put runs of one line together that the content prints apart."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    kept: dict[int, Fragment] = {}
    for number, fragment in enumerate(fragments):
        at = number
        rest: Fragment | None = fragment
        while rest is not None:
            near = {n for band in _bands_of(rest) for n in bands[band] if n in kept}
            for other in sorted(near):
                rest = _without_doubles(rest, kept[other])
                if rest is None:
                    break
                together = _together(kept[other], rest, uprights)
                if together is not None:
                    del kept[other]
                    at, rest = min(at, other), together
                    break
            else:
                break
        if rest is not None:
            kept[at] = rest
            for band in _bands_of(rest):
                bands[band].append(at)
    return [kept[at] for at in sorted(kept)]


def _bands_of(fragment: Fragment) -> range:
    return range(int(fragment.top // _BAND), int(fragment.bottom // _BAND) + 1)


def _without_doubles(fragment: Fragment, other: Fragment) -> Fragment | None:
    """Return what is left of a fragment without the letters that `other` has at the same place; None where nothing is.

    Letters that two fragments share by chance stay: only where most of them are doubled were they printed twice.
    """
    if fragment.x0 > other.x1 or other.x0 > fragment.x1:
        return fragment
    here: defaultdict[str, list[Char]] = defaultdict(list)
    for char in other.chars:
        here[char.text].append(char)
    printed = [char for char in fragment.chars if not char.text.isspace()]
    doubled = [char for char in printed if any(_is_doubled(char, twin) for twin in here[char.text])]
    if 2 * len(doubled) <= len(printed):
        return fragment
    twins = set(doubled)
    run = [char for char in fragment.chars if char not in twins]
    while run and run[0].text.isspace():
        del run[0]
    return _fragment(run)


def _together(one: Fragment, other: Fragment, uprights: _Uprights) -> Fragment | None:
    """Return two neighbours of one line as one fragment, or None where they are not."""
    left, right = (one, other) if one.x0 <= other.x0 else (other, one)
    if right.x0 > left.x1 - _OVERLAP * right.chars[0].look.size:
        if not _follows(left.chars[-1], right.chars[0], uprights):
            return None
        return _fragment(left.chars + right.chars)
    slack = _OVERLAP * right.chars[0].look.size
    middles = [(char.x0 + char.x1) / 2 for char in left.chars]
    at = bisect_left(middles, right.x0)
    before, after = left.chars[at - 1], left.chars[at] if at < len(left.chars) else None
    if at == 0 or after is None or before.x1 > right.x0 + slack or after.x0 < right.x1 - slack:
        return None
    if not on_one_line(before, right.chars[0]) or not on_one_line(right.chars[-1], after):
        return None
    return _fragment(left.chars[:at] + right.chars + left.chars[at:])
