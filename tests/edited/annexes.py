"""A marked-up sample as projects of blocks of sentences, to be edited and written out as the text of an annex."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count, pairwise
from pathlib import Path

import yaml

from samples.markup import parse_annex
from samples.plain import plain_text
from samples.setting import Setting

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = (
    "digitale-overheid-2023",
    "leesoffensief-2022",
    "schuldenvrij-2022",
    "schuldenvrij-2023",
    "schuldenvrij-2024",
    "waterveiligheid-2025",
    "forms/onderweg-2024",
    "forms/preventie-in-de-buurt-proza-2024",
    "forms/leren-in-de-techniek-2024",
    "forms/terugkeer-en-herstel-2024",
)
"""Samples whose projects stand under headings or in key-value blocks, and in no overview beside."""
MARK = re.compile(r'\[([^\[\]]*)\]\(((?:[^()"\[\]{}]|"[^"]*")*)\)')
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%’\]][.!?])\s+(?=[A-Z\[‘“])")
_FIELD = re.compile(r"^[^:=\n]+ :=", re.MULTILINE)
_TITLE_FIELD = re.compile(r"<title>\s*:=\s*(.*)")
_DAMAGE = re.compile(r"\{([^{}<>\[\]]+)>[^{}<>\[\]]+\}")
_NOTE = re.compile(r"\^\[[^\[\]{}]*\]")
_ITEM = re.compile(r"^(?:[-•]|\w{1,2}[.)])\s")
_ids = count(1)


@dataclass(frozen=True)
class Fact:
    """Some marked words."""

    kind: str
    """`org`, `loc`, `date` or the kind of a figure."""
    words: str
    says: str
    """All that the mark says, by which two are of the same thing."""
    start: int
    end: int
    """Where the whole mark stands in its sentence."""

    @property
    def name(self) -> str:
        """What an organisation is called in full."""
        named = re.match(r'org=(?:"([^"]*)"|(\S+))', self.says)
        return (named[1] or named[2]) if named else self.words


@dataclass(frozen=True)
class Sentence:
    """A sentence with its marks; it keeps its number whatever is done to it."""

    text: str
    number: int = field(default_factory=lambda: next(_ids))

    def facts(self) -> list[Fact]:
        """Return what is marked, in order."""
        found = []
        for mark in MARK.finditer(self.text):
            kind = re.split(r"[=\s]", mark[2], maxsplit=1)[0]
            found.append(Fact(kind, " ".join(mark[1].split()), mark[2], mark.start(), mark.end()))
        return found

    @property
    def printed(self) -> str:
        """The words as they will stand in the text, joined by single spaces."""
        return " ".join(printed(_NOTE.sub("", self.text)).split())

    def said(self, text: str) -> "Sentence":
        """Return it with other words."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Block:
    """A paragraph, an item, a block of fields, or what is left as it is."""

    kind: str
    sentences: tuple[Sentence, ...]

    @property
    def marked_up(self) -> str:
        """The block as the markup has it."""
        return ("\n" if self.kind == "fields" else " ").join(one.text for one in self.sentences)


@dataclass(frozen=True)
class Project:
    """A project; `heading` is the markup in front of its title, None where a field has the title."""

    title: str
    heading: str | None
    blocks: tuple[Block, ...]
    chapter: tuple[str, ...] = ()
    """Blocks in front of it that belong to no project."""

    def sentences(self) -> Iterator[Sentence]:
        """Give its sentences in order."""
        for block in self.blocks:
            yield from block.sentences

    def prose(self) -> list[int]:
        """Return the numbers of its paragraphs."""
        return [number for number, block in enumerate(self.blocks) if block.kind == "prose"]

    def facts(self) -> list[Fact]:
        """Return all that is marked in it."""
        return [fact for sentence in self.sentences() for fact in sentence.facts()]

    def replaced(self, old: Sentence, *new: Sentence) -> "Project":
        """Return it with other sentences in the place of one."""
        blocks = []
        for block in self.blocks:
            kept = [n for one in block.sentences for n in (new if one.number == old.number else (one,))]
            if kept:
                blocks.append(replace(block, sentences=tuple(kept)))
        return replace(self, blocks=tuple(blocks))

    def with_block(self, number: int, *blocks: Block) -> "Project":
        """Return it with other blocks in the place of one."""
        return replace(self, blocks=(*self.blocks[:number], *blocks, *self.blocks[number + 1 :]))


@dataclass(frozen=True)
class Annex:
    """An annex as it can be edited."""

    name: str
    head: str
    """The YAML head and all in front of the first project."""
    projects: tuple[Project, ...]
    tail: str
    """What stands after the last project."""
    aliases: tuple[tuple[str, ...], ...]
    """Names of each organisation of the head, the full one first."""

    def text(self, width: int | None = None) -> str:
        """Return the annex as a text file has it, in lines of the width that its head says or another."""
        parts = [self.head]
        for project in self.projects:
            parts += project.chapter
            if project.heading is not None:
                parts.append(f"{project.heading}{project.title}")
            parts += [block.marked_up for block in project.blocks]
        marked = printed("\n\n".join([*parts, self.tail]).rstrip() + "\n")
        if width is not None:
            marked = re.sub(r"width: \d+", f"width: {width}", marked, count=1)
        source = parse_annex(marked, self.name)
        return plain_text(source, Setting.of(source.head.look, source.name).furniture)


def printed(text: str) -> str:
    """Return marked-up words as they are printed: without marks, with the damage that the page has."""
    return _DAMAGE.sub(r"\1", MARK.sub(r"\1", text))


@cache
def sample(name: str) -> Annex:
    """Return a sample as it can be edited."""
    content = (SAMPLES / f"{name}.annex.md").read_text(encoding="utf-8")
    _, head, body = content.split("---\n", 2)
    chunks = _chunks(body)
    first = next(number for number, chunk in enumerate(chunks) if _title_of(chunk))
    while first and chunks[first - 1].startswith("#!") and first > 1:
        first -= 1
    projects: list[Project] = []
    waiting: list[str] = []
    for chunk in chunks[first:]:
        title = _title_of(chunk)
        if title and chunk.startswith("# "):
            before, bar, words = chunk[2:].rpartition(" | ")
            projects.append(Project(" ".join(words.split()), f"# {before}{bar}", (), tuple(waiting)))
            waiting = []
        elif title:
            projects.append(Project(title, None, (_block(chunk),), tuple(waiting)))
            waiting = []
        elif chunk.startswith("#!") or waiting:
            waiting.append(chunk)
        else:
            projects[-1] = replace(projects[-1], blocks=(*projects[-1].blocks, _block(chunk)))
    before = "\n\n".join(chunks[:first])
    return Annex(name, f"---\n{head}---\n\n{before}", tuple(projects), "\n\n".join(waiting), tuple(_aliases(head)))


def _chunks(body: str) -> list[str]:
    """Return the blocks of a body; a fenced one is one."""
    chunks: list[str] = []
    fenced: list[str] = []
    for chunk in re.split(r"\n\s*\n", body.strip()):
        if fenced or chunk.startswith("::: "):
            fenced.append(chunk)
            if chunk.rstrip().endswith("\n:::") or chunk.strip() == ":::":
                chunks.append("\n\n".join(fenced))
                fenced = []
        elif chunk.strip() != "<<<":
            chunks.append(chunk.strip())
    return chunks


def _title_of(chunk: str) -> str | None:
    if chunk.startswith("# "):
        return chunk[2:]
    if chunk.startswith("::: fields") and (found := _TITLE_FIELD.search(chunk)):
        return found[1].strip()
    return None


def _block(chunk: str) -> Block:
    if chunk.startswith("::: fields"):
        starts = [0, *(one.start() for one in _FIELD.finditer(chunk)), chunk.rindex(":::")]
        parts = [chunk[a:b].rstrip("\n") for a, b in zip(starts, [*starts[1:], None], strict=True)]
        parts[0] += "\n"
        parts[-2] += "\n"
        return Block("fields", tuple(Sentence(part) for part in parts))
    if chunk.startswith(("::: ", "#")):
        return Block("other", (Sentence(chunk),))
    text = " ".join(chunk.split())
    hidden = MARK.sub(lambda mark: "[" + "x" * (len(mark[0]) - 2) + "]", text)
    hidden = _NOTE.sub(lambda note: "x" * len(note[0]), hidden)
    cuts = [0, *(end.end() for end in _SENTENCE_END.finditer(hidden)), len(text)]
    parts = [text[a:b].strip() for a, b in pairwise(cuts)]
    return Block("item" if _ITEM.match(text) else "prose", tuple(Sentence(part) for part in parts))


def _aliases(head: str) -> Iterator[tuple[str, ...]]:
    for name, others in (yaml.safe_load(head).get("organisations") or {}).items():
        yield (str(name), *(str(one) for one in others))
