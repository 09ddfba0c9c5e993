"""Join what the rules found with what a trained model found: each knows what the other cannot."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.recognising.extents import Extents
from pipeline.recognising.kinds import kinds_of
from pipeline.recognising.organisations.vocabulary import JOINS_FOREIGN, NO_LAST_WORDS
from pipeline.recognising.spans import OrganisationMention

ORGANISATION = "ORG"
_PLACE = "LOC"
THINGS = frozenset({"PROGRAMME", "LAW", "PLAN", "TITLE", "PRODUCT"})
"""Labels of what bears a name of its own and is no body."""
_ALL_THINGS = THINGS | {"GEO"}
"""With the sites; what stands inside of one is part of its name."""
_SURE = 0.8
"""Score from which on the model's word is taken against that of the rules."""
_DOUBTED = 0.5
"""Score from which on it is taken where the rules go by surroundings and the model says a thing that is not a place: a
house or a site often bears the name of who is in it."""
_LEAST = 0.75
"""Score that a name needs which the model alone takes for a body."""
_UNSURE = 0.6
"""Confidence below which what only its surroundings make a body needs the model's assent."""
_AGREED_BY = {"shape": 0.96, "cue": 0.88}
"""Confidence of what both take for a body, by what made the rules do so."""
_BY_RULES = frozenset({"cue", "shape"})


@dataclass(frozen=True, slots=True)
class Entity:
    """What a trained model takes for a name: exact offsets, its label, and how sure it is, from 0 to 1."""

    start: int
    end: int
    label: str
    score: float


def trimmed(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Return the entities without what is no part of the name of an organisation.

    What ends no name: ``X en``, ``X bv.``. One without a capital is none; two with but ``de`` or ``del`` between them
    are one.
    """
    result = []
    for entity in _whole(entities, text):
        words = text[entity.start : entity.end].split(" ")
        while len(words) > 1 and (words[-1] in NO_LAST_WORDS or _is_adjective_only(words[-1])):
            words.pop()
        if words[-1].count(".") == 1 and words[-1].islower():  # a full stop, unlike those of B.V. and Co.
            words[-1] = words[-1].rstrip(".")
        name = " ".join(words)
        if entity.label != ORGANISATION:
            result.append(entity)
        elif any(letter.isupper() for letter in name):
            result.append(replace(entity, end=entity.start + len(name)))
    return result


def _whole(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Return the entities with the halves of each foreign name together: ``Service public`` de ``Bretagne``."""
    whole: list[Entity] = []
    for entity in entities:
        last = whole[-1] if whole else None
        is_half = (
            last is not None
            and last.label == entity.label == ORGANISATION
            and _ends_open(text[last.start : last.end], text[last.end : entity.start])
            and "\n\n" not in text[last.end : entity.start]
            and last.end < entity.start
        )
        if last is not None and is_half:
            whole[-1] = replace(last, end=entity.end, score=min(last.score, entity.score))
        else:
            whole.append(entity)
    return whole


def _ends_open(name: str, gap: str) -> bool:
    """Whether a name goes on over the gap behind it: a joining word is in the gap, or ends the name before it."""
    return gap.strip() in JOINS_FOREIGN or (not gap.strip() and name.split()[-1] in JOINS_FOREIGN)


def _is_adjective_only(word: str) -> bool:
    return word.islower() and kinds_of(word) == "a"


def join(
    mentions: Iterable[OrganisationMention],
    entities: Sequence[Entity],
    taken: Iterable[tuple[int, int]],
    may_be_body: Callable[[Entity], bool],
) -> list[OrganisationMention]:
    """Return the mentions of both, apart from each other, in order.

    Parameters
    ----------
    entities
        In order and apart from each other.
    taken
        ``(start, end)`` of what is something else already.
    may_be_body
        Whether the rules have nothing against what the model alone takes for a body.

    Where the rules know a name by the register or by a list, it stands. Where they judge by form or surroundings, the
    model has a say: it drops what it surely takes for something else, and gives the wider span.
    """
    if not entities:
        return sorted(mentions, key=lambda m: m.start)
    starts, ends = [e.start for e in entities], [e.end for e in entities]
    kept: list[OrganisationMention] = []
    for mention in mentions:
        beside = entities[bisect_right(ends, mention.start) : bisect_left(starts, mention.end)]
        kept += _judged(mention, beside)
    kept = _apart(kept)
    occupied = Extents([*taken, *((m.start, m.end) for m in kept)])
    for entity in entities:
        if entity.label != ORGANISATION or entity.score < _LEAST or occupied.overlaps(entity.start, entity.end):
            continue
        if may_be_body(entity):
            kept.append(OrganisationMention(entity.start, entity.end, entity.score, "model"))
    return sorted(kept, key=lambda m: m.start)


def _judged(mention: OrganisationMention, beside: Sequence[Entity]) -> Sequence[OrganisationMention]:
    """Return the mention as it stands beside the entities over it: none where these speak against it, or its parts."""
    own = [e for e in beside if e.label == ORGANISATION]
    if mention.source not in _BY_RULES:
        inside = any(e.label in _ALL_THINGS and e.score >= _SURE and _is_wider(e, mention) for e in beside)
        return [] if inside else [mention]
    if own:
        sure = max(mention.confidence, *(e.score for e in own))
        confidence = round(min(sure, _AGREED_BY[mention.source]), 2)
        if _are_parts(own, mention):
            return [replace(mention, start=e.start, end=e.end, confidence=confidence) for e in own]
        return [replace(_widened(mention, own), confidence=confidence)]
    if any(e.score >= _needed(e, mention) for e in beside if not _is_government(mention, e)):
        return []
    return [] if mention.source == "cue" and mention.confidence < _UNSURE else [mention]


def _is_government(mention: OrganisationMention, entity: Entity) -> bool:
    """Whether the rules take the name of a place for its government: the model knows the place only."""
    return mention.name is not None and (entity.label, entity.start, entity.end) == (_PLACE, mention.start, mention.end)


def _needed(entity: Entity, mention: OrganisationMention) -> float:
    """Return the score from which on an entity that is no body speaks against a mention."""
    return _DOUBTED if mention.source == "cue" and entity.label in THINGS else _SURE


def _are_parts(own: Sequence[Entity], mention: OrganisationMention) -> bool:
    """Whether the model surely sees several bodies side by side where the rules see one."""
    if len(own) < 2 or mention.name is not None:
        return False
    return all(e.score >= _SURE and mention.start <= e.start and e.end <= mention.end for e in own)


def _widened(mention: OrganisationMention, own: Sequence[Entity]) -> OrganisationMention:
    """Return it with the span of the one entity around it, where the model is sure that the name is longer."""
    if len(own) != 1 or mention.name is not None or own[0].score < _SURE or not _is_wider(own[0], mention):
        return mention
    return replace(mention, start=own[0].start, end=own[0].end)


def _is_wider(entity: Entity, mention: OrganisationMention) -> bool:
    covers = entity.start <= mention.start and mention.end <= entity.end
    return covers and entity.end - entity.start > mention.end - mention.start


def _apart(mentions: Sequence[OrganisationMention]) -> list[OrganisationMention]:
    """Return those that overlap with no longer one."""
    occupied = Extents(())
    kept = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not occupied.overlaps(mention.start, mention.end):
            occupied.add(mention.start, mention.end)
            kept.append(mention)
    return kept
