"""Short names that a text defines: `Centrum Kinderhandel (CK)`, `(hierna: SCP)`, `CK (Centrum Kinderhandel)`."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.recognising.extents import Extents
from pipeline.recognising.organisations.vocabulary import (
    ABBREVIATION,
    heads,
    is_common_noun,
    is_generic,
    names_no_body,
)
from pipeline.recognising.phrases import Word
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import Register, name_key
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/organisations/definitions.toml")
_CONFIDENCE = 0.9
_MOST_WORDS = 9
"""Words of the long name of a thing."""
_SMALL_WORDS = frozenset(
    {"van", "de", "het", "der", "den", "en", "voor", "in", "op", "te", "of", "bij", "aan", "met", "tot"}
)


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", "[ ]") for phrase in sorted(phrases, key=len, reverse=True))


_SHORT = r"(?P<short>[^\W_][\w&.-]{1,14})"
_QUOTED = rf"(?:(?:de|het|als)[ ])?[‘’“”\"']?{_SHORT}[‘’“”\"']?"
_INTRODUCED = rf"(?P<intro>(?:{_any_of(_DATA['introduces'])}):?[ ])"
_BEHIND = re.compile(
    rf"[ ]?\((?:{_INTRODUCED})?{_QUOTED}(?:[ ](?:{_any_of(_DATA['closes'])}))?(?P<more>[,;][^()]{{1,80}})?\)",
    re.IGNORECASE,
)
_BEHIND_COMMA = re.compile(rf",?[ ]{_INTRODUCED}{_QUOTED}(?P<more>)(?![\w-])", re.IGNORECASE)
_BRACKETS = re.compile(rf"[ ]\((?:{_INTRODUCED})?{_QUOTED}\)", re.IGNORECASE)
_EXPLAINED = re.compile(
    r"(?<![\w-])(?P<short>[A-Z][\w&.-]{1,14})(?:"
    r"[ ]\((?:(?:de|het)[ ])?(?P<long>[^\W\d_][^()]{5,90})\)"
    rf"|,?[ ](?:{_any_of(_DATA['explains'])}):?[ ](?:(?:de|het)[ ])?(?P<told>[^\W\d_][^().;:]{{5,90}}))"
)
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,8}(?![\w-])")
_FEWEST_INITIALS = 3
_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name, and the body that it stands for; `name` is None where it stands for a thing, such as an act."""

    short: str
    start: int
    """Offset of the short name where it is defined."""
    name: str | None
    is_literal: bool
    """Whether its letters are the initials of what it stands for."""


def definitions_of(text: str, mentions: Sequence[OrganisationMention], register: Register) -> list[Definition]:
    """Return what a text defines, in order, given the organisations that are found in it."""
    found = [*_behind_names(text, mentions, register), *_explained(text, mentions), *_of_things(text, mentions)]
    found += _implied(text, mentions, {definition.short for definition in found})
    by_start: dict[int, Definition] = {}
    for definition in found:  # a body before a thing
        by_start.setdefault(definition.start, definition)
    return [by_start[start] for start in sorted(by_start)]


def _implied(text: str, mentions: Sequence[OrganisationMention], told: Collection[str]) -> Iterator[Definition]:
    """Give the abbreviations that nobody explains and that are the initials of one body named before them."""
    by_initials: dict[str, dict[str, int]] = {}
    for mention in mentions:
        name = mention.name or text[mention.start : mention.end]
        for initials in _initials(name):
            by_initials.setdefault(initials, {}).setdefault(name_key(name), mention.start)
    names = {name_key(m.name or text[m.start : m.end]): m.name or text[m.start : m.end] for m in reversed(mentions)}
    for match in _CAPITALS.finditer(text):
        bodies = by_initials.get(match[0], {})
        if match[0] in told or len(bodies) != 1:
            continue
        [(key, first)] = bodies.items()
        if first < match.start():
            yield Definition(match[0], match.start(), names[key], is_literal=True)


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words, with and without its small words, in capitals."""
    words = [part for word in _WORD.findall(name) for part in word.split("-") if part]
    large = [word for word in words if word.lower() not in _SMALL_WORDS]
    found = {"".join(word[0] for word in some).upper() for some in (words, large)}
    return {initials for initials in found if len(initials) >= _FEWEST_INITIALS}


def with_short_names(
    text: str,
    words: Sequence[Word],
    mentions: Sequence[OrganisationMention],
    definitions: Sequence[Definition],
    register: Register,
) -> list[OrganisationMention]:
    """Return the mentions with every short name that is defined: what stands for a thing is none.

    Where a short name is defined twice, the definition before it holds, or else the first.
    """
    by_short: dict[str, list[Definition]] = {}
    for definition in definitions:
        by_short.setdefault(definition.short, []).append(definition)
    if not by_short:
        return list(mentions)
    kept = []
    for mention in mentions:
        defined = _that_holds(by_short, text[mention.start : mention.end], mention.start)
        changed = mention if defined is None else _told(mention, defined, register)
        if changed is not None:
            kept.append(changed)
    spans = Extents((m.start, m.end) for m in mentions)
    for word in words:
        defined = _that_holds(by_short, word.text, word.start)
        if defined is None or defined.name is None or spans.overlaps(word.start, word.end):
            continue
        if not register.denies(word.text, defined.name):
            kept.append(OrganisationMention(word.start, word.end, _CONFIDENCE, "definition", defined.name))
    return sorted(kept, key=lambda m: m.start)


def _that_holds(by_short: Mapping[str, Sequence[Definition]], short: str, at: int) -> Definition | None:
    definitions = by_short.get(short)
    if not definitions:
        return None
    return next((d for d in reversed(definitions) if d.start <= at), definitions[0])


def _told(mention: OrganisationMention, defined: Definition, register: Register) -> OrganisationMention | None:
    """Return a mention of a defined short name as the definition has it; None where it is a thing."""
    by_register = mention.source == "register"
    if defined.name is None:
        return mention if by_register and not defined.is_literal else None
    if by_register and name_key(defined.name) in _names_of(register).get(defined.short, frozenset()):
        return mention
    if mention.name is not None and not by_register and mention.source != "annex":
        return mention
    source = mention.source if not by_register and mention.source != "annex" else "definition"
    return replace(mention, source=source, name=defined.name)


@lru_cache(maxsize=4)
def _names_of(register: Register) -> dict[str, frozenset[str]]:
    """Return, for each abbreviation of the register, all names of its bodies, folded."""
    names: dict[str, frozenset[str]] = {}
    for form, kind, body in register.forms():
        if kind == "abbreviation":
            names[form] = names.get(form, frozenset()) | {name_key(other) for other, _ in body.forms()}
    return names


def defined_behind(text: str, end: int) -> str | None:
    """Return the short name that is defined right behind a name that ends at `end`; None where none is."""
    match = _BEHIND.match(text, end)
    return match["short"].rstrip(".") if match else None


def _behind_names(text: str, mentions: Sequence[OrganisationMention], register: Register) -> Iterator[Definition]:
    for mention in mentions:
        match = _BEHIND.match(text, mention.end) or _BEHIND_COMMA.match(text, mention.end)
        if match is None:
            continue
        short, name = match["short"].rstrip("."), mention.name or text[mention.start : mention.end]
        stands_for = abbreviates(short, name)
        if not stands_for and not _may_stand(match, name, register):
            continue
        yield Definition(short, match.start("short"), name, stands_for)


def _may_stand(match: re.Match[str], name: str, register: Register) -> bool:
    """Whether a short name may stand for a body though its letters do not say so: it is no other's, as far as known."""
    short = match["short"].rstrip(".")
    if match["intro"] is not None and short in name.split() and not is_common_noun(short):
        return short[0].isupper()
    is_plain = match["intro"] is not None or match["more"] is None
    return is_plain and ABBREVIATION.fullmatch(short) is not None and short not in _names_of(register)


def _explained(text: str, mentions: Sequence[OrganisationMention]) -> Iterator[Definition]:
    """Give the definitions whose short name comes first: ``CK (Centrum Kinderhandel)``."""
    ends = {m.start: m for m in mentions}
    for match in _EXPLAINED.finditer(text):
        group = "long" if match["long"] else "told"
        at, short = match.start(group), match["short"].rstrip(".")
        mention = ends.get(at)
        if mention is not None and abbreviates(short, name := mention.name or text[mention.start : mention.end]):
            yield Definition(short, match.start(), name, is_literal=True)
        elif group == "long" and abbreviates(short, match["long"]) and ABBREVIATION.fullmatch(short):
            first = match["long"].split()[0]
            is_thing = names_no_body(match["long"]) or (first.islower() and not is_generic(first))
            if is_thing or match.start() in ends:
                yield Definition(short, match.start(), None if is_thing else match["long"], is_literal=True)


def _of_things(text: str, mentions: Sequence[OrganisationMention]) -> Iterator[Definition]:
    """Give the short names that stand in brackets behind what is no organisation."""
    ends = {m.end for m in mentions}
    for match in _BRACKETS.finditer(text):
        if match.start() in ends or not any(c.isupper() for c in match["short"]):
            continue
        long = _long_form(text[max(0, match.start() - 120) : match.start()], match["short"])
        if long is not None:
            yield Definition(match["short"], match.start("short"), None, _is_initials(match["short"], long))


def _long_form(before: str, short: str) -> str | None:
    """Return the thing before the brackets that a short name abbreviates; None where it may be a body."""
    words = _WORD.findall(re.split(r"[.!?;:]\s|\n", before)[-1])[-_MOST_WORDS:]
    if not words or is_generic(words[-1].lower()):
        return None
    for number in range(1, len(words) + 1):
        long = " ".join(words[-number:])
        if long[0].lower() == short[0].lower() and (_is_initials(short, long) or abbreviates(short, long)):
            return long if words[-1][0].islower() or names_no_body(long) else None
    return words[-1] if words[-1].islower() and ABBREVIATION.fullmatch(short) else None


def _is_initials(short: str, long: str) -> bool:
    words = [w for w in long.lower().split() if w not in _SMALL_WORDS]
    return "".join(w[0] for w in words) == "".join(c for c in short.lower() if c.isalnum())


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a short name come, in order, from the words of a name, the first from a beginning."""
    letters = [c.lower() for c in short if c.isalnum()]
    if not letters or not short[0].isalnum() or not any(c.isupper() for c in short):
        return False
    plain = name.lower()
    if not plain.startswith(letters[0]) and letters[0] not in {w[0] for w in re.findall(r"\w+", plain)}:
        return False
    at = 0
    for letter in letters:
        at = plain.find(letter, at) + 1
        if not at:
            return False
    return len(name.split()) > 1 or name.split()[0].lower() in heads()
