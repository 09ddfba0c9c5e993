"""Find what governs a name: the phrase it stands in, and where that phrase begins."""

import re

from pipeline.recognising.roles.stretch import SLOT
from pipeline.recognising.roles.vocabulary import ANY_NOUN, DATA, DETERMINERS, STOPS, matching

_LAST = re.compile(r"(?P<word>[^\s,;:()]+) *$")
_PEOPLE = matching(rf"\b(?:{DATA['people']}|{DATA['unions']}(?: [\w’'-]+)?) (?:van|tussen|bestaande uit) $")
_BASED = re.compile(r"\b(?:in|te) [A-Z‘’'][\w’'-]*(?: [A-Z][\w’'-]*)? (?:gevestigde|gelegen|werkzame) $")
_GENITIVE = re.compile(r"(?<!\bdie)(?<!\bdat) van *$", re.IGNORECASE)
_MOST_NOUNS = 3
_REACH = 120


def phrase_start(text: str, slot: int) -> int:
    """Return where the noun phrase begins that ends in the name at `slot`.

    Articles, nouns and adjectives belong to it, and people of the organisation (`onderzoekers van X`); a preposition,
    a verb, a conjunction, a comma and a noun for a part played do not.
    """
    start = slot
    nouns = 0
    while start:
        window = text[max(0, start - _REACH) : start]
        offset = start - len(window)
        transparent = _PEOPLE.search(window) or _BASED.search(window)
        if transparent:
            start = offset + transparent.start()
            continue
        last = _LAST.search(window)
        if last is None:
            break
        word = last["word"].lower()
        if word not in DETERMINERS:
            if SLOT in word or word in STOPS or ANY_NOUN.fullmatch(word):
                break
            nouns += 1
            if nouns > _MOST_NOUNS:
                break
        start = offset + last.start()
    return start


def is_genitive(text: str, slot: int) -> bool:
    """Whether the name belongs to a noun before it: `de methode van X`, but not `die van X`."""
    return _GENITIVE.search(text[: phrase_start(text, slot)]) is not None
