"""The review app: which address shows what, and what a form that is sent does."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from flask import Flask, Response, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from pipeline.errors import AnnexError
from pipeline.messages import N_, _, told
from pipeline.reviewing.actions import Outcome, accept_all, act
from pipeline.reviewing.app.desk import Desk, Failed
from pipeline.reviewing.app.helping import help_page
from pipeline.reviewing.app.listing import can_be_bulk, list_page
from pipeline.reviewing.app.projecting import project_page
from pipeline.reviewing.app.publication import publish_page
from pipeline.reviewing.app.security import guard, new_token
from pipeline.reviewing.app.views import ErrorPage, Notice
from pipeline.reviewing.decisions.lines import LogError
from pipeline.reviewing.publishing import publish
from pipeline.reviewing.session import Project, Session
from pipeline.showing.pages import equip

_ASSETS: Mapping[str, str] = {"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"}
_ERRORS: Mapping[int, tuple[str, str]] = {
    403: (N_("This page is not open to you"), N_("Open the link that annex review printed; it holds a token.")),
    404: (N_("There is no such page"), N_("It may have been there in another run.")),
    405: (N_("There is no such page"), N_("It may have been there in another run.")),
    413: (N_("That is too much at once"), N_("Nothing was decided.")),
    500: (N_("Something went wrong here"), N_("Nothing was decided by it. What was decided before is on disk.")),
}
_KEY = re.compile(r"[0-9a-f]{16}")


def create_app(session: Session, *, token: str | None = None, language: str = "en") -> tuple[Flask, str]:
    """Return the app of a review, and the token that its link must carry.

    Parameters
    ----------
    token
        Made where none is given.
    language
        Of the pages: ``en`` or ``nl``; that of the process must be the same.
    """
    app = Flask(__name__, static_folder=None)
    token = token or new_token()
    guard(app, token)
    equip(app.jinja_env, __package__)
    desk = Desk(session, language, app.config["CSRF"])
    _show(app, desk)
    _decide(app, desk)
    _explain(app, desk)
    return app, token


def _show(app: Flask, desk: Desk) -> None:
    """Add what is looked at."""
    session = desk.session

    @app.get("/")
    def projects() -> str:
        return render_template("list.html", page=list_page(desk, request.args))

    @app.get("/project/<int:number>")
    def project(number: int) -> str:
        wanted = request.args.get("question", "")
        return render_template("project.html", page=project_page(desk, _project(session, number), wanted))

    @app.get("/publish")
    def publishing() -> str:
        return render_template("publish.html", page=publish_page(desk, publish(session, dry_run=True)))

    @app.get("/help")
    def helping() -> str:
        return render_template("help.html", page=help_page(desk))

    @app.get("/picture/<int:source>/<int:page>.png")
    def picture(source: int, page: int) -> Response:
        drawn = desk.pictures.png(source, page)
        if drawn is None:
            abort(404)
        return Response(drawn, mimetype="image/png")

    @app.get("/assets/<name>")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            abort(404)
        return Response(_asset(name), mimetype=_ASSETS[name])


def _decide(app: Flask, desk: Desk) -> None:
    """Add what is sent; after each the page is looked at anew, so that going back sends nothing twice."""
    session = desk.session

    @app.post("/project/<int:number>/decide")
    def decide(number: int) -> AnyResponse:
        project = _project(session, number)
        fields = request.form.to_dict()
        action = fields.get("action", "")
        if fields.get("record") != project.record:
            outcome = Outcome(errors={"": _("This has changed in the meantime; look at it again.")})
        else:
            outcome = act(session, project, action, fields)
        key = fields.get("question", "")
        key = key if _KEY.fullmatch(key) else ""
        if not outcome.is_done:
            desk.failed = Failed(number, action, key, fields.get("fact", ""), fields, outcome.errors)
            return _answer(desk, f"/project/{number}?question={key}" if key else f"/project/{number}", outcome)
        left = [one.key for one in project.questions if session.state(project, one) == "open"]
        keys = [one.key for one in project.questions]
        after = keys[keys.index(key) + 1 :] if key in keys else []
        following = next((one for one in [*after, *keys] if one in left), key)
        target = f"/project/{number}" + (f"?question={following}" if following and key else "")
        return _answer(desk, target, outcome)

    @app.post("/undo")
    def undo() -> AnyResponse:
        number = request.form.get("number", "")
        target = f"/project/{int(number)}" if number.isdecimal() and int(number) < len(session.projects) else "/"
        try:
            done = session.undo(request.form.get("decision") or None)
        except AnnexError as error:
            return _answer(desk, target, Outcome(errors={"": told(error)}))
        words = _("Taken back: {words}").format(words=done.words) if done else _("There is nothing to take back.")
        return _answer(desk, target, Outcome(words))

    @app.post("/accept-all")
    def accept_every() -> AnyResponse:
        change, count = request.form.get("change", ""), request.form.get("count", "")
        wanted = int(count) if count.isdecimal() else -1
        return _answer(desk, "/", accept_all(session, change, wanted, is_allowed=can_be_bulk))

    @app.post("/publish")
    def publish_all() -> str | AnyResponse:
        try:
            published = publish(session)
        except AnnexError as error:
            return _answer(desk, "/publish", Outcome(errors={"": told(error)}))
        return render_template("publish.html", page=publish_page(desk, published, is_done=True))


def _explain(app: Flask, desk: Desk) -> None:
    """Say what went wrong on a page of its own, in the same frame for all."""

    def shown(code: int, text: str = "") -> tuple[str, int]:
        title, help_ = _ERRORS.get(code, _ERRORS[500])
        page = ErrorPage(_(title), desk.language, text or _(help_), links_home=code != 403)  # no token
        return render_template("error.html", page=page), code

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> tuple[str, int]:
        return shown(error.code or 500)

    @app.errorhandler(LogError)
    def broken_log(error: LogError) -> tuple[str, int]:
        return shown(500, told(error))

    @app.errorhandler(AnnexError)
    def failed(error: AnnexError) -> tuple[str, int]:
        return shown(500, told(error))


def _answer(desk: Desk, target: str, outcome: Outcome) -> AnyResponse:
    """Tell what came of something: as JSON to a script, else on the page that is looked at next."""
    words = outcome.words or " ".join(outcome.errors.values())
    desk.notice = Notice(words, is_error=not outcome.is_done)
    if request.accept_mimetypes.best == "application/json":
        return Response.force_type(_json({"done": outcome.is_done, "words": words, "next": target}))
    return redirect(target, 303)


def _json(said: Mapping[str, object]) -> Response:
    from flask import jsonify

    return jsonify(said)


def _project(session: Session, number: int) -> Project:
    if number >= len(session.projects):
        abort(404)
    return session.projects[number]


@lru_cache(maxsize=len(_ASSETS))
def _asset(name: str) -> bytes:
    return (files(__package__) / "assets" / name).read_bytes()
