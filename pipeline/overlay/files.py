"""The files of an overlay: read, and checked as a whole, into an `Overlay`; and their text from one."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from pipeline.errors import AnnexError
from pipeline.overlay.rows import ALIASES, COLUMNS, DENIED, ORGANISATIONS, Row, rows_of
from pipeline.register import (
    ORGANISATION_KINDS,
    Alias,
    Denied,
    FormKind,
    Organisation,
    Overlay,
    name_key,
    organisations,
    parts_of,
)

FORM_KINDS: tuple[FormKind, ...] = get_args(FormKind)
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?")
"""A day, or a year where no more is known."""


def read_overlay(folder: str | Path) -> Overlay:
    """Return what the files of a folder lay over the register; a file that is not there says nothing.

    The order of the rows is of no meaning, and a row that stands twice counts once: two people may have added it.

    Raises
    ------
    AnnexError
        With `not_found` where there is no such folder, `unreadable` where a file cannot be read, and `corrupt_file`
        where a file says what cannot be: its name and the number of the line are in the message.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise AnnexError("not_found", "there is no such folder; check its name")
    bodies = _bodies(list(rows_of(folder, ORGANISATIONS)))
    ids = {body.id for body in organisations()} | bodies.keys()
    aliases = _aliases(list(rows_of(folder, ALIASES)), ids)
    denied = _denied(list(rows_of(folder, DENIED)))
    _check_references(bodies, ids)
    _check_names(bodies, aliases, denied)
    return ordered([b for b, _ in bodies.values()], [a for a, _ in aliases], [d for d, _ in denied])


def ordered(bodies: Iterable[Organisation], aliases: Iterable[Alias], denied: Iterable[Denied]) -> Overlay:
    """Return an overlay in the order that its files have: so it does not depend on who added what first."""
    return Overlay(
        tuple(sorted(bodies, key=lambda b: b.id)),
        tuple(sorted(aliases, key=lambda a: (a.id, name_key(a.form), a.form))),
        tuple(sorted(denied, key=lambda d: (name_key(d.form), d.form))),
    )


def texts_of(overlay: Overlay) -> dict[str, str]:
    """Return what each file of an overlay holds: one row a line, in order, its lines ended by a line feed."""
    return {
        ORGANISATIONS: as_csv(ORGANISATIONS, map(cells_of, overlay.organisations)),
        ALIASES: as_csv(ALIASES, ((alias.id, alias.form, alias.kind) for alias in overlay.aliases)),
        DENIED: as_csv(DENIED, ((one.form, one.why) for one in overlay.denied)),
    }


def cells_of(body: Organisation) -> Sequence[str]:
    """Return the row of a body, as `organisations.csv` has it; forms in lower case have no column there."""
    return (
        body.id,
        body.name,
        body.kind,
        "|".join(body.aliases),
        "|".join(body.abbreviations),
        body.parent,
        body.region,
        body.valid_from,
        body.valid_until,
        body.successor,
    )


def as_csv(file: str, rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a file with these rows under its head."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS[file])
    writer.writerows(rows)
    return buffer.getvalue()


def _bodies(rows: Sequence[Row]) -> dict[str, tuple[Organisation, Row]]:
    found: dict[str, tuple[Organisation, Row]] = {}
    for row in rows:
        if not ID.fullmatch(row["id"]):
            raise row.broken(
                "{file}, line {line}: {id} is no id; write it in lower-case letters, digits and hyphens", id=row["id"]
            )
        if row["kind"] not in ORGANISATION_KINDS:
            raise row.broken(
                "{file}, line {line}: {kind} is no kind; it is one of {kinds}",
                kind=row["kind"],
                kinds=", ".join(ORGANISATION_KINDS),
            )
        for column in ("valid_from", "valid_until"):
            if row[column] and not DAY.fullmatch(row[column]):
                raise row.broken(
                    "{file}, line {line}: {day} is no day; write it as 2024-07-15, or the year alone", day=row[column]
                )
        body = Organisation(
            row["id"],
            row["name"],
            row["kind"],
            parts_of(row["aliases"]),
            parts_of(row["abbreviations"]),
            parent=row["parent"],
            region=row["region"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"],
            successor=row["successor"],
        )
        if body.id in found and found[body.id][0] != body:
            raise row.broken(
                "{file}, line {line}: the id {id} stands in line {other} already; keep one of the two",
                id=body.id,
                other=found[body.id][1].line,
            )
        found.setdefault(body.id, (body, row))
    return found


def _aliases(rows: Sequence[Row], ids: Iterable[str]) -> list[tuple[Alias, Row]]:
    found: dict[Alias, Row] = {}
    known = frozenset(ids)
    for row in rows:
        kind = row["kind"] or "alias"
        if kind not in FORM_KINDS:
            raise row.broken(
                "{file}, line {line}: {kind} is no kind; it is one of {kinds}", kind=kind, kinds=", ".join(FORM_KINDS)
            )
        if row["id"] not in known:
            raise row.broken("{file}, line {line}: the register knows no id {id}", id=row["id"])
        found.setdefault(Alias(row["id"], row["form"], kind), row)
    return list(found.items())


def _denied(rows: Sequence[Row]) -> list[tuple[Denied, Row]]:
    found: dict[str, tuple[Denied, Row]] = {}
    for row in rows:
        found.setdefault(name_key(row["form"]), (Denied(row["form"], row["why"]), row))
    return list(found.values())


def _check_references(bodies: Mapping[str, tuple[Organisation, Row]], ids: Iterable[str]) -> None:
    known = frozenset(ids)
    for body, row in bodies.values():
        for other in (body.parent, body.successor):
            if other and other not in known:
                raise row.broken("{file}, line {line}: the register knows no id {id}", id=other)


def _check_names(
    bodies: Mapping[str, tuple[Organisation, Row]],
    aliases: Iterable[tuple[Alias, Row]],
    denied: Iterable[tuple[Denied, Row]],
) -> None:
    """Refuse a name that two bodies are given, and one that is given and denied."""
    given = [(form, body.id, row) for body, row in bodies.values() for form, _ in body.forms()]
    given += [(alias.form, alias.id, row) for alias, row in aliases]
    holders: dict[str, tuple[str, Row]] = {}
    for form, of, row in given:
        key = name_key(form)
        if not key:
            raise row.broken("{file}, line {line}: {form} has no letter or digit; it names nothing", form=form)
        holder, first = holders.setdefault(key, (of, row))
        if holder != of:
            raise row.broken(
                "{file}, line {line}: {form} is a name of {id} by {other_file}, line {other}; keep one of the two",
                form=form,
                id=holder,
                other_file=first.file,
                other=first.line,
            )
    for one, row in denied:
        if not name_key(one.form):
            raise row.broken("{file}, line {line}: {form} has no letter or digit; it names nothing", form=one.form)
        if name_key(one.form) in holders:
            holder, first = holders[name_key(one.form)]
            raise row.broken(
                "{file}, line {line}: {form} is denied, and is a name of {id} by {other_file}, line {other}; keep one "
                "of the two",
                form=one.form,
                id=holder,
                other_file=first.file,
                other=first.line,
            )
