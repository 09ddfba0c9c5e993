"""What the pages of one review share: the session, what to tell next, and what an answer is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.messages import N_, _
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.app.picturing import Pictures
from pipeline.reviewing.app.views import Frame, Notice, Progress, ProjectState
from pipeline.reviewing.questions import State
from pipeline.reviewing.session import Project, Session

STATES: Mapping[State, str] = {
    "open": N_("open"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
    "corrected": N_("corrected"),
    "skipped": N_("skipped"),
}
PROJECT_STATES: Mapping[ProjectState, str] = {
    "open": N_("to do"),
    "ready": N_("ready to publish"),
    "published": N_("published"),
    "unchanged": N_("unchanged"),
}


@dataclass(frozen=True, slots=True)
class Failed:
    """What a person sent and could not be done, to be shown with what they typed."""

    project: int
    action: str
    question: str
    fact: str
    fields: Mapping[str, str]
    errors: Mapping[str, str]
    """By the name of the field; the empty name is for the whole."""


@dataclass(slots=True)
class Desk:
    """One person's review, as the pages show it.

    Parameters
    ----------
    session
        The review.
    language
        That of all pages.
    csrf
        What goes with every POST.
    """

    session: Session
    language: str
    csrf: str
    notice: Notice | None = None
    failed: Failed | None = None
    pictures: Pictures = field(init=False)

    def __post_init__(self) -> None:
        """Have the pages of its sources at hand."""
        self.pictures = Pictures(self.session)

    def frame(self, title: str) -> Frame:
        """Return what stands around a page, with the notice, which is told once."""
        notice, self.notice = self.notice, None
        if self.session.refresh() and notice is None:
            notice = Notice(_("Others have decided something in the meantime; it is shown here."))
        last = self.session.last
        return Frame(
            title=title,
            language=self.language,
            user=self.session.user,
            csrf=self.csrf,
            progress=self.progress(),
            notice=notice,
            undo=last.words if last else "",
        )

    def take_failed(self, project: Project) -> Failed | None:
        """Return what could not be done on a project, once."""
        failed, self.failed = self.failed, None
        return failed if failed is not None and failed.project == project.number else None

    def progress(self) -> Progress:
        """Return how far the review is."""
        projects = self.session.projects
        asked = sum(len(one.questions) for one in projects)
        left = [len(self.session.open_questions(one)) for one in projects]
        return Progress(asked, asked - sum(left), len(projects), sum(count == 0 for count in left))

    def project_state(self, project: Project) -> ProjectState:
        """Return how far a project is."""
        if self.session.open_questions(project):
            return "open"
        if not project.questions and not self.session.decisions_on(project):
            return "unchanged"
        return "published" if self._is_published(project) else "ready"

    def _is_published(self, project: Project) -> bool:
        made = self.session.effective(project)
        return [_content(one) for one in made] == [_content(one) for one in project.olds]


def _content(record: ProjectRecord) -> object:
    """Return what a record says, whatever its number in the annex and where on the page it says it."""
    made = record.model_dump(exclude={"id", "ordinal", "annex"})
    return _without_boxes(made)


def _without_boxes(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_boxes(one) for key, one in value.items() if key not in {"boxes", "next_page_boxes"}}
    return [_without_boxes(one) for one in value] if isinstance(value, list) else value
