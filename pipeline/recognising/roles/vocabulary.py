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


def _with_nouns(pattern: str) -> str:
    """Return a pattern with the nouns that it names: `{activity}`, `{product}`, `{project}`, `{money}`, `{grant}`."""
    for name in ("activity", "product", "project", "money", "grant"):
        pattern = pattern.replace(f"{{{name}}}", DATA[name])
    return pattern.replace("{slot}", SLOT)


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb makes of its subject."""

    role: Role
    particle: str | None
    needs: str | None
    """A name of the table `needs`: what the clause must speak of besides."""
    voice: Literal["active", "passive"] | None
    is_weak: bool
    """Whether it tells something only where nothing else does."""

    def family(self, of_executor: str) -> str:
        """Return the family of a reading from it; `of_executor` is that of a verb of carrying out."""
        if self.is_weak:
            return "support"
        return {"executor": of_executor, "commissioner": "asked", "funder": "money", "partner": "joined"}[self.role]


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
        for row, is_separable in [(r, False) for r in group.get("forms", ())] + [
            (r, True) for r in group.get("separable", ())
        ]:
            *particle, plural, singular, past, pasts, participle = row.split()
            prefix = " ".join(particle)
            verb = Verb(
                group["role"],
                prefix if is_separable else None,
                group.get("needs"),
                group.get("voice"),
                group.get("is_weak", False),
            )
            glue = "" if not is_separable or participle.startswith(prefix) else " "
            whole = participle if participle.startswith(prefix) else f"{prefix} {participle}"
            found.participles.setdefault(whole, []).append(verb)
            found.infinitives.setdefault(prefix + glue + plural, []).append(verb)
            if is_separable:
                found.infinitives.setdefault(f"{prefix} te {plural}", []).append(verb)
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


_NEEDS = {name: matching(_with_nouns(pattern)) for name, pattern in DATA["needs"].items()}
_OF_CLAUSE = frozenset({"money", "no_money"})


def is_met(verb: Verb, clause: str, rest: str) -> bool:
    """Return whether a clause speaks of what a verb needs; `rest` is what stands behind verb and subject."""
    if verb.needs is None:
        return True
    return _NEEDS[verb.needs].search(clause if verb.needs in _OF_CLAUSE else rest) is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that give a role to what stands right behind them."""

    role: Role
    family: str
    pattern: re.Pattern[str]


def _filled(pattern: str) -> str:
    return _with_nouns(pattern).replace("{of}", _COMPLEMENT).replace("{sum}", _SUM).replace("{years}", _YEARS)


def _before() -> tuple[Cue, ...]:
    cues = [
        Cue(group["role"], group["family"], matching(rf"(?<!\w)({_filled(pattern)}) ?$"))
        for group in DATA["phrases"]
        for pattern in group["patterns"]
    ]
    copula = one_of(AUXILIARIES["be"] | AUXILIARIES["become"])
    for role, noun in NOUNS.items():
        complement = _COMPLEMENT
        forms = (
            rf"{noun}{complement},? {copula}(?: sinds \d+)?",
            rf"{noun}{complement} ?[:,]",
            rf"{noun}(?! (?:van|is))",
            rf"als (?:\w+ )?{noun}{complement} {one_of(DATA['serving'])}",
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
