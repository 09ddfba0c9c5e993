"""Gather the mentions of a section into organisations: one for each body, under one name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.linking.match import Link, Match, match
from pipeline.linking.names import without_form
from pipeline.recognising.organisations.vocabulary import heads
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import Organisation, Register, folded

_ORDER: dict[Link, int] = {"exact": 0, "alias": 1, "abbreviation": 2, "fuzzy": 3, "none": 4}


@dataclass(frozen=True, slots=True)
class Named:
    """One mention with the words that stand there; `in_title` where its offsets are into the title."""

    mention: OrganisationMention
    text: str
    in_title: bool


@dataclass(slots=True)
class LinkedOrganisation:
    """A body of a section with all its mentions, in the order title, text."""

    name: str
    body: Organisation | None
    link: Link
    kind: str | None
    confidence: float
    mentions: list[Named] = field(default_factory=list)


def link_section(mentions: Sequence[Named], register: Register) -> list[LinkedOrganisation]:
    """Return the organisations of one section in the order of their first mention.

    A name that the register does not know is the same body as another where one is part of the other: without its
    legal form or head noun (`Digihuis Oost`, `Stichting Digihuis Oost`), or as the abbreviation that the text defines.
    """
    matches = [_match(named, register) for named in mentions]
    groups: dict[str, list[int]] = {}
    for number, found in enumerate(matches):
        key = "id:" + found.body.id if found else "new:" + folded(without_form(_full(mentions[number])))
        groups.setdefault(key, []).append(number)
    _merge_parts(groups, matches)
    linked = [
        _organisation([mentions[n] for n in numbers], [matches[n] for n in numbers]) for numbers in groups.values()
    ]
    return sorted(linked, key=lambda o: (not o.mentions[0].in_title, o.mentions[0].mention.start))


def _match(named: Named, register: Register) -> Match | None:
    for name in (named.mention.name, named.text):
        found = match(name, register) if name else None
        if found is not None:
            return found
    return None


def _full(named: Named) -> str:
    return named.mention.name or named.text


def _merge_parts(groups: dict[str, list[int]], matches: Sequence[Match | None]) -> None:
    """Move the mentions of a short name to the one body whose name contains it as its beginning or end."""
    for key in [k for k in groups if k.startswith("new:")]:
        short = key.removeprefix("new:").split()
        homes = [
            other for other in groups if other != key and _contains(_words_of_group(other, groups, matches), short)
        ]
        if len(homes) == 1:
            groups[homes[0]] = sorted(groups[homes[0]] + groups.pop(key))


def _words_of_group(key: str, groups: dict[str, list[int]], matches: Sequence[Match | None]) -> list[str]:
    if key.startswith("new:"):
        return key.removeprefix("new:").split()
    found = matches[groups[key][0]]
    return folded(found.body.name).split() if found else []


def _contains(words: Sequence[str], short: Sequence[str]) -> bool:
    """Whether `short` is the end of a name behind its head noun, or its beginning and long enough to tell it."""
    if not short or len(short) >= len(words) or len(" ".join(short)) < 4:
        return False
    rest = list(words[len(words) - len(short) :])
    if rest == list(short):
        return words[0] in heads() or len(short) > 1
    return list(words[: len(short)]) == list(short) and short[0] not in heads()


def _organisation(mentions: Sequence[Named], matches: Sequence[Match | None]) -> LinkedOrganisation:
    found = sorted((m for m in matches if m is not None), key=lambda m: _ORDER[m.link])
    ordered = sorted(mentions, key=lambda n: (not n.in_title, n.mention.start))
    confidence = max(n.mention.confidence for n in mentions)
    if found:
        best = found[0]
        if best.link == "fuzzy":
            confidence *= best.similarity
        return LinkedOrganisation(best.body.name, best.body, best.link, best.body.kind, round(confidence, 2), ordered)
    name = _canonical(ordered)
    return LinkedOrganisation(name, None, "none", _kind(name), round(confidence, 2), ordered)


def _canonical(mentions: Sequence[Named]) -> str:
    """Return the fullest form in the section, without article, its first letter a capital."""
    names = [re.sub(r"\s+", " ", _full(n)).strip() for n in mentions]
    fullest = max(names, key=lambda n: (len(n.split()), len(n)))
    first = fullest.split()[0]
    return fullest[0].upper() + fullest[1:] if first.islower() and first in heads() else fullest


def _kind(name: str) -> str | None:
    """Return the kind that the head noun of a new name says; None where it says none."""
    words = name.lower().split()
    for noun in (" ".join(words[:2]), words[0], words[-1]):
        if noun in heads():
            return heads()[noun].kind if heads()[noun].kind != "other" else None
    if name.split()[-1].rstrip(".") in {"B.V", "BV", "N.V", "NV"}:
        return "company"
    return next((h.kind for noun, h in heads().items() if words[-1].endswith(noun) and not h.needs_capital), None)
