"""What a person does on a page, as decisions: each action reads its fields, and writes what was decided or nothing."""

from collections.abc import Callable, Mapping

from pipeline.errors import AnnexError
from pipeline.messages import _, ngettext, told
from pipeline.overlay.changes import ChangeError
from pipeline.reviewing.acting import answering, bounding, naming, stating
from pipeline.reviewing.acting.asked import Asked, Fields, NotPossibleError, Outcome
from pipeline.reviewing.boundaries import BoundaryError
from pipeline.reviewing.deciding import accepted
from pipeline.reviewing.facts import facts_of
from pipeline.reviewing.questions import Question
from pipeline.reviewing.session import MeantimeError, Project, Session
from pipeline.reviewing.typed.wrong import TypedError

__all__ = ["Outcome", "accept_all", "act"]

_ADDING = frozenset(stating.ADD + kind for kind in ("organisation", "location", "date", "figure", "role", "footnote"))
_ON_QUESTIONS = frozenset({"accept", "reject", "skip"})
_ACTIONS: Mapping[str, Callable[[Asked], Outcome]] = {
    "accept": answering.accept,
    "reject": answering.reject,
    "skip": answering.skip,
    "comment": answering.comment,
    "correct": stating.correct,
    "remove": stating.remove,
    "merge": stating.merge,
    "alias": naming.alias,
    "body": naming.body,
    "deny": naming.deny,
    "role": stating.role,
    "redraw": stating.redraw,
    "split": bounding.split,
    "move": bounding.move,
    "move-back": bounding.move_back,
    "join": bounding.join,
}


def act(session: Session, project: Project, action: str, fields: Fields) -> Outcome:
    """Do what a person asks, wholly or not at all.

    Parameters
    ----------
    action
        ``accept``, ``reject``, ``skip``, ``correct``, ``alias``, ``body``, ``deny``, ``merge``, ``role``, ``redraw``,
        ``remove``, ``add-…``, ``split``, ``join``, ``move``, ``move-back``, ``comment``.
    fields
        What was typed: ``question`` or ``fact`` is the key of what it is about; ``in``, ``field``, ``start`` and
        ``end`` (code points) are the selection; ``why`` the reason; the others are those of the form.
    """
    question = next((one for one in project.questions if one.key == fields.get("question")), None)
    news = session.effective(project)
    fact = next((f for one in news for f in facts_of(one) if f.key == fields.get("fact")), None)
    if (fields.get("question") and question is None) or (fields.get("fact") and fact is None):
        return Outcome(errors={"": _("This has changed in the meantime; look at it again.")})
    by = _ACTIONS.get(action) or (stating.add if action in _ADDING else None)
    if by is None or (action in _ON_QUESTIONS and question is None):
        return Outcome(errors={"": _("There is no such action.")})
    asked = Asked(session, project, action, fields, question, fact, news)
    try:
        return by(asked)
    except TypedError as error:
        return Outcome(errors={error.field: told(error)})
    except (MeantimeError, NotPossibleError, BoundaryError, ChangeError, AnnexError) as error:
        return Outcome(errors={"": told(error)})


def accept_all(session: Session, change: str, count: int, *, is_allowed: Callable[[Question], bool]) -> Outcome:
    """Accept all open questions of one kind, such as ``figure:changed``, where there are still `count`."""
    found = [
        (project, one)
        for project in session.projects
        for one in session.open_questions(project)
        if one.change == change and is_allowed(one)
    ]
    if len(found) != count:
        said = _("There are {count} now; look at them, and accept again.")
        return Outcome(errors={"": said.format(count=len(found))})
    drafts = [(project, accepted(one, project.records_of(one))) for project, one in found]
    words = ngettext("{count} question accepted", "{count} questions accepted", count).format(count=count)
    try:
        session.decide_all(drafts, words)
    except AnnexError as error:
        return Outcome(errors={"": told(error)})
    return Outcome(words)
