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
_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
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
    """Read one marked-up line, ``De [GGD Fryslân](org health) …``; raises `CorpusError` on a wrong mark."""
    plain: list[str] = []
    names: list[Name] = []
    at = length = 0
    for match in _MARK.finditer(line):
        before, words = line[at : match.start()], match[1]
        label, _, kind = match[2].partition(" ")
        if label not in LABELS:
            raise CorpusError(f"no such label: {match[2]!r}")
        if (kind not in KINDS) if label == "org" else kind:
            raise CorpusError(f"an org needs one of the kinds, the others none: {match[0]!r}")
        if words != words.strip():
            raise CorpusError(f"a space at the edge of a mark: {match[0]!r}")
        start = length + len(before)
        length = start + len(words)
        plain += [before, words]
        names.append(Name(start, length, label, kind or None))  # type: ignore[arg-type]  # checked above
        at = match.end()
    plain.append(line[at:])
    text = "".join(plain)
    if "](" in text or "[" in text or "]" in text:
        raise CorpusError("brackets that make no mark")
    return Sentence(text, tuple(names))


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
