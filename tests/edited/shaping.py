"""Edits that give projects another title, place or boundary."""

import random
import re
from dataclasses import replace

from edited.annexes import MARK, Block, Project, Sentence
from edited.chance import lists


def other_title(title: str, chance: random.Random) -> str:
    """Return another title: the old one with something more or less, or one that has nothing of it."""
    bare = MARK.sub(r"\1", title)
    short = re.split(r"[:,(]| – ", bare)[0].strip()
    ways = [
        chance.choice(lists("words")["retitled"]).replace("{title}", short),
        chance.choice(lists("words")["titles"]),
    ]
    if short != bare and len(short) > 8:
        ways.append(short)
    elif len(bare.split()) > 3:
        ways.append(_synonymous(bare, chance))
    new = chance.choice(ways)
    return str(new if new.casefold() != bare.casefold() else ways[0])


def _synonymous(title: str, chance: random.Random) -> str:
    """Return a title with other words for some of it, or without its last word but one."""
    for old, new in chance.sample(pairs := lists("words")["synonyms"], len(pairs)):
        if re.search(rf"\b{old}\b", title):
            return re.sub(rf"\b{old}\b", new, title)
    return f"Aan de slag: {title[0].lower()}{title[1:]}"


def split(project: Project, chance: random.Random) -> tuple[Project, Project] | None:
    """Make two projects of one, each with its part of the text; None where it has too little."""
    flat = [
        (number, s) for number, block in enumerate(project.blocks) if block.kind != "fields" for s in block.sentences
    ]
    if project.heading is None or len(flat) < 6 or any(b.kind in {"fields", "other"} for b in project.blocks):
        return None
    if len(project.prose()) > 1 and chance.random() < 0.5:
        at = next(n for n, (number, _) in enumerate(flat) if number == project.prose()[1])
        at = at if 0.3 < at / len(flat) < 0.7 else len(flat) // 2
    else:
        at = chance.randint(int(len(flat) * 0.38 + 0.99), int(len(flat) * 0.62))
    while at < len(flat) and _is_announced(project, flat, at):
        at += 1
    if at == len(flat):
        return None
    halves = flat[:at], flat[at:]
    bare = MARK.sub(r"\1", project.title)
    short = re.split(r"[:,(]| – ", bare)[0].strip()
    words = lists("words")
    first = chance.choice([bare, bare, short, other_title(project.title, chance)])
    second = chance.choice([chance.choice(words["parts"]).replace("{title}", short), chance.choice(words["titles"])])
    if " en " in short and chance.random() < 0.5:
        first, second = short.split(" en ", 1)
        second = second[0].upper() + second[1:]
    made = []
    for title, half in zip((first, second), halves, strict=True):
        blocks = []
        for number in dict.fromkeys(number for number, _ in half):
            own = tuple(s for n, s in half if n == number)
            kind = project.blocks[number].kind
            blocks.append(Block(kind if kind != "item" else "item", own))
        if chance.random() < 0.5:
            lead = Sentence(chance.choice(words["fillers"]))
            top = blocks[0] if blocks[0].kind == "prose" else Block("prose", ())
            blocks = [replace(top, sentences=(lead, *top.sentences)), *(blocks[1:] if top is blocks[0] else blocks)]
        made.append(replace(project, title=title, blocks=tuple(blocks)))
    return made[0], replace(made[1], chapter=())


def _is_announced(project: Project, flat: list[tuple[int, Sentence]], at: int) -> bool:
    """Say whether a sentence is an item, or follows what announces it: nobody puts a heading into a list.

    A question may be the heading of a part.
    """
    return project.blocks[flat[at][0]].kind == "item" or flat[at - 1][1].text.endswith((":", "?"))


def merged(first: Project, second: Project, chance: random.Random) -> Project | None:
    """Make one project of two; None where one of them is a block of fields."""
    if (
        first.heading is None
        or second.heading is None
        or any(b.kind == "fields" for b in (*first.blocks, *second.blocks))
    ):
        return None
    titles = [re.split(r"[:,(]| – ", MARK.sub(r"\1", one.title))[0].strip() for one in (first, second)]
    title = chance.choice(
        [
            MARK.sub(r"\1", first.title),
            f"{titles[0]} en {titles[1][0].lower()}{titles[1][1:]}",
            chance.choice(lists("words")["titles"]),
        ]
    )
    blocks = [*first.blocks, *second.blocks]
    if chance.random() < 0.5:
        lead = Sentence(chance.choice(lists("words")["fillers"]))
        blocks.insert(chance.choice([0, len(first.blocks)]), Block("prose", (lead,)))
    return replace(first, title=title, blocks=tuple(blocks))
