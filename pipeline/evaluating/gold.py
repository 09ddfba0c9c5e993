"""Gold files: what a person says that the records of an annex must hold, in the form of the annotation guidelines."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ToldError

SHOWN_FAULTS = 5


class GoldError(ToldError, ValueError):
    """A gold file that cannot be read; the message says where and what is wrong."""


class GoldModel(BaseModel):
    """What all gold models share: keys that the score does not use may stand beside ours."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldOrganisation(GoldModel):
    """An organisation, under every name that a record may give it."""

    name: str = Field(min_length=1)
    aliases: list[str] = []
    mentions: list[str] = []
    roles: list[Literal["commissioner", "executor", "funder", "partner"]] = []
    kind: str | None = None
    optional: bool = False


class GoldLocation(GoldModel):
    """A place that the section speaks of."""

    name: str = Field(min_length=1)
    mentions: list[str] = []
    kind: str | None = None
    optional: bool = False


class GoldDate(GoldModel):
    """A date expression and what it means."""

    text: str
    edtf: str = Field(min_length=1)
    modifier: Literal["from", "after", "until", "through", "by"] | None = None
    part: Literal["begin", "mid", "end"] | None = None
    earliest: str | None = None
    latest: str | None = None
    role: str | None = None
    optional: bool = False


class GoldFigure(GoldModel):
    """A figure with every unit that a record may give it; the first is the one as written, null is no unit."""

    text: str
    kind: Literal["count", "money", "percentage", "duration", "age", "ratio", "measure"]
    value: Decimal
    value_max: Decimal | None = None
    units: list[str | None] = []
    comparator: Literal["=", "~", ">", ">=", "<", "<="] = "="
    optional: bool = False


class GoldProject(GoldModel):
    """One project and everything that its record must hold."""

    ordinal: int | None = None
    title: str = Field(min_length=1)
    aliases_title: list[str] = []
    organisations: list[GoldOrganisation] = []
    locations: list[GoldLocation] = []
    dates: list[GoldDate] = []
    figures: list[GoldFigure] = []


class Gold(GoldModel):
    """The gold of one annex."""

    document: str = Field(min_length=1)
    projects: list[GoldProject]
    stem: str = Field(default="", description="name of the file without .gold.json or .json; filled on reading")


def read_gold(path: Path) -> Gold:
    """Read one gold file.

    Raises
    ------
    GoldError
        When the file cannot be opened, is not JSON, or does not have the form of a gold file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GoldError("{path}: cannot be read: {reason}", path=path, reason=error.strerror) from error
    try:
        gold = Gold.model_validate_json(content)
    except ValidationError as error:
        raise GoldError("{path}: not a gold file: {faults}", path=path, faults=_faults(error)) from error
    return gold.model_copy(update={"stem": path.name.removesuffix(".json").removesuffix(".gold")})


def read_golds(paths: Iterable[Path]) -> list[Gold]:
    """Read gold files, in the order given.

    Parameters
    ----------
    paths
        Files, or folders: of a folder its ``*.gold.json`` are read, or, where it has none, its ``*.json``, by name.

    Raises
    ------
    GoldError
        When a file cannot be read (see `read_gold`) or a folder holds no gold file.
    """
    golds = []
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(path.glob("*.gold.json")) or sorted(path.glob("*.json"))
            if not files:
                raise GoldError("{path}: holds no gold file (*.gold.json or *.json)", path=path)
        golds += [read_gold(file) for file in files]
    return golds


def _faults(error: ValidationError) -> str:
    """Say in one line where a file departs from its form, a few faults at most."""
    faults = error.errors(include_url=False)
    said = [_fault(fault["loc"], fault["msg"]) for fault in faults[:SHOWN_FAULTS]]
    more = len(faults) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more else "")


def _fault(location: tuple[Any, ...], message: str) -> str:
    place = ".".join(str(step) for step in location)
    return f"{place}: {message}" if place else message
