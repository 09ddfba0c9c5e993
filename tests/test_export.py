"""Feedback: what is exported can be learned from, measured by, and labelled, with every span where it was."""

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from making import head, records

from models.training.passages import CorpusError, Passage, own_corpus, read_corpus, read_sentence
from models.training.splits import split
from pipeline.cli import main
from pipeline.cli.export import LEARNING
from pipeline.evaluating import evaluate, read_golds
from pipeline.exporting import label_studio, training
from pipeline.exporting.exported import Run
from pipeline.exporting.marking import Mark, disjoint, trimmed
from pipeline.records.models import LocationRecord, Mention, OrganisationRecord, ProjectRecord
from pipeline.records.reading import read_records
from pipeline.reviewing.decisions.log import LOG_FILE

SAMPLES = Path(__file__).parent.parent / "samples"
TEXTS = [*sorted(SAMPLES.glob("*.txt")), *sorted((SAMPLES / "forms").glob("*.txt"))]

ODD = [
    "[",
    "]",
    "(",
    ")",
    "\\",
    "#",
    "](",
    " ",
    "\n",
    "\n\n",
    "\u2028",
    "\x0c",
    "\xa0",
    "𝔸",
    "🏳",
    "é",
    "\\u0041",
    "1. ",
]
WORDS = ["Koraal", "GGD Fryslân", "Start: ", "Einde", "een", ". De ", "! ", "- "]
LETTERS = st.lists(st.sampled_from([*ODD, *WORDS]), min_size=1, max_size=25).map("".join)


def annex(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    assert annex("extract", *TEXTS, "-o", out).exit_code == 0
    return out


def mention(text: str, start: int, end: int) -> Mention:
    return Mention(field="text", start=start, end=end, text=text[start:end], page=None, boxes=[], next_page_boxes=[])


def project(text: str, *spans: tuple[int, int], title: str = "Titel") -> ProjectRecord:
    """Make a record of which the spans are organisations and places in turn."""
    (plain,) = records(head(), title)
    bodies = [
        OrganisationRecord(
            name="X", register_id=None, kind="care", status="new", link="none", confidence=0.5, roles=[],
            mentions=[mention(text, *span)],
        )
        for span in spans[::2]
    ]  # fmt: skip
    places = [
        LocationRecord(name="Y", kind="town", confidence=1, mentions=[mention(text, *span)]) for span in spans[1::2]
    ]
    return plain.model_copy(update={"text": text, "organisations": bodies, "locations": places})


def read_back(made: Sequence[ProjectRecord], folder: Path) -> list[Passage]:
    for name, content in training.export(Run({"bijlage": made}, is_approved=True)).files.items():
        (folder / name).write_bytes(content)
    return read_corpus(folder)


def found_again(text: str, passages: Sequence[Passage]) -> tuple[str, set[tuple[int, int, str]]]:
    """Return what of a text no line holds, and the marks of the lines at their place in the text."""
    between, marks, at = [], set(), 0
    for line in (line for passage in passages for line in passage.sentences):
        start = text.index(line.text, at)
        between.append(text[at:start])
        marks |= {(start + n.start, start + n.end, f"{n.label} {n.kind or ''}".strip()) for n in line.names}
        at = start + len(line.text)
    return "".join([*between, text[at:]]), marks


def marks_of(record: ProjectRecord, field: str) -> list[Mark]:
    mentions = [m for one in record.organisations for m in one.mentions]
    mentions += [m for one in record.locations for m in one.mentions]
    return [Mark(m.start, m.end, "") for m in mentions if m.field == field]


@settings(max_examples=100)
@given(LETTERS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=6))
def test_the_training_text_holds_every_letter_and_span(
    tmp_path_factory: pytest.TempPathFactory, text: str, places: list[tuple[int, int]]
) -> None:
    spans = [(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    passages = read_back([project(text, *spans)], tmp_path_factory.mktemp("text"))
    assert [passage.form for passage in passages][:1] == ["heading"]
    wanted = [Mark(s, e, "loc" if at % 2 else "org care") for at, (s, e) in enumerate(spans)]
    rest, marks = found_again(text, passages[1:])
    assert not rest.strip()
    assert marks == {(m.start, m.end, m.label) for m in disjoint(trimmed(text, one) for one in wanted)}


@given(LETTERS.filter(str.strip))
def test_a_title_is_one_line(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    (passage,) = read_back([project("", title=title)], tmp_path_factory.mktemp("title"))
    assert [line.text for line in passage.sentences] == [title]


def test_of_two_names_that_overlap_the_longer_is_marked() -> None:
    marks = [Mark(0, 4, "org care"), Mark(2, 9, "loc"), Mark(9, 12, "loc"), Mark(2, 9, "org care")]
    assert disjoint(marks) == [Mark(2, 9, "loc"), Mark(9, 12, "loc")]
    text = "Zorgpad Twente"
    assert training.export(Run({"a": [project(text, (0, 14), (8, 14))]}, is_approved=True)).left_out == 1


@pytest.mark.parametrize("line", ["a \\n b", "a \\", "[x\\y](loc)", "\\u12", "a \\( b"])
def test_a_backslash_must_stand_for_something(line: str) -> None:
    with pytest.raises(CorpusError):
        read_sentence(line)


def test_a_run_scores_full_marks_against_its_own_gold(run: Path, tmp_path: Path) -> None:
    told = annex("export", run, "--to", "training", "-o", tmp_path, "--unapproved")
    assert told.exit_code == 0, told.output
    report = evaluate(read_records(run), read_golds([tmp_path]))
    assert [row for row in report.rows() if row.gold != row.found or row.spurious] == []
    assert {row.kind for row in report.rows() if row.gold} >= {"projects", "organisations", "roles", "dates", "figures"}
    assert not report.misses()
    assert not report.extras()


def test_the_training_text_of_a_run_has_its_spans(run: Path, tmp_path: Path) -> None:
    read = {name: made for name, made in read_records(run).items() if name in ("schuldenvrij-2023", "onderweg-2024")}
    for name, content in training.export(Run(read, is_approved=True)).files.items():
        (tmp_path / name).write_bytes(content)
    passages = read_corpus(tmp_path)
    assert {"heading", "prose"} <= {passage.form for passage in passages}
    assert max(sum(len(line.text.split()) for line in p.sentences) for p in passages if len(p.sentences) > 1) <= 120
    for name, made in read.items():
        own = iter([passage for passage in passages if passage.field == name])
        lines = [line for passage in own for line in passage.sentences]
        spans = sum(len(disjoint(marks_of(record, field))) for record in made for field in ("title", "text"))
        assert sum(len(line.names) for line in lines) == spans


def test_models_learn_from_own_text_beside_ours(run: Path, tmp_path: Path) -> None:
    annex("export", run, "--to", "training", "-o", tmp_path, "--unapproved")
    ours, own = read_corpus(), own_corpus([tmp_path])
    parts = split(ours, own)
    alone = split(ours)
    assert len(parts.train) + len(parts.test) == len(ours) + len(own)
    assert set(alone.test) <= set(parts.test)
    train, test = ({p.field for p in one if p in own} for one in (parts.train, parts.test))
    assert train
    assert not train & test
    assert len({year in train for year in ("schuldenvrij-2022", "schuldenvrij-2023", "schuldenvrij-2024")}) == 1
    (empty := tmp_path / "leeg").mkdir()
    with pytest.raises(CorpusError):
        own_corpus([empty])


def test_only_what_people_approved_is_learned_from(run: Path, tmp_path: Path) -> None:
    refused = annex("export", run, "--to", "training", "-o", tmp_path / "a")
    assert refused.exit_code == 1
    assert "nobody has approved" in refused.output
    assert not (tmp_path / "a").exists()
    (run / LOG_FILE).touch()
    try:
        for folder in (run, run / "schuldenvrij-2023"):
            told = annex("export", folder, "--to", "training", "-o", tmp_path / "b")
            assert told.exit_code == 0
            assert "decisions hold in 0 of" in told.output
    finally:
        (run / LOG_FILE).unlink()


def test_label_studio_gets_the_words_at_their_code_points(run: Path, tmp_path: Path) -> None:
    assert annex("export", run, "--to", "label-studio", "-o", tmp_path).exit_code == 0
    tasks = json.loads((tmp_path / "tasks.json").read_bytes())
    config = ElementTree.fromstring((tmp_path / "config.xml").read_bytes())  # noqa: S314  # our own
    tags = {tag.get("name"): tag.get("toName") for tag in config.iter() if tag.get("toName")}
    values = {tag.get("value") for tag in config.iter("Label")}
    made = [record for annex_records in read_records(run).values() for record in annex_records]
    assert [task["meta"]["record"] for task in tasks] == [record.id for record in made]
    for task in tasks:
        regions = task["predictions"][0]["result"]
        ids = {region["id"] for region in regions if region["type"] == "labels"}
        for region in regions:
            if region["type"] == "relation":
                assert {region["from_id"], region["to_id"]} <= ids
                continue
            assert tags[region["from_name"]] == region["to_name"]
            if region["type"] == "labels":
                value = region["value"]
                assert set(value["labels"]) <= values
                assert task["data"][region["to_name"]][value["start"] : value["end"]] == value["text"]


def test_label_studio_counts_code_points_and_takes_what_is_approved_as_annotations() -> None:
    text = "🏳 𝔸 Koraal en 𝔹𝔹 Ede"
    made = project(text, (4, 10), (17, 20))
    (task,) = json.loads(label_studio.export(Run({"a": [made]}, is_approved=True)).files["tasks.json"])
    assert "predictions" not in task
    spans = [r["value"] for r in task["annotations"][0]["result"] if r["type"] == "labels"]
    assert [(s["start"], s["end"], s["text"]) for s in spans] == [(4, 10, "Koraal"), (17, 20, "Ede")]


@pytest.mark.parametrize("name", LEARNING)
def test_what_cannot_be_read_or_written_is_told_in_a_line(name: str, run: Path, tmp_path: Path) -> None:
    (empty := tmp_path / "leeg").mkdir()
    assert annex("export", empty, "--to", name, "-o", tmp_path / "x", *_ANYWAY[name]).exit_code == 1
    (tmp_path / "file").touch()
    told = annex("export", run, "--to", name, "-o", tmp_path / "file", *_ANYWAY[name])
    assert told.exit_code == 1
    assert len(told.output.splitlines()) == 1


_ANYWAY = {"training": ["--unapproved"], "label-studio": []}
