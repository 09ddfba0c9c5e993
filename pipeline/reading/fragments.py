"""Put the characters of a page together into fragments: pieces of a printed line without a wide gap in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from pipeline.document import Box
from pipeline.reading.assembling import Char, Chars, Flags, Numbers, Rule, main_look
from pipeline.reading.words import cuts_of

# Relative to the size of the glyphs.
WIDE_GAP = 0.8
"""A gap of more than this parts two fragments: cells of a table stand about one em apart, words half of one."""
_SAME_LINE_OVERLAP = 0.5
"""Part of the lower character's height that two characters of one line share."""
_SAME_SIZE = 3.0
"""Letters this many times larger than others are of another line: a watermark, or the first letter of a chapter."""
_BACKWARDS = 0.25
"""A step back of more than this begins a new run: kerning and accents step back a little."""
_DOUBLED = 0.1
"""The same letter, printed this near to where it stands already, was printed twice to look bold."""
_OVERLAP = 0.3
"""How far the boxes of two neighbours may reach into each other."""
_BAND = 4.0
"""Points: height of the bands that fragments are looked up by."""


class Fragment:
    """Characters of one printed line that follow each other without a wide gap or a drawn line between them.

    The box is in points from the top left, around the characters.
    """

    __slots__ = ("_chars", "_source", "_text", "bottom", "indices", "look", "top", "x0", "x1")

    def __init__(self, x0: float, top: float, x1: float, bottom: float, chars: list[Char]) -> None:
        """Make a fragment of characters of a page, from left to right."""
        self.x0, self.top, self.x1, self.bottom = x0, top, x1, bottom
        self.indices: Sequence[int] = [char.number for char in chars]
        """The places of its characters on the page, from left to right."""
        self.look = main_look([char.look for char in chars])
        """The look of most of its characters."""
        self._chars: list[Char] | None = chars
        self._source: Chars | None = None
        self._text: str | None = None

    @classmethod
    def of(cls, source: Chars, indices: Sequence[int], box: Box | None = None) -> Fragment:
        """Make a fragment of the characters of a page at these indices, from left to right, with their box if known."""
        made = cls.__new__(cls)
        part: slice | list[int]
        if isinstance(indices, range):
            part = slice(indices.start, indices.stop)
            made.look = main_look(source.looks[part])
        else:
            part = list(indices)
            made.look = main_look([source.looks[index] for index in indices])
        made.x0, made.top, made.x1, made.bottom = box or (
            float(source.x0[part].min()),
            float(source.top[part].min()),
            float(source.x1[part].max()),
            float(source.bottom[part].max()),
        )
        made.indices, made._source, made._chars, made._text = indices, source, None, None
        return made

    @property
    def chars(self) -> list[Char]:
        """Its characters one by one."""
        if self._chars is None:
            self._chars = self._source.at(self.indices) if self._source is not None else []
        return self._chars

    @property
    def widest_gap(self) -> float:
        """The widest gap between two of its characters, in points."""
        if self._source is None or len(self) == 1:
            return max((b.x0 - a.x1 for a, b in pairwise(self.chars)), default=0.0)
        part = slice(self.indices.start, self.indices.stop) if isinstance(self.indices, range) else list(self.indices)
        return float((self._source.x0[part][1:] - self._source.x1[part][:-1]).max())

    @property
    def first(self) -> Char:
        """Its leftmost character."""
        return self._char(0)

    @property
    def last(self) -> Char:
        """Its rightmost character."""
        return self._char(-1)

    def _char(self, at: int) -> Char:
        if self._chars is None and self._source is not None:
            return self._source.one(self.indices[at])
        return self.chars[at]

    @property
    def text(self) -> str:
        """What it says, with a space where the file has one or a gap is as wide as one."""
        if self._text is None:
            self._text = self._said()
        return self._text

    def _said(self) -> str:
        chars = self.chars
        spaces = [at for at, char in enumerate(chars) if char.is_spaced]
        cuts = cuts_of([c.text for c in chars], [c.x0 for c in chars], [c.x1 for c in chars], spaces, self.look.size)
        return " ".join("".join([c.text for c in chars[a:b]]) for a, b in pairwise([0, *cuts, len(chars)]))

    def __len__(self) -> int:
        return len(self.indices)

    def __repr__(self) -> str:
        return f"Fragment({self.x0:.1f}, {self.top:.1f}, {self.x1:.1f}, {self.bottom:.1f}, {self.text!r})"


def fragments_of(chars: Chars | Iterable[Char], rules: Sequence[Rule]) -> list[Fragment]:
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
    source = chars if isinstance(chars, Chars) else Chars.of(chars)
    uprights = _Uprights(rules)
    return _rejoined(source, _as_fragments(source, _runs(source, uprights)), uprights)


def _as_fragments(source: Chars, runs: list[Sequence[int]]) -> list[Fragment]:
    """Return runs as fragments; the boxes of those that the content prints in one go are found all at once."""
    plain = [run for run in runs if isinstance(run, range)]
    if sum(map(len, plain)) < len(source):
        return [Fragment.of(source, run) for run in runs]
    starts = [run.start for run in plain]
    sides = zip(
        np.minimum.reduceat(source.x0, starts).tolist(),
        np.minimum.reduceat(source.top, starts).tolist(),
        np.maximum.reduceat(source.x1, starts).tolist(),
        np.maximum.reduceat(source.bottom, starts).tolist(),
        strict=True,
    )
    return [Fragment.of(source, run, box) for run, box in zip(plain, sides, strict=True)]


class _Uprights:
    """The upright rules of a page, from left to right."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = sorted((r for r in rules if r.bottom - r.top > r.x1 - r.x0), key=lambda r: r.x0)
        self._x0 = [rule.x0 for rule in self._rules]

    def between(self, last: Char, char: Char) -> bool:
        """Whether one stands between two characters of a line; their boxes may touch it."""
        from_x, to_x, middle = (last.x0 + last.x1) / 2, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        near = self._rules[bisect_left(self._x0, from_x) : bisect_right(self._x0, to_x)]
        return any(rule.top < middle < rule.bottom for rule in near)

    def after(self, x: Numbers, middle: Numbers) -> Flags:
        """Return which neighbouring points, given from left to right on their line, one stands between."""
        found = np.zeros(max(len(x) - 1, 0), dtype=np.bool_)
        for rule in self._rules:
            found |= (x[:-1] <= rule.x0) & (rule.x0 <= x[1:]) & (rule.top < middle[1:]) & (middle[1:] < rule.bottom)
        return found


def _runs(chars: Chars, uprights: _Uprights) -> list[Sequence[int]]:
    """Part characters, in content order, where the next one stands on another line, jumps, or is cut off by a rule."""
    if not len(chars):
        return []
    doubled = _doubled(chars)
    places = np.flatnonzero(~doubled)
    x0, top, x1, bottom, sizes = (side[places] for side in (chars.x0, chars.top, chars.x1, chars.bottom, chars.sizes))
    large, small = np.maximum(sizes[1:], sizes[:-1]), np.minimum(sizes[1:], sizes[:-1])
    overlap = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    low = np.minimum((bottom - top)[1:], (bottom - top)[:-1])
    follows = (overlap >= _SAME_LINE_OVERLAP * low) & (large <= _SAME_SIZE * small)
    follows &= (x0[1:] - x1[:-1] <= WIDE_GAP * large) & (x0[1:] >= x0[:-1] - _BACKWARDS * large)
    follows &= ~uprights.after((x0 + x1) / 2, (top + bottom) / 2)
    goes_back = set((np.flatnonzero(follows & (x0[1:] < x0[:-1])) + 1).tolist())
    edges = [0, *(np.flatnonzero(~follows) + 1).tolist(), len(places)]
    if not goes_back and len(places) == len(chars):
        return [range(start, end) for start, end in pairwise(edges)]
    runs: list[Sequence[int]] = []
    for start, end in pairwise(edges):
        run = places[start:end]
        if not goes_back.isdisjoint(range(start, end)):
            run = run[np.argsort(chars.x0[run], kind="stable")]
        runs.append(run.tolist())
    return runs


def _doubled(chars: Chars) -> Flags:
    """Return which characters say again, at nearly the same place, what the one before them does."""
    near = _DOUBLED * chars.sizes[1:]
    x, y = np.abs(np.diff(chars.x0)), np.abs(np.diff(chars.top))
    doubled = np.zeros(len(chars), dtype=np.bool_)
    for at in (np.flatnonzero((x < near) & (y < near)) + 1).tolist():
        doubled[at] = chars.text[at] == chars.text[at - 1] and _is_doubled(chars.one(at - 1), chars.one(at))
    return doubled


def _follows(last: Char, char: Char, uprights: _Uprights) -> bool:
    """Whether `char` stands on the line of `last`, next to it."""
    if not on_one_line(last, char):
        return False
    size = max(last.look.size, char.look.size)
    if char.x0 - last.x1 > WIDE_GAP * size or char.x0 < last.x0 - _BACKWARDS * size:
        return False
    return not uprights.between(last, char)


def on_one_line(last: Char, char: Char) -> bool:
    """Whether two neighbours share enough of their height: raised letters do, those of the next line do not."""
    overlap = min(last.bottom, char.bottom) - max(last.top, char.top)
    small, large = sorted((last.look.size, char.look.size))
    low = min(last.bottom - last.top, char.bottom - char.top)
    return overlap >= _SAME_LINE_OVERLAP * low and large <= _SAME_SIZE * small


def _is_doubled(one: Char, other: Char) -> bool:
    if one.look is other.look and one[1:5] == other[1:5]:
        return False  # both letters of a ligature have its box
    near = _DOUBLED * one.look.size
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near


def _rejoined(source: Chars, fragments: list[Fragment], uprights: _Uprights) -> list[Fragment]:
    """Take out what is printed twice, and put runs of one line together that the content prints apart."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    kept: dict[int, Fragment] = {}
    for number, fragment in enumerate(fragments):
        at = number
        rest: Fragment | None = fragment
        while rest is not None:
            near = {n for band in _bands_of(rest) for n in bands[band] if n in kept}
            for other in sorted(near):
                rest = _without_doubles(source, rest, kept[other])
                if rest is None:
                    break
                together = _together(source, kept[other], rest, uprights)
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


def _without_doubles(source: Chars, fragment: Fragment, other: Fragment) -> Fragment | None:
    """Return what is left of a fragment without the letters that `other` has at the same place; None where nothing is.

    Letters that two fragments share by chance stay: only where most of them are doubled were they printed twice.
    """
    near = _DOUBLED * max(fragment.look.size, other.look.size)
    if fragment.x0 > other.x1 or other.x0 > fragment.x1 or abs(fragment.top - other.top) > near:
        return fragment
    here: defaultdict[str, list[Char]] = defaultdict(list)
    for char in other.chars:
        here[char.text].append(char)
    single = [char.number for char in fragment.chars if not any(_is_doubled(char, twin) for twin in here[char.text])]
    if 2 * len(single) >= len(fragment):
        return fragment
    return Fragment.of(source, single) if single else None


def _together(source: Chars, one: Fragment, other: Fragment, uprights: _Uprights) -> Fragment | None:
    """Return two neighbours of one line as one fragment, or None where they are not."""
    left, right = (one, other) if one.x0 <= other.x0 else (other, one)
    slack = _OVERLAP * right.look.size
    if left.bottom <= right.top or right.bottom <= left.top:
        return None
    if right.x0 > left.x1 + WIDE_GAP * max(left.look.size, right.look.size, source.looks[right.indices[0]].size):
        return None
    if right.x0 > left.x1 - slack:
        follows = _follows(left.last, right.first, uprights)
        return Fragment.of(source, [*left.indices, *right.indices]) if follows else None
    if right.x1 > left.x1:
        return None
    middles = ((source.x0 + source.x1) / 2)[list(left.indices)]
    at = int(np.searchsorted(middles, right.x0))
    if at == 0 or at == len(left):
        return None
    before, first, final, after = source.at(
        (left.indices[at - 1], right.indices[0], right.indices[-1], left.indices[at])
    )
    if before.x1 > right.x0 + slack or after.x0 < right.x1 - slack:
        return None
    if not on_one_line(before, first) or not on_one_line(final, after):
        return None
    return Fragment.of(source, [*left.indices[:at], *right.indices, *left.indices[at:]])
