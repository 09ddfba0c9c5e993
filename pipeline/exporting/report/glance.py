"""An annex at a glance: who takes part in how much, when the projects run, which amounts and numbers stand out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pipeline.exporting.report.charts import Bar, Row, Scale, Tick, lengths
from pipeline.messages import _, ngettext
from pipeline.records.models import FigureRecord, ProjectRecord
from pipeline.showing.marked import place_id
from pipeline.showing.words import ROLES, amount_words, days_words, figure_words

_SHOWN = 12
"""Organisations in the chart; the others follow where one opens them."""
_LARGEST = 10
"""Amounts and numbers that are shown."""
_ROWS = 40
"""Projects on the line of time that are shown at once."""
_NO_ROLE = "named"


@dataclass(frozen=True, slots=True)
class Glance:
    """What the charts of an annex show."""

    organisations: Sequence[Row]
    more_organisations: Sequence[Row]
    roles: Sequence[tuple[str, str]]
    """What the colours of the bars of organisations are: class and words."""
    times: Sequence[Row]
    ticks: Sequence[Tick]
    opened: bool
    """Whether the line of time is short enough to be shown at once."""
    running: Sequence[Row]
    """Of a longer one: how many projects run in each year."""
    timeless: int
    """Projects that give no time."""
    money: Sequence[tuple[str, str]]
    """Of each currency all amounts together, in words, and of how many."""
    amounts: Sequence[Row]
    counts: Sequence[Row]


@dataclass(slots=True)
class _Body:
    """An organisation of an annex."""

    name: str
    is_new: bool
    main: Counter[str] = field(default_factory=Counter)
    """Projects by the first of its roles in them."""
    roles: Counter[str] = field(default_factory=Counter)
    """Projects by every role."""


def glance_at(records: Sequence[ProjectRecord], anchors: Sequence[str]) -> Glance:
    """Return what stands out in an annex.

    Parameters
    ----------
    anchors
        The id of each record in the page.
    """
    organisations = _organisation_rows(records)
    timed = [(one, at) for one, at in zip(records, anchors, strict=True) if one.period.earliest or one.period.latest]
    timed.sort(key=lambda pair: (_first_day(pair[0]), _last_day(pair[0]), pair[0].ordinal))
    days = [day for one, _at in timed for day in (one.period.earliest, one.period.latest) if day]
    scale = Scale.over(days) if days else None
    used = {bar.kind for row in organisations for bar in row.bars}
    return Glance(
        organisations=organisations[:_SHOWN],
        more_organisations=organisations[_SHOWN:],
        roles=[(kind, words) for kind, words in _role_names().items() if kind in used],
        times=[_time_row(one, at, scale) for one, at in timed] if scale else [],
        ticks=scale.ticks() if scale else [],
        opened=len(timed) <= _ROWS,
        running=_running([one for one, _at in timed], scale) if scale and len(timed) > _ROWS else [],
        timeless=len(records) - len(timed),
        money=_money(records),
        amounts=_largest(records, anchors, "money"),
        counts=_largest(records, anchors, "count"),
    )


def _organisation_rows(records: Sequence[ProjectRecord]) -> list[Row]:
    """Return the organisations, those of most projects first; the bars count projects by the first role in each."""
    found: dict[str, _Body] = {}
    for record in records:
        seen: dict[str, set[str]] = {}
        for one in record.organisations:
            key = one.register_id or one.name
            found.setdefault(key, _Body(one.name, one.status == "new"))
            seen.setdefault(key, set()).update(role.role for role in one.roles)
        for key, roles in seen.items():
            found[key].main[next((role for role in ROLES if role in roles), _NO_ROLE)] += 1
            found[key].roles.update(roles)
    ordered = sorted(found.values(), key=lambda one: (-one.main.total(), one.name.casefold(), one.name))
    most = max((one.main.total() for one in ordered), default=1)
    return [
        Row(one.name, "", _stacked(one.main, most), str(one.main.total()), _roles_words(one.roles)) for one in ordered
    ]


def _stacked(counts: Counter[str], most: int) -> list[Bar]:
    bars: list[Bar] = []
    before = 0
    for role in (*ROLES, _NO_ROLE):
        if counts[role]:
            bars.append(Bar(round(100 * before / most, 2), round(100 * counts[role] / most, 2), role))
            before += counts[role]
    return bars


def _roles_words(roles: Counter[str]) -> str:
    return ", ".join(f"{_(words)} {roles[role]}" for role, words in ROLES.items() if roles[role])


def _role_names() -> dict[str, str]:
    return {role: _(words) for role, words in ROLES.items()} | {_NO_ROLE: _("named without a role")}


def _first_day(record: ProjectRecord) -> date:
    return record.period.earliest or date.min


def _last_day(record: ProjectRecord) -> date:
    return record.period.latest or date.max


def _time_row(record: ProjectRecord, anchor: str, scale: Scale) -> Row:
    words = days_words(record.period.earliest, record.period.latest)
    bar = scale.bar(record.period.earliest, record.period.latest)
    return Row(f"{record.ordinal}. {record.title}", f"#{anchor}", [bar], words)


def _running(records: Sequence[ProjectRecord], scale: Scale) -> list[Row]:
    years = range(scale.first.year, scale.last.year + 1)
    counts = [sum(_first_day(one).year <= year <= _last_day(one).year for one in records) for year in years]
    bars = lengths([Decimal(count) for count in counts])
    return [
        Row(str(year), "", [bar], str(count)) for year, bar, count in zip(years, bars, counts, strict=True) if count
    ]


def _money(records: Sequence[ProjectRecord]) -> list[tuple[str, str]]:
    """Add up the amounts of each currency; one that a project names twice counts once."""
    sums: dict[str, list[Decimal]] = {}
    for record in records:
        for unit, value in dict.fromkeys(
            (one.unit or "", one.value) for one in record.figures if one.kind == "money" and one.value_max is None
        ):
            sums.setdefault(unit, []).append(value)
    return [
        (
            amount_words("money", _whole_cents(sum(values, Decimal())), None, unit, "="),
            ngettext("from {count} amount", "from {count} amounts", len(values)).format(count=len(values)),
        )
        for unit, values in sorted(sums.items(), key=lambda pair: -len(pair[1]))
    ]


def _whole_cents(amount: Decimal) -> Decimal:
    return amount if amount == amount.to_integral_value() else amount.quantize(Decimal("0.01"))


def _largest(records: Sequence[ProjectRecord], anchors: Sequence[str], kind: str) -> list[Row]:
    """Return the largest amounts of the currency that is named most, or the largest numbers that are counted."""
    found: dict[tuple[int, str], tuple[FigureRecord, ProjectRecord, str]] = {}
    for record, anchor in zip(records, anchors, strict=True):
        for one in record.figures:
            if one.kind == kind:
                found.setdefault((record.ordinal, figure_words(one)), (one, record, anchor))
    if not found:
        return []
    rows = list(found.values())
    if kind == "money":
        unit = Counter(one.unit for one, _record, _anchor in rows).most_common(1)[0][0]
        rows = [row for row in rows if row[0].unit == unit]
    rows = sorted(rows, key=lambda row: (-row[0].value, row[1].ordinal))[:_LARGEST]
    bars = lengths([one.value for one, _record, _anchor in rows])
    return [
        Row(
            figure_words(one),
            f"#{place_id(anchor, 'text', one.start)}",
            [bar] if kind == "money" else [],
            "",
            f"{record.ordinal}. {record.title}",
        )
        for (one, record, anchor), bar in zip(rows, bars, strict=True)
    ]
