"""What a person says of a name wherever it stands: decided in every project of the run, and kept in the overlay."""

from collections.abc import Callable

from pipeline.errors import AnnexError
from pipeline.messages import _
from pipeline.overlay.changes import ChangeError, find_body
from pipeline.records.slugs import slug
from pipeline.register import Organisation, name_key
from pipeline.reviewing import overlaying
from pipeline.reviewing.acting.asked import Asked, NotPossibleError, Outcome
from pipeline.reviewing.acting.meaning import chosen, linked
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.facts import facts_of
from pipeline.reviewing.questions import Value
from pipeline.reviewing.session import Project
from pipeline.reviewing.typed.wrong import TypedError
from pipeline.showing.words import ORGANISATION_KINDS


def alias(asked: Asked) -> Outcome:
    """Say that a name is another name of a body of the register."""
    name = _named(asked)
    try:
        body = find_body(asked.session.register, asked.get("body"))
    except ChangeError as error:
        raise TypedError("body", error.template, **error.values) from None
    after = {**linked(body), "link": "alias"}
    words = _("{name} is another name of {body}").format(name=name, body=body.name)
    return _everywhere(asked, name, after, words, lambda: overlaying.alias(asked.session.config, body.id, name))


def body(asked: Asked) -> Outcome:
    """Add a body to the register: from now on the organisation is known."""
    form = _named(asked)
    name = asked.get("name") or form
    kind = chosen(asked, "kind", ORGANISATION_KINDS)
    if not name_key(name):
        raise TypedError("name", "a name needs a letter or digit")
    body = Organisation(slug(name), name, kind, () if name == form else (form,), ())
    after = {**linked(body), "link": "exact" if name == form else "alias"}
    words = _("{name} is in the register from now on").format(name=name)
    return _everywhere(asked, form, after, words, lambda: overlaying.body(asked.session.config, body))


def deny(asked: Asked) -> Outcome:
    """Say that a name is never an organisation."""
    name = _named(asked)
    words = _("{name} is no organisation").format(name=name)
    return _everywhere(asked, name, None, words, lambda: overlaying.deny(asked.session.config, name, asked.why))


def _named(asked: Asked) -> str:
    """Return the name of the organisation that an action is about."""
    if asked.subject != "organisation" or asked.value is None:
        raise NotPossibleError("choose an organisation first")
    return str(asked.value["name"])


def _everywhere(asked: Asked, name: str, after: Value, words: str, keep: Callable[[], overlaying.Kept]) -> Outcome:
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
                    about = Asked(asked.session, project, asked.action, asked.fields, None, fact, [record])
                    drafts.append((project, about.draft("", after)))
    kept = keep()
    try:
        asked.session.decide_all(drafts, words, kept)
    except AnnexError:
        overlaying.take_back(kept)
        raise
    return Outcome(words)
