"""Tell by its words a heading of what many projects have: an aim, results, what comes next."""

import re
from collections.abc import Sequence

from pipeline.resources import vocabulary

_WORDS = vocabulary("segmenting/words.toml")
_KNOWN = frozenset(_WORDS["parts_of_project"])
_TELLING = frozenset(_WORDS["part_words"])
_PLAIN = _TELLING | frozenset(_WORDS["part_fillers"])
_OPENERS = frozenset(_WORDS["part_openers"])
_ASKING = frozenset(_WORDS["part_question_words"])
_ARTICLES = frozenset(_WORDS["part_articles"])
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_MOST_WORDS = 8
"""Words of the longest such heading."""


def is_known_part(title: str) -> bool:
    """Whether a folded title is one that parts of projects have all over, such as “stand van zaken”."""
    return title in _KNOWN


def is_worded_part(title: str) -> bool:
    """Whether a folded title is made of the words of parts alone, such as “opbrengst tot nu toe”."""
    words = _words(title)
    return _is_worded(words) and not _is_single(words)


def may_be_part(title: str) -> bool:
    """Whether a folded title heads a part where another part stands beside it; by itself it may name a project.

    It is a question without a word of what a project is about (“wat er gebeurt”), or an article and one word of parts.
    """
    words = _words(title)
    asks = bool(words) and words[0] in _OPENERS and len(words) <= _MOST_WORDS and _ASKING.issuperset(words[1:])
    return asks or (_is_worded(words) and _is_single(words))


def _is_worded(words: Sequence[str]) -> bool:
    return len(words) <= _MOST_WORDS and not _TELLING.isdisjoint(words) and _PLAIN.issuperset(words)


def _is_single(words: Sequence[str]) -> bool:
    return len(words) - len(_ARTICLES.intersection(words)) == 1


def _words(title: str) -> list[str]:
    """Return the words of a title, years left out."""
    return [word.replace("’", "'") for word in _WORD.findall(title) if not _YEAR.fullmatch(word)]
