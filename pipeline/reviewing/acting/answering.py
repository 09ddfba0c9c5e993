"""Answers to a question that need no field: it is right, it is not, later; and comments."""

from pipeline.messages import _
from pipeline.reviewing.acting.asked import Asked, NotPossibleError, Outcome, said
from pipeline.reviewing.deciding import Draft, accepted, rejected
from pipeline.reviewing.typed.wrong import TypedError

COMMENT = "comment:"
"""What begins `Decision.change` of a comment on a question; its key comes after."""


def accept(asked: Asked) -> Outcome:
    """Take a question as the new extraction has it."""
    assert asked.question is not None  # noqa: S101  # checked by `act`
    draft = accepted(asked.question, asked.project.records_of(asked.question), asked.why)
    return asked.write([draft], said(asked, _("accepted")))


def reject(asked: Asked) -> Outcome:
    """Say that it does not hold."""
    assert asked.question is not None  # noqa: S101  # checked by `act`
    if not asked.question.can_reject:
        raise NotPossibleError("the old version cannot hold: its words are gone")
    draft = rejected(asked.question, asked.project.records_of(asked.question), asked.project.news, asked.why)
    return asked.write([draft], said(asked, _("rejected")))


def skip(asked: Asked) -> Outcome:
    """Leave a question for later."""
    assert asked.question is not None  # noqa: S101  # checked by `act`
    asked.session.skip(asked.question)
    return Outcome(_("Left for later."))


def comment(asked: Asked) -> Outcome:
    """Keep a comment on a question or the project."""
    if not asked.why:
        raise TypedError("why", "write the comment first")
    change = COMMENT + asked.question.key if asked.question else ""
    home = asked.evidence[0].record if asked.evidence else ""
    draft = Draft(asked.subject, "comment", asked.evidence, None, None, change, asked.why, home)
    asked.session.decide(asked.project, [draft], _("a comment"))
    return Outcome(_("Comment kept."))
