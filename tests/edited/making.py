"""Make by a seed an annex and its edited next version, with what was done to it."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ParamSpec, TypeVar

from edited.annexes import NAMES, Annex, Project, sample
from edited.factual import change_fact
from edited.shaping import merged, other_title, split
from edited.truths import FactEdit, Group, Shape
from edited.wordings import prepared, reword

_TRIES = 6
_FACTS, _WORDS = 0.55, 0.6
"""How often facts of a project change, and how often it is reworded."""
_OF_FACTS = frozenset({"notation", "other name"})
"""Rewordings of facts themselves, which are not done where facts change: both would be told as one."""

Done = TypeVar("Done")
Given = ParamSpec("Given")


@dataclass(frozen=True)
class Made:
    """An annex before and after, with the known truth."""

    seed: int
    old: Annex
    new: Annex
    width: int
    """Of the lines of the new text."""
    groups: list[Group] = field(default_factory=list)
    """Each project of either side stands in one, by its number from 0."""


def make(seed: int, *, facts: bool = True) -> Made:
    """Make an annex and its edited next version.

    Parameters
    ----------
    facts
        Whether facts change as well; else all that changes is wording, titles, places and boundaries.
    """
    chance = random.Random(seed)  # noqa: S311  # no secret
    base = sample(NAMES[seed % len(NAMES)])
    names = {name for own in base.aliases for name in own} | {f.words for p in base.projects for f in p.facts()}
    projects = [prepared(project, chance, names) for project in base.projects]
    old = replace(base, projects=tuple(projects))
    groups = [Group((number,)) for number in range(len(projects))]
    now: list[tuple[Group, list[Project]]] = [(group, [own]) for group, own in zip(groups, projects, strict=True)]
    for shape in _shapes(len(projects), chance):
        now = _shaped(now, shape, chance, seed)
    made: list[tuple[Group, list[Project]]] = []
    for group, own in now:
        if group.old and own:
            own = [_worded(one, group, base, chance, names, facts=facts) for one in own]
        made.append((group, own))
    headings = [project.heading for project in projects]
    chapters = {number: project.chapter for number, project in enumerate(projects)}
    flat: list[Project] = []
    for group, own in made:
        group.new = tuple(range(len(flat), len(flat) + len(own)))
        flat += own
    flat = [
        replace(one, heading=_heading(headings, number), chapter=chapters.get(number, ()))
        for number, one in enumerate(flat)
    ]
    new = replace(base, projects=tuple(flat))
    width = chance.choice([60, 78, 90, 100, 120])
    return Made(seed, old, new, width, [group for group, _ in made] + [g for g in groups if g.shapes == ["ended"]])


def _heading(headings: list[str | None], number: int) -> str | None:
    """Return what stands in front of the title of a project at a place: numbers go with the place, not the project."""
    if number < len(headings):
        return headings[number]
    last = headings[-1]
    return (
        None
        if last is None
        else re.sub(r"(\d+)(?=\D*$)", lambda found: str(int(found[1]) + 1 + number - len(headings)), last)
    )


def _shapes(count: int, chance: random.Random) -> list[Shape]:
    """Return the edits of titles, places and boundaries of one annex: several at once, never too many for its size."""
    often: list[tuple[Shape, int, float]] = [
        ("renamed", 2, 0.9), ("moved", 2, 0.9), ("split", 2, 0.8), ("merged", 2, 0.8),
        ("ended", 1, 0.6), ("added", 1, 0.6),
    ]  # fmt: skip
    if count < 8:
        often = chance.sample(often, 3)
    chosen: list[Shape] = [shape for shape, most, share in often for _ in range(most) if chance.random() < share]
    return chosen


Now = list[tuple[Group, list[Project]]]


def _shaped(now: Now, shape: Shape, chance: random.Random, seed: int) -> Now:
    """Do one edit to a project to which none was done yet; as it was where it cannot be done."""
    free = [number for number, (group, _) in enumerate(now) if not group.shapes]
    for _ in range(_TRIES):
        if len(free) < 3:
            return now
        at = chance.choice(free)
        group, [project] = now[at]
        if shape == "added":
            return _with_added(now, chance, seed)
        if shape == "renamed":
            title = other_title(project.title, chance)
            if any(title == one.title for _, own in now for one in own):
                continue
            changed = _retitled(project, title)
            group.shapes.append(shape)
            return [*now[:at], (group, [changed]), *now[at + 1 :]]
        if shape == "moved":
            places = [place for place in range(len(now)) if abs(place - at) > 1]
            if not places or (project.heading is None) != (now[at][1][0].heading is None):
                continue
            group.shapes.append(shape)
            rest = [*now[:at], *now[at + 1 :]]
            rest.insert(chance.choice(places), (group, [project]))
            return rest
        if shape == "split" and (parts := split(project, chance)) and parts[0].title != parts[1].title:
            group.shapes.append(shape)
            return [*now[:at], (group, list(parts)), *now[at + 1 :]]
        if shape == "merged":
            others = [n for n in free if n != at and (chance.random() < 0.3 or abs(n - at) == 1)]
            if others and (one := merged(project, now[other := chance.choice(others)][1][0], chance)):
                both = Group(tuple(sorted((*group.old, *now[other][0].old))), shapes=[shape])
                return [(both, [one]) if n == at else entry for n, entry in enumerate(now) if n != other]
        if shape == "ended":
            group.shapes.append(shape)
            return [entry for n, entry in enumerate(now) if n != at]
    return now


def _retitled(project: Project, title: str) -> Project:
    if project.heading is not None:
        return replace(project, title=title)
    first = project.blocks[0]
    title_field = next(one for one in first.sentences if "<title>" in one.text)
    said = title_field.said(re.sub(r"(:= ).*", lambda found: found[1] + title, title_field.text))
    return replace(project.replaced(title_field, said), title=title)


def _with_added(now: Now, chance: random.Random, seed: int) -> Now:
    """Add a project of another annex."""
    is_field = now[0][1][0].heading is None
    other = sample(chance.choice([n for n in NAMES[:6] if n[:6] != NAMES[seed % len(NAMES)][:6]]))
    if is_field:
        return now
    project = replace(chance.choice(other.projects), chapter=(), heading="# ")
    at = chance.randint(0, len(now))
    return [*now[:at], (Group((), shapes=["added"]), [project]), *now[at:]]


def _worded(
    project: Project, group: Group, annex: Annex, chance: random.Random, names: set[str], *, facts: bool
) -> Project:
    """Change facts of a project and reword it, or one of both, or neither."""
    edits: list[FactEdit] = []
    if facts and chance.random() < _FACTS:
        for _ in range(chance.randint(1, 3)):
            done = _first(change_fact, project, chance, names)
            if done is not None:
                project = done[0]
                edits = _chained([*edits, *done[1]])
    group.facts += edits
    if chance.random() < _WORDS:
        for _ in range(chance.randint(1, 4)):
            worded = _first(reword, project, annex, chance)
            if worded is not None and not (edits and worded[1] in _OF_FACTS):
                project = worded[0]
                group.wordings.append(worded[1])
    return project


def _first(edit: Callable[Given, Done | None], *given: Given.args, **named: Given.kwargs) -> Done | None:
    """Return what an edit first gives, of some tries."""
    return next((done for _ in range(_TRIES) if (done := edit(*given, **named)) is not None), None)


def _chained(edits: list[FactEdit]) -> list[FactEdit]:
    """Return edits of which those that went on with what another had made are one."""
    kept: list[FactEdit] = []
    for edit in edits:
        before = next(
            (
                n
                for n, one in enumerate(kept)
                if one.new is not None and (one.new_sentence, one.new) == (edit.old_sentence, edit.old)
            ),
            None,
        )
        if before is None:
            kept.append(edit)
        else:
            first = kept.pop(before)
            if first.old is not None or edit.new is not None:
                kept.append(replace(edit, subject=first.subject, old=first.old, old_sentence=first.old_sentence))
    return kept
