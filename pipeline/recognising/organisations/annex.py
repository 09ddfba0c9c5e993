"""The second look over a whole annex: what one section tells of a name holds for all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.recognising.extents import Extents
from pipeline.recognising.groups import ORGANISATIONS
from pipeline.recognising.organisations.context import score
from pipeline.recognising.organisations.definitions import Definition, definitions_of, with_short_names
from pipeline.recognising.organisations.joining import THINGS
from pipeline.recognising.organisations.vocabulary import heads, is_generic
from pipeline.recognising.phrases import words_of
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import Register

_SPREAD = 0.05
"""How much less sure we are of a name that only another section tells to be an organisation."""
_SURE = 0.6
"""How sure we must be of a name in one section to take it for one in all."""
_BY_SURROUNDINGS = frozenset({"cue", "model"})
"""Sources by which a name is a body only for what stands around it: elsewhere it may be the project, or a place."""


def spread(docs: Sequence[Doc], register: Register) -> None:
    """Let what one section of an annex tells hold for all: a name found surely in one is found in all.

    Changes ``doc.spans["organisations"]`` of each. A name that was found there before stays as it is; no word of one is
    taken for another. A short name stands in all for what one defines it to be, in each for what the nearest does.
    """
    _spread_names(docs)
    _join_short_forms(docs)
    _spread_definitions(docs, register)


def _spread_names(docs: Sequence[Doc]) -> None:
    names: dict[str, OrganisationMention] = {}
    texts = [doc.text for doc in docs]
    for doc, text in zip(docs, texts, strict=True):
        for mention in ORGANISATIONS.of(doc):
            printed = text[mention.start : mention.end]
            is_bare_place = mention.name is not None and mention.source in {"shape", "cue", "field", "definition"}
            if mention.confidence < _SURE or not printed[:1].isupper() or is_bare_place:
                continue
            if printed not in names or names[printed].confidence < mention.confidence:
                names[printed] = mention
    if not names:
        return
    pattern = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
        + r")(?![\w-]|[ ][A-Z])"
    )
    for doc, text in zip(docs, texts, strict=True):
        mentions = ORGANISATIONS.of(doc)
        known = Extents((m.start, m.end) for m in mentions)
        for match in pattern.finditer(text):
            if known.overlaps(match.start(), match.end()):
                continue
            model = names[match[0]]
            if model.source in _BY_SURROUNDINGS and _is_thing_here(doc, text, match.start(), match.end()):
                continue
            mentions.append(
                OrganisationMention(
                    match.start(), match.end(), round(max(model.confidence - _SPREAD, 0.5), 2), "annex", model.name
                )
            )
        ORGANISATIONS.put(doc, sorted(mentions, key=lambda m: m.start))


def _join_short_forms(docs: Sequence[Doc]) -> None:
    """Take the word by which a longer name is told from others for that name: `Zonhoek`, of `Stichting Zonhoek Zuid`.

    Only of what was found to be a body, where one longer name of the annex begins so.
    """
    longer: dict[str, set[str]] = {}
    for doc in docs:
        for mention in ORGANISATIONS.of(doc):
            words = (mention.name or doc.text[mention.start : mention.end]).split()
            if len(words) > 1 and (words[0].lower() in heads() or is_generic(words[0].lower())):
                longer.setdefault(words[1], set()).add(" ".join(words))
    for doc in docs:
        ORGANISATIONS.put(doc, [_in_full(doc.text, mention, longer) for mention in ORGANISATIONS.of(doc)])


def _in_full(text: str, mention: OrganisationMention, longer: dict[str, set[str]]) -> OrganisationMention:
    names = longer.get(text[mention.start : mention.end], set())
    if len(names) != 1 or mention.name is not None or mention.source == "register":
        return mention
    return replace(mention, name=next(iter(names)))


def _is_thing_here(doc: Doc, text: str, start: int, end: int) -> bool:
    """Whether the words around a name, or the trained model, say that it is no body in this place."""
    if score(text, start, end, opens_sentence=False) <= 0:
        return True
    return any(e.label_ in THINGS and e.start_char < end and start < e.end_char for e in doc.ents)


def _spread_definitions(docs: Sequence[Doc], register: Register) -> None:
    texts = [doc.text for doc in docs]
    own = [
        definitions_of(text, ORGANISATIONS.of(doc), register) if "(" in text or "," in text else []
        for doc, text in zip(docs, texts, strict=True)
    ]
    where: dict[str, list[int]] = {}
    for number, definitions in enumerate(own):
        for short in {definition.short for definition in definitions}:
            where.setdefault(short, []).append(number)
    for number, (doc, text) in enumerate(zip(docs, texts, strict=True)):
        holding = [*own[number], *_from_elsewhere(number, text, own, where)]
        if holding:
            mentions = ORGANISATIONS.of(doc)
            ORGANISATIONS.put(doc, with_short_names(text, words_of(text), mentions, holding, register))


def _from_elsewhere(
    number: int, text: str, own: Sequence[Sequence[Definition]], where: dict[str, list[int]]
) -> Iterator[Definition]:
    """Give, of each short name that a text has and does not define, the nearest definition; those before it first."""
    for short in sorted(where):
        if number in where[short] or short not in text:
            continue
        nearest = min(where[short], key=lambda other: (abs(other - number), other))
        inside = [definition for definition in own[nearest] if definition.short == short]
        yield replace(inside[-1] if nearest < number else inside[0], start=-1)
