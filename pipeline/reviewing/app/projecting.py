"""A project under review: its questions, what it says, its text and pages, and everything that can be done with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.comparing.words import PAIR_KINDS, old_title, pair_title
from pipeline.messages import _
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.app.asking import answer_of, comments_on, place_view, question_view
from pipeline.reviewing.app.desk import PROJECT_STATES, Desk, Failed
from pipeline.reviewing.app.forms import Forms
from pipeline.reviewing.app.marking import Asked, boxes_on, text_view
from pipeline.reviewing.app.views import Choice, FactView, Form, PictureView, ProjectPage, QuestionView, RecordView
from pipeline.reviewing.facts import Fact, facts_of
from pipeline.reviewing.questions import Question
from pipeline.reviewing.session import Project
from pipeline.showing.values import KINDS, value_detail, value_words
from pipeline.showing.words import SURE, confidence_words, pages_words


def project_page(desk: Desk, project: Project, wanted: str = "") -> ProjectPage:
    """Return the page of a project.

    Parameters
    ----------
    wanted
        Key of the question to look at first.
    """
    session = desk.session
    failed = desk.take_failed(project)
    on_text = failed if failed is not None and not failed.question and not failed.fact else None
    frame = desk.frame(pair_title(project.pair))
    session.seen(project)
    news = session.effective(project)
    forms = Forms(session, project, news)
    questions = [_question(desk, project, one, forms, failed) for one in project.questions]
    keys = {one.key: one for one in questions}
    left = [one.key for one in questions if one.state == "open"] or [one.key for one in questions if one.is_open]
    current = wanted if wanted in keys else next(iter(left), "")
    asked = dict(_asked(desk, project, is_new=True))
    state = desk.project_state(project)
    return ProjectPage(
        frame=frame,
        number=project.number,
        of=len(session.projects),
        previous=project.number - 1 if project.number else None,
        next=project.number + 1 if project.number + 1 < len(session.projects) else None,
        next_open=_next_open(desk, project),
        record=project.record,
        title=" + ".join(one.title for one in news) or pair_title(project.pair),
        old_title=old_title(project.pair),
        annex=project.annex.name,
        kinds=[(kind, _(PAIR_KINDS[kind])) for kind in project.pair.kinds],
        state=state,
        state_words=_(PROJECT_STATES[state]),
        open=len(session.open_questions(project)),
        questions=questions,
        current=current,
        facts=[
            _fact(desk, project, record, fact, asked, forms, failed) for record in news for fact in facts_of(record)
        ],
        new=[_record(desk, record, asked, is_new=True) for record in news],
        old=[_record(desk, record, dict(_asked(desk, project, is_new=False)), is_new=False) for record in project.olds],
        adding=_shown(forms.adding(), on_text),
        arranging=_shown(forms.arranging(), on_text),
        comments=[answer_of(desk, one) for one in comments_on(desk, project, None)],
    )


def _question(desk: Desk, project: Project, question: Question, forms: Forms, failed: Failed | None) -> QuestionView:
    mine = failed if failed is not None and failed.question == question.key else None
    view = question_view(
        desk,
        project,
        question,
        candidates=forms.candidates(question),
        error=mine.errors.get("", "") if mine else "",
    )
    return replace(view, forms=_shown(forms.of_question(question), mine))


def _fact(
    desk: Desk,
    project: Project,
    record: ProjectRecord,
    fact: Fact,
    asked: Asked,
    forms: Forms,
    failed: Failed | None,
) -> FactView:
    places = [(record.id, place.field, place.start, place.end) for place in fact.side.places]
    question = next((asked[place][0] for place in places if place in asked), "")
    decided = set(record.decisions)
    about = (one for one in desk.session.decisions_on(project) if one.id in decided and one.subject == fact.kind)
    is_decided = any(
        piece.text == place.text and piece.field == place.field
        for one in about
        for piece in one.evidence
        for place in fact.side.places
    )
    mine = failed if failed is not None and failed.fact == fact.key else None
    return FactView(
        key=fact.key,
        kind=fact.kind,  # type: ignore[arg-type]  # a fact is never a wording or a warning
        kind_words=_(KINDS[fact.kind]),
        words=value_words(fact.kind, fact.side.value),
        detail=value_detail(fact.kind, fact.side.value),
        confidence=confidence_words(fact.confidence) if fact.confidence < 1 else "",
        is_decided=is_decided,
        is_doubtful=fact.confidence < SURE and not is_decided,
        places=[place_view(record, place, is_new=True) for place in fact.side.places],
        question=question,
        forms=_shown(forms.of_fact(fact, record), mine),
    )


def _record(desk: Desk, record: ProjectRecord, asked: Asked, *, is_new: bool) -> RecordView:
    source = record.annex.source
    pages = _("{file}, p. {pages}").format(file=source.file, pages=pages_words(record.pages))
    sheets, note = desk.pictures.of(record)
    pictures = [
        PictureView(
            one.url, one.page, one.width, one.height, "new" if is_new else "old", boxes_on(record, one.page, asked)
        )
        for one in sheets
    ]
    return RecordView(
        side="new" if is_new else "old",
        record=record.id,
        ordinal=record.ordinal,
        source=pages if record.pages else source.file,
        title=text_view(record, "title", asked),
        text=text_view(record, "text", asked),
        footnotes=[(note.marker, note.text) for note in record.footnotes],
        pictures=pictures,
        note=note,
    )


def _asked(
    desk: Desk, project: Project, *, is_new: bool
) -> Iterator[tuple[tuple[str, str, int, int], tuple[str, bool]]]:
    """Give the places that questions are about, with the key of each, the first question about a place last."""
    for question in reversed(project.questions):
        side = question.new if is_new else question.old
        if side is None or question.subject in {"text", "warning", "project"}:
            continue
        is_open = desk.session.answer(project, question) is None
        places = side.places[:1] if question.subject == "role" else side.places
        for place in places:
            yield (side.record, place.field, place.start, place.end), (question.key, is_open)


def _next_open(desk: Desk, project: Project) -> int | None:
    projects: Sequence[Project] = desk.session.projects
    around = [*projects[project.number + 1 :], *projects[: project.number]]
    return next((one.number for one in around if desk.session.open_questions(one)), None)


def _shown(forms: Iterable[Form], failed: Failed | None) -> list[Form]:
    """Return forms; the one that could not be done with what was typed and what is wrong with it."""
    return [_refilled(form, failed) if failed and failed.action == form.action else form for form in forms]


def _refilled(form: Form, failed: Failed) -> Form:
    inputs = [
        replace(
            one,
            value=failed.fields.get(one.name, one.value),
            choices=[_rechosen(choice, failed.fields.get(one.name)) for choice in one.choices],
            is_wrong=one.name in failed.errors,
        )
        for one in form.inputs
    ]
    return replace(form, inputs=inputs, words=failed.fields.get("words", ""), error=" ".join(failed.errors.values()))


def _rechosen(choice: Choice, chosen: str | None) -> Choice:
    return choice if chosen is None else replace(choice, is_chosen=choice.value == chosen)
