"""Read what a clause says that its subject does: `X voert uit`, `heeft X ontwikkeld`, `waarvan X de penvoerder is`."""

import re
from collections.abc import Iterator

from pipeline.recognising.roles.agents import Reading
from pipeline.recognising.roles.clauses import Clause, Kind
from pipeline.recognising.roles.phrases import is_genitive, phrase_start
from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import (
    ACTIVITY,
    AUXILIARIES,
    CONJUNCTIONS,
    DATA,
    FINITE,
    INFINITIVE,
    JOINED,
    MONEY,
    NOUNS,
    PARTICIPLE,
    PARTICIPLE_SHAPE,
    PREPOSITIONS,
    SUBORDINATORS,
    VERBS,
    Verb,
    is_met,
    matching,
    one_of,
)

_FIRST_WORD = re.compile(
    r"^,? ?(?:(?:uit|in|te) [A-Z][\w-]+,? )?(?:(?:en|met) (?:haar|zijn|hun|de|het|andere|enkele|een|twee|drie|vier|vijf) (?:[\w-]+ ){1,2}?)?(?P<word>[^\W\d_]+)\b"
)
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+),? *$")
_EMBEDDED = matching(
    rf"(?<=[ ]){one_of(set(DATA['subordinators']) - {'als', 'of'})}\b"
    rf"|\b(?:en|maar|want) (?:[\w’'-]+ ){{0,3}}{SLOT} {one_of(FINITE)}\b"
)
_TIME = matching(DATA["times"])
_NEGATED = re.compile(r"^ (?:geen|niet)\b(?! alleen)")
_IN_PROJECT = matching(rf"^ ?(?:in|binnen|voor) (?:dit|het) {DATA['project']}\b[^,;]{{0,40}}$")
_ASSISTS = matching(rf"\b{one_of(DATA['assists'])}\b")
_WHETHER = re.compile(r"^(?: \w+){0,2} of\b")
_START = matching(r"\b(?:gestart|begonnen|van start gegaan|aan de slag gegaan)\b")
_PARTICLE_LAST = matching(rf"\b{one_of(DATA['particles'])} *(?=$|[,.]|(?:in|op|tot) )")
_LEADS_TO = re.compile(r"^ (?:tot|naar)\b|\btot (?:een|de|het)\b")
_ARTICLE = r"(?! (?:de|het|een|basis|die|dat|deze|dit|\d))"
_ATTRIBUTIVE = re.compile(r"\b(?:een|geen|elk|de|het) $")
_FINAL = re.compile(
    r" *(?:$|[,.]|(?:aan|in|op|voor|met|om|onder|bij|tot|naar|sinds|over|en|die|dat|waar\w*|heeft|hebben|had|hadden|is|zijn)\b)"
)
_PASSIVE = matching(rf"\b{one_of(AUXILIARIES['become'])}\b|\bdoor (?:[\w’'-]+ ){{0,4}}{SLOT}")
_AS = {role: matching(rf"\bals (?:[\w’'-]+ ){{0,2}}?({noun})\b") for role, noun in NOUNS.items()}
_AS_NEXT = {role: matching(rf"^,? als (?:[\w’'-]+ ){{0,2}}?({noun})\b") for role, noun in NOUNS.items()}
_IS = {
    role: matching(
        rf"^(?:,? (?!van\b|met\b|bij\b|door\b|geen\b|niet\b)[\w’'-]+){{0,5}}? ({noun})\b(?! van (?:de |het )?{SLOT})"
    )
    for role, noun in NOUNS.items()
}
_OF_WHICH = {
    role: matching(
        rf"^(?: [\w’'-]+){{0,4}}? ({noun})\b(?: \w+){{0,3}} {one_of(AUXILIARIES['be'] | AUXILIARIES['become'])}\b"
    )
    for role, noun in NOUNS.items()
}
_APPOSITION = {
    role: matching(rf"^ ?(?:als )?(?:(?!van\b|voor\b|in\b|met\b)[\w’'-]+ ){{0,3}}?({noun})\b")
    for role, noun in NOUNS.items()
}
_ORDERS = matching(r"\b(opdracht)\b(?! gekregen| ontvangen)")
_ORDERED = matching(r"^ (?:de |een )?(opdracht)\b")
_LETTING = frozenset({"laat", "laten", "liet", "lieten"})
_LET = matching(rf"\bdoor (?:[\w’'-]+ ){{0,4}}{SLOT}.* {one_of(VERBS.infinitives)}\b")
_ADVERB = re.compile(r"\w+(?:lijk|ig|ens|lings|weg|maal|dien|erop|erna|ermee|eraan|ervoor)", re.IGNORECASE)
_ORDERING = frozenset(
    {
        "gaf",
        "gaven",
        "geeft",
        "geven",
        "verleende",
        "verleenden",
        "verleent",
        "verstrekte",
        "verstrekten",
        "heeft",
        "hebben",
    }
)
_ASKED = matching(rf"^(?: (?:de|het|aan|[a-z]\w+)){{0,3}} {SLOT}(?P<rest>.*)")
_ASKING = frozenset({"vroeg", "vroegen", "verzocht", "verzochten", "heeft", "hebben"})
_ASK = matching(r"\b(gevraagd|verzocht)\b")
_CHARGE = matching(r"^(?: \w+){0,2} (leiding|regie|projectleiding|uitvoering|coördinatie|penvoerderschap)\b")
_ANSWERS = matching(rf"\bverantwoordelijk voor (?:de |het )?({DATA['activity']}|uitvoering|ontwikkeling)\b")
_DEMONSTRATIVE = frozenset({"dat", "dit", "dat alles", "dit alles"})
_JOIN = re.compile(r"\bsluit(?:en)?\b|\bsloot\b|\bsloten\b")
_JOINING = re.compile(
    r"\b(aan)\b *(?:$|[,.]|als\b|bij (?:het|dit) (?:project|consortium|samenwerkingsverband|initiatief|partnerschap))"
)
_COMMISSION_FIRST = matching(
    rf"^ ?in opdracht van (?:[\w’'-]+ ){{0,4}}{SLOT},? (?P<verb>[^\W\d_]+)(?: [a-zë-]+){{0,2}} *$"
)
_COMMISSION_FINITE = matching(
    rf"^ ?in opdracht van [^,;]{{0,120}}{SLOT},? (?P<verb>{one_of(FINITE)})(?: [a-zë-]+){{0,2}} *$"
)
_COMMISSION = matching(rf"\bin opdracht van (?:[\w’'-]+ ){{0,4}}{SLOT}")


def subject(clause: Clause, slot: int, start: int) -> Iterator[Reading]:
    """Give the roles of the name at `slot`, whose phrase begins at `start`, as the subject of its clause."""
    text = clause.words.text
    behind = slot + 1
    yield from _as_next(text, behind)
    lead = text[:start].rstrip(" ,")
    last = _LAST_WORD.search(text[:start])
    word = last["word"].lower() if last else ""
    if not lead:
        yield from _first(text, behind)
    elif word in SUBORDINATORS and (clause.kind is not Kind.MAIN or lead.lower() != word):
        end = text.find(",", behind) if clause.kind is Kind.MAIN else -1
        yield from _final(text if end < 0 else text[:end], behind)
    elif last is not None and word in FINITE and _may_invert(text[: last.start()].strip(" ,"), word):
        verb = (last.start("word"), last.end("word"))
        found = list(_deeds(text, verb, behind))
        yield from found or _in_project(text, verb, behind)
        yield from _commissioned(text[:slot])
    elif word in CONJUNCTIONS and _has_finite(lead):  # `… en X financiert`
        yield from _first(text, behind)
    elif word in _ORDERING and (order := _ORDERED.match(text[behind:])):
        yield Reading("executor", "commissioned", behind + order.start(1), behind + order.end(1))
    else:
        yield from _commissioned(text[:slot])


def relative(clause: Clause) -> Iterator[Reading]:
    """Give the roles of the name that a clause `die …`, `dat …` stands behind."""
    text, before, antecedent = clause.words.text, clause.before.text, clause.antecedent
    match = re.match(r" ?(?:die|dat)\b", text)
    if antecedent is None or match is None or _PASSIVE.search(text):
        return
    if not is_genitive(before, antecedent):
        yield from _final(text, match.end())


def apposition(clause: Clause) -> Iterator[Reading]:
    """Give the roles that an apposition gives the name before it: `X, trekker van het project,`."""
    for role, pattern in _APPOSITION.items():
        match = pattern.match(clause.words.text)
        if match:
            yield Reading(role, "apposition", match.start(1), match.end(1))


def _in_project(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    """Read `in dit project heeft X scholen begeleid`: who acts in it, carries it out, unless as an assistant."""
    if not _IN_PROJECT.match(text[: verb[0]].rstrip()):
        return
    if text[verb[0] : verb[1]].lower() in AUXILIARIES["have"]:
        done = PARTICIPLE_SHAPE.search(text, behind)
        if done and not _ASSISTS.search(text, behind):
            yield Reading("executor", "commissioned", done.start(), done.end())
    elif (
        not _ASSISTS.match(text, verb[0])
        and not text[verb[0] : verb[1]].lower() in AUXILIARIES["will"] | AUXILIARIES["other"]
    ):
        yield Reading("executor", "commissioned", *verb)


def _has_finite(text: str) -> bool:
    return any(word.lower() in FINITE for word in re.findall(r"[^\W\d_]+", text))


def _commissioned(lead: str) -> Iterator[Reading]:
    """Read `in opdracht van X telt Y`, whatever the verb."""
    match = _COMMISSION_FIRST.match(lead) or _COMMISSION_FINITE.match(lead)
    if match and match["verb"].lower() not in AUXILIARIES["be"] | AUXILIARIES["become"]:
        yield Reading("executor", "commissioned", match.start("verb"), match.end("verb"))


def _may_invert(first: str, verb: str) -> bool:
    """Whether what stands before a verb lets its subject stand behind it."""
    words = first.lower().split()
    if not words or first.lower() in _DEMONSTRATIVE:
        return True
    if (
        words[0] in PREPOSITIONS | SUBORDINATORS | frozenset(DATA["adverbials"])
        or " ".join(words[:2]) in DATA["adverbials"]
    ):
        return True
    pays = any(v.role == "funder" for v in VERBS.apart.get(verb, ()))
    if len(words) <= 4 and _TIME.fullmatch(words[-1]):
        return True
    is_adverb = len(words) == 1 and _ADVERB.fullmatch(words[0]) is not None
    return is_adverb or (pays and MONEY.search(first) is not None and SLOT not in first) or words[0].isdigit()


def _first(text: str, behind: int) -> Iterator[Reading]:
    """Read a clause that begins with its subject: the finite verb comes next."""
    match = _FIRST_WORD.match(text[behind:])
    if match is None:
        return
    word = match["word"].lower()
    verb = (behind + match.start("word"), behind + match.end("word"))
    found = list(_deeds(text, verb, verb[1])) if word in FINITE else []
    yield from found
    if not found and _COMMISSION.search(text) and word not in AUXILIARIES["be"] | AUXILIARIES["become"] | PREPOSITIONS:
        yield Reading("executor", "commissioned", *verb)


def _as_next(text: str, behind: int) -> Iterator[Reading]:
    for role, pattern in _AS_NEXT.items():
        match = pattern.match(text[behind:])
        if match:
            yield Reading(role, "noun", behind + match.start(1), behind + match.end(1))


def _deeds(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    """Give what a main clause says of its subject: finite verb at `verb`, the rest from `behind` on."""
    word = text[verb[0] : verb[1]].lower()
    cut = _EMBEDDED.search(text, behind)
    end = cut.start() if cut else len(text)
    rest = text[behind:end]
    if word in _ORDERING and (order := _ORDERS.search(rest)) and not _COMMISSION.search(rest):
        yield Reading("commissioner", "noun", behind + order.start(1), behind + order.end(1))
        return
    if word in _ASKING and (asked := _asked(text, word, verb, behind)):
        yield asked
        return
    if word in _LETTING and (let := _LET.search(rest)):
        yield Reading("commissioner", "asked", verb[0], behind + let.end())
    elif word in AUXILIARIES["have"]:
        yield from _participles(text, behind, end)
        if charge := _CHARGE.match(rest):
            yield Reading("executor", "noun", behind + charge.start(1), behind + charge.end(1))
    elif word in AUXILIARIES["be"] | AUXILIARIES["become"]:
        yield from _being(text, word, behind, end)
    elif word in AUXILIARIES["will"]:
        yield from _infinitives(text, behind, end)
    else:
        yield from _acts(text, word, verb, behind, end)
    for role, pattern in _AS.items():
        if word in {
            "treedt",
            "treden",
            "trad",
            "traden",
            "fungeert",
            "fungeren",
            "fungeerde",
            "fungeerden",
            "doet",
            "doen",
        } and (match := pattern.search(rest)):
            yield Reading(role, "noun", behind + match.start(1), behind + match.end(1))
    if _JOIN.fullmatch(word) and (joining := _JOINING.search(rest)):
        yield Reading("partner", "joined", behind + joining.start(1), behind + joining.end(1))
    for more in re.finditer(r"\b(?:en|maar) (?P<word>[^\W\d_]+)\b", rest):
        if more["word"].lower() in VERBS.apart and more["word"].lower() not in PREPOSITIONS:
            yield from _acts(
                text,
                more["word"].lower(),
                (behind + more.start("word"), behind + more.end("word")),
                behind + more.end(),
                end,
            )


def _asked(text: str, word: str, verb: tuple[int, int], behind: int) -> Reading | None:
    match = _ASKED.match(text[behind:])
    if match is None or not (ACTIVITY.search(match["rest"]) or INFINITIVE.search(match["rest"])):
        return None
    if word in AUXILIARIES["have"]:
        ask = _ASK.search(match["rest"])
        return (
            Reading(
                "commissioner",
                "asked",
                behind + match.start("rest") + ask.start(1),
                behind + match.start("rest") + ask.end(1),
            )
            if ask
            else None
        )
    return Reading("commissioner", "asked", *verb)


def _being(text: str, word: str, behind: int, end: int) -> Iterator[Reading]:
    rest = text[behind:end]
    start = _START.search(rest)
    if start and word in AUXILIARIES["be"] and not _PASSIVE.search(rest[: start.start()]):
        yield Reading("executor", "subject", behind + start.start(), behind + start.end())
    answers = _ANSWERS.search(rest)
    if answers:
        yield Reading("executor", "noun", behind + answers.start(), behind + answers.end())
    for role, pattern in _IS.items():
        match = pattern.match(rest)
        if match:
            yield Reading(role, "noun", behind + match.start(1), behind + match.end(1))
    for role, pattern in _AS.items():
        match = pattern.search(rest)
        if match and "betrokken" in rest:
            yield Reading(role, "noun", behind + match.start(1), behind + match.end(1))


def _participles(text: str, behind: int, end: int) -> Iterator[Reading]:
    """Read `heeft … ontwikkeld`."""
    for match in PARTICIPLE.finditer(text, behind, end):
        if _ATTRIBUTIVE.search(text[max(0, match.start() - 5) : match.start()]):
            continue
        for verb in VERBS.participles[match[0].lower()]:
            if verb.voice != "passive" and is_met(verb, text, text[behind:end]):
                yield _reading(verb, match.start(), match.end())
                break
    for match in _START.finditer(text, behind, end):
        if match[0].lower() != "gestart":
            yield Reading("executor", "subject", match.start(), match.end())


def _infinitives(text: str, behind: int, end: int) -> Iterator[Reading]:
    for match in INFINITIVE.finditer(text, behind, end):
        for verb in VERBS.infinitives[match["form"].lower()]:
            if (
                verb.voice != "passive"
                and is_met(verb, text, text[behind:end])
                and not match[0].lower().startswith("te ")
            ):
                yield _reading(verb, match.start("form"), match.end("form"))
                break


def _acts(text: str, word: str, verb: tuple[int, int], behind: int, end: int) -> Iterator[Reading]:
    """Read a verb that is its clause's only one: `ontwikkelt`, `voert … uit`."""
    rest = text[behind:end]
    for meaning in VERBS.apart.get(word, ()):
        if meaning.voice == "passive" or not _is_met(meaning, text, rest):
            continue
        if meaning.particle is None:
            if meaning.needs in {None, "grant"} and (_PARTICLE_LAST.search(rest) or _LEADS_TO.search(rest)):
                continue
            if word in DATA["wonders"] and _WHETHER.match(rest):
                continue
            yield _reading(meaning, *verb)
        elif not rest.startswith(" zich") and (particle := re.search(rf"\b{meaning.particle}\b{_ARTICLE}", rest)):
            cue = (
                (behind + particle.start(), behind + particle.end())
                if len(rest[: particle.start()]) > 60
                else (verb[0], behind + particle.end())
            )
            yield _reading(meaning, *cue)


def _final(text: str, behind: int) -> Iterator[Reading]:
    """Read a clause that its verb closes: `dat X de proef uitvoert`, `waarvan X de trekker is`."""
    rest = text[behind:]
    if SLOT in rest and _PASSIVE.search(rest):
        return
    for role, pattern in _OF_WHICH.items():
        match = pattern.match(rest)
        if match:
            yield Reading(role, "noun", behind + match.start(1), behind + match.end(1))
            return
    words = {w.lower() for w in re.findall(r"[^\W\d_]+", rest)}
    if words & AUXILIARIES["become"]:
        return
    if words & AUXILIARIES["have"]:
        yield from _participles(text, behind, len(text))
        return
    if words & AUXILIARIES["be"]:
        start = _START.search(rest)
        if start:
            yield Reading("executor", "subject", behind + start.start(), behind + start.end())
        return
    for match in JOINED.finditer(text, behind):
        if not _FINAL.match(text[match.end() :]) or _ATTRIBUTIVE.search(
            text[max(0, match.start() - 5) : match.start()]
        ):
            continue
        for verb in VERBS.joined[match[0].lower()]:
            if verb.voice != "passive" and is_met(verb, text, rest):
                yield _reading(verb, match.start(), match.end())
                break


def _is_met(verb: Verb, text: str, rest: str) -> bool:
    says_that = verb.needs == "activity" and text.lower().startswith(tuple(f"{w} " for w in _DEMONSTRATIVE))
    return (says_that or is_met(verb, text, rest)) and _NEGATED.match(rest) is None


def _reading(verb: Verb, start: int, end: int) -> Reading:
    return Reading(verb.role, "subject" if verb.role == "executor" else "money", start, end)
