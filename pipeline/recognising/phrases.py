"""Find the names of a list in a text: a trie over folded words, linear in the text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.register import WORD, folded

Entry = TypeVar("Entry")


@dataclass(slots=True)
class _Node(Generic[Entry]):
    children: dict[str, "_Node[Entry]"] = field(default_factory=dict)
    entries: list[tuple[str, Entry]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its offsets and its folded form, a genitive left off both."""

    start: int
    end: int
    text: str
    key: str
    whole_key: str
    """The folded form with what looks like a genitive: the `Aa's` of a name."""
    whole_end: int
    """Offset of the end with what looks like a genitive."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Entry]):
    """A name of the list that the text has: words ``[first, last]`` of it, both inclusive."""

    first: int
    last: int
    end: int
    """Offset in the text."""
    form: str
    entry: Entry


def words_of(text: str) -> list[Word]:
    """Return the words of a text, a genitive `s` after an apostrophe left off (`Utrecht's`, `NVWA’s`)."""
    words = []
    for match in WORD.finditer(text):
        end = match.end()
        if match[0].endswith(("'s", "’s")) and len(match[0]) > 3:
            end -= 2
        printed = text[match.start() : end]
        words.append(Word(match.start(), end, printed, folded(printed), folded(match[0]), match.end()))
    return words


def _next(node: _Node[Entry] | None, word: Word) -> _Node[Entry] | None:
    if node is None:
        return None
    return node.children.get(word.whole_key) or node.children.get(word.key)


class Phrases(Generic[Entry]):
    """A list of names to find, each with what it stands for."""

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        self._root: _Node[Entry] = _Node()
        for name, entry in names:
            node = self._root
            for key in (folded(word) for word in WORD.findall(name)):
                node = node.children.setdefault(key, _Node())
            node.entries.append((name, entry))

    def find(self, words: Sequence[Word], accepts: Callable[[str, Sequence[Word]], bool]) -> Iterator[Found[Entry]]:
        """Give the longest name that begins at each word, going on behind it.

        Parameters
        ----------
        accepts
            Whether these words of the text, by their case, are the name in the form of the list.
        """
        at = 0
        while at < len(words):
            best: Found[Entry] | None = None
            node: _Node[Entry] | None = self._root
            for last in range(at, len(words)):
                node = _next(node, words[last])
                if node is None:
                    break
                for form, entry in node.entries:
                    if accepts(form, words[at : last + 1]):
                        whole = folded(form).endswith(words[last].whole_key)
                        best = Found(at, last, words[last].whole_end if whole else words[last].end, form, entry)
                        break
            if best is None:
                at += 1
            else:
                yield best
                at = best.last + 1
