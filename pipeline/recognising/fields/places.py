"""Read the places of a cell whose label speaks of places."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.cleaning.lexicon import is_known
from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.vocabulary import CONFIDENCE, DATA, matching
from pipeline.recognising.locations import find_locations
from pipeline.recognising.spans import LocationMention, OrganisationMention
from pipeline.register import LocationKind, places

_PART = matching(rf"{DATA['lists']['hard']}|{DATA['lists']['soft']}|\s?[()]\s?")
_NONE = frozenset(DATA["places"]["words"])
_REGION = matching(DATA["places"]["region"])
_PROVINCE = matching(DATA["labels"]["province"])
_GOVERNMENT = re.compile(r"(?:gemeente|provincie|regio)s?n?\b", re.IGNORECASE)
_NAME = re.compile(r"(?:(?:de|het)\s+)?((?:[^\W\d_][\w’'-]*\s?){1,3})\Z")
_LEAST_LETTERS = 3


def labelled_places(
    text: str, label: str, organisations: Sequence[OrganisationMention], taken: Sequence[tuple[int, int]]
) -> tuple[list[LocationMention], list[OrganisationMention]]:
    """Return the places of a cell for places, and those of its organisations that are none of them.

    Parameters
    ----------
    organisations
        What the rules for prose take for bodies: `gemeente Ede` is a place here.
    taken
        ``(start, end)`` of its dates.
    """
    bodies = [o for o in organisations if not _is_government(text, o)]
    occupied = [*taken, *((o.start, o.end) for o in bodies)]
    found = [_of_kind(text, label, place) for place in find_locations(text, occupied, is_labelled=True)]
    return sorted([*found, *_unknown(text, label, found, occupied)], key=lambda p: p.start), bodies


def _is_government(text: str, organisation: OrganisationMention) -> bool:
    printed = text[organisation.start : organisation.end]
    is_named_so = organisation.name is not None and _GOVERNMENT.match(organisation.name) is not None
    return is_named_so or _GOVERNMENT.match(printed) is not None or bool(find_locations(printed, is_labelled=True))


def _of_kind(text: str, label: str, place: LocationMention) -> LocationMention:
    """Return a place as a province where the label, or the word before it, says so: `provincie Utrecht`."""
    says_so = _PROVINCE.search(label) or _PROVINCE.search(text[max(0, place.start - 12) : place.start])
    is_one = any(p.kind == "province" and p.name == place.name for p in places())
    return replace(place, kind="province") if says_so and is_one else place


def _unknown(
    text: str, label: str, found: Sequence[LocationMention], taken: Sequence[tuple[int, int]]
) -> list[LocationMention]:
    """Return the members that no register knows, and that are written as names."""
    occupied = Extents([*taken, *((p.start, p.end) for p in found)])
    unknown = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _PART.finditer(text)), (len(text), len(text))]:
        name = _NAME.match(text[start:end].rstrip(" ."))
        if name is not None and not occupied.overlaps(start, end) and _is_name(name[1]):
            first = start + name.start(1)
            kind: LocationKind = "region" if _REGION.search(label) else "town"
            unknown.append(LocationMention(first, first + len(name[1]), name[1], kind, CONFIDENCE["unknown_place"]))
        start = after
    return unknown


def _is_name(name: str) -> bool:
    words = name.split()
    if name.lower() in _NONE or words[0].lower() in _NONE or len(name) < _LEAST_LETTERS:
        return False
    return words[0][0].isupper() and not all(is_known(word.lower()) for word in words)
