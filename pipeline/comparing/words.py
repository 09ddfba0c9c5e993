"""What a comparison says, in words for a person, in the language in use."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.comparing.models import AnnexDiff, Change, Pair, PairKind, Side
from pipeline.messages import N_, _, ngettext
from pipeline.showing.values import KINDS, value_detail, value_words
from pipeline.showing.words import number_words, ratio_words

PAIR_KINDS: dict[PairKind, str] = {
    "unchanged": N_("unchanged"),
    "changed": N_("changed"),
    "renamed": N_("renamed"),
    "moved": N_("moved"),
    "split": N_("split"),
    "merged": N_("merged"),
    "added": N_("added"),
    "ended": N_("ended"),
}
_PLACES = 1
"""Digits behind the point of a percentage: as many as tell 200 to 351 from 200 to 350."""


def change_words(change: Change) -> str:
    """Say in one line what changed: ``figure: 200 hotels → 351 hotels (+75.5%)``."""
    kind = _(KINDS[change.kind])
    if change.kind == "text":
        return _("the wording")
    if change.old and change.new:
        said = f"{kind}: {side_words(change, change.old)} → {side_words(change, change.new)}"
        delta = delta_words(change)
        return f"{said} ({delta})" if delta else said
    if change.new:
        return _("{kind} came: {value}").format(kind=kind, value=side_words(change, change.new))
    assert change.old is not None  # noqa: S101  # a change has a side
    return _("{kind} went: {value}").format(kind=kind, value=side_words(change, change.old))


def side_words(change: Change, side: Side) -> str:
    """Say what one side says, with what tells it from the other where the words would be the same."""
    said = value_words(change.kind, side.value)
    both = {value_words(change.kind, one.value) for one in (change.old, change.new) if one}
    detail = value_detail(change.kind, side.value)
    if change.kind == "figure" and side.value["kind"] == "ratio" and side.places:
        said = f"{said} (“{side.places[0].text}”)"
    if change.kind == "footnote":
        return f"“{said}”"
    if (change.old and change.new and len(both) == 1) or change.what in {"added", "removed"}:
        return f"{said} ({detail})" if detail else said
    return said


def delta_words(change: Change) -> str:
    """Say by how much a figure or date changed: ``+75.5%``, ``31 days later``; empty where that cannot be said."""
    if change.ratio is not None:
        return ("+" if change.ratio > 0 else "") + ratio_words(100 * change.ratio, _PLACES).replace("-", "−") + "%"
    if change.days:
        count = abs(change.days)
        one = ngettext("{days} day later", "{days} days later", count)
        other = ngettext("{days} day earlier", "{days} days earlier", count)
        return (one if change.days > 0 else other).format(days=_count(count))
    return ""


def kinds_words(kinds: Sequence[PairKind]) -> str:
    """Say what became of a project: ``renamed, moved``."""
    return ", ".join(_(PAIR_KINDS[kind]) for kind in kinds)


def pair_title(pair: Pair) -> str:
    """Return the title of a pair: as it is called now, or, of what ended, as it was called."""
    return " + ".join(one.title for one in pair.new or pair.old)


def old_title(pair: Pair) -> str:
    """Return how a pair was called, where that differs; else nothing."""
    before = " + ".join(one.title for one in pair.old)
    return before if pair.new and pair.old and before != pair_title(pair) else ""


def annex_words(annex: AnnexDiff) -> str:
    """Name the two annexes that are compared, or the one where the other has none."""
    if annex.old and annex.new:
        same = annex.old.id == annex.new.id
        return annex.new.id if same else f"{annex.old.id} → {annex.new.id}"
    if annex.new:
        return _("{annex}: new, nothing to compare it with").format(annex=annex.new.id)
    return _("{annex}: not there any more").format(annex=annex.old.id if annex.old else "")


def summary_words(annex: AnnexDiff) -> str:
    """Say how many projects there were and are, and what became of them: ``11 projects (12 before): 8 changed, …``."""
    counts = Counter(kind for pair in annex.pairs for kind in pair.kinds)
    before = sum(len(pair.old) for pair in annex.pairs)
    after = sum(len(pair.new) for pair in annex.pairs)
    projects = ngettext("{count} project", "{count} projects", after).format(count=after)
    if annex.old:
        projects = _("{projects}, {before} before").format(projects=projects, before=before)
    kinds = ", ".join(f"{counts[kind]} {_(words)}" for kind, words in PAIR_KINDS.items() if counts[kind])
    facts = sum(change.is_fact for pair in annex.pairs for change in pair.changes)
    readings = sum(change.is_reading for pair in annex.pairs for change in pair.changes)
    parts = [f"{projects}: {kinds}"]
    if facts:
        parts.append(ngettext("{count} fact", "{count} facts", facts).format(count=facts))
    if readings:
        parts.append(_("{count} read otherwise").format(count=readings))
    return "; ".join(parts)


def reading_words() -> str:
    """Say what stands under the changes that are none of the text."""
    return _("read otherwise, the words are the same")


def page_words(change: Change) -> str:
    """Say on which page it stands now, or stood: ``p. 3``; empty where there are no pages."""
    side = change.new or change.old
    pages = [place.page for place in side.places if place.page] if side else []
    return _("p. {page}").format(page=pages[0]) if pages else ""


def _count(number: int) -> str:
    return number_words(Decimal(number))
