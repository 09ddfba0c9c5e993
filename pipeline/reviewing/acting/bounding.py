"""What a person says of the boundaries of projects."""

from pipeline.comparing.models import Place
from pipeline.messages import _
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.acting.asked import Asked, NotPossibleError, Outcome
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.facts import title_place
from pipeline.reviewing.typed.wrong import TypedError


def split(asked: Asked) -> Outcome:
    """Make two projects of one: the second begins at the selected words."""
    record, place = asked.selection(may_be_empty=True)
    title = asked.get("title")
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the second project begins with")
    if not title:
        raise TypedError("title", "write the title of the second project")
    return _boundary(asked, record, place, {"operation": "split", "title": title}, _("split"))


def move(asked: Asked) -> Outcome:
    """Let the next project begin at the selected words."""
    record, place = asked.selection(may_be_empty=True)
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the next project begins with")
    after = {"operation": "move", "to": "next"}
    return _boundary(asked, record, place, after, _("boundary moved"), _next_to(asked, record))


def join(asked: Asked) -> Outcome:
    """Make one project of this one and the next."""
    if not asked.news:
        raise NotPossibleError("there is nothing to join")
    record = asked.news[-1]
    words = _("joined with the next project")
    return _boundary(asked, record, title_place(record), {"operation": "merge"}, words, _next_to(asked, record))


def _next_to(asked: Asked, record: ProjectRecord) -> ProjectRecord:
    """Return the record of the project that comes after one."""
    records = list(asked.project.annex.new.values())
    number = next(number for number, one in enumerate(records) if one.id == record.id)
    if number + 1 == len(records):
        raise NotPossibleError("no project comes after this one")
    return records[number + 1]


def _boundary(
    asked: Asked,
    record: ProjectRecord,
    place: Place,
    after: dict[str, str],
    words: str,
    other: ProjectRecord | None = None,
) -> Outcome:
    """Decide on a boundary: by the point where it is to be, or the title of the project, then that of the other."""
    home = asked.records.get(record.id, record)
    point = place.model_copy(update={"end": place.start, "text": ""}) if place.field == "text" else title_place(home)
    evidence = evidence_of(home, [point])
    if other is not None:
        evidence += evidence_of(other, [title_place(other)])
    draft = Draft("boundary", "correct", tuple(evidence), None, after, "", asked.why, record.id)
    return asked.write([draft], words)
