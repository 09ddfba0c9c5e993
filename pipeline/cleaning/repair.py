"""Repair OCR damage: known confusions of glyphs, confirmed by the word list, never a spell checker's guess."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from pipeline.cleaning.lexicon import is_english, is_known, is_made_of_words, is_name, odd_runs
from pipeline.cleaning.readings import ALL, MARKS, readings
from pipeline.document import AlignedText, Document, Edit
from pipeline.resources import vocabulary

_WORDS = vocabulary("cleaning/words.toml")
_LONGEST = 40
_SHORTEST, _SHORTEST_MARKED, _SHORTEST_CAPITAL = 3, 4, 8
"""Letters of a word that is put right at all, that gets its diacritics back, that has a capital and may be a name."""
_SHORT = 6
"""Letters; a shorter word has to become one of the commonest, or to be very odd."""
_MOST_MARKS = 3
"""What the diacritics put right in one word may cost together."""
_BUDGETS = ((6, 3), (9, 6), (_LONGEST + 1, 7))
"""Below so many letters, what the confusions of a word may cost together: a short one leads too easily to another."""
_NEEDED = (0, 0, 0, 1, 2, 4, 5, 6)
"""By what a reading costs: the odd runs of letters that it must explain (see `odd_runs`)."""
_NEEDED_MORE_SHORT, _NEEDED_MORE_CAPITAL, _NEEDED_MORE_WORDS = 2, 2, 2
_LONG = 7
_CHEAP = 2
"""What a reading of so many letters costs at the most that needs to explain none, where it stands elsewhere in the
document, or where that is worn."""
_WORN, _WORN_SHARE = 3, 0.002
"""Words put right, and their share of all, by which a document is full of damage."""

_COMMONEST = frozenset(_WORDS["commonest"])
_NUMBERED = frozenset(_WORDS["numbered"])
_NUMBERED_ENDS = tuple(f" {noun}" for noun in sorted(_NUMBERED))
_DIACRITIC = re.compile(r"[^\W\d_a-zA-Z]")
_WORD = re.compile(r"[^\W_]+(?:[|!€&'’][^\W_]+)*")
# A numeral after a capitalised word, one of its strokes read as another upright glyph.
_NUMERAL = re.compile(r"(?<=[^\W\d_][ ])(?=[IVXlT1|]*[IVX])(?=[IVX]*[lT1|])[IVXlT1|]{2,5}(?![\w|])")
# The same behind a noun that is numbered, of upright strokes alone: “Bijlage|”.
_STROKES = re.compile(rf"(?<!\w)(?i:{'|'.join(sorted(_NUMBERED))})(?P<room> ?)(?P<strokes>[|!]{{1,3}})(?![\w|!])")
_STRESS = str.maketrans("áéíóú", "aeiou")
_SMALL_NUMERAL = re.compile(r"[ivxl]+")
_ROMAN = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")


def repaired(document: Document) -> Document:
    """Put damaged words right, line by line.

    A word changes only when it is unknown, confusions of glyphs lead to a known word, only one does at the least cost,
    and its letters show that it is damaged: a rare word has none in a row that no listed word has. Names,
    abbreviations, English and what is undamaged elsewhere in the document stay.
    """
    seen = Counter(word for line in document.lines() for word in _WORD.findall(line.text.text))
    right = _put_right(seen, is_worn=False)
    found = sum(seen[word] for word in right)
    if found >= _WORN and found >= _WORN_SHARE * seen.total():
        right |= _put_right(seen, is_worn=True)
    return replace(
        document,
        pages=tuple(
            replace(page, lines=tuple(line.with_text(_with_words(line.text, right)) for line in page.lines))
            for page in document.pages
        ),
    )


def _with_words(text: AlignedText, right: dict[str, str]) -> AlignedText:
    """Return a line with words and numerals put right."""
    numerals = [
        Edit(match.start(), match.end(), numeral, "roman")
        for match in _NUMERAL.finditer(text.text)
        if (numeral := _numeral(match[0], surely=_is_numbered(text.text, match.start()))) is not None
        and _follows_name(text.text, match.start())
    ]
    for match in _STROKES.finditer(text.text):
        right_one = ("" if match["room"] else " ") + "I" * len(match["strokes"])
        numerals.append(Edit(match.start("strokes"), match.end("strokes"), right_one, "roman"))
    taken = {edit.start for edit in numerals}
    words = [
        Edit(match.start(), match.end(), right[match[0]], "glyph")
        for match in _WORD.finditer(text.text)
        if match[0] in right and match.start() not in taken
    ]
    return text.replace_all(sorted([*numerals, *words], key=lambda edit: edit.start))


def _put_right(seen: Counter[str], *, is_worn: bool) -> dict[str, str]:
    """Return what damaged words of a document should read; in a worn one less evidence is enough."""
    return {word: right for word in seen if (right := repaired_word(word, seen, is_worn=is_worn)) is not None}


def repaired_word(word: str, seen: Mapping[str, int], *, is_worn: bool) -> str | None:
    """Return what one word should read, or None when it stays.

    Parameters
    ----------
    seen
        The words of the document, with how often they stand there.
    is_worn
        Whether the document is full of damage.
    """
    if not _SHORTEST <= len(word) <= _LONGEST or word[1:] != word[1:].lower() or _is_fine(word):
        return None
    right = _marked(word) or _restored(word, seen, is_worn=is_worn)
    return None if right is None or is_english(word.lower()) else right


def _is_fine(word: str) -> bool:
    """Whether it is a word as it stands: known, also without the accents of stress (`níet`), or a numeral (`iii`)."""
    if is_known(word) or is_name(word) or _SMALL_NUMERAL.fullmatch(word):
        return True
    plain = word.translate(_STRESS)
    return plain != word and is_known(plain)


def _marked(word: str) -> str | None:
    """Return the one known word that lost or changed only its diacritics."""
    if len(word) < _SHORTEST_MARKED:
        return None
    found = {_in_case(reading, word): cost for reading, cost in readings(word.lower(), MARKS, _MOST_MARKS).items()}
    if word[0].isupper() and _DIACRITIC.search(word):
        # A name is put right only where its mark is a wrong one: `Michele` may well have none.
        found |= readings(word, MARKS, _MOST_MARKS)
    return _cheapest(found)


def _restored(word: str, seen: Mapping[str, int], *, is_worn: bool) -> str | None:
    """Return the one known word that `word` stands for, where its letters show that it is damaged."""
    lower = word.lower()
    budget = next(budget for below, budget in _BUDGETS if len(word) < below)
    found = readings(lower, ALL, budget)
    if len(word) < _SHORT and word.islower():
        common = _cheapest({reading: cost for reading, cost in found.items() if reading in _COMMONEST})
        sure = len(word) > _SHORTEST or (is_worn and common is not None and found[common] <= _CHEAP)
        if common is not None and found[common] <= min(found.values()) and sure:
            return common  # three letters are an abbreviation first
    reading = _cheapest(found)
    if reading is None or (word[0].isupper() and len(word) < _SHORTEST_CAPITAL):
        return None
    needed = _NEEDED[found[reading]]
    if found[reading] <= _CHEAP and not (len(word) >= _LONG and (is_worn or seen.get(reading))):
        needed += 1
    if len(word) < _SHORT:
        needed += _NEEDED_MORE_SHORT
    if is_made_of_words(lower):
        needed += _NEEDED_MORE_WORDS
    if word[0].isupper():
        needed += _NEEDED_MORE_CAPITAL
    return _in_case(reading, word) if odd_runs(lower) - odd_runs(reading) >= needed else None


def _in_case(reading: str, word: str) -> str:
    """Return a reading with a capital where the word has one; a capital `I` may be an `l`, which is none."""
    capital = word[0].isupper() and not (word[0] == "I" and reading[0] == "l")
    return reading[0].upper() + reading[1:] if capital else reading


def _cheapest(found: Mapping[str, int]) -> str | None:
    """Return the reading that costs least; None where two do, or where there is none."""
    least = min(found.values(), default=0)
    best = [reading for reading, cost in found.items() if cost == least]
    return best[0] if len(best) == 1 else None


def _numeral(printed: str, *, surely: bool) -> str | None:
    """Return the numeral that was printed; two letters such as `IT` are one only where a numeral is sure to stand."""
    right = re.sub("[lT1|]", "I", printed)
    tells = surely or len(right) > 2 or "|" in printed or "l" in printed
    return right if tells and _ROMAN.fullmatch(right) else None


def _is_numbered(text: str, at: int) -> bool:
    """Whether a noun such as ``fase`` stands before `at`, so that a numeral is sure to follow."""
    return text[max(0, at - _LONGEST) : at].rstrip().endswith(_NUMBERED_ENDS)


def _follows_name(text: str, at: int) -> bool:
    """Whether the word before `at` is capitalised, or a noun such as ``fase``: these are numbered so."""
    before = text[max(0, at - _LONGEST) : at].split()
    return bool(before) and (before[-1][:1].isupper() or before[-1] in _NUMBERED)
