"""Inputs as they were given → one entry for each file, with the id that its annex gets."""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import AnnexError
from pipeline.reading import SUFFIXES
from pipeline.records.slugs import slug

REPORTS = "_errors"
"""Folder of the reports of our own faults, in the folder that is written to; no slug can be this."""


class WrongUse(Exception):  # noqa: N818  # not a fault of the program, and the contract's word
    """The inputs cannot be taken together as they were given.

    Parameters
    ----------
    template
        English text with ``{names}`` for `values`.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


@dataclass(frozen=True, slots=True)
class Planned:
    """One input of a run."""

    given: str
    """As it was given, or, in a folder, the folder as given with the path inside it."""
    path: Path
    annex_id: str
    error: AnnexError | None = None
    """Why there is nothing to read: it fails without being opened."""


def plan(
    inputs: Iterable[str | Path],
    *,
    annex_id: str | None = None,
    without: Path | None = None,
    reserved: Collection[str] = (),
) -> list[Planned]:
    """Return what there is to do for the inputs of a run.

    Files come in the order given, those of a folder sorted by path; a file that is named twice counts once. A folder
    is searched with all folders in it for `SUFFIXES`; hidden files and folders, links to folders and our own reports
    are passed over. A folder without annexes is one entry, which fails.

    Parameters
    ----------
    annex_id
        The id to give; by default each file's is the slug of its name, made longer where two would be equal (see the
        record contract).
    without
        A folder that is passed over with all that lies in it: what a run writes is not what it reads.
    reserved
        Ids that no annex gets.

    Raises
    ------
    WrongUse
        When `annex_id` is given for other than one input or is no slug, or two inputs would get the same id.
    """
    seen: set[str] = set()
    planned: list[Planned] = []
    for given in inputs:
        for one in _expand(os.fspath(given), None if without is None else os.path.realpath(without)):
            identity = os.path.realpath(one.path)
            if identity not in seen:
                seen.add(identity)
                planned.append(one)
    if annex_id is not None:
        return [_named(planned, annex_id)]
    good = [number for number, one in enumerate(planned) if one.error is None]
    for number, name in zip(good, annex_ids([planned[number].path for number in good], reserved), strict=True):
        planned[number] = replace(planned[number], annex_id=name)
    return planned


def annex_ids(paths: Sequence[Path], reserved: Collection[str] = ()) -> list[str]:
    """Return an id for each file.

    It is the slug of its name; where that is not enough, with the parent folder before it, or the extension after. Of
    those that share a slug all get the folder where that tells some apart, and then those that still share one, and
    those whose id is reserved, get the extension.

    Raises
    ------
    WrongUse
        When two stay equal.
    """
    ids = [slug(path.stem) for path in paths]
    for group in _equal(ids):
        parents = {number: slug(paths[number].absolute().parent.name) for number in group}
        if len(set(parents.values())) > 1:
            for number, parent in parents.items():
                ids[number] = f"{parent}-{ids[number]}"
    taken = [number for number, name in enumerate(ids) if name in reserved]
    for group in [*_equal(ids), taken]:
        for number in group:
            if paths[number].suffix:
                ids[number] = f"{ids[number]}-{slug(paths[number].suffix)}"
    for first, second, *_ in _equal(ids):
        raise WrongUse(
            "{first} and {second} would both be written as {id}; give one of them in a run of its own, with --id",
            first=printable(paths[first]),
            second=printable(paths[second]),
            id=ids[first],
        )
    return ids


def printable(text: str | Path) -> str:
    """Return text that can be written: what is left of a byte in a file name that is no UTF-8 becomes ``?``."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


def _named(planned: Sequence[Planned], annex_id: str) -> Planned:
    if len(planned) != 1:
        raise WrongUse("--id needs exactly one input, and there are {count}", count=len(planned))
    if slug(annex_id) != annex_id:
        raise WrongUse(
            "--id takes lower-case letters, digits and hyphens, such as {example}, not {id}",
            example=slug(annex_id),
            id=annex_id,
        )
    return replace(planned[0], annex_id=annex_id)


def _equal(ids: Sequence[str]) -> list[list[int]]:
    """Return the indexes of those that share an id, a list for each id shared."""
    counts = Counter(ids)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(ids):
        if counts[name] > 1:
            groups[name].append(number)
    return list(groups.values())


def _expand(given: str, without: str | None) -> Iterator[Planned]:
    path = Path(given)
    if not given:  # a variable of the shell that was never set: not the folder that we are in
        error = AnnexError("not_found", "there is no such file; check the name and the folder")
        yield Planned("''", path, "", error)
        return
    if not os.path.isdir(path):  # noqa: PTH112  # says no where Path.is_dir raises
        yield Planned(printable(path), path, "", _not_a_file(path))
        return
    failed: list[OSError] = []
    files = sorted(_files(path, without, failed), key=lambda one: one.parts)
    for file in files:
        yield Planned(printable(file), file, "")
    if failed:
        reason = failed[0].strerror or str(failed[0])
        error = AnnexError(
            "unreadable", "the folder cannot be searched ({reason}); check its permissions", reason=reason
        )
        yield Planned(printable(path), Path(failed[0].filename or path), "", error)
    elif not files:
        error = AnnexError(
            "not_found",
            "the folder holds no annexes ({suffixes}); check that it is the right one",
            suffixes=", ".join(sorted(SUFFIXES)),
        )
        yield Planned(printable(path), path, "", error)


def _files(folder: Path, without: str | None, failed: list[OSError]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=failed.append):
        if without is not None and os.path.realpath(place) == without:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".") and name != REPORTS]
        for name in names:
            path = Path(place) / name
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and os.path.isfile(path):  # noqa: PTH113
                yield path


def _not_a_file(path: Path) -> AnnexError | None:
    """Refuse pipes and devices: to read one may never end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode):
        return None
    return AnnexError(
        "unsupported_type", "this is a pipe or a device; give the annex as a PDF, a Word file (.docx) or a text file"
    )
