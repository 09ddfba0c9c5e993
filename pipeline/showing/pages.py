"""Web pages from the templates of a package: reports, comparisons, the review app; what is put into one is escaped."""

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.messages import _, language_in_use, ngettext

_HERE = "pipeline.showing"
_NO_LETTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def equip(made: Environment, package: str) -> None:
    """Set up an environment, such as Flask's, for the templates of a package and those that all share.

    Everything is escaped, what is missing is an error, and texts are said in the language in use when a page is made.

    Parameters
    ----------
    package
        Name of the package that has a folder ``templates``; they may use those of `pipeline.showing`.
    """
    made.loader = ChoiceLoader([PackageLoader(package), PackageLoader(_HERE)])
    made.autoescape = True
    made.undefined = StrictUndefined
    made.trim_blocks = made.lstrip_blocks = True
    made.globals |= {"_": _, "ngettext": ngettext}


def file_of(package: str, *, template: str, style: str, script: str, **values: object) -> Iterator[str]:
    """Give, piece by piece, a page that is one file: it asks nothing of any network, and runs no script but its own.

    Parameters
    ----------
    package
        Whose templates, style sheets and scripts are meant.
    template
        Extends ``page.html``, which wants a `title`.
    style
        Name of a style sheet in the folder ``assets`` of the package; it comes after that of all pages.
    script
        Name of a script there; empty for none.
    values
        What the template is given.
    """
    made = Environment(autoescape=True)
    equip(made, package)
    styles = asset(_HERE, "base.css") + asset(package, style)
    scripts = asset(package, script) if script else ""
    policy = f"default-src 'none'; style-src {_hash(styles)}; base-uri 'none'; form-action 'none'"
    if scripts:
        policy += f"; script-src {_hash(scripts)}"
    whole = {"language": language_in_use(), "policy": policy, "style": Markup(styles), "script": Markup(scripts)}  # noqa: S704  # our own files
    yield from map(legible, made.get_template(template).generate(**whole, **values))


def asset(package: str, name: str) -> str:
    """Return a style sheet or script of a package."""
    return (files(package) / "assets" / name).read_text(encoding="utf-8")


def legible(text: str) -> str:
    """Return text with a mark in the place of what no page may hold: control characters and half letters."""
    return _NO_LETTERS.sub("\N{REPLACEMENT CHARACTER}", text)


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
