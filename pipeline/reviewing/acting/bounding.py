"""What a person says of the boundaries of projects."""

from pipeline.messages import _
from pipeline.reviewing.acting.asked import Asked, NotPossibleError, Outcome
from pipeline.reviewing.boundaries import merge_draft, move_draft, split_draft
from pipeline.reviewing.typed.wrong import TypedError


def split(asked: Asked) -> Outcome:
    """Make two projects of one: the second begins at the selected words."""
    record, place = asked.selection(begins=True)
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the second project begins with")
    if not asked.get("title"):
        raise TypedError("title", "write the title of the second project")
    settled = asked.project.annex.settled
    return asked.write([split_draft(settled, record.id, place.start, asked.get("title"), asked.why)], _("split"))


def move(asked: Asked) -> Outcome:
    """Let the next project begin at the selected words."""
    record, place = asked.selection(begins=True)
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the next project begins with")
    draft = move_draft(asked.project.annex.settled, record.id, place.start, "next", asked.why)
    return asked.write([draft], _("boundary moved"))


def move_back(asked: Asked) -> Outcome:
    """Let this project begin at the selected words: what stands in front of them is of the one before."""
    record, place = asked.selection(begins=True)
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that this project begins with")
    draft = move_draft(asked.project.annex.settled, record.id, place.start, "previous", asked.why)
    return asked.write([draft], _("boundary moved"))


def join(asked: Asked) -> Outcome:
    """Make one project of this one and the next."""
    if not asked.news:
        raise NotPossibleError("there is nothing to join")
    draft = merge_draft(asked.project.annex.settled, asked.news[-1].id, asked.why)
    return asked.write([draft], _("joined with the next project"))
