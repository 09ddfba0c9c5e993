"""Find the organisations that a text names: the register first, then lists, definitions and what the context tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.recognising.extents import Extents
from pipeline.recognising.figures.measures import read_symbol
from pipeline.recognising.locations import place_ends
from pipeline.recognising.organisations.context import BODY, announced_as_thing, cue_weight, score
from pipeline.recognising.organisations.definitions import (
    abbreviates,
    defined_behind,
    definitions_of,
    with_short_names,
)
from pipeline.recognising.organisations.enumerations import coordinated, enumerated
from pipeline.recognising.organisations.gazetteer import Entry, find_known
from pipeline.recognising.organisations.joining import Entity, join, trimmed
from pipeline.recognising.organisations.lists import Member, lists_of
from pipeline.recognising.organisations.names import Name, names_of, with_legal_form
from pipeline.recognising.organisations.vocabulary import (
    BEFORE_PLACE,
    CURRENCIES,
    INSIDE,
    NO_NAMES,
    OPENING,
    is_generic,
    names_body,
    names_no_body,
)
from pipeline.recognising.phrases import Found, Word, words_of
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import NameRule, Register, places, shipped

_STARTS = re.compile(r"(?:\A|(?<=[.!?…:;])\s+|\n+)(?:(?:[-–—•▪*]|\(?[A-Za-z0-9]{1,3}\)|\d{1,2}\.)\s+)*[‘’“\"'(]*")
_AMOUNT = re.compile(r"\s?\d")
_AMOUNT_BEFORE = re.compile(r"\d(?:,-)?(?:\s?(?:k|K|mln\.?|mld\.?|miljoen|miljard|duizend))?\s?$")
_NEAR_AMOUNT = 20
"""Code points in which an amount stands in front of its currency."""
_CURRENCY = re.compile(rf"\b(?:{'|'.join(sorted(CURRENCIES))})\b")
_NUMBER_BEFORE = re.compile(r"\d\s?\Z")
_AND = re.compile(r",?[ ](?:en|of)[ ]|,[ ]")
_ACTING_CUE = 0.45
_GOVERNMENTS = {"municipality": "Gemeente", "province": "Provincie"}
_PLACE_ACTS = 0.62
"""Score from which on the name of a place is taken for its government: more than for an unknown name."""

_KNOWN = 0.97
_ABBREVIATED = 0.95
_ORDINARY_WORD = 0.85
_LISTED = 0.92
_HEADED = 0.9
_ENUMERATED = 0.85
_FELLOW = 0.65
_LOWEST, _HIGHEST = 0.5, 0.88


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: OrganisationMention
    priority: int


def find_organisations(
    text: str,
    taken: Sequence[tuple[int, int]] = (),
    register: Register | None = None,
    entities: Sequence[Entity] = (),
) -> list[OrganisationMention]:
    """Return the organisations that a text names, in order and apart from each other.

    Parameters
    ----------
    taken
        ``(start, end)`` of what is something else already, such as dates.
    register
        The bodies that are known by name; by default those that ship.
    entities
        What a trained model takes for names; none by default.
    """
    words = words_of(text)
    if not words:
        return []
    taken = [*taken, *_currencies(text)]
    starts = frozenset(match.end() for match in _STARTS.finditer(text))
    places_at = place_ends(words)
    register = register or shipped()
    in_register = list(find_known(words, register))
    begins = {found.first for found, _ in in_register} | places_at.keys()
    names = names_of(text, words, starts, begins.__contains__, places_at.__contains__)
    candidates = list(_known(text, words, names, in_register))
    known_at = _ends(words, candidates)
    candidates += _listed(text, words, names, known_at | places_at)
    candidates += _enumerated(text, words, places_at)
    unknown = list(_unknown(text, words, names, places_at))
    candidates += [candidate for candidate in unknown if candidate.mention.confidence >= _LOWEST]
    candidates += _acting_places(text, words, places_at)
    chosen = _chosen(candidates, taken)
    fellows = _fellows(text, chosen, unknown)
    opening = {words[name.first].start for name in names if name.opens_sentence}
    mere_places = {(words[first].start, words[last].end) for first, last in places_at.items()}

    def may_be_body(entity: Entity) -> bool:
        if (entity.start, entity.end) in mere_places or not _is_named(text[entity.start : entity.end]):
            return False
        return score(text, entity.start, entity.end, opens_sentence=entity.start in opening) > 0

    mentions = join(_chosen([*candidates, *fellows], taken), trimmed(entities, text), taken, may_be_body)
    return with_short_names(text, words, mentions, definitions_of(text, mentions, register), register)


def _known(
    text: str, words: Sequence[Word], names: Sequence[Name], in_register: Sequence[tuple[Found[Entry], NameRule | None]]
) -> Iterator[_Candidate]:
    within = {at: name for name in names for at in range(name.first, name.last + 1)}
    openings = {words[n.first].start for n in names if n.opens_sentence}
    for found, rule in in_register:
        start, end = words[found.first].start, found.end
        name = within.get(found.last) or within.get(found.first)
        if name is not None and name.last > found.last and _belongs_to_longer(text, words, found.last):
            continue
        if found.entry[0].kind in _GOVERNMENTS and INSIDE.search(text[max(0, start - 40) : start]):
            continue
        if rule == "context" and score(text, start, end, opens_sentence=start in openings) < BODY:
            continue
        _, form = found.entry
        confidence = _ABBREVIATED if form == "abbreviation" else _KNOWN
        if rule is not None:
            confidence = _ORDINARY_WORD
        yield _Candidate(OrganisationMention(start, with_legal_form(text, end), confidence, "register"), 3)


def _currencies(text: str) -> Iterator[tuple[int, int]]:
    """Give where names of currencies stand with an amount behind or in front of them."""
    for word in _CURRENCY.finditer(text):
        start, end = word.span()
        if _AMOUNT.match(text, end) or _AMOUNT_BEFORE.search(text, max(0, start - _NEAR_AMOUNT), start):
            yield start, end


def _belongs_to_longer(text: str, words: Sequence[Word], last: int) -> bool:
    """Whether a known name is only the beginning of a longer one: a branch, or a thing called after the body."""
    gap = text[words[last].end : words[last + 1].start]
    if gap != " " or not words[last + 1].text[:1].isupper():
        return False
    return words[last + 1].text not in NO_NAMES


def _ends(words: Sequence[Word], candidates: Sequence[_Candidate]) -> dict[int, int]:
    """Return, for each word at which a candidate begins, the index of its last word."""
    first = {word.start: number for number, word in enumerate(words)}
    found = {}
    for candidate in candidates:
        at = first[candidate.mention.start]
        last = at
        while last + 1 < len(words) and words[last + 1].end <= candidate.mention.end:
            last += 1
        found[at] = last
    return found


def _listed(text: str, words: Sequence[Word], names: Sequence[Name], known_at: dict[int, int]) -> Iterator[_Candidate]:
    for members in lists_of(text, words, names, known_at.get):
        if _is_placed(text, members):
            continue
        for member in members:
            printed = text[member.start : member.end]
            if names_no_body(printed) and member.name is None:
                continue
            end = with_legal_form(text, member.end)
            single = len(members) == 1 and member.name is None
            confidence = _HEADED if single else _LISTED
            yield _Candidate(OrganisationMention(member.start, end, confidence, "shape", member.name), 2)


def _is_placed(text: str, members: Sequence[Member]) -> bool:
    """Whether the list says where something is: ``in de gemeenten Assen en Emmen`` names places."""
    start = members[0].start
    noun = text[start : members[0].end].split()[0].lower()
    noun_start = start
    if members[0].name is not None:
        before = text[max(0, start - 60) : start].rstrip()
        noun = before.rsplit(maxsplit=1)[-1].lower() if before else ""
        noun_start = max(0, start - 60) + len(before) - len(noun)
    is_area = noun.startswith(("gemeente", "provincie", "regio"))
    return is_area and INSIDE.search(text[max(0, noun_start - 40) : noun_start]) is not None


def _unknown(
    text: str, words: Sequence[Word], names: Sequence[Name], places_at: dict[int, int]
) -> Iterator[_Candidate]:
    announced_end = 0
    for name in names:
        first, last = name.first, name.last
        if places_at.get(first) == last:
            continue
        start, end = words[first].start, with_legal_form(text, words[last].end)
        if _NUMBER_BEFORE.search(text[max(0, start - 2) : start]) and read_symbol(words[first].text):
            continue  # 3 Mt CO2
        follows_thing = announced_end and _AND.fullmatch(text[announced_end:start])
        if follows_thing or announced_as_thing(text[max(0, start - 60) : start]):
            announced_end = end
            continue
        points = score(text, start, end, opens_sentence=name.opens_sentence)
        defined = defined_behind(text, end)
        if defined and abbreviates(defined, text[start:end]) and not names_no_body(text[start:end]):
            points = max(points, BODY) + 0.3
        if points <= 0:
            continue
        if points < BODY:
            yield _Candidate(OrganisationMention(start, end, 0.0, "cue"), 0)
            continue
        by_shape = names_body(text[start:end])
        confidence = min(_HIGHEST, _LOWEST + 0.35 * (points - BODY) / 0.6 + (0.1 if by_shape else 0.0))
        yield _Candidate(OrganisationMention(start, end, round(confidence, 2), "shape" if by_shape else "cue"), 1)


def _enumerated(text: str, words: Sequence[Word], places_at: dict[int, int]) -> Iterator[_Candidate]:
    spans = {(words[first].start, words[last].end) for first, last in places_at.items()}
    for start, end, name in enumerated(text, lambda a, b: (a, b) in spans):
        yield _Candidate(OrganisationMention(start, end, _ENUMERATED, "cue", name), 2)


def _fellows(text: str, chosen: Sequence[OrganisationMention], unknown: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Give the doubtful names that stand in one enumeration with names that are surely bodies."""
    sure = [(m.start, m.end) for m in chosen if m.confidence >= _LOWEST]
    doubtful = [(c.mention.start, c.mention.end) for c in unknown if c.mention.confidence < _LOWEST]
    for start, end in coordinated(text, sure, doubtful):
        yield _Candidate(OrganisationMention(start, end, _FELLOW, "cue"), 1)


@cache
def _governments() -> dict[str, str]:
    """Return the full name of the government of each place that has one."""
    return {
        form: f"{_GOVERNMENTS[place.kind]} {place.name}"
        for place in sorted(places(), key=lambda place: place.kind == "municipality")  # the last of a name wins
        if place.kind in _GOVERNMENTS and not place.needs_preposition
        for form in (place.name, *place.aliases)
    }


def _acting_places(text: str, words: Sequence[Word], places_at: dict[int, int]) -> Iterator[_Candidate]:
    """Give the municipalities and provinces that act under the bare name of the place: ``Drenthe krijgt``."""
    coordination: tuple[int, int] = (0, 0)
    for first, last in sorted(places_at.items()):
        start, end = words[first].start, words[last].end
        together = coordination[1] > 0 and _AND.fullmatch(text[coordination[1] : start])
        coordination = (coordination[0] if together else start, end)
        government = _governments().get(text[start:end])
        before = text[max(0, coordination[0] - 60) : coordination[0]]
        if (
            government is None
            or before.lower().endswith(" door ")
            or (BEFORE_PLACE.search(before) and cue_weight(before) < _ACTING_CUE)
        ):
            continue
        if score(text, start, end, opens_sentence=False) >= _PLACE_ACTS:
            yield _Candidate(OrganisationMention(start, end, 0.6, "cue", government), 1)


def _chosen(candidates: Sequence[_Candidate], taken: Iterable[tuple[int, int]]) -> list[OrganisationMention]:
    """Return those that overlap with nothing better: the longer name first, then the surer source."""
    order = sorted(
        candidates,
        key=lambda c: (c.mention.start - c.mention.end, -c.priority, c.mention.start),
    )
    occupied = Extents(taken)
    chosen = []
    for candidate in order:
        mention = candidate.mention
        if occupied.overlaps(mention.start, mention.end):
            continue
        occupied.add(mention.start, mention.end)
        chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _is_named(name: str) -> bool:
    """Whether a name has a capital, ends in no mere common noun of bodies (``Venlose stichting``), and is no adverb."""
    is_word = len(name) > 1 and any(c.isupper() for c in name)
    return is_word and not is_generic(name.split()[-1]) and name.lower() not in OPENING
