"""The training text: passages of our own, marked up, one file a field of policy, and how alike two sentences are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pipeline.register import OrganisationKind

Label = Literal["org", "loc", "per", "programme", "law", "plan", "title", "function", "group", "product", "geo"]
"""What a name is: the first three are what a model is to find, the others what it must not take for them."""
Form = Literal["prose", "letter", "cells", "fields", "heading", "ocr"]

TEXT = Path(__file__).parent / "text"
LABELS = frozenset(get_args(Label))
FORMS = frozenset(get_args(Form))
KINDS = frozenset(get_args(OrganisationKind))
"""The kinds of organisation of the record contract."""
_ESCAPE = r"\\(?:u([0-9a-f]{4})|([\\\[\]#]))"
_ESCAPED = re.compile(_ESCAPE)
_MARK = re.compile(_ESCAPE + r"|\[((?:[^\[\]\\]|\\.)+)\]\(([^()]*)\)")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_GRAM = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A marked span: code-point offsets into its line, ``end`` exclusive; ``kind`` is that of an organisation."""

    start: int
    end: int
    label: Label
    kind: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a passage: a sentence, a cell, a field or a heading."""

    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other; ``number`` is that of the file of their field."""

    number: str
    field: str
    form: Form
    sentences: tuple[Sentence, ...]


class CorpusError(ValueError):
    """A line of the training text cannot be read; the message names file and line."""


def read_sentence(line: str) -> Sentence:
    r"""Read one marked-up line, ``De [GGD Fryslân](org health) …``; raises `CorpusError` on a wrong mark.

    A letter that would be read as markup stands behind a backslash (``\[``, ``\]``, ``\#``, a backslash itself), one
    that would end the line as its number (``\u000a``).
    """
    plain: list[str] = []
    names: list[Name] = []
    at = length = 0
    for match in _MARK.finditer(line):
        before = _unmarked(line[at : match.start()])
        words = _unescaped(match[3] or match[0])
        start = length + len(before)
        length = start + len(words)
        plain += [before, words]
        if match[3]:
            names.append(_name(match, start, length))
        at = match.end()
    plain.append(_unmarked(line[at:]))
    return Sentence("".join(plain), tuple(names))


def _name(match: re.Match[str], start: int, end: int) -> Name:
    label, _, kind = match[4].partition(" ")
    if label not in LABELS:
        raise CorpusError(f"no such label: {match[4]!r}")
    if (kind not in KINDS) if label == "org" else kind:
        raise CorpusError(f"an org needs one of the kinds, the others none: {match[0]!r}")
    if match[3] != match[3].strip():
        raise CorpusError(f"a space at the edge of a mark: {match[0]!r}")
    return Name(start, end, label, kind or None)  # type: ignore[arg-type]  # checked above


def _unmarked(text: str) -> str:
    if any(letter in text for letter in "[]\\"):
        raise CorpusError("brackets that make no mark, or a backslash that stands for nothing")
    return text


def _unescaped(text: str) -> str:
    if "\\" in _ESCAPED.sub("", text):
        raise CorpusError(f"a backslash that stands for nothing: {text!r}")
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text)


def read_file(path: Path) -> Iterator[Passage]:
    """Give the passages of a file: ``# field``, then blocks between blank lines; ``## form`` holds until the next."""
    field, form = path.stem, "prose"
    block: list[Sentence] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        try:
            if line.startswith("## "):
                form = _form(line[3:].strip())
            elif line.startswith("# "):
                field = line[2:].strip()
            elif line.strip():
                block.append(read_sentence(line.strip()))
                continue
        except CorpusError as error:
            raise CorpusError(f"{path.name}:{number}: {error}") from None
        if block:
            yield Passage(path.stem.partition("-")[0], field, form, tuple(block))  # type: ignore[arg-type]  # checked above
            block = []


def _form(name: str) -> str:
    if name not in FORMS:
        raise CorpusError(f"no such form: {name!r}")
    return name


def read_corpus(folder: Path = TEXT) -> list[Passage]:
    """Return all passages, file by file in the order of their names."""
    return [passage for path in sorted(folder.glob("*.txt")) for passage in read_file(path)]


def own_corpus(folders: Iterable[Path]) -> list[Passage]:
    """Return the passages of folders that ``annex export`` wrote; raises `CorpusError` where one holds none."""
    found: list[Passage] = []
    for folder in folders:
        passages = read_corpus(folder)
        if not passages:
            raise CorpusError(f"{folder}: holds no training text (*.txt)")
        found += passages
    return found


def too_alike(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of texts that share more than half of the word 4-grams of the shorter one."""
    grams: list[tuple[str, set[tuple[str, ...]]]] = []
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    pairs: list[tuple[str, str]] = []
    for text in texts:
        words = _WORD.findall(text.casefold())
        own = {tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)}
        shared: dict[int, int] = defaultdict(int)
        for gram in own:
            for other in where[gram]:
                shared[other] += 1
            where[gram].append(len(grams))
        for other, count in shared.items():
            if 2 * count > min(len(own), len(grams[other][1])):
                pairs.append((grams[other][0], text))
        grams.append((text, own))
    return pairs
