"""Match one name against the register: exactly, by alias, by abbreviation, or forgiving its spelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from pipeline.linking.names import distinctive_words, loose_key, plain_key, without_form
from pipeline.linking.spelling import spelling_cost
from pipeline.recognising.organisations.vocabulary import heads
from pipeline.register import Form, Organisation, Register, places

Link = Literal["exact", "alias", "abbreviation", "fuzzy", "none"]
Decided = Literal["only", "form", "year", "region", "present", "order"]
"""What told a body from others of the same name: there is no other; it alone is written so, or bears it as its own
name; it alone was there in those years, or works in that region, or is still there; or nothing: it comes first."""

_FUZZY_SHORTEST = 9
"""Letters of a name whose spelling is forgiven."""
_NEAR_WORD = 75.0
"""Least likeness, of 100, at which a damaged word is looked up."""
_SHORTEST_WITH_FORM = 7
"""Letters of a single word that is known as a body, by which a foundation of that name is the same."""
_LINKS: dict[Form, Link] = {"name": "exact", "alias": "alias", "abbreviation": "abbreviation"}
_ORDER: dict[Form, int] = {"name": 0, "alias": 1, "abbreviation": 2}
_OWN_FORMS = frozenset({"stichting", "vereniging", "coöperatie"})
_PUBLIC = frozenset({"ministry", "agency", "municipality", "province", "water_board", "region", "justice"})


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of the annex, to tell bodies of one name apart."""

    years: tuple[int, int] | None = None
    """First and last year that it speaks of."""
    regions: tuple[str, ...] = ()
    """Regions that it speaks of, the most likely first."""


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Match:
    """A body of the register, and why a name is taken for it."""

    body: Organisation
    link: Link
    similarity: float
    """From 0 to 1; 1 but for `fuzzy`."""
    form: str
    """The name of the register that it was taken for."""
    decided: Decided = "only"


@dataclass(frozen=True, slots=True)
class _Named:
    body: Organisation
    kind: Form
    form: str


class _Index:
    """The names of a register, by what they are compared by."""

    def __init__(self, register: Register) -> None:
        self.rules = register.rules
        self.by_key: dict[str, list[_Named]] = {}
        self.by_loose_key: dict[str, list[_Named]] = {}
        self.by_word: dict[str, list[str]] = {}
        for form, kind, body in register.forms():
            named = _Named(body, kind, form)
            self.by_key.setdefault(plain_key(form), []).append(named)
            if kind != "abbreviation":
                self.by_loose_key.setdefault(loose_key(form), []).append(named)
        for key, all_named in self.by_key.items():
            if len(key) >= _FUZZY_SHORTEST and any(named.kind != "abbreviation" for named in all_named):
                for word in distinctive_words(key):
                    self.by_word.setdefault(word, []).append(key)
        self.words = sorted(self.by_word)
        self.lowercase = {form for form, _, _ in register.forms() if not any(c.isupper() for c in form)}


@lru_cache(maxsize=4)
def _index(register: Register) -> _Index:
    return _Index(register)


def match(name: str, register: Register, hints: Hints = NO_HINTS) -> Match | None:
    """Return the body of the register that a name stands for; None where it knows none.

    Only spelling is forgiven: a word that tells the name from others must be shared, but for damage by OCR, and no
    word may be another.
    """
    return _match(name.strip(), register, hints)


@lru_cache(maxsize=20_000)
def _match(name: str, register: Register, hints: Hints) -> Match | None:
    index = _index(register)
    bare = without_form(name)
    if not any(c.isupper() for c in name) and bare not in index.lowercase:
        return None
    for variant in (name, bare):
        found = _written(variant, index.by_key.get(plain_key(variant), ()), index, hints)
        if found is not None:
            return found
    return _behind_head(bare, index, hints) or _loosely(bare, index, hints) or _fuzzy(bare, index, hints)


def _written(name: str, named: Sequence[_Named], index: _Index, hints: Hints) -> Match | None:
    """Return the best of the bodies that have this name, of those that it may stand for as it is written."""
    allowed = [n for n in named if _may(name, n.form, index)]
    if not allowed:
        return None
    best, decided = _best(name, allowed, hints)
    return Match(best.body, _LINKS[best.kind], 1.0, best.form, decided)


def _may(name: str, form: str, index: _Index) -> bool:
    """Whether a name may stand for a form: what is written in capitals, only in capitals."""
    if " " in form or sum(c.isupper() for c in form) < 2 or form in index.lowercase:
        return True
    key = without_form(name)
    return any(key == f or key.removesuffix("'s").removesuffix("’s") == f for f in (form, form.upper()))


def _best(name: str, named: Sequence[_Named], hints: Hints) -> tuple[_Named, Decided]:
    """Return the one that is most likely meant, and what decided it from the next."""
    if len({n.body.id for n in named}) == 1:
        return min(named, key=lambda n: _ORDER[n.kind]), "only"
    reasons: tuple[Decided, ...] = ("year", "form", "form", "region", "present")

    def rank(one: _Named) -> tuple[int, ...]:
        region = one.body.region
        return (
            0 if _was_there(one.body, hints.years) else 1,
            _ORDER[one.kind],
            0 if one.form in {name, without_form(name)} else 1,
            hints.regions.index(region) if region in hints.regions else len(hints.regions),
            1 if one.body.valid_until else 0,
        )

    ordered = sorted(named, key=rank)
    best = ordered[0]
    rival = next(n for n in ordered if n.body.id != best.body.id)
    for reason, own, other in zip(reasons, rank(best), rank(rival), strict=True):
        if own != other:
            return best, reason
    return best, "order"


def _was_there(body: Organisation, years: tuple[int, int] | None) -> bool:
    """Whether a body was there in some of these years; where the years or its own are not known, it was."""
    if years is None:
        return True
    first, last = body.valid_from[:4], body.valid_until[:4]
    return not (first and int(first) > years[1]) and not (last and int(last) < years[0])


def _behind_head(name: str, index: _Index, hints: Hints) -> Match | None:
    """Match what stands behind a head noun.

    It names a body of that kind (``ministerie van SZW``), or a private body without its form (``Stichting Deltares``).
    """
    noun, _, rest = name.partition(" ")
    head = heads().get(noun.lower())
    if head is None or not rest:
        return None
    rest = rest.removeprefix(head.link).strip()
    found = _written(rest, index.by_key.get(plain_key(rest), ()), index, hints)
    if found is None:
        return None
    if found.body.kind == head.kind:
        return found
    is_own = " " in rest or (len(rest) >= _SHORTEST_WITH_FORM and found.form not in index.rules)
    may = noun.lower() in _OWN_FORMS and found.link != "abbreviation" and found.body.kind not in _PUBLIC and is_own
    return found if may else None


def _loosely(name: str, index: _Index, hints: Hints) -> Match | None:
    """Match a name whose words are split, joined or without `van de`: ``Rijks waterstaat``."""
    key = loose_key(name)
    if len(key) < _FUZZY_SHORTEST:
        return None
    named = [n for n in index.by_loose_key.get(key, ()) if distinctive_words(plain_key(n.form))]
    return _forgiven(name, named, hints, fuzz.ratio(plain_key(name), plain_key(named[0].form)) if named else 0.0)


def _forgiven(name: str, named: Sequence[_Named], hints: Hints, similarity: float) -> Match | None:
    if not named:
        return None
    best, decided = _best(name, named, hints)
    return Match(best.body, "fuzzy", round(similarity / 100, 4), best.form, decided)


def _fuzzy(name: str, index: _Index, hints: Hints) -> Match | None:
    """Match a name that is damaged: the nearest spelling, where only one body is as near."""
    key = plain_key(name)
    if len(key) < _FUZZY_SHORTEST:
        return None
    candidates = {
        near for word in distinctive_words(key) for known in _known_words(word, index) for near in index.by_word[known]
    }
    costs = {near: cost for near in sorted(candidates) if (cost := spelling_cost(key, near)) is not None}
    if not costs or _names_places(key, costs):
        return None
    least = min(costs.values())
    nearest = [near for near, cost in costs.items() if cost == least]
    named = [n for near in nearest for n in index.by_key[near] if n.kind != "abbreviation"]
    if len({n.body.id for n in named}) > 1 and len(nearest) > 1:
        return None
    return _forgiven(name, named, hints, fuzz.ratio(key, nearest[0]))


def _known_words(word: str, index: _Index) -> list[str]:
    """Return the words of the register that a distinctive word may be: itself, or those that it is near to."""
    if word in index.by_word:
        return [word]
    near = process.extract(word, index.words, scorer=fuzz.ratio, score_cutoff=_NEAR_WORD, limit=5)
    return [known for known, _, _ in near]


def _names_places(key: str, costs: dict[str, int]) -> bool:
    """Whether a word that would be damage is the name of a place: ``Gemeente Heist`` is not ``Gemeente Zeist``."""
    known = {word for near in costs for word in near.split()}
    return any(word not in known and is_place_word(word) for word in key.split())


def is_place_word(word: str) -> bool:
    """Whether a folded word is in the name of a place."""
    return word in _places()


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(
        word for place in places() for name in (place.name, *place.aliases) for word in plain_key(name).split()
    )
