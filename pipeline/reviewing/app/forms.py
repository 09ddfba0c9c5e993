"""What a person can fill in about a question, a fact or the text: the forms of a project's page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.linking.nearest import nearest
from pipeline.messages import N_, _
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.app.views import Candidate, Choice, Form, Input
from pipeline.reviewing.facts import Fact
from pipeline.reviewing.questions import Question
from pipeline.reviewing.session import Project, Session
from pipeline.reviewing.typed.dates import shown_date
from pipeline.reviewing.typed.figures import shown_figure
from pipeline.showing.words import (
    DATE_ROLES,
    FIGURE_KINDS,
    LOCATION_KINDS,
    ORGANISATION_KINDS,
    ROLES,
    ratio_words,
)

COMPARATORS: Mapping[str, str] = {
    "=": N_("exactly"),
    "~": N_("about"),
    ">": N_("more than"),
    ">=": N_("at least"),
    "<": N_("less than"),
    "<=": N_("at most"),
}
_CANDIDATES = 5
_CORRECTABLE = frozenset({"title", "organisation", "role", "date", "figure", "location", "period", "footnote"})
_FIELDS_OF_ADDED: Sequence[str] = ("organisation", "location", "date", "figure", "role", "footnote")
_ADD: Mapping[str, str] = {
    "organisation": N_("Add an organisation"),
    "location": N_("Add a place"),
    "date": N_("Add a date"),
    "figure": N_("Add a figure"),
    "role": N_("Add a role"),
    "footnote": N_("Add a footnote"),
}
_REMOVE: Mapping[str, str] = {
    "organisation": N_("Is no organisation here"),
    "role": N_("Has no such role"),
    "date": N_("Is no date"),
    "figure": N_("Is no figure"),
    "location": N_("Is no place"),
    "footnote": N_("Is no footnote"),
}


class Forms:
    """The forms of one project.

    Parameters
    ----------
    news
        Its new records as they would be published.
    """

    def __init__(self, session: Session, project: Project, news: Sequence[ProjectRecord]) -> None:
        self._session = session
        self._project = project
        self._news = news

    def of_question(self, question: Question) -> list[Form]:
        """Return what can be done with a question besides accepting, rejecting and skipping it."""
        forms = []
        side = question.new or question.old
        if question.subject in _CORRECTABLE and question.what != "removed" and side is not None:
            value = side.value
            inputs = self._inputs(question.subject, value)
            forms.append(Form("correct", _("Correct"), question=question.key, inputs=[*inputs, _why()]))
            if question.subject == "organisation":
                forms += self._naming(value, question=question.key)
        forms.append(Form("comment", _("Comment"), question=question.key, inputs=[_comment()]))
        return forms

    def of_fact(self, fact: Fact, record: ProjectRecord) -> list[Form]:
        """Return what can be done with what a record says."""
        value = fact.side.value
        forms = []
        if fact.kind in _CORRECTABLE:
            inputs = self._inputs(fact.kind, value)
            forms.append(Form("correct", _("Correct"), fact=fact.key, inputs=[*inputs, _why()]))
        if fact.kind == "organisation":
            forms += self._naming(value, fact=fact.key)
            others = [one.name for one in record.organisations if one.name != value["name"]]
            if others:
                choices = [Choice(name, name) for name in others]
                into = Input("into", _("the same as"), "select", choices=choices)
                forms.append(Form("merge", _("Merge"), fact=fact.key, inputs=[into, _why()]))
            role = Input("role", _("role"), "select", choices=_chosen(ROLES, "executor"))
            forms.append(Form("role", _("Add a role"), fact=fact.key, inputs=[role, _why()]))
        if fact.kind in {"organisation", "location", "date", "figure"}:
            forms.append(Form("redraw", _("Redraw: take the selected words"), fact=fact.key, wants_selection=True))
        if fact.kind in _REMOVE:
            forms.append(Form("remove", _(_REMOVE[fact.kind]), fact=fact.key, inputs=[_why()]))
        return forms

    def adding(self) -> list[Form]:
        """Return the forms for what was missed."""
        return list(self._adding()) if self._news else []

    def arranging(self) -> list[Form]:
        """Return the forms that make of the project two, or one with the next, or move its boundary."""
        if not self._news:
            return [self._commenting()]
        last = self._news[-1].id
        annex = list(self._project.annex.new)
        has_next = last in annex and annex.index(last) + 1 < len(annex)
        title = Input("title", _("title of the second project"), "text", help=_("as it should be called"))
        forms = [
            Form("split", _("Split: a project begins at the selected words"), inputs=[title], wants_selection=True)
        ]
        if has_next:
            forms += [
                Form("join", _("Join with the next project"), inputs=[_why()]),
                Form(
                    "move", _("Move the boundary: the next project begins at the selected words"), wants_selection=True
                ),
            ]
        if self._news[0].id in annex[1:]:
            begins = _("Move the boundary: this project begins at the selected words")
            forms.append(Form("move-back", begins, wants_selection=True))
        return [*forms, self._commenting()]

    def candidates(self, question: Question) -> list[Candidate]:
        """Return the bodies of the register that a new organisation may be, the likeliest first."""
        value = question.new.value if question.new else {}
        if question.subject != "organisation" or value.get("status") != "new":
            return []
        register = self._session.register
        return [
            Candidate(
                id=one.body.id,
                name=one.body.name,
                words=_body_words(one.body.kind, one.body.valid_until),
                form=one.form,
                likeness=ratio_words(one.likeness, 2),
            )
            for one in nearest(str(value["name"]), register, limit=_CANDIDATES)
        ]

    def _naming(self, value: Mapping[str, Any], *, question: str = "", fact: str = "") -> list[Form]:
        """Return what can be said of a name wherever it stands; it goes to the steward's overlay."""
        name = str(value["name"])
        body = Input(
            "body", _("is another name of"), "search", help=_("a name or id of the register, such as Gemeente Ede")
        )
        why = Input("why", _("why"), "text", help=_("such as: a programme"))
        forms = [Form("alias", _("Is an alias of"), question=question, fact=fact, inputs=[body])]
        if value.get("status") == "new":
            inputs = [
                Input("name", _("full name"), "text", name),
                Input("kind", _("kind"), "select", choices=_chosen(ORGANISATION_KINDS, value.get("kind"), empty=True)),
            ]
            forms.append(Form("body", _("Add to the register"), question=question, fact=fact, inputs=inputs))
        never = _("{name} is never an organisation").format(name=name)
        return [*forms, Form("deny", never, question=question, fact=fact, inputs=[why])]

    def _adding(self) -> Iterator[Form]:
        for kind in _FIELDS_OF_ADDED:
            inputs = self._inputs(kind, None)
            if kind == "role" and not any(record.organisations for record in self._news):
                continue
            yield Form(f"add-{kind}", _(_ADD[kind]), inputs=[*inputs, _why()], wants_selection=True)

    def _commenting(self) -> Form:
        return Form("comment", _("Comment on the project"), inputs=[_comment()])

    def _inputs(self, kind: str, value: Mapping[str, Any] | None) -> list[Input]:
        """Return the fields of a kind; empty ones where there is no value yet."""
        said = value or {}
        match kind:
            case "title":
                return [Input("title", _("title"), "text", str(said.get("title", "")))]
            case "organisation":
                help_ = _("empty: as the text has it; a name that the register knows is linked")
                return [
                    Input("name", _("name"), "search", str(said.get("name", "")), help="" if value else help_),
                    Input(
                        "kind", _("kind"), "select", choices=_chosen(ORGANISATION_KINDS, said.get("kind"), empty=True)
                    ),
                ]
            case "role":
                inputs = [Input("role", _("role"), "select", choices=_chosen(ROLES, said.get("role")))]
                if value is None:
                    names = dict.fromkeys(one.name for record in self._news for one in record.organisations)
                    choices = [Choice(name, name) for name in names]
                    inputs.append(Input("organisation", _("organisation"), "select", choices=choices))
                return inputs
            case "date":
                help_ = _("such as 15 juli 2024, Q3 2024, vanaf mei 2023, 2024-07-15, 2024/2026")
                help_ = help_ if value else _("empty: as the selected words read; or {example}").format(example=help_)
                return [
                    Input("date", _("date"), "text", shown_date(said) if value else "", help=help_),
                    Input("role", _("role"), "select", choices=_chosen(DATE_ROLES, said.get("role"), empty=True)),
                ]
            case "figure":
                help_ = _("such as 351, 4,5, 1,2 miljoen euro, ongeveer 40, 12 tot 15, 47%")
                help_ = help_ if value else _("empty: as the selected words read; or {example}").format(example=help_)
                shown = shown_figure(value)
                units = _("such as hotels, EUR, %, month")
                as_of = _("a date, where one is given")
                return [
                    Input("comparator", _("how"), "select", choices=_chosen(COMPARATORS, shown["comparator"])),
                    Input("value", _("number"), "text", shown["value"], help=help_),
                    Input("value_max", _("up to"), "text", shown["value_max"]),
                    Input("unit", _("unit"), "text", shown["unit"], help=units),
                    Input("kind", _("kind"), "select", choices=_chosen(FIGURE_KINDS, shown["kind"])),
                    Input("as_of", _("as of"), "text", shown["as_of"], help=as_of),
                ]
            case "location":
                return [
                    Input(
                        "name", _("name"), "text", str(said.get("name", "")), help="" if value else _("empty: as it is")
                    ),
                    Input(
                        "kind", _("kind"), "select", choices=_chosen(LOCATION_KINDS, said.get("kind", "municipality"))
                    ),
                ]
            case "period":
                help_ = _("such as 15 juli 2024, 2024-07-15 or juli 2024; empty where it is open")
                return [
                    Input("earliest", _("first day"), "text", str(said.get("earliest") or ""), help=help_),
                    Input("latest", _("last day"), "text", str(said.get("latest") or ""), help=help_),
                ]
            case _:
                return [
                    Input("marker", _("marker"), "text", str(said.get("marker", ""))),
                    Input("text", _("text"), "text", str(said.get("text", ""))),
                ]


def _chosen(words: Mapping[str, str], value: str | None, *, empty: bool = False) -> list[Choice]:
    none = [Choice("", "–", is_chosen=not value)] if empty else []
    return none + [Choice(one, _(said), is_chosen=one == value) for one, said in words.items()]


def _why() -> Input:
    return Input("why", _("why"), "text")


def _comment() -> Input:
    return Input("why", _("comment"), "text")


def _body_words(kind: str, valid_until: str) -> str:
    words = _(ORGANISATION_KINDS.get(kind, kind))
    return _("{kind}, until {day}").format(kind=words, day=valid_until) if valid_until else words
