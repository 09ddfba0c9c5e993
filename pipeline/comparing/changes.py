"""What changed between projects that are one: facts in the terms of the subject, then wording."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from pipeline.comparing.facts import (
    Fact,
    dates_of,
    figures_of,
    footnotes_of,
    locations_of,
    organisations_of,
    periods_of,
    role_of,
)
from pipeline.comparing.matching import CONTEXT, Placing, in_place, match_changed, match_equal
from pipeline.comparing.models import Change, ChangeWhat, Run, Side
from pipeline.comparing.reading import SameWords
from pipeline.comparing.wording import word_runs
from pipeline.records.models import OrganisationRecord, ProjectRecord

_ALIKE = 80.0
"""Likeness of two names, of 100, from which on a body was renamed where one stands in the other's place."""
_SAME_NAME = 93.0
"""The same where it stands elsewhere."""
_SAME_COUNTED = 0.15
"""Part of the words around two figures that both must have where they count the same things."""
_ALL = 2.0
"""More than any two can share: only what stands in the other's place."""
_NOTE = 60.0
"""Likeness of two footnotes, of 100, from which on one was reworded."""


def changes_between(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> list[Change]:
    """Return what changed between projects that are one: facts, what was read otherwise, wording.

    Each in text order of the new side. Of several records on a side, a split or a merger, the facts count as one pool.
    What differs only in confidence, link or place is no change; nor is what one side says twice and the other once.

    Raises
    ------
    ValueError
        When one side has no record: what came and went has no counterpart to differ from.
    """
    if not old or not new:
        raise ValueError("changes are between two sides")
    runs = word_runs(_text(old), _text(new))
    placing = Placing(runs)
    organisations = list(_organisation_changes(old, new, placing))
    dates = list(_dated(dates_of(old), dates_of(new), placing))
    figures = list(_figured(figures_of(old), figures_of(new), placing))
    figures = [one for one in figures if not _only_as_of(one, dates)]
    places = list(_simple("location", locations_of(old), locations_of(new), _place_key))
    told = SameWords(old, new, runs).told_apart([*organisations, *dates, *figures, *places])
    told.sort(key=_order(old, new))
    periods = [] if any(map(_moves_period, dates)) else list(_period_changes(old, new, told))
    facts = sorted([*told, *periods], key=lambda one: one.is_reading)
    return [*_title_changes(old, new), *facts, *_note_changes(old, new), *_text_changes(old, new, runs)]


def _text(records: Sequence[ProjectRecord]) -> str:
    return "\n\n".join(record.text for record in records)


def _change(
    kind: str,
    old: Fact | None,
    new: Fact | None,
    *,
    what: ChangeWhat | None = None,
    ratio: float | None = None,
    days: int | None = None,
) -> Change:
    return Change.model_validate(
        {
            "kind": kind,
            "what": what or ("changed" if old and new else "added" if new else "removed"),
            "is_fact": True,
            "is_reading": False,
            "old": old.side() if old else None,
            "new": new.side() if new else None,
            "ratio": ratio,
            "days": days,
            "runs": [],
        }
    )


def _order(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> Callable[[Change], tuple[int, int, int, str]]:
    """Return a key of order: where the new side says it; what went after what is there, where the old side said it."""
    rank = {record.id: number for number, record in enumerate(new)}
    old_rank = {record.id: number for number, record in enumerate(old)}

    def key(change: Change) -> tuple[int, int, int, str]:
        side, ranks = (change.new, rank) if change.new else (change.old, old_rank)
        assert side is not None  # noqa: S101  # a change has a side
        start = side.places[0].start if side.places else 0
        return (0 if change.new else 1, ranks[side.record], start, side.path)

    return key


# ---- organisations and roles


def _body_key(fact: Fact) -> Hashable:
    return fact.value["register_id"] or _plain(fact.value["name"])


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split()).removeprefix("de ").removeprefix("het ")


def _organisation_changes(
    old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], placing: Placing
) -> Iterator[Change]:
    before = {id(fact): (fact, one) for fact, one in organisations_of(old)}
    after = {id(fact): (fact, one) for fact, one in organisations_of(new)}
    olds, news = [fact for fact, _ in before.values()], [fact for fact, _ in after.values()]
    pairs, gone, came = match_equal(olds, news, _body_key)
    renamed = _same_name(gone, came) + match_changed(
        gone, came, placing, lambda a, b: CONTEXT if _is_renamed(a, b, placing) else None
    )
    taken = {id(fact) for pair in renamed for fact in pair}
    renamed = _once(renamed)
    for first, second in pairs + renamed:
        if _plain(first.value["name"]) != _plain(second.value["name"]):
            yield _change("organisation", first, second, what="renamed")
        elif first.value["register_id"] != second.value["register_id"]:
            yield _change("organisation", first, second)
    yield from _roles_changed(pairs + renamed, before, after)
    for fact in gone:
        if id(fact) not in taken:
            yield _change("organisation", fact, None)
    for fact in came:
        if id(fact) not in taken:
            yield _change("organisation", None, fact)


def _once(pairs: Sequence[tuple[Fact, Fact]]) -> list[tuple[Fact, Fact]]:
    """Return the pairs without those of which one was paired before."""
    taken: set[int] = set()
    kept = []
    for first, second in pairs:
        if not {id(first), id(second)} & taken:
            kept.append((first, second))
            taken |= {id(first), id(second)}
    return kept


def _same_name(gone: Sequence[Fact], came: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Match those whose names differ by a letter, or that the register knows on one side only."""
    found = []
    for first in gone:
        for second in came:
            names = (_plain(first.value["name"]), _plain(second.value["name"]))
            both = first.value["register_id"] and second.value["register_id"]
            if not both and (names[0] == names[1] or fuzz.ratio(*names) >= _SAME_NAME):
                found.append((first, second))
    return _once(found)


def _is_renamed(first: Fact, second: Fact, placing: Placing) -> bool:
    """Say whether one body may be the other under a new name: alike in name, and standing where it stood."""
    if first.value["register_id"] and second.value["register_id"]:
        return False
    names = (_plain(first.value["name"]), _plain(second.value["name"]))
    return fuzz.token_sort_ratio(*names) >= _ALIKE and in_place(first, second, placing)


_Bodies = Mapping[int, tuple[Fact, OrganisationRecord]]


def _roles_changed(pairs: Sequence[tuple[Fact, Fact]], olds: _Bodies, news: _Bodies) -> Iterator[Change]:
    """Compare the roles of each body over all records of a side; of those that came or went they did with them."""
    names = {_body_key(second): _body_key(first) for first, second in pairs}
    before: dict[Hashable, dict[str, Fact]] = {}
    after: dict[Hashable, dict[str, Fact]] = {}
    for fact, one in olds.values():
        own = before.setdefault(_body_key(fact), {})
        for number, role in enumerate(one.roles):
            own.setdefault(role.role, role_of(fact, one, number))
    for fact, one in news.values():
        own = after.setdefault(names.get(_body_key(fact), _body_key(fact)), {})
        for number, role in enumerate(one.roles):
            own.setdefault(role.role, role_of(fact, one, number))
    for name in dict.fromkeys(names.values()):
        yield from _role_changes(before[name], after[name])


def _role_changes(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[Change]:
    """Compare the roles of one body."""
    gone = [fact for role, fact in before.items() if role not in after]
    came = [fact for role, fact in after.items() if role not in before]
    if len(gone) == len(came) == 1:
        yield _change("role", gone[0], came[0])
        return
    for fact in gone:
        yield _change("role", fact, None)
    for fact in came:
        yield _change("role", None, fact)


# ---- dates and figures


def _date_key(fact: Fact) -> Hashable:
    value = fact.value
    return (value["edtf"], value["modifier"], value["part"])


def _dated(old: Sequence[Fact], new: Sequence[Fact], placing: Placing) -> Iterator[Change]:
    pairs, gone, came = match_equal(old, new, _date_key)
    roles_old = {(_date_key(one), one.value["role"]) for one in old}
    roles_new = {(_date_key(one), one.value["role"]) for one in new}
    for first, second in pairs:
        is_new_role = (_date_key(second), second.value["role"]) not in roles_old
        if is_new_role and (_date_key(first), first.value["role"]) not in roles_new and _bounds(first, second):
            yield _change("date", first, second)
    rebounded, gone, came = _same_point(gone, came)
    changed = rebounded + match_changed(gone, came, placing, lambda _first, _second: CONTEXT)
    for first, second in changed:
        yield _change("date", first, second, days=_days(first, second))
    yield from _rest("date", gone, came, changed)


def _bounds(first: Fact, second: Fact) -> bool:
    """Say whether a role that differs says when something begins or ends: others say how a sentence is built."""
    return bool({first.value["role"], second.value["role"]} & {"start", "end"})


def _same_point(gone: Sequence[Fact], came: Sequence[Fact]) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Match dates that name one point and differ in the bound: `tot 1 juli` and `vanaf 1 juli`."""
    pairs = _once([(a, b) for a in gone for b in came if a.value["edtf"] == b.value["edtf"]])
    taken = {id(fact) for pair in pairs for fact in pair}
    return pairs, [one for one in gone if id(one) not in taken], [one for one in came if id(one) not in taken]


def _days(first: Fact, second: Fact) -> int | None:
    """Return by how many days the earliest day moved, or, where a side has none, the latest."""
    for key in ("earliest", "latest"):
        if first.value[key] and second.value[key]:
            return (date.fromisoformat(second.value[key]) - date.fromisoformat(first.value[key])).days
    return None


def _figure_key(fact: Fact) -> Hashable:
    value = fact.value
    unit = (value["unit"] or "").casefold()
    return (value["kind"], value["value"], value["value_max"], unit, value["comparator"])


def _figured(old: Sequence[Fact], new: Sequence[Fact], placing: Placing) -> Iterator[Change]:
    pairs, gone, came = match_equal(old, new, _figure_key)
    when_old = {(_figure_key(one), one.value["as_of"]) for one in old}
    when_new = {(_figure_key(one), one.value["as_of"]) for one in new}
    for first, second in pairs:
        is_later = (_figure_key(second), second.value["as_of"]) not in when_old
        if is_later and (_figure_key(first), first.value["as_of"]) not in when_new:
            yield _change("figure", first, second)
    changed = match_changed(gone, came, placing, _least_context)
    for first, second in changed:
        yield _change("figure", first, second, ratio=_ratio(first, second))
    yield from _rest("figure", gone, came, changed)


def _least_context(first: Fact, second: Fact) -> float | None:
    """Return what two figures must share around them: less where they count the same, all where they do not."""
    if first.value["kind"] != second.value["kind"]:
        return None
    if not _same_unit(first, second):
        return _ALL
    return _SAME_COUNTED if first.value["kind"] == "count" and first.value["unit"] else CONTEXT


def _same_unit(first: Fact, second: Fact) -> bool:
    units = [(one.value["unit"] or "").casefold() for one in (first, second)]
    return first.value["kind"] == second.value["kind"] and (units[0] == units[1] or fuzz.ratio(*units) >= _ALIKE)


def _ratio(first: Fact, second: Fact) -> float | None:
    """Return by what part a figure grew; none between kinds or units, from nothing, or where there is a range."""
    values = (first.value, second.value)
    if (
        not _same_unit(first, second)
        or any(value["value_max"] is not None for value in values)
        or not values[0]["value"]
    ):
        return None
    before, after = (float(value["value"]) for value in values)
    return round((after - before) / abs(before), 4)


def _only_as_of(change: Change, dates: Sequence[Change]) -> bool:
    """Say whether all that changed of a figure is the date that governs it, which is told by itself."""
    if not (change.old and change.new):
        return False
    old, new = change.old.value, change.new.value
    if any(value != new[key] for key, value in old.items() if key != "as_of"):
        return False
    went = {None} | {one.old.value["edtf"] for one in dates if one.old}
    came = {None} | {one.new.value["edtf"] for one in dates if one.new}
    return old["as_of"] in went and new["as_of"] in came


def _rest(
    kind: str, gone: Sequence[Fact], came: Sequence[Fact], changed: Sequence[tuple[Fact, Fact]]
) -> Iterator[Change]:
    taken = {id(fact) for pair in changed for fact in pair}
    for fact in gone:
        if id(fact) not in taken:
            yield _change(kind, fact, None)
    for fact in came:
        if id(fact) not in taken:
            yield _change(kind, None, fact)


# ---- the others


def _place_key(fact: Fact) -> Hashable:
    return str(fact.value["name"]).casefold()


def _simple(
    kind: str, old: Sequence[Fact], new: Sequence[Fact], meaning: Callable[[Fact], Hashable]
) -> Iterator[Change]:
    pairs, gone, came = match_equal(old, new, meaning)
    for first, second in pairs:
        if first.value["kind"] != second.value["kind"]:
            yield _change(kind, first, second)
    yield from _rest(kind, gone, came, [])


def _moves_period(change: Change) -> bool:
    """Say whether a change of a date tells already that the running time changed."""
    return any(side and side.value["role"] in {"start", "end", "period"} for side in (change.old, change.new))


def _period_changes(
    old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], told: Sequence[Change]
) -> Iterator[Change]:
    """Compare running times: of several records on a side, from the first day that one gives to the last.

    They follow from dates and durations: where none of these changed, they were read otherwise.
    """
    before, after = list(periods_of(old)), list(periods_of(new))
    if _span(before) == _span(after):
        return
    _, gone, came = match_equal(before, after, lambda fact: tuple(fact.value.values()))
    changed = [(gone[0], came[0])] if len(gone) == len(came) == 1 else []
    found = [_change("period", first, second, days=_days(first, second)) for first, second in changed]
    has_cause = any(
        one.is_fact and (one.kind == "date" or any(s and s.value.get("kind") == "duration" for s in (one.old, one.new)))
        for one in told
    )
    for change in [*found, *_rest("period", gone, came, changed)]:
        yield change if has_cause else change.model_copy(update={"is_fact": False, "is_reading": True})


def _span(periods: Sequence[Fact]) -> tuple[str | None, str | None]:
    firsts, lasts = ([one.value[key] for one in periods if one.value[key]] for key in ("earliest", "latest"))
    return min(firsts, default=None), max(lasts, default=None)


def _note_changes(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> Iterator[Change]:
    _, gone, came = match_equal(footnotes_of(old), footnotes_of(new), lambda fact: fact.value["text"])
    reworded = [
        (first, second)
        for first in gone
        for second in came
        if fuzz.token_sort_ratio(first.value["text"], second.value["text"]) >= _NOTE
    ]
    reworded = _once(reworded)
    for first, second in reworded:
        runs = word_runs(first.value["text"], second.value["text"])
        yield _wording("footnote", first.side(), second.side(), runs)
    for change in _rest("footnote", gone, came, reworded):
        yield change.model_copy(update={"is_fact": False})


def _title_changes(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> Iterator[Change]:
    first, second = old[0], new[0]
    if first.title != second.title:
        yield _wording("title", _title_side(first), _title_side(second), word_runs(first.title, second.title))


def _text_changes(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], runs: Sequence[Run]) -> Iterator[Change]:
    if any(run.what != "equal" for run in runs):
        sides = [Side(record=side[0].id, path="/text", value={}, places=[]) for side in (old, new)]
        yield _wording("text", sides[0], sides[1], runs)


def _title_side(record: ProjectRecord) -> Side:
    return Side(record=record.id, path="/title", value={"title": record.title}, places=[])


def _wording(kind: str, old: Side, new: Side, runs: Sequence[Run]) -> Change:
    return Change.model_validate(
        {
            "kind": kind,
            "what": "changed",
            "is_fact": False,
            "is_reading": False,
            "old": old,
            "new": new,
            "ratio": None,
            "days": None,
            "runs": list(runs),
        }
    )
