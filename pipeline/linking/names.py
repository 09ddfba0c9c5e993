"""The forms of a name that names are compared by: what is forgiven without any measuring."""

import re
from functools import lru_cache

from pipeline.recognising.organisations.vocabulary import LEGAL_FORMS, heads
from pipeline.register import name_key

CONJUNCTIONS = frozenset({"en", "and", "und", "et"})
_SMALL_WORDS = frozenset({"van", "de", "het", "der", "den", "voor", "te", "ten", "ter", "in", "the", "of", "for", "'s"})
_ARTICLE = re.compile(r"^(?:de|het|een|'t|’t)[ ]", re.IGNORECASE)
_GENITIVE = re.compile(r"(?<=\w)['’]s$")
_BRACKETS = re.compile(r"[ ]?\([^()]*\)$")
_DISTINCTIVE = 5
"""Letters of a word that can tell one name from another."""


@lru_cache(maxsize=50_000)
def plain_key(name: str) -> str:
    """Return a name folded, without `en` and `&`, which stand for each other, and without the `'s` of a genitive."""
    words = name_key(_GENITIVE.sub("", name)).split()
    return " ".join(word for word in words if word not in CONJUNCTIONS)


@lru_cache(maxsize=50_000)
def loose_key(name: str) -> str:
    """Return the letters of a name without its small words: where only spaces, hyphens and `van de` differ, equal."""
    return "".join(word for word in plain_key(name).split() if word not in _SMALL_WORDS)


def without_article(name: str) -> str:
    """Return a name without the article before it."""
    return _ARTICLE.sub("", name.strip())


def without_form(name: str) -> str:
    """Return a name without article and legal form: ``de Kluisnet Nederland B.V.`` gives ``Kluisnet Nederland``."""
    words = _BRACKETS.sub("", without_article(name)).split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] + "." in LEGAL_FORMS):
        words.pop()
    return " ".join(words)


def distinctive_words(key: str) -> list[str]:
    """Return the words of a folded name that tell it from others: long ones that head no names."""
    return [word for word in key.split() if len(word) >= _DISTINCTIVE and word not in heads()]
