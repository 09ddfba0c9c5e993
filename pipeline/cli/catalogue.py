"""Bring the Dutch translation up to date: ``python -m pipeline.cli.catalogue``; for developers, it needs babel.

New texts of the sources, of the templates of pages, and of click, are added to ``messages.po`` without translation,
those that no source has any more are taken out, and ``messages.mo`` is made of it. A test fails until each text has its
translation.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pipeline.messages import DOMAIN, LOCALE

LANGUAGE = "nl"
FOLDER = LOCALE / LANGUAGE / "LC_MESSAGES"
PO = FOLDER / f"{DOMAIN}.po"
MO = FOLDER / f"{DOMAIN}.mo"

_PACKAGE = Path(__file__).parents[1]
# Where a text stands among the arguments of what is called.
_KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "AnnexError": (2,),
    "AssertionsError": (1,),
    "BoundaryError": (1,),
    "ChangeError": (1,),
    "ClusterError": (1,),
    "broken": (1,),
    "GoldError": (1,),
    "LogError": (1,),
    "LogNote": (1,),
    "MigrationError": (1,),
    "MissingExtraError": (1,),
    "NoQueryError": (1,),
    "PairingError": (1,),
    "QueryError": (1,),
    "RecordsError": (1,),
    "WrongUse": (1,),
    "problem": (3,),
    "fault": (2,),
}
_TEMPLATES = [("**/templates/**.html", "jinja2.ext:babel_extract")]
# A template with a fault in it would else be passed over, texts and all.
_WHOLE: dict[str, dict[str, object]] = {"**/templates/**.html": {"silent": "false"}}
_CLICK_KEYWORDS = {"_": None, "ngettext": (1, 2)}
_HEADER = "# Dutch translation of what the command `annex` says, click's own texts among it.\n"
_CLICK_LEFT_OUT = {"_winconsole.py", "shell_completion.py"}


def source_texts() -> dict[str, str | tuple[str, str]]:
    """Return every text that people may read, by its key: itself, or itself with its plural."""
    python = [("**.py", "python")]
    ours = extract_from_dir(_PACKAGE, method_map=python + _TEMPLATES, options_map=_WHOLE, keywords=_KEYWORDS)
    clicks = extract_from_dir(Path(click.__file__).parent, method_map=python, keywords=_CLICK_KEYWORDS)
    found: dict[str, str | tuple[str, str]] = {}
    for _file, _line, text, _comments, _context in [*ours, *(one for one in clicks if one[0] not in _CLICK_LEFT_OUT)]:
        if isinstance(text, str):
            found.setdefault(text, text)
        else:
            found[text[0]] = (text[0], text[1])
    return found


def updated(old: Catalog) -> Catalog:
    """Return the catalogue with the texts of the sources, in order, and the translations that it had."""
    new = Catalog(locale=LANGUAGE, domain=DOMAIN)
    for key, text in sorted(source_texts().items()):
        before = old.get(key)
        fits = before is not None and before.pluralizable == isinstance(text, tuple)
        new.add(text, before.string if before is not None and fits else None)
    return new


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file holds it: no dates, no line numbers, so that it changes only with its texts."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    lines = (
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return (_HEADER + lines).encode() + buffer.getvalue()


def read_catalogue() -> Catalog:
    """Return the catalogue as it is."""
    if not PO.is_file():
        return Catalog(locale=LANGUAGE, domain=DOMAIN)
    with PO.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain=DOMAIN)


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; what has no translation is left out."""
    catalogue.creation_date = catalogue.revision_date = datetime(
        2000, 1, 1, tzinfo=UTC
    )  # of no use, and never the same
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> None:
    """Write both files anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(updated(read_catalogue())))
    MO.write_bytes(as_mo(read_catalogue()))


if __name__ == "__main__":
    main()
