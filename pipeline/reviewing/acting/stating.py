"""What a person says of the facts of a record: it is otherwise, it is none, it stands elsewhere, it was missed."""

from contextlib import suppress

from pipeline.comparing.models import Place
from pipeline.messages import _
from pipeline.reviewing.acting.asked import Asked, NotPossibleError, Outcome, added, said
from pipeline.reviewing.acting.meaning import chosen, meant
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Subject
from pipeline.reviewing.facts import facts_of
from pipeline.reviewing.questions import Value
from pipeline.reviewing.typed.dates import typed_date
from pipeline.reviewing.typed.figures import typed_figure
from pipeline.reviewing.typed.wrong import TypedError
from pipeline.showing.values import KINDS, value_words
from pipeline.showing.words import ROLES

ADD = "add-"
"""What begins the name of an action that adds; what it adds comes after."""


def correct(asked: Asked) -> Outcome:
    """Say what holds instead of what is there."""
    value = asked.value
    if value is None or (asked.fact is None and asked.question is not None and asked.question.is_old):
        raise NotPossibleError("there is nothing to correct")
    after = meant(asked, asked.subject, value)
    words = _("{kind} corrected: {value}").format(kind=_(KINDS[asked.subject]), value=value_words(asked.subject, after))
    return asked.write([asked.draft("correct", after)], words)


def remove(asked: Asked) -> Outcome:
    """Say that there is no such fact."""
    if asked.fact is None:
        raise NotPossibleError("choose what is to be taken out first")
    return asked.write([asked.draft("reject", None)], said(asked, _("taken out")))


def merge(asked: Asked) -> Outcome:
    """Say that an organisation is another one of the project."""
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
    return asked.write([asked.draft("correct", dict(into.side.value))], said(asked, _("merged")))


def role(asked: Asked) -> Outcome:
    """Give an organisation another role: by the selected words, else by the first place where it is named."""
    if asked.fact is None or asked.fact.kind != "organisation":
        raise NotPossibleError("choose an organisation first")
    after = {"organisation": asked.fact.side.value["name"], "role": chosen(asked, "role", ROLES)}
    mentions = asked.fact.side.places
    if asked.fields.get("start"):
        record, cue = asked.selection()
    else:
        record, cue = asked.records[asked.fact.side.record], mentions[0]
    if record.id != asked.fact.side.record:
        raise NotPossibleError("select the words in the text first")
    evidence = tuple(evidence_of(asked.records[record.id], [cue, *mentions]))
    draft = Draft("role", "add", evidence, None, after, "", asked.why, record.id)
    return asked.write([draft], added("role"))


def redraw(asked: Asked) -> Outcome:
    """Take other words for a fact: those that are selected."""
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
    return asked.write([draft], said(asked, _("drawn anew")))


def add(asked: Asked) -> Outcome:
    """Add what was missed: the selected words say it."""
    subject: Subject = asked.action.removeprefix(ADD)  # type: ignore[assignment]  # one of `_ADDING`
    record, place = asked.selection()
    home = asked.records.get(record.id, record)
    if subject in {"date", "figure", "role", "footnote"} and place.field == "title":
        raise NotPossibleError("only organisations and places are looked for in titles; select words of the text")
    places = [place]
    if subject == "role":
        holder = next((one for one in record.organisations if one.name == asked.get("organisation")), None)
        if holder is None:
            raise TypedError("organisation", "choose an organisation of this project")
        after: Value = {"organisation": holder.name, "role": chosen(asked, "role", ROLES)}
        places += [Place(**one.model_dump()) for one in holder.mentions]
    else:
        after = meant(asked, subject, None, place.text)
    draft = Draft(subject, "add", tuple(evidence_of(home, places)), None, after, "", asked.why, record.id)
    return asked.write([draft], added(subject))


def _touch(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end
