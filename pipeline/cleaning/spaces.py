"""Put lost and doubled spaces right, ligatures and loose accents too: what a line says, as its words are spelled."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.cleaning.lexicon import is_english, is_known, is_listed, is_name
from pipeline.cleaning.readings import MARKS, readings
from pipeline.document import AlignedText, Document, Edit
from pipeline.resources import vocabulary

_COMMONEST = frozenset(vocabulary("cleaning/words.toml")["commonest"])
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_LIGATURE = re.compile("|".join(_LIGATURES))
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302"}
# Letters with a mark behind them that is a code point of its own; and, as old fonts have it, a loose mark before them.
_COMPOSED = re.compile(r"[^\W\d_][\u0300-\u0308\u0327]+")
_LOOSE = re.compile(r"(?<=[^\W\d_])[´`¨ˆ][aeiouAEIOUı](?=[^\W\d_])")
_SOFT_HYPHEN = re.compile("\xad(?=.)")
_WIDE = re.compile(r"\S(?:   |\t)\s*\S")
"""A gap that parts columns: a line with one keeps all of its spaces."""
_DOUBLED = re.compile(r"(?<=[\w.,;:!?)’”])  (?=[\w(‘“])")
_FEWEST_WORDS = 8
"""In a line whose doubled spaces are a typist's; in a shorter one they may part a label from what it labels."""
_LABEL = re.compile(r"\S+(?: \S+){0,3}(?<![.!?,;])  (?=[^\W_a-zà-ÿ])")
_BEFORE_STOP = re.compile(r"(?<=[^\W_]) ([,;.)])(?=\s|$)")
_AFTER_BRACKET = re.compile(r"(?<=\s)([(]) (?=[^\W\d_])")
_SPACED_OUT = re.compile(r"(?<![^\W_] )\b[^\W\d_](?: [^\W\d_]){3,}\b(?! [^\W\d_]\b)")
_TWO = re.compile(r"(?<![\w’'-])(?=([^\W\d_]{2,})[ ]([^\W\d_]{2,})(?![\w’'-]))")
_ONE = re.compile(r"(?<![\w’'-])[^\W\d_]{4,}(?![\w’'-])")
_LONGEST_PAIR = 20
_NEAR = 200
"""Letters before a bracket in which the one that opens it stands."""
_SHORTEST_WHOLE = 6
"""Letters of a word that a space has cut in two."""


def with_plain_spaces(document: Document) -> Document:
    """Return the document with its spaces, ligatures and accents put right, line by line.

    A word that a space cuts in two is made whole where a half is no word and the whole is one; two words without a
    space are parted where both are among the commonest, and together are no word. Where that is not sure, what the
    source says stays. Columns of a text file keep the spaces between them.
    """
    seen = Counter(word for line in document.lines() for word in _ONE.findall(line.text.text))
    return replace(
        document,
        pages=tuple(
            replace(page, lines=tuple(line.with_text(_plain(line.text, seen)) for line in page.lines))
            for page in document.pages
        ),
    )


def _plain(text: AlignedText, seen: Counter[str]) -> AlignedText:
    text = text.replace_all(sorted(_letters(text.text), key=lambda edit: edit.start))
    if _WIDE.search(text.text):
        return text
    for edits in (_stops, _spaced_out):
        text = text.replace_all(sorted(edits(text.text), key=lambda edit: edit.start))
    return text.replace_all(_apart(sorted(_words(text.text, seen), key=lambda edit: edit.start)))


def _letters(text: str) -> Iterator[Edit]:
    """Give ligatures, loose accents and soft hyphens."""
    for found in _LIGATURE.finditer(text):
        yield Edit(found.start(), found.end(), _LIGATURES[found[0]], "ligature")
    for found in _COMPOSED.finditer(text):
        yield Edit(found.start(), found.end(), unicodedata.normalize("NFC", found[0]))
    for found in _LOOSE.finditer(text):
        letter = found[0][1].replace("ı", "i")
        yield Edit(found.start(), found.end(), unicodedata.normalize("NFC", letter + _ACCENTS[found[0][0]]), "ligature")
    for found in _SOFT_HYPHEN.finditer(text):
        yield Edit(found.start(), found.end(), "")


def _stops(text: str) -> Iterator[Edit]:
    """Give doubled spaces, and those on the wrong side of a comma, a full stop or a bracket."""
    if len(text.split()) >= _FEWEST_WORDS:
        label = _LABEL.match(text)
        for found in _DOUBLED.finditer(text, label.end() if label else 0):
            yield Edit(found.start(), found.end(), " ", "space")
    for found in _BEFORE_STOP.finditer(text):
        if found[1] == ")" and "(" not in text[max(0, found.start() - _NEAR) : found.start()]:
            continue  # it numbers an item of a list: `a )`
        yield Edit(found.start(), found.end(), found[1], "space")
    for found in _AFTER_BRACKET.finditer(text):
        yield Edit(found.start(), found.end(), found[1], "space")


def _spaced_out(text: str) -> Iterator[Edit]:
    """Give words that are printed with a space between all of their letters."""
    for found in _SPACED_OUT.finditer(text):
        word = found[0].replace(" ", "")
        if is_known(word) or is_name(word):
            yield Edit(found.start(), found.end(), word, "space")


def _words(text: str, seen: Counter[str]) -> Iterator[Edit]:
    """Give words that a space cuts in two, and pairs without one."""
    for pair in _TWO.finditer(text):
        whole = _whole(pair[1], pair[2], seen)
        if whole is not None:
            yield Edit(pair.start(1), pair.end(2), whole, "space")
    for found in _ONE.finditer(text):
        parted = _parted(found[0]) if found[0].islower() or not found.start() else None
        if parted is not None and seen[found[0]] == 1:
            yield Edit(found.start(), found.end(), parted, "space")


def _whole(left: str, right: str, seen: Counter[str]) -> str | None:
    """Return the word that a space cuts in two, None where both halves may be words of their own."""
    word = left + right
    if len(word) < _SHORTEST_WHOLE or not right.islower() or not (left.islower() or left.istitle()):
        return None
    if all(_may_stand(half, seen) for half in (left, right)):
        return None
    if is_listed(word):
        return word
    marked = readings(word.lower(), MARKS, 1)
    return left[0] + next(iter(marked))[1:] if len(marked) == 1 else None


def _may_stand(half: str, seen: Counter[str]) -> bool:
    return is_known(half) or is_name(half) or is_english(half.lower()) or seen[half] > 1


def _parted(word: str) -> str | None:
    """Return the two of the commonest words that stand here without a space, where only one cut gives two."""
    lower = word.lower()
    if len(word) > _LONGEST_PAIR or word[1:] != lower[1:] or is_known(word) or is_name(word) or is_english(lower):
        return None
    cuts = [cut for cut in range(2, len(word) - 1) if lower[:cut] in _COMMONEST and lower[cut:] in _COMMONEST]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else None


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits without those that overlap the one before them."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
