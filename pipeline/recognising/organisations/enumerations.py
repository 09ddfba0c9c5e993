"""Read enumerations of names: what its fellows are, or the noun before them says, an unknown member is too."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pipeline.recognising.organisations.names import is_capitalised
from pipeline.recognising.organisations.vocabulary import (
    Head,
    is_common_noun,
    is_generic,
    names_no_body,
    plural_heads,
)

_OPENED = re.compile(
    r"\((?P<bracketed>[^()]{5,400})\)"
    r"|(?:,[ ](?:namelijk|te weten|waaronder|onder wie|zoals|bestaande uit)|:)[ ](?P<named>[^.;:()]{5,300})"
)
_DELIMITER = re.compile(r",[ ]en[ ]|[ ]en,[ ][^,]{3,40},[ ]|,[ ]|;[ ]|[ ]en[ ]|[ ]&[ ]|[ ]alsmede[ ]|[ ]evenals[ ]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOUN_REACH = 110
_MOST_WORDS = 6
_ARTICLE = re.compile(r"(?:(?:de|het|onder meer|onder andere|bijvoorbeeld|stichting)[ ])+")


def enumerated(text: str, is_place: Callable[[int, int], bool]) -> Iterator[tuple[int, int, str | None]]:
    """Give ``(start, end, full name)`` of each member of an enumeration that a noun for bodies opens.

    ``vijf zorginstellingen (Aveant, Santé Partners en Opella)``: two members or more, each capitalised. A member goes
    to the next comma or `en`, so that a name may end in lower case. ``zes gemeenten, waaronder Ede en Tiel`` gives the
    members full names.
    """
    for match in _OPENED.finditer(text):
        group = "bracketed" if match["bracketed"] else "named"
        announced, head = _announced(text[max(0, match.start() - _NOUN_REACH) : match.start()])
        if not announced:
            continue
        members = list(_members(text, match.start(group), match.end(group)))
        names = [(a, b) for a, b in members if _is_name(text[a:b])]
        if len(names) < 2 or (group == "bracketed" and len(names) < len(members)):
            continue
        if head is not None:
            yield from ((a, b, head.name(text[a:b])) for a, b in names)
        elif not all(is_place(a, b) for a, b in names):
            yield from ((a, b, None) for a, b in names if not is_place(a, b))


def _announced(before: str) -> tuple[bool, Head | None]:
    """Return whether a plural noun for bodies stands before, in the same sentence; its head where it stands last."""
    words = _WORD.findall(re.split(r"[.!?][ ]", before)[-1].lower())
    if words and words[-1] in plural_heads():
        return True, plural_heads()[words[-1]]
    return any((is_generic(word) and word.endswith(("s", "en"))) for word in words), None


def _members(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for delimiter in _DELIMITER.finditer(text, start, end):
        yield _without_article(text, at, delimiter.start())
        at = delimiter.end()
    yield _without_article(text, at, end)


def _without_article(text: str, start: int, end: int) -> tuple[int, int]:
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end


def _is_name(member: str) -> bool:
    words = member.split()
    if not words or len(words) > _MOST_WORDS or not is_capitalised(words[0]):
        return False
    lower = [w for w in words[1:] if w[:1].islower()]
    return len(lower) <= 2 and not names_no_body(member) and not is_common_noun(member)


def coordinated(
    text: str, accepted: Sequence[tuple[int, int]], doubtful: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return those doubtful names that only a comma or `en` parts from an accepted one, or from one of these."""
    known = set(accepted)
    names = sorted({*accepted, *doubtful})
    for order in (names, names[::-1]):  # a body vouches for what follows it, then for what comes before
        for one, other in pairwise(order):
            if one in known and other not in known and _are_fellows(text, one, other):
                known.add(other)
    return sorted(known - set(accepted))


_BETWEEN = re.compile(
    r"(?:[ ]?\([^()]{1,40}\))?(?:,|,?[ ](?:en|of|alsmede|evenals))(?:[ ](?:de|het|stichting|bureau))?[ ]", re.IGNORECASE
)


def _are_fellows(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    return 0 <= second[0] - first[1] <= 60 and _BETWEEN.fullmatch(text[first[1] : second[0]]) is not None
