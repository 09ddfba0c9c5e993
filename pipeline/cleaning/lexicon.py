"""What is a known Dutch word: in the list of a kept package, regularly inflected, or made of listed parts."""

import re
from functools import lru_cache

import simplemma

from pipeline.resources import vocabulary

_WORDS = vocabulary("cleaning/words.toml")
_LINKS: tuple[str, ...] = tuple(_WORDS["links"])
_SHORTEST: int = _WORDS["shortest_part"]
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
    return _is_form(word) or _is_compound(word, 3)


@lru_cache(maxsize=65_536)
def _is_form(word: str) -> bool:
    """Whether it is listed or inflected from a listed word."""
    if is_listed(word):
        return True
    bases = [word]
    participle = _PARTICIPLE.fullmatch(word)
    if participle:
        bases.append(_UNMARKED[participle["marked"]] + participle["rest"])
    return any(
        base.endswith(form) and len(base) - len(form) >= 3 and is_listed(base[: len(base) - len(form)] + listed)
        for base in bases
        for listed, form in _INFLECTIONS
    )


def _is_compound(word: str, most_parts: int) -> bool:
    if most_parts < 2:
        return False
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, rest = word[:cut], word[cut:]
        if not is_listed(first):
            continue
        for link in _LINKS:
            tail = rest[len(link) :]
            if (
                rest.startswith(link)
                and len(tail) >= _SHORTEST
                and (_is_form(tail) or _is_compound(tail, most_parts - 1))
            ):
                return True
    return False
