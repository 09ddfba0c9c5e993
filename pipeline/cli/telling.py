"""What became of an input, as events of the log."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.batch.outcome import Outcome
    from pipeline.logs import Log
    from pipeline.records.models import Warning


def tell_outcome(log: "Log", document: str, outcome: "Outcome") -> None:
    """Log one input: that it is done or has failed, and what there is to look at in it.

    Parameters
    ----------
    document
        Id of the annex as it was planned; "" where there is none.
    """
    entry = outcome.entry
    if outcome.error is not None:
        log.event(
            "document_failed",
            level="error",
            document=document or None,
            code=outcome.error.code,
            seconds=entry.seconds,
            about=entry.input,
            said=outcome.error,
        )
        return
    for annex in outcome.annexes:
        for warning in annex.warnings:
            _tell_warning(log, annex.id, warning)
        for record in annex.records:
            for warning in record.warnings:
                _tell_warning(log, annex.id, warning, record.ordinal, record.title)
    log.event(
        "document_done",
        document=document,
        seconds=entry.seconds,
        about=entry.input,
        annexes=entry.annex_ids,
        records=entry.records,
        warnings=entry.warnings,
    )


def _tell_warning(
    log: "Log", document: str, warning: "Warning", project: int | None = None, title: str | None = None
) -> None:
    quoted = {"message": warning.message, **({} if title is None else {"title": title})}
    log.event("warning", level="warning", document=document, code=warning.code, project=project, quoted=quoted)
