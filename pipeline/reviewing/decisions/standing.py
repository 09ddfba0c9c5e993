"""How decisions stand in records: which hold, which have a conflict, and which have nothing left to speak of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.records.models import ProjectRecord
from pipeline.reviewing.decisions.attaching import Finder, Found
from pipeline.reviewing.decisions.log import in_force
from pipeline.reviewing.decisions.models import Decision, Evidence, Subject

State = Literal[
    "holds",  # its words stand there
    "conflict",  # other words stand in their place, or they are gone from a project that is there
    "gone",  # it speaks of nothing that is there, and nothing contradicts it
    "overruled",  # a later decision speaks of the same
    "undone",  # it was taken back, or takes one back
    "invalid",  # its words stand there, but what it says of them no record can say: a line that was written by hand
    "foreign",  # it is of another annex, and not all that stood around its words stands in this one
]

CONFLICT = "conflict:"
"""What begins `Decision.change` where a decision answers a conflict; the id of the one that had it comes after."""

_SHOWN = 80
"""Code points of quoted words that a message shows."""
_SILENT: frozenset[Subject] = frozenset({"project", "boundary", "text", "warning"})
"""Subjects of which words that are gone contradict nothing: what was decided of them is in the records or is not."""
_ONE_OF_A_PROJECT: frozenset[Subject] = frozenset({"project", "title", "period"})
"""Subjects that a project has one of: any later decision speaks of the same."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one decision stands in the records of an annex."""

    decision: Decision
    state: State
    record: str | None = None
    """Id of the record that it is about, where that is there."""
    places: tuple[Found, ...] = ()
    """Where its evidence stands now, or what stands in its place where the state is `conflict`."""
    attached: tuple[tuple[Evidence, Found], ...] = field(default=(), repr=False)
    """The pieces of evidence whose words stand there, with where."""

    @property
    def message(self) -> str:
        """What a conflict is about, with both sides."""
        [*_, last] = self.decision.evidence
        asked = next((one for one in self.decision.evidence if one.text), last)
        decided = f"{self.decision.subject} decided on {_quoted(asked.text)}{_on_page(asked.page)}"
        if self.state == "invalid":
            return f"{decided}; what was decided cannot be said in a record"
        if not self.places:
            return f"{decided}; these words are gone"
        return f"{decided}; {_quoted(self.places[0].text)} stands there now"


def status(decisions: Iterable[Decision], records: Sequence[ProjectRecord]) -> list[Standing]:
    """Return how each decision stands in the records of one annex, by moment and id: every one is there.

    Parameters
    ----------
    decisions
        Those of a log, those that were taken back among them.
    records
        As they were extracted, or as `apply` gave them back.
    """
    every = list(decisions)
    counted = in_force(every)
    finder = Finder(records, [one for decision in counted for one in decision.evidence])
    standing = {one.decision.id: one for one in standings(counted, records, finder)}
    return [standing.get(one.id) or Standing(one, "undone") for one in every]


def standings(
    decisions: Sequence[Decision],
    records: Sequence[ProjectRecord],
    finder: Finder,
    boundaries: Iterable[Decision] = (),
) -> list[Standing]:
    """Return how decisions that count stand in the records of one annex, in their order.

    Parameters
    ----------
    boundaries
        Those on boundaries that hold in the records, where they are none of `decisions`.
    """
    joined = _joined([*decisions, *boundaries])
    annexes = {record.annex.id for record in records}
    by_id = {record.id: record for record in records}
    retitled = frozenset(
        (piece.text, str(one.after["title"]))
        for one in decisions
        if one.subject == "title" and one.after is not None and "title" in one.after
        for piece in one.evidence
    )
    found = [_standing(one, by_id, finder, retitled, is_own=one.annex in annexes) for one in decisions]
    found = [_without_joined(one, joined) for one in found]
    later = _Later()
    for number in reversed(range(len(found))):
        one = found[number]
        if one.state in {"foreign", "overruled"} or one.decision.action == "comment":
            continue
        if later.speaks_of(one):
            found[number] = Standing(one.decision, "overruled", one.record)
        later.add(one)
    return found


def _joined(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the titles of the projects that were joined with the one before them: they are text of that now."""
    return frozenset(
        one.evidence[-1].text
        for one in decisions
        if one.subject == "boundary" and one.after is not None and one.after.get("operation") == "merge"
    )


def _without_joined(one: Standing, joined: frozenset[str]) -> Standing:
    """Return how a decision stands that was about a project as a whole which is part of another now."""
    evidence = one.decision.evidence
    is_whole = len(evidence) == 1 and evidence[0].field == "title" and evidence[0].text == evidence[0].title
    if one.state == "conflict" and is_whole and evidence[0].text in joined:
        return Standing(one.decision, "overruled", one.record)
    return one


def _standing(
    one: Decision,
    records: Mapping[str, ProjectRecord],
    finder: Finder,
    retitled: frozenset[tuple[str, str]],
    *,
    is_own: bool,
) -> Standing:
    """Return how a decision stands; `retitled` has the titles that were corrected, each with what it was made."""
    if not one.evidence:
        home = one.project if one.project in records else None
        if not is_own:
            return Standing(one, "foreign")
        return Standing(one, "holds" if home else "gone", home)
    if not is_own:
        return _foreign(one, finder)
    found = [(piece, finder.find(piece)) for piece in _telling(one)]
    attached = tuple((piece, place) for piece, place in found if place is not None and place.holds)
    if one.subject == "role" and attached and attached[0][0] != one.evidence[0]:
        attached = ()  # the words that say the role are not there
    if attached:
        return Standing(one, "holds", attached[0][1].record, tuple(place for _, place in attached), attached)
    homes = [home for piece in one.evidence for home in finder.homes(piece)]
    changed = tuple(place for _, place in found if place is not None)
    is_retitled = any((piece.text, place.text) in retitled for piece, place in found if place is not None)
    if changed and (is_retitled or _says_so(one, changed[0])):
        return Standing(one, "holds", changed[0].record, changed)
    if not homes or (one.subject in _SILENT and not changed):
        return Standing(one, "gone", homes[0] if homes else None)
    if one.after is None and not (changed and _has_fact(one.subject, records[changed[0].record], changed[0])):
        return Standing(one, "gone", homes[0])
    return Standing(one, "conflict", changed[0].record if changed else homes[0], changed)


def _foreign(one: Decision, finder: Finder) -> Standing:
    """Return how a decision of another annex stands: it holds where all its evidence stands word for word."""
    if one.subject in {"project", "boundary"} and one.action != "reject":
        return Standing(one, "foreign")
    found = [(piece, finder.find_word_for_word(piece)) for piece in _telling(one)]
    attached = tuple((piece, place) for piece, place in found if place is not None)
    if len({place.record for _, place in attached}) != 1 or (one.subject == "role" and len(attached) < len(found)):
        return Standing(one, "foreign")
    return Standing(one, "holds", attached[0][1].record, tuple(place for _, place in attached), attached)


def _telling(one: Decision) -> list[Evidence]:
    """Return the evidence that can be looked for: words, or a point with words around it."""
    return [piece for piece in one.evidence if piece.text.strip() or (piece.before + piece.after).strip()]


def _says_so(one: Decision, place: Found) -> bool:
    """Say whether the other words are those that were decided: the records hold the decision already."""
    return one.after is not None and place.text in {one.after.get("title"), one.after.get("text")}


def _has_fact(subject: Subject, record: ProjectRecord, place: Found) -> bool:
    """Say whether a record says something of a subject at a place."""
    spans = (span[1:] for span in spans_of(subject, record) if span[0] == place.field)
    return any(place.start < end and start < place.end for start, end in spans)


def spans_of(subject: Subject, record: ProjectRecord) -> Iterator[tuple[str, int, int]]:
    """Give the field, start and end of everything that a record says of a subject."""
    if subject == "figure":
        yield from (("text", one.start, one.end) for one in record.figures)
    elif subject in {"date", "period"}:
        yield from (("text", one.start, one.end) for one in record.dates)
    elif subject == "organisation":
        yield from ((m.field, m.start, m.end) for one in record.organisations for m in one.mentions)
    elif subject == "location":
        yield from ((m.field, m.start, m.end) for one in record.locations for m in one.mentions)
    elif subject == "role":
        yield from ((r.cue.field, r.cue.start, r.cue.end) for one in record.organisations for r in one.roles)
    elif subject == "title":
        yield "title", 0, len(record.title)


class _Later:
    """What decisions that are later speak of."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str, str], list[tuple[str, int, int]]] = {}
        self._answered: set[str] = set()
        self._evidence: set[tuple[str, str, str, str, str, str]] = set()

    def add(self, one: Standing) -> None:
        for place in _own_places(one):
            self._places.setdefault(_about(one, place), []).append((place.field, place.start, place.end))
        self._evidence |= _evidence_keys(one.decision)
        if one.decision.change.startswith(CONFLICT):
            self._answered.add(one.decision.change.removeprefix(CONFLICT))

    def speaks_of(self, one: Standing) -> bool:
        """Say whether all that a decision speaks of is spoken of later."""
        if one.decision.id in self._answered:
            return True
        if (keys := _evidence_keys(one.decision)) and keys <= self._evidence:
            return True
        places = _own_places(one)
        return bool(places) and all(self._covers(one, place) for place in places)

    def _covers(self, one: Standing, place: Found) -> bool:
        there = self._places.get(_about(one, place), ())
        if one.decision.subject in _ONE_OF_A_PROJECT:
            return bool(there)
        return any(
            field == place.field and (max(start, place.start) < min(end, place.end) or start == place.start)
            for field, start, end in there
        )


def _own_places(one: Standing) -> Sequence[Found]:
    """Return the places that tell decisions of a subject apart: of a role that of its cue, of an organisation all."""
    return one.places[:1] if one.decision.subject == "role" else one.places


def _about(one: Standing, place: Found) -> tuple[str, str, str]:
    return place.record, one.decision.subject, _which(one.decision)


def _which(one: Decision) -> str:
    """Return what tells decisions on the same words apart: the organisation of a role, which warning it is."""
    values = one.before or one.after or {}
    if one.subject == "warning":
        return f"{values.get('code')} {values.get('message')}"
    return str(values.get("organisation", "")) if one.subject == "role" else ""


def _evidence_keys(one: Decision) -> set[tuple[str, str, str, str, str, str]]:
    return {(one.subject, _which(one), piece.record, piece.before, piece.text, piece.after) for piece in _telling(one)}


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + '…'}”"


def _on_page(page: int | None) -> str:
    return f" (page {page})" if page is not None else ""
