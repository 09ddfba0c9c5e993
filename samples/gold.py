"""Turn a marked-up annex into gold: what a perfect record of each of its projects holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samples.attributes import FIGURES, numbers_of, units_of
from samples.markup import AnnexSource, Block, BlockKind, Damage, Mark, MarkupError, Piece
from samples.names import Names, fold, without_article

Json = dict[str, object]


@dataclass
class _Project:
    heading: Block
    blocks: list[Block] = field(default_factory=list)

    def marks(self) -> Iterator[tuple[Block, Mark, str]]:
        for block in [self.heading, *self.blocks]:
            for mark in block.piece.marks:
                yield block, mark, block.piece.words(mark)


def gold_of(source: AnnexSource) -> Json:
    """Make the gold of an annex.

    Parameters
    ----------
    source : AnnexSource
        The annex as annotated.

    Returns
    -------
    dict[str, object]
        Ready for JSON, its keys in the order of the other gold files.

    Raises
    ------
    MarkupError
        If marks stand where no project is, or contradict each other.
    """
    projects = _projects(source)
    names = _names(source, projects)
    head = source.head
    return {
        "document": head.document,
        "annex": {"label": head.label, "title": source.title.plain, "period": head.period},
        "projects": [_project(source, number, project, names) for number, project in enumerate(projects, start=1)],
        "repairs": _repairs([source.title, *(block.piece for block in source.blocks)]),
    }


def _projects(source: AnnexSource) -> list[_Project]:
    projects: list[_Project] = []
    inside = False
    for block in source.blocks:
        if block.kind is BlockKind.PROJECT:
            projects.append(_Project(block))
            inside = True
        elif block.kind is BlockKind.CHAPTER:
            inside = False
        elif inside:
            projects[-1].blocks.append(block)
        elif block.piece.marks:
            message = f"a mark outside of any project: {block.piece.words(block.piece.marks[0])!r}"
            raise _error(source, block, message)
    for project in projects:
        if not any(block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} for block in project.blocks):
            raise _error(source, project.heading, "a project without text; a chapter is written '#!'")
    return projects


def _names(source: AnnexSource, projects: list[_Project]) -> Names:
    names = Names(source.head.organisations)
    for project in projects:
        for block, mark, words in project.marks():
            if mark.kind == "org":
                try:
                    names.add(words, mark.value)
                except ValueError as error:
                    raise _error(source, block, str(error)) from error
    return names


def _project(source: AnnexSource, number: int, project: _Project, names: Names) -> Json:
    title = project.heading.piece
    marks = list(project.marks())
    return {
        "ordinal": number,
        "title": title.plain,
        "aliases_title": [title.printed] if title.printed != title.plain else [],
        "organisations": _organisations(marks, names),
        "locations": _locations(source, marks),
        "dates": [_date(mark, words) for _, mark, words in marks if mark.kind == "date"],
        "figures": [_figure(mark, words) for _, mark, words in marks if mark.kind in FIGURES],
    }


def _organisations(marks: list[tuple[Block, Mark, str]], names: Names) -> list[Json]:
    found: dict[str, list[tuple[Mark, str]]] = {}
    for _, mark, words in marks:
        if mark.kind == "org":
            found.setdefault(names.canonical(words, mark.value), []).append((mark, words))
    return [_organisation(name, mentions, names) for name, mentions in found.items()]


def _organisation(name: str, mentions: list[tuple[Mark, str]], names: Names) -> Json:
    roles = [role for mark, _ in mentions for role in mark.attributes.get("role", "").split(",") if role]
    platform = any("kind" in mark.attributes for mark, _ in mentions)
    organisation: Json = {
        "name": name,
        "aliases": names.others(name),
        "mentions": [words for _, words in mentions],
        "roles": list(dict.fromkeys(roles)),
        # The guidelines make every platform optional, whether or not its mark says so.
        "optional": platform or all(mark.optional for mark, _ in mentions),
    }
    return organisation | ({"kind": "platform"} if platform else {})


def _locations(source: AnnexSource, marks: list[tuple[Block, Mark, str]]) -> list[Json]:
    # A province and a town may share a name (Utrecht, Groningen): the kind is part of what it is.
    found: dict[tuple[str, str], list[tuple[str, Mark, str]]] = {}
    for block, mark, words in marks:
        if mark.kind == "loc":
            kind = mark.attributes.get("kind")
            if kind is None:
                message = f"a location needs its kind: {words!r}"
                raise _error(source, block, message)
            name = without_article(mark.value or words)
            found.setdefault((fold(name), kind), []).append((name, mark, words))
    return [
        {
            "name": mentions[0][0],
            "kind": kind,
            "mentions": [words for _, _, words in mentions],
            "optional": all(mark.optional for _, mark, _ in mentions),
        }
        for (_, kind), mentions in found.items()
    ]


def _date(mark: Mark, words: str) -> Json:
    return {
        "text": words,
        "edtf": mark.value,
        "modifier": mark.attributes.get("modifier"),
        "role": mark.attributes.get("role"),
        "optional": mark.optional,
        "part": mark.attributes.get("part"),
    }


def _figure(mark: Mark, words: str) -> Json:
    value, value_max = numbers_of(mark.value or "")
    return {
        "text": words,
        "kind": mark.kind,
        "value": value,
        "value_max": value_max,
        "units": units_of(mark.kind, mark.attributes),
        "comparator": mark.attributes.get("cmp", "="),
        "optional": mark.optional,
    }


def _repairs(pieces: list[Piece]) -> list[Json]:
    words = dict.fromkeys(_damaged_word(piece, damage) for piece in pieces for damage in piece.damage)
    return [{"raw": raw, "repaired": repaired} for raw, repaired in words]


def _damaged_word(piece: Piece, damage: Damage) -> tuple[str, str]:
    """Widen damage to the whole words that it stands in, as a repair is of a word."""
    before = re.compile(r"\w*$")
    after = re.compile(r"\w*")

    def widened(text: str, start: int, end: int) -> str:
        left = before.search(text, 0, start)
        right = after.match(text, end)
        return text[left.start() if left else start : right.end() if right else end]

    return (
        widened(piece.printed, damage.printed_start, damage.printed_end),
        widened(piece.plain, damage.start, damage.end),
    )


def _error(source: AnnexSource, block: Block, message: str) -> MarkupError:
    return MarkupError(message, where=f"{source.name}:{block.line}")
