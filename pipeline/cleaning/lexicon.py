"""What is a known Dutch word: in the list of a kept package, regularly inflected, or made of listed parts."""

import re
from functools import lru_cache

import simplemma

from pipeline.resources import vocabulary

_WORDS = vocabulary("cleaning/words.toml")
_LINKS: tuple[str, ...] = tuple(_WORDS["links"])
_PREFIXES: tuple[str, ...] = tuple(_WORDS["prefixes"])
_COMPOUNDS: tuple[tuple[int, int, int], ...] = tuple(
    (c["parts"], c["shortest_part"], c["shortest"]) for c in _WORDS["compounds"]
)
_INFLECTIONS: tuple[tuple[str, str], ...] = tuple((i["listed"], i["form"]) for i in _WORDS["inflections"])
# A participle's “ge” takes a diaeresis before e, i and u, but not before ij and ui (Woordenlijst, 5.A).
_PARTICIPLE = re.compile(r"ge(?:(?P<marked>[ëïü])|(?![eiu])|(?=ij|ui))(?P<rest>.+)")
_UNMARKED = {"ë": "e", "ï": "i", "ü": "u", None: ""}
_LONGEST = 60


def is_listed(word: str) -> bool:
    """Whether the word list of simplemma has this very form; `word` in lower case."""
    return bool(simplemma.is_known(word, lang="nl"))


@lru_cache(maxsize=65_536)
def is_known(word: str) -> bool:
    """Whether `word`, in lower case, is listed, inflected from a listed one, or a compound of such."""
    if not word or len(word) > _LONGEST:
        return False
    if "-" in word:
        return all(is_known(part) for part in word.split("-") if part)
    return is_form(word) or any(
        len(word) >= whole and _is_compound(word, parts, part) for parts, part, whole in _COMPOUNDS
    )


@lru_cache(maxsize=65_536)
def is_form(word: str) -> bool:
    """Whether it is listed, or inflected or derived by a prefix from a listed word."""
    if is_listed(word):
        return True
    bases = [word]
    participle = _PARTICIPLE.fullmatch(word)
    if participle:
        bases.append(_UNMARKED[participle["marked"]] + participle["rest"])
    bases.extend(
        word[len(prefix) :]
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) > len(prefix) + 3 and not _needs_diaeresis(prefix, word[len(prefix) :])
    )
    if any(is_listed(base) for base in bases[1:] if len(base) > 3 and not participle):
        return True
    return any(
        base.endswith(form) and len(base) - len(form) >= 3 and is_listed(base[: len(base) - len(form)] + listed)
        for base in bases
        for listed, form in _INFLECTIONS
    )


def _needs_diaeresis(prefix: str, base: str) -> bool:
    """Whether the vowels between prefix and base would be read as one: `beinvloeden` is no word."""
    return prefix.endswith("e") and base.startswith(("e", "i", "u")) and not base.startswith(("ij", "ui"))


def _is_compound(word: str, parts: int, shortest: int) -> bool:
    """Whether it is `parts` listed words with links between; the last one may be inflected."""
    for cut in range(shortest, len(word) - shortest + 1):
        first, rest = word[:cut], word[cut:]
        if not is_listed(first):
            continue
        for link in _LINKS:
            tail = rest[len(link) :]
            if not rest.startswith(link) or len(tail) < shortest:
                continue
            if is_form(tail) if parts == 2 else _is_compound(tail, parts - 1, shortest):
                return True
    return False
