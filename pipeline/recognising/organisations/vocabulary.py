"""The words that the recogniser of organisations lives on, read from its data file once."""

import re
from functools import cache

from pipeline.register import folded
from pipeline.resources import vocabulary

DATA = vocabulary("recognising/organisations/words.toml")


class Head:
    """A noun that heads the names of bodies: ``gemeente``, ``stichting``."""

    __slots__ = ("kind", "link", "needs_capital", "noun")

    def __init__(self, noun: str, *, link: str, kind: str, needs_capital: bool) -> None:
        self.noun = noun
        self.link = link
        self.kind = kind
        self.needs_capital = needs_capital

    def name(self, member: str) -> str:
        """Return the full name of a member of a list: ``Gemeente Zutphen``, ``Ministerie van SZW``."""
        noun = self.noun.upper() if self.noun in _ALL_CAPITALS else self.noun[:1].upper() + self.noun[1:]
        return " ".join(part for part in (noun, self.link, member) if part)


_ALL_CAPITALS = frozenset({"ggd", "ggz", "umc", "riec", "roc", "aoc"})


@cache
def heads() -> dict[str, Head]:
    """Return the head nouns in the singular."""
    return {
        noun: Head(noun, link=group.get("link", ""), kind=group["kind"], needs_capital=group.get("capital", False))
        for group in DATA["heads"]
        for noun in group["nouns"]
    }


@cache
def plural_heads() -> dict[str, Head]:
    """Return the head nouns in the plural, each with the singular that its members take."""
    found = {}
    for group in DATA["heads"]:
        singulars = group["nouns"]
        for number, plural in enumerate(group["plural"]):
            found[plural] = heads()[singulars[min(number, len(singulars) - 1)]]
    return found | {plural: heads()[noun] for plural, noun in _own_plurals().items()}


@cache
def apostrophe_plurals() -> frozenset[str]:
    """Return the plurals such as ``riec's``: a capital makes them no name, as it may be that of an abbreviation."""
    return frozenset(plural for plural in plural_heads() if "'" in plural or "’" in plural)


def _own_plurals() -> dict[str, str]:
    """Return the plurals that belong to a noun by their beginning (``hogescholen`` to ``hogeschool``)."""
    pairs = {}
    for group in DATA["heads"]:
        for plural in group["plural"]:
            for noun in group["nouns"]:
                if plural[:5] == noun[:5] or plural.startswith((noun + "'", noun + "’")):
                    pairs[plural] = noun
                    break
    return pairs


@cache
def is_generic(word: str) -> bool:
    """Whether a word in lower case is a common noun for bodies, in the singular or plural."""
    singulars = _generic_nouns()
    if word in singulars or word.endswith(tuple(DATA["generic"]["endings"])):
        return True
    return any(word.endswith(end) and word.removesuffix(end) in singulars for end in DATA["generic"]["plural_endings"])


@cache
def _generic_nouns() -> frozenset[str]:
    return frozenset(DATA["generic"]["nouns"])


LEGAL_FORMS = frozenset(DATA["generic"]["legal_forms"])
NAME_WORDS = frozenset(DATA["generic"]["name_words"])
NAME_ENDINGS: tuple[str, ...] = tuple(DATA["generic"]["name_endings"])
NO_WORDS = frozenset(DATA["no_organisation"]["words"])
NO_ENDINGS: tuple[str, ...] = tuple(DATA["no_organisation"]["endings"])
NO_BEFORE = frozenset(DATA["no_organisation"]["before"])
NO_NAMES = frozenset(DATA["no_organisation"]["capitalised"])
STRUCTURES: tuple[str, ...] = tuple(DATA["no_organisation"]["structures"])
LANDSCAPE: tuple[str, ...] = tuple(DATA["no_organisation"]["landscape"])
QUOTES = frozenset(DATA["no_organisation"]["quotes"])
OPENING = frozenset(DATA["opening"]["words"])
NO_LAST_WORDS = frozenset(DATA["no_organisation"]["last_words"])
CURRENCIES = frozenset(DATA["no_organisation"]["currencies"])
NAME_ADJECTIVES = frozenset(DATA["no_organisation"]["name_adjectives"])
NO_VERBS = frozenset(DATA["verbs"]["none"])
VERB_ENDINGS: tuple[str, ...] = tuple(DATA["verbs"]["endings"])
LIKE_VERB_WEIGHT: float = DATA["verbs"]["like_weight"]
VERBS = frozenset(DATA["verbs"]["words"])
VERB_WEIGHT: float = DATA["verbs"]["weight"]
JOINS_ALWAYS = frozenset(DATA["joining"]["always"])
BEFORE_OF = frozenset(DATA["joining"]["before_of"])
FOREIGN_HEADS = frozenset(DATA["joining"]["foreign"])
JOINS_FOREIGN = frozenset(DATA["joining"]["in_foreign"])
JOINS_HEADED = frozenset(DATA["joining"]["in_headed"])
CUES_BEFORE: tuple[tuple[str, float], ...] = tuple(
    sorted(
        ((folded_cue, cue["weight"]) for cue in DATA["cues_before"] for folded_cue in cue["phrases"]),
        key=lambda pair: (-len(pair[0].split()), pair[0]),
    )
)


def _placing(prepositions: str, *, adjective: bool) -> re.Pattern[str]:
    """Return the pattern of a preposition and what may stand between it and the name behind it."""
    places = DATA["places"]
    between = "|".join(sorted(places["between"], key=len, reverse=True))
    tail = r"(?:\w+[ ])?" if adjective else ""
    return re.compile(rf"\b(?:{'|'.join(places[prepositions])})[ ](?:(?:{between})[ ])*{tail}$", re.IGNORECASE)


INSIDE = _placing("inside", adjective=True)
"""A preposition of place at the end of the text before ``gemeente`` or ``gemeenten``."""
BEFORE_PLACE = _placing("before", adjective=False)
"""Any preposition at the end of the text before the name of a place."""

ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z&]{1,7}\d?(?:-[A-Z]{2,6})?")
"""Two capitals or more among two to eight letters: `RWS`, `JenV`, `I&W`, `CoE`."""


def names_no_body(name: str) -> bool:
    """Whether a capitalised name is, by its own words, a programme, plan, act, product or place of work."""
    words = name.split()
    first, last = words[0].lower(), words[-1].lower()
    if len(words) > 1 and (is_generic(first) or (first in heads() and not heads()[first].needs_capital)):
        return False
    if len(words) > 1 and first in NO_BEFORE:
        return True
    if name in NO_NAMES or words[0] in {"Wet", "Besluit"} or folded(first) in NO_WORDS:
        return True
    is_structure = len(words) == 1 and first.endswith(STRUCTURES) and first not in STRUCTURES
    return is_structure or last in NO_WORDS or last.endswith(NO_ENDINGS)


def names_body(name: str) -> bool:
    """Whether a capitalised name is, by its own words, a body: a legal form, or a word such as ``Instituut``."""
    words = name.split()
    first = words[0].lower()
    if len(words) > 1 and first in FOREIGN_HEADS and not JOINS_FOREIGN.isdisjoint(words):
        return True
    if words[-1] in LEGAL_FORMS or (len(words) > 1 and (first in heads() or is_generic(first))):
        return True
    ends = (words[0].lower(), words[-1].lower())
    if len(words) == 1:
        return words[0].lower().endswith(NAME_ENDINGS) and len(name) > _SHORTEST_COMPOUND
    return any(word in NAME_WORDS or word.endswith(NAME_ENDINGS) for word in ends)


_SHORTEST_COMPOUND = 9
"""Letters of one capitalised word that ends as bodies do: `Auteursbond`, but not `Verbond`."""


def is_common_noun(name: str) -> bool:
    """Whether a capitalised word alone is only a noun for bodies: ``het Platform`` names none."""
    lower = name.lower()
    is_noun = lower in heads() or lower in NAME_WORDS or lower in _generic_nouns() or lower in NO_WORDS
    return " " not in name and is_noun
