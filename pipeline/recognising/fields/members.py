"""Take the list of names in a cell apart: its members, and the roles that words inside the cell give them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.vocabulary import ANNOUNCED, BRACKETED, DATA, TURNS, matching
from pipeline.recognising.spans import Role

_LISTS = DATA["lists"]
_HARD = matching(_LISTS["hard"])
_SOFT = matching(_LISTS["soft"])
_BEFORE = matching(_LISTS["before"])
_AFTER = matching(f"(?:{_LISTS['after']})$")
_QUOTES = "‘’“”\"'«»"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list; offsets into the cell."""

    start: int
    end: int
    bracket: tuple[int, int] | None
    """Bounds of what stands in brackets behind it, without them."""
    role: Role | None
    """What the cell itself says of it; None where it leaves that to the label."""
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    turn: Role | None = None
    is_end_of_turn: bool = False


def members_of(
    text: str, whole: Sequence[tuple[int, int]], parts_names: Callable[[tuple[int, int], tuple[int, int]], bool]
) -> Iterator[Member]:
    """Give the members of a list of names, in order.

    Parameters
    ----------
    text
        The value of a field, on one line.
    whole
        ``(start, end)`` of names that nothing inside parts: `Ministerie van Onderwijs, Cultuur en Wetenschap`.
    parts_names
        Whether `en` parts these two stretches, and is no part of one name.
    """
    brackets = list(_brackets(text))
    kept = Extents([*whole, *brackets])
    cuts = sorted(_cuts(text, kept), key=lambda cut: (cut.start, -cut.end))
    role: Role | None = None
    cue: tuple[int, int] | None = None
    start = 0
    for cut in [*cuts, _Cut(len(text), len(text))]:
        if cut.start < start:
            continue
        for a, b in _softly_parted(text, start, cut.start, kept, parts_names):
            yield from _member(text, a, b, brackets, role, cue)
        if cut.turn is not None:
            role, cue = cut.turn, (cut.start, _trimmed(text, cut.start, cut.end))
        elif cut.is_end_of_turn:
            role, cue = None, None
        start = cut.end


def _cuts(text: str, kept: Extents) -> Iterator[_Cut]:
    for match in _HARD.finditer(text):
        if not kept.overlaps(*match.span()):
            yield _Cut(*match.span(), is_end_of_turn=match[0] == ";")
    for turn in (*TURNS, *ANNOUNCED):
        for match in turn.pattern.finditer(text):
            if not kept.overlaps(*match.span()):
                yield _Cut(*match.span(), turn=turn.role)


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" :="))


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Give the outermost brackets, with what is in them."""
    depth, start = 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            start = at if depth == 0 else start
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1


def _softly_parted(
    text: str, start: int, end: int, kept: Extents, parts_names: Callable[[tuple[int, int], tuple[int, int]], bool]
) -> Iterator[tuple[int, int]]:
    """Part a stretch at `en` and `&` where these stand between two names."""
    at = start
    for match in _SOFT.finditer(text, start, end):
        if match.start() < at or kept.overlaps(*match.span()):
            continue
        if parts_names((at, match.start()), (match.end(), end)):
            yield at, match.start()
            at = match.end()
    yield at, end


def _member(
    text: str,
    start: int,
    end: int,
    brackets: Sequence[tuple[int, int]],
    role: Role | None,
    cue: tuple[int, int] | None,
) -> Iterator[Member]:
    bracket = next(((a, b) for a, b in brackets if start <= a < end), None)
    inside = None
    if bracket is not None:
        for said in BRACKETED:
            match = said.pattern.match(text, bracket[0])
            if match is not None:
                role, cue = said.role, match.span(1)
        inside = (bracket[0] + 1, bracket[1] - 1)
        end = bracket[0]
    start, end = _stripped(text, start, end)
    if start < end or inside is not None:
        yield Member(start, end, inside, role, cue)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off what stands around a name and is no part of it: bullets, articles, `o.a.`, `e.a.`, quotes."""
    start += len(text[start:end]) - len(text[start:end].lstrip(" \n" + _QUOTES))
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    after = _AFTER.search(text[start:end])
    if after is not None and not text[start:end].endswith((".V.", "Zn.", "Inc.", "Ltd.", "c.s.")):
        end = start + after.start()
    start += len(text[start:end]) - len(text[start:end].lstrip(" " + _QUOTES))
    return start, start + len(text[start:end].rstrip(" " + _QUOTES))
