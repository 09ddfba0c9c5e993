"""Whether a year is part of a name: ``Wet arbeid 2015``, ``programma Samen Sterk 2023-2024``, ``‘Vooruit 2030’``."""

from pipeline.recognising.dates.lexicon import fold
from pipeline.recognising.dates.year_words import is_name_cue, year_words

_NAME_WORDS = 12
"""Words that a name may have before its year."""
_TITLE_WORDS = 8
_LAW_WORDS = 4
_COMPANY_WORDS = 4
"""Words behind a number among which its legal form stands."""
_OPENING, _CLOSING = "‘“«„", "’”»"
_STRAIGHT = "'\""


def is_quoted(left: list[str], right: str) -> bool:
    """Tell whether a year is the end of a quoted title: ``‘Samen vooruit 2030’``.

    Parameters
    ----------
    left
        Words and signs before the year.
    right
        The text after it.
    """
    if not right[:1] or right[0] not in _CLOSING + _STRAIGHT:
        return False
    quotes = [place for place, word in enumerate(left) if word[0] in _OPENING + _STRAIGHT]
    return bool(quotes) and 1 < len(left) - quotes[-1] <= _TITLE_WORDS


def is_named(left: list[str]) -> bool:
    """Tell whether the words before a year are a name that it belongs to: ``Wet arbeid 2015``."""
    known = year_words()
    last = left[-1]
    plain = fold(last)
    before = left[-2] if len(left) > 1 else ""
    if plain in known.ends or (plain in known.plain and not (last[0].isupper() and is_name_cue(before))):
        return False
    if is_name_cue(last) or (last[0].isupper() and plain.endswith(known.addresses)):
        return True
    if last[0].isupper() and before[:1].isupper() and fold(before) in known.plain:
        return False  # Budget DUMAVA 2022
    if last[0].isupper() and ((before and before[0] not in ".:|•-–") or last.isupper()):
        return True
    return _title_open(left)


def opens_company(right: list[str]) -> bool:
    """Tell whether the words behind a number go on as the name of a company: ``2021 Groep B.V.``."""
    known = year_words()
    for word in right[:_COMPANY_WORDS]:
        if fold(word) in known.companies:
            return True
        if not word[0].isupper() and fold(word) not in known.conjunctions:
            return False
    return False


def _title_open(left: list[str]) -> bool:
    """Look back for the word that begins the name; punctuation and verbs end the search."""
    known = year_words()
    after = ""
    window = left[-_NAME_WORDS:]
    for place in range(len(window) - 1, -1, -1):
        word, plain = window[place], fold(window[place])
        if plain in known.ends or (not word[0].isalnum() and word not in _OPENING + "'’-&,"):
            return False
        if after and is_name_cue(word):
            capital = word[0].isupper() or after[0].isupper() or after[0] in _OPENING + _STRAIGHT
            return capital or (plain in known.laws and len(window) - place <= _LAW_WORDS)
        after = word
    return False
