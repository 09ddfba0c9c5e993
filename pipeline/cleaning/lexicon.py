"""What is a known Dutch word: in OpenTaal's list, or a compound of parts that the list lets stand there."""

import lzma
from bisect import bisect_left
from functools import cache, lru_cache

import simplemma

from pipeline import register
from pipeline.resources import models_folder, vocabulary

_CLASHING = frozenset(vocabulary("cleaning/words.toml")["clashing_vowels"])
_SHORTEST_PART = 3
"""Letters of a part of a compound."""
_SHORTEST_WORD = 4
"""Letters of a listed word that stands in a compound though the list does not let it."""
_LINKS = ("", "s", "en")
_MOST_PARTS = 4
_LONGEST = 60
RUN = 5
"""Letters in a row, the ends of a word counted as one, that tell how likely it is as Dutch."""
_ENDINGS: tuple[str, ...] = tuple(vocabulary("cleaning/words.toml")["endings"])


class Lexicon:
    """Every listed form, the places that it may have in a compound, and what begins with given letters."""

    def __init__(self, lines: list[str]) -> None:
        """Take lines as `models/words/README.md` describes them."""
        places: dict[str, str] = {}
        for line in lines:
            word, _, inside = line.partition("/")
            places[word] = inside
        self._places = places
        self._ordered = sorted(places)

    def lists(self, word: str) -> bool:
        """Whether the list has this very form, with its capitals, as a word of its own."""
        inside = self._places.get(word)
        return inside is not None and not inside.startswith("-")

    def opens(self, part: str) -> bool:
        """Whether a compound may begin with this form."""
        return "b" in self._places.get(part, "")

    def links(self, part: str) -> bool:
        """Whether this form may stand inside a compound, or begin one: `zorg` in ``woonzorgconcept``."""
        places = self._places.get(part, "")
        return "m" in places or "b" in places

    def closes(self, part: str) -> bool:
        """Whether a compound may end with this form."""
        return "e" in self._places.get(part, "")

    def begins(self, letters: str) -> bool:
        """Whether any form begins with these letters."""
        at = bisect_left(self._ordered, letters)
        return at < len(self._ordered) and self._ordered[at].startswith(letters)

    def takes_hyphen(self, part: str) -> bool:
        """Whether most of what begins with this part, as its first, has a hyphen behind it: `mbo`, `tv`."""
        hyphenated = self._between(f"{part}-", f"{part}.")
        return hyphenated > 0 and hyphenated > self._between(f"{part}a", f"{part}{{")

    def _between(self, first: str, last: str) -> int:
        return bisect_left(self._ordered, last) - bisect_left(self._ordered, first)


@cache
def _runs() -> frozenset[str]:
    packed = (models_folder() / "words" / "runs.txt.xz").read_bytes()
    text = lzma.decompress(packed).decode()
    return frozenset(text[at : at + RUN] for at in range(0, len(text), RUN))


def odd_runs(word: str) -> int:
    """Return how many runs of letters `word` has, in lower case, that no listed word has.

    A rare word has none, or few where two parts of a compound meet; a damaged one has them where the damage is.
    """
    known, edged = _runs(), f"^{word}$"
    return sum(edged[at : at + RUN] not in known for at in range(len(edged) - RUN + 1))


@cache
def lexicon() -> Lexicon:
    """Return the list of `models/words`, read once."""
    packed = (models_folder() / "words" / "dutch.txt.xz").read_bytes()
    return Lexicon(lzma.decompress(packed).decode().splitlines())


def may_join(left: str, right: str) -> bool:
    """Whether two parts of a compound may stand together without a hyphen: their vowels do not run into one."""
    return left[-1:] + right[:1] not in _CLASHING


def is_listed(word: str) -> bool:
    """Whether the list has this form as printed, or in lower case."""
    return lexicon().lists(word) or lexicon().lists(word.lower())


@lru_cache(maxsize=65_536)
def is_known(word: str) -> bool:
    """Whether `word` is listed, as printed or in lower case, or a compound of listed parts."""
    if not word or len(word) > _LONGEST:
        return False
    if is_listed(word):
        return True
    if "-" in word:
        return all(is_known(part) for part in word.split("-") if part)
    word = word.replace("’", "'")
    for ending in _ENDINGS:
        if word.endswith(ending) and is_known(word.removesuffix(ending)):
            return True
    return _is_compound(word.lower())


@cache
def _names() -> frozenset[str]:
    """Return every word of the names in the registers, as written there."""
    named = [name for body in register.organisations() for name, _ in body.forms()]
    named += [name for place in register.places() for name in (place.name, *place.aliases)]
    return frozenset(word for name in named for word in register.WORD.findall(name))


def is_name(word: str) -> bool:
    """Whether a name in the registers has this word, with its capitals."""
    return word in _names()


def is_english(word: str) -> bool:
    """Whether `word`, in lower case, is in simplemma's English list."""
    return bool(simplemma.is_known(word, lang="en"))


def _is_compound(word: str) -> bool:
    known = lexicon()
    return any(
        known.opens(word[:cut]) and _is_tail(word[cut:], _MOST_PARTS - 1) and may_join(word[:cut], word[cut:])
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )


@lru_cache(maxsize=65_536)
def is_made_of_words(word: str) -> bool:
    """Whether two listed words make up `word`, in lower case, also where the list lets neither stand in a compound."""
    for cut in range(_SHORTEST_WORD, len(word) - _SHORTEST_WORD + 1):
        if is_listed(word[:cut]):
            for link in _LINKS:
                tail = word[cut:].removeprefix(link)
                if len(tail) >= _SHORTEST_WORD and is_listed(tail):
                    return True
    return False


def _is_tail(word: str, parts: int) -> bool:
    """Whether at most `parts` listed parts make up the rest of a compound."""
    known = lexicon()
    if known.closes(word):
        return True
    return parts > 1 and any(
        known.links(word[:cut]) and _is_tail(word[cut:], parts - 1) and may_join(word[:cut], word[cut:])
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )
