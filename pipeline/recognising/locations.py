"""Recognise countries, provinces, municipalities, towns and regions where the text speaks of the place."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.recognising.extents import Extents
from pipeline.recognising.groups import DATES, LOCATIONS, ORGANISATIONS
from pipeline.recognising.phrases import Phrases, Word, words_of
from pipeline.recognising.spans import LocationMention
from pipeline.register import WORD, Place, places
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/locations.toml")


def _behind(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of one of these words, and what may stand between it and the name behind it."""
    between = "|".join(_DATA["between"])
    return re.compile(rf"\b(?:{'|'.join(words)})(?:[ ](?:{between}))*[ ]['’]?$", re.IGNORECASE)


_PREPOSITION = _behind(_DATA["prepositions"])
_IN_HEADING = _behind(_DATA["in_heading"])
_THING = re.compile(rf"(?:{'|'.join(_DATA['things'])})[ ]van[ ]$", re.IGNORECASE)
_CERTAIN = 0.9
_AFTER_PREPOSITION = 0.95


@cache
def _phrases() -> Phrases[Place]:
    ordered = sorted(places(), key=lambda place: place.kind == "province")  # `Utrecht` alone is the city
    return Phrases((form, place) for place in ordered for form in (place.name, *place.aliases))


def place_ends(words: Sequence[Word]) -> dict[int, int]:
    """Return, for each word at which a place's name begins, the index of the name's last word."""
    return {found.first: found.last for found in _phrases().find(words, _is_written_so)}


def find_locations(
    text: str, taken: Iterable[tuple[int, int]] = (), *, is_labelled: bool = False
) -> list[LocationMention]:
    """Return the places that a text names, in order.

    Parameters
    ----------
    taken
        ``(start, end)`` of names of organisations, dates and the like: a place inside one does not count.
    is_labelled
        Whether a label says that the text names places, so that a name that is an ordinary word too counts by itself,
        and one beside another place is no part of it.
    """
    words = words_of(text)
    occupied = Extents(taken)
    found = []
    matches = list(_phrases().find(words, _is_written_so))
    place_words = {at for match in matches for at in (match.first, match.last)}
    for match in matches:
        start, end = words[match.first].start, words[match.last].end
        if occupied.overlaps(start, end):
            continue
        before = text[max(0, start - 40) : start]
        after_preposition = _PREPOSITION.search(before) is not None
        if match.entry.needs_preposition and not (after_preposition or is_labelled):
            continue
        is_longer = _is_part_of_name(text, words, match.first, match.last)
        if is_longer and is_labelled:
            is_longer = not {match.first - 1, match.last + 1} & place_words
        if _THING.search(before) or is_longer:
            continue
        if match.form.startswith("'") and before[-1:] in {"'", "’"}:
            start -= 1
        confidence = _AFTER_PREPOSITION if after_preposition or is_labelled else _CERTAIN
        found.append(LocationMention(start, end, match.entry.name, match.entry.kind, confidence))
    return found


def is_spoken_of_in_heading(text: str, location: LocationMention) -> bool:
    """Whether a heading speaks of a place, and does not only have it in the name of its project."""
    return _IN_HEADING.search(text[: location.start]) is not None


def _is_written_so(form: str, words: Sequence[Word]) -> bool:
    """Whether what the name capitalises is capitalised in the text."""
    return all(w.text[:1].isupper() or not p[:1].isupper() for p, w in zip(WORD.findall(form), words, strict=True))


def _is_part_of_name(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a capitalised word stands right before or behind it: the place is part of a longer name then."""
    if last + 1 < len(words):
        following = words[last + 1]
        if text[words[last].end : following.start] in {" ", "/"} and following.text[:1].isupper():
            return True
    if first > 0:
        previous = words[first - 1]
        between = text[previous.end : words[first].start]
        starts_sentence = first == 1 or text[words[first - 2].end : previous.start].strip()[-1:] in {".", ":", "?", "!"}
        if between == " " and previous.text[:1].isupper() and not starts_sentence:
            return True
    return False


class LocationRecogniser:
    """spaCy component `annex_locations`: puts places in ``doc.spans["locations"]``.

    Each span has ``span._.annex_location``, a `LocationMention` with exact offsets. Names that the components before
    it found (organisations, dates) are left alone.
    """

    def __init__(self) -> None:
        LOCATIONS.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["locations"]``."""
        taken = [*DATES.extents(doc), *ORGANISATIONS.extents(doc)]
        LOCATIONS.put(doc, find_locations(doc.text, taken))
        return doc


@Language.factory("annex_locations", assigns=["doc.spans"])
def make_locations(nlp: Language, name: str) -> LocationRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return LocationRecogniser()
