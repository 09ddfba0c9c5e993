"""What a date is to the project: start, end, running time or moment of counting, read from the words around it.

A cue gives the role (`gestart`, `looptijd`, `peildatum`), and it counts where its clause is about the project: a date
of a law, an evaluation or another project has none. A first phase starts a project, its last one ends it; phases that
are counted from the first one on make up the running time together, and one by itself does not.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.recognising.dates.clauses import clause_before, clause_behind, cue
from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.dates.moments import is_announced, states_count
from pipeline.recognising.dates.subjects import About, Subject, about, stands_among_phases
from pipeline.recognising.spans import DateRole, DateValue

Dated = tuple[int, int, DateValue]
"""Where a date starts and ends, and what it means."""
_NEAR, _CLAUSE, _SENTENCE = 60, 160, 240
_FILLERS = 5
"""Words that may stand between a cue that reaches far and its date: `eindigde met een slotfestival in 2022`."""
_YEARS = re.compile(r"\d{4}/\d{4}|\d{4}-0[89]/\d{4}-0[78]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a date, within its sentence and up to the dates beside it."""

    left: str
    sentence: str
    """All of the sentence before it, over the dates before it as well."""
    right: str
    """Up to the end of the clause."""
    far: str
    """Behind it, also in later clauses."""
    who: About


def date_roles(text: str, dates: Sequence[Dated], sentences: Sequence[tuple[int, int]]) -> list[DateRole | None]:
    """Return the role of each date, None where the text does not say.

    Parameters
    ----------
    text
        The whole text.
    dates
        Where each date starts and ends and what it means, in text order.
    sentences
        Bounds of the sentences; a cue counts only within the date's own.
    """
    starts = [start for start, _ in sentences]
    found: list[tuple[DateRole | None, Subject]] = []
    for first, last in _groups(text, dates):
        start = dates[first][0]
        low, high = sentences[max(0, bisect_right(starts, start) - 1)]
        around = _around(text, (low, high), dates, first, last)
        is_among_phases = stands_among_phases(around.sentence)
        for _, _, value in dates[first : last + 1]:
            is_phase = is_among_phases and _possible(value)[-1:] == ("period",)
            found.append(("period", "project") if is_phase else (_role(around, value), around.who.subject))
    have_begun = any(role and subject == "first" for role, subject in found)
    goes_on = any(subject in {"later", "last"} for _, subject in found)
    return [_of_phase(role, who, have_begun=have_begun, goes_on=goes_on) for role, who in found]


def _groups(text: str, dates: Sequence[Dated]) -> list[tuple[int, int]]:
    """Return the first and last index of the dates that stand together: `in 2023 en 2024`."""
    groups: list[tuple[int, int]] = []
    for place, (start, _, _) in enumerate(dates):
        gap = text[dates[place - 1][1] : start] if place else ""
        if gap and len(gap) < _NEAR and _together().fullmatch(gap):
            groups[-1] = (groups[-1][0], place)
        else:
            groups.append((place, place))
    return groups


def _around(text: str, sentence: tuple[int, int], dates: Sequence[Dated], first: int, last: int) -> _Around:
    low, high = sentence
    start, end = dates[first][0], dates[last][1]
    before = dates[first - 1][1] if first else 0
    after = dates[last + 1][0] if last + 1 < len(dates) else len(text)
    sentence_left = text[max(low, start - _SENTENCE) : start]
    far = text[end : max(end, min(high, after, end + _SENTENCE))]
    clause = clause_behind(far)
    return _Around(
        left=text[max(low, before, start - _CLAUSE) : start],
        sentence=sentence_left,
        right=clause,
        far=far,
        who=about(sentence_left, clause),
    )


def _of_phase(role: DateRole | None, who: Subject, *, have_begun: bool, goes_on: bool) -> DateRole | None:
    """Return what a date is to the project that is first something to a phase of it."""
    if role is None or role == "reference" or who == "project":
        return role
    if role == "period":
        return role if (who == "first" and goes_on) or (who in {"later", "last"} and have_begun) else None
    return role if (who, role) in {("first", "start"), ("last", "end")} else None


def _role(around: _Around, value: DateValue) -> DateRole | None:
    """Return the role that the words around a date give it, whomever they are about."""
    possible = _possible(value)
    if "reference" in possible and is_announced(around.left):
        return "reference"
    role = _of_project(around, value, possible) if around.who.subject != "other" else None
    return role or ("reference" if "reference" in possible and _counts(around, value) else None)


def _counts(around: _Around, value: DateValue) -> bool:
    return states_count(around.sentence, around.left, around.right, value)


def _of_project(around: _Around, value: DateValue, possible: Sequence[DateRole]) -> DateRole | None:
    """Return what a date is to the running time of what its clause is about."""
    near = around.left[-_NEAR:]
    if around.far.startswith(",") and value.modifier is None:
        for role in possible:
            if role in {"start", "end"} and _apposed(role).search(near):
                return role
    for role in ("start", "end", "period"):
        if role in possible and (_near(role).search(near) or _labelled(role).search(near)):
            return _sharpened(role, around.left, value)
    names_project = around.who.is_named and not cue("reference", "goals").search(around.sentence + around.right)
    if value.modifier in {"until", "through", "by"}:
        bound = cue("end", "latest" if value.modifier == "by" else "bound")
        is_bound = bound.search(around.left) or bound.search(around.far[:_NEAR]) or _is_parted("period", around)
        return "end" if is_bound or (names_project and value.modifier != "by") else None
    if value.modifier == "from":
        if cue("start", "over").search(around.far[:_CLAUSE]):
            return None
        running = cue("start", "running")
        is_running = running.search(clause_before(around.left)) or running.search(around.far[:_CLAUSE])
        is_period = _near("period").search(near) or _labelled("period").search(near)
        return "start" if is_running or is_period or names_project else None
    return _by_clause(around, possible) or _by_form(around, value, possible)


def _possible(value: DateValue) -> tuple[DateRole, ...]:
    """Return the roles that a date of this form can have: a span is no start, an upper bound no period."""
    if value.modifier == "after":
        return ()
    if value.modifier == "from":
        return ("start",)
    if value.modifier:
        return ("end", "start")
    if "/" in value.edtf:
        return ("period",)
    if value.part or _DAY.fullmatch(value.edtf):
        return ("reference", "start", "end")
    return ("reference", "start", "end", "period")


def _by_clause(around: _Around, possible: Sequence[DateRole]) -> DateRole | None:
    """Return the role of the first cue behind a date in its clause; else of one that stands farther before it."""
    spans = [role for role in possible if role != "reference"]
    behind = [(match.start(), role) for role in spans if (match := cue(role, "after").search(around.right))]
    if around.who.is_named:
        moments = [role for role in spans if role != "period"]
        behind += [(match.start(), role) for role in moments if (match := cue(role, "named").search(around.right))]
    if behind:
        return min(behind)[1]
    if parted := next(
        (role for role in ("start", "end", "period") if role in spans and _is_parted(role, around)), None
    ):
        return parted
    before = [(match.start(), role) for role in spans if (match := _wide(role).search(around.left))]
    if before:
        return max(before)[1]
    return "period" if spans == ["period"] and cue("period", "wide").search(around.left) else None


def _is_parted(role: DateRole, around: _Around) -> bool:
    return _parted(role).search(f"{clause_before(around.left)} … {around.right}") is not None


def _by_form(around: _Around, value: DateValue, possible: Sequence[DateRole]) -> DateRole | None:
    """Take a span of years for the running time, where nothing says otherwise: `dit project (2020-2022)`."""
    is_span = possible == ("period",) and _YEARS.fullmatch(value.edtf)
    is_phase = possible == ("period",) and around.who.subject in {"first", "later", "last"}
    return "period" if is_phase or (is_span and not _origin().search(around.left[-_NEAR:])) else None


def _sharpened(role: DateRole, left: str, value: DateValue) -> DateRole:
    """Tell the running time that is one year, ``looptijd: 2024``, from the end that an upper bound gives."""
    if role == "end" and value.modifier is None and _running().search(left):
        return "period"
    return role


@cache
def _near(role: DateRole) -> re.Pattern[str]:
    """Compile the cues that stand right before a date: ``gestart in``, ``looptijd:``."""
    cues = one_of(words()["roles"][role]["near"])
    return re.compile(rf"(?<!\w){cues}(?:\s?[:(|]\s?|{SPACE})(?:{_little()}){{0,3}}\(?$", re.IGNORECASE)


@cache
def _apposed(role: DateRole) -> re.Pattern[str]:
    """Compile the nouns that a date between commas explains: ``het einde van de looptijd, 1 mei 2024, ...``."""
    nouns, little = (
        one_of(words()["roles"][role]["moments"]),
        one_of([*words()["roles"]["skip"], *words()["subjects"]["own"]]),
    )
    return re.compile(rf"(?<!\w){nouns}(?:{SPACE}{little}){{0,3}},{SPACE}$", re.IGNORECASE)


@cache
def _labelled(role: DateRole) -> re.Pattern[str]:
    """Compile the label of a cell or line that names more than its kind: ``Startdatum pilot Zeeland:``."""
    labels = one_of(words()["roles"][role]["labels"])
    more = rf"(?:{SPACE}[^\W\d_][\w-]*){{0,3}}(?:{SPACE}\([^()]{{1,20}}\))?"
    return re.compile(rf"(?:^|[|;\n])\s{{0,3}}{labels}{more}\s?[:|]\s?$", re.IGNORECASE)


@cache
def _wide(role: DateRole) -> re.Pattern[str]:
    """Compile the cues that may stand some words before a date: ``de start is voorzien in 2026``."""
    cues = one_of(words()["roles"][role]["wide"])
    return re.compile(
        rf"(?<!\w){cues}(?:{SPACE}[^\W\d_]+(?:-[^\W\d_]+)?){{0,{_FILLERS}}}(?:{SPACE}\(?|\s?[:(]\s?)$", re.IGNORECASE
    )


@cache
def _parted(role: DateRole) -> re.Pattern[str]:
    """Compile verbs of two parts: ``voeren dit project in 2023 uit``, ``liep in mei af``."""
    verbs = words()["roles"][role]["parted"]
    pairs = [rf"{re.escape(verb)}(?!\w).{{0,{_CLAUSE}}}(?<!\w){re.escape(part)}" for verb, part in verbs]
    behind = one_of([*words()["subjects"]["prepositions"], *words()["roles"]["joins"]])
    ends = rf"(?={SPACE}?(?:$|[.,;]|{behind}(?!\w)))"
    return re.compile(rf"(?<!\w)(?:{'|'.join(pairs)}){ends}", re.IGNORECASE | re.DOTALL)


@cache
def _running() -> re.Pattern[str]:
    return re.compile(rf"{one_of(words()['roles']['period']['running'])}\W{{0,3}}$", re.IGNORECASE)


@cache
def _little() -> str:
    return f"{one_of(words()['roles']['skip'])}{SPACE}"


@cache
def _together() -> re.Pattern[str]:
    joined = one_of(words()["roles"]["together"])
    return re.compile(rf"(?:,|,?{SPACE}{joined}){SPACE}|,{SPACE}", re.IGNORECASE)


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(words()['roles']['origins'])}{SPACE}$", re.IGNORECASE)
