"""What `run` tells: its plan, its end, and what it was ended by."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.messages import N_, _, ngettext

if TYPE_CHECKING:
    from pipeline.batch.assertions import Breach
    from pipeline.batch.outcome import Outcome
    from pipeline.batch.survey import Survey
    from pipeline.logs import Log

_WHY = {
    "new": N_("new"),
    "content": N_("its content has changed"),
    "name": N_("its name has changed"),
    "version": N_("annex has changed"),
    "model": N_("the model has changed"),
    "settings": N_("settings or your register have changed"),
    "decisions": N_("decisions on it have changed"),
    "output": N_("its records are not as they were written"),
    "retry": N_("it failed before"),
}


class Tally:
    """What has been done so far."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0
        self.annexes = 0
        self.records = 0
        self.warnings = 0
        self.broken = False

    def add(self, outcome: "Outcome") -> None:
        """Count what became of an input."""
        self.done += outcome.error is None
        self.failed += outcome.error is not None
        self.annexes += len(outcome.entry.annex_ids)
        self.records += outcome.entry.records
        self.warnings += outcome.entry.warnings
        self.broken |= outcome.broken


def tell_plan(log: "Log", found: "Survey", out: str, *, prune: bool, is_dry: bool = False) -> None:
    """Tell what there is to do: how many, and, where that is all that was asked, which and why."""
    from pipeline.cli.console import plain

    counts = Counter(str(step.why) for step in found.to_do)
    twins = [step for step in found.steps if step.twin is not None]
    left = sum(step.why is None and step.twin is None and step.one.error is None for step in found.steps)
    log.event(
        "run_planned",
        about=out,
        inputs=len(found.steps),
        to_do=len(found.to_do),
        why=dict(counts),
        unchanged=left,
        twice=len(twins),
        vanished=len(found.vanished),
    )
    for entry in found.vanished:
        log.event("document_vanished", level="warning", document=entry.id, about=entry.path, pruned=prune)
    if is_dry:
        for step in found.to_do:
            log.event("document_planned", document=step.one.annex_id, about=step.one.given, why=step.why)
        for step in twins:
            log.event("document_twice", document=step.one.annex_id, about=step.one.given, same_as=step.twin)
    if log.form != "text":
        return
    for step in found.to_do if is_dry else ():
        click.echo(f"{plain(step.one.given)}: {_(_WHY[str(step.why)])}")
    for step in twins:
        click.echo(
            _("{file}: has the same content as {other}, which is read").format(
                file=plain(step.one.given), other=step.twin
            )
        )
    for entry in found.vanished:
        words = (
            _("{file}: is gone; its records are removed")
            if prune
            else _("{file}: is gone; its records are kept (--prune removes them)")
        )
        click.echo(words.format(file=plain(entry.path)))
    click.echo(
        _("{to_do} to do, {left} unchanged, of {inputs}").format(
            to_do=_inputs(len(found.to_do)), left=left, inputs=len(found.steps)
        )
    )


def tell_breaches(log: "Log", breaches: "Sequence[Breach]") -> None:
    """Tell what does not hold."""
    for one in breaches:
        log.event("assertion_failed", level="error", said=one)


def tell_too_many(log: "Log", tally: Tally, seconds: float) -> None:
    """Tell that the run ends because too much fails."""
    from pipeline.errors import ToldError

    said = ToldError(
        N_("{count} inputs have failed, more than --max-failures allows: the run ends"), count=tally.failed
    )
    log.event("run_stopped", level="error", seconds=seconds, said=said, done=tally.done, failed=tally.failed)


def tell_end(log: "Log", found: "Survey", out: Path, tally: Tally, seconds: float, *, is_breached: bool) -> None:
    """Tell what was done, what has failed, now or before, and where to look."""
    from pipeline.batch.quarantine import QUARANTINE
    from pipeline.cli.console import plain

    entries = [step.entry for step in found.steps if step.entry is not None]
    failed = sum(one.status == "failed" for one in entries) + sum(step.one.error is not None for step in found.steps)
    log.event(
        "run_ended",
        seconds=seconds,
        inputs=len(found.steps),
        done=tally.done,
        failed=failed,
        failed_now=tally.failed,
        annexes=sum(len(one.annex_ids) for one in entries),
        records=sum(one.records for one in entries),
        warnings=sum(one.warnings for one in entries),
    )
    if log.form != "text":
        return
    annexes = sum(len(one.annex_ids) for one in entries)
    click.echo(
        _("{inputs} done in {seconds:.0f} s, {records} in {annexes}").format(
            inputs=_inputs(tally.done),
            seconds=seconds,
            records=ngettext("{count} record", "{count} records", tally.records).format(count=tally.records),
            annexes=ngettext("{count} annex", "{count} annexes", tally.annexes).format(count=tally.annexes),
        )
    )
    if is_breached:
        click.echo(_("What is asserted of the run does not hold: {out} is as it was").format(out=plain(out)))
        return
    whole = sum(one.records for one in entries)
    click.echo(
        _("{out} holds {records} in {annexes}").format(
            out=plain(out),
            records=ngettext("{count} record", "{count} records", whole).format(count=whole),
            annexes=ngettext("{count} annex", "{count} annexes", annexes).format(count=annexes),
        )
    )
    if failed:
        words = ngettext(
            "{count} input has failed, now or before: see {folder}; --retry tries it again",
            "{count} inputs have failed, now or before: see {folder}; --retry tries them again",
            failed,
        )
        click.echo(words.format(count=failed, folder=plain(out / QUARANTINE)))


def _inputs(count: int) -> str:
    return ngettext("{count} input", "{count} inputs", count).format(count=count)
