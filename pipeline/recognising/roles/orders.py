"""Read who has it done and who is told to: `X gaf Y opdracht`, `in opdracht van X telt Y`, `in dit project heeft X`."""

import re
from collections.abc import Iterator

from pipeline.recognising.roles.clauses import Reading
from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import (
    ACTIVITY,
    AUXILIARIES,
    DATA,
    FINITE,
    INFINITIVE,
    PARTICIPLE_SHAPE,
    PREPOSITIONS,
    VERBS,
    matching,
    one_of,
)

_DOING = [form for form, verbs in VERBS.infinitives.items() if any(v.role == "executor" for v in verbs)]
_BY_ORDER = matching(rf"\bin opdracht van (?:[\w’'-]+ ){{0,4}}{SLOT}")
_BY_ORDER_FIRST = matching(
    rf"^ ?in opdracht van (?:(?:[\w’'-]+ ){{0,4}}{SLOT},? (?P<verb>[^\W\d_]+)"
    rf"|[^,;]{{0,120}}{SLOT},? (?P<finite>{one_of(FINITE)}))(?: [a-zë-]+){{0,2}} *$"
)
_ORDERS = matching(r"\b(opdracht)\b(?! gekregen| ontvangen)")
_ORDERED = matching(r"^ (?:de |een )?(opdracht)\b")
_OTHER = matching(rf"^ (?:[a-zë-]+ ){{0,3}}{SLOT}(?P<rest>.*)")
_DOES = matching(rf"\b{one_of(_DOING)}\b")
_ASK = matching(r"\b(?:gevraagd|verzocht)\b")
_LET = matching(rf"(?:{SLOT}.*\b|\b(?=.*{SLOT})){one_of(_DOING)}\b")
_ASKED = matching(r"^ (gevraagd|verzocht)\b")
_IN_PROJECT = matching(rf"^ ?(?:in|binnen|voor) (?:dit|het) {DATA['project']}\b[^,;]{{0,40}}$")
_ASSISTS = matching(rf"\b{one_of(DATA['assists'])}\b")


def ordering(text: str, verb: tuple[int, int], behind: int) -> Reading | None:
    """Return the role of a subject that orders or asks for something: verb at `verb`, the rest from `behind` on."""
    word, rest = text[slice(*verb)].lower(), text[behind:]
    order = _ORDERS.search(rest) if word in DATA["ordering"] else None
    if order and not _BY_ORDER.search(rest):
        return Reading("commissioner", "noun", behind + order.start(1), behind + order.end(1))
    letting = word in DATA["letting"] or (word in AUXILIARIES["have"] and re.search(r"\blaten\b", rest))
    let = _LET.search(rest) if letting else None
    if let:
        return Reading("commissioner", "asked", verb[0] if word in DATA["letting"] else behind, behind + let.end())
    other = _OTHER.match(rest) if word in DATA["asking"] else None
    if other and (ACTIVITY.search(other["rest"]) or INFINITIVE.search(other["rest"])):
        if word not in AUXILIARIES["have"]:
            return Reading("commissioner", "asked", *verb)
        ask = _ASK.search(rest)
        return Reading("commissioner", "asked", behind + ask.start(), behind + ask.end()) if ask else None
    return None


def ordered(text: str, verb: tuple[int, int], behind: int) -> Reading | None:
    """Return the role of X in `A gaf X opdracht`, `A vroeg X om een plan te maken`, `A schakelde X in`."""
    word, rest = text[slice(*verb)].lower(), text[behind:]
    order = _ORDERED.match(rest) if word in DATA["ordering"] else None
    if order:
        return Reading("executor", "commissioned", behind + order.start(1), behind + order.end(1))
    if word in DATA["letting"] and (does := _DOES.search(rest)):
        return Reading("executor", "asked", behind + does.start(), behind + does.end())
    if word in DATA["engaging"] and (engaged := re.search(r"\bin\b", rest)):
        return Reading("executor", "asked", behind + engaged.start(), behind + engaged.end())
    if word not in DATA["asking"] or not (_DOES.search(rest) or ACTIVITY.search(rest)):
        return None
    if word not in AUXILIARIES["have"]:
        return Reading("executor", "asked", *verb)
    asked = _ASKED.match(rest)
    return Reading("executor", "asked", behind + asked.start(1), behind + asked.end(1)) if asked else None


def by_order(lead: str) -> Reading | None:
    """Return the role of the subject behind `lead` in `in opdracht van A telt X`, whatever the verb."""
    match = _BY_ORDER_FIRST.match(lead)
    if match is None:
        return None
    group = "verb" if match["verb"] else "finite"
    if match[group].lower() in AUXILIARIES["be"] | AUXILIARIES["become"]:
        return None
    return Reading("executor", "commissioned", match.start(group), match.end(group))


def by_order_within(text: str, verb: tuple[int, int]) -> Reading | None:
    """Return the role of the subject in `X telt in opdracht van A`."""
    word = text[slice(*verb)].lower()
    if word in AUXILIARIES["be"] | AUXILIARIES["become"] | PREPOSITIONS or not _BY_ORDER.search(text):
        return None
    return Reading("executor", "commissioned", *verb)


def is_in_project(text: str, verb: tuple[int, int]) -> bool:
    """Whether a clause with this finite verb begins with `in dit project` or the like."""
    return _IN_PROJECT.match(text[: verb[0]].rstrip()) is not None


def in_project(text: str, verb: tuple[int, int], behind: int) -> Iterator[Reading]:
    """Read `in dit project heeft X scholen begeleid`: who acts in it carries it out, unless as an assistant."""
    if not is_in_project(text, verb):
        return
    word = text[slice(*verb)].lower()
    if word in AUXILIARIES["have"]:
        done = PARTICIPLE_SHAPE.search(text, behind)
        if done and not _ASSISTS.search(text, behind):
            yield Reading("executor", "commissioned", done.start(), done.end())
    elif not _ASSISTS.fullmatch(word) and word not in AUXILIARIES["will"] | AUXILIARIES["other"]:
        yield Reading("executor", "commissioned", *verb)
