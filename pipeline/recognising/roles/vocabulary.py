"""The words of `words.toml`, made ready for reading."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.spans import Role
from pipeline.resources import vocabulary

DATA: dict[str, Any] = vocabulary("recognising/roles/words.toml")
CONFIDENCE: dict[str, float] = DATA["confidence"]


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for one of the words, longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


def matching(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the vocabulary; case does not matter."""
    return re.compile(pattern, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb makes of its subject."""

    role: Role
    particle: str | None
    needs: Literal["activity", "product", "aan", "met", "money", "grant"] | None
    voice: Literal["active", "passive"] | None


Forms = dict[str, list[Verb]]


@dataclass(frozen=True, slots=True)
class Conjugation:
    """The forms of all verbs: where the particle stands apart, where it is joined, participles and infinitives."""

    apart: Forms
    joined: Forms
    participles: Forms
    infinitives: Forms


def _conjugation() -> Conjugation:
    found = Conjugation({}, {}, {}, {})
    for group in DATA["verbs"]:
        for row, is_separable in [(r, False) for r in group["forms"]] + [(r, True) for r in group.get("separable", ())]:
            *particle, plural, singular, past, pasts, participle = row.split()
            prefix = " ".join(particle)
            verb = Verb(group["role"], prefix if is_separable else None, group.get("needs"), group.get("voice"))
            glue = "" if not is_separable or participle.startswith(prefix) else " "
            whole = participle if participle.startswith(prefix) else f"{prefix} {participle}"
            found.participles.setdefault(whole, []).append(verb)
            found.infinitives.setdefault(prefix + glue + plural, []).append(verb)
            for form in (plural, singular, past, pasts):
                for forms, key in ((found.apart, form), (found.joined, prefix + glue + form)):
                    if verb not in forms.setdefault(key, []):
                        forms[key].append(verb)
    return found


VERBS = _conjugation()
AUXILIARIES: dict[str, frozenset[str]] = {kind: frozenset(words) for kind, words in DATA["auxiliaries"].items()}
FINITE = frozenset(VERBS.apart) | frozenset(VERBS.joined) | frozenset().union(*AUXILIARIES.values())
PREPOSITIONS = frozenset(DATA["prepositions"])
SUBORDINATORS = frozenset(DATA["subordinators"])
CONJUNCTIONS = frozenset(DATA["conjunctions"])
DETERMINERS = frozenset(DATA["determiners"])
STOPS = (PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | FINITE) - DETERMINERS - frozenset({"betrokken"})
"""Words that no noun phrase goes on over, read from its end to its beginning."""

PARTICIPLE = matching(rf"\b{one_of(VERBS.participles)}\b")
PARTICIPLE_SHAPE = matching(DATA["participle_shape"])
INFINITIVE = matching(rf"\b(?:te[ ])?(?P<form>{one_of(VERBS.infinitives)})\b")
JOINED = matching(rf"\b{one_of(VERBS.joined)}\b")
MONEY = matching(DATA["money"])
GRANT = matching(DATA["grant"])
ACTIVITY = matching(rf"\b{DATA['activity']}\b")
PRODUCT = matching(rf"\b{DATA['product']}\b")
BODIES = matching(rf"\b{DATA['bodies']}\b")
BODY = matching(rf"\b{DATA['body']}\b")
NOUNS: dict[Role, str] = {role: f"(?:{pattern})" for role, pattern in DATA["nouns"].items()}
ANY_NOUN = matching(one_of(NOUNS.values()))
_COMPLEMENT = r"(?: (?:van|in|voor|bij|binnen|tot) (?:[\w’'-]+ ){0,5}[\w’'-]+)?"
_UNITS = r"(?:duizend|miljoen|mln\.?|miljard|ton|euro)"
_SUM = rf"(?:€ ?[\d.,]+(?:,-)?(?: {_UNITS})*|[\w.,-]+(?: {_UNITS}){{0,2}} euro|[\w,]+ ton)"
_YEARS = r"(?: (?:in|voor|over) (?:het jaar |de jaren |de periode )?\d{4}(?:(?:-| en |/)\d{4})?)?"


def is_met(verb: Verb, clause: str, rest: str) -> bool:
    """Return whether a clause speaks of what a verb needs; `rest` is what stands behind verb and subject."""
    match verb.needs:
        case None:
            return True
        case "money":
            return MONEY.search(clause) is not None
        case "grant":
            return GRANT.search(rest) is not None
        case "activity":
            return ACTIVITY.search(rest) is not None
        case "product":
            return PRODUCT.search(rest) is not None
        case preposition:
            return re.search(rf"\b{preposition}\b", rest) is not None and re.search(r"\bmee\b", rest) is None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a role to what stands right behind them."""

    role: Role
    family: str
    pattern: re.Pattern[str]


def _filled(pattern: str) -> str:
    return (
        pattern.replace("{of}", _COMPLEMENT)
        .replace("{sum}", _SUM)
        .replace("{years}", _YEARS)
        .replace("{project}", DATA["project"])
        .replace("{activity}", DATA["activity"])
        .replace("{product}", DATA["product"])
    )


def _before() -> tuple[Cue, ...]:
    cues = [
        Cue(group["role"], group["family"], matching(rf"\b({_filled(pattern)}) ?$"))
        for group in DATA["phrases"]
        for pattern in group["patterns"]
    ]
    copula = one_of(["is", "zijn", "was", "waren", "blijft", "bleef", "wordt", "werd", "worden"])
    for role, noun in NOUNS.items():
        complement = _COMPLEMENT
        forms = (
            rf"{noun}{complement},? {copula}(?: sinds \d+)?",
            rf"{noun}{complement} ?[:,]",
            rf"{noun}(?! (?:van|is))",
            rf"als (?:\w+ )?{noun}{complement} (?:treedt|trad|treden|traden|fungeert|fungeren|fungeerde|fungeerden)",
        )
        cues.extend(Cue(role, "noun", matching(rf"\b({form}),? ?$")) for form in forms)
    return tuple(cues)


BEFORE = _before()


def first_role(patterns: dict[Role, re.Pattern[str]], text: str) -> tuple[Role, re.Match[str]] | None:
    """Return the role whose pattern a text begins with, and the match."""
    found = ((role, pattern.match(text)) for role, pattern in patterns.items())
    return next(((role, match) for role, match in found if match), None)


def is_slot_only(text: str) -> bool:
    """Whether a text is a coordination of organisations, with articles or a noun for its kind before it at most."""
    words = text.replace(",", " ").lower().split()
    return bool(words) and words[-1] == SLOT and all(w in DETERMINERS for w in words[:-1])
