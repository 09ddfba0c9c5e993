"""The spaCy component that reads what part each organisation plays, and the function behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.recognising.groups import ORGANISATIONS, ROLES
from pipeline.recognising.roles.agents import agent
from pipeline.recognising.roles.clauses import Clause, Kind, Reading, clauses, reduced
from pipeline.recognising.roles.coordination import coordinations
from pipeline.recognising.roles.phrases import phrase_start
from pipeline.recognising.roles.stretch import SLOT, Stretch
from pipeline.recognising.roles.subjects import apposition, relative, subject
from pipeline.recognising.roles.vocabulary import BEFORE, CONFIDENCE, DATA, FINITE, NOUNS, matching, one_of
from pipeline.recognising.sentences import sentence_starts
from pipeline.recognising.spans import OrganisationMention, RoleMention

__all__ = ["RoleRecogniser", "find_roles", "make_roles"]

_Group = list[OrganisationMention]
_Told = tuple[str, RoleMention]
"""The family of a reading, and what it gives."""
_OF_DOING = frozenset({"subject", "support"})
_OF_PARTS = frozenset({"support", "study"})
"""What leaves open who carries the project out: a small task, a study of it."""
_BESIDES = frozenset({"support", "work"})
"""What is told of a body in a relative clause without being a part of the project: `X, die aan apps werkt`."""
_REACH = 160
_LONGEST = 2000
"""Code points of a sentence that are read together: what is longer is no prose."""
_CHARGES = {"executor": f"|{one_of(DATA['charges'])}"}
_FINITE = matching(rf"\b{one_of(FINITE)}\b")
_CONSORTIUM = matching(r"\bconsortium\b")
_VERB = matching(rf"^ {one_of(FINITE)}\b")
_OWN = {
    role: matching(rf"\s?\((?:de |tevens |als )?({noun}{_CHARGES.get(role, '')})\b[^()]{{0,40}}\)")
    for role, noun in NOUNS.items()
}


def find_roles(
    text: str, organisations: Sequence[OrganisationMention], *, is_settled: bool = False
) -> list[RoleMention]:
    """Return the roles that a text gives to the organisations it names, in the order of the organisations.

    Members of a coordination share the cue that governs it. An organisation has a role once for each kind. Who is but
    the subject of a verb of doing carries the project out where no sentence before says who does: those that come
    later are helpers, who advise or follow. Who starts with the project, carries it out as
    such, made what it is about or studies it does.

    Parameters
    ----------
    text
        Running text.
    organisations
        The mentions in it; one that lies over another or outside of the text is passed over.
    is_settled
        Whether something else than the text says who carries the project out, such as a field.
    """
    mentions = _apart(text, organisations)
    found: dict[tuple[int, str], tuple[str, RoleMention]] = {}
    for start, end, inside in _sentences(text, mentions):
        told = [*_own(text, inside), *_of_sentence(text, start, end, inside)]
        of_doing = [one for one in told if one[0] in _OF_DOING and one[1].role == "executor"]
        if is_settled:
            told = [one for one in told if one not in of_doing]
        is_settled = is_settled or any(family not in _OF_PARTS and role.role == "executor" for family, role in told)
        for one in told:
            key = (one[1].target_start, one[1].role)
            if key not in found or found[key][0] == "support":
                found[key] = one
    roles = [role for family, role in found.values() if family != "support" or not is_settled]
    return sorted(roles, key=lambda r: (r.target_start, r.cue_start, r.role))


def _apart(text: str, organisations: Sequence[OrganisationMention]) -> _Group:
    kept: _Group = []
    for mention in sorted(organisations, key=lambda m: (m.start, -m.end)):
        if 0 <= mention.start < mention.end <= len(text) and (not kept or kept[-1].end <= mention.start):
            kept.append(mention)
    return kept


def _sentences(text: str, mentions: _Group) -> Iterator[tuple[int, int, _Group]]:
    """Give each sentence that names an organisation; a full stop inside a name ends none."""
    starts = [*sentence_starts(text), len(text)]
    bounds = [cut for a, b in pairwise(starts) for cut in range(a, b, _LONGEST)] + [len(text)]
    inside: _Group = []
    at = 0
    start = 0
    for end in bounds[1:]:
        while at < len(mentions) and mentions[at].start < end:
            inside.append(mentions[at])
            at += 1
        if inside and inside[-1].end > end:
            continue
        if inside:
            yield start, end, inside
        inside, start = [], end


def _own(text: str, mentions: _Group) -> Iterator[_Told]:
    """Read what brackets say of the one name before them: `A (penvoerder), B en C`."""
    for mention in mentions:
        for role, pattern in _OWN.items():
            match = pattern.match(text, mention.end)
            if match:
                span = match.span(1)
                yield "bracket", RoleMention(mention.start, mention.end, role, *span, CONFIDENCE["bracket"])


def _of_sentence(text: str, start: int, end: int, mentions: _Group) -> Iterator[_Told]:
    groups = {group[0].start: group for group in coordinations(text, mentions)}
    spans = [(group[0].start, group[-1].end) for group in groups.values()]
    words = reduced(Stretch.of(text, start, end, spans))
    before = _governed(words)
    for clause in clauses(words):
        for offset, reading in _readings(clause, before):
            span = clause.words.span(reading.start, reading.end)
            yield from _shared(groups[offset], reading, span)
    for offset, (reading, span) in before.items():
        yield from _shared(groups[offset], reading, span)


def _shared(group: _Group, reading: Reading, span: tuple[int, int]) -> Iterator[_Told]:
    for mention in group:
        role = RoleMention(mention.start, mention.end, reading.role, *span, CONFIDENCE[reading.family])
        yield reading.family, role


def _governed(words: Stretch) -> dict[int, tuple[Reading, tuple[int, int]]]:
    """Return, by the offset of a name, the role that the phrase before it gives."""
    found = {}
    for slot in _slots(words):
        reading = _phrase(words.text, phrase_start(words.text, slot))
        if reading and not _begins_clause(words.text, reading, slot):
            found[words.at[slot]] = (reading, words.span(reading.start, reading.end))
    return found


def _begins_clause(text: str, reading: Reading, slot: int) -> bool:
    """Whether a comma parts the noun from a name that begins a clause: `A is trekker, B en C zijn partner`."""
    ahead = _FINITE.search(text[: reading.start])
    return (
        text[reading.start : slot].rstrip().endswith(",") and ahead is not None and bool(_VERB.match(text[slot + 1 :]))
    )


def _phrase(text: str, start: int) -> Reading | None:
    """Return the role that the words right before `start` give."""
    left = max(0, start - _REACH)
    for cue in BEFORE:
        match = cue.pattern.search(text[left:start])
        if match and match.end(1) > match.start(1):
            return Reading(cue.role, cue.family, left + match.start(1), left + match.end(1))
    return None


def _readings(clause: Clause, governed: dict[int, tuple[Reading, tuple[int, int]]]) -> Iterator[tuple[int, Reading]]:
    """Give each role that a clause gives, with the offset of the name."""
    text = clause.words.text
    if clause.antecedent is not None:
        offset = clause.before.at[clause.antecedent]
        if clause.kind is Kind.SUBORDINATE:
            yield from ((offset, reading) for reading in relative(clause) if reading.family not in _BESIDES)
        elif clause.kind is Kind.ASIDE:
            yield from ((offset, reading) for reading in apposition(clause))
    for slot in _slots(clause.words):
        offset = clause.words.at[slot]
        start = phrase_start(text, slot)
        if offset in governed:
            continue
        only = _phrase(text, start) or agent(clause, slot, start)
        if only:
            yield offset, only
            continue
        union = _CONSORTIUM.search(text, start, slot)
        for reading in subject(clause, slot, start):
            if reading.family == "support" and clause.kind is not Kind.MAIN:
                continue
            is_theirs = union is not None and reading.family in _OF_DOING
            yield offset, replace(reading, family="union") if is_theirs else reading


def _slots(words: Stretch) -> list[int]:
    return [match.start() for match in re.finditer(SLOT, words.text)]


class RoleRecogniser:
    """spaCy component `annex_roles`: puts the cues in ``doc.spans["roles"]``.

    Each span is a cue and has ``span._.annex_role``, a `RoleMention`. It needs `annex_organisations` before it.
    """

    def __init__(self) -> None:
        ROLES.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["roles"]``."""
        ROLES.put(doc, find_roles(doc.text, ORGANISATIONS.of(doc)))
        return doc


@Language.factory("annex_roles", assigns=["doc.spans"])
def make_roles(nlp: Language, name: str) -> RoleRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return RoleRecogniser()
