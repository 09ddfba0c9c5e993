"""Hold what a comparison says of an edited annex against what was done to it."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edited.making import Made
from edited.truths import FactEdit, Group
from pipeline.comparing.comparing import compare_annexes
from pipeline.comparing.models import Change, Pair, Side
from pipeline.extraction import read_sections, recognise_sections
from pipeline.records.models import ProjectRecord

_SPACES = re.compile(r"[\s\u00ad]+")


@dataclass
class Tally:
    """Counts of what was right and of all, by kind, with what went wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """Kind and words."""

    def count(self, kind: str, words: str, *, right: bool) -> None:
        """Count one of a kind."""
        self.all[kind] += 1
        self.right[kind] += right
        if not right:
            self.wrong.append((kind, words))

    def add(self, other: "Tally") -> None:
        """Count all that another has counted."""
        self.right += other.right
        self.all += other.all
        self.wrong += other.wrong

    def share(self, kind: str) -> float:
        """Return the part of a kind that was right; 1 where there was none."""
        return self.right[kind] / self.all[kind] if self.all[kind] else 1.0


def extracted(text: str, name: str) -> tuple[ProjectRecord, ...]:
    """Return the records of a text, as any annex is extracted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        [annex] = recognise_sections(read_sections(path), annex_id=name)
    return annex.records


def both(made: Made) -> tuple[tuple[ProjectRecord, ...], tuple[ProjectRecord, ...]] | None:
    """Return the records before and after; None where the extraction cuts projects elsewhere than the annex does."""
    name = made.old.name.rpartition("/")[2]
    sides = extracted(made.old.text(), name), extracted(made.new.text(made.width), name)
    counts = [len(annex.projects) for annex in (made.old, made.new)]
    return sides if [len(side) for side in sides] == counts else None


def judge(made: Made, old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> Tally:
    """Count what a comparison tells of an edited annex.

    Kinds: `paired: …` by what was done, `named: …` whether the pair says so; `shown: …` by what was done to the fact,
    `shown, found on both sides` of those that the extraction finds; `no false change: …` of the projects in which no
    fact changed, by what was done to them.
    """
    tally = Tally()
    pairs = compare_annexes(old, new).pairs
    places = {(tuple(r.ordinal - 1 for r in p.old), tuple(r.ordinal - 1 for r in p.new)): p for p in pairs}
    for group in made.groups:
        pair = places.get((group.old, group.new))
        done: list[str] = [*group.shapes] or ["kept"]
        if done == ["kept"] and group.facts:
            done = ["fact changed"]
        elif done == ["kept"]:
            done = ["reworded"] if group.wordings else ["untouched"]
        titles = f"{made.seed}: {[old[n].title for n in group.old]} → {[new[n].title for n in group.new]}"
        tally.count(f"paired: {done[0]}", titles, right=pair is not None)
        if pair is None:
            continue
        if group.shapes and group.shapes[0] not in {"renamed"}:
            tally.count(f"named: {done[0]}", titles, right=group.shapes[0] in pair.kinds)
        if group.old and group.new:
            _judge_facts(tally, made.seed, group, pair, old, new)
    return tally


def _judge_facts(
    tally: Tally, seed: int, group: Group, pair: Pair, old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]
) -> None:
    told = [change for change in pair.changes if change.is_fact]
    befores, afters = [old[n] for n in group.old], [new[n] for n in group.new]
    for edit in group.facts:
        shown = _shows(told, edit)
        words = f"{seed} {befores[0].title[:30]}: {edit.subject} {edit.how}: {edit.old!r} → {edit.new!r}"
        tally.count(f"shown: {edit.how if edit.subject != 'role' else 'role'}", words, right=shown)
        found = (edit.old is None or _finds(befores, edit.subject, edit.old)) and (
            edit.new is None or _finds(afters, edit.subject, edit.new)
        )
        tally.count("shown: all", words, right=shown)
        if found:
            tally.count("shown, found on both sides", words, right=shown)
    titled = [_plain(" ".join(record.title for record in side)) for side in (befores, afters)]
    false = [
        change
        for change in told
        if not any(_explains(edit, change) for edit in group.facts) and not _is_titles(change, *titled)
    ]
    kinds = list(dict.fromkeys([*group.shapes, *(f"by {one}" for one in group.wordings)])) or ["untouched"]
    words = f"{seed} {befores[0].title[:30]} {kinds}: " + "; ".join(map(_said, false))
    tally.count("no false change: all projects", words, right=not false)
    if not group.facts:
        tally.count(f"no false change: {'reworded' if group.wordings else 'not reworded'}", words, right=not false)
        for kind in kinds:
            tally.count(f"no false change: {kind}", words, right=not false)


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip().casefold()


def _touches(words: str | None, side: Side | None) -> bool:
    """Say whether a side of a change stands at words, or at a part of them."""
    if words is None or side is None:
        return False
    wanted = _plain(words)
    own = [_plain(place.text) for place in side.places] + [
        _plain(str(side.value.get("organisation", side.value.get("name", ""))))
    ]
    return any(one and (_within(one, wanted) or _within(wanted, one)) for one in own)


def _within(words: str, others: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", others) is not None


def _shows(told: Sequence[Change], edit: FactEdit) -> bool:
    """Say whether changes show an edit: what went as gone and what came as there, in one change or in two."""
    own = [change for change in told if change.kind == edit.subject]
    if edit.subject == "location":
        own = [change for change in told if change.kind in {"location", "organisation"}]
    if edit.subject == "role":
        return any(_touches(edit.old, change.old) or _touches(edit.new, change.new) for change in own)
    if edit.subject == "date":
        own += [change for change in told if change.kind == "figure"]
    went = edit.old is None or any(_touches(edit.old, change.old) for change in own)
    came = edit.new is None or any(_touches(edit.new, change.new) for change in own)
    return went and came


def _explains(edit: FactEdit, change: Change) -> bool:
    """Say whether a change is what was edited, or follows from it."""
    if edit.subject == "date":
        if change.kind == "period":
            return True
        if change.kind == "figure" and change.old and change.new and _but_for(change, "as_of"):
            return True
    if edit.subject == "role" and change.kind not in {"role", "organisation"}:
        return False
    return _touches(edit.old, change.old) or _touches(edit.new, change.new)


def _is_titles(change: Change, old: str, new: str) -> bool:
    """Say whether what came or went is a place that only a title named, which is another now."""
    if change.kind != "location" or (change.old and change.new):
        return False
    side = change.old or change.new
    titles = (old, new) if change.old else (new, old)
    return side is not None and all(
        place.field == "title" and _within(_plain(place.text), titles[0]) and not _within(_plain(place.text), titles[1])
        for place in side.places
    )


def _but_for(change: Change, key: str) -> bool:
    sides = [{k: v for k, v in side.value.items() if k != key} for side in (change.old, change.new) if side]
    return sides[0] == sides[1]


def _finds(records: Sequence[ProjectRecord], subject: str, words: str) -> bool:
    """Say whether records have a fact of a subject at words."""
    wanted = _plain(words)
    return any(_within(_plain(own), wanted) or _within(wanted, _plain(own)) for own in _texts(records, subject))


def _texts(records: Sequence[ProjectRecord], subject: str) -> Iterator[str]:
    for record in records:
        if subject == "date":
            yield from (one.text for one in record.dates)
        elif subject == "figure":
            yield from (one.text for one in record.figures)
        elif subject == "location":
            yield from (m.text for one in record.locations for m in one.mentions)
        else:
            yield from (m.text for one in record.organisations for m in one.mentions if subject != "role" or one.roles)


def _said(change: Change) -> str:
    sides = []
    for side in (change.old, change.new):
        value = (
            {k: v for k, v in side.value.items() if v is not None and k not in {"register_id", "link", "status"}}
            if side
            else None
        )
        sides.append(f"{[p.text for p in side.places][:2]}{value}" if side else "–")
    return f"{change.kind} {change.what}: {sides[0]} → {sides[1]}"
