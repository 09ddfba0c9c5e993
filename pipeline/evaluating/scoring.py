"""Count what was found, missed and made up: the score of one document, as the annotation guidelines take it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.evaluating.entries import ENTRY_KINDS, Given, Part, Place, Wanted, given, wanted
from pipeline.evaluating.gold import Gold, GoldProject
from pipeline.evaluating.matching import Matched, match_entries, match_projects
from pipeline.records.models import ProjectRecord

Kind = Literal["projects", "organisations", "roles", "dates", "figures", "locations"]
KINDS: tuple[Kind, ...] = ("projects", "organisations", "roles", "dates", "figures", "locations")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one kind, and the ratios that follow from them.

    With *f* found, *g* gold and *p* predicted [1]_ [2]_:

    - precision = *f* / *p*, recall = *f* / *g*,
    - F1 = 2 *f* / (*g* + *p*), the harmonic mean of the two,

    each None where it would divide by zero. Tallies add up: the ratios of a sum are micro averages [2]_.

    Raises
    ------
    ValueError
        When found and missed do not make up gold, or found and spurious do not make up predicted.

    References
    ----------
    .. [1] van Rijsbergen, C. J. (1979). Information Retrieval, 2nd ed., chapter 7. Butterworths.
    .. [2] Manning, C. D., Raghavan, P. and Schütze, H. (2008). Introduction to Information Retrieval, sections 8.3
       and 13.6. Cambridge University Press.
    """

    gold: int = 0
    found: int = 0
    missed: int = 0
    predicted: int = 0
    spurious: int = 0

    def __post_init__(self) -> None:
        if self.found + self.missed != self.gold or self.found + self.spurious != self.predicted:
            raise ValueError(f"counts do not add up: {self}")
        if min(self.found, self.missed, self.spurious) < 0:
            raise ValueError(f"a count is below zero: {self}")

    @classmethod
    def of(cls, *, found: int, missed: int, spurious: int) -> "Tally":
        """Make a tally of the three counts that the other two follow from."""
        return cls(found + missed, found, missed, found + spurious, spurious)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.missed + other.missed,
            self.predicted + other.predicted,
            self.spurious + other.spurious,
        )

    @property
    def precision(self) -> float | None:
        """Share of the predictions that are right."""
        return self.found / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.found / both if both else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number are right; `share` is None of nothing."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float | None:
        """Return ``right / of``."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something missed or spurious; a missed one has no place, for gold does not say where it stands."""

    document: str
    project: str
    kind: Kind
    text: str
    value: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A prediction, how sure it said to be, and whether it was right; none for those that cost nothing."""

    kind: Kind
    confidence: float
    right: bool


@dataclass(slots=True)
class DocumentScore:
    """The score of one annex against its gold."""

    document: str
    gold: str
    missed: list[Finding] = field(default_factory=list)
    spurious: list[Finding] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    tallies: dict[Kind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    comparators: Share = Share()
    """Figures whose comparator is right, among those found."""


def score_document(document: str, gold: Gold, records: Sequence[ProjectRecord]) -> DocumentScore:
    """Score the records of one annex against its gold.

    Parameters
    ----------
    document
        The annex's id.
    gold
        What the records must hold.
    records
        The records in order.
    """
    score = DocumentScore(document, gold.document)
    pairs = dict(match_projects(gold.projects, [record.title for record in records]))
    for row, project in enumerate(gold.projects):
        record = records[pairs[row]] if row in pairs else None
        if record is None:
            score.missed.append(Finding(document, project.title, "projects", project.title, project.title))
        _score_project(score, project, record)
    spurious = [record for column, record in enumerate(records) if column not in pairs.values()]
    for record in spurious:
        place = Place("title", 0, len(record.title), record.pages[0] if record.pages else None)
        score.spurious.append(Finding(document, record.title, "projects", record.title, record.title, place))
        _score_project(score, None, record)
    missed = len(gold.projects) - len(pairs)
    score.tallies["projects"] += Tally.of(found=len(pairs), missed=missed, spurious=len(spurious))
    return score


def _score_project(score: DocumentScore, project: GoldProject | None, record: ProjectRecord | None) -> None:
    """Add the entries of one pair of project and record, or of one that has no partner, to the score."""
    title = project.title if project else record.title if record else ""
    golds = wanted(project) if project else None
    predictions = given(record) if record else None
    for kind in ENTRY_KINDS:
        matched = match_entries(golds[kind] if golds else [], predictions[kind] if predictions else [])
        _count(
            score,
            kind,
            title,
            found=[prediction.confidence for _, prediction in matched.found],
            missed=[(entry.text, entry.value) for entry in matched.missed],
            spurious=[(entry.text, entry.value, entry.confidence, entry.place) for entry in matched.spurious],
        )
        if kind == "organisations":
            _count_roles(score, title, matched)
        if kind == "figures":
            right = sum(
                {part.name for part in entry.parts} <= gold.parts | gold.free_parts for gold, entry in matched.found
            )
            score.comparators += Share(right, len(matched.found))


def _count_roles(score: DocumentScore, title: str, matched: Matched) -> None:
    """Count roles: pairs of a matched organisation and a role; those of organisations that cost nothing are free."""
    found: list[float] = []
    missed = [(gold, role) for gold in matched.missed for role in sorted(gold.parts)]
    spurious = [(prediction, part) for prediction in matched.spurious for part in prediction.parts]
    for gold, prediction in matched.found:
        found += [part.confidence for part in prediction.parts if part.name in gold.parts]
        missed += [(gold, role) for role in sorted(gold.parts - {part.name for part in prediction.parts})]
        costly = [part for part in prediction.parts if part.name not in gold.parts | gold.free_parts]
        spurious += [(prediction, part) for part in costly]
    _count(
        score,
        "roles",
        title,
        found=found,
        missed=[(gold.text, _role_value(gold, role)) for gold, role in missed],
        spurious=[
            (prediction.text, _role_value(prediction, part.name), part.confidence, _role_place(prediction, part))
            for prediction, part in spurious
        ],
    )


def _role_value(organisation: Wanted | Given, role: str) -> str:
    return f"{organisation.value}: {role}"


def _role_place(organisation: Given, role: Part) -> Place | None:
    """Give the place of the cue; a cue has no page of its own, so the organisation's where there is one."""
    if role.place is None or organisation.place is None:
        return role.place
    return Place(role.place.field, role.place.start, role.place.end, organisation.place.page)


def _count(
    score: DocumentScore,
    kind: Kind,
    title: str,
    *,
    found: Sequence[float],
    missed: Sequence[tuple[str, str]],
    spurious: Iterable[tuple[str, str, float, Place | None]],
) -> None:
    """Add what became of one kind in one project: to the tally, the lists and the judged confidences."""
    extras = list(spurious)
    score.tallies[kind] += Tally.of(found=len(found), missed=len(missed), spurious=len(extras))
    score.missed += [Finding(score.document, title, kind, text, value) for text, value in missed]
    score.spurious += [Finding(score.document, title, kind, text, value, place) for text, value, _, place in extras]
    score.judged += [Judged(kind, confidence, right=True) for confidence in found]
    score.judged += [Judged(kind, confidence, right=False) for _, _, confidence, _ in extras]
