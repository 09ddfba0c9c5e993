"""Questions of a review as the pages show them: in words, with both sides and what may be done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline.comparing.models import Change, Place, Side
from pipeline.comparing.words import delta_words
from pipeline.messages import N_, _
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.app.desk import STATES, Desk
from pipeline.reviewing.app.views import Answer, Candidate, Choice, PlaceView, QuestionView, SideView
from pipeline.reviewing.decisions.models import Decision
from pipeline.reviewing.questions import Question, Value
from pipeline.reviewing.session import Project
from pipeline.showing.values import KINDS, value_detail, value_words
from pipeline.showing.words import confidence_words, day_words, warning_words

WHAT = {
    "added": N_("new"),
    "removed": N_("gone"),
    "changed": N_("changed"),
    "renamed": N_("renamed"),
    "doubt": N_("doubtful"),
    "conflict": N_("conflict"),
    "warning": N_("warning"),
    "ended": N_("ended"),
}
_CONTEXT = 60
"""Code points shown on each side of a quotation."""

_SENTENCES: Mapping[tuple[str, str], str] = {
    ("project", "added"): N_("This section is a project that was not there before."),
    ("project", "ended"): N_("This project is not in the annex any more."),
    ("text", "changed"): N_("The wording changed."),
    ("warning", "warning"): "",
}
_BY_WHAT: Mapping[str, str] = {
    "added": N_("Came: {new}."),
    "removed": N_("Went: {old}."),
    "changed": N_("It was {old}, now it is {new}."),
    "renamed": N_("It was called {old}, now {new}."),
    "doubt": N_("Read as {new}. Is that right?"),
    "conflict": N_("It was decided that {old} holds; the text has changed, and now says {new}."),
}
_NOTHING = N_("nothing")

_ACCEPT: Mapping[tuple[str, str], str] = {
    ("project", "added"): N_("It is a project"),
    ("project", "ended"): N_("It has ended"),
    ("warning", "warning"): N_("Seen"),
}
_ACCEPT_BY_WHAT: Mapping[str, str] = {"doubt": N_("It is right"), "conflict": N_("What the text says now")}
_REJECT: Mapping[tuple[str, str], str] = {
    ("project", "added"): N_("It is no project"),
    ("project", "ended"): N_("It goes on"),
}
_REJECT_BY_WHAT: Mapping[str, str] = {
    "added": N_("Leave it out"),
    "removed": N_("Keep it"),
    "doubt": N_("It is none"),
    "conflict": N_("What was decided"),
}


def question_view(
    desk: Desk, project: Project, question: Question, *, candidates: Sequence[Candidate], error: str
) -> QuestionView:
    """Return a question as a page shows it; its forms are added by who knows them."""
    session = desk.session
    olds, news = ({one.id: one for one in some} for some in (project.olds, project.news))
    state = session.state(project, question)
    decision = session.answer(project, question)
    return QuestionView(
        key=question.key,
        subject=question.subject,
        subject_words=_(KINDS[question.subject]),
        what=question.what,
        what_words=_(WHAT[question.what]),
        sentence=sentence(question, project.records_of(question)),
        delta=_delta(question),
        old=_side(question, question.old, olds, is_new=False),
        new=_side(question, question.new, news, is_new=True),
        runs=question.runs,
        state=state,
        state_words=_(STATES[state]),
        answer=answer_of(desk, decision) if decision else None,
        offers=_offers(question),
        forms=(),
        candidates=candidates,
        comments=[answer_of(desk, one) for one in comments_on(desk, project, question)],
        error=error,
        is_open=decision is None,
    )


def sentence(question: Question, records: Mapping[str, ProjectRecord]) -> str:
    """Say in a sentence what is asked."""
    if question.what == "warning":
        record = records[question.evidence[0][0]]
        return next((warning_words(one) for one in record.warnings if one.message == question.message), "")
    said = _SENTENCES.get((question.subject, question.what)) or _BY_WHAT[question.what]
    both = {
        name: said_value(question.subject, side.value) if side else _(_NOTHING)
        for name, side in (("old", question.old), ("new", question.new))
    }
    asked = _(said).format(**both)
    return f"{asked} {_('The words are the same: they were read otherwise.')}" if question.is_reading else asked


def said_value(subject: str, value: Value) -> str:
    """Say what a value of a decision says; ``nothing`` where it says that there is none."""
    if not value:
        return _(_NOTHING)
    words = value_words(subject, value) if subject not in {"text", "warning", "boundary"} else ""
    detail = value_detail(subject, value) if subject not in {"text", "warning", "boundary"} else ""
    return f"{words} ({detail})" if detail else words


def answer_of(desk: Desk, decision: Decision) -> Answer:
    """Return what was decided in words."""
    held = said_value(decision.subject, decision.after)
    said = {
        "accept": _("accepted"),
        "reject": _("rejected"),
        "correct": _("corrected: {value}").format(value=held),
        "add": _("added: {value}").format(value=held),
        "comment": decision.why,
        "undo": "",
    }[decision.action]
    return Answer(
        words=said,
        by=decision.by,
        at=moment_words(decision.at),
        why="" if decision.action == "comment" else decision.why,
        is_mine=decision.by == desk.session.user,
        decision=decision.id,
    )


def moment_words(at: datetime) -> str:
    """Say a moment in the time of this machine: ``15 July 2024 14:05``."""
    here = at.astimezone()
    return f"{day_words(here.date())} {here:%H:%M}"


def comments_on(desk: Desk, project: Project, question: Question | None) -> list[Decision]:
    """Return the comments on a question; without one, those on the project itself."""
    asked = f"comment:{question.key}" if question else ""
    return [
        one
        for one in desk.session.decisions_on(project)
        if one.action == "comment" and (one.change == asked if question else not one.change.startswith("comment:"))
    ]


def place_view(record: ProjectRecord, place: Place, *, is_new: bool) -> PlaceView:
    """Return a place with some words around it."""
    text = record.title if place.field == "title" else record.text
    return PlaceView(
        side="new" if is_new else "old",
        record=record.id,
        field=place.field,
        start=place.start,
        end=place.end,
        before=_cut(text[max(0, place.start - _CONTEXT) : place.start], is_end=False, whole=place.start <= _CONTEXT),
        text=text[place.start : place.end],
        after=_cut(text[place.end : place.end + _CONTEXT], is_end=True, whole=place.end + _CONTEXT >= len(text)),
        page=place.page,
    )


def _cut(text: str, *, is_end: bool, whole: bool) -> str:
    """Return some words without the half word at its outer end."""
    if whole or " " not in text:
        return text
    return text.rsplit(" ", 1)[0] + " …" if is_end else "… " + text.split(" ", 1)[1]


def _side(
    question: Question, side: Side | None, records: Mapping[str, ProjectRecord], *, is_new: bool
) -> SideView | None:
    if side is None or question.subject in {"text", "warning"}:
        return None
    record = records.get(side.record)
    confidence = confidence_words(question.confidence) if is_new and question.confidence < 1 else ""
    return SideView(
        words=value_words(question.subject, side.value),
        detail=value_detail(question.subject, side.value),
        confidence=confidence,
        places=[place_view(record, place, is_new=is_new) for place in side.places] if record else (),
    )


def _delta(question: Question) -> str:
    if question.ratio is None and not question.days:
        return ""
    return delta_words(
        Change(
            kind="figure" if question.ratio is not None else "date",
            what="changed",
            is_fact=True,
            is_reading=False,
            old=question.old,
            new=question.new,
            ratio=question.ratio,
            days=question.days,
            runs=[],
        )
    )


def _offers(question: Question) -> list[Choice]:
    asked = (question.subject, question.what)
    accept = _ACCEPT.get(asked) or _ACCEPT_BY_WHAT.get(question.what) or N_("Accept")
    reject = _REJECT.get(asked) or _REJECT_BY_WHAT.get(question.what) or N_("Keep the old")
    offers = [Choice("accept", _(accept))]
    if question.can_reject:
        offers.append(Choice("reject", _(reject)))
    return [*offers, Choice("skip", _("Later"))]
