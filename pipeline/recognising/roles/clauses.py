"""Take a sentence apart into its clauses: main, relative, participial, and what stands aside between commas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.recognising.roles.stretch import SLOT, Stretch, joined
from pipeline.recognising.roles.vocabulary import (
    ANY_NOUN,
    AUXILIARIES,
    BODIES,
    CONJUNCTIONS,
    DATA,
    FINITE,
    NOUNS,
    PARTICIPLE,
    PARTICIPLE_SHAPE,
    PREPOSITIONS,
    SUBORDINATORS,
    is_slot_only,
    matching,
    one_of,
)
from pipeline.recognising.spans import Role


class Kind(StrEnum):
    """What a clause is to its sentence."""

    MAIN = "main"
    SUBORDINATE = "subordinate"
    PARTICIPIAL = "participial"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, and the text of the sentence before it."""

    kind: Kind
    words: Stretch
    before: Stretch

    @property
    def antecedent(self) -> int | None:
        """Index in `before` of the name that the clause stands right behind, if one does."""
        end = len(self.before.text.rstrip(" ,"))
        return end - 1 if self.before.text[:end].endswith(SLOT) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A role read from the letters ``[start, end)`` of a clause."""

    role: Role
    family: str
    start: int
    end: int


_FILLER = matching(rf" ?(?<!\w){one_of(DATA['fillers'])}(?!\w)(?! met\b)")
_BRACKETS = re.compile(r" ?\((?P<inner>[^()]{0,200})\)")
_ANNOUNCES = re.compile(rf"(?:,? {one_of(DATA['coordination']['announcing'])}|:)(?P<list>[^{SLOT}.;:]{{0,30}}{SLOT})")
_ROLE_LABEL = matching(rf"\b{one_of(NOUNS.values())}[^:{SLOT}]{{0,60}}$")
_LABEL = matching(rf"\b(?:{'|'.join(NOUNS.values())}|{one_of(DATA['labels'])})(?: [\w’'-]+){{0,6}}$")
_LIST_COLON = matching(rf"\b{one_of(DATA['coordination']['before_colon'])}(:) ?(?:[\w’'-]+ ){{0,4}}{SLOT}")
_STRONG = re.compile(r"[;:()]| [–—-] |[.!?](?= )")
_COMMA = re.compile(r",(?=[ ]|$)")
_FIRST = re.compile(r"[ ]*(?P<word>[^ ,]+)")
_WORD = re.compile(rf"[^\W_]+(?:[’'-][^\W_]+)*|{SLOT}")
_AGENT = re.compile(r"\bdoor\b")
_NEW_SUBJECT = matching(rf"^ ?(?:[a-zë-]+ ){{0,3}}{SLOT} {one_of(FINITE)}\b")
_MOST_BEFORE = 160


def reduced(words: Stretch) -> Stretch:
    """Return a sentence without fillers and brackets; a list that a noun announces takes the place of the noun."""
    words = _announced(words.without((m.start(1), m.end(1)) for m in _LIST_COLON.finditer(words.text)))
    words = words.without((m.start(), m.end()) for m in _BRACKETS.finditer(words.text) if SLOT not in m["inner"])
    for match in list(_BRACKETS.finditer(words.text)):  # `de uitvoerder (X)` is `de uitvoerder, X,`
        opening = match.start("inner") - 1
        words = words.with_letter(opening, " ").with_letter(match.end() - 1, ",")
        if opening and words.text[opening - 1] == " ":
            words = words.with_letter(opening - 1, ",")
    return words.without((m.start(), m.end()) for m in _FILLER.finditer(words.text))


def _announced(words: Stretch) -> Stretch:
    """Put a list where the plural noun stands that announces it: `drie scholen (A, B en C)`."""
    for pattern in (_BRACKETS, _ANNOUNCES):
        for match in reversed(list(pattern.finditer(words.text))):
            inner = match.groupdict().get("inner") or match.groupdict().get("list") or ""
            if not is_slot_only(inner):
                continue
            start = max(0, match.start() - _MOST_BEFORE)
            before = words.text[start : match.start()]
            if SLOT in before:
                start += before.rindex(SLOT) + 1
                before = words.text[start : match.start()]
            noun = next(reversed(list(BODIES.finditer(before))), None)
            if noun is None or _ROLE_LABEL.search(before):
                continue
            slot = Stretch(SLOT, (words.at[words.text.index(SLOT, match.start())],))
            words = joined(
                [
                    words.part(0, start + noun.start()),
                    slot,
                    words.part(start + noun.end(), match.start()),
                    words.part(match.end(), len(words.text)),
                ]
            )
    return words


def clauses(words: Stretch) -> list[Clause]:
    """Return the clauses of a reduced sentence; each organisation stands in one of them."""
    found: list[Clause] = []
    start = 0
    for stop in [*_STRONG.finditer(words.text), None]:
        end = stop.start() if stop else len(words.text)
        if stop and stop[0] == ":" and _LABEL.search(words.text[start:end]):
            continue
        found.extend(_weak(words.part(start, end)))
        start = stop.end() if stop else end
    return found


def _weak(words: Stretch) -> list[Clause]:
    """Return the clauses between two strong stops: commas tell, with the word behind them."""
    mains: list[list[Stretch]] = [[]]
    others: list[tuple[Kind, list[Stretch], Stretch]] = []
    is_open = False
    starts = [0, *(m.end() for m in _COMMA.finditer(words.text))]
    ends = [*(s - 1 for s in starts[1:]), len(words.text)]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        part = words.part(start, end)
        before = words.part(max(0, start - _MOST_BEFORE), max(0, start - 1))
        following = words.text[ends[index] + 1 :]
        kind = _kind(part.text, following, is_first=index == 0)
        if kind is Kind.MAIN and is_open:
            others[-1][1].append(words.part(max(0, start - 1), end))
            is_open = _is_unfinished(others[-1][1])
        elif kind is Kind.MAIN:
            begins = _begins_main(part.text) and any(_has_finite(p.text) for p in mains[-1])
            if begins:
                mains.append([])
            mains[-1].append(_without_conjunction(part) if begins or not mains[-1] else words.part(start - 1, end))
        else:
            others.append((kind, [part], before))
            if kind is not Kind.ASIDE:
                is_open = kind is Kind.SUBORDINATE and _is_unfinished([part])
    return [
        *(Clause(Kind.MAIN, joined(parts), Stretch("", ())) for parts in mains if parts),
        *(Clause(kind, joined(parts), before) for kind, parts, before in others),
    ]


def _kind(part: str, following: str, *, is_first: bool) -> Kind:
    words = [w.lower() for w in _WORD.findall(part)]
    if not words:
        return Kind.MAIN
    first = words[1] if words[0] in CONJUNCTIONS and len(words) > 1 else words[0]
    second = words[2] if first != words[0] and len(words) > 2 else words[1] if len(words) > 1 else ""
    if is_first:
        begins = _FIRST.match(following)
        is_sub = first in SUBORDINATORS and first != "als" and begins is not None and begins["word"].lower() in FINITE
        return Kind.SUBORDINATE if is_sub or (first in DATA["openers"] and begins) else Kind.MAIN
    if first in SUBORDINATORS or (first in PREPOSITIONS and second in {"wie", "welke", "wier"}):
        return Kind.ASIDE if first in {"zoals", "waaronder"} else Kind.SUBORDINATE
    if first in FINITE and first not in PREPOSITIONS:
        return Kind.MAIN
    if words[0] in CONJUNCTIONS and _has_finite(part):
        return Kind.MAIN
    if _is_participial(part):
        return Kind.PARTICIPIAL
    if first in PREPOSITIONS or first == "om":
        return Kind.MAIN if _ends_in_verb(words) else Kind.ASIDE
    opens_phrase = first in {"de", "het", "een", "onze", "gezamenlijk", "tezamen"} or ANY_NOUN.fullmatch(first)
    return Kind.ASIDE if opens_phrase and not _has_finite(part) and not _ends_in_verb(words) else Kind.MAIN


def _has_finite(part: str) -> bool:
    return any(w.lower() in FINITE for w in _WORD.findall(part))


def _ends_in_verb(words: Sequence[str]) -> bool:
    last = words[-1]
    return (
        PARTICIPLE.fullmatch(last) is not None
        or PARTICIPLE_SHAPE.fullmatch(last) is not None
        or last in DATA["particles"]
    )


def _is_participial(part: str) -> bool:
    """Whether a part is `ooit opgericht door X` or `door X ontwikkeld`, without a finite verb."""
    agent = _AGENT.search(part)
    if agent is None or any(
        w.lower() in AUXILIARIES["be"] | AUXILIARIES["become"] | AUXILIARIES["have"] for w in _WORD.findall(part)
    ):
        return False
    ahead, behind = part[: agent.start()], part[agent.end() :].split()
    return bool(PARTICIPLE.search(ahead) or PARTICIPLE_SHAPE.search(ahead)) or bool(
        behind and _ends_in_verb(behind[-1:])
    )


def _begins_main(part: str) -> bool:
    """Whether a part with a finite verb has a subject of its own: `en de X betaalt`, not `maar evalueert ook`."""
    words = [w.lower() for w in _WORD.findall(part)]
    if words and words[0] in CONJUNCTIONS:
        return len(words) > 1 and words[1] not in FINITE
    return _NEW_SUBJECT.match(part) is not None


def _without_conjunction(part: Stretch) -> Stretch:
    """Return a clause from its first word on, `en` or `maar` left off."""
    first = _FIRST.match(part.text)
    if first is None:
        return part
    start = first.end() + 1 if first["word"].lower() in CONJUNCTIONS else first.start("word")
    return part.part(min(start, len(part.text)), len(part.text))


def _is_unfinished(parts: Sequence[Stretch]) -> bool:
    """Whether a subordinate clause waits for its verb: it ends in a name and has had none."""
    text = "".join(p.text for p in parts).rstrip(" ,")
    return text.endswith(SLOT) and not _has_finite(text) and not PARTICIPLE.search(text)
