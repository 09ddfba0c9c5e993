"""Read the organisations of a cell: each member of its list that is a name, whether the prose rules know it or not."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.cleaning.lexicon import is_known
from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.known import governments, is_known_body, known_names, place_names
from pipeline.recognising.fields.members import Member, members_of
from pipeline.recognising.fields.vocabulary import CONFIDENCE, DATA, LABELLED, matching
from pipeline.recognising.fields.wording import (
    INSIDE,
    are_two,
    goes_on,
    hang_together,
    is_function,
    is_nobody,
    is_person,
    reads_like_name,
    without_noun,
)
from pipeline.recognising.organisations.names import is_capitalised, with_legal_form
from pipeline.recognising.organisations.vocabulary import heads, is_generic, plural_heads
from pipeline.recognising.phrases import words_of
from pipeline.recognising.spans import OrganisationMention, Role
from pipeline.register import Register, folded

_PARTNERS = frozenset(DATA["lists"]["partners"])
_SHORT: dict[str, str] = DATA["lists"]["short"]
_PROVINCE = matching(DATA["labels"]["province"])
_MUNICIPALITY = matching(DATA["labels"]["municipality"])
_AND = matching(DATA["labels"]["and"])
_PAIR = 2


@dataclass(frozen=True, slots=True)
class LabelledName:
    """An organisation of a cell, and its role where the cell or its label gives one."""

    mention: OrganisationMention
    role: Role | None
    """What the cell itself says; None where the label does."""
    cue: tuple[int, int] | None
    """Offsets into the cell of the words that give `role`."""
    is_member: bool = True
    """Whether it is a member of the list, and not only named in the brackets behind one."""


def labelled_names(
    text: str, label: str, found: Sequence[OrganisationMention], register: Register
) -> list[LabelledName]:
    """Return the organisations of a cell for organisations, in order and apart from each other.

    Parameters
    ----------
    text
        The value, on one line.
    found
        What the rules for prose found in it: their extent and name are kept where they are a whole member.
    """
    whole = [(m.start, m.end) for m in found if m.source in {"register", "definition"}]
    whole += _joined_by_and(text, register)
    reader = _Reader(text, label, found, register)
    members = [one for member in members_of(text, whole, reader.parts) for one in reader.unglued(member)]
    members = _with_roles_of_label(members, label)
    hint = reader.government_of(members)
    names: list[LabelledName] = []
    head: str | None = None
    for member in members:
        here = list(reader.names(member, hint, head, is_alone=_is_seat(names, members)))
        names += here
        head = _head_of(text[member.start : member.end]) or head
    taken = Extents((n.mention.start, n.mention.end) for n in names)
    inside = [n for n in reader.in_brackets(members, names) if not taken.overlaps(n.mention.start, n.mention.end)]
    kept = [n for n in (*names, *inside) if not register.denies(text[n.mention.start : n.mention.end], n.mention.name)]
    return sorted(kept, key=lambda n: n.mention.start)


def _joined_by_and(text: str, register: Register) -> Iterator[tuple[int, int]]:
    """Give the names with `en` inside that leave their noun to the head of the list: `waterschappen Aa en Maas`."""
    head = _head_of(text)
    if head is None:
        return
    words = words_of(text)
    for at in range(1, len(words) - 2):
        if words[at + 1].text == "en":
            start, end = words[at].start, words[at + 2].end
            if folded(f"{head} {text[start:end]}") in known_names(register):
                yield start, end


def _with_roles_of_label(members: Sequence[Member], label: str) -> list[Member]:
    """Return the members with what the nouns of a label say, where it has several.

    ``Penvoerder en partners``: the first member is the one, the others are the others. ``Betrokken partijen trekker``,
    a head under a head: the last noun holds.
    """
    found = [(*match.span(), noun.role) for noun in LABELLED if (match := noun.pattern.search(label))]
    nouns = sorted(one for one in found if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in found))
    if len(nouns) != _PAIR:
        return list(members)
    (_, first_end, first), (last_start, _, last) = nouns
    first = first if _AND.fullmatch(label[first_end:last_start]) else last
    return [
        member if member.role else replace(member, role=last if place else first)
        for place, member in enumerate(members)
    ]


def _is_seat(names: Sequence[LabelledName], members: Sequence[Member]) -> bool:
    """Whether a bare place behind one name can only say where that body has its seat: `Stichting Het Anker, Ede`."""
    return len(members) == _PAIR and len(names) == 1 and names[0].mention.name is None


def _head_of(member: str) -> str | None:
    """Return the noun that heads a member, which the next may leave out: `GGD Twente, IJsselland`."""
    first = member.split(maxsplit=1)[0].lower() if member.split() else ""
    head = heads().get(first) or plural_heads().get(first)
    return None if head is None else head.name("").strip()


class _Reader:
    """Reads one cell."""

    def __init__(self, text: str, label: str, found: Sequence[OrganisationMention], register: Register) -> None:
        self.text = text
        self.words = words_of(text)
        self.register = register
        self.label = label
        self.found = found

    def parts(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether `en` between two stretches parts two names: not in `Stichting Zorg en Welzijn`."""
        one, other = self.text[slice(*left)].strip(), self.text[slice(*right)].strip()
        if not one or not other or not is_capitalised(other.split()[0]):
            return True
        if one.endswith("-"):
            return False
        if is_person(one) and is_person(other):
            return True
        if one.split()[0].lower() in plural_heads():
            return True
        if self._is_own(right) and (self._is_own(left) or len(one.split()) > 1 or not is_known(one.lower())):
            return True
        first = other.split()[0].lower()
        return first.rstrip(".") not in _PARTNERS and _head_of(one) is None and not is_known(first)

    def _is_own(self, stretch: tuple[int, int]) -> bool:
        """Whether a stretch begins with a name of its own: known, headed by a noun for bodies, or an abbreviation."""
        text = self.text[slice(*stretch)]
        words = text.split("(")[0].split()
        first = words[0].lower() if words else ""
        if first in heads() or first in plural_heads() or is_generic(first) or text.lstrip().split()[0].isupper():
            return True
        start = stretch[0] + len(text) - len(text.lstrip())
        is_found = any(m.start == start and m.source in {"register", "definition"} for m in self.found)
        return is_found or " ".join(words) in governments()

    def government_of(self, members: Sequence[Member]) -> str:
        """Return the kind of government that bare places in the cell are, by its label or its other members."""
        if _PROVINCE.search(self.label):
            return "province"
        if _MUNICIPALITY.search(self.label):
            return "municipality"
        texts = [self.text[m.start : m.end] for m in members]
        if any(t.lower().startswith("provincie") for t in texts):
            return "province"
        bare = [governments()[t] for t in texts if t in governments()]
        only_provinces = any("municipality" not in kinds for kinds in bare)
        return "province" if only_provinces and all("province" in kinds for kinds in bare) else "municipality"

    def unglued(self, member: Member) -> Iterator[Member]:
        """Give the members that stand in one without anything between them, as the lines of a cell do when joined."""
        if any((m.start, m.end) == (member.start, member.end) and m.source == "register" for m in self.found):
            yield member
            return
        first = bisect_left(self.words, member.start, key=lambda word: word.start)
        words = self.words[first : bisect_right(self.words, member.end, key=lambda word: word.end)]
        start = member.start
        one, hyphen, other = self.text[start : member.end].partition("-")
        if hyphen and is_known_body(one, self.register) and is_known_body(other, self.register):
            yield replace(member, end=start + len(one), bracket=None)
            start += len(one) + len(hyphen)
        for before, word in pairwise(words):
            left, right = self.text[start : before.end], self.text[word.start : member.end]
            is_apart = self.text[before.end : word.start] == " " and before.text.lower() not in INSIDE
            if is_apart and before.end > start and are_two(left, right, self.register):
                yield replace(member, start=start, end=before.end, bracket=None)
                start = word.start
        yield replace(member, start=start)

    def names(self, member: Member, hint: str, head: str | None, *, is_alone: bool) -> Iterator[LabelledName]:
        """Give the names of one member: most often one."""
        text = self.text[member.start : member.end]
        here = [m for m in self.found if member.start <= m.start and m.end <= member.end]
        if is_nobody(text):
            here = [m for m in here if m.source == "register"] if text[:1].isalpha() and not is_person(text) else []
        elif (whole := self._whole(member, hint, head, here, is_alone=is_alone)) is not None:
            here = [whole]
        for mention in here:
            yield LabelledName(mention, member.role, member.cue)

    def _whole(
        self, member: Member, hint: str, head: str | None, here: Sequence[OrganisationMention], *, is_alone: bool
    ) -> OrganisationMention | None:
        """Return the member as one name, where what the rules for prose found in it is not all of that."""
        text = self.text[member.start : member.end]
        government = governments().get(text)
        is_listed = any(m.name is not None and (m.start, m.end) == (member.start, member.end) for m in here)
        if government is not None and not is_listed:
            if is_alone and not _MUNICIPALITY.search(self.label):
                return None
            name = government.get(hint) or next(iter(government.values()))
            return self._named(member, name, CONFIDENCE["place"])
        short, _, rest = text.partition(" ")
        if short.lower() in _SHORT and rest:
            return self._named(member, f"{_SHORT[short.lower()]} {rest.removeprefix('van ')}", CONFIDENCE["name"])
        if is_function(short) and is_known_body(rest, self.register):
            return OrganisationMention(member.end - len(rest), member.end, CONFIDENCE["name"], "field")
        rest = text.partition(" ")[2] if text.split()[0].lower() in plural_heads() else text
        full = folded(f"{_head_of(text) or head} {rest}")
        known = known_names(self.register)
        if full in known and not is_listed and rest:
            return OrganisationMention(member.end - len(rest), member.end, CONFIDENCE["name"], "field", known[full])
        if here and not (goes_on(text, member.start, here) or hang_together(text, member.start, here)):
            return None
        start = without_noun(text)
        if text in place_names() or not reads_like_name(text[start:]):
            return None
        end = with_legal_form(self.text, member.end)
        words = text[start:].split()
        is_plain = len(words) == 1 and is_known(words[0].lower())
        confidence = CONFIDENCE["plain_name" if is_plain else "name"]
        return OrganisationMention(member.start + start, end, confidence, "field")

    def _named(self, member: Member, name: str, confidence: float) -> OrganisationMention:
        return OrganisationMention(member.start, member.end, confidence, "field", name)

    def in_brackets(self, members: Sequence[Member], names: Sequence[LabelledName]) -> Iterator[LabelledName]:
        """Give the names in brackets: an abbreviation, those of a consortium, or that of a person's employer."""
        for member in members:
            if member.bracket is None:
                continue
            start, end = member.bracket
            here = [m for m in self.found if start <= m.start and m.end <= end]
            stands_in = not any(member.start <= n.mention.start < member.end for n in names)
            for mention in here:
                yield LabelledName(mention, member.role, member.cue, is_member=stands_in)
