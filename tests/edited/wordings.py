"""Edits that reword a project and leave each of its facts."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from edited.annexes import MARK, Annex, Block, Project, Sentence
from edited.chance import body, filled, lists, slots
from edited.factual import enumerated, with_sentence

_POINTS_BACK = re.compile(
    r"(?:Daar|Die|Dat|Dit|Deze|Zij|Hij|Ze|Hun|Van hen|Hier|Ook|Toch|Zo|Dan|Daarna|Vervolgens|Wel|Maar|En)\w*\b"
)
_BARE_NUMBER = re.compile(r"\[[\d.,]+\]")
_ADDED = 0.6
"""How often a filler comes rather than goes."""


def reword(project: Project, annex: Annex, chance: random.Random) -> tuple[Project, str] | None:
    """Reword a project in one of many ways; None where that way finds nothing to do.

    Returns
    -------
    tuple
        The project, and what was done.
    """
    ways: list[tuple[int, Callable[[Project, Annex, random.Random], Project | None]]] = [
        (6, _synonyms), (3, _filler), (1, _opening), (2, _signs), (3, _notation), (2, _swapped_sentences),
        (1, _swapped_blocks), (3, _swapped_bodies), (5, _paraphrased), (2, _cut_block), (2, _joined_blocks),
        (2, _other_name), (1, _clauses),
    ]  # fmt: skip
    [way] = chance.choices([way for _, way in ways], [often for often, _ in ways])
    done = way(project, annex, chance)
    return None if done is None else (done, way.__name__.strip("_").replace("_", " "))


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    """Return text of which only the words outside marks and notes were changed."""
    parts, at = [], 0
    for mark in re.finditer(rf"{MARK.pattern}|\^\[[^\]]*\]|\{{[^}}]*\}}", text):
        parts += [change(text[at : mark.start()]), mark[0]]
        at = mark.end()
    return "".join([*parts, change(text[at:])])


def _prose(project: Project) -> list[Sentence]:
    return [sentence for block in project.blocks if block.kind in {"prose", "item"} for sentence in block.sentences]


def _synonyms(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    pairs = lists("words")["synonyms"]
    chance.shuffle(pairs := list(pairs))
    left = chance.randint(2, 6)
    changed = False
    for sentence in _prose(project):
        text = sentence.text
        for old, new in pairs:
            if left and re.search(rf"\b{old}\b", MARK.sub("", text), re.IGNORECASE):

                def other(part: str, old: str = old, new: str = new) -> str:
                    return re.sub(
                        rf"\b{old}\b",
                        lambda found: new.capitalize() if found[0][0].isupper() else new,
                        part,
                        count=1,
                        flags=re.IGNORECASE,
                    )

                if (said := _outside_marks(text, other)) != text:
                    text, left, changed = said, left - 1, True
                    break
        project = project.replaced(sentence, sentence.said(text))
    return project if changed else None


def _filler(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    if chance.random() > _ADDED:
        empty = [
            sentence
            for block in project.blocks
            if block.kind == "prose" and len(block.sentences) > 2
            for sentence in block.sentences[1:]
            if not sentence.facts() and not re.search(r"\d|\[|\^|: ?$", sentence.text)
        ]
        return project.replaced(chance.choice(empty)) if empty else None
    return with_sentence(project, Sentence(chance.choice(lists("words")["fillers"])), chance)


def _opening(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    choices = [one for one in _prose(project)[1:] if re.match(r"(?:De|Het|Er|Een|In|Op|Met|Bij|Voor)\b", one.text)]
    if not choices:
        return None
    sentence = chance.choice(choices)
    text = sentence.text[0].lower() + sentence.text[1:]
    return project.replaced(sentence, sentence.said(chance.choice(lists("words")["openings"]) + text))


def _signs(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    old, new = chance.choice(lists("words")["signs"])
    before = project
    for sentence in _prose(project):
        project = project.replaced(
            sentence, sentence.said(_outside_marks(sentence.text, lambda part: part.replace(old, new)))
        )
    return project if project != before else None


def _notation(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    """Write what is marked in another way that means the same, wherever it stands so."""
    chance.shuffle(ways := list(lists("words")["notations"]))
    for pattern, new in ways:
        before = project
        for sentence in list(project.sentences()):
            text = sentence.text
            for fact in reversed(sentence.facts()):
                if fact.kind not in {"org", "loc"}:
                    words = re.sub(pattern, new, fact.words)
                    text = f"{text[: fact.start]}[{words}]({fact.says}){text[fact.end :]}"
            if text != sentence.text:
                project = project.replaced(sentence, sentence.said(text))
        if [fact.words for fact in project.facts()] != [fact.words for fact in before.facts()]:
            return project
        project = before
    return None


def _swapped_sentences(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    """Swap two sentences, neither of which points back or counts what another names."""
    places = [
        (number, at)
        for number in project.prose()
        for at in range(1, len(project.blocks[number].sentences) - 1)
        if not any(
            _POINTS_BACK.match(one.text) or _BARE_NUMBER.search(one.text)
            for one in project.blocks[number].sentences[at : at + 3]
        )
    ]
    if not places:
        return None
    number, at = chance.choice(places)
    own = list(project.blocks[number].sentences)
    own[at], own[at + 1] = own[at + 1], own[at]
    return project.with_block(number, Block("prose", tuple(own)))


def _swapped_blocks(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    places = [
        at
        for at in range(1, len(project.blocks) - 1)
        if project.blocks[at].kind == project.blocks[at + 1].kind == "prose"
        and not any(
            one and _POINTS_BACK.match(one[0].text)
            for one in (project.blocks[at].sentences, project.blocks[at + 1].sentences)
        )
    ]
    if not places:
        return None
    at = chance.choice(places)
    return project.with_block(at, project.blocks[at + 1]).with_block(at + 1, project.blocks[at])


def _swapped_bodies(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    """Name two bodies of an enumeration in the other order."""
    places = [
        (sentence, pair)
        for sentence in project.sentences()
        for pair in enumerated(sentence)
        if "role" not in pair[0].says + pair[1].says or pair[0].says.split("role")[-1] == pair[1].says.split("role")[-1]
    ]
    if not places:
        return None
    sentence, (first, second) = chance.choice(places)
    text = sentence.text
    one, joint, two = (text[first.start : first.end], text[first.end : second.start], text[second.start : second.end])
    return project.replaced(sentence, sentence.said(text[: first.start] + two + joint + one + text[second.end :]))


def _paraphrased(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    """Say a sentence of the lists in one of its other wordings."""
    paraphrases = lists("paraphrases")
    families = [*paraphrases["said"], *paraphrases["roles"].values()]
    choices = []
    for sentence in _prose(project):
        for family in families:
            for wording in family:
                pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\[[^\\]]*\\]\\([^)]*\\))", re.escape(wording))
                if found := re.fullmatch(pattern, sentence.text):
                    choices.append((sentence, [one for one in family if one != wording], found.groupdict()))
    if not choices:
        return None
    sentence, others, values = chance.choice(choices)
    said = re.sub(r"\{(\w+)\}", lambda slot: values[slot[1]], chance.choice(others))
    return project.replaced(sentence, sentence.said(said))


def _cut_block(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    places = [number for number in project.prose() if len(project.blocks[number].sentences) > 2]
    if not places:
        return None
    number = chance.choice(places)
    own = project.blocks[number].sentences
    at = chance.randint(1, len(own) - 1)
    return project.with_block(number, Block("prose", own[:at]), Block("prose", own[at:]))


def _joined_blocks(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    places = [
        at for at in range(len(project.blocks) - 1) if project.blocks[at].kind == project.blocks[at + 1].kind == "prose"
    ]
    if not places:
        return None
    at = chance.choice(places)
    both = Block("prose", (*project.blocks[at].sentences, *project.blocks[at + 1].sentences))
    return replace(project, blocks=(*project.blocks[:at], both, *project.blocks[at + 2 :]))


def _other_name(project: Project, annex: Annex, chance: random.Random) -> Project | None:
    """Call a body by another of its names in the head of the annex, where the project gives the full one as well."""
    facts = [fact for fact in project.facts() if fact.kind == "org"]
    choices = []
    for sentence in _prose(project):
        for fact in sentence.facts():
            names = next((own for own in annex.aliases if own[0] == fact.name), ())
            others = [
                one for one in names if one != fact.words and sum(f.words == one for f in facts) and one[0].isupper()
            ]
            if fact.kind == "org" and others and sum(f.name == fact.name for f in facts) > 2:
                choices.append((sentence, fact, chance.choice(others)))
    if not choices:
        return None
    sentence, fact, other = chance.choice(choices)
    says = fact.says if "=" in fact.says.split(" ")[0] else fact.says.replace("org", f'org="{fact.name}"', 1)
    text = f"{sentence.text[: fact.start]}[{other}]({says}){sentence.text[fact.end :]}"
    return project.replaced(sentence, sentence.said(text))


def _clauses(project: Project, _annex: Annex, chance: random.Random) -> Project | None:
    """Say two sentences as one, or one as two at its semicolon."""
    for sentence in chance.sample(own := _prose(project), len(own)):
        cut = re.search(r"(?<=[\w)\]]); (?=(?:de|het|een|zij|dat|deze|in|op|voor)\b)", sentence.text)
        if cut and "(" not in MARK.sub("", sentence.text):
            first, second = sentence.text[: cut.start()], sentence.text[cut.end() :]
            said = sentence.said(f"{first}. {second[0].upper()}{second[1:]}")
            return project.replaced(sentence, said)
    return None


def prepared(project: Project, chance: random.Random, names: set[str]) -> Project:
    """Return a project with some sentences of the lists in it, so that there is what can be said in other words."""
    paraphrases = lists("paraphrases")
    for _ in range(chance.randint(1, 3)):
        wording = chance.choice(chance.choice(paraphrases["said"]))
        project = with_sentence(project, Sentence(filled(wording, slots(chance, names))), chance) or project
    if chance.random() < 0.6:
        wording = chance.choice(chance.choice(list(paraphrases["roles"].values())))
        sentence = Sentence(filled(wording, {"org": body(chance, names)[0]}))
        project = with_sentence(project, sentence, chance) or project
    return project
