"""The list of projects with what is left to do, searched and filtered."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.comparing.words import PAIR_KINDS, old_title, pair_title
from pipeline.messages import N_, _, ngettext
from pipeline.reviewing.app.desk import PROJECT_STATES, Desk
from pipeline.reviewing.app.views import Bulk, Choice, ListPage, ListRow
from pipeline.reviewing.questions import Question
from pipeline.reviewing.session import Project, Session
from pipeline.showing.values import KINDS

_BULK: Mapping[str, str] = {
    "added": N_("{kind} came"),
    "removed": N_("{kind} went"),
    "changed": N_("{kind} changed"),
    "renamed": N_("{kind} has another name"),
    "doubt": N_("{kind} in doubt"),
    "warning": N_("{kind}"),
    "ended": N_("{kind} ended"),
}
"""What all questions of one kind are called that may be accepted at once; conflicts are looked at one by one."""


def list_page(desk: Desk, asked: Mapping[str, str]) -> ListPage:
    """Return the list of projects.

    Parameters
    ----------
    asked
        The filters of the address: ``q``, ``state``, ``kind`` and ``annex``.
    """
    session = desk.session
    frame = desk.frame(_("Review"))
    rows = [(project, _row(desk, project)) for project in session.projects]
    query = asked.get("q", "").strip()
    state, kind, annex = (asked.get(name, "") for name in ("state", "kind", "annex"))
    shown = [
        row
        for project, row in rows
        if _has_words(project, query)
        and state in {"", row.state}
        and (not kind or kind in dict(row.kinds))
        and annex in {"", project.annex.id}
    ]
    states: Counter[str] = Counter(row.state for _, row in rows)
    kinds: Counter[str] = Counter(name for _, row in rows for name, _ in row.kinds)
    annexes = Counter(project.annex.id for project, _ in rows)
    names = {one.id: one.name for one in session.annexes}
    return ListPage(
        frame=frame,
        rows=shown,
        shown_of=len(rows),
        query=query,
        states=_choices(_("all"), {one: _(words) for one, words in PROJECT_STATES.items()}, states, state),
        kinds=_choices(_("all"), {one: _(words) for one, words in PAIR_KINDS.items()}, kinds, kind),
        annexes=_choices(_("all"), names, annexes, annex),
        bulk=_bulk(session),
        first_open=next((row.number for _, row in rows if row.open), None),
        notes=_notes(session),
    )


def bulk_words(change: str) -> str:
    """Say what all questions of one kind are called: ``figure changed``."""
    subject, _colon, what = change.partition(":")
    return _(_BULK[what]).format(kind=_(KINDS[subject]))


def can_be_bulk(question: Question) -> bool:
    """Whether a question may be accepted together with others of its kind."""
    return question.what in _BULK


def _row(desk: Desk, project: Project) -> ListRow:
    left = desk.session.open_questions(project)
    state = desk.project_state(project)
    ref = (project.pair.new or project.pair.old)[0]
    return ListRow(
        number=project.number,
        title=pair_title(project.pair),
        old_title=old_title(project.pair),
        ordinal=ref.ordinal,
        annex=project.annex.name,
        kinds=tuple((kind, _(PAIR_KINDS[kind])) for kind in project.pair.kinds),
        state=state,
        state_words=_(PROJECT_STATES[state]),
        open=len(left),
        questions=len(project.questions),
        conflicts=sum(one.what == "conflict" for one in left),
        doubts=sum(one.is_doubtful and one.what != "conflict" for one in left),
    )


def _has_words(project: Project, query: str) -> bool:
    """Whether each word that is looked for stands in a project, in its titles, texts or names, whatever its case."""
    if not query:
        return True
    records = [*project.news, *project.olds]
    held = "\n".join(
        part for one in records for part in (one.title, one.text, *(body.name for body in one.organisations))
    ).casefold()
    return all(word in held for word in query.casefold().split())


def _choices(every: str, words: Mapping[str, str], counts: Mapping[str, int], chosen: str) -> Sequence[Choice]:
    first = Choice("", every, is_chosen=not chosen)
    return [first] + [
        Choice(value, said, is_chosen=value == chosen, count=counts[value])
        for value, said in words.items()
        if counts.get(value) or value == chosen
    ]


def _bulk(session: Session) -> list[Bulk]:
    counts = Counter(
        one.change for project in session.projects for one in session.open_questions(project) if can_be_bulk(one)
    )
    return [Bulk(change, bulk_words(change), count) for change, count in counts.most_common()]


def _notes(session: Session) -> list[str]:
    """Say what is compared with what, and what a person should know before they begin."""
    notes = []
    for one in session.annexes:
        if one.old_id is None:
            notes.append(_("{annex}: nothing was approved yet; every project is new.").format(annex=one.name))
        elif one.old_id != one.id:
            notes.append(_("{annex} is compared with {old}.").format(annex=one.name, old=one.old_id))
    missing = _sources_missing(session)
    if session.sources is not None and missing:
        said = ngettext(
            "{count} source is not found by its content in {folder}; its text is shown instead of its pages.",
            "{count} sources are not found by their content in {folder}; their text is shown instead of their pages.",
            missing,
        )
        notes.append(said.format(count=missing, folder=session.sources.folder))
    return [*notes, *session.log_notes()]


def _sources_missing(session: Session) -> int:
    if session.sources is None:
        return 0
    sources = {
        (record.annex.source.sha256, record.annex.source.file)
        for annex in session.annexes
        for record in (*annex.new.values(), *annex.old.values())
    }
    return sum(session.sources.find(*one) is None for one in sorted(sources))
