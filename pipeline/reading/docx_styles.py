"""What the styles and lists of a Word file make of a paragraph: outline level, look, and its printed number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_TITLES = frozenset({"title", "titel"})
_HEADINGS = ("heading ", "kop ")
_CONTENTS = ("toc ", "inhopg ")
_BODY_LEVEL = 9
"""The outline level that stands for running text (ECMA-376-1, 17.3.1.20)."""
_BULLET = "-"
_MOST = 32_767
"""Word counts no list further, and no cell or letter is larger: what a file says beyond that is nonsense."""
_ROMANS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def qn(name: str) -> str:
    """Return a name such as ``w:p`` with its namespace written out, as lxml has it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph is printed, where its runs do not say otherwise."""

    outline: int | None
    """Level of a heading from 1, 0 for a title, None for running text."""
    size: float | None
    """In points."""
    bold: bool
    italic: bool
    is_contents: bool
    """Whether it is a line of a table of contents."""


class Styles:
    """The paragraph styles of a file, inheritance resolved (ECMA-376-1, 17.7)."""

    def __init__(self, root: BaseOxmlElement | None) -> None:
        self._styles: dict[str, BaseOxmlElement] = {}
        self._default: str | None = None
        self.size = 10.0
        """Size of the text where no style names one, in points."""
        for style in root.iter(qn("w:style")) if root is not None else ():
            name = style.get(qn("w:styleId")) or ""
            self._styles[name] = style
            if style.get(qn("w:type")) == "paragraph" and _is_on(style, "w:default", attribute=True):
                self._default = name
        if root is not None and (size := root.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}")) is not None:
            self.size = _half_points(size) or self.size

    def look(self, paragraph: BaseOxmlElement) -> ParagraphLook:
        """Return what a paragraph's own properties and its style, and what that is based on, say of it."""
        chain = list(self._chain(paragraph))
        names = [_value(style.find(qn("w:name"))).casefold() for style in chain]
        outline = self._outline(paragraph, chain, names)
        sizes = (_half_points(size) for style in chain if (size := _run_property(style, "w:sz")) is not None)
        return ParagraphLook(
            outline,
            next((size for size in sizes if size), None),
            bold=_first_toggle(chain, "w:b"),
            italic=_first_toggle(chain, "w:i"),
            is_contents=any(name.startswith(_CONTENTS) for name in names),
        )

    def numbering(self, paragraph: BaseOxmlElement) -> BaseOxmlElement | None:
        """Return the ``w:numPr`` that holds for a paragraph, its own or that of its style."""
        for element in (paragraph, *self._chain(paragraph)):
            found: BaseOxmlElement | None = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                return found
        return None

    def _chain(self, paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = _value(named) or self._default
        seen: set[str] = set()
        while name and name not in seen and name in self._styles:
            seen.add(name)
            style = self._styles[name]
            yield style
            name = _value(style.find(qn("w:basedOn")))

    @staticmethod
    def _outline(paragraph: BaseOxmlElement, chain: list[BaseOxmlElement], names: list[str]) -> int | None:
        for element in (paragraph, *chain):
            level = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if level is not None and (depth := whole(level)) is not None:
                return depth + 1 if depth < _BODY_LEVEL else None
        for name in names:
            if name in _TITLES:
                return 0
            for start in _HEADINGS:
                if name.startswith(start) and name[len(start) :].isdigit():
                    return int(name[len(start) :])
        return None


class Numbers:
    """Counts the lists of a file, and gives each item what is printed before it (ECMA-376-1, 17.9)."""

    def __init__(self, root: BaseOxmlElement | None) -> None:
        self._levels: dict[str, dict[int, BaseOxmlElement]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._list_of: dict[str, str] = {}
        if root is None:
            return
        for abstract in root.iter(qn("w:abstractNum")):
            levels = {whole(level, "w:ilvl") or 0: level for level in abstract.iter(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId")) or ""] = levels
        for number in root.iter(qn("w:num")):
            self._list_of[number.get(qn("w:numId")) or ""] = _value(number.find(qn("w:abstractNumId")))

    def label(self, numbering: BaseOxmlElement | None) -> str:
        """Return what is printed before the next item of a list, such as ``2.1`` or ``-``; empty outside of lists."""
        if numbering is None:
            return ""
        levels = self._levels.get(self._list_of.get(_value(numbering.find(qn("w:numId"))), ""), {})
        depth = whole(numbering.find(qn("w:ilvl"))) or 0
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts[self._list_of[_value(numbering.find(qn("w:numId")))]]
        counts[depth] = counts.get(depth, _start(level) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if _format(level) == "bullet":
            return _BULLET
        text = _value(level.find(qn("w:lvlText")))
        for place in range(depth + 1):
            above = levels.get(place)
            if above is not None:
                text = text.replace(f"%{place + 1}", _printed(counts.get(place, _start(above)), _format(above)))
        return text


def _format(level: BaseOxmlElement) -> str:
    return _value(level.find(qn("w:numFmt"))) or "decimal"


def _start(level: BaseOxmlElement) -> int:
    start = whole(level.find(qn("w:start")))
    return 1 if start is None else start


def _printed(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if number > 0:
            return _roman(number).upper() if form == "upperRoman" else _roman(number)
        case "none":
            return ""
        case _:
            return str(number)


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMANS:
        printed += letters * (number // value)
        number %= value
    return printed


def run_look(run: BaseOxmlElement, paragraph: ParagraphLook) -> tuple[float | None, bool, bool]:
    """Return size in points (None where it is the file's usual one), bold and italic of a run of a paragraph."""
    size = _run_property(run, "w:sz")
    bold, italic = _run_property(run, "w:b"), _run_property(run, "w:i")
    return (
        (_half_points(size) if size is not None else None) or paragraph.size,
        paragraph.bold if bold is None else _is_on(bold, "w:val"),
        paragraph.italic if italic is None else _is_on(italic, "w:val"),
    )


def _run_property(element: BaseOxmlElement, name: str) -> BaseOxmlElement | None:
    found: BaseOxmlElement | None = element.find(f"{qn('w:rPr')}/{qn(name)}")
    return found


def _first_toggle(chain: list[BaseOxmlElement], name: str) -> bool:
    for style in chain:
        found = _run_property(style, name)
        if found is not None:
            return _is_on(found, "w:val")
    return False


def _is_on(element: BaseOxmlElement, name: str, *, attribute: bool = False) -> bool:
    """Whether an on-off property holds: named without a value it does, but an attribute must be there."""
    value = element.get(qn(name))
    return not attribute if value is None else value in {"1", "true", "on"}


def _half_points(element: BaseOxmlElement) -> float | None:
    value = whole(element)
    return None if value is None else value / 2


def whole(element: BaseOxmlElement | None, name: str = "w:val") -> int | None:
    """Return the whole number, from 0, that an attribute of an element holds; None where it holds something else."""
    value = (element.get(qn(name)) or "") if element is not None else ""
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(_MOST))
    return int(value) if is_number and int(value) <= _MOST else None


def _value(element: BaseOxmlElement | None) -> str:
    return (element.get(qn("w:val")) or "") if element is not None else ""
