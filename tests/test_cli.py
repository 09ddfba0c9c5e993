"""The command line: exit codes, what it shows, in English and in Dutch, and what help costs."""

import gettext
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from making import TEXT, fake_extract, head, organisation, pdf, records
from timing import least_seconds

from pipeline.batch.run import run
from pipeline.cli import COMMANDS, catalogue, main
from pipeline.cli.console import plain
from pipeline.cli.exits import Exit
from pipeline.cli.marks import marked
from pipeline.cli.schema import NAMES
from pipeline.cli.settings.early import language_asked
from pipeline.errors import AnnexError
from pipeline.locking import locked
from pipeline.messages import told, use_language
from pipeline.reading.opening import _KNOWN_OTHERS
from pipeline.records.models import (
    Cue,
    DateRecord,
    FigureRecord,
    Footnote,
    LocationRecord,
    OrganisationRecord,
    ProjectRecord,
    RepairRecord,
    RoleRecord,
)
from pipeline.records.writing import as_bytes
from pipeline.schemas import SCHEMA_NAMES, schema_text
from pipeline.showing.spans import spans_of
from pipeline.showing.words import (
    DATE_ROLES,
    FIGURE_KINDS,
    LOCATION_KINDS,
    ORGANISATION_KINDS,
    REPAIR_RULES,
    ROLES,
    days_words,
    figure_words,
    number_words,
    pages_words,
)

HELP_MAY_COST = 0.2


def annex(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", **environment}).invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the language as it was."""
    for name in ("LANGUAGE", "ANNEX_LANG", "ANNEX_PASSWORD"):
        monkeypatch.setenv(name, "")
    yield
    use_language("en")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extract a record for each line of a file."""
    assert run.__kwdefaults__ is not None
    monkeypatch.setitem(run.__kwdefaults__, "extract", fake_extract)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Een\nEen titel die zo lang is dat hij over meer dan een regel van de tabel loopt\n")
    (folder / "b.txt").write_text("warned\nTwee\n")
    return folder


# Help and wrong use


def test_help_costs_little_more_than_python() -> None:
    def starting(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    enough = least_seconds(starting("-c", "pass"), clock=time.perf_counter) + HELP_MAY_COST
    assert least_seconds(starting("-m", "pipeline.cli", "--help"), enough=enough, clock=time.perf_counter) <= enough


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('spacy', 'pydantic', 'rich', 'pypdfium2', 'pdfplumber', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_begins_with_its_line_in_the_list(name: str) -> None:
    module, line = COMMANDS[name]
    command = import_module(module).command
    assert command.name == name
    help_text = " ".join(annex(name, "--help").output.split())
    assert line in annex("--help").output
    assert command.help
    assert " ".join(command.help.split()) in help_text
    assert line.rstrip(".")[:10] in command.help
    for option in command.params:
        assert isinstance(option, click.Argument) or option.help, option.name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage: annex"),
        (["extract"], "Missing argument 'INPUT...'"),
        (["extract", "a.txt"], "Missing option '-o' / '--out'"),
        (["extract", "a.txt", "-o", "out", "--pages", "9-3"], "'9-3' is no range of pages; write it as 3-9 or 3"),
        (["extract", "a.txt", "-o", "out", "--pages", "0-3"], "'0-3' is no range of pages"),
        (
            ["extract", "a.txt", "-o", "out", "--jobs", "0"],
            "--jobs: jobs cannot be 0; it must be a whole number",
        ),
        (["extract", "a.txt", "b.txt", "-o", "out", "--id", "x"], "--id needs exactly one input, and there are 2"),
        (["extract", "a.txt", "-o", "out", "--id", "Bij lage"], "such as bij-lage, not Bij lage"),
        (["extract", "x/in/a.txt", "y/in/a.txt", "-o", "out"], "x/in/a.txt and y/in/a.txt would both be written as"),
        (["registre"], "No such command 'registre'. Did you mean 'register'?"),
        (["schema", "nonsense"], "'nonsense' is not one of 'record', 'annex', 'manifest'"),
        (["validate", "/nowhere"], "Directory '/nowhere' does not exist."),
        (["show", "/nowhere"], "File '/nowhere' does not exist."),
        (["evaluate", "/nowhere"], "Directory '/nowhere' does not exist."),
        (["--lang", "fr"], "'fr' is not one of 'en', 'nl'"),
    ],
)
def test_wrong_use(arguments: list[str], said: str) -> None:
    result = annex(*arguments)
    assert result.exit_code == Exit.WRONG_USE
    assert said in result.stderr


def test_version() -> None:
    assert re.fullmatch(r"annex, version \d+\.\d+\.\d+\n", annex("--version").output)


# Extract


@pytest.mark.usefixtures("fake")
def test_extract_shows_what_was_found_what_to_look_at_and_where_it_lies(tmp_path: Path, inputs: Path) -> None:
    result = annex("extract", inputs, "-o", tmp_path / "out")
    assert result.exit_code == Exit.OK
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[:9] == [
        "a  Bijlage I – Overzicht",
        "#  Project                                        Orgs  Dates  Figures  Warnings",
        "─" * 80,
        "1  Een                                               1      –        –         –",
        "2  Een titel die zo lang is dat hij over meer        1      –        –         –",
        "   dan een regel van de tabel loopt                                             ",
        "─" * 80,
        "   Total                                             2      0        0         0",
        "",
    ]
    assert f"4 records from 2 annexes in {tmp_path / 'out'}" in lines
    assert "1 organisation that the register does not know: Koraal" in lines
    assert "2 warnings to look at:" in lines
    assert "  b #1: no text stands under the heading" in lines
    assert lines[-1] == f"Look at one record: annex show {tmp_path / 'out' / 'a' / '01-een.json'}"
    assert all(len(line) <= 80 for line in lines if str(tmp_path) not in line)
    assert "\x1b" not in result.stdout


@pytest.mark.usefixtures("fake")
def test_json_is_the_manifest_and_nothing_else(tmp_path: Path, inputs: Path) -> None:
    result = annex("extract", inputs, tmp_path / "weg.txt", "-o", tmp_path / "out", "--json")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stdout.encode() == (tmp_path / "out" / "manifest.json").read_bytes()
    assert [entry["status"] for entry in json.loads(result.stdout)["entries"]] == ["ok", "ok", "failed"]
    assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("fake")
def test_a_failed_input_is_counted(tmp_path: Path) -> None:
    result = annex("extract", tmp_path / "weg.txt", "-o", tmp_path / "out")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stdout.splitlines() == [f"Nothing was written to {tmp_path / 'out'}.", "1 input failed; see above."]


@pytest.mark.usefixtures("fake")
def test_an_id_is_used(tmp_path: Path, inputs: Path) -> None:
    assert annex("extract", inputs / "a.txt", "-o", tmp_path / "out", "--id", "eigen").exit_code == Exit.OK
    assert (tmp_path / "out" / "eigen" / "annex.json").is_file()


@pytest.mark.usefixtures("fake")
def test_records_that_break_their_invariants_are_exit_3(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Een\n!broken")
    result = annex("extract", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert result.exit_code == Exit.ASSERTIONS
    assert "internal_error: a fault of ours (InvariantsBroken); the report lies in" in result.stderr


@pytest.mark.usefixtures("fake")
def test_a_folder_that_another_run_writes_to_is_exit_4(tmp_path: Path, inputs: Path) -> None:
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        result = annex("extract", inputs, "-o", tmp_path / "out")
    assert result.exit_code == Exit.LOCKED
    assert result.stderr == f"{tmp_path / 'out'}: another run is writing there; wait until it has ended\n"


@pytest.mark.usefixtures("fake")
def test_stopped_by_hand_it_says_how_far_it_came(tmp_path: Path, inputs: Path) -> None:
    (inputs / "b.txt").write_text("!stop")
    result = annex("extract", inputs, "-o", tmp_path / "out")
    assert result.exit_code == Exit.INTERRUPTED
    assert result.stderr == "Stopped: 1 of 2 inputs are done. Run it again for all of them.\n"


@pytest.mark.parametrize("sign", [".annex-lock", "0"], ids=["while workers start", "while workers work"])
def test_control_c_ends_a_run_with_workers_cleanly(tmp_path: Path, sign: str) -> None:
    for number in range(60):
        (tmp_path / f"{number}.pdf").write_bytes(pdf())
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(tmp_path), "-o", str(out), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while not (out / sign).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _stdout, stderr = process.communicate(timeout=30)
    if process.returncode != Exit.OK:  # it may have been quicker
        assert process.returncode == Exit.INTERRUPTED
        assert re.fullmatch(r"Stopped: \d+ of 60 inputs are done\. Run it again for all of them\.\n", stderr)
    assert not list(out.glob(".*"))


def test_a_fault_of_the_command_is_one_line_and_a_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_name: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.schemas.schema_text", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = annex("schema")
    assert result.exit_code == Exit.INPUT_FAILED
    [report] = tmp_path.iterdir()
    assert result.stderr.startswith(f"internal_error: a fault of ours (ZeroDivisionError); the report lies in {report}")
    assert "Traceback" in report.read_text()


def test_an_encoding_that_lacks_a_letter_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(as_bytes(full_record()))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "show", str(tmp_path / "a.json")],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == Exit.OK, done.stderr
    assert rb"\xc8](was E)de](loc)" in done.stdout


# Validate, schema, show, evaluate


@pytest.mark.usefixtures("fake")
def test_validate_says_that_all_is_well_or_what_is_not(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    annex("extract", inputs, "-o", out)
    assert annex("validate", out).output == "All is well: 4 records from 2 annexes.\n"
    (out / "a" / "extra.json").write_text("{}")
    result = annex("validate", out)
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stdout == f"{out / 'a' / 'extra.json'}: is not listed in annex.json\n"
    assert result.stderr == f"1 problem in {out}\n"


def test_schema_prints_each_schema() -> None:
    assert NAMES == SCHEMA_NAMES
    assert annex("schema").output == schema_text("record")
    for name in SCHEMA_NAMES:
        assert annex("schema", name).output == schema_text(name)


def full_record() -> ProjectRecord:
    """Return a record with one of everything; figure and location lie in other spans."""
    [record] = records(head(), "Koraal in Ede")
    koraal = organisation()
    role = RoleRecord(role="executor", cue=Cue(field="text", start=20, end=32, text="voert dit ui"), confidence=0.9)
    place: dict[str, object] = {"page": None, "boxes": [], "next_page_boxes": []}
    ede = {"field": "text", "start": 37, "end": 40, "text": "Ède", **place}
    date = {"start": 0, "end": 2, "text": "De", "edtf": "2024-07", "modifier": "from", "part": None, "confidence": 0.5}
    figure = {"start": 13, "end": 16, "text": "Kor", "kind": "money", "value": 2500000.5, "value_max": None}
    return record.model_copy(
        update={
            "organisations": [koraal.model_copy(update={"roles": [role]})],
            "locations": [
                LocationRecord.model_validate({"name": "Ede", "kind": "town", "confidence": 0.8, "mentions": [ede]})
            ],
            "dates": [
                DateRecord.model_validate(
                    date | {"interval": "2024-07/..", "earliest": "2024-07-01", "latest": None, "role": "start"} | place
                )
            ],
            "figures": [
                FigureRecord.model_validate(
                    figure | {"unit": "EUR", "comparator": "<=", "as_of": None, "confidence": 0.95} | place
                )
            ],
            "repairs": [RepairRecord(field="text", start=37, end=38, raw="E", text="È", rule="glyph")],
            "footnotes": [Footnote(marker="1", text="Zie aldaar.", page=None, anchor=32)],
        }
    )


def test_show_loses_nothing_without_colour(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(as_bytes(full_record()))
    result = annex("show", tmp_path / "a.json", COLUMNS="200")
    assert result.exit_code == Exit.OK
    text = "[De](date) stichting [[Kor](fig)aal](org) [voert dit ui](executor)[1]t in [[È](was E)de](loc)."
    assert text in result.output
    for said in (
        "Bijlage I – Overzicht – bijlage.txt",
        "1. Koraal in Ede",
        "[…](org) organisation",
        "from 1 July 2024 on",
        "at most EUR 2,500,000.5",
        "no: new",
        "misread letter",
        "[1] Zie aldaar.",
    ):
        assert said in result.output


def test_show_in_colour_and_wrapped(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(as_bytes(full_record()))
    result = CliRunner(env={"COLUMNS": "60", "FORCE_COLOR": "1", "TERM": "xterm", "NO_COLOR": ""}).invoke(
        main, ["show", str(tmp_path / "a.json")], color=True
    )
    assert "\x1b[1;36m" in result.output
    without = re.sub(r"\x1b\[[0-9;]*m", "", result.output)
    assert "De stichting Koraal voert dit ui[1]t in Ède." in without
    assert max(map(len, without.splitlines())) <= 60


def test_marks_taken_away_give_the_text() -> None:
    record = full_record()
    shown = marked(record.text, [span for span in spans_of(record, "text") if span.kind != "footnote"]).plain
    assert re.sub(r"\[|\]\([^)]*\)", "", shown) == TEXT


def test_show_refuses_what_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    result = annex("show", tmp_path / "a.json")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stderr.startswith(f"{tmp_path / 'a.json'}: this is no record; give a file that a run has written")


def test_text_from_outside_cannot_command_the_terminal(tmp_path: Path) -> None:
    assert plain("a\x1b[2Jb\u202ec\td\n") == "a\ufffd[2Jb\ufffdc\td\n"
    record = full_record().model_copy(update={"title": "Kwaad\x1b[2J"})
    (tmp_path / "a.json").write_bytes(as_bytes(record))
    assert "\x1b" not in annex("show", tmp_path / "a.json").output


GOLD = {
    "document": "a",
    "projects": [
        {"title": "Een", "organisations": [{"name": "Koraal"}, {"name": "Fier"}], "dates": [], "figures": []},
        {"title": "Een titel die zo lang is dat hij over meer dan een regel van de tabel loopt"},
    ],
}


@pytest.mark.usefixtures("fake")
def test_evaluate_shows_scores_reliability_and_with_v_what_was_missed(tmp_path: Path, inputs: Path) -> None:
    annex("extract", inputs, "-o", tmp_path / "out")
    gold = tmp_path / "a.gold.json"
    gold.write_text(json.dumps(GOLD))
    result = annex("evaluate", tmp_path / "out", gold, "-v")
    assert result.exit_code == Exit.OK, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "projects 2 2 0 0 1.000 1.000 1.000" in lines
    assert "organisations 2 1 1 1 0.500 0.500 0.500" in lines
    assert "organisations 0.90 0.95 0.900 0.500 2" in lines
    assert "Missed: 1" in lines
    assert "organisations “Fier”" in lines
    assert "organisations “Koraal” text 13-19" in lines
    assert "Without gold, and not scored: b" in lines
    as_json = annex("evaluate", tmp_path / "out", gold, "--json")
    assert json.loads(as_json.stdout)["total"]["scores"]["projects"]["found"] == 2


@pytest.mark.usefixtures("fake")
def test_evaluate_says_what_is_wrong_with_gold(tmp_path: Path, inputs: Path) -> None:
    annex("extract", inputs, "-o", tmp_path / "out")
    (tmp_path / "gold.json").write_text("{")
    result = annex("evaluate", tmp_path / "out", tmp_path / "gold.json")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stderr.startswith(f"{tmp_path / 'gold.json'}: ")
    assert result.stdout == ""


# Words


@pytest.mark.parametrize(
    ("pages", "words"), [([], "–"), ([3], "3"), ([3, 4, 5], "3-5"), ([1, 2, 4, 6, 7], "1-2, 4, 6-7")]
)
def test_pages_are_written_shortly(pages: list[int], words: str) -> None:
    assert pages_words(pages) == words


def test_numbers_and_days_are_those_of_the_language() -> None:
    figure, date = full_record().figures[0], full_record().dates[0]
    assert (number_words(figure.value), days_words(date.earliest, date.latest)) == (
        "2,500,000.5",
        "from 1 July 2024 on",
    )
    use_language("nl")
    assert (number_words(figure.value), days_words(date.earliest, date.latest)) == ("2.500.000,5", "vanaf 1 juli 2024")
    assert figure_words(figure) == "hoogstens EUR 2.500.000,5"


def test_every_value_of_the_models_has_its_words() -> None:
    def values(
        model: type[FigureRecord | OrganisationRecord | DateRecord | RepairRecord | LocationRecord], key: str
    ) -> set[str]:
        schema = model.model_json_schema()["properties"][key]
        options = schema.get("enum") or next(one["enum"] for one in schema["anyOf"] if "enum" in one)
        return set(options)

    assert values(OrganisationRecord, "kind") == set(ORGANISATION_KINDS)
    assert values(LocationRecord, "kind") == set(LOCATION_KINDS)
    assert values(DateRecord, "role") == set(DATE_ROLES)
    assert values(FigureRecord, "kind") == set(FIGURE_KINDS)
    assert values(RepairRecord, "rule") == set(REPAIR_RULES)
    assert set(RoleRecord.model_json_schema()["properties"]["role"]["enum"]) == set(ROLES)


# Dutch


def texts_of(value: str | Sequence[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def test_the_catalogue_is_that_of_the_sources_and_whole() -> None:
    there = catalogue.read_catalogue()
    have = {texts_of(one.id)[0] for one in there if one.id}
    assert have == set(catalogue.source_texts()), "run `make translations`, then translate in messages.po"
    for one in there:
        assert all(texts_of(one.string)), f"no translation: {one.id!r}"
        assert not one.fuzzy, f"to be looked at: {one.id!r}"
    assert catalogue.PO.read_bytes() == catalogue.as_po(catalogue.updated(there)), "run `make translations`"


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with catalogue.MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for one in catalogue.read_catalogue():
        if isinstance(one.id, str):
            assert not one.id or compiled.gettext(one.id) == one.string, "run `make translations`"
        else:
            singular, plural = one.id
            said = [compiled.ngettext(singular, plural, n) for n in (1, 2)]
            assert said == texts_of(one.string), "run `make translations`"


def test_translations_keep_the_names_of_values() -> None:
    names = re.compile(r"\{[a-z_]+(?:![rs])?\}|%\([a-z]+\)s")
    for one in catalogue.read_catalogue():
        wanted = [names.findall(text) for text in texts_of(one.id)]
        for number, text in enumerate(texts_of(one.string)):
            assert sorted(names.findall(text)) in [sorted(found) for found in wanted[: number + 1]], f"{one.id!r}"


def test_words_that_are_values_of_messages_are_translated() -> None:
    texts = catalogue.source_texts()
    assert {name for _magic, name in _KNOWN_OTHERS} <= set(texts)
    use_language("nl")
    error = AnnexError(
        "unsupported_type",
        "this is {name}; give the annex as a PDF, a Word file (.docx) or a text file",
        name="a web page",
    )
    assert told(error) == "dit is een webpagina; geef de bijlage als pdf, Word-bestand (.docx) of tekstbestand"
    assert "this is a web page" in error.message
    assert told(AnnexError("not_found", "no template of ours: {name}", name="text")) == "no template of ours: text"
    assert told(ValueError("as it is")) == "as it is"


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ([], "", "en"),
        ([], "nl", "nl"),
        (["--lang", "nl", "extract"], "", "nl"),
        (["extract", "a", "--lang=nl"], "", "nl"),
        (["extract", "--lang", "en"], "nl", "en"),
        (["extract", "--", "--lang", "nl"], "", "en"),
        (["--lang"], "", "en"),
        (["--lang", "fr"], "", "fr"),
    ],
)
def test_the_language_is_asked_for_anywhere(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], variable: str, language: str
) -> None:
    monkeypatch.setenv("ANNEX_LANG", variable)
    assert (language_asked(arguments) or "en") == language


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_all_dutch_and_then_english_again(name: str) -> None:
    dutch = annex(*([name] if name else []), "--help", "--lang", "nl").output
    english = annex(*([name] if name else []), "--help").output
    assert dutch.startswith("Gebruik: annex")
    assert english.startswith("Usage: annex")
    assert "Toon deze uitleg en stop." in dutch
    shared = {line.strip() for line in dutch.splitlines()} & {line.strip() for line in english.splitlines()}
    assert shared == {""}


def test_errors_of_click_are_dutch() -> None:
    assert "Fout: Ontbrekend argument 'INVOER...'." in annex("extract", "--lang", "nl").stderr
    assert "Er is geen opdracht 'registre'. Bedoelt u 'register'?" in annex("--lang", "nl", "registre").stderr
    for language, said in (
        ("nl", "Bestand '/nowhere'"),
        ("en", "File '/nowhere'"),
    ):
        assert said in annex("show", "/nowhere", "--lang", language).stderr
    assert "Zie 'annex show --help' voor uitleg." in annex("show", ANNEX_LANG="nl").stderr


@pytest.mark.usefixtures("fake")
def test_extract_is_dutch_and_its_manifest_english(tmp_path: Path, inputs: Path) -> None:
    out = tmp_path / "out"
    result = annex("extract", inputs, tmp_path / "weg.txt", "-o", out, "--lang", "nl")
    assert (
        result.stderr == f"{tmp_path / 'weg.txt'}: not_found: het bestand bestaat niet; controleer de naam en de map\n"
    )
    for said in (
        "4 records uit 2 bijlagen in ",
        "1 invoer is mislukt; zie hierboven.",
        "2 waarschuwingen om naar te kijken:",
        "b #1: er staat geen tekst onder de kop",
        "Totaal",
    ):
        assert said in result.stdout
    assert "there is no such file" in (out / "manifest.json").read_text()
    assert annex("validate", out, "--lang", "nl").output == "Alles klopt: 4 records uit 2 bijlagen.\n"
