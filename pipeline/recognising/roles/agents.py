"""Read `door X`: what its clause says was done, and so who X is."""

import re

from pipeline.recognising.roles.clauses import Clause, Kind, Reading
from pipeline.recognising.roles.phrases import is_genitive, phrase_start
from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import (
    AUXILIARIES,
    BODY,
    DATA,
    GRANT,
    INFINITIVE,
    MONEY,
    PARTICIPLE,
    PARTICIPLE_SHAPE,
    SUBORDINATORS,
    VERBS,
    is_met,
    matching,
    one_of,
)

_DENIED = re.compile(r"\b(?:niet|nooit) $", re.IGNORECASE)
_DOOR = re.compile(r"\bdoor $", re.IGNORECASE)
_UIT = re.compile(r"\b(?:uit|vanuit) $", re.IGNORECASE)
_PAYING = [p for p, verbs in VERBS.participles.items() if any(v.role == "funder" and v.needs is None for v in verbs)]
_PAID = matching(rf"\b{one_of(_PAYING)}\b")
_GETS = matching(rf"\b{one_of(DATA['gets'])}\b(?=[^,;]{{0,80}}$)")
_GOT = matching(rf"\b{one_of(DATA['gets'])}\b")
_FROM_FIRST = re.compile(r" ?van $", re.IGNORECASE)
_AMOUNT = matching(
    r"^ (?:een |de )?(?:€|[\d.,]+ (?:(?:duizend|miljoen|miljard|mln\.?) )?euro|subsidie|bijdrage|financiering|geld)"
)
_ORDER = matching(r"\bopdracht\b(?=.{0,60} aan $)")
_AWARD = matching(rf"\b{one_of(DATA['awards'])}\b")
_ATTRIBUTIVE = re.compile(r"\b(?:een|geen|elk|ieder) $", re.IGNORECASE)
_AUXILIARY = one_of(AUXILIARIES["be"] | AUXILIARIES["become"] | AUXILIARIES["have"])
_EMBEDDED = matching(rf"(?:(?<=[ ]){one_of(SUBORDINATORS - {'als', 'of'})}|\ben {_AUXILIARY})\b")
_INFLECTED = matching(rf"^ (?P<stem>{one_of(VERBS.participles)})e (?P<noun>[\w-]+)")
_NOMINAL = matching(rf"(?P<noun>{DATA['activity']})(?: (?:gebeurt|gebeurde|geschiedt|geschiedde))? door $")
_LET = matching(rf"\b{one_of(DATA['letting'])}\b")
_COMMISSIONED = matching(rf"\bin opdracht van (?:[\w’'-]+ ){{0,4}}{SLOT}")
_LEFT = 90
_NEAR = 45
_RELATIVE = re.compile(r"^ ?(?:die|dat)\b", re.IGNORECASE)


def agent(clause: Clause, slot: int, start: int) -> Reading | None:
    """Return the role of the name at `slot` whose phrase begins at `start`, when `door` stands before it."""
    text = clause.words.text
    door = _DOOR.search(text[:start])
    if door and _DENIED.search(text[: door.start()]):
        return None
    if door is None:
        return _source(text, start) or _giver(text, slot, start) or _receiver(text, slot, start)
    behind = text[slot + 1 :]
    inflected = _INFLECTED.match(behind)
    if inflected:
        return _attributive(inflected, slot + 1)
    participle = _participle(text, door.start(), slot + 1)
    if participle is not None and (reading := _done(clause, *participle)) is not None:
        return None if _speaks_of_body(clause) else reading
    if participle is not None or _LET.search(text[: door.start()]):
        return _let(text, slot)
    nominal = _NOMINAL.search(text[:start])
    return Reading("executor", "attribute", nominal.start("noun"), door.end() - 1) if nominal else None


def _source(text: str, start: int) -> Reading | None:
    """Read `betaald uit X`."""
    source = _UIT.search(text[:start])
    match = _PAID.search(text) if source else None
    return Reading("funder", "money", match.start(), match.end()) if match else None


def _giver(text: str, slot: int, start: int) -> Reading | None:
    """Read `kreeg van X 1,5 miljoen euro`, `van X is subsidie ontvangen`."""
    gets = _GETS.search(text[:start])
    if (
        gets
        and re.search(r"\bvan $", text[:start])
        and (_AMOUNT.match(text[slot + 1 :]) or GRANT.search(text[: gets.start()]))
    ):
        return Reading("funder", "money", gets.start(), gets.end())
    got = _GOT.search(text, slot) if _FROM_FIRST.match(text[:start]) and MONEY.search(text, slot) else None
    return Reading("funder", "money", got.start(), got.end()) if got else None


def _receiver(text: str, slot: int, start: int) -> Reading | None:
    """Read `de opdracht is aan X gegund`."""
    order = _ORDER.search(text[:start])
    award = (_AWARD.search(text[slot + 1 :]) or _AWARD.search(text[:start])) if order else None
    return Reading("executor", "commissioned", order.start(), order.end()) if order and award else None


def _attributive(match: re.Match[str], offset: int) -> Reading | None:
    """Read `de door X opgestelde handreiking`."""
    if BODY.fullmatch(match["noun"]):
        return None
    for verb in VERBS.participles[match["stem"].lower()]:
        if verb.needs in {None, "money"} and verb.voice != "active":
            return Reading(
                verb.role, verb.family("attribute"), offset + match.start("stem"), offset + match.end("stem") + 1
            )
    return None


def _participle(text: str, door: int, behind: int) -> tuple[int, int] | None:
    """Return the participle that `door` belongs to: right before it, else at the end of the clause, else before."""
    before = list(_participles(text, max(0, door - _LEFT), door))
    if before and not text[before[-1][1] : door].strip():
        return before[-1]
    cut = _EMBEDDED.search(text, behind)
    after = list(_participles(text, behind, cut.start() if cut else len(text)))
    if after:
        known = next((p for p in after if text[p[0] : p[1]].lower() in VERBS.participles), None)
        return known if known and len(after) > 1 and _are_joined(text, after) else after[0]
    return before[-1] if before else None


def _are_joined(text: str, found: list[tuple[int, int]]) -> bool:
    return text[found[0][1] : found[1][0]].strip() in {"en", "en/of"}


def _participles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    known = [m.span() for m in PARTICIPLE.finditer(text, start, end)]
    shaped = [
        m.span()
        for m in PARTICIPLE_SHAPE.finditer(text, start, end)
        if not any(a < m.end() and m.start() < b for a, b in known)
    ]
    return sorted(span for span in known + shaped if not _ATTRIBUTIVE.search(text[max(0, span[0] - 8) : span[0]]))


def _done(clause: Clause, start: int, end: int) -> Reading | None:
    text = clause.words.text
    for verb in VERBS.participles.get(text[start:end].lower(), ()):
        if verb.voice != "active" and is_met(verb, text, text):
            return Reading(verb.role, verb.family("agent"), start, end)
    return Reading("executor", "commissioned", start, end) if _COMMISSIONED.search(text) else None


def _speaks_of_body(clause: Clause) -> bool:
    """Whether the clause says how a body came to be or lives: `Fonds X, gefinancierd door Y, voert uit`."""
    before, antecedent = clause.before.text, clause.antecedent
    if clause.kind is Kind.PARTICIPIAL:
        if antecedent is not None:
            return phrase_start(before, antecedent) == 0
        return len(before.split()) <= 2 and BODY.search(before) is not None
    if clause.kind is Kind.SUBORDINATE and antecedent is not None and _RELATIVE.match(clause.words.text):
        return not is_genitive(before, antecedent)
    return False


def _let(text: str, slot: int) -> Reading | None:
    """Read `laat door X een plan opstellen`."""
    if not _LET.search(text[:slot]):
        return None
    match = INFINITIVE.search(text, slot) or next(iter(INFINITIVE.finditer(text, 0, slot)), None)
    if match is None:
        return None
    verb = next((v for v in VERBS.infinitives[match["form"].lower()] if v.role == "executor"), None)
    return Reading("executor", "attribute", match.start("form"), match.end("form")) if verb else None
