"""What a team asserts of a run, in a file of its own: where a run breaks it, what it found takes no place."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.batch.work import AnnexSummary
from pipeline.errors import ToldError
from pipeline.messages import N_

_Share = Annotated[float, Field(ge=0, le=1)]
_Count = Annotated[int, Field(ge=0)]


class AssertionsError(ToldError, ValueError):
    """A file of assertions that cannot be read; the message says where and what is wrong."""


class Breach(ToldError):  # noqa: N818  # it is told, not raised
    """An assertion that does not hold."""


class Tally(BaseModel):
    """How many records of an annex have something, and how many organisations are known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    annex: str
    records: int = 0
    with_organisation: int = 0
    with_role: int = 0
    with_place: int = 0
    with_date: int = 0
    with_period: int = 0
    with_figure: int = 0
    without_warning: int = 0
    organisations: int = 0
    known: int = 0

    @classmethod
    def of(cls, annex: AnnexSummary) -> "Tally":
        """Count in what there is to tell of an annex."""
        records = annex.records
        organisations = sum(one.organisations for one in records)
        return cls(
            annex=annex.id,
            records=len(records),
            with_organisation=sum(one.organisations > 0 for one in records),
            with_role=sum(one.roles > 0 for one in records),
            with_place=sum(one.places > 0 for one in records),
            with_date=sum(one.dates > 0 for one in records),
            with_period=sum(one.has_period for one in records),
            with_figure=sum(one.figures > 0 for one in records),
            without_warning=sum(not one.warnings for one in records),
            organisations=organisations,
            known=organisations - sum(len(one.new_organisations) for one in records),
        )


class _Asserted(BaseModel):
    """What may be asserted of an annex, or of all of them together; a share is from 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    projects: _Count | None = None
    """At least so many."""
    with_organisation: _Share | None = None
    """At least this share of the records has one; so with those below."""
    with_role: _Share | None = None
    with_place: _Share | None = None
    with_date: _Share | None = None
    with_period: _Share | None = None
    with_figure: _Share | None = None
    without_warning: _Share | None = None
    known_organisations: _Share | None = None
    """At least this share of the organisations is in the register."""

    SHARES: ClassVar = (
        "with_organisation",
        "with_role",
        "with_place",
        "with_date",
        "with_period",
        "with_figure",
        "without_warning",
    )

    def breaches(self, tallies: Sequence[Tally], of: str) -> Iterator[Breach]:
        """Give what does not hold of annexes taken together; shares of nothing hold.

        Parameters
        ----------
        of
            What the message calls them: a table of the file, or an annex.
        """
        records = sum(one.records for one in tallies)
        if self.projects is not None and records < self.projects:
            yield Breach(
                N_("{of}: {found} projects, and at least {asked} are asserted"),
                of=of,
                found=records,
                asked=self.projects,
            )
        organisations = sum(one.organisations for one in tallies)
        shares = [(name, sum(getattr(one, name) for one in tallies), records) for name in self.SHARES]
        shares.append(("known_organisations", sum(one.known for one in tallies), organisations))
        for name, found, whole in shares:
            asked = getattr(self, name)
            if asked is not None and found < asked * whole:
                yield Breach(
                    N_("{of}: {name} is {found} of {whole} = {share}, and at least {asked} is asserted"),
                    of=of,
                    name=name,
                    found=found,
                    whole=whole,
                    share=f"{found / whole:.3f}",
                    asked=asked,
                )


class _AssertedOfRun(_Asserted):
    annexes: _Count | None = None
    """At least so many."""
    failed: _Share | None = None
    """At most this share of the inputs."""


class Assertions(BaseModel):
    """What a team asserts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    each_annex: _Asserted = _Asserted()
    run: _AssertedOfRun = _AssertedOfRun()

    def breaches(self, tallies: Sequence[Tally], *, inputs: int, failed: int) -> list[Breach]:
        """Return what does not hold.

        Parameters
        ----------
        tallies
            Of every annex.
        inputs
            How many inputs there are.
        failed
            How many of them have failed.
        """
        found = [breach for one in tallies for breach in self.each_annex.breaches([one], one.annex)]
        found += self.run.breaches(tallies, "run")
        if self.run.annexes is not None and len(tallies) < self.run.annexes:
            found.append(
                Breach(
                    N_("{of}: {found} annexes, and at least {asked} are asserted"),
                    of="run",
                    found=len(tallies),
                    asked=self.run.annexes,
                )
            )
        if self.run.failed is not None and failed > self.run.failed * inputs:
            found.append(
                Breach(
                    N_("{of}: failed is {found} of {whole} = {share}, and at most {asked} is asserted"),
                    of="run",
                    found=failed,
                    whole=inputs,
                    share=f"{failed / inputs:.3f}",
                    asked=self.run.failed,
                )
            )
        return found


def read_assertions(path: Path) -> Assertions:
    """Read a file of assertions, in TOML: ``docs/batch.md`` says what may stand in it.

    Raises
    ------
    AssertionsError
        When it cannot be read, is no TOML, or asserts what there is not.
    """
    try:
        return Assertions.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise AssertionsError(
            "{file}: cannot be read ({reason})", file=path, reason=error.strerror or str(error)
        ) from None
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise AssertionsError(
            "{file}: {key}: {reason}", file=path, key=".".join(map(str, fault["loc"])), reason=fault["msg"]
        ) from None
    except ValueError as error:  # no TOML, or no UTF-8
        raise AssertionsError("{file}: is no TOML ({reason})", file=path, reason=error) from None
