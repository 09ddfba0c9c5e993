"""Turn a marked-up annex into gold: what a perfect record of each of its projects holds."""

import re

from samples.attributes import FIGURES, numbers_of, units_of
from samples.blocks import AnnexSource
from samples.names import Names, fold, without_article
from samples.pieces import Damage, Mark, MarkupError, Piece
from samples.projects import Part, Project, projects_of

Json = dict[str, object]
_Marks = list[tuple[Part, Mark, str]]


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
    projects = projects_of(source)
    names = _names(source, projects)
    head = source.head
    return {
        "document": head.document,
        "annex": {"label": head.label, "title": source.title.plain, "period": head.period},
        "projects": [_project(source, number, project, names) for number, project in enumerate(projects, start=1)],
        "repairs": _repairs([source.title, *(piece for block in source.blocks for piece in block.pieces())]),
    }


def _names(source: AnnexSource, projects: list[Project]) -> Names:
    names = Names(source.head.organisations)
    for project in projects:
        for part, mark, words in project.marks():
            if mark.kind == "org":
                try:
                    names.add(words, mark.value)
                except ValueError as error:
                    raise _error(source, part, str(error)) from error
    return names


def _project(source: AnnexSource, number: int, project: Project, names: Names) -> Json:
    title = project.title
    marks = list(project.marks())
    made: Json = {
        "ordinal": number,
        "title": title.plain,
        "aliases_title": project.other_titles(),
        "organisations": _organisations(marks, names),
        "locations": _locations(source, marks),
        "dates": [_date(mark, words) for _, mark, words in marks if mark.kind == "date"],
        "figures": [_figure(mark, words) for _, mark, words in marks if mark.kind in FIGURES],
    }
    notes = [{"marker": str(note.number), "text": note.text} for part in project.parts for note in part.piece.notes]
    return made | ({"footnotes": notes} if notes else {})


def _organisations(marks: _Marks, names: Names) -> list[Json]:
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


def _locations(source: AnnexSource, marks: _Marks) -> list[Json]:
    # A province and a town may share a name (Utrecht, Groningen): the kind is part of what it is.
    found: dict[tuple[str, str], list[tuple[str, Mark, str]]] = {}
    for part, mark, words in marks:
        if mark.kind == "loc":
            kind = mark.attributes.get("kind")
            if kind is None:
                message = f"a location needs its kind: {words!r}"
                raise _error(source, part, message)
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
    } | ({"as_of": as_of} if (as_of := mark.attributes.get("as_of")) else {})


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


def _error(source: AnnexSource, part: Part, message: str) -> MarkupError:
    return MarkupError(message, where=f"{source.name}:{part.line}")
