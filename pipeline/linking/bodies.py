"""Gather the mentions of an annex into organisations: one for each body, under one name in all its sections."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.linking.confidence import stated
from pipeline.linking.identity import Unknown, same_bodies
from pipeline.linking.match import Hints, Link, Match, match
from pipeline.recognising.organisations.vocabulary import heads
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import Organisation, Register

_ORDER: dict[Link, int] = {"exact": 0, "alias": 1, "abbreviation": 2, "fuzzy": 3, "none": 4}


@dataclass(frozen=True, slots=True)
class Named:
    """One mention with the words that stand there; `in_title` where its offsets are into the title."""

    mention: OrganisationMention
    text: str
    in_title: bool

    @property
    def name(self) -> str:
        """The full name as far as the text gives it."""
        return " ".join((self.mention.name or self.text).split())


@dataclass(slots=True)
class LinkedOrganisation:
    """A body of a section with all its mentions, in the order title, text."""

    name: str
    body: Organisation | None
    link: Link
    kind: str | None
    confidence: float
    mentions: list[Named] = field(default_factory=list)


def link_annex(
    sections: Sequence[Sequence[Named]], register: Register, years: tuple[int, int] | None = None
) -> list[list[LinkedOrganisation]]:
    """Return the organisations of each section of an annex, in the order of their first mention.

    Parameters
    ----------
    years
        First and last year that the annex speaks of: of two bodies of one name it means the one that was there.
    """
    matches = _matches(sections, register, years)
    unknown = [
        Unknown(named.name, number)
        for number, (section, found) in enumerate(zip(sections, matches, strict=True))
        for named, one in zip(section, found, strict=True)
        if one is None
    ]
    known = [{one.body.id: one.body.name for one in found if one is not None} for found in matches]
    homes = same_bodies(unknown, known)
    linked = []
    for number, (section, found) in enumerate(zip(sections, matches, strict=True)):
        groups: dict[str, list[int]] = {}
        for at, (named, one) in enumerate(zip(section, found, strict=True)):
            key = one.body.id if one is not None else homes[Unknown(named.name, number)]
            groups.setdefault(key, []).append(at)
        organisations = [_organisation(key, [(section[at], found[at]) for at in own]) for key, own in groups.items()]
        linked.append(sorted(organisations, key=lambda o: (not o.mentions[0].in_title, o.mentions[0].mention.start)))
    return linked


def _matches(
    sections: Sequence[Sequence[Named]], register: Register, years: tuple[int, int] | None
) -> list[list[Match | None]]:
    """Return the body of the register of each mention: of several by one name, that of the region spoken of."""
    plain = Hints(years)
    found = [[_match(named, register, plain) for named in section] for section in sections]
    if all(one is None or one.decided not in {"present", "order"} for section in found for one in section):
        return found
    regions = [
        Counter(one.body.region for one in own if one is not None and one.decided == "only" and one.body.region)
        for own in found
    ]
    everywhere = sum(regions, Counter[str]())
    for section, own, here in zip(sections, found, regions, strict=True):
        hints = Hints(years, tuple(sorted(everywhere, key=lambda r: (-here[r], -everywhere[r], r))))
        for at, one in enumerate(own):
            if one is not None and one.decided in {"present", "order"}:
                own[at] = _match(section[at], register, hints)
    return found


def _match(named: Named, register: Register, hints: Hints) -> Match | None:
    """Match the full name, or else the words that stand there; a short name that is defined stands for no other."""
    found = match(named.mention.name, register, hints) if named.mention.name else None
    if found is None and (named.mention.name is None or named.mention.source != "definition"):
        return match(named.text, register, hints)
    return found


def _organisation(name: str, pairs: Sequence[tuple[Named, Match | None]]) -> LinkedOrganisation:
    """Make the organisation that mentions of one body are; `name` counts where the register knows none of them."""
    ordered = sorted((named for named, _ in pairs), key=lambda n: (not n.in_title, n.mention.start))
    found = sorted((one for _, one in pairs if one is not None), key=lambda m: _ORDER[m.link])
    best = found[0] if found else None
    confidence = max(stated(named.mention, one or best) for named, one in pairs)
    if best is not None:
        return LinkedOrganisation(best.body.name, best.body, best.link, best.body.kind, confidence, ordered)
    return LinkedOrganisation(name, None, "none", _kind(name), confidence, ordered)


def _kind(name: str) -> str | None:
    """Return the kind that the head noun of a new name says; None where it says none."""
    words = name.lower().split()
    for noun in (" ".join(words[:2]), words[0], words[-1]):
        if noun in heads():
            return heads()[noun].kind if heads()[noun].kind != "other" else None
    if name.split()[-1].rstrip(".") in {"B.V", "BV", "N.V", "NV"}:
        return "company"
    return next((h.kind for noun, h in heads().items() if words[-1].endswith(noun) and not h.needs_capital), None)
