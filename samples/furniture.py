"""Say what each look prints around the text of an annex: running header, page number, page break."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from samples.blocks import AnnexSource


@dataclass(frozen=True)
class Look:
    """What the plain text of a look has on every page; the PDF's share of it is in `looks/NAME.typ`.

    `form_feed` tells whether a form feed or some blank lines stand between two pages; `break_hyphens`
    whether a line may end at a hyphen that a word has of its own; `turns` what it makes of projects that are
    tables or key-value blocks; `narrow` whether its columns are too narrow for a table of projects.
    """

    header: Callable[[AnnexSource], str]
    footer: Callable[[AnnexSource, int, int], str]
    form_feed: bool
    centred: bool = True
    break_hyphens: bool = False
    turns: Literal["table", "fields"] | None = None
    narrow: bool = False


def full_title(source: AnnexSource) -> str:
    """Join the label and the title of an annex as they are printed above it.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    str
        For example `Bijlage I - Overzicht projecten`.
    """
    title = source.title.printed
    return f"{source.head.label} - {title}" if source.head.label else title


def sender(source: AnnexSource) -> str:
    """Name the ministry that would send this annex: the first one that its head lists.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    str
        A ministry, or `Rijksoverheid` where the head names none.
    """
    ministries = (name for name in source.head.organisations if name.startswith("Ministerie"))
    return next(ministries, "Rijksoverheid")


def session(source: AnnexSource) -> str:
    """Name the parliamentary session of an annex, which runs from September to September.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    str
        For example `2023–2024`; empty where neither period nor name gives a year.
    """
    found = re.search(r"\d{4}", f"{source.head.period} {source.head.document}")
    return f"{found[0]}–{int(found[0]) + 1}" if found else ""


def running_label(source: AnnexSource) -> str:
    """Give the short running header of an annex.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    str
        Its label, or its title where it has none.
    """
    return source.head.label or source.title.printed


def _running_title(source: AnnexSource) -> str:
    return source.title.printed


def _number(_: AnnexSource, page: int, __: int) -> str:
    return str(page)


def _label_and_sender(source: AnnexSource) -> str:
    return f"{running_label(source)} | {sender(source)}"


def _number_of_all(_: AnnexSource, page: int, pages: int) -> str:
    return f"Pagina {page} van {pages}"


def _number_in_dashes(_: AnnexSource, page: int, __: int) -> str:
    return f"- {page} -"


def _sender_and_number(source: AnnexSource, page: int, pages: int) -> str:
    return f"{sender(source)}   {page}/{pages}"


def _paper_and_number(source: AnnexSource, page: int, _: int) -> str:
    return f"Kamerstuk {session(source)} | {page}"


LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "rijk": Look(_label_and_sender, _number_of_all, form_feed=True, centred=False),
        "serif": Look(_running_title, _number, form_feed=True),
        "gelijk": Look(running_label, _number_in_dashes, form_feed=False),
        "kleur": Look(_label_and_sender, _sender_and_number, form_feed=False),
        "compact": Look(running_label, _paper_and_number, form_feed=True, centred=False, break_hyphens=True),
        "klassiek": Look(running_label, _number, form_feed=False),
        "kolommen": Look(running_label, _number, form_feed=True, narrow=True),
        "drie": Look(_running_title, _number, form_feed=False, narrow=True),
        "hoofdstukken": Look(_running_title, _number_in_dashes, form_feed=True),
        "raster": Look(_label_and_sender, _number_of_all, form_feed=True, centred=False, turns="table"),
        "lijnen": Look(_running_title, _number, form_feed=True, turns="table"),
        "kaal": Look(running_label, _number_in_dashes, form_feed=False, turns="table"),
        "zebra": Look(_label_and_sender, _sender_and_number, form_feed=False, turns="table"),
        "velden": Look(running_label, _number, form_feed=False, turns="fields"),
        "velden-tabel": Look(_label_and_sender, _number_of_all, form_feed=True, centred=False, turns="fields"),
        "velden-kolom": Look(_running_title, _number_in_dashes, form_feed=False, turns="fields"),
    }
)
