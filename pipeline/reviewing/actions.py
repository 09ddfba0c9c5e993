"""What a person does on a page, as decisions: each action reads its fields, and writes what was decided or nothing."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from pipeline.comparing.models import Place
from pipeline.errors import AnnexError, ToldError
from pipeline.messages import _, ngettext, told
from pipeline.overlay.changes import ChangeError, find_body, holder_of
from pipeline.records.models import ProjectRecord, TextField
from pipeline.records.slugs import slug
from pipeline.register import Organisation, name_key
from pipeline.reviewing import overlaying
from pipeline.reviewing.deciding import Draft, accepted, corrected, rejected
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Evidence, Subject
from pipeline.reviewing.facts import Fact, facts_of, title_place
from pipeline.reviewing.questions import Question, Value
from pipeline.reviewing.session import MeantimeError, Project, Session
from pipeline.reviewing.typed.dates import typed_date, typed_day
from pipeline.reviewing.typed.figures import typed_figure
from pipeline.reviewing.typed.wrong import TypedError
from pipeline.showing.values import KINDS, value_words
from pipeline.showing.words import LOCATION_KINDS, ORGANISATION_KINDS, ROLES

Fields = Mapping[str, str]

COMMENT = "comment:"
"""What begins `Decision.change` of a comment on a question; its key comes after."""
_LONGEST = 2000
"""Code points of a reason or comment that are kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action."""

    words: str = ""
    """What was done, for the person; empty where it could not be."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by the name of the field; the empty name is for the whole."""

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.errors


class NotPossibleError(ToldError):
    """What was asked cannot be done; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an action is about."""

    session: Session
    project: Project
    action: str
    fields: Fields
    question: Question | None
    fact: Fact | None
    news: Sequence[ProjectRecord]
    """The new records of the project as they would be published now."""

    def get(self, name: str) -> str:
        return " ".join(self.fields.get(name, "").split())[:_LONGEST]

    @property
    def why(self) -> str:
        return self.get("why")

    @property
    def value(self) -> Value:
        """What the question or fact says now."""
        side = self.fact.side if self.fact else self.question and (self.question.new or self.question.old)
        return dict(side.value) if side else None

    @property
    def subject(self) -> Subject:
        if self.fact is not None:
            return self.fact.kind
        return self.question.subject if self.question else "project"

    @property
    def records(self) -> dict[str, ProjectRecord]:
        """The records of both sides by id, the new ones as they were extracted: evidence is of these."""
        return {one.id: one for one in (*self.project.olds, *self.news, *self.project.news)}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the question or fact stands."""
        if self.fact is not None:
            record = self.records[self.fact.side.record]
            places = [] if self.fact.kind == "title" else self.fact.side.places  # of the title as it was extracted
            return tuple(evidence_of(record, places or [title_place(record)]))
        if self.question is not None:
            return tuple(
                piece for home, place in self.question.evidence for piece in evidence_of(self.records[home], [place])
            )
        record = self.records[self.project.record]
        return tuple(evidence_of(record, [title_place(record)]))

    def selection(self, *, may_be_empty: bool = False) -> tuple[ProjectRecord, Place]:
        """Return the words that are selected.

        Raises
        ------
        NotPossibleError
            When none are, or they do not stand there.
        """
        record = next((one for one in self.news if one.id == self.fields.get("in", "")), None)
        where: TextField = "title" if self.fields.get("field") == "title" else "text"
        try:
            start, end = int(self.fields.get("start", "")), int(self.fields.get("end", ""))
        except ValueError:
            record = None
        if record is None:
            raise NotPossibleError("select the words in the text first")
        text = record.title if where == "title" else record.text
        if where == "title" and text != self.records[record.id].title:
            raise NotPossibleError("words of a corrected title cannot be marked; take the correction back first")
        start, end = _trimmed(text, start, end)
        if not 0 <= start <= end <= len(text) or (start == end and not may_be_empty):
            raise NotPossibleError("select the words in the text first")
        page = record.pages[0] if len(record.pages) == 1 else None
        return record, Place(
            field=where, start=start, end=end, text=text[start:end], page=page, boxes=[], next_page_boxes=[]
        )

    def draft(self, action: str, after: Value) -> Draft:
        """Return a decision on the question or fact."""
        if self.fact is None and self.question is not None:
            if action == "correct":
                return corrected(self.question, self.records, after, self.why)
            return rejected(self.question, self.records, self.project.news, self.why)
        made = "correct" if after is not None else "reject"
        home = self.fact.side.record if self.fact else ""
        return Draft(self.subject, made, self.evidence, self.value, after, "", self.why, home)  # type: ignore[arg-type]

    def write(self, drafts: Sequence[Draft], words: str) -> Outcome:
        """Write decisions, told in words, where the records can say what was decided.

        Raises
        ------
        NotPossibleError
            When they cannot: nothing was written.
        """
        for draft in drafts:
            if not self.session.can_hold(self.project, draft):
                raise NotPossibleError("no record can say that of these words; nothing was decided")
        written = self.session.decide(self.project, drafts, words, self.question)
        return Outcome(words if written else _("That was decided already."))


def act(session: Session, project: Project, action: str, fields: Fields) -> Outcome:
    """Do what a person asks, wholly or not at all.

    Parameters
    ----------
    action
        ``accept``, ``reject``, ``skip``, ``correct``, ``alias``, ``body``, ``deny``, ``merge``, ``role``, ``redraw``,
        ``remove``, ``add-…``, ``split``, ``join``, ``move``, ``comment``.
    fields
        What was typed: ``question`` or ``fact`` is the key of what it is about; ``in``, ``field``, ``start`` and
        ``end`` (code points) are the selection; ``why`` the reason; the others are those of the form.
    """
    question = next((one for one in project.questions if one.key == fields.get("question")), None)
    news = session.effective(project)
    fact = next((f for one in news for f in facts_of(one) if f.key == fields.get("fact")), None)
    if (fields.get("question") and question is None) or (fields.get("fact") and fact is None):
        return Outcome(errors={"": _("This has changed in the meantime; look at it again.")})
    by = _ACTIONS.get(action) or (_add if action in _ADDING else None)
    if by is None or (action in _ON_QUESTIONS and question is None):
        return Outcome(errors={"": _("There is no such action.")})
    asked = _Asked(session, project, action, fields, question, fact, news)
    try:
        return by(asked)
    except TypedError as error:
        return Outcome(errors={error.field: told(error)})
    except MeantimeError as error:
        return Outcome(errors={"": told(error)})
    except (NotPossibleError, ChangeError) as error:
        return Outcome(errors={"": told(error)})
    except AnnexError as error:
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
    drafts = [(project, accepted(one, {r.id: r for r in (*project.olds, *project.news)})) for project, one in found]
    words = ngettext("{count} question accepted", "{count} questions accepted", count).format(count=count)
    try:
        session.decide_all(drafts, words)
    except AnnexError as error:
        return Outcome(errors={"": told(error)})
    return Outcome(words)


def _accept(asked: _Asked) -> Outcome:
    assert asked.question is not None  # noqa: S101  # checked by `act`
    return asked.write([accepted(asked.question, asked.records, asked.why)], _said(asked, _("accepted")))


def _reject(asked: _Asked) -> Outcome:
    assert asked.question is not None  # noqa: S101  # checked by `act`
    if not asked.question.can_reject:
        raise NotPossibleError("the old version cannot hold: its words are gone")
    draft = rejected(asked.question, asked.records, asked.project.news, asked.why)
    return asked.write([draft], _said(asked, _("rejected")))


def _skip(asked: _Asked) -> Outcome:
    assert asked.question is not None  # noqa: S101  # checked by `act`
    asked.session.skip(asked.question)
    return Outcome(_("Left for later."))


def _comment(asked: _Asked) -> Outcome:
    if not asked.why:
        raise TypedError("why", "write the comment first")
    change = COMMENT + asked.question.key if asked.question else ""
    home = asked.evidence[0].record if asked.evidence else ""
    draft = Draft(asked.subject, "comment", asked.evidence, None, None, change, asked.why, home)
    asked.session.decide(asked.project, [draft], _("a comment"))
    return Outcome(_("Comment kept."))


def _correct(asked: _Asked) -> Outcome:
    value = asked.value
    if value is None or (asked.fact is None and asked.question is not None and asked.question.is_old):
        raise NotPossibleError("there is nothing to correct")
    after = _typed(asked, asked.subject, value)
    words = _("{kind} corrected: {value}").format(kind=_(KINDS[asked.subject]), value=value_words(asked.subject, after))
    return asked.write([asked.draft("correct", after)], words)


def _remove(asked: _Asked) -> Outcome:
    if asked.fact is None:
        raise NotPossibleError("choose what is to be taken out first")
    return asked.write([asked.draft("reject", None)], _said(asked, _("taken out")))


def _merge(asked: _Asked) -> Outcome:
    into = next(
        (
            one
            for record in asked.news
            for one in facts_of(record)
            if one.kind == "organisation" and one.side.value["name"] == asked.get("into")
        ),
        None,
    )
    if into is None or asked.subject != "organisation" or into.side.value == asked.value:
        raise TypedError("into", "choose the organisation that it is the same as")
    return asked.write([asked.draft("correct", dict(into.side.value))], _said(asked, _("merged")))


def _alias(asked: _Asked) -> Outcome:
    name = _named(asked)
    try:
        body = find_body(asked.session.register, asked.get("body"))
    except ChangeError as error:
        raise TypedError("body", error.template, **error.values) from None
    after = {**_linked(body), "link": "alias"}
    words = _("{name} is another name of {body}").format(name=name, body=body.name)
    return _everywhere(asked, name, after, words, lambda: overlaying.alias(asked.session.config, body.id, name))


def _body(asked: _Asked) -> Outcome:
    """Add a body to the register: from now on the organisation is known."""
    form = _named(asked)
    name = asked.get("name") or form
    kind = _chosen(asked, "kind", ORGANISATION_KINDS)
    if not name_key(name):
        raise TypedError("name", "a name needs a letter or digit")
    body = Organisation(slug(name), name, kind, () if name == form else (form,), ())
    after = {**_linked(body), "link": "exact" if name == form else "alias"}
    words = _("{name} is in the register from now on").format(name=name)
    return _everywhere(asked, form, after, words, lambda: overlaying.body(asked.session.config, body))


def _deny(asked: _Asked) -> Outcome:
    name = _named(asked)
    words = _("{name} is no organisation").format(name=name)
    return _everywhere(asked, name, None, words, lambda: overlaying.deny(asked.session.config, name, asked.why))


def _named(asked: _Asked) -> str:
    """Return the name of the organisation that an action is about."""
    if asked.subject != "organisation" or asked.value is None:
        raise NotPossibleError("choose an organisation first")
    return str(asked.value["name"])


def _everywhere(asked: _Asked, name: str, after: Value, words: str, keep: Callable[[], overlaying.Kept]) -> Outcome:
    """Decide the same of a name wherever this run has it, so that it is asked of once.

    Parameters
    ----------
    keep
        Writes it to the steward's overlay.
    """
    if asked.question is not None:
        asked.session.heed_others(asked.project, asked.question)
    drafts: list[tuple[Project, Draft]] = []
    for project in asked.session.projects:
        for record in asked.news if project is asked.project else project.news:
            for fact in facts_of(record):
                if fact.kind == "organisation" and fact.side.value["name"] == name:
                    about = _Asked(asked.session, project, asked.action, asked.fields, None, fact, [record])
                    drafts.append((project, about.draft("", after)))
    kept = keep()
    try:
        asked.session.decide_all(drafts, words, kept)
    except AnnexError:
        overlaying.take_back(kept)
        raise
    return Outcome(words)


def _role(asked: _Asked) -> Outcome:
    """Give an organisation another role: by the selected words, else by the first place where it is named."""
    if asked.fact is None or asked.fact.kind != "organisation":
        raise NotPossibleError("choose an organisation first")
    after = {"organisation": asked.fact.side.value["name"], "role": _chosen(asked, "role", ROLES)}
    mentions = asked.fact.side.places
    if asked.fields.get("start"):
        record, cue = asked.selection()
    else:
        record, cue = asked.records[asked.fact.side.record], mentions[0]
    if record.id != asked.fact.side.record:
        raise NotPossibleError("select the words in the text first")
    evidence = tuple(evidence_of(asked.records[record.id], [cue, *mentions]))
    draft = Draft("role", "add", evidence, None, after, "", asked.why, record.id)
    return asked.write([draft], _added("role"))


def _redraw(asked: _Asked) -> Outcome:
    fact = asked.fact
    if fact is None or fact.kind not in {"organisation", "location", "date", "figure"}:
        raise NotPossibleError("choose what is to be drawn anew first")
    record, place = asked.selection()
    touched = [one for one in fact.side.places if one.field == place.field and _touch(one, place)]
    if not touched or record.id != fact.side.record:
        raise NotPossibleError("select words that overlap what stands there now; to add another place, add it")
    after = dict(fact.side.value)
    if fact.kind == "figure":
        with suppress(TypedError):  # it keeps what it meant: words may say their number elsewhere
            after = typed_figure({"value": place.text, "value_max": "", "comparator": "="}, after)
    elif fact.kind == "date":
        with suppress(TypedError):  # it then keeps what it meant: a date may take its year from elsewhere
            after = typed_date(place.text, after.get("role") or "")
    others = [one for one in fact.side.places if one not in touched]
    places = sorted([*others, place], key=lambda one: (one.field == "text", one.start))
    home = asked.records.get(record.id, record)
    evidence = tuple(evidence_of(home, places))
    draft = Draft(fact.kind, "correct", evidence, dict(fact.side.value), after, "", asked.why, record.id)
    return asked.write([draft], _said(asked, _("drawn anew")))


def _add(asked: _Asked) -> Outcome:
    subject: Subject = asked.action.removeprefix(_ADD)  # type: ignore[assignment]  # one of `_ADDING`
    record, place = asked.selection()
    home = asked.records.get(record.id, record)
    if subject in {"date", "figure", "role", "footnote"} and place.field == "title":
        raise NotPossibleError("only organisations and places are looked for in titles; select words of the text")
    places = [place]
    if subject == "role":
        holder = next((one for one in record.organisations if one.name == asked.get("organisation")), None)
        if holder is None:
            raise TypedError("organisation", "choose an organisation of this project")
        after: Value = {"organisation": holder.name, "role": _chosen(asked, "role", ROLES)}
        places += [Place(**one.model_dump()) for one in holder.mentions]
    else:
        after = _typed(asked, subject, None, place.text)
    draft = Draft(subject, "add", tuple(evidence_of(home, places)), None, after, "", asked.why, record.id)
    return asked.write([draft], _added(subject))


def _split(asked: _Asked) -> Outcome:
    record, place = asked.selection(may_be_empty=True)
    title = asked.get("title")
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the second project begins with")
    if not title:
        raise TypedError("title", "write the title of the second project")
    return _boundary(asked, record, place, {"operation": "split", "title": title}, _("split"))


def _move(asked: _Asked) -> Outcome:
    record, place = asked.selection(may_be_empty=True)
    if place.field != "text" or place.start == 0:
        raise NotPossibleError("select the words of the text that the next project begins with")
    after = {"operation": "move", "to": "next"}
    return _boundary(asked, record, place, after, _("boundary moved"), _next_to(asked, record))


def _join(asked: _Asked) -> Outcome:
    if not asked.news:
        raise NotPossibleError("there is nothing to join")
    record = asked.news[-1]
    words = _("joined with the next project")
    return _boundary(asked, record, title_place(record), {"operation": "merge"}, words, _next_to(asked, record))


def _next_to(asked: _Asked, record: ProjectRecord) -> ProjectRecord:
    """Return the record of the project that comes after one."""
    records = list(asked.project.annex.new.values())
    number = next(number for number, one in enumerate(records) if one.id == record.id)
    if number + 1 == len(records):
        raise NotPossibleError("no project comes after this one")
    return records[number + 1]


def _boundary(
    asked: _Asked,
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


def _typed(asked: _Asked, subject: str, value: Value, selected: str = "") -> dict[str, object]:
    """Return what was typed as a value; fields that were left as they were shown leave the value as it was."""
    said = value or {}
    match subject:
        case "title":
            if not asked.get("title"):
                raise TypedError("title", "a title is not empty")
            return {"title": _left(asked, "title", said)}
        case "organisation":
            return _organisation(asked, said, asked.get("name") or (selected if value is None else ""))
        case "role":
            return {
                "organisation": said.get("organisation", asked.get("organisation")),
                "role": _chosen(asked, "role", ROLES),
            }
        case "date":
            return typed_date(asked.get("date") or selected, asked.get("role"), value)
        case "figure":
            number = {"value": selected} if value is None and not asked.get("value") else {}
            return typed_figure({**asked.fields, **number}, value)
        case "location":
            name = asked.get("name") or (selected if value is None else "")
            if not name:
                raise TypedError("name", "a name is not empty")
            return {"name": name, "kind": _chosen(asked, "kind", LOCATION_KINDS)}
        case "period":
            days = {name: typed_day(name, asked.get(name)) for name in ("earliest", "latest")}
            if days["earliest"] and days["latest"] and days["earliest"] > days["latest"]:
                raise TypedError("latest", "the last day is before the first one")
            return dict(days)
        case "footnote":
            if not asked.get("marker") or not (asked.get("text") or selected):
                raise TypedError("marker", "write the marker and the text of the footnote")
            return {"marker": _left(asked, "marker", said), "text": _left(asked, "text", said) or selected}
        case _:
            raise NotPossibleError("there is nothing to correct")


def _organisation(asked: _Asked, said: Mapping[str, object], name: str) -> dict[str, object]:
    if not name:
        raise TypedError("name", "a name is not empty")
    kind = _chosen(asked, "kind", ORGANISATION_KINDS) if asked.get("kind") else None
    if name == said.get("name"):
        return {**said, "kind": kind or said.get("kind")}
    body = holder_of(asked.session.register, name)
    if body is None:
        body = next((one for one in asked.session.register.organisations if one.id == name), None)
    if body is not None:
        return _linked(body)
    return {"name": name, "register_id": None, "kind": kind, "status": "new", "link": "none"}


def _left(asked: _Asked, name: str, said: Mapping[str, object]) -> str:
    """Return what was typed in a field; what was left as it was shown keeps its spaces, and its length."""
    before = str(said.get(name, ""))
    typed = asked.get(name)
    return before if " ".join(before.split())[:_LONGEST] == typed else typed


def _chosen(asked: _Asked, name: str, known: Mapping[str, str]) -> str:
    """Return what was chosen in a field."""
    chosen = asked.get(name)
    if chosen not in known:
        raise TypedError(name, "choose one of the list")
    return chosen


def _linked(body: Organisation) -> dict[str, object]:
    return {"name": body.name, "register_id": body.id, "kind": body.kind, "status": "known", "link": "exact"}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a selection without the white space at its ends."""
    while start < end <= len(text) and text[start].isspace():
        start += 1
    while start < end <= len(text) and text[end - 1].isspace():
        end -= 1
    return start, end


def _touch(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _said(asked: _Asked, done: str) -> str:
    return f"{_(KINDS[asked.subject])}: {done}"


def _added(subject: str) -> str:
    return _("{kind}: added").format(kind=_(KINDS[subject]))


_ADD = "add-"
"""What begins the name of an action that adds; what it adds comes after."""
_ADDING = frozenset(_ADD + kind for kind in ("organisation", "location", "date", "figure", "role", "footnote"))
_ON_QUESTIONS = frozenset({"accept", "reject", "skip"})
_ACTIONS: Mapping[str, Callable[[_Asked], Outcome]] = {
    "accept": _accept,
    "reject": _reject,
    "skip": _skip,
    "comment": _comment,
    "correct": _correct,
    "remove": _remove,
    "merge": _merge,
    "alias": _alias,
    "body": _body,
    "deny": _deny,
    "role": _role,
    "redraw": _redraw,
    "split": _split,
    "move": _move,
    "join": _join,
}
