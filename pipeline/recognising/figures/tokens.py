"""A text cut into numbers, words and signs, in one pass: what the grammar of figures is written over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.recognising.figures.currencies import CODES, SHARED_CODES
from pipeline.recognising.numbers import fold, read_word

_TOKEN = re.compile(
    rf"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<number>[0-9]{{1,3}}(?:[ \u00a0\u202f][0-9]{{3}})+(?:,[0-9]+)?(?![0-9]) | [0-9]+(?:[.,:][0-9]+)*)
  | (?P<fraction>[½¼¾⅓⅔⅕⅖⅗⅘⅙⅛])
  | (?P<word>(?:{"|".join(sorted(CODES - SHARED_CODES))})(?=[0-9])
      | (?:t/m|km/[uh]|m/s|[KkM]€|(?:US|AU?|CA?|NZ|HK|S|R|NT)\$)(?![^\W_])
      | [^\W\d_](?:[^\W_]+|[\u0300-\u036f]|[-'’‐‑/](?=[^\W\d_]))*)
  | (?P<sign>\+/-|-/-|-{{2,}}|\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text."""

    kind: str
    """``number``, ``word``, ``fraction``, ``sign`` or ``url``; ``end`` for what lies outside the text."""
    text: str
    fold: str
    start: int
    end: int
    glued: bool
    """Stands right after the token before it, without a space."""
    breaks: bool
    """A paragraph or a line of its own begins here."""
    line: bool
    """Is the first on its line."""


_END = Token("end", "", "", 0, 0, glued=False, breaks=True, line=True)


class Tokens:
    """The tokens of a text; beyond both ends stand empty ones, so that looking around needs no care."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._tokens = list(_tokenise(text))
        self._count = len(self._tokens)
        self.sentence = self._numbered(sentences)

    def __len__(self) -> int:
        """Return how many tokens there are."""
        return len(self._tokens)

    def __getitem__(self, index: int) -> Token:
        """Return a token, an empty one outside the text."""
        return self._tokens[index] if 0 <= index < self._count else _END

    def follows(self, index: int) -> bool:
        """Tell whether a token belongs to the same stretch of text as the one before it."""
        return 0 <= index < self._count and not self._tokens[index].breaks

    def sentence_of(self, index: int) -> int:
        """Return the number of the sentence that a token stands in, -1 outside the text."""
        return self.sentence[index] if 0 <= index < len(self._tokens) else -1

    def same_sentence(self, index: int, other: int) -> bool:
        """Tell whether two tokens of the text stand in one sentence."""
        return self.sentence_of(index) == self.sentence_of(other)

    def inside(self, index: int) -> bool:
        """Tell whether a token stands inside a sentence, not at its beginning."""
        return index > 0 and self.follows(index) and self.sentence[index] == self.sentence[index - 1]

    def folds(self, index: int, count: int) -> tuple[str, ...]:
        """Return the folded forms of some tokens, cut at a break."""
        found = [self[index].fold]
        if not 0 <= index < self._count:
            return tuple(found)
        for token in self._tokens[index + 1 : index + count]:
            if token.breaks:
                break
            found.append(token.fold)
        return tuple(found)

    def words(self, index: int, count: int) -> list[str]:
        """Return the texts of the words and numbers from here, up to the first sign or break."""
        found: list[str] = []
        for at in range(index, index + count):
            token = self[at]
            if token.kind not in ("word", "number") or (at > index and token.breaks):
                break
            found.append(token.text)
        return found

    def _numbered(self, sentences: Sequence[tuple[int, int]]) -> list[int]:
        """Give each token the number of its sentence."""
        numbers: list[int] = []
        at = 0
        for token in self._tokens:
            while at + 1 < len(sentences) and token.start >= sentences[at + 1][0]:
                at += 1
            numbers.append(at)
        return numbers


def _tokenise(text: str) -> Iterator[Token]:
    """Cut a text into tokens."""
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        piece = match.group()
        gap = text[last:start]
        breaks = "\n" in gap and (gap.count("\n") > 1 or not (piece[0].islower() or piece[0].isdigit()))
        line = last == 0 or "\n" in gap
        glued = start == last
        last = end
        parts = piece.partition("-") if "-" in piece and len(piece) > 1 else None
        if parts is not None and read_word(piece) is None and all(map(read_word, (parts[0], parts[2]))):
            for part in parts:  # `tien-vijftien weken`
                kind = "sign" if part == "-" else "word"
                yield Token(kind, part, fold(part), start, start + len(part), glued, breaks, line)
                start, glued, breaks, line = start + len(part), True, False, False
            continue
        yield Token(match.lastgroup or "sign", piece, fold(piece), start, end, glued, breaks, line)
