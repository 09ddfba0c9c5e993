"""Run over many inputs: extract each, write what it gives, say what became of it."""

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from pipeline.batch.outcome import Outcome, deliver, fail
from pipeline.batch.plan import REPORTS, Planned
from pipeline.batch.pool import in_order
from pipeline.batch.work import Extractor, Finished, Task, work
from pipeline.errors import AnnexError
from pipeline.locking import locked
from pipeline.recognising import DEFAULT_MODEL
from pipeline.records.writing import prepare, write_failed
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings

Engine = Callable[[Sequence[Task]], Generator[Finished, None, None]]
"""What works on tasks and gives what came of each, in their order."""


def local(jobs: int, extract: Extractor | None = None) -> Engine:
    """Return what works on this machine.

    Parameters
    ----------
    jobs
        How many processes extract; 1 is this one.
    extract
        What extracts: `extract_all` by default.
    """

    def engine(tasks: Sequence[Task]) -> Generator[Finished, None, None]:
        from pipeline.extraction import extract_all  # loads spaCy: only where there is something to do

        how = extract or extract_all
        yield from in_order(tasks, how, jobs) if jobs > 1 else (work(task, how) for task in tasks)

    return engine


def run(
    planned: Sequence[Planned],
    out: Path,
    *,
    settings: ReadingSettings,
    model: str = DEFAULT_MODEL,
    overlay: Overlay | None = None,
    decisions: bytes = b"",
    jobs: int = 1,
    extract: Extractor | None = None,
) -> Generator[Outcome, None, None]:
    """Extract inputs and write their annex folders into `out`; give an outcome for each, in order.

    What goes wrong with an input is its outcome, and the run goes on. Only this process writes, in the order of the
    inputs, so that the number of workers changes nothing in what is written.

    Parameters
    ----------
    model
        Name of the spaCy pipeline, as `load_model` takes it.
    overlay
        What a steward lays over the register; none by default.
    decisions
        The lines of the decisions that hold in what is extracted, as they were when the run began; none by default.
    jobs
        How many processes extract; 1 is this one.

    Raises
    ------
    LockedError
        When another run is writing to `out`.
    """
    with ExitStack() as stack:
        try:
            _open(out, stack)
        except AnnexError as error:
            for one in planned:
                yield fail(one, one.error or error)
            return
        own = overlay or Overlay()
        tasks = [Task(one.path, one.annex_id, settings, model, own, decisions) for one in planned if one.error is None]
        results = stack.enter_context(closing(local(jobs, extract)(tasks)))
        taken: dict[str, str] = {}
        for one in planned:
            report = out / REPORTS / f"{one.annex_id}.txt"
            yield fail(one, one.error) if one.error else deliver(one, next(results), out, report, taken)


def _open(out: Path, stack: ExitStack) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        stack.enter_context(locked(out))
    except OSError as error:
        raise write_failed(out, error) from None
    prepare(out)
