"""Read the organisations of a cell: each member of its list that is a name, whether the prose rules know it or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.cleaning.lexicon import is_known
from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.members import Member, members_of
from pipeline.recognising.fields.vocabulary import CONFIDENCE, DATA, LABELLED, matching
from pipeline.recognising.organisations.names import is_capitalised, with_legal_form
from pipeline.recognising.organisations.vocabulary import heads, is_common_noun, is_generic, plural_heads
from pipeline.recognising.phrases import words_of
from pipeline.recognising.spans import OrganisationMention, Role
from pipeline.register import folded, organisations, places

_NONE = frozenset(DATA["no_name"]["words"])
_OPENING = frozenset(DATA["no_name"]["opening"])
_OPENING_NOUNS = frozenset(DATA["no_name"]["opening_nouns"])
_OPENERS = frozenset(DATA["lists"]["openers"])
_PERSON = matching(DATA["no_name"]["person"])
_FULL_NAME = matching(DATA["no_name"]["full_name"])
_CONTACT = matching(DATA["no_name"]["contact"])
_INSIDE = frozenset(DATA["no_name"]["inside"])
_SHORT: dict[str, str] = DATA["lists"]["short"]
_PROVINCE = matching(DATA["labels"]["province"])
_MUNICIPALITY = matching(DATA["labels"]["municipality"])
_GOVERNMENTS = {"municipality": "Gemeente", "province": "Provincie"}
_GOVERNING = frozenset({"gemeente", "provincie", "ministerie"})
_PLURALS = ("en", "s", "n")
_MOST_WORDS = 9
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


def labelled_names(text: str, label: str, found: Sequence[OrganisationMention]) -> list[LabelledName]:
    """Return the organisations of a cell for organisations, in order and apart from each other.

    Parameters
    ----------
    text
        The value, on one line.
    found
        What the rules for prose found in it: their extent and name are kept where they are a whole member.
    """
    whole = [(m.start, m.end) for m in found if m.source in {"register", "definition"}]
    reader = _Reader(text, label, found)
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
    inside = [n for n in reader.in_brackets(members) if not taken.overlaps(n.mention.start, n.mention.end)]
    return sorted([*names, *inside], key=lambda n: n.mention.start)


def _with_roles_of_label(members: Sequence[Member], label: str) -> list[Member]:
    """Return the members with what a label for two roles says: the first of `Penvoerder en partners` is the one."""
    nouns = sorted((match.start(), noun.role) for noun in LABELLED if (match := noun.pattern.search(label)))
    if len(nouns) != _PAIR:
        return list(members)
    return [
        member if member.role else replace(member, role=nouns[min(place, 1)][1]) for place, member in enumerate(members)
    ]


def _is_seat(names: Sequence[LabelledName], members: Sequence[Member]) -> bool:
    """Whether a bare place behind one name can only say where that body has its seat: `Stichting Het Anker, Ede`."""
    return len(members) == _PAIR and len(names) == 1 and names[0].mention.name is None


def _head_of(member: str) -> str | None:
    """Return the noun that heads a member, which the next may leave out: `GGD Twente, IJsselland`."""
    first = member.split(maxsplit=1)[0].lower() if member.split() else ""
    head = heads().get(first) or plural_heads().get(first)
    return None if head is None else head.name("").strip()


@cache
def _known_names() -> dict[str, str]:
    """Return the names of the register by their folded forms."""
    return {
        folded(form): body.name for body in organisations() for form, kind in body.forms() if kind != "abbreviation"
    }


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(form for body in organisations() for form, kind in body.forms() if kind == "abbreviation")


@cache
def _governments() -> dict[str, dict[str, str]]:
    """Return, for each form of a place's name, the governments that it may stand for, by kind."""
    found: dict[str, dict[str, str]] = {}
    for place in places():
        if place.kind in _GOVERNMENTS:
            for form in (place.name, *place.aliases):
                found.setdefault(form, {})[place.kind] = f"{_GOVERNMENTS[place.kind]} {place.name}"
    return found


@cache
def _place_names() -> frozenset[str]:
    return frozenset(form for place in places() for form in (place.name, *place.aliases))


class _Reader:
    """Reads one cell."""

    def __init__(self, text: str, label: str, found: Sequence[OrganisationMention]) -> None:
        self.text = text
        self.label = label
        self.found = found

    def parts(self, left: str, right: str) -> bool:
        """Whether `en` between two texts parts two names: not in `Stichting Zorg en Welzijn`."""
        one, other = left.split(",")[-1].strip(), right
        if not one or not other:
            return True
        first = other.split()[0]
        if not is_capitalised(first):
            return True
        if self._is_own(other) and (self._is_own(one) or len(one.split()) > 1 or not is_known(one.lower())):
            return True
        if first.rstrip(".") in {"Zn", "Zonen", "Co", "Partners", "Zoon"}:
            return False
        head = _head_of(one)
        return head is None and not is_known(first.lower())

    def _is_own(self, name: str) -> bool:
        """Whether a text begins with a name of its own: known, headed by a noun for bodies, or an abbreviation."""
        words = name.split("(")[0].split()
        first = words[0].lower()
        if first in heads() or first in plural_heads() or is_generic(first) or words[0].isupper():
            return True
        if " ".join(words) in _governments():
            return True
        start = self.text.find(name)
        return any(m.start == start and m.source in {"register", "definition"} for m in self.found)

    def government_of(self, members: Sequence[Member]) -> str:
        """Return the kind of government that bare places in the cell are, by its label or its other members."""
        if _PROVINCE.search(self.label):
            return "province"
        if _MUNICIPALITY.search(self.label):
            return "municipality"
        texts = [self.text[m.start : m.end] for m in members]
        if any(t.lower().startswith("provincie") for t in texts):
            return "province"
        bare = [_governments()[t] for t in texts if t in _governments()]
        only_provinces = any("municipality" not in kinds for kinds in bare)
        return "province" if only_provinces and all("province" in kinds for kinds in bare) else "municipality"

    def unglued(self, member: Member) -> Iterator[Member]:
        """Give the members that stand in one without anything between them, as the lines of a cell do when joined."""
        if any((m.start, m.end) == (member.start, member.end) and m.source == "register" for m in self.found):
            yield member
            return
        words = [w for w in words_of(self.text) if member.start <= w.start and w.end <= member.end]
        start = member.start
        for before, word in pairwise(words):
            left, right = self.text[start : before.end], self.text[word.start : member.end]
            is_apart = self.text[before.end : word.start] == " " and before.text.lower() not in _INSIDE
            if is_apart and before.end > start and _are_two(left, right):
                yield replace(member, start=start, end=before.end, bracket=None)
                start = word.start
        yield replace(member, start=start)

    def names(self, member: Member, hint: str, head: str | None, *, is_alone: bool) -> Iterator[LabelledName]:
        """Give the names of one member: most often one."""
        text = self.text[member.start : member.end]
        here = [m for m in self.found if member.start <= m.start and m.end <= member.end]
        if _is_nobody(text):
            here = [m for m in here if m.source == "register"] if text[:1].isalpha() and not _is_person(text) else []
        elif (whole := self._whole(member, hint, head, here, is_alone=is_alone)) is not None:
            here = [whole]
        for mention in here:
            yield LabelledName(mention, member.role, member.cue)

    def _whole(
        self, member: Member, hint: str, head: str | None, here: Sequence[OrganisationMention], *, is_alone: bool
    ) -> OrganisationMention | None:
        """Return the member as one name, where what the rules for prose found in it is not all of that."""
        text = self.text[member.start : member.end]
        government = _governments().get(text)
        is_listed = any(m.name is not None and m.start == member.start for m in here)
        if government is not None and not is_listed:
            if is_alone and not _MUNICIPALITY.search(self.label):
                return None
            name = government.get(hint) or next(iter(government.values()))
            return self._named(member, name, CONFIDENCE["place"])
        short, _, rest = text.partition(" ")
        if short.lower() in _SHORT and rest:
            return self._named(member, f"{_SHORT[short.lower()]} {rest.removeprefix('van ')}", CONFIDENCE["name"])
        if here and not (_goes_on(text, member.start, here) or _hang_together(text, member.start, here)):
            return None
        if not here and head is not None and folded(f"{head} {text}") in _known_names():
            return self._named(member, _known_names()[folded(f"{head} {text}")], CONFIDENCE["name"])
        start = _without_noun(text)
        if text in _place_names() or not reads_like_name(text[start:]):
            return None
        end = with_legal_form(self.text, member.end)
        words = text[start:].split()
        is_plain = len(words) == 1 and is_known(words[0].lower())
        confidence = CONFIDENCE["plain_name" if is_plain else "name"]
        return OrganisationMention(member.start + start, end, confidence, "field")

    def _named(self, member: Member, name: str, confidence: float) -> OrganisationMention:
        return OrganisationMention(member.start, member.end, confidence, "field", name)

    def in_brackets(self, members: Sequence[Member]) -> Iterator[LabelledName]:
        """Give the names in brackets: an abbreviation, those of a consortium, or that of a person's employer."""
        for member in members:
            if member.bracket is None:
                continue
            start, end = member.bracket
            here = [m for m in self.found if start <= m.start and m.end <= end]
            outer = self.text[member.start : member.end]
            stands_in = _is_nobody(outer) or not outer or is_common_noun(outer) or is_generic(outer.lower())
            for mention in here:
                yield LabelledName(mention, member.role, member.cue, is_member=stands_in)


def _are_two(left: str, right: str) -> bool:
    """Whether two texts that only a space parts are two names: `Gemeente Almere Stichting Buurtbakkers`."""
    words, first = left.split(), right.split()[0]
    if not is_capitalised(first):
        return first in _OPENERS and len(words) > 1 and (_is_known(left) or words[0].lower() in heads())
    if _is_known(left):
        is_headed = first != right and (is_generic(first.lower()) or words[0].lower() in _GOVERNING)
        return first.lower() in _OPENERS or _begins_with_known(right) or is_headed
    is_headed = words[0].lower() in heads() or is_generic(words[0].lower())
    if not is_headed or len(words) == 1 or not is_capitalised(words[-1]):
        return False
    is_named = len(words) > _PAIR or not is_known(words[-1].lower())
    is_compound = is_generic(first.lower()) and first.lower() not in heads() and first != right
    last = words[-1].lower()
    is_adjective = last.endswith("e") and is_known(last[:-1])
    opens = first.lower() in _OPENERS or (is_compound and not is_adjective)
    return opens or (is_named and _begins_with_known(right))


def _is_known(name: str) -> bool:
    return folded(name) in _known_names() or name in _abbreviations()


def _begins_with_known(text: str) -> bool:
    words = text.split()
    return any(_is_known(" ".join(words[:count])) for count in range(1, len(words) + 1))


def _hang_together(text: str, at: int, found: Sequence[OrganisationMention]) -> bool:
    """Whether only small words stand between and behind unknown names: `Centrum Jeugd en Gezin Maasmond`."""
    if any(m.source in {"register", "definition"} or m.name is not None for m in found):
        return False
    gaps = [text[a.end - at : b.start - at] for a, b in pairwise(found)]
    rest = text[found[-1].end - at :].split()
    is_open = len(rest) > 1 and rest[0].lower() in _INSIDE and is_capitalised(rest[-1])
    are_joined = bool(gaps) and all(gap.strip() and set(gap.lower().split()) <= _INSIDE for gap in gaps)
    return is_open or (are_joined and not rest)


def _goes_on(text: str, at: int, found: Sequence[OrganisationMention]) -> bool:
    """Whether a name goes on around what was found of it: a capitalised word stands right beside."""
    for start, end in ((m.start - at, m.end - at) for m in found):
        after = text[end:].split()
        before = text[:start].split()
        if before and is_capitalised(before[0]) and all(word.lower() in _INSIDE for word in before):
            return True
        if after and text[end : end + 1] in {" ", "-"} and is_capitalised(after[0].lstrip("-")):
            return True
        if before and text[start - 1] in {" ", "-"} and is_capitalised(before[-1]) and not _is_noun(before[-1]):
            return True
    return False


def _is_noun(word: str) -> bool:
    return is_generic(word.lower()) or word.lower() in plural_heads() or word.lower() in _OPENING


def _without_noun(text: str) -> int:
    """Return where the name begins behind a common noun in lower case: `woningcorporatie Casade`."""
    words = words_of(text)
    for number, word in enumerate(words):
        if is_capitalised(word.text) or word.text.lower() in heads():
            return word.start if number and all(is_generic(w.text.lower()) for w in words[:number]) else 0
    return 0


def _is_nobody(text: str) -> bool:
    """Whether a member names no body: `n.v.t.`, `diverse gemeenten`, a person, an address."""
    plain = text.strip(" .-–—:?!*").lower()
    if not plain or plain in _NONE:
        return True
    first, *others = text.split()
    opening = first.lower().strip(".,")
    if opening in _OPENING or (opening in _OPENING_NOUNS and not any(map(is_capitalised, others))):
        return True
    return _is_person(text) or _CONTACT.search(text) is not None


def _is_person(text: str) -> bool:
    if _PERSON.match(text):
        return True
    return _FULL_NAME.match(text) is not None and not is_known(text.split()[0].lower())


def reads_like_name(text: str) -> bool:
    """Whether a member of a list of bodies is written as a name, and not as a noun for some of them."""
    words = [word.text for word in words_of(text)]
    if not words or len(words) > _MOST_WORDS or not (is_capitalised(words[0]) or words[0].lower() in heads()):
        return False
    first = words[0].lower()
    others = [word for word in words[1:] if word.lower() not in _INSIDE]
    if not others:
        plural = first in plural_heads() or is_generic(first) or first in heads()
        is_group = is_known(first) and any(first.endswith(end) and is_known(first[: -len(end)]) for end in _PLURALS)
        return not (plural or is_group or is_common_noun(words[0]) or first in _INSIDE)
    if any(is_capitalised(word) for word in others):
        return True
    if first in heads() and first not in plural_heads():
        return True
    return not all(is_known(word.lower()) for word in (words[0], *others))
