"""Match one name against the register: exactly, by alias, by abbreviation, or forgiving its spelling."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from pipeline.recognising.organisations.vocabulary import LEGAL_FORMS, heads
from pipeline.register import Form, NameRule, Organisation, Register, name_key

Link = Literal["exact", "alias", "abbreviation", "fuzzy", "none"]

_FUZZY = 92.0
"""Least similarity, of 100, at which a spelling is forgiven."""
_FUZZY_SHORTEST = 9
_DISTINCTIVE = 5
"""Least length of a word that two names must share before their spelling is compared at all."""
_LINKS: dict[Form, Link] = {"name": "exact", "alias": "alias", "abbreviation": "abbreviation"}
_ARTICLE = re.compile(r"^(?:de|het|een|'t|’t)[ ]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A body of the register, and why a name is taken for it."""

    body: Organisation
    link: Link
    similarity: float
    """From 0 to 1; 1 but for `fuzzy`."""


@lru_cache(maxsize=4)
def _index(register: Register) -> dict[str, tuple[Organisation, Form]]:
    """Return the bodies by folded name; the earlier row and the better kind of name win."""
    index: dict[str, tuple[Organisation, Form]] = {}
    order: dict[Form, int] = {"name": 0, "alias": 1, "abbreviation": 2}
    for form, kind, body in register.forms():
        key = name_key(form)
        if key not in index or order[kind] < order[index[key][1]]:
            index[key] = (body, kind)
    return index


@lru_cache(maxsize=4)
def _long_names(register: Register) -> dict[str, list[str]]:
    """Return the folded names that are long enough to be compared, by each of their distinctive words."""
    by_word: dict[str, list[str]] = {}
    for key, (_, kind) in _index(register).items():
        if kind == "abbreviation" or len(key) < _FUZZY_SHORTEST:
            continue
        for word in distinctive_words(key):
            by_word.setdefault(word, []).append(key)
    return by_word


def distinctive_words(key: str) -> list[str]:
    """Return the words of a folded name that tell it from others: long ones that head no names."""
    return [word for word in key.split() if len(word) >= _DISTINCTIVE and word not in heads()]


def without_form(name: str) -> str:
    """Return a name without article and legal form: ``de Kluisnet Nederland B.V.`` gives ``Kluisnet Nederland``."""
    name = _ARTICLE.sub("", name.strip())
    words = name.split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] + "." in LEGAL_FORMS):
        words.pop()
    return " ".join(words)


def match(name: str, register: Register) -> Match | None:
    """Return the body of the register that a name stands for; None where it knows none."""
    for variant in (name, without_form(name)):
        hit = _index(register).get(name_key(variant))
        if hit is not None and _may(variant, hit[1], register):
            return Match(hit[0], _LINKS[hit[1]], 1.0)
    return _behind_head(without_form(name), register) or _fuzzy(name_key(without_form(name)), register)


def _behind_head(name: str, register: Register) -> Match | None:
    """Match what stands behind a head noun, where it names a body of that kind: ``ministerie van SZW``."""
    noun, _, rest = name.partition(" ")
    head = heads().get(noun.lower())
    if head is None:
        return None
    hit = _index(register).get(name_key(rest.removeprefix(head.link).strip()))
    return Match(hit[0], _LINKS[hit[1]], 1.0) if hit is not None and hit[0].kind == head.kind else None


def _may(name: str, form: Form, register: Register) -> bool:
    """Whether a name may stand for what it is found as: an abbreviation only with its capitals."""
    rule: NameRule | None = register.rules.get(name)
    if rule == "context":
        return True
    return form != "abbreviation" or any(c.isupper() for c in name)


@lru_cache(maxsize=65_536)
def _fuzzy(key: str, register: Register) -> Match | None:
    if len(key) < _FUZZY_SHORTEST:
        return None
    candidates = {name for word in distinctive_words(key) for name in _long_names(register).get(word, ())}
    digits = re.findall(r"\d+", key)
    fitting = sorted(c for c in candidates if re.findall(r"\d+", c) == digits and len(c.split()) == len(key.split()))
    best = process.extractOne(key, fitting, scorer=fuzz.ratio, score_cutoff=_FUZZY)
    if best is None:
        return None
    found, similarity, _ = best
    if not _differs_by_spelling(key, found):
        return None
    return Match(_index(register)[found][0], "fuzzy", similarity / 100)


def _differs_by_spelling(one: str, other: str) -> bool:
    """Whether each pair of words is nearly the same: `Gemeente Laren` is not a spelling of `Gemeente Haren`."""
    return all(
        a == b or (min(len(a), len(b)) >= _DISTINCTIVE and a[0] == b[0] and fuzz.ratio(a, b) >= 80)
        for a, b in zip(one.split(), other.split(), strict=True)
    )
