"""Read from a clause what its subject does or is, once it is known which name that is."""

import re
from collections.abc import Iterator

from pipeline.recognising.roles.clauses import Reading
from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import (
    AUXILIARIES,
    DATA,
    FINITE,
    INFINITIVE,
    JOINED,
    NOUNS,
    PARTICIPLE,
    PREPOSITIONS,
    SUBORDINATORS,
    VERBS,
    Forms,
    Verb,
    first_role,
    is_met,
    matching,
    one_of,
)

_EMBEDDED = matching(
    rf"(?<=[ ]){one_of(SUBORDINATORS - {'als', 'of'})}\b"
    rf"|\b(?:en|maar|want) (?:[\w’'-]+ ){{0,3}}{SLOT} {one_of(FINITE)}\b"
)
_PASSIVE = matching(rf"\b{one_of(AUXILIARIES['become'])}\b|\bdoor (?:[\w’'-]+ ){{0,4}}{SLOT}")
_ATTRIBUTIVE = re.compile(r"\b(?:een|geen|elk|de|het) $")
_ALSO = re.compile(r"\b(?:en|maar) (?P<word>[^\W\d_]+)\b")
_WORD = re.compile(r"[^\W\d_]+")
_NEGATED = re.compile(r"^ (?:geen|niet)\b(?! alleen)")
_DENIES = re.compile(r"^[^,;]*\b(?:niet|nooit)\b(?! alleen)")
_DENIED = re.compile(r"\b(?:niet|nooit) $")
_WHETHER = re.compile(r"^(?: \w+){0,2} of\b")
_LEADS_TO = re.compile(r"^ (?:tot|naar)\b|\btot (?:een|de|het)\b")
_PARTICLE_LAST = matching(rf"\b{one_of(DATA['particles'])} *(?=$|[,.]|(?:in|op|tot) )")
_NO_ARTICLE = r"(?! (?:de|het|een|basis|die|dat|deze|dit|\d))"
_FAR = 60
"""Code points between verb and particle from which on the particle alone is the cue."""
_CLOSES = matching(rf" *(?:$|[,.]|{one_of(DATA['closes'])}\b)")
_START = matching(rf"\b{one_of(DATA['starts'])}\b")
_SETS_OFF = matching(rf"\b{one_of(DATA['setting_off'])}\b")
_CHARGE = matching(rf"^(?: \w+){{0,2}} ({one_of(DATA['charges'])})\b(?= (?:van|over|in|voor|bij)\b| *[,.;]| *$)")
_ANSWERS = matching(rf"\bverantwoordelijk voor (?:de |het )?{DATA['activity']}\b")
_PLAIN = r"(?!van\b|met\b|bij\b|door\b|geen\b|niet\b)[\w’'-]+"
_BEING = one_of(AUXILIARIES["be"] | AUXILIARIES["become"])
_IS = {
    role: matching(rf"^(?:,? {_PLAIN}){{0,5}}? ({noun})\b(?! van (?:de |het )?{SLOT})") for role, noun in NOUNS.items()
}
_IS_LAST = {
    role: matching(rf"^(?: [\w’'-]+){{0,4}}? ({noun})\b(?: \w+){{0,3}} {_BEING}\b") for role, noun in NOUNS.items()
}
_AS = {role: matching(rf"^.*?\bals (?:[\w’'-]+ ){{0,2}}?({noun})\b") for role, noun in NOUNS.items()}
_CARRIES = matching(rf"\b(?:{DATA['carrying']})\b")
_RESULTS = matching(DATA["results"])
_STUDIES = matching(DATA["studies"])
_PERFORMS = matching(rf"\b(?:{DATA['performing']})\b")
_STUDY = matching(rf"\b{DATA['study']}\b")
_WHOLE = matching(rf"\b(?:{DATA['whole']})\b")
_FRONTED = frozenset({"activity", "product"})
_SAMEN = re.compile(r"\bsamen\b(?! met\b)")
_JOINING = re.compile(
    r"\b(aan)\b *(?:$|[,.]|als\b|bij (?:het|dit) (?:project|consortium|samenwerkingsverband|initiatief|partnerschap))"
)


def deeds(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    """Give what a main clause says of its subject.

    Parameters
    ----------
    text
        The clause.
    verb
        Where its finite verb stands.
    behind
        Where the rest begins, behind subject and verb.
    """
    word = text[slice(*verb)].lower()
    cut = _EMBEDDED.search(text, behind)
    if cut and cut[0] == "dat" and len(text[behind : cut.start()].split()) <= (word in AUXILIARIES["have"]):
        return  # `X berekende dat`, `X heeft berekend dat`: a finding
    text = text[: cut.start()] if cut else text
    rest = text[behind:]
    if word in AUXILIARIES["have"]:
        yield from _participles(text, behind)
        if charge := _CHARGE.match(rest):
            yield Reading("executor", "noun", behind + charge.start(1), behind + charge.end(1))
    elif word in AUXILIARIES["be"] | AUXILIARIES["become"]:
        yield from _being(text, word, behind)
    elif word in AUXILIARIES["will"]:
        yield from _infinitives(text, behind)
        if off := _SETS_OFF.search(text, behind):
            yield Reading("executor", "start", off.start(), off.end())
    else:
        yield from _acts(text, verb, behind)
        yield from _serves(text, word, behind)
        yield from _together(text, word, behind)
    yield from also(text, behind)


def also(text: str, behind: int) -> Iterator[Reading]:
    """Give what a second verb of the same subject says: `X kocht een school en verbouwde haar`."""
    for second in _ALSO.finditer(text, behind):
        if second["word"].lower() in VERBS.apart and second["word"].lower() not in PREPOSITIONS:
            yield from _acts(text, second.span("word"), second.end())


def _together(text: str, word: str, behind: int) -> Iterator[Reading]:
    """Read `X en Y werken samen`, not `werken samen met Z`."""
    together = _SAMEN.search(text, behind) if word in DATA["working"] else None
    if together and SLOT not in text[together.end() :]:
        yield Reading("partner", "joined", *together.span())


def final(text: str, behind: int) -> Iterator[Reading]:
    """Give what a clause that its verb closes says: `dat X de proef uitvoert`, `waarvan X de trekker is`."""
    rest = text[behind:]
    words = {word.lower() for word in _WORD.findall(rest)}
    if SLOT in rest and _PASSIVE.search(rest):
        return
    noun = first_role(_IS_LAST, rest)
    if noun:
        yield Reading(noun[0], "noun", behind + noun[1].start(1), behind + noun[1].end(1))
    elif words & AUXILIARIES["become"]:
        return
    elif words & AUXILIARIES["have"]:
        yield from _participles(text, behind)
    elif words & AUXILIARIES["be"]:
        yield from _starts(text, behind)
    else:
        closing = (m for m in JOINED.finditer(text, behind) if _CLOSES.match(text[m.end() :]))
        yield from _meant(text, rest, VERBS.joined, (m.span() for m in closing))


def _being(text: str, word: str, behind: int) -> Iterator[Reading]:
    """Read `is gestart`, `is penvoerder`, `zijn als partner betrokken`."""
    rest = text[behind:]
    if word in AUXILIARIES["be"]:
        yield from (r for r in _starts(text, behind) if not _PASSIVE.search(text[behind : r.start]))
    if answers := _ANSWERS.search(rest):
        yield Reading("executor", "noun", behind + answers.start(), behind + answers.end())
    noun = first_role(_IS, rest) or (first_role(_AS, rest) if "betrokken" in rest else None)
    if noun:
        yield Reading(noun[0], "noun", behind + noun[1].start(1), behind + noun[1].end(1))


def _serves(text: str, word: str, behind: int) -> Iterator[Reading]:
    """Read `treedt op als penvoerder`, `sluit aan`."""
    noun = first_role(_AS, text[behind:]) if word in DATA["serving"] else None
    if noun:
        yield Reading(noun[0], "noun", behind + noun[1].start(1), behind + noun[1].end(1))
    joining = _JOINING.search(text, behind) if word in DATA["joining"] else None
    if joining:
        yield Reading("partner", "joined", *joining.span(1))


def _starts(text: str, behind: int) -> Iterator[Reading]:
    start = _START.search(text, behind)
    if start:
        yield Reading("executor", "start", start.start(), start.end())


def _participles(text: str, behind: int) -> Iterator[Reading]:
    """Read `heeft … ontwikkeld`."""
    yield from _meant(text, text[behind:], VERBS.participles, (m.span() for m in PARTICIPLE.finditer(text, behind)))
    yield from (r for r in _starts(text, behind) if text[r.start : r.end].lower() != "gestart")


def _infinitives(text: str, behind: int) -> Iterator[Reading]:
    """Read `zal … uitvoeren`."""
    bare = (m.span("form") for m in INFINITIVE.finditer(text, behind) if m.start() == m.start("form"))
    yield from _meant(text, text[behind:], VERBS.infinitives, bare)


def _meant(text: str, rest: str, forms: Forms, spans: Iterator[tuple[int, int]]) -> Iterator[Reading]:
    """Give the first meaning of each verb form that is no attribute of a noun."""
    for start, end in spans:
        ahead = text[max(0, start - 6) : start]
        if _ATTRIBUTIVE.search(ahead) or _DENIED.search(ahead):
            continue
        meant = (v for v in forms[text[start:end].lower()] if v.voice != "passive" and _is_said(v, text, rest))
        if verb := next(meant, None):
            yield _reading(verb, text, start, end)


def _acts(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    """Read a verb that is its clause's only one: `ontwikkelt`, `voert … uit`."""
    rest = text[behind:]
    word = text[slice(*verb)].lower()
    for meaning in VERBS.apart.get(word, ()):
        is_said = _is_said(meaning, text, rest) or (meaning.needs in _FRONTED and _is_object(meaning, text[: verb[0]]))
        if meaning.voice == "passive" or not is_said:
            continue
        if meaning.particle is None:
            if _DENIES.search(rest):
                continue
            has_other_sense = _PARTICLE_LAST.search(rest) or _LEADS_TO.search(rest)
            wonders = word in DATA["wonders"] and _WHETHER.match(rest)
            if not wonders and not (has_other_sense and meaning.needs in {None, "grant"}):
                yield _reading(meaning, text, *verb)
        elif not rest.startswith(" zich"):
            particle = re.search(rf"\b{meaning.particle}\b{_NO_ARTICLE}", rest)
            if particle and not _DENIED.search(rest[: particle.start()]):
                start = behind + particle.start() if particle.start() > _FAR else verb[0]
                yield _reading(meaning, text, start, behind + particle.end())


def _is_object(verb: Verb, lead: str) -> bool:
    """Whether what stands before a verb is what it does: `de metingen doet X`."""
    first = _WORD.search(lead)
    return SLOT not in lead and first is not None and first[0].lower() not in PREPOSITIONS and is_met(verb, lead, lead)


def _is_said(verb: Verb, text: str, rest: str) -> bool:
    """Whether the clause speaks of what the verb needs, and does not deny it."""
    points = verb.needs == "activity" and text.lower().startswith(("dat ", "dit "))
    return (points or is_met(verb, text, rest)) and _NEGATED.match(rest) is None


def _reading(verb: Verb, text: str, start: int, end: int) -> Reading:
    family = verb.family("subject")
    if family == "subject":
        cue = text[start:end]
        if _RESULTS.fullmatch(cue) or (_CARRIES.search(cue) and _WHOLE.search(text)):
            family = "project"
        elif _STUDIES.fullmatch(cue) or (_PERFORMS.search(cue) and _STUDY.search(text)):
            family = "study"
        elif verb.needs == "met":
            family = "start"
        elif verb.needs == "aan":
            family = "work"
    return Reading(verb.role, family, start, end)
