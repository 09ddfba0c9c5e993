"""Publishing: what is decided becomes the approved records, whole or not at all, and is not asked again."""

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from click.testing import CliRunner
from making import tree

from pipeline.cli import main
from pipeline.comparing.comparing import compare
from pipeline.errors import AnnexError
from pipeline.records.reading import read_records
from pipeline.records.validating import validate
from pipeline.reviewing.boundaries import merge_draft, move_draft, split_draft
from pipeline.reviewing.deciding import Draft, accepted, rejected
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Evidence
from pipeline.reviewing.facts import title_place
from pipeline.reviewing.publishing import publish
from pipeline.reviewing.session import Project, Session

P = ParamSpec("P")
T = TypeVar("T")

SAMPLES = Path(__file__).parents[1] / "samples"


def extracted(out: Path, source: Path | str, *more: object) -> Path:
    """Extract an annex as a user does; give back the run."""
    result = CliRunner().invoke(main, ["extract", str(SAMPLES / source), "-o", str(out), *map(str, more)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("years")
    return {year: extracted(folder / str(year), f"schuldenvrij-{year}.txt") for year in (2022, 2023, 2024)}


def begin(new: Path, approved: Path) -> Session:
    return Session(new, approved, user="A. Steward")


def accept(session: Session, projects: Iterable[Project]) -> None:
    drafts = []
    for project in projects:
        drafts += [(project, accepted(one, project.records_of(one))) for one in session.open_questions(project)]
    session.decide_all(drafts, "")


def left(session: Session) -> int:
    return sum(len(session.open_questions(one)) for one in session.projects)


def faults(folder: Path) -> list[str]:
    return [f"{one.file} {one.where}: {one.message}" for one in validate(folder).problems]


def facts_that_changed(old: Path, new: Path, annex: str) -> list[str]:
    """Return what `annex diff` would say of the facts of one annex."""
    diff = compare({annex: read_records(old)[annex]}, {annex: read_records(new)[annex]})
    return [
        f"{change.kind} {change.what}: {change.old and change.old.value} {change.new and change.new.value}"
        for one in diff.annexes
        for pair in one.pairs
        for change in pair.changes
    ] + [str(pair.kinds) for one in diff.annexes for pair in one.pairs if pair.kinds != ["unchanged"]]


def test_the_first_year_is_published_as_it_was_accepted(years: dict[int, Path], tmp_path: Path) -> None:
    session = begin(years[2022], tmp_path / "approved")
    assert not (tmp_path / "approved").exists()
    accept(session, session.projects)
    planned = publish(session, dry_run=True)
    assert not list((tmp_path / "approved").glob("*/annex.json"))
    done = publish(session)
    assert [row.fate for row in done.rows] == [row.fate for row in planned.rows]
    assert {row.fate for row in done.rows} == {"written"}
    assert faults(tmp_path / "approved") == []
    assert facts_that_changed(tmp_path / "approved", years[2022], "schuldenvrij-2022") == []
    assert left(session) == 0
    assert left(begin(years[2022], tmp_path / "approved")) == 0


def test_what_is_not_decided_stays_as_it_was_and_is_told(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    session = begin(years[2022], approved)
    accept(session, session.projects[:3])
    done = publish(session)
    assert [row.fate for row in done.rows[:3]] == ["written"] * 3
    assert {row.fate for row in done.rows[3:]} == {"waiting"}
    assert all(row.open for row in done.rows[3:])
    assert faults(approved) == []
    before = read_records(approved)["schuldenvrij-2022"]
    assert [one.title for one in before] == [one.news[0].title for one in session.projects[:3]]
    text = (SAMPLES / "schuldenvrij-2022.txt").read_text()
    first, second = before[0], before[1]
    (tmp_path / "schuldenvrij-2022.txt").write_text(
        text.replace(first.figures[0].text, "97.531").replace(second.figures[0].text, "86.420", 1)
    )
    again = begin(extracted(tmp_path / "again", tmp_path / "schuldenvrij-2022.txt"), approved)
    changed = [one for one in again.projects if again.open_questions(one)]
    accept(again, [changed[0]])
    done = publish(again)
    assert [row.fate for row in done.of("written", "kept")].count("kept") >= 1
    assert faults(approved) == []
    now = read_records(approved)["schuldenvrij-2022"]
    assert len({one.annex.source.sha256 for one in now}) == 2, "what stays says which file it is of"
    kept = next(row for row in done.rows if row.fate == "kept")
    assert [one.text for one in now if one.title == kept.project.olds[0].title] == [kept.project.olds[0].text]


def test_year_after_year_stands_side_by_side_and_asks_nothing_again(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    for year, run in years.items():
        session = begin(run, approved)
        assert left(session) > 0
        accept(session, session.projects)
        publish(session)
        assert faults(approved) == []
        name = f"schuldenvrij-{year}"
        again = extracted(tmp_path / f"again-{year}", f"{name}.txt", "--approved", approved)
        assert facts_that_changed(approved, again, name) == []
        assert left(begin(again, approved)) == 0
        assert left(begin(run, approved)) == 0
    assert sorted(read_records(approved)) == [f"schuldenvrij-{year}" for year in years]
    result = CliRunner().invoke(main, ["validate", str(approved)])
    assert result.exit_code == 0, result.output


def test_what_was_rejected_holds_in_what_is_published_and_extracted_again(
    years: dict[int, Path], tmp_path: Path
) -> None:
    approved = tmp_path / "approved"
    first = begin(years[2022], approved)
    accept(first, first.projects)
    publish(first)
    session = begin(years[2023], approved)
    rejections = 0
    for project in session.projects:
        for question in project.questions:
            if question.can_reject and question.subject in {"figure", "date", "location"} and project.pair.new:
                draft = rejected(question, project.records_of(question), project.news, "")
                session.decide(project, [draft], "", question)
                rejections += 1
    assert rejections > 10
    accept(session, session.projects)
    publish(session)
    assert faults(approved) == []
    again = extracted(tmp_path / "again", "schuldenvrij-2023.txt", "--approved", approved)
    assert facts_that_changed(approved, again, "schuldenvrij-2023") == []
    assert left(begin(again, approved)) == 0
    assert left(begin(years[2023], approved)) == 0


def test_a_project_that_ended_or_is_none_goes(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    first = begin(years[2022], approved)
    accept(first, first.projects)
    publish(first)
    run = tmp_path / "without"
    shutil.copytree(years[2022], run)
    text = (SAMPLES / "schuldenvrij-2022.txt").read_text()
    gone, none = read_records(run)["schuldenvrij-2022"][1:3]
    (tmp_path / "schuldenvrij-2022.txt").write_text(_without(text, gone.title, none.title))
    session = begin(extracted(tmp_path / "again", tmp_path / "schuldenvrij-2022.txt"), approved)
    ended = [one for one in session.projects if not one.pair.new]
    assert [one.olds[0].title for one in ended] == [gone.title]
    [question] = ended[0].questions
    done = publish(session)
    assert [row.fate for row in done.rows if row.project.number == ended[0].number] == ["kept"]
    assert gone.title in [one.title for one in read_records(approved)["schuldenvrij-2022"]]
    accept(session, session.projects)
    project = next(one for one in session.projects if one.news and one.news[0].title == none.title)
    place = project.news[0]
    whole = {"title": place.title}
    draft = accepted(question, {gone.id: gone})
    [piece] = (_title_evidence(session, place.id),)
    session.decide(project, [Draft("project", "reject", (piece,), whole, None, "", "", place.id)], "")
    assert draft.after is None
    done = publish(session)
    assert {row.fate for row in done.rows if row.fate not in {"written"}} == {"ended", "left_out"}
    assert faults(approved) == []
    titles = [one.title for one in read_records(approved)["schuldenvrij-2022"]]
    assert gone.title not in titles
    assert none.title not in titles


def _without(text: str, title: str, upto: str) -> str:
    """Return a text without the section of a title."""
    return text[: text.index(title)] + text[text.index(upto) :]


def _title_evidence(session: Session, record: str) -> Evidence:
    found = next(annex.new[record] for annex in session.annexes if record in annex.new)
    [piece] = evidence_of(found, [title_place(found)])
    return piece


@pytest.mark.parametrize("kind", ["split", "merge", "move"])
def test_boundaries_are_asked_about_published_and_hold_again(years: dict[int, Path], tmp_path: Path, kind: str) -> None:
    approved = tmp_path / "approved"
    first = begin(years[2022], approved)
    accept(first, first.projects)
    publish(first)
    session = begin(years[2022], approved)
    project = session.projects[1]
    record = project.news[0]
    at = record.text.index(". ", len(record.text) // 3) + 2
    settled = project.annex.settled
    drafts = {
        "split": split_draft(settled, record.id, at, "Een ander project"),
        "merge": merge_draft(settled, record.id),
        "move": move_draft(settled, record.id, at, "next"),
    }
    session.decide(project, [drafts[kind]], "")
    count = len(settled.records)
    now = session.projects[1].annex.new
    assert len(now) == count + {"split": 1, "merge": -1, "move": 0}[kind]
    assert left(session) > 0, "what changed by it is asked about"
    accept(session, session.projects)
    publish(session)
    assert faults(approved) == []
    there = read_records(approved)["schuldenvrij-2022"]
    assert [one.text for one in there] == [one.text for one in now.values()]
    again = extracted(tmp_path / "again", "schuldenvrij-2022.txt", "--approved", approved)
    assert facts_that_changed(approved, again, "schuldenvrij-2022") == []
    assert left(begin(again, approved)) == 0
    other = begin(years[2022], approved)
    assert left(other) == 0
    [drawn] = [one for one in other.log.read() if one.subject == "boundary"]
    assert other.undo(drawn.id) is not None
    assert len(other.projects[1].annex.new) == count
    accept(other, other.projects)
    publish(other)
    assert len(read_records(approved)["schuldenvrij-2022"]) == count


def test_a_split_that_is_joined_again_asks_nothing(years: dict[int, Path], tmp_path: Path) -> None:
    session = begin(years[2022], tmp_path / "approved")
    accept(session, session.projects)
    publish(session)
    project = session.projects[0]
    record = project.news[0]
    at = record.text.index(". ") + 2
    session.decide(project, [split_draft(project.annex.settled, record.id, at, "Tweede")], "")
    assert left(session) > 0
    project = session.projects[0]
    session.decide(project, [merge_draft(project.annex.settled, record.id)], "")
    assert left(session) == 0
    assert len(session.annexes[0].new) == len(session.annexes[0].approved)


def _ready(years: dict[int, Path], approved: Path) -> Session:
    """Return a session in which another year was decided, beside one that is approved."""
    first = begin(years[2022], approved)
    accept(first, first.projects)
    publish(first)
    changed = begin(years[2023], approved)
    accept(changed, changed.projects)
    publish(changed)
    session = begin(years[2022], approved)
    record = session.projects[0].news[0]
    at = record.text.index(". ") + 2
    session.decide(session.projects[0], [split_draft(session.annexes[0].settled, record.id, at, "Tweede")], "")
    accept(session, session.projects)
    return session


def test_killed_at_any_step_each_annex_is_whole_and_the_next_mends_all(years: dict[int, Path], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    _ready(years, begun)
    before = read_records(begun)
    lengths = []
    for step in range(1, 200):
        approved = tmp_path / str(step)
        shutil.copytree(begun, approved)
        session = begin(years[2022], approved)
        if not _killed_at(step, lambda session=session: publish(session)):  # type: ignore[misc]
            break
        again = begin(years[2022], approved)
        there = read_records(approved)
        assert there["schuldenvrij-2023"] == before["schuldenvrij-2023"]
        lengths.append(len(there["schuldenvrij-2022"]) - len(before["schuldenvrij-2022"]))
        assert left(again) == 0
        publish(again)
        assert faults(approved) == []
        assert len(read_records(approved)["schuldenvrij-2022"]) == len(before["schuldenvrij-2022"]) + 1
        shutil.rmtree(approved)
    assert lengths == sorted(lengths)
    assert set(lengths) == {0, 1}


def _killed_at(step: int, action: Callable[[], object]) -> bool:
    """Do something in a process that is killed before its n-th change of the disk; say whether it came so far."""
    child = os.fork()
    if child == 0:
        calls = iter(range(1, 10_000))
        for name in ("rename", "replace", "mkdir", "fsync", "rmdir", "unlink"):
            setattr(os, name, _dying(getattr(os, name), calls, step))
        try:
            action()
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status)


def _dying(function: Callable[P, T], calls: Iterator[int], step: int) -> Callable[P, T]:
    def instead(*args: P.args, **settings: P.kwargs) -> T:
        if next(calls) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **settings)

    return instead


def test_a_full_disk_changes_nothing(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    session = _ready(years, approved)
    before = tree(approved)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for limit in (0, 100, 2_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
        try:
            with pytest.raises(AnnexError) as caught:
                publish(session)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
        assert caught.value.code == "write_failed"
        assert tree(approved) == before
        assert faults(approved) == []
    signal.signal(signal.SIGXFSZ, ignored)
    publish(session)
    assert faults(approved) == []


def _publish(new: Path, approved: Path) -> None:
    publish(begin(new, approved))


def test_two_that_publish_at_once_lose_nothing(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    for year in (2022, 2023, 2024):
        session = begin(years[year], approved)
        accept(session, session.projects)
    processes = [
        get_context("fork").Process(target=_publish, args=(years[year], approved)) for year in (2022, 2023, 2024) * 2
    ]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    assert [one.exitcode for one in processes] == [0] * 6
    assert faults(approved) == []
    assert sorted(read_records(approved)) == ["schuldenvrij-2022", "schuldenvrij-2023", "schuldenvrij-2024"]


def test_what_another_has_published_since_is_seen(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    mine, other = begin(years[2022], approved), begin(years[2022], approved)
    accept(other, other.projects[:2])
    publish(other)
    accept(mine, mine.projects[4:6])
    done = publish(mine)
    assert len(done.of("written")) == 4
    assert faults(approved) == []
    assert len(read_records(approved)["schuldenvrij-2022"]) == 4


def test_what_stands_in_the_way_is_not_overwritten(years: dict[int, Path], tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    session = begin(years[2022], approved)
    accept(session, session.projects)
    (approved / "schuldenvrij-2022").mkdir()
    (approved / "schuldenvrij-2022" / "aantekeningen.docx").write_text("van een mens")
    with pytest.raises(AnnexError, match="in the way"):
        publish(session)
    assert (approved / "schuldenvrij-2022" / "aantekeningen.docx").read_text() == "van een mens"
