"""Judge a member of a list in a cell by its wording: whether it is a name, two names, a group, or a person."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.lexicon import is_known
from pipeline.recognising.fields.known import begins_with_known_body, is_known_body
from pipeline.recognising.fields.vocabulary import DATA, matching
from pipeline.recognising.organisations.names import is_capitalised
from pipeline.recognising.organisations.vocabulary import (
    NO_BEFORE,
    NO_WORDS,
    heads,
    is_common_noun,
    is_generic,
    plural_heads,
)
from pipeline.recognising.phrases import words_of
from pipeline.recognising.roles.vocabulary import ANY_NOUN
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import Register

_WORDS = DATA["no_name"]
_NONE = frozenset(_WORDS["words"])
_OPENING = frozenset(_WORDS["opening"])
_OPENING_NOUNS = frozenset(_WORDS["opening_nouns"])
_ENDINGS: tuple[str, ...] = tuple(_WORDS["endings"])
_FUNCTIONS: tuple[str, ...] = tuple(_WORDS["functions"])
_PERSON = matching(_WORDS["person"])
_FULL_NAME = matching(_WORDS["full_name"])
_FIRST_NAMES = frozenset(_WORDS["first_names"])
_NO_SURNAME = matching(_WORDS["no_surname"])
_SMALL = frozenset(_WORDS["surname_small"])
_CONTACT = matching(_WORDS["contact"])
_OPENERS = frozenset(DATA["lists"]["openers"])
_GOVERNING = frozenset({"gemeente", "provincie", "ministerie"})
_PLURALS = ("en", "s", "n")
_MOST_WORDS = 9
"""Words of the longest names."""
_PAIR = 2

INSIDE = frozenset(_WORDS["inside"])
"""Words in lower case that names have inside."""


def are_two(left: str, right: str, register: Register) -> bool:
    """Whether two texts that only a space parts are two names: `Gemeente Almere Stichting Buurtbakkers`."""
    words, first = left.split(), right.split()[0]
    if not is_capitalised(first):
        return first in _OPENERS and len(words) > 1 and (is_known_body(left, register) or words[0].lower() in heads())
    if is_known_body(left, register):
        is_headed = first != right and (is_generic(first.lower()) or words[0].lower() in _GOVERNING)
        return first.lower() in _OPENERS or begins_with_known_body(right, register) or is_headed
    is_headed = words[0].lower() in heads() or is_generic(words[0].lower())
    if not is_headed or len(words) == 1 or not is_capitalised(words[-1]):
        return False
    is_compound = is_generic(first.lower()) and first.lower() not in heads() and first != right
    last = words[-1].lower()
    is_adjective = last.endswith("e") and is_known(last[:-1])
    is_named = len(words) > _PAIR or not (is_known(last) and (is_adjective or last.endswith(_PLURALS[0])))
    opens = first.lower() in _OPENERS or (is_compound and not is_adjective)
    return opens or (is_named and begins_with_known_body(right, register))


def hang_together(text: str, at: int, found: Sequence[OrganisationMention]) -> bool:
    """Whether only small words stand between and behind unknown names: `Centrum Jeugd en Gezin Maasmond`."""
    if any(m.source in {"register", "definition"} or m.name is not None for m in found):
        return False
    gaps = [text[a.end - at : b.start - at] for a, b in pairwise(found)]
    rest = text[found[-1].end - at :].split()
    is_open = len(rest) > 1 and rest[0].lower() in INSIDE and is_capitalised(rest[-1])
    are_joined = bool(gaps) and all(gap.strip() and set(gap.lower().strip("- ").split()) <= INSIDE for gap in gaps)
    return is_open or (are_joined and not rest)


def goes_on(text: str, at: int, found: Sequence[OrganisationMention]) -> bool:
    """Whether a name goes on around what was found of it: a capitalised word stands right beside."""
    for start, end in ((m.start - at, m.end - at) for m in found):
        after = text[end:].split()
        before = text[:start].split()
        if before and is_capitalised(before[-1]) and _heads_firm(before[-1].lower()):
            return True
        if len(before) >= _PAIR and before[-2].endswith("-") and is_capitalised(before[0]):
            return True
        if before and is_capitalised(before[0]) and all(word.lower() in INSIDE for word in before):
            return True
        if after and text[end : end + 1] in {" ", "-"} and is_capitalised(after[0].lstrip("-")):
            return True
        if (
            before
            and text[start - 1] in {" ", "-"}
            and is_capitalised(before[-1])
            and not _announces(before[-1].lower())
        ):
            return True
    return False


def _heads_firm(noun: str) -> bool:
    """Whether a noun for one body, with a capital in a cell, is part of its name: `Aannemersbedrijf Kroon`."""
    return is_generic(noun) and not noun.endswith(_PLURALS) and ANY_NOUN.fullmatch(noun) is None


def _announces(word: str) -> bool:
    """Whether a word in front of a name is no part of it: a noun for bodies, a function."""
    is_noun = is_generic(word) or word in plural_heads() or word in _OPENING
    return is_noun or word in NO_BEFORE or word in NO_WORDS or is_function(word)


def is_function(word: str) -> bool:
    """Whether a word is the function of a person: `inspecteur-generaal`."""
    return word.lower().endswith(_FUNCTIONS)


def without_noun(text: str) -> int:
    """Return where the name begins behind a common noun in lower case: `woningcorporatie Casade`."""
    words = words_of(text)
    for number, word in enumerate(words):
        if is_capitalised(word.text) or word.text.lower() in heads():
            return word.start if number and all(is_generic(w.text.lower()) for w in words[:number]) else 0
    return 0


def is_nobody(text: str) -> bool:
    """Whether a member names no body: `n.v.t.`, `diverse gemeenten`, a person, an address."""
    plain = text.strip(" .-–—:?!*").lower()
    if not plain or plain in _NONE:
        return True
    first, *others = text.split()
    opening = first.lower().strip(".,")
    if opening in _OPENING or (opening in _OPENING_NOUNS and not any(map(is_capitalised, others))):
        return True
    return is_person(text) or _CONTACT.search(text) is not None


def is_person(text: str) -> bool:
    """Whether a member names a person: by title, initials, or first name and surname."""
    if _PERSON.match(text) or _is_first_and_surname(text):
        return True
    return _FULL_NAME.match(text) is not None and not is_known(text.split()[0].lower())


def _is_first_and_surname(text: str) -> bool:
    """Whether a member is a first name and a surname, small words between them: `Erik-Jan van den Berg`."""
    first, *others = text.split()
    surname = [word for word in others if word.lower() not in _SMALL]
    if len(surname) != 1 or not is_capitalised(surname[0]) or surname[0] != others[-1] or len(surname[0]) == 1:
        return False
    is_first = all(part in _FIRST_NAMES for part in first.lower().split("-"))
    return (
        is_first
        and not surname[0].isupper()
        and not is_generic(surname[0].lower())
        and _NO_SURNAME.fullmatch(surname[0]) is None
    )


def reads_like_name(text: str) -> bool:
    """Whether a member of a list of bodies is written as a name, and not as a noun for some of them."""
    words = [word.text for word in words_of(text)]
    if not words or len(words) > _MOST_WORDS or not (is_capitalised(words[0]) or words[0].lower() in heads()):
        return False
    first = words[0].lower()
    others = [word for word in words[1:] if word.lower() not in INSIDE]
    if not others:
        plural = first in plural_heads() or is_generic(first) or first in heads()
        is_group = is_known(first) and any(first.endswith(end) and is_known(first[: -len(end)]) for end in _PLURALS)
        is_group = is_group or (first.endswith(_ENDINGS) and is_known(first))
        return not (plural or is_group or is_common_noun(words[0]) or first in INSIDE)
    if any(is_capitalised(word) for word in others):
        return True
    if first in heads() and first not in plural_heads():
        return True
    return not all(is_known(word.lower()) for word in (words[0], *others))
