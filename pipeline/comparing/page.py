"""A comparison as one web page: changes of fact first, then both sides beside each other, word by word."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markupsafe import Markup

from pipeline.comparing.comparing import Run as Records
from pipeline.comparing.comparing import pair_annexes
from pipeline.comparing.models import AnnexDiff, AnnexRef, Change, ChangeWhat, Diff, Pair, PairKind, Run, Side
from pipeline.comparing.words import (
    PAIR_KINDS,
    annex_words,
    change_words,
    delta_words,
    old_title,
    page_words,
    pair_title,
    reading_words,
    side_words,
    summary_words,
)
from pipeline.messages import _, ngettext
from pipeline.records.models import ProjectRecord
from pipeline.showing.marked import Element, marked, record_text
from pipeline.showing.pages import file_of
from pipeline.showing.values import KINDS
from pipeline.showing.words import pages_words

_APART = "\n\n"
"""Between paragraphs, and between the texts of projects that were split or merged, as `changes_between` joins them."""
_MARKS = {"organisation": "organisation", "role": "cue", "date": "date", "figure": "figure", "location": "location"}
_ORDER: Sequence[ChangeWhat] = ("changed", "renamed", "added", "removed")

Spans = list[tuple[int, int, Element]]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A change in the table of a project."""

    kind: str
    what: str
    before: str
    after: str
    before_href: str
    after_href: str
    delta: str
    page: str
    reading: str
    """What is to be said of a change that is none of the text; else empty."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Two stretches of text that stand beside each other."""

    old: Markup
    new: Markup


@dataclass(frozen=True, slots=True)
class PairPart:
    """A project in the page."""

    pair: Pair
    anchor: str
    number: str
    title: str
    was: str
    kinds: Sequence[tuple[PairKind, str]]
    facts: str
    """How many facts changed, in words; empty where none did."""
    where: tuple[str, str]
    """Pages of either side, in words."""
    old: Sequence[ProjectRecord]
    new: Sequence[ProjectRecord]

    @property
    def rows(self) -> list[FactRow]:
        """Return what changed but for the wording: facts before what is none, what changed before what came or went."""
        shown = [change for change in self.pair.changes if change.kind not in {"text", "title"}]
        shown.sort(key=lambda one: (not one.is_fact, one.is_reading, _ORDER.index(one.what)))
        return [self._row(change) for change in shown]

    @property
    def lines(self) -> list[Lines]:
        """Return both texts in stretches, beside each other where both sides have them."""
        runs = next((one.runs for one in self.pair.changes if one.kind == "text"), [])
        old, new = _joined(self.old), _joined(self.new)
        spans = self._spans(runs)
        return [
            Lines(_stretch(old, spans[0], *olds), _stretch(new, spans[1], *news))
            for olds, news in _rows(runs or [Run(what="equal", old=old, new=new)])
        ]

    @property
    def alone(self) -> list[Markup]:
        """Return the texts of a project that came or ended, with all that was found in them."""
        records = self.new or self.old
        return [record_text(one, "text", f"{self.anchor}-{number}") for number, one in enumerate(records)]

    def _row(self, change: Change) -> FactRow:
        old, new = change.old, change.new
        return FactRow(
            kind=_(KINDS[change.kind]),
            what=change.what,
            before=side_words(change, old) if old else "",
            after=side_words(change, new) if new else "",
            before_href=f"#{self._id(change, 'old')}" if old and _is_placed(change, old) else "",
            after_href=f"#{self._id(change, 'new')}" if new and _is_placed(change, new) else "",
            delta=delta_words(change),
            page=page_words(change),
            reading=reading_words() if change.is_reading else "",
        )

    def _id(self, change: Change, side: str) -> str:
        return f"{self.anchor}-{side}-{change.key}"

    def _spans(self, runs: Sequence[Run]) -> tuple[Spans, Spans]:
        """Return what is marked on either side: words that went or came, and the places of facts that changed."""
        found: tuple[Spans, Spans] = ([], [])
        at = [0, 0]
        for run in runs:
            for number, (text, element) in enumerate(((run.old, Element("del")), (run.new, Element("ins")))):
                if run.what != "equal" and text:
                    found[number].append((at[number], at[number] + len(text), element))
                at[number] += len(text)
        for change in self.pair.changes:
            for number, (side, records) in enumerate(((change.old, self.old), (change.new, self.new))):
                if side and _is_placed(change, side):
                    name = self._id(change, ("old", "new")[number])
                    found[number].extend(self._fact_spans(change, side, records, name))
        for spans in found:
            spans.sort(key=lambda one: (one[0], -one[1], one[2].tag != "mark"))
        return found

    def _fact_spans(self, change: Change, side: Side, records: Sequence[ProjectRecord], name: str) -> Spans:
        before = 0
        for record in records:
            if record.id == side.record:
                break
            before += len(record.text) + len(_APART)
        element = Element("mark", _MARKS[change.kind], change_words(change))
        places = [(before + one.start, before + one.end) for one in side.places if one.field == "text"]
        return [
            (start, end, element if number else replace(element, id=name)) for number, (start, end) in enumerate(places)
        ]


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """Two annexes in the page."""

    anchor: str
    name: str
    old: AnnexRef | None
    new: AnnexRef | None
    summary: str
    counts: Sequence[tuple[PairKind, str, int]]
    changed: Sequence[PairPart]
    unchanged: Sequence[PairPart]
    is_compared: bool = field(default=True)
    """Whether there are two sides; else the projects are named only."""


def page(diff: Diff, old: Records, new: Records) -> Iterator[str]:
    """Give the page of a comparison, piece by piece.

    Parameters
    ----------
    diff
        What `compare` found between `old` and `new`.
    old, new
        The records that were compared.
    """
    paired = pair_annexes(old, new)
    annexes = [
        _annex(number, annex, old[before] if before else [], new[after] if after else [])
        for number, (annex, (before, after)) in enumerate(zip(diff.annexes, paired, strict=True), 1)
    ]
    title = annexes[0].name if len(annexes) == 1 else _("{count} annexes compared").format(count=len(annexes))
    return file_of(
        "pipeline.comparing", template="diff.html", style="diff.css", script="", title=title, annexes=annexes
    )


def _annex(number: int, annex: AnnexDiff, old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> AnnexPart:
    before, after = ({record.id: record for record in records} for records in (old, new))
    parts = [_pair(f"a{number}p{count}", pair, before, after) for count, pair in enumerate(annex.pairs, 1)]
    counts = Counter(kind for pair in annex.pairs for kind in pair.kinds)
    return AnnexPart(
        anchor=f"a{number}",
        name=annex_words(annex),
        old=annex.old,
        new=annex.new,
        summary=summary_words(annex),
        counts=[(kind, _(words), counts[kind]) for kind, words in PAIR_KINDS.items() if counts[kind]],
        changed=[part for part in parts if part.pair.kinds != ["unchanged"]],
        unchanged=[part for part in parts if part.pair.kinds == ["unchanged"]],
        is_compared=annex.old is not None and annex.new is not None,
    )


def _pair(anchor: str, pair: Pair, before: Mapping[str, ProjectRecord], after: Mapping[str, ProjectRecord]) -> PairPart:
    old = [before[one.record] for one in pair.old]
    new = [after[one.record] for one in pair.new]
    facts = sum(change.is_fact for change in pair.changes)
    return PairPart(
        pair=pair,
        anchor=anchor,
        number=" + ".join(str(one.ordinal) for one in pair.new or pair.old),
        title=pair_title(pair),
        was=old_title(pair),
        kinds=[(kind, _(PAIR_KINDS[kind])) for kind in pair.kinds],
        facts=ngettext("{count} fact", "{count} facts", facts).format(count=facts) if facts else "",
        where=(_where(old), _where(new)),
        old=old,
        new=new,
    )


def _where(records: Sequence[ProjectRecord]) -> str:
    pages = sorted({page for record in records for page in record.pages})
    return _("page {pages}").format(pages=pages_words(pages)) if pages else ""


def _is_placed(change: Change, side: Side) -> bool:
    return change.kind in _MARKS and any(place.field == "text" for place in side.places)


def _joined(records: Sequence[ProjectRecord]) -> str:
    return _APART.join(record.text for record in records)


def _rows(runs: Sequence[Run]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give where to cut both texts: behind each paragraph that both sides end with the same words."""
    cuts = [(0, 0)]
    old = new = 0
    for run in runs:
        at = run.old.find(_APART) if run.what == "equal" and run.old == run.new else -1
        while at >= 0:
            end = at + len(_APART)
            cuts.append((old + end, new + end))
            at = run.old.find(_APART, end)
        old, new = old + len(run.old), new + len(run.new)
    if cuts[-1] != (old, new):
        cuts.append((old, new))
    for before, after in pairwise(cuts):
        yield (before[0], after[0]), (before[1], after[1])


def _stretch(text: str, spans: Spans, start: int, end: int) -> Markup:
    """Return a stretch of a text with what is marked in it; what a mark begins before has its id there."""
    shown = text[start:end].rstrip("\n")
    end = start + len(shown)
    inside = [
        (max(first, start) - start, min(last, end) - start, one if first >= start else replace(one, id=""))
        for first, last, one in spans
        if first < end and last > start
    ]
    return marked(shown, inside)
