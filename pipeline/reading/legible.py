"""Tell whether the text of a page can be relied on, or was set with a font that maps its letters wrongly."""

from collections.abc import Iterable
from functools import cache

from pipeline.resources import vocabulary

_LEAST = 40
"""Characters that a page must have to be judged by those that say nothing."""
_UNKNOWN = 0.1
"""Part of them that may say nothing: pictures of bullets and logos do."""
_LEAST_LETTERS = 200
"""Letters that a page must have to be judged by how they are spread."""
_ALIKE = 0.68
"""Part of the letters that must be spread as in Dutch: Dutch has 0.9, English 0.8, names 0.75, shifted text 0.4."""


def is_legible(texts: Iterable[str], lost: int) -> bool:
    """Whether the text of a page says what is printed.

    It does not where many characters have no meaning (U+FFFD, private use, controls), or where letters are spread as in
    no language, such as when each stands for another. A word counts once: a page may say one thing many times.

    Parameters
    ----------
    texts
        Of its lines.
    lost
        Characters that are not in them because they say nothing.
    """
    whole = " ".join(texts)
    unknown, count = lost + whole.count("\ufffd"), lost + len(whole) - whole.count(" ")
    if count >= _LEAST and unknown > _UNKNOWN * count:
        return False
    printed = "".join(set(whole.casefold().split()))
    spread = {letter: printed.count(letter) for letter in _expected()}
    letters = sum(spread.values())
    if letters < _LEAST_LETTERS:
        return True
    return sum(min(spread[letter] / letters, part) for letter, part in _expected().items()) >= _ALIKE


@cache
def _expected() -> dict[str, float]:
    data = vocabulary("reading/legible.toml")["letters"]
    whole = sum(data.values())
    return {letter: count / whole for letter, count in data.items()}
