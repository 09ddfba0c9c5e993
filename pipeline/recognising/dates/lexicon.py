"""The vocabulary of dates, its phrases made comparable, and patterns for any of many phrases."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from pipeline.resources import vocabulary

SPACE = r"(?:[^\S\n]{1,20}(?:\n[^\S\n]{0,20})?|\n[^\S\n]{0,20})"
"""White space inside an expression: a line may break, a paragraph may not. It can match in one way only."""
APOSTROPHE = "'’‘ʼ`´"
_SAME = {**dict.fromkeys(map(ord, APOSTROPHE), "'"), ord("ı"): "i"}


def words() -> dict[str, Any]:
    """Return the vocabulary of dates. It is shared: read it, never change it."""
    return vocabulary("recognising/dates/words.toml")


def fold(phrase: str) -> str:
    """Lower a phrase and make its white space, apostrophes and accents comparable.

    What a pattern that ignores case takes for a phrase, is that phrase when folded: an ``İ`` or ``ı`` too.
    """
    plain = unicodedata.normalize("NFC", " ".join(phrase.split())).casefold().replace("i\u0307", "i")
    return plain.translate(_SAME)


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, longest first, that does not depend on how many there are.

    The phrases become a trie, so that the engine never tries one after the other.
    """
    trie: dict[str, Any] = {}
    for phrase in phrases:
        for form in {phrase, unicodedata.normalize("NFD", phrase)}:
            node = trie
            for letter in fold(form) if form.isascii() else form.casefold():
                node = node.setdefault(letter, {})
            node[""] = {}
    return _pattern(trie)


def _pattern(node: dict[str, Any]) -> str:
    branches = [_letter(letter) + _pattern(after) for letter, after in sorted(node.items()) if letter]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in node:
        return body
    return f"(?:{body})?"


def _letter(letter: str) -> str:
    if letter == " ":
        return SPACE
    return f"[{APOSTROPHE}]" if letter == "'" else re.escape(letter)
