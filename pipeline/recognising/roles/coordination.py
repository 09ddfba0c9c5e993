"""Gather the organisations of a sentence that are named in one breath: `A, B (C) en de gemeenten D en E`."""

import re
from collections.abc import Iterator, Sequence

from pipeline.recognising.roles.vocabulary import ANY_NOUN, DATA, FINITE, PARTICIPLE, STOPS, matching, one_of
from pipeline.recognising.spans import OrganisationMention

_REACH = 160
"""Most code points between two members."""
_BRACKETS = re.compile(r"\s?\([^()]{1,120}\)")
_FILLER = matching(rf"\b{one_of(DATA['fillers'])}\b")
_PLACE = r"[A-Z‘’'][\w’'-]*(?: [A-Z][\w’'-]*)*"
_WORDS = {name: one_of([words] if isinstance(words, str) else words) for name, words in DATA["coordination"].items()}
_FROM = rf"(?: {_WORDS['from']} {_PLACE})?"
_SEPARATOR = re.compile(
    rf"{_FROM}(?P<apposition>,\s{_WORDS['apposition']}\s[^,;.]{{3,70}}(?=,|\sen\s))?"
    rf"(?P<mark>,?\s{_WORDS['conjunctions']}\b|\s?&|,|;|\s?/|\s{_WORDS['both']}(?=\s{_WORDS['articles']}?\s?$))(?P<rest>.*)",
    re.DOTALL,
)
_ASIDE = re.compile(r",\s[^,;:]{2,50},(?=\s)")
_HERE_AND_THERE = re.compile(
    rf"\s{_WORDS['at']}\s{_PLACE}(?:,\s{_PLACE})*(?:\sen\s(?:in\s)?{_PLACE})?(?=\s{_WORDS['governors']}\b)"
)
_GOVERNOR = re.compile(rf"\s{_WORDS['governors']}\b")
_BASED = re.compile(rf"\s{_WORDS['at']}\s{_PLACE}\s{_WORDS['based']}\b")
_MEMBERS = re.compile(rf"\s(?:{_WORDS['articles']}\s)?{_WORDS['members']}\b")
_UNKNOWN = re.compile(r"\s(?:(?:de|het)\s)?[A-Z][\w&.’'-]*(?:\s(?!en\b|of\b)[\w&.’'-]+){0,3}(?:,\s|\s)?(?:en\b|of\b|,)")
_EXCEPT = re.compile(rf"\b{_WORDS['except']}(?:\s{_WORDS['articles']})?\s$", re.IGNORECASE)
_MOST_WORDS = 4
_SINGULAR = re.compile(r"\s(?P<verb>\w+)")


def coordinations(text: str, organisations: Sequence[OrganisationMention]) -> Iterator[list[OrganisationMention]]:
    """Give the mentions in groups, in order; an abbreviation in brackets behind its name is left out.

    Parameters
    ----------
    text
        What the offsets of the mentions speak of.
    organisations
        In order, none over another.
    """
    group: list[OrganisationMention] = []
    before = 0
    for mention in organisations:
        if group and _abbreviates(text, before, mention):
            before = mention.end
            continue
        if (
            group
            and _joins(text, group[-1], mention)
            and not _EXCEPT.search(text[max(0, group[0].start - 20) : group[0].start])
        ):
            group.append(mention)
        else:
            if group:
                yield group
            group = [mention]
        before = mention.end
    if group:
        yield group


def _abbreviates(text: str, before: int, mention: OrganisationMention) -> bool:
    return re.fullmatch(r"\s?\((?:de |het )?", text[before : mention.start]) is not None and text[
        mention.end : mention.end + 1
    ] in {
        ")",
        ",",
        ";",
    }


def _joins(text: str, first: OrganisationMention, second: OrganisationMention) -> bool:
    """Whether what stands between two mentions makes them members of one coordination."""
    if second.start - first.end > _REACH:
        return False
    between = _FILLER.sub("", _BRACKETS.sub("", text[first.end : second.start]))
    between = re.sub(r"[ \n\t]+", " ", between)
    match = _SEPARATOR.fullmatch(between)
    if match is None or (match["apposition"] and ANY_NOUN.search(match["apposition"])):
        return False
    mark, rest = match["mark"].strip(), match["rest"]
    if mark == ", en" and _begins_clause(text, second.end):
        return False
    if mark.endswith(("en", "maar")):
        rest = _after_en(rest)
    return _is_lead(_UNKNOWN.sub("", rest, count=1))


def _after_en(rest: str) -> str:
    """Return what is left of `, voor een kleiner deel, door het ` and `in Sneek door het `: the articles."""
    for aside in (_ASIDE, _HERE_AND_THERE):
        match = aside.match(rest)
        if match:
            rest = rest[match.end() :]
    governor = _GOVERNOR.match(rest)
    return rest[governor.end() :] if governor else rest


def _is_lead(words: str) -> bool:
    """Whether these words may stand between a conjunction and a name: articles, a noun for its kind."""
    members = _MEMBERS.match(words)
    if members:
        words = words[members.end() :]
    based = _BASED.search(words)
    if based:
        words = words[: based.start()] + words[based.end() :]
    found = words.split()
    return (
        len(found) <= _MOST_WORDS
        and all(re.fullmatch(r"[a-zë’'-]+", w) and w not in STOPS and w not in FINITE for w in found)
        and not PARTICIPLE.search(words)
        and not ANY_NOUN.search(words)
    )


def _begins_clause(text: str, end: int) -> bool:
    """Whether a finite verb in the singular follows: the name is the subject of a clause of its own."""
    verb = _SINGULAR.match(text, end)
    return verb is not None and verb["verb"].lower() in FINITE and not verb["verb"].endswith("en")
