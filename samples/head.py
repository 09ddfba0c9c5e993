"""Read the YAML head of an annex, and accept nothing in it that would be lost without a word."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import yaml

from samples.attributes import check_edtf

_KEYS = ("document", "label", "title", "period", "look", "text", "organisations")
_TWINS = "twins"
_MINIMUM_WIDTH = 40


class TableForm(StrEnum):
    """How a table stands in the plain text."""

    ALIGNED = "aligned"  # columns of spaces, cells wrapped
    PIPES = "pipes"  # `| one | two |`, a line a row
    TABS = "tabs"  # a tab between cells, a line a row


class NoteForm(StrEnum):
    """How a footnote is called in the plain text."""

    RAISED = "raised"  # ¹
    BRACKETS = "brackets"  # [1]


@dataclass(frozen=True)
class TextForm:
    """How the plain text is laid out."""

    width: int
    pages: bool
    tables: TableForm = TableForm.ALIGNED
    notes: NoteForm = NoteForm.RAISED


@dataclass(frozen=True)
class Head:
    """What the head says of an annex; `title` is still marked up, as it may hold damage.

    `twins` are further looks to set it in, each as a document of its own.
    """

    document: str
    label: str | None
    title: str
    period: str | None
    look: str
    text: TextForm
    organisations: Mapping[str, tuple[str, ...]]
    twins: tuple[str, ...] = ()


def read_head(text: str) -> Head:
    """Read a head.

    Parameters
    ----------
    text : str
        The YAML between the two `---` lines.

    Returns
    -------
    Head
        What it says.

    Raises
    ------
    ValueError
        If it is no YAML, or a key is unknown, missing, double or of another type.
    """
    try:
        _check_doubles(yaml.compose(text, Loader=yaml.SafeLoader))
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        message = f"the head is no YAML: {error}"
        raise ValueError(message) from error
    if not isinstance(found, dict) or set(found) - {_TWINS} != set(_KEYS):
        message = f"the head holds exactly {', '.join(_KEYS)}, and {_TWINS} as needed"
        raise ValueError(message)
    return Head(
        document=_text(found, "document"),
        label=_text_or_none(found, "label"),
        title=_text(found, "title"),
        period=_period(found["period"]),
        look=_text(found, "look"),
        text=_text_form(found["text"]),
        organisations=_organisations(found["organisations"]),
        twins=_twins(found.get(_TWINS, [])),
    )


def _check_doubles(node: yaml.Node | None) -> None:
    """YAML takes the last of two equal keys, and would lose the names under the first."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.value in seen:
            message = f"the head names {key.value!r} twice"
            raise ValueError(message)
        seen.add(key.value)
        _check_doubles(value)


def _text(found: Mapping[str, object], key: str) -> str:
    value = found[key]
    if not isinstance(value, str) or not value.strip():
        message = f"{key} in the head is a text, not {value!r}; put it between quotes"
        raise ValueError(message)
    return " ".join(value.split())


def _text_or_none(found: Mapping[str, object], key: str) -> str | None:
    return None if found[key] is None else _text(found, key)


def _period(value: object) -> str | None:
    if value is None:
        return None
    # YAML reads a bare 2024 as a number and a bare 2024-07-15 as a date.
    period = value.isoformat() if isinstance(value, dt.date) else str(value)
    check_edtf(period)
    return period


def _text_form(value: object) -> TextForm:
    match value:
        case {"width": int(width), "pages": bool(pages), **rest} if width >= _MINIMUM_WIDTH:
            if not set(rest) - {"tables", "notes"}:
                tables = TableForm(str(rest.get("tables", TableForm.ALIGNED)))
                return TextForm(width, pages, tables, NoteForm(str(rest.get("notes", NoteForm.RAISED))))
    form = "{width: NUMBER, pages: true or false, tables: aligned, pipes or tabs, notes: raised or brackets}"
    message = f"text in the head is {form}, the last two as needed, not {value!r}"
    raise ValueError(message)


def _twins(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(look, str) for look in value) or len(set(value)) < len(value):
        message = f"twins in the head is a list of looks, not {value!r}"
        raise ValueError(message)
    return tuple(value)


def _organisations(value: object) -> Mapping[str, tuple[str, ...]]:
    match value:
        case dict():
            return MappingProxyType({name: tuple(aliases) for name, aliases in _checked_names(value)})
    raise ValueError("organisations in the head holds canonical names, each with a list of other names")


def _checked_names(value: Mapping[object, object]) -> Iterator[tuple[str, list[str]]]:
    for name, aliases in value.items():
        names = [name, *aliases] if isinstance(aliases, list) else []
        strings = [one for one in names if isinstance(one, str) and one.strip()]
        if not strings or len(strings) != len(names) or len(set(strings)) != len(strings):
            message = f"under organisations: {name!r} needs a list of other, different names, not {aliases!r}"
            raise ValueError(message)
        yield strings[0], strings[1:]
