"""Edits that change a fact of a project."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from edited.annexes import Block, Fact, Project, Sentence
from edited.chance import body, filled, lists, other_date, other_number, slots
from edited.truths import FactEdit, Subject

Edited = tuple[Project, list[FactEdit]]
SLOT_SUBJECTS: dict[str, Subject] = {"org": "organisation", "loc": "location", "date": "date"}
_JOINT = re.compile(r"(?:,| en) (?:(?:de|het) )?(?:gemeente )?")
_ARTICLE = re.compile(r"\b([Hh]et|[Dd]e) $")


def subject_of(fact: Fact) -> Subject:
    """Return what a marked fact is in a record."""
    return SLOT_SUBJECTS.get(fact.kind, "figure")


def change_fact(project: Project, chance: random.Random, names: set[str]) -> Edited | None:
    """Change one fact of a project, in one of many ways; None where that way finds nothing.

    Parameters
    ----------
    names
        Names that are taken; those that come are added.
    """
    ways: list[tuple[int, Callable[[Project, random.Random, set[str]], Edited | None]]] = [
        (8, _number), (6, _date), (5, _replaced_body), (3, _added_body), (3, _removed_body),
        (2, _added_sentence), (1, _removed_sentence), (2, _role),
    ]  # fmt: skip
    [way] = chance.choices([way for _, way in ways], [often for often, _ in ways])
    return way(project, chance, names)


def _number(project: Project, chance: random.Random, _names: set[str]) -> Edited | None:
    return _other_words(project, chance, other_number, lambda fact: subject_of(fact) == "figure", "number")


def _date(project: Project, chance: random.Random, _names: set[str]) -> Edited | None:
    return _other_words(project, chance, other_date, lambda fact: fact.kind == "date", "date")


def _other_words(
    project: Project,
    chance: random.Random,
    other: Callable[[str, random.Random], str | None],
    wanted: Callable[[Fact], bool],
    how: str,
) -> Edited | None:
    """Change the words of a fact wherever the project says it so; not of one that it says in other words as well."""
    facts = project.facts()
    choices = [
        fact
        for fact in facts
        if wanted(fact)
        and "optional" not in fact.says
        and all(one.words == fact.words for one in facts if one.says == fact.says)
        and all(one.says == fact.says for one in facts if one.words == fact.words)
    ]
    if not choices:
        return None
    fact = chance.choice(choices)
    new = other(fact.words, chance)
    if new is None or new in {one.words for one in facts} or _value(new) in {_value(one.words) for one in facts}:
        return None
    done = []
    for sentence in list(project.sentences()):
        if any(_same(one, fact) for one in sentence.facts()):
            said = _with_words(sentence, lambda one: new if _same(one, fact) else None)
            project = project.replaced(sentence, said)
            done.append(FactEdit(subject_of(fact), fact.words, new, sentence.number, sentence.number, how))
    return project, done


def _same(one: Fact, other: Fact) -> bool:
    return (one.kind, one.words, one.says) == (other.kind, other.words, other.says)


def _value(words: str) -> str:
    """Return the numbers of words: two facts with the same ones may be the same."""
    return " ".join(re.findall(r"[\d.,]*\d", words)) or words


def _with_words(sentence: Sentence, other: Callable[[Fact], str | None]) -> Sentence:
    """Return a sentence with other words for some of what is marked; the marks say that they are others."""
    text = sentence.text
    for fact in reversed(sentence.facts()):
        if (new := other(fact)) is not None:
            mark = f"[{new}]({fact.kind})" if fact.kind == "org" else f'[{new}]({fact.kind}="{new}")'
            text = text[: fact.start] + mark + text[fact.end :]
    return sentence.said(text)


def _replaced_body(project: Project, chance: random.Random, names: set[str]) -> Edited | None:
    own = [fact for fact in project.facts() if fact.kind == "org" and "optional" not in fact.says]
    choices = sorted({fact.name for fact in own if fact.name not in project.title})
    if not choices:
        return None
    name = chance.choice(choices)
    mentions = [fact for fact in own if fact.name == name]
    has_short = len({fact.words for fact in mentions}) > 1
    kind = None
    if re.match(r"gemeente\b", name, re.IGNORECASE):
        kind = "municipality"
    elif re.match(r"ministerie\b", name, re.IGNORECASE):
        kind = "ministry"
    long, short = body(chance, names, with_short=has_short, kind=kind)
    if kind == "municipality":
        long = long.removeprefix("Gemeente ")
    longest = max((fact.words for fact in mentions), key=len)
    done = []
    for sentence in list(project.sentences()):
        if any(fact.kind == "org" and fact.name == name for fact in sentence.facts()):

            def other(fact: Fact) -> str | None:
                if fact.kind != "org" or fact.name != name:
                    return None
                before = "gemeente " if re.match(r"gemeente ", fact.words) else ""
                before = "Gemeente " if re.match(r"Gemeente ", fact.words) else before
                new = before + (long if fact.words == longest or not has_short else short)
                return re.sub(r"^M", "m", new) if fact.words[0] == "m" else new

            said = _with_words(sentence, other)
            for before, after in zip(sentence.facts(), said.facts(), strict=True):
                if before.words != after.words:
                    done.append(
                        FactEdit(
                            "organisation", before.words, after.words, sentence.number, sentence.number, "replaced"
                        )
                    )
            project = project.replaced(sentence, said)
    return project, done


def enumerated(sentence: Sentence) -> list[tuple[Fact, Fact]]:
    """Return the bodies of a sentence that stand next to each other in an enumeration."""
    facts = sentence.facts()
    return [
        (fact, after)
        for fact, after in pairwise(facts)
        if fact.kind == after.kind == "org" and _JOINT.fullmatch(sentence.text[fact.end : after.start])
    ]


def _added_body(project: Project, chance: random.Random, names: set[str]) -> Edited | None:
    places = [(sentence, pair) for sentence in project.sentences() for pair in enumerated(sentence)]
    if not places:
        return None
    sentence, (fact, after) = chance.choice(places)
    kind = "municipality" if re.match("gemeente ", after.name, re.IGNORECASE) else None
    name = body(chance, names, kind=kind)[0]
    if kind:
        bare = name.removeprefix("Gemeente ")
        name = f"gemeente {bare}" if fact.words.casefold().startswith("gemeente") else bare
    said = sentence.said(f"{sentence.text[: fact.end]}, [{name}](org){sentence.text[fact.end :]}")
    edit = FactEdit("organisation", None, name, None, sentence.number, "added to an enumeration")
    return project.replaced(sentence, said), [edit]


def _removed_body(project: Project, chance: random.Random, _names: set[str]) -> Edited | None:
    facts = project.facts()
    places = [
        (sentence, fact, after)
        for sentence in project.sentences()
        for fact, after in enumerated(sentence)
        if sum(one.name == fact.name for one in facts) == 1
        and fact.words not in project.title
        and "optional" not in fact.says
        and sentence.text[fact.end] == ","
    ]
    if not places:
        return None
    sentence, fact, after = chance.choice(places)
    before = sentence.text[: fact.start]
    article = re.match(r", (de|het) ", sentence.text[fact.end : after.start])
    if article and (own := _ARTICLE.search(before)):
        before = before[: own.start()] + (article[1].capitalize() if own[1][0].isupper() else article[1]) + " "
    said = sentence.said(before + sentence.text[after.start :])
    edit = FactEdit("organisation", fact.words, None, sentence.number, None, "removed from an enumeration")
    return project.replaced(sentence, said), [edit]


def _added_sentence(project: Project, chance: random.Random, names: set[str]) -> Edited | None:
    sentence = Sentence(filled(chance.choice(chance.choice(lists("paraphrases")["said"])), slots(chance, names)))
    if not (changed := with_sentence(project, sentence, chance)) or _twice(project, sentence):
        return None
    return changed, [
        FactEdit(subject_of(fact), None, fact.words, None, sentence.number, "sentence added")
        for fact in sentence.facts()
    ]


def _twice(project: Project, sentence: Sentence) -> bool:
    """Say whether a sentence names what the rest of its project names too."""
    rest = [fact for one in project.sentences() if one.number != sentence.number for fact in one.facts()]
    said = {_value(fact.words) for fact in rest} | {fact.name for fact in rest}
    return any({_value(fact.words), fact.name} & said for fact in sentence.facts())


def _removed_sentence(project: Project, chance: random.Random, _names: set[str]) -> Edited | None:
    choices = [
        sentence
        for block in project.blocks
        if block.kind == "prose" and len(block.sentences) > 2
        for sentence in block.sentences[1:]
        if 1 <= len(sentence.facts()) <= 3 and not _twice(project, sentence)
    ]
    if not choices:
        return None
    sentence = chance.choice(choices)
    return project.replaced(sentence), [
        FactEdit(subject_of(fact), fact.words, None, sentence.number, None, "sentence removed")
        for fact in sentence.facts()
        if "optional" not in fact.says
    ]


def _role(project: Project, chance: random.Random, _names: set[str]) -> Edited | None:
    """Give a body that a sentence of the lists names another role."""
    roles = lists("paraphrases")["roles"]
    for sentence in project.sentences():
        [*facts] = sentence.facts()
        if len(facts) == 1 and facts[0].kind == "org":
            for role, wordings in roles.items():
                if any(filled(one, {"org": facts[0].words}) == sentence.text for one in wordings):
                    other = chance.choice([one for one in roles if one != role])
                    said = sentence.said(filled(chance.choice(roles[other]), {"org": facts[0].words}))
                    words = facts[0].words
                    edit = FactEdit("role", words, words, sentence.number, sentence.number, f"{role} to {other}")
                    return project.replaced(sentence, said), [edit]
    return None


def with_sentence(project: Project, sentence: Sentence, chance: random.Random) -> Project | None:
    """Return a project with one more sentence in a paragraph, not as its first; None where it has none."""
    if not (numbers := project.prose()):
        return None
    number = chance.choice(numbers)
    block = project.blocks[number]
    at = chance.randint(1, len(block.sentences))
    more = replace(block, sentences=(*block.sentences[:at], sentence, *block.sentences[at:]))
    return project.with_block(number, more)


def as_block(*sentences: Sentence) -> Block:
    """Return sentences as a paragraph."""
    return Block("prose", sentences)
