"""Find which name is the subject of a clause, by where it stands to the verb, and what is said of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.recognising.roles.clauses import Clause, Kind, Reading
from pipeline.recognising.roles.deeds import also, deeds, final
from pipeline.recognising.roles.orders import by_order, by_order_within, in_project, is_in_project, ordered, ordering
from pipeline.recognising.roles.phrases import is_genitive
from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import (
    CONJUNCTIONS,
    DATA,
    FINITE,
    MONEY,
    NOUNS,
    PREPOSITIONS,
    SUBORDINATORS,
    VERBS,
    first_role,
    matching,
    one_of,
)

_BESIDE = rf"(?:(?:en|met) {one_of(DATA['beside'])} (?:[\w-]+ ){{1,2}}?)?"
_NEXT = re.compile(rf"^,? ?(?:(?:uit|in|te) [A-Z][\w-]+,? )?{_BESIDE}(?P<word>[^\W\d_]+)\b")
_LAST = re.compile(r"(?P<word>[^\W\d_]+),? *$")
_WORD = re.compile(r"[^\W\d_]+")
_RELATIVE = re.compile(r" ?(?:die|dat)\b", re.IGNORECASE)
_PASSIVE = matching(rf"\b(?:wordt|worden|werd|werden)\b|\bdoor (?:[\w’'-]+ ){{0,4}}{SLOT}")
_AS_NEXT = {role: matching(rf"^,? als (?:[\w’'-]+ ){{0,2}}?({noun})\b") for role, noun in NOUNS.items()}
_APPOSITION = {
    role: matching(rf"^ ?(?:als )?(?:(?!van\b|voor\b|in\b|met\b)[\w’'-]+ ){{0,3}}?({noun})\b(?! (?:\w+ )?{SLOT})")
    for role, noun in NOUNS.items()
}
_HEAD = one_of([DATA["body"], DATA["bodies"], DATA["other_heads"], *NOUNS.values()])
_NOUN_AHEAD = matching(rf"(?:de|het|een|{one_of(DATA['counts'])}) (?:[\w-]+ )?{_HEAD}(?: [\w’'-]+){{0,5}}, ?")
_TIME = matching(DATA["times"])
_ADVERB = matching(DATA["adverb"])
_ADVERBIALS = frozenset(DATA["adverbials"])
_HYPOTHETICAL = frozenset(DATA["hypothetical"])
_OF_PEOPLE = frozenset(DATA["of_people"])
_FIRST = PREPOSITIONS | SUBORDINATORS | _ADVERBIALS


def subject(clause: Clause, slot: int, start: int) -> Iterator[Reading]:
    """Give the roles of the name at `slot`, whose phrase begins at `start`, as the subject of its clause."""
    text = clause.words.text
    behind = slot + 1
    if noun := first_role(_AS_NEXT, text[behind:]):
        yield Reading(noun[0], "noun", behind + noun[1].start(1), behind + noun[1].end(1))
    lead = "" if _is_apposed(text, start, behind) else text[:start].rstrip(" ,")
    last = _LAST.search(lead)
    word = last["word"].lower() if last else ""
    if not lead or (word in CONJUNCTIONS and _has_finite(lead)):  # `X financiert`, `… en X financiert`
        yield from _first(text, behind)
    elif word in _HYPOTHETICAL:
        return
    elif word in SUBORDINATORS and (clause.kind is not Kind.MAIN or lead.lower() != word):
        end = text.find(",", behind) if clause.kind is Kind.MAIN else -1
        yield from final(text if end < 0 else text[:end], behind)
    elif last and word in FINITE and _may_invert(text[: last.start()].strip(" ,"), word):
        yield from _inverted(text, last.span("word"), slot)
    elif order := ((ordered(text, last.span("word"), behind) if last else None) or by_order(text[:slot])):
        yield order


def _is_apposed(text: str, start: int, behind: int) -> bool:
    """Whether a name stands between commas behind the noun for it: `het bureau uit Ede, X, heeft`."""
    return text[behind : behind + 1] == "," and _NOUN_AHEAD.fullmatch(text[:start]) is not None


def relative(clause: Clause) -> Iterator[Reading]:
    """Give the roles of the name that a clause `die …`, `dat …` stands behind."""
    text, antecedent = clause.words.text, clause.antecedent
    match = _RELATIVE.match(text)
    if antecedent is None or match is None or _PASSIVE.search(text) or is_genitive(clause.before.text, antecedent):
        return
    yield from final(text, match.end())


def apposition(clause: Clause) -> Iterator[Reading]:
    """Give the roles that an apposition gives the name before it: `X, trekker van het project,`."""
    noun = first_role(_APPOSITION, clause.words.text)
    if noun:
        yield Reading(noun[0], "apposition", noun[1].start(1), noun[1].end(1))


def _first(text: str, behind: int) -> Iterator[Reading]:
    """Read a clause that begins with its subject: the finite verb comes next."""
    match = _NEXT.match(text[behind:])
    if match is None:
        return
    verb = (behind + match.start("word"), behind + match.end("word"))
    is_finite = match["word"].lower() in FINITE
    found = list(_said(text, verb, verb[1]) if is_finite else also(text, verb[1]))
    yield from found
    if not found and (order := by_order_within(text, verb)):
        yield order


def _inverted(text: str, verb: tuple[int, int], slot: int) -> Iterator[Reading]:
    """Read a clause that begins with something else: the subject stands behind the verb."""
    found = list(_said(text, verb, slot + 1))
    if is_in_project(text, verb):
        found = [replace(r, family="project") if r.family == "subject" else r for r in found]
    yield from found or in_project(text, verb, slot + 1)
    if order := by_order(text[:slot]):
        yield order


def _said(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    orders = ordering(text, verb, behind)
    if orders:
        yield orders
    else:
        yield from deeds(text, verb, behind)


def _may_invert(first: str, verb: str) -> bool:
    """Whether what stands before a verb lets its subject stand behind it."""
    words = first.lower().split()
    if not words or first.lower() in {"dat", "dit"}:
        return True
    if words[0] in _FIRST or " ".join(words[:2]) in _ADVERBIALS or words[0].isdigit():
        return True
    if (len(words) <= 4 and _TIME.fullmatch(words[-1])) or (len(words) == 1 and _ADVERB.fullmatch(words[0])):
        return True
    if SLOT in first or _has_finite(first):
        return False
    meanings = VERBS.apart.get(verb, ())
    if any(v.role == "funder" for v in meanings) and MONEY.search(first) is not None:
        return True
    return verb not in _OF_PEOPLE and any(v.role == "executor" and v.voice != "passive" for v in meanings)


def _has_finite(text: str) -> bool:
    return any(word.lower() in FINITE for word in _WORD.findall(text))
