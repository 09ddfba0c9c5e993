"""From passages to what a model learns: words with tags, and names put in the place of others."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from models.training.passages import LABELS, Name, Passage, Sentence
from pipeline.register import organisations, places

TAGS = ("O", *(f"{mark}-{label}" for label in sorted(LABELS) for mark in "BI"))
_SUBSTITUTED = frozenset({"org", "per", "loc"})
_SHARE = 0.5
"""Part of the names that make room for another, anew in each round."""
_ALONE = 0.15
"""Part of the passages of which one sentence is shown alone, as in a cell."""
_CUT = 0.5
"""Part of the labelled lines that are shown without their label, as the pipeline reads fields."""
_REGISTER = 0.25
"""Part of the substitutes that come from the register and not from the text."""
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Example:
    """The words of a passage, and the index in `TAGS` of the tag of each."""

    words: tuple[str, ...]
    tags: tuple[int, ...]


def example(nlp: Language, sentences: Iterable[Sentence]) -> Example:
    """Return the words of sentences as the spaCy tokeniser parts them, and their tags; white space is no word."""
    words: list[str] = []
    tags: list[int] = []
    for sentence in sentences:
        for token in nlp.make_doc(sentence.text):
            if not token.is_space:
                words.append(token.text)
                tags.append(_tag(sentence.names, token.idx, token.idx + len(token.text)))
    return Example(tuple(words), tuple(tags))


def _tag(names: Iterable[Name], start: int, end: int) -> int:
    for name in names:
        if name.start < end and start < name.end:
            return TAGS.index(f"{'B' if start <= name.start else 'I'}-{name.label}")
    return 0


@dataclass(frozen=True, slots=True)
class _Form:
    """What two names must have in common to stand in each other's place."""

    label: str
    kind: str | None
    is_lower: bool


class Variation:
    """Shows passages in another guise in each round, so that a model learns the context and not the name.

    Parameters
    ----------
    passages
        Whose names stand in each other's place; those of the registers join them.
    seed
        The same seed gives the same guises.
    """

    def __init__(self, passages: Iterable[Passage], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # no secret
        found: defaultdict[_Form, list[str]] = defaultdict(list)
        for passage in passages:
            for sentence in passage.sentences:
                for name in sentence.names:
                    found[_form(name, sentence.text)].append(sentence.text[name.start : name.end])
        self._names: Mapping[_Form, Sequence[str]] = found
        self._known: Mapping[_Form, Sequence[str]] = _registered()

    def round(self, passages: Sequence[Passage]) -> Iterator[tuple[Sentence, ...]]:
        """Give each passage in a guise of its own."""
        for passage in passages:
            sentences = passage.sentences
            if self._chance.random() < _ALONE:
                sentences = (self._chance.choice(sentences),)
            changed = [self._changed(sentence) for sentence in sentences]
            if passage.form == "fields":
                changed = [unlabelled(s) if self._chance.random() < _CUT else s for s in changed]
            yield tuple(changed)

    def _changed(self, sentence: Sentence) -> Sentence:
        text, names, shift = sentence.text, [], 0
        for name in sentence.names:
            start, end = name.start + shift, name.end + shift
            other = self._other(name, sentence.text)
            if other is not None:
                text = text[:start] + other + text[end:]
                shift += len(other) - (end - start)
                end = start + len(other)
            names.append(replace(name, start=start, end=end))
        return Sentence(text, tuple(names))

    def _other(self, name: Name, text: str) -> str | None:
        if name.label not in _SUBSTITUTED or self._chance.random() >= _SHARE:
            return None
        form = _form(name, text)
        source = self._known if form in self._known and self._chance.random() < _REGISTER else self._names
        return self._chance.choice(source[form])


def _form(name: Name, text: str) -> _Form:
    return _Form(name.label, name.kind, text[name.start].islower())


def _registered() -> dict[_Form, list[str]]:
    """Return the names of the registers by form: of bodies the full ones and the abbreviations, of places all."""
    found: defaultdict[_Form, list[str]] = defaultdict(list)
    for body in organisations():
        for form, _ in body.forms():
            found[_Form("org", body.kind, form[0].islower())].append(form)
    for place in places():
        found[_Form("loc", None, is_lower=False)].append(place.name)
    return found


def unlabelled(sentence: Sentence) -> Sentence:
    """Return what a line such as ``Uitvoerder: X`` says, without its label; as it is where it has none."""
    label, colon, value = sentence.text.partition(": ")
    if not colon or not value.strip() or len(label) > _LONGEST_LABEL:
        return sentence
    by = len(label) + len(colon)
    names = tuple(replace(n, start=n.start - by, end=n.end - by) for n in sentence.names if n.start >= by)
    return Sentence(value, names)
